/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/fiscal/atol_sim.h"

#include <string.h>

/* What the registrar refuses of a receipt (§3.1), before anything is done. */
enum { ROUBLE = 100 };

static const WebField client_fields[] = {
	{ "emailOrPhone", WEB_TEXT, false, 64, NULL },
	{ "name", WEB_TEXT, false, 256, NULL },
	{ "vatin", WEB_TEXT, false, 12, NULL },
	{ NULL, WEB_ANY, false, 0, NULL },
};
static const WebField company_fields[] = {
	{ "email", WEB_TEXT, false, 64, NULL },
	{ "paymentsPlace", WEB_TEXT, false, 256, NULL },
	{ "paymentsAddress", WEB_TEXT, false, 256, NULL },
	{ "machineNumber", WEB_TEXT, false, 20, NULL },
	{ NULL, WEB_ANY, false, 0, NULL },
};
static const WebField payment_fields[] = {
	{ "type", WEB_ANY, true, 0, NULL },
	{ "sum", WEB_SUM, true, 0, NULL },
	{ NULL, WEB_ANY, false, 0, NULL },
};
/* Not on the page: items that carry tags 1084 and 1192. */
static const WebField attribute_fields[] = {
	{ "name", WEB_TEXT, false, 64, NULL },
	{ "value", WEB_TEXT, true, 256, NULL },
	{ "print", WEB_BOOL, false, 0, NULL },
	{ NULL, WEB_ANY, false, 0, NULL },
};
#define RECEIPT_FIELDS                                                                             \
	{ "taxationType", WEB_TEXT, true, 32, NULL },                                              \
		{ "electronically", WEB_BOOL, false, 0, NULL },                                    \
		{ "ignoreNonFiscalPrintErrors", WEB_BOOL, false, 0, NULL },                        \
		{ "operator", WEB_OBJECT, true, 0, atol_operator_fields },                         \
		{ "clientInfo", WEB_OBJECT, false, 0, client_fields },                             \
		{ "companyInfo", WEB_OBJECT, false, 0, company_fields },                           \
		{ "paymentsPlace", WEB_TEXT, false, 256, NULL },                                   \
		{ "paymentsAddress", WEB_TEXT, false, 256, NULL },                                 \
		{ "machineNumber", WEB_TEXT, false, 20, NULL },                                    \
		{ "items", WEB_ARRAY, true, 0, NULL }, { "payments", WEB_ARRAY, true, 0, NULL },   \
		{ "taxes", WEB_ARRAY, false, 0, NULL }, { "total", WEB_SUM, false, 0, NULL },      \
		{ "preItems", WEB_ARRAY, false, 0, NULL },                                         \
		{ "postItems", WEB_ARRAY, false, 0, NULL },                                        \
	{                                                                                          \
		"validateMarkingCodes", WEB_BOOL, false, 0, NULL                                   \
	}
const WebField atol_receipt_fields[] = {
	RECEIPT_FIELDS,
	{ NULL, WEB_ANY, false, 0, NULL },
};
const WebField atol_correction_fields[] = {
	RECEIPT_FIELDS,
	{ "correctionType", WEB_TEXT, true, 16, NULL },
	{ "correctionBaseDate", WEB_TEXT, true, 10, NULL },
	{ "correctionBaseNumber", WEB_ANY, false, 0, NULL },
	{ NULL, WEB_ANY, false, 0, NULL },
};

const char *const atol_payment_names[ATOL_N_PAYMENTS] = { "cash", "electronically", "prepaid",
							  "credit", "other" };

static int read_item(const AtolCall *call, const json_t *item, const char *where, AtolReceipt *ret)
{
	const char *type = json_is_object(item) ? web_text(item, "type") : NULL;
	json_t *alone;
	int code;

	if (g_strcmp0(type, "position") == 0)
		return atol_position_read(call, item, where, ret);
	if (g_strcmp0(type, "userAttribute") == 0 || g_strcmp0(type, "additionalAttribute") == 0)
		return atol_fields_check(call, item, where, attribute_fields);
	alone = json_pack("[O]", item);
	code = atol_print_items_check(call, alone, where);
	json_decref(alone);
	return code;
}

