/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/goods/item.h"
#include "core/barcode.h"
#include "tests/office/shop_floor.h"

#include <glib/gstdio.h>
#include <string.h>
#include <xlsxwriter.h>

#define HEAD "barcode,name,price\n"
#define MILK "4600000000015,Milk,100.00\n"
#define BREAD "4600000000022,Bread,40.50\n"

/* --- what is wrong with a file ------------------------------------------------------------- */

#define TEXT(text) text, sizeof text - 1

static const struct {
	const char *what;
	const char *text;
	gssize len;
	const char *says; /* in the message */
} bad_files[] = {
	{ "nothing", TEXT(""), "is empty" },
	{ "no column that is known", TEXT("one,two\n1,2\n"), "Line 1 names no column" },
	{ "a separator nobody uses", TEXT("barcode:name\n1:2\n"), "separated by" },
	{ "nothing to tell goods by", TEXT("name,price\nMilk,1\n"), "neither a barcode nor" },
	{ "CP866",
	  TEXT("barcode,name\n4600000000015,Milk\n4600000000022,\x8c\xae\xab\xae\xaa\xae\n"),
	  "Line 3 is not in UTF-8" },
	{ "KOI8-R",
	  TEXT("barcode,name\n4600000000015,Milk\n4600000000022,\xed\xcf\xcc\xcf\xcb\xcf\n"),
	  "Line 3 is not in UTF-8" },
	{ "half of a letter at the end", TEXT(HEAD MILK "4600000000022,Хле\xd0"), "Line 3 is not" },
	{ "zero bytes", TEXT(HEAD "4600000000015,Mi\0lk,1\n"), "Line 2 is not text" },
	{ "cut off in a row", TEXT(HEAD MILK "4600000000022,Bre"), "in the middle of line 3" },
	{ "cut off in quotation marks", TEXT(HEAD MILK "4600000000022,\"Bread"),
	  "opened on line 3" },
	{ "a mark left open lines before", TEXT(HEAD "4600000000015,\"Milk,1\n" BREAD BREAD),
	  "opened on line 2" },
	{ "UTF-16 cut in a letter",
	  TEXT("\xff\xfe"
	       "b\0a\0r\0c\0o\0d\0e\0,\0n\0a\0m\0e\0\n\0"
	       "1"),
	  "cannot be read after line" },
	{ "an old workbook", TEXT("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "old Excel" },
	{ "a workbook cut off", TEXT("PK\x03\x04\x14\0\0\0\x08\0"), "damaged or cut off" },
};

static void test_a_file_that_is_wrong_changes_nothing(void)
{
	g_auto(FakeOffice) office = { 0 };

	fake_office_init(&office);
	for (size_t i = 0; i < G_N_ELEMENTS(bad_files); i++) {
		g_auto(ListFate) fate =
			import_text(&office, bad_files[i].text, bad_files[i].len, NULL);

		g_test_message("%s", bad_files[i].what);
		g_assert_nonnull(fate.error);
		g_assert_error(fate.error, GOODS_IMPORT_ERROR, GOODS_IMPORT_ERROR_FORMAT);
		if (strstr(fate.error->message, bad_files[i].says) == NULL)
			g_error("%s: “%s” is not in “%s”", bad_files[i].what, bad_files[i].says,
				fate.error->message);
		g_assert_null(strchr(fate.error->message, '\n'));
		g_assert_cmpint(count_goods(&office), ==, 0);
	}
}

static void test_a_file_that_cannot_be_opened(void)
{
	g_auto(FakeOffice) office = { 0 };

	fake_office_init(&office);
	{
		g_auto(ListFate) missing = import_file(&office, "/nowhere/list.csv", NULL);
		g_auto(ListFate) folder = import_file(&office, office.folder, NULL);

		g_assert_error(missing.error, GOODS_IMPORT_ERROR, GOODS_IMPORT_ERROR_FILE);
		g_assert_error(folder.error, GOODS_IMPORT_ERROR, GOODS_IMPORT_ERROR_FILE);
	}
}

/* --- what is wrong with a row -------------------------------------------------------------- */

static const struct {
	const char *what;
	const char *row;
	const char *says;
} bad_rows[] = {
	{ "EAN-13 with a wrong check digit", "4600000000023,Bread,1",
	  "wrong check digit: 3 instead of 2" },
	{ "EAN-8 with a wrong check digit", "20000036,Bread,1", "wrong check digit" },
	{ "UPC-A with a wrong check digit", "036000291453,Bread,1", "wrong check digit" },
	{ "ITF-14 with a wrong check digit", "10012345678903,Bread,1", "wrong check digit" },
	{ "UPC-E with a wrong check digit", "02212424,Bread,1", "wrong check digit" },
	{ "a rounded barcode", "\"4,60123E+12\",Bread,1", "rounded" },
	{ "a barcode of zeros", "0000000000000,Bread,1", "zeros" },
	{ "a barcode with letters of no barcode", "хлеб,Bread,1", "not a barcode" },
	{ "neither barcode nor article", ",Bread,1", "neither a barcode" },
	{ "no name", "4600000000022,,1", "need a name" },
	{ "a negative price", "4600000000022,Bread,-1", "negative" },
	{ "a price of zero", "4600000000022,Bread,0", "zero" },
	{ "an absurd price", "4600000000022,Bread,1000000000.01", "too large" },
	{ "a price beyond 64 bits", "4600000000022,Bread,99999999999999999999", "not an amount" },
	{ "a price of three decimals", "4600000000022,Bread,1.005", "not an amount" },
	{ "a price in words", "4600000000022,Bread,cheap", "not an amount" },
	{ "a cell too few", "4600000000022,Bread", "2 cells" },
	{ "a cell too many", "4600000000022,Bread,1,2", "4 cells" },
	{ "the first row's barcode on other goods", "4600000000015,Bread,1", "stands on line 2" },
	{ "the same in another form", "04600000000015,Bread,1", "stands on line 2" },
	{ "a bell in the name", "4600000000022,Br\aead,1", "cannot be printed" },
};

static void test_a_row_that_is_wrong_is_refused_alone(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(bad_rows); i++) {
		g_auto(FakeOffice) office = { 0 };
		g_autofree char *text =
			g_strdup_printf(HEAD MILK "%s\n4600000000039,Salt,5\n", bad_rows[i].row);

		fake_office_init(&office);
		{
			g_auto(ListFate) fate = import_text(&office, text, -1, NULL);

			g_test_message("%s: %s", bad_rows[i].what, fate.refusals->str);
			g_assert_no_error(fate.error);
			g_assert_cmpint(fate.counts.imported, ==, 2);
			g_assert_cmpint(fate.counts.refused, ==, 1);
			g_assert_true(g_str_has_prefix(fate.refusals->str, "3: "));
			g_assert_nonnull(strstr(fate.refusals->str, bad_rows[i].says));
			g_assert_cmpint(count_goods(&office), ==, 2);
		}
	}
}

static void test_a_name_of_10000_characters(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(GString) text = g_string_new(HEAD MILK "4600000000022,");

	for (int i = 0; i < 10000; i++)
		g_string_append(text, "Ж");
	g_string_append(text, ",1\n");
	fake_office_init(&office);
	{
		g_auto(ListFate) fate = import_text(&office, text->str, -1, NULL);

		g_assert_no_error(fate.error);
		g_assert_cmpstr(fate.refusals->str, ==,
				"3: name has 10000 characters, the most is 500\n");
	}
}

/* --- what lists look like ------------------------------------------------------------------ */

static const struct {
	const char *what;
	const char *text;
	gssize len;
	ListOptions options;
} good_files[] = {
	{ "comma", TEXT(HEAD MILK BREAD), { 0 } },
	{ "semicolon, decimal comma",
	  TEXT("barcode;name;price\n4600000000015;Milk;100,00\n"
	       "4600000000022;Bread;40,5\n"),
	  { 0 } },
	{ "tab",
	  TEXT("barcode\tname\tprice\n4600000000015\tMilk\t100\n"
	       "4600000000022\tBread\t40.5\n"),
	  { 0 } },
	{ "bar",
	  TEXT("barcode|name|price\n4600000000015|Milk|100\n4600000000022|Bread|40.5\n"),
	  { 0 } },
	{ "byte-order mark, CRLF, blank lines",
	  TEXT("\xef\xbb\xbf"
	       "barcode,name,price\r\n\r\n4600000000015,Milk,100\r\n,,\r\n"
	       "4600000000022,Bread,40.5\r\n\r\n"),
	  { 0 } },
	{ "no line end at the end", TEXT(HEAD MILK "4600000000022,Bread,40.50"), { 0 } },
	{ "only carriage returns",
	  TEXT("barcode,name,price\r4600000000015,Milk,100\r"
	       "4600000000022,Bread,40.5\r"),
	  { 0 } },
	{ "UTF-16 little end first",
	  TEXT("\xff\xfe"
	       "b\0a\0r\0c\0o\0d\0e\0;\0n\0a\0m\0e\0;\0p\0r\0i\0c\0e\0\n\0"
	       "4\0"
	       "6\0"
	       "0\0"
	       "0\0"
	       "0\0"
	       "0\0"
	       "0\0"
	       "0\0"
	       "0\0"
	       "0\0"
	       "0\0"
	       "1\0"
	       "5\0"
	       ";\0"
	       "M\0i\0l\0k\0;\0"
	       "1\0"
	       "0\0"
	       "0\0\n\0"
	       "4\0"
	       "6\0"
	       "0\0"
	       "0\0"
	       "0\0"
	       "0\0"
	       "0\0"
	       "0\0"
	       "0\0"
	       "0\0"
	       "0\0"
	       "2\0"
	       "2\0"
	       ";\0"
	       "B\0r\0e\0a\0d\0;\0"
	       "4\0"
	       "0\0.\0"
	       "5\0"),
	  { 0 } },
	{ "Russian heads in CP1251",
	  TEXT("\xd8\xf2\xf0\xe8\xf5\xea\xee\xe4;\xcd\xe0\xe8\xec\xe5\xed\xee\xe2\xe0\xed\xe8\xe5;"
	       "\xd6"
	       "\xe5\xed\xe0\n4600000000015;Milk;100\n4600000000022;Bread;40,5\n"),
	  { .encoding = "cp1251" } },
	{ "the same without saying so",
	  TEXT("\xd8\xf2\xf0\xe8\xf5\xea\xee\xe4;\xcd\xe0\xe8\xec\xe5\xed\xee\xe2\xe0\xed\xe8\xe5;"
	       "\xd6"
	       "\xe5\xed\xe0\n4600000000015;Milk;100\n4600000000022;Bread;40,5\n"),
	  { 0 } },
	{ "Mongolian heads", TEXT("Зураасан код,Барааны нэр,Зарах үнэ\n" MILK BREAD), { 0 } },
	{ "quotation marks, more columns, another order",
	  TEXT("supplier,PRICE,name,Bar-code\nx,100,\"Milk\",4600000000015\n"
	       "\"y, z\",\"40,50\",Bread,\"4600000000022\"\n"),
	  { 0 } },
	{ "columns by option, no head",
	  TEXT("4600000000015,x,100,Milk\n4600000000022,x,40.5,Bread\n"),
	  { .columns = "barcode,-,price,name" } },
	{ "columns by option over a head",
	  TEXT(HEAD MILK BREAD),
	  { .columns = "barcode,name,price" } },
	{ "grouped thousands, blanks about",
	  TEXT("barcode,name,price\n 4600000000015 , Milk ,\"1 00.00\"\n"
	       "4600000000022,Bread,40.5\n"),
	  { 0 } },
};

static void check_milk_and_bread(FakeOffice *office)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Goods) milk = goods_find_barcode(office->store, "4600000000015", &error);
	g_autoptr(Goods) bread = goods_find_barcode(office->store, "04600000000022", &error);

	g_assert_no_error(error);
	g_assert_cmpint(count_goods(office), ==, 2);
	g_assert_nonnull(milk);
	g_assert_nonnull(bread);
	g_assert_cmpstr(milk->name, ==, "Milk");
	g_assert_cmpstr(bread->name, ==, "Bread");
	g_assert_cmpint(milk->price, ==, 10000);
	g_assert_cmpint(bread->price, ==, 4050);
	g_assert_cmpstr(milk->tax_code, ==, "VAT22");
}

