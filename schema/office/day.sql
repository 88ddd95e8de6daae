-- SPDX-License-Identifier: GPL-3.0-or-later
-- The daily report (backoffice/report/day.h). $1 the shop, $2 the business day, from the sums of
-- 0009-rollup.sql; those of one shift, $1 the shop, $2 the till, $3 the shift, from its receipts. Each
-- pair gives the same columns.

-- --- figures -------------------------------------------------------------------------------------

-- :name figures
SELECT coalesce(sum(receipts), 0), coalesce(sum(returns), 0), coalesce(sum(returned), 0),
       coalesce(sum(gross), 0), coalesce(sum(discount), 0), coalesce(sum(tax), 0),
       coalesce(sum(added), 0), coalesce(sum(net), 0), coalesce(sum(rounding), 0),
       coalesce(sum(cost), 0)
  FROM sale_hour WHERE shop_id = $1 AND day = $2;

-- What the ledger posted for lines of these receipts is their cost.
-- :name shift_figures
SELECT count(*), coalesce(sum(CASE WHEN kind = 'return' THEN 1 ELSE 0 END), 0),
       coalesce(sum(CASE WHEN kind = 'return' THEN net ELSE 0 END), 0),
       coalesce(sum(gross), 0), coalesce(sum(discount), 0), coalesce(sum(tax), 0),
       coalesce(sum(added), 0), coalesce(sum(net), 0), coalesce(sum(rounding), 0),
       coalesce(-(SELECT sum(l.value) FROM receipt r
                   CROSS JOIN stock_ledger l
                   WHERE r.shop_id = $1 AND r.till_id = $2 AND r.shift = $3
                     AND l.shop_id = r.shop_id AND l.till_id = r.till_id AND l.seq = r.seq), 0)
  FROM receipt WHERE shop_id = $1 AND till_id = $2 AND shift = $3;

-- :name hours
SELECT hour, sum(receipts), sum(net), $1, 0, hour FROM sale_hour
 WHERE shop_id = $1 AND day = $2
 GROUP BY hour HAVING sum(receipts) <> 0 ORDER BY hour;

-- :name shift_hours
SELECT hour, count(*), sum(net), $1, $2, hour FROM receipt
 WHERE shop_id = $1 AND till_id = $2 AND shift = $3
 GROUP BY hour ORDER BY hour;

-- :name taxes
SELECT code, rate, sum(base), sum(amount) FROM sale_tax
 WHERE shop_id = $1 AND day = $2
 GROUP BY code, rate ORDER BY code, rate;

-- :name shift_taxes
SELECT t.code, t.rate, sum(t.base), sum(t.amount)
  FROM receipt r
  JOIN receipt_tax t ON t.shop_id = r.shop_id AND t.till_id = r.till_id AND t.seq = r.seq
 WHERE r.shop_id = $1 AND r.till_id = $2 AND r.shift = $3
 GROUP BY t.code, t.rate ORDER BY t.code, t.rate;

-- Cash alone is rounded (receipt.rounding).
-- :name payments
SELECT p.kind, sum(p.payments), sum(p.amount),
       CASE WHEN p.kind = 'cash'
            THEN (SELECT sum(h.rounding) FROM sale_hour h WHERE h.shop_id = $1 AND h.day = $2)
            ELSE 0 END, $1, 0, 0
  FROM sale_payment p
 WHERE p.shop_id = $1 AND p.day = $2
 GROUP BY p.kind ORDER BY p.kind;

-- :name shift_payments
SELECT p.kind, count(*), sum(p.amount),
       sum(CASE WHEN p.kind = 'cash' THEN r.rounding ELSE 0 END), $1, $2, 0
  FROM receipt r
  JOIN receipt_payment p ON p.shop_id = r.shop_id AND p.till_id = r.till_id AND p.seq = r.seq
 WHERE r.shop_id = $1 AND r.till_id = $2 AND r.shift = $3
 GROUP BY p.kind ORDER BY p.kind;

