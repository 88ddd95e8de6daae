-- SPDX-License-Identifier: GPL-3.0-or-later
-- Posting to the stock ledger.

-- Makes the row or writes it as it is: either way we hold it until the commit.
-- :name lock
INSERT INTO stock_ledger_last (shop_id, id) VALUES ($1, 0)
ON CONFLICT (shop_id) DO UPDATE SET id = stock_ledger_last.id;

-- :name last_id
SELECT id FROM stock_ledger_last WHERE shop_id = $1;

-- :name set_last_id
UPDATE stock_ledger_last SET id = $2 WHERE shop_id = $1;

-- :name balance
SELECT quantity, value, average FROM stock_balance WHERE shop_id = $1 AND item_id = $2;

-- What the list of goods says an item costs, before any delivery told better.
-- :name item_cost
SELECT cost FROM item WHERE id = $1;

-- :name put_balance
INSERT INTO stock_balance (shop_id, item_id, quantity, value, average) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (shop_id, item_id) DO UPDATE
SET quantity = excluded.quantity, value = excluded.value, average = excluded.average;

-- :name insert
INSERT INTO stock_ledger
  (shop_id, id, item_id, at, day, kind, till_id, seq, line, document_id, quantity, value)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12);
