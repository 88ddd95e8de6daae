-- SPDX-License-Identifier: GPL-3.0-or-later
-- What an office with a stockroom tells beside a name and a price. Most goods have no row in any of
-- these tables. Prices are those of this till's shop, worked out by the hub: a till looks up.

-- All goods are asked for anew: of those that are here only the old facts are known.
UPDATE revision SET value = 0;

CREATE TABLE fact (
  item           INTEGER PRIMARY KEY REFERENCES item ON DELETE CASCADE,
  kind           TEXT    NOT NULL, -- 'goods', 'kit', 'service'
  marked         INTEGER NOT NULL, -- each piece has a code of its own, where the state asks for it
  expires        INTEGER NOT NULL,
  serials        INTEGER NOT NULL, -- each piece is sold by its serial number
  shelf_life     INTEGER,          -- days
  tare           INTEGER,          -- millionths of a kilogram
  numbered       INTEGER NOT NULL, -- item.plu is a number that the office gave, and no article
  classification TEXT    NOT NULL  -- the tax office's code of the goods; '': none of their own
) STRICT;

-- The last day of sale of what is on the shelves. It comes by itself, also before its item does.
CREATE TABLE expiry (
  item       INTEGER PRIMARY KEY,
  sell_until INTEGER NOT NULL -- YYYYMMDD
) STRICT;

-- Of the rows of one item and kind the one with the latest first_at that is not in the future counts.
-- None, or an amount of NULL: of kind 1 it is item.price, and any other kind costs what kind 1 does.
CREATE TABLE price (
  item     INTEGER NOT NULL REFERENCES item ON DELETE CASCADE,
  kind     INTEGER NOT NULL,
  first_at INTEGER NOT NULL, -- UTC microseconds; 0: in force
  amount   INTEGER CHECK (amount >= 0),
  PRIMARY KEY (item, kind, first_at)
) STRICT, WITHOUT ROWID;

CREATE TABLE price_kind (
  id   INTEGER PRIMARY KEY,
  name TEXT NOT NULL
) STRICT;

-- Who pays which kind, and when. Of several that fit the one with the highest rank, then the smallest
-- id; none fits: kind 1.
CREATE TABLE price_rule (
  id             INTEGER PRIMARY KEY,
  kind           INTEGER NOT NULL,
  customer_group INTEGER,          -- NULL: everybody
  weekdays       INTEGER NOT NULL, -- bits: 1 Monday, 2 Tuesday, 4 …
  minute         INTEGER NOT NULL, -- of the shop's day, the first …
  until          INTEGER NOT NULL, -- … and the one after the last
  first_day      INTEGER NOT NULL, -- YYYYMMDD, both included
  last_day       INTEGER NOT NULL,
  rank           INTEGER NOT NULL
) STRICT;

CREATE TABLE customer (
  id             INTEGER PRIMARY KEY,
  code           TEXT    NOT NULL UNIQUE, -- of the card; of two that claim it, the one written last
  name           TEXT    NOT NULL,
  contact        TEXT    NOT NULL,
  customer_group INTEGER -- NULL: of none
) STRICT;

-- A code of a pack means so many units.
ALTER TABLE barcode ADD COLUMN factor INTEGER NOT NULL DEFAULT 1000000 CHECK (factor > 0); -- millionths
ALTER TABLE barcode ADD COLUMN pack_price INTEGER CHECK (pack_price >= 0); -- NULL: none of its own
