/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/store.h"

#include "store/catalog.h"
#include "store/engine.h"

#include <string.h>

G_DEFINE_QUARK(baraa_store_error, store_error)

static const struct store_engine *const engines[] = { &sqlite_engine };

static void free_statement(gpointer statement)
{
	StoreStatement *self = statement;

	self->engine->statement_free(self);
}

Store *store_open(const char *dsn, StoreFlags flags, GError **error)
{
	g_return_val_if_fail(dsn != NULL, NULL);

	for (size_t i = 0; i < G_N_ELEMENTS(engines); i++) {
		Store *self;

		if (!g_str_has_prefix(dsn, engines[i]->scheme))
			continue;
		self = engines[i]->open(dsn + strlen(engines[i]->scheme), flags, error);
		if (self != NULL && self->statements == NULL)
			self->statements = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
								 free_statement);
		if (self != NULL)
			self->is_read_only = (flags & STORE_READ_ONLY) != 0;
		return self;
	}
	if (g_str_has_prefix(dsn, "postgresql://") || g_str_has_prefix(dsn, "postgres://"))
		g_set_error(error, STORE_ERROR, STORE_ERROR_DSN,
			    "this build has no PostgreSQL yet");
	else
		g_set_error(error, STORE_ERROR, STORE_ERROR_DSN,
			    "'%s' is not a database address such as sqlite:PATH", dsn);
	return NULL;
}

void store_close(Store *self)
{
	if (self == NULL)
		return;
	store_rollback(self);
	g_hash_table_destroy(g_steal_pointer(&self->statements));
	self->engine->close(self);
}

/* --- versions ------------------------------------------------------------------------------ */

static bool read_version(Store *self, const char *family, int *ret, GError **error)
{
	StoreStatement *statement;
	bool present;

	if (!self->engine->has_version_table(self, &present, error))
		return false;
	*ret = 0;
	if (!present)
		return true;
	statement = store_statement(self, "store/version/get");
	store_bind_text(statement, 1, family);
	switch (store_step(statement, error)) {
	case STORE_ROW:
		*ret = (int)store_get_int(statement, 0);
		store_reset(statement);
		return true;
	case STORE_DONE:
		return true;
	default:
		return false;
	}
}

static bool refuse_newer(const char *family, int version, int known, GError **error)
{
	if (version <= known)
		return true;
	g_set_error(error, STORE_ERROR, STORE_ERROR_NEWER,
		    "the database has version %d of %s, this program knows %d", version, family,
		    known);
	return false;
}

static bool write_version(Store *self, const char *family, int version, GError **error)
{
	StoreStatement *statement = store_statement(self, "store/version/put");

	store_bind_text(statement, 1, family);
	store_bind_int(statement, 2, version);
	return store_run(statement, error);
}

static bool apply_migrations(Store *self, const char *family, int known, GError **error)
{
	int version, newest;
	const Migration *migrations = catalog_migrations(family, &newest);

	if (!self->engine->script(self, catalog_statement("store/version/make_table"), error) ||
	    !read_version(self, family, &version, error) ||
	    !refuse_newer(family, version, known, error))
		return false;
	for (int i = version; i < known; i++) {
		if (!self->engine->script(self, migrations[i].sql, error)) {
			g_prefix_error(error, "%s/%s: ", family, migrations[i].name);
			return false;
		}
	}
	return version == known || write_version(self, family, known, error);
}

bool store_migrate(Store *self, const char *family, GError **error)
{
	int known;

	catalog_migrations(family, &known);
	return store_migrate_to(self, family, known, error);
}

bool store_migrate_to(Store *self, const char *family, int known, GError **error)
{
	int version;

	/* An up-to-date database is not written to: a reader may be at work. */
	if (!read_version(self, family, &version, error) ||
	    !refuse_newer(family, version, known, error))
		return false;
	if (version == known)
		return true;
	if (!store_begin(self, error))
		return false;
	if (!apply_migrations(self, family, known, error)) {
		store_rollback(self);
		return false;
	}
	return store_commit(self, error);
}

bool store_check_version(Store *self, const char *family, GError **error)
{
	int version, known;

	catalog_migrations(family, &known);
	if (!read_version(self, family, &version, error) ||
	    !refuse_newer(family, version, known, error))
		return false;
	if (version < known) {
		g_set_error(error, STORE_ERROR, STORE_ERROR_OLDER,
			    "the database has version %d of %s, this program needs %d", version,
			    family, known);
		return false;
	}
	return true;
}

/* --- transactions -------------------------------------------------------------------------- */

bool store_begin(Store *self, GError **error)
{
	return store_run(store_statement(self, "store/sqlite/begin"), error);
}

bool store_begin_read(Store *self, GError **error)
{
	return store_run(store_statement(self, "store/sqlite/begin_read"), error);
}

bool store_commit(Store *self, GError **error)
{
	if (store_run(store_statement(self, "store/sqlite/commit"), error))
		return true;
	store_rollback(self);
	return false;
}

void store_rollback(Store *self)
{
	g_autoptr(GError) error = NULL;

	if (self->engine->in_transaction(self) &&
	    !store_run(store_statement(self, "store/sqlite/rollback"), &error))
		g_debug("rollback: %s", error->message); /* the engine drops it at close */
}

/* --- statements ---------------------------------------------------------------------------- */

StoreStatement *store_statement(Store *self, const char *name)
{
	StoreStatement *statement = g_hash_table_lookup(self->statements, name);

	if (statement == NULL) {
		statement = self->engine->prepare(self, catalog_statement(name));
		g_hash_table_insert(self->statements, g_strdup(name), statement);
	}
	self->engine->clear(statement);
	return statement;
}

void store_bind_int(StoreStatement *self, int index, int64_t value)
{
	self->engine->bind_int(self, index, value);
}

void store_bind_text(StoreStatement *self, int index, const char *text)
{
	if (text == NULL)
		self->engine->bind_null(self, index);
	else
		self->engine->bind_text(self, index, text);
}

void store_bind_blob(StoreStatement *self, int index, const void *data, size_t len)
{
	self->engine->bind_blob(self, index, data, len);
}

void store_bind_null(StoreStatement *self, int index)
{
	self->engine->bind_null(self, index);
}

StoreStep store_step(StoreStatement *self, GError **error)
{
	return self->engine->step(self, error);
}

bool store_run(StoreStatement *self, GError **error)
{
	StoreStep step = self->engine->step(self, error);

	if (step == STORE_ROW) /* RETURNING, or a pragma that answers */
		self->engine->reset(self);
	return step != STORE_FAILED;
}

void store_reset(StoreStatement *self)
{
	self->engine->reset(self);
}

int64_t store_get_int(StoreStatement *self, int column)
{
	return self->engine->get_int(self, column);
}

const char *store_get_text(StoreStatement *self, int column)
{
	return self->engine->get_text(self, column);
}

const void *store_get_blob(StoreStatement *self, int column, size_t *ret_len)
{
	return self->engine->get_blob(self, column, ret_len);
}

bool store_is_null(StoreStatement *self, int column)
{
	return self->engine->is_null(self, column);
}

bool store_is_writable(const Store *self)
{
	return !self->is_read_only;
}

int64_t store_changes(Store *self)
{
	return self->engine->changes(self);
}

void store_interrupt(Store *self)
{
	self->engine->interrupt(self);
}

bool store_is_lost(Store *self)
{
	return self->engine->is_lost(self);
}
