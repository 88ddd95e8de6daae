-- SPDX-License-Identifier: GPL-3.0-or-later
-- What stands on the shelves. $1 the shop.

-- :name quantity
SELECT coalesce((SELECT quantity FROM stock_balance WHERE shop_id = $1 AND item_id = $2), 0);

-- :name weighed
SELECT weighed FROM item WHERE id = $1;

-- One item's stock; what is on the way to this shop and what is ordered, each less what came of it.
-- :name item
SELECT coalesce(b.quantity, 0), coalesce(b.value, 0), b.average,
       coalesce((SELECT sum(l.quantity)
                   FROM document d
                   JOIN document_line l ON l.document_id = d.id
                  WHERE d.other_shop = $1 AND d.kind = 'transfer' AND d.state = 'posted'
                    AND l.item_id = $2), 0)
       - coalesce((SELECT sum(l.quantity)
                     FROM document d
                     JOIN document t ON t.id = d.origin_id
                     JOIN document_line l ON l.document_id = d.id
                    WHERE d.shop_id = $1 AND d.kind = 'arrival' AND d.state = 'posted'
                      AND t.state = 'posted' AND l.item_id = $2), 0),
       coalesce((SELECT sum(CASE WHEN o.quantity > o.came THEN o.quantity - o.came ELSE 0 END)
                   FROM (SELECT sum(l.quantity) AS quantity,
                                coalesce((SELECT sum(c.quantity)
                                            FROM document e
                                            JOIN document_line c ON c.document_id = e.id
                                           WHERE e.origin_id = d.id AND e.kind = 'delivery'
                                             AND e.state = 'posted'
                                             AND coalesce(c.instead_of, c.item_id) = $2), 0) AS came
                           FROM document_line l
                           JOIN document d ON d.id = l.document_id
                          WHERE l.item_id = $2 AND d.shop_id = $1 AND d.kind = 'order'
                            AND d.state = 'posted'
                          GROUP BY d.id) o), 0)
  FROM (SELECT 1 AS one) x
  LEFT JOIN stock_balance b ON b.shop_id = $1 AND b.item_id = $2;

-- Movements with the balance after each, newest first; $3 how many. The person is NULL where the
-- command line posted it.
-- :name moves
SELECT m.id, m.at, m.kind, m.quantity, m.value, m.balance,
       coalesce(d.number, r.number, ''), coalesce(d.id, 0),
       coalesce(p.name, CASE WHEN d.id IS NULL AND r.number IS NULL THEN ''
                             WHEN d.posted_by = 0 THEN NULL
                             ELSE '#' || coalesce(d.posted_by, r.cashier_id) END)
  FROM (SELECT l.id, l.at, l.place, l.kind, l.quantity, coalesce(l.value, 0) AS value,
               l.document_id, l.till_id, l.seq,
               sum(l.quantity) OVER (ORDER BY l.at, l.place, l.id) AS balance
          FROM stock_ledger l
         WHERE l.shop_id = $1 AND l.item_id = $2
         ORDER BY l.at DESC, l.place DESC, l.id DESC
         LIMIT $3) m
  LEFT JOIN document d ON d.id = m.document_id
  LEFT JOIN receipt r ON r.shop_id = $1 AND r.till_id = m.till_id AND r.seq = m.seq
  LEFT JOIN person p ON p.id = coalesce(d.posted_by, r.cashier_id)
 ORDER BY m.at DESC, m.place DESC, m.id DESC;

-- Of an item, or of all up to the day $3 where $2 is 0.
-- :name batches
SELECT b.id, b.item_id, s.quantity, b.expiry, b.code, i.name
  FROM batch_balance s
  JOIN batch b ON b.id = s.batch_id
  JOIN item i ON i.id = b.item_id
 WHERE s.shop_id = $1 AND s.quantity > 0
   AND ((s.item_id = $2) OR ($2 = 0 AND b.expiry <= $3))
 ORDER BY b.expiry, i.folded, b.id;

-- Goods below zero, the worst since the longest time first.
-- :name below_zero
SELECT i.id, i.name, coalesce(nullif(i.article, ''),
                              (SELECT min(b.code) FROM barcode b WHERE b.item_id = i.id), ''),
       i.unit, s.quantity
  FROM stock_balance s
  JOIN item i ON i.id = s.item_id
 WHERE s.shop_id = $1 AND s.quantity < 0
 ORDER BY i.folded, i.id;

