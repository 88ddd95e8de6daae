/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers that the program gives out; variants, which take many of them; pictures. */
#include "backoffice/goods/item.h"
#include "backoffice/people/counter.h"
#include "backoffice/people/rights.h"
#include "core/barcode.h"
#include "tests/office/shop_floor.h"

#include <string.h>

static void set_text(char **text, const char *value)
{
	g_free(*text);
	*text = g_strdup(value);
}

static char *next_barcode(FakeOffice *office, GError **error)
{
	char *code;

	g_assert_true(store_begin(office->store, NULL));
	code = item_next_barcode(office->store, error);
	if (code == NULL)
		store_rollback(office->store);
	else
		g_assert_true(store_commit(office->store, NULL));
	return code;
}

static void advance(FakeOffice *office, const char *counter, int64_t n)
{
	int64_t first;

	g_assert_true(store_begin(office->store, NULL));
	g_assert_true(counter_take_many(office->store, counter, n, &first, NULL));
	g_assert_true(store_commit(office->store, NULL));
}

static char *in_store(int64_t number)
{
	g_autofree char *digits = g_strdup_printf("20%010" G_GINT64_FORMAT, number);

	return g_strdup_printf("%s%d", digits, barcode_check_digit(digits, 12));
}

/* Codes of an older system in the same range, at random, in clumps: none is given out, none twice,
 * and none is left out. */
static void test_in_store_barcodes_pass_by_what_is_taken(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(GString) list = g_string_new("barcode,name\n");
	g_autoptr(GHashTable) taken = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

	for (int i = 1; i < 400; i++)
		if (g_test_rand_int_range(0, 3) > 0) {
			char *code = in_store(i);

			g_string_append_printf(list, "%s,Old %d\n", code, i);
			g_hash_table_add(taken, code);
		}
	g_string_append(list, "20XYZ,Rubbish in the same place\n");
	fake_office_init(&office);
	{
		g_auto(ListFate) fate = import_text(&office, list->str, -1, NULL);

		g_assert_cmpstr(fate.refusals->str, ==, "");
	}
	for (int64_t number = 1; number < 450; number++) {
		g_autofree char *expected = in_store(number), *given = NULL;
		g_autoptr(GError) error = NULL;

		if (g_hash_table_contains(taken, expected))
			continue;
		given = next_barcode(&office, &error);
		g_assert_no_error(error);
		g_assert_cmpstr(given, ==, expected);
		g_assert_cmpint(barcode_kind(given), ==, BARCODE_EAN13);
	}
}

static void test_the_range_ends(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(GError) error = NULL;
	g_autofree char *last = NULL, *none = NULL;

	fake_office_init(&office);
	advance(&office, "in-store", INT64_C(9999999998));
	last = next_barcode(&office, &error);
	g_assert_no_error(error);
	g_assert_cmpstr(last, ==, "2099999999998");
	none = next_barcode(&office, &error);
	g_assert_null(none);
	g_assert_error(error, GOODS_ERROR, GOODS_ERROR_FULL);
}

static void test_another_prefix(void)
{
	static const char *const bad[] = { "19", "30", "2", "200", "2x" };
	g_autofree char *code = NULL;

	for (size_t i = 0; i <= G_N_ELEMENTS(bad); i++) {
		g_auto(FakeOffice) office = { 0 };
		g_autoptr(GError) error = NULL;
		StoreStatement *setting;

		fake_office_init(&office);
		setting = store_statement(office.store, "office/people/insert_setting");
		store_bind_text(setting, 1, "in-store-prefix");
		store_bind_text(setting, 2, i < G_N_ELEMENTS(bad) ? bad[i] : "29");
		g_assert_true(store_run(setting, NULL));
		code = next_barcode(&office, &error);
		if (i < G_N_ELEMENTS(bad))
			g_assert_error(error, GOODS_ERROR, GOODS_ERROR_INVALID);
		else
			g_assert_cmpstr(code, ==, "2900000000018");
	}
}

