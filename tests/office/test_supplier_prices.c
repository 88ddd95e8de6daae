/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/buying/price_list.h"
#include "backoffice/buying/supplier_goods.h"
#include "backoffice/goods/item.h"
#include "tests/office/papers.h"
#include "tests/office/shop_floor.h"

#include <string.h>
#include <xlsxwriter.h>

/* Goods are "Товар 1" … with the retail price 10.01 …, as tests/hub/fake_office.h makes them. */

static char *barcode_of(FakeOffice *office, int64_t item)
{
	return room_ask_text(office, "SELECT min(code) FROM barcode WHERE item_id = %d", (int)item);
}

typedef struct {
	PriceListResult *result; /* owned; NULL: it failed */
	GError *error; /* owned */
	GString *refusals; /* owned: "line: reason\n" of each */
} Fate;

static void fate_clear(Fate *self)
{
	price_list_result_free(self->result);
	g_clear_error(&self->error);
	g_string_free(self->refusals, true);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Fate, fate_clear)

static void on_refused(int64_t line, const char *reason, const char *const *cells, void *data)
{
	g_string_append_printf(data, "%" G_GINT64_FORMAT ": %s\n", line, reason);
}

static Fate read_file(FakeOffice *office, int64_t who, const char *path, PriceListImport import)
{
	Fate fate = { .refusals = g_string_new(NULL) };

	import.list.path = path;
	import.list.refused = on_refused;
	import.list.refused_data = fate.refusals;
	import.supplier_id = who;
	fate.result = price_list_import(office->store, &import, &fate.error);
	return fate;
}

static Fate read_list(FakeOffice *office, int64_t who, const char *text, gssize len)
{
	g_autofree char *path = write_list(office, "prices.csv", text, len);

	return read_file(office, who, path, (PriceListImport){ 0 });
}

static int64_t cost_of(FakeOffice *office, int64_t who, int64_t item)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) list = supplier_goods_list(office->store, who, item, NULL, 1, &error);

	g_assert_no_error(error);
	return list->len > 0 ? ((SupplierGoods *)list->pdata[0])->cost : -1;
}

static int64_t count_prices(FakeOffice *office)
{
	return room_ask(office, "SELECT count(*) FROM supplier_price");
}

/* --- matching, rises ----------------------------------------------------------------------- */

