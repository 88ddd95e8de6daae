-- SPDX-License-Identifier: GPL-3.0-or-later
-- Telling the sums of sales once more from receipts and the ledger (views sale_*_part), a day at a time,
-- and putting right those that were others. $1 is the shop, $2 the day.

-- --- groups ----------------------------------------------------------------------------------------

-- Groups that goods are in now and nothing was sold of.
-- :name new_groups
SELECT DISTINCT i.category
  FROM item i
 WHERE NOT EXISTS (SELECT 1 FROM item_group g WHERE g.path = i.category)
 ORDER BY i.category;

-- :name regroup_lines
UPDATE receipt_line
   SET group_id = (SELECT g.id FROM item i JOIN item_group g ON g.path = i.category
                    WHERE i.id = receipt_line.item_id)
 WHERE group_id <> (SELECT g.id FROM item i JOIN item_group g ON g.path = i.category
                     WHERE i.id = receipt_line.item_id);

-- :name regroup_differences
UPDATE stock_ledger
   SET group_id = (SELECT g.id FROM item i JOIN item_group g ON g.path = i.category
                    WHERE i.id = stock_ledger.item_id)
 WHERE difference <> 0
   AND group_id <> (SELECT g.id FROM item i JOIN item_group g ON g.path = i.category
                     WHERE i.id = stock_ledger.item_id);

-- --- days ------------------------------------------------------------------------------------------

-- All that have sales, and all that have sums.
-- :name days
SELECT d.shop_id, d.day, coalesce(s.name, '#' || d.shop_id)
  FROM (SELECT shop_id, day FROM sale_day_part
        UNION
        SELECT shop_id, day FROM sale_day
        UNION
        SELECT DISTINCT shop_id, day FROM sale_item
        UNION
        SELECT DISTINCT shop_id, day FROM sale_group
        UNION
        SELECT DISTINCT shop_id, day FROM sale_hour
        UNION
        SELECT DISTINCT shop_id, day FROM sale_payment
        UNION
        SELECT DISTINCT shop_id, day FROM sale_tax) d
  LEFT JOIN shop s ON s.id = d.shop_id
 ORDER BY d.shop_id, d.day;

-- --- what is told ----------------------------------------------------------------------------------

-- :name make_item
CREATE TEMP TABLE told_item AS SELECT * FROM sale_item WHERE shop_id IS NULL;

-- :name forget_item
DELETE FROM told_item;

-- :name tell_item
INSERT INTO told_item
SELECT shop_id, day, item_id, group_id, other, sum(receipts), sum(quantity), sum(gross), sum(discount),
       sum(tax), sum(added), sum(net), sum(cost)
  FROM sale_item_part
 WHERE shop_id = $1 AND day = $2
 GROUP BY shop_id, day, item_id, group_id, other;

-- :name drop_item
DROP TABLE told_item;

-- :name make_group
CREATE TEMP TABLE told_group AS SELECT * FROM sale_group WHERE shop_id IS NULL;

-- :name forget_group
DELETE FROM told_group;

-- :name tell_group
INSERT INTO told_group
SELECT shop_id, day, group_id, sum(receipts), sum(quantity), sum(gross), sum(discount), sum(tax),
       sum(added), sum(net), sum(cost)
  FROM sale_group_part
 WHERE shop_id = $1 AND day = $2
 GROUP BY shop_id, day, group_id;

-- :name drop_group
DROP TABLE told_group;

-- :name make_hour
CREATE TEMP TABLE told_hour AS SELECT * FROM sale_hour WHERE shop_id IS NULL;

-- :name forget_hour
DELETE FROM told_hour;

-- :name tell_hour
INSERT INTO told_hour
SELECT shop_id, day, hour, till_id, cashier_id, sum(receipts), sum(returns), sum(returned), sum(lines),
       sum(gross), sum(discount), sum(tax), sum(added), sum(net), sum(rounding), sum(cost)
  FROM sale_hour_part
 WHERE shop_id = $1 AND day = $2
 GROUP BY shop_id, day, hour, till_id, cashier_id;

-- :name drop_hour
DROP TABLE told_hour;

-- :name make_payment
CREATE TEMP TABLE told_payment AS SELECT * FROM sale_payment WHERE shop_id IS NULL;

-- :name forget_payment
DELETE FROM told_payment;

-- :name tell_payment
INSERT INTO told_payment
SELECT shop_id, day, till_id, cashier_id, kind, sum(payments), sum(amount)
  FROM sale_payment_part
 WHERE shop_id = $1 AND day = $2
 GROUP BY kind, shop_id, day, till_id, cashier_id; -- by kind first: no index has that order

-- :name drop_payment
DROP TABLE told_payment;

