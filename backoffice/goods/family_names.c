/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/goods/family_names.h"

#include "backoffice/people/counter.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct FamilyNames {
	/* owned */
	GHashTable *by_name; /* to int64_t: the first of that name */
	GHashTable *by_id; /* from int64_t to the name */
};

static void put(FamilyNames *self, int64_t id, const char *name)
{
	g_hash_table_insert(self->by_id, g_memdup2(&id, sizeof id), g_strdup(name));
	if (!g_hash_table_contains(self->by_name, name))
		g_hash_table_insert(self->by_name, g_strdup(name), g_memdup2(&id, sizeof id));
}

FamilyNames *family_names_read(Store *store, GError **error)
{
	g_autoptr(FamilyNames) self = g_new0(FamilyNames, 1);
	StoreStatement *row = store_statement(store, "office/item/families");
	StoreStep step;

	self->by_name = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	self->by_id = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_free);
	while ((step = store_step(row, error)) == STORE_ROW)
		put(self, store_get_int(row, 0), store_get_text(row, 1));
	return step == STORE_DONE ? g_steal_pointer(&self) : NULL;
}

void family_names_free(FamilyNames *self)
{
	if (self == NULL)
		return;
	g_hash_table_unref(self->by_name);
	g_hash_table_unref(self->by_id);
	g_free(self);
}

static bool insert(Store *store, const char *name, bool second, int64_t *ret, GError **error)
{
	StoreStatement *statement;

	if (!counter_take(store, "family", ret, error))
		return false;
	statement = store_statement(store, "office/item/insert_family");
	store_bind_int(statement, 1, *ret);
	store_bind_text(statement, 2, name);
	store_bind_text(statement, 3, _("Size"));
	store_bind_text(statement, 4, second ? _("Colour") : "");
	return store_run(statement, error);
}

bool family_names_take(FamilyNames *self, Store *store, const char *name, int64_t now, bool second,
		       int64_t *ret, GError **error)
{
	const int64_t *first = g_hash_table_lookup(self->by_name, name);

	if (g_strcmp0(g_hash_table_lookup(self->by_id, &now), name) == 0) {
		*ret = now;
		return true;
	}
	if (first != NULL) {
		*ret = *first;
		return true;
	}
	if (!insert(store, name, second, ret, error))
		return false;
	put(self, *ret, name);
	return true;
}
