/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/devices/scanner/typing.h"

#include <stdbool.h>
#include <string.h>

/* Rows of a US keyboard, as printed on it; the driver's own table is not asked. */
static const struct {
	unsigned first;
	const char *plain, *shifted;
} rows[] = {
	{ KEY_1, "1234567890-=", "!@#$%^&*()_+" },
	{ KEY_Q, "qwertyuiop[]", "QWERTYUIOP{}" },
	{ KEY_A, "asdfghjkl;'`", "ASDFGHJKL:\"~" },
	{ KEY_BACKSLASH, "\\zxcvbnm,./", "|ZXCVBNM<>?" },
	{ KEY_SPACE, " ", "" },
	{ KEY_ENTER, "\n", "" },
	{ KEY_TAB, "\t", "" },
};

void typing_key(GArray *events, unsigned code, int value)
{
	struct input_event scan = { .type = EV_MSC, .code = MSC_SCAN, .value = (int)code };
	struct input_event key = { .type = EV_KEY, .code = (guint16)code, .value = value };
	struct input_event report = { .type = EV_SYN, .code = SYN_REPORT };

	g_array_append_val(events, scan);
	g_array_append_val(events, key);
	g_array_append_val(events, report);
}

static bool find(char character, unsigned *ret_code, bool *ret_shift)
{
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		const char *plain = strchr(rows[i].plain, character);
		const char *shifted = strchr(rows[i].shifted, character);

		if (plain == NULL && shifted == NULL)
			continue;
		*ret_shift = plain == NULL;
		*ret_code = rows[i].first + (unsigned)(plain != NULL ? plain - rows[i].plain
								     : shifted - rows[i].shifted);
		return true;
	}
	return false;
}

void typing_character(GArray *events, char character)
{
	unsigned code = 0;
	bool shift = false;

	g_assert_true(character != '\0' && find(character, &code, &shift));
	if (shift)
		typing_key(events, KEY_LEFTSHIFT, 1);
	typing_key(events, code, 1);
	typing_key(events, code, 0);
	if (shift)
		typing_key(events, KEY_LEFTSHIFT, 0);
}

GArray *typing_new(const char *text)
{
	GArray *events = g_array_new(FALSE, FALSE, sizeof(struct input_event));

	for (const char *at = text; *at != '\0'; at++)
		typing_character(events, *at);
	return events;
}
