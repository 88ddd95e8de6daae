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

-- What leaves an account is below zero, and so takes off what is owed.
-- :name money
SELECT supplier_id, kind, id, shop_id, at, day, home, reference, coalesce(document_id, 0)
  FROM money_ledger
 WHERE supplier_id IS NOT NULL AND kind IN ('supplier-payment', 'supplier-refund')
   AND ($1 = 0 OR shop_id = $1) AND ($2 = 0 OR supplier_id = $2)
 ORDER BY supplier_id, day, id;
