-- SPDX-License-Identifier: GPL-3.0-or-later
-- What was sold, by anything (backoffice/report/sold.h). All but the names give the same columns: shop
-- (0 unless rows are shops or tills), id and text of what the row is about, receipts, returns among them,
-- what those gave back, quantity, gross, discount, tax, net, cost.
--
-- $1 the shop (0 all), $2 and $3 the first and last business day, $4 till, $5 cashier, $6 item, $7 name of
-- goods of the till's own, $8 group, with all below it where $16 is 0 ('': goods without one), $9 the usual supplier,
-- $10 kind of payment, $11 and $12 hours [from, until), $14 shift; 0 and NULL: all. $15 what rows are
-- about: 'day', 'hour', 'shop', 'till', 'cashier', 'item', 'group'; else one row for all. Rows of payments
-- count payments, and their net is what was paid; of those of taxes the id is the rate, gross what was
-- taxed, and net the tax once more.

-- Out of the receipts themselves: any question, in the time that reading them takes.

-- :name receipts
SELECT CASE WHEN $15 IN ('shop', 'till') THEN shop_id ELSE 0 END,
       CASE $15 WHEN 'day' THEN day WHEN 'hour' THEN hour WHEN 'shop' THEN shop_id
                WHEN 'till' THEN till_id WHEN 'cashier' THEN cashier_id ELSE 0 END, '',
       count(*), sum(CASE WHEN kind = 'return' THEN 1 ELSE 0 END),
       sum(CASE WHEN kind = 'return' THEN net ELSE 0 END), 0, sum(gross), sum(discount), sum(tax),
       sum(net),
       -sum(coalesce((SELECT sum(k.value) FROM stock_ledger k
                       WHERE k.shop_id = r.shop_id AND k.till_id = r.till_id AND k.seq = r.seq), 0))
  FROM receipt r
 WHERE shop_id IN (SELECT id FROM shop WHERE $1 = 0 OR id = $1) AND day BETWEEN $2 AND $3
   AND ($4 = 0 OR till_id = $4) AND ($5 = 0 OR cashier_id = $5)
   AND ($12 = 0 OR (hour >= $11 AND hour < $12)) AND ($14 = 0 OR shift = $14)
   AND ($10 IS NULL OR EXISTS (SELECT 1 FROM receipt_payment p
          WHERE p.shop_id = r.shop_id AND p.till_id = r.till_id AND p.seq = r.seq AND p.kind = $10))
 GROUP BY 1, 2;

