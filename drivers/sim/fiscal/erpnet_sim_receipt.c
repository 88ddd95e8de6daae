/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/fiscal/erpnet_sim.h"

#include <string.h>

/* What gateway and printer refuse of a receipt, before a line is printed. */
enum { QUANTITY_PLACES = 3, ONE = 1000, PERCENT = 10000 };

#define RECEIPT_FIELDS                                                                             \
	{ "uniqueSaleNumber", WEB_TEXT, true, 32, NULL },                                          \
		{ "operator", WEB_TEXT, false, 8, NULL },                                          \
		{ "operatorPassword", WEB_TEXT, false, 8, NULL },                                  \
		{ "items", WEB_ARRAY, true, 0, NULL },                                             \
	{                                                                                          \
		"payments", WEB_ARRAY, false, 0, NULL                                              \
	}
const WebField erpnet_receipt_fields[] = {
	RECEIPT_FIELDS,
	{ NULL, WEB_ANY, false, 0, NULL },
};
const WebField erpnet_reversal_fields[] = {
	RECEIPT_FIELDS,
	{ "receiptNumber", WEB_TEXT, true, 16, NULL },
	{ "receiptDateTime", WEB_TEXT, true, 40, NULL },
	{ "fiscalMemorySerialNumber", WEB_TEXT, true, 16, NULL },
	{ "reason", WEB_TEXT, true, 24, NULL },
	{ NULL, WEB_ANY, false, 0, NULL },
};
static const WebField sale_fields[] = {
	{ "text", WEB_TEXT, true, 256, NULL },
	{ "quantity", WEB_QUANTITY, false, QUANTITY_PLACES, NULL },
	{ "unitPrice", WEB_SUM, true, 0, NULL },
	{ "taxGroup", WEB_INTEGER, true, 99, NULL },
	{ "department", WEB_INTEGER, false, 99, NULL },
	{ "priceModifierType", WEB_TEXT, false, 24, NULL },
	{ "priceModifierValue", WEB_SUM, false, 0, NULL },
	{ NULL, WEB_ANY, false, 0, NULL },
};
static const WebField subtotal_fields[] = {
	{ "amount", WEB_SUM, true, 0, NULL },
	{ "taxGroup", WEB_INTEGER, false, 99, NULL },
	{ NULL, WEB_ANY, false, 0, NULL },
};
static const WebField comment_fields[] = {
	{ "text", WEB_TEXT, true, 256, NULL },
	{ NULL, WEB_ANY, false, 0, NULL },
};
static const WebField payment_fields[] = {
	{ "amount", WEB_SUM, false, 0, NULL },
	{ "paymentType", WEB_TEXT, false, 24, NULL },
	{ NULL, WEB_ANY, false, 0, NULL },
};

static bool one_of(const char *text, const char *words)
{
	g_auto(GStrv) list = g_strsplit(words, "|", -1);

	return text != NULL && g_strv_contains((const char *const *)list, text);
}

/* --- items ------------------------------------------------------------------------------------ */

static int read_group(const ErpnetCall *call, const json_t *item, const char *where, int *ret)
{
	int64_t group = 0;

	if (!exact_decimal(json_object_get(item, "taxGroup"), 0, &group) || group < 1 ||
	    group > ERPNET_N_ENABLED)
		return erpnet_flag(call, ERPNET_TAX_GROUP, where, "no such tax group");
	*ret = (int)group;
	return ERPNET_OK;
}

static int modify(const ErpnetCall *call, const json_t *item, const char *where, int64_t *sum)
{
	const char *type = web_text(item, "priceModifierType");
	int64_t value = web_sum(item, "priceModifierValue"), by;

	if (type == NULL)
		return json_object_get(item, "priceModifierValue") == NULL
			       ? ERPNET_OK
			       : erpnet_flag(call, ERPNET_SYNTAX, where, "a modifier without type");
	if (!one_of(type, "discount-percent|discount-amount|surcharge-percent|surcharge-amount"))
		return erpnet_flag(call, ERPNET_SYNTAX, where, "an unknown modifier");
	if (g_str_has_suffix(type, "percent") && value >= PERCENT)
		return erpnet_flag(call, ERPNET_ITEM, where, "100 percent or more");
	by = g_str_has_suffix(type, "percent") ? (*sum * value + PERCENT / 2) / PERCENT : value;
	*sum += g_str_has_prefix(type, "discount") ? -by : by;
	if (*sum < 0 || *sum > ERPNET_MAX_SUM)
		return erpnet_flag(call, ERPNET_ITEM, where, "the discount is more than the line");
	return ERPNET_OK;
}

