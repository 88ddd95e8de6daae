/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/receipt_private.h"

#include <string.h>

static Money money_of(int64_t minor, uint16_t currency)
{
	return (Money){ .minor = minor, .currency = currency };
}

static void clear_amounts(ReceiptLine *line, uint16_t currency)
{
	Money zero = money_of(0, currency);

	line->gross = line->own_discount = line->shared_discount = line->net = zero;
	line->added = zero;
	for (int i = 0; i < TAX_MAX; i++)
		line->taxes[i] = zero;
}

/* A percentage of @amount, or the amount that was named. */
static bool discount_of(Discount discount, int64_t amount, int64_t *ret)
{
	*ret = 0;
	switch (discount.kind) {
	case DISCOUNT_NONE:
		break;
	case DISCOUNT_PERCENT:
		return scale_int64(amount, discount.value, TAX_ONE, ROUND_HALF_AWAY, ret);
	case DISCOUNT_AMOUNT:
		*ret = discount.value;
		break;
	}
	return true;
}

static bool compute_line(ReceiptLine *line, GError **error)
{
	int64_t gross, discount;

	if (!scale_int64(line->price.minor, line->quantity.micro, QUANTITY_ONE, ROUND_HALF_AWAY,
			 &gross) ||
	    gross > RECEIPT_MAX_TOTAL)
		return receipt_refuse(error, RECEIPT_ERROR_TOO_LARGE, "the line is too large");
	if (gross == 0 && line->price.minor > 0)
		return receipt_refuse(error, RECEIPT_ERROR_QUANTITY,
				      "so little that it costs nothing");
	if (!discount_of(line->own, gross, &discount) || discount > gross)
		return receipt_refuse(error, RECEIPT_ERROR_DISCOUNT,
				      "the discount exceeds the line");

	line->gross.minor = gross;
	line->own_discount.minor = discount;
	line->net.minor = gross - discount;
	return true;
}

/* The live lines of a receipt while it is computed. */
typedef struct {
	ReceiptLine **lines;
	uint64_t *order; /* of a line by what it is; equal lines have numbers of their own */
	int64_t *weights;
	int64_t *parts;
	int n;
} Live;

