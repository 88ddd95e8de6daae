/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/report/report_private.h"

#include <string.h>

/* The order of rows. */

typedef struct {
	const Report *report;
	int column;
	bool text, descending;
} Order;

static int compare_values(const ReportCell *left, const ReportCell *right, bool text)
{
	if (text)
		return g_utf8_collate(left->text, right->text);
	return (left->value > right->value) - (left->value < right->value);
}

/* What is empty stands last both ways; rows that are equal stay as they came. */
static int compare(gconstpointer a, gconstpointer b, gpointer data)
{
	const Order *order = data;
	int first = *(const int *)a, second = *(const int *)b, is;
	const ReportCell *left = report_get_cell(order->report, first, order->column);
	const ReportCell *right = report_get_cell(order->report, second, order->column);

	if (left->empty != right->empty)
		return left->empty ? 1 : -1;
	is = left->empty ? 0 : compare_values(left, right, order->text);
	if (is == 0)
		return first - second;
	return order->descending ? -is : is;
}

static void take_order(Report *self, const int *rows)
{
	guint n = (guint)self->kind->n_columns;
	GArray *cells = g_array_sized_new(false, true, sizeof(ReportCell), self->cells->len);
	GArray *keys = g_array_sized_new(false, true, sizeof(RowKey), self->keys->len);

	for (int i = 0; i < self->n_rows; i++) {
		g_array_append_vals(cells, report_get_cell(self, rows[i], 0), n);
		g_array_append_val(keys, g_array_index(self->keys, RowKey, (guint)rows[i]));
	}
	g_array_unref(self->cells);
	g_array_unref(self->keys);
	self->cells = cells;
	self->keys = keys;
}

void report_sort(Report *self, int column, bool descending)
{
	g_autofree int *rows = g_new(int, (gsize)MAX(self->n_rows, 1));
	Order order = { .report = self, .column = column, .descending = descending };

	g_return_if_fail(column >= 0 && column < self->kind->n_columns);
	order.text = report_type_is_text(self->kind->columns[column].type);
	for (int i = 0; i < self->n_rows; i++)
		rows[i] = i;
	g_qsort_with_data(rows, self->n_rows, sizeof(int), compare, &order);
	take_order(self, rows);
}
