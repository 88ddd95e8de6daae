/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/label/label_layout.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void lay_out(const LabelDesign *design)
{
	g_autoptr(GHashTable) words = g_hash_table_new(g_str_hash, g_str_equal);
	g_autoptr(GError) error = NULL;
	g_autoptr(LabelLayout) layout = NULL;

	g_hash_table_insert(words, (char *)"name", (char *)"Сүү 1 л");
	g_hash_table_insert(words, (char *)"barcode", (char *)"460123456789");
	layout = label_layout_new(design, words, 8000, &error);
	g_assert_true((layout != NULL) == (error == NULL));
}

/* A design as somebody's file or the office sends it: refused, or the same after a round trip. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autofree char *json = g_strndup((const char *)data, size);
	g_autoptr(GError) error = NULL;
	g_autoptr(LabelDesign) design = label_design_from_json(json, &error);
	g_autoptr(LabelDesign) again = NULL;
	g_autofree char *first = NULL, *second = NULL;

	g_assert_true((design != NULL) == (error == NULL));
	if (design == NULL)
		return 0;
	first = label_design_to_json(design);
	again = label_design_from_json(first, &error);
	g_assert_no_error(error);
	second = label_design_to_json(again);
	g_assert_cmpstr(first, ==, second);
	lay_out(design);
	return 0;
}
