/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/catalog.h"
#include "store/engine.h"

#include <errno.h>
#include <gio/gio.h>
#include <sqlite3.h>
#include <string.h>

#define BUSY_TIMEOUT_MS 5000
#define PARAMETERS_MAX 64

struct sqlite_store {
	Store base;
	sqlite3 *db; /* owned */
};

struct sqlite_statement {
	StoreStatement base;
	struct sqlite_store *store; /* borrowed */
	const char *sql; /* borrowed */
	sqlite3_stmt *handle; /* owned; NULL until it could be prepared */
	/* SQLite numbers $1, $2 by first appearance; this is their place by name. */
	uint8_t place[PARAMETERS_MAX + 1];
};

static StoreError error_code(sqlite3 *db)
{
	int code = sqlite3_errcode(db);

	switch (code & 0xff) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return STORE_ERROR_BUSY;
	case SQLITE_FULL:
		return STORE_ERROR_FULL;
	case SQLITE_CONSTRAINT:
		return STORE_ERROR_CONSTRAINT;
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		return STORE_ERROR_CORRUPT;
	case SQLITE_IOERR: {
		int system = sqlite3_system_errno(db);
		return system == ENOSPC || system == EDQUOT || system == EFBIG ? STORE_ERROR_FULL
									       : STORE_ERROR_FAILED;
	}
	default:
		return STORE_ERROR_FAILED;
	}
}

static bool fail(sqlite3 *db, GError **error)
{
	g_set_error(error, STORE_ERROR, (int)error_code(db), "%s (SQLite %d)", sqlite3_errmsg(db),
		    sqlite3_extended_errcode(db));
	return false;
}

static bool run_script(Store *store, const char *sql, GError **error)
{
	sqlite3 *db = ((struct sqlite_store *)store)->db;

	return sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK || fail(db, error);
}

/* --- opening ------------------------------------------------------------------------------- */

static int open_file(const char *path, int flags, sqlite3 **ret)
{
	int code = sqlite3_open_v2(path, ret, flags | SQLITE_OPEN_NOMUTEX, NULL);

	sqlite3_extended_result_codes(*ret, 1);
	sqlite3_busy_timeout(*ret, BUSY_TIMEOUT_MS);
	return code;
}

/* A WAL file that nobody may write beside (read-only media, another user's folder) is read as
 * it stands; where a log lies beside it, that would be only half of the truth. */
static bool open_immutable(struct sqlite_store *self, const char *path, GError **error)
{
	g_autofree char *wal = g_strconcat(path, "-wal", NULL);
	g_autoptr(GFile) file = g_file_new_for_path(path);
	g_autofree char *plain = g_file_get_uri(file);
	g_autofree char *uri = g_strconcat(plain, "?immutable=1", NULL);

	if (g_file_test(wal, G_FILE_TEST_EXISTS))
		return fail(self->db, error);
	sqlite3_close_v2(g_steal_pointer(&self->db));
	if (open_file(uri, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, &self->db) != SQLITE_OK)
		return fail(self->db, error);
	return run_script(&self->base, catalog_statement("store/sqlite/probe"), error);
}

static bool probe(struct sqlite_store *self, const char *path, StoreFlags flags, GError **error)
{
	int code =
		sqlite3_exec(self->db, catalog_statement("store/sqlite/probe"), NULL, NULL, NULL);

	if (code == SQLITE_OK)
		return true;
	if ((flags & STORE_READ_ONLY) != 0 &&
	    ((code & 0xff) == SQLITE_CANTOPEN || (code & 0xff) == SQLITE_READONLY))
		return open_immutable(self, path, error);
	return fail(self->db, error);
}

