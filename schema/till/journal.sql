-- SPDX-License-Identifier: GPL-3.0-or-later

-- :name last
SELECT number, at, hash FROM journal ORDER BY number DESC LIMIT 1;

-- :name insert
INSERT INTO journal (number, at, kind, cashier, shift, body, hash)
VALUES ($1, $2, $3, $4, $5, $6, $7);

-- :name read
SELECT number, at, kind, cashier, shift, body, hash FROM journal
WHERE number >= $1 ORDER BY number LIMIT $2;

-- :name get_next
SELECT next FROM outbox;

-- :name set_next
UPDATE outbox SET next = $1 WHERE next < $1;
