/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/fiscal/atol_sim.h"

#include <string.h>

const AtolField atol_operator_fields[] = {
	{ "name", ATOL_TEXT, true, 64, NULL },
	{ "vatin", ATOL_TEXT, false, 12, NULL },
	{ NULL, ATOL_ANY, false, 0, NULL },
};

int atol_flag(const AtolCall *call, int code, const char *where, const char *why)
{
	sim_log_words(call->sim->context->log, "FLAG: %s: %s", where, why);
	return code;
}

const char *atol_text(const json_t *object, const char *key)
{
	return exact_string(json_object_get(object, key));
}

int64_t atol_sum(const json_t *object, const char *key)
{
	int64_t sum = 0;

	return exact_decimal(json_object_get(object, key), 2, &sum) ? sum : 0;
}

bool atol_flag_of(const json_t *object, const char *key)
{
	return json_is_true(json_object_get(object, key));
}

bool atol_is_base64(const char *text)
{
	size_t body = strspn(text, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "+/");

	return body > 0 && strlen(text) % 4 == 0 && strlen(text) - body <= 2 &&
	       strspn(text + body, "=") == strlen(text + body);
}

static int check_text(const AtolCall *call, const json_t *value, const char *where, int max)
{
	const char *text = exact_string(value);

	if (text == NULL)
		return atol_flag(call, ATOL_BAD_PARAMETER, where, "no text");
	if (*text == '\0' || g_utf8_strlen(text, -1) > max)
		return atol_flag(call, ATOL_BAD_PARAMETER, where, "empty or too long");
	for (const char *at = text; *at != '\0'; at++)
		if (g_ascii_iscntrl(*at))
			return atol_flag(call, ATOL_BAD_PARAMETER, where, "a control character");
	return ATOL_OK;
}

static int check_number(const AtolCall *call, const json_t *value, const char *where,
			const AtolField *field)
{
	int places = field->type == ATOL_SUM ? 2 : field->type == ATOL_QUANTITY_FIELD ? 6 : 0;
	int code = field->type == ATOL_SUM		? ATOL_BAD_SUM
		   : field->type == ATOL_QUANTITY_FIELD ? ATOL_BAD_QUANTITY
							: ATOL_BAD_PARAMETER;
	int64_t number;

	if (!exact_is_number(value))
		return atol_flag(call, code, where, "no number");
	if (!exact_decimal(value, places, &number))
		return atol_flag(call, code, where, "too many digits, or an exponent");
	if (number < 0 || (number == 0 && field->type == ATOL_QUANTITY_FIELD))
		return atol_flag(call, code, where, "not positive");
	if (field->type == ATOL_INTEGER && number > field->max)
		return atol_flag(call, code, where, "too large");
	return ATOL_OK;
}

static int check_field(const AtolCall *call, const json_t *value, const char *where,
		       const AtolField *field)
{
	switch (field->type) {
	case ATOL_TEXT:
		return check_text(call, value, where, field->max);
	case ATOL_SUM:
	case ATOL_QUANTITY_FIELD:
	case ATOL_INTEGER:
		return check_number(call, value, where, field);
	case ATOL_BOOL:
		return json_is_boolean(value)
			       ? ATOL_OK
			       : atol_flag(call, ATOL_BAD_PARAMETER, where, "not true or false");
	case ATOL_ARRAY:
		return json_is_array(value)
			       ? ATOL_OK
			       : atol_flag(call, ATOL_BAD_PARAMETER, where, "no array");
	case ATOL_OBJECT:
		return field->inner != NULL || json_is_object(value)
			       ? atol_fields_check(call, value, where, field->inner)
			       : atol_flag(call, ATOL_BAD_PARAMETER, where, "no object");
	case ATOL_ANY:
		break;
	}
	return ATOL_OK;
}

static int check_known(const AtolCall *call, const json_t *object, const char *where,
		       const AtolField *fields)
{
	const char *key;
	json_t *value;

	json_object_foreach((json_t *)object, key, value)
	{
		const AtolField *field = fields;
		g_autofree char *place = g_strdup_printf("%s.%s", where, key);
		int code;

		while (field->name != NULL && strcmp(field->name, key) != 0)
			field++;
		if (field->name == NULL && strcmp(key, "type") != 0)
			return atol_flag(call, ATOL_PARSE, place, "an unknown member");
		code = field->name != NULL ? check_field(call, value, place, field) : ATOL_OK;
		if (code != ATOL_OK)
			return code;
	}
	return ATOL_OK;
}