-- Lines first by receipt, then by what rows are about: that counts receipts.
-- :name lines
SELECT shop_id, id, other, count(*), sum(CASE WHEN kind = 'return' THEN 1 ELSE 0 END),
       sum(CASE WHEN kind = 'return' THEN net ELSE 0 END), sum(quantity), sum(gross),
       sum(discount), sum(tax), sum(net), sum(cost)
  FROM (SELECT CASE WHEN $15 IN ('shop', 'till') THEN r.shop_id ELSE 0 END AS shop_id,
               CASE $15 WHEN 'day' THEN r.day WHEN 'hour' THEN r.hour WHEN 'shop' THEN r.shop_id
                        WHEN 'till' THEN r.till_id WHEN 'cashier' THEN r.cashier_id
                        WHEN 'item' THEN l.item_id WHEN 'group' THEN l.group_id ELSE 0 END AS id,
               CASE WHEN $15 = 'item' AND l.item_id = 0 THEN l.name ELSE '' END AS other,
               r.kind, sum(l.quantity) AS quantity, sum(l.gross) AS gross,
               sum(l.discount) AS discount, sum(l.tax) AS tax, sum(l.net) AS net,
               -sum(coalesce((SELECT sum(k.value) FROM stock_ledger k
                               WHERE k.shop_id = l.shop_id AND k.till_id = l.till_id
                                 AND k.seq = l.seq AND k.line = l.line), 0)) AS cost
          FROM receipt r
          JOIN receipt_line l
            ON l.shop_id = r.shop_id AND l.till_id = r.till_id AND l.seq = r.seq
         WHERE r.shop_id IN (SELECT id FROM shop WHERE $1 = 0 OR id = $1)
           AND r.day BETWEEN $2 AND $3
           AND ($4 = 0 OR r.till_id = $4) AND ($5 = 0 OR r.cashier_id = $5)
           AND ($12 = 0 OR (r.hour >= $11 AND r.hour < $12)) AND ($14 = 0 OR r.shift = $14)
           AND ($10 IS NULL OR EXISTS (SELECT 1 FROM receipt_payment p
                  WHERE p.shop_id = r.shop_id AND p.till_id = r.till_id AND p.seq = r.seq
                    AND p.kind = $10))
           AND ($6 = 0 OR l.item_id = $6) AND ($7 IS NULL OR (l.item_id = 0 AND l.name = $7))
           AND ($8 IS NULL OR l.group_id IN (SELECT id FROM item_group
                  WHERE path = $8 OR ($16 = 0 AND $8 <> '' AND substr(path, 1, length($8) + 1) = $8 || '/')))
           AND ($9 = 0 OR l.item_id IN (SELECT u.item_id
                  FROM (SELECT item_id FROM supplier_item WHERE supplier_id = $9
                        UNION
                        SELECT n.item_id FROM document d JOIN document_line n ON n.document_id = d.id
                         WHERE d.supplier_id = $9 AND d.kind = 'delivery' AND d.state = 'posted') u
                 WHERE coalesce((SELECT d.supplier_id
                                   FROM document_line n JOIN document d ON d.id = n.document_id
                                  WHERE n.item_id = u.item_id AND d.kind = 'delivery'
                                    AND d.state = 'posted' AND d.supplier_id IS NOT NULL
                                  ORDER BY coalesce(d.at, d.posted_at) DESC, d.id DESC LIMIT 1),
                                (SELECT min(s.supplier_id) FROM supplier_item s
                                  WHERE s.item_id = u.item_id)) = $9))
         GROUP BY 1, 2, 3, r.shop_id, r.till_id, r.seq, r.kind) a
 GROUP BY 1, 2, 3;

-- What goods cost that were sold before they came in: of no receipt.
-- :name differences
SELECT CASE $15 WHEN 'shop' THEN shop_id ELSE 0 END,
       CASE $15 WHEN 'day' THEN day WHEN 'shop' THEN shop_id WHEN 'item' THEN item_id
                WHEN 'group' THEN coalesce(group_id, 1) WHEN 'hour' THEN -1 WHEN 'till' THEN -1
                WHEN 'cashier' THEN -1 ELSE 0 END, '',
       0, 0, 0, 0, 0, 0, 0, 0, -sum(difference)
  FROM stock_ledger k
 WHERE shop_id IN (SELECT id FROM shop WHERE $1 = 0 OR id = $1) AND day BETWEEN $2 AND $3
   AND difference <> 0 AND ($6 = 0 OR item_id = $6) AND ($7 IS NULL OR item_id = 0)
   AND ($8 IS NULL OR group_id IN (SELECT id FROM item_group
          WHERE path = $8 OR ($16 = 0 AND $8 <> '' AND substr(path, 1, length($8) + 1) = $8 || '/')))
   AND ($9 = 0 OR k.item_id IN (SELECT u.item_id
          FROM (SELECT item_id FROM supplier_item WHERE supplier_id = $9
                UNION
                SELECT n.item_id FROM document d JOIN document_line n ON n.document_id = d.id
                 WHERE d.supplier_id = $9 AND d.kind = 'delivery' AND d.state = 'posted') u
         WHERE coalesce((SELECT d.supplier_id
                           FROM document_line n JOIN document d ON d.id = n.document_id
                          WHERE n.item_id = u.item_id AND d.kind = 'delivery'
                            AND d.state = 'posted' AND d.supplier_id IS NOT NULL
                          ORDER BY coalesce(d.at, d.posted_at) DESC, d.id DESC LIMIT 1),
                        (SELECT min(s.supplier_id) FROM supplier_item s
                          WHERE s.item_id = u.item_id)) = $9))
 GROUP BY 1, 2;

