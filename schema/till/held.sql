-- SPDX-License-Identifier: GPL-3.0-or-later

-- :name next_id
SELECT 1 + coalesce (max (id), 0) FROM held;

-- :name put
INSERT INTO held (id, at, cashier, total, goods, body) VALUES ($1, $2, $3, $4, $5, $6);

-- :name get
SELECT body FROM held WHERE id = $1;

-- :name remove
DELETE FROM held WHERE id = $1;

-- :name list
SELECT id, at, cashier, total, goods FROM held ORDER BY id;

-- :name count
SELECT count (*) FROM held;
