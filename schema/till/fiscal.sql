-- SPDX-License-Identifier: GPL-3.0-or-later

-- :name last_id
SELECT coalesce (max (id), 0) FROM fiscal;

-- :name insert
INSERT INTO fiscal (id, sale, attempt, previous, state, kind, cashier, cashier_name, currency,
  total, day, counted, created_at, late, reason, internal, paper)
VALUES ($1, $2, $3, $4, 'new', $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16);

-- :name set_planned
UPDATE fiscal SET state = 'planned', plan = $2 WHERE id = $1 AND state IN ('new', 'planned');

-- :name set_intent
UPDATE fiscal SET state = 'intent', before = $2, intent_at = $3
WHERE id = $1 AND state = 'planned';

-- :name set_lines
UPDATE fiscal SET state = 'lines', step = $2 WHERE id = $1 AND state IN ('intent', 'lines');

-- :name set_committing
UPDATE fiscal SET state = 'committing' WHERE id = $1 AND state IN ('intent', 'lines');

-- :name set_made
UPDATE fiscal SET state = 'made', serial = $2, document = $3, proof = $4, drawer = $5, receipt = $6,
  change = $7, fault = NULL
WHERE id = $1 AND state IN ('intent', 'lines', 'committing', 'foreign', 'blocked');

-- :name set_done
UPDATE fiscal SET state = 'done' WHERE id = $1 AND state = 'made';

-- :name set_verdict
UPDATE fiscal SET state = $2, fault = $3 WHERE id = $1
AND state IN ('new', 'planned', 'intent', 'lines', 'committing', 'foreign', 'blocked');

-- :name unfinished
SELECT id, sale, attempt, state, step, kind, cashier, cashier_name, currency, total, day, counted,
  before, intent_at, proof, fault, receipt, change, plan, late, reason, internal, paper
FROM fiscal
WHERE state IN ('new', 'planned', 'intent', 'lines', 'committing', 'made', 'foreign', 'blocked')
ORDER BY id LIMIT 1;

-- :name get
SELECT id, sale, attempt, state, step, kind, cashier, cashier_name, currency, total, day, counted,
  before, intent_at, proof, fault, receipt, change, plan, late, reason, internal, paper
FROM fiscal WHERE id = $1;

-- A sale or return that is not settled: its receipt may not change.
-- :name receipt_is_frozen
SELECT EXISTS (SELECT 1 FROM fiscal WHERE kind IN (1, 2) AND late IS NULL
  AND state IN ('new', 'planned', 'intent', 'lines', 'committing', 'foreign', 'blocked'));

-- :name proof_is_used
SELECT EXISTS (SELECT 1 FROM fiscal WHERE serial = $1 AND document = $2 AND document > 0);
