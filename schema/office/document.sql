-- SPDX-License-Identifier: GPL-3.0-or-later
-- Stock documents: drafts, posting, lists. Serial numbers and batches, as documents move them.

-- :name head
SELECT id, kind, state, shop_id, number, at, supplier_id, other_shop, origin_id, reference, reason,
       scope, subject, note, blind, key, revision, head_revision, created_at, created_by, posted_at,
       posted_by, reversed_at, reversed_by
  FROM document WHERE id = $1;

-- :name lines
SELECT line, item_id, quantity, expected, pack_id, cost, batch, expiry, instead_of, reason, price,
       person_id, at
  FROM document_line WHERE document_id = $1 ORDER BY line;

-- :name serials
SELECT line, serial FROM document_serial WHERE document_id = $1 ORDER BY line, serial;

-- :name find_number
SELECT id FROM document WHERE number = $1;

-- :name find_key
SELECT number, state FROM document WHERE key = $1;

-- What a draft's head may name.

-- :name shop
SELECT timezone, currency, name FROM shop WHERE id = $1;

-- :name supplier
SELECT name FROM supplier WHERE id = $1 AND deleted = 0;

-- :name item
SELECT name, kind, expires, serials, deleted, price, cost FROM item WHERE id = $1;

-- :name pack
SELECT 1 FROM pack WHERE id = $1 AND item_id = $2;

-- --- drafts ----------------------------------------------------------------------------------------

-- :name insert
INSERT INTO document (id, shop_id, kind, number, state, at, supplier_id, other_shop, origin_id,
                      reference, reason, scope, subject, blind, note, key, revision, head_revision,
                      created_at, created_by)
VALUES ($1, $2, $3, $4, 'draft', $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 1, 1, $16, $17);

-- :name update_head
UPDATE document SET at = $2, supplier_id = $3, other_shop = $4, origin_id = $5, reference = $6,
                    reason = $7, scope = $8, subject = $9, blind = $10, note = $11,
                    revision = revision + 1, head_revision = head_revision + 1
 WHERE id = $1;

-- :name touch
UPDATE document SET revision = revision + 1 WHERE id = $1;

-- :name insert_line
INSERT INTO document_line (document_id, line, item_id, quantity, expected, pack_id, cost, batch,
                           expiry, instead_of, reason, price, person_id, at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14);

-- :name update_line
UPDATE document_line SET item_id = $3, quantity = $4, expected = $5, pack_id = $6, cost = $7,
                         batch = $8, expiry = $9, instead_of = $10, reason = $11, price = $12,
                         person_id = $13, at = $14
 WHERE document_id = $1 AND line = $2;

-- :name last_line
SELECT coalesce(max(line), 0) FROM document_line WHERE document_id = $1;

-- :name has_line
SELECT 1 FROM document_line WHERE document_id = $1 AND line = $2;

-- :name delete_line
DELETE FROM document_line WHERE document_id = $1 AND line = $2;

-- :name insert_serial
INSERT INTO document_serial (document_id, line, serial) VALUES ($1, $2, $3);

-- :name delete_serials
DELETE FROM document_serial WHERE document_id = $1 AND line = $2;

-- Which line a scan adds to. A line of an order or a delivery note that has no batch yet takes the
-- first batch that is scanned.
-- :name scanned_line
SELECT line, quantity FROM document_line
 WHERE document_id = $1 AND item_id = $2 AND coalesce(pack_id, 0) = $3
   AND ((batch = $4 AND coalesce(expiry, 0) = $5) OR
        (quantity = 0 AND batch = '' AND expiry IS NULL))
 ORDER BY batch = $4 AND coalesce(expiry, 0) = $5 DESC, line
 LIMIT 1;

-- :name scan_line
UPDATE document_line SET quantity = $3, batch = $4, expiry = $5, person_id = $6, at = $7
 WHERE document_id = $1 AND line = $2;

