-- SPDX-License-Identifier: GPL-3.0-or-later
-- What stands on the shelves. $1 the shop, $2 an item or 0 for all that ever moved, $3 a moment: as it stood at its end,
-- which is the balance without what came after. What is asked for most is today or not long ago, and then that is little.
-- The cost of one unit is what the ledger last knew, else the one in the goods list.

-- :name balance
WITH after AS (
  SELECT b.item_id, b.quantity - coalesce(sum(l.quantity), 0) AS quantity,
         b.value - coalesce(sum(l.value), 0) AS value,
         CASE WHEN b.last_at <= $3 THEN b.average
              ELSE coalesce((SELECT nullif(sum(a.average), 0) FROM stock_ledger a
                              WHERE a.shop_id = b.shop_id AND a.item_id = b.item_id AND a.at <= $3
                              GROUP BY a.at, a.place HAVING count(a.reverses) = 0
                              ORDER BY a.at DESC, a.place DESC LIMIT 1), b.first_average) END AS average
    FROM stock_balance b
    LEFT JOIN stock_ledger l ON l.shop_id = b.shop_id AND l.item_id = b.item_id AND l.at > $3
   WHERE b.shop_id = $1 AND b.item_id >= $2
     AND b.item_id <= CASE WHEN $2 = 0 THEN 9223372036854775807 ELSE $2 END
     AND (b.last_at <= $3 OR EXISTS (SELECT 1 FROM stock_ledger e
           WHERE e.shop_id = b.shop_id AND e.item_id = b.item_id AND e.at <= $3))
   GROUP BY b.shop_id, b.item_id
)
SELECT coalesce((SELECT min(c.code) FROM barcode c WHERE c.item_id = i.id), ''), coalesce(i.article, ''), coalesce(i.name, '#' || s.item_id),
       coalesce(i.unit, ''), s.quantity, coalesce((s.average + 500000) / 1000000, i.cost), s.value
  FROM (SELECT item_id, quantity, average, value FROM after
        UNION ALL
        SELECT g.id, 0, NULL, 0 FROM item g
         WHERE g.id = $2 AND NOT EXISTS (SELECT 1 FROM after)) s
  LEFT JOIN item i ON i.id = s.item_id AND i.deleted = 0
 ORDER BY i.folded, s.item_id;

-- :name totals
SELECT coalesce(sum(s.quantity), 0), coalesce(sum(s.value), 0)
  FROM (SELECT max(b.quantity) - coalesce(sum(l.quantity), 0) AS quantity,
               max(b.value) - coalesce(sum(l.value), 0) AS value
          FROM stock_balance b
          LEFT JOIN stock_ledger l ON l.shop_id = b.shop_id AND l.item_id = b.item_id AND l.at > $3
         WHERE b.shop_id = $1 AND b.item_id >= $2
           AND b.item_id <= CASE WHEN $2 = 0 THEN 9223372036854775807 ELSE $2 END
         GROUP BY b.shop_id, b.item_id) s;
