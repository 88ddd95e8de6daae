/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/office/command_line.h"

#include <jansson.h>
#include <stdbool.h>
#include <string.h>

/* Labels and scales from the command line. */

#define DB " --db sqlite:office.db "

static void open_office(Desk *desk)
{
	g_autofree char *made = NULL, *read = NULL;

	desk_init(desk);
	made = desk_do(desk, "init" DB "--country ru --shop Corner");
	desk_write(desk, "goods.tsv",
		   "barcode\tname\tprice\tunit\n4601234567893\tBread\t50\tpcs\n"
		   "4600000000015\tMilk\t90\tl\n");
	read = desk_do(desk, "import goods goods.tsv" DB);
}

static json_t *stale(const Desk *desk, const char *more)
{
	g_autofree char *line = g_strconcat("label stale" DB "--format json ", more, NULL);
	g_autofree char *out = desk_do(desk, line);
	json_t *list = json_loads(out, 0, NULL);

	g_assert_true(json_is_array(list));
	return list;
}

static void change_price(const Desk *desk)
{
	g_autofree char *out = NULL;

	desk_write(desk, "new.tsv",
		   "barcode\tname\tprice\tunit\n4601234567893\tBread\t55.50\tpcs\n");
	out = desk_do(desk, "import goods new.tsv" DB);
}

static void test_tags_are_printed_and_reprinted(void)
{
	g_auto(Desk) desk = { 0 };
	g_autofree char *first = NULL, *again = NULL, *pdf = NULL, *none = NULL;
	json_t *list, *tag;

	open_office(&desk);
	first = desk_do(&desk,
			"label print" DB "--design shelf-58x40 --barcode 4601234567893 --copies 3 "
			"--barcode 4600000000015 --pdf tags.pdf");
	g_assert_cmpstr(first, ==, "Labels: 4 of 4.\n");
	pdf = desk_dup_path(&desk, "tags.pdf");
	g_assert_true(g_file_test(pdf, G_FILE_TEST_EXISTS));
	list = stale(&desk, "");
	g_assert_cmpint((int)json_array_size(list), ==, 0);
	json_decref(list);
	none = desk_do(&desk, "label print" DB "--design shelf-58x40 --stale --pdf none.pdf");
	g_assert_cmpstr(none, ==, "All tags are as they should be.\n");

	change_price(&desk);
	list = stale(&desk, "");
	g_assert_cmpint((int)json_array_size(list), ==, 1);
	tag = json_array_get(list, 0);
	g_assert_cmpstr(json_string_value(json_object_get(tag, "code")), ==, "4601234567893");
	g_assert_cmpstr(json_string_value(json_object_get(tag, "name")), ==, "Bread");
	g_assert_cmpstr(json_string_value(json_object_get(tag, "old_price")), ==, "50.00");
	g_assert_cmpstr(json_string_value(json_object_get(tag, "new_price")), ==, "55.50");
	g_assert_true(json_is_null(json_object_get(tag, "from")));
	json_decref(list);

	again = desk_do(&desk, "label print" DB
			       "--design sheet-70x37 --stale --pdf again.pdf --sheet 3x8");
	g_assert_cmpstr(again, ==, "Labels: 1 of 1.\n");
	list = stale(&desk, "--until 2030-01-01T08:00");
	g_assert_cmpint((int)json_array_size(list), ==, 0);
	json_decref(list);
}

static Said check(const Desk *desk)
{
	return desk_run(desk, "label check" DB "--barcode 4601234567893");
}

static void test_one_tag_is_checked(void)
{
	g_auto(Desk) desk = { 0 };
	g_auto(Said) never = { 0 }, right = { 0 }, wrong = { 0 };
	g_autofree char *out = NULL;

	open_office(&desk);
	never = check(&desk);
	g_assert_cmpint(never.status, ==, 1);
	g_assert_nonnull(strstr(never.out, "No tag of “Bread” was printed yet"));
	out = desk_do(&desk, "label print" DB
			     "--design shelf-58x40 --barcode 4601234567893 --pdf tag.pdf");
	right = check(&desk);
	g_assert_cmpint(right.status, ==, 0);
	g_assert_cmpstr(right.out, ==, "The tag says what the till says.\n");
	change_price(&desk);
	wrong = check(&desk);
	g_assert_cmpint(wrong.status, ==, 1);
	g_assert_cmpstr(wrong.err, ==, "");
	g_assert_nonnull(strstr(wrong.out, "50,00"));
	g_assert_nonnull(strstr(wrong.out, "55,50"));
}

static void test_designs_are_named(void)
{
	g_auto(Desk) desk = { 0 };
	g_autofree char *out = NULL;

	open_office(&desk);
	out = desk_do(&desk, "label designs" DB);
	g_assert_nonnull(strstr(out, "Shelf tag, 58 × 40 mm\n"));
}

static void test_wrong_usage_says_what_is_right(void)
{
	static const struct {
		const char *line;
		int status;
		const char *says;
	} cases[] = {
		{ "label print" DB "--barcode 4601234567893 --pdf a.pdf", 2, "--design" },
		{ "label print" DB "--design shelf-58x40 --pdf a.pdf", 2, "--barcode" },
		{ "label print" DB "--design shelf-58x40 --barcode 1 --stale --pdf a.pdf", 2,
		  "--stale" },
		{ "label print" DB "--design shelf-58x40 --barcode 4601234567893", 2, "--device" },
		{ "label print" DB "--design shelf-58x40 --copies 2 --barcode 1 --pdf a.pdf", 2,
		  "--barcode" },
		{ "label print" DB
		  "--design shelf-58x40 --barcode 4601234567893 --copies 0 --pdf a.pdf",
		  2, "copies" },
		{ "label print" DB
		  "--design shelf-58x40 --barcode 4601234567893 --pdf a.pdf --sheet 9x9",
		  2, "9x9" },
		{ "label print" DB "--design nosuch --barcode 4601234567893 --pdf a.pdf", 1,
		  "nosuch" },
		{ "label print" DB "--design shelf-58x40 --barcode 777 --pdf a.pdf", 1, "777" },
		{ "label print" DB "--design shelf-58x40 --stale --until soon --pdf a.pdf", 2,
		  "2026-11-28T08:00" },
		{ "label print" DB
		  "--design shelf-58x40 --barcode 4601234567893 --pdf a.pdf --sheet 3x8",
		  1, "58 × 40 mm" },
		{ "label print" DB "--design shelf-58x40 --barcode 4601234567893 "
		  "--device zpl@tcp:127.0.0.1:1",
		  1, "does not answer" },
		{ "label check" DB, 2, "--barcode" },
		{ "label check" DB "--barcode 777", 1, "777" },
		{ "label check" DB "--barcode 4601234567893 --shop Other", 1, "Other" },
		{ "plu load" DB, 2, "--device" },
		{ "plu load" DB "--device xyz@tcp:127.0.0.1:1", 1, "xyz" },
	};
	g_auto(Desk) desk = { 0 };

	open_office(&desk);
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
		desk_refuses(&desk, cases[i].line, cases[i].status, cases[i].says);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/label-cli/tags", test_tags_are_printed_and_reprinted);
	g_test_add_func("/label-cli/check", test_one_tag_is_checked);
	g_test_add_func("/label-cli/designs", test_designs_are_named);
	g_test_add_func("/label-cli/usage", test_wrong_usage_says_what_is_right);
	return g_test_run();
}
