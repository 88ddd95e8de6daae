-- SPDX-License-Identifier: GPL-3.0-or-later
-- Money of the shops: where it lies, and every move of it (backoffice/money/money.h). Rows are final:
-- what was wrong is taken back by rows of their own.
--
--   amount  what came into the account, in its own currency; what went out is negative
--   home    the same in the shop's currency, at the rate of the day when it was entered

CREATE TABLE money_account (
  id       INTEGER NOT NULL PRIMARY KEY,
  shop_id  INTEGER NOT NULL REFERENCES shop (id),
  kind     TEXT    NOT NULL CHECK (kind IN ('drawer', 'safe', 'bank')),
  usual    TEXT    NOT NULL DEFAULT '' CHECK (usual IN ('', 'drawer', 'safe', 'bank', 'cards')), -- made by the office itself
  name     TEXT    NOT NULL, -- '' of a usual one: shown by what it is, in the reader's language
  currency INTEGER NOT NULL,
  till_id  BIGINT  UNIQUE, -- of a drawer
  closed   INTEGER NOT NULL DEFAULT 0 CHECK (closed IN (0, 1)),
  CHECK (name <> '' OR usual <> ''),
  CHECK ((kind = 'drawer') = (till_id IS NOT NULL))
);
CREATE UNIQUE INDEX money_account_by_name ON money_account (shop_id, name) WHERE name <> '';
CREATE UNIQUE INDEX money_account_by_usual ON money_account (shop_id, usual) WHERE usual NOT IN ('', 'drawer');

-- What expenses are for, and other income comes from.
CREATE TABLE expense_kind (
  id       INTEGER NOT NULL PRIMARY KEY,
  code     TEXT    UNIQUE, -- of a usual one, whose name is '' until somebody gives it another
  name     TEXT    NOT NULL,
  pl_group TEXT    NOT NULL CHECK (pl_group IN ('premises', 'staff', 'selling', 'office', 'bank', 'taxes', 'other', 'income')),
  country  TEXT    NOT NULL DEFAULT '', -- shown to shops of this one alone
  deleted  INTEGER NOT NULL DEFAULT 0 CHECK (deleted IN (0, 1)),
  CHECK (name <> '' OR code IS NOT NULL)
);
CREATE UNIQUE INDEX expense_kind_by_name ON expense_kind (name) WHERE name <> '' AND deleted = 0;

INSERT INTO expense_kind (id, code, name, pl_group, country) VALUES
  (1, 'rent', '', 'premises', ''),
  (2, 'power', '', 'premises', ''),
  (3, 'repairs', '', 'premises', ''),
  (4, 'cleaning', '', 'premises', ''),
  (5, 'guard', '', 'premises', ''),
  (6, 'social', '', 'staff', ''),
  (7, 'transport', '', 'selling', ''),
  (8, 'packing', '', 'selling', ''),
  (9, 'advertising', '', 'selling', ''),
  (10, 'telephone', '', 'office', ''),
  (11, 'stationery', '', 'office', ''),
  (12, 'equipment', '', 'office', ''),
  (13, 'fiscal-data', '', 'office', 'ru'),
  (14, 'bank', '', 'bank', ''),
  (15, 'acquiring', '', 'bank', ''),
  (16, 'taxes', '', 'taxes', ''),
  (17, 'patent', '', 'taxes', 'ru'),
  (18, 'city-fees', '', 'taxes', 'mn'),
  (19, 'owner', '', 'other', ''),
  (20, 'other', '', 'other', ''),
  (21, 'other-income', '', 'income', '');

-- What a foreign currency is worth from a day on: @units of it are @value millionths of one unit of the
-- shops' currency.
CREATE TABLE currency_rate (
  currency  INTEGER NOT NULL,
  first_day INTEGER NOT NULL,
  units     BIGINT  NOT NULL CHECK (units > 0),
  value     BIGINT  NOT NULL CHECK (value > 0),
  PRIMARY KEY (currency, first_day)
);

-- Of a shop without a row everything is as usual.
CREATE TABLE money_setting (
  shop_id      INTEGER NOT NULL PRIMARY KEY REFERENCES shop (id),
  cash_in      INTEGER REFERENCES money_account (id), -- where cash put into drawers comes from; NULL: the safe
  cash_out     INTEGER REFERENCES money_account (id), -- where cash taken out of them goes
  overnight    TEXT    NOT NULL DEFAULT 'difference' CHECK (overnight IN ('difference', 'safe')), -- a float unlike what the drawer held
  closed_until INTEGER NOT NULL DEFAULT 0 -- the last day of months that are closed
);

