/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/json_values.h"

#include <string.h>

bool json_read_int(const json_t *json, const char *key, int64_t min, int64_t max, int64_t *ret)
{
	const json_t *value = json_object_get(json, key);

	if (!json_is_integer(value) || json_integer_value(value) < min ||
	    json_integer_value(value) > max)
		return false;
	*ret = json_integer_value(value);
	return true;
}

bool json_read_bool(const json_t *json, const char *key, bool *ret)
{
	const json_t *value = json_object_get(json, key);

	if (!json_is_boolean(value))
		return false;
	*ret = json_is_true(value);
	return true;
}

const char *json_read_text(const json_t *json, const char *key)
{
	const json_t *value = json_object_get(json, key);
	const char *text = json_string_value(value);

	if (text == NULL || strlen(text) != json_string_length(value))
		return NULL;
	return text;
}

static const Money *amount_at(const void *from, const JsonMoney *field)
{
	return (const Money *)(const void *)((const char *)from + field->offset);
}

bool json_read_amounts(const json_t *json, const JsonMoney *fields, int n, uint16_t currency,
		       void *ret)
{
	for (int i = 0; i < n; i++) {
		Money *amount = (Money *)(void *)((char *)ret + fields[i].offset);

		amount->currency = currency;
		if (!json_read_int(json, fields[i].name, INT64_MIN, INT64_MAX, &amount->minor))
			return false;
	}
	return true;
}

bool json_has_amounts(const json_t *json, const JsonMoney *fields, int n, const void *expected)
{
	for (int i = 0; i < n; i++) {
		int64_t value = amount_at(expected, &fields[i])->minor;

		if (!json_read_int(json, fields[i].name, value, value, &value))
			return false;
	}
	return true;
}

void json_write_int(json_t *json, const char *key, int64_t value)
{
	json_object_set_new_nocheck(json, key, json_integer(value));
}

void json_write_text(json_t *json, const char *key, const char *text)
{
	json_object_set_new_nocheck(json, key, json_string(text));
}