static void test_lists_of_every_kind(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(good_files); i++) {
		g_auto(FakeOffice) office = { 0 };

		fake_office_init(&office);
		{
			g_auto(ListFate) fate =
				import_text(&office, good_files[i].text, good_files[i].len,
					    &good_files[i].options);

			g_test_message("%s %s", good_files[i].what, fate.refusals->str);
			g_assert_no_error(fate.error);
			g_assert_cmpint(fate.counts.refused, ==, 0);
			g_assert_cmpint(fate.counts.imported, ==, 2);
			check_milk_and_bread(&office);
		}
	}
}

/* A workbook as spreadsheets write it: shared texts, numbers as numbers. */
static void write_workbook(const char *path)
{
	lxw_workbook *workbook = workbook_new(path);
	lxw_worksheet *sheet = workbook_add_worksheet(workbook, NULL);

	worksheet_write_string(sheet, 0, 0, "Штрихкод", NULL);
	worksheet_write_string(sheet, 0, 1, "Наименование", NULL);
	worksheet_write_string(sheet, 0, 2, "Цена", NULL);
	worksheet_write_string(sheet, 0, 3, "Бренд", NULL);
	worksheet_write_number(sheet, 1, 0, 4600000000015.0, NULL);
	worksheet_write_string(sheet, 1, 1, "Milk", NULL);
	worksheet_write_number(sheet, 1, 2, 99.99 + 0.01, NULL); /* 99.999999999999986… */
	worksheet_write_string(sheet, 3, 0, "4600000000022", NULL);
	worksheet_write_string(sheet, 3, 1, "Bread", NULL);
	worksheet_write_number(sheet, 3, 2, 40.5, NULL);
	g_assert_cmpint(workbook_close(workbook), ==, LXW_NO_ERROR);
}