-- :name payments
SELECT 0, 0, p.kind, count(*), 0, 0, 0, 0, 0, 0, sum(p.amount), NULL
  FROM receipt r
  JOIN receipt_payment p ON p.shop_id = r.shop_id AND p.till_id = r.till_id AND p.seq = r.seq
 WHERE r.shop_id IN (SELECT id FROM shop WHERE $1 = 0 OR id = $1) AND r.day BETWEEN $2 AND $3
   AND ($4 = 0 OR r.till_id = $4) AND ($5 = 0 OR r.cashier_id = $5)
   AND ($12 = 0 OR (r.hour >= $11 AND r.hour < $12)) AND ($14 = 0 OR r.shift = $14)
   AND ($10 IS NULL OR p.kind = $10)
 GROUP BY p.kind;

-- :name taxes
SELECT 0, t.rate, t.code, 0, 0, 0, 0, sum(t.base), 0, sum(t.amount), sum(t.amount), NULL
  FROM receipt r
  JOIN receipt_tax t ON t.shop_id = r.shop_id AND t.till_id = r.till_id AND t.seq = r.seq
 WHERE r.shop_id IN (SELECT id FROM shop WHERE $1 = 0 OR id = $1) AND r.day BETWEEN $2 AND $3
   AND ($4 = 0 OR r.till_id = $4) AND ($5 = 0 OR r.cashier_id = $5)
   AND ($12 = 0 OR (r.hour >= $11 AND r.hour < $12)) AND ($14 = 0 OR r.shift = $14)
 GROUP BY t.code, t.rate;

-- Out of the sums (0009-rollup.sql). Of what no receipt caused the id is −1 where rows are hours, tills or
-- cashiers.

-- :name by_hour
SELECT CASE WHEN $15 IN ('shop', 'till') THEN shop_id ELSE 0 END,
       CASE WHEN $15 = 'day' THEN day WHEN $15 = 'shop' THEN shop_id
            WHEN $15 NOT IN ('hour', 'till', 'cashier') THEN 0 WHEN till_id = 0 THEN -1
            WHEN $15 = 'hour' THEN hour WHEN $15 = 'till' THEN till_id ELSE cashier_id END, '',
       sum(receipts), sum(returns), sum(returned), 0, sum(gross), sum(discount), sum(tax),
       sum(net), sum(cost)
  FROM sale_hour
 WHERE shop_id IN (SELECT id FROM shop WHERE $1 = 0 OR id = $1) AND day BETWEEN $2 AND $3
   AND ($4 = 0 OR till_id = $4) AND ($5 = 0 OR cashier_id = $5)
   AND ($12 = 0 OR (hour >= $11 AND hour < $12 AND till_id <> 0))
 GROUP BY 1, 2;

-- :name by_item
SELECT CASE $15 WHEN 'shop' THEN shop_id ELSE 0 END,
       CASE $15 WHEN 'day' THEN day WHEN 'shop' THEN shop_id WHEN 'item' THEN item_id ELSE 0 END,
       CASE $15 WHEN 'item' THEN other ELSE '' END,
       sum(receipts), 0, 0, sum(quantity), sum(gross), sum(discount), sum(tax), sum(net), sum(cost)
  FROM sale_item x
 WHERE shop_id IN (SELECT id FROM shop WHERE $1 = 0 OR id = $1) AND day BETWEEN $2 AND $3
   AND ($6 = 0 OR item_id = $6) AND ($7 IS NULL OR (item_id = 0 AND other = $7))
   AND ($8 IS NULL OR group_id IN (SELECT id FROM item_group
          WHERE path = $8 OR ($16 = 0 AND $8 <> '' AND substr(path, 1, length($8) + 1) = $8 || '/')))
   AND ($9 = 0 OR x.item_id IN (SELECT u.item_id
          FROM (SELECT item_id FROM supplier_item WHERE supplier_id = $9
                UNION
                SELECT n.item_id FROM document d JOIN document_line n ON n.document_id = d.id
                 WHERE d.supplier_id = $9 AND d.kind = 'delivery' AND d.state = 'posted') u
         WHERE coalesce((SELECT d.supplier_id
                           FROM document_line n JOIN document d ON d.id = n.document_id
                          WHERE n.item_id = u.item_id AND d.kind = 'delivery'
                            AND d.state = 'posted' AND d.supplier_id IS NOT NULL
                          ORDER BY coalesce(d.at, d.posted_at) DESC, d.id DESC LIMIT 1),
                        (SELECT min(s.supplier_id) FROM supplier_item s
                          WHERE s.item_id = u.item_id)) = $9))
 GROUP BY 1, 2, 3;

