-- SPDX-License-Identifier: GPL-3.0-or-later
-- Stock on hand. $1 the shop, $2 an item or 0 for all that ever moved. The cost of one unit is what
-- the ledger last knew, else the one in the goods list.

-- :name balance
SELECT coalesce(i.barcode, ''), coalesce(i.article, ''), coalesce(i.name, '#' || s.item_id),
       coalesce(i.unit, ''), s.quantity,
       coalesce((s.average + 500000) / 1000000, i.cost), s.value
  FROM (SELECT item_id, quantity, average, value FROM stock_balance
         WHERE shop_id = $1 AND $2 = 0
        UNION ALL
        SELECT g.id, coalesce(b.quantity, 0), b.average, coalesce(b.value, 0)
          FROM item g
          LEFT JOIN stock_balance b ON b.shop_id = $1 AND b.item_id = g.id
         WHERE g.id = $2) s
  LEFT JOIN goods i ON i.id = s.item_id
 ORDER BY i.folded, s.item_id;

-- :name totals
SELECT coalesce(sum(quantity), 0), coalesce(sum(value), 0)
  FROM stock_balance
 WHERE shop_id = $1 AND ($2 = 0 OR item_id = $2);
