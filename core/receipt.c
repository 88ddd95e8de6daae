/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/receipt_private.h"

#include "core/currency.h"

#include <string.h>

G_DEFINE_QUARK(baraa - receipt - error - quark, receipt_error)

bool receipt_refuse(GError **error, ReceiptError code, const char *message)
{
	g_set_error_literal(error, RECEIPT_ERROR, (int)code, message);
	return false;
}

static const char *const tender_codes[TENDER_N] = {
	[TENDER_CASH] = "cash", [TENDER_CARD] = "card"
};

const char *tender_code(TenderKind kind)
{
	g_return_val_if_fail(kind < TENDER_N, NULL);
	return tender_codes[kind];
}

bool tender_parse(const char *text, TenderKind *ret)
{
	for (TenderKind kind = 0; kind < TENDER_N; kind++) {
		if (g_str_equal(tender_codes[kind], text)) {
			*ret = kind;
			return true;
		}
	}
	return false;
}

Receipt *receipt_new(ReceiptKind kind, uint16_t currency, TaxRounding tax_rounding)
{
	Receipt *self;
	Money zero = { .currency = currency };

	g_return_val_if_fail(currency_by_number(currency) != NULL, NULL);
	self = g_new0(Receipt, 1);
	self->kind = kind;
	self->currency = currency;
	self->tax_rounding = tax_rounding;
	self->cash_step = 1;
	self->origin.number = "";
	self->totals = (ReceiptTotals){ .gross = zero,
					.discount = zero,
					.tax = zero,
					.total = zero,
					.paid = zero,
					.due = zero,
					.cash_due = zero,
					.rounding = zero,
					.change = zero };
	self->lines = g_array_new(false, false, sizeof(ReceiptLine));
	self->payments = g_array_new(false, true, sizeof(ReceiptPayment));
	self->texts = g_string_chunk_new(1024);
	return self;
}

void receipt_free(Receipt *self)
{
	if (self == NULL)
		return;
	g_array_unref(self->lines);
	g_array_unref(self->payments);
	g_string_chunk_free(self->texts);
	g_free(self);
}

const char *receipt_keep_text(Receipt *self, const char *text)
{
	g_autofree char *valid = NULL;

	if (text == NULL)
		return "";
	if (g_utf8_validate(text, -1, NULL))
		return g_string_chunk_insert(self->texts, text);
	valid = g_utf8_make_valid(text, -1);
	return g_string_chunk_insert(self->texts, valid);
}

void receipt_keep_texts(Receipt *self, ReceiptLine *line)
{
	line->code = receipt_keep_text(self, line->code);
	line->name = receipt_keep_text(self, line->name);
	line->mark = receipt_keep_text(self, line->mark);
	line->batch = receipt_keep_text(self, line->batch);
	line->serial = receipt_keep_text(self, line->serial);
	line->classification = receipt_keep_text(self, line->classification);
}

bool discount_check(Discount discount, GError **error)
{
	int64_t limit = discount.kind == DISCOUNT_NONE	    ? 0
			: discount.kind == DISCOUNT_PERCENT ? TAX_ONE
							    : RECEIPT_MAX_TOTAL;

	if (discount.value < 0 || discount.value > limit)
		return receipt_refuse(error, RECEIPT_ERROR_DISCOUNT,
				      "negative, or more than all of it");
	return true;
}

static bool tax_check(const TaxGroup *tax)
{
	if (tax->n_rates < 0 || tax->n_rates > TAX_MAX)
		return false;
	for (int i = 0; i < tax->n_rates; i++)
		if (tax->rates[i].rate < 0 || tax->rates[i].rate > TAX_RATE_MAX)
			return false;
	return true;
}

