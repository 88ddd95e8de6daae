-- SPDX-License-Identifier: GPL-3.0-or-later
-- Counting. $1 the document, unless said otherwise.

-- :name head
SELECT shop_id, kind, state, number, scope, subject, reason, at FROM document WHERE id = $1;

-- Takes the draft for this transaction; its revision says that it is another now.
-- :name touch
UPDATE document SET revision = revision + 1 WHERE id = $1 AND kind = 'count' AND state = 'draft';

-- Whether an item can be counted here. $1 the item, $2 the group's path, '' for all.
-- :name item
SELECT name, kind, deleted,
       $2 = '' OR category = $2 OR substr(category, 1, length($2) + 1) = $2 || '/'
  FROM item
 WHERE id = $1;

-- $1 the shop, $2 the zone.
-- :name zone
SELECT name FROM zone WHERE shop_id = $1 AND id = $2 AND deleted = 0;

-- :name entry
SELECT quantity, at
  FROM count_entry
 WHERE document_id = $1 AND zone_id = $2 AND item_id = $3 AND pass = $4 AND person_id = $5;

-- :name put_entry
INSERT INTO count_entry (document_id, zone_id, item_id, pass, person_id, quantity, at)
VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (document_id, zone_id, item_id, pass, person_id) DO UPDATE
SET quantity = excluded.quantity, at = excluded.at;

-- :name delete_entry
DELETE FROM count_entry
 WHERE document_id = $1 AND zone_id = $2 AND item_id = $3 AND pass = $4 AND person_id = $5;

-- A draft's lines that were handed in as such (baraa post) are findings in the whole shop, at the
-- document's moment, else at $2.
-- :name entries
SELECT item_id, zone_id, pass, person_id, quantity, at
  FROM count_entry
 WHERE document_id = $1
UNION ALL
SELECT l.item_id, 0, 1, l.person_id, sum(l.quantity), max(coalesce(d.at, $2))
  FROM document_line l
  JOIN document d ON d.id = l.document_id
 WHERE l.document_id = $1 AND d.state = 'draft'
 GROUP BY l.item_id, l.person_id
 ORDER BY 1, 2, 3, 4;

-- What is known of the items of a count. $2 the shop.
-- :name items
SELECT i.id, i.name, coalesce(nullif(i.article, ''),
                              (SELECT min(b.code) FROM barcode b WHERE b.item_id = i.id), ''),
       i.unit, coalesce(s.quantity, 0), coalesce(s.value, 0),
       coalesce(s.average, i.cost * 1000000, 0), i.folded
  FROM (SELECT item_id FROM count_entry WHERE document_id = $1
        UNION
        SELECT item_id FROM document_line WHERE document_id = $1) e
  JOIN item i ON i.id = e.item_id
  LEFT JOIN stock_balance s ON s.shop_id = $2 AND s.item_id = i.id
 ORDER BY i.id;

-- What moved them after the moment $3: 1 tills, 2 documents, 0 where nothing was carried (counts, what was
-- taken back). CROSS JOIN: from the items to their rows, not the other way.
-- :name moves
SELECT l.item_id, l.at, l.quantity, coalesce(l.value, 0),
       CASE WHEN l.till_id IS NOT NULL THEN 1
            WHEN l.kind IN ('count', 'revaluation', 'opening', 'correction') THEN 0
            WHEN l.reverses IS NOT NULL
              OR EXISTS (SELECT 1 FROM stock_ledger r
                          WHERE r.document_id = l.document_id AND r.shop_id = l.shop_id
                            AND r.reverses = l.id) THEN 0
            ELSE 2 END
  FROM (SELECT item_id FROM count_entry WHERE document_id = $1
        UNION
        SELECT item_id FROM document_line WHERE document_id = $1) e
 CROSS JOIN stock_ledger l
 WHERE l.shop_id = $2 AND l.item_id = e.item_id AND l.at > $3
 ORDER BY l.item_id, l.at, l.place, l.id;

