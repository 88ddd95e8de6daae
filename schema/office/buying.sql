-- SPDX-License-Identifier: GPL-3.0-or-later
-- What suppliers have and what it costs there. $1 is the supplier.

-- $2 an item or 0, $3 a pattern of LIKE or '', $4 the same folded, $5 today, $6 how many.
-- :name goods
SELECT i.id, x.code, i.name,
       coalesce((SELECT min(b.code) FROM barcode b WHERE b.item_id = i.id AND b.pack_id IS NULL), ''),
       i.unit, x.pack_id, x.factor, x.least, x.usual,
       coalesce((SELECT h.cost FROM supplier_price h
                  WHERE h.supplier_id = x.supplier_id AND h.item_id = x.item_id AND h.first_day <= $5
                  ORDER BY h.first_day DESC, h.id DESC LIMIT 1), x.cost),
       (SELECT h.first_day FROM supplier_price h
         WHERE h.supplier_id = x.supplier_id AND h.item_id = x.item_id AND h.first_day <= $5
         ORDER BY h.first_day DESC, h.id DESC LIMIT 1),
       i.price
  FROM supplier_item x
  JOIN item i ON i.id = x.item_id
 WHERE x.supplier_id = $1 AND ($2 = 0 OR x.item_id = $2) AND i.deleted = 0
   AND ($3 = '' OR x.code LIKE $3 ESCAPE '\' OR i.folded LIKE $4 ESCAPE '\')
 ORDER BY i.folded, i.id
 LIMIT $6;

-- :name put
INSERT INTO supplier_item (supplier_id, item_id, code, cost, pack_id, factor, least, usual)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (supplier_id, item_id) DO UPDATE
   SET code = excluded.code, cost = excluded.cost, pack_id = excluded.pack_id,
       factor = excluded.factor, least = excluded.least, usual = excluded.usual;

-- :name not_usual
UPDATE supplier_item SET usual = 0 WHERE item_id = $2 AND supplier_id <> $1 AND usual = 1;

-- :name remove
DELETE FROM supplier_item WHERE supplier_id = $1 AND item_id = $2;

-- :name history
SELECT cost, first_day, at, person_id FROM supplier_price
 WHERE supplier_id = $1 AND item_id = $2
 ORDER BY first_day DESC, id DESC;

-- Whose code it is: the goods of this supplier first, …
-- :name find_code
SELECT x.item_id FROM supplier_item x
  JOIN item i ON i.id = x.item_id
 WHERE x.supplier_id = $1 AND x.code = $2 AND i.deleted = 0
 ORDER BY x.item_id LIMIT 1;

-- … and the other suppliers who have the goods $3 under it.
-- :name code_of_others
SELECT s.name FROM supplier_item x
  JOIN supplier s ON s.id = x.supplier_id
 WHERE x.supplier_id <> $1 AND x.code = $2 AND x.item_id = $3 AND s.deleted = 0
 ORDER BY s.name LIMIT 1;

-- $1 the item, $2 how many units.
-- :name pack_of
SELECT id FROM pack WHERE item_id = $1 AND factor = $2 AND deleted = 0 ORDER BY id LIMIT 1;

-- Costs that are others than the ones before them, of days $2 to $3; $1 a supplier or 0.
-- :name rises
SELECT s.name, i.name, coalesce(nullif(x.code, ''), i.article, ''), h.first_day, h.before, h.cost, i.price,
       s.id, i.id
  FROM (SELECT id, supplier_id, item_id, first_day, cost,
               lag(cost) OVER (PARTITION BY supplier_id, item_id ORDER BY first_day, id) AS before
          FROM supplier_price
         WHERE $1 = 0 OR supplier_id = $1) h
  JOIN supplier s ON s.id = h.supplier_id
  JOIN item i ON i.id = h.item_id
  LEFT JOIN supplier_item x ON x.supplier_id = h.supplier_id AND x.item_id = h.item_id
 WHERE h.first_day BETWEEN $2 AND $3 AND h.before IS NOT NULL AND h.cost > h.before
 ORDER BY h.first_day DESC, h.id DESC;
