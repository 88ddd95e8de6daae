-- SPDX-License-Identifier: GPL-3.0-or-later
-- How stock turns, what was lost, and what cashiers did beside selling. $1 the shop (0: all, where a report
-- takes them), $2 and $3 the first and last business day.

-- Of every item that stood there or moved: cost of what was sold, what stood there on average (its value weighed by
-- time, from $4 to $5 in microseconds), what stands there now, the last day of sale, quantity sold in the days asked for.
-- What was there at the beginning is the balance less what came since.
-- :name turnover
SELECT coalesce((SELECT min(c.code) FROM barcode c WHERE c.item_id = b.item_id), i.article, ''),
       coalesce(i.name, '#' || b.item_id), coalesce(i.unit, ''), b.item_id,
       coalesce(s.quantity, 0), coalesce(s.cost, 0),
       b.value - coalesce(l.later, 0) + coalesce(l.weighed, 0) / (($5 - $4) / 1000000),
       b.quantity, b.value,
       (SELECT max(x.day) FROM sale_item x
         WHERE x.item_id = b.item_id AND x.shop_id = b.shop_id AND x.quantity > 0 AND x.day <= $3)
  FROM stock_balance b
  LEFT JOIN item i ON i.id = b.item_id
  LEFT JOIN (SELECT item_id, sum(quantity) AS quantity, sum(cost) AS cost
               FROM sale_item
              WHERE shop_id = $1 AND day BETWEEN $2 AND $3
              GROUP BY item_id) s ON s.item_id = b.item_id
  LEFT JOIN (SELECT item_id, sum(value) AS later,
                    sum(CASE WHEN at < $5 THEN value * (($5 - at) / 1000000) ELSE 0 END) AS weighed
               FROM stock_ledger
              WHERE shop_id = $1 AND at >= $4 AND value <> 0
              GROUP BY item_id) l ON l.item_id = b.item_id
 WHERE b.shop_id = $1
 ORDER BY coalesce(i.folded, ''), b.item_id;

-- What left the shelves unsold, by reason, at cost: losses above zero. What a count found is a shortage or a surplus
-- of each item. Cost of what had been sold before is no loss (docs/stock.md).
-- :name losses
SELECT reason, count(DISTINCT document_id), count(DISTINCT item_id), sum(value)
  FROM (SELECT l.document_id, l.item_id,
               CASE d.kind WHEN 'revaluation' THEN 'revaluation'
                           WHEN 'count' THEN CASE WHEN sum(l.quantity) < 0 THEN 'shortage' ELSE 'surplus' END
                           ELSE coalesce(nullif(max(n.reason), ''), nullif(d.reason, ''), 'other') END AS reason,
               -sum(coalesce(l.value, 0) - l.difference) AS value
          FROM document d
          JOIN stock_ledger l ON l.document_id = d.id AND l.shop_id = d.shop_id
          LEFT JOIN document_line n ON n.document_id = l.document_id AND n.line = l.document_line
         WHERE d.kind IN ('write-off', 'count', 'revaluation') AND d.state <> 'draft'
           AND ($1 = 0 OR d.shop_id = $1) AND l.day BETWEEN $2 AND $3
         GROUP BY l.document_id, l.item_id, d.kind, d.reason
        HAVING sum(l.quantity) <> 0 OR sum(coalesce(l.value, 0) - l.difference) <> 0) x
 GROUP BY reason
 ORDER BY sum(value) DESC, reason;

