/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/receipt_private.h"

#include "core/currency.h"
#include "core/json_values.h"

#include <string.h>

static const JsonMoney line_amounts[] = {
	{ "gross", offsetof(ReceiptLine, gross) },
	{ "own_discount", offsetof(ReceiptLine, own_discount) },
	{ "shared_discount", offsetof(ReceiptLine, shared_discount) },
	{ "net", offsetof(ReceiptLine, net) },
	{ "added", offsetof(ReceiptLine, added) },
};

static const JsonMoney total_amounts[] = {
	{ "gross", offsetof(ReceiptTotals, gross) },
	{ "discount", offsetof(ReceiptTotals, discount) },
	{ "tax", offsetof(ReceiptTotals, tax) },
	{ "total", offsetof(ReceiptTotals, total) },
	{ "paid", offsetof(ReceiptTotals, paid) },
	{ "due", offsetof(ReceiptTotals, due) },
	{ "change", offsetof(ReceiptTotals, change) },
};

const char *const receipt_kind_codes[] = { [RECEIPT_SALE] = "sale", [RECEIPT_RETURN] = "return" };
const char *const receipt_rounding_codes[] = {
	[TAX_PER_LINE] = "line", [TAX_PER_RECEIPT] = "receipt"
};
const char *const receipt_discount_codes[] = {
	[DISCOUNT_NONE] = "none", [DISCOUNT_PERCENT] = "percent", [DISCOUNT_AMOUNT] = "amount"
};

const char *const receipt_cash_codes[] = {
	[ROUND_HALF_AWAY] = "half-away", [ROUND_HALF_EVEN] = "half-even", [ROUND_DOWN] = "down"
};
const char *const receipt_customer_codes[CUSTOMER_N] = {
	[CUSTOMER_CONTACT] = "contact",
	[CUSTOMER_TIN] = "tin",
	[CUSTOMER_CONSUMER] = "consumer",
	[CUSTOMER_CARD] = "card",
};

/* The place of the text @key of @json among @codes. */
static bool read_code(const json_t *json, const char *key, const char *const *codes, int n,
		      int *ret)
{
	const char *text = json_read_text(json, key);

	for (int i = 0; text != NULL && i < n; i++) {
		if (g_str_equal(codes[i], text)) {
			*ret = i;
			return true;
		}
	}
	return false;
}

static bool read_discount(const json_t *json, Discount *ret)
{
	int kind;

	if (!read_code(json, "kind", receipt_discount_codes, G_N_ELEMENTS(receipt_discount_codes),
		       &kind) ||
	    !json_read_int(json, "value", 0, RECEIPT_MAX_TOTAL, &ret->value))
		return false;
	ret->kind = (DiscountKind)kind;
	return discount_check(*ret, NULL);
}

static bool read_short_text(const json_t *json, const char *key, char *ret, size_t size)
{
	const char *text = json_read_text(json, key);

	return text != NULL && g_strlcpy(ret, text, size) < size;
}

static bool read_rate(const json_t *json, TaxRate *ret)
{
	const char *fiscal = json_read_text(json, "fiscal");
	int64_t rate, first_day;

	if (!read_short_text(json, "code", ret->code, sizeof ret->code) ||
	    !json_read_int(json, "rate", 0, TAX_RATE_MAX, &rate) ||
	    !json_read_bool(json, "inclusive", &ret->inclusive) ||
	    !json_read_int(json, "first_day", 0, INT32_MAX, &first_day) || fiscal == NULL ||
	    !fiscal_tax_parse(fiscal, &ret->fiscal))
		return false;
	ret->rate = (int32_t)rate;
	ret->first_day = (int32_t)first_day;
	return true;
}

bool tax_group_from_json(const json_t *json, TaxGroup *ret)
{
	const json_t *rates = json_object_get(json, "rates");
	int64_t id;

	if (!json_read_int(json, "id", INT32_MIN, INT32_MAX, &id) ||
	    !read_short_text(json, "code", ret->code, sizeof ret->code) || !json_is_array(rates) ||
	    json_array_size(rates) > TAX_MAX)
		return false;
	ret->id = (int32_t)id;
	ret->n_rates = (int)json_array_size(rates);
	for (int i = 0; i < ret->n_rates; i++)
		if (!read_rate(json_array_get(rates, (size_t)i), &ret->rates[i]))
			return false;
	return true;
}

