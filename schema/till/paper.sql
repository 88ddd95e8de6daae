-- SPDX-License-Identifier: GPL-3.0-or-later

-- :name put
INSERT INTO paper (seq, cashier, copy, words) VALUES ($1, $2, $3, $4);

-- :name next
SELECT paper.id, paper.seq, receipt.number, paper.cashier, paper.begun, paper.copy, journal.at, journal.body, paper.words
FROM paper JOIN receipt ON receipt.seq = paper.seq JOIN journal ON journal.number = receipt.journal
ORDER BY paper.id LIMIT 1;

-- :name begin
UPDATE paper SET begun = 1 WHERE id = $1;

-- :name release
UPDATE paper SET begun = 0 WHERE id = $1;

-- :name doubt
UPDATE paper SET begun = 0, copy = 1 WHERE id = $1;

-- :name end
DELETE FROM paper WHERE id = $1;

-- :name clear
DELETE FROM paper;

-- :name count
SELECT count (*) FROM paper;
