/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/goods/columns.h"
#include "backoffice/goods/goods_import.h"
#include "backoffice/people/shop.h"

#include <csv.h>
#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

/* In the order of office/goods/export, and of Column. */
static void write_cell(FILE *file, Column column, const char *text)
{
	if (column > 0)
		fputc(',', file);
	if (strpbrk(text, "\",\r\n") != NULL)
		csv_fwrite(file, text, strlen(text));
	else
		fputs(text, file);
}

static char *dup_cell(StoreStatement *row, Column column, uint16_t currency)
{
	const char *text;

	if (column == COLUMN_PRICE || column == COLUMN_COST)
		return store_is_null(row, column)
			       ? g_strdup("")
			       : money_dup_decimal((Money){ store_get_int(row, column), currency });
	text = store_get_text(row, column);
	return g_strdup(text != NULL ? text : "");
}

static void write_header(FILE *file)
{
	for (Column column = 0; column < COLUMN_N; column++)
		write_cell(file, column, column_name(column));
	fputc('\n', file);
}

static bool write_rows(Store *store, FILE *file, uint16_t currency, int64_t *ret_goods,
		       GError **error)
{
	StoreStatement *row = store_statement(store, "office/goods/export");
	int64_t last = 0;
	StoreStep step;

	*ret_goods = 0;
	write_header(file);
	while ((step = store_step(row, error)) == STORE_ROW) {
		for (Column column = 0; column < COLUMN_N; column++) {
			g_autofree char *cell = dup_cell(row, column, currency);

			write_cell(file, column, cell);
		}
		fputc('\n', file);
		*ret_goods += store_get_int(row, COLUMN_N) != last;
		last = store_get_int(row, COLUMN_N);
	}
	return step == STORE_DONE;
}

static bool file_failed(const char *path, GError **error)
{
	g_set_error(error, GOODS_IMPORT_ERROR, GOODS_IMPORT_ERROR_FILE,
		    _("“%s” cannot be written: %s."), path, g_strerror(errno));
	return false;
}

bool goods_export(Store *store, const char *path, int64_t *ret_goods, GError **error)
{
	g_autoptr(Shop) shop = shop_find(store, NULL, error);
	FILE *file;
	bool done, written;

	if (shop == NULL)
		return false;
	file = g_fopen(path, "wb");
	if (file == NULL)
		return file_failed(path, error);
	done = write_rows(store, file, shop->currency, ret_goods, error);
	written = ferror(file) == 0;
	if ((fclose(file) != 0 || !written) && done)
		return file_failed(path, error);
	return done;
}
