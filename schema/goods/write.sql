-- SPDX-License-Identifier: GPL-3.0-or-later

-- :name set_revision
UPDATE revision SET value = $1;

-- :name get_revision
SELECT value FROM revision;

-- :name clear_shop
DELETE FROM shop;

-- :name insert_shop
INSERT INTO shop (id, name, country, currency, timezone) VALUES ($1, $2, $3, $4, $5);

-- :name put_tax_group
INSERT INTO tax_group (id, code) VALUES ($1, $2)
ON CONFLICT (id) DO UPDATE SET code = excluded.code;

-- :name clear_tax_rates
DELETE FROM tax_rate WHERE tax_group = $1;

-- :name insert_tax_rate
INSERT INTO tax_rate (tax_group, code, rate, inclusive, first_day, fiscal)
VALUES ($1, $2, $3, $4, $5, $6);

-- :name put_person
INSERT INTO person (id, name, role, pin_hash) VALUES ($1, $2, $3, $4)
ON CONFLICT (id) DO UPDATE SET name = excluded.name, role = excluded.role,
  pin_hash = excluded.pin_hash;

-- Files of versions 1 and 2 are written by put_person and insert_shop alone.
-- :name set_card
UPDATE person SET card_hash = $2 WHERE id = $1;

-- :name set_card_pin
UPDATE shop SET card_pin = $1;

-- :name put_right
INSERT OR REPLACE INTO role_right (role, name, allowed) VALUES ($1, $2, $3);

-- :name delete_person
DELETE FROM person WHERE id = $1;

-- :name put_item
INSERT INTO item (id, article, name, category, brand, unit, weighed, price, tax_group, plu, words)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
ON CONFLICT (id) DO UPDATE SET article = excluded.article, name = excluded.name,
  category = excluded.category, brand = excluded.brand, unit = excluded.unit,
  weighed = excluded.weighed, price = excluded.price, tax_group = excluded.tax_group,
  plu = excluded.plu, words = excluded.words;

-- :name delete_item
DELETE FROM item WHERE id = $1;

-- :name clear_barcodes
DELETE FROM barcode WHERE item = $1;

-- Files of version 1 are written by these two as well: they know no packs.
-- :name put_barcode
INSERT OR REPLACE INTO barcode (key, item, position, code) VALUES ($1, $2, $3, $4);

-- :name put_pack
INSERT OR REPLACE INTO barcode (key, item, position, code, factor, pack_price)
VALUES ($1, $2, $3, $4, $5, $6);

-- :name clear_fact
DELETE FROM fact WHERE item = $1;

-- :name insert_fact
INSERT INTO fact (item, kind, marked, expires, serials, shelf_life, tare, numbered, classification)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- :name clear_expiry
DELETE FROM expiry WHERE item = $1;

-- :name put_expiry
INSERT OR REPLACE INTO expiry (item, sell_until) VALUES ($1, $2);

-- :name clear_prices
DELETE FROM price WHERE item = $1;

-- :name insert_price
INSERT INTO price (item, kind, first_at, amount) VALUES ($1, $2, $3, $4);

-- :name put_price_kind
INSERT OR REPLACE INTO price_kind (id, name) VALUES ($1, $2);

-- :name delete_price_kind
DELETE FROM price_kind WHERE id = $1;

-- :name put_price_rule
INSERT OR REPLACE INTO price_rule (id, kind, customer_group, weekdays, minute, until, first_day,
  last_day, rank)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- :name delete_price_rule
DELETE FROM price_rule WHERE id = $1;

-- :name put_customer
INSERT OR REPLACE INTO customer (id, code, name, contact, customer_group)
VALUES ($1, $2, $3, $4, $5);

-- :name delete_customer
DELETE FROM customer WHERE id = $1;

-- FTS5 writes what it has to the disk after every statement that fires a trigger: a file that is
-- written in one go has its index made at the end, and merged into one piece.
-- :name build_search
INSERT INTO search (search) VALUES ('rebuild');

-- :name optimize_search
INSERT INTO search (search) VALUES ('optimize');