-- :name discard_serials
DELETE FROM document_serial WHERE document_id = $1;

-- :name discard_counts
DELETE FROM count_entry WHERE document_id = $1;

-- :name discard_lines
DELETE FROM document_line WHERE document_id = $1;

-- :name discard
DELETE FROM document WHERE id = $1;

-- :name named_by
SELECT number FROM document WHERE origin_id = $1 ORDER BY id LIMIT 1;

-- --- posting ---------------------------------------------------------------------------------------

-- The draft that is being filled of an order or a transfer.
-- :name draft_of
SELECT id FROM document WHERE origin_id = $1 AND state = 'draft' ORDER BY id LIMIT 1;

-- :name twin
SELECT number FROM document
 WHERE supplier_id = $1 AND reference = $2 AND kind = 'delivery' AND state = 'posted' AND id <> $3
   AND at BETWEEN $4 AND $5
 ORDER BY id LIMIT 1;

-- :name set_cost
UPDATE document_line SET cost = $3 WHERE document_id = $1 AND line = $2;

-- :name mark_posted
UPDATE document SET state = 'posted', at = $2, posted_at = $3, posted_by = $4, other_shop = $5,
                    revision = revision + 1, head_revision = head_revision + 1
 WHERE id = $1 AND state = 'draft';

-- :name mark_reversed
UPDATE document SET state = 'reversed', reversed_at = $2, reversed_by = $3, revision = revision + 1,
                    head_revision = head_revision + 1
 WHERE id = $1 AND state = 'posted';

-- What posted documents took of document $1, by item: an order's deliveries, a transfer's arrivals.
-- :name taken
SELECT coalesce(l.instead_of, l.item_id), sum(l.quantity), sum(coalesce(l.cost, 0))
  FROM document d
  JOIN document_line l ON l.document_id = d.id
 WHERE d.origin_id = $1 AND d.state = 'posted'
 GROUP BY coalesce(l.instead_of, l.item_id);

-- Which batches of a transfer are on the way: what it took of each less what arrivals put into it.
-- What a reversed arrival put there it took out again.
-- :name batches_on_the_way
SELECT l.item_id, b.id, b.code, b.expiry, -sum(m.quantity)
  FROM document d
  JOIN stock_ledger l ON l.document_id = d.id
  JOIN batch_move m ON m.shop_id = l.shop_id AND m.ledger_id = l.id
  JOIN batch b ON b.id = m.batch_id
 WHERE d.id = $1 OR d.origin_id = $1
 GROUP BY l.item_id, b.id, b.code, b.expiry
HAVING sum(m.quantity) < 0
 ORDER BY l.item_id, b.expiry, b.id;

-- :name stands_on
SELECT number FROM document
 WHERE origin_id = $1 AND kind = 'arrival' AND state = 'posted' ORDER BY id LIMIT 1;

-- The goods' own cost, after a delivery; their revision, so that whoever keeps goods hears of it.
-- :name set_item_cost
UPDATE item SET cost = $2, revision = $3 WHERE id = $1;

-- :name insert_cost
INSERT INTO document_cost (document_id, item_id, had, told) VALUES ($1, $2, $3, $4);

-- What a document changed and nobody has changed since.
-- :name costs
SELECT c.item_id, c.had, c.told
  FROM document_cost c
  JOIN item i ON i.id = c.item_id
 WHERE c.document_id = $1 AND i.cost = c.told AND i.deleted = 0
 ORDER BY c.item_id;

-- Whether the shop received the item after $3 already: then what it costs is known better.
-- :name received_since
SELECT 1
  FROM stock_ledger l
  JOIN document d ON d.id = l.document_id
 WHERE l.shop_id = $1 AND l.item_id = $2 AND l.at > $3 AND l.kind = 'delivery' AND d.state = 'posted'
 LIMIT 1;

