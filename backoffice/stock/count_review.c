/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/stock/count_sheet.h"

static void free_item(gpointer item)
{
	count_item_free(item);
}

static void free_progress(gpointer data)
{
	CountProgress *progress = data;

	g_free(progress->name);
	g_free(progress);
}

/* A count that people scan into is read as it is at one moment. */
static CountSheet *read_at_once(Store *store, int64_t document, GError **error)
{
	CountSheet *sheet;

	if (!store_begin_read(store, error))
		return NULL;
	sheet = count_sheet_read(store, document, false, error);
	store_rollback(store);
	return sheet;
}

GPtrArray *count_review(Store *store, int64_t document, GError **error)
{
	g_autoptr(CountSheet) sheet = read_at_once(store, document, error);
	GPtrArray *items;

	if (sheet == NULL)
		return NULL;
	items = g_ptr_array_new_with_free_func(free_item);
	for (guint i = 0; i < sheet->rows->len; i++)
		g_ptr_array_add(items,
				g_steal_pointer(&g_array_index(sheet->rows, SheetRow, i).item));
	return items;
}

static bool is_to_recount(const CountSheet *sheet, const CountItem *item)
{
	if (item->disputed || !sheet->head.is_draft)
		return item->disputed;
	if (!item->counted_at_all)
		return sheet->head.rest_is_zero;
	return item->counted != item->expected && !item->recounted;
}

GPtrArray *count_to_recount(Store *store, int64_t document, GError **error)
{
	g_autoptr(CountSheet) sheet = read_at_once(store, document, error);
	GPtrArray *items;

	if (sheet == NULL)
		return NULL;
	items = g_ptr_array_new_with_free_func(free_item);
	for (guint i = 0; i < sheet->rows->len; i++) {
		SheetRow *row = &g_array_index(sheet->rows, SheetRow, i);

		if (is_to_recount(sheet, row->item))
			g_ptr_array_add(items, g_steal_pointer(&row->item));
	}
	return items;
}

GPtrArray *count_progress(Store *store, int64_t document, GError **error)
{
	g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func(free_progress);
	StoreStatement *row = store_statement(store, "office/count/progress");
	StoreStep step;

	store_bind_int(row, 1, document);
	while ((step = store_step(row, error)) == STORE_ROW) {
		CountProgress *progress = g_new0(CountProgress, 1);

		progress->zone_id = store_get_int(row, 0);
		progress->name = g_strdup(store_get_text(row, 1));
		progress->n_items = (int)store_get_int(row, 2);
		progress->last_at = store_get_int(row, 3);
		g_ptr_array_add(list, progress);
	}
	return step == STORE_DONE ? g_steal_pointer(&list) : NULL;
}
