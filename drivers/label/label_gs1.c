/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/label/label_symbol.h"

#include <string.h>

enum { GS = 0x1D };

/* How many digits the application identifier that begins with these two has (GS1 General
 * Specifications, figure 3.2-1), and how many characters follow it without a GS after them (figure
 * 7.8.5-2); 0: up to GS or the end. */
static const struct {
	int first, last;
	size_t digits, fixed;
} identifiers[] = {
	{ 0, 0, 2, 18 },  { 1, 3, 2, 14 },  { 4, 4, 2, 16 },  { 10, 10, 2, 0 },	 { 11, 19, 2, 6 },
	{ 20, 20, 2, 2 }, { 21, 22, 2, 0 }, { 23, 25, 3, 0 }, { 30, 30, 2, 0 },	 { 31, 36, 4, 6 },
	{ 37, 37, 2, 0 }, { 39, 39, 4, 0 }, { 40, 40, 3, 0 }, { 41, 41, 3, 13 }, { 42, 42, 3, 0 },
	{ 43, 43, 4, 0 }, { 70, 70, 4, 0 }, { 71, 71, 3, 0 }, { 72, 72, 4, 0 },	 { 80, 82, 4, 0 },
	{ 90, 99, 2, 0 },
};

/* How long the element at @data is; false where it is none. */
static bool measure(const char *data, size_t *ret_digits, size_t *ret_value)
{
	int begins;

	if (!g_ascii_isdigit(data[0]) || !g_ascii_isdigit(data[1]))
		return false;
	begins = (data[0] - '0') * 10 + data[1] - '0';
	for (size_t i = 0; i < G_N_ELEMENTS(identifiers); i++) {
		size_t digits = identifiers[i].digits, fixed = identifiers[i].fixed;

		if (begins < identifiers[i].first || begins > identifiers[i].last)
			continue;
		if (strspn(data, "0123456789") < digits)
			return false;
		*ret_digits = digits;
		*ret_value = strcspn(data + digits, "\x1D");
		if (fixed > 0 && *ret_value < fixed)
			return false;
		if (fixed > 0)
			*ret_value = fixed;
		return *ret_value > 0;
	}
	return false;
}

char *label_gs1_dup_brackets(const char *data)
{
	g_autoptr(GString) text = g_string_new(NULL);

	if (*data == GS)
		data++;
	while (*data != '\0') {
		size_t digits, value;

		if (!measure(data, &digits, &value) || memchr(data + digits, '[', value) != NULL)
			return NULL;
		g_string_append_printf(text, "[%.*s]%.*s", (int)digits, data, (int)value,
				       data + digits);
		data += digits + value;
		if (*data == GS)
			data++;
	}
	return text->len > 0 ? g_strdup(text->str) : NULL;
}
