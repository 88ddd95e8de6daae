/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/report/report_private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* --- JSON, as CLI.md says ------------------------------------------------------------------ */

static json_t *cell_to_json(const Report *self, const ReportCell *cell, ReportType type)
{
	g_autofree char *text = NULL;

	if (cell->empty)
		return json_null();
	if (type == REPORT_INTEGER || type == REPORT_HOUR || type == REPORT_WEEKDAY)
		return json_integer(cell->value);
	text = report_dup_plain(self, cell, type);
	return json_string(text);
}

static json_t *row_to_json(const Report *self, int row)
{
	json_t *object = json_object();

	for (int i = 0; i < self->kind->n_columns; i++)
		json_object_set_new(object, self->kind->columns[i].name,
				    cell_to_json(self, report_get_cell(self, row, i),
						 self->kind->columns[i].type));
	return object;
}

json_t *report_totals_to_json(const Report *self)
{
	json_t *object = json_object();

	for (int i = 0; i < self->kind->n_columns; i++)
		if (self->kind->columns[i].total)
			json_object_set_new(
				object, self->kind->columns[i].name,
				cell_to_json(self, &self->totals[i], self->kind->columns[i].type));
	return object;
}

static json_t *day_to_json(int32_t day)
{
	g_autofree char *text = report_day_dup(day);

	return day != 0 ? json_string(text) : json_null();
}

json_t *report_columns_to_json(const Report *self)
{
	json_t *columns = json_array();

	for (int i = 0; i < self->kind->n_columns; i++)
		json_array_append_new(columns, json_string(self->kind->columns[i].name));
	return columns;
}

json_t *report_rows_to_json(const Report *self)
{
	json_t *rows = json_array();

	for (int row = 0; row < self->n_rows; row++)
		json_array_append_new(rows, row_to_json(self, row));
	return rows;
}

json_t *report_to_json(const Report *self)
{
	json_t *notes = json_array();

	for (guint i = 0; i < self->notes->len; i++)
		json_array_append_new(notes, json_string(self->notes->pdata[i]));
	return json_pack("{s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:o}", "report", self->kind->name,
			 "shop", self->shop, "from", day_to_json(self->query.from), "to",
			 day_to_json(self->query.to), "columns", report_columns_to_json(self),
			 "rows", report_rows_to_json(self), "totals", report_totals_to_json(self),
			 "notes", notes);
}

/* --- CSV ----------------------------------------------------------------------------------- */

static void append_csv(GString *csv, const char *text, bool last)
{
	if (text != NULL && strpbrk(text, "\",\r\n") != NULL) {
		g_auto(GStrv) parts = g_strsplit(text, "\"", -1);
		g_autofree char *doubled = g_strjoinv("\"\"", parts);

		g_string_append_printf(csv, "\"%s\"", doubled);
	} else if (text != NULL) {
		g_string_append(csv, text);
	}
	g_string_append(csv, last ? "\r\n" : ",");
}

static void append_csv_row(GString *csv, const Report *self, int row, int n_fields)
{
	for (int i = 0; i < n_fields; i++) {
		const ReportColumn *column =
			i < self->kind->n_columns ? &self->kind->columns[i] : NULL;
		g_autofree char *text =
			column == NULL ? NULL
			: row < 0      ? g_strdup(column->name)
				       : report_dup_plain(self, report_get_cell(self, row, i),
							  column->type);

		append_csv(csv, text, i == n_fields - 1);
	}
}

void report_append_csv(GString *csv, const Report *self, const char *section, int n_fields)
{
	for (int row = -1; row < self->n_rows; row++) {
		if (section != NULL)
			append_csv(csv, section, false);
		append_csv_row(csv, self, row, n_fields);
	}
}

char *report_dup_csv(const Report *self)
{
	GString *csv = g_string_new(NULL);

	report_append_csv(csv, self, NULL, self->kind->n_columns);
	return g_string_free(csv, false);
}

/* --- a table for a terminal ---------------------------------------------------------------- */

static int width_of(const char *text)
{
	int width = 0;

	for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);

		if (!g_unichar_iszerowidth(c))
			width += g_unichar_iswide(c) ? 2 : 1;
	}
	return width;
}

typedef struct {
	const Report *report;
	int widths[REPORT_COLUMNS_MAX];
	GPtrArray *texts; /* owned: header, rows, totals */
} Table;

static void add_text(Table *self, int column, char *text)
{
	self->widths[column] = MAX(self->widths[column], width_of(text));
	g_ptr_array_add(self->texts, text);
}

static void add_texts(Table *self, const NumberStyle *style)
{
	const ReportKind *kind = self->report->kind;

	for (int i = 0; i < kind->n_columns; i++)
		add_text(self, i, g_strdup(_(kind->columns[i].title)));
	for (int row = 0; row < self->report->n_rows; row++)
		for (int i = 0; i < kind->n_columns; i++)
			add_text(self, i, report_dup_cell(self->report, row, i, style));
	for (int i = 0; i < kind->n_columns; i++)
		add_text(self, i,
			 i == 0 ? g_strdup(_("Total"))
				: report_dup_cell(self->report, self->report->n_rows, i, style));
}

static void append_line(GString *table, const Table *self, guint first)
{
	const ReportKind *kind = self->report->kind;
	g_autoptr(GString) line = g_string_new(NULL);

	for (int i = 0; i < kind->n_columns; i++) {
		const char *text = self->texts->pdata[first + (guint)i];
		int blanks = self->widths[i] - width_of(text);
		bool right = report_type_is_number(kind->columns[i].type);

		g_string_append_printf(line, "%s%*s%s%*s", i > 0 ? "  " : "", right ? blanks : 0,
				       "", text, right ? 0 : blanks, "");
	}
	g_string_append_printf(table, "%s\n", g_strchomp(line->str));
}

static void append_rule(GString *table, const Table *self)
{
	int width = 2 * (self->report->kind->n_columns - 1);

	for (int i = 0; i < self->report->kind->n_columns; i++)
		width += self->widths[i];
	for (; width > 0; width--)
		g_string_append(table, "─");
	g_string_append_c(table, '\n');
}

void report_append_table(GString *text, const Report *self, const NumberStyle *style)
{
	g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);
	Table table = { .report = self, .texts = texts };
	guint n = (guint)self->kind->n_columns;

	add_texts(&table, style);
	append_line(text, &table, 0);
	append_rule(text, &table);
	for (guint row = 1; row <= (guint)self->n_rows; row++)
		append_line(text, &table, row * n);
	append_rule(text, &table);
	if (report_kind_has_totals(self->kind))
		append_line(text, &table, ((guint)self->n_rows + 1) * n);
}

char *report_dup_table(const Report *self, const NumberStyle *style)
{
	GString *text = g_string_new(NULL);

	if (self->query.from != 0) {
		g_autofree char *period = report_dup_period(self);

		g_string_append_printf(text, "%s · %s · %s\n\n", _(self->kind->title), self->shop,
				       period);
	}
	report_append_table(text, self, style);
	for (guint i = 0; i < self->notes->len; i++)
		g_string_append_printf(text, "%s%s\n", i == 0 ? "\n" : "",
				       (const char *)self->notes->pdata[i]);
	return g_string_free(text, false);
}