CREATE TABLE money_ledger (
  id             BIGINT  NOT NULL PRIMARY KEY, -- gapless, from 1: counter 'money'
  entry_id       BIGINT  NOT NULL, -- id of the first of those that belong together
  shop_id        INTEGER NOT NULL REFERENCES shop (id), -- the account's
  account_id     INTEGER NOT NULL REFERENCES money_account (id),
  at             BIGINT  NOT NULL,
  day            INTEGER NOT NULL, -- of a till's rows its shift's
  kind           TEXT    NOT NULL CHECK (kind IN ('opening', 'sales', 'returns', 'rounding', 'card', 'cash-in', 'cash-out',
                   'difference', 'transfer', 'exchange', 'expense', 'income', 'supplier-payment', 'supplier-refund', 'pay')),
  amount         BIGINT  NOT NULL,
  home           BIGINT  NOT NULL,
  expense_kind   INTEGER REFERENCES expense_kind (id),
  supplier_id    INTEGER REFERENCES supplier (id),
  document_id    BIGINT  REFERENCES document (id),
  person_id      INTEGER, -- who was paid
  till_id        BIGINT, -- NULL in all three: no till said it
  shift          BIGINT,
  journal_number BIGINT,
  reverses       BIGINT  REFERENCES money_ledger (id), -- the row that it takes back
  settles        BIGINT, -- the entry of a till of which a person says here what it was
  reference      TEXT    NOT NULL DEFAULT '', -- number of the paper
  note           TEXT    NOT NULL DEFAULT '',
  entered_by     INTEGER NOT NULL, -- of a till's rows the cashier; 0: the command line
  entered_at     BIGINT  NOT NULL,
  CHECK ((till_id IS NULL) = (journal_number IS NULL))
);
CREATE INDEX money_by_account ON money_ledger (account_id, day, at, id, amount, home);
CREATE INDEX money_by_day ON money_ledger (shop_id, day, kind);
CREATE INDEX money_by_entry ON money_ledger (entry_id);
CREATE INDEX money_by_supplier ON money_ledger (supplier_id, day) WHERE supplier_id IS NOT NULL;
CREATE UNIQUE INDEX money_by_reversed ON money_ledger (reverses) WHERE reverses IS NOT NULL;
CREATE UNIQUE INDEX money_by_journal ON money_ledger (shop_id, till_id, journal_number, account_id, kind)
  WHERE journal_number IS NOT NULL;
CREATE INDEX money_by_shift ON money_ledger (shop_id, till_id, shift) WHERE journal_number IS NOT NULL;

INSERT INTO counter (name, value) VALUES ('money', 0);

-- Newest row of the ledger when the shift's opening and closing were booked; NULL: not yet, or before there was one.
ALTER TABLE shift ADD COLUMN money_opened BIGINT;
ALTER TABLE shift ADD COLUMN money_closed BIGINT;

-- Documents of stock by day: what they lost is in profit and loss.
CREATE INDEX stock_ledger_documents ON stock_ledger (day, shop_id, document_id, value, difference)
  WHERE document_id IS NOT NULL;

-- What profit and loss is made of: the sum of all lines but 'tax' is the profit. What sold before it came in cost
-- too little then is in the cost of sales, not in what documents lost.
CREATE VIEW profit_piece (shop_id, day, line, expense_kind, amount) AS
SELECT shop_id, day, 'gross', 0, gross FROM sale_hour
UNION ALL SELECT shop_id, day, 'discount', 0, -discount FROM sale_hour
UNION ALL SELECT shop_id, day, 'added', 0, added FROM sale_hour
UNION ALL SELECT shop_id, day, 'tax', 0, tax FROM sale_hour
UNION ALL SELECT shop_id, day, 'cost', 0, -cost FROM sale_hour
UNION ALL SELECT shop_id, day, 'rounding', 0, rounding FROM sale_hour
UNION ALL
SELECT shop_id, day, kind, coalesce(expense_kind, 0), home FROM money_ledger
 WHERE kind IN ('expense', 'income', 'pay', 'difference', 'exchange')