-- The same by item: written off, missing and found too many in counts (quantities), revalued, all of it.
-- :name loss_items
SELECT coalesce((SELECT min(c.code) FROM barcode c WHERE c.item_id = x.item_id), i.article, ''),
       coalesce(i.name, '#' || x.item_id), coalesce(i.unit, ''),
       sum(CASE WHEN x.kind = 'write-off' THEN -x.quantity ELSE 0 END),
       sum(CASE WHEN x.kind = 'write-off' THEN x.value ELSE 0 END),
       sum(CASE WHEN x.kind = 'count' THEN -x.quantity ELSE 0 END),
       sum(CASE WHEN x.kind = 'count' THEN x.value ELSE 0 END),
       sum(CASE WHEN x.kind = 'revaluation' THEN x.value ELSE 0 END), sum(x.value),
       $1, 0, x.item_id
  FROM (SELECT l.item_id, d.kind, sum(l.quantity) AS quantity, -sum(coalesce(l.value, 0) - l.difference) AS value
          FROM document d
          JOIN stock_ledger l ON l.document_id = d.id AND l.shop_id = d.shop_id
         WHERE d.kind IN ('write-off', 'count', 'revaluation') AND d.state <> 'draft'
           AND ($1 = 0 OR d.shop_id = $1) AND l.day BETWEEN $2 AND $3
         GROUP BY l.item_id, d.kind) x
  LEFT JOIN item i ON i.id = x.item_id
 GROUP BY x.item_id, i.article, i.name, i.unit, i.folded
HAVING sum(x.value) <> 0 OR sum(abs(x.quantity)) <> 0
 ORDER BY sum(x.value) DESC, i.folded, x.item_id;

-- $4 a till and $5 a cashier, 0: all.
-- :name acts
SELECT a.at, t.name, coalesce(p.name, '#' || a.cashier_id), a.kind, a.amount, a.detail,
       CASE WHEN a.by_id IS NULL THEN NULL ELSE coalesce(o.name, '#' || a.by_id) END
  FROM act a
  LEFT JOIN till t ON t.shop_id = a.shop_id AND t.id = a.till_id
  LEFT JOIN person p ON p.id = a.cashier_id
  LEFT JOIN person o ON o.id = a.by_id
 WHERE ($1 = 0 OR a.shop_id = $1) AND a.day BETWEEN $2 AND $3
   AND ($4 = 0 OR a.till_id = $4) AND ($5 = 0 OR a.cashier_id = $5)
 ORDER BY a.at DESC, a.shop_id, a.till_id, a.journal_number DESC;

-- Of every cashier: receipts, gross, discount, voided lines and what was on them, dropped receipts, drawer openings,
-- rights that were lent, returns without a receipt and what they gave back.
-- :name suspects
SELECT x.cashier_id, coalesce(p.name, '#' || x.cashier_id), sum(x.receipts), sum(x.gross), sum(x.discount),
       sum(x.lines), sum(x.voided), sum(x.dropped), sum(x.opened), sum(x.lent), sum(x.loose), sum(x.given)
  FROM (SELECT cashier_id, sum(receipts) AS receipts, sum(gross) AS gross, sum(discount) AS discount,
               0 AS lines, 0 AS voided, 0 AS dropped, 0 AS opened, 0 AS lent, 0 AS loose, 0 AS given
          FROM sale_hour
         WHERE ($1 = 0 OR shop_id = $1) AND day BETWEEN $2 AND $3 AND till_id <> 0
         GROUP BY cashier_id
        UNION ALL
        SELECT cashier_id, 0, 0, 0, sum(CASE WHEN kind = 'line-void' THEN 1 ELSE 0 END),
               sum(CASE WHEN kind = 'line-void' THEN coalesce(amount, 0) ELSE 0 END),
               sum(CASE WHEN kind = 'receipt-void' THEN 1 ELSE 0 END),
               sum(CASE WHEN kind = 'no-sale' THEN 1 ELSE 0 END),
               sum(CASE WHEN kind = 'override' THEN 1 ELSE 0 END), 0, 0
          FROM act
         WHERE ($1 = 0 OR shop_id = $1) AND day BETWEEN $2 AND $3
         GROUP BY cashier_id
        UNION ALL
        SELECT cashier_id, 0, 0, 0, 0, 0, 0, 0, 0, count(*), -sum(net)
          FROM receipt
         WHERE ($1 = 0 OR shop_id = $1) AND day BETWEEN $2 AND $3 AND kind = 'return' AND origin IS NULL
         GROUP BY cashier_id) x
  LEFT JOIN person p ON p.id = x.cashier_id
 GROUP BY x.cashier_id, p.name
 ORDER BY coalesce(p.name, '#' || x.cashier_id), x.cashier_id;
