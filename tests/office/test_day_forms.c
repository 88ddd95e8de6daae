/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/goods/rows.h"
#include "backoffice/print/day_paper.h"
#include "backoffice/print/day_press.h"
#include "tests/devices/port/private_cups.h"
#include "tests/office/day_roll.h"

#include <string.h>

/* One set of figures: on the screen, on A4 through a real CUPS queue, on the paper of a simulated
 * printer, as PDF, XLSX, CSV and JSON. */

#define COLUMNS "42"

static PrivateCups cups;
static const NumberStyle plain = { .decimal = ".", .group = "" };

typedef struct {
	DayShop shop;
	DayRoll roll;
	DayReport *report; /* owned */
} Desk;

static void desk_init(Desk *self)
{
	day_shop_init(&self->shop);
	day_roll_init(&self->roll, &self->shop.office);
	fake_till_note(&self->shop.tills[0], JOURNAL_NO_SALE, NULL);
	fake_till_note(&self->shop.tills[0], JOURNAL_CASH_IN,
		       json_pack("{s:i, s:i}", "amount", 500000, "slip", 1));
	for (guint32 i = 0; i < 30; i++)
		day_shop_sell(&self->shop, (int)i % 2, i % 11 == 7 ? RECEIPT_RETURN : RECEIPT_SALE,
			      1 + (int)i % 7, i);
	day_shop_close(&self->shop, 0);
	day_shop_send(&self->shop, 0);
	day_shop_send(&self->shop, 1);
	self->report = day_shop_report(&self->shop);
	g_assert_cmpint(day_report_get_n_sections(self->report), >=, 10);
}

static void desk_clear(Desk *self)
{
	day_report_free(self->report);
	day_roll_clear(&self->roll);
	day_shop_clear(&self->shop);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Desk, desk_clear)

static char *dup_path(const Desk *self, const char *name)
{
	return g_build_filename(self->shop.office.folder, name, NULL);
}

/* Called for each row of each section; row n_rows are the totals. */
typedef void (*EachRow)(const Report *section, int row, void *data);

static void for_each_row(const DayReport *report, EachRow each, void *data)
{
	for (int i = 0; i < day_report_get_n_sections(report); i++) {
		const Report *section = day_report_get_section(report, i);

		for (int row = 0; row < report_get_n_rows(section); row++)
			each(section, row, data);
	}
}

/* --- for programs ------------------------------------------------------------------------------
 */

static const json_t *rows_of(const json_t *whole, const char *section)
{
	const json_t *sections = json_object_get(whole, "sections");

	return json_object_get(
		strcmp(section, "day") == 0 ? whole : json_object_get(sections, section), "rows");
}

static char *dup_json_cell(const json_t *cell)
{
	return json_is_integer(cell)
		       ? g_strdup_printf("%" G_GINT64_FORMAT, (int64_t)json_integer_value(cell))
		       : g_strdup(json_string_value(cell));
}

static void check_json_row(const Report *section, int row, void *data)
{
	const ReportKind *kind = report_get_kind(section);
	const json_t *object = json_array_get(rows_of(data, kind->name), (size_t)row);

	for (int i = 0; i < kind->n_columns; i++) {
		g_autofree char *expected = report_dup_plain(
			section, report_get_cell(section, row, i), kind->columns[i].type);
		g_autofree char *got =
			dup_json_cell(json_object_get(object, kind->columns[i].name));

		g_assert_cmpstr(got, ==, expected);
	}
}

static void test_json(void)
{
	g_auto(Desk) desk;
	json_t *whole;

	desk_init(&desk);
	whole = day_report_to_json(desk.report);
	for_each_row(desk.report, check_json_row, whole);
	json_decref(whole);
}

/* Rows of a file, as texts. */
static bool take_row(const Row *row, void *data, GError **error)
{
	g_ptr_array_add(data, g_strdupv((char **)row->cells));
	return true;
}

static void free_strv(void *strv)
{
	g_strfreev(strv);
}

static int fit_any(const char *const *cells, void *data)
{
	return (int)g_strv_length((char **)cells);
}