static void test_a_workbook(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autofree char *path = NULL, *bytes = NULL;
	gsize len;

	fake_office_init(&office);
	path = g_build_filename(office.folder, "list.xlsx", NULL);
	write_workbook(path);
	{
		g_auto(ListFate) fate = import_file(&office, path, NULL);

		g_assert_no_error(fate.error);
		g_assert_cmpint(fate.counts.imported, ==, 2);
		check_milk_and_bread(&office);
	}
	g_assert_true(g_file_get_contents(path, &bytes, &len, NULL));
	for (gsize cut = len / 8; cut < len; cut += len / 8) {
		g_auto(ListFate) fate = import_text(&office, bytes, (gssize)cut, NULL);

		g_assert_error(fate.error, GOODS_IMPORT_ERROR, GOODS_IMPORT_ERROR_FORMAT);
	}
}

/* --- what goods are ------------------------------------------------------------------------ */

static void test_several_barcodes_of_one_article(void)
{
	g_auto(FakeOffice) office = { 0 };

	fake_office_init(&office);
	{
		g_auto(ListFate) fate =
			import_text(&office,
				    "article,barcode,name,price\nB1,4600000000015,Milk,100\nB1,"
				    "20000035,Milk,100\n"
				    "B1,4600000000022,,\nB1,4600000000039,Cream,100\n",
				    -1, NULL);
		g_autoptr(Goods) milk = goods_find_barcode(office.store, "20000035", NULL);
		g_autoptr(Goods) third = goods_find_barcode(office.store, "4600000000022", NULL);

		g_assert_cmpint(fate.counts.imported, ==, 1);
		g_assert_cmpint(fate.counts.updated, ==, 0);
		g_assert_cmpstr(fate.refusals->str, ==,
				"5: the article B1 stands on line 2 with other data\n");
		g_assert_cmpint(milk->id, ==, third->id);
	}
}

