-- SPDX-License-Identifier: GPL-3.0-or-later
-- What suppliers are owed (backoffice/buying/settlement.h). $1 a shop, $2 a supplier; 0 for all.

-- :name suppliers
SELECT s.id, s.name, s.days
  FROM supplier s
 WHERE ($1 = 0 OR s.id = $1)
 ORDER BY s.name, s.id;

-- :name documents
SELECT d.supplier_id, d.kind, d.id, d.shop_id, d.at, d.number, d.reference,
       (SELECT coalesce(sum(l.cost), 0) FROM document_line l WHERE l.document_id = d.id)
  FROM document d
 WHERE d.supplier_id IS NOT NULL AND d.kind IN ('delivery', 'supplier-return') AND d.state = 'posted'
   AND ($1 = 0 OR d.shop_id = $1) AND ($2 = 0 OR d.supplier_id = $2)
 ORDER BY d.supplier_id, d.at, d.id;

-- :name debts
SELECT supplier_id, id, shop_id, at, day, due, amount, note
  FROM supplier_debt
 WHERE ($1 = 0 OR shop_id = $1) AND ($2 = 0 OR supplier_id = $2)
 ORDER BY supplier_id, day, id;

-- :name insert_debt
INSERT INTO supplier_debt (id, supplier_id, shop_id, day, due, amount, note, at, person_id)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- What leaves an account is below zero, and so takes off what is owed. What was taken back never was.
-- :name money
SELECT m.supplier_id, m.kind, m.id, m.shop_id, m.at, m.day, m.home, m.reference, coalesce(m.document_id, 0)
  FROM money_ledger m
 WHERE m.supplier_id IS NOT NULL AND m.kind IN ('supplier-payment', 'supplier-refund')
   AND m.reverses IS NULL AND NOT EXISTS (SELECT 1 FROM money_ledger r WHERE r.reverses = m.id)
   AND ($1 = 0 OR m.shop_id = $1) AND ($2 = 0 OR m.supplier_id = $2)
 ORDER BY m.supplier_id, m.day, m.id;
