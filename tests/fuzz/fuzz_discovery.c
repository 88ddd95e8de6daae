/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/discovery/scan_private.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_table(const char *text)
{
	g_autoptr(DeviceTable) table = device_table_new_empty();
	g_autoptr(GError) error = NULL;

	if (!device_table_add(table, text, &error)) {
		g_assert_error(error, DEVICE_TABLE_ERROR, DEVICE_TABLE_ERROR_LINE);
		g_assert_null(device_table_find(table, 0x04B8, 0x0202));
	}
}

/* A device's report descriptor, its answers to probes, and a shop's table. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const protocols[] = { "escpos", "zpl",    "tspl", "cas",
						 "pos2",   "mt8217", "massa" };
	g_autofree char *text = g_strndup((const char *)data, size);

	hid_has_page(data, size, 0x8C);
	for (size_t i = 0; i < G_N_ELEMENTS(protocols); i++) {
		int is = device_probe_check(protocols[i], data, size);

		g_assert_true(is >= -1 && is <= 1);
	}
	check_table(text);
	return 0;
}