static GPtrArray *read_rows(const char *path)
{
	GPtrArray *rows = g_ptr_array_new_with_free_func(free_strv);
	const RowSink sink = { .fit = fit_any, .row = take_row, .data = rows };
	g_autoptr(GError) error = NULL;

	rows_read(path, NULL, &sink, &error);
	g_assert_no_error(error);
	return rows;
}

static const char *field(const GPtrArray *rows, guint row, guint column)
{
	char **cells = rows->pdata[row];

	return column < g_strv_length(cells) ? cells[column] : "";
}

typedef struct {
	const GPtrArray *rows;
	guint at; /* the next one */
	bool workbook;
} Reading;

static void check_csv_row(const Report *section, int row, void *data)
{
	const ReportKind *kind = report_get_kind(section);
	Reading *reading = data;

	if (row == 0)
		reading->at++; /* the names of the columns */
	g_assert_cmpstr(field(reading->rows, reading->at, 0), ==, kind->name);
	for (int i = 0; i < kind->n_columns; i++) {
		g_autofree char *expected = report_dup_plain(
			section, report_get_cell(section, row, i), kind->columns[i].type);

		g_assert_cmpstr(field(reading->rows, reading->at, (guint)i + 1), ==,
				expected != NULL ? expected : "");
	}
	reading->at++;
}

static void test_csv(void)
{
	g_auto(Desk) desk;
	g_autofree char *csv = NULL, *path = NULL;
	g_autoptr(GPtrArray) rows = NULL;
	g_autoptr(GError) error = NULL;
	Reading reading = { 0 };

	desk_init(&desk);
	csv = day_report_dup_csv(desk.report);
	path = dup_path(&desk, "day.csv");
	g_assert_true(g_file_set_contents(path, csv, -1, &error));
	rows = read_rows(path);
	reading.rows = rows;
	for_each_row(desk.report, check_csv_row, &reading);
	g_assert_cmpuint(reading.at, ==, rows->len);
}

/* A workbook keeps numbers: minor units and millionths are compared as such. */
static void check_number(const ReportCell *cell, ReportType type, const char *text)
{
	double scale = type == REPORT_MONEY	 ? 100
		       : type == REPORT_QUANTITY ? 1000000
		       : type == REPORT_RATE	 ? 10000
						 : 1;
	double value = g_ascii_strtod(text, NULL) * scale;

	g_assert_cmpint((int64_t)(value + (value < 0 ? -0.5 : 0.5)), ==, cell->value);
}

/* A workbook counts days from 30 December 1899; Moscow is three hours ahead all year. */
static void check_date(const ReportCell *cell, ReportType type, const char *text)
{
	double days = g_ascii_strtod(text, NULL);
	GDate date;

	if (type == REPORT_TIME) {
		int64_t wall = cell->value / G_USEC_PER_SEC + 3 * 3600;

		g_assert_cmpint((int64_t)(days * 86400 + 0.5), ==, wall + INT64_C(25569) * 86400);
		return;
	}
	g_date_clear(&date, 1);
	g_date_set_dmy(&date, (GDateDay)(cell->value % 100), (GDateMonth)(cell->value / 100 % 100),
		       (GDateYear)(cell->value / 10000));
	g_assert_cmpint((int64_t)days, ==, (int64_t)g_date_get_julian(&date) - 693594);
}

static bool is_number(ReportType type)
{
	return type == REPORT_MONEY || type == REPORT_QUANTITY || type == REPORT_RATE ||
	       type == REPORT_INTEGER;
}

