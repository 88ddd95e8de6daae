-- SPDX-License-Identifier: GPL-3.0-or-later
-- Prices (0006-prices.sql): backoffice/prices. Kind 1 for all shops stands in item.price.

-- :name kinds
SELECT id, name, basis, of_kind, percent, step, less FROM price_kind WHERE deleted = 0 ORDER BY id;

-- :name insert_kind
INSERT INTO price_kind (id, name, basis, of_kind, percent, step, less, revision, deleted)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- :name update_kind
UPDATE price_kind
   SET name = $2, basis = $3, of_kind = $4, percent = $5, step = $6, less = $7, revision = $8,
       deleted = $9
 WHERE id = $1;

-- Rules that need the kind.
-- :name kind_in_use
SELECT count(*) FROM price_rule WHERE kind_id = $1 AND deleted = 0;

-- :name rows_of_kind
SELECT item_id, shop_id, first_at, amount FROM price WHERE kind_id = $1 ORDER BY item_id, shop_id, first_at;

-- :name drop_kind_rows
DELETE FROM price WHERE kind_id = $1;

-- :name item
SELECT price, cost FROM item WHERE id = $1 AND deleted = 0;

-- Of all shops and of shop $2.
-- :name rows
SELECT kind_id, shop_id, first_at, amount FROM price
 WHERE item_id = $1 AND shop_id IN (0, $2)
 ORDER BY kind_id, shop_id, first_at;

-- :name set_item
UPDATE item SET price = $2 WHERE id = $1;

-- :name put_row
INSERT INTO price (item_id, kind_id, shop_id, first_at, amount) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (item_id, kind_id, shop_id, first_at) DO UPDATE SET amount = excluded.amount;

-- :name drop_row
DELETE FROM price WHERE item_id = $1 AND kind_id = $2 AND shop_id = $3 AND first_at = $4;

-- :name end_rows
DELETE FROM price WHERE item_id = $1 AND kind_id = $2 AND shop_id = $3 AND first_at <= $4;

-- :name end_before
DELETE FROM price WHERE item_id = $1 AND kind_id = $2 AND shop_id = $3 AND first_at < $4;

-- :name settle_row
UPDATE price SET first_at = 0
 WHERE item_id = $1 AND kind_id = $2 AND shop_id = $3 AND first_at = $4;

-- Whose minute has come, in the order of time; at most $2.
-- :name due
SELECT item_id, kind_id, shop_id, first_at, amount FROM price
 WHERE first_at > 0 AND first_at <= $1
 ORDER BY first_at, item_id
 LIMIT $2;

-- :name setter
SELECT person_id FROM price_change
 WHERE item_id = $1 AND kind_id = $2 AND shop_id = $3 AND first_at = $4 AND how <> 'due'
 ORDER BY id DESC
 LIMIT 1;

-- Every item takes a revision, from $1 on.
-- :name touch_all
UPDATE item SET revision = $1 + n.rank
  FROM (SELECT id, row_number() OVER (ORDER BY id) - 1 AS rank FROM item WHERE deleted = 0) n
 WHERE n.id = item.id;

-- :name revision
SELECT revision FROM item WHERE id = $1;
