-- SPDX-License-Identifier: GPL-3.0-or-later
-- People as the office keeps them: all that is known of one.

-- Of everybody ($1 0) or of one; those who left only where $2 is 1.
-- :name files
SELECT id, name, role, phone, card_hash IS NOT NULL, shop_id, hired, left_on, deleted
  FROM person
 WHERE ($1 = 0 OR id = $1) AND (deleted = 0 OR $2 = 1)
 ORDER BY deleted, name, id;

-- :name shops_of
SELECT shop_id FROM person_shop WHERE person_id = $1 ORDER BY shop_id;

-- $2: the right to see all.
-- :name shops_seen
SELECT s.id FROM shop s
 WHERE $2 = 1 OR EXISTS (SELECT 1 FROM person_shop ps WHERE ps.person_id = $1 AND ps.shop_id = s.id)
    OR (NOT EXISTS (SELECT 1 FROM person_shop ps WHERE ps.person_id = $1)
        AND s.id = (SELECT p.shop_id FROM person p WHERE p.id = $1))
 ORDER BY s.id;

-- :name clear_shops
DELETE FROM person_shop WHERE person_id = $1;

-- :name add_shop
INSERT INTO person_shop (person_id, shop_id) VALUES ($1, $2);

-- :name update
UPDATE person SET name = $2, role = $3, phone = $4, shop_id = $5, hired = $6, revision = $7 WHERE id = $1;

-- :name set_pin
UPDATE person SET pin_hash = $2 WHERE id = $1;

-- :name set_card
UPDATE person SET card_hash = $2 WHERE id = $1;

-- Their PIN and badge open nothing any more, and the badge may be another's.
-- :name leave
UPDATE person SET deleted = 1, left_on = $2, pin_hash = '', card_hash = NULL, revision = $3 WHERE id = $1;

-- :name other_admins
SELECT count(*) FROM person WHERE role = 'admin' AND deleted = 0 AND id <> $1;

-- :name by_card
SELECT id, name, role FROM person WHERE card_hash = $1 AND deleted = 0;

-- :name by_name
SELECT id FROM person WHERE name = $1 AND deleted = 0 AND id <> $2;

-- :name shop_card_pin
SELECT card_pin FROM shop WHERE id = $1;

-- :name set_shop_card_pin
UPDATE shop SET card_pin = $2, revision = $3 WHERE id = $1;
