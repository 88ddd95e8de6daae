-- SPDX-License-Identifier: GPL-3.0-or-later
-- Reports. $1 the shop, $2 and $3 the first and last business day. Returns are negative in these
-- tables (0002-sales.sql), so sums are what was sold less what came back.

-- Drawers, a row a shift. What was sold and given back for cash is as priced; what coins rounded off
-- or on stands beside it, so that every row adds up: opening + in + out + sales + returns + rounding is
-- what should be there. A shift that is open is added up here; of a closed one the till has said it.
-- :name cash
SELECT s.day, t.name, s.number, s.opening_cash,
       coalesce(s.cash_in, m.cash_in, 0), -coalesce(s.cash_out, m.cash_out, 0),
       coalesce(c.sales, 0), coalesce(c.returns, 0), coalesce(c.rounding, 0),
       coalesce(s.expected, s.opening_cash + coalesce(m.cash_in, 0) - coalesce(m.cash_out, 0)
                            + coalesce(c.sales, 0) + coalesce(c.returns, 0)
                            + coalesce(c.rounding, 0)),
       s.counted, s.counted - s.expected
  FROM shift s
  JOIN till t ON t.shop_id = s.shop_id AND t.id = s.till_id
  LEFT JOIN (SELECT till_id, shift, sum(CASE WHEN amount > 0 THEN amount ELSE 0 END) AS cash_in,
                    sum(CASE WHEN amount < 0 THEN -amount ELSE 0 END) AS cash_out
               FROM cash_move
              WHERE shop_id = $1
              GROUP BY till_id, shift) m ON m.till_id = s.till_id AND m.shift = s.number
  LEFT JOIN (SELECT r.till_id, r.shift, sum(r.rounding) AS rounding,
                    sum(CASE WHEN r.kind = 'sale' THEN coalesce(p.amount, 0) - r.rounding
                             ELSE 0 END) AS sales,
                    sum(CASE WHEN r.kind = 'return' THEN coalesce(p.amount, 0) - r.rounding
                             ELSE 0 END) AS returns
               FROM shift d
              CROSS JOIN receipt r
               LEFT JOIN receipt_payment p
                 ON p.shop_id = r.shop_id AND p.till_id = r.till_id AND p.seq = r.seq
                AND p.kind = 'cash'
              WHERE d.shop_id = $1 AND d.day BETWEEN $2 AND $3
                AND r.shop_id = d.shop_id AND r.till_id = d.till_id AND r.shift = d.number
              GROUP BY r.till_id, r.shift) c ON c.till_id = s.till_id AND c.shift = s.number
 WHERE s.shop_id = $1 AND s.day BETWEEN $2 AND $3
 ORDER BY s.day, t.name, s.number;

-- What lay in drawers at night is no sum of the days.
-- :name cash_totals
SELECT coalesce(sum(coalesce(s.cash_in, m.cash_in)), 0),
       coalesce(-sum(coalesce(s.cash_out, m.cash_out)), 0),
       coalesce(sum(c.sales), 0), coalesce(sum(c.returns), 0), coalesce(sum(c.rounding), 0),
       coalesce(sum(s.counted - s.expected), 0)
  FROM shift s
  LEFT JOIN (SELECT till_id, shift, sum(CASE WHEN amount > 0 THEN amount ELSE 0 END) AS cash_in,
                    sum(CASE WHEN amount < 0 THEN -amount ELSE 0 END) AS cash_out
               FROM cash_move
              WHERE shop_id = $1
              GROUP BY till_id, shift) m ON m.till_id = s.till_id AND m.shift = s.number
  LEFT JOIN (SELECT r.till_id, r.shift, sum(r.rounding) AS rounding,
                    sum(CASE WHEN r.kind = 'sale' THEN coalesce(p.amount, 0) - r.rounding
                             ELSE 0 END) AS sales,
                    sum(CASE WHEN r.kind = 'return' THEN coalesce(p.amount, 0) - r.rounding
                             ELSE 0 END) AS returns
               FROM shift d
              CROSS JOIN receipt r
               LEFT JOIN receipt_payment p
                 ON p.shop_id = r.shop_id AND p.till_id = r.till_id AND p.seq = r.seq
                AND p.kind = 'cash'
              WHERE d.shop_id = $1 AND d.day BETWEEN $2 AND $3
                AND r.shop_id = d.shop_id AND r.till_id = d.till_id AND r.shift = d.number
              GROUP BY r.till_id, r.shift) c ON c.till_id = s.till_id AND c.shift = s.number
 WHERE s.shop_id = $1 AND s.day BETWEEN $2 AND $3;

