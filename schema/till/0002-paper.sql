-- SPDX-License-Identifier: GPL-3.0-or-later
-- Receipts of a till without a registrar that its printer still owes, in order. What is printed leaves.

CREATE TABLE paper (
  id      INTEGER PRIMARY KEY,  -- in order
  seq     INTEGER NOT NULL REFERENCES receipt,
  cashier TEXT    NOT NULL,     -- name, as it was
  begun   INTEGER NOT NULL DEFAULT 0, -- 1: its first byte may have been sent
  copy    INTEGER NOT NULL DEFAULT 0  -- 1: one may be out already; it says so on top
) STRICT;
