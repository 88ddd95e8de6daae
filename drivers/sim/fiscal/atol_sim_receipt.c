/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/fiscal/atol_sim.h"

#include <string.h>

/* What the registrar refuses of a receipt (§3.1), before anything is done. */
enum { UNIT_TEXT_MAX = 16, ONE = 1000000, ROUBLE = 100 };

static const AtolField client_fields[] = {
	{ "emailOrPhone", ATOL_TEXT, false, 64, NULL },
	{ "name", ATOL_TEXT, false, 256, NULL },
	{ "vatin", ATOL_TEXT, false, 12, NULL },
	{ NULL, ATOL_ANY, false, 0, NULL },
};
static const AtolField company_fields[] = {
	{ "email", ATOL_TEXT, false, 64, NULL },
	{ "paymentsPlace", ATOL_TEXT, false, 256, NULL },
	{ "paymentsAddress", ATOL_TEXT, false, 256, NULL },
	{ "machineNumber", ATOL_TEXT, false, 20, NULL },
	{ NULL, ATOL_ANY, false, 0, NULL },
};
static const AtolField tax_fields[] = {
	{ "type", ATOL_TEXT, true, 8, NULL },
	{ "sum", ATOL_SUM, false, 0, NULL },
	{ NULL, ATOL_ANY, false, 0, NULL },
};
static const AtolField payment_fields[] = {
	{ "type", ATOL_ANY, true, 0, NULL },
	{ "sum", ATOL_SUM, true, 0, NULL },
	{ NULL, ATOL_ANY, false, 0, NULL },
};
static const AtolField mark_code_fields[] = {
	{ "type", ATOL_TEXT, false, 16, NULL },
	{ "mark", ATOL_TEXT, true, 1024, NULL },
	{ NULL, ATOL_ANY, false, 0, NULL },
};
static const AtolField position_fields[] = {
	{ "name", ATOL_TEXT, true, 128, NULL },
	{ "price", ATOL_SUM, true, 0, NULL },
	{ "quantity", ATOL_QUANTITY_FIELD, true, 0, NULL },
	{ "amount", ATOL_SUM, true, 0, NULL },
	{ "infoDiscountAmount", ATOL_SUM, false, 0, NULL },
	{ "department", ATOL_INTEGER, false, 16, NULL },
	{ "measurementUnit", ATOL_ANY, false, 0, NULL },
	{ "piece", ATOL_BOOL, false, 0, NULL },
	{ "paymentMethod", ATOL_TEXT, false, 32, NULL },
	{ "paymentObject", ATOL_ANY, false, 0, NULL },
	{ "tax", ATOL_OBJECT, true, 0, tax_fields },
	{ "nomenclatureCode", ATOL_ANY, false, 0, NULL },
	{ "imcParams", ATOL_OBJECT, false, 0, NULL },
	{ "markingCode", ATOL_OBJECT, false, 0, mark_code_fields },
	{ "agentInfo", ATOL_OBJECT, false, 0, NULL },
	{ "supplierInfo", ATOL_OBJECT, false, 0, NULL },
	{ "industryInfo", ATOL_ANY, false, 0, NULL },
	{ "excise", ATOL_SUM, false, 0, NULL },
	{ "countryCode", ATOL_TEXT, false, 3, NULL },
	{ "customsDeclaration", ATOL_TEXT, false, 32, NULL },
	{ "additionalAttribute", ATOL_TEXT, false, 64, NULL },
	{ NULL, ATOL_ANY, false, 0, NULL },
};
/* Not on the page: items that carry tags 1084 and 1192. */
static const AtolField attribute_fields[] = {
	{ "name", ATOL_TEXT, false, 64, NULL },
	{ "value", ATOL_TEXT, true, 256, NULL },
	{ "print", ATOL_BOOL, false, 0, NULL },
	{ NULL, ATOL_ANY, false, 0, NULL },
};
#define RECEIPT_FIELDS                                                                             \
	{ "taxationType", ATOL_TEXT, true, 32, NULL },                                             \
		{ "electronically", ATOL_BOOL, false, 0, NULL },                                   \
		{ "ignoreNonFiscalPrintErrors", ATOL_BOOL, false, 0, NULL },                       \
		{ "operator", ATOL_OBJECT, true, 0, atol_operator_fields },                        \
		{ "clientInfo", ATOL_OBJECT, false, 0, client_fields },                            \
		{ "companyInfo", ATOL_OBJECT, false, 0, company_fields },                          \
		{ "paymentsPlace", ATOL_TEXT, false, 256, NULL },                                  \
		{ "paymentsAddress", ATOL_TEXT, false, 256, NULL },                                \
		{ "machineNumber", ATOL_TEXT, false, 20, NULL },                                   \
		{ "items", ATOL_ARRAY, true, 0, NULL }, { "payments", ATOL_ARRAY, true, 0, NULL }, \
		{ "taxes", ATOL_ARRAY, false, 0, NULL }, { "total", ATOL_SUM, false, 0, NULL },    \
		{ "preItems", ATOL_ARRAY, false, 0, NULL },                                        \
		{ "postItems", ATOL_ARRAY, false, 0, NULL },                                       \
	{                                                                                          \
		"validateMarkingCodes", ATOL_BOOL, false, 0, NULL                                  \
	}
