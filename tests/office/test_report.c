/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/goods/goods.h"
#include "backoffice/report/report.h"
#include "backoffice/sales/ingest.h"
#include "tests/hub/fake_till.h"
#include "tests/office/shop_floor.h"

#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>
#include <string.h>

#define DAY FAKE_DAY

static const TaxGroup vat22 = { .id = 1,
				.code = "VAT22",
				.n_rates = 1,
				.rates = { { "VAT", 2200, true, 20260101, FISCAL_TAX_STANDARD } } };
static const TaxGroup added = { .id = 2,
				.code = "SALES",
				.n_rates = 1,
				.rates = { { "SALES", 600, false, 0, FISCAL_TAX_OTHER } } };

/* One line of a receipt made by hand. */
typedef struct {
	int64_t item;
	const char *name;
	int64_t price; /* kopecks */
	const char *quantity;
	const TaxGroup *tax;
	int64_t discount; /* kopecks */
} Line;

static void add_line(Receipt *receipt, const Line *line)
{
	ReceiptGoods goods = { .item_id = line->item,
			       .code = "46",
			       .name = line->name,
			       .unit = UNIT_KILOGRAM,
			       .price = { line->price, FAKE_RUB },
			       .tax = line->tax };
	g_autoptr(GError) error = NULL;
	Quantity quantity;
	int number;

	g_assert_true(quantity_parse_decimal(line->quantity, &quantity));
	receipt_add(receipt, &goods, quantity, &number, &error);
	g_assert_no_error(error);
	if (line->discount > 0)
		receipt_discount_line(receipt, number,
				      (Discount){ DISCOUNT_AMOUNT, line->discount }, &error);
	g_assert_no_error(error);
}

static void sell(FakeTill *till, ReceiptKind kind, TenderKind tender, const Line *lines, size_t n)
{
	g_autoptr(Receipt) receipt = receipt_new(kind, FAKE_RUB, TAX_PER_LINE);
	g_autoptr(GError) error = NULL;

	for (size_t i = 0; i < n; i++)
		add_line(receipt, &lines[i]);
	receipt_pay(receipt, tender, receipt_get_totals(receipt)->due, NULL, &error);
	g_assert_no_error(error);
	fake_till_sell(till, receipt);
}

/* Milk 100.00 × 2 less 10.00 and cheese 899.00 × 0.333 by cash; milk × 1 by card with 6 % on top of
 * cheese; one milk comes back. By hand:
 *   cheese 899.00 × 0.333 = 299.367 → 299.37, VAT 22/122 = 53.98
 *   milk 190.00 → VAT 34.26; milk 100.00 → VAT 18.03; back −100.00 → −18.03
 *   cheese by weight 50.00 × 1 + 6 % = 53.00 */
static void sell_the_day(FakeTill *till)
{
	static const Line first[] = { { 1, "Milk", 10000, "2", &vat22, 1000 },
				      { 2, "Cheese", 89900, "0.333", &vat22, 0 } };
	static const Line second[] = { { 1, "Milk", 10000, "1", &vat22, 0 },
				       { 2, "Cheese", 5000, "1", &added, 0 } };
	static const Line third[] = { { 1, "Milk", 10000, "1", &vat22, 0 } };

	fake_till_open_shift(till, 0);
	sell(till, RECEIPT_SALE, TENDER_CASH, first, G_N_ELEMENTS(first));
	sell(till, RECEIPT_SALE, TENDER_CARD, second, G_N_ELEMENTS(second));
	sell(till, RECEIPT_RETURN, TENDER_CASH, third, G_N_ELEMENTS(third));
}

static void take_in(FakeOffice *office, const FakeTill *till)
{
	IngestTill who = { 1, 1, FAKE_RUB, "Europe/Moscow" };
	g_autofree IngestEntry *entries = g_new0(IngestEntry, till->entries->len);
	g_autoptr(GError) error = NULL;
	IngestResult result;

	for (guint i = 0; i < till->entries->len; i++)
		entries[i] =
			(IngestEntry){ fake_till_get(till, i)->body, fake_till_get(till, i)->hash };
	ingest_batch(office->store, &who, entries, till->entries->len, &result, &error);
	g_assert_no_error(error);
	g_assert_cmpint(result.quarantined, ==, 0);
}

