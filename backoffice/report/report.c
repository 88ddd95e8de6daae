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
		store_bind_int(statement, 3, self->at);
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

static Shop *read_shop(Store *store, int64_t shop_id, GError **error)
{
	g_autoptr(GPtrArray) shops = shop_list(store, error);

	for (guint i = 0; shops != NULL && i < shops->len; i++)
		if (((const Shop *)shops->pdata[i])->id == shop_id)
			return g_ptr_array_steal_index(shops, i);
	if (shops != NULL)
		g_set_error(error, STORE_ERROR, STORE_ERROR_FAILED, "no shop %" G_GINT64_FORMAT,
			    shop_id);
	return NULL;
}

/* A day ends where the next one begins, be it of 23 hours or 25. */
static int64_t day_end(const Shop *shop, int32_t day)
{
	g_autoptr(GTimeZone) zone = g_time_zone_new_identifier(shop->timezone);
	g_autoptr(GDateTime) start = NULL, next = NULL;

	if (zone == NULL)
		zone = g_time_zone_new_utc();
	start = g_date_time_new(zone, day / 10000, day / 100 % 100, day % 100, 0, 0, 0);
	next = start != NULL ? g_date_time_add_days(start, 1) : NULL;
	return next != NULL ? g_date_time_to_unix(next) * G_USEC_PER_SEC - 1 : INT64_MAX;
}

bool report_day_end(Store *store, int64_t shop_id, int32_t day, int64_t *ret, GError **error)
{
	g_autoptr(Shop) shop = read_shop(store, shop_id, error);

	if (shop != NULL)
		*ret = day_end(shop, day);
	return shop != NULL;
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

/* Everything but which days and moment it is of, which @self says. */
static bool fill(Report *self, Store *store, Shop *shop, int64_t item_id, GError **error)
{
	const ReportKind *kind = self->kind;

	self->shop = g_strdup(shop->name);
	self->currency = shop->currency;
	if (!read_rows(self, bind(store, kind->statement, self, shop->id, item_id), error) ||
	    !read_totals(self, bind(store, kind->totals, self, shop->id, item_id), error) ||
	    !read_hours(self, store, shop->id, error))
		return false;
	sort_rows(self);
	return true;
}

Report *report_run(Store *store, const ReportKind *kind, int64_t shop_id, int32_t from, int32_t to,
		   GError **error)
{
	g_autoptr(Report) self = NULL;
	g_autoptr(Shop) shop = NULL;

	g_return_val_if_fail(kind != NULL, NULL);
	shop = read_shop(store, shop_id, error);
	if (shop == NULL)
		return NULL;
	self = report_new(kind, kind->of_items ? to : from, to);
	self->at = to != 0 ? day_end(shop, to) : INT64_MAX;
	return fill(self, store, shop, 0, error) ? g_steal_pointer(&self) : NULL;
}

Report *report_run_stock_at(Store *store, int64_t shop_id, int64_t item_id, int64_t at,
			    GError **error)
{
	g_autoptr(Report) self = report_new(report_find("stock"), 0, 0);
	g_autoptr(Shop) shop = read_shop(store, shop_id, error);

	self->at = at;
	return shop != NULL && fill(self, store, shop, item_id, error) ? g_steal_pointer(&self)
								       : NULL;
}

Report *report_run_stock(Store *store, int64_t shop_id, int64_t item_id, GError **error)
{
	return report_run_stock_at(store, shop_id, item_id, INT64_MAX, error);
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