-- :name groups
SELECT g.path, s.receipts, s.net, NULL, s.cost, s.net - s.cost, $1, 0, s.group_id
  FROM sale_group s
  JOIN item_group g ON g.id = s.group_id
 WHERE s.shop_id = $1 AND s.day = $2
 ORDER BY s.net DESC, g.path;

-- Without the cost, which here would be asked line by line.
-- :name shift_groups
SELECT g.path, count(*), sum(x.net), NULL, NULL, NULL, $1, $2, x.group_id
  FROM (SELECT l.group_id, sum(l.net) AS net
          FROM receipt r
          JOIN receipt_line l ON l.shop_id = r.shop_id AND l.till_id = r.till_id AND l.seq = r.seq
         WHERE r.shop_id = $1 AND r.till_id = $2 AND r.shift = $3
         GROUP BY l.group_id, l.seq) x
  JOIN item_group g ON g.id = x.group_id
 GROUP BY g.path, x.group_id ORDER BY 3 DESC, g.path;

-- Of all that was sold the ten that brought most; their names afterwards, ten and not thousands. Goods of
-- the till's own (item 0) apart, so that the others come in the order of the key.
-- :name items
SELECT coalesce((SELECT min(b.code) FROM barcode b WHERE b.item_id = s.item_id), ''),
       coalesce(i.name, CASE WHEN s.other <> '' THEN s.other ELSE '#' || s.item_id END),
       s.quantity, s.net, s.cost, s.net - s.cost, $1, 0, s.item_id
  FROM (SELECT item_id, other, quantity, net, cost
          FROM (SELECT item_id, '' AS other, sum(quantity) AS quantity, sum(net) AS net,
                       sum(cost) AS cost
                  FROM sale_item
                 WHERE shop_id = $1 AND day = $2 AND item_id > 0
                 GROUP BY item_id HAVING sum(receipts) <> 0
                UNION ALL
                SELECT 0, other, sum(quantity), sum(net), sum(cost)
                  FROM sale_item
                 WHERE shop_id = $1 AND day = $2 AND item_id = 0
                 GROUP BY other HAVING sum(receipts) <> 0) a
         ORDER BY net DESC, item_id, other LIMIT 10) s
  LEFT JOIN item i ON i.id = s.item_id
 ORDER BY s.net DESC, s.item_id, s.other;

-- What was never bought, as far as the office knows, seems to be all margin.
-- :name unknown_costs
SELECT count(*)
  FROM (SELECT item_id FROM sale_item
         WHERE shop_id = $1 AND day = $2
         GROUP BY item_id HAVING sum(quantity) > 0 AND sum(cost) = 0) a;

-- :name shift_items
SELECT coalesce((SELECT min(b.code) FROM barcode b WHERE b.item_id = s.item_id), ''),
       coalesce(i.name, s.name), s.quantity, s.net, NULL, NULL,
       $1, $2, s.item_id
  FROM (SELECT l.item_id, CASE WHEN l.item_id = 0 THEN l.name ELSE '' END AS other,
               max(l.name) AS name, sum(l.quantity) AS quantity, sum(l.net) AS net
          FROM receipt r
          JOIN receipt_line l ON l.shop_id = r.shop_id AND l.till_id = r.till_id AND l.seq = r.seq
         WHERE r.shop_id = $1 AND r.till_id = $2 AND r.shift = $3
         GROUP BY l.item_id, CASE WHEN l.item_id = 0 THEN l.name ELSE '' END
         ORDER BY sum(l.net) DESC, l.item_id, 2 LIMIT 10) s
  LEFT JOIN item i ON i.id = s.item_id
 ORDER BY s.net DESC, s.item_id, s.other;