/* A shop with milk and cheese in its list, and the day above taken in. */
static void open_shop(FakeOffice *office)
{
	g_auto(FakeTill) till = { 0 };
	g_autofree char *code = NULL;

	fake_office_init(office);
	code = fake_office_add_till(office, "Till 1");
	{
		g_auto(ListFate) fate =
			import_text(office,
				    "barcode,name,price,cost,unit\n4600000000015,Milk,100,60,pcs\n"
				    "00002,Cheese,899,,kg\n",
				    -1, NULL);

		g_assert_cmpint(fate.counts.imported, ==, 2);
	}
	fake_till_init(&till);
	sell_the_day(&till);
	take_in(office, &till);
}

static Report *report_of(FakeOffice *office, const char *name, int32_t from, int32_t to)
{
	g_autoptr(GError) error = NULL;
	Report *report = report_run(office->store, report_find(name), 1, from, to, &error);

	g_assert_no_error(error);
	return report;
}

static void check_csv(FakeOffice *office, const char *name, const char *expected)
{
	g_autoptr(Report) report = report_of(office, name, DAY, DAY);
	g_autofree char *csv = report_dup_csv(report);
	g_auto(GStrv) lines = g_strsplit(csv, "\r\n", -1);
	g_autofree char *plain = g_strjoinv("\n", lines);

	g_assert_cmpstr(plain, ==, expected);
}

static void test_the_day_by_hand(void)
{
	g_auto(FakeOffice) office = { 0 };

	open_shop(&office);
	check_csv(&office, "sales",
		  "barcode,name,quantity,gross,discount,tax,net,receipts\n"
		  "00002,Cheese,1.333,349.37,0.00,56.98,352.37,2\n"
		  "4600000000015,Milk,2,200.00,10.00,34.26,190.00,3\n");
	check_csv(&office, "items",
		  "barcode,name,quantity,gross,discount,tax,net,receipts\n"
		  "00002,Cheese,1.333,349.37,0.00,56.98,352.37,2\n"
		  "4600000000015,Milk,2,200.00,10.00,34.26,190.00,3\n");
	check_csv(&office, "hours",
		  "hour,receipts,gross,discount,tax,net,returns,returned\n"
		  "0,3,549.37,10.00,91.24,542.37,1,-100.00\n");
	check_csv(&office, "cashiers",
		  "cashier,receipts,gross,discount,tax,net,returns,returned\n"
		  "#2,3,549.37,10.00,91.24,542.37,1,-100.00\n");
	check_csv(&office, "payments", "kind,payments,amount\ncard,1,153.00\ncash,2,389.37\n");
	check_csv(&office, "taxes",
		  "tax,rate,base,amount\nSALES,6,50.00,3.00\nVAT,22,489.37,88.24\n");
}

static const char *total(json_t *json, const char *name)
{
	return json_string_value(json_object_get(json_object_get(json, "totals"), name));
}

static void test_json_is_as_promised(void)
{
	g_auto(FakeOffice) office = { 0 };

	open_shop(&office);
	{
		g_autoptr(Report) report = report_of(&office, "sales", DAY, DAY);
		json_t *json = report_to_json(report);
		json_t *row = json_array_get(json_object_get(json, "rows"), 0);

		g_assert_cmpstr(json_string_value(json_object_get(json, "report")), ==, "sales");
		g_assert_cmpstr(json_string_value(json_object_get(json, "from")), ==, "2026-11-23");
		g_assert_cmpint((int)json_array_size(json_object_get(json, "columns")), ==, 8);
		g_assert_cmpstr(json_string_value(json_object_get(row, "quantity")), ==, "1.333");
		g_assert_cmpstr(total(json, "quantity"), ==, "3.333");
		g_assert_cmpstr(total(json, "gross"), ==, "549.37");
		g_assert_cmpstr(total(json, "discount"), ==, "10.00");
		g_assert_cmpstr(total(json, "tax"), ==, "91.24");
		g_assert_cmpstr(total(json, "net"), ==, "542.37");
		g_assert_cmpint(json_integer_value(json_object_get(json_object_get(json, "totals"),
								   "receipts")),
				==, 3);
		json_decref(json);
	}
}

