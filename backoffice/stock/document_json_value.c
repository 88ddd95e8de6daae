/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values of a document's JSON, read strictly. */
#include "backoffice/stock/document_json.h"
#include "core/money.h"
#include "core/quantity.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

bool json_in_refuse(const JsonIn *self, GError **error, const char *format, ...)
{
	g_autofree char *sentence = NULL;
	va_list args;

	va_start(args, format);
	sentence = g_strdup_vprintf(format, args);
	va_end(args);
	if (self->line == 0) { /* the same words begin a sentence here */
		char first[7] = { 0 };

		g_unichar_to_utf8(g_unichar_toupper(g_utf8_get_char(sentence)), first);
		return document_refuse(error, DOCUMENT_ERROR_INVALID, "%s%s", first,
				       g_utf8_next_char(sentence));
	}
	return document_refuse_line(error, self->line, NULL, "%s", sentence);
}

/* --- members ------------------------------------------------------------------------------- */

static bool refuse_member(const JsonIn *self, const char *name, const JsonInMember *members,
			  GError **error)
{
	g_autoptr(GString) known = g_string_new(NULL);

	for (const JsonInMember *member = members; member->name != NULL; member++)
		if ((member->kinds & KIND_BIT(self->kind)) != 0)
			g_string_append_printf(known, "%s%s", known->len > 0 ? ", " : "",
					       member->name);
	if (self->kind == KIND_RECIPE)
		return json_in_refuse(self, error,
				      _("there is no member “%s” in a recipe, only %s."), name,
				      known->str);
	return json_in_refuse(self, error,
			      _("there is no member “%s” in a document of the kind “%s”, only %s."),
			      name, document_kind_code(self->kind), known->str);
}

bool json_in_members(const JsonIn *self, const json_t *json, const JsonInMember *members,
		     GError **error)
{
	const char *name;
	json_t *value;

	if (!json_is_object(json))
		return json_in_refuse(self, error, _("a JSON object has to stand here: {…}."));
	json_object_foreach((json_t *)json, name, value)
	{
		const JsonInMember *member = members;

		while (member->name != NULL && strcmp(member->name, name) != 0)
			member++;
		if (member->name == NULL || (member->kinds & KIND_BIT(self->kind)) == 0)
			return refuse_member(self, name, members, error);
	}
	return true;
}

/* --- texts, flags, numbers ----------------------------------------------------------------- */

bool json_in_text(const JsonIn *self, const json_t *json, const char *name, const char **ret,
		  GError **error)
{
	const json_t *value = json_object_get(json, name);

	*ret = NULL;
	if (value == NULL)
		return true;
	*ret = json_string_value(value);
	if (*ret == NULL || strlen(*ret) != json_string_length(value) ||
	    !document_text_is_sound(*ret))
		return json_in_refuse(self, error,
				      _("“%s” has to be a text of at most %d characters."), name,
				      DOCUMENT_TEXT_MAX);
	return **ret != '\0' ||
	       json_in_refuse(self, error, _("“%s” is empty: leave it out."), name);
}

bool json_in_take_text(const JsonIn *self, const json_t *json, const char *name, char **text,
		       GError **error)
{
	const char *given;

	if (!json_in_text(self, json, name, &given, error))
		return false;
	if (given != NULL) {
		g_free(*text);
		*text = g_strstrip(g_strdup(given));
	}
	return true;
}

bool json_in_flag(const JsonIn *self, const json_t *json, const char *name, bool *ret,
		  GError **error)
{
	const json_t *value = json_object_get(json, name);

	*ret = json_is_true(value);
	return value == NULL || json_is_boolean(value) ||
	       json_in_refuse(self, error, _("“%s” has to be true or false."), name);
}

bool json_in_whole(const JsonIn *self, const json_t *json, const char *name, int *ret,
		   GError **error)
{
	const json_t *value = json_object_get(json, name);

	*ret = 0;
	if (value == NULL)
		return true;
	if (!json_is_integer(value) || json_integer_value(value) < 1 ||
	    json_integer_value(value) > 1000)
		return json_in_refuse(self, error, _("“%s” has to be a whole number from 1 on."),
				      name);
	*ret = (int)json_integer_value(value);
	return true;
}

