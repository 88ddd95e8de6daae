-- SPDX-License-Identifier: GPL-3.0-or-later
-- Sums of sales, kept in the transaction of what they sum up, and rebuilt from it by `baraa rebuild`
-- (backoffice/rollup/rollup.h). Amounts as in 0002-sales.sql: returns are negative.
--
--   cost  what goods sold cost by the stock ledger, less what came back: −Σ value of rows of sales and
--         returns and of what corrected or reversed them, −Σ difference of all rows. Of a row that belongs
--         to a receipt it counts on the receipt's day, hour, till and cashier and for the item that was
--         sold (a kit's components for the kit); a difference on the row's own day for the row's item,
--         hour 0, till 0 and cashier 0.
--
-- A row is there as soon as anything counts in it, also where that comes to nothing in the end.

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
-- Of a row with a difference: the group that its item was in when it was written. Else NULL.
ALTER TABLE stock_ledger ADD COLUMN group_id BIGINT;
CREATE INDEX stock_ledger_by_difference ON stock_ledger (shop_id, day) WHERE difference <> 0;
-- With the value, so that what lines cost is read off the index alone.
DROP INDEX stock_ledger_by_receipt;
CREATE INDEX stock_ledger_by_receipt ON stock_ledger (shop_id, till_id, seq, line, value)
  WHERE till_id IS NOT NULL;

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
  heard_at BIGINT  NOT NULL, -- when the newest receipt of it was heard of; 0: nobody noted it
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

-- Who stood at which till, from log-ins: an interval a row, ended by a log-out, a lock, the closing of the
-- shift, or the next. Who opens a shift without having logged in anew is there from then on.
CREATE TABLE presence (
  shop_id        BIGINT  NOT NULL,
  till_id        BIGINT  NOT NULL,
  journal_number BIGINT  NOT NULL, -- of the log-in, or of the opening of the shift
  person_id      BIGINT  NOT NULL,
  day            INTEGER NOT NULL, -- on the wall clock, of the log-in
  at             BIGINT  NOT NULL,
  until          BIGINT, -- NULL: still there
  PRIMARY KEY (shop_id, till_id, journal_number)
);
CREATE INDEX presence_by_day ON presence (shop_id, day, person_id);
CREATE UNIQUE INDEX presence_now ON presence (shop_id, till_id) WHERE until IS NULL;

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

-- --- the same sums, told from receipts and the ledger ----------------------------------------------
-- A row of the ledger may belong to a receipt that is not there: it is in no day's sums.

-- CROSS JOIN: receipts come first, so that a day's are found by their day, and each with its lines.
CREATE VIEW sale_line AS
SELECT r.shop_id, r.day, r.hour, r.till_id, r.seq, l.line, r.cashier_id, l.item_id, l.group_id,
       CASE WHEN l.item_id = 0 THEN l.name ELSE '' END AS other,
       l.quantity, l.gross, l.discount, l.tax, l.added, l.net,
       (SELECT coalesce(-sum(k.value), 0)
          FROM stock_ledger k
         WHERE k.shop_id = l.shop_id AND k.till_id = l.till_id AND k.seq = l.seq AND k.line = l.line)
         AS cost
  FROM receipt r
 CROSS JOIN receipt_line l
 WHERE l.shop_id = r.shop_id AND l.till_id = r.till_id AND l.seq = r.seq;

-- What each row of the sums is the sum of. By receipt, so that each counts once.
CREATE VIEW sale_item_part AS
SELECT shop_id, day, item_id, group_id, other, till_id, seq, 1 AS receipts,
       sum(quantity) AS quantity, sum(gross) AS gross, sum(discount) AS discount,
       sum(tax) AS tax, sum(added) AS added, sum(net) AS net, sum(cost) AS cost
  FROM sale_line
 GROUP BY shop_id, day, item_id, group_id, other, till_id, seq
UNION ALL
SELECT shop_id, day, item_id, group_id, '', 0, 0, 0, 0, 0, 0, 0, 0, 0, -difference
  FROM stock_ledger
 WHERE difference <> 0;

CREATE VIEW sale_group_part AS
SELECT shop_id, day, group_id, till_id, seq, 1 AS receipts, sum(quantity) AS quantity,
       sum(gross) AS gross, sum(discount) AS discount, sum(tax) AS tax, sum(added) AS added,
       sum(net) AS net, sum(cost) AS cost
  FROM sale_line
 GROUP BY shop_id, day, group_id, till_id, seq
UNION ALL
SELECT shop_id, day, group_id, 0, 0, 0, 0, 0, 0, 0, 0, 0, -difference
  FROM stock_ledger
 WHERE difference <> 0;

CREATE VIEW sale_hour_part AS
SELECT shop_id, day, hour, till_id, cashier_id, 1 AS receipts,
       CASE WHEN kind = 'return' THEN 1 ELSE 0 END AS returns,
       CASE WHEN kind = 'return' THEN net ELSE 0 END AS returned, 0 AS lines,
       gross, discount, tax, added, net, rounding, 0 AS cost
  FROM receipt
UNION ALL
SELECT shop_id, day, hour, till_id, cashier_id, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, cost
  FROM sale_line
UNION ALL
SELECT shop_id, day, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -difference
  FROM stock_ledger
 WHERE difference <> 0;

CREATE VIEW sale_payment_part AS
SELECT r.shop_id, r.day, r.till_id, r.cashier_id, p.kind, 1 AS payments, p.amount
  FROM receipt r
 CROSS JOIN receipt_payment p
 WHERE p.shop_id = r.shop_id AND p.till_id = r.till_id AND p.seq = r.seq;

CREATE VIEW sale_tax_part AS
SELECT r.shop_id, r.day, t.code, t.rate, t.inclusive, t.base, t.amount
  FROM receipt r
 CROSS JOIN receipt_tax t
 WHERE t.shop_id = r.shop_id AND t.till_id = r.till_id AND t.seq = r.seq;

CREATE VIEW sale_day_part AS
SELECT shop_id, day, coalesce(heard_at, 0) AS heard_at FROM receipt
UNION ALL
SELECT shop_id, day, 0 FROM stock_ledger WHERE difference <> 0;

-- --- what is there already -------------------------------------------------------------------------

INSERT INTO item_group (id, path)
SELECT row_number() OVER (ORDER BY category) + 1, category
  FROM (SELECT DISTINCT category FROM item WHERE category <> '') c;
UPDATE counter SET value = (SELECT max(id) FROM item_group) WHERE name = 'item-group';

-- A line or a row of the ledger is put into another group by `baraa rebuild`; all else of it is final.
DROP TRIGGER receipt_line_is_final;
UPDATE receipt_line SET group_id = (SELECT g.id FROM item i JOIN item_group g ON g.path = i.category
                                     WHERE i.id = receipt_line.item_id)
 WHERE item_id IN (SELECT id FROM item WHERE category <> '');
CREATE TRIGGER receipt_line_is_final BEFORE UPDATE OF
  shop_id, till_id, seq, line, item_id, code, name, unit, tax_code, quantity, price, gross, discount,
  tax, added, net, origin_line ON receipt_line
BEGIN SELECT RAISE (ABORT, 'receipt_line is final'); END;
DROP TRIGGER stock_ledger_is_final;
UPDATE stock_ledger
   SET group_id = coalesce((SELECT g.id FROM item i JOIN item_group g ON g.path = i.category
                             WHERE i.id = stock_ledger.item_id), 1)
 WHERE difference <> 0;
CREATE TRIGGER stock_ledger_is_final BEFORE UPDATE OF
  shop_id, id, item_id, at, day, kind, till_id, seq, line, document_id, quantity, value, place,
  corrects, reverses, fixed, counted, revalued, average, difference, document_line ON stock_ledger
BEGIN SELECT RAISE (ABORT, 'stock ledger is final'); END;

INSERT INTO sale_item
SELECT shop_id, day, item_id, group_id, other, sum(receipts), sum(quantity), sum(gross), sum(discount),
       sum(tax), sum(added), sum(net), sum(cost)
  FROM sale_item_part
 GROUP BY shop_id, day, item_id, group_id, other;
INSERT INTO sale_group
SELECT shop_id, day, group_id, sum(receipts), sum(quantity), sum(gross), sum(discount), sum(tax),
       sum(added), sum(net), sum(cost)
  FROM sale_group_part
 GROUP BY shop_id, day, group_id;
INSERT INTO sale_hour
SELECT shop_id, day, hour, till_id, cashier_id, sum(receipts), sum(returns), sum(returned), sum(lines),
       sum(gross), sum(discount), sum(tax), sum(added), sum(net), sum(rounding), sum(cost)
  FROM sale_hour_part
 GROUP BY shop_id, day, hour, till_id, cashier_id;
INSERT INTO sale_payment
SELECT shop_id, day, till_id, cashier_id, kind, sum(payments), sum(amount)
  FROM sale_payment_part
 GROUP BY shop_id, day, till_id, cashier_id, kind;
INSERT INTO sale_tax
SELECT shop_id, day, code, rate, inclusive, sum(base), sum(amount)
  FROM sale_tax_part
 GROUP BY shop_id, day, code, rate, inclusive;
INSERT INTO sale_day (shop_id, day, stamp, heard_at)
SELECT shop_id, day, 1, max(heard_at) FROM sale_day_part GROUP BY shop_id, day;
UPDATE counter SET value = 1 WHERE name = 'sale-stamp';

-- What cashiers did and where they stood stands in journals: `baraa migrate` reads them, once.
INSERT INTO setting (name, value) SELECT 'acts-untold', '1' WHERE EXISTS (SELECT 1 FROM journal);

-- What the page of today asks at every glance, among a million goods.
CREATE INDEX stock_balance_below ON stock_balance (shop_id, item_id) WHERE quantity < 0;
CREATE INDEX item_with_minimum ON item (id) WHERE minimum > 0 AND deleted = 0;
