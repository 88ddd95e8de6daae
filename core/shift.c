/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/shift.h"

#include "core/currency.h"
#include "core/json_text.h"
#include "core/json_values.h"

static const JsonMoney amounts[] = {
	{ "sales", offsetof(ShiftTotals, sales) },
	{ "returns", offsetof(ShiftTotals, returns) },
	{ "discount", offsetof(ShiftTotals, discount) },
	{ "tax", offsetof(ShiftTotals, tax) },
	{ "opening_cash", offsetof(ShiftTotals, opening_cash) },
	{ "cash_in", offsetof(ShiftTotals, cash_in) },
	{ "cash_out", offsetof(ShiftTotals, cash_out) },
};

void shift_totals_init(ShiftTotals *self, uint16_t currency, Money opening_cash)
{
	Money zero = { .currency = currency };

	g_return_if_fail(opening_cash.currency == currency);
	*self = (ShiftTotals){ .currency = currency,
			       .sales = zero,
			       .returns = zero,
			       .discount = zero,
			       .tax = zero,
			       .rounding = zero,
			       .opening_cash = opening_cash,
			       .cash_in = zero,
			       .cash_out = zero };
	for (TenderKind kind = 0; kind < TENDER_N; kind++)
		self->kept[kind] = zero;
}

/* A return takes away what a sale adds. */
static bool add_signed(Money *to, Money amount, bool taken_away)
{
	return taken_away ? money_subtract(*to, amount, to) : money_add(*to, amount, to);
}

bool shift_totals_add(ShiftTotals *self, const Receipt *receipt)
{
	const ReceiptTotals *totals = receipt_get_totals(receipt);
	bool is_return = receipt_get_kind(receipt) == RECEIPT_RETURN;
	ShiftTotals sum = *self;
	Money *charged = is_return ? &sum.returns : &sum.sales;

	g_return_val_if_fail(receipt_get_currency(receipt) == self->currency, false);
	*(is_return ? &sum.n_returns : &sum.n_sales) += 1;
	if (!money_add(*charged, totals->total, charged) ||
	    !add_signed(&sum.discount, totals->discount, is_return) ||
	    !add_signed(&sum.tax, totals->tax, is_return) ||
	    !add_signed(&sum.rounding, totals->rounding, is_return))
		return false;
	for (TenderKind kind = 0; kind < TENDER_N; kind++)
		if (!add_signed(&sum.kept[kind], receipt_get_kept(receipt, kind), is_return))
			return false;

	*self = sum;
	return true;
}

bool shift_totals_expected_cash(const ShiftTotals *self, Money *ret)
{
	Money cash;

	if (!money_add(self->opening_cash, self->kept[TENDER_CASH], &cash) ||
	    !money_add(cash, self->cash_in, &cash) || !money_subtract(cash, self->cash_out, &cash))
		return false;
	*ret = cash;
	return true;
}

void shift_totals_write(const ShiftTotals *self, const char *key, GString *to)
{
	json_text_open(to, key, '{');
	json_text_int(to, "cash_in", self->cash_in.minor);
	json_text_int(to, "cash_out", self->cash_out.minor);
	json_text_int(to, "currency", self->currency);
	json_text_int(to, "discount", self->discount.minor);
	json_text_open(to, "kept", '{');
	json_text_int(to, "card", self->kept[TENDER_CARD].minor);
	json_text_int(to, "cash", self->kept[TENDER_CASH].minor);
	json_text_close(to, '}');
	json_text_int(to, "n_returns", self->n_returns);
	json_text_int(to, "n_sales", self->n_sales);
	json_text_int(to, "n_voided", self->n_voided);
	json_text_int(to, "opening_cash", self->opening_cash.minor);
	json_text_int(to, "returns", self->returns.minor);
	if (self->rounding.minor != 0)
		json_text_int(to, "rounding", self->rounding.minor);
	json_text_int(to, "sales", self->sales.minor);
	json_text_int(to, "tax", self->tax.minor);
	json_text_close(to, '}');
}

json_t *shift_totals_to_json(const ShiftTotals *self)
{
	g_autoptr(GString) text = g_string_new(NULL);

	shift_totals_write(self, NULL, text);
	return json_loadb(text->str, text->len, 0, NULL);
}

/* Left out where it is zero. */
static bool read_rounding(const json_t *json, Money *ret)
{
	return json_object_get(json, "rounding") == NULL ||
	       (json_read_int(json, "rounding", INT64_MIN, INT64_MAX, &ret->minor) &&
		ret->minor != 0);
}

bool shift_totals_from_json(const json_t *json, ShiftTotals *ret)
{
	const json_t *kept = json_object_get(json, "kept");
	ShiftTotals read = { 0 };
	int64_t currency;

	if (!json_read_int(json, "currency", 1, UINT16_MAX, &currency) ||
	    currency_by_number((uint16_t)currency) == NULL ||
	    !json_read_int(json, "n_sales", 0, INT64_MAX, &read.n_sales) ||
	    !json_read_int(json, "n_returns", 0, INT64_MAX, &read.n_returns) ||
	    !json_read_int(json, "n_voided", 0, INT64_MAX, &read.n_voided) ||
	    !json_read_amounts(json, amounts, G_N_ELEMENTS(amounts), (uint16_t)currency, &read) ||
	    !read_rounding(json, &read.rounding))
		return false;
	read.currency = read.rounding.currency = (uint16_t)currency;
	for (TenderKind kind = 0; kind < TENDER_N; kind++) {
		read.kept[kind].currency = read.currency;
		if (!json_read_int(kept, tender_code(kind), INT64_MIN, INT64_MAX,
				   &read.kept[kind].minor))
			return false;
	}
	*ret = read;
	return true;
}
