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

-- All that posting has to know of an item. Always a row: sales of what the office never had count too.
-- :name item
SELECT b.item_id, b.quantity, b.value, b.average, b.last_at, b.first_average,
       i.cost, i.expires, i.kind, i.category, g.id
  FROM (SELECT 1 AS one) x
  LEFT JOIN stock_balance b ON b.shop_id = $1 AND b.item_id = $2
  LEFT JOIN item i ON i.id = $2
  LEFT JOIN item_group g ON g.path = i.category;

-- What the list of goods says an item costs.
-- :name item_cost
SELECT cost FROM item WHERE id = $1;

-- :name put_balance
INSERT INTO stock_balance (shop_id, item_id, quantity, value, average, last_at, first_average)
VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (shop_id, item_id) DO UPDATE
SET quantity = excluded.quantity, value = excluded.value, average = excluded.average,
    last_at = excluded.last_at, first_average = excluded.first_average;

-- :name insert
INSERT INTO stock_ledger
  (shop_id, id, item_id, at, day, kind, till_id, seq, line, document_id, quantity, value,
   place, corrects, reverses, fixed, counted, revalued, average, difference, document_line, group_id)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12,
        $13, $14, $15, $16, $17, $18, $19, $20, $21, $22);

-- An item's rows from a moment on, in their order.
-- :name rows
SELECT id, place, item_id, at, day, kind, till_id, seq, line, document_id, document_line,
       corrects, reverses, quantity, value, difference, average, fixed, counted, revalued
  FROM stock_ledger
 WHERE shop_id = $1 AND item_id = $2 AND at >= $3
 ORDER BY at, place, id;

-- What stood before a moment says only how dear it was: the newest first, and two or three are read.
-- :name before
SELECT place, average, reverses
  FROM stock_ledger
 WHERE shop_id = $1 AND item_id = $2 AND at < $3
 ORDER BY at DESC, place DESC, id DESC;

-- Rows of a document that nobody took back yet. The sums are there so that the planner takes the index of documents.
-- :name of_document
SELECT id, place, item_id, at, day, kind, till_id, seq, line, document_id, document_line,
       corrects, reverses, quantity, value, difference, average, fixed, counted, revalued
  FROM stock_ledger
 WHERE document_id = $2 AND shop_id + 0 = $1 AND corrects IS NULL AND reverses IS NULL
   AND id NOT IN (SELECT r.reverses FROM stock_ledger r
                   WHERE r.document_id = $2 AND r.shop_id + 0 = $1 AND r.reverses IS NOT NULL)
 ORDER BY id;

-- The balance without what came after.
-- :name balance_at
SELECT b.quantity - coalesce(sum(l.quantity), 0), b.value - coalesce(sum(l.value), 0)
  FROM stock_balance b
  LEFT JOIN stock_ledger l ON l.shop_id = b.shop_id AND l.item_id = b.item_id AND l.at > $3
 WHERE b.shop_id = $1 AND b.item_id = $2
 GROUP BY b.shop_id, b.item_id, b.quantity, b.value;