static void test_goods_are_known_by_three_codes(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autofree char *first = NULL, *text = NULL;
	int64_t who, pack;

	paper_office(&office, 4);
	who = paper_supplier(&office, "Склад");
	pack = paper_pack(&office, 2, "коробка", 12);
	room_sql(&office, "UPDATE item SET article = 'A-3' WHERE id = 3");
	room_sql(&office, "INSERT INTO supplier_item (supplier_id, item_id, code, cost) VALUES "
			  "(1, 2, 'W-2', 700)");
	first = barcode_of(&office, 1);
	text = g_strdup_printf("код;штрихкод;наименование;цена;в упаковке\n"
			       "W-1;%s;Первый;5,00;\n"
			       "W-2;;Второй;7,70;12\n"
			       "A-3;;Третий;6.00;\n"
			       "W-9;;Чего у нас нет;1.00;6\n",
			       first);
	{
		g_auto(Fate) fate = read_list(&office, who, text, -1);
		const PriceListRow *row;
		g_autoptr(GPtrArray) rises = NULL;
		NumberStyle style = { .decimal = ".", .group = "" };
		g_autofree char *rise = NULL, *margin = NULL;

		g_assert_no_error(fate.error);
		g_assert_cmpstr(fate.refusals->str, ==, "");
		g_assert_cmpint(fate.result->changed, ==, 3);
		g_assert_cmpint(fate.result->unknown, ==, 1);
		g_assert_cmpint(fate.result->rises, ==, 1);
		row = fate.result->rows->pdata[3];
		g_assert_cmpint(row->fate, ==, PRICE_LIST_UNKNOWN);
		g_assert_cmpstr(row->name, ==, "Чего у нас нет");
		rises = price_list_rises(fate.result);
		g_assert_cmpuint(rises->len, ==, 1);
		row = rises->pdata[0];
		g_assert_cmpint(row->item_id, ==, 2);
		rise = price_list_dup_rise(row, &style);
		margin = price_list_dup_margin(row, &style); /* (10.02 − 7.70) / 10.02 */
		g_assert_true(g_str_has_prefix(rise, "+10"));
		g_assert_true(g_str_has_prefix(margin, "23.15"));
	}
	g_assert_cmpint(cost_of(&office, who, 1), ==, 500);
	g_assert_cmpint(cost_of(&office, who, 2), ==, 770);
	g_assert_cmpint(cost_of(&office, who, 3), ==, 600);
	g_assert_cmpint(cost_of(&office, who, 4), ==, -1);
	g_assert_cmpint(room_ask(&office, "SELECT pack_id FROM supplier_item WHERE item_id = 2"),
			==, pack);
	/* What it rose from is in the history, too. */
	g_assert_cmpint(room_ask(&office, "SELECT count(*) FROM supplier_price WHERE item_id = 2"),
			==, 2);
	room_sql_refused(&office, "UPDATE supplier_price SET cost = 1", "final");
	{ /* once more: nothing is other */
		g_auto(Fate) fate = read_list(&office, who, text, -1);
		int64_t n = count_prices(&office);

		g_assert_cmpint(fate.result->changed, ==, 0);
		g_assert_cmpint(fate.result->same, ==, 3);
		g_assert_cmpint(count_prices(&office), ==, n);
	}
}

static void test_a_pack_has_the_price_of_a_pack(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autofree char *text = NULL, *one = NULL;
	g_autoptr(GError) error = NULL;
	int64_t who, pack;

	paper_office(&office, 3);
	who = paper_supplier(&office, "Склад");
	pack = paper_pack(&office, 1, "ящик", 24);
	item_link_barcode(office.store, 1, pack, "4607001234562", 0, &error);
	g_assert_no_error(error);
	one = barcode_of(&office, 2);
	text = g_strdup_printf("barcode,pack_price,factor\n4607001234562,240.00,\n%s,10.00,3\n",
			       one);
	{
		g_auto(Fate) fate = read_list(&office, who, text, -1);

		g_assert_no_error(fate.error);
		g_assert_cmpstr(fate.refusals->str, ==, "");
	}
	g_assert_cmpint(cost_of(&office, who, 1), ==, 1000);
	g_assert_cmpint(cost_of(&office, who, 2), ==, 333); /* 3.333…, to the kopeck */
	g_assert_cmpint(room_ask(&office, "SELECT factor FROM supplier_item WHERE item_id = 1"), ==,
			units(24));
	{
		g_autofree char *third = barcode_of(&office, 3);
		g_autofree char *bare = g_strdup_printf("barcode,pack_price\n%s,10.00\n", third);
		g_auto(Fate) fate = read_list(&office, who, bare, -1);

		g_assert_nonnull(strstr(fate.refusals->str, "nobody says how many"));
	}
}

static void test_prices_of_a_day_to_come(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autofree char *first = NULL, *text = NULL, *path = NULL;
	int64_t who;

	paper_office(&office, 1);
	who = paper_supplier(&office, "Склад");
	first = barcode_of(&office, 1);
	text = g_strdup_printf("barcode,cost\n%s,5.00\n", first);
	{
		g_auto(Fate) now = read_list(&office, who, text, -1);

		g_assert_no_error(now.error);
	}
	g_free(text);
	text = g_strdup_printf("barcode,cost\n%s,8.00\n", first);
	path = write_list(&office, "later.csv", text, -1);
	{
		g_auto(Fate) later =
			read_file(&office, who, path, (PriceListImport){ .first_day = 29991231 });

		g_assert_no_error(later.error);
	}
	g_assert_cmpint(cost_of(&office, who, 1), ==, 500);
	g_assert_cmpint(
		room_ask(&office, "SELECT cost FROM supplier_price WHERE first_day > 29990101"), ==,
		800);
}

