/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/goods/goods_import.h"

#include "backoffice/goods/encoding.h"
#include "backoffice/goods/rows.h"
#include "backoffice/goods/suspicion.h"
#include "backoffice/goods/writer.h"
#include "backoffice/people/counter.h"
#include "backoffice/people/shop.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

G_DEFINE_QUARK(goods - import - error - quark, goods_import_error)

#define PROGRESS_ROWS 1000 /* between two tellings */
#define READ_AT_ONCE (256 * 1024)

typedef struct {
	uint16_t currency;
	int n_cells; /* of a row; 0 until the first one came */
	int place[COLUMN_N]; /* of each column among the cells; −1: not in this list */
	int64_t refused, rows;
	Suspicion suspicion;

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

/* How many columns the list has where somebody has said so; 0: nobody has. */
static int n_told(const Import *self)
{
	if (self->import->map != NULL)
		return self->import->n_map;
	return self->named != NULL ? (int)g_strv_length(self->named) : 0;
}

/* Where columns are told it is their number that shows the separator. */
static int fit(const char *const *cells, void *data)
{
	const Import *self = data;
	int n = (int)g_strv_length((char **)cells);

	if (n_told(self) == 0)
		return n_known(cells);
	return n <= n_told(self) ? n : 0;
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
	if (self->place[COLUMN_BARCODE] >= 0 || self->place[COLUMN_ARTICLE] >= 0 ||
	    self->place[COLUMN_PLU] >= 0)
		return true;
	return fail(error, GOODS_IMPORT_ERROR_FORMAT,
		    _("The list has neither a barcode nor an article column, so no goods can be "
		      "told from others."));
}

static void place_map(Import *self)
{
	for (int i = 0; i < self->import->n_map; i++) {
		int column = self->import->map[i];

		if (column >= 0 && column < COLUMN_N && self->place[column] < 0)
			self->place[column] = i;
	}
}

static bool take_map(Import *self, const Row *row, bool *ret_header, GError **error)
{
	*ret_header = self->import->map_header;
	if (row->n_cells != self->import->n_map)
		return fail(error, GOODS_IMPORT_ERROR_FORMAT,
			    _("The file has changed meanwhile: line %" PRId64
			      " has %d columns, not "
			      "%d."),
			    row->line, row->n_cells, self->import->n_map);
	place_map(self);
	return check_key(self, error);
}

/* Whether the first row is a header, and so is not goods. */
static bool take_header(Import *self, const Row *row, bool *ret_header, GError **error)
{
	self->n_cells = row->n_cells;
	if (self->import->map != NULL)
		return take_map(self, row, ret_header, error);
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

static bool judge(Import *self, GError **error)
{
	g_autofree char *sentence = suspicion_dup_sentence(&self->suspicion);

	return sentence == NULL || fail(error, GOODS_IMPORT_ERROR_FORMAT, "%s", sentence);
}

static bool look_at(Import *self, const Row *row, const char *reason, Column column,
		    const char *const *cells, GError **error)
{
	if (self->suspicion.rows >= SUSPICION_ROWS)
		return true;
	suspicion_add(&self->suspicion, row->line, reason, column, cells);
	return self->suspicion.rows < SUSPICION_ROWS || judge(self, error);
}

static bool put(Import *self, const Row *row, GError **error)
{
	const char *cells[COLUMN_N] = { NULL };
	g_autofree char *reason = NULL;
	Column wrong;
	Draft draft;
	bool done;

	for (Column column = 0; column < COLUMN_N; column++)
		if (self->place[column] >= 0)
			cells[column] = row->cells[self->place[column]];
	reason = draft_read(&draft, cells, self->currency, self->taxes, &wrong);
	if (!look_at(self, row, reason, wrong, cells, error)) {
		draft_clear(&draft);
		return false;
	}
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

/* False: somebody has stopped it. */
static bool tell(Import *self, const Row *row, GError **error)
{
	const GoodsImport *import = self->import;

	if (self->rows++ % PROGRESS_ROWS == 0 && import->progress != NULL)
		import->progress(self->rows - 1, row->permille, import->progress_data);
	return !g_cancellable_set_error_if_cancelled(import->cancellable, error);
}

static bool on_row(const Row *row, void *data, GError **error)
{
	Import *self = data;
	bool header = false;

	if (!tell(self, row, error))
		return false;
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
	suspicion_clear(&self->suspicion);
	g_strfreev(self->named);
	tax_names_free(self->taxes);
	writer_free(self->writer);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Import, import_clear)

/* --- which encoding ------------------------------------------------------------------------ */

static bool look_at_all(GInputStream *stream, EncodingSight *sight, GError **error)
{
	g_autofree guint8 *bytes = g_malloc(READ_AT_ONCE);
	gssize n;

	while ((n = g_input_stream_read(stream, bytes, READ_AT_ONCE, NULL, error)) > 0)
		encoding_look(sight, bytes, (gsize)n);
	return n == 0;
}

const char *goods_import_encoding(const char *path, GError **error)
{
	g_autoptr(GFile) file = g_file_new_for_path(path);
	g_autoptr(GError) failed = NULL;
	g_autoptr(GFileInputStream) stream = g_file_read(file, NULL, &failed);
	EncodingSight sight = { 0 };

	if (stream != NULL && look_at_all(G_INPUT_STREAM(stream), &sight, &failed))
		return encoding_judge(&sight);
	fail(error, GOODS_IMPORT_ERROR_FILE, _("“%s” cannot be opened: %s."), path,
	     failed->message);
	return NULL;
}

bool goods_import_choose_encoding(const char *path, const char *encoding, const char **ret,
				  GError **error)
{
	bool workbook;

	*ret = NULL;
	if (!rows_is_workbook(path, &workbook, error))
		return false;
	if (!workbook)
		*ret = encoding != NULL ? g_intern_string(encoding)
					: goods_import_encoding(path, error);
	return workbook || *ret != NULL;
}

/* --- the whole ----------------------------------------------------------------------------- */

static bool import_prepare(Import *self, Store *store, const GoodsImport *import, GError **error)
{
	g_autoptr(Shop) shop = shop_find(store, NULL, error);

	if (shop == NULL)
		return false;
	self->import = import;
	self->currency = shop->currency;
	for (Column column = 0; column < COLUMN_N; column++)
		self->place[column] = -1;
	if (import->columns != NULL && import->map == NULL) {
		self->named = g_strsplit(import->columns, ",", -1);
		if (!check_names(self->named, error))
			return false;
	}
	self->taxes = tax_names_read(store, error);
	return self->taxes != NULL;
}

static bool finish(Import *self, Store *store, const char *name, GoodsImportCounts *ret,
		   GError **error)
{
	g_autofree char *detail = NULL;

	/* A list shorter than what is looked at is judged at its end. */
	if ((self->suspicion.rows < SUSPICION_ROWS && !judge(self, error)) ||
	    !writer_finish(self->writer, ret, error))
		return false;
	ret->refused = self->refused;
	detail = g_strdup_printf("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT,
				 ret->imported, ret->updated, ret->refused);
	return audit_add(store, self->import->person_id, "import", name, detail, error);
}

static bool run(Import *self, Store *store, GoodsImportCounts *ret, GError **error)
{
	const GoodsImport *import = self->import;
	RowSink sink = { .fit = fit, .row = on_row, .data = self };
	g_autofree char *name = g_path_get_basename(import->path);
	const char *encoding;

	self->writer = writer_new(store, self->currency, import->has_price ? &import->price : NULL,
				  import->person_id, name, error);
	if (self->writer == NULL ||
	    !goods_import_choose_encoding(import->path, import->encoding, &encoding, error) ||
	    !rows_read(import->path, encoding, &sink, error) ||
	    !finish(self, store, name, ret, error))
		return false;
	ret->encoding = encoding;
	return true;
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