/* The digits of a decimal: a string, or a whole JSON number; own it. NULL: neither. */
static char *dup_decimal(const json_t *value)
{
	if (json_is_integer(value))
		return g_strdup_printf("%" JSON_INTEGER_FORMAT, json_integer_value(value));
	return g_strdup(json_string_value(value));
}

bool json_in_quantity(const JsonIn *self, const json_t *json, const char *name, bool *ret_has,
		      int64_t *ret, GError **error)
{
	const json_t *value = json_object_get(json, name);
	g_autofree char *text = dup_decimal(value);
	Quantity quantity;

	*ret_has = value != NULL;
	*ret = 0;
	if (value == NULL)
		return true;
	if (text == NULL || !quantity_parse_decimal(text, &quantity))
		return json_in_refuse(self, error,
				      _("“%s” has to be a string of decimal digits, at most six "
					"after the point: \"1.5\"."),
				      name);
	if (quantity.micro < 0 && self->kind == KIND_RECIPE)
		return json_in_refuse(self, error, _("“%s” is below zero."), name);
	if (quantity.micro < 0)
		return json_in_refuse(self, error,
				      _("“%s” is below zero. What leaves the shop is a document of "
					"another kind."),
				      name);
	*ret = quantity.micro;
	return true;
}

bool json_in_amount(const JsonIn *self, const json_t *json, const char *name, bool *ret_has,
		    int64_t *ret, GError **error)
{
	const json_t *value = json_object_get(json, name);
	g_autofree char *text = dup_decimal(value);
	Money amount;

	*ret_has = value != NULL;
	*ret = 0;
	if (value == NULL)
		return true;
	if (text == NULL || !money_parse_decimal(text, self->currency, &amount))
		return json_in_refuse(self, error,
				      _("“%s” has to be an amount of the shop's currency, a string "
					"of decimal digits: \"1234.00\"."),
				      name);
	if (amount.minor < 0)
		return json_in_refuse(self, error, _("“%s” is below zero."), name);
	*ret = amount.minor;
	return true;
}

/* --- days and moments ---------------------------------------------------------------------- */

/* "2026-11-28" and nothing else. */
static bool parse_day(const char *text, int32_t *ret)
{
	static const char shape[] = "0000-00-00";
	int32_t day = 0;

	for (size_t i = 0; i < sizeof shape; i++) {
		if (shape[i] == '0' ? !g_ascii_isdigit(text[i]) : text[i] != shape[i])
			return false;
		if (shape[i] == '0')
			day = day * 10 + (text[i] - '0');
	}
	*ret = day;
	return document_day_is_sound(day);
}

bool json_in_day(const JsonIn *self, const json_t *json, const char *name, int32_t *ret,
		 GError **error)
{
	const char *text;

	*ret = 0;
	if (!json_in_text(self, json, name, &text, error))
		return false;
	return text == NULL || parse_day(text, ret) ||
	       json_in_refuse(self, error, _("“%s” has to be a day like 2027-01-31, not “%s”."),
			      name, text);
}

static GDateTime *parse_moment(const JsonIn *self, const char *text)
{
	int32_t day;

	if (!parse_day(text, &day))
		return strchr(text, 'T') != NULL ? g_date_time_new_from_iso8601(text, self->zone)
						 : NULL;
	return g_date_time_new(self->zone, day / 10000, day / 100 % 100, day % 100, 0, 0, 0);
}

bool json_in_moment(const JsonIn *self, const json_t *json, const char *name, int64_t *ret,
		    GError **error)
{
	g_autoptr(GDateTime) moment = NULL;
	const char *text;

	*ret = 0;
	if (!json_in_text(self, json, name, &text, error))
		return false;
	if (text == NULL)
		return true;
	moment = parse_moment(self, text);
	if (moment == NULL || g_date_time_get_year(moment) < 2000)
		return json_in_refuse(self, error,
				      _("“%s” has to be a day like 2026-11-28 or a time like "
					"2026-11-28T14:30:00+08:00, not “%s”."),
				      name, text);
	*ret = g_date_time_to_unix(moment) * G_USEC_PER_SEC + g_date_time_get_microsecond(moment);
	return *ret <= self->now ||
	       json_in_refuse(self, error,
			      _("“%s” is still to come: a document speaks of what has happened."),
			      name);
}
