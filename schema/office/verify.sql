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

-- A row of the sums of shop $1 on day $2 that is not what receipts and ledger say, or is on one side alone.
-- :name sale_item
SELECT 1
  FROM (SELECT item_id, group_id, other, 1 AS side,
               receipts, quantity, gross, discount, tax, added, net, cost
          FROM sale_item
         WHERE shop_id = $1 AND day = $2
        UNION ALL
        SELECT item_id, group_id, other, -1,
               -receipts, -quantity, -gross, -discount, -tax, -added, -net, -cost
          FROM sale_item_part
         WHERE shop_id = $1 AND day = $2) x
 GROUP BY item_id, group_id, other
HAVING min(side) = max(side)
    OR sum(receipts) <> 0 OR sum(quantity) <> 0 OR sum(gross) <> 0 OR sum(discount) <> 0
    OR sum(tax) <> 0 OR sum(added) <> 0 OR sum(net) <> 0 OR sum(cost) <> 0
 LIMIT 1;

-- :name sale_group
SELECT 1
  FROM (SELECT group_id, 1 AS side,
               receipts, quantity, gross, discount, tax, added, net, cost
          FROM sale_group
         WHERE shop_id = $1 AND day = $2
        UNION ALL
        SELECT group_id, -1,
               -receipts, -quantity, -gross, -discount, -tax, -added, -net, -cost
          FROM sale_group_part
         WHERE shop_id = $1 AND day = $2) x
 GROUP BY group_id
HAVING min(side) = max(side)
    OR sum(receipts) <> 0 OR sum(quantity) <> 0 OR sum(gross) <> 0 OR sum(discount) <> 0
    OR sum(tax) <> 0 OR sum(added) <> 0 OR sum(net) <> 0 OR sum(cost) <> 0
 LIMIT 1;

-- :name sale_hour
SELECT 1
  FROM (SELECT hour, till_id, cashier_id, 1 AS side,
               receipts, returns, returned, lines, gross, discount, tax, added, net, rounding, cost
          FROM sale_hour
         WHERE shop_id = $1 AND day = $2
        UNION ALL
        SELECT hour, till_id, cashier_id, -1,
               -receipts, -returns, -returned, -lines, -gross, -discount, -tax, -added, -net, -rounding,
               -cost
          FROM sale_hour_part
         WHERE shop_id = $1 AND day = $2) x
 GROUP BY hour, till_id, cashier_id
HAVING min(side) = max(side)
    OR sum(receipts) <> 0 OR sum(returns) <> 0 OR sum(returned) <> 0 OR sum(lines) <> 0
    OR sum(gross) <> 0 OR sum(discount) <> 0 OR sum(tax) <> 0 OR sum(added) <> 0 OR sum(net) <> 0
    OR sum(rounding) <> 0 OR sum(cost) <> 0
 LIMIT 1;

-- :name sale_payment
SELECT 1
  FROM (SELECT till_id, cashier_id, kind, 1 AS side,
               payments, amount
          FROM sale_payment
         WHERE shop_id = $1 AND day = $2
        UNION ALL
        SELECT till_id, cashier_id, kind, -1,
               -payments, -amount
          FROM sale_payment_part
         WHERE shop_id = $1 AND day = $2) x
 GROUP BY till_id, cashier_id, kind
HAVING min(side) = max(side)
    OR sum(payments) <> 0 OR sum(amount) <> 0
 LIMIT 1;

-- :name sale_tax
SELECT 1
  FROM (SELECT code, rate, inclusive, 1 AS side,
               base, amount
          FROM sale_tax
         WHERE shop_id = $1 AND day = $2
        UNION ALL
        SELECT code, rate, inclusive, -1,
               -base, -amount
          FROM sale_tax_part
         WHERE shop_id = $1 AND day = $2) x
 GROUP BY code, rate, inclusive
HAVING min(side) = max(side)
    OR sum(base) <> 0 OR sum(amount) <> 0
 LIMIT 1;

-- :name sale_day
SELECT 1
  FROM (SELECT day, 1 AS side, heard_at FROM sale_day WHERE shop_id = $1 AND day = $2
        UNION ALL
        SELECT day, -1, max(heard_at)
          FROM sale_day_part
         WHERE shop_id = $1 AND day = $2
         GROUP BY day) x
 GROUP BY day
HAVING min(side) = max(side) OR min(heard_at) <> max(heard_at);
