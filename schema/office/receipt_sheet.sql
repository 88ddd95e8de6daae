-- SPDX-License-Identifier: GPL-3.0-or-later
-- One receipt as the office keeps it. $1 the shop, $2 the till, $3 its sequence.

-- The document that came later stands for the one that was not made at once.
-- :name head
SELECT r.number, r.kind, r.shift, r.at, t.name, coalesce(p.name, '#' || r.cashier_id), r.gross, r.discount,
       r.added, r.net, r.rounding, coalesce(r.origin, ''),
       coalesce(l.fiscal_document, r.fiscal_document), coalesce(l.fiscal_shift, r.fiscal_shift),
       coalesce(l.fiscal_receipt, r.fiscal_receipt), coalesce(l.fiscal_sign, r.fiscal_sign, ''),
       coalesce(l.fiscal_serial, r.fiscal_serial, ''), coalesce(l.fiscal_at, r.fiscal_at, ''),
       d.why IS NOT NULL AND l.seq IS NULL
  FROM receipt r
  JOIN till t ON t.shop_id = r.shop_id AND t.id = r.till_id
  LEFT JOIN person p ON p.id = r.cashier_id
  LEFT JOIN late_receipt d ON d.shop_id = r.shop_id AND d.till_id = r.till_id AND d.seq = r.seq
  LEFT JOIN late_proof l ON l.shop_id = r.shop_id AND l.till_id = r.till_id AND l.seq = r.seq
 WHERE r.shop_id = $1 AND r.till_id = $2 AND r.seq = $3;

-- :name lines
SELECT line, code, name, unit, quantity, price, discount, net
  FROM receipt_line
 WHERE shop_id = $1 AND till_id = $2 AND seq = $3
 ORDER BY line;

-- :name taxes
SELECT code, rate, base, amount
  FROM receipt_tax
 WHERE shop_id = $1 AND till_id = $2 AND seq = $3
 ORDER BY code, rate;

-- :name payments
SELECT kind, amount, reference
  FROM receipt_payment
 WHERE shop_id = $1 AND till_id = $2 AND seq = $3
 ORDER BY position;

-- What came back of it, and the sale that it gives back.
-- :name others
SELECT o.till_id, o.seq, o.number, o.kind, o.at, o.net
  FROM receipt r
  JOIN receipt o ON o.shop_id = r.shop_id
                AND (o.origin = r.number AND r.kind = 'sale'
                     OR o.number = r.origin AND o.kind = 'sale')
 WHERE r.shop_id = $1 AND r.till_id = $2 AND r.seq = $3
 ORDER BY o.at, o.till_id, o.seq;
