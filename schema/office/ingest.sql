-- SPDX-License-Identifier: GPL-3.0-or-later
-- Taking in the journals of tills.

-- Where the till's journal stands.
-- :name head
SELECT next_number, last_hash FROM till WHERE shop_id = $1 AND id = $2;

-- :name set_head
UPDATE till SET next_number = $3, last_hash = $4, seen_at = $5 WHERE shop_id = $1 AND id = $2;

-- :name known_hash
SELECT hash FROM journal WHERE shop_id = $1 AND till_id = $2 AND number = $3;

-- :name insert_journal
INSERT INTO journal (shop_id, till_id, number, at, kind, cashier_id, shift, body, hash)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- :name insert_quarantine
INSERT INTO quarantine (shop_id, till_id, number, at, reason) VALUES ($1, $2, $3, $4, $5);

-- :name last_seq
SELECT seq FROM receipt WHERE shop_id = $1 AND till_id = $2 ORDER BY seq DESC LIMIT 1;

-- :name insert_receipt
INSERT INTO receipt
  (shop_id, till_id, seq, journal_number, number, kind, shift, day, hour, at, cashier_id,
   gross, discount, tax, added, net,
   fiscal_document, fiscal_shift, fiscal_receipt, fiscal_sign, fiscal_serial, fiscal_at,
   rounding, origin, heard_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20,
        $21, $22, $23, $24, $25);

-- :name insert_line
INSERT INTO receipt_line
  (shop_id, till_id, seq, line, item_id, code, name, unit, tax_code, quantity, price,
   gross, discount, tax, added, net, origin_line, group_id)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18);

-- :name insert_tax
INSERT INTO receipt_tax (shop_id, till_id, seq, code, rate, inclusive, base, amount)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- :name insert_payment
INSERT INTO receipt_payment (shop_id, till_id, seq, position, kind, amount, reference)
VALUES ($1, $2, $3, $4, $5, $6, $7);

-- :name shift_closed_at
SELECT closed_at FROM shift WHERE shop_id = $1 AND till_id = $2 AND number = $3;

-- :name insert_shift
INSERT INTO shift (shop_id, till_id, number, day, opened_at, opened_by, opening_cash)
VALUES ($1, $2, $3, $4, $5, $6, $7);

-- :name close_shift
UPDATE shift
SET closed_at = $4, closed_by = $5, n_sales = $6, n_returns = $7, n_voided = $8, sales = $9,
    returns = $10, discount = $11, tax = $12, cash = $13, card = $14, cash_in = $15, cash_out = $16,
    expected = $17, counted = $18, rounding = $19
WHERE shop_id = $1 AND till_id = $2 AND number = $3;

-- :name insert_registrar
INSERT INTO shift_registrar
  (shop_id, till_id, number, sales, returns, cash, card, n_sales, n_returns)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- :name insert_cash
INSERT INTO cash_move (shop_id, till_id, journal_number, shift, at, cashier_id, amount, slip)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- :name insert_late
INSERT INTO late_receipt (shop_id, till_id, seq, why) VALUES ($1, $2, $3, $4);

-- Whether the receipt has a document: its own, or one told later.
-- :name has_proof
SELECT r.fiscal_serial IS NOT NULL OR p.seq IS NOT NULL
  FROM receipt r
  LEFT JOIN late_proof p ON p.shop_id = r.shop_id AND p.till_id = r.till_id AND p.seq = r.seq
 WHERE r.shop_id = $1 AND r.till_id = $2 AND r.seq = $3;

-- :name insert_late_proof
INSERT INTO late_proof
  (shop_id, till_id, seq, journal_number, at, shift, correction,
   fiscal_document, fiscal_shift, fiscal_receipt, fiscal_sign, fiscal_serial, fiscal_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13);

-- :name insert_doubt
INSERT INTO fiscal_doubt
  (shop_id, till_id, journal_number, day, shift, seq, cashier_id, amount, doubt, document, id)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11);

-- --- pieces --------------------------------------------------------------------------------------

-- Which batch of item $2 a label means that says code $3 ('': none) and day $4 (0: none), where the item is
-- kept by batch: of several rather one that shop $1 has some of, then the first to expire.
-- :name batch
SELECT b.id
  FROM batch b
  JOIN item i ON i.id = b.item_id
  LEFT JOIN batch_balance k ON k.shop_id = $1 AND k.item_id = b.item_id AND k.batch_id = b.id
 WHERE b.item_id = $2 AND i.expires = 1 AND (b.code = $3 OR $3 = '') AND (b.expiry = $4 OR $4 = 0)
 ORDER BY CASE WHEN k.quantity > 0 THEN 0 ELSE 1 END, b.expiry, b.id
 LIMIT 1;

-- Of an item kept by serial number: whether a till has told already of what became of piece $2 after $3.
-- :name serial_is_overtaken
SELECT CASE WHEN EXISTS (SELECT 1 FROM serial_event e
                          WHERE e.item_id = i.id AND e.serial = $2 AND e.till_id IS NOT NULL
                            AND e.at > $3)
            THEN 1 ELSE 0 END
  FROM item i WHERE i.id = $1 AND i.serials = 1;

-- :name insert_serial_event
INSERT INTO serial_event (item_id, serial, id, at, state, till_id, seq)
VALUES ($1, $2, $3, $4, $5, $6, $7);

-- --- what cashiers did, and where they stood -------------------------------------------------------

-- :name shift_day
SELECT day FROM shift WHERE shop_id = $1 AND till_id = $2 AND number = $3;

-- :name insert_act
INSERT INTO act (shop_id, till_id, journal_number, day, hour, at, cashier_id, kind, amount, detail, by_id)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11);

-- Whoever is at the till leaves it.
-- :name end_presence
UPDATE presence SET until = $3 WHERE shop_id = $1 AND till_id = $2 AND until IS NULL;

-- :name somebody_is_present
SELECT 1 FROM presence WHERE shop_id = $1 AND till_id = $2 AND until IS NULL;

-- :name insert_presence
INSERT INTO presence (shop_id, till_id, journal_number, person_id, day, at)
VALUES ($1, $2, $3, $4, $5, $6);

-- Telling both once more.
-- :name forget_acts
DELETE FROM act;

-- :name forget_presence
DELETE FROM presence;

-- :name tills
SELECT t.shop_id, t.id, s.timezone
  FROM till t
  JOIN shop s ON s.id = t.shop_id
 ORDER BY t.shop_id, t.id;

-- :name act_entries
SELECT number, at, kind, cashier_id, shift, body
  FROM journal
 WHERE shop_id = $1 AND till_id = $2
   AND kind IN ('login', 'logout', 'shift-open', 'shift-close', 'line-void', 'receipt-void', 'no-sale',
                'override')
   AND NOT EXISTS (SELECT 1 FROM quarantine q
                    WHERE q.shop_id = journal.shop_id AND q.till_id = journal.till_id
                      AND q.number = journal.number)
 ORDER BY number;

-- :name acts_are_untold
SELECT 1 FROM setting WHERE name = 'acts-untold';

-- :name acts_are_told
DELETE FROM setting WHERE name = 'acts-untold';
