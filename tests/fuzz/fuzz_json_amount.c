/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/fiscal/json_amount.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_amounts(const json_t *json)
{
	const char *key;
	const json_t *member;
	size_t i;

	if (json_is_string(json)) {
		for (int decimals = 0; decimals <= 6; decimals += 2) {
			g_autofree char *text = NULL;
			int64_t value, again;

			if (!json_amount_read(json_string_value(json), decimals, &value))
				continue;
			text = json_amount_dup_text(value, decimals);
			g_assert_true(json_amount_read(text, decimals, &again));
			g_assert_cmpint(again, ==, value);
		}
	}
	json_array_foreach(json, i, member)
	{
		read_amounts(member);
	}
	json_object_foreach((json_t *)json, key, member)
	{
		read_amounts(member);
	}
	g_assert_false(json_is_number(json));
}

/* What is JSON for jansson is JSON here, and nothing else is; but jansson stops at numbers that do
 * not fit a double, and goes on over zero bytes. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *text = (const char *)data;
	bool mark = size >= 3 && data[0] == 0xEF && data[1] == 0xBB && data[2] == 0xBF;
	json_error_t error;
	json_t *exact = json_amount_loads(text, size, NULL);
	json_t *plain = json_loadb(text + (mark ? 3 : 0), size - (mark ? 3 : 0),
				   JSON_REJECT_DUPLICATES | JSON_DECODE_INT_AS_REAL, &error);

	g_assert_true(exact != NULL || plain == NULL || memchr(data, 0, size) != NULL);
	g_assert_true(exact == NULL || plain != NULL ||
		      json_error_code(&error) == json_error_numeric_overflow);
	if (exact != NULL)
		read_amounts(exact);
	json_decref(exact);
	json_decref(plain);
	return 0;
}
