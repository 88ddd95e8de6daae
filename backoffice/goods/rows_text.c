/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/goods/encoding.h"
#include "backoffice/goods/rows.h"

#include <csv.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#define CHUNK (256 * 1024)
#define LINE_MAX_BYTES (1024 * 1024)

typedef struct {
	const RowSink *sink;
	char separator; /* 0 until the first line has shown it */
	int64_t line; /* the one being fed */
	int64_t first_line; /* where the row began */
	bool cut;
	bool failed;
	int permille; /* of the file read so far */
	GError **error;

	/* owned */
	struct csv_parser parser;
	GPtrArray *cells; /* of the row so far */
} Table;

static bool refuse(GError **error, const char *format, ...) G_GNUC_PRINTF(2, 3);
static bool refuse(GError **error, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	if (error != NULL)
		*error = g_error_new_valist(GOODS_IMPORT_ERROR, GOODS_IMPORT_ERROR_FORMAT, format,
					    args);
	va_end(args);
	return false;
}

static void end_row(Table *self)
{
	Row row = { .line = self->first_line,
		    .n_cells = (int)self->cells->len,
		    .cut = self->cut,
		    .separator = self->separator,
		    .permille = self->permille };

	g_ptr_array_add(self->cells, NULL);
	row.cells = (const char *const *)self->cells->pdata;
	if (!self->failed && !self->sink->row(&row, self->sink->data, self->error))
		self->failed = true;
	g_ptr_array_set_size(self->cells, 0);
}

/* --- comma, semicolon, bar: RFC 4180, as libcsv reads it ----------------------------------- */

static void on_field(void *text, size_t n, void *data)
{
	Table *self = data;

	g_ptr_array_add(self->cells, g_strndup(text, n));
}

static void on_row(int c, void *data)
{
	end_row(data);
}

static bool feed_csv(Table *self, const char *text, size_t n)
{
	if (csv_parse(&self->parser, text, n, on_field, on_row, self) == n)
		return !self->failed;
	return refuse(self->error, _("Line %" PRId64 " cannot be read: %s."), self->line,
		      csv_strerror(csv_error(&self->parser)));
}

static bool finish_csv(Table *self)
{
	if (self->parser.quoted && self->parser.pstate == 2) /* inside a field */
		return refuse(self->error,
			      _("The file is cut off: the quotation mark opened on line "
				"%" PRId64 " is never closed."),
			      self->first_line);
	csv_fini(&self->parser, on_field, on_row, self);
	return !self->failed;
}

/* --- tabs: quotation marks are part of the text, unless a spreadsheet put them round a cell - */

/* Whether @cell is "…" with every mark inside doubled. */
static bool is_quoted(const char *cell, size_t n)
{
	if (n < 2 || cell[0] != '"' || cell[n - 1] != '"')
		return false;
	for (size_t i = 1; i < n - 1; i++) {
		if (cell[i] == '"' && (i + 1 >= n - 1 || cell[++i] != '"'))
			return false;
	}
	return true;
}

static char *dup_cell(const char *cell, size_t n)
{
	g_autofree char *inside = NULL;
	g_auto(GStrv) parts = NULL;

	if (!is_quoted(cell, n))
		return g_strndup(cell, n);
	inside = g_strndup(cell + 1, n - 2);
	parts = g_strsplit(inside, "\"\"", -1);
	return g_strjoinv("\"", parts);
}

static bool feed_tabs(Table *self, const char *text, size_t n)
{
	const char *end = text + n;

	while (end > text && (end[-1] == '\n' || end[-1] == '\r'))
		end--;
	if (end == text)
		return true;
	for (const char *cell = text;; cell++) {
		const char *tab = memchr(cell, '\t', (size_t)(end - cell));
		const char *stop = tab != NULL ? tab : end;

		g_ptr_array_add(self->cells, dup_cell(cell, (size_t)(stop - cell)));
		if (tab == NULL)
			break;
		cell = tab;
	}
	end_row(self);
	return !self->failed;
}