static bool configure(struct sqlite_store *self, StoreFlags flags, GError **error)
{
	const char *mode = (flags & STORE_BULK) != 0 ? "store/sqlite/bulk" : "store/sqlite/wal";
	const char *sync =
		(flags & STORE_DURABLE) != 0 ? "store/sqlite/durable" : "store/sqlite/normal";

	if (!run_script(&self->base, catalog_statement("store/sqlite/always"), error))
		return false;
	if ((flags & STORE_LARGE) != 0 &&
	    !run_script(&self->base, catalog_statement("store/sqlite/large"), error))
		return false;
	if ((flags & STORE_READ_ONLY) != 0)
		return run_script(&self->base, catalog_statement("store/sqlite/read_only"), error);
	if (!run_script(&self->base, catalog_statement(mode), error))
		return false;
	if ((flags & STORE_BULK) != 0)
		sqlite3_db_config(self->db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
	return (flags & STORE_BULK) != 0 || run_script(&self->base, catalog_statement(sync), error);
}

static void close_db(Store *store)
{
	struct sqlite_store *self = (struct sqlite_store *)store;

	sqlite3_close_v2(self->db);
	g_free(self);
}

static Store *open_db(const char *path, StoreFlags flags, GError **error)
{
	struct sqlite_store *self;
	int mode = SQLITE_OPEN_READWRITE;

	if ((flags & STORE_CREATE) == 0 && !g_file_test(path, G_FILE_TEST_EXISTS)) {
		g_set_error(error, STORE_ERROR, STORE_ERROR_MISSING, "there is no database %s",
			    path);
		return NULL;
	}
	if ((flags & STORE_READ_ONLY) != 0)
		mode = SQLITE_OPEN_READONLY;
	else if ((flags & STORE_CREATE) != 0)
		mode |= SQLITE_OPEN_CREATE;

	self = g_new0(struct sqlite_store, 1);
	self->base.engine = &sqlite_engine;
	if ((open_file(path, mode, &self->db) != SQLITE_OK && !fail(self->db, error)) ||
	    !probe(self, path, flags, error) || !configure(self, flags, error)) {
		g_prefix_error(error, "%s: ", path);
		close_db(&self->base);
		return NULL;
	}
	return &self->base;
}

/* --- statements ---------------------------------------------------------------------------- */

static void find_places(struct sqlite_statement *self)
{
	int n = sqlite3_bind_parameter_count(self->handle);

	for (int i = 1; i <= n; i++) {
		const char *name = sqlite3_bind_parameter_name(self->handle, i);
		gint64 index = name != NULL ? g_ascii_strtoll(name + 1, NULL, 10) : 0;

		if (index < 1 || index > PARAMETERS_MAX)
			g_error("parameters are $1 to $%d in: %s", PARAMETERS_MAX, self->sql);
		self->place[index] = (uint8_t)i;
	}
}

static bool ensure_prepared(struct sqlite_statement *self)
{
	if (self->handle == NULL &&
	    sqlite3_prepare_v3(self->store->db, self->sql, -1, SQLITE_PREPARE_PERSISTENT,
			       &self->handle, NULL) == SQLITE_OK)
		find_places(self);
	return self->handle != NULL;
}

static StoreStatement *prepare(Store *store, const char *sql)
{
	struct sqlite_statement *self = g_new0(struct sqlite_statement, 1);

	self->base.engine = &sqlite_engine;
	self->store = (struct sqlite_store *)store;
	self->sql = sql;
	ensure_prepared(self);
	return &self->base;
}

static void statement_free(StoreStatement *statement)
{
	struct sqlite_statement *self = (struct sqlite_statement *)statement;

	sqlite3_finalize(self->handle);
	g_free(self);
}

static void clear(StoreStatement *statement)
{
	struct sqlite_statement *self = (struct sqlite_statement *)statement;

	if (ensure_prepared(self)) {
		sqlite3_reset(self->handle);
		sqlite3_clear_bindings(self->handle);
	}
}

/* A statement that could not be prepared takes its values nowhere; its step will say why. */
static int place_of(struct sqlite_statement *self, int index)
{
	g_assert(index >= 1 && index <= PARAMETERS_MAX);
	if (self->handle != NULL && self->place[index] == 0)
		g_error("no $%d in: %s", index, self->sql);
	return self->place[index];
}

static void bind_int(StoreStatement *statement, int index, int64_t value)
{
	struct sqlite_statement *self = (struct sqlite_statement *)statement;

	sqlite3_bind_int64(self->handle, place_of(self, index), value);
}

static void bind_text(StoreStatement *statement, int index, const char *text)
{
	struct sqlite_statement *self = (struct sqlite_statement *)statement;

	sqlite3_bind_text(self->handle, place_of(self, index), text, -1, SQLITE_TRANSIENT);
}

static void bind_blob(StoreStatement *statement, int index, const void *data, size_t len)
{
	struct sqlite_statement *self = (struct sqlite_statement *)statement;

	sqlite3_bind_blob64(self->handle, place_of(self, index), len > 0 ? data : "", len,
			    SQLITE_TRANSIENT);
}

static void bind_null(StoreStatement *statement, int index)
{
	struct sqlite_statement *self = (struct sqlite_statement *)statement;

	sqlite3_bind_null(self->handle, place_of(self, index));
}

static StoreStep step(StoreStatement *statement, GError **error)
{
	struct sqlite_statement *self = (struct sqlite_statement *)statement;
	int code;

	if (!ensure_prepared(self)) {
		fail(self->store->db, error);
		return STORE_FAILED;
	}
	code = sqlite3_step(self->handle);
	if (code == SQLITE_ROW)
		return STORE_ROW;
	if (code != SQLITE_DONE)
		fail(self->store->db, error);
	sqlite3_reset(self->handle);
	return code == SQLITE_DONE ? STORE_DONE : STORE_FAILED;
}

static void reset(StoreStatement *statement)
{
	sqlite3_reset(((struct sqlite_statement *)statement)->handle);
}

static int64_t get_int(StoreStatement *statement, int column)
{
	return sqlite3_column_int64(((struct sqlite_statement *)statement)->handle, column);
}

static const char *get_text(StoreStatement *statement, int column)
{
	return (const char *)sqlite3_column_text(((struct sqlite_statement *)statement)->handle,
						 column);
}

static const void *get_blob(StoreStatement *statement, int column, size_t *ret_len)
{
	sqlite3_stmt *handle = ((struct sqlite_statement *)statement)->handle;
	const void *data = sqlite3_column_blob(handle, column);

	*ret_len = (size_t)sqlite3_column_bytes(handle, column);
	return data;
}

static bool is_null(StoreStatement *statement, int column)
{
	return sqlite3_column_type(((struct sqlite_statement *)statement)->handle, column) ==
	       SQLITE_NULL;
}

/* --- the rest ------------------------------------------------------------------------------ */

static bool has_version_table(Store *store, bool *ret, GError **error)
{
	StoreStatement *statement = store_statement(store, "store/sqlite/has_version_table");

	if (store_step(statement, error) != STORE_ROW)
		return false;
	*ret = store_get_int(statement, 0) != 0;
	store_reset(statement);
	return true;
}

static bool in_transaction(Store *store)
{
	return !sqlite3_get_autocommit(((struct sqlite_store *)store)->db);
}

static int64_t changes(Store *store)
{
	return sqlite3_changes64(((struct sqlite_store *)store)->db);
}

static bool is_lost(Store *store)
{
	int moved = 0;

	return sqlite3_file_control(((struct sqlite_store *)store)->db, "main",
				    SQLITE_FCNTL_HAS_MOVED, &moved) == SQLITE_OK &&
	       moved != 0;
}

static void interrupt(Store *store)
{
	sqlite3_interrupt(((struct sqlite_store *)store)->db);
}

const struct store_engine sqlite_engine = {
	.scheme = "sqlite:",
	.open = open_db,
	.close = close_db,
	.script = run_script,
	.prepare = prepare,
	.statement_free = statement_free,
	.clear = clear,
	.has_version_table = has_version_table,
	.in_transaction = in_transaction,
	.changes = changes,
	.interrupt = interrupt,
	.is_lost = is_lost,
	.bind_int = bind_int,
	.bind_text = bind_text,
	.bind_blob = bind_blob,
	.bind_null = bind_null,
	.step = step,
	.reset = reset,
	.get_int = get_int,
	.get_text = get_text,
	.get_blob = get_blob,
	.is_null = is_null,
};
