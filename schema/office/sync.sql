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
SELECT id, name, country, currency, timezone, card_pin FROM shop WHERE id = $1 AND revision > $2;

-- :name tax_groups_since
SELECT id, code FROM tax_group WHERE revision > $1 ORDER BY id;

-- :name tax_rates
SELECT code, rate, inclusive, first_day, fiscal FROM tax_rate WHERE group_id = $1
ORDER BY code, first_day;

-- Who left comes first: somebody else may have their badge.
-- :name people_since
SELECT id, name, role, pin_hash, deleted, card_hash FROM person WHERE revision > $1
ORDER BY deleted DESC, id;

-- :name till_rights_since
SELECT role, name, allowed FROM role_right
 WHERE revision > $1 AND substr(name, 1, 5) = 'till-'
 ORDER BY role, name;

-- :name items_since
SELECT id, article, name, category, brand, unit, weighed, price, tax_group, deleted, revision,
  kind, marked, expires, serials, plu, shelf_life, tare, classification
FROM item WHERE revision > $1
ORDER BY revision
LIMIT $2;

-- Those of one unit first.
-- :name barcodes
SELECT b.code, p.factor, p.price
FROM barcode b LEFT JOIN pack p ON p.id = b.pack_id
WHERE b.item_id = $1 ORDER BY b.pack_id IS NOT NULL, b.key;

-- All that were ever set for this shop or for all, by kind and time; of one moment all shops first.
-- :name prices
SELECT kind_id, first_at, shop_id, amount FROM price
WHERE item_id = $1 AND shop_id IN (0, $2)
ORDER BY kind_id, first_at, shop_id;

-- :name price_kinds_since
SELECT id, name, deleted FROM price_kind WHERE revision > $1 ORDER BY id;

-- One that has gone to another shop is gone here.
-- :name price_rules_since
SELECT id, kind_id, group_id, weekdays, minute, until, first_day, last_day, rank,
  CASE WHEN shop_id IN (0, $2) THEN deleted ELSE 1 END
FROM price_rule WHERE revision > $1 ORDER BY id;

-- :name customers_since
SELECT c.id, c.code, c.name, c.contact,
  (SELECT g.id FROM customer_group g WHERE g.id = c.group_id AND g.deleted = 0), c.deleted,
  c.revision
FROM customer c WHERE c.revision > $1 AND c.revision <= $2
ORDER BY c.revision;

-- :name expiries_since
SELECT item_id, sell_until, revision FROM item_expiry
WHERE shop_id = $3 AND revision > $1 AND revision <= $2
ORDER BY revision;

-- :name tills
SELECT id, next_number, seen_at FROM till ORDER BY id;

-- :name quarantined
SELECT count (*) FROM quarantine;
