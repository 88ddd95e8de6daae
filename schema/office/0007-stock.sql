-- SPDX-License-Identifier: GPL-3.0-or-later
-- Stock documents, and a ledger that can be told something late. docs/stock.md has the rules.
--
-- Order of the ledger is by item, moment (at) and place. A row that belongs before others changes what
-- those cost, or what a count found: each of them whose effect is now another gets a row of kind
-- 'correction' with the difference, at the moment and place of the row it corrects. So rows are never
-- changed, sums up to any moment are right, and the same facts in whatever order give the same sums.

ALTER TABLE stock_ledger ADD COLUMN place BIGINT; -- id; of what corrects or reverses a row: that row's
ALTER TABLE stock_ledger ADD COLUMN corrects BIGINT; -- id of the row, NULL where it is none
ALTER TABLE stock_ledger ADD COLUMN reverses BIGINT; -- id of the row that it takes back
ALTER TABLE stock_ledger ADD COLUMN fixed BIGINT; -- what the document says that it is worth; NULL: as the ledger had it
ALTER TABLE stock_ledger ADD COLUMN counted BIGINT; -- of a count: what stood there
ALTER TABLE stock_ledger ADD COLUMN revalued BIGINT; -- of a revaluation: what one is worth now, millionths of a minor unit
-- After this row, millionths of a minor unit, NULL: not known. Of what corrects or reverses: the difference.
ALTER TABLE stock_ledger ADD COLUMN average BIGINT;
-- Part of value: what goods cost that were sold before they came in. Cost of sales, not of this delivery.
ALTER TABLE stock_ledger ADD COLUMN difference BIGINT NOT NULL DEFAULT 0;
ALTER TABLE stock_ledger ADD COLUMN document_line INTEGER;
DROP TRIGGER stock_ledger_is_final; -- only to give the rows that are there their place
UPDATE stock_ledger SET place = id, average = (SELECT b.average FROM stock_balance b
  WHERE b.shop_id = stock_ledger.shop_id AND b.item_id = stock_ledger.item_id);
CREATE TRIGGER stock_ledger_is_final BEFORE UPDATE ON stock_ledger
BEGIN SELECT RAISE (ABORT, 'stock ledger is final'); END;
-- With what sums up to a moment need, so that they read nothing else.
CREATE INDEX stock_ledger_by_item ON stock_ledger (shop_id, item_id, at, place, id, quantity, value);
CREATE INDEX stock_ledger_by_document ON stock_ledger (document_id) WHERE document_id IS NOT NULL;
CREATE INDEX stock_ledger_by_receipt ON stock_ledger (shop_id, till_id, seq) WHERE till_id IS NOT NULL;
-- Moment of the item's newest row. NULL: its rows were posted one after another as they came, before
-- there was an order; whoever posts the next one puts them right first.
ALTER TABLE stock_balance ADD COLUMN last_at BIGINT;
ALTER TABLE stock_balance ADD COLUMN first_average BIGINT; -- before its first row: the goods list's cost of then
UPDATE stock_balance SET first_average = average; -- it had only sales and returns, which change no average

-- Goods that came together and expire together.
CREATE TABLE batch (
  id      BIGINT  NOT NULL PRIMARY KEY,
  item_id INTEGER NOT NULL REFERENCES item (id),
  code    TEXT    NOT NULL, -- the maker's; '' where only the day is known
  expiry  INTEGER NOT NULL, -- YYYYMMDD, last day of sale; 99991231: none
  UNIQUE (item_id, code, expiry)
);
-- Which batches a row of the ledger took from or put into; what is left over is of no known batch.
CREATE TABLE batch_move (
  shop_id   BIGINT NOT NULL,
  ledger_id BIGINT NOT NULL,
  batch_id  BIGINT NOT NULL REFERENCES batch (id),
  quantity  BIGINT NOT NULL,
  PRIMARY KEY (shop_id, ledger_id, batch_id)
);
CREATE TABLE batch_balance (
  shop_id  BIGINT NOT NULL,
  item_id  BIGINT NOT NULL,
  batch_id BIGINT NOT NULL REFERENCES batch (id),
  quantity BIGINT NOT NULL CHECK (quantity >= 0),
  PRIMARY KEY (shop_id, item_id, batch_id)
);

-- What tills were told: the last day of sale of what a shop has of goods that are kept by day.
CREATE TABLE item_expiry (
  shop_id    BIGINT  NOT NULL,
  item_id    INTEGER NOT NULL REFERENCES item (id),
  sell_until INTEGER, -- YYYYMMDD; NULL: not known
  revision   BIGINT  NOT NULL,
  PRIMARY KEY (shop_id, item_id)
);
CREATE INDEX item_expiry_by_revision ON item_expiry (shop_id, revision);

