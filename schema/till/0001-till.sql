-- SPDX-License-Identifier: GPL-3.0-or-later
-- The till's own database. Amounts are minor units, times UTC microseconds, days YYYYMMDD.

CREATE TABLE setting (
  key   TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE journal (
  number  INTEGER PRIMARY KEY, -- gapless, from 1
  at      INTEGER NOT NULL,
  kind    TEXT    NOT NULL,
  cashier INTEGER NOT NULL,
  shift   INTEGER NOT NULL,
  body    TEXT    NOT NULL, -- JSON; not parsed here, which takes as long as hashing it: core/journal.c
                            -- writes no other, and who takes it in checks it
  hash    TEXT    NOT NULL CHECK (length (hash) = 64)
) STRICT;

-- What happened stays. Corrections are new entries.
CREATE TRIGGER journal_is_final BEFORE UPDATE ON journal
BEGIN SELECT RAISE (ABORT, 'journal is final'); END;
CREATE TRIGGER journal_is_kept BEFORE DELETE ON journal
BEGIN SELECT RAISE (ABORT, 'journal is final'); END;
CREATE TRIGGER journal_is_gapless BEFORE INSERT ON journal
WHEN new.number <> 1 + coalesce ((SELECT max (number) FROM journal), 0)
BEGIN SELECT RAISE (ABORT, 'journal has a gap'); END;

-- The outbox is the journal from here on.
CREATE TABLE outbox (next INTEGER NOT NULL) STRICT; -- one row: the number the hub wants
INSERT INTO outbox VALUES (1);

CREATE TABLE shift (
  number    INTEGER PRIMARY KEY,
  day       INTEGER NOT NULL, -- the local day of its opening
  opened_at INTEGER NOT NULL,
  cashier   INTEGER NOT NULL,
  totals    TEXT    NOT NULL CHECK (json_valid (totals)),
  closed_at INTEGER           -- NULL: open
) STRICT;
CREATE UNIQUE INDEX one_open_shift ON shift ((1)) WHERE closed_at IS NULL;

-- The open receipt, line by line as it was entered; what can be computed is not kept, but for the
-- total, which proves that it came back as it was.
CREATE TABLE open_receipt ( -- one row or none
  id             INTEGER PRIMARY KEY CHECK (id = 1),
  kind           INTEGER NOT NULL,
  currency       INTEGER NOT NULL,
  tax_rounding   INTEGER NOT NULL,
  discount_kind  INTEGER NOT NULL,
  discount_value INTEGER NOT NULL,
  total          INTEGER NOT NULL,
  cashier        INTEGER NOT NULL,
  card_asked     INTEGER -- amount the card terminal was given; NULL: it is not asked
) STRICT;

CREATE TABLE open_line (
  number         INTEGER PRIMARY KEY, -- in order of entry
  voided         INTEGER NOT NULL,
  item           INTEGER NOT NULL,
  code           TEXT    NOT NULL,
  name           TEXT    NOT NULL,
  unit           INTEGER NOT NULL,
  quantity       INTEGER NOT NULL, -- millionths
  price          INTEGER NOT NULL,
  discount_kind  INTEGER NOT NULL,
  discount_value INTEGER NOT NULL,
  tax            TEXT    NOT NULL CHECK (json_valid (tax)) -- the group with its rates of the day
) STRICT;

CREATE TABLE open_payment (
  number    INTEGER PRIMARY KEY,
  kind      TEXT    NOT NULL,
  amount    INTEGER NOT NULL,
  reference TEXT    NOT NULL
) STRICT;

-- Closed receipts: to find one by its number. All about it is in the journal's entry.
CREATE TABLE receipt (
  seq     INTEGER PRIMARY KEY, -- gapless, from 1
  number  TEXT    NOT NULL UNIQUE, -- as printed
  journal INTEGER NOT NULL UNIQUE REFERENCES journal,
  shift   INTEGER NOT NULL REFERENCES shift,
  total   INTEGER NOT NULL
) STRICT;
CREATE TRIGGER receipt_is_final BEFORE UPDATE ON receipt
BEGIN SELECT RAISE (ABORT, 'receipt is final'); END;
CREATE TRIGGER receipt_is_kept BEFORE DELETE ON receipt
BEGIN SELECT RAISE (ABORT, 'receipt is final'); END;

-- Fiscal documents: a row an attempt, through the states of the machine.
CREATE TABLE fiscal (
  id           INTEGER PRIMARY KEY,
  device       TEXT    NOT NULL DEFAULT 'fiscal',
  sale         TEXT    NOT NULL,    -- ours, unique for ever; all attempts at one sale share it
  attempt      INTEGER NOT NULL,    -- from 1
  previous     INTEGER REFERENCES fiscal, -- the attempt before this one
  state        TEXT    NOT NULL CHECK (state IN ('new', 'planned', 'intent', 'lines', 'committing',
                 'made', 'done', 'not-made', 'foreign', 'blocked')),
  step         INTEGER NOT NULL DEFAULT 0, -- steps the registrar has confirmed
  -- what was asked for; the receipt itself is the open one
  kind         INTEGER NOT NULL,    -- FiscalKind
  cashier      INTEGER NOT NULL,
  cashier_name TEXT    NOT NULL,
  currency     INTEGER NOT NULL,
  total        INTEGER NOT NULL,    -- of the receipt; the float; the cash moved
  day          INTEGER NOT NULL,
  counted      INTEGER,             -- NULL: the drawer was not counted
  created_at   INTEGER NOT NULL,
  plan         TEXT,                -- what will be sent, readable
  -- the registrar before the first byte
  before       TEXT    CHECK (before IS NULL OR json_valid (before)),
  intent_at    INTEGER,
  -- the proof
  serial       TEXT,
  document     INTEGER,
  proof        TEXT    CHECK (proof IS NULL OR json_valid (proof)),
  drawer       INTEGER NOT NULL DEFAULT 0, -- 1: the drawer was told to open, and never is again
  receipt      INTEGER REFERENCES receipt, -- what it closed, if it did
  change       INTEGER,                    -- what the shopper got back
  fault        TEXT,                -- why it is where it is, for the log
  UNIQUE (sale, attempt)
) STRICT;
-- A document of the registrar proves one sale, and one only.
CREATE UNIQUE INDEX fiscal_proof ON fiscal (serial, document) WHERE document > 0;
-- Rule 5: while one document is unknown, no other is begun on that device.
CREATE UNIQUE INDEX fiscal_in_doubt ON fiscal (device)
WHERE state IN ('intent', 'lines', 'committing', 'foreign', 'blocked');
-- What a restart has to look at.
CREATE INDEX fiscal_unfinished ON fiscal (id)
WHERE state IN ('new', 'planned', 'intent', 'lines', 'committing', 'made', 'foreign', 'blocked');
-- Proofs stay, and nothing leaves its end but the paper.
CREATE TRIGGER fiscal_is_final BEFORE UPDATE ON fiscal
WHEN old.state IN ('done', 'not-made')
  OR (old.state = 'made' AND (new.state NOT IN ('made', 'done') OR new.proof IS NOT old.proof))
BEGIN SELECT RAISE (ABORT, 'fiscal document is final'); END;
CREATE TRIGGER fiscal_is_kept BEFORE DELETE ON fiscal
BEGIN SELECT RAISE (ABORT, 'fiscal document is final'); END;
