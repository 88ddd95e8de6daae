-- SPDX-License-Identifier: GPL-3.0-or-later
-- One item with all that can be said of it: to be read, edited, found by a scan.

-- :name read
SELECT id, revision, kind, article, name, category, brand, classification, note, unit, weighed, marked,
       expires, serials, price, cost, plu, shelf_life, tare, minimum, tax_group, family_id,
       variant_first, variant_second, deleted
  FROM item WHERE id = $1;

-- :name read_packs
SELECT id, name, factor, price FROM pack WHERE item_id = $1 AND deleted = 0 ORDER BY id;

-- :name read_barcodes
SELECT code, pack_id FROM barcode WHERE item_id = $1 ORDER BY key;

-- :name insert
INSERT INTO item (id, article, name, folded, category, brand, unit, weighed, price, cost, tax_group,
                  revision, kind, plu, marked, expires, serials, shelf_life, tare, classification,
                  minimum, note, family_id, variant_first, variant_second)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20,
        $21, $22, $23, $24, $25);

-- Brings back what was deleted, too.
-- :name update
UPDATE item SET article = $2, name = $3, folded = $4, category = $5, brand = $6, unit = $7,
                weighed = $8, price = $9, cost = $10, tax_group = $11, revision = $12, kind = $13,
                plu = $14, marked = $15, expires = $16, serials = $17, shelf_life = $18, tare = $19,
                classification = $20, minimum = $21, note = $22, family_id = $23,
                variant_first = $24, variant_second = $25, deleted = 0
 WHERE id = $1;

-- A barcode or pack came or went: tills have to hear of the item.
-- :name touch
UPDATE item SET revision = $2 WHERE id = $1;

-- :name delete
UPDATE item SET deleted = 1, revision = $2 WHERE id = $1;

-- The words of an item, in SQLite: those that were go before others come.

-- :name delete_words
INSERT INTO item_word (item_word, rowid, folded) SELECT 'delete', id, folded FROM item WHERE id = $1;

-- :name insert_words
INSERT INTO item_word (rowid, folded) VALUES ($1, $2);

-- :name insert_pack
INSERT INTO pack (id, item_id, name, factor, price) VALUES ($1, $2, $3, $4, $5);

-- :name update_pack
UPDATE pack SET name = $3, price = $5, deleted = 0
 WHERE id = $1 AND item_id = $2 AND factor = $4;

-- :name delete_packs
UPDATE pack SET deleted = 1 WHERE item_id = $1 AND deleted = 0;

-- :name insert_barcode
INSERT INTO barcode (key, code, item_id, pack_id) VALUES ($1, $2, $3, $4);

-- :name delete_barcode
DELETE FROM barcode WHERE key = $1;

-- :name delete_barcodes
DELETE FROM barcode WHERE item_id = $1;

-- Whose a code is.

-- :name find_barcode
SELECT i.id, i.name FROM barcode b JOIN item i ON i.id = b.item_id WHERE b.key = $1;

-- :name find_article
SELECT id, name FROM item WHERE article = $1 AND article <> '' AND deleted = 0;

-- :name find_plu
SELECT id, name FROM item WHERE plu = $1 AND deleted = 0;

-- :name scan
SELECT b.item_id, b.pack_id, p.factor
  FROM barcode b LEFT JOIN pack p ON p.id = b.pack_id
 WHERE b.key = $1;

-- Whether it has ever moved, in any shop, stands in a document or goes into something.
-- :name has_moved
SELECT 1 FROM shop s JOIN stock_balance b ON b.shop_id = s.id AND b.item_id = $1
UNION ALL SELECT 1 FROM document_line WHERE item_id = $1
UNION ALL SELECT 1 FROM recipe_line WHERE item_id = $1
LIMIT 1;

-- What it goes into.
-- :name recipe_of
SELECT i.name FROM recipe_line l
  JOIN recipe r ON r.id = l.recipe_id AND r.deleted = 0
  JOIN item i ON i.id = r.item_id AND i.deleted = 0
 WHERE l.item_id = $1 LIMIT 1;

-- :name has_stock
SELECT 1 FROM shop s JOIN stock_balance b ON b.shop_id = s.id AND b.item_id = $1
 WHERE b.quantity <> 0 LIMIT 1;

-- Who changed it last.
-- :name changed_by
SELECT p.name FROM audit a JOIN person p ON p.id = a.person_id
 WHERE a.action = 'item-change' AND a.subject = $1
 ORDER BY a.id DESC LIMIT 1;

-- Numbers given out: those that are there from $1 on, below $2.

-- :name barcodes_from
SELECT key FROM barcode WHERE key >= $1 AND key < $2 ORDER BY key;

-- :name plus_from
SELECT plu FROM item WHERE plu >= $1 AND plu < $2 AND deleted = 0 ORDER BY plu;

-- :name in_store_prefix
SELECT value FROM setting WHERE name = 'in-store-prefix';

-- Families of variants.

-- :name family
SELECT name, first, second FROM family WHERE id = $1;

-- :name families
SELECT id, name FROM family ORDER BY id;

-- :name insert_family
INSERT INTO family (id, name, first, second) VALUES ($1, $2, $3, $4);

-- :name find_variant
SELECT id FROM item
 WHERE family_id = $1 AND variant_first = $2 AND variant_second = $3 AND deleted = 0;

-- :name family_items
SELECT id FROM item WHERE family_id = $1 AND deleted = 0
 ORDER BY variant_first, variant_second, id;

-- Pictures.

-- :name picture
SELECT data FROM picture WHERE item_id = $1;

-- :name put_picture
INSERT INTO picture (item_id, type, data) VALUES ($1, $2, $3)
ON CONFLICT (item_id) DO UPDATE SET type = excluded.type, data = excluded.data;

-- :name delete_picture
DELETE FROM picture WHERE item_id = $1;