/* --- what is wrong ------------------------------------------------------------------------- */

static void test_rows_that_are_wrong_alone(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autofree char *first = NULL, *second = NULL, *text = NULL;
	int64_t who;

	paper_office(&office, 3);
	who = paper_supplier(&office, "Склад");
	room_sql(&office, "INSERT INTO supplier_item (supplier_id, item_id, code) VALUES "
			  "(1, 2, 'W-2')");
	first = barcode_of(&office, 1);
	second = barcode_of(&office, 2);
	text = g_strdup_printf("code,barcode,cost\n"
			       "W-1,%s,5.00\n"
			       "W-1,%s,6.00\n" /* 3: the same once more */
			       "W-2,%s,6.00\n" /* 4: his code is that of other goods */
			       ",,7.00\n" /* 5: neither code nor barcode */
			       "W-5,%s,free\n" /* 6: no amount */
			       "W-6,%s,0\n" /* 7: nothing */
			       "W-7\n", /* 8: too short */
			       first, first, first, second, second);
	{
		g_auto(Fate) fate = read_list(&office, who, text, -1);

		g_assert_no_error(fate.error);
		g_assert_cmpint(fate.result->changed, ==, 1);
		g_assert_cmpint(fate.result->refused, ==, 6);
		g_assert_nonnull(
			strstr(fate.refusals->str, "3: these goods stand in line 2 already"));
		g_assert_nonnull(strstr(fate.refusals->str,
					"4: the code W-2 is that of other goods than the barcode"));
		g_assert_nonnull(strstr(fate.refusals->str, "5: the row has neither a code nor"));
		g_assert_nonnull(strstr(fate.refusals->str, "6: cost “free” is not an amount"));
		g_assert_nonnull(strstr(fate.refusals->str, "7: cost is zero"));
		g_assert_nonnull(strstr(fate.refusals->str, "8: the row has 1 cells"));
	}
	g_assert_cmpint(cost_of(&office, who, 1), ==, 500);
}

/* Thirty rows of which each has what @format makes of a number and a barcode. */
static char *long_list(FakeOffice *office, const char *head, const char *format)
{
	GString *text = g_string_new(head);

	for (int64_t item = 1; item <= 30; item++) {
		g_autofree char *code = barcode_of(office, item);

		g_string_append_printf(text, format, (int)item, code);
	}
	return g_string_free(text, false);
}

static void expect_format(FakeOffice *office, int64_t who, const char *text, gssize len,
			  const char *says)
{
	g_auto(Fate) fate = read_list(office, who, text, len);

	g_assert_null(fate.result);
	g_assert_error(fate.error, GOODS_IMPORT_ERROR, GOODS_IMPORT_ERROR_FORMAT);
	g_test_message("%s", fate.error->message);
	g_assert_nonnull(strstr(fate.error->message, says));
	g_assert_cmpint(count_prices(office), ==, 0);
	g_assert_cmpint(room_ask(office, "SELECT count(*) FROM supplier_item"), ==, 0);
}

