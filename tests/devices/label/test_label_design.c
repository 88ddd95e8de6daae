/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/label/label_fill.h"
#include "tests/devices/label/label_help.h"

#include <string.h>

static void test_json_round_trip(void)
{
	g_autoptr(LabelDesign) design = shelf_tag_new();
	g_autofree char *json = label_design_to_json(design);
	g_autoptr(GError) error = NULL;
	g_autoptr(LabelDesign) again = label_design_from_json(json, &error);
	g_autofree char *json_again = NULL;

	g_assert_no_error(error);
	json_again = label_design_to_json(again);
	g_assert_cmpstr(json, ==, json_again);
	g_assert_cmpint(label_design_get_width(again), ==, 58000);
	g_assert_cmpint(label_design_get_n_fields(again), ==, 4);
	g_assert_cmpint(label_design_get_field(again, 2)->module, ==, 250);
	g_assert_true(label_design_get_field(again, 2)->digits_below);
	g_assert_cmpstr(label_design_get_field(again, 3)->content, ==, "{qr}");
}

static void test_bad_designs_are_refused(void)
{
	static const char *const designs[] = {
		"",
		"[]",
		"{\"width\": 58000, \"height\": 40000}",
		"{\"width\": 0, \"height\": 40000, \"fields\": []}",
		"{\"width\": 58000, \"height\": 400000, \"fields\": []}",
		"{\"width\": 58000, \"height\": 40000, \"fields\": [1]}",
		"{\"width\": 9, \"height\": 9, \"fields\": [{\"kind\": \"star\", \"x\": 0, \"y\": "
		"0, "
		"\"width\": 1, \"height\": 1}]}",
		"{\"width\": 9, \"height\": 9, \"fields\": [{\"kind\": \"text\", \"x\": 0, \"y\": "
		"0, "
		"\"width\": 1}]}",
		"{\"width\": 9, \"height\": 9, \"fields\": [{\"kind\": \"text\", \"x\": 5, \"y\": "
		"0, "
		"\"width\": 5, \"height\": 1}]}",
		"{\"width\": 9, \"height\": 9, \"fields\": [{\"kind\": \"text\", \"x\": 0, \"y\": "
		"0, "
		"\"width\": 5, \"height\": 5, \"max_lines\": 2}]}",
		"{\"width\": 9, \"height\": 9, \"fields\": [{\"kind\": \"text\", \"x\": 0, \"y\": "
		"0, "
		"\"width\": 5, \"height\": 5, \"bold\": 1}]}",
		"{\"width\": 9, \"height\": 9, \"fields\": [{\"kind\": \"text\", \"x\": 0, \"y\": "
		"0, "
		"\"width\": 5, \"height\": 5, \"align\": \"up\"}]}",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(designs); i++) {
		g_autoptr(GError) error = NULL;

		g_test_message("%s", designs[i]);
		g_assert_null(label_design_from_json(designs[i], &error));
		g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_REFUSED);
	}
}

static void test_filling(void)
{
	static const struct {
		const char *content, *text;
	} cases[] = {
		{ "{name}", "Сүү 1 л" },
		{ "{name}: {price} ₮", "Сүү 1 л: 3500 ₮" },
		{ "[{unknown}]", "[]" },
		{ "no braces", "no braces" },
		{ "{open", "{open" },
		{ "}", "}" },
		{ "{}", "" },
		{ "{{price}", "" },
		{ "a{price}{price}b", "a35003500b" },
		{ "", "" },
	};
	g_autoptr(GHashTable) data = words_new("name", "Сүү 1 л", "price", "3500", NULL);

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *text = label_fill(cases[i].content, data);

		g_assert_cmpstr(text, ==, cases[i].text);
	}
}

/* L6, and what is no EAN-13. */
static void test_ean_check_digit(void)
{
	static const struct {
		const char *content, *text; /* NULL: refused */
	} cases[] = {
		{ "460123456789", "4601234567893" },
		{ "4601234567893", "4601234567893" },
		{ " 4601234567893\n", "4601234567893" },
		{ "", "" },
		{ "{nothing}", "" },
		{ "4601234567894", NULL },
		{ "46012345678", NULL },
		{ "46012345678934", NULL },
		{ "46012345678X", NULL },
		{ "460123456789X", NULL },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GError) error = NULL;
		g_autofree char *text =
			label_fill_code(LABEL_EAN13, cases[i].content, NULL, &error);

		g_assert_cmpstr(text, ==, cases[i].text);
		if (cases[i].text == NULL)
			g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_REFUSED);
	}
}

/* A shop changes it; it must be a good one to begin with. */
static void test_installed_design(void)
{
	g_autoptr(LabelDesign) design = installed_design_new();

	g_assert_cmpint(label_design_get_width(design), ==, 58000);
	g_assert_cmpint(label_design_get_height(design), ==, 40000);
	g_assert_cmpint(label_design_get_n_fields(design), >=, 6);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/label-design/json-round-trip", test_json_round_trip);
	g_test_add_func("/label-design/bad-designs-are-refused", test_bad_designs_are_refused);
	g_test_add_func("/label-design/filling", test_filling);
	g_test_add_func("/label-design/ean-check-digit", test_ean_check_digit);
	g_test_add_func("/label-design/installed-design", test_installed_design);
	return g_test_run();
}
