/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/json_text.h"

#include <string.h>

/* GLib's function does more than a few bytes need. */
static void append(GString *to, const char *text, gsize length)
{
	if (to->len + length >= to->allocated_len) {
		g_string_append_len(to, text, (gssize)length);
		return;
	}
	memcpy(to->str + to->len, text, length);
	to->len += length;
	to->str[to->len] = '\0';
}

static void begin(GString *to, const char *key)
{
	char last = to->len > 0 ? to->str[to->len - 1] : '[';

	if (last != '{' && last != '[')
		g_string_append_c(to, ',');
	if (key == NULL)
		return;
	g_string_append_c(to, '"');
	append(to, key, strlen(key));
	append(to, "\":", 2);
}

void json_text_open(GString *to, const char *key, char bracket)
{
	begin(to, key);
	g_string_append_c(to, bracket);
}

void json_text_close(GString *to, char bracket)
{
	g_string_append_c(to, bracket);
}

/* printf would take most of the time of a receipt. */
void json_text_int(GString *to, const char *key, int64_t value)
{
	char digits[24], *at = digits + sizeof digits;
	uint64_t left = value < 0 ? -(uint64_t)value : (uint64_t)value;

	do {
		*--at = (char)('0' + left % 10);
		left /= 10;
	} while (left > 0);
	if (value < 0)
		*--at = '-';
	begin(to, key);
	append(to, at, (gsize)(digits + sizeof digits - at));
}

void json_text_bool(GString *to, const char *key, bool value)
{
	begin(to, key);
	append(to, value ? "true" : "false", value ? 4 : 5);
}

static bool is_plain(char c)
{
	return (unsigned char)c >= ' ' && c != '"' && c != '\\';
}

static void append_escaped(GString *to, char c)
{
	static const char letters[] = "\"\\\b\f\n\r\t", codes[] = "\"\\bfnrt";
	const char *letter = strchr(letters, c);

	if (letter != NULL)
		g_string_append_printf(to, "\\%c", codes[letter - letters]);
	else
		g_string_append_printf(to, "\\u%04X", (unsigned)c);
}

void json_text_string(GString *to, const char *key, const char *value)
{
	g_assert(g_utf8_validate(value, -1, NULL));
	begin(to, key);
	g_string_append_c(to, '"');
	while (*value != '\0') {
		const char *end = value;

		while (is_plain(*end))
			end++;
		append(to, value, (gsize)(end - value));
		if (*end != '\0')
			append_escaped(to, *end++);
		value = end;
	}
	g_string_append_c(to, '"');
}

static int take(const char *text, size_t length, void *to)
{
	append(to, text, length);
	return 0;
}

void json_text_value(GString *to, const char *key, const json_t *value)
{
	gsize start;

	begin(to, key);
	start = to->len;
	json_dump_callback(value, take, to, JSON_COMPACT | JSON_SORT_KEYS | JSON_ENCODE_ANY);
	g_assert(json_text_is_canonical(to->str + start)); /* no reals, no odd keys */
}