const AtolField atol_receipt_fields[] = {
	RECEIPT_FIELDS,
	{ NULL, ATOL_ANY, false, 0, NULL },
};
const AtolField atol_correction_fields[] = {
	RECEIPT_FIELDS,
	{ "correctionType", ATOL_TEXT, true, 16, NULL },
	{ "correctionBaseDate", ATOL_TEXT, true, 10, NULL },
	{ "correctionBaseNumber", ATOL_ANY, false, 0, NULL },
	{ NULL, ATOL_ANY, false, 0, NULL },
};

const char *const atol_payment_names[ATOL_N_PAYMENTS] = { "cash", "electronically", "prepaid",
							  "credit", "other" };

const AtolTax atol_taxes[] = {
	{ "vat20", 20, false, 1, "1102", "НДС 20%" },
	{ "vat10", 10, false, 2, "1103", "НДС 10%" },
	{ "vat120", 20, true, 3, "1106", "НДС 20/120" },
	{ "vat110", 10, true, 4, "1107", "НДС 10/110" },
	{ "vat0", 0, false, 5, "1104", "НДС 0%" },
	{ "none", -1, false, 6, "1105", "БЕЗ НДС" },
	{ "vat5", 5, false, 7, NULL, "НДС 5%" },
	{ "vat7", 7, false, 8, NULL, "НДС 7%" },
	{ "vat105", 5, true, 9, NULL, "НДС 5/105" },
	{ "vat107", 7, true, 10, NULL, "НДС 7/107" },
	/* One source: from January 2026. */
	{ "vat22", 22, false, 11, NULL, "НДС 22%" },
	{ "vat122", 22, true, 12, NULL, "НДС 22/122" },
	{ NULL, 0, false, 0, NULL, NULL },
};

int64_t atol_tax_sum(const AtolTax *tax, int64_t gross)
{
	if (tax->rate <= 0)
		return gross; /* the turnover itself: 1104, 1105 */
	return (2 * gross * tax->rate + (100 + tax->rate)) / (2 * (100 + tax->rate));
}

typedef struct {
	const char *name;
	int number;
} Name;

static int find_name(const Name *names, const char *name)
{
	for (; name != NULL && names->name != NULL; names++)
		if (strcmp(names->name, name) == 0)
			return names->number;
	return -1;
}

/* A name of the table, or its number. */
static int name_or_number(const json_t *value, const Name *names)
{
	int64_t number;

	if (!exact_is_number(value))
		return find_name(names, exact_string(value));
	if (!exact_decimal(value, 0, &number))
		return -1;
	for (; names->name != NULL; names++)
		if (names->number == number)
			return (int)number;
	return -1;
}

/* --- positions ---------------------------------------------------------------------------------
 */