-- In the scope and not counted. $2 the shop, $3 the group's path, '' for all; $4 1: those too that
-- should not be there; $5 the moment of which this is so.
-- :name rest
SELECT i.id, i.name, coalesce(nullif(i.article, ''),
                              (SELECT min(b.code) FROM barcode b WHERE b.item_id = i.id), ''),
       i.unit, r.quantity, r.value, coalesce(r.average, i.cost * 1000000, 0), i.folded
  FROM (SELECT s.item_id, s.average,
               s.quantity - coalesce((SELECT sum(l.quantity) FROM stock_ledger l
                                       WHERE l.shop_id = $2 AND l.item_id = s.item_id
                                         AND l.at > $5), 0) AS quantity,
               s.value - coalesce((SELECT sum(l.value) FROM stock_ledger l
                                    WHERE l.shop_id = $2 AND l.item_id = s.item_id
                                      AND l.at > $5), 0) AS value
          FROM stock_balance s
         WHERE s.shop_id = $2) r
  JOIN item i ON i.id = r.item_id
 WHERE (r.quantity <> 0 OR $4 = 1) AND i.kind = 'goods' AND i.deleted = 0
   AND ($3 = '' OR i.category = $3 OR substr(i.category, 1, length($3) + 1) = $3 || '/')
   AND i.id NOT IN (SELECT e.item_id FROM count_entry e WHERE e.document_id = $1)
   AND i.id NOT IN (SELECT l.item_id FROM document_line l WHERE l.document_id = $1)
 ORDER BY i.id;

-- The same of a zone: what its last posted count found there. $3 the zone.
-- :name rest_of_zone
SELECT i.id, i.name, coalesce(nullif(i.article, ''),
                              (SELECT min(b.code) FROM barcode b WHERE b.item_id = i.id), ''),
       i.unit, r.quantity, r.value, coalesce(r.average, i.cost * 1000000, 0), i.folded
  FROM (SELECT s.item_id, s.average,
               s.quantity - coalesce((SELECT sum(l.quantity) FROM stock_ledger l
                                       WHERE l.shop_id = $2 AND l.item_id = s.item_id
                                         AND l.at > $5), 0) AS quantity,
               s.value - coalesce((SELECT sum(l.value) FROM stock_ledger l
                                    WHERE l.shop_id = $2 AND l.item_id = s.item_id
                                      AND l.at > $5), 0) AS value
          FROM stock_balance s
         WHERE s.shop_id = $2) r
  JOIN item i ON i.id = r.item_id
 WHERE (r.quantity <> 0 OR $4 = 1) AND i.kind = 'goods' AND i.deleted = 0
   AND i.id IN (SELECT e.item_id
                  FROM count_entry e
                 WHERE e.zone_id = $3 AND e.quantity > 0
                   AND e.document_id = (SELECT d.id
                                          FROM document d
                                         WHERE d.shop_id = $2 AND d.kind = 'count'
                                           AND d.state = 'posted' AND d.id <> $1
                                           AND EXISTS (SELECT 1 FROM count_entry x
                                                        WHERE x.document_id = d.id
                                                          AND x.zone_id = $3)
                                         ORDER BY d.posted_at DESC, d.id DESC
                                         LIMIT 1))
   AND i.id NOT IN (SELECT e.item_id FROM count_entry e WHERE e.document_id = $1)
   AND i.id NOT IN (SELECT l.item_id FROM document_line l WHERE l.document_id = $1)
 ORDER BY i.id;

-- Goods that lay in another zone too when they were counted last, and nobody counted them there now:
-- the first of them, and the zone. $2 the shop.
-- :name elsewhere
SELECT i.name, z.name
  FROM (SELECT c.item_id,
               (SELECT d.id
                  FROM count_entry x
                  JOIN document d ON d.id = x.document_id
                 WHERE x.item_id = c.item_id AND d.shop_id = $2 AND d.kind = 'count'
                   AND d.state = 'posted'
                 ORDER BY d.posted_at DESC, d.id DESC
                 LIMIT 1) AS last_id
          FROM count_entry c
         WHERE c.document_id = $1
         GROUP BY c.item_id) k
  JOIN count_entry e ON e.document_id = k.last_id AND e.item_id = k.item_id AND e.quantity > 0
  JOIN zone z ON z.shop_id = $2 AND z.id = e.zone_id AND z.deleted = 0
  JOIN item i ON i.id = k.item_id
 WHERE e.pass = (SELECT max(p.pass) FROM count_entry p
                  WHERE p.document_id = e.document_id AND p.zone_id = e.zone_id
                    AND p.item_id = e.item_id)
   AND NOT EXISTS (SELECT 1 FROM count_entry y
                    WHERE y.document_id = $1 AND y.item_id = k.item_id
                      AND y.zone_id IN (0, e.zone_id))
 ORDER BY i.folded, i.id, z.name
 LIMIT 1;

