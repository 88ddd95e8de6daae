/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/store.h"

/* What store.c asks of a database engine. store.c keeps names, transactions and migrations; an
 * engine turns SQL text into rows and its own errors into STORE_ERROR. */
struct store_engine {
	const char *scheme; /* "sqlite:" */
	Store *(*open)(const char *address, StoreFlags flags, GError **error);
	void (*close)(Store *store);
	/* Runs all statements of @sql, rows thrown away. */
	bool (*script)(Store *store, const char *sql, GError **error);
	/* Never NULL: what is wrong with @sql is said by the first step. */
	StoreStatement *(*prepare)(Store *store, const char *sql);
	void (*statement_free)(StoreStatement *self);
	void (*clear)(StoreStatement *self); /* resets and unbinds */
	bool (*has_version_table)(Store *store, bool *ret, GError **error);
	bool (*in_transaction)(Store *store);
	int64_t (*changes)(Store *store);
	void (*interrupt)(Store *store);
	bool (*is_lost)(Store *store);

	void (*bind_int)(StoreStatement *self, int index, int64_t value);
	void (*bind_text)(StoreStatement *self, int index, const char *text);
	void (*bind_blob)(StoreStatement *self, int index, const void *data, size_t len);
	void (*bind_null)(StoreStatement *self, int index);
	StoreStep (*step)(StoreStatement *self, GError **error);
	void (*reset)(StoreStatement *self);
	int64_t (*get_int)(StoreStatement *self, int column);
	const char *(*get_text)(StoreStatement *self, int column);
	const void *(*get_blob)(StoreStatement *self, int column, size_t *ret_len);
	bool (*is_null)(StoreStatement *self, int column);
};

/* First members of an engine's own structs. */
struct Store {
	const struct store_engine *engine;
	GHashTable *statements; /* owned: name → StoreStatement */
	bool is_read_only;
};

struct StoreStatement {
	const struct store_engine *engine;
};

extern const struct store_engine sqlite_engine;