static const AtolTax *find_tax(const char *name)
{
	for (const AtolTax *tax = atol_taxes; tax->name != NULL; tax++)
		if (g_strcmp0(tax->name, name) == 0)
			return tax;
	return NULL;
}

static bool is_before_2026(const Atol *self)
{
	g_autoptr(GDateTime) now = g_date_time_new_from_unix_local(atol_now(self));

	return g_date_time_get_year(now) < 2026;
}

static int read_tax(const AtolCall *call, const json_t *item, const char *where, AtolLine *ret)
{
	const json_t *object = json_object_get(item, "tax");
	int64_t said = atol_sum(object, "sum"), sum;

	ret->tax = find_tax(atol_text(object, "type"));
	if (ret->tax == NULL)
		return atol_flag(call, ATOL_TAX, where, "an unknown tax");
	if (ret->tax->rate == 22 && is_before_2026(call->sim))
		return atol_flag(call, ATOL_TAX, where, "22 % before 2026");
	sum = ret->tax->rate > 0 ? atol_tax_sum(ret->tax, ret->amount) : 0;
	if (json_object_get(object, "sum") != NULL && ABS(said - sum) > 1)
		return atol_flag(call, ATOL_TAX, where, "a wrong tax sum");
	return ATOL_OK;
}

static bool is_ffd_12(const AtolCall *call)
{
	return sim_faults_setting(call->sim->context->faults, ATOL_FAULT_FFD, 1) == 1;
}

static int read_unit(const AtolCall *call, const json_t *item, const char *where, AtolLine *ret)
{
	static const Name units[] = {
		{ "piece", 0 },
		{ "gram", 10 },
		{ "kilogram", 11 },
		{ "ton", 12 },
		{ "centimeter", 20 },
		{ "decimeter", 21 },
		{ "meter", 22 },
		{ "squareCentimeter", 30 },
		{ "squareDecimeter", 31 },
		{ "squareMeter", 32 },
		{ "milliliter", 40 },
		{ "liter", 41 },
		{ "cubicMeter", 42 },
		{ "kilowattHour", 50 },
		{ "gkal", 51 },
		{ "day", 70 },
		{ "hour", 71 },
		{ "minute", 72 },
		{ "second", 73 },
		{ "kilobyte", 80 },
		{ "megabyte", 81 },
		{ "gigabyte", 82 },
		{ "terabyte", 83 },
		{ "otherUnits", 255 },
		{ NULL, 0 },
	};
	const json_t *unit = json_object_get(item, "measurementUnit");
	const char *text = exact_string(unit);

	ret->unit = name_or_number(unit, units);
	if (ret->unit >= 0)
		return ATOL_OK;
	/* Tag 1197, where the format is old. */
	if (!is_ffd_12(call) &&
	    (unit == NULL || (text != NULL && g_utf8_strlen(text, -1) <= UNIT_TEXT_MAX)))
		return ATOL_OK;
	if (unit == NULL)
		return atol_flag(call, ATOL_TAG_REQUIRED, where, "no measurementUnit (2108)");
	return atol_flag(call, ATOL_BAD_PARAMETER, where, "an unknown measurementUnit");
}

static int read_signs(const AtolCall *call, const json_t *item, const char *where, AtolLine *ret)
{
	static const Name methods[] = {
		{ "fullPrepayment", 1 }, { "prepayment", 2 },
		{ "advance", 3 },	 { "fullPayment", 4 },
		{ "partialPayment", 5 }, { "credit", 6 },
		{ "creditPayment", 7 },	 { NULL, 0 },
	};
	static const Name subjects[] = {
		{ "commodity", 1 },
		{ "excise", 2 },
		{ "job", 3 },
		{ "service", 4 },
		{ "gamblingBet", 5 },
		{ "gamblingPrize", 6 },
		{ "lottery", 7 },
		{ "lotteryPrize", 8 },
		{ "intellectualActivity", 9 },
		{ "payment", 10 },
		{ "agentCommission", 11 },
		{ "pay", 12 },
		{ "another", 13 },
		{ "exciseWithoutMarking", 30 },
		{ "exciseWithMarking", 31 },
		{ "commodityWithoutMarking", 32 },
		{ "commodityWithMarking", 33 },
		{ NULL, 0 },
	};
	const json_t *method = json_object_get(item, "paymentMethod");
	const json_t *subject = json_object_get(item, "paymentObject");

	ret->method = find_name(methods, exact_string(method));
	ret->subject = name_or_number(subject, subjects);
	if (method != NULL && ret->method < 0)
		return atol_flag(call, ATOL_PAYMENT_METHOD, where, "an unknown paymentMethod");
	if (subject != NULL && ret->subject < 0)
		return atol_flag(call, ATOL_BAD_PARAMETER, where, "an unknown paymentObject");
	return ATOL_OK;
}

