/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* One connection to one database, used by one thread at a time. The only header through which the
 * house speaks SQL. Statements live in schema/, one file a subject, each under a line
 * `-- :name insert_item`; they are compiled in and named "office/goods/insert_item". Parameters are
 * $1, $2 … in every dialect. */
typedef struct Store Store;
/* A prepared statement; owned by its Store, lives as long as it. */
typedef struct StoreStatement StoreStatement;

#define STORE_ERROR (store_error_quark())
GQuark store_error_quark(void);
typedef enum {
	STORE_ERROR_FAILED, /* anything a caller cannot act on */
	STORE_ERROR_BUSY, /* another writer held the file too long */
	STORE_ERROR_FULL, /* the disk is full, or the file may not grow */
	STORE_ERROR_CONSTRAINT, /* a key or check refused the row */
	STORE_ERROR_CORRUPT, /* not a database, or damaged */
	STORE_ERROR_NEWER, /* written by a newer version of Baraa */
	STORE_ERROR_OLDER, /* not migrated yet */
	STORE_ERROR_DSN, /* not a DSN, or an engine this build does not have */
	STORE_ERROR_MISSING, /* no such database */
} StoreError;

typedef enum {
	STORE_READ_ONLY = 1 << 0,
	STORE_CREATE = 1 << 1, /* make it if it is not there */
	STORE_DURABLE = 1 << 2, /* synchronous=FULL: a commit is on the disk; else NORMAL */
	/* A new file that is thrown away if we die: no journal, no sync, and no trigger fires. */
	STORE_BULK = 1 << 3,
	STORE_LARGE = 1 << 4, /* transactions of a million rows: 256 MB of cache */
} StoreFlags;

/* @dsn: "sqlite:PATH". WAL, foreign_keys and recursive_triggers are always on. */
Store *store_open(const char *dsn, StoreFlags flags, GError **error);
void store_close(Store *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Store, store_close)

/* @family: "till", "goods" or "office": the folder of numbered migrations in schema/. */
bool store_migrate(Store *self, const char *family, GError **error);
/* No further than @version: a new database for whoever knows no newer one. */
bool store_migrate_to(Store *self, const char *family, int version, GError **error);
/* STORE_ERROR_NEWER, STORE_ERROR_OLDER where the database is not exactly of this version. */
bool store_check_version(Store *self, const char *family, GError **error);

bool store_begin(Store *self, GError **error); /* BEGIN IMMEDIATE */
/* Reads from here to the end of the transaction see one moment of the database; for connections
 * that only read, too. */
bool store_begin_read(Store *self, GError **error);
bool store_commit(Store *self, GError **error); /* on failure the transaction is rolled back */
void store_rollback(Store *self); /* does nothing outside a transaction */

/* Prepared once and kept; comes back reset, with no values bound. A wrong name is a bug: aborts. */
StoreStatement *store_statement(Store *self, const char *name);

/* @index from 1. Texts and blobs are copied. NULL text binds NULL. */
void store_bind_int(StoreStatement *self, int index, int64_t value);
void store_bind_text(StoreStatement *self, int index, const char *text);
void store_bind_blob(StoreStatement *self, int index, const void *data, size_t len);
void store_bind_null(StoreStatement *self, int index);

typedef enum { STORE_FAILED, STORE_ROW, STORE_DONE } StoreStep;
/* Runs on to the next row. After STORE_DONE or STORE_FAILED the statement is reset. */
StoreStep store_step(StoreStatement *self, GError **error);
/* For statements that give no rows: one step to STORE_DONE. */
bool store_run(StoreStatement *self, GError **error);
/* Ends a statement before its last row, so that it holds no lock. */
void store_reset(StoreStatement *self);

/* Columns from 0, valid until the next step. */
int64_t store_get_int(StoreStatement *self, int column);
const char *store_get_text(StoreStatement *self, int column); /* NULL where NULL */
const void *store_get_blob(StoreStatement *self, int column, size_t *ret_len);
bool store_is_null(StoreStatement *self, int column);

bool store_is_writable(const Store *self); /* not opened with STORE_READ_ONLY */
int64_t store_changes(Store *self); /* rows changed by the last statement */
/* Lets another thread stop a long query on this connection. */
void store_interrupt(Store *self);
/* The file was deleted, or another one stands under its name: what is read is of the past. */
bool store_is_lost(Store *self);