-- :name put_supplier_cost
INSERT INTO supplier_item (supplier_id, item_id, cost) VALUES ($1, $2, $3)
ON CONFLICT (supplier_id, item_id) DO UPDATE SET cost = excluded.cost;

-- A delivery of before: what he takes now is known better.
-- :name add_supplier_item
INSERT INTO supplier_item (supplier_id, item_id, cost) VALUES ($1, $2, $3)
ON CONFLICT (supplier_id, item_id) DO NOTHING;

-- What one costs at the supplier's on the day $3, of what the history of his prices knows.
-- :name supplier_price
SELECT cost FROM supplier_price
 WHERE supplier_id = $1 AND item_id = $2 AND first_day <= $3
 ORDER BY first_day DESC, id DESC LIMIT 1;

-- :name insert_supplier_price
INSERT INTO supplier_price (id, supplier_id, item_id, cost, first_day, at, person_id, how)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- --- batches and serial numbers --------------------------------------------------------------------

-- :name find_batch
SELECT id FROM batch WHERE item_id = $1 AND code = $2 AND expiry = $3;

-- By its code alone: of several days the first.
-- :name find_batch_code
SELECT id FROM batch WHERE item_id = $1 AND code = $2 AND ($3 = 0 OR expiry = $3)
 ORDER BY expiry LIMIT 1;

-- :name insert_batch
INSERT INTO batch (id, item_id, code, expiry) VALUES ($1, $2, $3, $4);

-- :name serial
SELECT shop_id, state FROM serial WHERE item_id = $1 AND serial = $2;

-- :name put_serial
INSERT INTO serial (item_id, serial, shop_id, state) VALUES ($1, $2, $3, $4)
ON CONFLICT (item_id, serial) DO UPDATE SET shop_id = excluded.shop_id, state = excluded.state;

-- :name insert_serial_event
INSERT INTO serial_event (item_id, serial, id, at, state, document_id)
VALUES ($1, $2, $3, $4, $5, $6);

-- The newest event of a piece, and the one before it; documents that were taken back count for nothing.
-- :name last_serial_events
SELECT e.document_id, e.state
  FROM serial_event e
  LEFT JOIN document d ON d.id = e.document_id
 WHERE e.item_id = $1 AND e.serial = $2 AND (e.document_id IS NULL OR d.state = 'posted')
 ORDER BY e.id DESC LIMIT 2;

-- --- lists -----------------------------------------------------------------------------------------

