-- SPDX-License-Identifier: GPL-3.0-or-later
-- Telling the sums of sales once more from receipts and the ledger (views sale_*_told), and putting
-- right the days that were others.

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

-- --- what is told ----------------------------------------------------------------------------------

-- :name make_differing
CREATE TEMP TABLE differing_day (shop_id BIGINT, day INTEGER);

-- :name tell_item
CREATE TEMP TABLE told_item AS SELECT * FROM sale_item_told;

-- :name tell_group
CREATE TEMP TABLE told_group AS SELECT * FROM sale_group_told;

-- :name tell_hour
CREATE TEMP TABLE told_hour AS SELECT * FROM sale_hour_told;

-- :name tell_payment
CREATE TEMP TABLE told_payment AS SELECT * FROM sale_payment_told;

-- :name tell_tax
CREATE TEMP TABLE told_tax AS SELECT * FROM sale_tax_told;

-- :name tell_day
CREATE TEMP TABLE told_day AS SELECT * FROM sale_day_told;

-- --- what differs ---------------------------------------------------------------------------------

-- :name differ_item
INSERT INTO differing_day
SELECT shop_id, day FROM (SELECT * FROM sale_item EXCEPT SELECT * FROM told_item) x
UNION
SELECT shop_id, day FROM (SELECT * FROM told_item EXCEPT SELECT * FROM sale_item) y;

-- :name differ_group
INSERT INTO differing_day
SELECT shop_id, day FROM (SELECT * FROM sale_group EXCEPT SELECT * FROM told_group) x
UNION
SELECT shop_id, day FROM (SELECT * FROM told_group EXCEPT SELECT * FROM sale_group) y;

-- :name differ_hour
INSERT INTO differing_day
SELECT shop_id, day FROM (SELECT * FROM sale_hour EXCEPT SELECT * FROM told_hour) x
UNION
SELECT shop_id, day FROM (SELECT * FROM told_hour EXCEPT SELECT * FROM sale_hour) y;

-- :name differ_payment
INSERT INTO differing_day
SELECT shop_id, day FROM (SELECT * FROM sale_payment EXCEPT SELECT * FROM told_payment) x
UNION
SELECT shop_id, day FROM (SELECT * FROM told_payment EXCEPT SELECT * FROM sale_payment) y;

-- :name differ_tax
INSERT INTO differing_day
SELECT shop_id, day FROM (SELECT * FROM sale_tax EXCEPT SELECT * FROM told_tax) x
UNION
SELECT shop_id, day FROM (SELECT * FROM told_tax EXCEPT SELECT * FROM sale_tax) y;

-- :name differ_day
INSERT INTO differing_day
SELECT shop_id, day FROM (SELECT shop_id, day, heard_at FROM sale_day EXCEPT SELECT * FROM told_day) x
UNION
SELECT shop_id, day FROM (SELECT * FROM told_day EXCEPT SELECT shop_id, day, heard_at FROM sale_day) y;

-- :name differing
SELECT DISTINCT d.shop_id, d.day, coalesce(s.name, '#' || d.shop_id)
  FROM differing_day d
  LEFT JOIN shop s ON s.id = d.shop_id
 ORDER BY d.shop_id, d.day;

-- --- putting it right ------------------------------------------------------------------------------

-- :name clear_item
DELETE FROM sale_item WHERE (shop_id, day) IN (SELECT shop_id, day FROM differing_day);

-- :name fill_item
INSERT INTO sale_item
SELECT * FROM told_item WHERE (shop_id, day) IN (SELECT shop_id, day FROM differing_day);

-- :name clear_group
DELETE FROM sale_group WHERE (shop_id, day) IN (SELECT shop_id, day FROM differing_day);

-- :name fill_group
INSERT INTO sale_group
SELECT * FROM told_group WHERE (shop_id, day) IN (SELECT shop_id, day FROM differing_day);

-- :name clear_hour
DELETE FROM sale_hour WHERE (shop_id, day) IN (SELECT shop_id, day FROM differing_day);

-- :name fill_hour
INSERT INTO sale_hour
SELECT * FROM told_hour WHERE (shop_id, day) IN (SELECT shop_id, day FROM differing_day);

-- :name clear_payment
DELETE FROM sale_payment WHERE (shop_id, day) IN (SELECT shop_id, day FROM differing_day);

-- :name fill_payment
INSERT INTO sale_payment
SELECT * FROM told_payment WHERE (shop_id, day) IN (SELECT shop_id, day FROM differing_day);

-- :name clear_tax
DELETE FROM sale_tax WHERE (shop_id, day) IN (SELECT shop_id, day FROM differing_day);

-- :name fill_tax
INSERT INTO sale_tax
SELECT * FROM told_tax WHERE (shop_id, day) IN (SELECT shop_id, day FROM differing_day);

-- :name clear_day
DELETE FROM sale_day WHERE (shop_id, day) IN (SELECT shop_id, day FROM differing_day);

-- $1 the stamp.
-- :name fill_day
INSERT INTO sale_day (shop_id, day, stamp, heard_at)
SELECT shop_id, day, $1, heard_at
  FROM told_day
 WHERE (shop_id, day) IN (SELECT shop_id, day FROM differing_day);

-- --- the end ---------------------------------------------------------------------------------------

-- :name drop_item
DROP TABLE told_item;

-- :name drop_group
DROP TABLE told_group;

-- :name drop_hour
DROP TABLE told_hour;

-- :name drop_payment
DROP TABLE told_payment;

-- :name drop_tax
DROP TABLE told_tax;

-- :name drop_day
DROP TABLE told_day;

-- :name drop_differing
DROP TABLE differing_day;
