-- SPDX-License-Identifier: GPL-3.0-or-later
-- Lines of days as arrays of numbers.

-- Days from $2 to $3 of shop $1, 0 of all, that have sums, and of which stamp their arrays are.
-- :name days
SELECT d.shop_id, d.day, d.stamp, coalesce(c.stamp, -1), d.heard_at
  FROM sale_day d
  LEFT JOIN sale_column c ON c.shop_id = d.shop_id AND c.day = d.day AND c.name = 'net'
 WHERE (d.shop_id = $1 OR $1 = 0) AND d.day BETWEEN $2 AND $3
 ORDER BY d.shop_id, d.day;

-- :name column
SELECT n, width, base, data FROM sale_column WHERE shop_id = $1 AND day = $2 AND name = $3;

-- :name put_column
INSERT INTO sale_column (shop_id, day, name, stamp, n, width, base, data)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (shop_id, day, name) DO UPDATE
SET stamp = excluded.stamp, n = excluded.n, width = excluded.width, base = excluded.base,
    data = excluded.data;

-- :name stamp
SELECT stamp FROM sale_day WHERE shop_id = $1 AND day = $2;

-- + 0: the day's receipts are to be sorted, and not the shop's looked through in their order.
-- :name lines
SELECT till_id, seq, item_id, group_id, cashier_id, hour, quantity, discount, tax, added, net, cost
  FROM sale_line
 WHERE shop_id = $1 AND day = $2
 ORDER BY till_id + 0, seq;

-- What goods cost that were sold before they came in.
-- :name differences
SELECT item_id, group_id, -difference FROM stock_ledger WHERE shop_id = $1 AND day = $2 AND difference <> 0;
