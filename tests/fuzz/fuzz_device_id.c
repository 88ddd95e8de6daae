/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/port/device_id.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What a printer answers to GET_DEVICE_ID. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const keys[] = { "MFG", "MDL", "CMD", "CLS", "DES", "SN" };
	g_autofree char *text = device_id_dup_text(data, size);

	if (text == NULL)
		return 0;
	g_assert_cmpuint(strlen(text), <=, size - 2);
	for (const char *at = text; *at != '\0'; at++)
		g_assert_true(g_ascii_isprint(*at));
	for (size_t i = 0; i < G_N_ELEMENTS(keys); i++) {
		g_autofree char *value = device_id_dup_value(text, keys[i]);

		if (value != NULL)
			g_assert_nonnull(strstr(text, value));
	}
	device_id_protocol(text);
	return 0;
}