CREATE TABLE supplier (
  id       INTEGER NOT NULL PRIMARY KEY,
  name     TEXT    NOT NULL CHECK (name <> ''),
  tin      TEXT    NOT NULL DEFAULT '', -- taxpayer's number
  contact  TEXT    NOT NULL DEFAULT '',
  days     INTEGER NOT NULL DEFAULT 0 CHECK (days >= 0), -- to pay in
  deleted  INTEGER NOT NULL DEFAULT 0 CHECK (deleted IN (0, 1))
);
CREATE UNIQUE INDEX supplier_by_name ON supplier (name) WHERE deleted = 0;
-- Under which code, in which pack and for how much a supplier has an item.
CREATE TABLE supplier_item (
  supplier_id INTEGER NOT NULL REFERENCES supplier (id),
  item_id     INTEGER NOT NULL REFERENCES item (id),
  code        TEXT    NOT NULL DEFAULT '',
  cost        BIGINT,
  PRIMARY KEY (supplier_id, item_id)
);
CREATE INDEX supplier_item_by_code ON supplier_item (supplier_id, code) WHERE code <> '';

-- Parts of a shop that are counted one by one.
CREATE TABLE zone (
  shop_id BIGINT  NOT NULL,
  id      INTEGER NOT NULL,
  name    TEXT    NOT NULL CHECK (name <> ''),
  sells   INTEGER NOT NULL CHECK (sells IN (0, 1)), -- tills sell out of it; one a shop is enough
  deleted INTEGER NOT NULL DEFAULT 0 CHECK (deleted IN (0, 1)),
  PRIMARY KEY (shop_id, id)
);

CREATE TABLE document (
  id          BIGINT  NOT NULL PRIMARY KEY,
  shop_id     BIGINT  NOT NULL REFERENCES shop (id),
  kind        TEXT    NOT NULL CHECK (kind IN ('order', 'delivery', 'supplier-return', 'transfer', 'arrival',
                'write-off', 'count', 'revaluation', 'opening', 'production')),
  number      TEXT    NOT NULL UNIQUE, -- ours: 'D-000123'
  state       TEXT    NOT NULL CHECK (state IN ('draft', 'posted', 'reversed')),
  at          BIGINT, -- the moment it speaks of; NULL: that of its posting
  supplier_id INTEGER REFERENCES supplier (id),
  other_shop  BIGINT REFERENCES shop (id), -- of a transfer: where it goes; of an arrival: where it came from
  origin_id   BIGINT REFERENCES document (id), -- the order of a delivery, the transfer of an arrival
  reference   TEXT    NOT NULL DEFAULT '', -- number of the supplier's paper
  reason      TEXT    NOT NULL DEFAULT '', -- of a write-off: 'damaged', 'expired', 'stolen', 'own-use', 'other'
  scope       TEXT    NOT NULL DEFAULT '', -- of a count: '' everything, 'zone', 'group'
  subject     TEXT    NOT NULL DEFAULT '', -- of a count: the group's path
  blind       INTEGER NOT NULL DEFAULT 0 CHECK (blind IN (0, 1)), -- who counts or receives sees no expected figures
  note        TEXT    NOT NULL DEFAULT '',
  key         TEXT    UNIQUE, -- whoever hands it in twice names the same key, and it is in once
  revision    BIGINT  NOT NULL, -- grows with every change: two people at one document
  head_revision BIGINT NOT NULL DEFAULT 1, -- of the head alone: who changes lines stands in nobody's way
  created_at  BIGINT  NOT NULL,
  created_by  INTEGER NOT NULL,
  posted_at   BIGINT,
  posted_by   INTEGER,
  reversed_at BIGINT,
  reversed_by INTEGER,
  CHECK ((state = 'draft') = (posted_at IS NULL))
);
CREATE INDEX document_by_time ON document (shop_id, kind, created_at);
CREATE INDEX document_by_state ON document (shop_id, state, kind);
CREATE INDEX document_by_origin ON document (origin_id) WHERE origin_id IS NOT NULL;
CREATE INDEX document_by_supplier ON document (supplier_id) WHERE supplier_id IS NOT NULL;

CREATE TABLE document_line (
  document_id BIGINT  NOT NULL REFERENCES document (id),
  line        INTEGER NOT NULL, -- from 1, gaps where lines were taken out
  item_id     INTEGER NOT NULL REFERENCES item (id),
  quantity    BIGINT  NOT NULL, -- in the item's unit; of a production: below zero is a component
  expected    BIGINT, -- by the order or the delivery note; of a count: by the ledger, when it was posted
  pack_id     INTEGER REFERENCES pack (id), -- in which packs people entered it; NULL: single
  cost        BIGINT, -- of all of the line, minor units; NULL: not said. Of a revaluation: of one unit
  batch       TEXT    NOT NULL DEFAULT '',
  expiry      INTEGER, -- YYYYMMDD
  instead_of  INTEGER REFERENCES item (id), -- of a delivery: came in place of this one
  reason      TEXT    NOT NULL DEFAULT '',
  price       BIGINT, -- of a delivery: the new retail price, set when it is posted
  person_id   INTEGER NOT NULL DEFAULT 0, -- who entered it last
  at          BIGINT, -- when
  PRIMARY KEY (document_id, line)
);
CREATE INDEX document_line_by_item ON document_line (item_id, document_id);
CREATE TABLE document_serial (
  document_id BIGINT  NOT NULL,
  line        INTEGER NOT NULL,
  serial      TEXT    NOT NULL,
  PRIMARY KEY (document_id, line, serial),
  FOREIGN KEY (document_id, line) REFERENCES document_line (document_id, line) ON DELETE CASCADE
);

