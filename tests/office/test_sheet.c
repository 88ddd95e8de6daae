/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/buying/supplier_goods.h"
#include "backoffice/goods/rows.h"
#include "backoffice/report/act.h"
#include "backoffice/report/buying_sheets.h"
#include "tests/office/papers.h"

#include <string.h>

/* Papers that people sign, as they are read back: the workbook cell by cell, the PDF by its pages.
 */

static const NumberStyle style = { .decimal = ".", .group = "" };

static int pages_of(const Sheet *sheet)
{
	cairo_surface_t *surface = cairo_recording_surface_create(CAIRO_CONTENT_COLOR_ALPHA, NULL);
	cairo_t *cr = cairo_create(surface);
	int pages = sheet_count_pages(sheet, cr);

	for (int page = 1; page <= pages; page++)
		sheet_draw_page(sheet, cr, page);
	g_assert_cmpint(cairo_status(cr), ==, CAIRO_STATUS_SUCCESS);
	cairo_destroy(cr);
	cairo_surface_destroy(surface);
	return pages;
}

static bool add_row(const Row *row, void *data, GError **error)
{
	g_autofree char *text = g_strjoinv("|", (char **)row->cells);

	g_string_append_printf(data, "%s\n", text);
	return true;
}

static int any_fit(const char *const *cells, void *data)
{
	return 1;
}

/* A line a row. */
static char *book_of(FakeOffice *office, const Sheet *sheet)
{
	g_autofree char *path = g_build_filename(office->folder, "sheet.xlsx", NULL);
	GString *text = g_string_new(NULL);
	RowSink sink = { .fit = any_fit, .row = add_row, .data = text };
	g_autoptr(GError) error = NULL;

	g_assert_true(sheet_write_xlsx(sheet, path, &error));
	g_assert_no_error(error);
	rows_read(path, NULL, &sink, &error);
	g_assert_no_error(error);
	return g_string_free(text, false);
}

static void expect(const char *text, const char *says)
{
	if (strstr(text, says) == NULL)
		g_test_message("%s", text);
	g_assert_nonnull(strstr(text, says));
}

static void test_pages(void)
{
	g_autoptr(Sheet) sheet = sheet_new("A long one");
	int few;

	sheet_add_fact(sheet, "Empty", "");
	sheet_add_column(sheet, "No.", 40, true);
	sheet_add_column(sheet, "Goods", 0, false);
	sheet_add_signature(sheet, "Somebody");
	g_assert_cmpint(pages_of(sheet), ==, 1);
	for (int i = 0; i < 200; i++) {
		g_autofree char *number = g_strdup_printf("%d", i);

		sheet_add_row(sheet, false);
		sheet_add_number(sheet, number, number);
		sheet_add_cell(sheet, "Молоко пастеризованное 3,2 % жирности, в пакете, 1 л");
	}
	few = pages_of(sheet);
	g_assert_cmpint(few, >, 3);
	/* Who signs sees what he signs for: more places to sign need more pages in the end. */
	for (int i = 0; i < 20; i++)
		sheet_add_signature(sheet, "Somebody");
	g_assert_cmpint(pages_of(sheet), >, few);
}

static void test_an_order_has_the_codes_of_its_supplier(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(Document) order = document_new(DOCUMENT_ORDER, PAPER_SHOP);
	g_autoptr(SupplierGoods) goods = supplier_goods_new(1);
	g_autoptr(Sheet) sheet = NULL;
	g_autoptr(GError) error = NULL;
	g_autofree char *book = NULL;

	paper_office(&office, 2);
	order->supplier_id = paper_supplier(&office, "Молокозавод");
	g_free(goods->code);
	goods->code = g_strdup("MZ-77");
	goods->factor = units(12);
	supplier_goods_write(office.store, order->supplier_id, goods, 0, &error);
	g_assert_no_error(error);
	paper_line(order, 1, 24, 12000);
	paper_line(order, 2, 3, 900);
	paper_post(&office, order);
	sheet = order_sheet_new(office.store, order->id, true, &style, &error);
	g_assert_no_error(error);
	g_assert_cmpint(pages_of(sheet), ==, 1);
	book = book_of(&office, sheet);
	expect(book, "Order D-000001");
	expect(book, "Supplier: Молокозавод");
	expect(book, "1|MZ-77|4600000000");
	expect(book, "|Товар 1|24|2|5|120\n"); /* two packs; of one; all */
	expect(book, "|Товар 2|3||3|9\n");
	expect(book, "Total||||129\n");
	g_free(g_steal_pointer(&book));
	sheet_free(g_steal_pointer(&sheet));
	sheet = order_sheet_new(office.store, order->id, false, &style, &error);
	book = book_of(&office, sheet);
	expect(book, "|Товар 1|24|2\n");
	g_assert_null(strstr(book, "Total"));
}

