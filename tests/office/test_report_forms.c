/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/report/report.h"
#include "backoffice/report/report_print.h"
#include "core/receipt.h"
#include "tests/hub/fake_office.h"

#include <cairo-pdf.h>
#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>
#include <string.h>
#include <zip.h>

/* Pictures and forms of reports that are made up on the spot. */

static const NumberStyle style = { ".", "" };

/* What the rows of the made-up reports are. */
typedef struct {
	int64_t id, value;
} Row;
static const Row *rows;
static int n_rows;

static bool fill_rows(Report *self, Store *store, const ReportQuery *query, GError **error)
{
	const ReportKind *kind = report_get_kind(self);
	int64_t total = 0;

	for (int i = 0; i < n_rows; i++) {
		ReportCell *cells = report_add_row(self);
		g_autofree char *name = g_strdup_printf("Goods %d", (int)rows[i].id);

		if (kind->columns[0].type == REPORT_TEXT)
			report_put_text(self, &cells[0], name);
		else
			report_put_value(&cells[0], rows[i].id);
		report_put_value(&cells[1], rows[i].value);
		total += rows[i].value;
	}
	report_put_total(self, 1, total);
	return true;
}

static Report *made_up(FakeOffice *office, ReportPicture picture, ReportType type, const Row *of,
		       int n)
{
	static ReportKind kind;
	ReportQuery query = { .shop_id = 1, .from = 20261101, .to = 20261130 };
	g_autoptr(GError) error = NULL;
	Report *report;

	kind = (ReportKind){ .name = "made-up",
			     .title = "Made up",
			     .fill = fill_rows,
			     .takes = REPORT_TAKES_DAYS,
			     .sort = -1,
			     .picture = picture,
			     .picture_text = 0,
			     .picture_value = 1,
			     .n_columns = 2,
			     .columns = { { "what", "What", type, false },
					  { "net", "Net", REPORT_MONEY, true } } };
	rows = of;
	n_rows = n;
	report = report_ask(office->store, &kind, &query, &error);
	g_assert_no_error(error);
	return report;
}

static char *dup_bars(const Report *report)
{
	g_autoptr(GArray) bars = report_dup_bars(report, &style);
	g_autoptr(GString) text = g_string_new(NULL);

	for (guint i = 0; i < bars->len; i++) {
		const ReportBar *bar = &g_array_index(bars, ReportBar, i);

		g_string_append_printf(text, "%s%s=%d", i > 0 ? " " : "",
				       bar->brief != NULL ? bar->brief : bar->label,
				       (int)bar->value);
		if (bar->letter != 0)
			g_string_append_printf(text, "%c%d", bar->letter, (int)bar->share);
	}
	return g_string_free(g_steal_pointer(&text), false);
}

/* --- pictures ------------------------------------------------------------------------------ */

static void test_times_without_a_row_are_seen(void)
{
	static const Row days[] = { { 20261030, 5 }, { 20261102, 7 } };
	static const Row hours[] = { { 9, 1 }, { 12, 2 } };
	static const Row months[] = { { 202611, 1 }, { 202702, 2 } };
	g_auto(FakeOffice) office = { 0 };

	fake_office_init(&office);
	{
		g_autoptr(Report) by_day = made_up(&office, REPORT_TIMES, REPORT_DAY, days, 2);
		g_autofree char *of_days = dup_bars(by_day);

		g_assert_cmpstr(of_days, ==, "30.10=5 31.10=0 01.11=0 02.11=7");
	}
	{
		g_autoptr(Report) by_hour = made_up(&office, REPORT_TIMES, REPORT_HOUR, hours, 2);
		g_autofree char *of_hours = dup_bars(by_hour);

		g_assert_cmpstr(of_hours, ==, "9=1 10=0 11=0 12=2");
	}
	{
		g_autoptr(Report) by_month =
			made_up(&office, REPORT_TIMES, REPORT_MONTH, months, 2);
		g_autofree char *of_months = dup_bars(by_month);

		g_assert_cmpstr(of_months, ==, "11.26=1 12.26=0 01.27=0 02.27=2");
	}
}

