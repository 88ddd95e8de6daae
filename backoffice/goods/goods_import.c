/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/goods/goods_import.h"

#include "backoffice/goods/rows.h"
#include "backoffice/goods/writer.h"
#include "backoffice/people/counter.h"
#include "backoffice/people/shop.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

G_DEFINE_QUARK(goods - import - error - quark, goods_import_error)

typedef struct {
	uint16_t currency;
	int n_cells; /* of a row; 0 until the first one came */
	int place[COLUMN_N]; /* of each column among the cells; −1: not in this list */
	int64_t refused;

	/* owned */
	char **named; /* by --columns; NULL if the header says */
	TaxNames *taxes;
	Writer *writer;

	/* borrowed */
	const GoodsImport *import;
} Import;

static bool fail(GError **error, GoodsImportError code, const char *format, ...)
	G_GNUC_PRINTF(3, 4);
static bool fail(GError **error, GoodsImportError code, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	if (error != NULL)
		*error = g_error_new_valist(GOODS_IMPORT_ERROR, code, format, args);
	va_end(args);
	return false;
}

/* --- columns ------------------------------------------------------------------------------- */

static int n_known(const char *const *cells)
{
	int known = 0;
	Column column;

	for (; *cells != NULL; cells++)
		known += column_parse(*cells, &column);
	return known;
}

/* With --columns it is their number that shows the separator. */
static int fit(const char *const *cells, void *data)
{
	const Import *self = data;
	int n = (int)g_strv_length((char **)cells);

	if (self->named == NULL)
		return n_known(cells);
	return n <= (int)g_strv_length(self->named) ? n : 0;
}

/* Of two columns of one meaning the first is it. */
static void place_columns(Import *self, const char *const *names)
{
	Column column;

	for (int i = 0; names[i] != NULL; i++)
		if (column_parse(names[i], &column) && self->place[column] < 0)
			self->place[column] = i;
}

static bool check_names(char *const *names, GError **error)
{
	Column column;

	for (; *names != NULL; names++) {
		g_autoptr(GString) known = NULL;

		if (strcmp(g_strstrip(*names), "-") == 0 || column_parse(*names, &column))
			continue;
		known = g_string_new(NULL);
		for (column = 0; column < COLUMN_N; column++)
			g_string_append_printf(known, "%s, ", column_name(column));
		return fail(error, GOODS_IMPORT_ERROR_OPTIONS,
			    _("There is no column “%s”, only %sand - for one to leave out."),
			    *names, known->str);
	}
	return true;
}

static bool check_key(const Import *self, GError **error)
{
	if (self->place[COLUMN_BARCODE] >= 0 || self->place[COLUMN_ARTICLE] >= 0)
		return true;
	return fail(error, GOODS_IMPORT_ERROR_FORMAT,
		    _("The list has neither a barcode nor an article column, so no goods can be "
		      "told from others."));
}

/* Whether the first row is a header, and so is not goods. */
static bool take_header(Import *self, const Row *row, bool *ret_header, GError **error)
{
	self->n_cells = row->n_cells;
	if (self->named != NULL) {
		*ret_header = n_known(row->cells) > row->n_cells / 2;
		if (row->n_cells != (int)g_strv_length(self->named))
			return fail(error, GOODS_IMPORT_ERROR_OPTIONS,
				    _("--columns names %u columns, but line %" PRId64 " has %d."),
				    g_strv_length(self->named), row->line, row->n_cells);
		place_columns(self, (const char *const *)self->named);
	} else {
		*ret_header = true;
		if (n_known(row->cells) == 0)
			return fail(error, GOODS_IMPORT_ERROR_FORMAT,
				    _("Line %" PRId64 " names no column that is known, "
				      "such as barcode or name."),
				    row->line);
		place_columns(self, row->cells);
	}
	return check_key(self, error);
}

/* --- rows ---------------------------------------------------------------------------------- */