static bool read_unit(const json_t *json, Unit *ret)
{
	const char *code = json_read_text(json, "unit");

	return code != NULL && unit_parse(code, ret) && g_str_equal(unit_code(*ret), code);
}

/* Groups stand in the order of their first line, none twice: *n_seen of them have been used by the
 * lines before. */
static bool read_line_tax(const GArray *groups, const json_t *json, guint *n_seen, TaxGroup *ret)
{
	int64_t place;

	if (!json_read_int(json, "tax", 0, *n_seen, &place) || place >= groups->len)
		return false;
	*ret = g_array_index(groups, TaxGroup, place);
	*n_seen = MAX(*n_seen, (guint)place + 1);
	return true;
}

/* Of a member that is left out where it is empty: false if it is there, but is no text or empty. */
static bool read_text_if_any(const json_t *json, const char *key, const char **ret)
{
	*ret = "";
	if (json_object_get(json, key) == NULL)
		return true;
	*ret = json_read_text(json, key);
	return *ret != NULL && (*ret)[0] != '\0';
}

static bool read_int_if_any(const json_t *json, const char *key, int64_t max, int64_t *ret)
{
	*ret = 0;
	return json_object_get(json, key) == NULL || json_read_int(json, key, 1, max, ret);
}

/* What its code said of that very piece. */
static bool read_piece(const json_t *json, ReceiptLine *ret)
{
	int64_t expiry;

	if (!read_text_if_any(json, "mark", &ret->mark) ||
	    !read_text_if_any(json, "batch", &ret->batch) ||
	    !read_text_if_any(json, "serial", &ret->serial) ||
	    !read_text_if_any(json, "class", &ret->classification) ||
	    !read_int_if_any(json, "expiry", INT32_MAX, &expiry))
		return false;
	ret->expiry = (int32_t)expiry;
	return true;
}

/* Where its price is from. */
static bool read_source(const json_t *json, ReceiptLine *ret)
{
	if (!read_int_if_any(json, "at", INT64_MAX, &ret->priced_at) ||
	    !read_int_if_any(json, "kind", INT64_MAX, &ret->price_kind))
		return false;
	if (ret->priced_at != 0 && ret->price_kind == 0)
		ret->price_kind = RECEIPT_PRICE_RETAIL;
	return true;
}

/* What was given for a line; its amounts and taxes come later. */
static bool read_line(Receipt *self, const json_t *json, ReceiptLine *ret)
{
	int64_t number = (int64_t)self->lines->len + 1;

	ret->number = (int)number;
	ret->price.currency = self->currency;
	ret->code = json_read_text(json, "code");
	ret->name = json_read_text(json, "name");
	if (ret->code == NULL || ret->name == NULL ||
	    !json_read_int(json, "n", number, number, &number) ||
	    !json_read_bool(json, "voided", &ret->voided) ||
	    !json_read_int(json, "item", INT64_MIN, INT64_MAX, &ret->item_id) ||
	    !read_unit(json, &ret->unit) ||
	    !json_read_int(json, "quantity", 1, RECEIPT_MAX_QUANTITY, &ret->quantity.micro) ||
	    !json_read_int(json, "price", 0, RECEIPT_MAX_TOTAL, &ret->price.minor) ||
	    !read_discount(json_object_get(json, "own"), &ret->own) || !read_piece(json, ret) ||
	    !read_source(json, ret) ||
	    !receipt_basis_read(self, json_object_get(json, "basis"), ret))
		return false;
	receipt_keep_texts(self, ret);
	return receipt_line_check(ret, self->currency, NULL) &&
	       (ret->voided || receipt_mark_check(self, ret, NULL));
}

