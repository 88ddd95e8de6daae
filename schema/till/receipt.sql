-- SPDX-License-Identifier: GPL-3.0-or-later

-- :name put_open
INSERT INTO open_receipt (id, kind, currency, tax_rounding, discount_kind, discount_value, total,
  cashier, card_asked, cash_step, cash_how, contact, tin, consumer, card, body)
VALUES (1, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, currency = excluded.currency,
  tax_rounding = excluded.tax_rounding, discount_kind = excluded.discount_kind,
  discount_value = excluded.discount_value, total = excluded.total, cashier = excluded.cashier,
  card_asked = excluded.card_asked, cash_step = excluded.cash_step, cash_how = excluded.cash_how,
  contact = excluded.contact, tin = excluded.tin, consumer = excluded.consumer,
  card = excluded.card, body = excluded.body;

-- :name put_line
INSERT INTO open_line (number, voided, item, code, name, unit, quantity, price, discount_kind,
  discount_value, tax, mark, priced_at, price_kind, batch, serial, expiry, classification)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
ON CONFLICT (number) DO UPDATE SET voided = excluded.voided, item = excluded.item,
  code = excluded.code, name = excluded.name, unit = excluded.unit, quantity = excluded.quantity,
  price = excluded.price, discount_kind = excluded.discount_kind,
  discount_value = excluded.discount_value, tax = excluded.tax,
  mark = excluded.mark, priced_at = excluded.priced_at, price_kind = excluded.price_kind,
  batch = excluded.batch, serial = excluded.serial, expiry = excluded.expiry,
  classification = excluded.classification;

-- :name put_payment
INSERT INTO open_payment (number, kind, amount, reference) VALUES ($1, $2, $3, $4);

-- :name get_open
SELECT kind, currency, tax_rounding, discount_kind, discount_value, total, cashier, card_asked,
  cash_step, cash_how, contact, tin, consumer, card, body
FROM open_receipt;

-- :name get_lines
SELECT voided, item, code, name, unit, quantity, price, discount_kind, discount_value, tax, mark,
  priced_at, price_kind, batch, serial, expiry, classification
FROM open_line ORDER BY number;

-- :name get_payments
SELECT kind, amount, reference FROM open_payment ORDER BY number;

-- :name clear_open
DELETE FROM open_receipt;

-- :name clear_lines
DELETE FROM open_line;

-- :name clear_payments
DELETE FROM open_payment;

-- :name last_seq
SELECT coalesce (max (seq), 0) FROM receipt;

-- :name insert
INSERT INTO receipt (seq, number, journal, shift, total) VALUES ($1, $2, $3, $4, $5);