static void check_xlsx_row(const Report *section, int row, void *data)
{
	const ReportKind *kind = report_get_kind(section);
	Reading *reading = data;

	/* Its title, found where it stands, then the names of the columns. */
	if (row == 0) {
		while (strcmp(field(reading->rows, reading->at, 0), kind->title) != 0)
			reading->at++;
		reading->at += 2;
	}
	for (int i = 0; i < kind->n_columns; i++) {
		const ReportCell *cell = report_get_cell(section, row, i);
		const char *got = field(reading->rows, reading->at, (guint)i);
		g_autofree char *expected = report_dup_cell(section, row, i, &plain);

		if (!cell->empty && is_number(kind->columns[i].type))
			check_number(cell, kind->columns[i].type, got);
		else if (!cell->empty && (kind->columns[i].type == REPORT_DAY ||
					  kind->columns[i].type == REPORT_TIME))
			check_date(cell, kind->columns[i].type, got);
		else
			g_assert_cmpstr(got, ==, expected);
	}
	reading->at++;
}

static void test_xlsx(void)
{
	g_auto(Desk) desk;
	g_autofree char *path = NULL;
	g_autoptr(GPtrArray) rows = NULL;
	g_autoptr(GError) error = NULL;
	Reading reading = { 0 };

	desk_init(&desk);
	path = dup_path(&desk, "day.xlsx");
	day_report_write_xlsx(desk.report, path, &error);
	g_assert_no_error(error);
	rows = read_rows(path);
	reading.rows = rows;
	for_each_row(desk.report, check_xlsx_row, &reading);
}

/* --- for people --------------------------------------------------------------------------------
 */

/* What is read out of a PDF has its blanks where the letters stand apart. */
static char *dup_without_blanks(const char *text)
{
	GString *all = g_string_new(NULL);

	for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p)) {
		gunichar letter = g_utf8_get_char(p);

		if (letter == '\n' || !g_unichar_isspace(letter))
			g_string_append_unichar(all, letter);
	}
	return g_string_free(all, FALSE);
}

/* Cells stand in one line, in their order; @data is the text. */
static void check_line(const Report *section, int row, void *data)
{
	g_autofree char *all = dup_without_blanks(data);
	g_auto(GStrv) lines = g_strsplit(all, "\n", -1);
	int n = report_get_kind(section)->n_columns;

	for (int k = 0; lines[k] != NULL; k++) {
		const char *at = lines[k];
		int i = 0;

		for (; i < n && at != NULL; i++) {
			g_autofree char *cell = report_dup_cell(section, row, i, &plain);
			g_autofree char *text = dup_without_blanks(cell);

			at = strstr(at, text);
			at = at != NULL ? at + strlen(text) : NULL;
		}
		if (at != NULL)
			return;
	}
	g_error("row %d of %s is not there", row, report_get_kind(section)->name);
}

static void test_table(void)
{
	g_auto(Desk) desk;
	g_autofree char *table = NULL;

	desk_init(&desk);
	table = day_report_dup_table(desk.report, &plain);
	for_each_row(desk.report, check_line, table);
}

static char *dup_pdf_text(const char *path)
{
	const char *const argv[] = { "pdftotext", "-layout", path, "-", NULL };
	g_autoptr(GError) error = NULL;
	char *text = NULL;
	int status;

	g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &text, NULL,
		     &status, &error);
	g_assert_no_error(error);
	g_assert_true(g_spawn_check_wait_status(status, NULL));
	return text;
}

static void test_pdf(void)
{
	g_auto(Desk) desk;
	g_autofree char *path = NULL, *text = NULL;
	g_autoptr(GError) error = NULL;

	desk_init(&desk);
	path = dup_path(&desk, "day.pdf");
	day_report_write_pdf(desk.report, &plain, path, &error);
	g_assert_no_error(error);
	text = dup_pdf_text(path);
	for_each_row(desk.report, check_line, text);
}

/* --- on paper, with one key --------------------------------------------------------------------
 */

static void set_queue(Desk *self)
{
	const ReportPrinter printer = { .shop_id = 1,
					.form = PRINT_A4,
					.device = (char *)"cups:day",
					.options = (char *)"",
					.one_key = true,
					.with_cost = true };
	g_autoptr(GError) error = NULL;

	private_cups_add(&cups, "day");
	report_printer_write(self->shop.office.store, &printer, 0, &error);
	g_assert_no_error(error);
}