static int compare_int64(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

static int compare_groups(const TaxGroup *a, const TaxGroup *b)
{
	int difference = compare_int64(a->n_rates, b->n_rates);

	for (int i = 0; difference == 0 && i < a->n_rates; i++) {
		difference = strcmp(a->rates[i].code, b->rates[i].code);
		if (difference == 0)
			difference = compare_int64(a->rates[i].rate, b->rates[i].rate);
		if (difference == 0)
			difference = compare_int64(a->rates[i].inclusive, b->rates[i].inclusive);
	}
	return difference;
}

/* Lines that differ in nothing here are interchangeable, whatever their place. */
static int compare_lines(const void *a, const void *b)
{
	const ReceiptLine *x = *(ReceiptLine *const *)a, *y = *(ReceiptLine *const *)b;
	int difference;

	if ((difference = compare_int64(x->net.minor, y->net.minor)) != 0)
		return -difference;
	if ((difference = compare_groups(&x->tax, &y->tax)) != 0)
		return difference;
	if ((difference = compare_int64(x->item_id, y->item_id)) != 0)
		return difference;
	if ((difference = compare_int64(x->price.minor, y->price.minor)) != 0)
		return difference;
	if ((difference = compare_int64(x->quantity.micro, y->quantity.micro)) != 0)
		return difference;
	return strcmp(x->code, y->code);
}

static void live_clear(Live *self)
{
	g_free(self->lines);
	g_free(self->order);
	g_free(self->weights);
	g_free(self->parts);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Live, live_clear)

/* Sorted by what the lines are: then the index is the order, and nothing depends on entry. */
static void live_init(Live *self, ReceiptLine *lines, int n)
{
	*self = (Live){ .lines = g_new(ReceiptLine *, n + 1),
			.order = g_new(uint64_t, n + 1),
			.weights = g_new(int64_t, n + 1),
			.parts = g_new(int64_t, n + 1) };
	for (int i = 0; i < n; i++)
		if (!lines[i].voided)
			self->lines[self->n++] = &lines[i];
	qsort(self->lines, (size_t)self->n, sizeof *self->lines, compare_lines);
	for (int i = 0; i < self->n; i++)
		self->order[i] = (uint64_t)i;
}

static bool share_discount(Live *live, Discount discount, GError **error)
{
	int64_t left = 0, amount;

	for (int i = 0; i < live->n; i++) {
		live->weights[i] = live->lines[i]->net.minor;
		left += live->weights[i];
	}
	if (!discount_of(discount, left, &amount))
		return receipt_refuse(error, RECEIPT_ERROR_TOO_LARGE, "the discount does not fit");
	if (!spread_largest_remainder(MIN(amount, left), live->weights, live->order, live->n,
				      live->parts))
		return receipt_refuse(error, RECEIPT_ERROR_TOO_LARGE,
				      "the discount cannot be spread");

	for (int i = 0; i < live->n; i++) {
		live->lines[i]->shared_discount.minor = live->parts[i];
		live->lines[i]->net.minor -= live->parts[i];
	}
	return true;
}

static bool tax_by_line(const Live *live, GError **error)
{
	for (int i = 0; i < live->n; i++) {
		ReceiptLine *line = live->lines[i];

		if (!tax_compute(&line->tax, line->net, line->taxes, &line->added))
			return receipt_refuse(error, RECEIPT_ERROR_TOO_LARGE,
					      "the tax does not fit");
	}
	return true;
}

/* Spreads one tax of a group over the group's lines, in proportion to what it stands on: net, for
 * inclusive taxes less those already taken out, so that they never exceed it together; for
 * exclusive ones net without any inclusive tax. */
static bool spread_tax(Live *members, int at, int64_t amount)
{
	bool inclusive = members->lines[0]->tax.rates[at].inclusive;

	if (!spread_largest_remainder(amount, members->weights, members->order, members->n,
				      members->parts))
		return false;
	for (int i = 0; i < members->n; i++) {
		members->lines[i]->taxes[at].minor = members->parts[i];
		if (inclusive)
			members->weights[i] -= members->parts[i];
		else
			members->lines[i]->added.minor += members->parts[i];
	}
	return true;
}

static bool tax_group_lines(Live *members, GError **error)
{
	const TaxGroup *group = &members->lines[0]->tax;
	Money base = money_of(0, members->lines[0]->net.currency);
	Money taxes[TAX_MAX], added;

	for (int i = 0; i < members->n; i++) {
		members->weights[i] = members->lines[i]->net.minor;
		base.minor += members->weights[i];
	}
	if (!tax_compute(group, base, taxes, &added))
		return receipt_refuse(error, RECEIPT_ERROR_TOO_LARGE, "the tax does not fit");
	for (int pass = 0; pass < 2; pass++) /* first the inclusive ones */
		for (int at = 0; at < group->n_rates; at++)
			if (group->rates[at].inclusive == (pass == 0) &&
			    !spread_tax(members, at, taxes[at].minor))
				return receipt_refuse(error, RECEIPT_ERROR_TOO_LARGE,
						      "the tax does not fit");
	return true;
}

/* Computes each group's tax once, on the sum of its lines. */
static bool tax_by_receipt(Live *live, GError **error)
{
	g_autofree ReceiptLine **members = g_new(ReceiptLine *, live->n + 1);
	g_autofree bool *done = g_new0(bool, live->n + 1);

	for (int first = 0; first < live->n; first++) {
		Live group = *live;

		if (done[first])
			continue;
		group.lines = members;
		group.n = 0;
		for (int i = first; i < live->n; i++) {
			if (compare_groups(&live->lines[first]->tax, &live->lines[i]->tax) != 0)
				continue;
			done[i] = true;
			members[group.n++] = live->lines[i];
		}
		if (!tax_group_lines(&group, error))
			return false;
	}
	return true;
}

bool receipt_add_up(const GArray *lines, ReceiptTotals *ret, GError **error)
{
	int64_t gross = 0, discount = 0, tax = 0, total = 0;
	uint16_t currency = ret->total.currency;
	int n_goods = 0;

	for (guint i = 0; i < lines->len; i++) {
		const ReceiptLine *line = &g_array_index(lines, ReceiptLine, i);

		n_goods += !line->voided;
		gross += line->gross.minor;
		discount += line->own_discount.minor + line->shared_discount.minor;
		total += line->net.minor + line->added.minor;
		for (int k = 0; k < line->tax.n_rates; k++)
			tax += line->taxes[k].minor;
		if (gross > RECEIPT_MAX_TOTAL || total > RECEIPT_MAX_TOTAL)
			return receipt_refuse(error, RECEIPT_ERROR_TOO_LARGE,
					      "the receipt is too large");
	}

	ret->gross = money_of(gross, currency);
	ret->discount = money_of(discount, currency);
	ret->tax = money_of(tax, currency);
	ret->total = money_of(total, currency);
	ret->n_goods = n_goods;
	return true;
}

/* The goods as they are sold: all amounts come of quantities, prices and discounts. */
static bool compute_goods(const Receipt *self, GArray *array, Discount discount, GError **error)
{
	g_auto(Live) live = { 0 };
	ReceiptLine *lines = (ReceiptLine *)array->data;
	int64_t gross = 0;

	for (guint i = 0; i < array->len; i++) {
		if (lines[i].voided)
			continue;
		if (!compute_line(&lines[i], error))
			return false;
		gross += lines[i].gross.minor;
		if (gross > RECEIPT_MAX_TOTAL) /* so that no sum below can overflow */
			return receipt_refuse(error, RECEIPT_ERROR_TOO_LARGE,
					      "the receipt is too large");
	}

	live_init(&live, lines, (int)array->len);
	return share_discount(&live, discount, error) &&
	       (self->tax_rounding == TAX_PER_LINE ? tax_by_line(&live, error)
						   : tax_by_receipt(&live, error));
}

bool receipt_compute(const Receipt *self, GArray *lines, Discount discount, ReceiptTotals *totals,
		     GError **error)
{
	for (guint i = 0; i < lines->len; i++)
		clear_amounts(&g_array_index(lines, ReceiptLine, i), self->currency);
	if (receipt_has_origin(self))
		return receipt_compute_return(self, lines, totals, error);
	return compute_goods(self, lines, discount, error) && receipt_add_up(lines, totals, error);
}
