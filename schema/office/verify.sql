-- SPDX-License-Identifier: GPL-3.0-or-later
-- What must add up. Each statement but the chain's gives a row for what does not.

-- :name tills
SELECT shop_id, id, name, next_number, last_hash FROM till ORDER BY shop_id, id;

-- :name chain
SELECT body, hash FROM journal WHERE shop_id = $1 AND till_id = $2 ORDER BY number;

-- Journals of tills that are not there.
-- :name strangers
SELECT j.shop_id, j.till_id, min(j.number)
  FROM journal j
 WHERE NOT EXISTS (SELECT 1 FROM till t WHERE t.shop_id = j.shop_id AND t.id = j.till_id)
 GROUP BY j.shop_id, j.till_id;

-- :name receipts
SELECT r.number
  FROM receipt r
  LEFT JOIN (SELECT shop_id, till_id, seq, sum(gross) AS gross, sum(discount) AS discount,
                    sum(net) AS net
               FROM receipt_line
              GROUP BY shop_id, till_id, seq) l
    ON l.shop_id = r.shop_id AND l.till_id = r.till_id AND l.seq = r.seq
  LEFT JOIN (SELECT shop_id, till_id, seq, sum(amount) AS amount
               FROM receipt_payment
              GROUP BY shop_id, till_id, seq) p
    ON p.shop_id = r.shop_id AND p.till_id = r.till_id AND p.seq = r.seq
 WHERE r.gross <> coalesce(l.gross, 0) OR r.discount <> coalesce(l.discount, 0)
    OR r.net <> coalesce(l.net, 0) OR r.net + r.rounding <> coalesce(p.amount, 0)
 ORDER BY r.shop_id, r.till_id, r.seq;

-- :name balances
SELECT x.shop_id, x.item_id, coalesce(max(i.name), '#' || x.item_id)
  FROM (SELECT shop_id, item_id, quantity, value FROM stock_balance
        UNION ALL
        SELECT shop_id, item_id, -quantity, -coalesce(value, 0) FROM stock_ledger) x
  LEFT JOIN item i ON i.id = x.item_id
 GROUP BY x.shop_id, x.item_id
HAVING sum(x.quantity) <> 0 OR sum(x.value) <> 0
 ORDER BY x.shop_id, x.item_id;

-- :name ledger
SELECT l.shop_id, count(*), max(l.id), coalesce(max(c.id), 0)
  FROM stock_ledger l
  LEFT JOIN stock_ledger_last c ON c.shop_id = l.shop_id
 GROUP BY l.shop_id
HAVING count(*) <> max(l.id) OR max(l.id) <> coalesce(max(c.id), 0);

-- Batches, whose balance is the sum of what went in and out, and of the item whose batch it is.
-- :name batches
SELECT x.shop_id, x.item_id, coalesce(max(i.name), '#' || x.item_id)
  FROM (SELECT shop_id, item_id, batch_id, quantity FROM batch_balance
        UNION ALL
        SELECT m.shop_id, l.item_id, m.batch_id, -m.quantity
          FROM batch_move m
          LEFT JOIN stock_ledger l ON l.shop_id = m.shop_id AND l.id = m.ledger_id) x
  LEFT JOIN batch b ON b.id = x.batch_id
  LEFT JOIN item i ON i.id = x.item_id
 GROUP BY x.shop_id, x.item_id, x.batch_id
HAVING sum(x.quantity) <> 0 OR x.item_id IS NULL OR max(b.item_id) <> x.item_id
 ORDER BY x.shop_id, x.item_id;

-- All of the stock ledger, each item from its first moment on.
-- :name replay
SELECT shop_id, item_id, at, place, id, corrects IS NOT NULL, reverses IS NOT NULL,
       quantity, coalesce(value, 0), difference, coalesce(average, 0), fixed, counted, revalued
  FROM stock_ledger
 ORDER BY shop_id, item_id, at, place, id;

-- Where an item began and where it is now.
-- :name replay_item
SELECT coalesce(b.first_average, 0), coalesce(b.average, 0), b.item_id IS NOT NULL AND b.last_at IS NULL,
       coalesce(i.name, '#' || $2)
  FROM (SELECT 1 AS one) x
  LEFT JOIN stock_balance b ON b.shop_id = $1 AND b.item_id = $2
  LEFT JOIN item i ON i.id = $2;

-- Sums of sales that are not those of receipts and ledger.
-- :name sale_item
SELECT coalesce(max(s.name), '#' || x.shop_id) || ' ' || x.day
  FROM (SELECT shop_id, day, item_id, group_id, other, 1 AS n,
               receipts, quantity, gross, discount, tax, added, net, cost
          FROM sale_item
        UNION ALL
        SELECT shop_id, day, item_id, group_id, other, -1,
               -receipts, -quantity, -gross, -discount, -tax, -added, -net, -cost
          FROM sale_item_told) x
  LEFT JOIN shop s ON s.id = x.shop_id
 GROUP BY x.shop_id, x.day, x.item_id, x.group_id, x.other
