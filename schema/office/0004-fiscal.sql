-- SPDX-License-Identifier: GPL-3.0-or-later
-- One sale, one fiscal document: what the office keeps of returns, of documents that the registrar was
-- told later, and of what a manager has to look after.

-- What cash rounding added to the receipt; below zero: took. Negative in returns, as all else.
-- Σ amount of its payments = net + rounding.
ALTER TABLE receipt ADD COLUMN rounding BIGINT NOT NULL DEFAULT 0;
-- Of a return by receipt: the number of the sale. NULL: of no sale that anybody knows.
ALTER TABLE receipt ADD COLUMN origin TEXT;
ALTER TABLE receipt_line ADD COLUMN origin_line INTEGER; -- its number on the sale
CREATE INDEX receipt_number ON receipt (shop_id, number);
CREATE INDEX receipt_shift ON receipt (shop_id, till_id, shift);
CREATE INDEX receipt_origin ON receipt (shop_id, origin) WHERE origin IS NOT NULL;

-- Receipts that were closed while the registrar was down.
CREATE TABLE late_receipt (
  shop_id BIGINT NOT NULL,
  till_id BIGINT NOT NULL,
  seq     BIGINT NOT NULL,
  why     TEXT   NOT NULL, -- what it had: device_fault_code()
  PRIMARY KEY (shop_id, till_id, seq)
);

-- The document that such a receipt got when it was well again.
CREATE TABLE late_proof (
  shop_id         BIGINT  NOT NULL,
  till_id         BIGINT  NOT NULL,
  seq             BIGINT  NOT NULL,
  journal_number  BIGINT  NOT NULL,
  at              BIGINT  NOT NULL,
  shift           BIGINT  NOT NULL, -- of the till, when it was told
  correction      INTEGER NOT NULL CHECK (correction IN (0, 1)),
  fiscal_document BIGINT  NOT NULL,
  fiscal_shift    BIGINT  NOT NULL,
  fiscal_receipt  BIGINT  NOT NULL,
  fiscal_sign     TEXT    NOT NULL,
  fiscal_serial   TEXT    NOT NULL,
  fiscal_at       TEXT    NOT NULL,
  PRIMARY KEY (shop_id, till_id, seq)
);

-- Documents of which the registrar cannot say what became of them.
CREATE TABLE fiscal_doubt (
  shop_id        BIGINT  NOT NULL,
  till_id        BIGINT  NOT NULL,
  journal_number BIGINT  NOT NULL,
  day            INTEGER NOT NULL, -- on the wall clock; the receipt's or the shift's is better
  shift          BIGINT  NOT NULL,
  seq            BIGINT,           -- NULL: of no receipt
  cashier_id     BIGINT  NOT NULL,
  amount         BIGINT,           -- of cash in and out
  doubt          TEXT    NOT NULL, -- 'possibly-twice', 'number-unknown'
  document       BIGINT  NOT NULL, -- 0: none
  id             TEXT    NOT NULL, -- the registrar's long one; may be empty
  PRIMARY KEY (shop_id, till_id, journal_number)
);

-- What registrars counted in a shift, as they said before its Z: sums without the till's cash
-- rounding, which they are not told of.
CREATE TABLE shift_registrar (
  shop_id   BIGINT NOT NULL,
  till_id   BIGINT NOT NULL,
  number    BIGINT NOT NULL,
  sales     BIGINT NOT NULL,
  returns   BIGINT NOT NULL,
  cash      BIGINT NOT NULL, -- less what was given back
  card      BIGINT NOT NULL,
  n_sales   BIGINT, -- NULL: it does not say
  n_returns BIGINT,
  PRIMARY KEY (shop_id, till_id, number)
);

-- Cash put into drawers and taken out of them.
CREATE TABLE cash_move (
  shop_id        BIGINT NOT NULL,
  till_id        BIGINT NOT NULL,
  journal_number BIGINT NOT NULL,
  shift          BIGINT NOT NULL,
  at             BIGINT NOT NULL,
  cashier_id     BIGINT NOT NULL,
  amount         BIGINT NOT NULL, -- what came in; what went out is negative
  slip           BIGINT,          -- NULL: a till of before it had numbers
  PRIMARY KEY (shop_id, till_id, journal_number)
);

ALTER TABLE shift ADD COLUMN rounding BIGINT; -- NULL: still open

CREATE TRIGGER late_receipt_is_final BEFORE UPDATE ON late_receipt
BEGIN SELECT RAISE (ABORT, 'late_receipt is final'); END;
CREATE TRIGGER late_receipt_is_kept BEFORE DELETE ON late_receipt
BEGIN SELECT RAISE (ABORT, 'late_receipt is final'); END;

CREATE TRIGGER late_proof_is_final BEFORE UPDATE ON late_proof
BEGIN SELECT RAISE (ABORT, 'late_proof is final'); END;
CREATE TRIGGER late_proof_is_kept BEFORE DELETE ON late_proof
BEGIN SELECT RAISE (ABORT, 'late_proof is final'); END;

CREATE TRIGGER fiscal_doubt_is_final BEFORE UPDATE ON fiscal_doubt
BEGIN SELECT RAISE (ABORT, 'fiscal_doubt is final'); END;
CREATE TRIGGER fiscal_doubt_is_kept BEFORE DELETE ON fiscal_doubt
BEGIN SELECT RAISE (ABORT, 'fiscal_doubt is final'); END;

CREATE TRIGGER shift_registrar_is_final BEFORE UPDATE ON shift_registrar
BEGIN SELECT RAISE (ABORT, 'shift_registrar is final'); END;
CREATE TRIGGER shift_registrar_is_kept BEFORE DELETE ON shift_registrar
BEGIN SELECT RAISE (ABORT, 'shift_registrar is final'); END;

CREATE TRIGGER cash_move_is_final BEFORE UPDATE ON cash_move
BEGIN SELECT RAISE (ABORT, 'cash_move is final'); END;
CREATE TRIGGER cash_move_is_kept BEFORE DELETE ON cash_move
BEGIN SELECT RAISE (ABORT, 'cash_move is final'); END;
