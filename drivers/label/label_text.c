/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/label/label_printer.h"

#include <string.h>

void label_put(GByteArray *ret, const char *format, ...)
{
	g_autofree char *text = NULL;
	va_list args;

	va_start(args, format);
	text = g_strdup_vprintf(format, args);
	va_end(args);
	g_byte_array_append(ret, (const uint8_t *)text, (guint)strlen(text));
}

char *label_millimetres(int um)
{
	char *text = g_strdup_printf("%d.%03d", um / 1000, um % 1000);
	size_t len = strlen(text);

	while (text[len - 1] == '0')
		text[--len] = '\0';
	if (text[len - 1] == '.')
		text[len - 1] = '\0';
	return text;
}

bool label_is_plain(const char *text, const char *except)
{
	for (; *text != '\0'; text++)
		if (*text < 0x20 || *text > 0x7E || strchr(except, *text) != NULL)
			return false;
	return true;
}