bool receipt_line_check(const ReceiptLine *line, uint16_t currency, GError **error)
{
	int64_t micro = line->quantity.micro;

	if (micro <= 0 || micro > RECEIPT_MAX_QUANTITY)
		return receipt_refuse(error, RECEIPT_ERROR_QUANTITY, "not positive, or too many");
	if (line->unit == UNIT_PIECE && micro % QUANTITY_ONE != 0)
		return receipt_refuse(error, RECEIPT_ERROR_QUANTITY, "a part of a piece");
	if (line->price.currency != currency || line->price.minor < 0 ||
	    line->price.minor > RECEIPT_MAX_TOTAL)
		return receipt_refuse(error, RECEIPT_ERROR_PRICE, "negative or too large a price");
	if (!tax_check(&line->tax))
		return receipt_refuse(error, RECEIPT_ERROR_DATA, "a tax out of its bounds");
	if ((line->mark[0] != '\0' || line->serial[0] != '\0') && micro != QUANTITY_ONE)
		return receipt_refuse(error, RECEIPT_ERROR_MARK, "a mark is of one piece");
	if (line->priced_at < 0 || line->price_kind < 0 || line->expiry < 0)
		return receipt_refuse(error, RECEIPT_ERROR_DATA, "below zero");
	if (line->basis.line != 0 && micro > receipt_basis_left(&line->basis).micro)
		return receipt_refuse(error, RECEIPT_ERROR_RETURN, "more than is left of it");
	return discount_check(line->own, error);
}

/* Computes @lines, which take the place of the receipt's own if they and @discount are possible.
 * Consumes @lines. */
static bool take_lines(Receipt *self, GArray *lines, Discount discount, GError **error)
{
	ReceiptTotals totals = self->totals;

	if (!receipt_compute(self, lines, discount, &totals, error)) {
		g_array_unref(lines);
		return false;
	}
	receipt_compute_payments(self, &totals);
	g_array_unref(self->lines);
	self->lines = lines;
	self->discount = discount;
	self->totals = totals;
	return true;
}

bool receipt_check_open(const Receipt *self, GError **error)
{
	if (self->payments->len > 0)
		return receipt_refuse(error, RECEIPT_ERROR_PAID, "payment has begun");
	return true;
}

/* Goods and prices of a return by receipt are those of the sale. */
static bool check_free(const Receipt *self, GError **error)
{
	if (receipt_has_origin(self))
		return receipt_refuse(error, RECEIPT_ERROR_RETURN, "the sale says what it was");
	return true;
}

static const char *or_empty(const char *text)
{
	return text != NULL ? text : "";
}

bool receipt_add(Receipt *self, const ReceiptGoods *goods, Quantity quantity, int *ret_number,
		 GError **error)
{
	ReceiptLine line = { .number = (int)self->lines->len + 1,
			     .item_id = goods->item_id,
			     .unit = goods->unit,
			     .quantity = quantity,
			     .price = goods->price,
			     .own = goods->own,
			     .priced_at = goods->priced_at,
			     .price_kind = goods->price_kind,
			     .mark = or_empty(goods->mark),
			     .batch = or_empty(goods->batch),
			     .serial = or_empty(goods->serial),
			     .classification = or_empty(goods->classification),
			     .expiry = goods->expiry };
	GArray *lines;

	g_return_val_if_fail(goods->unit < UNIT_N && goods->tax != NULL, false);
	line.tax = *goods->tax;
	if (!receipt_check_open(self, error) || !check_free(self, error) ||
	    !receipt_line_check(&line, self->currency, error) ||
	    !receipt_mark_check(self, &line, error))
		return false;

	line.code = goods->code;
	line.name = goods->name;
	receipt_keep_texts(self, &line);
	lines = g_array_copy(self->lines);
	g_array_append_val(lines, line);
	if (!take_lines(self, lines, self->discount, error))
		return false;
	if (ret_number != NULL)
		*ret_number = line.number;
	return true;
}

/* Line numbers are places from 1: lines are never taken out. */
static const ReceiptLine *line_at(const Receipt *self, int number)
{
	if (number < 1 || (guint)number > self->lines->len)
		return NULL;
	return &g_array_index(self->lines, ReceiptLine, number - 1);
}

/* Puts @changed in the place of the line of its number, if it may be there. */
static bool change_line(Receipt *self, const ReceiptLine *changed, GError **error)
{
	GArray *lines;

	if (!receipt_line_check(changed, self->currency, error))
		return false;
	lines = g_array_copy(self->lines);
	g_array_index(lines, ReceiptLine, changed->number - 1) = *changed;
	return take_lines(self, lines, self->discount, error);
}

/* A copy of the line to change and put back. */
static bool copy_line(const Receipt *self, int number, ReceiptLine *ret, GError **error)
{
	const ReceiptLine *line = line_at(self, number);

	if (!receipt_check_open(self, error))
		return false;
	if (line == NULL || (line->voided && !receipt_has_origin(self)))
		return receipt_refuse(error, RECEIPT_ERROR_NO_LINE, "no such line");
	*ret = *line;
	return true;
}

