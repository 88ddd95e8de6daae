/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/fiscal/ebarimt_sim.h"

#include <string.h>

/* jansson reads "245.94" into a double. So each number becomes a text with this in front before
 * jansson sees it; no text of a request may have one. */
#define MARK "\x01"
#define MARK_ESCAPED "\\u0001"

enum { MAX_DIGITS = 18 }; /* of an int64_t */

static size_t number_len(const char *at)
{
	return strspn(at, "0123456789+-.eE");
}

/* The string that begins at @at, with both its quotes. */
static size_t string_len(const char *at)
{
	size_t i = 1;

	while (at[i] != '"')
		i += at[i] == '\\' ? 2 : 1;
	return i + 1;
}

/* @text is known to be JSON. */
static char *mark_numbers(const char *text)
{
	GString *marked = g_string_new(NULL);

	while (*text != '\0') {
		size_t len = 1;

		if (*text == '"') {
			len = string_len(text);
			g_string_append_len(marked, text, (gssize)len);
		} else if (*text == '-' || g_ascii_isdigit(*text)) {
			len = number_len(text);
			g_string_append(marked, "\"" MARK_ESCAPED);
			g_string_append_len(marked, text, (gssize)len);
			g_string_append_c(marked, '"');
		} else {
			g_string_append_c(marked, *text);
		}
		text += len;
	}
	return g_string_free(marked, false);
}

/* Of JSON: a backslash stands in texts alone, and always with what follows it. */
static bool has_mark(const char *text)
{
	while ((text = strchr(text, '\\')) != NULL) {
		if (g_str_has_prefix(text, MARK_ESCAPED))
			return true;
		text += 2;
	}
	return false;
}

json_t *posapi_json_parse(const char *text, size_t len, char **ret_why)
{
	g_autofree char *marked = NULL;
	json_error_t where;
	json_t *json = json_loadb(text, len, JSON_REJECT_DUPLICATES, &where);

	if (json == NULL) {
		*ret_why = g_strdup_printf("byte %d: %s", where.position, where.text);
		return NULL;
	}
	json_decref(json);
	if (has_mark(text)) {
		*ret_why = g_strdup("a control character in a text");
		return NULL;
	}
	marked = mark_numbers(text);
	return json_loads(marked, 0, NULL);
}

const char *posapi_json_number(const json_t *value)
{
	const char *text = json_string_value(value);

	return text != NULL && text[0] == MARK[0] ? text + 1 : NULL;
}

json_t *posapi_json_new_number(const char *text)
{
	g_autofree char *marked = g_strconcat(MARK, text, NULL);

	return json_string(marked);
}

/* --- the way out ------------------------------------------------------------------------------ */

static void dump(GString *to, const json_t *json, bool decimals);

static void dump_text(GString *to, const json_t *json)
{
	char *text = json_dumps(json, JSON_ENCODE_ANY);

	g_string_append(to, text);
	free(text);
}

static void dump_number(GString *to, const char *text, bool decimals)
{
	g_string_append(to, text);
	if (decimals && strchr(text, '.') == NULL)
		g_string_append(to, ".0");
}

static void dump_key(GString *to, const char *key)
{
	json_t *text = json_string(key);

	dump_text(to, text);
	json_decref(text);
	g_string_append_c(to, ':');
}

static void dump_object(GString *to, json_t *json, bool decimals)
{
	const char *key, *comma = "";
	json_t *value;

	g_string_append_c(to, '{');
	json_object_foreach(json, key, value)
	{
		g_string_append(to, comma);
		dump_key(to, key);
		dump(to, value, decimals);
		comma = ",";
	}
	g_string_append_c(to, '}');
}

static void dump_array(GString *to, const json_t *json, bool decimals)
{
	g_string_append_c(to, '[');
	for (size_t i = 0; i < json_array_size(json); i++) {
		if (i > 0)
			g_string_append_c(to, ',');
		dump(to, json_array_get(json, i), decimals);
	}
	g_string_append_c(to, ']');
}

static void dump(GString *to, const json_t *json, bool decimals)
{
	const char *number = posapi_json_number(json);

	if (number != NULL)
		dump_number(to, number, decimals);
	else if (json_is_object(json))
		dump_object(to, (json_t *)json, decimals);
	else if (json_is_array(json))
		dump_array(to, json, decimals);
	else
		dump_text(to, json);
}

char *posapi_json_dump(const json_t *json, bool decimals)
{
	GString *text = g_string_new(NULL);

	dump(text, json, decimals);
	return g_string_free(text, false);
}

/* --- decimals --------------------------------------------------------------------------------- */

/* Digits of @text as decimals number 1 to @places; zeros may follow. */
static bool take_decimals(const char **text, int places, int64_t *value)
{
	int n = 0;

	while (g_ascii_isdigit(**text)) {
		if (n >= places && **text != '0')
			return false;
		if (n < places)
			*value = *value * 10 + g_ascii_digit_value(**text);
		n++;
		(*text)++;
	}
	for (; n < places; n++)
		*value *= 10;
	return true;
}

bool posapi_decimal(const char *text, int places, int64_t *ret)
{
	bool negative = *text == '-';
	int64_t value = 0;
	size_t len;

	text += negative;
	len = strspn(text, "0123456789");
	if (len == 0 || len + (size_t)places > MAX_DIGITS)
		return false;
	for (; len > 0; len--)
		value = value * 10 + g_ascii_digit_value(*text++);
	if (*text == '.')
		text++;
	if (!take_decimals(&text, places, &value) || *text != '\0')
		return false;
	*ret = negative ? -value : value;
	return true;
}

int64_t posapi_amount(const json_t *object, const char *key)
{
	const char *text = posapi_json_number(json_object_get(object, key));
	int64_t amount = 0;
	bool good = text != NULL && posapi_decimal(text, 2, &amount);

	g_assert(good);
	return amount;
}

const char *posapi_text(const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	return text != NULL ? text : "";
}

char *posapi_amount_text(int64_t mungu)
{
	return g_strdup_printf("%" G_GINT64_FORMAT ".%02d", mungu / 100, (int)(mungu % 100));
}
