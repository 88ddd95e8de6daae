-- SPDX-License-Identifier: GPL-3.0-or-later
-- People, shops, tills, counters, the audit.

-- Takes $2 numbers and gives the last of them.
-- :name take
UPDATE counter SET value = value + $2 WHERE name = $1 RETURNING value;

-- :name audit
INSERT INTO audit (id, at, person_id, action, subject, detail, before, after)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- :name insert_setting
INSERT INTO setting (name, value) VALUES ($1, $2);

-- :name list
SELECT id, name, role, pin_hash FROM person WHERE deleted = 0 ORDER BY name, id;

-- :name find_name
SELECT id FROM person WHERE name = $1 AND deleted = 0;

-- :name insert
INSERT INTO person (id, name, role, pin_hash, revision) VALUES ($1, $2, $3, $4, $5);

-- :name shops
SELECT id, name, country, timezone, currency FROM shop ORDER BY id;

-- :name insert_shop
INSERT INTO shop (id, name, country, currency, timezone, revision) VALUES ($1, $2, $3, $4, $5, $6);

-- :name insert_tax_group
INSERT INTO tax_group (id, code, name, usual, revision) VALUES ($1, $2, $3, $4, $5);

-- :name insert_tax_rate
INSERT INTO tax_rate (group_id, code, first_day, rate, inclusive, fiscal)
VALUES ($1, $2, $3, $4, $5, $6);

-- :name find_till
SELECT id FROM till WHERE shop_id = $1 AND name = $2;

-- :name insert_till
INSERT INTO till (shop_id, id, name, code_hash) VALUES ($1, $2, $3, $4);

-- :name role_of
SELECT role FROM person WHERE id = $1 AND deleted = 0;

-- :name role_rights
SELECT name, allowed FROM role_right WHERE role = $1;

-- :name put_right
INSERT INTO role_right (role, name, allowed) VALUES ($1, $2, $3)
ON CONFLICT (role, name) DO UPDATE SET allowed = excluded.allowed;

-- :name put_till_right
INSERT INTO role_right (role, name, allowed, revision) VALUES ($1, $2, $3, $4)
ON CONFLICT (role, name) DO UPDATE SET allowed = excluded.allowed, revision = excluded.revision;

-- :name audit_list
SELECT a.id, a.at, a.person_id, coalesce(p.name, ''), a.action, a.subject, a.detail, a.before, a.after
  FROM audit a
  LEFT JOIN person p ON p.id = a.person_id
 WHERE ($1 = '' OR instr(a.action, $1) > 0 OR instr(a.subject, $1) > 0 OR instr(p.name, $1) > 0)
   AND ($4 = '' OR a.action = $4) AND ($5 < 0 OR a.person_id = $5) AND a.at >= $6 AND a.at < $7
 ORDER BY a.id DESC
 LIMIT $2 OFFSET $3;

-- :name audit_actions
SELECT DISTINCT action FROM audit ORDER BY action;
