/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/goods/rows.h"

#include <glib/gi18n-lib.h>
#include <libxml/xmlreader.h>
#include <string.h>
#include <zip.h>

/* The first sheet of a workbook (ECMA-376, part 1, §18), read as a stream: only the table of
 * shared texts is kept in memory. */

#define COLUMNS_MAX 256

typedef struct {
	GPtrArray *strings; /* owned texts */
	GPtrArray *cells; /* owned texts of this row */
	int width; /* of the first row: later rows leave out blank cells at their end */
	const RowSink *sink;
} Sheet;

static bool damaged(GError **error)
{
	g_set_error(error, GOODS_IMPORT_ERROR, GOODS_IMPORT_ERROR_FORMAT,
		    _("The workbook is damaged or cut off."));
	return false;
}

/* --- parts of the package ------------------------------------------------------------------ */

static int read_part(void *context, char *buffer, int len)
{
	return (int)zip_fread(context, buffer, (zip_uint64_t)len);
}

static int close_part(void *context)
{
	return zip_fclose(context);
}

static void keep_quiet(void *data, xmlErrorPtr error)
{
}

/* NULL where there is no such part. */
static xmlTextReader *open_part(zip_t *package, const char *name)
{
	zip_file_t *part = zip_fopen(package, name, 0);
	xmlTextReader *reader;

	if (part == NULL)
		return NULL;
	reader = xmlReaderForIO(read_part, close_part, part, NULL, NULL,
				XML_PARSE_NONET | XML_PARSE_NOCDATA);
	if (reader != NULL)
		xmlTextReaderSetStructuredErrorHandler(reader, keep_quiet, NULL);
	return reader;
}

static bool is_start(xmlTextReader *reader, const char *name)
{
	return xmlTextReaderNodeType(reader) == XML_READER_TYPE_ELEMENT &&
	       strcmp((const char *)xmlTextReaderConstLocalName(reader), name) == 0;
}

static bool is_end(xmlTextReader *reader, const char *name)
{
	return xmlTextReaderNodeType(reader) == XML_READER_TYPE_END_ELEMENT &&
	       strcmp((const char *)xmlTextReaderConstLocalName(reader), name) == 0;
}

static char *dup_attribute(xmlTextReader *reader, const char *name)
{
	xmlChar *value = xmlTextReaderGetAttribute(reader, (const xmlChar *)name);
	char *copy = g_strdup((const char *)value);

	xmlFree(value);
	return copy;
}

/* All text inside the current element; phonetic hints of Asian texts (rPh) are left out. False
 * where the part ends too early. */
static bool read_text(xmlTextReader *reader, const char *element, GString *ret)
{
	int depth = xmlTextReaderDepth(reader);
	bool phonetic = false;

	if (xmlTextReaderIsEmptyElement(reader))
		return true;
	while (xmlTextReaderRead(reader) == 1) {
		int type = xmlTextReaderNodeType(reader);

		if (is_end(reader, element) && xmlTextReaderDepth(reader) == depth)
			return true;
		if (is_start(reader, "rPh") && !xmlTextReaderIsEmptyElement(reader))
			phonetic = true;
		else if (is_end(reader, "rPh"))
			phonetic = false;
		else if (!phonetic && (type == XML_READER_TYPE_TEXT ||
				       type == XML_READER_TYPE_SIGNIFICANT_WHITESPACE))
			g_string_append(ret, (const char *)xmlTextReaderConstValue(reader));
	}
	return false;
}

/* --- which part is the first sheet --------------------------------------------------------- */

/* An attribute of the first element of that name with @key = @value (NULL: any). Own it. */
static char *dup_of_first(zip_t *package, const char *part, const char *element, const char *key,
			  const char *value, const char *wanted)
{
	xmlTextReader *reader = open_part(package, part);
	char *found = NULL;

	if (reader == NULL)
		return NULL;
	while (found == NULL && xmlTextReaderRead(reader) == 1) {
		g_autofree char *is = NULL;

		if (!is_start(reader, element))
			continue;
		is = key != NULL ? dup_attribute(reader, key) : NULL;
		if (key == NULL || g_strcmp0(is, value) == 0)
			found = dup_attribute(reader, wanted);
	}
	xmlFreeTextReader(reader);
	return found;
}

/* "xl/worksheets/sheet1.xml"; own it. */
static char *dup_sheet_part(zip_t *package)
{
	g_autofree char *id = dup_of_first(package, "xl/workbook.xml", "sheet", NULL, NULL, "r:id");
	g_autofree char *target = NULL;

	if (id == NULL)
		return NULL;
	target = dup_of_first(package, "xl/_rels/workbook.xml.rels", "Relationship", "Id", id,
			      "Target");
	if (target == NULL)
		return NULL;
	return target[0] == '/' ? g_strdup(target + 1) : g_strconcat("xl/", target, NULL);
}

static bool read_strings(zip_t *package, GPtrArray *ret)
{
	xmlTextReader *reader = open_part(package, "xl/sharedStrings.xml");
	int more;

	if (reader == NULL)
		return true; /* all texts may stand in their cells */
	while ((more = xmlTextReaderRead(reader)) == 1) {
		g_autoptr(GString) text = NULL;

		if (!is_start(reader, "si"))
			continue;
		text = g_string_new(NULL);
		if (!read_text(reader, "si", text)) {
			more = -1;
			break;
		}
		g_ptr_array_add(ret, g_string_free(g_steal_pointer(&text), false));
	}
	xmlFreeTextReader(reader);
	return more == 0;
}

/* --- cells --------------------------------------------------------------------------------- */

