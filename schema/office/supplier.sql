-- SPDX-License-Identifier: GPL-3.0-or-later
-- Who goods come from.

-- $1 a pattern of LIKE, '' for all; $2 the same in lower case.
-- :name list
SELECT id, name, tin, contact, days FROM supplier
 WHERE deleted = 0
   AND ($1 = '' OR name LIKE $1 ESCAPE '\' OR lower(name) LIKE $2 ESCAPE '\' OR tin LIKE $1 ESCAPE '\'
        OR contact LIKE $1 ESCAPE '\')
 ORDER BY name, id
 LIMIT $3;

-- :name find
SELECT id FROM supplier WHERE name = $1 AND deleted = 0;

-- :name read
SELECT name, tin, contact, days FROM supplier WHERE id = $1 AND deleted = 0;

-- :name insert
INSERT INTO supplier (id, name, tin, contact, days) VALUES ($1, $2, $3, $4, $5);

-- :name update
UPDATE supplier SET name = $2, tin = $3, contact = $4, days = $5 WHERE id = $1;