static int read_items(const AtolCall *call, AtolReceipt *ret)
{
	const json_t *item;
	size_t i;

	json_array_foreach(json_object_get(call->task, "items"), i, item)
	{
		g_autofree char *where = g_strdup_printf("%s.items[%zu]", call->type->name, i);
		int code = read_item(call, item, where, ret);

		if (code != ATOL_OK)
			return code;
	}
	if (ret->lines->len == 0)
		return atol_flag(call, ATOL_MISSING, call->type->name, "no position");
	return ATOL_OK;
}

/* --- payments and total ----------------------------------------------------------------------- */

static int read_payment(const AtolCall *call, const json_t *payment, const char *where,
			AtolReceipt *ret)
{
	static const AtolName names[] = { { "cash", 0 },    { "electronically", 1 },
					  { "prepaid", 2 }, { "credit", 3 },
					  { "other", 4 },   { "0", 0 },
					  { "1", 1 },	    { "2", 2 },
					  { "3", 3 },	    { "4", 4 },
					  { NULL, 0 } };
	int code = atol_fields_check(call, payment, where, payment_fields), kind;

	if (code != ATOL_OK)
		return code;
	kind = atol_name_find(names, web_text(payment, "type"));
	if (kind < 0)
		return atol_flag(call, ATOL_PAYMENT_TYPE, where, "an unknown type of payment");
	ret->paid[kind] += web_sum(payment, "sum");
	if (ret->paid[kind] > ATOL_MAX_SUM)
		return atol_flag(call, ATOL_PAYMENTS_OVERFLOW, where, "payments");
	return ATOL_OK;
}

static int read_total(const AtolCall *call, AtolReceipt *ret)
{
	ret->total = ret->sum;
	if (json_object_get(call->task, "total") == NULL)
		return ATOL_OK;
	ret->total = web_sum(call->task, "total");
	if (ret->total != ret->sum && ret->total != ret->sum - ret->sum % ROUBLE)
		return atol_flag(call, ATOL_WRONG_TOTAL, call->type->name,
				 "total is not the sum of the positions");
	return ATOL_OK;
}

/* Change is given of cash alone, and on no return. */
static int check_paid(const AtolCall *call, AtolReceipt *receipt)
{
	bool pays_out = call->type->kind == ATOL_SELL_RETURN || call->type->kind == ATOL_BUY;
	int64_t paid = 0;

	for (int i = 0; i < ATOL_N_PAYMENTS; i++)
		paid += receipt->paid[i];
	if (paid < receipt->total)
		return atol_flag(call, ATOL_NOT_PAID, call->type->name, "not fully paid");
	if (paid - receipt->paid[ATOL_CASH] > receipt->total)
		return atol_flag(call, ATOL_NONCASH_TOO_MUCH, call->type->name,
				 "more than the total is paid without cash");
	receipt->change = paid - receipt->total;
	if (receipt->change > 0 && (pays_out || call->type->correction))
		return atol_flag(call, ATOL_PAYMENTS_OVERFLOW, call->type->name,
				 "more is paid than the total");
	return ATOL_OK;
}

static int read_payments(const AtolCall *call, AtolReceipt *ret)
{
	const json_t *payment;
	size_t i;
	int code = read_total(call, ret);

	json_array_foreach(json_object_get(call->task, "payments"), i, payment)
	{
		g_autofree char *where = g_strdup_printf("%s.payments[%zu]", call->type->name, i);

		if (code == ATOL_OK)
			code = read_payment(call, payment, where, ret);
	}
	return code == ATOL_OK ? check_paid(call, ret) : code;
}

static int check_taxes(const AtolCall *call)
{
	const json_t *tax;
	size_t i;

	json_array_foreach(json_object_get(call->task, "taxes"), i, tax)
	{
		g_autofree char *where = g_strdup_printf("%s.taxes[%zu]", call->type->name, i);
		int code = atol_fields_check(call, tax, where, atol_tax_fields);

		if (code == ATOL_OK && atol_tax_find(web_text(tax, "type")) == NULL)
			code = atol_flag(call, ATOL_TAX, where, "an unknown tax");
		if (code != ATOL_OK)
			return code;
	}
	return ATOL_OK;
}

