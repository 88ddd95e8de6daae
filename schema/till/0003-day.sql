-- SPDX-License-Identifier: GPL-3.0-or-later
-- What a till's day has beside plain sales: returns, receipts put aside, buyers, marked goods, and
-- documents that the registrar is told of later.

ALTER TABLE open_receipt ADD COLUMN cash_step INTEGER NOT NULL DEFAULT 1;
ALTER TABLE open_receipt ADD COLUMN cash_how INTEGER NOT NULL DEFAULT 0; -- Rounding of core/money.h
ALTER TABLE open_receipt ADD COLUMN contact TEXT NOT NULL DEFAULT '';
ALTER TABLE open_receipt ADD COLUMN tin TEXT NOT NULL DEFAULT '';
ALTER TABLE open_receipt ADD COLUMN consumer TEXT NOT NULL DEFAULT '';
-- A return by receipt as a whole, as the journal will have it: its lines hang together, and it is
-- changed seldom. The other columns and open_line are not read then.
ALTER TABLE open_receipt ADD COLUMN body TEXT CHECK (body IS NULL OR json_valid (body));
ALTER TABLE open_line ADD COLUMN mark TEXT NOT NULL DEFAULT '';

-- Receipts put aside before payment.
CREATE TABLE held (
  id      INTEGER PRIMARY KEY, -- what the cashier calls it by
  at      INTEGER NOT NULL,
  cashier INTEGER NOT NULL,
  total   INTEGER NOT NULL,
  goods   INTEGER NOT NULL, -- lines
  body    TEXT    NOT NULL CHECK (json_valid (body))
) STRICT;

-- What has come back of a sale, line by line: never more than was sold.
CREATE TABLE returned (
  origin   TEXT    NOT NULL, -- number of the sale
  line     INTEGER NOT NULL, -- of the sale
  receipt  INTEGER NOT NULL REFERENCES receipt, -- the return
  quantity INTEGER NOT NULL CHECK (quantity > 0),
  PRIMARY KEY (origin, line, receipt)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER returned_is_final BEFORE UPDATE ON returned
BEGIN SELECT RAISE (ABORT, 'a return is final'); END;
CREATE TRIGGER returned_is_kept BEFORE DELETE ON returned
BEGIN SELECT RAISE (ABORT, 'a return is final'); END;

-- Receipts that were closed while the registrar was down, and that it has not been told of yet.
CREATE TABLE late (
  seq INTEGER PRIMARY KEY REFERENCES receipt,
  why TEXT NOT NULL -- device_fault_code()
) STRICT;

-- Of a document told later: the receipt, which is closed already, and a person's words. @internal:
-- it changes the registrar alone, since the books are right without it.
ALTER TABLE fiscal ADD COLUMN late INTEGER REFERENCES receipt;
ALTER TABLE fiscal ADD COLUMN reason TEXT;
ALTER TABLE fiscal ADD COLUMN internal INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fiscal ADD COLUMN paper TEXT NOT NULL DEFAULT ''; -- whose name is on the till's own paper

-- Words that may stand on paper alone belong to it: they are in the memory of the running till, or
-- lost.
ALTER TABLE paper ADD COLUMN words INTEGER NOT NULL DEFAULT 0;
