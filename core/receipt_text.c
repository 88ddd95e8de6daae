/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/receipt_private.h"

#include "core/json_text.h"

#include <string.h>

/* A receipt is written between paid and durable, while the shopper waits: straight into text. Keys
 * stand in the order of their bytes. */

static void write_discount(GString *to, const char *key, Discount discount)
{
	json_text_open(to, key, '{');
	json_text_string(to, "kind", receipt_discount_codes[discount.kind]);
	json_text_int(to, "value", discount.value);
	json_text_close(to, '}');
}

void tax_group_write(const TaxGroup *self, const char *key, GString *to)
{
	json_text_open(to, key, '{');
	json_text_string(to, "code", self->code);
	json_text_int(to, "id", self->id);
	json_text_open(to, "rates", '[');
	for (int i = 0; i < self->n_rates; i++) {
		const TaxRate *rate = &self->rates[i];

		json_text_open(to, NULL, '{');
		json_text_string(to, "code", rate->code);
		json_text_int(to, "first_day", rate->first_day);
		json_text_string(to, "fiscal", fiscal_tax_code(rate->fiscal));
		json_text_bool(to, "inclusive", rate->inclusive);
		json_text_int(to, "rate", rate->rate);
		json_text_close(to, '}');
	}
	json_text_close(to, ']');
	json_text_close(to, '}');
}

static void write_int_if_any(GString *to, const char *key, int64_t value)
{
	if (value != 0)
		json_text_int(to, key, value);
}

static void write_text_if_any(GString *to, const char *key, const char *text)
{
	if (text[0] != '\0')
		json_text_string(to, key, text);
}

static void write_line(GString *to, const ReceiptLine *line, int tax)
{
	json_text_open(to, NULL, '{');
	json_text_int(to, "added", line->added.minor);
	write_int_if_any(to, "at", line->priced_at);
	if (line->basis.line != 0)
		receipt_basis_write(line, to);
	write_text_if_any(to, "batch", line->batch);
	write_text_if_any(to, "class", line->classification);
	json_text_string(to, "code", line->code);
	write_int_if_any(to, "expiry", line->expiry);
	json_text_int(to, "gross", line->gross.minor);
	json_text_int(to, "item", line->item_id);
	if (line->price_kind != RECEIPT_PRICE_RETAIL)
		write_int_if_any(to, "kind", line->price_kind);
	write_text_if_any(to, "mark", line->mark);
	json_text_int(to, "n", line->number);
	json_text_string(to, "name", line->name);
	json_text_int(to, "net", line->net.minor);
	write_discount(to, "own", line->own);
	json_text_int(to, "own_discount", line->own_discount.minor);
	json_text_int(to, "price", line->price.minor);
	json_text_int(to, "quantity", line->quantity.micro);
	write_text_if_any(to, "serial", line->serial);
	json_text_int(to, "shared_discount", line->shared_discount.minor);
	json_text_int(to, "tax", tax);
	json_text_open(to, "taxes", '[');
	for (int i = 0; i < line->tax.n_rates; i++)
		json_text_int(to, NULL, line->taxes[i].minor);
	json_text_close(to, ']');
	json_text_string(to, "unit", unit_code(line->unit));
	json_text_bool(to, "voided", line->voided);
	json_text_close(to, '}');
}

/* The place of @group among @groups, where it is put if it is new. */
static int place_of(GPtrArray *groups, const TaxGroup *group)
{
	for (guint i = 0; i < groups->len; i++)
		if (tax_group_equal(groups->pdata[i], group))
			return (int)i;
	g_ptr_array_add(groups, (TaxGroup *)group);
	return (int)groups->len - 1;
}

static void write_lines(GString *to, const Receipt *self, GPtrArray *groups)
{
	json_text_open(to, "lines", '[');
	for (int i = 0; i < receipt_get_n_lines(self); i++) {
		const ReceiptLine *line = receipt_get_line(self, i);

		write_line(to, line, place_of(groups, &line->tax));
	}
	json_text_close(to, ']');
}

static void write_payments(GString *to, const Receipt *self)
{
	json_text_open(to, "payments", '[');
	for (int i = 0; i < receipt_get_n_payments(self); i++) {
		const ReceiptPayment *payment = receipt_get_payment(self, i);

		json_text_open(to, NULL, '{');
		json_text_int(to, "amount", payment->amount.minor);
		json_text_string(to, "kind", tender_code(payment->kind));
		json_text_string(to, "reference", payment->reference);
		json_text_close(to, '}');
	}
	json_text_close(to, ']');
}

