-- SPDX-License-Identifier: GPL-3.0-or-later
-- What goods are besides a name and a price: packs, variants, batches, serial numbers, pictures; and
-- how a change of many of them is undone. Quantities are millionths of the item's unit.

ALTER TABLE item ADD COLUMN kind TEXT NOT NULL DEFAULT 'goods'
  CHECK (kind IN ('goods', 'kit', 'service')); -- a kit's components leave stock when it is sold
ALTER TABLE item ADD COLUMN plu INTEGER;       -- its number on scales and in weight barcodes
ALTER TABLE item ADD COLUMN marked INTEGER NOT NULL DEFAULT 0 CHECK (marked IN (0, 1));
ALTER TABLE item ADD COLUMN expires INTEGER NOT NULL DEFAULT 0 CHECK (expires IN (0, 1)); -- kept by batch and day
ALTER TABLE item ADD COLUMN serials INTEGER NOT NULL DEFAULT 0 CHECK (serials IN (0, 1));
ALTER TABLE item ADD COLUMN shelf_life INTEGER; -- days; NULL: not known
ALTER TABLE item ADD COLUMN tare BIGINT;        -- of its wrapping, millionths of a kilogram
ALTER TABLE item ADD COLUMN classification TEXT NOT NULL DEFAULT ''; -- the tax office's code of the goods
ALTER TABLE item ADD COLUMN minimum BIGINT;     -- on the shelf; less is to be ordered
ALTER TABLE item ADD COLUMN note TEXT NOT NULL DEFAULT '';
-- One family is one model of goods in several sizes and colours: each variant an item of its own.
ALTER TABLE item ADD COLUMN family_id INTEGER;
ALTER TABLE item ADD COLUMN variant_first TEXT NOT NULL DEFAULT '';  -- 'M'
ALTER TABLE item ADD COLUMN variant_second TEXT NOT NULL DEFAULT ''; -- 'red'
CREATE UNIQUE INDEX item_by_plu ON item (plu) WHERE plu IS NOT NULL AND deleted = 0;
CREATE INDEX item_by_family ON item (family_id) WHERE family_id IS NOT NULL;

CREATE TABLE family (
  id     INTEGER NOT NULL PRIMARY KEY,
  name   TEXT    NOT NULL CHECK (name <> ''),
  first  TEXT    NOT NULL, -- what varies: 'Size'
  second TEXT    NOT NULL  -- 'Colour'; '' where only one thing varies
);

-- A box, a crate, a sleeve: so many of the item's units under a barcode of its own. Documents name
-- packs, so none is ever removed and its factor stays: another factor is another pack.
CREATE TABLE pack (
  id      INTEGER NOT NULL PRIMARY KEY,
  item_id INTEGER NOT NULL REFERENCES item (id),
  name    TEXT    NOT NULL CHECK (name <> ''),
  factor  BIGINT  NOT NULL CHECK (factor > 0),
  price   BIGINT  CHECK (price >= 0), -- of the whole pack; NULL: factor times the item's
  deleted INTEGER NOT NULL DEFAULT 0 CHECK (deleted IN (0, 1))
);
CREATE UNIQUE INDEX pack_by_item ON pack (item_id, name) WHERE deleted = 0;
ALTER TABLE barcode ADD COLUMN pack_id INTEGER REFERENCES pack (id); -- NULL: one unit

CREATE TABLE picture (
  item_id INTEGER NOT NULL PRIMARY KEY REFERENCES item (id),
  type    TEXT    NOT NULL CHECK (type IN ('image/png', 'image/jpeg')),
  data    BLOB    NOT NULL
);

-- Where each numbered piece is and was.
CREATE TABLE serial (
  item_id INTEGER NOT NULL REFERENCES item (id),
  serial  TEXT    NOT NULL,
  shop_id BIGINT  NOT NULL,
  state   TEXT    NOT NULL CHECK (state IN ('here', 'sold', 'gone', 'on-the-way')),
  PRIMARY KEY (item_id, serial)
);
CREATE TABLE serial_event (
  item_id     INTEGER NOT NULL,
  serial      TEXT    NOT NULL,
  id          BIGINT  NOT NULL,
  at          BIGINT  NOT NULL,
  state       TEXT    NOT NULL,
  document_id BIGINT, -- what moved it: a document …
  till_id     BIGINT, -- … or a receipt
  seq         BIGINT,
  PRIMARY KEY (item_id, serial, id)
);

-- A change of many goods at once (an import, a bulk edit), and each of them as it was. All of it is
-- one transaction, so whatever has a greater revision than the set has been changed since.
CREATE TABLE change_set (
  id         BIGINT  NOT NULL PRIMARY KEY,
  at         BIGINT  NOT NULL,
  person_id  INTEGER NOT NULL, -- 0: the command line
  what       TEXT    NOT NULL, -- 'import', 'edit'
  subject    TEXT    NOT NULL, -- the file; the field
  n          BIGINT  NOT NULL, -- of goods
  first_item INTEGER, -- new goods are first_item to last_item; NULL: none are new
  last_item  INTEGER,
  revision   BIGINT  NOT NULL, -- the greatest that it gave
  undone_at  BIGINT
);
CREATE TABLE change_row (
  set_id   BIGINT  NOT NULL REFERENCES change_set (id),
  item_id  INTEGER NOT NULL,
  before   TEXT    NOT NULL, -- JSON of what was other
  PRIMARY KEY (set_id, item_id)
);

INSERT INTO counter (name, value) VALUES
  ('family', 0), ('pack', 0), ('change-set', 0), ('serial-event', 0), ('in-store', 0), ('plu', 0);

-- What a role may do where it differs from what such roles usually may (people/rights.h).
CREATE TABLE role_right (
  role    TEXT    NOT NULL,
  name    TEXT    NOT NULL,
  allowed INTEGER NOT NULL CHECK (allowed IN (0, 1)),
  PRIMARY KEY (role, name)
);
-- What was before and after, as JSON objects of what changed.
ALTER TABLE audit ADD COLUMN before TEXT;
ALTER TABLE audit ADD COLUMN after TEXT;
CREATE INDEX audit_by_subject ON audit (action, subject);
CREATE TRIGGER audit_is_final BEFORE UPDATE ON audit
BEGIN SELECT RAISE (ABORT, 'audit is final'); END;
CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit
BEGIN SELECT RAISE (ABORT, 'audit is final'); END;
