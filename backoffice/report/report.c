/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/report/report.h"

#include "backoffice/people/shop.h"
#include "backoffice/report/report_private.h"

#include <stdio.h>
#include <string.h>

void report_free(Report *self)
{
	if (self == NULL)
		return;
	g_free(self->shop);
	g_array_unref(self->cells);
	g_string_chunk_free(self->texts);
	g_free(self);
}

static Report *report_new(const ReportKind *kind, int32_t from, int32_t to)
{
	Report *self = g_new0(Report, 1);

	self->kind = kind;
	self->from = from;
	self->to = to;
	self->cells = g_array_new(false, true, sizeof(ReportCell));
	self->texts = g_string_chunk_new(4096);
	return self;
}

/* --- reading ------------------------------------------------------------------------------- */

static ReportCell read_cell(Report *self, StoreStatement *row, int column, ReportType type)
{
	ReportCell cell = { .empty = store_is_null(row, column) };

	if (cell.empty)
		return cell;
	if (report_type_is_text(type))
		cell.text = g_string_chunk_insert_const(self->texts, store_get_text(row, column));
	else
		cell.value = store_get_int(row, column);
	return cell;
}

static StoreStatement *bind(Store *store, const char *name, const Report *self, int64_t shop_id,
			    int64_t item_id)
{
	StoreStatement *statement = store_statement(store, name);

	store_bind_int(statement, 1, shop_id);
	if (self->kind->of_items) {
		store_bind_int(statement, 2, item_id);
		return statement;
	}
	store_bind_int(statement, 2, self->from);
	store_bind_int(statement, 3, self->to);
	return statement;
}

static bool read_rows(Report *self, StoreStatement *row, GError **error)
{
	StoreStep step;

	while ((step = store_step(row, error)) == STORE_ROW) {
		for (int i = 0; i < self->kind->n_columns; i++) {
			ReportCell cell = read_cell(self, row, i, self->kind->columns[i].type);

			g_array_append_val(self->cells, cell);
		}
		self->n_rows++;
	}
	return step == STORE_DONE;
}

static bool read_totals(Report *self, StoreStatement *row, GError **error)
{
	int column = 0;

	if (store_step(row, error) != STORE_ROW)
		return false;
	for (int i = 0; i < self->kind->n_columns; i++) {
		self->totals[i].empty = !self->kind->columns[i].total;
		if (self->kind->columns[i].total)
			self->totals[i] =
				read_cell(self, row, column++, self->kind->columns[i].type);
	}
	store_reset(row);
	return true;
}

static bool read_hours(Report *self, Store *store, int64_t shop_id, GError **error)
{
	StoreStatement *row;
	StoreStep step;

	if (self->kind->picture != REPORT_HOURS)
		return true;
	row = bind(store, "office/report/hours", self, shop_id, 0);
	while ((step = store_step(row, error)) == STORE_ROW) {
		int64_t hour = CLAMP(store_get_int(row, 0), 0, HOURS - 1);

		self->has_hour[hour] = true;
		self->hours[hour] = store_get_int(row, 5);
	}
	return step == STORE_DONE;
}

static bool read_shop(Report *self, Store *store, int64_t shop_id, GError **error)
{
	g_autoptr(GPtrArray) shops = shop_list(store, error);

	if (shops == NULL)
		return false;
	for (guint i = 0; i < shops->len; i++) {
		const Shop *shop = shops->pdata[i];

		if (shop->id != shop_id)
			continue;
		self->shop = g_strdup(shop->name);
		self->currency = shop->currency;
		return true;
	}
	g_set_error(error, STORE_ERROR, STORE_ERROR_FAILED, "no shop %" G_GINT64_FORMAT, shop_id);
	return false;
}

/* --- order --------------------------------------------------------------------------------- */

static int larger_first(gconstpointer a, gconstpointer b, gpointer data)
{
	int column = *(const int *)data;
	const ReportCell *left = (const ReportCell *)a + column;
	const ReportCell *right = (const ReportCell *)b + column;

	return (left->value < right->value) - (left->value > right->value);
}

/* Rows of equal value stay in the statement's order. */
static void sort_rows(Report *self)
{
	int column = self->kind->sort;

	if (column >= 0 && self->n_rows > 0)
		g_qsort_with_data(self->cells->data, self->n_rows,
				  sizeof(ReportCell) * (size_t)self->kind->n_columns, larger_first,
				  &column);
}

static Report *run(Store *store, const ReportKind *kind, int64_t shop_id, int32_t from, int32_t to,
		   int64_t item_id, GError **error)
{
	g_autoptr(Report) self = report_new(kind, from, to);

	if (!read_shop(self, store, shop_id, error) ||
	    !read_rows(self, bind(store, kind->statement, self, shop_id, item_id), error) ||
	    !read_totals(self, bind(store, kind->totals, self, shop_id, item_id), error) ||
	    !read_hours(self, store, shop_id, error))
		return NULL;
	sort_rows(self);
	return g_steal_pointer(&self);
}

Report *report_run(Store *store, const ReportKind *kind, int64_t shop_id, int32_t from, int32_t to,
		   GError **error)
{
	g_return_val_if_fail(kind != NULL, NULL);
	return run(store, kind, shop_id, from, to, 0, error);
}

Report *report_run_stock(Store *store, int64_t shop_id, int64_t item_id, GError **error)
{
	return run(store, report_find("stock"), shop_id, 0, 0, item_id, error);
}

/* --- what is in it ------------------------------------------------------------------------- */

const ReportKind *report_get_kind(const Report *self)
{
	return self->kind;
}

const char *report_get_shop(const Report *self)
{
	return self->shop;
}

uint16_t report_get_currency(const Report *self)
{
	return self->currency;
}

int32_t report_get_from(const Report *self)
{
	return self->from;
}

int32_t report_get_to(const Report *self)
{
	return self->to;
}

int report_get_n_rows(const Report *self)
{
	return self->n_rows;
}

const ReportCell *report_get_cell(const Report *self, int row, int column)
{
	g_return_val_if_fail(row >= 0 && row < self->n_rows, NULL);
	g_return_val_if_fail(column >= 0 && column < self->kind->n_columns, NULL);
	return &g_array_index(self->cells, ReportCell,
			      (guint)(row * self->kind->n_columns + column));
}

const ReportCell *report_get_total(const Report *self, int column)
{
	g_return_val_if_fail(column >= 0 && column < self->kind->n_columns, NULL);
	return &self->totals[column];
}