static int64_t next_plu(FakeOffice *office, GError **error)
{
	int64_t plu = 0;

	g_assert_true(store_begin(office->store, NULL));
	if (item_next_plu(office->store, &plu, error))
		g_assert_true(store_commit(office->store, NULL));
	else
		store_rollback(office->store);
	return plu;
}

static void test_plus_come_again_when_they_are_free(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(GError) error = NULL;

	fake_office_init(&office);
	{
		g_auto(ListFate) fate =
			import_text(&office, "plu,name\n1,A\n2,B\n4,C\n99999,D\n", -1, NULL);
		g_autoptr(Item) second = item_read(office.store, 2, NULL);

		g_assert_cmpstr(fate.refusals->str, ==, "");
		g_assert_cmpint(next_plu(&office, &error), ==, 3);
		g_assert_cmpint(next_plu(&office, &error), ==, 5);
		advance(&office, "plu", 99990);
		g_assert_cmpint(next_plu(&office, &error), ==, 99996);
		advance(&office, "plu", 2);
		g_assert_cmpint(next_plu(&office, &error), ==, 3); /* 3 was never used */
		g_assert_no_error(error);
		g_assert_true(item_delete(office.store, 2, second->revision, 0, &error));
		g_assert_cmpint(next_plu(&office, &error), ==, 2);
	}
}

static void test_no_plu_is_left(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(GString) list = g_string_new("plu,name\n");
	g_autoptr(GError) error = NULL;

	for (int plu = 1; plu <= 99999; plu++)
		g_string_append_printf(list, "%d,A%d\n", plu, plu);
	fake_office_init(&office);
	{
		g_auto(ListFate) fate = import_text(&office, list->str, -1, NULL);

		g_assert_cmpint(fate.counts.imported, ==, 99999);
	}
	g_assert_cmpint(next_plu(&office, &error), ==, 0);
	g_assert_error(error, GOODS_ERROR, GOODS_ERROR_FULL);
}

/* --- variants ------------------------------------------------------------------------------ */

static const char *const sizes[] = { "S", "M", " L ", NULL };
static const char *const colours[] = { "red", "blue", NULL };

static Item *shirt_new(void)
{
	Item *item = item_new(1);

	set_text(&item->name, "Shirt");
	set_text(&item->article, "SH");
	item->has_price = true;
	item->price = 150000;
	item_add_barcode(item, "4600000000015", -1);
	return item;
}

static int make(FakeOffice *office, int64_t *family, const Item *pattern, const char *const *firsts,
		const char *const *seconds)
{
	g_autoptr(GError) error = NULL;
	int made = -1;

	family_make_variants(office->store, family, "Size", "Colour", pattern, firsts, seconds, 0,
			     &made, &error);
	g_assert_no_error(error);
	return made;
}

static void test_variants(void)
{
	g_auto(FakeOffice) office = { 0 };
	int64_t family = 0;

	fake_office_init(&office);
	{
		g_autoptr(Item) pattern = shirt_new();
		g_autoptr(GPtrArray) list = NULL;
		g_autoptr(Family) read = NULL;
		g_autoptr(Item) first = NULL;

		g_assert_cmpint(make(&office, &family, pattern, sizes, colours), ==, 6);
		g_assert_cmpint(make(&office, &family, pattern, sizes, colours), ==, 0);
		g_assert_cmpint(make(&office, &family, pattern,
				     (const char *const[]){ "M", "XL", NULL }, colours),
				==, 2);
		read = family_read(office.store, family, NULL);
		g_assert_cmpstr(read->name, ==, "Shirt");
		g_assert_cmpstr(read->second, ==, "Colour");
		list = family_list(office.store, family, NULL);
		g_assert_cmpuint(list->len, ==, 8);
		g_assert_cmpstr(((Goods *)list->pdata[0])->name, ==, "Shirt, L, blue");
		for (guint i = 0; i < list->len; i++) {
			const Goods *goods = list->pdata[i];

			g_assert_true(g_str_has_prefix(goods->barcode, "20"));
			g_assert_cmpint(goods->price, ==, 150000);
		}
		first = item_read(office.store, ((Goods *)list->pdata[0])->id, NULL);
		g_assert_cmpstr(first->article, ==, "SH-L-blue");
		g_assert_cmpstr(first->variant_first, ==, "L");
		g_assert_cmpint(first->family_id, ==, family);
	}
}

