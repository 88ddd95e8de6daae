-- SPDX-License-Identifier: GPL-3.0-or-later
-- What figures can be narrowed by: shop, id, name.

-- :name shops
SELECT id, id, name FROM shop ORDER BY name;

-- :name tills
SELECT shop_id, id, name FROM till ORDER BY name, id;

-- Whoever may have sold, also those who have left.
-- :name cashiers
SELECT 0, id, name FROM person ORDER BY deleted, name, id;

-- :name suppliers
SELECT 0, id, name FROM supplier WHERE deleted = 0 ORDER BY name, id;

-- Groups that goods are in or were sold in; their parents too, as what is below a group counts.
-- :name groups
WITH RECURSIVE path (path) AS (
  SELECT path FROM item_group WHERE path <> ''
   UNION
  SELECT category FROM item WHERE category <> '' AND deleted = 0
   UNION
  SELECT rtrim(rtrim(path, replace(path, '/', '')), '/') FROM path WHERE instr(path, '/') > 0
)
SELECT path FROM path WHERE path <> '' ORDER BY path;