static void write_groups(GString *to, const GPtrArray *groups)
{
	json_text_open(to, "tax_groups", '[');
	for (guint i = 0; i < groups->len; i++)
		tax_group_write(groups->pdata[i], NULL, to);
	json_text_close(to, ']');
}

static void write_taxes(GString *to, const Receipt *self)
{
	g_autoptr(GArray) taxes = receipt_dup_taxes(self);

	json_text_open(to, "taxes", '[');
	for (guint i = 0; i < taxes->len; i++) {
		const ReceiptTax *tax = &g_array_index(taxes, ReceiptTax, i);

		json_text_open(to, NULL, '{');
		json_text_int(to, "amount", tax->amount.minor);
		json_text_int(to, "base", tax->base.minor);
		json_text_string(to, "code", tax->code);
		json_text_bool(to, "inclusive", tax->inclusive);
		json_text_int(to, "rate", tax->rate);
		json_text_close(to, '}');
	}
	json_text_close(to, ']');
}

static void write_cash_rounding(GString *to, const Receipt *self)
{
	if (self->cash_step == 1)
		return;
	json_text_open(to, "cash_rounding", '{');
	json_text_string(to, "how", receipt_cash_codes[self->cash_how]);
	json_text_int(to, "step", self->cash_step);
	json_text_close(to, '}');
}

static void write_customer(GString *to, const Receipt *self)
{
	static const ReceiptCustomer by_code[] = { CUSTOMER_CARD, CUSTOMER_CONSUMER,
						   CUSTOMER_CONTACT, CUSTOMER_TIN };
	bool any = false;

	for (ReceiptCustomer kind = 0; kind < CUSTOMER_N; kind++)
		any |= self->customer[kind][0] != '\0';
	if (!any)
		return;
	json_text_open(to, "customer", '{');
	for (size_t i = 0; i < G_N_ELEMENTS(by_code); i++)
		if (self->customer[by_code[i]][0] != '\0')
			json_text_string(to, receipt_customer_codes[by_code[i]],
					 self->customer[by_code[i]]);
	json_text_close(to, '}');
}

static void write_totals(GString *to, const Receipt *self)
{
	const ReceiptTotals *totals = &self->totals;

	json_text_open(to, "totals", '{');
	json_text_int(to, "change", totals->change.minor);
	json_text_int(to, "discount", totals->discount.minor);
	json_text_int(to, "due", totals->due.minor);
	json_text_int(to, "goods", totals->n_goods);
	json_text_int(to, "gross", totals->gross.minor);
	json_text_int(to, "paid", totals->paid.minor);
	if (self->cash_step != 1)
		json_text_int(to, "rounding", totals->rounding.minor);
	json_text_int(to, "tax", totals->tax.minor);
	json_text_int(to, "total", totals->total.minor);
	json_text_close(to, '}');
}

void receipt_write(const Receipt *self, const char *key, GString *to)
{
	g_autoptr(GPtrArray) groups = g_ptr_array_new();

	json_text_open(to, key, '{');
	write_cash_rounding(to, self);
	json_text_int(to, "currency", self->currency);
	write_customer(to, self);
	write_discount(to, "discount", self->discount);
	json_text_open(to, "kept", '{');
	json_text_int(to, "card", receipt_get_kept(self, TENDER_CARD).minor);
	json_text_int(to, "cash", receipt_get_kept(self, TENDER_CASH).minor);
	json_text_close(to, '}');
	json_text_string(to, "kind", receipt_kind_codes[self->kind]);
	write_lines(to, self, groups);
	if (receipt_has_origin(self))
		receipt_origin_write(&self->origin, to);
	write_payments(to, self);
	json_text_string(to, "rounding", receipt_rounding_codes[self->tax_rounding]);
	write_groups(to, groups);
	write_taxes(to, self);
	write_totals(to, self);
	json_text_close(to, '}');
}

json_t *receipt_to_json(const Receipt *self)
{
	g_autoptr(GString) text = g_string_new(NULL);
	json_t *json;

	receipt_write(self, NULL, text);
	json = json_loadb(text->str, text->len, 0, NULL);
	g_assert(json != NULL);
	return json;
}