-- What a delivery changed in the list of goods, to be put back when it is reversed.
CREATE TABLE document_cost (
  document_id BIGINT  NOT NULL REFERENCES document (id),
  item_id     INTEGER NOT NULL REFERENCES item (id),
  had         BIGINT, -- item.cost before; NULL: it had none
  told        BIGINT  NOT NULL,
  PRIMARY KEY (document_id, item_id)
);

-- What people found on the shelf: a row a zone, item, pass and counter.
CREATE TABLE count_entry (
  document_id BIGINT  NOT NULL REFERENCES document (id),
  zone_id     INTEGER NOT NULL, -- 0: the shop as a whole
  item_id     INTEGER NOT NULL REFERENCES item (id),
  pass        INTEGER NOT NULL CHECK (pass >= 1), -- 2 and on: counted once more, and then the last one counts
  person_id   INTEGER NOT NULL,
  quantity    BIGINT  NOT NULL CHECK (quantity >= 0),
  at          BIGINT  NOT NULL, -- when the shelf stood so: its last scan
  PRIMARY KEY (document_id, zone_id, item_id, pass, person_id)
);
CREATE INDEX count_entry_by_item ON count_entry (item_id, document_id);

-- What goes into a thing that is made or put together. One recipe an item and first day.
CREATE TABLE recipe (
  id        INTEGER NOT NULL PRIMARY KEY,
  item_id   INTEGER NOT NULL REFERENCES item (id),
  first_day INTEGER NOT NULL, -- YYYYMMDD, 0 from the beginning
  yield     BIGINT  NOT NULL CHECK (yield > 0), -- how much of the item comes out
  deleted   INTEGER NOT NULL DEFAULT 0 CHECK (deleted IN (0, 1))
);
CREATE UNIQUE INDEX recipe_by_item ON recipe (item_id, first_day) WHERE deleted = 0;
CREATE TABLE recipe_line (
  recipe_id INTEGER NOT NULL REFERENCES recipe (id),
  line      INTEGER NOT NULL,
  item_id   INTEGER NOT NULL REFERENCES item (id),
  quantity  BIGINT  NOT NULL CHECK (quantity > 0), -- that goes in, before loss
  loss      INTEGER NOT NULL DEFAULT 0 CHECK (loss BETWEEN 0 AND 9999), -- hundredths of a percent lost on the way
  PRIMARY KEY (recipe_id, line)
);
CREATE INDEX recipe_line_by_item ON recipe_line (item_id);

INSERT INTO counter (name, value) VALUES
  ('document', 0), ('batch', 0), ('supplier', 0), ('recipe', 0);

CREATE TRIGGER batch_move_is_final BEFORE UPDATE ON batch_move
BEGIN SELECT RAISE (ABORT, 'stock ledger is final'); END;
CREATE TRIGGER batch_move_is_kept BEFORE DELETE ON batch_move
BEGIN SELECT RAISE (ABORT, 'stock ledger is final'); END;
CREATE TRIGGER document_is_kept BEFORE DELETE ON document WHEN old.state <> 'draft'
BEGIN SELECT RAISE (ABORT, 'a posted document is final'); END;
CREATE TRIGGER document_is_final BEFORE UPDATE ON document
  WHEN old.state = 'reversed' OR (old.state = 'posted' AND new.state <> 'reversed')
BEGIN SELECT RAISE (ABORT, 'a posted document is final'); END;
CREATE TRIGGER document_line_is_kept BEFORE DELETE ON document_line
  WHEN (SELECT state FROM document WHERE id = old.document_id) <> 'draft'
BEGIN SELECT RAISE (ABORT, 'a posted document is final'); END;
CREATE TRIGGER document_line_is_final BEFORE UPDATE ON document_line
  WHEN (SELECT state FROM document WHERE id = old.document_id) <> 'draft'
BEGIN SELECT RAISE (ABORT, 'a posted document is final'); END;
CREATE TRIGGER document_line_is_closed BEFORE INSERT ON document_line
  WHEN (SELECT state FROM document WHERE id = new.document_id) <> 'draft'
BEGIN SELECT RAISE (ABORT, 'a posted document is final'); END;
CREATE TRIGGER count_entry_is_kept BEFORE DELETE ON count_entry
  WHEN (SELECT state FROM document WHERE id = old.document_id) <> 'draft'
BEGIN SELECT RAISE (ABORT, 'a posted document is final'); END;
CREATE TRIGGER count_entry_is_final BEFORE UPDATE ON count_entry
  WHEN (SELECT state FROM document WHERE id = old.document_id) <> 'draft'
BEGIN SELECT RAISE (ABORT, 'a posted document is final'); END;
CREATE TRIGGER count_entry_is_closed BEFORE INSERT ON count_entry
  WHEN (SELECT state FROM document WHERE id = new.document_id) <> 'draft'
BEGIN SELECT RAISE (ABORT, 'a posted document is final'); END;