static void test_lists_that_are_wrong_as_a_whole(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autofree char *shifted = NULL, *wide = NULL;
	int64_t who;

	paper_office(&office, 30);
	who = paper_supplier(&office, "Склад");
	/* One column too far to the right. */
	shifted = long_list(&office, "code,barcode,name,cost\n", "x,W-%d,%s,Товар\n");
	expect_format(&office, who, shifted, -1, "cost");
	expect_format(&office, who, "code,name\nW-1,Товар\n", -1, "what goods cost");
	expect_format(&office, who, "name,cost\nТовар,5\n", -1, "neither a barcode nor an article");
	expect_format(&office, who, "", -1, "is empty");
	/* Cyrillic of Windows where somebody has said UTF-8. */
	wide = long_list(&office, "code,name,cost\n", "\xd2\xee\xe2\xe0\xf0-%d,%s,5.00\n");
	{
		g_autofree char *path = write_list(&office, "wrong.csv", wide, -1);
		g_auto(Fate) fate = read_file(&office, who, path,
					      (PriceListImport){ .list.encoding = "UTF-8" });

		g_assert_error(fate.error, GOODS_IMPORT_ERROR, GOODS_IMPORT_ERROR_FORMAT);
		g_assert_cmpint(count_prices(&office), ==, 0);
	}
}

static void test_windows_letters_are_found(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autofree char *first = NULL, *text = NULL, *bytes = NULL;
	gsize len;
	int64_t who;

	paper_office(&office, 1);
	who = paper_supplier(&office, "Склад");
	first = barcode_of(&office, 1);
	text = g_strdup_printf("Код;Штрихкод;Наименование;Цена\nМЖ-1;%s;Молоко живое;45,50\n",
			       first);
	bytes = g_convert(text, -1, "CP1251", "UTF-8", NULL, &len, NULL);
	{
		g_auto(Fate) fate = read_list(&office, who, bytes, (gssize)len);

		g_assert_no_error(fate.error);
		g_assert_cmpstr(fate.result->encoding, ==, "CP1251");
	}
	g_assert_cmpint(cost_of(&office, who, 1), ==, 4550);
	g_assert_cmpint(room_ask(&office, "SELECT count(*) FROM supplier_item WHERE code = 'МЖ-1'"),
			==, 1);
}

static void test_the_list_of_another_supplier(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autofree char *text = NULL, *path = NULL;
	int64_t dairy, bakery;

	paper_office(&office, 30);
	dairy = paper_supplier(&office, "Молокозавод");
	bakery = paper_supplier(&office, "Пекарня");
	text = long_list(&office, "code,barcode,cost\n", "M-%d,%s,5.00\n");
	{
		g_auto(Fate) own = read_list(&office, dairy, text, -1);

		g_assert_no_error(own.error);
	}
	{
		g_auto(Fate) wrong = read_list(&office, bakery, text, -1);

		g_assert_error(wrong.error, DOCUMENT_ERROR, DOCUMENT_ERROR_INVALID);
		g_assert_nonnull(
			strstr(wrong.error->message, "30 rows have codes of “Молокозавод”"));
	}
	g_assert_cmpint(cost_of(&office, bakery, 1), ==, -1);
	path = write_list(&office, "anyway.csv", text, -1);
	{
		g_auto(Fate) meant =
			read_file(&office, bakery, path, (PriceListImport){ .anyway = true });

		g_assert_no_error(meant.error);
		g_assert_cmpint(meant.result->changed, ==, 30);
	}
}

static void test_a_dry_run_and_a_right(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autofree char *first = NULL, *text = NULL, *path = NULL;
	int64_t who, cashier;

	paper_office(&office, 1);
	who = paper_supplier(&office, "Склад");
	cashier = paper_person(&office, "Кассир", ROLE_CASHIER);
	first = barcode_of(&office, 1);
	text = g_strdup_printf("barcode,cost\n%s,5.00\n", first);
	path = write_list(&office, "prices.csv", text, -1);
	{
		g_auto(Fate) dry =
			read_file(&office, who, path, (PriceListImport){ .list.dry_run = true });

		g_assert_no_error(dry.error);
		g_assert_cmpint(dry.result->changed, ==, 1);
	}
	g_assert_cmpint(cost_of(&office, who, 1), ==, -1);
	{
		g_auto(Fate) barred = read_file(&office, who, path,
						(PriceListImport){ .list.person_id = cashier });

		g_assert_error(barred.error, PEOPLE_ERROR, PEOPLE_ERROR_RIGHT);
	}
	g_assert_cmpint(cost_of(&office, who, 1), ==, -1);
	{
		g_auto(Fate) real = read_file(&office, who, path, (PriceListImport){ 0 });

		g_assert_no_error(real.error);
	}
	g_assert_cmpint(room_ask(&office, "SELECT count(*) FROM audit WHERE action = 'price-list'"),
			==, 1);
}