UNION ALL
SELECT l.shop_id, l.day, d.kind, 0, coalesce(l.value, 0) - l.difference
  FROM stock_ledger l
  JOIN document d ON d.id = l.document_id
 WHERE l.document_id IS NOT NULL AND d.kind IN ('write-off', 'count', 'revaluation');

-- --- what is there already -----------------------------------------------------------------------

INSERT INTO money_account (id, shop_id, kind, usual, name, currency)
SELECT row_number() OVER (ORDER BY s.id, u.place), s.id, u.kind, u.usual, '', s.currency
  FROM shop s
 CROSS JOIN (SELECT 1 AS place, 'safe' AS kind, 'safe' AS usual
             UNION ALL SELECT 2, 'bank', 'bank' UNION ALL SELECT 3, 'bank', 'cards') u;
INSERT INTO money_account (id, shop_id, kind, usual, name, currency, till_id)
SELECT (SELECT coalesce(max(id), 0) FROM money_account) + row_number() OVER (ORDER BY t.id),
       t.shop_id, 'drawer', 'drawer', '', s.currency, t.id
  FROM till t
  JOIN shop s ON s.id = t.shop_id;

-- Shifts of before: as backoffice/money/till.c books them.
CREATE TABLE money_fill (
  shop_id        INTEGER NOT NULL,
  till_id        BIGINT  NOT NULL,
  shift          BIGINT  NOT NULL,
  journal_number BIGINT  NOT NULL,
  place          INTEGER NOT NULL,
  account_id     INTEGER NOT NULL,
  at             BIGINT  NOT NULL,
  day            INTEGER NOT NULL,
  kind           TEXT    NOT NULL,
  amount         BIGINT  NOT NULL,
  entered_by     INTEGER NOT NULL
);

-- Entries that opened and closed shifts, each till's journal read once. Those that nobody could read count for nothing.
CREATE TABLE money_fill_shift (
  shop_id BIGINT NOT NULL,
  till_id BIGINT NOT NULL,
  kind    TEXT   NOT NULL,
  shift   BIGINT NOT NULL,
  number  BIGINT NOT NULL,
  PRIMARY KEY (shop_id, till_id, kind, shift)
);
INSERT INTO money_fill_shift
SELECT j.shop_id, j.till_id, j.kind, j.shift, min(j.number)
  FROM journal j
 WHERE j.kind IN ('shift-open', 'shift-close')
   AND NOT EXISTS (SELECT 1 FROM quarantine q
                    WHERE q.shop_id = j.shop_id AND q.till_id = j.till_id AND q.number = j.number)
 GROUP BY j.shop_id, j.till_id, j.kind, j.shift;

-- The float: what it is more or less than the drawer held after the shift before.
INSERT INTO money_fill
WITH moved AS (SELECT shop_id, till_id, shift, sum(amount) AS amount FROM cash_move GROUP BY shop_id, till_id, shift),
told AS (SELECT s.shop_id, s.till_id, s.number, s.day, s.opened_at, s.opened_by, s.opening_cash,
                lag(coalesce(s.counted, s.expected, s.opening_cash + coalesce(m.amount, 0)))
                  OVER (PARTITION BY s.shop_id, s.till_id ORDER BY s.number) AS held
           FROM shift s
           LEFT JOIN moved m ON m.shop_id = s.shop_id AND m.till_id = s.till_id AND m.shift = s.number)
SELECT t.shop_id, t.till_id, t.number, j.number, 1, a.id, t.opened_at, t.day,
       CASE WHEN t.held IS NULL THEN 'opening' ELSE 'difference' END,
       t.opening_cash - coalesce(t.held, 0), t.opened_by
  FROM told t
  JOIN money_account a ON a.shop_id = t.shop_id AND a.till_id = t.till_id
  JOIN money_fill_shift j
    ON j.shop_id = t.shop_id AND j.till_id = t.till_id AND j.kind = 'shift-open' AND j.shift = t.number;

INSERT INTO money_fill
SELECT m.shop_id, m.till_id, m.shift, m.journal_number, 1, a.id, m.at, s.day,
       CASE WHEN m.amount > 0 THEN 'cash-in' ELSE 'cash-out' END, m.amount, m.cashier_id
  FROM cash_move m
  JOIN shift s ON s.shop_id = m.shop_id AND s.till_id = m.till_id AND s.number = m.shift
  JOIN money_account a ON a.shop_id = m.shop_id AND a.till_id = m.till_id;