int atol_fields_check(const AtolCall *call, const json_t *object, const char *where,
		      const AtolField *fields)
{
	if (!json_is_object(object))
		return atol_flag(call, ATOL_BAD_PARAMETER, where, "no object");
	if (fields == NULL)
		return ATOL_OK;
	for (const AtolField *field = fields; field->name != NULL; field++) {
		g_autofree char *place = g_strdup_printf("%s.%s", where, field->name);

		if (field->must && json_object_get(object, field->name) == NULL)
			return atol_flag(call, ATOL_MISSING, place, "missing");
	}
	return check_known(call, object, where, fields);
}

/* --- print lines (§3.1) ------------------------------------------------------------------------
 */

static const AtolField text_fields[] = {
	{ "text", ATOL_ANY, true, 0, NULL },	      { "alignment", ATOL_TEXT, false, 6, NULL },
	{ "wrap", ATOL_TEXT, false, 5, NULL },	      { "font", ATOL_INTEGER, false, 9, NULL },
	{ "doubleWidth", ATOL_BOOL, false, 0, NULL }, { "doubleHeight", ATOL_BOOL, false, 0, NULL },
	{ NULL, ATOL_ANY, false, 0, NULL },
};
static const AtolField barcode_fields[] = {
	{ "barcode", ATOL_TEXT, true, 512, NULL },
	{ "barcodeType", ATOL_TEXT, true, 16, NULL },
	{ "alignment", ATOL_TEXT, false, 6, NULL },
	{ "scale", ATOL_INTEGER, false, 10, NULL },
	{ "height", ATOL_INTEGER, false, 1000, NULL },
	{ "printText", ATOL_BOOL, false, 0, NULL },
	{ NULL, ATOL_ANY, false, 0, NULL },
};
static const AtolField picture_fields[] = {
	{ "pictureNumber", ATOL_INTEGER, true, 255, NULL },
	{ "alignment", ATOL_TEXT, false, 6, NULL },
	{ NULL, ATOL_ANY, false, 0, NULL },
};

static bool one_of(const char *text, const char *words)
{
	g_auto(GStrv) list = g_strsplit(words, "|", -1);

	return text == NULL || g_strv_contains((const char *const *)list, text);
}

static int check_print_item(const AtolCall *call, const json_t *item, const char *where)
{
	const char *type = json_is_object(item) ? atol_text(item, "type") : NULL;
	int code;

	if (g_strcmp0(type, "text") == 0)
		code = atol_fields_check(call, item, where, text_fields);
	else if (g_strcmp0(type, "barcode") == 0)
		code = atol_fields_check(call, item, where, barcode_fields);
	else if (g_strcmp0(type, "pictureFromMemory") == 0)
		code = atol_fields_check(call, item, where, picture_fields);
	else
		return atol_flag(call, ATOL_PARSE, where, "an unknown type of item");
	if (code != ATOL_OK)
		return code;
	/* An empty text is an empty line. */
	if (strcmp(type, "text") == 0 && atol_text(item, "text") == NULL)
		return atol_flag(call, ATOL_BAD_PARAMETER, where, "no text");
	if (!one_of(atol_text(item, "alignment"), "left|center|right") ||
	    !one_of(atol_text(item, "wrap"), "none|words|chars"))
		return atol_flag(call, ATOL_BAD_PARAMETER, where, "alignment or wrap");
	return ATOL_OK;
}

int atol_print_items_check(const AtolCall *call, const json_t *items, const char *where)
{
	const json_t *item;
	size_t i;

	json_array_foreach(items, i, item)
	{
		g_autofree char *place = g_strdup_printf("%s[%zu]", where, i);
		int code = check_print_item(call, item, place);

		if (code != ATOL_OK)
			return code;
	}
	return ATOL_OK;
}

static void print_item(GPtrArray *paper, const json_t *item)
{
	const char *type = atol_text(item, "type"), *text = atol_text(item, "text");
	const char *alignment = atol_text(item, "alignment");

	if (g_strcmp0(type, "barcode") == 0)
		web_paper_add(paper, "%s: %s", atol_text(item, "barcodeType"),
			      atol_text(item, "barcode"));
	else if (g_strcmp0(type, "text") != 0)
		return;
	else if (g_strcmp0(alignment, "center") == 0)
		web_paper_centre(paper, text);
	else if (g_strcmp0(alignment, "right") == 0)
		web_paper_pair(paper, "", text);
	else
		web_paper_wrap(paper, text);
}

void atol_paper_items(GPtrArray *paper, const json_t *items)
{
	const json_t *item;
	size_t i;

	json_array_foreach(items, i, item) print_item(paper, item);
}