/* The day is the shift's: the receipts were made after midnight. */
static void test_days_are_business_days(void)
{
	g_auto(FakeOffice) office = { 0 };

	open_shop(&office);
	{
		g_autoptr(Report) next = report_of(&office, "sales", DAY + 1, DAY + 1);
		g_autoptr(Report) week = report_of(&office, "sales", DAY - 3, DAY + 3);

		g_assert_cmpint(report_get_n_rows(next), ==, 0);
		g_assert_cmpint(report_get_total(next, 6)->value, ==, 0);
		g_assert_cmpint(report_get_n_rows(week), ==, 2);
	}
}

/* Gross − discount + added tax = net, and every report of a day has the same net. */
static void test_made_up_receipts_add_up(void)
{
	static const char *const names[] = { "sales", "items", "hours", "cashiers" };
	g_auto(FakeOffice) office = { 0 };
	g_auto(FakeTill) till = { 0 };
	g_autofree char *code = NULL;
	int64_t charged = 0;

	fake_office_init(&office);
	code = fake_office_add_till(&office, "Till 1");
	fake_till_init(&till);
	fake_till_open_shift(&till, 0);
	for (guint32 seed = 1; seed <= 200; seed++) {
		g_autoptr(Receipt) receipt = fake_receipt(RECEIPT_SALE, 1 + (int)(seed % 12), seed);

		charged += receipt_get_totals(receipt)->total.minor;
		fake_till_sell(&till, receipt);
	}
	take_in(&office, &till);
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autoptr(Report) report = report_of(&office, names[i], DAY, DAY);
		const ReportKind *kind = report_get_kind(report);
		int net = strcmp(names[i], "sales") == 0 || strcmp(names[i], "items") == 0 ? 6 : 5;
		int64_t sum = 0;

		g_assert_cmpstr(kind->columns[net].name, ==, "net");
		for (int row = 0; row < report_get_n_rows(report); row++)
			sum += report_get_cell(report, row, net)->value;
		g_assert_cmpint(sum, ==, charged);
		g_assert_cmpint(report_get_total(report, net)->value, ==, charged);
	}
}

static Report *stock_of(FakeOffice *office, int64_t item_id)
{
	ReportQuery query = { .shop_id = 1, .item_id = item_id };
	g_autoptr(GError) error = NULL;
	Report *report = report_ask(office->store, report_find("stock"), &query, &error);

	g_assert_no_error(error);
	return report;
}

static void test_stock_after_the_day(void)
{
	g_auto(FakeOffice) office = { 0 };

	open_shop(&office);
	{
		g_autoptr(Report) all = stock_of(&office, 0);
		g_autoptr(Report) one = stock_of(&office, 1);
		g_autofree char *csv = report_dup_csv(all);

		g_assert_cmpstr(csv, ==,
				"barcode,article,name,unit,balance,cost,value\r\n"
				"00002,,Cheese,kg,-1.333,,0.00\r\n"
				"4600000000015,,Milk,pcs,-2,60.00,-120.00\r\n");
		g_assert_cmpint(report_get_n_rows(one), ==, 1);
		g_assert_cmpint(report_get_total(one, 4)->value, ==, -2 * QUANTITY_ONE);
	}
}

/* --- forms --------------------------------------------------------------------------------- */

