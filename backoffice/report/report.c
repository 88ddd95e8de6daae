/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/report/report_private.h"
#include "backoffice/report/sold.h"

/* A report in memory: how it is filled, and what is in it. */

void report_free(Report *self)
{
	if (self == NULL)
		return;
	g_free(self->shop);
	g_clear_pointer(&self->zone, g_time_zone_unref);
	g_array_unref(self->cells);
	g_array_unref(self->keys);
	g_ptr_array_unref(self->notes);
	g_string_chunk_free(self->texts);
	g_free(self);
}

/* --- building ------------------------------------------------------------------------------ */

ReportCell *report_add_row(Report *self)
{
	guint first = self->cells->len;
	RowKey none = { 0 };

	g_array_set_size(self->cells, first + (guint)self->kind->n_columns);
	for (guint i = first; i < self->cells->len; i++)
		g_array_index(self->cells, ReportCell, i).empty = true;
	g_array_append_val(self->keys, none);
	self->n_rows++;
	return &g_array_index(self->cells, ReportCell, first);
}

void report_put_text(Report *self, ReportCell *cell, const char *text)
{
	cell->empty = text == NULL;
	cell->text = text != NULL ? g_string_chunk_insert_const(self->texts, text) : NULL;
}

void report_put_value(ReportCell *cell, int64_t value)
{
	cell->empty = false;
	cell->value = value;
}

static RowKey *last_key(Report *self)
{
	g_assert(self->keys->len > 0);
	return &g_array_index(self->keys, RowKey, self->keys->len - 1);
}

void report_put_key(Report *self, int64_t shop_id, int64_t till_id, int64_t id)
{
	*last_key(self) = (RowKey){ .key = { shop_id, till_id, id }, .set = true };
}

void report_put_key_text(Report *self, const char *text)
{
	last_key(self)->text = g_string_chunk_insert_const(self->texts, text);
}

void report_put_total(Report *self, int column, int64_t value)
{
	g_return_if_fail(column >= 0 && column < self->kind->n_columns);
	report_put_value(&self->totals[column], value);
}

void report_add_note(Report *self, const char *text)
{
	g_ptr_array_add(self->notes, g_strdup(text));
}

static void read_cell(Report *self, StoreStatement *row, int column, ReportType type,
		      ReportCell *ret)
{
	if (store_is_null(row, column))
		return;
	if (report_type_is_text(type))
		report_put_text(self, ret, store_get_text(row, column));
	else
		report_put_value(ret, store_get_int(row, column));
}

static void read_row(Report *self, StoreStatement *row)
{
	ReportCell *cells = report_add_row(self);
	int n = self->kind->n_columns;

	for (int i = 0; i < n; i++)
		read_cell(self, row, i, self->kind->columns[i].type, &cells[i]);
	if (self->kind->key != REPORT_NO_KEY && !store_is_null(row, n))
		report_put_key(self, store_get_int(row, n), store_get_int(row, n + 1),
			       store_get_int(row, n + 2));
}

bool report_read_rows(Report *self, StoreStatement *row, GError **error)
{
	StoreStep step;

	while ((step = store_step(row, error)) == STORE_ROW)
		read_row(self, row);
	return step == STORE_DONE;
}

static bool add_totals(Report *self, StoreStatement *row, GError **error)
{
	for (int i = 0; i < self->kind->n_columns; i++) {
		int64_t sum = self->totals[i].value;

		if (!self->kind->columns[i].total)
			continue;
		if (!sold_add(&sum, store_get_int(row, i), error))
			return false;
		report_put_value(&self->totals[i], sum);
	}
	return true;
}

/* Nothing at all adds up to zero. */
static void begin_totals(Report *self)
{
	for (int i = 0; i < self->kind->n_columns; i++)
		if (self->kind->columns[i].total && self->totals[i].empty)
			report_put_value(&self->totals[i], 0);
}

bool report_read_adding(Report *self, StoreStatement *row, int limit, GError **error)
{
	StoreStep step;

	begin_totals(self);
	while ((step = store_step(row, error)) == STORE_ROW) {
		if (!add_totals(self, row, error)) {
			store_reset(row);
			return false;
		}
		if (limit == 0 || self->n_rows < limit)
			read_row(self, row);
		else
			self->n_left_out++;
	}
	return step == STORE_DONE;
}

bool report_read_totals(Report *self, StoreStatement *row, GError **error)
{
	int column = 0;

	if (store_step(row, error) != STORE_ROW)
		return false;
	for (int i = 0; i < self->kind->n_columns; i++)
		if (self->kind->columns[i].total)
			read_cell(self, row, column++, self->kind->columns[i].type,
				  &self->totals[i]);
	store_reset(row);
	return true;
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
	return self->query.from;
}

int32_t report_get_to(const Report *self)
{
	return self->query.to;
}

const ReportQuery *report_get_query(const Report *self)
{
	return &self->query;
}

int report_get_n_notes(const Report *self)
{
	return (int)self->notes->len;
}

const char *report_get_note(const Report *self, int n)
{
	g_return_val_if_fail(n >= 0 && n < (int)self->notes->len, NULL);
	return self->notes->pdata[n];
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