-- :name by_group
SELECT CASE $15 WHEN 'shop' THEN shop_id ELSE 0 END,
       CASE $15 WHEN 'day' THEN day WHEN 'shop' THEN shop_id WHEN 'group' THEN group_id ELSE 0 END,
       '', sum(receipts), 0, 0, sum(quantity), sum(gross), sum(discount), sum(tax), sum(net),
       sum(cost)
  FROM sale_group
 WHERE shop_id IN (SELECT id FROM shop WHERE $1 = 0 OR id = $1) AND day BETWEEN $2 AND $3
   AND ($8 IS NULL OR group_id IN (SELECT id FROM item_group
          WHERE path = $8 OR ($16 = 0 AND $8 <> '' AND substr(path, 1, length($8) + 1) = $8 || '/')))
 GROUP BY 1, 2;

-- :name by_payment
SELECT 0, 0, kind, sum(payments), 0, 0, 0, 0, 0, 0, sum(amount), 0
  FROM sale_payment
 WHERE shop_id IN (SELECT id FROM shop WHERE $1 = 0 OR id = $1) AND day BETWEEN $2 AND $3
   AND ($4 = 0 OR till_id = $4) AND ($5 = 0 OR cashier_id = $5) AND ($10 IS NULL OR kind = $10)
 GROUP BY kind;

-- :name by_tax
SELECT 0, rate, code, 0, 0, 0, 0, sum(base), 0, sum(amount), sum(amount), 0
  FROM sale_tax
 WHERE shop_id IN (SELECT id FROM shop WHERE $1 = 0 OR id = $1) AND day BETWEEN $2 AND $3
 GROUP BY code, rate;

-- Names. What the office does not know, or no longer, is called by its number.

-- :name shop_name
SELECT name FROM shop WHERE id = $1;

-- :name till_name
SELECT t.name, s.name FROM till t JOIN shop s ON s.id = t.shop_id WHERE t.id = $1;

-- :name person_name
SELECT name FROM person WHERE id = $1;

-- :name supplier_name
SELECT name FROM supplier WHERE id = $1;

-- :name group_path
SELECT path FROM item_group WHERE id = $1;

-- $1 and, unless $2, all below it.
-- :name groups_below
SELECT id FROM item_group
 WHERE path = $1 OR ($2 = 0 AND $1 <> '' AND substr(path, 1, length($1) + 1) = $1 || '/');

-- :name till_shop
SELECT shop_id FROM till WHERE id = $1;

-- :name group_known
SELECT EXISTS (SELECT 1 FROM item_group
                WHERE path = $1 OR substr(path, 1, length($1) + 1) = $1 || '/')
    OR EXISTS (SELECT 1 FROM item
                WHERE category = $1 OR substr(category, 1, length($1) + 1) = $1 || '/');

-- :name item_name
SELECT coalesce((SELECT min(b.code) FROM barcode b WHERE b.item_id = i.id), i.article), i.name,
       i.folded
  FROM item i WHERE i.id = $1;

