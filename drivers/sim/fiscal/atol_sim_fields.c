/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/fiscal/atol_sim.h"

#include <string.h>

const WebField atol_operator_fields[] = {
	{ "name", WEB_TEXT, true, 64, NULL },
	{ "vatin", WEB_TEXT, false, 12, NULL },
	{ NULL, WEB_ANY, false, 0, NULL },
};

int atol_flag(const AtolCall *call, int code, const char *where, const char *why)
{
	sim_log_words(call->sim->context->log, "FLAG: %s: %s", where, why);
	return code;
}

bool atol_is_base64(const char *text)
{
	size_t body = strspn(text, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "+/");

	return body > 0 && strlen(text) % 4 == 0 && strlen(text) - body <= 2 &&
	       strspn(text + body, "=") == strlen(text + body);
}

int atol_fields_check(const AtolCall *call, const json_t *object, const char *place,
		      const WebField *fields)
{
	static const int codes[] = {
		[WEB_GOOD] = ATOL_OK,	      [WEB_MISSING] = ATOL_MISSING,
		[WEB_UNKNOWN] = ATOL_PARSE,   [WEB_BAD] = ATOL_BAD_PARAMETER,
		[WEB_BAD_SUM] = ATOL_BAD_SUM, [WEB_BAD_QUANTITY] = ATOL_BAD_QUANTITY,
	};
	g_autofree char *where = NULL;
	const char *why = NULL;
	WebWrong wrong = web_fields_check(object, place, fields, &where, &why);

	return wrong == WEB_GOOD ? ATOL_OK : atol_flag(call, codes[wrong], where, why);
}

/* --- print lines (§3.1) ----------------------------------------------------------------------- */

static const WebField text_fields[] = {
	{ "text", WEB_ANY, true, 0, NULL },	     { "alignment", WEB_TEXT, false, 6, NULL },
	{ "wrap", WEB_TEXT, false, 5, NULL },	     { "font", WEB_INTEGER, false, 9, NULL },
	{ "doubleWidth", WEB_BOOL, false, 0, NULL }, { "doubleHeight", WEB_BOOL, false, 0, NULL },
	{ NULL, WEB_ANY, false, 0, NULL },
};
static const WebField barcode_fields[] = {
	{ "barcode", WEB_TEXT, true, 512, NULL },
	{ "barcodeType", WEB_TEXT, true, 16, NULL },
	{ "alignment", WEB_TEXT, false, 6, NULL },
	{ "scale", WEB_INTEGER, false, 10, NULL },
	{ "height", WEB_INTEGER, false, 1000, NULL },
	{ "printText", WEB_BOOL, false, 0, NULL },
	{ NULL, WEB_ANY, false, 0, NULL },
};
static const WebField picture_fields[] = {
	{ "pictureNumber", WEB_INTEGER, true, 255, NULL },
	{ "alignment", WEB_TEXT, false, 6, NULL },
	{ NULL, WEB_ANY, false, 0, NULL },
};

static bool one_of(const char *text, const char *words)
{
	g_auto(GStrv) list = g_strsplit(words, "|", -1);

	return text == NULL || g_strv_contains((const char *const *)list, text);
}

/* An empty one is an empty line. */
static bool is_line(const char *text)
{
	for (; text != NULL && *text != '\0'; text++)
		if (g_ascii_iscntrl(*text))
			return false;
	return text != NULL;
}

static int check_print_item(const AtolCall *call, const json_t *item, const char *where)
{
	const char *type = json_is_object(item) ? web_text(item, "type") : NULL;
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
	if (strcmp(type, "text") == 0 && !is_line(web_text(item, "text")))
		return atol_flag(call, ATOL_BAD_PARAMETER, where, "no line of text");
	if (!one_of(web_text(item, "alignment"), "left|center|right") ||
	    !one_of(web_text(item, "wrap"), "none|words|chars"))
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

void atol_paper_item(GPtrArray *paper, const json_t *item)
{
	const char *type = web_text(item, "type"), *text = web_text(item, "text");
	const char *alignment = web_text(item, "alignment");

	if (g_strcmp0(type, "barcode") == 0)
		web_paper_add(paper, "%s: %s", web_text(item, "barcodeType"),
			      web_text(item, "barcode"));
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

	json_array_foreach(items, i, item)
	{
		atol_paper_item(paper, item);
	}
}