INSERT INTO money_fill
SELECT f.shop_id, f.till_id, f.shift, f.journal_number, 2, a.id, f.at, f.day, f.kind, -f.amount, f.entered_by
  FROM money_fill f
  JOIN money_account a ON a.shop_id = f.shop_id AND a.usual = 'safe'
 WHERE f.kind IN ('cash-in', 'cash-out');

INSERT INTO money_fill
WITH moved AS (SELECT shop_id, till_id, shift, sum(amount) AS amount FROM cash_move GROUP BY shop_id, till_id, shift),
back AS (SELECT r.shop_id, r.till_id, r.shift, sum(p.amount) AS amount
           FROM receipt r
           JOIN receipt_payment p ON p.shop_id = r.shop_id AND p.till_id = r.till_id AND p.seq = r.seq
          WHERE r.kind = 'return' AND p.kind = 'cash'
          GROUP BY r.shop_id, r.till_id, r.shift),
told AS (SELECT s.shop_id, s.till_id, s.number, s.day, s.closed_at, s.closed_by, s.cash, s.card,
                coalesce(s.rounding, 0) AS rounding, coalesce(b.amount, 0) AS returned,
                coalesce(s.counted, s.expected) - s.opening_cash - coalesce(m.amount, 0) - s.cash AS difference,
                j.number AS journal_number
           FROM shift s
           JOIN money_fill_shift j
             ON j.shop_id = s.shop_id AND j.till_id = s.till_id AND j.kind = 'shift-close' AND j.shift = s.number
           LEFT JOIN moved m ON m.shop_id = s.shop_id AND m.till_id = s.till_id AND m.shift = s.number
           LEFT JOIN back b ON b.shop_id = s.shop_id AND b.till_id = s.till_id AND b.shift = s.number
          WHERE s.closed_at IS NOT NULL)
SELECT t.shop_id, t.till_id, t.number, t.journal_number, p.place, a.id, t.closed_at, t.day, p.kind,
       CASE p.kind WHEN 'sales' THEN t.cash - t.returned - t.rounding
                   WHEN 'returns' THEN t.returned
                   WHEN 'rounding' THEN t.rounding
                   WHEN 'card' THEN t.card
                   ELSE t.difference END,
       t.closed_by
  FROM told t
 CROSS JOIN (SELECT 1 AS place, 'sales' AS kind UNION ALL SELECT 2, 'returns' UNION ALL SELECT 3, 'rounding'
             UNION ALL SELECT 4, 'difference' UNION ALL SELECT 5, 'card') p
  JOIN money_account a
    ON a.shop_id = t.shop_id AND CASE WHEN p.kind = 'card' THEN a.usual = 'cards' ELSE a.till_id = t.till_id END;

INSERT INTO money_ledger
  (id, entry_id, shop_id, account_id, at, day, kind, amount, home, till_id, shift, journal_number, entered_by, entered_at)
SELECT x.id, min(x.id) OVER (PARTITION BY x.till_id, x.journal_number), x.shop_id, x.account_id, x.at, x.day, x.kind,
       x.amount, x.amount, x.till_id, x.shift, x.journal_number, x.entered_by,
       CASE WHEN t.seen_at < x.at THEN t.seen_at ELSE x.at END
  FROM (SELECT f.*, row_number() OVER (ORDER BY f.at, f.till_id, f.journal_number, f.place) AS id
          FROM money_fill f
         WHERE f.amount <> 0) x
  JOIN till t ON t.id = x.till_id;
DROP TABLE money_fill_shift;
DROP TABLE money_fill;
UPDATE counter SET value = (SELECT count(*) FROM money_ledger) WHERE name = 'money';

CREATE TRIGGER money_ledger_is_final BEFORE UPDATE ON money_ledger
BEGIN SELECT RAISE (ABORT, 'money ledger is final'); END;
CREATE TRIGGER money_ledger_is_kept BEFORE DELETE ON money_ledger
BEGIN SELECT RAISE (ABORT, 'money ledger is final'); END;
CREATE TRIGGER money_account_is_kept BEFORE DELETE ON money_account
BEGIN SELECT RAISE (ABORT, 'an account is kept'); END;