-- Goods that no posted count has found anywhere, so that nobody knows where else they lie: the first of
-- them, and a zone in which they were not counted now.
-- :name elsewhere_perhaps
SELECT i.name, z.name
  FROM (SELECT c.item_id FROM count_entry c WHERE c.document_id = $1 GROUP BY c.item_id) k
  JOIN zone z ON z.shop_id = $2 AND z.deleted = 0
  JOIN item i ON i.id = k.item_id
 WHERE NOT EXISTS (SELECT 1
                     FROM count_entry x
                     JOIN document d ON d.id = x.document_id
                    WHERE x.item_id = k.item_id AND d.shop_id = $2 AND d.kind = 'count'
                      AND d.state = 'posted')
   AND NOT EXISTS (SELECT 1 FROM count_entry y
                    WHERE y.document_id = $1 AND y.item_id = k.item_id
                      AND y.zone_id IN (0, z.id))
 ORDER BY i.folded, i.id, z.name
 LIMIT 1;

-- Of a count that is posted: its lines, as they were then.
-- :name posted
SELECT i.id, i.name, coalesce(nullif(i.article, ''),
                              (SELECT min(b.code) FROM barcode b WHERE b.item_id = i.id), ''),
       i.unit, l.quantity, coalesce(l.expected, 0), coalesce(l.cost, 0), i.folded,
       coalesce(l.at, 0), l.person_id,
       coalesce(e.pass, 0)
  FROM document_line l
  JOIN item i ON i.id = l.item_id
  LEFT JOIN (SELECT item_id, max(pass) AS pass
               FROM count_entry
              WHERE document_id = $1
              GROUP BY item_id) e ON e.item_id = l.item_id
 WHERE l.document_id = $1
 ORDER BY i.id;

-- How far each zone is; those that are gone only where something was found in them.
-- :name progress
SELECT z.id, z.name, count(DISTINCT e.item_id), coalesce(max(e.at), 0)
  FROM document d
  JOIN zone z ON z.shop_id = d.shop_id
  LEFT JOIN count_entry e ON e.document_id = d.id AND e.zone_id = z.id
 WHERE d.id = $1
 GROUP BY z.id, z.name, z.deleted, z.sells
HAVING z.deleted = 0 OR count(e.item_id) > 0
UNION ALL
SELECT 0, '', count(DISTINCT e.item_id), max(e.at)
  FROM count_entry e
 WHERE e.document_id = $1 AND e.zone_id = 0
HAVING count(*) > 0
 ORDER BY 2, 1;

-- :name clear_lines
DELETE FROM document_line WHERE document_id = $1;

-- :name insert_line
INSERT INTO document_line
  (document_id, line, item_id, quantity, expected, cost, person_id, at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- $1 the shop, $2 1: those too that are deleted.
-- :name zones
SELECT id, name, sells, deleted FROM zone WHERE shop_id = $1 AND (deleted = 0 OR $2 = 1) ORDER BY name, id;

-- :name zone_named
SELECT id FROM zone WHERE shop_id = $1 AND name = $2 AND deleted = 0 AND id <> $3;

-- Numbers of a shop's zones are its own.
-- :name next_zone
SELECT coalesce(max(id), 0) + 1 FROM zone WHERE shop_id = $1;

-- :name put_zone
INSERT INTO zone (shop_id, id, name, sells) VALUES ($1, $2, $3, $4)
ON CONFLICT (shop_id, id) DO UPDATE SET name = excluded.name, sells = excluded.sells;

-- :name delete_zone
UPDATE zone SET deleted = 1 WHERE shop_id = $1 AND id = $2 AND deleted = 0;
