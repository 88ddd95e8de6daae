-- SPDX-License-Identifier: GPL-3.0-or-later
-- The goods file: what a till sells from. The hub writes a whole one, the till applies changes.

CREATE TABLE revision (value INTEGER NOT NULL) STRICT; -- one row
INSERT INTO revision VALUES (0);

CREATE TABLE shop ( -- one row
  id       INTEGER PRIMARY KEY,
  name     TEXT NOT NULL,
  country  TEXT NOT NULL,
  currency INTEGER NOT NULL, -- ISO 4217 number
  timezone TEXT NOT NULL
) STRICT;

CREATE TABLE tax_group (
  id   INTEGER PRIMARY KEY,
  code TEXT NOT NULL
) STRICT;

CREATE TABLE tax_rate (
  tax_group INTEGER NOT NULL REFERENCES tax_group ON DELETE CASCADE,
  code      TEXT NOT NULL,
  rate      INTEGER NOT NULL CHECK (rate BETWEEN 0 AND 1000000), -- hundredths of a percent
  inclusive INTEGER NOT NULL,
  first_day INTEGER NOT NULL, -- YYYYMMDD, 0 from the beginning
  fiscal    INTEGER NOT NULL, -- FiscalTax of core/tax.h
  PRIMARY KEY (tax_group, code, first_day)
) STRICT, WITHOUT ROWID;

CREATE TABLE person (
  id       INTEGER PRIMARY KEY,
  name     TEXT NOT NULL,
  role     TEXT NOT NULL,
  pin_hash TEXT NOT NULL
) STRICT;

CREATE TABLE item (
  id        INTEGER PRIMARY KEY,
  article   TEXT,
  name      TEXT NOT NULL,
  category  TEXT,
  brand     TEXT,
  unit      INTEGER NOT NULL, -- Unit of core/quantity.h
  weighed   INTEGER NOT NULL,
  price     INTEGER CHECK (price >= 0), -- minor units; NULL: not set
  tax_group INTEGER NOT NULL REFERENCES tax_group,
  plu       INTEGER,      -- the article as a number, for codes of in-store labels
  words     TEXT NOT NULL -- name, article and brand folded, as search sees them
) STRICT;
CREATE INDEX item_by_article ON item (article) WHERE article IS NOT NULL;
CREATE INDEX item_by_plu ON item (plu) WHERE plu IS NOT NULL;

-- A code belongs to one item: of two that claim it, the one written last.
CREATE TABLE barcode (
  key      TEXT NOT NULL PRIMARY KEY, -- barcode_dup_key()
  item     INTEGER NOT NULL REFERENCES item ON DELETE CASCADE,
  position INTEGER NOT NULL, -- among the item's, as the office lists them
  code     TEXT NOT NULL     -- as printed
) STRICT, WITHOUT ROWID;
CREATE INDEX barcode_by_item ON barcode (item, position);

-- Words only, no positions: prefixes and "all of these", in row order.
CREATE VIRTUAL TABLE search USING fts5 (
  words, content = 'item', content_rowid = 'id', detail = none, columnsize = 0,
  prefix = '1 2 3', tokenize = 'unicode61 remove_diacritics 0'
);
CREATE TRIGGER item_is_found AFTER INSERT ON item
BEGIN INSERT INTO search (rowid, words) VALUES (new.id, new.words); END;
CREATE TRIGGER item_is_lost AFTER DELETE ON item
BEGIN INSERT INTO search (search, rowid, words) VALUES ('delete', old.id, old.words); END;
CREATE TRIGGER item_is_renamed AFTER UPDATE OF words ON item WHEN old.words <> new.words
BEGIN
  INSERT INTO search (search, rowid, words) VALUES ('delete', old.id, old.words);
  INSERT INTO search (rowid, words) VALUES (new.id, new.words);
END;