-- Whoever sold, or undid something; the acts are those of day $2.
-- :name cashiers
SELECT coalesce(p.name, '#' || c.cashier_id), c.receipts, c.returns, c.net, c.discount, c.voids,
       $1, 0, c.cashier_id
  FROM (SELECT cashier_id, sum(receipts) AS receipts, sum(returns) AS returns, sum(net) AS net,
               sum(discount) AS discount, sum(voids) AS voids
          FROM (SELECT cashier_id, receipts, returns, net, discount, 0 AS voids
                  FROM sale_hour WHERE shop_id = $1 AND day = $2 AND receipts <> 0
                UNION ALL
                SELECT cashier_id, 0, 0, 0, 0, 1
                  FROM act
                 WHERE shop_id = $1 AND day = $2 AND kind IN ('line-void', 'receipt-void')) x
         GROUP BY cashier_id) c
  LEFT JOIN person p ON p.id = c.cashier_id
 ORDER BY c.net DESC, c.cashier_id;

-- :name shift_cashiers
SELECT coalesce(p.name, '#' || c.cashier_id), c.receipts, c.returns, c.net, c.discount, c.voids,
       $1, $2, c.cashier_id
  FROM (SELECT cashier_id, sum(receipts) AS receipts, sum(returns) AS returns, sum(net) AS net,
               sum(discount) AS discount, sum(voids) AS voids
          FROM (SELECT cashier_id, 1 AS receipts, CASE WHEN kind = 'return' THEN 1 ELSE 0 END
                         AS returns, net, discount, 0 AS voids
                  FROM receipt WHERE shop_id = $1 AND till_id = $2 AND shift = $3
                UNION ALL
                SELECT a.cashier_id, 0, 0, 0, 0, 1
                  FROM shift s
                  JOIN act a ON a.shop_id = s.shop_id AND a.day = s.day
                  JOIN journal j ON j.shop_id = a.shop_id AND j.till_id = a.till_id
                                AND j.number = a.journal_number
                 WHERE s.shop_id = $1 AND s.till_id = $2 AND s.number = $3
                   AND a.till_id = $2 AND j.shift = $3
                   AND a.kind IN ('line-void', 'receipt-void')) x
         GROUP BY cashier_id) c
  LEFT JOIN person p ON p.id = c.cashier_id
 ORDER BY c.net DESC, c.cashier_id;

-- :name acts
SELECT a.kind, coalesce(p.name, '#' || a.cashier_id), count(*), sum(a.amount)
  FROM act a
  LEFT JOIN person p ON p.id = a.cashier_id
 WHERE a.shop_id = $1 AND a.day = $2
 GROUP BY a.kind, a.cashier_id, p.name
 ORDER BY a.kind, count(*) DESC, a.cashier_id;

-- :name shift_acts
SELECT a.kind, coalesce(p.name, '#' || a.cashier_id), count(*), sum(a.amount)
  FROM shift s
  JOIN act a ON a.shop_id = s.shop_id AND a.day = s.day
  JOIN journal j ON j.shop_id = a.shop_id AND j.till_id = a.till_id AND j.number = a.journal_number
  LEFT JOIN person p ON p.id = a.cashier_id
 WHERE s.shop_id = $1 AND s.till_id = $2 AND s.number = $3 AND a.till_id = $2 AND j.shift = $3
 GROUP BY a.kind, a.cashier_id, p.name
 ORDER BY a.kind, count(*) DESC, a.cashier_id;

-- --- drawers -------------------------------------------------------------------------------------

-- :name shifts
SELECT t.name, s.number, s.opened_at, s.closed_at, s.opening_cash, s.expected, s.counted,
       s.counted - s.expected, s.shop_id, s.till_id, s.number
  FROM shift s
  JOIN till t ON t.shop_id = s.shop_id AND t.id = s.till_id
 WHERE s.shop_id = $1 AND s.day = $2
 ORDER BY t.name, s.number;

-- :name shift_shifts
SELECT t.name, s.number, s.opened_at, s.closed_at, s.opening_cash, s.expected, s.counted,
       s.counted - s.expected, s.shop_id, s.till_id, s.number
  FROM shift s
  JOIN till t ON t.shop_id = s.shop_id AND t.id = s.till_id
 WHERE s.shop_id = $1 AND s.till_id = $2 AND s.number = $3;

