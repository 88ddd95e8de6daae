-- SPDX-License-Identifier: GPL-3.0-or-later
-- Who goods come from.

-- $1 a pattern of LIKE, '' for all; $2 the same in lower case.
-- :name list
SELECT id, name, tin, contact, days, lead_days, review_days, least_order, phone, email, terms
  FROM supplier
 WHERE deleted = 0
   AND ($1 = '' OR name LIKE $1 ESCAPE '\' OR lower(name) LIKE $2 ESCAPE '\' OR tin LIKE $1 ESCAPE '\'
        OR contact LIKE $1 ESCAPE '\' OR phone LIKE $1 ESCAPE '\' OR email LIKE $1 ESCAPE '\')
 ORDER BY name, id
 LIMIT $3;

-- :name find
SELECT id FROM supplier WHERE name = $1 AND deleted = 0;

-- :name read
SELECT id, name, tin, contact, days, lead_days, review_days, least_order, phone, email, terms
  FROM supplier WHERE id = $1 AND deleted = 0;

-- :name insert
INSERT INTO supplier (id, name, tin, contact, days, lead_days, review_days, least_order, phone, email,
                      terms)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11);

-- :name update
UPDATE supplier SET name = $2, tin = $3, contact = $4, days = $5, lead_days = $6, review_days = $7,
                    least_order = $8, phone = $9, email = $10, terms = $11
 WHERE id = $1;
