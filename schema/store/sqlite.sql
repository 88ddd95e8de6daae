-- SPDX-License-Identifier: GPL-3.0-or-later
-- What a SQLite connection is told, each a script of its own.

-- :name always
PRAGMA foreign_keys = ON;
-- Without it INSERT OR REPLACE slips past the triggers that keep final rows.
PRAGMA recursive_triggers = ON;
PRAGMA temp_store = MEMORY;

-- :name wal
PRAGMA journal_mode = WAL;

-- :name durable
PRAGMA synchronous = FULL;

-- :name normal
PRAGMA synchronous = NORMAL;

-- :name bulk
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA locking_mode = EXCLUSIVE;

-- Negative is KiB. Rows of a long list go to random pages of every index: with the usual 2 MB each is
-- written and read again many times over.
-- :name large
PRAGMA cache_size = -262144;

-- :name read_only
PRAGMA query_only = ON;

-- Reads the first page: a file that is no database says so here.
-- :name probe
SELECT count (*) FROM sqlite_master;

-- :name has_version_table
SELECT count (*) FROM sqlite_master WHERE type = 'table' AND name = 'schema_version';

-- :name begin
BEGIN IMMEDIATE;

-- :name begin_read
BEGIN;

-- :name commit
COMMIT;

-- :name rollback
ROLLBACK;