/* --- the rest --------------------------------------------------------------------------------- */

static bool is_vatin(const char *text)
{
	size_t len = text != NULL ? strlen(text) : 10;

	return (len == 10 || len == 12) && (text == NULL || strspn(text, G_CSET_DIGITS) == len);
}

static int read_head(const AtolCall *call, AtolReceipt *ret)
{
	static const AtolName systems[] = {
		{ "osn", 1 },  { "usnIncome", 2 }, { "usnIncomeOutcome", 4 },
		{ "envd", 8 }, { "esn", 16 },	   { "patent", 32 },
		{ NULL, 0 }
	};
	const json_t *client = json_object_get(call->task, "clientInfo");

	ret->tax_system = atol_name_find(systems, web_text(call->task, "taxationType"));
	ret->electronically = web_is_true(call->task, "electronically");
	if (ret->tax_system < 0)
		return atol_flag(call, ATOL_TAX_SYSTEM, call->type->name, "taxationType");
	if (ret->electronically && web_text(client, "emailOrPhone") == NULL)
		return atol_flag(call, ATOL_TAG_REQUIRED, call->type->name,
				 "electronically without clientInfo.emailOrPhone (1008)");
	if (!is_vatin(web_text(client, "vatin")) ||
	    !is_vatin(web_text(json_object_get(call->task, "operator"), "vatin")))
		return atol_flag(call, ATOL_BAD_PARAMETER, call->type->name, "vatin");
	return ATOL_OK;
}

static bool is_past_date(const Atol *self, const char *text)
{
	int year, month, day;
	g_autoptr(GDateTime) date = NULL;

	if (!g_regex_match_simple("^[0-9]{4}\\.[0-9]{2}\\.[0-9]{2}$", text, 0, 0))
		return false;
	year = (int)g_ascii_strtoll(text, NULL, 10);
	month = (int)g_ascii_strtoll(text + 5, NULL, 10);
	day = (int)g_ascii_strtoll(text + 8, NULL, 10);
	date = g_date_time_new_local(year, month, day, 0, 0, 0);
	return date != NULL && g_date_time_to_unix(date) <= atol_now(self);
}

static int check_correction(const AtolCall *call)
{
	const json_t *task = call->task, *number = json_object_get(task, "correctionBaseNumber");
	const char *type = web_text(task, "correctionType"), *text = exact_string(number);

	if (strcmp(type, "self") != 0 && strcmp(type, "instruction") != 0)
		return atol_flag(call, ATOL_BAD_PARAMETER, call->type->name, "correctionType");
	if (!is_past_date(call->sim, web_text(task, "correctionBaseDate")))
		return atol_flag(call, ATOL_BAD_PARAMETER, call->type->name, "correctionBaseDate");
	if (number != NULL && (text == NULL || g_utf8_strlen(text, -1) > 32))
		return atol_flag(call, ATOL_BAD_PARAMETER, call->type->name,
				 "correctionBaseNumber");
	if (strcmp(type, "instruction") == 0 && (text == NULL || *text == '\0'))
		return atol_flag(call, ATOL_TAG_REQUIRED, call->type->name,
				 "an instruction without its number (1179)");
	return ATOL_OK;
}

int atol_receipt_read(const AtolCall *call, AtolReceipt *ret)
{
	int code;

	*ret = (AtolReceipt){ .lines = g_array_new(false, false, sizeof(AtolLine)) };
	code = read_head(call, ret);
	if (code == ATOL_OK && call->type->correction)
		code = check_correction(call);
	if (code == ATOL_OK)
		code = read_items(call, ret);
	if (code == ATOL_OK)
		code = read_payments(call, ret);
	if (code == ATOL_OK)
		code = check_taxes(call);
	if (code == ATOL_OK)
		code = atol_print_items_check(call, json_object_get(call->task, "preItems"),
					      "preItems");
	if (code == ATOL_OK)
		code = atol_print_items_check(call, json_object_get(call->task, "postItems"),
					      "postItems");
	return code;
}

void atol_receipt_clear(AtolReceipt *self)
{
	g_array_unref(self->lines);
}
