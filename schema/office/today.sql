-- SPDX-License-Identifier: GPL-3.0-or-later
-- The page of today: $1 the shop, from the sums of sales.

-- $2 the day.
-- :name hours
SELECT hour, sum(receipts), sum(returns), sum(returned), sum(net), sum(cost)
  FROM sale_hour
 WHERE shop_id = $1 AND day = $2
 GROUP BY hour
 ORDER BY hour;

-- $2 and $3 the first and the last day.
-- :name days
SELECT day, sum(net)
  FROM sale_hour
 WHERE shop_id = $1 AND day BETWEEN $2 AND $3
 GROUP BY day
 ORDER BY day;

-- $2 the day.
-- :name best
SELECT s.item_id, coalesce(i.name, s.other), sum(s.net)
  FROM sale_item s
  LEFT JOIN item i ON i.id = s.item_id
 WHERE s.shop_id = $1 AND s.day = $2
 GROUP BY s.item_id, s.other, coalesce(i.name, s.other)
HAVING sum(s.net) > 0
 ORDER BY sum(s.net) DESC, s.item_id
 LIMIT 7;

-- How many goods the ledger has below zero.
-- :name below_zero
SELECT count(*)
  FROM stock_balance b
  JOIN item i ON i.id = b.item_id AND i.deleted = 0
 WHERE b.shop_id = $1 AND b.quantity < 0;

-- Of how many goods less is there than has to be on the shelf.
-- :name at_minimum
SELECT count(*)
  FROM item i
  LEFT JOIN stock_balance b ON b.shop_id = $1 AND b.item_id = i.id
 WHERE i.minimum > 0 AND i.deleted = 0 AND coalesce(b.quantity, 0) <= i.minimum;

-- Of how many goods no more is there than is sold until what is ordered now would be here: at the speed of the
-- days from $2 to the day before $3 ($4 of them), with the lead time of whom they are bought from, a day where nobody said.
-- What is at its minimum is counted there.
-- :name runs_out
SELECT count(*)
  FROM (SELECT item_id, sum(quantity) AS sold
          FROM sale_item
         WHERE shop_id = $1 AND day >= $2 AND day < $3 AND item_id > 0
         GROUP BY item_id
        HAVING sum(quantity) > 0) s
  JOIN item i ON i.id = s.item_id AND i.deleted = 0 AND i.kind = 'goods'
  JOIN stock_balance b ON b.shop_id = $1 AND b.item_id = s.item_id AND b.quantity > 0
  LEFT JOIN (SELECT u.item_id, max(p.lead_days) AS days
               FROM supplier_item u
               JOIN supplier p ON p.id = u.supplier_id
              GROUP BY u.item_id) l ON l.item_id = s.item_id
 WHERE b.quantity < s.sold / $4 * coalesce(nullif(l.days, 0), 1)
   AND b.quantity > coalesce(i.minimum, 0);

-- What devices told last, of the newest entries of each till ($2 many): till, device, fault, when.
-- :name devices
SELECT t.name, j.body, j.at
  FROM till t
  JOIN journal j
    ON j.shop_id = t.shop_id AND j.till_id = t.id AND j.number > t.next_number - $2
 WHERE t.shop_id = $1 AND j.kind = 'device'
 ORDER BY t.name, j.number DESC;

-- What a shop cannot begin without: goods, tills, receipts.
-- :name founded
SELECT EXISTS (SELECT 1 FROM item WHERE deleted = 0), EXISTS (SELECT 1 FROM till WHERE shop_id = $1),
       EXISTS (SELECT 1 FROM receipt WHERE shop_id = $1);

-- Daily reports that were asked for and did not come out of their printer.
-- :name unprinted
SELECT count(*) FROM day_job WHERE shop_id = $1 AND state = 'failed';
