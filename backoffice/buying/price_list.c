/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/buying/price_list.h"

#include "backoffice/buying/price_list_take.h"
#include "backoffice/goods/list_rows.h"
#include "backoffice/people/counter.h"
#include "backoffice/people/shop.h"
#include "backoffice/stock/document_private.h"
#include "backoffice/stock/shop_day.h"
#include "backoffice/stock/stock.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

/* Rows of codes by which a list can be told to be another supplier's. */
#define OTHERS_LEAST 5

static void free_row(gpointer data)
{
	PriceListRow *self = data;

	g_free(self->name);
	g_free(self->code);
	g_free(self->barcode);
	g_free(self);
}

void price_list_result_free(PriceListResult *self)
{
	if (self == NULL)
		return;
	g_ptr_array_unref(self->rows);
	g_free(self);
}

/* --- rows ---------------------------------------------------------------------------------- */

typedef struct {
	PriceListTaker taker;
	uint16_t currency;
} Import;

static const char *lacks(const bool has[COLUMN_N])
{
	if (!has[COLUMN_BARCODE] && !has[COLUMN_ARTICLE])
		return _("The list has neither a barcode nor an article column, so no goods can "
			 "be told from others.");
	if (!has[COLUMN_COST] && !has[COLUMN_PRICE] && !has[COLUMN_PACK_PRICE])
		return _("The list has no column that says what goods cost: cost, price or price "
			 "of a pack.");
	return NULL;
}

static bool take(const Row *row, const char *const cells[COLUMN_N], char **ret_reason,
		 Column *ret_column, void *data, GError **error)
{
	Import *self = data;
	g_auto(PriceListDraft) draft = { 0 };

	*ret_reason = price_list_draft_read(&draft, cells, self->currency, ret_column);
	if (*ret_reason != NULL)
		return true;
	*ret_column = COLUMN_N;
	return price_list_take(&self->taker, row->line, &draft, ret_reason, error);
}

/* --- the whole ----------------------------------------------------------------------------- */

static bool judge(const PriceListTaker *taker, const PriceListImport *import, const char *supplier,
		  GError **error)
{
	if (import->anyway || taker->own > 0 || taker->others < OTHERS_LEAST ||
	    taker->others * 2 <= (int64_t)taker->result->rows->len)
		return true;
	return document_refuse(error, DOCUMENT_ERROR_INVALID,
			       _("%" PRId64 " rows have codes of “%s”, and none has one of “%s”: "
				 "this seems to be the list of another supplier. Nothing was "
				 "changed."),
			       taker->others, taker->other, supplier);
}

static bool audit(Store *store, const PriceListImport *import, const PriceListResult *result,
		  const char *supplier, GError **error)
{
	g_autofree char *name = g_path_get_basename(import->list.path);
	g_autofree char *detail =
		g_strdup_printf("%s %" PRId64 " %" PRId64 " %" PRId64 " %" PRId64, name,
				result->changed, result->same, result->unknown, result->refused);

	return audit_add(store, import->list.person_id, "price-list", supplier, detail, error);
}

static ListReading reading_of(const GoodsImport *list, Import *self)
{
	return (ListReading){ .path = list->path,
			      .columns = list->columns,
			      .map = list->map,
			      .n_map = list->n_map,
			      .map_header = list->map_header,
			      .encoding = list->encoding,
			      .refused = list->refused,
			      .refused_data = list->refused_data,
			      .progress = list->progress,
			      .progress_data = list->progress_data,
			      .cancellable = list->cancellable,
			      .lacks = lacks,
			      .take = take,
			      .data = self };
}

static bool run(Store *store, const PriceListImport *import, PriceListResult *result,
		GError **error)
{
	g_autoptr(Supplier) supplier = NULL;
	g_auto(ShopDays) days = { 0 };
	g_autoptr(Shop) shop = shop_find(store, NULL, error);
	SupplierGoodsPut put = { .supplier_id = import->supplier_id,
				 .person_id = import->list.person_id,
				 .at = g_get_real_time(),
				 .how = "list" };
	ListReading reading;
	Import self = { 0 };
	bool done;

	if (shop == NULL || !rights_require(store, put.person_id, RIGHT_ORDER, error) ||
	    !shop_days_init(&days, store, 0, error))
		return false;
	supplier = supplier_read(store, import->supplier_id, error);
	if (supplier == NULL)
		return false;
	put.today = shop_days_today(&days);
	put.day = import->first_day != 0 ? import->first_day : put.today;
	self.currency = shop->currency;
	price_list_taker_init(&self.taker, store, result, &put);
	reading = reading_of(&import->list, &self);
	done = list_read(&reading, &result->refused, &result->encoding, error) &&
	       judge(&self.taker, import, supplier->name, error) &&
	       audit(store, import, result, supplier->name, error);
	price_list_taker_clear(&self.taker);
	return done;
}

PriceListResult *price_list_import(Store *store, const PriceListImport *import, GError **error)
{
	g_autoptr(PriceListResult) result = g_new0(PriceListResult, 1);
	g_autoptr(GError) failed = NULL;
	bool done;

	result->rows = g_ptr_array_new_with_free_func(free_row);
	if (!store_begin(store, error))
		return NULL;
	done = run(store, import, result, &failed);
	if (!done || import->list.dry_run)
		store_rollback(store);
	else
		done = store_commit(store, &failed);
	if (!done)
		g_propagate_error(error, g_steal_pointer(&failed));
	return done ? g_steal_pointer(&result) : NULL;
}

/* --- what rose ----------------------------------------------------------------------------- */

static int by_rise(gconstpointer a, gconstpointer b)
{
	const PriceListRow *left = *(PriceListRow *const *)a, *right = *(PriceListRow *const *)b;
	int64_t left_rise = INT64_MAX, right_rise = INT64_MAX;

	/* From nothing is the steepest. */
	if (!supplier_goods_rise(left->before, left->after, &left_rise))
		left_rise = INT64_MAX;
	if (!supplier_goods_rise(right->before, right->after, &right_rise))
		right_rise = INT64_MAX;
	if (left_rise != right_rise)
		return left_rise > right_rise ? -1 : 1;
	return (left->line > right->line) - (left->line < right->line);
}

GPtrArray *price_list_rises(const PriceListResult *self)
{
	GPtrArray *rises = g_ptr_array_new();

	for (guint i = 0; i < self->rows->len; i++) {
		PriceListRow *row = self->rows->pdata[i];

		if (row->item_id != 0 && row->had && row->after > row->before)
			g_ptr_array_add(rises, row);
	}
	g_ptr_array_sort(rises, by_rise);
	return rises;
}

char *price_list_dup_rise(const PriceListRow *row, const NumberStyle *style)
{
	g_autofree char *percent = NULL;
	int64_t rise;

	if (!row->had || !supplier_goods_rise(row->before, row->after, &rise))
		return g_strdup("");
	percent = number_text_percent(style, rise);
	return rise > 0 ? g_strdup_printf("+%s", percent) : g_steal_pointer(&percent);
}

char *price_list_dup_margin(const PriceListRow *row, const NumberStyle *style)
{
	int64_t margin;

	if (!row->has_price || !supplier_goods_margin(row->price, row->after, &margin))
		return g_strdup("");
	return number_text_percent(style, margin);
}
