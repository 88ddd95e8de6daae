-- SPDX-License-Identifier: GPL-3.0-or-later
-- Buying: when and how much is ordered from whom, what it costs there, and what is owed.
-- Amounts are minor units of the shop's currency, quantities millionths of the item's unit.

ALTER TABLE supplier ADD COLUMN lead_days INTEGER NOT NULL DEFAULT 1
  CHECK (lead_days BETWEEN 0 AND 365); -- from the order to the delivery
ALTER TABLE supplier ADD COLUMN review_days INTEGER NOT NULL DEFAULT 7
  CHECK (review_days BETWEEN 1 AND 365); -- from one order to the next
ALTER TABLE supplier ADD COLUMN least_order BIGINT CHECK (least_order > 0); -- he takes no smaller one; NULL: any
ALTER TABLE supplier ADD COLUMN phone TEXT NOT NULL DEFAULT '';
ALTER TABLE supplier ADD COLUMN email TEXT NOT NULL DEFAULT '';
ALTER TABLE supplier ADD COLUMN terms TEXT NOT NULL DEFAULT ''; -- as agreed, in words

-- supplier_item.cost is what one unit cost when it was last heard of; of several days supplier_price
-- knows better.
ALTER TABLE supplier_item ADD COLUMN pack_id INTEGER REFERENCES pack (id); -- ordered in these …
ALTER TABLE supplier_item ADD COLUMN factor BIGINT CHECK (factor > 0); -- … of so many units; NULL: single
ALTER TABLE supplier_item ADD COLUMN least BIGINT CHECK (least > 0); -- he sells no less; NULL: any
ALTER TABLE supplier_item ADD COLUMN usual INTEGER NOT NULL DEFAULT 0 CHECK (usual IN (0, 1));
-- An item is usually bought from one. Where nobody has said so: from whom it came last.
CREATE UNIQUE INDEX supplier_item_usual ON supplier_item (item_id) WHERE usual = 1;
CREATE INDEX supplier_item_by_item ON supplier_item (item_id);

-- What one unit costs from a day on. Of several rows of a day the newest counts.
CREATE TABLE supplier_price (
  id          BIGINT  NOT NULL PRIMARY KEY,
  supplier_id INTEGER NOT NULL REFERENCES supplier (id),
  item_id     INTEGER NOT NULL REFERENCES item (id),
  cost        BIGINT  NOT NULL CHECK (cost >= 0),
  first_day   INTEGER NOT NULL, -- YYYYMMDD
  at          BIGINT  NOT NULL, -- when the office heard of it
  person_id   INTEGER NOT NULL, -- 0: the command line
  how         TEXT    NOT NULL CHECK (how IN ('list', 'hand', 'delivery'))
);
CREATE INDEX supplier_price_by_item ON supplier_price (supplier_id, item_id, first_day, id, cost);
CREATE INDEX supplier_price_by_day ON supplier_price (first_day);
CREATE TRIGGER supplier_price_is_final BEFORE UPDATE ON supplier_price
BEGIN SELECT RAISE (ABORT, 'supplier_price is final'); END;
CREATE TRIGGER supplier_price_is_kept BEFORE DELETE ON supplier_price
BEGIN SELECT RAISE (ABORT, 'supplier_price is final'); END;

-- What was owed before the office began, or beside any delivery. Below zero: they owe us.
CREATE TABLE supplier_debt (
  id          BIGINT  NOT NULL PRIMARY KEY,
  supplier_id INTEGER NOT NULL REFERENCES supplier (id),
  shop_id     BIGINT  NOT NULL REFERENCES shop (id),
  day         INTEGER NOT NULL, -- YYYYMMDD
  due         INTEGER NOT NULL,
  amount      BIGINT  NOT NULL CHECK (amount <> 0),
  note        TEXT    NOT NULL,
  at          BIGINT  NOT NULL,
  person_id   INTEGER NOT NULL
);
CREATE INDEX supplier_debt_by_supplier ON supplier_debt (supplier_id);
CREATE TRIGGER supplier_debt_is_final BEFORE UPDATE ON supplier_debt
BEGIN SELECT RAISE (ABORT, 'supplier_debt is final'); END;
CREATE TRIGGER supplier_debt_is_kept BEFORE DELETE ON supplier_debt
BEGIN SELECT RAISE (ABORT, 'supplier_debt is final'); END;

INSERT INTO counter (name, value) VALUES ('supplier-price', 0), ('supplier-debt', 0);