static bool read_groups(const json_t *json, GArray *ret)
{
	if (!json_is_array(json))
		return false;
	for (size_t i = 0; i < json_array_size(json); i++) {
		TaxGroup group = { 0 };

		if (!tax_group_from_json(json_array_get(json, i), &group))
			return false;
		for (guint k = 0; k < ret->len; k++)
			if (tax_group_equal(&g_array_index(ret, TaxGroup, k), &group))
				return false;
		g_array_append_val(ret, group);
	}
	return true;
}

static bool read_lines(Receipt *self, const json_t *json, const json_t *tax_groups)
{
	g_autoptr(GArray) groups = g_array_new(false, false, sizeof(TaxGroup));
	guint n_seen = 0;

	if (!json_is_array(json) || json_array_size(json) > INT_MAX ||
	    !read_groups(tax_groups, groups))
		return false;
	for (size_t i = 0; i < json_array_size(json); i++) {
		const json_t *row = json_array_get(json, i);
		ReceiptLine line = { 0 };

		if (!read_line_tax(groups, row, &n_seen, &line.tax) || !read_line(self, row, &line))
			return false;
		g_array_append_val(self->lines, line);
	}
	return n_seen == groups->len;
}

static bool read_payments(Receipt *self, const json_t *json)
{
	if (!json_is_array(json))
		return false;
	for (size_t i = 0; i < json_array_size(json); i++) {
		const json_t *row = json_array_get(json, i);
		Money amount = { .currency = self->currency };
		const char *kind = json_read_text(row, "kind");
		const char *reference = json_read_text(row, "reference");
		TenderKind tender;

		if (kind == NULL || !tender_parse(kind, &tender) || reference == NULL ||
		    strlen(reference) >= sizeof((ReceiptPayment *)0)->reference ||
		    !json_read_int(row, "amount", 0, RECEIPT_MAX_TOTAL, &amount.minor) ||
		    !receipt_pay(self, tender, amount, reference, NULL))
			return false;
	}
	return true;
}

static bool line_agrees(const ReceiptLine *line, const json_t *json)
{
	const json_t *taxes = json_object_get(json, "taxes");

	if (!json_has_amounts(json, line_amounts, G_N_ELEMENTS(line_amounts), line) ||
	    json_array_size(taxes) != (size_t)line->tax.n_rates || !json_is_array(taxes))
		return false;
	for (int i = 0; i < line->tax.n_rates; i++) {
		const json_t *tax = json_array_get(taxes, (size_t)i);

		if (!json_is_integer(tax) || json_integer_value(tax) != line->taxes[i].minor)
			return false;
	}
	return true;
}

static bool lines_agree(const Receipt *self, const json_t *json)
{
	for (guint i = 0; i < self->lines->len; i++)
		if (!line_agrees(receipt_get_line(self, (int)i), json_array_get(json, i)))
			return false;
	return true;
}

static bool totals_agree(const Receipt *self, const json_t *json)
{
	const json_t *kept = json_object_get(json, "kept"),
		     *totals = json_object_get(json, "totals");
	int64_t value;

	for (TenderKind kind = 0; kind < TENDER_N; kind++) {
		value = receipt_get_kept(self, kind).minor;
		if (!json_read_int(kept, tender_code(kind), value, value, &value))
			return false;
	}
	value = self->totals.rounding.minor;
	if (self->cash_step == 1 ? json_object_get(totals, "rounding") != NULL
				 : !json_read_int(totals, "rounding", value, value, &value))
		return false;
	value = self->totals.n_goods;
	return json_read_int(totals, "goods", value, value, &value) &&
	       json_has_amounts(totals, total_amounts, G_N_ELEMENTS(total_amounts), &self->totals);
}

static bool tax_agrees(const ReceiptTax *tax, const json_t *json)
{
	const char *code = json_read_text(json, "code");
	bool inclusive;
	int64_t value;

	return code != NULL && g_str_equal(code, tax->code) &&
	       json_read_int(json, "rate", tax->rate, tax->rate, &value) &&
	       json_read_bool(json, "inclusive", &inclusive) && inclusive == tax->inclusive &&
	       json_read_int(json, "base", tax->base.minor, tax->base.minor, &value) &&
	       json_read_int(json, "amount", tax->amount.minor, tax->amount.minor, &value);
}

