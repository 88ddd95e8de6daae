/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/goods/change_set.h"
#include "backoffice/goods/item_row.h"
#include "backoffice/goods/item_store.h"
#include "backoffice/goods/item_values.h"
#include "backoffice/people/counter.h"
#include "backoffice/people/rights.h"
#include "core/barcode.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#define TAKEN_AT_ONCE 500 /* rows read before any is written */

typedef struct {
	int64_t set, revision, first_item, last_item;
	int64_t undone, kept;
	ItemChange change;

	/* borrowed */
	Store *store;
} Undo;

typedef struct {
	int64_t item_id;
	json_t *before; /* owned */
} Kept;

static void clear_kept(gpointer data)
{
	json_decref(((Kept *)data)->before);
}

/* --- goods that were there ----------------------------------------------------------------- */

/* A code that was given to other goods meanwhile stays theirs. */
static bool drop_taken_barcodes(Undo *self, Item *item, GError **error)
{
	for (guint i = item->barcodes->len; i-- > 0;) {
		g_autofree char *key =
			barcode_dup_key(g_array_index(item->barcodes, ItemBarcode, i).code);
		int64_t id;

		if (!item_row_find(self->store, "office/item/find_barcode", key, &id, NULL, error))
			return false;
		if (id != 0 && id != item->id)
			g_array_remove_index(item->barcodes, i);
	}
	return true;
}

static bool drop_taken_numbers(Undo *self, Item *item, GError **error)
{
	int64_t by_article = 0, by_plu = 0;

	if (*item->article != '\0' && !item_row_find(self->store, "office/item/find_article",
						     item->article, &by_article, NULL, error))
		return false;
	if (item->has_plu && !item_find_plu(self->store, item->plu, &by_plu, NULL, error))
		return false;
	if (by_article != 0 && by_article != item->id)
		*item->article = '\0';
	if (by_plu != 0 && by_plu != item->id)
		item->has_plu = false;
	return true;
}

/* What stands in the way of one item leaves it as it is, and the others are undone. */
static bool put_back(Undo *self, const Item *now, Item *item, GError **error)
{
	g_autoptr(GError) failed = NULL;

	if (!drop_taken_barcodes(self, item, error) ||
	    (self->change.deleted && !drop_taken_numbers(self, item, error)))
		return false;
	if (item_store(self->store, now, item, &self->change, NULL, &failed)) {
		self->undone++;
		return true;
	}
	if (failed->domain == GOODS_ERROR) {
		self->kept++;
		return true;
	}
	g_propagate_error(error, g_steal_pointer(&failed));
	return false;
}

static bool undo_row(Undo *self, const Kept *kept, GError **error)
{
	g_autoptr(Item) now =
		item_read_any(self->store, kept->item_id, &self->change.deleted, error);
	g_autoptr(Item) item = NULL;

	if (now == NULL)
		return false;
	if (now->revision > self->revision) {
		self->kept++;
		return true;
	}
	item = item_copy(now);
	item_apply(item, kept->before);
	return put_back(self, now, item, error);
}

/* Some rows after @after; own it. */
static GArray *read_rows(Undo *self, int64_t after, GError **error)
{
	g_autoptr(GArray) rows = g_array_new(false, true, sizeof(Kept));
	StoreStatement *row = store_statement(self->store, "office/change/rows_after");
	StoreStep step;

	g_array_set_clear_func(rows, clear_kept);
	store_bind_int(row, 1, self->set);
	store_bind_int(row, 2, after);
	store_bind_int(row, 3, TAKEN_AT_ONCE);
	while ((step = store_step(row, error)) == STORE_ROW) {
		Kept kept = { .item_id = store_get_int(row, 0),
			      .before = json_loads(store_get_text(row, 1), 0, NULL) };

		g_array_append_val(rows, kept);
	}
	return step == STORE_DONE ? g_steal_pointer(&rows) : NULL;
}

static bool undo_rows(Undo *self, GError **error)
{
	int64_t after = 0;

	for (;;) {
		g_autoptr(GArray) rows = read_rows(self, after, error);

		if (rows == NULL)
			return false;
		if (rows->len == 0)
			return true;
		for (guint i = 0; i < rows->len; i++) {
			const Kept *kept = &g_array_index(rows, Kept, i);

			if (!undo_row(self, kept, error))
				return false;
			after = kept->item_id;
		}
	}
}