static void print_with_one_key(Desk *self)
{
	g_autoptr(DayPress) press = day_press_new(&plain);
	g_auto(DayPressResult) result = { 0 };
	g_autoptr(GError) error = NULL;
	int n;

	day_job_ask(self->shop.office.store, day_report_get_query(self->report), 0, &n, &error);
	g_assert_no_error(error);
	g_assert_cmpint(n, ==, 2);
	day_press_run(press, self->shop.office.store, &result, &error);
	g_assert_no_error(error);
	g_assert_cmpstr(result.trouble, ==, NULL);
	g_assert_cmpint(result.printed, ==, 2);
}

/* Code pages have the hyphen alone, and the printer's blanks all look alike. */
static char *dup_as_printed(const char *text)
{
	g_auto(GStrv) minus = g_strsplit(text, "−", -1);
	g_autofree char *hyphened = g_strjoinv("-", minus);
	g_auto(GStrv) blanks = g_strsplit(hyphened, "\u00a0", -1);

	return g_strjoinv(" ", blanks);
}

/* What letters of a code page cannot write came out as pictures; all else as it stands in @text. */
static void check_roll(const Desk *self, const char *text)
{
	g_autofree char *came = day_roll_dup_text(&self->roll);
	g_autofree char *printed = dup_as_printed(text);
	g_auto(GStrv) expected = g_strsplit(printed, "\n", -1);
	g_auto(GStrv) lines = g_strsplit(came, "\n", -1);
	int read = 0, drawn = 0;

	for (int i = 0, k = 0; expected[i] != NULL; i++) {
		const char *line = expected[i] + strspn(expected[i], " ");

		g_strchomp(expected[i]);
		if (*line == '\0')
			continue;
		while (lines[k] != NULL && lines[k][0] == '\0')
			k++;
		g_assert_nonnull(lines[k]);
		if (g_str_has_prefix(lines[k], "[raster"))
			drawn++;
		else
			g_assert_cmpstr(g_strchomp(lines[k]), ==, line);
		read++;
		k++;
	}
	g_assert_cmpint(drawn, <, read / 4);
}

/* Every cell is on the receipt paper, wherever it stands there. */
static void check_cells(const Report *section, int row, void *data)
{
	for (int i = 0; i < report_get_kind(section)->n_columns; i++) {
		g_autofree char *text = report_dup_cell(section, row, i, &plain);
		g_auto(GStrv) words = g_strsplit(text, " ", -1);

		if (report_get_kind(section)->columns[i].type == REPORT_HOUR)
			words[0][2] = '\0'; /* "14:00–15:00" is "14" there */
		for (int k = 0; words[k] != NULL; k++)
			g_assert_nonnull(strstr(data, words[k]));
	}
}

static void test_one_key_on_both_papers(void)
{
	g_auto(Desk) desk;
	g_autofree char *pdf = NULL, *sheet = NULL, *strip = NULL;
	g_autoptr(Paper) paper = NULL;

	desk_init(&desk);
	set_queue(&desk);
	day_roll_set(&desk.roll, &desk.shop.office, "columns=" COLUMNS, PRINT_AT_CLOSE_NO);
	print_with_one_key(&desk);

	pdf = private_cups_dup_path(&cups, "day", "printed");
	sheet = dup_pdf_text(pdf);
	for_each_row(desk.report, check_line, sheet);

	paper = day_paper_new(desk.report, &plain, false);
	strip = paper_dup_text(paper, atoi(COLUMNS));
	for_each_row(desk.report, check_cells, strip);
	check_roll(&desk, strip);
}

int main(int argc, char **argv)
{
	int status;

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/day-forms/json", test_json);
	g_test_add_func("/day-forms/csv", test_csv);
	g_test_add_func("/day-forms/xlsx", test_xlsx);
	g_test_add_func("/day-forms/table", test_table);
	g_test_add_func("/day-forms/pdf", test_pdf);
	if (!private_cups_start(&cups))
		return g_test_run();
	g_test_add_func("/day-forms/one-key", test_one_key_on_both_papers);
	status = g_test_run();
	private_cups_stop(&cups);
	return status;
}
