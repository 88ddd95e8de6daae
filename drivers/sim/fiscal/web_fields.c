/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/fiscal/web_fields.h"

#include "drivers/sim/fiscal/exact_json.h"

#include <string.h>

typedef struct {
	char **where;
	const char **why;
} Complaint;

static WebWrong complain(const Complaint *self, WebWrong wrong, const char *place, const char *why)
{
	*self->where = g_strdup(place);
	*self->why = why;
	return wrong;
}

const char *web_text(const json_t *object, const char *key)
{
	return exact_string(json_object_get(object, key));
}

int64_t web_sum(const json_t *object, const char *key)
{
	int64_t sum = 0;

	return exact_decimal(json_object_get(object, key), 2, &sum) ? sum : 0;
}

bool web_is_true(const json_t *object, const char *key)
{
	return json_is_true(json_object_get(object, key));
}

static WebWrong check_text(const Complaint *complaint, const json_t *value, const char *place,
			   int max)
{
	const char *text = exact_string(value);

	if (text == NULL)
		return complain(complaint, WEB_BAD, place, "no text");
	if (*text == '\0' || g_utf8_strlen(text, -1) > max)
		return complain(complaint, WEB_BAD, place, "empty or too long");
	for (const char *at = text; *at != '\0'; at++)
		if (g_ascii_iscntrl(*at))
			return complain(complaint, WEB_BAD, place, "a control character");
	return WEB_GOOD;
}

static WebWrong check_number(const Complaint *complaint, const json_t *value, const char *place,
			     const WebField *field)
{
	int places = field->type == WEB_SUM ? 2 : field->type == WEB_QUANTITY ? field->max : 0;
	WebWrong wrong = field->type == WEB_SUM	       ? WEB_BAD_SUM
			 : field->type == WEB_QUANTITY ? WEB_BAD_QUANTITY
						       : WEB_BAD;
	int64_t number;

	if (!exact_is_number(value))
		return complain(complaint, wrong, place, "no number");
	if (!exact_decimal(value, places, &number))
		return complain(complaint, wrong, place, "too many digits, or an exponent");
	if (number < 0 || (number == 0 && field->type == WEB_QUANTITY))
		return complain(complaint, wrong, place, "not positive");
	if (field->type == WEB_INTEGER && number > field->max)
		return complain(complaint, wrong, place, "too large");
	return WEB_GOOD;
}

static WebWrong check_object(const Complaint *complaint, const json_t *object, const char *place,
			     const WebField *fields);

static WebWrong check_field(const Complaint *complaint, const json_t *value, const char *place,
			    const WebField *field)
{
	switch (field->type) {
	case WEB_TEXT:
		return check_text(complaint, value, place, field->max);
	case WEB_SUM:
	case WEB_QUANTITY:
	case WEB_INTEGER:
		return check_number(complaint, value, place, field);
	case WEB_BOOL:
		return json_is_boolean(value)
			       ? WEB_GOOD
			       : complain(complaint, WEB_BAD, place, "not true or false");
	case WEB_ARRAY:
		return json_is_array(value) ? WEB_GOOD
					    : complain(complaint, WEB_BAD, place, "no array");
	case WEB_OBJECT:
		return check_object(complaint, value, place, field->inner);
	case WEB_ANY:
		break;
	}
	return WEB_GOOD;
}

static const WebField *find_field(const WebField *fields, const char *name)
{
	for (; fields->name != NULL; fields++)
		if (strcmp(fields->name, name) == 0)
			return fields;
	return NULL;
}

static WebWrong check_members(const Complaint *complaint, const json_t *object, const char *place,
			      const WebField *fields)
{
	const char *key;
	json_t *value;

	json_object_foreach((json_t *)object, key, value)
	{
		const WebField *field = find_field(fields, key);
		g_autofree char *inside = g_strdup_printf("%s.%s", place, key);
		WebWrong wrong = WEB_GOOD;

		if (field != NULL)
			wrong = check_field(complaint, value, inside, field);
		else if (strcmp(key, "type") != 0)
			wrong = complain(complaint, WEB_UNKNOWN, inside, "an unknown member");
		if (wrong != WEB_GOOD)
			return wrong;
	}
	return WEB_GOOD;
}

static WebWrong check_object(const Complaint *complaint, const json_t *object, const char *place,
			     const WebField *fields)
{
	if (!json_is_object(object))
		return complain(complaint, WEB_BAD, place, "no object");
	if (fields == NULL)
		return WEB_GOOD;
	for (const WebField *field = fields; field->name != NULL; field++) {
		g_autofree char *inside = g_strdup_printf("%s.%s", place, field->name);

		if (field->must && json_object_get(object, field->name) == NULL)
			return complain(complaint, WEB_MISSING, inside, "missing");
	}
	return check_members(complaint, object, place, fields);
}

WebWrong web_fields_check(const json_t *object, const char *place, const WebField *fields,
			  char **where, const char **why)
{
	return check_object(&(Complaint){ where, why }, object, place, fields);
}
