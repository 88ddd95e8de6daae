-- SPDX-License-Identifier: GPL-3.0-or-later
-- Prices beyond the one that stands in item.price. Minor units of the shop's currency.
--
-- item.price is what an item costs now at kind 1 ('retail') in every shop that has no price of its
-- own. The table price holds all the others that people set: of other kinds, of one shop, of a time to
-- come. Of several rows of one item, kind and shop the one with the latest first_at that is not in
-- the future counts; a row of the shop goes before one of all shops. Prices that follow from others
-- (basis 'cost', 'kind') stand nowhere: they are worked out when they are asked for.

CREATE TABLE price_kind (
  id       INTEGER NOT NULL PRIMARY KEY,
  name     TEXT    NOT NULL CHECK (name <> ''),
  basis    TEXT    NOT NULL CHECK (basis IN ('hand', 'cost', 'kind')), -- set by hand; or percent on top of
  of_kind  INTEGER REFERENCES price_kind (id), -- … this kind
  percent  INTEGER NOT NULL DEFAULT 0, -- hundredths of a percent; below zero: less
  step     BIGINT  NOT NULL DEFAULT 1 CHECK (step > 0), -- rounded to a multiple of this …
  less     BIGINT  NOT NULL DEFAULT 0 CHECK (less >= 0), -- … less this: 100 and 1 give 199, 299
  revision BIGINT  NOT NULL,
  deleted  INTEGER NOT NULL DEFAULT 0 CHECK (deleted IN (0, 1)),
  CHECK ((basis = 'kind') = (of_kind IS NOT NULL)),
  CHECK (less < step OR less = 0)
);
CREATE UNIQUE INDEX price_kind_by_name ON price_kind (name) WHERE deleted = 0;
INSERT INTO price_kind (id, name, basis, revision) VALUES (1, 'retail', 'hand', 0);

CREATE TABLE price (
  item_id  INTEGER NOT NULL REFERENCES item (id),
  kind_id  INTEGER NOT NULL REFERENCES price_kind (id),
  shop_id  BIGINT  NOT NULL, -- 0: all shops
  first_at BIGINT  NOT NULL, -- UTC microseconds; 0: from the beginning
  amount   BIGINT  CHECK (amount >= 0), -- NULL: from then on this row's kind and shop has no price of its own
  PRIMARY KEY (item_id, kind_id, shop_id, first_at)
);
-- Those whose minute is to come; once it has come, first_at becomes 0.
CREATE INDEX price_by_time ON price (first_at, item_id) WHERE first_at > 0;
CREATE INDEX price_by_kind ON price (kind_id);

-- Every change of a price, and who made it. Kept for ever.
CREATE TABLE price_change (
  id        BIGINT  NOT NULL PRIMARY KEY,
  at        BIGINT  NOT NULL,
  person_id INTEGER NOT NULL, -- 0: the command line
  item_id   INTEGER NOT NULL,
  kind_id   INTEGER NOT NULL,
  shop_id   BIGINT  NOT NULL,
  first_at  BIGINT  NOT NULL, -- when it takes effect; 0: at once
  before    BIGINT,
  after     BIGINT,
  how       TEXT    NOT NULL -- 'hand', 'import', 'edit', 'derived', 'undo', 'receiving', 'due', 'cancel'
);
CREATE INDEX price_change_by_item ON price_change (item_id, id);
CREATE TRIGGER price_change_is_final BEFORE UPDATE ON price_change
BEGIN SELECT RAISE (ABORT, 'price_change is final'); END;
CREATE TRIGGER price_change_is_kept BEFORE DELETE ON price_change
BEGIN SELECT RAISE (ABORT, 'price_change is final'); END;

CREATE TABLE customer_group (
  id       INTEGER NOT NULL PRIMARY KEY,
  name     TEXT    NOT NULL CHECK (name <> ''),
  revision BIGINT  NOT NULL,
  deleted  INTEGER NOT NULL DEFAULT 0 CHECK (deleted IN (0, 1))
);
CREATE UNIQUE INDEX customer_group_by_name ON customer_group (name) WHERE deleted = 0;
CREATE TABLE customer (
  id       INTEGER NOT NULL PRIMARY KEY,
  code     TEXT    NOT NULL, -- of the card, as scanned
  name     TEXT    NOT NULL,
  contact  TEXT    NOT NULL DEFAULT '', -- phone or e-mail
  folded   TEXT    NOT NULL DEFAULT '', -- name as people search it, a line feed, then contact
  group_id INTEGER REFERENCES customer_group (id),
  revision BIGINT  NOT NULL,
  deleted  INTEGER NOT NULL DEFAULT 0 CHECK (deleted IN (0, 1))
);
CREATE UNIQUE INDEX customer_by_code ON customer (code) WHERE deleted = 0;
CREATE INDEX customer_by_revision ON customer (revision);

-- Who pays which kind of price, where and when. Of several that fit, the one with the highest rank;
-- none fits: kind 1.
CREATE TABLE price_rule (
  id        INTEGER NOT NULL PRIMARY KEY,
  kind_id   INTEGER NOT NULL REFERENCES price_kind (id),
  shop_id   BIGINT  NOT NULL, -- 0: all
  group_id  INTEGER REFERENCES customer_group (id), -- NULL: everybody
  weekdays  INTEGER NOT NULL DEFAULT 127 CHECK (weekdays BETWEEN 1 AND 127), -- 1 Monday, 2 Tuesday, 4 …
  minute    INTEGER NOT NULL DEFAULT 0 CHECK (minute BETWEEN 0 AND 1439), -- of the shop's day, first …
  until     INTEGER NOT NULL DEFAULT 1440 CHECK (until BETWEEN 1 AND 1440), -- … and the one after the last
  first_day INTEGER NOT NULL DEFAULT 0, -- YYYYMMDD, both included
  last_day  INTEGER NOT NULL DEFAULT 99991231,
  rank      INTEGER NOT NULL DEFAULT 0,
  revision  BIGINT  NOT NULL,
  deleted   INTEGER NOT NULL DEFAULT 0 CHECK (deleted IN (0, 1)),
  CHECK (until > minute)
);

INSERT INTO counter (name, value) VALUES
  ('price-kind', 1), ('price-change', 0), ('price-rule', 0), ('customer-group', 0), ('customer', 0);
