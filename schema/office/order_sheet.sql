-- SPDX-License-Identifier: GPL-3.0-or-later
-- An order as its supplier reads it.

-- :name head
SELECT d.kind, d.number, d.created_at, d.note, h.name, h.timezone, h.currency, coalesce(s.name, ''),
       coalesce(s.contact, ''), coalesce(s.phone, ''), coalesce(s.email, ''), coalesce(p.name, '')
  FROM document d
  JOIN shop h ON h.id = d.shop_id
  LEFT JOIN supplier s ON s.id = d.supplier_id
  LEFT JOIN person p ON p.id = coalesce(d.posted_by, d.created_by)
 WHERE d.id = $1;

-- The supplier's code, else our article; how many packs, where it is ordered in whole ones.
-- :name lines
SELECT coalesce(nullif(x.code, ''), nullif(i.article, ''), ''),
       coalesce((SELECT min(b.code) FROM barcode b WHERE b.item_id = i.id AND b.pack_id IS NULL), ''),
       i.name, i.unit, l.quantity, coalesce(p.name, ''), coalesce(p.factor, x.factor, 0), l.cost
  FROM document d
  JOIN document_line l ON l.document_id = d.id
  JOIN item i ON i.id = l.item_id
  LEFT JOIN pack p ON p.id = l.pack_id
  LEFT JOIN supplier_item x ON x.supplier_id = d.supplier_id AND x.item_id = l.item_id
 WHERE d.id = $1
 ORDER BY l.line;