/* The code stands in one of three places, by the format of documents. */
static int read_mark(const AtolCall *call, const json_t *item, const char *where, AtolLine *ret)
{
	const json_t *code = json_object_get(item, "nomenclatureCode");
	bool wanted = ret->subject == 31 || ret->subject == 33;

	ret->mark = atol_text(json_object_get(item, "imcParams"), "imc");
	if (ret->mark == NULL)
		ret->mark = atol_text(json_object_get(item, "markingCode"), "mark");
	if (ret->mark == NULL && exact_string(code) != NULL)
		ret->mark = exact_string(code);
	if (json_object_get(item, "imcParams") != NULL && ret->mark == NULL)
		return atol_flag(call, ATOL_MARK_BAD, where, "imcParams without imc");
	if (ret->mark != NULL && !atol_is_base64(ret->mark))
		return atol_flag(call, ATOL_MARK_BAD, where, "the code is not in base64");
	if (wanted && ret->mark == NULL && code == NULL)
		return atol_flag(call, ATOL_TAG_REQUIRED, where, "marked goods without their code");
	return ATOL_OK;
}

/* After discount, as the page advises (end of the page): within a kopeck of price × quantity. */
static int check_amount(const AtolCall *call, const char *where, const AtolLine *line)
{
	int64_t product;

	if (__builtin_mul_overflow(line->price, line->quantity, &product) ||
	    product > INT64_MAX - ONE)
		return atol_flag(call, ATOL_TOTAL_OVERFLOW, where, "price x quantity");
	if (ABS((product + ONE / 2) / ONE - line->amount) > 1)
		return atol_flag(call, ATOL_BAD_SUM, where, "amount is not price x quantity");
	return ATOL_OK;
}

static int check_pieces(const AtolCall *call, const json_t *item, const char *where,
			const AtolLine *line)
{
	if (atol_flag_of(item, "piece") && line->quantity % ONE != 0)
		return atol_flag(call, ATOL_BAD_QUANTITY, where, "a part of a piece");
	if (json_object_get(item, "department") != NULL &&
	    strcmp(exact_number_text(json_object_get(item, "department")), "0") == 0)
		return atol_flag(call, ATOL_DEPARTMENT, where, "department 0");
	return ATOL_OK;
}

static int read_position(const AtolCall *call, const json_t *item, const char *where,
			 AtolReceipt *ret)
{
	AtolLine line = { .name = atol_text(item, "name"),
			  .price = atol_sum(item, "price"),
			  .amount = atol_sum(item, "amount"),
			  .discount = atol_sum(item, "infoDiscountAmount") };
	int code = atol_fields_check(call, item, where, position_fields);

	if (code != ATOL_OK)
		return code;
	if (!exact_decimal(json_object_get(item, "quantity"), 6, &line.quantity))
		return atol_flag(call, ATOL_BAD_QUANTITY, where, "quantity");
	code = check_amount(call, where, &line);
	if (code == ATOL_OK)
		code = check_pieces(call, item, where, &line);
	if (code == ATOL_OK)
		code = read_tax(call, item, where, &line);
	if (code == ATOL_OK)
		code = read_unit(call, item, where, &line);
	if (code == ATOL_OK)
		code = read_signs(call, item, where, &line);
	if (code == ATOL_OK)
		code = read_mark(call, item, where, &line);
	ret->sum += line.amount;
	g_array_append_val(ret->lines, line);
	if (code == ATOL_OK && ret->sum > ATOL_MAX_SUM)
		return atol_flag(call, ATOL_TOTAL_OVERFLOW, where, "the total");
	return code;
}