HAVING sum(x.n) <> 0 OR sum(x.receipts) <> 0 OR sum(x.quantity) <> 0 OR sum(x.gross) <> 0
    OR sum(x.discount) <> 0 OR sum(x.tax) <> 0 OR sum(x.added) <> 0 OR sum(x.net) <> 0 OR sum(x.cost) <> 0
 ORDER BY x.shop_id, x.day;

-- Sums of sales that are not those of receipts and ledger: likewise.
-- :name sale_group
SELECT coalesce(max(s.name), '#' || x.shop_id) || ' ' || x.day
  FROM (SELECT shop_id, day, group_id, 1 AS n,
               receipts, quantity, gross, discount, tax, added, net, cost
          FROM sale_group
        UNION ALL
        SELECT shop_id, day, group_id, -1,
               -receipts, -quantity, -gross, -discount, -tax, -added, -net, -cost
          FROM sale_group_told) x
  LEFT JOIN shop s ON s.id = x.shop_id
 GROUP BY x.shop_id, x.day, x.group_id
HAVING sum(x.n) <> 0 OR sum(x.receipts) <> 0 OR sum(x.quantity) <> 0 OR sum(x.gross) <> 0
    OR sum(x.discount) <> 0 OR sum(x.tax) <> 0 OR sum(x.added) <> 0 OR sum(x.net) <> 0 OR sum(x.cost) <> 0
 ORDER BY x.shop_id, x.day;

-- Sums of sales that are not those of receipts and ledger: likewise.
-- :name sale_hour
SELECT coalesce(max(s.name), '#' || x.shop_id) || ' ' || x.day
  FROM (SELECT shop_id, day, hour, till_id, cashier_id, 1 AS n,
               receipts, returns, returned, lines, gross, discount, tax, added, net, rounding, cost
          FROM sale_hour
        UNION ALL
        SELECT shop_id, day, hour, till_id, cashier_id, -1,
               -receipts, -returns, -returned, -lines, -gross, -discount, -tax, -added, -net, -rounding, -cost
          FROM sale_hour_told) x
  LEFT JOIN shop s ON s.id = x.shop_id
 GROUP BY x.shop_id, x.day, x.hour, x.till_id, x.cashier_id
HAVING sum(x.n) <> 0 OR sum(x.receipts) <> 0 OR sum(x.returns) <> 0 OR sum(x.returned) <> 0
    OR sum(x.lines) <> 0 OR sum(x.gross) <> 0 OR sum(x.discount) <> 0 OR sum(x.tax) <> 0
    OR sum(x.added) <> 0 OR sum(x.net) <> 0 OR sum(x.rounding) <> 0 OR sum(x.cost) <> 0
 ORDER BY x.shop_id, x.day;

-- Sums of sales that are not those of receipts and ledger: likewise.
-- :name sale_payment
SELECT coalesce(max(s.name), '#' || x.shop_id) || ' ' || x.day
  FROM (SELECT shop_id, day, till_id, cashier_id, kind, 1 AS n,
               payments, amount
          FROM sale_payment
        UNION ALL
        SELECT shop_id, day, till_id, cashier_id, kind, -1,
               -payments, -amount
          FROM sale_payment_told) x
  LEFT JOIN shop s ON s.id = x.shop_id
 GROUP BY x.shop_id, x.day, x.till_id, x.cashier_id, x.kind
HAVING sum(x.n) <> 0 OR sum(x.payments) <> 0 OR sum(x.amount) <> 0
 ORDER BY x.shop_id, x.day;

-- Sums of sales that are not those of receipts and ledger: likewise.
-- :name sale_tax
SELECT coalesce(max(s.name), '#' || x.shop_id) || ' ' || x.day
  FROM (SELECT shop_id, day, code, rate, inclusive, 1 AS n,
               base, amount
          FROM sale_tax
        UNION ALL
        SELECT shop_id, day, code, rate, inclusive, -1,
               -base, -amount
          FROM sale_tax_told) x
  LEFT JOIN shop s ON s.id = x.shop_id
 GROUP BY x.shop_id, x.day, x.code, x.rate, x.inclusive
HAVING sum(x.n) <> 0 OR sum(x.base) <> 0 OR sum(x.amount) <> 0
 ORDER BY x.shop_id, x.day;

-- :name sale_day
SELECT coalesce(max(s.name), '#' || x.shop_id) || ' ' || x.day
  FROM (SELECT shop_id, day, 1 AS n, heard_at FROM sale_day
        UNION ALL
        SELECT shop_id, day, -1, -heard_at FROM sale_day_told) x
  LEFT JOIN shop s ON s.id = x.shop_id
 GROUP BY x.shop_id, x.day
HAVING sum(x.n) <> 0 OR sum(x.heard_at) <> 0
 ORDER BY x.shop_id, x.day;