static void test_a_workbook(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autofree char *first = NULL, *path = NULL;
	lxw_workbook *workbook;
	lxw_worksheet *sheet;
	int64_t who;

	paper_office(&office, 1);
	who = paper_supplier(&office, "Склад");
	first = barcode_of(&office, 1);
	path = g_build_filename(office.folder, "prices.xlsx", NULL);
	workbook = workbook_new(path);
	sheet = workbook_add_worksheet(workbook, NULL);
	worksheet_write_string(sheet, 0, 0, "Штрихкод", NULL);
	worksheet_write_string(sheet, 0, 1, "Цена закупки", NULL);
	worksheet_write_string(sheet, 1, 0, first, NULL);
	worksheet_write_number(sheet, 1, 1, 45.5, NULL);
	g_assert_cmpint(workbook_close(workbook), ==, LXW_NO_ERROR);
	{
		g_auto(Fate) fate = read_file(&office, who, path, (PriceListImport){ 0 });

		g_assert_no_error(fate.error);
		g_assert_null(fate.result->encoding);
	}
	g_assert_cmpint(cost_of(&office, who, 1), ==, 4550);
}

/* --- what deliveries say ------------------------------------------------------------------- */

static void test_deliveries_are_in_the_history(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(GError) error = NULL;
	g_autoptr(GArray) history = NULL;
	int64_t who;

	paper_office(&office, 1);
	who = paper_supplier(&office, "Склад");
	for (int i = 0; i < 3; i++) {
		g_autoptr(Document) delivery = document_new(DOCUMENT_DELIVERY, PAPER_SHOP);

		delivery->supplier_id = who;
		paper_line(delivery, 1, 10, i < 2 ? 5000 : 6000);
		paper_post(&office, delivery);
	}
	history = supplier_goods_history(office.store, who, 1, &error);
	g_assert_no_error(error);
	g_assert_cmpuint(history->len, ==, 2); /* the second said nothing new */
	g_assert_cmpint(g_array_index(history, SupplierPrice, 0).cost, ==, 600);
	g_assert_cmpint(g_array_index(history, SupplierPrice, 1).cost, ==, 500);
	g_assert_cmpint(cost_of(&office, who, 1), ==, 600);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/supplier-prices/goods-are-known-by-three-codes",
			test_goods_are_known_by_three_codes);
	g_test_add_func("/supplier-prices/a-pack-has-the-price-of-a-pack",
			test_a_pack_has_the_price_of_a_pack);
	g_test_add_func("/supplier-prices/prices-of-a-day-to-come", test_prices_of_a_day_to_come);
	g_test_add_func("/supplier-prices/rows-that-are-wrong-alone",
			test_rows_that_are_wrong_alone);
	g_test_add_func("/supplier-prices/lists-that-are-wrong-as-a-whole",
			test_lists_that_are_wrong_as_a_whole);
	g_test_add_func("/supplier-prices/windows-letters-are-found",
			test_windows_letters_are_found);
	g_test_add_func("/supplier-prices/the-list-of-another-supplier",
			test_the_list_of_another_supplier);
	g_test_add_func("/supplier-prices/a-dry-run-and-a-right", test_a_dry_run_and_a_right);
	g_test_add_func("/supplier-prices/a-workbook", test_a_workbook);
	g_test_add_func("/supplier-prices/deliveries-are-in-the-history",
			test_deliveries_are_in_the_history);
	return g_test_run();
}
