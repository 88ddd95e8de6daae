-- SPDX-License-Identifier: GPL-3.0-or-later
-- What the hub asks and tells for tills: who they are, and what they sell from.

-- A till with the shop it stands in, by the hash of what it shows us.
-- :name till_by_code
SELECT t.id, t.name, t.next_number, s.id, s.name, s.country, s.currency, s.timezone
FROM till t JOIN shop s ON s.id = t.shop_id
WHERE t.code_hash = $1;

-- :name till_by_token
SELECT t.id, t.name, t.next_number, s.id, s.name, s.country, s.currency, s.timezone
FROM till t JOIN shop s ON s.id = t.shop_id
WHERE t.token_hash = $1;

-- :name enrol
UPDATE till SET code_hash = NULL, token_hash = $2, enrolled_at = $3, seen_at = $3
WHERE code_hash = $1;

-- :name see
UPDATE till SET seen_at = $2 WHERE id = $1 AND (seen_at IS NULL OR seen_at < $2);

-- :name revision
SELECT value FROM counter WHERE name = 'revision';

-- :name shop_since
SELECT id, name, country, currency, timezone FROM shop WHERE id = $1 AND revision > $2;

-- :name tax_groups_since
SELECT id, code FROM tax_group WHERE revision > $1 ORDER BY id;

-- :name tax_rates
SELECT code, rate, inclusive, first_day, fiscal FROM tax_rate WHERE group_id = $1
ORDER BY code, first_day;

-- :name people_since
SELECT id, name, role, pin_hash, deleted FROM person WHERE revision > $1 ORDER BY id;

-- :name items_since
SELECT id, article, name, category, brand, unit, weighed, price, tax_group, deleted, revision
FROM item WHERE revision > $1
ORDER BY revision
LIMIT $2;

-- :name barcodes
SELECT code FROM barcode WHERE item_id = $1 ORDER BY key;

-- :name tills
SELECT id, next_number, seen_at FROM till ORDER BY id;

-- :name quarantined
SELECT count (*) FROM quarantine;
