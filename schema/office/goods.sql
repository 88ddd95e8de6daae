-- SPDX-License-Identifier: GPL-3.0-or-later
-- Goods and their barcodes. The columns of one item stand in the view goods (0003-goods.sql).

-- :name count
SELECT count(*) FROM item WHERE deleted = 0;

-- Pages of the whole list: ids from the index first, then the rows of the few.

-- :name page_by_name
SELECT g.* FROM goods g
 WHERE g.id IN (SELECT id FROM item WHERE deleted = 0 ORDER BY folded, id LIMIT $1 OFFSET $2)
 ORDER BY g.folded, g.id;

-- :name page_by_name_down
SELECT g.* FROM goods g
 WHERE g.id IN (SELECT id FROM item WHERE deleted = 0
                 ORDER BY folded DESC, id DESC LIMIT $1 OFFSET $2)
 ORDER BY g.folded DESC, g.id DESC;

-- :name page_by_price
SELECT g.* FROM goods g
 WHERE g.id IN (SELECT id FROM item WHERE deleted = 0
                 ORDER BY price NULLS FIRST, id LIMIT $1 OFFSET $2)
 ORDER BY g.price NULLS FIRST, g.id;

-- :name page_by_price_down
SELECT g.* FROM goods g
 WHERE g.id IN (SELECT id FROM item WHERE deleted = 0
                 ORDER BY price DESC NULLS LAST, id DESC LIMIT $1 OFFSET $2)
 ORDER BY g.price DESC NULLS LAST, g.id DESC;

-- :name page_by_category
SELECT g.* FROM goods g
 WHERE g.id IN (SELECT id FROM item WHERE deleted = 0
                 ORDER BY category, folded, id LIMIT $1 OFFSET $2)
 ORDER BY g.category, g.folded, g.id;

-- :name page_by_category_down
SELECT g.* FROM goods g
 WHERE g.id IN (SELECT id FROM item WHERE deleted = 0
                 ORDER BY category DESC, folded DESC, id DESC LIMIT $1 OFFSET $2)
 ORDER BY g.category DESC, g.folded DESC, g.id DESC;

-- All ids in an order.

-- :name ids_by_name
SELECT id FROM item WHERE deleted = 0 ORDER BY folded, id;

-- :name ids_by_price
SELECT id FROM item WHERE deleted = 0 ORDER BY price NULLS FIRST, id;

-- :name ids_by_category
SELECT id FROM item WHERE deleted = 0 ORDER BY category, folded, id;

-- What a search finds, in order. $1 is an FTS5 expression, $2 the most it may find.

-- :name search_by_name
SELECT i.id FROM item i
 WHERE i.deleted = 0
   AND i.id IN (SELECT rowid FROM item_word WHERE item_word MATCH $1 LIMIT $2)
 ORDER BY i.folded, i.id;

-- :name search_by_price
SELECT i.id FROM item i
 WHERE i.deleted = 0
   AND i.id IN (SELECT rowid FROM item_word WHERE item_word MATCH $1 LIMIT $2)
 ORDER BY i.price NULLS FIRST, i.id;

-- :name search_by_category
SELECT i.id FROM item i
 WHERE i.deleted = 0
   AND i.id IN (SELECT rowid FROM item_word WHERE item_word MATCH $1 LIMIT $2)
 ORDER BY i.category, i.folded, i.id;

-- :name find
SELECT g.* FROM goods g WHERE g.id = $1;

-- :name find_barcode
SELECT item_id FROM barcode WHERE key = $1;

-- :name find_article
SELECT id FROM item WHERE article = $1 AND article <> '' AND deleted = 0;

-- A row a barcode, with the import's columns in their order.
-- :name export
SELECT b.code, i.name, i.category, i.brand, i.unit, i.price, i.cost, t.code, i.article, i.weighed,
       p.name, p.factor, p.price, i.plu, i.marked, i.expires, i.serials, i.shelf_life, i.tare,
       i.minimum, i.classification, i.kind, f.name, i.variant_first, i.variant_second, i.note, i.id
  FROM item i
  JOIN tax_group t ON t.id = i.tax_group
  LEFT JOIN barcode b ON b.item_id = i.id
  LEFT JOIN pack p ON p.id = b.pack_id
  LEFT JOIN family f ON f.id = i.family_id
 WHERE i.deleted = 0
 ORDER BY i.id, b.code;

-- Packs without a barcode, of goods that can be named by something else.
-- :name export_packs
SELECT NULL, i.name, NULL, NULL, NULL, NULL, NULL, NULL, i.article, NULL,
       p.name, p.factor, p.price, i.plu, NULL, NULL, NULL, NULL, NULL,
       NULL, NULL, NULL, NULL, NULL, NULL, NULL, i.id
  FROM pack p
  JOIN item i ON i.id = p.item_id
 WHERE p.deleted = 0 AND i.deleted = 0 AND (i.article <> '' OR i.plu IS NOT NULL)
   AND NOT EXISTS (SELECT 1 FROM barcode b WHERE b.item_id = i.id AND b.pack_id = p.id)
 ORDER BY p.id;

-- :name taxes
SELECT g.id, g.code, g.usual, r.code, r.rate, r.inclusive, r.first_day
  FROM tax_group g
  LEFT JOIN tax_rate r ON r.group_id = g.id
 ORDER BY g.id, r.code, r.first_day;

-- The history of prices, of every kind: goods/price_note.h.
-- :name insert_price_change
INSERT INTO price_change (id, at, person_id, item_id, kind_id, shop_id, first_at, before, after, how)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);

-- Of kind 1 for all shops, whose minute had come before $2.
-- :name forget_due_price
DELETE FROM price
 WHERE item_id = $1 AND kind_id = 1 AND shop_id = 0 AND first_at > 0 AND first_at <= $2;