static void test_what_is_no_order(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(GError) error = NULL;
	int64_t delivery;

	paper_office(&office, 1);
	delivery = paper_deliver(&office, 1, 2, 100);
	g_assert_null(order_sheet_new(office.store, delivery, true, &style, &error));
	g_assert_error(error, DOCUMENT_ERROR, DOCUMENT_ERROR_GONE);
	g_clear_error(&error);
	g_assert_null(order_sheet_new(office.store, 99, true, &style, &error));
	g_assert_error(error, DOCUMENT_ERROR, DOCUMENT_ERROR_GONE);
}

static void test_the_discrepancy_act(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(Document) delivery = document_new(DOCUMENT_DELIVERY, PAPER_SHOP);
	g_autoptr(GError) error = NULL;
	g_autoptr(Act) act = NULL;
	g_autoptr(Sheet) sheet = NULL;
	g_autofree char *book = NULL;
	DocumentLine *line;

	paper_office(&office, 2);
	delivery->supplier_id = paper_supplier(&office, "Пекарня");
	line = paper_line(delivery, 1, 8, 4000);
	line->has_expected = true;
	line->expected = units(10);
	paper_post(&office, delivery);
	act = act_new(office.store, delivery->id, true, &error);
	g_assert_no_error(error);
	sheet = act_to_sheet(act, &style);
	g_assert_cmpint(pages_of(sheet), ==, 1);
	book = book_of(&office, sheet);
	expect(book, "Discrepancy act to Delivery D-000001");
	expect(book, "|Товар 1|10|8|-2|");
}

static void test_the_reconciliation_act(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(Document) delivery = document_new(DOCUMENT_DELIVERY, PAPER_SHOP);
	g_autoptr(Reconciliation) act = NULL;
	g_autoptr(Sheet) sheet = NULL;
	g_autoptr(GError) error = NULL;
	g_autofree char *book = NULL;

	paper_office(&office, 1);
	delivery->supplier_id = paper_supplier(&office, "Пекарня");
	paper_text(&delivery->reference, "4711");
	paper_line(delivery, 1, 8, 4000);
	paper_post(&office, delivery);
	act = reconciliation_new(office.store, PAPER_SHOP, delivery->supplier_id, 20200101,
				 29991231, &error);
	g_assert_no_error(error);
	sheet = reconciliation_to_sheet(act, &style);
	g_assert_cmpint(pages_of(sheet), ==, 1);
	book = book_of(&office, sheet);
	expect(book, "2020-01-01|Balance at the beginning||0\n");
	expect(book, "|Delivery D-000001|4711|40\n");
	expect(book, "|Turnover of the period||40|0\n");
	expect(book, "2999-12-31|Balance at the end||40\n");
	expect(book, "As of 2999-12-31, owed by Лавка to Пекарня: 40.00 RUB.");
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/sheet/pages", test_pages);
	g_test_add_func("/sheet/an-order-has-the-codes-of-its-supplier",
			test_an_order_has_the_codes_of_its_supplier);
	g_test_add_func("/sheet/what-is-no-order", test_what_is_no_order);
	g_test_add_func("/sheet/the-discrepancy-act", test_the_discrepancy_act);
	g_test_add_func("/sheet/the-reconciliation-act", test_the_reconciliation_act);
	return g_test_run();
}