/* --- goods that were new ------------------------------------------------------------------- */

static bool undo_new(Undo *self, int64_t id, GError **error)
{
	g_autoptr(Item) item = item_row_read(self->store, id, NULL, error);
	bool moved;

	if (item == NULL || !item_has_moved(self->store, id, &moved, error))
		return false;
	if (moved || item->revision > self->revision) {
		self->kept++;
		return true;
	}
	self->undone++;
	return counter_take(self->store, "revision", &item->revision, error) &&
	       item_row_delete(self->store, item, error);
}

static bool read_new(Undo *self, int64_t after, GArray *ids, GError **error)
{
	StoreStatement *row = store_statement(self->store, "office/change/items_after");
	StoreStep step;

	g_array_set_size(ids, 0);
	store_bind_int(row, 1, after);
	store_bind_int(row, 2, self->last_item);
	store_bind_int(row, 3, TAKEN_AT_ONCE);
	while ((step = store_step(row, error)) == STORE_ROW) {
		int64_t id = store_get_int(row, 0);

		g_array_append_val(ids, id);
	}
	return step == STORE_DONE;
}

static bool undo_all_new(Undo *self, GError **error)
{
	g_autoptr(GArray) ids = g_array_new(false, false, sizeof(int64_t));
	int64_t after = self->first_item - 1;

	if (self->first_item == 0)
		return true;
	do {
		if (!read_new(self, after, ids, error))
			return false;
		for (guint i = 0; i < ids->len; i++) {
			after = g_array_index(ids, int64_t, i);
			if (!undo_new(self, after, error))
				return false;
		}
	} while (ids->len > 0);
	return true;
}

/* --- the set ------------------------------------------------------------------------------- */

static bool take_set(Undo *self, StoreStatement *row, GError **error)
{
	if (store_get_int(row, 4) != 0) {
		g_set_error(error, GOODS_ERROR, GOODS_ERROR_CHANGED,
			    _("This change has been undone already."));
		return false;
	}
	/* A list may be of a million goods: the set is in the audit, its rows are with it. */
	self->change.quiet = strcmp(store_get_text(row, 0), "import") == 0;
	self->revision = store_get_int(row, 1);
	self->first_item = store_get_int(row, 2);
	self->last_item = store_get_int(row, 3);
	return true;
}

static bool read_set(Undo *self, GError **error)
{
	StoreStatement *row = store_statement(self->store, "office/change/read");
	StoreStep step;
	bool taken;

	store_bind_int(row, 1, self->set);
	step = store_step(row, error);
	if (step == STORE_DONE)
		g_set_error(error, GOODS_ERROR, GOODS_ERROR_GONE,
			    _("There is no change with the number %" PRId64 "."), self->set);
	taken = step == STORE_ROW && take_set(self, row, error);
	store_reset(row);
	return taken;
}

static bool finish(Undo *self, GError **error)
{
	StoreStatement *statement = store_statement(self->store, "office/change/mark_undone");
	g_autofree char *subject = g_strdup_printf("%" PRId64, self->set);
	g_autofree char *detail = g_strdup_printf("%" PRId64 " %" PRId64, self->undone, self->kept);

	store_bind_int(statement, 1, self->set);
	store_bind_int(statement, 2, g_get_real_time());
	return store_run(statement, error) &&
	       audit_add(self->store, self->change.person_id, "goods-undo", subject, detail, error);
}

static bool run(Undo *self, GError **error)
{
	return rights_require(self->store, self->change.person_id, RIGHT_EDIT_GOODS, error) &&
	       read_set(self, error) &&
	       goods_currency(self->store, &self->change.currency, error) &&
	       undo_rows(self, error) && undo_all_new(self, error) && finish(self, error);
}

bool change_set_undo(Store *store, int64_t set, int64_t person_id, int64_t *ret_undone,
		     int64_t *ret_kept, GError **error)
{
	Undo self = { .store = store,
		      .set = set,
		      .change = { .person_id = person_id, .how = "undo" } };

	if (!store_begin(store, error))
		return false;
	if (!run(&self, error)) {
		store_rollback(store);
		return false;
	}
	if (!store_commit(store, error))
		return false;
	*ret_undone = self.undone;
	*ret_kept = self.kept;
	return true;
}
