/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/fiscal/exact_json.h"

#include <stdlib.h>
#include <string.h>

enum { MARK = 0x01, MAX_INTEGER_DIGITS = 12 };
#define MARK_ESCAPED "\\u0001"

/* The length of a number after RFC 8259, or 0. */
static size_t number_len(const char *text, size_t len)
{
	g_autofree char *token = g_strndup(text, MIN(len, strspn(text, "0123456789+-.eE")));

	return g_regex_match_simple("^-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?$", token,
				    G_REGEX_DOLLAR_ENDONLY, 0)
		       ? strlen(token)
		       : 0;
}

/* The length of a string with its quotes, or 0. */
static size_t string_len(const char *text, size_t len)
{
	size_t at = 1;

	while (at < len && text[at] != '"')
		at += text[at] == '\\' ? 2 : 1;
	return at < len ? at + 1 : 0;
}

static bool refuse(char **why, const char *what, size_t at)
{
	*why = g_strdup_printf("%s at byte %zu", what, at + 1);
	return false;
}

/* Numbers become marked strings; the rest is left to the parser. */
static bool mark_numbers(const char *text, size_t len, GString *ret, char **why)
{
	size_t n;

	for (size_t at = 0; at < len; at += n) {
		n = 1;
		if (text[at] == '"') {
			n = string_len(text + at, len - at);
			if (n == 0)
				return refuse(why, "a string without an end", at);
			if (memmem(text + at, n, MARK_ESCAPED, strlen(MARK_ESCAPED)) != NULL)
				return refuse(why, "a control character", at);
			g_string_append_len(ret, text + at, (gssize)n);
		} else if (text[at] == '-' || g_ascii_isdigit(text[at])) {
			n = number_len(text + at, len - at);
			if (n == 0)
				return refuse(why, "a bad number", at);
			g_string_append_printf(ret, "\"" MARK_ESCAPED "%.*s\"", (int)n, text + at);
		} else {
			g_string_append_c(ret, text[at]);
		}
	}
	return true;
}

json_t *exact_json_load(const char *text, size_t len, char **why)
{
	g_autoptr(GString) marked = g_string_new(NULL);
	json_error_t error;
	json_t *value;

	*why = NULL;
	if (!mark_numbers(text, len, marked, why))
		return NULL;
	value = json_loadb(marked->str, marked->len, JSON_REJECT_DUPLICATES, &error);
	if (value == NULL)
		*why = g_strdup(error.text);
	return value;
}

char *exact_json_dump(const json_t *value)
{
	char *marked = json_dumps(value, JSON_COMPACT);
	g_autoptr(GString) text = g_string_new(NULL);
	const char *at = marked, *next;

	while ((next = strstr(at, "\"" MARK_ESCAPED)) != NULL) {
		const char *number = next + strlen("\"" MARK_ESCAPED);

		g_string_append_len(text, at, next - at);
		at = strchr(number, '"') + 1;
		g_string_append_len(text, number, at - 1 - number);
	}
	g_string_append(text, at);
	free(marked);
	return g_string_free(g_steal_pointer(&text), false);
}

char *exact_decimal_text(int64_t value, int places)
{
	uint64_t size = value < 0 ? -(uint64_t)value : (uint64_t)value, unit = 1;

	for (int i = 0; i < places; i++)
		unit *= 10;
	if (places == 0)
		return g_strdup_printf("%" G_GINT64_FORMAT, value);
	return g_strdup_printf("%s%" G_GUINT64_FORMAT ".%0*" G_GUINT64_FORMAT, value < 0 ? "-" : "",
			       size / unit, places, size % unit);
}

static json_t *marked_new(const char *number)
{
	g_autofree char *text = g_strdup_printf("%c%s", MARK, number);

	return json_string(text);
}

json_t *exact_decimal_new(int64_t value, int places)
{
	g_autofree char *text = exact_decimal_text(value, places);

	return marked_new(text);
}

json_t *exact_quantity_new(int64_t micro)
{
	g_autofree char *text = exact_decimal_text(micro, 6);
	size_t len = strlen(text);

	while (text[len - 1] == '0')
		len--;
	if (text[len - 1] == '.')
		len--;
	text[len] = '\0';
	return marked_new(text);
}

bool exact_is_number(const json_t *value)
{
	const char *text = json_string_value(value);

	return text != NULL && text[0] == MARK;
}

const char *exact_number_text(const json_t *value)
{
	return exact_is_number(value) ? json_string_value(value) + 1 : NULL;
}

const char *exact_string(const json_t *value)
{
	return exact_is_number(value) ? NULL : json_string_value(value);
}

bool exact_decimal(const json_t *value, int places, int64_t *ret)
{
	const char *text = exact_number_text(value), *at;
	int64_t number = 0;
	int digits = 0, left = places;

	if (text == NULL)
		return false;
	for (at = text + (text[0] == '-'); g_ascii_isdigit(*at); at++, digits++)
		if (digits < MAX_INTEGER_DIGITS)
			number = number * 10 + (*at - '0');
	if (digits > MAX_INTEGER_DIGITS)
		return false;
	at += *at == '.';
	for (; left > 0 && g_ascii_isdigit(*at); at++, left--)
		number = number * 10 + (*at - '0');
	for (; left > 0; left--)
		number *= 10;
	at += strspn(at, "0");
	if (*at != '\0')
		return false;
	*ret = text[0] == '-' ? -number : number;
	return true;
}
