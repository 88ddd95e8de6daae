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

-- :name any_row
SELECT CASE WHEN EXISTS (SELECT 1 FROM price) THEN 1 ELSE 0 END;

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

-- The history, as price_history.c reads it.

-- :name history
SELECT c.id, c.at, c.person_id, c.item_id, c.kind_id, c.shop_id, c.first_at, c.before, c.after, c.how,
       p.name, k.name, i.name
  FROM price_change c
  LEFT JOIN person p ON p.id = c.person_id
  LEFT JOIN price_kind k ON k.id = c.kind_id
  LEFT JOIN item i ON i.id = c.item_id
 WHERE c.item_id = $2
 ORDER BY c.id DESC
 LIMIT $1;

-- :name history_of_all
SELECT c.id, c.at, c.person_id, c.item_id, c.kind_id, c.shop_id, c.first_at, c.before, c.after, c.how,
       p.name, k.name, i.name
  FROM price_change c
  LEFT JOIN person p ON p.id = c.person_id
  LEFT JOIN price_kind k ON k.id = c.kind_id
  LEFT JOIN item i ON i.id = c.item_id
 ORDER BY c.id DESC
 LIMIT $1;

-- Those to come in the same columns, with the last line of the history that set each.

-- :name coming
SELECT coalesce(c.id, 0), coalesce(c.at, 0), coalesce(c.person_id, 0), r.item_id, r.kind_id, r.shop_id,
       r.first_at, c.before, r.amount, coalesce(c.how, ''), p.name, k.name, i.name
  FROM price r
  JOIN item i ON i.id = r.item_id AND i.deleted = 0
  JOIN price_kind k ON k.id = r.kind_id
  LEFT JOIN price_change c ON c.id =
       (SELECT max(l.id) FROM price_change l
         WHERE l.item_id = r.item_id AND l.kind_id = r.kind_id AND l.shop_id = r.shop_id
           AND l.first_at = r.first_at)
  LEFT JOIN person p ON p.id = c.person_id
 WHERE r.item_id = $3 AND r.first_at > $2
 ORDER BY r.first_at, r.kind_id, r.shop_id
 LIMIT $1;

-- :name coming_of_all
SELECT coalesce(c.id, 0), coalesce(c.at, 0), coalesce(c.person_id, 0), r.item_id, r.kind_id, r.shop_id,
       r.first_at, c.before, r.amount, coalesce(c.how, ''), p.name, k.name, i.name
  FROM price r
  JOIN item i ON i.id = r.item_id AND i.deleted = 0
  JOIN price_kind k ON k.id = r.kind_id
  LEFT JOIN price_change c ON c.id =
       (SELECT max(l.id) FROM price_change l
         WHERE l.item_id = r.item_id AND l.kind_id = r.kind_id AND l.shop_id = r.shop_id
           AND l.first_at = r.first_at)
  LEFT JOIN person p ON p.id = c.person_id
 WHERE r.first_at > 0 AND r.first_at > $2
 ORDER BY r.first_at, r.item_id, r.kind_id, r.shop_id
 LIMIT $1;

-- Which line of the history made the price that is in force at $4: the last to take effect that was
-- not taken back.
-- :name why
SELECT CASE WHEN c.first_at > 0 THEN c.first_at ELSE c.at END AS since, c.person_id, c.how, p.name
  FROM price_change c
  LEFT JOIN person p ON p.id = c.person_id
 WHERE c.item_id = $1 AND c.kind_id = $2 AND c.shop_id = $3 AND c.how NOT IN ('cancel', 'due')
   AND CASE WHEN c.first_at > 0 THEN c.first_at ELSE c.at END <= $4
   AND NOT EXISTS (SELECT 1 FROM price_change d
                    WHERE d.item_id = c.item_id AND d.kind_id = c.kind_id AND d.shop_id = c.shop_id
                      AND d.first_at = c.first_at AND d.first_at > 0 AND d.how = 'cancel' AND d.id > c.id)
 ORDER BY since DESC, c.id DESC
 LIMIT 1;

-- Rules, groups, customers.

-- :name rules
SELECT id, kind_id, shop_id, group_id, weekdays, minute, until, first_day, last_day, rank
  FROM price_rule WHERE deleted = 0
 ORDER BY rank DESC, id;

-- :name put_rule
INSERT INTO price_rule (id, kind_id, shop_id, group_id, weekdays, minute, until, first_day, last_day,
                        rank, revision, deleted)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
ON CONFLICT (id) DO UPDATE
   SET kind_id = excluded.kind_id, shop_id = excluded.shop_id, group_id = excluded.group_id,
       weekdays = excluded.weekdays, minute = excluded.minute, until = excluded.until,
       first_day = excluded.first_day, last_day = excluded.last_day, rank = excluded.rank,
       revision = excluded.revision, deleted = excluded.deleted;

-- :name groups
SELECT id, name FROM customer_group WHERE deleted = 0 ORDER BY name, id;

-- :name put_group
INSERT INTO customer_group (id, name, revision, deleted) VALUES ($1, $2, $3, $4)
ON CONFLICT (id) DO UPDATE
   SET name = excluded.name, revision = excluded.revision, deleted = excluded.deleted;

-- Rules and customers that need the group.
-- :name group_in_use
SELECT (SELECT count(*) FROM price_rule WHERE group_id = $1 AND deleted = 0)
     + (SELECT count(*) FROM customer WHERE group_id = $1 AND deleted = 0);

-- $1 is the whole code or '' for all; $2 a pattern of the folded name and contact.
-- :name customers
SELECT id, group_id, code, name, contact FROM customer
 WHERE deleted = 0 AND ($1 = '' OR code = $1 OR folded LIKE $2)
 ORDER BY name, id
 LIMIT $3;

-- :name customer
SELECT id, group_id, code, name, contact FROM customer WHERE id = $1 AND deleted = 0;

-- :name customer_by_code
SELECT id FROM customer WHERE code = $1 AND deleted = 0;

-- :name put_customer
INSERT INTO customer (id, code, name, contact, group_id, revision, deleted, folded)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (id) DO UPDATE
   SET code = excluded.code, name = excluded.name, contact = excluded.contact,
       group_id = excluded.group_id, revision = excluded.revision, deleted = excluded.deleted,
       folded = excluded.folded;
