-- SPDX-License-Identifier: GPL-3.0-or-later
-- Labels: their designs, what hangs on the shelves, and the scales that print their own.

CREATE TABLE label_design (
  id      INTEGER NOT NULL PRIMARY KEY,
  name    TEXT    NOT NULL CHECK (name <> ''),
  purpose TEXT    NOT NULL CHECK (purpose IN ('shelf', 'goods')),
  json    TEXT    NOT NULL, -- label_design_to_json()
  deleted INTEGER NOT NULL DEFAULT 0 CHECK (deleted IN (0, 1))
);
CREATE UNIQUE INDEX label_design_by_name ON label_design (name) WHERE deleted = 0;

-- Shelf tags as they were last printed: which price hangs there.
CREATE TABLE label_printed (
  shop_id BIGINT  NOT NULL,
  item_id INTEGER NOT NULL REFERENCES item (id),
  price   BIGINT, -- NULL: a tag without a price
  name    TEXT    NOT NULL, -- as on the tag
  at      BIGINT  NOT NULL,
  PRIMARY KEY (shop_id, item_id)
);

-- Printers and scales of the office, as till.conf names devices.
CREATE TABLE label_device (
  id      INTEGER NOT NULL PRIMARY KEY,
  shop_id BIGINT  NOT NULL,
  name    TEXT    NOT NULL CHECK (name <> ''),
  class   TEXT    NOT NULL CHECK (class IN ('label', 'plu', 'sheet')),
  device  TEXT    NOT NULL, -- "zpl@tcp:10.0.0.7:9100"; of a sheet: "cups:queue"
  options TEXT    NOT NULL DEFAULT '', -- "dpi=203 gap=2"
  deleted INTEGER NOT NULL DEFAULT 0 CHECK (deleted IN (0, 1))
);
-- What a label scale was last told of an item: the next load sends what differs.
CREATE TABLE plu_loaded (
  device_id INTEGER NOT NULL REFERENCES label_device (id),
  number    INTEGER NOT NULL,
  item_id   INTEGER NOT NULL,
  hash      TEXT    NOT NULL, -- of all that was sent
  at        BIGINT  NOT NULL,
  PRIMARY KEY (device_id, number)
);

INSERT INTO counter (name, value) VALUES ('label-design', 0), ('label-device', 0);