-- :name cash
SELECT m.at, t.name, coalesce(p.name, '#' || m.cashier_id),
       CASE WHEN m.amount > 0 THEN m.amount END, CASE WHEN m.amount < 0 THEN -m.amount END
  FROM shift s
  JOIN cash_move m ON m.shop_id = s.shop_id AND m.till_id = s.till_id AND m.shift = s.number
  JOIN till t ON t.shop_id = m.shop_id AND t.id = m.till_id
  LEFT JOIN person p ON p.id = m.cashier_id
 WHERE s.shop_id = $1 AND s.day = $2
 ORDER BY m.at, m.till_id, m.journal_number;

-- :name shift_cash
SELECT m.at, t.name, coalesce(p.name, '#' || m.cashier_id),
       CASE WHEN m.amount > 0 THEN m.amount END, CASE WHEN m.amount < 0 THEN -m.amount END
  FROM cash_move m
  JOIN till t ON t.shop_id = m.shop_id AND t.id = m.till_id
  LEFT JOIN person p ON p.id = m.cashier_id
 WHERE m.shop_id = $1 AND m.till_id = $2 AND m.shift = $3
 ORDER BY m.at, m.journal_number;

-- --- how far it can be trusted -------------------------------------------------------------------

-- Tills with when they were last heard, the newest day that they had a shift of, how many shifts of day
-- $2 they had and the newest of those that is still open (NULL: none).
-- :name tills
SELECT t.name, t.seen_at,
       (SELECT s.day FROM shift s WHERE s.shop_id = t.shop_id AND s.till_id = t.id
         ORDER BY s.number DESC LIMIT 1),
       d.shifts, d.open
  FROM till t
  LEFT JOIN (SELECT till_id, count(*) AS shifts,
                    max(CASE WHEN closed_at IS NULL THEN number END) AS open
               FROM shift WHERE shop_id = $1 AND day = $2
              GROUP BY till_id) d ON d.till_id = t.id
 WHERE t.shop_id = $1 AND t.seen_at IS NOT NULL
 ORDER BY t.name;

-- :name shift_tills
SELECT t.name, t.seen_at, s.day, 1, CASE WHEN s.closed_at IS NULL THEN s.number END
  FROM shift s
  JOIN till t ON t.shop_id = s.shop_id AND t.id = s.till_id
 WHERE s.shop_id = $1 AND s.till_id = $2 AND s.number = $3;

-- Receipts that a registrar has not been told, and documents in doubt.
-- :name fiscal_cases
SELECT (SELECT count(*) FROM late_receipt l
         CROSS JOIN receipt r
         WHERE l.shop_id = $1 AND r.shop_id = l.shop_id AND r.till_id = l.till_id
           AND r.seq = l.seq AND r.day = $2
           AND NOT EXISTS (SELECT 1 FROM late_proof f WHERE f.shop_id = l.shop_id
                              AND f.till_id = l.till_id AND f.seq = l.seq))
     + (SELECT count(*) FROM fiscal_doubt d
          LEFT JOIN receipt r ON r.shop_id = d.shop_id AND r.till_id = d.till_id AND r.seq = d.seq
          LEFT JOIN shift s ON s.shop_id = d.shop_id AND s.till_id = d.till_id
                           AND s.number = d.shift
         WHERE d.shop_id = $1 AND coalesce(r.day, s.day, d.day) = $2);

-- :name stamp
SELECT stamp, heard_at FROM sale_day WHERE shop_id = $1 AND day = $2;

-- Which day a shift is of, and its till.
-- :name shift
SELECT s.day, t.name FROM shift s
  JOIN till t ON t.shop_id = s.shop_id AND t.id = s.till_id
 WHERE s.shop_id = $1 AND s.till_id = $2 AND s.number = $3;

-- :name find_till
SELECT id FROM till WHERE shop_id = $1 AND name = $2;