-- What somebody has to look after: day, what it is, till, receipt, cashier, amount, what more is known
-- (the document, why it is late, the shift, the sale); of an over-return also the latest other return of
-- that sale, with its cashier.
--
-- A return is over where it and those before it, of all tills, took more of a line than was sold. A
-- registrar is told all receipts of its shift but those that were late, and late ones of other shifts
-- too; corrections it counts by themselves [inf]. CROSS JOIN: SQLite takes what is rare first then, and
-- not all receipts of the shop.
-- :name cases
SELECT x.day, x.what, t.name, x.number, coalesce(p.name, '#' || x.cashier_id), x.amount, x.detail,
       x.other, CASE WHEN x.other IS NULL THEN NULL ELSE coalesce(o.name, '#' || x.other_cashier) END
  FROM (SELECT coalesce(r.day, s.day, d.day) AS day, d.doubt AS what, d.till_id, r.number,
               d.cashier_id, coalesce(abs(r.net), d.amount) AS amount, NULL AS other,
               NULL AS other_cashier,
               CASE WHEN d.id <> '' THEN d.id WHEN d.document > 0 THEN '' || d.document END
                 AS detail, d.journal_number AS place
          FROM fiscal_doubt d
          LEFT JOIN receipt r
            ON r.shop_id = d.shop_id AND r.till_id = d.till_id AND r.seq = d.seq
          LEFT JOIN shift s
            ON s.shop_id = d.shop_id AND s.till_id = d.till_id AND s.number = d.shift
         WHERE d.shop_id = $1
        UNION ALL
        SELECT r.day, 'late', r.till_id, r.number, r.cashier_id, abs(r.net), NULL, NULL,
               l.why, r.journal_number
          FROM late_receipt l
         CROSS JOIN receipt r
         WHERE l.shop_id = $1 AND r.shop_id = l.shop_id AND r.till_id = l.till_id AND r.seq = l.seq
           AND NOT EXISTS (SELECT 1 FROM late_proof f
                            WHERE f.shop_id = l.shop_id AND f.till_id = l.till_id
                              AND f.seq = l.seq)
        UNION ALL
        SELECT b.day, 'over-return', b.till_id, b.number, b.cashier_id, -b.net,
               (SELECT e.number FROM receipt e
                 WHERE e.shop_id = $1 AND e.origin = b.origin AND e.number <> b.number
                 ORDER BY e.at DESC, e.till_id, e.seq DESC LIMIT 1),
               (SELECT e.cashier_id FROM receipt e
                 WHERE e.shop_id = $1 AND e.origin = b.origin AND e.number <> b.number
                 ORDER BY e.at DESC, e.till_id, e.seq DESC LIMIT 1),
               b.origin, b.journal_number
          FROM (SELECT r.*, l.origin_line,
                       sum(-l.quantity) OVER (PARTITION BY r.origin, l.origin_line
                                              ORDER BY r.at, r.till_id, r.seq) AS back
                  FROM receipt r
                 CROSS JOIN receipt_line l
                 WHERE r.shop_id = $1 AND r.origin IS NOT NULL AND l.origin_line IS NOT NULL
                   AND l.shop_id = r.shop_id AND l.till_id = r.till_id AND l.seq = r.seq) b
          JOIN receipt s ON s.shop_id = $1 AND s.number = b.origin AND s.kind = 'sale'
          LEFT JOIN receipt_line sold
            ON sold.shop_id = $1 AND sold.till_id = s.till_id AND sold.seq = s.seq
           AND sold.line = b.origin_line
         WHERE b.back > coalesce(sold.quantity, 0)
         GROUP BY b.day, b.till_id, b.seq, b.number, b.cashier_id, b.net, b.origin,
                  b.journal_number
        UNION ALL
        SELECT s.day, 'registrar-differs', s.till_id, NULL, s.closed_by,
               g.sales - g.returns - (s.sales - s.returns - coalesce(l.net, 0) + coalesce(f.net, 0)),
               NULL, NULL, '' || s.number, s.closed_at
          FROM shift s
          JOIN shift_registrar g
            ON g.shop_id = s.shop_id AND g.till_id = s.till_id AND g.number = s.number
          LEFT JOIN (SELECT r.till_id, r.shift, sum(r.net) AS net,
                            sum(CASE WHEN r.kind = 'sale' THEN r.net ELSE 0 END) AS sales,
                            sum(CASE WHEN r.kind = 'return' THEN -r.net ELSE 0 END) AS returns,
                            sum(coalesce(p.amount, 0) - r.rounding) AS cash
                       FROM late_receipt a
                      CROSS JOIN receipt r
                       LEFT JOIN receipt_payment p
                         ON p.shop_id = r.shop_id AND p.till_id = r.till_id AND p.seq = r.seq
                        AND p.kind = 'cash'
                      WHERE a.shop_id = $1
                        AND r.shop_id = a.shop_id AND r.till_id = a.till_id AND r.seq = a.seq
                      GROUP BY r.till_id, r.shift) l
            ON l.till_id = s.till_id AND l.shift = s.number
          LEFT JOIN (SELECT a.till_id, a.shift, sum(r.net) AS net,
                            sum(CASE WHEN r.kind = 'sale' THEN r.net ELSE 0 END) AS sales,
                            sum(CASE WHEN r.kind = 'return' THEN -r.net ELSE 0 END) AS returns,
                            sum(coalesce(p.amount, 0) - r.rounding) AS cash
                       FROM late_proof a
                      CROSS JOIN receipt r
                       LEFT JOIN receipt_payment p
                         ON p.shop_id = r.shop_id AND p.till_id = r.till_id AND p.seq = r.seq
                        AND p.kind = 'cash'
                      WHERE a.shop_id = $1 AND a.correction = 0
                        AND r.shop_id = a.shop_id AND r.till_id = a.till_id AND r.seq = a.seq
                      GROUP BY a.till_id, a.shift) f
            ON f.till_id = s.till_id AND f.shift = s.number
         WHERE s.shop_id = $1 AND s.day BETWEEN $2 AND $3
           AND (g.sales <> s.sales - coalesce(l.sales, 0) + coalesce(f.sales, 0)
                OR g.returns <> s.returns - coalesce(l.returns, 0) + coalesce(f.returns, 0)
                OR g.cash <> s.cash - coalesce(s.rounding, 0) - coalesce(l.cash, 0)
                             + coalesce(f.cash, 0))) x
  JOIN till t ON t.shop_id = $1 AND t.id = x.till_id
  LEFT JOIN person p ON p.id = x.cashier_id
  LEFT JOIN person o ON o.id = x.other_cashier
 WHERE x.day BETWEEN $2 AND $3
 ORDER BY x.day DESC, t.name, x.place DESC;