static bool copy_live_line(const Receipt *self, int number, ReceiptLine *ret, GError **error)
{
	if (!copy_line(self, number, ret, error))
		return false;
	if (ret->voided)
		return receipt_refuse(error, RECEIPT_ERROR_NO_LINE, "the line is voided");
	return true;
}

bool receipt_set_quantity(Receipt *self, int number, Quantity quantity, GError **error)
{
	ReceiptLine line;

	if (!copy_line(self, number, &line, error))
		return false;
	if (line.voided && !receipt_mark_check(self, &line, error))
		return false;
	line.voided = false;
	line.quantity = quantity;
	return change_line(self, &line, error);
}

bool receipt_set_price(Receipt *self, int number, Money price, GError **error)
{
	ReceiptLine line;

	if (!copy_live_line(self, number, &line, error) || !check_free(self, error))
		return false;
	line.price = price;
	line.priced_at = line.price_kind = 0;
	return change_line(self, &line, error);
}

ReceiptDeal receipt_line_get_deal(const ReceiptLine *line)
{
	return (ReceiptDeal){ line->quantity, line->price, line->own, line->priced_at,
			      line->price_kind };
}

bool receipt_set_deal(Receipt *self, int number, const ReceiptDeal *deal, GError **error)
{
	ReceiptLine line;

	if (!copy_live_line(self, number, &line, error) || !check_free(self, error))
		return false;
	line.quantity = deal->quantity;
	line.price = deal->price;
	line.own = deal->own;
	line.priced_at = deal->priced_at;
	line.price_kind = deal->price_kind;
	return change_line(self, &line, error);
}

bool receipt_discount_line(Receipt *self, int number, Discount discount, GError **error)
{
	ReceiptLine line;

	if (!copy_live_line(self, number, &line, error) || !check_free(self, error))
		return false;
	line.own = discount;
	return change_line(self, &line, error);
}

bool receipt_void_line(Receipt *self, int number, GError **error)
{
	ReceiptLine line;

	if (!copy_live_line(self, number, &line, error))
		return false;
	line.voided = true;
	return change_line(self, &line, error);
}

/* What a receipt's discount can be taken from. */
static int64_t left_of_lines(const Receipt *self)
{
	int64_t left = 0;

	for (int i = 0; i < receipt_get_n_lines(self); i++) {
		const ReceiptLine *line = receipt_get_line(self, i);

		left += line->gross.minor - line->own_discount.minor;
	}
	return left;
}

bool receipt_discount(Receipt *self, Discount discount, GError **error)
{
	if (!receipt_check_open(self, error) || !check_free(self, error) ||
	    !discount_check(discount, error))
		return false;
	if (discount.kind == DISCOUNT_AMOUNT && discount.value > left_of_lines(self))
		return receipt_refuse(error, RECEIPT_ERROR_DISCOUNT, "more than the receipt");
	return take_lines(self, g_array_copy(self->lines), discount, error);
}

ReceiptKind receipt_get_kind(const Receipt *self)
{
	return self->kind;
}

uint16_t receipt_get_currency(const Receipt *self)
{
	return self->currency;
}

TaxRounding receipt_get_tax_rounding(const Receipt *self)
{
	return self->tax_rounding;
}

Discount receipt_get_discount(const Receipt *self)
{
	return self->discount;
}

int receipt_get_n_lines(const Receipt *self)
{
	return (int)self->lines->len;
}

const ReceiptLine *receipt_get_line(const Receipt *self, int index)
{
	g_return_val_if_fail(index >= 0 && (guint)index < self->lines->len, NULL);
	return &g_array_index(self->lines, ReceiptLine, index);
}

const ReceiptLine *receipt_find_line(const Receipt *self, int number)
{
	const ReceiptLine *line = line_at(self, number);

	return line == NULL || line->voided ? NULL : line;
}

const ReceiptTotals *receipt_get_totals(const Receipt *self)
{
	return &self->totals;
}

int receipt_get_n_payments(const Receipt *self)
{
	return (int)self->payments->len;
}

const ReceiptPayment *receipt_get_payment(const Receipt *self, int index)
{
	g_return_val_if_fail(index >= 0 && (guint)index < self->payments->len, NULL);
	return &g_array_index(self->payments, ReceiptPayment, index);
}
