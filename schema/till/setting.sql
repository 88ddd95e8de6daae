-- SPDX-License-Identifier: GPL-3.0-or-later

-- :name get
SELECT value FROM setting WHERE key = $1;

-- :name put
INSERT INTO setting (key, value) VALUES ($1, $2)
ON CONFLICT (key) DO UPDATE SET value = excluded.value;

-- :name remove
DELETE FROM setting WHERE key = $1;
