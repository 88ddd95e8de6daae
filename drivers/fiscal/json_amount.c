/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/fiscal/json_amount.h"

#include "core/decimal.h"
#include "drivers/device.h"

#include <string.h>

#define BYTE_ORDER_MARK "\xEF\xBB\xBF"

char *json_amount_dup_text(int64_t value, int decimals)
{
	return decimal_format(value, decimals);
}

void json_amount_write_digits(GString *to, const char *key, const char *digits)
{
	char last = to->len > 0 ? to->str[to->len - 1] : '[';

	if (last != '{' && last != '[')
		g_string_append_c(to, ',');
	if (key != NULL)
		g_string_append_printf(to, "\"%s\":", key);
	g_string_append(to, digits);
}

void json_amount_write(GString *to, const char *key, int64_t value, int decimals)
{
	g_autofree char *digits = json_amount_dup_text(value, decimals);

	json_amount_write_digits(to, key, digits);
}

static size_t count_digits(const char *text, size_t len)
{
	size_t n = 0;

	while (n < len && g_ascii_isdigit(text[n]))
		n++;
	return n;
}

/* What may follow the digits before the point: ".5", "e-7", or a letter and nothing that counts. */
static size_t count_tail(const char *text, size_t len, size_t n_lead)
{
	size_t lead = n_lead, digits;

	if (len == 0)
		return 0;
	if (lead > 1 && (len <= 1 || (text[1] != '+' && text[1] != '-')))
		lead = 1;
	digits = len > lead ? count_digits(text + lead, len - lead) : 0;
	return digits > 0 ? lead + digits : 0;
}

/* Length of the number that @text begins with, by JSON's grammar; 0 if none. */
static size_t count_number(const char *text, size_t len, bool *ret_exponent)
{
	size_t n = len > 0 && text[0] == '-' ? 1 : 0;
	size_t digits = count_digits(text + n, len - n);

	*ret_exponent = false;
	if (digits == 0)
		return 0;
	n += text[n] == '0' ? 1 : digits;
	if (n < len && text[n] == '.')
		n += count_tail(text + n, len - n, 1);
	if (n < len && (text[n] == 'e' || text[n] == 'E')) {
		size_t exponent = count_tail(text + n, len - n, 2);

		*ret_exponent = exponent > 0;
		n += exponent;
	}
	return n;
}

bool json_amount_read(const char *number_text, int decimals, int64_t *ret)
{
	size_t len = number_text != NULL ? strlen(number_text) : 0;
	bool exponent;

	return len > 0 && count_number(number_text, len, &exponent) == len && !exponent &&
	       decimal_parse(number_text, decimals, ret);
}

/* The closing quote is included; a string that does not end is jansson's to refuse. */
static size_t count_string(const char *text, size_t len)
{
	for (size_t n = 1; n < len; n++) {
		if (text[n] == '"')
			return n + 1;
		if (text[n] == '\\')
			n++;
	}
	return len;
}

/* A number in a key's place would become a key by its quotes. */
static bool is_before_colon(const char *text, size_t len)
{
	size_t n = 0;

	while (n < len && strchr(" \t\r\n", text[n]) != NULL && text[n] != '\0')
		n++;
	return n < len && text[n] == ':';
}

/* @text with quotes around its numbers. What was no JSON is none afterwards: pieces of what only
 * looks like a number ("01", "1.2.3") become strings without a comma between. */
static GString *quote_numbers(const char *text, size_t len)
{
	GString *quoted = g_string_sized_new(len + len / 4 + 16);

	for (size_t i = 0, n; i < len; i += n) {
		bool exponent, number;

		n = text[i] == '"' ? count_string(text + i, len - i)
				   : count_number(text + i, len - i, &exponent);
		number = n > 0 && text[i] != '"' && !is_before_colon(text + i + n, len - i - n);
		n = MAX(n, (size_t)1);
		if (number)
			g_string_append_c(quoted, '"');
		g_string_append_len(quoted, text + i, (gssize)n);
		if (number)
			g_string_append_c(quoted, '"');
	}
	return quoted;
}

static json_t *load(const char *text, size_t len, json_error_t *reason)
{
	GString *quoted = quote_numbers(text, len);
	json_t *json = json_loadb(quoted->str, quoted->len, JSON_REJECT_DUPLICATES, reason);

	g_string_free(quoted, TRUE);
	return json;
}

json_t *json_amount_loads(const char *text, size_t len, GError **error)
{
	json_error_t reason = { .text = "a zero byte" };
	json_t *json = NULL;

	if (len >= 3 && memcmp(text, BYTE_ORDER_MARK, 3) == 0) {
		text += 3;
		len -= 3;
	}
	/* jansson takes one behind a number for a blank. */
	if (len == 0 || memchr(text, '\0', len) == NULL)
		json = load(text, len, &reason);
	if (json == NULL)
		g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_PROTOCOL, "no JSON: %s", reason.text);
	return json;
}
