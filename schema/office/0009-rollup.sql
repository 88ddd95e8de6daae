-- SPDX-License-Identifier: GPL-3.0-or-later
-- Sums of sales, kept in the transaction of what they sum up, and rebuilt from it by `baraa rebuild`
-- (backoffice/rollup/rollup.h). Amounts as in 0002-sales.sql: returns are negative.
--
--   cost  what goods sold cost by the stock ledger, less what came back: −Σ value of rows of sales and
--         returns and of what corrected or reversed them, −Σ difference of all rows. Of a row that belongs
--         to a receipt it counts on the receipt's day, hour, till and cashier and for the item that was
--         sold (a kit's components for the kit); a difference on the row's own day for the row's item,
--         till 0 and cashier 0.

-- A group that goods were in when they were sold: a path with /. '' is a group too.
CREATE TABLE item_group (
  id   INTEGER NOT NULL PRIMARY KEY,
  path TEXT    NOT NULL UNIQUE
);
INSERT INTO item_group (id, path) VALUES (1, '');
INSERT INTO counter (name, value) VALUES ('item-group', 1), ('sale-stamp', 0);

-- The group that the item was in when the office heard of the sale; goods that it never had: 1.
ALTER TABLE receipt_line ADD COLUMN group_id BIGINT NOT NULL DEFAULT 1;
-- When the office heard of it; NULL: before it noted that.
ALTER TABLE receipt ADD COLUMN heard_at BIGINT;

CREATE TABLE sale_item (
  shop_id  BIGINT  NOT NULL,
  day      INTEGER NOT NULL,
  item_id  BIGINT  NOT NULL, -- 0: goods of the till's own
  group_id BIGINT  NOT NULL,
  other    TEXT    NOT NULL, -- of item 0: what the line said; else ''
  receipts BIGINT  NOT NULL, -- that have it
  quantity BIGINT  NOT NULL,
  gross    BIGINT  NOT NULL,
  discount BIGINT  NOT NULL,
  tax      BIGINT  NOT NULL,
  added    BIGINT  NOT NULL,
  net      BIGINT  NOT NULL,
  cost     BIGINT  NOT NULL,
  PRIMARY KEY (shop_id, day, item_id, group_id, other)
);
CREATE INDEX sale_item_by_item ON sale_item (item_id, shop_id, day);

CREATE TABLE sale_group (
  shop_id  BIGINT  NOT NULL,
  day      INTEGER NOT NULL,
  group_id BIGINT  NOT NULL,
  receipts BIGINT  NOT NULL,
  quantity BIGINT  NOT NULL,
  gross    BIGINT  NOT NULL,
  discount BIGINT  NOT NULL,
  tax      BIGINT  NOT NULL,
  added    BIGINT  NOT NULL,
  net      BIGINT  NOT NULL,
  cost     BIGINT  NOT NULL,
  PRIMARY KEY (shop_id, day, group_id)
);

CREATE TABLE sale_hour (
  shop_id    BIGINT   NOT NULL,
  day        INTEGER  NOT NULL,
  hour       SMALLINT NOT NULL,
  till_id    BIGINT   NOT NULL,
  cashier_id BIGINT   NOT NULL,
  receipts   BIGINT   NOT NULL, -- sales and returns
  returns    BIGINT   NOT NULL, -- how many of them are returns …
  returned   BIGINT   NOT NULL, -- … and their net, below zero
  lines      BIGINT   NOT NULL,
  gross      BIGINT   NOT NULL,
  discount   BIGINT   NOT NULL,
  tax        BIGINT   NOT NULL,
  added      BIGINT   NOT NULL,
  net        BIGINT   NOT NULL,
  rounding   BIGINT   NOT NULL,
  cost       BIGINT   NOT NULL,
  PRIMARY KEY (shop_id, day, hour, till_id, cashier_id)
);

CREATE TABLE sale_payment (
  shop_id    BIGINT  NOT NULL,
  day        INTEGER NOT NULL,
  till_id    BIGINT  NOT NULL,
  cashier_id BIGINT  NOT NULL,
  kind       TEXT    NOT NULL,
  payments   BIGINT  NOT NULL,
  amount     BIGINT  NOT NULL,
  PRIMARY KEY (shop_id, day, till_id, cashier_id, kind)
);

CREATE TABLE sale_tax (
  shop_id   BIGINT   NOT NULL,
  day       INTEGER  NOT NULL,
  code      TEXT     NOT NULL,
  rate      INTEGER  NOT NULL,
  inclusive SMALLINT NOT NULL,
  base      BIGINT   NOT NULL,
  amount    BIGINT   NOT NULL,
  PRIMARY KEY (shop_id, day, code, rate, inclusive)
);

-- Every day that has anything in the tables above. The stamp is new whenever one of them changes.
CREATE TABLE sale_day (
  shop_id  BIGINT  NOT NULL,
  day      INTEGER NOT NULL,
  stamp    BIGINT  NOT NULL, -- counter 'sale-stamp'
  heard_at BIGINT  NOT NULL, -- when the newest receipt of it was heard of
  PRIMARY KEY (shop_id, day)
);

-- What cashiers did beside selling that somebody may ask about.
CREATE TABLE act (
  shop_id        BIGINT   NOT NULL,
  till_id        BIGINT   NOT NULL,
  journal_number BIGINT   NOT NULL,
  day            INTEGER  NOT NULL, -- of the shift; outside one of the wall clock
  hour           SMALLINT NOT NULL,
  at             BIGINT   NOT NULL,
  cashier_id     BIGINT   NOT NULL,
  kind           TEXT     NOT NULL, -- the journal's: 'line-void', 'receipt-void', 'no-sale', 'override'
  amount         BIGINT,            -- what was on the line or the receipt
  detail         TEXT     NOT NULL, -- the goods, the right that was lent; may be empty
  by_id          BIGINT,            -- of an override: who lent it
  PRIMARY KEY (shop_id, till_id, journal_number)
);
CREATE INDEX act_by_day ON act (shop_id, day, kind);

-- Who stood at which till, from log-ins: an interval a row, ended by a log-out, a lock, or the next.
CREATE TABLE presence (
  shop_id        BIGINT  NOT NULL,
  till_id        BIGINT  NOT NULL,
  journal_number BIGINT  NOT NULL, -- of the log-in
  person_id      BIGINT  NOT NULL,
  day            INTEGER NOT NULL, -- on the wall clock, of the log-in
  at             BIGINT  NOT NULL,
  until          BIGINT, -- NULL: still there
  PRIMARY KEY (shop_id, till_id, journal_number)
);
CREATE INDEX presence_by_day ON presence (shop_id, day, person_id);

-- Lines of a day as arrays of numbers, for questions that no sum answers (backoffice/rollup/columns.h).
-- Made when they are first asked for; those whose stamp is not the day's are made anew.
CREATE TABLE sale_column (
  shop_id BIGINT  NOT NULL,
  day     INTEGER NOT NULL,
  name    TEXT    NOT NULL, -- 'item', 'net', 'hour' …
  stamp   BIGINT  NOT NULL,
  n       INTEGER NOT NULL, -- lines
  width   INTEGER NOT NULL CHECK (width IN (0, 1, 2, 4, 8)), -- bytes of a number; 0: all are base
  base    BIGINT  NOT NULL, -- to be added to each
  data    BLOB    NOT NULL,
  PRIMARY KEY (shop_id, day, name)
);
