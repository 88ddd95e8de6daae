/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/port/device_id.h"

#include <string.h>

/* device-discovery §8: what was received or what is stated, whichever is less. A stated length that
 * is too large but fits the other way round was sent the other way round; "04 00" is the size of a
 * buffer, not four bytes. */
static size_t stated_length(const uint8_t *answer, size_t len)
{
	size_t high_first = (size_t)answer[0] << 8 | answer[1];
	size_t low_first = (size_t)answer[1] << 8 | answer[0];

	if (high_first > len && (low_first == len || low_first + 2 == len))
		return low_first;
	return MIN(high_first, len);
}

/* A length that leaves out its own two bytes [1] cuts the last two characters: the key that they
 * belong to ends with ";" then, as it does in every good answer. */
static size_t mend_length(const uint8_t *answer, size_t stated, size_t len)
{
	if (stated + 2 <= len && answer[stated - 1] != ';' && answer[stated + 1] == ';')
		return stated + 2;
	return stated;
}

char *device_id_dup_text(const uint8_t *answer, size_t len)
{
	g_autoptr(GString) text = g_string_new(NULL);
	size_t end;

	if (len <= 2)
		return NULL;
	end = stated_length(answer, len);
	if (end <= 2)
		return NULL;
	end = mend_length(answer, end, len);
	for (size_t i = 2; i < end; i++) {
		if (g_ascii_isprint((char)answer[i]))
			g_string_append_c(text, (char)answer[i]);
	}
	return text->len > 0 ? g_string_free(g_steal_pointer(&text), FALSE) : NULL;
}

static bool is_key(const char *name, const char *key)
{
	static const char *const names[][3] = {
		{ "MFG", "MANUFACTURER", NULL },    { "MDL", "MODEL", NULL },
		{ "CMD", "COMMAND SET", "CMDSET" }, { "CLS", "CLASS", NULL },
		{ "DES", "DESCRIPTION", NULL },	    { "SN", "SERN", "SERIALNUMBER" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		if (strcmp(names[i][0], key) != 0)
			continue;
		for (size_t j = 0; j < 3 && names[i][j] != NULL; j++) {
			if (g_ascii_strcasecmp(name, names[i][j]) == 0)
				return true;
		}
	}
	return g_ascii_strcasecmp(name, key) == 0;
}

char *device_id_dup_value(const char *text, const char *key)
{
	g_auto(GStrv) pairs = g_strsplit(text, ";", -1);

	for (int i = 0; pairs[i] != NULL; i++) {
		char *colon = strchr(pairs[i], ':');

		if (colon == NULL)
			continue;
		*colon = '\0';
		if (is_key(g_strstrip(pairs[i]), key))
			return g_strdup(g_strstrip(colon + 1));
	}
	return NULL;
}

const char *device_id_protocol(const char *text)
{
	static const struct {
		const char *command_set, *protocol;
	} known[] = {
		/* "ESC/POS" before others: Epson's name theirs with it. */
		{ "ESC/POS", "escpos" }, { "ESCPOS", "escpos" }, { "EPSON", "escpos" },
		{ "ZPL", "zpl" },	 { "TSPL", "tspl" },	 { "EPL", "epl" },
	};
	g_autofree char *value = device_id_dup_value(text, "CMD");
	g_autofree char *upper = value != NULL ? g_ascii_strup(value, -1) : NULL;

	for (size_t i = 0; upper != NULL && i < G_N_ELEMENTS(known); i++) {
		if (strstr(upper, known[i].command_set) != NULL)
			return known[i].protocol;
	}
	return NULL;
}