static int read_item(const AtolCall *call, const json_t *item, const char *where, AtolReceipt *ret)
{
	const char *type = json_is_object(item) ? atol_text(item, "type") : NULL;
	json_t *alone;
	int code;

	if (g_strcmp0(type, "position") == 0)
		return read_position(call, item, where, ret);
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

/* --- payments and total ------------------------------------------------------------------------
 */

static int read_payment(const AtolCall *call, const json_t *payment, const char *where,
			AtolReceipt *ret)
{
	static const Name names[] = { { "cash", 0 },	{ "electronically", 1 },
				      { "prepaid", 2 }, { "credit", 3 },
				      { "other", 4 },	{ "0", 0 },
				      { "1", 1 },	{ "2", 2 },
				      { "3", 3 },	{ "4", 4 },
				      { NULL, 0 } };
	int code = atol_fields_check(call, payment, where, payment_fields), kind;

	if (code != ATOL_OK)
		return code;
	kind = find_name(names, atol_text(payment, "type"));
	if (kind < 0)
		return atol_flag(call, ATOL_PAYMENT_TYPE, where, "an unknown type of payment");
	ret->paid[kind] += atol_sum(payment, "sum");
	if (ret->paid[kind] > ATOL_MAX_SUM)
		return atol_flag(call, ATOL_PAYMENTS_OVERFLOW, where, "payments");
	return ATOL_OK;
}

static int read_total(const AtolCall *call, AtolReceipt *ret)
{
	ret->total = ret->sum;
	if (json_object_get(call->task, "total") == NULL)
		return ATOL_OK;
	ret->total = atol_sum(call->task, "total");
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
		int code = atol_fields_check(call, tax, where, tax_fields);

		if (code == ATOL_OK && find_tax(atol_text(tax, "type")) == NULL)
			code = atol_flag(call, ATOL_TAX, where, "an unknown tax");
		if (code != ATOL_OK)
			return code;
	}
	return ATOL_OK;
}

/* --- the rest ----------------------------------------------------------------------------------
 */

static bool is_vatin(const char *text)
{
	size_t len = text != NULL ? strlen(text) : 10;

	return (len == 10 || len == 12) && (text == NULL || strspn(text, G_CSET_DIGITS) == len);
}

static int read_head(const AtolCall *call, AtolReceipt *ret)
{
	static const Name systems[] = {
		{ "osn", 1 },  { "usnIncome", 2 }, { "usnIncomeOutcome", 4 },
		{ "envd", 8 }, { "esn", 16 },	   { "patent", 32 },
		{ NULL, 0 }
	};
	const json_t *client = json_object_get(call->task, "clientInfo");

	ret->tax_system = find_name(systems, atol_text(call->task, "taxationType"));
	ret->electronically = atol_flag_of(call->task, "electronically");
	if (ret->tax_system < 0)
		return atol_flag(call, ATOL_TAX_SYSTEM, call->type->name, "taxationType");
	if (ret->electronically && atol_text(client, "emailOrPhone") == NULL)
		return atol_flag(call, ATOL_TAG_REQUIRED, call->type->name,
				 "electronically without clientInfo.emailOrPhone (1008)");
	if (!is_vatin(atol_text(client, "vatin")) ||
	    !is_vatin(atol_text(json_object_get(call->task, "operator"), "vatin")))
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
	const char *type = atol_text(task, "correctionType"), *text = exact_string(number);

	if (strcmp(type, "self") != 0 && strcmp(type, "instruction") != 0)
		return atol_flag(call, ATOL_BAD_PARAMETER, call->type->name, "correctionType");
	if (!is_past_date(call->sim, atol_text(task, "correctionBaseDate")))
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