-- What each till brought: what a later look is compared with.
-- :name till_sums
SELECT h.till_id, t.name, sum(h.receipts), sum(h.net)
  FROM sale_hour h
  JOIN till t ON t.shop_id = h.shop_id AND t.id = h.till_id
 WHERE h.shop_id = $1 AND h.day = $2
 GROUP BY h.till_id, t.name ORDER BY t.name;

-- :name shift_till_sums
SELECT r.till_id, t.name, count(*), sum(r.net)
  FROM receipt r
  JOIN till t ON t.shop_id = r.shop_id AND t.id = r.till_id
 WHERE r.shop_id = $1 AND r.till_id = $2 AND r.shift = $3
 GROUP BY r.till_id, t.name;

-- Receipts of day $2 that were heard of after $3; with a shift $5 only those of till $4.
-- :name late
SELECT t.name, r.number, r.at, r.heard_at, r.net, r.shop_id, r.till_id, r.seq
  FROM receipt r
  JOIN till t ON t.shop_id = r.shop_id AND t.id = r.till_id
 WHERE r.shop_id = $1 AND r.day = $2 AND r.heard_at > $3
   AND ($5 = 0 OR (r.till_id = $4 AND r.shift = $5))
 ORDER BY r.heard_at, r.till_id, r.seq;

-- --- what was printed ----------------------------------------------------------------------------

-- :name prints
SELECT d.id, d.day, d.till_id, d.shift, d.form, d.device, d.copy, d.at,
       CASE WHEN d.person_id = 0 THEN '' ELSE p.name END, d.person_id, d.stamp, d.heard_at,
       d.receipts, d.net, d.margin
  FROM day_print d
  LEFT JOIN person p ON p.id = d.person_id
 WHERE d.shop_id = $1 AND d.day BETWEEN $2 AND $3
 ORDER BY d.id;

-- The newest of the day, or of a shift ($3 till, $4 number).
-- :name last_print
SELECT d.id, d.day, d.till_id, d.shift, d.form, d.device, d.copy, d.at,
       CASE WHEN d.person_id = 0 THEN '' ELSE p.name END, d.person_id, d.stamp, d.heard_at,
       d.receipts, d.net, d.margin, d.tills
  FROM day_print d
  LEFT JOIN person p ON p.id = d.person_id
 WHERE d.shop_id = $1 AND d.day = $2 AND d.till_id = $3 AND d.shift = $4
 ORDER BY d.id DESC LIMIT 1;

-- :name print_report
SELECT report FROM day_print WHERE id = $1;

-- :name insert_print
INSERT INTO day_print
  (id, job_id, shop_id, day, till_id, shift, form, device, copy, at, person_id, tills, stamp,
   heard_at, receipts, net, margin, report)
SELECT coalesce(max(id), 0) + 1, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15,
       $16, $17
  FROM day_print;

-- --- printers ------------------------------------------------------------------------------------

-- :name printers
SELECT form, device, options, one_key, at_close, with_cost FROM report_printer
 WHERE shop_id = $1 ORDER BY form;

-- :name put_printer
INSERT INTO report_printer (shop_id, form, device, options, one_key, at_close, with_cost)
VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (shop_id, form) DO UPDATE
   SET device = excluded.device, options = excluded.options, one_key = excluded.one_key,
       at_close = excluded.at_close, with_cost = excluded.with_cost;

-- :name delete_printer
DELETE FROM report_printer WHERE shop_id = $1 AND form = $2;

-- What waits goes to where the printer is now.
-- :name move_jobs
UPDATE day_job SET device = $3, options = $4, next_at = $5
 WHERE shop_id = $1 AND form = $2 AND state IN ('waiting', 'failed') AND next_at IS NOT NULL;

-- --- jobs ----------------------------------------------------------------------------------------

-- :name insert_job
INSERT INTO day_job
  (id, shop_id, day, till_id, shift, form, device, options, with_cost, with_acts, state, doubt,
   tries, error, asked_by, asked_at, changed_at, next_at, worker, lease)
SELECT coalesce(max(id), 0) + 1, $1, $2, $3, $4, $5, $6, $7, $8, $9, 'waiting', 0, 0, '', $10, $11,
       $11, $11, '', 0
  FROM day_job;