/* 02212423 is no EAN-8, but its check digit is right as UPC-E, and so it is no error. */
static void test_upce_is_a_barcode(void)
{
	g_auto(FakeOffice) office = { 0 };

	fake_office_init(&office);
	{
		g_auto(ListFate) fate = import_text(&office, HEAD "02212423,Curd,10\n", -1, NULL);
		g_autoptr(Goods) curd = goods_find_barcode(office.store, "02212423", NULL);

		g_autoptr(Goods) scanned = goods_find_barcode(office.store, "022200001243", NULL);

		g_assert_cmpint(fate.counts.imported, ==, 1);
		g_assert_cmpstr(curd->barcode, ==, "02212423");
		g_assert_cmpint(scanned->id, ==, curd->id); /* a scanner that expands it */
	}
}

static void test_taxes_by_rate_code_and_word(void)
{
	static const struct {
		const char *cell, *code;
	} cells[] = { { "", "VAT22" },	 { "22", "VAT22" },  { "22 %", "VAT22" },
		      { "20", "VAT22" }, { "10%", "VAT10" }, { "vat10", "VAT10" },
		      { "0", "VAT0" },	 { "5", "VAT5" },    { "без НДС", "NONE" } };

	for (size_t i = 0; i < G_N_ELEMENTS(cells); i++) {
		g_auto(FakeOffice) office = { 0 };
		g_autofree char *text =
			g_strdup_printf("article,name,tax\nA,Milk,%s\n", cells[i].cell);

		fake_office_init(&office);
		{
			g_auto(ListFate) fate = import_text(&office, text, -1, NULL);
			g_autoptr(Goods) goods = goods_find(office.store, 1, NULL);

			g_test_message("“%s” %s", cells[i].cell, fate.refusals->str);
			g_assert_cmpint(fate.counts.imported, ==, 1);
			g_assert_cmpstr(goods->tax_code, ==, cells[i].code);
		}
	}
}

