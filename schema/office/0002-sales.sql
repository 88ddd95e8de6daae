-- SPDX-License-Identifier: GPL-3.0-or-later
-- What tills did: their journals, and what the hub reads out of them in the same transaction.
--
-- Amounts are minor units of the shop's currency, quantities millionths of the item's unit, times UTC
-- microseconds, days YYYYMMDD. A return has the kind 'return' and every amount and quantity of it is
-- negative, so that plain sums are right: Σ net is what shoppers were charged less what they got back.
--
--   gross     price × quantity
--   discount  the line's own and its share of the receipt's
--   tax       all taxes, inclusive and added
--   added     of the tax, what came on top of the price
--   net       gross − discount + added: what the shopper was charged
--
-- For every receipt each of these is the sum over its lines. Keys begin with the shop, so that the
-- tables can be partitioned. Items and people are not foreign keys: a sale that was made is kept even
-- if the office does not know what was sold or by whom.

CREATE TABLE journal (
  shop_id    BIGINT NOT NULL,
  till_id    BIGINT NOT NULL,
  number     BIGINT NOT NULL, -- gapless, from 1
  at         BIGINT NOT NULL,
  kind       TEXT   NOT NULL, -- core/journal.h
  cashier_id BIGINT NOT NULL, -- 0: nobody
  shift      BIGINT NOT NULL, -- 0: outside one
  body       TEXT   NOT NULL, -- canonical JSON, byte for byte as the till sealed it
  hash       TEXT   NOT NULL,
  PRIMARY KEY (shop_id, till_id, number)
);

-- Entries that are kept in the journal but could not be read into the tables below.
CREATE TABLE quarantine (
  shop_id BIGINT NOT NULL,
  till_id BIGINT NOT NULL,
  number  BIGINT NOT NULL, -- of the journal entry
  at      BIGINT NOT NULL, -- when the hub gave up on it
  reason  TEXT   NOT NULL, -- English, for the log and the person who mends it
  PRIMARY KEY (shop_id, till_id, number),
  FOREIGN KEY (shop_id, till_id, number) REFERENCES journal (shop_id, till_id, number)
);

CREATE TABLE receipt (
  shop_id          BIGINT   NOT NULL,
  till_id          BIGINT   NOT NULL,
  seq              BIGINT   NOT NULL, -- the till's gapless receipt sequence
  journal_number   BIGINT   NOT NULL,
  number           TEXT     NOT NULL, -- as printed
  kind             TEXT     NOT NULL CHECK (kind IN ('sale', 'return')),
  shift            BIGINT   NOT NULL,
  day              INTEGER  NOT NULL, -- business day
  hour             SMALLINT NOT NULL, -- 0 to 23 on the shop's wall clock
  at               BIGINT   NOT NULL,
  cashier_id       BIGINT   NOT NULL,
  gross            BIGINT   NOT NULL,
  discount         BIGINT   NOT NULL,
  tax              BIGINT   NOT NULL,
  added            BIGINT   NOT NULL,
  net              BIGINT   NOT NULL,
  fiscal_document  BIGINT, -- NULL in all five: no registrar made it
  fiscal_shift     BIGINT,
  fiscal_receipt   BIGINT,
  fiscal_sign      TEXT,
  fiscal_serial    TEXT,
  fiscal_at        TEXT,
  PRIMARY KEY (shop_id, till_id, seq),
  CHECK (net = gross - discount + added)
);
CREATE INDEX receipt_day ON receipt (shop_id, day);

-- Lines that stayed; voided ones are in the journal alone.
CREATE TABLE receipt_line (
  shop_id   BIGINT  NOT NULL,
  till_id   BIGINT  NOT NULL,
  seq       BIGINT  NOT NULL,
  line      INTEGER NOT NULL,
  item_id   BIGINT  NOT NULL,
  code      TEXT    NOT NULL, -- as scanned
  name      TEXT    NOT NULL, -- as it was then
  unit      TEXT    NOT NULL,
  tax_code  TEXT    NOT NULL, -- tax group
  quantity  BIGINT  NOT NULL,
  price     BIGINT  NOT NULL, -- of one unit; not negative, in returns too
  gross     BIGINT  NOT NULL,
  discount  BIGINT  NOT NULL,
  tax       BIGINT  NOT NULL,
  added     BIGINT  NOT NULL,
  net       BIGINT  NOT NULL,
  PRIMARY KEY (shop_id, till_id, seq, line),
  CHECK (net = gross - discount + added)
);

CREATE TABLE receipt_tax (
  shop_id   BIGINT   NOT NULL,
  till_id   BIGINT   NOT NULL,
  seq       BIGINT   NOT NULL,
  code      TEXT     NOT NULL, -- "VAT"
  rate      INTEGER  NOT NULL, -- hundredths of a percent
  inclusive SMALLINT NOT NULL, -- 1: contained in the price
  base      BIGINT   NOT NULL,
  amount    BIGINT   NOT NULL,
  PRIMARY KEY (shop_id, till_id, seq, code, rate, inclusive)
);

