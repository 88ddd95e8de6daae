-- SPDX-License-Identifier: GPL-3.0-or-later
-- Badges, and what roles may do at a till where that is not the usual (core/till_right.h).

-- People, rights and the shop are asked for anew.
UPDATE revision SET value = 0;

ALTER TABLE person ADD COLUMN card_hash TEXT; -- SHA-256 in hex of the code on the badge; NULL: none
CREATE INDEX person_by_card ON person (card_hash) WHERE card_hash IS NOT NULL;

CREATE TABLE role_right (
  role    TEXT    NOT NULL,
  name    TEXT    NOT NULL, -- 'till-price'
  allowed INTEGER NOT NULL,
  PRIMARY KEY (role, name)
) STRICT, WITHOUT ROWID;

-- 1: who shows a badge types their PIN as well.
ALTER TABLE shop ADD COLUMN card_pin INTEGER NOT NULL DEFAULT 0;