static void test_goods_that_are_there_are_updated(void)
{
	g_auto(FakeOffice) office = { 0 };

	fake_office_init(&office);
	{
		g_auto(ListFate) first = import_text(&office, HEAD MILK BREAD, -1, NULL);
		g_auto(ListFate) same = import_text(&office, HEAD MILK BREAD, -1, NULL);
		g_auto(ListFate) dearer = import_text(
			&office, "barcode,price\n4600000000015,120\n4600000000022,\n", -1, NULL);
		g_autoptr(Goods) milk = goods_find_barcode(office.store, "4600000000015", NULL);

		g_assert_cmpint(first.counts.imported, ==, 2);
		g_assert_cmpint(same.counts.updated, ==, 0);
		g_assert_cmpint(same.counts.same, ==, 2);
		g_assert_cmpint(dearer.counts.updated, ==, 1);
		g_assert_cmpint(dearer.counts.same, ==, 1);
		g_assert_cmpint(milk->price, ==, 12000);
		g_assert_cmpstr(milk->name, ==, "Milk");
	}
}

static void test_the_default_price_fills_only_gaps(void)
{
	static const char *const list = HEAD "4600000000015,Milk,\n" BREAD;
	g_auto(FakeOffice) office = { 0 };

	fake_office_init(&office);
	{
		g_auto(ListFate) bare = import_text(&office, list, -1, NULL);
		g_autoptr(Goods) unset = goods_find_barcode(office.store, "4600000000015", NULL);
		g_auto(ListFate) priced =
			import_text(&office, list, -1, &(ListOptions){ .price = "77" });
		g_autoptr(Goods) set = goods_find_barcode(office.store, "4600000000015", NULL);
		g_autoptr(Goods) kept = goods_find_barcode(office.store, "4600000000022", NULL);

		g_assert_cmpint(bare.counts.imported, ==, 2);
		g_assert_false(unset->has_price);
		g_assert_cmpint(priced.counts.updated, ==, 1);
		g_assert_cmpint(set->price, ==, 7700);
		g_assert_cmpint(kept->price, ==, 4050);
	}
}

static void test_a_dry_run_changes_nothing(void)
{
	g_auto(FakeOffice) office = { 0 };

	fake_office_init(&office);
	{
		g_auto(ListFate) fate = import_text(&office, HEAD MILK BREAD "1,,\n", -1,
						    &(ListOptions){ .dry_run = true });

		g_assert_cmpint(fate.counts.imported, ==, 2);
		g_assert_cmpint(fate.counts.refused, ==, 1);
		g_assert_cmpint(count_goods(&office), ==, 0);
	}
}