-- Goods on the shelf whose last day of sale is one of these.
-- :name expiring
SELECT b.expiry, coalesce(i.barcode, i.article, ''), coalesce(i.name, '#' || k.item_id), b.code,
       coalesce(i.unit, ''), k.quantity
  FROM batch_balance k
  JOIN batch b ON b.id = k.batch_id
  LEFT JOIN goods i ON i.id = k.item_id
 WHERE k.shop_id = $1 AND k.quantity > 0 AND b.expiry BETWEEN $2 AND $3
 ORDER BY b.expiry, i.folded, b.id;

-- Different things make no sum; the days say nothing here.
-- :name no_totals
SELECT 0 * ($1 + $2 + $3);

-- How far the figures can be trusted (backoffice/report/health.h).

-- Receipts of a day that could not be read out of the journal. $1 the shop, $2 and $3 the day in
-- microseconds.
-- :name not_understood
SELECT count(*)
  FROM quarantine q
 CROSS JOIN journal j ON j.shop_id = q.shop_id AND j.till_id = q.till_id AND j.number = q.number
 WHERE q.shop_id = $1 AND j.kind = 'receipt' AND j.at >= $2 AND j.at < $3;

-- :name sources
SELECT t.name, coalesce(t.seen_at, t.enrolled_at),
       (SELECT count(*) FROM shift s
         WHERE s.shop_id = t.shop_id AND s.till_id = t.id AND s.day = $2 AND s.closed_at IS NULL)
  FROM till t
 WHERE t.shop_id = $1 AND coalesce(t.seen_at, t.enrolled_at) IS NOT NULL
 ORDER BY t.name;

-- :name stamp
SELECT coalesce(sum(next_number), 0) FROM till WHERE $1 = 0 OR shop_id = $1;

-- Names of people (1) and shops (0).
-- :name people_names
SELECT 1, id, name FROM person
UNION ALL
SELECT 0, id, name FROM shop;