-- What a till called goods that the office never had.
-- :name item_as_sold
SELECT l.code, l.name, l.name
  FROM (SELECT shop_id, day FROM sale_item WHERE item_id = $1 AND receipts > 0
         ORDER BY shop_id, day LIMIT 1) s
 CROSS JOIN receipt r
 CROSS JOIN receipt_line l
 WHERE r.shop_id = s.shop_id AND r.day = s.day AND l.shop_id = r.shop_id
   AND l.till_id = r.till_id AND l.seq = r.seq AND l.item_id = $1
 LIMIT 1;

-- Whose delivery brought it last, or in whose list it is.
-- :name item_supplier
SELECT coalesce((SELECT d.supplier_id
                   FROM document_line n JOIN document d ON d.id = n.document_id
                  WHERE n.item_id = $1 AND d.kind = 'delivery' AND d.state = 'posted'
                    AND d.supplier_id IS NOT NULL
                  ORDER BY coalesce(d.at, d.posted_at) DESC, d.id DESC LIMIT 1),
                (SELECT min(s.supplier_id) FROM supplier_item s WHERE s.item_id = $1), 0);

-- A row a receipt, from the first; where goods are asked for, the amounts are theirs.
-- :name receipt_list
SELECT r.at, r.number,
       CASE WHEN $1 = 0 THEN h.name || ', ' || coalesce(t.name, '#' || r.till_id)
            ELSE coalesce(t.name, '#' || r.till_id) END,
       coalesce(c.name, '#' || r.cashier_id), r.kind, count(*), sum(l.gross), sum(l.discount),
       sum(l.tax), sum(l.net),
       coalesce((SELECT sum(p.amount) FROM receipt_payment p
                  WHERE p.shop_id = r.shop_id AND p.till_id = r.till_id AND p.seq = r.seq
                    AND p.kind = 'cash'), 0),
       coalesce((SELECT sum(p.amount) FROM receipt_payment p
                  WHERE p.shop_id = r.shop_id AND p.till_id = r.till_id AND p.seq = r.seq
                    AND p.kind <> 'cash'), 0),
       r.shop_id, r.till_id, r.seq
  FROM receipt r
  JOIN receipt_line l ON l.shop_id = r.shop_id AND l.till_id = r.till_id AND l.seq = r.seq
  JOIN shop h ON h.id = r.shop_id
  LEFT JOIN till t ON t.shop_id = r.shop_id AND t.id = r.till_id
  LEFT JOIN person c ON c.id = r.cashier_id
 WHERE r.shop_id IN (SELECT id FROM shop WHERE $1 = 0 OR id = $1)
   AND r.day BETWEEN $2 AND $3
   AND ($4 = 0 OR r.till_id = $4) AND ($5 = 0 OR r.cashier_id = $5)
   AND ($12 = 0 OR (r.hour >= $11 AND r.hour < $12)) AND ($14 = 0 OR r.shift = $14)
   AND ($10 IS NULL OR EXISTS (SELECT 1 FROM receipt_payment p
          WHERE p.shop_id = r.shop_id AND p.till_id = r.till_id AND p.seq = r.seq
            AND p.kind = $10))
   AND ($6 = 0 OR l.item_id = $6) AND ($7 IS NULL OR (l.item_id = 0 AND l.name = $7))
   AND ($8 IS NULL OR l.group_id IN (SELECT id FROM item_group
          WHERE path = $8 OR ($16 = 0 AND $8 <> '' AND substr(path, 1, length($8) + 1) = $8 || '/')))
   AND ($9 = 0 OR l.item_id IN (SELECT u.item_id
          FROM (SELECT item_id FROM supplier_item WHERE supplier_id = $9
                UNION
                SELECT n.item_id FROM document d JOIN document_line n ON n.document_id = d.id
                 WHERE d.supplier_id = $9 AND d.kind = 'delivery' AND d.state = 'posted') u
         WHERE coalesce((SELECT d.supplier_id
                           FROM document_line n JOIN document d ON d.id = n.document_id
                          WHERE n.item_id = u.item_id AND d.kind = 'delivery'
                            AND d.state = 'posted' AND d.supplier_id IS NOT NULL
                          ORDER BY coalesce(d.at, d.posted_at) DESC, d.id DESC LIMIT 1),
                        (SELECT min(s.supplier_id) FROM supplier_item s
                          WHERE s.item_id = u.item_id)) = $9))
 GROUP BY r.shop_id, r.till_id, r.seq, r.at, r.number, h.name, t.name, c.name, r.kind, r.cashier_id
 ORDER BY r.at, r.till_id, r.seq;

