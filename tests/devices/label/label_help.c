/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/devices/label/label_help.h"

#include <string.h>

GHashTable *words_new(const char *first, ...)
{
	GHashTable *words = g_hash_table_new(g_str_hash, g_str_equal);
	va_list args;

	va_start(args, first);
	for (const char *key = first; key != NULL; key = va_arg(args, const char *))
		g_hash_table_insert(words, (char *)key, va_arg(args, char *));
	va_end(args);
	return words;
}

GBytes *encode(const char *name, GHashTable *options, const LabelDesign *design, LabelData *data,
	       int copies)
{
	g_autoptr(GError) error = NULL;
	struct port *port = port_new_transcript("", &error);
	const struct label_driver *driver = label_driver_find(name);
	struct label_printer *printer = driver->open(port, options, &error);
	GBytes *bytes;

	g_assert_no_error(error);
	bytes = driver->encode(printer, design, data, copies, &error);
	g_assert_no_error(error);
	driver->close(printer);
	port_close(port);
	return bytes;
}

char *encode_text(const char *driver, GHashTable *options, const LabelDesign *design,
		  LabelData *data, int copies)
{
	g_autoptr(GBytes) bytes = encode(driver, options, design, data, copies);

	return g_strndup(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));
}

bool bytes_have(GBytes *bytes, const void *part, size_t len)
{
	return memmem(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes), part, len) != NULL;
}

/* At 203 dpi a dot is 125 µm; the bars are 80 dots high, and 24 are for their digits. */
LabelDesign *shelf_tag_new(void)
{
	LabelDesign *design = label_design_new(58000, 40000);

	label_design_add(design, &(LabelField){ .kind = LABEL_TEXT,
						.x = 2500,
						.y = 2000,
						.width = 53000,
						.height = 4000,
						.max_lines = 2,
						.content = "{name}" });
	label_design_add(design, &(LabelField){ .kind = LABEL_TEXT,
						.x = 2500,
						.y = 11250,
						.width = 30000,
						.height = 7500,
						.content = "{price}" });
	label_design_add(design, &(LabelField){ .kind = LABEL_EAN13,
						.x = 2500,
						.y = 21250,
						.width = 30000,
						.height = 13000,
						.module = 250,
						.digits_below = true,
						.content = "{barcode}" });
	label_design_add(design, &(LabelField){ .kind = LABEL_QR,
						.x = 36250,
						.y = 20000,
						.width = 12000,
						.height = 12000,
						.module = 375,
						.content = "{qr}" });
	return design;
}

LabelDesign *installed_design_new(void)
{
	g_autofree char *path = g_test_build_filename(G_TEST_DIST, "..", "..", "..", "data",
						      "labels", "shelf-58x40.json", NULL);
	g_autoptr(GError) error = NULL;
	g_autofree char *json = NULL;
	LabelDesign *design;

	g_assert_true(g_file_get_contents(path, &json, NULL, &error));
	design = label_design_from_json(json, &error);
	g_assert_no_error(error);
	return design;
}