/* 2026 has 365 days: six in a bar, and what is left in the last. */
static void test_a_year_fits(void)
{
	static const Row days[] = {
		{ 20260101, 5 }, { 20260106, 6 }, { 20260107, 1 }, { 20261231, 7 }
	};
	g_auto(FakeOffice) office = { 0 };

	fake_office_init(&office);
	{
		g_autoptr(Report) report = made_up(&office, REPORT_TIMES, REPORT_DAY, days, 4);
		g_autoptr(GArray) bars = report_dup_bars(report, &style);
		g_autofree char *caption = report_dup_caption(report);

		g_assert_cmpuint(bars->len, ==, 61);
		g_assert_cmpint(g_array_index(bars, ReportBar, 0).value, ==, 11);
		g_assert_cmpint(g_array_index(bars, ReportBar, 1).value, ==, 1);
		g_assert_cmpint(g_array_index(bars, ReportBar, 60).value, ==, 7);
		g_assert_cmpstr(g_array_index(bars, ReportBar, 0).label, ==,
				"01.01.2026 – 06.01.2026");
		g_assert_cmpstr(caption, ==, "Net, RUB (bars: What, 6 in each)");
	}
}

static void test_rows_stand_by_size(void)
{
	Row many[30];
	g_auto(FakeOffice) office = { 0 };

	fake_office_init(&office);
	for (int i = 0; i < 30; i++)
		many[i] = (Row){ i + 1, i + 1 };
	{
		g_autoptr(Report) report = made_up(&office, REPORT_ROWS, REPORT_TEXT, many, 30);
		g_autoptr(GArray) bars = report_dup_bars(report, &style);

		g_assert_cmpuint(bars->len, ==, 24);
		g_assert_cmpstr(g_array_index(bars, ReportBar, 0).label, ==, "Goods 30");
		g_assert_cmpint(g_array_index(bars, ReportBar, 22).value, ==, 8);
		g_assert_cmpstr(g_array_index(bars, ReportBar, 23).label, ==, "7 others");
		g_assert_cmpint(g_array_index(bars, ReportBar, 23).value, ==,
				1 + 2 + 3 + 4 + 5 + 6 + 7);
	}
}

/* 70 of 100 is not 80 yet: with the next one it is, and that is an A still. */
static void test_shares_have_letters(void)
{
	static const Row goods[] = { { 1, 4 }, { 2, 70 }, { 3, 14 }, { 4, 12 }, { 5, -3 } };
	g_auto(FakeOffice) office = { 0 };

	fake_office_init(&office);
	{
		g_autoptr(Report) report = made_up(&office, REPORT_PARETO, REPORT_TEXT, goods, 5);
		g_autofree char *bars = dup_bars(report);
		g_autofree char *caption = report_dup_caption(report);

		g_assert_cmpstr(bars, ==,
				"Goods 2=70A7000 Goods 3=14A8400 Goods 4=12B9600 Goods 1=4C10000 "
				"Goods 5=-3C10000");
		g_assert_cmpstr(caption, ==, "Net, RUB (bars: What; line: share of the whole)");
	}
}

/* --- paper --------------------------------------------------------------------------------- */

static void save(const Report *report, FakeOffice *office, char **ret_path)
{
	g_autoptr(GError) error = NULL;

	*ret_path = g_build_filename(office->folder, "report.pdf", NULL);
	report_write_pdf(report, &style, *ret_path, &error);
	g_assert_no_error(error);
}

static int count_of(const char *bytes, gsize len, const char *word)
{
	int n = 0;

	for (const char *at = bytes;
	     (at = memmem(at, len - (gsize)(at - bytes), word, strlen(word))) != NULL; at++)
		n++;
	return n;
}

static void test_every_picture_on_paper(void)
{
	static const Row some[] = { { 1, 400 }, { 2, -70 }, { 3, 140 }, { 5, 0 } };
	static const ReportPicture pictures[] = { REPORT_ROWS, REPORT_TIMES, REPORT_PARETO };
	g_auto(FakeOffice) office = { 0 };

	fake_office_init(&office);
	for (size_t i = 0; i < G_N_ELEMENTS(pictures); i++) {
		g_autoptr(Report) report =
			made_up(&office, pictures[i],
				pictures[i] == REPORT_TIMES ? REPORT_HOUR : REPORT_TEXT, some, 4);
		g_autofree char *path = NULL;

		save(report, &office, &path);
	}
}

