/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/scanner/us_keys.h"

#include <glib.h>
#include <linux/input-event-codes.h>
#include <string.h>

/* Runs of neighbouring key codes. */
static const struct {
	unsigned first;
	const char *plain, *shifted;
} runs[] = {
	{ KEY_1, "1234567890-=", "!@#$%^&*()_+" },
	{ KEY_Q, "qwertyuiop[]", "QWERTYUIOP{}" },
	{ KEY_A, "asdfghjkl;'`", "ASDFGHJKL:\"~" },
	{ KEY_BACKSLASH, "\\zxcvbnm,./", "|ZXCVBNM<>?" },
	{ KEY_SPACE, " ", " " },
	{ KEY_KPASTERISK, "*", "*" },
	{ KEY_KP7, "789-456+1230.", "789-456+1230." }, /* Num Lock is on, or nothing makes sense */
	{ KEY_102ND, "<", ">" },
	{ KEY_KPSLASH, "/", "/" },
	{ KEY_KPEQUAL, "=", "=" },
	{ KEY_KPCOMMA, ",", "," },
};

char us_key_character(unsigned code, bool shift)
{
	for (size_t i = 0; i < G_N_ELEMENTS(runs); i++)
		if (code >= runs[i].first && code - runs[i].first < strlen(runs[i].plain))
			return (shift ? runs[i].shifted : runs[i].plain)[code - runs[i].first];
	return '\0';
}
