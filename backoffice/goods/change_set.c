/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/goods/change_set.h"

#include "backoffice/goods/item_values.h"
#include "backoffice/people/counter.h"

bool change_set_open(Store *store, int64_t person_id, const char *what, const char *subject,
		     int64_t *ret_set, GError **error)
{
	StoreStatement *statement;

	if (!counter_take(store, "change-set", ret_set, error))
		return false;
	statement = store_statement(store, "office/change/insert");
	store_bind_int(statement, 1, *ret_set);
	store_bind_int(statement, 2, g_get_real_time());
	store_bind_int(statement, 3, person_id);
	store_bind_text(statement, 4, what);
	store_bind_text(statement, 5, subject);
	return store_run(statement, error);
}

static bool write_row(Store *store, const char *name, int64_t set, int64_t item_id,
		      const json_t *before, GError **error)
{
	StoreStatement *statement = store_statement(store, name);
	g_autofree char *text = item_diff_dup_text(before);

	store_bind_int(statement, 1, set);
	store_bind_int(statement, 2, item_id);
	store_bind_text(statement, 3, text);
	return store_run(statement, error);
}

/* What this set has kept of the item; own *ret, NULL where it has nothing. */
static bool read_row(Store *store, int64_t set, int64_t item_id, json_t **ret, GError **error)
{
	StoreStatement *row = store_statement(store, "office/change/find_row");
	StoreStep step;

	store_bind_int(row, 1, set);
	store_bind_int(row, 2, item_id);
	step = store_step(row, error);
	*ret = step == STORE_ROW ? json_loads(store_get_text(row, 0), 0, NULL) : NULL;
	store_reset(row);
	return step != STORE_FAILED;
}

bool change_set_keep(Store *store, int64_t set, int64_t item_id, const json_t *before, bool again,
		     GError **error)
{
	json_t *kept = NULL;
	bool done;

	if (again && !read_row(store, set, item_id, &kept, error))
		return false;
	if (kept == NULL)
		return write_row(store, "office/change/insert_row", set, item_id, before, error);
	item_diff_merge(kept, before);
	done = write_row(store, "office/change/update_row", set, item_id, kept, error);
	json_decref(kept);
	return done;
}

bool change_set_close(Store *store, int64_t set, int64_t n, int64_t first_item, int64_t last_item,
		      GError **error)
{
	StoreStatement *statement =
		store_statement(store, n > 0 ? "office/change/close" : "office/change/drop");

	store_bind_int(statement, 1, set);
	if (n == 0)
		return store_run(statement, error);
	store_bind_int(statement, 2, n);
	if (first_item != 0) {
		store_bind_int(statement, 3, first_item);
		store_bind_int(statement, 4, last_item);
	}
	return store_run(statement, error);
}

void change_set_free(ChangeSet *self)
{
	if (self == NULL)
		return;
	g_free(self->what);
	g_free(self->subject);
	g_free(self);
}

static void free_set(gpointer set)
{
	change_set_free(set);
}

GPtrArray *change_set_list(Store *store, int max, GError **error)
{
	g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func(free_set);
	StoreStatement *row = store_statement(store, "office/change/list");
	StoreStep step;

	store_bind_int(row, 1, max);
	while ((step = store_step(row, error)) == STORE_ROW) {
		ChangeSet *set = g_new0(ChangeSet, 1);

		set->id = store_get_int(row, 0);
		set->at = store_get_int(row, 1);
		set->person_id = store_get_int(row, 2);
		set->n = store_get_int(row, 3);
		set->what = g_strdup(store_get_text(row, 4));
		set->subject = g_strdup(store_get_text(row, 5));
		set->undone = store_get_int(row, 6) != 0;
		g_ptr_array_add(list, set);
	}
	return step == STORE_DONE ? g_steal_pointer(&list) : NULL;
}
