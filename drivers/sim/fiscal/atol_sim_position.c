/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/fiscal/atol_sim.h"

#include <string.h>

/* Positions of a receipt, and what is refused of them (§3.1). */
enum { UNIT_TEXT_MAX = 16, ONE = 1000000 };

const WebField atol_tax_fields[] = {
	{ "type", WEB_TEXT, true, 8, NULL },
	{ "sum", WEB_SUM, false, 0, NULL },
	{ NULL, WEB_ANY, false, 0, NULL },
};
static const WebField mark_code_fields[] = {
	{ "type", WEB_TEXT, false, 16, NULL },
	{ "mark", WEB_TEXT, true, 1024, NULL },
	{ NULL, WEB_ANY, false, 0, NULL },
};
static const WebField position_fields[] = {
	{ "name", WEB_TEXT, true, 128, NULL },
	{ "price", WEB_SUM, true, 0, NULL },
	{ "quantity", WEB_QUANTITY, true, 6, NULL },
	{ "amount", WEB_SUM, true, 0, NULL },
	{ "infoDiscountAmount", WEB_SUM, false, 0, NULL },
	{ "department", WEB_INTEGER, false, 16, NULL },
	{ "measurementUnit", WEB_ANY, false, 0, NULL },
	{ "piece", WEB_BOOL, false, 0, NULL },
	{ "paymentMethod", WEB_TEXT, false, 32, NULL },
	{ "paymentObject", WEB_ANY, false, 0, NULL },
	{ "tax", WEB_OBJECT, true, 0, atol_tax_fields },
	{ "nomenclatureCode", WEB_ANY, false, 0, NULL },
	{ "imcParams", WEB_OBJECT, false, 0, NULL },
	{ "markingCode", WEB_OBJECT, false, 0, mark_code_fields },
	{ "agentInfo", WEB_OBJECT, false, 0, NULL },
	{ "supplierInfo", WEB_OBJECT, false, 0, NULL },
	{ "industryInfo", WEB_ANY, false, 0, NULL },
	{ "excise", WEB_SUM, false, 0, NULL },
	{ "countryCode", WEB_TEXT, false, 3, NULL },
	{ "customsDeclaration", WEB_TEXT, false, 32, NULL },
	{ "additionalAttribute", WEB_TEXT, false, 64, NULL },
	{ NULL, WEB_ANY, false, 0, NULL },
};
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

int atol_name_find(const AtolName *names, const char *name)
{
	for (; name != NULL && names->name != NULL; names++)
		if (strcmp(names->name, name) == 0)
			return names->number;
	return -1;
}

/* A name of the table, or its number. */
static int name_or_number(const json_t *value, const AtolName *names)
{
	int64_t number;

	if (!exact_is_number(value))
		return atol_name_find(names, exact_string(value));
	if (!exact_decimal(value, 0, &number))
		return -1;
	for (; names->name != NULL; names++)
		if (names->number == number)
			return (int)number;
	return -1;
}

const AtolTax *atol_tax_find(const char *name)
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
	int64_t said = web_sum(object, "sum"), sum;

	ret->tax = atol_tax_find(web_text(object, "type"));
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
	static const AtolName units[] = {
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
	static const AtolName methods[] = {
		{ "fullPrepayment", 1 }, { "prepayment", 2 },
		{ "advance", 3 },	 { "fullPayment", 4 },
		{ "partialPayment", 5 }, { "credit", 6 },
		{ "creditPayment", 7 },	 { NULL, 0 },
	};
	static const AtolName subjects[] = {
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

	ret->method = atol_name_find(methods, exact_string(method));
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

	ret->mark = web_text(json_object_get(item, "imcParams"), "imc");
	if (ret->mark == NULL)
		ret->mark = web_text(json_object_get(item, "markingCode"), "mark");
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
	if (web_is_true(item, "piece") && line->quantity % ONE != 0)
		return atol_flag(call, ATOL_BAD_QUANTITY, where, "a part of a piece");
	if (json_object_get(item, "department") != NULL &&
	    strcmp(exact_number_text(json_object_get(item, "department")), "0") == 0)
		return atol_flag(call, ATOL_DEPARTMENT, where, "department 0");
	return ATOL_OK;
}

int atol_position_read(const AtolCall *call, const json_t *item, const char *where,
		       AtolReceipt *ret)
{
	AtolLine line = { .name = web_text(item, "name"),
			  .price = web_sum(item, "price"),
			  .amount = web_sum(item, "amount"),
			  .discount = web_sum(item, "infoDiscountAmount") };
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