static void test_export_and_import_change_nothing(void)
{
	static const char *const list =
		"barcode,name,category,brand,unit,price,cost,tax,article,weighed\n"
		"4600000000015,\"Milk \"\"Ours\"\", 1 l\",Food/Milk,Ours,pcs,100,55.5,10,A1,0\n"
		"20000035,\"Milk \"\"Ours\"\", 1 l\",Food/Milk,Ours,pcs,100,55.5,10,A1,0\n"
		"00001,Cheese,,,kg,899,,22,00001,1\n"
		",Bag,,,,5,,,A3,\n"
		"4600000000022,Хлеб «Ө Ү ё»,,,шт,,,NONE,,0\n";
	g_auto(FakeOffice) office = { 0 };
	g_autofree char *path = NULL, *exported = NULL;
	g_autoptr(GError) error = NULL;
	int64_t n;

	fake_office_init(&office);
	path = g_build_filename(office.folder, "export.csv", NULL);
	{
		g_auto(ListFate) first = import_text(&office, list, -1, NULL);
		g_auto(ListFate) back = { .refusals = NULL };

		g_assert_cmpstr(first.refusals->str, ==, "");
		g_assert_cmpint(first.counts.imported, ==, 4);
		goods_export(office.store, path, &n, &error);
		g_assert_no_error(error);
		g_assert_cmpint(n, ==, 4);
		back = import_file(&office, path, NULL);
		g_assert_no_error(back.error);
		g_assert_cmpint(back.counts.imported + back.counts.updated + back.counts.refused,
				==, 0);
		g_assert_cmpint(back.counts.same, ==, 4);
	}
	g_assert_true(g_file_get_contents(path, &exported, NULL, NULL));
	g_assert_nonnull(strstr(exported, "\"Milk \"\"Ours\"\", 1 l\""));
}

/* --- what is wrong with a list as a whole -------------------------------------------------- */

/* @n rows of "A,B,C", %d in them the number of the row. */
static char *rows_new(const char *head, const char *format, int n)
{
	g_autoptr(GString) text = g_string_new(head);

	for (int i = 0; i < n; i++)
		g_string_append_printf(text, format, 1000 + i);
	return g_string_free(g_steal_pointer(&text), false);
}

static const struct {
	const char *what, *head, *row, *says;
	bool stops;
} shifted[] = {
	{ "names as barcodes", HEAD, "Товар %d,4600000000015,1\n", "column “barcode”", true },
	{ "Latin names as barcodes", "barcode,article,name\n", "Milk,A%d,Milk\n",
	  "column “barcode”", true },
	{ "barcodes as names", "article,name,price\n", "A%d,4600000000015,1\n", "column “name”",
	  true },
	{ "barcodes as prices", "article,name,price\n", "A%d,Milk,4600000000015\n",
	  "column “price”", true },
	{ "short barcodes as prices", "article,name,price\n", "A%d,Milk,20000035\n",
	  "column “price”", true },
	{ "taxes that are not here", "article,name,tax\n", "A%d,Milk,77\n", "column “tax”", true },
	{ "nothing", "article,name,price\n", "A%d,Milk,40\n", "", false },
};

static void test_shifted_columns_stop_the_import(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(shifted); i++) {
		for (int n = 20; n <= 220; n += 200) {
			g_auto(FakeOffice) office = { 0 };
			g_autofree char *text = rows_new(shifted[i].head, shifted[i].row, n);

			fake_office_init(&office);
			{
				g_auto(ListFate) fate = import_text(&office, text, -1, NULL);

				g_test_message("%s", shifted[i].what);
				if (!shifted[i].stops) {
					g_assert_no_error(fate.error);
					continue;
				}
				g_assert_error(fate.error, GOODS_IMPORT_ERROR,
					       GOODS_IMPORT_ERROR_FORMAT);
				g_assert_nonnull(strstr(fate.error->message, shifted[i].says));
				g_assert_cmpint(count_goods(&office), ==, 0);
			}
		}
	}
}