static void test_variants_in_one_thing_only(void)
{
	g_auto(FakeOffice) office = { 0 };
	int64_t family = 0;

	fake_office_init(&office);
	{
		g_autoptr(Item) pattern = shirt_new();
		g_autoptr(GPtrArray) list = NULL;

		g_assert_cmpint(make(&office, &family, pattern, sizes, NULL), ==, 3);
		list = family_list(office.store, family, NULL);
		g_assert_cmpstr(((Goods *)list->pdata[1])->name, ==, "Shirt, M");
	}
}

/* An article that is taken fails all of them, and no family is left over. */
static void test_variants_all_or_none(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(GError) error = NULL;
	int64_t family = 0;
	int made = 0;

	fake_office_init(&office);
	{
		g_auto(ListFate) fate =
			import_text(&office, "article,name\nSH-M-blue,Other\n", -1, NULL);
		g_autoptr(Item) pattern = shirt_new();

		g_assert_cmpint(fate.counts.imported, ==, 1);
		g_assert_false(family_make_variants(office.store, &family, "Size", "Colour",
						    pattern, sizes, colours, 0, &made, &error));
		g_assert_error(error, GOODS_ERROR, GOODS_ERROR_TAKEN);
		g_assert_cmpint(family, ==, 0);
		g_assert_cmpint(count_goods(&office), ==, 1);
		g_assert_null(family_read(office.store, 1, NULL));
	}
}

/* --- pictures ------------------------------------------------------------------------------ */

static void test_pictures(void)
{
	static const char png[] = "\x89PNG\r\n\x1a\nrest", gif[] = "GIF89a, once";
	g_autofree char *large = g_malloc0(ITEM_PICTURE_MAX + 1);
	g_autoptr(GBytes) right = g_bytes_new_static(png, sizeof png);
	g_autoptr(GBytes) wrong = g_bytes_new_static(gif, sizeof gif);
	g_autoptr(GBytes) too_large = NULL, back = NULL;
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(GError) error = NULL;

	memcpy(large, png, sizeof png);
	too_large = g_bytes_new_static(large, ITEM_PICTURE_MAX + 1);
	fake_office_init(&office);
	fake_office_add_goods(&office, 1);
	g_assert_null(item_get_picture(office.store, 1, &error));
	g_assert_false(item_set_picture(office.store, 1, wrong, 0, &error));
	g_assert_error(error, GOODS_ERROR, GOODS_ERROR_INVALID);
	g_clear_error(&error);
	g_assert_false(item_set_picture(office.store, 1, too_large, 0, &error));
	g_assert_error(error, GOODS_ERROR, GOODS_ERROR_INVALID);
	g_clear_error(&error);
	g_assert_false(item_set_picture(office.store, 2, right, 0, &error));
	g_assert_error(error, GOODS_ERROR, GOODS_ERROR_GONE);
	g_clear_error(&error);
	g_assert_true(item_set_picture(office.store, 1, right, 0, &error));
	back = item_get_picture(office.store, 1, &error);
	g_assert_true(g_bytes_equal(back, right));
	g_assert_true(item_set_picture(office.store, 1, NULL, 0, &error));
	g_assert_null(item_get_picture(office.store, 1, &error));
	g_assert_no_error(error);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/numbers/barcodes", test_in_store_barcodes_pass_by_what_is_taken);
	g_test_add_func("/numbers/end", test_the_range_ends);
	g_test_add_func("/numbers/prefix", test_another_prefix);
	g_test_add_func("/numbers/plu", test_plus_come_again_when_they_are_free);
	g_test_add_func("/numbers/plu-full", test_no_plu_is_left);
	g_test_add_func("/variants/two", test_variants);
	g_test_add_func("/variants/one", test_variants_in_one_thing_only);
	g_test_add_func("/variants/all-or-none", test_variants_all_or_none);
	g_test_add_func("/picture", test_pictures);
	return g_test_run();
}
