/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/goods/list_rows.h"

#include "backoffice/goods/suspicion.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#define PROGRESS_ROWS 1000 /* between two tellings */

typedef struct {
	int n_cells; /* of a row; 0 until the first one came */
	int place[COLUMN_N]; /* of each column among the cells; −1: not in this list */
	int64_t refused, rows;
	Suspicion suspicion;

	/* owned */
	char **named; /* by --columns; NULL if the header says */

	/* borrowed */
	const ListReading *reading;
} List;

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
static int n_told(const List *self)
{
	if (self->reading->map != NULL)
		return self->reading->n_map;
	return self->named != NULL ? (int)g_strv_length(self->named) : 0;
}

/* Where columns are told it is their number that shows the separator. */
static int fit(const char *const *cells, void *data)
{
	const List *self = data;
	int n = (int)g_strv_length((char **)cells);

	if (n_told(self) == 0)
		return n_known(cells);
	return n <= n_told(self) ? n : 0;
}

/* Of two columns of one meaning the first is it. */
static void place_columns(List *self, const char *const *names)
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

static bool check_lack(const List *self, GError **error)
{
	bool has[COLUMN_N];
	const char *sentence;

	for (Column column = 0; column < COLUMN_N; column++)
		has[column] = self->place[column] >= 0;
	sentence = self->reading->lacks(has);
	return sentence == NULL || fail(error, GOODS_IMPORT_ERROR_FORMAT, "%s", sentence);
}

static void place_map(List *self)
{
	for (int i = 0; i < self->reading->n_map; i++) {
		int column = self->reading->map[i];

		if (column >= 0 && column < COLUMN_N && self->place[column] < 0)
			self->place[column] = i;
	}
}

static bool take_map(List *self, const Row *row, bool *ret_header, GError **error)
{
	*ret_header = self->reading->map_header;
	if (row->n_cells != self->reading->n_map)
		return fail(error, GOODS_IMPORT_ERROR_FORMAT,
			    _("The file has changed meanwhile: line %" PRId64
			      " has %d columns, not "
			      "%d."),
			    row->line, row->n_cells, self->reading->n_map);
	place_map(self);
	return check_lack(self, error);
}

/* Whether the first row is a header, and so is not goods. */
static bool take_header(List *self, const Row *row, bool *ret_header, GError **error)
{
	self->n_cells = row->n_cells;
	if (self->reading->map != NULL)
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
	return check_lack(self, error);
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

static void refuse(List *self, const Row *row, const char *reason)
{
	self->refused++;
	if (self->reading->refused != NULL)
		self->reading->refused(row->line, reason, row->cells, self->reading->refused_data);
}

static bool refuse_width(List *self, const Row *row, GError **error)
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

static bool judge(List *self, GError **error)
{
	g_autofree char *sentence = suspicion_dup_sentence(&self->suspicion);

	return sentence == NULL || fail(error, GOODS_IMPORT_ERROR_FORMAT, "%s", sentence);
}

static bool look_at(List *self, const Row *row, const char *reason, Column column,
		    const char *const *cells, GError **error)
{
	if (self->suspicion.rows >= SUSPICION_ROWS)
		return true;
	suspicion_add(&self->suspicion, row->line, reason, column, cells);
	return self->suspicion.rows < SUSPICION_ROWS || judge(self, error);
}

/* What it refuses and nobody's cell is to blame for says nothing of the columns. */
static bool put(List *self, const Row *row, GError **error)
{
	const char *cells[COLUMN_N] = { NULL };
	g_autofree char *reason = NULL;
	Column wrong = COLUMN_N;

	for (Column column = 0; column < COLUMN_N; column++)
		if (self->place[column] >= 0)
			cells[column] = row->cells[self->place[column]];
	if (!self->reading->take(row, cells, &reason, &wrong, self->reading->data, error) ||
	    !look_at(self, row, wrong < COLUMN_N ? reason : NULL, wrong, cells, error))
		return false;
	if (reason != NULL)
		refuse(self, row, reason);
	return true;
}

/* False: somebody has stopped it. */
static bool tell(List *self, const Row *row, GError **error)
{
	const ListReading *reading = self->reading;

	if (self->rows++ % PROGRESS_ROWS == 0 && reading->progress != NULL)
		reading->progress(self->rows - 1, row->permille, reading->progress_data);
	return !g_cancellable_set_error_if_cancelled(reading->cancellable, error);
}

static bool on_row(const Row *row, void *data, GError **error)
{
	List *self = data;
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

static void list_clear(List *self)
{
	suspicion_clear(&self->suspicion);
	g_strfreev(self->named);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(List, list_clear)

bool list_read(const ListReading *reading, int64_t *ret_refused, const char **ret_encoding,
	       GError **error)
{
	g_auto(List) self = { .reading = reading };
	RowSink sink = { .fit = fit, .row = on_row, .data = &self };

	for (Column column = 0; column < COLUMN_N; column++)
		self.place[column] = -1;
	if (reading->columns != NULL && reading->map == NULL) {
		self.named = g_strsplit(reading->columns, ",", -1);
		if (!check_names(self.named, error))
			return false;
	}
	if (!goods_import_choose_encoding(reading->path, reading->encoding, ret_encoding, error) ||
	    !rows_read(reading->path, *ret_encoding, &sink, error))
		return false;
	/* A list shorter than what is looked at is judged at its end. */
	if (self.suspicion.rows < SUSPICION_ROWS && !judge(&self, error))
		return false;
	*ret_refused = self.refused;
	return true;
}