-- Shift $3 of till $2 has been closed; $4 now. 'day': where it was the last one open of its day.
-- :name ask_at_close
INSERT INTO day_job
  (id, shop_id, day, till_id, shift, form, device, options, with_cost, with_acts, state, doubt,
   tries, error, asked_by, asked_at, changed_at, next_at, worker, lease)
SELECT coalesce((SELECT max(j.id) FROM day_job j), 0) + row_number() OVER (ORDER BY p.form),
       s.shop_id, s.day, CASE WHEN p.at_close = 'shift' THEN s.till_id ELSE 0 END,
       CASE WHEN p.at_close = 'shift' THEN s.number ELSE 0 END, p.form, p.device, p.options,
       p.with_cost, 1, 'waiting', 0, 0, '', NULL, $4, $4, $4, '', 0
  FROM shift s
  JOIN report_printer p ON p.shop_id = s.shop_id
 WHERE s.shop_id = $1 AND s.till_id = $2 AND s.number = $3
   AND (p.at_close = 'shift'
        OR (p.at_close = 'day'
            AND NOT EXISTS (SELECT 1 FROM shift o
                             WHERE o.shop_id = s.shop_id AND o.day = s.day
                               AND o.closed_at IS NULL)));

-- Newest first; $2 1: those that are neither printed nor dropped. At most $3.
-- :name jobs
SELECT j.id, j.shop_id, j.day, j.till_id, j.shift, j.form, j.device, j.options, j.with_cost,
       j.with_acts, j.state, j.doubt, j.tries, j.error, j.asked_by, j.asked_at, j.changed_at,
       j.next_at, j.worker, j.lease, t.name, p.name
  FROM day_job j
  LEFT JOIN till t ON t.shop_id = j.shop_id AND t.id = j.till_id
  LEFT JOIN person p ON p.id = j.asked_by
 WHERE j.shop_id = $1 AND ($2 = 0 OR j.state IN ('waiting', 'printing', 'failed'))
 ORDER BY j.id DESC LIMIT $3;

-- All that somebody has to print: oldest first, of all shops.
-- :name open_jobs
SELECT j.id, j.shop_id, j.day, j.till_id, j.shift, j.form, j.device, j.options, j.with_cost,
       j.with_acts, j.state, j.doubt, j.tries, j.error, j.asked_by, j.asked_at, j.changed_at,
       j.next_at, j.worker, j.lease, t.name, p.name
  FROM day_job j
  LEFT JOIN till t ON t.shop_id = j.shop_id AND t.id = j.till_id
  LEFT JOIN person p ON p.id = j.asked_by
 WHERE j.state IN ('waiting', 'printing', 'failed')
   AND (j.state = 'printing' OR j.next_at IS NOT NULL)
 ORDER BY j.id;

-- :name claim_job
UPDATE day_job
   SET state = 'printing', doubt = $2, tries = tries + 1, changed_at = $3, worker = $4, lease = $5
 WHERE id = $1;

-- :name job_state
SELECT state, worker, lease, changed_at FROM day_job WHERE id = $1;

-- :name settle_job
UPDATE day_job
   SET state = $2, doubt = $3, error = $4, changed_at = $5, next_at = $6, worker = '', lease = 0
 WHERE id = $1;

-- Somebody wants it tried now.
-- :name wake_job
UPDATE day_job SET state = 'waiting', next_at = $2, changed_at = $2
 WHERE id = $1 AND state IN ('waiting', 'failed');

-- … or never again.
-- :name drop_job
UPDATE day_job SET state = 'dropped', next_at = NULL, changed_at = $2
 WHERE id = $1 AND state IN ('waiting', 'failed');

-- For GET /metrics: jobs that are not printed, and those of them that failed.
-- :name job_counts
SELECT count(*), coalesce(sum(CASE WHEN state = 'failed' THEN 1 ELSE 0 END), 0)
  FROM day_job WHERE state IN ('waiting', 'printing', 'failed');
