-- SPDX-License-Identifier: GPL-3.0-or-later
-- All that find items give the same columns.

-- :name by_barcode
SELECT i.id, i.article, i.name, i.category, i.brand, i.unit, i.weighed, i.price, i.tax_group, b.code,
  b.factor, b.pack_price, coalesce (f.kind, 'goods'), coalesce (f.marked, 0), coalesce (f.expires, 0),
  coalesce (f.serials, 0), f.shelf_life, f.tare, coalesce (f.classification, ''), e.sell_until
FROM barcode AS b JOIN item AS i ON i.id = b.item
  LEFT JOIN fact AS f ON f.item = i.id LEFT JOIN expiry AS e ON e.item = i.id
WHERE b.key = $1;

-- :name by_article
SELECT i.id, i.article, i.name, i.category, i.brand, i.unit, i.weighed, i.price, i.tax_group,
  (SELECT code FROM barcode WHERE item = i.id AND factor = 1000000 ORDER BY position LIMIT 1), 1000000, NULL,
  coalesce (f.kind, 'goods'), coalesce (f.marked, 0), coalesce (f.expires, 0),
  coalesce (f.serials, 0), f.shelf_life, f.tare, coalesce (f.classification, ''), e.sell_until
FROM item AS i LEFT JOIN fact AS f ON f.item = i.id LEFT JOIN expiry AS e ON e.item = i.id
WHERE i.article = $1 ORDER BY i.id LIMIT 1;

-- A number that the office gave goes before an article that happens to be that number.
-- :name by_plu
SELECT i.id, i.article, i.name, i.category, i.brand, i.unit, i.weighed, i.price, i.tax_group,
  (SELECT code FROM barcode WHERE item = i.id AND factor = 1000000 ORDER BY position LIMIT 1), 1000000, NULL,
  coalesce (f.kind, 'goods'), coalesce (f.marked, 0), coalesce (f.expires, 0),
  coalesce (f.serials, 0), f.shelf_life, f.tare, coalesce (f.classification, ''), e.sell_until
FROM item AS i LEFT JOIN fact AS f ON f.item = i.id LEFT JOIN expiry AS e ON e.item = i.id
WHERE i.plu = $1 ORDER BY coalesce (f.numbered, 0) DESC, i.weighed DESC, i.id LIMIT 1;

-- :name by_id
SELECT i.id, i.article, i.name, i.category, i.brand, i.unit, i.weighed, i.price, i.tax_group,
  (SELECT code FROM barcode WHERE item = i.id AND factor = 1000000 ORDER BY position LIMIT 1), 1000000, NULL,
  coalesce (f.kind, 'goods'), coalesce (f.marked, 0), coalesce (f.expires, 0),
  coalesce (f.serials, 0), f.shelf_life, f.tare, coalesce (f.classification, ''), e.sell_until
FROM item AS i LEFT JOIN fact AS f ON f.item = i.id LEFT JOIN expiry AS e ON e.item = i.id
WHERE i.id = $1;

-- The kind of price that applies: $1 is the group of the customer (NULL: nobody in particular), $2 the
-- weekday's bit, $3 the minute of the shop's day, $4 that day.
-- :name price_kind_now
SELECT kind, id FROM price_rule
WHERE (customer_group IS NULL OR customer_group = $1) AND weekdays & $2 <> 0
  AND minute <= $3 AND until > $3 AND first_day <= $4 AND last_day >= $4
ORDER BY rank DESC, id LIMIT 1;

-- :name price_at
SELECT amount, first_at FROM price WHERE item = $1 AND kind = $2 AND first_at <= $3
ORDER BY first_at DESC LIMIT 1;

-- :name price_kind_name
SELECT name FROM price_kind WHERE id = $1;

-- :name customer
SELECT id, code, name, contact, customer_group FROM customer WHERE code = $1;

-- In row order, which costs nothing: who asks ranks the first few hundred.
-- :name search
SELECT i.id, i.words FROM search AS s JOIN item AS i ON i.id = s.rowid
WHERE s.search MATCH $1 ORDER BY s.rowid LIMIT $2;

-- :name tax_group
SELECT code FROM tax_group WHERE id = $1;

-- :name tax_rates
SELECT code, rate, inclusive, first_day, fiscal FROM tax_rate WHERE tax_group = $1;

-- :name people
SELECT id, name, role, pin_hash, card_hash IS NOT NULL FROM person ORDER BY id;

-- :name person
SELECT id, name, role, pin_hash, card_hash IS NOT NULL FROM person WHERE id = $1;

-- :name person_by_card
SELECT id, name, role, pin_hash, 1 FROM person WHERE card_hash = $1 ORDER BY id LIMIT 1;

-- :name role_right
SELECT allowed FROM role_right WHERE role = $1 AND name = $2;

-- :name shop
SELECT id, name, country, currency, timezone, card_pin FROM shop;

-- :name count
SELECT count (*) FROM item;