-- $6 is a search, folded by whoever asks: no case in numbers and papers, names as they are.
-- :name list
SELECT d.id, d.at, d.created_at, d.posted_at, d.kind, d.state, d.number, coalesce(s.name, ''),
       coalesce(o.name, ''), d.reference, coalesce(p.name, ''),
       (SELECT count(*) FROM document_line l WHERE l.document_id = d.id),
       CASE WHEN d.kind = 'revaluation'
            THEN (SELECT coalesce(sum(r.value), 0) FROM stock_ledger r WHERE r.document_id = d.id)
            ELSE (SELECT coalesce(sum(CASE WHEN l.quantity < 0 THEN 0 ELSE l.cost END), 0)
                    FROM document_line l WHERE l.document_id = d.id)
        END
  FROM document d
  LEFT JOIN supplier s ON s.id = d.supplier_id
  LEFT JOIN shop o ON o.id = d.other_shop
  LEFT JOIN person p ON p.id = coalesce(d.posted_by, d.created_by)
 WHERE ($1 = 0 OR d.shop_id = $1) AND ($2 = '' OR d.kind = $2) AND ($3 = '' OR d.state = $3)
   AND ($4 = 0 OR d.supplier_id = $4) AND ($9 = 0 OR d.id = $9)
   AND ($5 = '' OR lower(d.number) LIKE $5 ESCAPE '\' OR lower(d.reference) LIKE $5 ESCAPE '\'
        OR lower(s.name) LIKE $5 ESCAPE '\' OR s.name LIKE $6 ESCAPE '\')
 ORDER BY d.id DESC
 LIMIT $7 OFFSET $8;

-- --- JSON ------------------------------------------------------------------------------------------

-- By the key of a barcode.
-- :name find_barcode
SELECT b.item_id, coalesce(b.pack_id, 0)
  FROM barcode b
  JOIN item i ON i.id = b.item_id
 WHERE b.key = $1 AND i.deleted = 0;

-- :name find_article
SELECT id, 0 FROM item WHERE article = $1 AND article <> '' AND deleted = 0;

-- By its name, or by its id where a barcode has named it already: both have to be right. A pack that
-- was taken away may have the name of one that is there.
-- :name find_pack
SELECT id, factor FROM pack
 WHERE item_id = $1 AND deleted = 0 AND (name = $2 OR $2 IS NULL) AND (id = $3 OR $3 = 0);

-- :name packs
SELECT name FROM pack WHERE item_id = $1 AND deleted = 0 ORDER BY factor, name;

-- :name pack_of
SELECT name, factor FROM pack WHERE id = $1;

-- The barcode of single ones goes before that of a pack, and both before an article.
-- :name code_of
SELECT (SELECT min(b.code) FROM barcode b WHERE b.item_id = i.id AND b.pack_id IS NULL), i.article
  FROM item i WHERE i.id = $1;

-- :name find_zone
SELECT id FROM zone WHERE shop_id = $1 AND name = $2 AND deleted = 0;

-- :name zone_name
SELECT name FROM zone WHERE id = $1 AND shop_id = $2;

-- :name person_name
SELECT name FROM person WHERE id = $1;

-- :name put_found
INSERT INTO count_entry (document_id, zone_id, item_id, pass, person_id, quantity, at)
VALUES ($1, $2, $3, $4, $5, $6, $7);

-- :name found
SELECT zone_id, item_id, pass, person_id, quantity, at FROM count_entry
 WHERE document_id = $1 ORDER BY zone_id, pass, person_id, item_id;

-- Names by id.

-- :name number_of
SELECT number FROM document WHERE id = $1;

-- :name shop_name
SELECT name FROM shop WHERE id = $1;

-- :name supplier_name
SELECT name FROM supplier WHERE id = $1;

-- Goods that were sent and have not arrived, by transfer and item. $1 the shop they left or go to, 0
-- for all.
-- :name on_the_way
SELECT t.id, w.item_id, w.sent, w.arrived, w.value, t.shop_id, t.other_shop, t.at, t.posted_by,
       t.number, i.name
  FROM (SELECT l.document_id, l.item_id, sum(l.quantity) AS sent,
               coalesce((SELECT sum(x.quantity)
                           FROM document d
                           JOIN document_line x ON x.document_id = d.id AND x.item_id = l.item_id
                          WHERE d.origin_id = l.document_id AND d.state = 'posted'), 0) AS arrived,
               sum(coalesce(l.cost, 0)) -
               coalesce((SELECT sum(coalesce(x.cost, 0))
                           FROM document d
                           JOIN document_line x ON x.document_id = d.id AND x.item_id = l.item_id
                          WHERE d.origin_id = l.document_id AND d.state = 'posted'), 0) AS value
          FROM document m
          JOIN document_line l ON l.document_id = m.id
         WHERE m.kind = 'transfer' AND m.state = 'posted'
           AND ($1 = 0 OR m.shop_id = $1 OR m.other_shop = $1)
         GROUP BY l.document_id, l.item_id) w
  JOIN document t ON t.id = w.document_id
  JOIN item i ON i.id = w.item_id
 WHERE w.sent > w.arrived
 ORDER BY t.at, t.id, i.folded, i.id;

-- :name goods
SELECT name, coalesce((SELECT min(b.code) FROM barcode b WHERE b.item_id = item.id), article), unit
  FROM item WHERE id = $1;
