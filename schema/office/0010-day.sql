-- SPDX-License-Identifier: GPL-3.0-or-later
-- The daily report on paper: its printers, what is still to be printed, and what was.

-- At most one printer of a form in a shop.
CREATE TABLE report_printer (
  shop_id   BIGINT   NOT NULL,
  form      TEXT     NOT NULL CHECK (form IN ('a4', 'paper')),
  device    TEXT     NOT NULL CHECK (device <> ''), -- 'cups:QUEUE'; of paper as till.conf: 'escpos@tcp:…'
  options   TEXT     NOT NULL, -- of paper, as till.conf's [printer]: 'columns=42 letters=ӨО,ҮУ'
  one_key   SMALLINT NOT NULL CHECK (one_key IN (0, 1)), -- “Print the day” prints on it
  at_close  TEXT     NOT NULL CHECK (at_close IN ('no', 'shift', 'day')), -- by itself: of each shift when
                              -- it is closed, or of the day with the last open shift of the shop
  with_cost SMALLINT NOT NULL CHECK (with_cost IN (0, 1)), -- with cost and margin, for whoever may
                              -- see them
  PRIMARY KEY (shop_id, form)
);

-- One paper that somebody, or the close of a shift, asked for.
CREATE TABLE day_job (
  id         INTEGER  NOT NULL PRIMARY KEY,
  shop_id    BIGINT   NOT NULL,
  day        INTEGER  NOT NULL,
  till_id    BIGINT   NOT NULL, -- with shift: of one shift; 0 and 0: of the day
  shift      BIGINT   NOT NULL,
  form       TEXT     NOT NULL CHECK (form IN ('a4', 'paper')),
  device     TEXT     NOT NULL,
  options    TEXT     NOT NULL,
  with_cost  SMALLINT NOT NULL CHECK (with_cost IN (0, 1)),
  with_acts  SMALLINT NOT NULL CHECK (with_acts IN (0, 1)),
  state      TEXT     NOT NULL
             CHECK (state IN ('waiting', 'printing', 'printed', 'failed', 'dropped')),
  doubt      SMALLINT NOT NULL CHECK (doubt IN (0, 1)), -- some of it may have come out already
  tries      INTEGER  NOT NULL,
  error      TEXT     NOT NULL, -- of the last try, in words; may be empty
  asked_by   BIGINT,            -- NULL: the close of a shift
  asked_at   BIGINT   NOT NULL,
  changed_at BIGINT   NOT NULL,
  next_at    BIGINT,            -- when it is tried next; NULL: not by itself
  worker     TEXT     NOT NULL, -- of 'printing': the machine and process that prints
  lease      BIGINT   NOT NULL  -- … and until when it surely lives
);
CREATE INDEX day_job_open ON day_job (state, id) WHERE state IN ('waiting', 'printing', 'failed');
CREATE INDEX day_job_by_day ON day_job (shop_id, day);

-- What came out, as it was on the paper.
CREATE TABLE day_print (
  id        INTEGER  NOT NULL PRIMARY KEY,
  job_id    BIGINT   NOT NULL,
  shop_id   BIGINT   NOT NULL,
  day       INTEGER  NOT NULL,
  till_id   BIGINT   NOT NULL,
  shift     BIGINT   NOT NULL,
  form      TEXT     NOT NULL,
  device    TEXT     NOT NULL,
  copy      SMALLINT NOT NULL CHECK (copy IN (0, 1)),
  at        BIGINT   NOT NULL,
  person_id BIGINT,           -- NULL: the close of a shift
  stamp     BIGINT   NOT NULL, -- of sale_day then; 0: it had nothing
  heard_at  BIGINT   NOT NULL, -- … and when its newest receipt was heard of
  receipts  BIGINT   NOT NULL,
  net       BIGINT   NOT NULL,
  margin    BIGINT,           -- NULL: it did not say
  tills     TEXT     NOT NULL, -- [[till, its name, receipts, net], …]
  report    TEXT     NOT NULL  -- the whole of it, as `--format json` writes it
);
CREATE INDEX day_print_by_day ON day_print (shop_id, day, id);

CREATE TRIGGER day_print_is_final BEFORE UPDATE ON day_print
BEGIN SELECT RAISE (ABORT, 'day_print is final'); END;
CREATE TRIGGER day_print_is_kept BEFORE DELETE ON day_print
BEGIN SELECT RAISE (ABORT, 'day_print is final'); END;

-- Cash of a shift, without all that the till ever moved.
CREATE INDEX cash_move_by_shift ON cash_move (shop_id, till_id, shift);