/* --- undo ---------------------------------------------------------------------------------- */

static void test_an_import_is_undone(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(GError) error = NULL;
	int64_t undone, kept;

	fake_office_init(&office);
	{
		g_auto(ListFate) first = import_text(&office, HEAD MILK BREAD, -1, NULL);
		g_auto(ListFate) second = import_text(
			&office,
			"barcode,article,name,price,pack,factor\n4600000000015,M,Cream,120,,\n"
			"20000035,M,,,box,6\n4600000000022,,Loaf,,,\n4600000000039,,Salt,5,,\n"
			"4600000000046,,Tea,50,,\n",
			-1, NULL);
		g_autoptr(Goods) cream = goods_find_barcode(office.store, "20000035", NULL);
		g_autoptr(Goods) milk = NULL;

		g_assert_no_error(second.error);
		g_assert_cmpstr(second.refusals->str, ==, "");
		g_assert_cmpint(second.counts.imported, ==, 2);
		g_assert_cmpint(second.counts.updated, ==, 2);
		g_assert_cmpstr(cream->article, ==, "M");
		{
			g_autoptr(Goods) found =
				goods_find_barcode(office.store, "4600000000046", NULL);
			g_autoptr(Item) since = item_read(office.store, found->id, NULL);

			since->price = 5500;
			g_assert_true(item_write(office.store, since, 0, &error));
		}
		change_set_undo(office.store, second.counts.set, 0, &undone, &kept, &error);
		g_assert_no_error(error);
		g_assert_cmpint(undone, ==, 3);
		g_assert_cmpint(kept, ==, 1);
		milk = goods_find_barcode(office.store, "4600000000015", NULL);
		g_assert_cmpstr(milk->name, ==, "Milk");
		g_assert_cmpstr(milk->article, ==, "");
		g_assert_cmpint(milk->price, ==, 10000);
		g_assert_null(goods_find_barcode(office.store, "20000035", NULL));
		g_assert_null(goods_find_barcode(office.store, "4600000000039", NULL));
		g_assert_cmpint(count_goods(&office), ==, 3);
	}
}

static void test_the_real_list(void)
{
	g_autofree char *path = g_test_build_filename(G_TEST_DIST, "..", "..", "..", "shared",
						      "data", "goods.tsv", NULL);
	g_auto(FakeOffice) office = { 0 };

	fake_office_init(&office);
	if (!g_file_test(path, G_FILE_TEST_EXISTS)) {
		g_test_skip("the real list is not here");
		return;
	}
	{
		g_auto(ListFate) fate =
			import_file(&office, path, &(ListOptions){ .price = "100" });

		g_assert_no_error(fate.error);
		g_assert_cmpstr(fate.refusals->str, ==, "");
		g_assert_cmpint(fate.counts.imported, ==, 40000);
		g_assert_cmpint(count_goods(&office), ==, 40000);
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/import/bad-file", test_a_file_that_is_wrong_changes_nothing);
	g_test_add_func("/import/no-file", test_a_file_that_cannot_be_opened);
	g_test_add_func("/import/bad-row", test_a_row_that_is_wrong_is_refused_alone);
	g_test_add_func("/import/long-name", test_a_name_of_10000_characters);
	g_test_add_func("/import/kinds", test_lists_of_every_kind);
	g_test_add_func("/import/workbook", test_a_workbook);
	g_test_add_func("/import/several-barcodes", test_several_barcodes_of_one_article);
	g_test_add_func("/import/upce", test_upce_is_a_barcode);
	g_test_add_func("/import/taxes", test_taxes_by_rate_code_and_word);
	g_test_add_func("/import/update", test_goods_that_are_there_are_updated);
	g_test_add_func("/import/default-price", test_the_default_price_fills_only_gaps);
	g_test_add_func("/import/dry-run", test_a_dry_run_changes_nothing);
	g_test_add_func("/import/round-trip", test_export_and_import_change_nothing);
	g_test_add_func("/import/shifted", test_shifted_columns_stop_the_import);
	g_test_add_func("/import/undo", test_an_import_is_undone);
	g_test_add_func("/import/real-list", test_the_real_list);
	return g_test_run();
}
