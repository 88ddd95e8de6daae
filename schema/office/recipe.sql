-- SPDX-License-Identifier: GPL-3.0-or-later
-- What things are made of. One recipe an item and first day; it is in force until the next one's.

-- :name item
SELECT name, kind, deleted FROM item WHERE id = $1;

-- :name in_force
SELECT id, item_id, first_day, yield
  FROM recipe
 WHERE item_id = $1 AND first_day <= $2 AND deleted = 0
 ORDER BY first_day DESC
 LIMIT 1;

-- :name find
SELECT id, item_id, first_day, yield FROM recipe WHERE id = $1 AND deleted = 0;

-- :name lines
SELECT item_id, quantity, loss FROM recipe_line WHERE recipe_id = $1 ORDER BY line;

-- In force on the day $1, and those to come.
-- :name list
SELECT r.id, r.item_id, r.first_day, r.yield
  FROM recipe r
  JOIN item i ON i.id = r.item_id
 WHERE r.deleted = 0 AND i.deleted = 0
   AND r.first_day >= coalesce((SELECT max(e.first_day) FROM recipe e
                                 WHERE e.item_id = r.item_id AND e.deleted = 0
                                   AND e.first_day <= $1), 0)
 ORDER BY i.folded, r.item_id, r.first_day;

-- Another recipe of the item with the same first day.
-- :name same_day
SELECT id FROM recipe WHERE item_id = $1 AND first_day = $2 AND deleted = 0 AND id <> $3;

-- :name insert
INSERT INTO recipe (id, item_id, first_day, yield) VALUES ($1, $2, $3, $4);

-- :name update
UPDATE recipe SET item_id = $2, first_day = $3, yield = $4 WHERE id = $1 AND deleted = 0;

-- :name delete
UPDATE recipe SET deleted = 1 WHERE id = $1 AND deleted = 0;

-- :name delete_lines
DELETE FROM recipe_line WHERE recipe_id = $1;

-- :name insert_line
INSERT INTO recipe_line (recipe_id, line, item_id, quantity, loss) VALUES ($1, $2, $3, $4, $5);

-- What an item has ever been or will be made of, each with the days (first and the one after the
-- last) on which that is so.
-- :name parts
SELECT l.item_id, r.first_day,
       coalesce((SELECT min(n.first_day) FROM recipe n
                  WHERE n.item_id = r.item_id AND n.deleted = 0 AND n.first_day > r.first_day),
                99999999)
  FROM recipe r
  JOIN recipe_line l ON l.recipe_id = r.id
 WHERE r.item_id = $1 AND r.deleted = 0
 ORDER BY l.item_id, r.first_day;

-- What an item goes into, on whatever day.
-- :name wholes
SELECT DISTINCT r.item_id
  FROM recipe_line l
  JOIN recipe r ON r.id = l.recipe_id
 WHERE l.item_id = $1 AND r.deleted = 0;

-- :name shop
SELECT timezone FROM shop WHERE id = $1 OR ($1 = 0 AND id = (SELECT min(id) FROM shop));
