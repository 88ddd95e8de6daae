-- SPDX-License-Identifier: GPL-3.0-or-later
-- All that find items give the same columns.

-- :name by_barcode
SELECT i.id, i.article, i.name, i.category, i.brand, i.unit, i.weighed, i.price, i.tax_group, b.code
FROM barcode AS b JOIN item AS i ON i.id = b.item WHERE b.key = $1;

-- :name by_article
SELECT i.id, i.article, i.name, i.category, i.brand, i.unit, i.weighed, i.price, i.tax_group,
  (SELECT code FROM barcode WHERE item = i.id ORDER BY position LIMIT 1)
FROM item AS i WHERE i.article = $1 ORDER BY i.id LIMIT 1;

-- :name by_plu
SELECT i.id, i.article, i.name, i.category, i.brand, i.unit, i.weighed, i.price, i.tax_group,
  (SELECT code FROM barcode WHERE item = i.id ORDER BY position LIMIT 1)
FROM item AS i WHERE i.plu = $1 ORDER BY i.weighed DESC, i.id LIMIT 1;

-- :name by_id
SELECT i.id, i.article, i.name, i.category, i.brand, i.unit, i.weighed, i.price, i.tax_group,
  (SELECT code FROM barcode WHERE item = i.id ORDER BY position LIMIT 1)
FROM item AS i WHERE i.id = $1;

-- In row order, which costs nothing: who asks ranks the first few hundred.
-- :name search
SELECT i.id, i.words FROM search AS s JOIN item AS i ON i.id = s.rowid
WHERE s.search MATCH $1 ORDER BY s.rowid LIMIT $2;

-- :name tax_group
SELECT code FROM tax_group WHERE id = $1;

-- :name tax_rates
SELECT code, rate, inclusive, first_day, fiscal FROM tax_rate WHERE tax_group = $1;

-- :name people
SELECT id, name, role, pin_hash FROM person ORDER BY id;

-- :name person
SELECT id, name, role, pin_hash FROM person WHERE id = $1;

-- :name shop
SELECT id, name, country, currency, timezone FROM shop;

-- :name count
SELECT count (*) FROM item;
