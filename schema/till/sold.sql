-- SPDX-License-Identifier: GPL-3.0-or-later

-- :name find
SELECT receipt.seq, receipt.number, journal.at, journal.body, receipt.shift
FROM receipt JOIN journal ON journal.number = receipt.journal WHERE receipt.number = $1;

-- :name get
SELECT receipt.seq, receipt.number, journal.at, journal.body, receipt.shift
FROM receipt JOIN journal ON journal.number = receipt.journal WHERE receipt.seq = $1;

-- :name by_document
SELECT receipt.number FROM fiscal JOIN receipt ON receipt.seq = coalesce (fiscal.late, fiscal.receipt)
WHERE fiscal.serial = $1 AND fiscal.document = $2;

-- Returns of the sale $1, in order.
-- :name returns
SELECT receipt.seq, receipt.number, journal.at, journal.body, receipt.shift
FROM (SELECT DISTINCT receipt FROM returned WHERE origin = $1) AS back
JOIN receipt ON receipt.seq = back.receipt JOIN journal ON journal.number = receipt.journal
ORDER BY receipt.seq;

-- :name returned_quantity
SELECT coalesce (sum (quantity), 0) FROM returned WHERE origin = $1 AND line = $2;

-- :name put_returned
INSERT INTO returned (origin, line, receipt, quantity) VALUES ($1, $2, $3, $4);

-- :name put_late
INSERT INTO late (seq, why) VALUES ($1, $2);

-- :name remove_late
DELETE FROM late WHERE seq = $1;

-- :name count_late
SELECT count (*) FROM late;

-- :name list_late
SELECT late.seq, receipt.number, journal.at, receipt.total, late.why, receipt.shift
FROM late JOIN receipt ON receipt.seq = late.seq JOIN journal ON journal.number = receipt.journal
ORDER BY late.seq LIMIT 200;

-- :name is_late
SELECT EXISTS (SELECT 1 FROM late WHERE seq = $1);

-- The proof that a receipt got later, if it was late.
-- :name late_proof
SELECT proof FROM fiscal WHERE late = $1 AND proof IS NOT NULL;

-- Documents that a manager has to look after, newest first.
-- :name doubts
SELECT fiscal.sale, receipt.number, fiscal.intent_at, fiscal.total,
  json_extract (fiscal.proof, '$.doubt'), json_extract (fiscal.proof, '$.id')
FROM fiscal LEFT JOIN receipt ON receipt.seq = coalesce (fiscal.late, fiscal.receipt)
WHERE fiscal.proof IS NOT NULL AND coalesce (json_extract (fiscal.proof, '$.doubt'), '') <> ''
ORDER BY fiscal.id DESC LIMIT 200;
