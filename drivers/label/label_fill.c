/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/label/label_fill.h"

#include "core/barcode.h"

#include <string.h>

enum { EAN13_LEN = 13 };

char *label_fill(const char *content, LabelData *data)
{
	GString *text = g_string_new(NULL);
	const char *end;

	for (; *content != '\0'; content++) {
		if (*content == '{' && (end = strchr(content, '}')) != NULL) {
			g_autofree char *name = g_strndup(content + 1, (gsize)(end - content - 1));
			const char *value = data != NULL ? g_hash_table_lookup(data, name) : NULL;

			g_string_append(text, value != NULL ? value : "");
			content = end;
		} else {
			g_string_append_c(text, *content);
		}
	}
	return g_string_free(text, FALSE);
}

static char *bad_ean(const char *text, const char *why, GError **error)
{
	g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_REFUSED, "'%s' is no EAN-13: %s", text, why);
	return NULL;
}

static char *ean13_dup(const char *text, GError **error)
{
	size_t len = strlen(text);
	int check;

	if (len != EAN13_LEN && len != EAN13_LEN - 1)
		return bad_ean(text, "12 or 13 digits are needed", error);
	if (strspn(text, "0123456789") != len)
		return bad_ean(text, "not all are digits", error);
	check = barcode_check_digit(text, EAN13_LEN - 1);
	if (len == EAN13_LEN && text[EAN13_LEN - 1] != '0' + check)
		return bad_ean(text, "the check digit is wrong", error);
	return g_strdup_printf("%.*s%d", EAN13_LEN - 1, text, check);
}

/* Blanks at the ends; not GS, which begins a marking code. */
static void strip(char *text)
{
	size_t blanks = strspn(text, " \t\r\n"), len = strlen(text);

	while (len > blanks && strchr(" \t\r\n", text[len - 1]) != NULL)
		len--;
	memmove(text, text + blanks, len - blanks);
	text[len - blanks] = '\0';
}

char *label_fill_code(LabelKind kind, const char *content, LabelData *data, GError **error)
{
	g_autofree char *text = label_fill(content, data);

	strip(text);
	if (kind == LABEL_EAN13 && text[0] != '\0')
		return ean13_dup(text, error);
	return g_steal_pointer(&text);
}