-- Shifts with their numbers; of one that is open they are added up here. $1 the shop (0 all), $2 and $3
-- the first and last business day, $4 a till or 0.
-- :name shifts
SELECT s.day,
       CASE WHEN $1 = 0 THEN h.name || ', ' || coalesce(t.name, '#' || s.till_id)
            ELSE coalesce(t.name, '#' || s.till_id) END,
       s.number, s.opened_at, coalesce(o.name, '#' || s.opened_by), s.closed_at,
       CASE WHEN s.closed_by IS NOT NULL THEN coalesce(c.name, '#' || s.closed_by) END,
       coalesce(s.n_sales + s.n_returns, a.receipts, 0), coalesce(s.sales, a.sales, 0),
       coalesce(-s.returns, a.returns, 0), coalesce(s.cash, a.cash, 0),
       coalesce(s.card, a.card, 0), s.counted, s.counted - s.expected, a.fiscal_shift,
       g.sales - g.returns, s.shop_id, s.till_id, s.number
  FROM shift s
  JOIN shop h ON h.id = s.shop_id
  LEFT JOIN till t ON t.shop_id = s.shop_id AND t.id = s.till_id
  LEFT JOIN person o ON o.id = s.opened_by
  LEFT JOIN person c ON c.id = s.closed_by
  LEFT JOIN shift_registrar g
    ON g.shop_id = s.shop_id AND g.till_id = s.till_id AND g.number = s.number
  LEFT JOIN (SELECT r.shop_id, r.till_id, r.shift, count(*) AS receipts,
                    max(r.fiscal_shift) AS fiscal_shift,
                    sum(CASE WHEN r.kind = 'sale' THEN r.net ELSE 0 END) AS sales,
                    sum(CASE WHEN r.kind = 'return' THEN r.net ELSE 0 END) AS returns,
                    sum((SELECT sum(p.amount) FROM receipt_payment p
                          WHERE p.shop_id = r.shop_id AND p.till_id = r.till_id AND p.seq = r.seq
                            AND p.kind = 'cash')) AS cash,
                    sum((SELECT sum(p.amount) FROM receipt_payment p
                          WHERE p.shop_id = r.shop_id AND p.till_id = r.till_id AND p.seq = r.seq
                            AND p.kind = 'card')) AS card
               FROM shift d
              CROSS JOIN receipt r
              WHERE d.shop_id IN (SELECT id FROM shop WHERE $1 = 0 OR id = $1)
                AND d.day BETWEEN $2 AND $3
                AND r.shop_id = d.shop_id AND r.till_id = d.till_id AND r.shift = d.number
              GROUP BY r.shop_id, r.till_id, r.shift) a
    ON a.shop_id = s.shop_id AND a.till_id = s.till_id AND a.shift = s.number
 WHERE s.shop_id IN (SELECT id FROM shop WHERE $1 = 0 OR id = $1) AND s.day BETWEEN $2 AND $3
   AND ($4 = 0 OR s.till_id = $4)
 ORDER BY s.day, h.name, t.name, s.till_id, s.number;

-- Whom people name. Of several of one name the one that still is, the newest first.

-- :name find_till
SELECT id FROM till WHERE name = $1 AND ($2 = 0 OR shop_id = $2) ORDER BY id;

-- :name find_person
SELECT id FROM person WHERE name = $1 ORDER BY deleted, id DESC;

-- :name find_article
SELECT id FROM item WHERE article = $1 AND article <> '' ORDER BY deleted, id DESC;