/* What is counted before printing is what is saved. */
static void test_many_pages(void)
{
	enum { N = 700 };
	g_autofree Row *many = g_new(Row, N);
	g_auto(FakeOffice) office = { 0 };
	int64_t began;

	fake_office_init(&office);
	for (int i = 0; i < N; i++)
		many[i] = (Row){ i + 1, i * 1000 };
	{
		g_autoptr(Report) report = made_up(&office, REPORT_ROWS, REPORT_TEXT, many, N);
		g_autofree char *path = NULL, *bytes = NULL;
		cairo_surface_t *surface = cairo_pdf_surface_create(NULL, 595, 842);
		cairo_t *cr = cairo_create(surface);
		int pages = report_count_pages(report, &style, cr);
		gsize len;

		began = g_get_monotonic_time();
		save(report, &office, &path);
		g_test_message("%d pages in %d ms", pages,
			       (int)((g_get_monotonic_time() - began) / 1000));
		g_assert_cmpint(pages, >=, 10);
		g_assert_true(g_file_get_contents(path, &bytes, &len, NULL));
		g_assert_cmpint(count_of(bytes, len, "/Type /Page %"), ==, pages);
		for (int page = 1; page <= pages; page += 5)
			report_draw_page(report, &style, cr, page);
		g_assert_cmpint(cairo_status(cr), ==, CAIRO_STATUS_SUCCESS);
		cairo_destroy(cr);
		cairo_surface_destroy(surface);
	}
}

static bool fill_wide(Report *self, Store *store, const ReportQuery *query, GError **error)
{
	for (int row = 0; row < 3; row++) {
		ReportCell *cells = report_add_row(self);

		report_put_text(self, &cells[0],
				"Dried apricots of the first sort, washed, without stones, in a "
				"package of half a kilogram");
		for (int i = 1; i < report_get_kind(self)->n_columns; i++)
			report_put_value(&cells[i], 123456789);
	}
	return true;
}

static void test_a_wide_report_lies_across(void)
{
	static ReportKind kind;
	ReportQuery query = { .shop_id = 1, .from = 20261101, .to = 20261130 };
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(GError) error = NULL;

	fake_office_init(&office);
	kind = (ReportKind){ .name = "wide",
			     .title = "Wide",
			     .fill = fill_wide,
			     .takes = REPORT_TAKES_DAYS,
			     .sort = -1,
			     .n_columns = REPORT_COLUMNS_MAX };
	for (int i = 0; i < REPORT_COLUMNS_MAX; i++)
		kind.columns[i] = (ReportColumn){ .name = "column",
						  .title = "A column of money",
						  .type = i == 0 ? REPORT_TEXT : REPORT_MONEY };
	{
		g_autoptr(Report) report = report_ask(office.store, &kind, &query, &error);
		g_autofree char *path = NULL, *bytes = NULL;
		gsize len;

		g_assert_no_error(error);
		save(report, &office, &path);
		g_assert_true(g_file_get_contents(path, &bytes, &len, NULL));
		g_assert_nonnull(memmem(bytes, len, "[ 0 0 841.89", 12));
	}
}

/* --- workbooks ----------------------------------------------------------------------------- */

/* One file of the workbook; own it. */
static char *dup_part(const char *path, const char *name)
{
	int error;
	zip_t *zip = zip_open(path, ZIP_RDONLY, &error);
	zip_file_t *file = zip_fopen(zip, name, 0);
	zip_stat_t stat;
	char *text;

	g_assert_nonnull(file);
	g_assert_cmpint(zip_stat(zip, name, 0, &stat), ==, 0);
	text = g_malloc0(stat.size + 1);
	g_assert_cmpint((int)zip_fread(file, text, stat.size), ==, (int)stat.size);
	zip_fclose(file);
	zip_close(zip);
	return text;
}

