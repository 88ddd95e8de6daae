/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/people/counter.h"
#include "backoffice/stock/document_private.h"
#include "backoffice/stock/stock.h"

#include <glib/gi18n-lib.h>
#include <jansson.h>
#include <string.h>

#define DAYS_MAX 3650

Supplier *supplier_new(const char *name)
{
	Supplier *self = g_new0(Supplier, 1);

	self->name = g_strdup(name);
	self->tin = g_strdup("");
	self->contact = g_strdup("");
	return self;
}

void supplier_free(Supplier *self)
{
	if (self == NULL)
		return;
	g_free(self->name);
	g_free(self->tin);
	g_free(self->contact);
	g_free(self);
}

static void free_supplier(gpointer supplier)
{
	supplier_free(supplier);
}

GPtrArray *supplier_list(Store *store, const char *search, int max, GError **error)
{
	g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func(free_supplier);
	StoreStatement *row = store_statement(store, "office/supplier/list");
	g_autofree char *pattern = document_dup_pattern(search);
	g_autofree char *lower = g_ascii_strdown(pattern, -1);
	StoreStep step;

	store_bind_text(row, 1, pattern);
	store_bind_text(row, 2, lower);
	store_bind_int(row, 3, max);
	while ((step = store_step(row, error)) == STORE_ROW) {
		Supplier *supplier = supplier_new(store_get_text(row, 1));

		g_free(supplier->tin);
		g_free(supplier->contact);
		supplier->id = store_get_int(row, 0);
		supplier->tin = g_strdup(store_get_text(row, 2));
		supplier->contact = g_strdup(store_get_text(row, 3));
		supplier->days = (int)store_get_int(row, 4);
		g_ptr_array_add(list, supplier);
	}
	return step == STORE_DONE ? g_steal_pointer(&list) : NULL;
}

/* --- writing ------------------------------------------------------------------------------- */

bool supplier_find(Store *store, const char *name, int64_t *ret, GError **error)
{
	StoreStatement *row = store_statement(store, "office/supplier/find");
	StoreStep step;

	store_bind_text(row, 1, name);
	step = store_step(row, error);
	*ret = step == STORE_ROW ? store_get_int(row, 0) : 0;
	store_reset(row);
	return step != STORE_FAILED;
}

static bool check(Store *store, const Supplier *self, GError **error)
{
	int64_t other;

	if (*self->name == '\0' || !document_text_is_sound(self->name) ||
	    !document_text_is_sound(self->tin) || !document_text_is_sound(self->contact))
		return document_refuse(error, DOCUMENT_ERROR_INVALID,
				       _("A supplier has a name, and no text of his is longer than "
					 "%d characters."),
				       DOCUMENT_TEXT_MAX);
	if (self->days < 0 || self->days > DAYS_MAX)
		return document_refuse(error, DOCUMENT_ERROR_INVALID,
				       _("A bill is paid in 0 to %d days."), DAYS_MAX);
	if (!supplier_find(store, self->name, &other, error))
		return false;
	return other == 0 || other == self->id ||
	       document_refuse(error, DOCUMENT_ERROR_INVALID,
			       _("There is already a supplier named “%s”."), self->name);
}

/* For the audit; own it. */
static char *dup_json(const char *name, const char *tin, const char *contact, int64_t days)
{
	json_t *object = json_pack("{s:s, s:s, s:s, s:I}", "name", name, "tin", tin, "contact",
				   contact, "days", (json_int_t)days);
	char *text = json_dumps(object, JSON_COMPACT);
	char *own = g_strdup(text);

	free(text);
	json_decref(object);
	return own;
}

/* Own it; NULL where there is none. */
static char *dup_before(Store *store, int64_t id, bool *ret_ok, GError **error)
{
	StoreStatement *row = store_statement(store, "office/supplier/read");
	char *before = NULL;
	StoreStep step;

	store_bind_int(row, 1, id);
	step = store_step(row, error);
	if (step == STORE_ROW)
		before = dup_json(store_get_text(row, 0), store_get_text(row, 1),
				  store_get_text(row, 2), store_get_int(row, 3));
	store_reset(row);
	*ret_ok = step != STORE_FAILED;
	return before;
}

static bool put(Store *store, const Supplier *self, GError **error)
{
	const char *name = self->id != 0 ? "office/supplier/update" : "office/supplier/insert";
	StoreStatement *statement;
	int64_t id = self->id;

	if (id == 0 && !counter_take(store, "supplier", &id, error))
		return false;
	statement = store_statement(store, name);
	store_bind_int(statement, 1, id);
	store_bind_text(statement, 2, self->name);
	store_bind_text(statement, 3, self->tin);
	store_bind_text(statement, 4, self->contact);
	store_bind_int(statement, 5, self->days);
	return store_run(statement, error);
}

bool supplier_put(Store *store, Supplier *self, int64_t person_id, GError **error)
{
	g_autofree char *before = NULL, *after = NULL;
	bool read;

	g_strstrip(self->name);
	if (!rights_require(store, person_id, RIGHT_SUPPLIERS, error) || !check(store, self, error))
		return false;
	before = dup_before(store, self->id, &read, error);
	if (!read)
		return false;
	if (self->id != 0 && before == NULL)
		return document_refuse(error, DOCUMENT_ERROR_GONE,
				       _("This supplier is not in the list any more."));
	after = dup_json(self->name, self->tin, self->contact, self->days);
	return put(store, self, error) &&
	       (self->id != 0 || supplier_find(store, self->name, &self->id, error)) &&
	       audit_change(store, person_id, "supplier", self->name, before, after, error);
}

bool supplier_write(Store *store, Supplier *self, int64_t person_id, GError **error)
{
	int64_t id = self->id;

	if (!store_begin(store, error))
		return false;
	if (supplier_put(store, self, person_id, error) && store_commit(store, error))
		return true;
	store_rollback(store);
	self->id = id;
	return false;
}