-- What was kept by kind of payment: cash is one row, net of change. Σ amount = the receipt's net.
CREATE TABLE receipt_payment (
  shop_id   BIGINT  NOT NULL,
  till_id   BIGINT  NOT NULL,
  seq       BIGINT  NOT NULL,
  position  INTEGER NOT NULL,
  kind      TEXT    NOT NULL, -- core/receipt.h: 'cash', 'card'
  amount    BIGINT  NOT NULL,
  reference TEXT    NOT NULL, -- of the card terminal; may be empty
  PRIMARY KEY (shop_id, till_id, seq, position)
);

CREATE TABLE shift (
  shop_id      BIGINT  NOT NULL,
  till_id      BIGINT  NOT NULL,
  number       BIGINT  NOT NULL,
  day          INTEGER NOT NULL,
  opened_at    BIGINT  NOT NULL,
  opened_by    BIGINT  NOT NULL,
  opening_cash BIGINT  NOT NULL,
  closed_at    BIGINT, -- NULL with all below: still open
  closed_by    BIGINT,
  n_sales      BIGINT,
  n_returns    BIGINT,
  n_voided     BIGINT,
  sales        BIGINT,
  returns      BIGINT, -- not negative, as the till counts them
  discount     BIGINT,
  tax          BIGINT,
  cash         BIGINT, -- kept, by kind of payment
  card         BIGINT,
  cash_in      BIGINT,
  cash_out     BIGINT,
  expected     BIGINT, -- in the drawer
  counted      BIGINT, -- NULL: not counted
  PRIMARY KEY (shop_id, till_id, number)
);
CREATE INDEX shift_day ON shift (shop_id, day);

-- Every movement of stock; on hand is the sum.
CREATE TABLE stock_ledger (
  shop_id     BIGINT  NOT NULL,
  id          BIGINT  NOT NULL, -- gapless within the shop, from 1
  item_id     BIGINT  NOT NULL,
  at          BIGINT  NOT NULL, -- when it happened
  day         INTEGER NOT NULL,
  kind        TEXT    NOT NULL, -- 'sale', 'return', later the kinds of documents
  till_id     BIGINT, -- what caused it: a line of a receipt …
  seq         BIGINT,
  line        INTEGER,
  document_id BIGINT, -- … or a document
  quantity    BIGINT  NOT NULL, -- what came in; what goes out is negative
  value       BIGINT, -- at cost, the same sign; NULL where the cost is not known
  PRIMARY KEY (shop_id, id)
);

-- The running sum of the ledger, kept in the transaction that posts.
CREATE TABLE stock_balance (
  shop_id  BIGINT NOT NULL,
  item_id  BIGINT NOT NULL,
  quantity BIGINT NOT NULL,
  value    BIGINT NOT NULL,
  -- Last known cost of one unit in millionths of a minor unit, for goods sold below zero.
  average  BIGINT,
  PRIMARY KEY (shop_id, item_id)
);

-- Number of the shop's newest ledger row. Whoever posts holds this row until the commit.
CREATE TABLE stock_ledger_last (
  shop_id BIGINT NOT NULL PRIMARY KEY,
  id      BIGINT NOT NULL
);

-- SQLite's words for: what happened stays. PostgreSQL has its own file for these.

CREATE TRIGGER journal_is_final BEFORE UPDATE ON journal
BEGIN SELECT RAISE (ABORT, 'journal is final'); END;
CREATE TRIGGER journal_is_kept BEFORE DELETE ON journal
BEGIN SELECT RAISE (ABORT, 'journal is final'); END;

CREATE TRIGGER receipt_is_final BEFORE UPDATE ON receipt
BEGIN SELECT RAISE (ABORT, 'receipt is final'); END;
CREATE TRIGGER receipt_is_kept BEFORE DELETE ON receipt
BEGIN SELECT RAISE (ABORT, 'receipt is final'); END;

CREATE TRIGGER receipt_line_is_final BEFORE UPDATE ON receipt_line
BEGIN SELECT RAISE (ABORT, 'receipt_line is final'); END;
CREATE TRIGGER receipt_line_is_kept BEFORE DELETE ON receipt_line
BEGIN SELECT RAISE (ABORT, 'receipt_line is final'); END;

CREATE TRIGGER receipt_tax_is_final BEFORE UPDATE ON receipt_tax
BEGIN SELECT RAISE (ABORT, 'receipt_tax is final'); END;
CREATE TRIGGER receipt_tax_is_kept BEFORE DELETE ON receipt_tax
BEGIN SELECT RAISE (ABORT, 'receipt_tax is final'); END;

CREATE TRIGGER receipt_payment_is_final BEFORE UPDATE ON receipt_payment
BEGIN SELECT RAISE (ABORT, 'receipt_payment is final'); END;
CREATE TRIGGER receipt_payment_is_kept BEFORE DELETE ON receipt_payment
BEGIN SELECT RAISE (ABORT, 'receipt_payment is final'); END;

CREATE TRIGGER stock_ledger_is_final BEFORE UPDATE ON stock_ledger
BEGIN SELECT RAISE (ABORT, 'stock ledger is final'); END;
CREATE TRIGGER stock_ledger_is_kept BEFORE DELETE ON stock_ledger
BEGIN SELECT RAISE (ABORT, 'stock ledger is final'); END;
