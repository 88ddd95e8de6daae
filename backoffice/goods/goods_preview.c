/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/goods/columns.h"
#include "backoffice/goods/rows.h"
#include "core/barcode.h"
#include "core/quantity.h"

#include <string.h>

typedef struct {
	int max_rows;
	bool enough;
	char separator;
	GPtrArray *rows; /* borrowed */
} Reader;

static void free_row(gpointer row)
{
	g_strfreev(row);
}

void goods_preview_free(GoodsPreview *self)
{
	if (self == NULL)
		return;
	g_free(self->columns);
	g_ptr_array_unref(self->rows);
	g_free(self);
}

/* Known heads tell the separator best; without any, it is the one that gives most cells. */
static int fit(const char *const *cells, void *data)
{
	int known = 0, n = 0;
	Column column;

	for (; cells[n] != NULL; n++)
		known += column_parse(cells[n], &column);
	return known * 1000 + MIN(n, 999);
}

/* The error ends the reading; goods_import_preview() forgets it. */
static bool on_row(const Row *row, void *data, GError **error)
{
	Reader *self = data;

	self->separator = row->separator;
	g_ptr_array_add(self->rows, g_strdupv((char **)row->cells));
	self->enough = (int)self->rows->len >= self->max_rows;
	if (self->enough)
		g_set_error_literal(error, GOODS_IMPORT_ERROR, GOODS_IMPORT_ERROR_FORMAT, "");
	return !self->enough;
}

/* --- what columns seem to be --------------------------------------------------------------- */

static bool is_taken(const GoodsPreview *self, int column)
{
	for (int i = 0; i < self->n_columns; i++)
		if (self->columns[i] == column)
			return true;
	return false;
}

static void guess_by_heads(GoodsPreview *self)
{
	char **heads = self->rows->pdata[0];
	Column column;

	for (int i = 0; i < self->n_columns; i++)
		if (column_parse(heads[i], &column) && !is_taken(self, (int)column)) {
			self->columns[i] = (int)column;
			self->has_header = true;
		}
}

static bool looks_like_barcode(const char *cell)
{
	BarcodeKind kind = barcode_kind(cell);

	return kind != BARCODE_OTHER && kind != BARCODE_BAD_CHECK;
}

static bool looks_like_amount(const char *cell)
{
	Quantity amount;

	return quantity_parse_decimal(cell, &amount) && amount.micro > 0 &&
	       !looks_like_barcode(cell);
}

/* A name has letters, and more than a unit or a tax. */
static bool looks_like_name(const char *cell)
{
	int letters = 0;

	for (; *cell != '\0'; cell = g_utf8_next_char(cell))
		letters += g_unichar_isalpha(g_utf8_get_char(cell));
	return letters > 4;
}

/* Most cells of the column do. */
static bool looks(const GoodsPreview *self, int i, bool (*like)(const char *cell))
{
	guint n = 0;

	for (guint row = 0; row < self->rows->len; row++) {
		char **cells = self->rows->pdata[row];
		g_autofree char *cell = NULL;

		if ((int)g_strv_length(cells) <= i)
			continue;
		cell = g_strstrip(g_strdup(cells[i]));
		n += *cell != '\0' && like(cell);
	}
	return n * 2 > self->rows->len;
}

/* The first column that looks so, of those that nothing is known of. */
static void guess_by_cells(GoodsPreview *self, Column column, bool (*like)(const char *cell))
{
	for (int i = 0; i < self->n_columns && !is_taken(self, (int)column); i++)
		if (self->columns[i] < 0 && looks(self, i, like))
			self->columns[i] = (int)column;
}

static void guess(GoodsPreview *self)
{
	if (self->rows->len == 0)
		return;
	self->n_columns = (int)g_strv_length(self->rows->pdata[0]);
	self->columns = g_new(int, (gsize)self->n_columns + 1);
	for (int i = 0; i < self->n_columns; i++)
		self->columns[i] = -1;
	guess_by_heads(self);
	guess_by_cells(self, COLUMN_BARCODE, looks_like_barcode);
	guess_by_cells(self, COLUMN_NAME, looks_like_name);
	guess_by_cells(self, COLUMN_PRICE, looks_like_amount);
}

GoodsPreview *goods_import_preview(const char *path, const char *encoding, int max_rows,
				   GError **error)
{
	g_autoptr(GoodsPreview) self = g_new0(GoodsPreview, 1);
	g_autoptr(GError) failed = NULL;
	Reader reader = { .max_rows = max_rows };
	RowSink sink = { .fit = fit, .row = on_row, .data = &reader };

	self->rows = reader.rows = g_ptr_array_new_with_free_func(free_row);
	if (!goods_import_choose_encoding(path, encoding, &self->encoding, error))
		return NULL;
	if (!rows_read(path, self->encoding, &sink, &failed) && !reader.enough) {
		g_propagate_error(error, g_steal_pointer(&failed));
		return NULL;
	}
	self->separator = reader.separator;
	guess(self);
	return g_steal_pointer(&self);
}