static int read_sale(const ErpnetCall *call, const json_t *item, const char *where,
		     ErpnetReceipt *ret)
{
	ErpnetLine line = { .text = web_text(item, "text"), .quantity = ONE };
	int64_t product;
	int code = erpnet_fields_check(call, item, where, sale_fields);

	if (code == ERPNET_OK)
		code = read_group(call, item, where, &line.group);
	if (code != ERPNET_OK)
		return code;
	line.price = web_sum(item, "unitPrice");
	if (json_object_get(item, "quantity") != NULL &&
	    !exact_decimal(json_object_get(item, "quantity"), QUANTITY_PLACES, &line.quantity))
		return erpnet_flag(call, ERPNET_ITEM, where, "quantity");
	if (line.price > 99999999 || __builtin_mul_overflow(line.price, line.quantity, &product) ||
	    product / ONE > ERPNET_MAX_SUM)
		return erpnet_flag(call, ERPNET_OVERFLOW, where, "price x quantity");
	line.sum = (product + ONE / 2) / ONE;
	code = modify(call, item, where, &line.sum);
	ret->total += line.sum;
	ret->groups[line.group - 1] += line.sum;
	g_array_append_val(ret->lines, line);
	if (code == ERPNET_OK && ret->total > ERPNET_MAX_SUM)
		return erpnet_flag(call, ERPNET_OVERFLOW, where, "the total");
	return code;
}

/* By one group, or by all of them, the largest first: how the printer shares it out is not on the
 * page, and no total depends on it. */
static void change_groups(ErpnetReceipt *receipt, int64_t by, int group)
{
	receipt->total += by;
	while (by != 0) {
		int64_t *changed = &receipt->groups[MAX(group - 1, 0)], part;

		for (int i = 0; group == 0 && i < ERPNET_N_GROUPS; i++)
			if (receipt->groups[i] > *changed)
				changed = &receipt->groups[i];
		part = by > 0 ? by : MAX(by, -*changed);
		*changed += part;
		by -= part;
	}
}

static int read_subtotal(const ErpnetCall *call, const json_t *item, const char *where, bool off,
			 ErpnetReceipt *ret)
{
	int64_t by = web_sum(item, "amount");
	int group = 0, code = erpnet_fields_check(call, item, where, subtotal_fields);

	if (code == ERPNET_OK && json_object_get(item, "taxGroup") != NULL)
		code = read_group(call, item, where, &group);
	if (code != ERPNET_OK)
		return code;
	if (off && by > (group > 0 ? ret->groups[group - 1] : ret->total))
		return erpnet_flag(call, ERPNET_ITEM, where, "the discount is more than there is");
	change_groups(ret, off ? -by : by, group);
	return ERPNET_OK;
}

static int read_item(const ErpnetCall *call, const json_t *item, const char *where,
		     ErpnetReceipt *ret)
{
	const json_t *said = json_object_get(item, "type");
	const char *type = said == NULL ? "sale" : exact_string(said);

	if (!json_is_object(item) || type == NULL)
		return erpnet_flag(call, ERPNET_SYNTAX, where, "no item");
	if (strcmp(type, "sale") == 0)
		return read_sale(call, item, where, ret);
	if (one_of(type, "discount-amount|surcharge-amount"))
		return read_subtotal(call, item, where, *type == 'd', ret);
	if (one_of(type, "comment|footer-comment"))
		return erpnet_fields_check(call, item, where, comment_fields);
	return erpnet_flag(call, ERPNET_SYNTAX, where, "an unknown type of item");
}

static int read_items(const ErpnetCall *call, ErpnetReceipt *ret)
{
	const json_t *item;
	size_t i;

	json_array_foreach(json_object_get(call->body, "items"), i, item)
	{
		g_autofree char *where = g_strdup_printf("%s.items[%zu]", call->type->name, i);
		int code = read_item(call, item, where, ret);

		if (code != ERPNET_OK)
			return code;
	}
	if (ret->lines->len == 0)
		return erpnet_flag(call, ERPNET_SYNTAX, call->type->name, "nothing is sold");
	if (ret->total == 0)
		return erpnet_flag(call, ERPNET_NOT_ALLOWED, call->type->name, "a zero receipt");
	return ERPNET_OK;
}

/* --- payments --------------------------------------------------------------------------------- */

