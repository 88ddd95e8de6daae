/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a file of goods is seen to be before anything is imported. */
#include "backoffice/goods/columns.h"
#include "tests/office/shop_floor.h"

#include <string.h>

/* --- encodings ----------------------------------------------------------------------------- */

static const char russian[] = "Штрихкод;Наименование;Цена\n"
			      "4600000000015;Молоко «Ёлка» № 5, 1 л;100\n"
			      "4600000000022;ХЛЕБ РЖАНОЙ;40\n";

static const struct {
	const char *iconv, *found;
	const char *mark;
} encodings[] = {
	{ "UTF-8", "UTF-8", "" },
	{ "UTF-8", "UTF-8", "\xef\xbb\xbf" },
	{ "UTF-16LE", "UTF-16LE", "\xff\xfe" },
	{ "UTF-16LE", "UTF-16LE", "" },
	{ "UTF-16BE", "UTF-16BE", "\xfe\xff" },
	{ "UTF-16BE", "UTF-16BE", "" },
	{ "CP1251", "CP1251", "" },
	{ "CP866", "UTF-8", "" },
	{ "KOI8-R", "UTF-8", "" },
};

static void test_encodings(void)
{
	g_auto(FakeOffice) office = { 0 };

	fake_office_init(&office);
	for (size_t i = 0; i < G_N_ELEMENTS(encodings); i++) {
		g_autoptr(GError) error = NULL;
		g_autoptr(GByteArray) bytes = g_byte_array_new();
		g_autofree char *path = NULL, *converted = NULL;
		g_autofree char *plain = g_strdup(russian);
		gsize n;

		/* KOI8-R and CP866 have no such signs. */
		for (char *p; (p = strstr(plain, "«")) != NULL || (p = strstr(plain, "»")) != NULL;)
			memcpy(p, "''", 2);
		converted = g_convert_with_fallback(plain, -1, encodings[i].iconv, "UTF-8", "?",
						    NULL, &n, &error);
		g_assert_no_error(error);
		g_byte_array_append(bytes, (const guint8 *)encodings[i].mark,
				    (guint)strlen(encodings[i].mark));
		g_byte_array_append(bytes, (const guint8 *)converted, (guint)n);
		path = write_list(&office, "list", (const char *)bytes->data, bytes->len);
		g_test_message("%s", encodings[i].iconv);
		g_assert_cmpstr(goods_import_encoding(path, &error), ==, encodings[i].found);
		g_assert_no_error(error);
	}
}

static void test_what_it_was_read_in(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(GError) error = NULL;
	g_autofree char *converted = NULL;
	gsize n;

	converted = g_convert(russian, -1, "CP1251", "UTF-8", NULL, &n, &error);
	g_assert_no_error(error);
	fake_office_init(&office);
	{
		g_auto(ListFate) fate = import_text(&office, converted, (gssize)n, NULL);

		g_assert_no_error(fate.error);
		g_assert_cmpstr(fate.counts.encoding, ==, "CP1251");
		g_assert_cmpint(fate.counts.imported, ==, 2);
	}
}

/* --- previews ------------------------------------------------------------------------------ */

static GoodsPreview *preview(FakeOffice *office, const char *text, int max_rows)
{
	g_autofree char *path = write_list(office, "list", text, -1);
	g_autoptr(GError) error = NULL;
	GoodsPreview *seen = goods_import_preview(path, NULL, max_rows, &error);

	g_assert_no_error(error);
	return seen;
}

static void test_heads_are_known(void)
{
	g_auto(FakeOffice) office = { 0 };

	fake_office_init(&office);
	{
		g_autoptr(GoodsPreview) seen = preview(&office, russian, 2);

		g_assert_true(seen->has_header);
		g_assert_cmpint(seen->separator, ==, ';');
		g_assert_cmpstr(seen->encoding, ==, "UTF-8");
		g_assert_cmpint(seen->n_columns, ==, 3);
		g_assert_cmpint(seen->columns[0], ==, COLUMN_BARCODE);
		g_assert_cmpint(seen->columns[1], ==, COLUMN_NAME);
		g_assert_cmpint(seen->columns[2], ==, COLUMN_PRICE);
		g_assert_cmpuint(seen->rows->len, ==, 2);
		g_assert_cmpstr(((char **)seen->rows->pdata[1])[0], ==, "4600000000015");
	}
}

static const char headless[] = "17,Milk from the village,4600000000015,100.50\n"
			       "18,Bread of rye,4600000000022,40\n"
			       "19,Salt,4600000000039,12\n";

static void test_columns_without_heads_are_guessed(void)
{
	g_auto(FakeOffice) office = { 0 };

	fake_office_init(&office);
	{
		g_autoptr(GoodsPreview) seen = preview(&office, headless, 100);

		g_assert_false(seen->has_header);
		g_assert_cmpuint(seen->rows->len, ==, 3);
		g_assert_cmpint(seen->columns[1], ==, COLUMN_NAME);
		g_assert_cmpint(seen->columns[2], ==, COLUMN_BARCODE);
	}
}

static void on_progress(int64_t rows, int permille, void *data)
{
	g_assert_cmpint(permille, >=, 0);
	g_assert_cmpint(permille, <=, 1000);
	++*(int *)data;
}

static void test_a_chosen_map(void)
{
	static const int map[] = { -1, COLUMN_NAME, COLUMN_BARCODE, COLUMN_PRICE };
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(GError) error = NULL;
	g_autofree char *path = NULL;
	GoodsImportCounts counts;
	int told = 0;

	fake_office_init(&office);
	path = write_list(&office, "list", headless, -1);
	{
		GoodsImport import = { .path = path,
				       .map = map,
				       .n_map = G_N_ELEMENTS(map),
				       .progress = on_progress,
				       .progress_data = &told };

		goods_import(office.store, &import, &counts, &error);
		g_assert_no_error(error);
		g_assert_cmpint(counts.imported, ==, 3);
		g_assert_cmpint(told, ==, 1);
		import.n_map = 3;
		g_assert_false(goods_import(office.store, &import, &counts, &error));
		g_assert_error(error, GOODS_IMPORT_ERROR, GOODS_IMPORT_ERROR_FORMAT);
	}
}

static void stop(int64_t rows, int permille, void *data)
{
	if (rows >= 1000)
		g_cancellable_cancel(data);
}

static void test_an_import_that_is_stopped_changes_nothing(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(GCancellable) cancellable = g_cancellable_new();
	g_autoptr(GString) text = g_string_new("article,name\n");
	g_autoptr(GError) error = NULL;
	g_autofree char *path = NULL;
	GoodsImportCounts counts;

	for (int i = 0; i < 3000; i++)
		g_string_append_printf(text, "A%d,Milk\n", i);
	fake_office_init(&office);
	path = write_list(&office, "list", text->str, -1);
	{
		GoodsImport import = { .path = path,
				       .progress = stop,
				       .progress_data = cancellable,
				       .cancellable = cancellable };

		g_assert_false(goods_import(office.store, &import, &counts, &error));
	}
	g_assert_error(error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
	g_assert_cmpint(count_goods(&office), ==, 0);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/preview/encodings", test_encodings);
	g_test_add_func("/preview/read-in", test_what_it_was_read_in);
	g_test_add_func("/preview/heads", test_heads_are_known);
	g_test_add_func("/preview/guessed", test_columns_without_heads_are_guessed);
	g_test_add_func("/preview/map", test_a_chosen_map);
	g_test_add_func("/preview/stopped", test_an_import_that_is_stopped_changes_nothing);
	return g_test_run();
}
