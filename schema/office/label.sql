-- SPDX-License-Identifier: GPL-3.0-or-later
-- Labels. Prices are of kind 1 (0006-prices.sql), in the shop $1.

-- --- designs

-- :name models
SELECT id, name, purpose, json FROM label_design WHERE deleted = 0 ORDER BY name, id;

-- :name model
SELECT id, name, purpose, json FROM label_design WHERE id = $1 AND deleted = 0;

-- :name model_named
SELECT id FROM label_design WHERE name = $1 AND deleted = 0;

-- :name put_model
INSERT INTO label_design (id, name, purpose, json) VALUES ($1, $2, $3, $4)
ON CONFLICT (id) DO UPDATE SET name = excluded.name, purpose = excluded.purpose, json = excluded.json;

-- :name delete_model
UPDATE label_design SET deleted = 1 WHERE id = $1;

-- --- printers and scales

-- :name devices
SELECT id, shop_id, class, name, device, options FROM label_device
 WHERE shop_id = $1 AND deleted = 0 ORDER BY class, name, id;

-- :name device
SELECT id, shop_id, class, name, device, options FROM label_device WHERE id = $1 AND deleted = 0;

-- :name put_device
INSERT INTO label_device (id, shop_id, name, class, device, options)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (id) DO UPDATE SET name = excluded.name, class = excluded.class,
                               device = excluded.device, options = excluded.options;

-- :name delete_device
UPDATE label_device SET deleted = 1 WHERE id = $1;

-- --- what stands on a label

-- :name item
SELECT i.name, i.article, i.brand, i.category, i.unit, i.weighed, i.plu, i.shelf_life,
       i.variant_first, i.variant_second
  FROM item i WHERE i.id = $1 AND i.deleted = 0;

-- :name shop
SELECT name, country, currency, timezone FROM shop WHERE id = $1;

-- Of one unit ($2 0) or of a pack; where there are several, an EAN-13, which every design has room for.
-- :name barcode
SELECT code FROM barcode WHERE item_id = $1 AND coalesce(pack_id, 0) = $2
 ORDER BY CASE WHEN length(code) = 13 THEN 0 ELSE 1 END, key LIMIT 1;

-- :name pack
SELECT name, factor, price FROM pack WHERE id = $1 AND item_id = $2;

-- The last change of its price that has begun at $3, and began after $4.
-- :name last_change
SELECT c.before, c.after
  FROM (SELECT id, before, after, CASE WHEN first_at > at THEN first_at ELSE at END AS begun
          FROM price_change
         WHERE item_id = $2 AND kind_id = 1 AND shop_id IN (0, $1)) c
 WHERE c.begun <= $3 AND c.begun > $4
 ORDER BY c.begun DESC, c.id DESC LIMIT 1;

-- --- tags on shelves

-- :name printed
SELECT price, name, at FROM label_printed WHERE shop_id = $1 AND item_id = $2;

-- :name put_printed
INSERT INTO label_printed (shop_id, item_id, price, name, at) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (shop_id, item_id) DO UPDATE SET price = excluded.price, name = excluded.name,
                                             at = excluded.at;

-- Tags that do not say what will hold at $2; $3: also goods that have stock and no tag. Each with
-- the moment at which its new price begins; 0 where it has begun at $5.
-- :name stale
SELECT s.id, s.had, s.old, s.new, s.begins, s.name,
       coalesce((SELECT min(b.code) FROM barcode b WHERE b.item_id = s.id), s.article)
  FROM (SELECT i.id, i.name, i.folded, i.article,
               CASE WHEN t.item_id IS NULL THEN 0 ELSE 1 END AS had, t.price AS old, t.name AS tag,
               coalesce((SELECT p.amount FROM price p
                          WHERE p.item_id = i.id AND p.kind_id = 1 AND p.shop_id = $1
                            AND p.first_at <= $2
                          ORDER BY p.first_at DESC LIMIT 1),
                        CASE WHEN EXISTS (SELECT 1 FROM price p
                                           WHERE p.item_id = i.id AND p.kind_id = 1
                                             AND p.shop_id = 0 AND p.first_at <= $2)
                             THEN (SELECT p.amount FROM price p
                                    WHERE p.item_id = i.id AND p.kind_id = 1 AND p.shop_id = 0
                                      AND p.first_at <= $2
                                    ORDER BY p.first_at DESC LIMIT 1)
                             ELSE i.price END) AS new,
               coalesce((SELECT max(p.first_at) FROM price p
                          WHERE p.item_id = i.id AND p.kind_id = 1 AND p.shop_id IN (0, $1)
                            AND p.first_at > $5 AND p.first_at <= $2), 0) AS begins
          FROM item i
          LEFT JOIN label_printed t ON t.shop_id = $1 AND t.item_id = i.id
         WHERE i.deleted = 0 AND i.kind <> 'service'
           AND (t.item_id IS NOT NULL
                OR ($3 <> 0 AND EXISTS (SELECT 1 FROM stock_balance k
                                         WHERE k.shop_id = $1 AND k.item_id = i.id
                                           AND k.quantity > 0)))) s
 WHERE s.had = 0 OR s.old IS DISTINCT FROM s.new OR s.tag <> s.name
 ORDER BY s.folded, s.id
 LIMIT $4;

-- All tags ($2: and goods that have stock and no tag), for prices of another kind than retail.
-- :name tags
SELECT i.id, CASE WHEN t.item_id IS NULL THEN 0 ELSE 1 END, t.price, t.name, i.name,
       coalesce((SELECT min(b.code) FROM barcode b WHERE b.item_id = i.id), i.article)
  FROM item i
  LEFT JOIN label_printed t ON t.shop_id = $1 AND t.item_id = i.id
 WHERE i.deleted = 0 AND i.kind <> 'service'
   AND (t.item_id IS NOT NULL
        OR ($2 <> 0 AND EXISTS (SELECT 1 FROM stock_balance k
                                 WHERE k.shop_id = $1 AND k.item_id = i.id AND k.quantity > 0)))
 ORDER BY i.folded, i.id;

-- --- scales

-- :name plus
SELECT id, plu, name, weighed, unit, shelf_life, tare FROM item
 WHERE plu IS NOT NULL AND deleted = 0 AND kind <> 'service'
 ORDER BY plu;

-- :name loaded
SELECT number, item_id, hash FROM plu_loaded WHERE device_id = $1 ORDER BY number;

-- :name put_loaded
INSERT INTO plu_loaded (device_id, number, item_id, hash, at) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (device_id, number) DO UPDATE SET item_id = excluded.item_id, hash = excluded.hash,
                                              at = excluded.at;

-- :name delete_loaded
DELETE FROM plu_loaded WHERE device_id = $1 AND number = $2;