/* --- which separator ----------------------------------------------------------------------- */

static void on_first_field(void *text, size_t n, void *data)
{
	g_ptr_array_add(data, g_strndup(text, n));
}

static void on_first_row(int c, void *data)
{
}

static int fit_of(const RowSink *sink, char separator, const char *line, size_t n)
{
	g_autoptr(GPtrArray) cells = g_ptr_array_new_with_free_func(g_free);
	struct csv_parser parser;

	csv_init(&parser, 0);
	csv_set_delim(&parser, (unsigned char)separator);
	csv_parse(&parser, line, n, on_first_field, on_first_row, cells);
	csv_fini(&parser, on_first_field, on_first_row, cells);
	csv_free(&parser);
	g_ptr_array_add(cells, NULL);
	return sink->fit((const char *const *)cells->pdata, sink->data);
}

static bool choose_separator(Table *self, const char *line, size_t n)
{
	static const char separators[] = "\t,;|";
	int best = 0;

	for (const char *separator = separators; *separator != '\0'; separator++) {
		int fit = fit_of(self->sink, *separator, line, n);

		if (fit > best) {
			best = fit;
			self->separator = *separator;
		}
	}
	if (best == 0)
		return refuse(self->error,
			      _("Line 1 names no column that is known, such as barcode or name: "
				"columns are separated by a comma, a semicolon or a tab."));
	csv_set_delim(&self->parser, (unsigned char)self->separator);
	return true;
}

/* --- lines --------------------------------------------------------------------------------- */

static bool check_line(Table *self, const char *text, size_t n)
{
	if (memchr(text, '\0', n) != NULL)
		return refuse(self->error, _("Line %" PRId64 " is not text."), self->line);
	if (!g_utf8_validate_len(text, (gssize)n, NULL))
		return refuse(self->error,
			      _("Line %" PRId64 " is not in UTF-8: save the list in UTF-8, "
				"or name its encoding, such as --encoding cp1251."),
			      self->line);
	return true;
}

static bool feed_line(Table *self, const char *text, size_t n)
{
	self->line++;
	if (!check_line(self, text, n))
		return false;
	if (self->separator == 0 && !choose_separator(self, text, n))
		return false;
	if (self->separator == '\t') {
		self->first_line = self->line;
		return feed_tabs(self, text, n);
	}
	if (self->parser.pstate == 0) /* no row has begun */
		self->first_line = self->line;
	return feed_csv(self, text, n);
}

/* Feeds whole lines; what is left of @buffer is the beginning of the next. */
static bool feed_lines(Table *self, GByteArray *buffer, char newline)
{
	const char *text = (const char *)buffer->data;
	size_t fed = 0;

	for (;;) {
		const char *end = memchr(text + fed, newline, buffer->len - fed);
		size_t n;

		if (end == NULL)
			break;
		n = (size_t)(end - text) + 1 - fed;
		if (!feed_line(self, text + fed, n))
			return false;
		fed += n;
	}
	if (buffer->len - fed > LINE_MAX_BYTES)
		return refuse(self->error, _("Line %" PRId64 " is too long for a list."),
			      self->line + 1);
	g_byte_array_remove_range(buffer, 0, (guint)fed);
	return true;
}

static bool finish(Table *self, const GByteArray *rest)
{
	self->cut = rest->len > 0;
	if (rest->len > 0 && !feed_line(self, (const char *)rest->data, rest->len))
		return false;
	return self->separator == '\t' || finish_csv(self);
}

/* Lists from old Macs have only carriage returns. */
static char newline_of(const GByteArray *buffer)
{
	return memchr(buffer->data, '\n', buffer->len) == NULL &&
			       memchr(buffer->data, '\r', buffer->len) != NULL
		       ? '\r'
		       : '\n';
}

typedef struct {
	GInputStream *text; /* owned; as UTF-8 */
	GFileInputStream *file; /* owned; what it comes from */
	goffset size; /* of the file; 0: not known */
} Source;

