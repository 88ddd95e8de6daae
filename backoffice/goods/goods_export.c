/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/goods/columns.h"
#include "backoffice/goods/goods_import.h"
#include "backoffice/people/shop.h"
#include "core/quantity.h"

#include <csv.h>
#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <xlsxwriter.h>

#define XLSX_ROWS_MAX 1048576

/* Where rows go: one of two kinds of file. */
typedef struct {
	uint16_t currency;
	int64_t row; /* from 0, the header */
	int64_t goods, last_id;

	FILE *csv; /* owned; NULL: a workbook */
	lxw_workbook *workbook; /* owned */
	lxw_worksheet *sheet;
} Output;

static bool file_failed(const char *path, const char *why, GError **error)
{
	g_set_error(error, GOODS_IMPORT_ERROR, GOODS_IMPORT_ERROR_FILE,
		    _("“%s” cannot be written: %s."), path, why);
	return false;
}

/* --- cells --------------------------------------------------------------------------------- */

typedef enum { CELL_TEXT, CELL_AMOUNT, CELL_QUANTITY, CELL_NUMBER } CellType;

static CellType type_of(Column column)
{
	switch (column) {
	case COLUMN_PRICE:
	case COLUMN_COST:
	case COLUMN_PACK_PRICE:
		return CELL_AMOUNT;
	case COLUMN_FACTOR:
	case COLUMN_TARE:
	case COLUMN_MINIMUM:
		return CELL_QUANTITY;
	case COLUMN_PLU:
	case COLUMN_SHELF_LIFE:
		return CELL_NUMBER;
	default:
		return CELL_TEXT;
	}
}

/* As the import reads it; own it. */
static char *dup_cell(const Output *self, StoreStatement *row, Column column)
{
	if (store_is_null(row, column))
		return g_strdup("");
	switch (type_of(column)) {
	case CELL_AMOUNT:
		return money_dup_decimal((Money){ store_get_int(row, column), self->currency });
	case CELL_QUANTITY:
		return quantity_dup_decimal((Quantity){ store_get_int(row, column) });
	default:
		return g_strdup(store_get_text(row, column));
	}
}

/* A workbook has nothing but doubles, and the import reads fifteen digits of them: what is typed by
 * hand in shops fits. A barcode, an article are texts: as numbers they would lose their zeros. */
static void put_in_sheet(Output *self, Column column, const char *text, bool number)
{
	lxw_row_t row = (lxw_row_t)self->row;

	if (*text == '\0')
		return;
	if (number)
		worksheet_write_number(self->sheet, row, (lxw_col_t)column,
				       g_ascii_strtod(text, NULL), NULL);
	else
		worksheet_write_string(self->sheet, row, (lxw_col_t)column, text, NULL);
}

static void put_in_csv(Output *self, Column column, const char *text)
{
	if (column > 0)
		fputc(',', self->csv);
	if (strpbrk(text, "\",\r\n") != NULL)
		csv_fwrite(self->csv, text, strlen(text));
	else
		fputs(text, self->csv);
}

static void put_cell(Output *self, Column column, const char *text, bool number)
{
	if (self->csv != NULL)
		put_in_csv(self, column, text);
	else
		put_in_sheet(self, column, text, number);
}

static void end_row(Output *self)
{
	if (self->csv != NULL)
		fputc('\n', self->csv);
	self->row++;
}

/* --- rows ---------------------------------------------------------------------------------- */

static void put_header(Output *self)
{
	for (Column column = 0; column < COLUMN_N; column++)
		put_cell(self, column, column_name(column), false);
	end_row(self);
}

static bool put_row(Output *self, StoreStatement *row, GError **error)
{
	if (self->csv == NULL && self->row >= XLSX_ROWS_MAX) {
		g_set_error(error, GOODS_IMPORT_ERROR, GOODS_IMPORT_ERROR_FILE,
			    _("A workbook has room for %d rows: write a CSV file instead."),
			    XLSX_ROWS_MAX);
		return false;
	}
	for (Column column = 0; column < COLUMN_N; column++) {
		g_autofree char *text = dup_cell(self, row, column);

		put_cell(self, column, text, type_of(column) != CELL_TEXT);
	}
	end_row(self);
	return true;
}

static bool put_rows(Output *self, Store *store, const char *name, GError **error)
{
	StoreStatement *row = store_statement(store, name);
	StoreStep step;

	while ((step = store_step(row, error)) == STORE_ROW) {
		if (!put_row(self, row, error)) {
			store_reset(row);
			return false;
		}
		self->goods += store_get_int(row, COLUMN_N) > self->last_id;
		self->last_id = MAX(self->last_id, store_get_int(row, COLUMN_N));
	}
	return step == STORE_DONE;
}

/* Both questions see one moment of the database. */
static bool put_all(Output *self, Store *store, GError **error)
{
	bool done;

	if (!store_begin_read(store, error))
		return false;
	put_header(self);
	done = put_rows(self, store, "office/goods/export", error) &&
	       put_rows(self, store, "office/goods/export_packs", error);
	store_rollback(store);
	return done;
}

/* --- files --------------------------------------------------------------------------------- */

static bool export_csv(Output *self, Store *store, const char *path, GError **error)
{
	bool done, written;

	self->csv = g_fopen(path, "wb");
	if (self->csv == NULL)
		return file_failed(path, g_strerror(errno), error);
	done = put_all(self, store, error);
	written = ferror(self->csv) == 0;
	if ((fclose(self->csv) != 0 || !written) && done)
		return file_failed(path, g_strerror(errno), error);
	return done;
}

/* The library tells a bad path to standard error, which is not its to write to. */
static bool try_to_write(const char *path, GError **error)
{
	FILE *file = g_fopen(path, "wb");

	return (file != NULL && fclose(file) == 0) || file_failed(path, g_strerror(errno), error);
}

static bool export_xlsx(Output *self, Store *store, const char *path, GError **error)
{
	/* Rows are written as they come: a million of them would fill the memory. */
	lxw_workbook_options options = { .constant_memory = LXW_TRUE };
	lxw_error failed;
	bool done;

	if (!try_to_write(path, error))
		return false;
	self->workbook = workbook_new_opt(path, &options);
	self->sheet = workbook_add_worksheet(self->workbook, NULL);
	worksheet_freeze_panes(self->sheet, 1, 0);
	done = put_all(self, store, error);
	failed = workbook_close(self->workbook);
	return done && (failed == LXW_NO_ERROR || file_failed(path, lxw_strerror(failed), error));
}

bool goods_export(Store *store, const char *path, int64_t *ret_goods, GError **error)
{
	g_autoptr(Shop) shop = shop_find(store, NULL, error);
	g_autofree char *lower = g_ascii_strdown(path, -1);
	Output self = { 0 };

	if (shop == NULL)
		return false;
	self.currency = shop->currency;
	if (!(g_str_has_suffix(lower, ".xlsx") ? export_xlsx(&self, store, path, error)
					       : export_csv(&self, store, path, error)))
		return false;
	*ret_goods = self.goods;
	return true;
}