-- :name make_tax
CREATE TEMP TABLE told_tax AS SELECT * FROM sale_tax WHERE shop_id IS NULL;

-- :name forget_tax
DELETE FROM told_tax;

-- :name tell_tax
INSERT INTO told_tax
SELECT shop_id, day, code, rate, inclusive, sum(base), sum(amount)
  FROM sale_tax_part
 WHERE shop_id = $1 AND day = $2
 GROUP BY shop_id, day, code, rate, inclusive;

-- :name drop_tax
DROP TABLE told_tax;

-- :name make_day
CREATE TEMP TABLE told_day AS SELECT shop_id, day, heard_at FROM sale_day WHERE shop_id IS NULL;

-- :name forget_day
DELETE FROM told_day;

-- :name tell_day
INSERT INTO told_day
SELECT shop_id, day, max(heard_at) FROM sale_day_part WHERE shop_id = $1 AND day = $2 GROUP BY shop_id, day;

-- :name drop_day
DROP TABLE told_day;

-- --- what differs ---------------------------------------------------------------------------------

-- :name differ_item
SELECT 1 FROM (SELECT * FROM sale_item WHERE shop_id = $1 AND day = $2 EXCEPT SELECT * FROM told_item) x
UNION ALL
SELECT 1 FROM (SELECT * FROM told_item EXCEPT SELECT * FROM sale_item WHERE shop_id = $1 AND day = $2) y
LIMIT 1;

-- :name differ_group
SELECT 1 FROM (SELECT * FROM sale_group WHERE shop_id = $1 AND day = $2 EXCEPT SELECT * FROM told_group) x
UNION ALL
SELECT 1 FROM (SELECT * FROM told_group EXCEPT SELECT * FROM sale_group WHERE shop_id = $1 AND day = $2) y
LIMIT 1;

-- :name differ_hour
SELECT 1 FROM (SELECT * FROM sale_hour WHERE shop_id = $1 AND day = $2 EXCEPT SELECT * FROM told_hour) x
UNION ALL
SELECT 1 FROM (SELECT * FROM told_hour EXCEPT SELECT * FROM sale_hour WHERE shop_id = $1 AND day = $2) y
LIMIT 1;

-- :name differ_payment
SELECT 1 FROM (SELECT * FROM sale_payment WHERE shop_id = $1 AND day = $2 EXCEPT SELECT * FROM told_payment) x
UNION ALL
SELECT 1 FROM (SELECT * FROM told_payment EXCEPT SELECT * FROM sale_payment WHERE shop_id = $1 AND day = $2) y
LIMIT 1;

-- :name differ_tax
SELECT 1 FROM (SELECT * FROM sale_tax WHERE shop_id = $1 AND day = $2 EXCEPT SELECT * FROM told_tax) x
UNION ALL
SELECT 1 FROM (SELECT * FROM told_tax EXCEPT SELECT * FROM sale_tax WHERE shop_id = $1 AND day = $2) y
LIMIT 1;

-- :name differ_day
SELECT 1 FROM (SELECT shop_id, day, heard_at FROM sale_day WHERE shop_id = $1 AND day = $2 EXCEPT SELECT * FROM told_day) x
UNION ALL
SELECT 1 FROM (SELECT * FROM told_day EXCEPT SELECT shop_id, day, heard_at FROM sale_day WHERE shop_id = $1 AND day = $2) y
LIMIT 1;

-- --- putting it right ------------------------------------------------------------------------------

-- :name clear_item
DELETE FROM sale_item WHERE shop_id = $1 AND day = $2;

-- :name fill_item
INSERT INTO sale_item SELECT * FROM told_item;

-- :name clear_group
DELETE FROM sale_group WHERE shop_id = $1 AND day = $2;

-- :name fill_group
INSERT INTO sale_group SELECT * FROM told_group;

-- :name clear_hour
DELETE FROM sale_hour WHERE shop_id = $1 AND day = $2;

-- :name fill_hour
INSERT INTO sale_hour SELECT * FROM told_hour;

-- :name clear_payment
DELETE FROM sale_payment WHERE shop_id = $1 AND day = $2;

-- :name fill_payment
INSERT INTO sale_payment SELECT * FROM told_payment;

-- :name clear_tax
DELETE FROM sale_tax WHERE shop_id = $1 AND day = $2;

-- :name fill_tax
INSERT INTO sale_tax SELECT * FROM told_tax;

-- :name clear_day
DELETE FROM sale_day WHERE shop_id = $1 AND day = $2;

-- $1 the stamp.
-- :name fill_day
INSERT INTO sale_day (shop_id, day, stamp, heard_at) SELECT shop_id, day, $1, heard_at FROM told_day;
