-- SPDX-License-Identifier: GPL-3.0-or-later
-- Keeping the sums of sales: each is what it was, and more.

-- :name group
SELECT id FROM item_group WHERE path = $1;

-- :name insert_group
INSERT INTO item_group (id, path) VALUES ($1, $2);

-- Where a line of a receipt counts.
-- :name line
SELECT day, hour, cashier_id, item_id, group_id, other
  FROM sale_line
 WHERE shop_id = $1 AND till_id = $2 AND seq = $3 AND line = $4;

-- :name add_item
INSERT INTO sale_item (shop_id, day, item_id, group_id, other, receipts, quantity, gross, discount, tax,
                       added, net, cost)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
ON CONFLICT (shop_id, day, item_id, group_id, other) DO UPDATE
SET receipts = sale_item.receipts + excluded.receipts,
    quantity = sale_item.quantity + excluded.quantity, gross = sale_item.gross + excluded.gross,
    discount = sale_item.discount + excluded.discount, tax = sale_item.tax + excluded.tax,
    added = sale_item.added + excluded.added, net = sale_item.net + excluded.net,
    cost = sale_item.cost + excluded.cost;

-- :name add_group
INSERT INTO sale_group (shop_id, day, group_id, receipts, quantity, gross, discount, tax, added, net,
                        cost)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
ON CONFLICT (shop_id, day, group_id) DO UPDATE
SET receipts = sale_group.receipts + excluded.receipts,
    quantity = sale_group.quantity + excluded.quantity, gross = sale_group.gross + excluded.gross,
    discount = sale_group.discount + excluded.discount, tax = sale_group.tax + excluded.tax,
    added = sale_group.added + excluded.added, net = sale_group.net + excluded.net,
    cost = sale_group.cost + excluded.cost;

-- :name add_hour
INSERT INTO sale_hour (shop_id, day, hour, till_id, cashier_id, receipts, returns, returned, lines,
                       gross, discount, tax, added, net, rounding, cost)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
ON CONFLICT (shop_id, day, hour, till_id, cashier_id) DO UPDATE
SET receipts = sale_hour.receipts + excluded.receipts, returns = sale_hour.returns + excluded.returns,
    returned = sale_hour.returned + excluded.returned, lines = sale_hour.lines + excluded.lines,
    gross = sale_hour.gross + excluded.gross, discount = sale_hour.discount + excluded.discount,
    tax = sale_hour.tax + excluded.tax, added = sale_hour.added + excluded.added,
    net = sale_hour.net + excluded.net, rounding = sale_hour.rounding + excluded.rounding,
    cost = sale_hour.cost + excluded.cost;

-- :name add_payment
INSERT INTO sale_payment (shop_id, day, till_id, cashier_id, kind, payments, amount)
VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (shop_id, day, till_id, cashier_id, kind) DO UPDATE
SET payments = sale_payment.payments + excluded.payments,
    amount = sale_payment.amount + excluded.amount;

-- :name add_tax
INSERT INTO sale_tax (shop_id, day, rate, inclusive, code, base, amount)
VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (shop_id, day, code, rate, inclusive) DO UPDATE
SET base = sale_tax.base + excluded.base, amount = sale_tax.amount + excluded.amount;

-- :name put_day
INSERT INTO sale_day (shop_id, day, stamp, heard_at) VALUES ($1, $2, $3, $4)
ON CONFLICT (shop_id, day) DO UPDATE
SET stamp = excluded.stamp,
    heard_at = CASE WHEN excluded.heard_at > sale_day.heard_at THEN excluded.heard_at
                    ELSE sale_day.heard_at END;
