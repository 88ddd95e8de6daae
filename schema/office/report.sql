-- SPDX-License-Identifier: GPL-3.0-or-later
-- Reports. $1 the shop, $2 and $3 the first and last business day. Returns are negative in these
-- tables (0002-sales.sql), so sums are what was sold less what came back.

-- Lines first by item and receipt, then by item: that counts receipts without sorting them.
-- :name sales
SELECT coalesce((SELECT min(b.code) FROM barcode b WHERE b.item_id = s.item_id), s.code),
       coalesce(i.name, s.name), s.quantity, s.gross, s.discount, s.tax, s.net, s.receipts
  FROM (SELECT item_id, min(code) AS code, max(name) AS name, sum(quantity) AS quantity,
               sum(gross) AS gross, sum(discount) AS discount, sum(tax) AS tax, sum(net) AS net,
               count(*) AS receipts
          FROM (SELECT l.item_id, CASE WHEN l.item_id = 0 THEN l.name ELSE '' END AS other,
                       min(l.code) AS code, max(l.name) AS name, sum(l.quantity) AS quantity,
                       sum(l.gross) AS gross, sum(l.discount) AS discount, sum(l.tax) AS tax,
                       sum(l.net) AS net
                  FROM receipt r
                  JOIN receipt_line l
                    ON l.shop_id = r.shop_id AND l.till_id = r.till_id AND l.seq = r.seq
                 WHERE r.shop_id = $1 AND r.day BETWEEN $2 AND $3
                 GROUP BY l.item_id, CASE WHEN l.item_id = 0 THEN l.name ELSE '' END, l.till_id,
                          l.seq) a
         GROUP BY item_id, other) s
  LEFT JOIN item i ON i.id = s.item_id
 ORDER BY coalesce(i.folded, s.name), s.item_id;

-- :name sales_totals
SELECT coalesce(sum(quantity), 0), coalesce(sum(gross), 0), coalesce(sum(discount), 0),
       coalesce(sum(tax), 0), coalesce(sum(net), 0), count(*)
  FROM (SELECT sum(l.quantity) AS quantity, sum(l.gross) AS gross, sum(l.discount) AS discount,
               sum(l.tax) AS tax, sum(l.net) AS net
          FROM receipt r
          JOIN receipt_line l
            ON l.shop_id = r.shop_id AND l.till_id = r.till_id AND l.seq = r.seq
         WHERE r.shop_id = $1 AND r.day BETWEEN $2 AND $3
         GROUP BY l.till_id, l.seq) a;

-- :name hours
SELECT hour, count(*), sum(gross), sum(discount), sum(tax), sum(net)
  FROM receipt
 WHERE shop_id = $1 AND day BETWEEN $2 AND $3
 GROUP BY hour
 ORDER BY hour;

-- :name cashiers
SELECT coalesce(p.name, '#' || r.cashier_id), r.receipts, r.gross, r.discount, r.tax, r.net
  FROM (SELECT cashier_id, count(*) AS receipts, sum(gross) AS gross, sum(discount) AS discount,
               sum(tax) AS tax, sum(net) AS net
          FROM receipt
         WHERE shop_id = $1 AND day BETWEEN $2 AND $3
         GROUP BY cashier_id) r
  LEFT JOIN person p ON p.id = r.cashier_id
 ORDER BY r.net DESC, r.cashier_id;

-- Of hours and cashiers.
-- :name receipt_totals
SELECT count(*), coalesce(sum(gross), 0), coalesce(sum(discount), 0), coalesce(sum(tax), 0),
       coalesce(sum(net), 0)
  FROM receipt
 WHERE shop_id = $1 AND day BETWEEN $2 AND $3;

-- :name payments
SELECT p.kind, count(*), sum(p.amount)
  FROM receipt r
  JOIN receipt_payment p ON p.shop_id = r.shop_id AND p.till_id = r.till_id AND p.seq = r.seq
 WHERE r.shop_id = $1 AND r.day BETWEEN $2 AND $3
 GROUP BY p.kind
 ORDER BY p.kind;

-- :name payment_totals
SELECT count(*), coalesce(sum(p.amount), 0)
  FROM receipt r
  JOIN receipt_payment p ON p.shop_id = r.shop_id AND p.till_id = r.till_id AND p.seq = r.seq
 WHERE r.shop_id = $1 AND r.day BETWEEN $2 AND $3;

-- :name taxes
SELECT t.code, t.rate, sum(t.base), sum(t.amount)
  FROM receipt r
  JOIN receipt_tax t ON t.shop_id = r.shop_id AND t.till_id = r.till_id AND t.seq = r.seq
 WHERE r.shop_id = $1 AND r.day BETWEEN $2 AND $3
 GROUP BY t.code, t.rate
 ORDER BY t.code, t.rate;

-- :name tax_totals
SELECT coalesce(sum(t.amount), 0)
  FROM receipt r
  JOIN receipt_tax t ON t.shop_id = r.shop_id AND t.till_id = r.till_id AND t.seq = r.seq
 WHERE r.shop_id = $1 AND r.day BETWEEN $2 AND $3;

-- How far the figures can be trusted (backoffice/report/health.h).

-- Receipts of a day that could not be read out of the journal. $1 the shop, $2 and $3 the day in
-- microseconds.
-- :name not_understood
SELECT count(*)
  FROM quarantine q
  JOIN journal j ON j.shop_id = q.shop_id AND j.till_id = q.till_id AND j.number = q.number
 WHERE q.shop_id = $1 AND j.kind = 'receipt' AND j.at >= $2 AND j.at < $3;

-- :name sources
SELECT t.name, t.seen_at,
       (SELECT count(*) FROM shift s
         WHERE s.shop_id = t.shop_id AND s.till_id = t.id AND s.day = $2 AND s.closed_at IS NULL)
  FROM till t
 WHERE t.shop_id = $1 AND t.seen_at IS NOT NULL
 ORDER BY t.name;

-- :name stamp
SELECT coalesce(sum(next_number), 0) FROM till WHERE shop_id = $1;