/* "AB12" → 27; −1 where it is no reference. */
static int column_of(const char *reference)
{
	int column = 0;

	if (reference == NULL || !g_ascii_isupper(*reference))
		return -1;
	for (; g_ascii_isupper(*reference) && column <= COLUMNS_MAX; reference++)
		column = column * 26 + (*reference - 'A' + 1);
	return column - 1;
}

/* A workbook keeps numbers as binary doubles and writes 99.9 as 99.900000000000006: fifteen digits
 * are what it shows and means. Own it. */
static char *dup_number(const char *text)
{
	char digits[G_ASCII_DTOSTR_BUF_SIZE];
	char *end;
	double number;

	if (strspn(text, "0123456789") == strlen(text))
		return g_strdup(text);
	number = g_ascii_strtod(text, &end);
	if (end == text || *end != '\0')
		return g_strdup(text);
	g_ascii_formatd(digits, sizeof digits, "%.15g", number);
	if (strchr(digits, 'e') != NULL)
		g_ascii_formatd(digits, sizeof digits, "%.6f", number);
	return g_strdup(digits);
}

static bool dup_value(const Sheet *self, const char *type, const char *raw, char **ret)
{
	if (g_strcmp0(type, "s") == 0) {
		guint64 index;

		if (!g_ascii_string_to_unsigned(raw, 10, 0, G_MAXUINT32, &index, NULL) ||
		    index >= self->strings->len)
			return false;
		*ret = g_strdup(self->strings->pdata[index]);
	} else if (type == NULL || strcmp(type, "n") == 0) {
		*ret = dup_number(raw);
	} else {
		*ret = g_strdup(raw);
	}
	return true;
}

/* Reads up to the end of <c>. */
static bool read_cell(Sheet *self, xmlTextReader *reader)
{
	g_autofree char *reference = dup_attribute(reader, "r");
	g_autofree char *type = dup_attribute(reader, "t");
	g_autoptr(GString) raw = g_string_new(NULL);
	int column = column_of(reference);
	char *value = NULL;
	int depth = xmlTextReaderDepth(reader);

	if (column < 0)
		column = (int)self->cells->len;
	if (column >= COLUMNS_MAX)
		return false;
	while (!xmlTextReaderIsEmptyElement(reader) || xmlTextReaderDepth(reader) > depth) {
		if (xmlTextReaderRead(reader) != 1)
			return false;
		if (is_end(reader, "c"))
			break;
		if (is_start(reader, "v") && !read_text(reader, "v", raw))
			return false;
		if (is_start(reader, "is") && !read_text(reader, "is", raw))
			return false;
	}
	if (raw->len > 0 && !dup_value(self, type, raw->str, &value))
		return false;
	while ((int)self->cells->len < column)
		g_ptr_array_add(self->cells, g_strdup(""));
	g_ptr_array_add(self->cells, value != NULL ? value : g_strdup(""));
	return true;
}

static void fit_width(Sheet *self)
{
	GPtrArray *cells = self->cells;

	while ((int)cells->len > self->width && *(char *)cells->pdata[cells->len - 1] == '\0')
		g_ptr_array_set_size(cells, (int)cells->len - 1);
	if (self->width == 0)
		self->width = (int)cells->len;
	while ((int)cells->len < self->width)
		g_ptr_array_add(cells, g_strdup(""));
}

static bool end_row(Sheet *self, int64_t line, GError **error)
{
	Row row = { .line = line, .permille = -1 };
	bool done;

	fit_width(self);
	row.n_cells = (int)self->cells->len;
	g_ptr_array_add(self->cells, NULL);
	row.cells = (const char *const *)self->cells->pdata;
	done = row.n_cells == 0 || self->sink->row(&row, self->sink->data, error);
	g_ptr_array_set_size(self->cells, 0);
	return done;
}

/* --- rows ---------------------------------------------------------------------------------- */

static int64_t line_of(xmlTextReader *reader, int64_t before)
{
	g_autofree char *number = dup_attribute(reader, "r");
	gint64 line;

	if (number != NULL && g_ascii_string_to_signed(number, 10, 1, G_MAXINT32, &line, NULL))
		return line;
	return before + 1;
}

static bool read_row(Sheet *self, xmlTextReader *reader, int64_t line, GError **error)
{
	if (xmlTextReaderIsEmptyElement(reader))
		return true;
	while (xmlTextReaderRead(reader) == 1) {
		if (is_end(reader, "row"))
			return end_row(self, line, error);
		if (is_start(reader, "c") && !read_cell(self, reader))
			break;
	}
	return damaged(error);
}

static bool read_sheet(Sheet *self, xmlTextReader *reader, GError **error)
{
	int64_t line = 0;
	int more;

	while ((more = xmlTextReaderRead(reader)) == 1) {
		if (!is_start(reader, "row"))
			continue;
		line = line_of(reader, line);
		if (!read_row(self, reader, line, error))
			return false;
	}
	return more == 0 || damaged(error);
}

static bool read_workbook(zip_t *package, const RowSink *sink, GError **error)
{
	g_autoptr(GPtrArray) strings = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GPtrArray) cells = g_ptr_array_new_with_free_func(g_free);
	Sheet sheet = { .strings = strings, .cells = cells, .sink = sink };
	g_autofree char *part = dup_sheet_part(package);
	xmlTextReader *reader;
	bool done;

	if (part == NULL || !read_strings(package, strings))
		return damaged(error);
	reader = open_part(package, part);
	if (reader == NULL)
		return damaged(error);
	done = read_sheet(&sheet, reader, error);
	xmlFreeTextReader(reader);
	return done;
}

bool rows_read_xlsx(const char *path, const RowSink *sink, GError **error)
{
	int code = 0;
	zip_t *package = zip_open(path, ZIP_RDONLY, &code);
	bool done;

	if (package == NULL)
		return damaged(error);
	done = read_workbook(package, sink, error);
	zip_discard(package);
	return done;
}
