-- SPDX-License-Identifier: GPL-3.0-or-later
-- Who works here in full: badges, shops, hours, plans and pay.

ALTER TABLE person ADD COLUMN phone TEXT NOT NULL DEFAULT '';
-- SHA-256 in hex of the code on the badge (people.h, card_dup_hash()); NULL: none.
ALTER TABLE person ADD COLUMN card_hash TEXT;
ALTER TABLE person ADD COLUMN shop_id INTEGER NOT NULL DEFAULT 1; -- where they belong
ALTER TABLE person ADD COLUMN hired INTEGER; -- YYYYMMDD, the first day; NULL: not known
ALTER TABLE person ADD COLUMN left_on INTEGER; -- … and the last one; NULL: still here
CREATE UNIQUE INDEX person_by_card ON person (card_hash) WHERE card_hash IS NOT NULL;

-- The shops that somebody without the right to see all may see. No row: the one they belong to.
CREATE TABLE person_shop (
  person_id INTEGER NOT NULL REFERENCES person (id),
  shop_id   INTEGER NOT NULL REFERENCES shop (id),
  PRIMARY KEY (person_id, shop_id)
);
-- Nobody has said yet who belongs where: people of several shops go on seeing them all.
INSERT INTO person_shop (person_id, shop_id)
SELECT p.id, s.id FROM person p CROSS JOIN shop s
 WHERE p.deleted = 0 AND (SELECT count(*) FROM shop) > 1;

-- Rights at tills ('till-price' …) go to the tills.
ALTER TABLE role_right ADD COLUMN revision BIGINT NOT NULL DEFAULT 0;
-- 1: who shows a badge at a till of this shop types their PIN as well.
ALTER TABLE shop ADD COLUMN card_pin INTEGER NOT NULL DEFAULT 0 CHECK (card_pin IN (0, 1));

-- What managers wrote about hours worked, beside what the tills know (table presence).
CREATE TABLE work_entry (
  id         BIGINT  NOT NULL PRIMARY KEY,
  person_id  INTEGER NOT NULL REFERENCES person (id),
  shop_id    INTEGER NOT NULL REFERENCES shop (id),
  day        INTEGER NOT NULL, -- the working day it counts on
  at         BIGINT,           -- was there from … to …
  until      BIGINT,
  minutes    INTEGER,          -- … or so much more or less
  note       TEXT    NOT NULL,
  by_id      INTEGER NOT NULL,
  entered_at BIGINT  NOT NULL,
  deleted    INTEGER NOT NULL DEFAULT 0 CHECK (deleted IN (0, 1)),
  CHECK ((minutes IS NULL) = (at IS NOT NULL) AND (at IS NULL) = (until IS NULL)),
  CHECK (until > at)
);
CREATE INDEX work_entry_by_day ON work_entry (day, person_id);

CREATE TABLE plan (
  shop_id   INTEGER NOT NULL REFERENCES shop (id),
  person_id INTEGER NOT NULL, -- 0: the whole shop
  month     INTEGER NOT NULL, -- YYYYMM
  net       BIGINT  NOT NULL CHECK (net >= 0),
  PRIMARY KEY (shop_id, person_id, month)
);

-- Of the rules with the same owner, kind, shop and threshold the one with the latest first_day that has
-- come counts; one of nothing ends it. Of a kind that a person has rules of, those of their role do not
-- count (backoffice/staff/pay.h).
CREATE TABLE pay_rule (
  id        INTEGER NOT NULL PRIMARY KEY,
  person_id INTEGER NOT NULL, -- 0: of the role
  role      TEXT    NOT NULL, -- '': of the person
  shop_id   INTEGER NOT NULL, -- 0: any
  kind      TEXT    NOT NULL CHECK (kind IN
    ('hour', 'day', 'month', 'own-net', 'own-margin', 'shop-net', 'shop-margin', 'bonus', 'bonus-net')),
  amount    BIGINT  NOT NULL DEFAULT 0 CHECK (amount >= 0), -- minor units: hour, day, month, bonus
  rate      INTEGER NOT NULL DEFAULT 0 CHECK (rate BETWEEN 0 AND 10000), -- hundredths of a percent
  threshold INTEGER NOT NULL DEFAULT 0 CHECK (threshold >= 0), -- of a bonus: … of the plan
  first_day INTEGER NOT NULL, -- YYYYMMDD
  deleted   INTEGER NOT NULL DEFAULT 0 CHECK (deleted IN (0, 1)),
  CHECK ((person_id = 0) = (role <> ''))
);

INSERT INTO counter (name, value) VALUES ('work-entry', 0), ('pay-rule', 0);

-- The list of changes can be asked for a person, and for days.
CREATE INDEX audit_by_person ON audit (person_id, id);
CREATE INDEX audit_by_time ON audit (at);

-- An interval that nobody ended ends with the shift.
CREATE INDEX shift_by_opening ON shift (shop_id, till_id, opened_at);
CREATE INDEX shift_by_closing ON shift (shop_id, till_id, closed_at);
