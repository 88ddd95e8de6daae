/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/devices/printer/printer_testing.h"

#include "drivers/printer/escpos_encode.h"

GHashTable *options_new(const char *first_key, ...)
{
	GHashTable *options = g_hash_table_new(g_str_hash, g_str_equal);
	va_list args;

	va_start(args, first_key);
	for (const char *key = first_key; key != NULL; key = va_arg(args, const char *))
		g_hash_table_insert(options, (char *)key, va_arg(args, char *));
	va_end(args);
	return options;
}

GBytes *bytes_from_hex(const char *hex)
{
	GByteArray *bytes = g_byte_array_new();

	for (; *hex != '\0'; hex++) {
		uint8_t byte;

		if (*hex == ' ')
			continue;
		g_assert_true(g_ascii_isxdigit(hex[0]) && g_ascii_isxdigit(hex[1]));
		byte = (uint8_t)(g_ascii_xdigit_value(hex[0]) << 4 | g_ascii_xdigit_value(hex[1]));
		g_byte_array_append(bytes, &byte, 1);
		hex++;
	}
	return g_byte_array_free_to_bytes(bytes);
}

void assert_bytes(const uint8_t *data, size_t len, const char *expected_hex)
{
	g_autoptr(GBytes) expected = bytes_from_hex(expected_hex);

	g_assert_cmpmem(data, len, g_bytes_get_data(expected, NULL), g_bytes_get_size(expected));
}

GBytes *encode_paper(GHashTable *options, const Paper *paper)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(EscposJob) job = NULL;
	g_autoptr(EscposRaster) raster = NULL;
	EscposOptions parsed;

	g_assert_true(escpos_options_parse(options, &parsed, &error));
	raster = escpos_raster_new(parsed.dots / parsed.columns);
	job = escpos_encode(&parsed, raster, paper, parsed.process_id ? 1 : 0, &error);
	g_assert_no_error(error);
	return g_byte_array_free_to_bytes(g_byte_array_ref(job->bytes));
}
