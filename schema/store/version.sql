-- SPDX-License-Identifier: GPL-3.0-or-later
-- How far a database has been migrated: one row a family.

-- :name make_table
CREATE TABLE IF NOT EXISTS schema_version (
  family  VARCHAR(40) NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL
);

-- :name get
SELECT version FROM schema_version WHERE family = $1;

-- :name put
INSERT INTO schema_version (family, version) VALUES ($1, $2)
ON CONFLICT (family) DO UPDATE SET version = excluded.version;
