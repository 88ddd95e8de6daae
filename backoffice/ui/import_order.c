/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/import_order.h"

#include "backoffice/goods/item.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#define PREVIEW_ROWS 12

ImportOrder *import_order_new(ImportVerb verb, const OfficeDesk *desk)
{
	ImportOrder *self = g_new0(ImportOrder, 1);

	self->verb = verb;
	self->person_id = office_desk_get_person_id(desk);
	self->refused = g_string_new(NULL);
	self->style = *office_desk_get_style(desk);
	self->currency = office_desk_get_shop(desk)->currency;
	return self;
}

void import_progress_unref(ImportProgress *self)
{
	g_atomic_rc_box_release(self);
}

void import_order_free(void *order)
{
	ImportOrder *self = order;

	g_free(self->path);
	g_free(self->encoding);
	g_free(self->map);
	goods_preview_free(self->preview);
	g_string_free(self->refused, true);
	g_clear_pointer(&self->progress, import_progress_unref);
	g_clear_object(&self->cancellable);
	g_free(self);
}

static void on_refused(int64_t line, const char *reason, const char *const *cells, void *data)
{
	ImportOrder *self = data;

	if (self->counts.refused++ < IMPORT_REFUSALS_SHOWN)
		g_string_append_printf(self->refused, _("line %" PRId64 ": %s\n"), line, reason);
}

static void on_progress(int64_t rows, int permille, void *data)
{
	ImportProgress *progress = data;

	g_atomic_int_set(&progress->rows, (gint)MIN(rows, G_MAXINT));
	g_atomic_int_set(&progress->permille, permille);
}

static GoodsImport list_of(ImportOrder *self)
{
	return (GoodsImport){ .path = self->path,
			      .encoding = self->encoding,
			      .map = self->map,
			      .n_map = self->n_map,
			      .map_header = self->header,
			      .person_id = self->person_id,
			      .dry_run = self->verb == IMPORT_TRY,
			      .refused = on_refused,
			      .refused_data = self,
			      .progress = on_progress,
			      .progress_data = self->progress,
			      .cancellable = self->cancellable };
}

/* --- a supplier's prices ------------------------------------------------------------------- */

static void add_rise(ImportOrder *self, const PriceListRow *row, GString *text)
{
	g_autofree char *before =
		number_text_money(&self->style, (Money){ row->before, self->currency }, false);
	g_autofree char *after =
		number_text_money(&self->style, (Money){ row->after, self->currency }, false);
	g_autofree char *rise = price_list_dup_rise(row, &self->style);
	g_autofree char *margin = price_list_dup_margin(row, &self->style);

	if (*margin != '\0')
		g_string_append_printf(text, _("dearer: %s: %s → %s (%s), margin %s\n"), row->name,
				       before, after, rise, margin);
	else
		g_string_append_printf(text, _("dearer: %s: %s → %s (%s)\n"), row->name, before,
				       after, rise);
}

/* What rose stands before what was refused, and what is not ours between them. */
static void tell_rows(ImportOrder *self, const PriceListResult *result)
{
	g_autoptr(GPtrArray) rises = price_list_rises(result);
	g_autoptr(GString) text = g_string_new(NULL);
	int shown = 0;

	for (guint i = 0; i < rises->len && i < IMPORT_REFUSALS_SHOWN; i++)
		add_rise(self, rises->pdata[i], text);
	for (guint i = 0; i < result->rows->len && shown < IMPORT_REFUSALS_SHOWN; i++) {
		const PriceListRow *row = result->rows->pdata[i];

		if (row->fate != PRICE_LIST_UNKNOWN)
			continue;
		g_string_append_printf(text, _("line %" PRId64 ": not among our goods: %s %s %s\n"),
				       row->line, row->code, row->barcode, row->name);
		shown++;
	}
	g_string_prepend(self->refused, text->str);
}

static bool import_prices(ImportOrder *self, Store *store, GError **error)
{
	PriceListImport import = { .list = list_of(self), .supplier_id = self->supplier_id };
	g_autoptr(PriceListResult) result = price_list_import(store, &import, error);

	if (result == NULL)
		return false;
	self->prices = *result;
	self->prices.rows = NULL;
	tell_rows(self, result);
	return true;
}

/* --- goods --------------------------------------------------------------------------------- */

static bool import(ImportOrder *self, Store *store, GError **error)
{
	GoodsImport import = list_of(self);
	GoodsImportCounts counts;

	if (!goods_import(store, &import, &counts, error))
		return false;
	self->counts = counts;
	return true;
}

static bool carry_out(ImportOrder *self, Store *store, GError **error)
{
	switch (self->verb) {
	case IMPORT_PREVIEW:
		self->preview =
			goods_import_preview(self->path, self->encoding, PREVIEW_ROWS, error);
		return self->preview != NULL;
	case IMPORT_TRY:
	case IMPORT_RUN:
		return self->supplier_id != 0 ? import_prices(self, store, error)
					      : import(self, store, error);
	case IMPORT_UNDO:
		return change_set_undo(store, self->set, self->person_id, &self->undone,
				       &self->kept, error);
	}
	g_return_val_if_reached(false);
}

void import_order_job(GTask *task, Store *store)
{
	GError *error = NULL;

	if (carry_out(g_task_get_task_data(task), store, &error))
		g_task_return_boolean(task, true);
	else
		g_task_return_error(task, error);
}