static bool taxes_agree(const Receipt *self, const json_t *json)
{
	g_autoptr(GArray) taxes = receipt_dup_taxes(self);

	if (!json_is_array(json) || json_array_size(json) != taxes->len)
		return false;
	for (guint i = 0; i < taxes->len; i++)
		if (!tax_agrees(&g_array_index(taxes, ReceiptTax, i), json_array_get(json, i)))
			return false;
	return true;
}

static Receipt *read_head(const json_t *json)
{
	int64_t currency;
	int kind, rounding;

	if (!read_code(json, "kind", receipt_kind_codes, G_N_ELEMENTS(receipt_kind_codes), &kind) ||
	    !read_code(json, "rounding", receipt_rounding_codes,
		       G_N_ELEMENTS(receipt_rounding_codes), &rounding) ||
	    !json_read_int(json, "currency", 1, UINT16_MAX, &currency) ||
	    currency_by_number((uint16_t)currency) == NULL)
		return NULL;
	return receipt_new((ReceiptKind)kind, (uint16_t)currency, (TaxRounding)rounding);
}

static bool read_cash_rounding(Receipt *self, const json_t *json)
{
	int how;

	if (json == NULL)
		return true;
	if (!json_read_int(json, "step", 2, RECEIPT_MAX_CASH_STEP, &self->cash_step) ||
	    !read_code(json, "how", receipt_cash_codes, G_N_ELEMENTS(receipt_cash_codes), &how))
		return false;
	self->cash_how = (Rounding)how;
	return true;
}

static bool read_customer(Receipt *self, const json_t *json)
{
	const char *text;

	if (json == NULL)
		return true;
	if (!json_is_object(json) || json_object_size(json) == 0)
		return false;
	for (ReceiptCustomer kind = 0; kind < CUSTOMER_N; kind++)
		if (!read_text_if_any(json, receipt_customer_codes[kind], &text) ||
		    !receipt_set_customer(self, kind, text, NULL))
			return false;
	return true;
}

static bool read_origin(Receipt *self, const json_t *json)
{
	return json == NULL || receipt_origin_read(self, json);
}

static bool compute(Receipt *self, GError **error)
{
	g_autoptr(GError) reason = NULL;

	if (receipt_compute(self, self->lines, self->discount, &self->totals, &reason)) {
		receipt_compute_payments(self, &self->totals);
		return true;
	}
	return receipt_refuse(error, RECEIPT_ERROR_DATA, reason->message);
}

/* The discount of a return by receipt is in its lines. */
static bool read_receipt_discount(Receipt *self, const json_t *json)
{
	return read_discount(json, &self->discount) &&
	       (!receipt_has_origin(self) || self->discount.kind == DISCOUNT_NONE);
}

Receipt *receipt_from_json(const json_t *json, GError **error)
{
	const json_t *lines = json_object_get(json, "lines");
	g_autoptr(Receipt) self = read_head(json);
	const char *wrong = NULL;

	if (self == NULL)
		wrong = "its head cannot be read";
	else if (!read_cash_rounding(self, json_object_get(json, "cash_rounding")))
		wrong = "its cash rounding cannot be read";
	else if (!read_customer(self, json_object_get(json, "customer")))
		wrong = "its customer cannot be read";
	else if (!read_origin(self, json_object_get(json, "origin")))
		wrong = "its sale cannot be read";
	else if (!read_receipt_discount(self, json_object_get(json, "discount")))
		wrong = "its discount cannot be read";
	else if (!read_lines(self, lines, json_object_get(json, "tax_groups")))
		wrong = "its lines cannot be read";
	else if (!compute(self, error))
		return NULL;
	else if (!lines_agree(self, lines))
		wrong = "its lines do not add up";
	else if (!read_payments(self, json_object_get(json, "payments")))
		wrong = "its payments cannot be";
	else if (!taxes_agree(self, json_object_get(json, "taxes")) || !totals_agree(self, json))
		wrong = "its totals do not add up";

	if (wrong == NULL)
		return g_steal_pointer(&self);
	receipt_refuse(error, RECEIPT_ERROR_DATA, wrong);
	return NULL;
}