/* In the order they come: once all is paid, the printer takes no more. */
static int read_payment(const ErpnetCall *call, const json_t *payment, const char *where,
			ErpnetReceipt *ret)
{
	static const char types[] = "cash|check|card|coupons|ext-coupons|packaging|internal-usage|"
				    "damage|bank|reserved1|reserved2";
	const char *type = web_text(payment, "paymentType");
	int64_t due = ret->total - ret->tendered, amount = due;
	int code = erpnet_fields_check(call, payment, where, payment_fields);

	if (code != ERPNET_OK || g_strcmp0(type, "change") == 0)
		return code;
	if (type == NULL)
		type = "cash";
	if (!one_of(type, types))
		return erpnet_flag(call, ERPNET_PAYMENT, where, "an unknown paymentType");
	if (json_object_get(payment, "amount") != NULL)
		amount = web_sum(payment, "amount");
	if (amount == 0 || due <= 0)
		return erpnet_flag(call, ERPNET_PAYMENT, where, "nothing is due");
	if (amount > due && (strcmp(type, "cash") != 0 || ret->reversal))
		return erpnet_flag(call, ERPNET_PAYMENT, where, "more than is due");
	ret->paid[strcmp(type, "cash") == 0   ? ERPNET_CASH
		  : strcmp(type, "card") == 0 ? ERPNET_CARD
					      : ERPNET_OTHER] += amount;
	ret->tendered += amount;
	return ERPNET_OK;
}

static int read_payments(const ErpnetCall *call, ErpnetReceipt *ret)
{
	const json_t *payments = json_object_get(call->body, "payments"), *payment;
	size_t i;
	int code = ERPNET_OK;

	json_array_foreach(payments, i, payment)
	{
		g_autofree char *where = g_strdup_printf("%s.payments[%zu]", call->type->name, i);

		if (code == ERPNET_OK)
			code = read_payment(call, payment, where, ret);
	}
	if (json_array_size(payments) == 0)
		ret->paid[ERPNET_CASH] = ret->tendered = ret->total;
	if (code == ERPNET_OK && ret->tendered < ret->total)
		return erpnet_flag(call, ERPNET_PAYMENT, call->type->name, "not fully paid");
	ret->change = ret->tendered - ret->total;
	return code;
}

/* --- the head --------------------------------------------------------------------------------- */

int erpnet_password_check(const ErpnetCall *call)
{
	const char *password = web_text(call->body, "operatorPassword");
	bool wrong = password != NULL && strcmp(password, erpnet_password) != 0;

	if (call->sim->n_wrong_passwords >= 3)
		return ERPNET_PASSWORD; /* until it is turned off */
	if (!wrong)
		return ERPNET_OK;
	call->sim->n_wrong_passwords++;
	return erpnet_flag(call, ERPNET_PASSWORD, call->type->name, "a wrong password");
}

static int check_origin(const ErpnetCall *call)
{
	g_autoptr(GTimeZone) zone = g_time_zone_new_local();
	g_autoptr(GDateTime) when =
		g_date_time_new_from_iso8601(web_text(call->body, "receiptDateTime"), zone);
	const char *number = web_text(call->body, "receiptNumber");

	if (when == NULL)
		return erpnet_flag(call, ERPNET_SYNTAX, "reversalreceipt.receiptDateTime",
				   "no time");
	if (strspn(number, G_CSET_DIGITS) != strlen(number))
		return erpnet_flag(call, ERPNET_SYNTAX, "reversalreceipt.receiptNumber",
				   "no number");
	/* The page and the gateway's own manual differ by a hyphen. */
	if (!one_of(web_text(call->body, "reason"),
		    "operator-error|refund|tax-base-reduction|taxbase-reduction"))
		return erpnet_flag(call, ERPNET_SYNTAX, "reversalreceipt.reason",
				   "an unknown reason");
	return ERPNET_OK;
}

int erpnet_receipt_read(const ErpnetCall *call, ErpnetReceipt *ret)
{
	int code = erpnet_password_check(call);

	*ret = (ErpnetReceipt){ .lines = g_array_new(false, false, sizeof(ErpnetLine)),
				.reversal = strcmp(call->type->name, "reversalreceipt") == 0,
				.unp = web_text(call->body, "uniqueSaleNumber") };
	if (code == ERPNET_OK &&
	    !g_regex_match_simple("^[A-Z]{2}[0-9]{6}-[0-9A-Z]{4}-[0-9]{7}$", ret->unp, 0, 0))
		return erpnet_flag(call, ERPNET_SYNTAX, call->type->name, "uniqueSaleNumber");
	if (code == ERPNET_OK && ret->reversal)
		code = check_origin(call);
	if (code == ERPNET_OK)
		code = read_items(call, ret);
	return code == ERPNET_OK ? read_payments(call, ret) : code;
}

void erpnet_receipt_clear(ErpnetReceipt *self)
{
	g_array_unref(self->lines);
}
