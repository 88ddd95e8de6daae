-- SPDX-License-Identifier: GPL-3.0-or-later
-- What is to be ordered (backoffice/buying/proposal.h). $1 is the shop.

-- Goods with who is asked for them: $2 one supplier, 0 for all; $3 the day of the prices.
-- :name goods
WITH came AS (
  SELECT l.item_id, d.supplier_id,
         row_number() OVER (PARTITION BY l.item_id
                            ORDER BY CASE WHEN d.shop_id = $1 THEN 0 ELSE 1 END, d.at DESC, d.id DESC) AS n
    FROM document d
    JOIN document_line l ON l.document_id = d.id
   WHERE d.kind = 'delivery' AND d.state = 'posted' AND d.supplier_id IS NOT NULL AND l.quantity > 0
), listed AS (
  SELECT item_id, supplier_id,
         row_number() OVER (PARTITION BY item_id ORDER BY CASE WHEN cost IS NULL THEN 1 ELSE 0 END, cost,
                            supplier_id) AS n
    FROM supplier_item
), asked AS (
  SELECT i.id AS item_id,
         coalesce((SELECT u.supplier_id FROM supplier_item u WHERE u.item_id = i.id AND u.usual = 1),
                  c.supplier_id, t.supplier_id) AS supplier_id
    FROM item i
    LEFT JOIN came c ON c.item_id = i.id AND c.n = 1
    LEFT JOIN listed t ON t.item_id = i.id AND t.n = 1
   WHERE i.kind = 'goods' AND i.deleted = 0
)
SELECT i.id, i.name, i.unit, coalesce(i.minimum, 0), s.id, s.name, s.lead_days, s.review_days,
       coalesce(x.code, ''),
       coalesce((SELECT min(b.code) FROM barcode b WHERE b.item_id = i.id AND b.pack_id IS NULL), ''),
       x.pack_id, coalesce(x.factor, p.factor), coalesce(x.least, 0),
       coalesce((SELECT h.cost FROM supplier_price h
                  WHERE h.supplier_id = s.id AND h.item_id = i.id AND h.first_day <= $3
                  ORDER BY h.first_day DESC, h.id DESC LIMIT 1), x.cost, i.cost),
       coalesce(q.quantity, 0), coalesce(s.least_order, 0)
  FROM asked a
  JOIN item i ON i.id = a.item_id
  JOIN supplier s ON s.id = a.supplier_id AND s.deleted = 0
  LEFT JOIN supplier_item x ON x.supplier_id = s.id AND x.item_id = i.id
  LEFT JOIN pack p ON p.id = x.pack_id
  LEFT JOIN stock_balance q ON q.shop_id = $1 AND q.item_id = i.id
 WHERE $2 = 0 OR a.supplier_id = $2
 ORDER BY s.name, s.id, i.folded, i.id;

-- What was sold by item and day; of days $2 to $3.
-- :name sold
SELECT s.item_id, s.day, sum(s.quantity), i.kind
  FROM sale_item s
  JOIN item i ON i.id = s.item_id
 WHERE s.shop_id = $1 AND s.day BETWEEN $2 AND $3
 GROUP BY s.item_id, s.day, i.kind;

-- What an item's balance became from the moment $3 on: sums by moment and place.
-- :name moves
SELECT at, sum(quantity)
  FROM stock_ledger
 WHERE shop_id = $1 AND item_id = $2 AND at >= $3
 GROUP BY at, place
 ORDER BY at, place;

-- Sent to this shop and not arrived.
-- :name on_the_way
SELECT l.item_id,
       sum(l.quantity) - coalesce((SELECT sum(x.quantity)
                                     FROM document a
                                     JOIN document_line x ON x.document_id = a.id
                                    WHERE a.origin_id = d.id AND a.kind = 'arrival'
                                      AND a.state = 'posted' AND x.item_id = l.item_id), 0)
  FROM document d
  JOIN document_line l ON l.document_id = d.id
 WHERE d.other_shop = $1 AND d.kind = 'transfer' AND d.state = 'posted'
 GROUP BY d.id, l.item_id;

-- Ordered and not come: by order, less what was delivered on it; drafts of orders with 1.
-- :name ordered
SELECT l.item_id,
       sum(l.quantity) - coalesce((SELECT sum(x.quantity)
                                     FROM document e
                                     JOIN document_line x ON x.document_id = e.id
                                    WHERE e.origin_id = d.id AND e.kind = 'delivery'
                                      AND e.state = 'posted'
                                      AND coalesce(x.instead_of, x.item_id) = l.item_id), 0),
       CASE WHEN d.state = 'draft' THEN 1 ELSE 0 END
  FROM document d
  JOIN document_line l ON l.document_id = d.id
 WHERE d.shop_id = $1 AND d.kind = 'order' AND d.state IN ('posted', 'draft')
 GROUP BY d.id, d.state, l.item_id;
