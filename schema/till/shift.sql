-- SPDX-License-Identifier: GPL-3.0-or-later

-- :name get_open
SELECT number, day, opened_at, cashier, totals FROM shift WHERE closed_at IS NULL;

-- :name open
INSERT INTO shift (number, day, opened_at, cashier, totals)
SELECT 1 + coalesce (max (number), 0), $1, $2, $3, $4 FROM shift;

-- :name set_totals
UPDATE shift SET totals = $2 WHERE number = $1;

-- :name close
UPDATE shift SET closed_at = $2 WHERE number = $1;