static void check_file(const char *path, const char *signature)
{
	g_autofree char *bytes = NULL;
	g_autoptr(GError) error = NULL;
	gsize len;

	g_file_get_contents(path, &bytes, &len, &error);
	g_assert_no_error(error);
	g_assert_cmpuint(len, >, 1000);
	g_assert_true(memcmp(bytes, signature, strlen(signature)) == 0);
}

static void test_every_report_in_every_form(void)
{
	NumberStyle style = { ",", " " };
	g_auto(FakeOffice) office = { 0 };

	open_shop(&office);
	for (const ReportKind *const *kind = report_list(); *kind != NULL; kind++) {
		g_autoptr(Report) report = report_of(&office, (*kind)->name, DAY, DAY);
		g_autofree char *pdf = g_build_filename(office.folder, "report.pdf", NULL);
		g_autofree char *xlsx = g_build_filename(office.folder, "report.xlsx", NULL);
		g_autofree char *table = report_dup_table(report, &style);
		g_autoptr(GError) error = NULL;

		report_write_pdf(report, &style, pdf, &error);
		g_assert_no_error(error);
		report_write_xlsx(report, xlsx, &error);
		g_assert_no_error(error);
		check_file(pdf, "%PDF-");
		check_file(xlsx, "PK\x03\x04");
		g_assert_true(g_utf8_validate(table, -1, NULL));
		g_assert_true((strstr(table, "Total") != NULL) == report_kind_has_totals(*kind));
	}
}

static void test_a_form_that_cannot_be_written(void)
{
	NumberStyle style = { ".", "" };
	g_auto(FakeOffice) office = { 0 };

	open_shop(&office);
	{
		g_autoptr(Report) report = report_of(&office, "sales", DAY, DAY);
		g_autoptr(GError) pdf = NULL, xlsx = NULL;

		g_assert_false(report_write_pdf(report, &style, "/no/such/folder/r.pdf", &pdf));
		g_assert_false(report_write_xlsx(report, "/no/such/folder/r.xlsx", &xlsx));
		g_assert_nonnull(pdf);
		g_assert_nonnull(xlsx);
	}
}

static void test_the_picture_shows_hours(void)
{
	NumberStyle style = { ".", "" };
	g_auto(FakeOffice) office = { 0 };

	open_shop(&office);
	{
		g_autoptr(Report) report = report_of(&office, "sales", DAY, DAY);
		g_autoptr(GArray) bars = report_dup_bars(report, &style);

		g_assert_cmpuint(bars->len, ==, 1);
		g_assert_cmpstr(g_array_index(bars, ReportBar, 0).brief, ==, "0");
		g_assert_cmpint(g_array_index(bars, ReportBar, 0).value, ==, 54237);
	}
}

static void test_days_are_read(void)
{
	static const char *const wrong[] = { "",	   "2026-1-1",	 "2026-02-29",
					     "2026-13-01", "20261123",	 "2026-11-23 ",
					     "23.11.2026", "+026-11-23", "2026-11-2x",
					     "1999-01-01" };
	int32_t day = 0;

	g_assert_true(report_day_parse("2028-02-29", &day));
	g_assert_cmpint(day, ==, 20280229);
	for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++)
		g_assert_false(report_day_parse(wrong[i], &day));
}

/* What fonts leave behind is theirs and no leak of ours: a leak checker should see an empty house.
 */
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
	g_test_add_func("/report/by-hand", test_the_day_by_hand);
	g_test_add_func("/report/json", test_json_is_as_promised);
	g_test_add_func("/report/days", test_days_are_business_days);
	g_test_add_func("/report/made-up", test_made_up_receipts_add_up);
	g_test_add_func("/report/stock", test_stock_after_the_day);
	g_test_add_func("/report/forms", test_every_report_in_every_form);
	g_test_add_func("/report/not-written", test_a_form_that_cannot_be_written);
	g_test_add_func("/report/picture", test_the_picture_shows_hours);
	g_test_add_func("/report/day-names", test_days_are_read);
	status = g_test_run();
	forget_fonts();
	return status;
}