static void test_a_workbook_can_be_reckoned_with(void)
{
	static const Row days[] = { { 20261130, 794347 }, { 20261202, 5 } };
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(GError) error = NULL;

	fake_office_init(&office);
	{
		g_autoptr(Report) report = made_up(&office, REPORT_TIMES, REPORT_DAY, days, 2);
		g_autofree char *path = g_build_filename(office.folder, "report.xlsx", NULL);
		g_autofree char *sheet = NULL, *texts = NULL;

		report_add_note(report, "Till 1 is silent.");
		report_write_xlsx(report, path, &error);
		g_assert_no_error(error);
		sheet = dup_part(path, "xl/worksheets/sheet1.xml");
		texts = dup_part(path, "xl/sharedStrings.xml");
		g_assert_nonnull(strstr(sheet, "ySplit=\"4\""));
		g_assert_nonnull(strstr(sheet, "<v>46356</v>")); /* 30.11.2026, days of 1900 */
		g_assert_nonnull(strstr(sheet, "<v>7943.47</v>"));
		g_assert_nonnull(strstr(sheet, "<v>7943.52</v>")); /* the total */
		g_assert_nonnull(strstr(texts, "Till 1 is silent."));
		g_assert_nonnull(strstr(texts, "Made up"));
	}
}

/* --- notes --------------------------------------------------------------------------------- */

static void test_notes_stand_in_every_form_but_csv(void)
{
	static const Row days[] = { { 20261130, 1 } };
	g_auto(FakeOffice) office = { 0 };

	fake_office_init(&office);
	{
		g_autoptr(Report) report = made_up(&office, REPORT_TIMES, REPORT_DAY, days, 1);
		g_autofree char *table = NULL, *csv = NULL;
		json_t *json;

		report_add_note(report, "Till 1 is silent.");
		table = report_dup_table(report, &style);
		csv = report_dup_csv(report);
		json = report_to_json(report);
		g_assert_nonnull(strstr(table, "Till 1 is silent."));
		g_assert_null(strstr(csv, "silent"));
		g_assert_cmpstr(
			json_string_value(json_array_get(json_object_get(json, "notes"), 0)), ==,
			"Till 1 is silent.");
		json_decref(json);
	}
}

/* --- values -------------------------------------------------------------------------------- */

static void test_values_as_people_and_programs_read_them(void)
{
	static const Row one[] = { { 20261130, 1 } };
	static const struct {
		ReportType type;
		int64_t value;
		const char *text, *plain;
	} cases[] = {
		{ REPORT_HUNDREDTHS, 1250, "12.5", "12.5" },
		{ REPORT_WEEKDAY, 3, "Wednesday", "3" },
		{ REPORT_MONTH, 202611, "November 2026", "2026-11" },
		/* 21:30 UTC of the 23rd is half past midnight in Moscow */
		{ REPORT_TIME, INT64_C(1795469400000000), "24.11.2026 00:30",
		  "2026-11-24T00:30:00+03:00" },
		{ REPORT_HOUR, 9, "09:00–10:00", "9" },
		{ REPORT_DAY, 20261103, "03.11.2026", "2026-11-03" },
	};
	g_auto(FakeOffice) office = { 0 };

	fake_office_init(&office);
	{
		g_autoptr(Report) report = made_up(&office, REPORT_TIMES, REPORT_DAY, one, 1);

		for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
			ReportCell cell = { .value = cases[i].value };
			g_autofree char *text =
				report_dup_text(report, &cell, cases[i].type, &style);
			g_autofree char *plain = report_dup_plain(report, &cell, cases[i].type);

			g_assert_cmpstr(text, ==, cases[i].text);
			g_assert_cmpstr(plain, ==, cases[i].plain);
		}
	}
}

/* What fonts leave behind is theirs and no leak of ours. */
static void forget_fonts(void)
{
	pango_cairo_font_map_set_default(NULL);
	cairo_debug_reset_static_data();
	FcFini();
}

int main(int argc, char **argv)
{
	int status;

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/report-forms/times", test_times_without_a_row_are_seen);
	g_test_add_func("/report-forms/year", test_a_year_fits);
	g_test_add_func("/report-forms/rows", test_rows_stand_by_size);
	g_test_add_func("/report-forms/shares", test_shares_have_letters);
	g_test_add_func("/report-forms/pictures", test_every_picture_on_paper);
	g_test_add_func("/report-forms/pages", test_many_pages);
	g_test_add_func("/report-forms/across", test_a_wide_report_lies_across);
	g_test_add_func("/report-forms/workbook", test_a_workbook_can_be_reckoned_with);
	g_test_add_func("/report-forms/notes", test_notes_stand_in_every_form_but_csv);
	g_test_add_func("/report-forms/values", test_values_as_people_and_programs_read_them);
	status = g_test_run();
	forget_fonts();
	return status;
}