static bool is_blank(const Row *row)
{
	for (int i = 0; i < row->n_cells; i++) {
		g_autofree char *cell = g_strstrip(g_strdup(row->cells[i]));

		if (*cell != '\0')
			return false;
	}
	return true;
}

static void refuse(Import *self, const Row *row, const char *reason)
{
	self->refused++;
	if (self->import->refused != NULL)
		self->import->refused(row->line, reason, row->cells, self->import->refused_data);
}

static bool refuse_width(Import *self, const Row *row, GError **error)
{
	g_autofree char *reason = NULL;

	if (row->cut && row->n_cells < self->n_cells)
		return fail(error, GOODS_IMPORT_ERROR_FORMAT,
			    _("The file is cut off: it ends in the middle of line %" PRId64 "."),
			    row->line);
	reason = g_strdup_printf(_("the row has %d cells, the list has %d columns"), row->n_cells,
				 self->n_cells);
	refuse(self, row, reason);
	return true;
}

static bool put(Import *self, const Row *row, GError **error)
{
	const char *cells[COLUMN_N] = { NULL };
	g_autofree char *reason = NULL;
	Draft draft;
	bool done;

	for (Column column = 0; column < COLUMN_N; column++)
		if (self->place[column] >= 0)
			cells[column] = row->cells[self->place[column]];
	reason = draft_read(&draft, cells, self->currency, self->taxes);
	if (reason != NULL) {
		refuse(self, row, reason);
		return true;
	}
	done = writer_put(self->writer, row->line, &draft, &reason, error);
	draft_clear(&draft);
	if (done && reason != NULL)
		refuse(self, row, reason);
	return done;
}

static bool on_row(const Row *row, void *data, GError **error)
{
	Import *self = data;
	bool header = false;

	if (is_blank(row))
		return true;
	if (self->n_cells == 0 && !take_header(self, row, &header, error))
		return false;
	if (header)
		return true;
	if (row->n_cells != self->n_cells)
		return refuse_width(self, row, error);
	return put(self, row, error);
}

/* --- the whole ----------------------------------------------------------------------------- */

static void import_clear(Import *self)
{
	g_strfreev(self->named);
	tax_names_free(self->taxes);
	writer_free(self->writer);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Import, import_clear)

static bool import_prepare(Import *self, Store *store, const GoodsImport *import, GError **error)
{
	g_autoptr(Shop) shop = shop_find(store, NULL, error);

	if (shop == NULL)
		return false;
	self->import = import;
	self->currency = shop->currency;
	for (Column column = 0; column < COLUMN_N; column++)
		self->place[column] = -1;
	if (import->columns != NULL) {
		self->named = g_strsplit(import->columns, ",", -1);
		if (!check_names(self->named, error))
			return false;
	}
	self->taxes = tax_names_read(store, error);
	self->writer = writer_new(store, import->has_price ? &import->price : NULL);
	return self->taxes != NULL;
}

static bool run(Import *self, Store *store, GoodsImportCounts *ret, GError **error)
{
	RowSink sink = { .fit = fit, .row = on_row, .data = self };
	g_autofree char *name = g_path_get_basename(self->import->path);
	g_autofree char *detail = NULL;

	if (!rows_read(self->import->path, self->import->encoding, &sink, error))
		return false;
	writer_count(self->writer, ret);
	ret->refused = self->refused;
	detail = g_strdup_printf("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT,
				 ret->imported, ret->updated, ret->refused);
	return audit_add(store, 0, "import", name, detail, error);
}

bool goods_import(Store *store, const GoodsImport *import, GoodsImportCounts *ret, GError **error)
{
	g_auto(Import) self = { 0 };
	g_autoptr(GError) failed = NULL;
	bool done;

	if (!import_prepare(&self, store, import, error) || !store_begin(store, error))
		return false;
	done = run(&self, store, ret, &failed);
	if (!done || import->dry_run)
		store_rollback(store);
	else
		done = store_commit(store, &failed);
	if (!done)
		g_propagate_error(error, g_steal_pointer(&failed));
	return done;
}
