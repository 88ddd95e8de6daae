-- SPDX-License-Identifier: GPL-3.0-or-later
-- What the office itself keeps: goods, people, shops, tills. Standard SQL, so that PostgreSQL takes
-- it as it stands: no rowids, no AUTOINCREMENT, flags are 0 and 1. Amounts are minor units of the
-- shop's currency, times UTC microseconds, days YYYYMMDD.

CREATE TABLE setting (
  name  TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
);

-- Numbers that only grow, taken inside the transaction that uses them: whoever takes one holds the
-- row until the commit, so the order of numbers is the order of commits. 'revision' marks every
-- row that tills hear of; the others number what the office creates.
CREATE TABLE counter (
  name  TEXT   NOT NULL PRIMARY KEY,
  value BIGINT NOT NULL
);
INSERT INTO counter (name, value) VALUES
  ('revision', 0), ('item', 0), ('person', 0), ('shop', 0), ('till', 0), ('audit', 0);

CREATE TABLE shop (
  id       INTEGER NOT NULL PRIMARY KEY,
  name     TEXT    NOT NULL UNIQUE CHECK (name <> ''),
  country  TEXT    NOT NULL,
  currency INTEGER NOT NULL,
  timezone TEXT    NOT NULL,
  revision BIGINT  NOT NULL
);

CREATE TABLE tax_group (
  id       INTEGER NOT NULL PRIMARY KEY,
  code     TEXT    NOT NULL UNIQUE,
  name     TEXT    NOT NULL,
  usual    INTEGER NOT NULL CHECK (usual IN (0, 1)), -- what goods get that name none
  revision BIGINT  NOT NULL
);

CREATE TABLE tax_rate (
  group_id  INTEGER NOT NULL REFERENCES tax_group (id),
  code      TEXT    NOT NULL,
  first_day INTEGER NOT NULL, -- YYYYMMDD, 0 from the beginning
  rate      INTEGER NOT NULL CHECK (rate BETWEEN 0 AND 100000), -- hundredths of a percent
  inclusive INTEGER NOT NULL CHECK (inclusive IN (0, 1)),
  fiscal    TEXT    NOT NULL CHECK (fiscal IN ('none', 'standard', 'reduced', 'zero', 'other')),
  PRIMARY KEY (group_id, code, first_day)
);

CREATE TABLE item (
  id        INTEGER NOT NULL PRIMARY KEY,
  article   TEXT    NOT NULL DEFAULT '',
  name      TEXT    NOT NULL CHECK (name <> ''),
  folded    TEXT    NOT NULL, -- name as people search it, a line feed, then article and brand
  category  TEXT    NOT NULL DEFAULT '', -- a path with /
  brand     TEXT    NOT NULL DEFAULT '',
  unit      TEXT    NOT NULL DEFAULT 'pcs',
  weighed   INTEGER NOT NULL DEFAULT 0 CHECK (weighed IN (0, 1)),
  price     BIGINT  CHECK (price >= 0), -- NULL: not set, and the till asks
  cost      BIGINT  CHECK (cost >= 0),
  tax_group INTEGER NOT NULL REFERENCES tax_group (id),
  revision  BIGINT  NOT NULL,
  deleted   INTEGER NOT NULL DEFAULT 0 CHECK (deleted IN (0, 1))
);
CREATE UNIQUE INDEX item_by_revision ON item (revision);
CREATE UNIQUE INDEX item_by_article ON item (article) WHERE article <> '' AND deleted = 0;
-- The orders a list of goods can be shown in.
CREATE INDEX item_by_name ON item (folded, id) WHERE deleted = 0;
CREATE INDEX item_by_category ON item (category, folded, id) WHERE deleted = 0;
CREATE INDEX item_by_price ON item (price, id) WHERE deleted = 0;

CREATE TABLE barcode (
  key     TEXT    NOT NULL PRIMARY KEY, -- barcode_dup_key(): what goods are looked up by
  code    TEXT    NOT NULL,             -- as printed
  item_id INTEGER NOT NULL REFERENCES item (id)
);
CREATE INDEX barcode_by_item ON barcode (item_id);

CREATE TABLE person (
  id       INTEGER NOT NULL PRIMARY KEY,
  name     TEXT    NOT NULL CHECK (name <> ''),
  role     TEXT    NOT NULL CHECK (role IN ('cashier', 'senior', 'stock', 'manager', 'admin')),
  pin_hash TEXT    NOT NULL,
  revision BIGINT  NOT NULL,
  deleted  INTEGER NOT NULL DEFAULT 0 CHECK (deleted IN (0, 1))
);
CREATE UNIQUE INDEX person_by_name ON person (name) WHERE deleted = 0;

-- Codes and tokens are kept as SHA-256 in hex: whoever copies the file can enrol nothing.
CREATE TABLE till (
  shop_id     INTEGER NOT NULL REFERENCES shop (id),
  id          INTEGER NOT NULL UNIQUE,
  name        TEXT    NOT NULL CHECK (name <> ''),
  code_hash   TEXT    UNIQUE, -- of the enrolment code; NULL once it is used
  token_hash  TEXT    UNIQUE, -- NULL until enrolled
  next_number BIGINT  NOT NULL DEFAULT 1, -- of the journal
  last_hash   TEXT    NOT NULL
    DEFAULT '0000000000000000000000000000000000000000000000000000000000000000',
  enrolled_at BIGINT,
  seen_at     BIGINT,
  PRIMARY KEY (shop_id, id),
  UNIQUE (shop_id, name)
);

-- Who did what in the office. Kept for ever.
CREATE TABLE audit (
  id        BIGINT  NOT NULL PRIMARY KEY,
  at        BIGINT  NOT NULL,
  person_id INTEGER NOT NULL, -- 0: the command line
  action    TEXT    NOT NULL, -- 'person-add', 'till-add', 'import'
  subject   TEXT    NOT NULL,
  detail    TEXT    NOT NULL DEFAULT ''
);