-- When the item went below zero to stay: the first row after the last that left something.
-- :name below_since
WITH x AS (
  SELECT at, row_number() OVER (ORDER BY at, place, id) AS n,
         sum(quantity) OVER (ORDER BY at, place, id) AS balance
    FROM stock_ledger
   WHERE shop_id = $1 AND item_id = $2
)
SELECT coalesce(min(at), 0) FROM x WHERE n > (SELECT coalesce(max(n), 0) FROM x WHERE balance >= 0);

-- What follows are causes of a balance below zero: $1 the shop, $2 the item, $3 since when, $4 how
-- much is missing; each gives a document (0: none) and what to call it, or no row.

-- :name cause_draft
SELECT d.id, d.number
  FROM document d
  JOIN document_line l ON l.document_id = d.id
 WHERE d.shop_id = $1 AND d.state = 'draft' AND l.item_id = $2 AND l.quantity > 0
   AND d.kind IN ('delivery', 'arrival', 'opening', 'production')
 ORDER BY d.created_at DESC
 LIMIT 1;

-- :name cause_on_the_way
SELECT t.id, t.number
  FROM document t
  JOIN document_line l ON l.document_id = t.id
 WHERE t.other_shop = $1 AND t.kind = 'transfer' AND t.state = 'posted' AND l.item_id = $2
 GROUP BY t.id, t.number
HAVING sum(l.quantity) > coalesce((SELECT sum(c.quantity)
                                     FROM document a
                                     JOIN document_line c ON c.document_id = a.id
                                    WHERE a.origin_id = t.id AND a.kind = 'arrival'
                                      AND a.state = 'posted' AND c.item_id = $2), 0)
 ORDER BY t.id DESC
 LIMIT 1;

-- :name cause_order
SELECT o.id, o.number
  FROM document o
  JOIN document_line l ON l.document_id = o.id
 WHERE o.shop_id = $1 AND o.kind = 'order' AND o.state = 'posted' AND l.item_id = $2
 GROUP BY o.id, o.number
HAVING sum(l.quantity) > coalesce((SELECT sum(c.quantity)
                                     FROM document e
                                     JOIN document_line c ON c.document_id = e.id
                                    WHERE e.origin_id = o.id AND e.kind = 'delivery'
                                      AND e.state = 'posted'
                                      AND coalesce(c.instead_of, c.item_id) = $2), 0)
 ORDER BY o.id DESC
 LIMIT 1;

-- The kit that took most of it since then: its receipts' lines are of another item.
-- :name cause_recipe
SELECT 0, coalesce(max(i.name), max(r.name))
  FROM stock_ledger l
  JOIN receipt_line r ON r.shop_id = l.shop_id AND r.till_id = l.till_id AND r.seq = l.seq
   AND r.line = l.line
  LEFT JOIN item i ON i.id = r.item_id
 WHERE l.shop_id = $1 AND l.item_id = $2 AND l.at >= $3 AND r.item_id <> $2 AND l.quantity < 0
 GROUP BY r.item_id
 ORDER BY sum(l.quantity)
 LIMIT 1;

-- The last count before then took some away, and nothing came in between.
-- :name cause_count
SELECT d.id, d.number
  FROM stock_ledger l
  JOIN document d ON d.id = l.document_id
 WHERE l.shop_id = $1 AND l.item_id = $2 AND l.at <= $3 AND l.kind = 'count' AND l.quantity < 0
   AND d.state = 'posted'
   AND NOT EXISTS (SELECT 1 FROM stock_ledger c
                    WHERE c.shop_id = $1 AND c.item_id = $2 AND c.at > l.at AND c.at <= $3
                      AND c.quantity > 0 AND c.till_id IS NULL)
 ORDER BY l.at DESC, l.place DESC
 LIMIT 1;

-- Goods whose name begins alike ($5 up to before $6, folded) that have at
-- least as much too many: as long as these are missing, none of those was sold.
-- :name cause_other
SELECT 0, o.name
  FROM item i
  JOIN item o ON o.id <> i.id AND o.deleted = 0 AND o.kind = 'goods'
  JOIN stock_balance s ON s.shop_id = $1 AND s.item_id = o.id AND s.quantity >= $4
 WHERE i.id = $2 AND o.unit = i.unit
   AND (o.folded >= $5 AND o.folded < $6)
   AND NOT EXISTS (SELECT 1 FROM stock_ledger l
                    WHERE l.shop_id = $1 AND l.item_id = o.id AND l.at >= $3 AND l.kind = 'sale')
 ORDER BY s.quantity, o.id
 LIMIT 1;

-- :name folded
SELECT folded FROM item WHERE id = $1;