static void source_clear(Source *self)
{
	g_clear_object(&self->text);
	g_clear_object(&self->file);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Source, source_clear)

static int permille_of(const Source *source)
{
	goffset at = g_seekable_tell(G_SEEKABLE(source->file));

	return source->size > 0 ? (int)(MIN(at, source->size) * 1000 / source->size) : -1;
}

static bool feed_stream(Table *self, const Source *source)
{
	g_autoptr(GByteArray) buffer = g_byte_array_new();
	g_autofree guint8 *chunk = g_malloc(CHUNK);
	char newline = 0;

	for (;;) {
		g_autoptr(GError) failed = NULL;
		gssize n = g_input_stream_read(source->text, chunk, CHUNK, NULL, &failed);

		if (n < 0)
			return refuse(self->error,
				      _("The list cannot be read after line %" PRId64 ": %s."),
				      self->line, failed->message);
		if (n == 0)
			return finish(self, buffer);
		self->permille = permille_of(source);
		g_byte_array_append(buffer, chunk, (guint)n);
		if (newline == 0)
			newline = newline_of(buffer);
		if (!feed_lines(self, buffer, newline))
			return false;
	}
}

/* --- encodings ----------------------------------------------------------------------------- */

static GInputStream *convert(GInputStream *file, const char *encoding, GError **error)
{
	g_autoptr(GCharsetConverter) converter = g_charset_converter_new("UTF-8", encoding, NULL);

	if (converter == NULL) {
		g_set_error(error, GOODS_IMPORT_ERROR, GOODS_IMPORT_ERROR_OPTIONS,
			    _("There is no encoding “%s”."), encoding);
		return NULL;
	}
	return g_converter_input_stream_new(file, G_CONVERTER(converter));
}

/* A mark at the beginning says more than whoever named an encoding. */
static bool skip_mark(GInputStream *buffered, const char **encoding, GError **error)
{
	const char *marked;
	gsize n, len;
	const char *start;

	if (g_buffered_input_stream_fill(G_BUFFERED_INPUT_STREAM(buffered), -1, NULL, error) < 0)
		return false;
	start = g_buffered_input_stream_peek_buffer(G_BUFFERED_INPUT_STREAM(buffered), &n);
	marked = encoding_of_mark(start, n, &len);
	if (marked != NULL)
		*encoding = marked;
	return len == 0 || g_input_stream_skip(buffered, len, NULL, error) >= 0;
}

static goffset size_of(GFileInputStream *stream)
{
	g_autoptr(GFileInfo) info =
		g_file_input_stream_query_info(stream, G_FILE_ATTRIBUTE_STANDARD_SIZE, NULL, NULL);

	return info != NULL ? g_file_info_get_size(info) : 0;
}

/* The file as UTF-8 without a mark. */
static bool open_text(const char *path, const char *encoding, Source *ret, GError **error)
{
	g_autoptr(GFile) file = g_file_new_for_path(path);
	g_autoptr(GInputStream) buffered = NULL;

	ret->file = g_file_read(file, NULL, error);
	if (ret->file == NULL)
		return false;
	ret->size = size_of(ret->file);
	buffered = g_buffered_input_stream_new_sized(G_INPUT_STREAM(ret->file), CHUNK);
	if (!skip_mark(buffered, &encoding, error))
		return false;
	ret->text = g_ascii_strcasecmp(encoding, "UTF-8") == 0 ? g_steal_pointer(&buffered)
							       : convert(buffered, encoding, error);
	return ret->text != NULL;
}

bool rows_read_text(const char *path, const char *encoding, const RowSink *sink, GError **error)
{
	g_auto(Source) source = { 0 };
	Table table = { .sink = sink, .error = error };
	bool done;

	if (!open_text(path, encoding, &source, error))
		return false;
	csv_init(&table.parser, 0);
	table.cells = g_ptr_array_new_with_free_func(g_free);
	done = feed_stream(&table, &source);
	g_ptr_array_unref(table.cells);
	csv_free(&table.parser);
	return done;
}
