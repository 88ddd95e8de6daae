/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/receipt_private.h"

/* A return of one sale. Every amount is what all returns together have to give back, less what
 * earlier ones gave back: then nothing is lost in rounding, whatever the order. Two tills that were
 * apart may have given back of the same sale without knowing of each other, and their sums differ
 * from those by a unit or a coin: what is left over is made up for, and never below zero. */

bool receipt_has_origin(const Receipt *self)
{
	return self->origin.number[0] != '\0';
}

const char *receipt_get_origin(const Receipt *self)
{
	return self->origin.number;
}

Quantity receipt_basis_left(const ReceiptBasis *basis)
{
	return (Quantity){ basis->sold.quantity.micro - basis->before.quantity.micro };
}

Money receipt_added_of(const TaxGroup *group, const Money taxes[static TAX_MAX], uint16_t currency)
{
	Money added = { .currency = currency };

	for (int i = 0; i < group->n_rates; i++)
		if (!group->rates[i].inclusive)
			added.minor += taxes[i].minor;
	return added;
}

/* --- amounts of lines ---------------------------------------------------------------------- */

/* What of @sold comes back with the first @back of @of micro-units, less @before. */
static int64_t share(Money sold, Money before, int64_t back, int64_t of)
{
	int64_t charged;
	bool fits = scale_int64(sold.minor, back, of, ROUND_HALF_AWAY, &charged);

	g_assert(fits); /* @back is at most @of */
	return MAX(charged - before.minor, 0);
}

static void compute_line(ReceiptLine *line, uint16_t currency)
{
	const ReceiptCharge *sold = &line->basis.sold, *before = &line->basis.before;
	int64_t back = before->quantity.micro + line->quantity.micro, of = sold->quantity.micro;

	line->own_discount.minor = share(sold->own_discount, before->own_discount, back, of);
	line->shared_discount.minor =
		share(sold->shared_discount, before->shared_discount, back, of);
	line->net.minor = share(sold->net, before->net, back, of);
	line->gross.minor =
		line->own_discount.minor + line->shared_discount.minor + line->net.minor;
	for (int i = 0; i < line->tax.n_rates; i++)
		line->taxes[i].minor = share(sold->taxes[i], before->taxes[i], back, of);
	line->added = receipt_added_of(&line->tax, line->taxes, currency);
}

bool receipt_compute_return(const Receipt *self, GArray *lines, ReceiptTotals *totals,
			    GError **error)
{
	for (guint i = 0; i < lines->len; i++) {
		ReceiptLine *line = &g_array_index(lines, ReceiptLine, i);

		if (!line->voided)
			compute_line(line, self->currency);
	}
	if (!receipt_add_up(lines, totals, error))
		return false;
	if (totals->total.minor > self->origin.total.minor - self->origin.returned_total.minor)
		return receipt_refuse(error, RECEIPT_ERROR_RETURN, "more than is left of the sale");
	return true;
}

/* --- by kind ------------------------------------------------------------------------------- */

/* What the returns of a sale give back together by kind, where their totals make @total. */
static void given_back_of(const Receipt *self, int64_t total, int64_t ret[static TENDER_N])
{
	const ReceiptOrigin *origin = &self->origin;
	int64_t cash = origin->kept[TENDER_CASH].minor, card = origin->kept[TENDER_CARD].minor;

	ret[TENDER_CARD] = MIN(total, card);
	ret[TENDER_CASH] = cash;
	if (total < origin->total.minor) /* cash that was not a round sum is not exceeded */
		ret[TENDER_CASH] = MIN(receipt_round_cash(self, total - ret[TENDER_CARD]), cash);
}

void receipt_give_back(const Receipt *self, int64_t total, int64_t ret[static TENDER_N])
{
	const ReceiptOrigin *origin = &self->origin;
	int64_t together[TENDER_N], left;

	ret[TENDER_CASH] = ret[TENDER_CARD] = 0;
	if (!receipt_has_origin(self) || total == 0)
		return;
	given_back_of(self, origin->returned_total.minor + total, together);
	left = together[TENDER_CASH] + together[TENDER_CARD] -
	       origin->returned_kept[TENDER_CASH].minor - origin->returned_kept[TENDER_CARD].minor;
	ret[TENDER_CARD] = CLAMP(together[TENDER_CARD] - origin->returned_kept[TENDER_CARD].minor,
				 0, MAX(left, 0));
	ret[TENDER_CASH] = MAX(left - ret[TENDER_CARD], 0);
}

Money receipt_get_give_back(const Receipt *self, TenderKind kind)
{
	int64_t back[TENDER_N];

	g_return_val_if_fail(kind < TENDER_N, ((Money){ .currency = self->currency }));
	receipt_give_back(self, self->totals.total.minor, back);
	return (Money){ .minor = back[kind], .currency = self->currency };
}

/* --- beginning one ------------------------------------------------------------------------- */

static const ReceiptLine *sold_line(const Receipt *sale, const ReceiptLine *line)
{
	return receipt_find_line(sale, line->basis.line);
}

static bool check_before(const Receipt *before, const Receipt *sale, const char *number,
			 GError **error)
{
	if (before->kind != RECEIPT_RETURN || !receipt_is_paid(before) ||
	    !g_str_equal(before->origin.number, number) || before->currency != sale->currency ||
	    before->origin.total.minor != sale->totals.total.minor)
		return receipt_refuse(error, RECEIPT_ERROR_RETURN, "no return of that sale");
	for (int i = 0; i < receipt_get_n_lines(before); i++)
		if (sold_line(sale, receipt_get_line(before, i)) == NULL)
			return receipt_refuse(error, RECEIPT_ERROR_RETURN, "not on that receipt");
	return true;
}

static bool check_sale(const Receipt *sale, const char *number, const Receipt *const *before,
		       int n_before, GError **error)
{
	if (sale->kind != RECEIPT_SALE || !receipt_is_paid(sale))
		return receipt_refuse(error, RECEIPT_ERROR_RETURN, "not a sale that is closed");
	for (int i = 0; i < n_before; i++)
		if (!check_before(before[i], sale, number, error))
			return false;
	return true;
}

static void add_charge(ReceiptCharge *to, const ReceiptLine *line)
{
	to->quantity.micro += line->quantity.micro;
	to->own_discount.minor += line->own_discount.minor;
	to->shared_discount.minor += line->shared_discount.minor;
	to->net.minor += line->net.minor;
	to->added.minor += line->added.minor;
	for (int i = 0; i < TAX_MAX; i++)
		to->taxes[i].minor += line->taxes[i].minor;
}

static ReceiptCharge no_charge(uint16_t currency)
{
	Money zero = { .currency = currency };

	return (ReceiptCharge){ .own_discount = zero,
				.shared_discount = zero,
				.net = zero,
				.added = zero,
				.taxes = { zero, zero, zero, zero } };
}

/* Returns that knew nothing of each other may together exceed an amount by its rounding. */
static void cut_to(ReceiptCharge *self, const ReceiptCharge *sold, const TaxGroup *group)
{
	self->own_discount.minor = MIN(self->own_discount.minor, sold->own_discount.minor);
	self->shared_discount.minor = MIN(self->shared_discount.minor, sold->shared_discount.minor);
	self->net.minor = MIN(self->net.minor, sold->net.minor);
	for (int i = 0; i < TAX_MAX; i++)
		self->taxes[i].minor = MIN(self->taxes[i].minor, sold->taxes[i].minor);
	self->added = receipt_added_of(group, self->taxes, self->added.currency);
}

static ReceiptBasis basis_of(const ReceiptLine *sold, const Receipt *const *before, int n_before)
{
	uint16_t currency = sold->net.currency;
	ReceiptBasis basis = { sold->number, no_charge(currency), no_charge(currency) };

	add_charge(&basis.sold, sold);
	for (int i = 0; i < n_before; i++) {
		for (int k = 0; k < receipt_get_n_lines(before[i]); k++) {
			const ReceiptLine *line = receipt_get_line(before[i], k);

			if (line->basis.line == sold->number && !line->voided)
				add_charge(&basis.before, line);
		}
	}
	cut_to(&basis.before, &basis.sold, &sold->tax);
	return basis;
}

static void take_line(Receipt *self, const ReceiptLine *sold, const ReceiptBasis *basis)
{
	ReceiptLine line = *sold;

	line.number = (int)self->lines->len + 1;
	receipt_keep_texts(self, &line);
	line.priced_at = line.price_kind = 0;
	line.own = (Discount){ DISCOUNT_NONE, 0 };
	line.basis = *basis;
	line.quantity = receipt_basis_left(basis);
	g_array_append_val(self->lines, line);
}

static void take_origin(Receipt *self, const Receipt *sale, const char *number,
			const Receipt *const *before, int n_before)
{
	ReceiptOrigin *origin = &self->origin;

	self->cash_step = sale->cash_step;
	self->cash_how = sale->cash_how;
	origin->number = receipt_keep_text(self, number);
	origin->total = sale->totals.total;
	origin->rounding = sale->totals.rounding;
	origin->returned_total.currency = self->currency;
	for (int i = 0; i < n_before; i++)
		origin->returned_total.minor += before[i]->totals.total.minor;
	for (TenderKind kind = 0; kind < TENDER_N; kind++) {
		origin->kept[kind] = receipt_get_kept(sale, kind);
		origin->returned_kept[kind].currency = self->currency;
		for (int i = 0; i < n_before; i++)
			origin->returned_kept[kind].minor +=
				receipt_get_kept(before[i], kind).minor;
	}
}

Receipt *receipt_new_return(const Receipt *sale, const char *sale_number,
			    const Receipt *const *before, int n_before, GError **error)
{
	g_autoptr(Receipt) self = NULL;

	g_return_val_if_fail(sale_number != NULL && sale_number[0] != '\0', NULL);
	if (!check_sale(sale, sale_number, before, n_before, error))
		return NULL;
	self = receipt_new(RECEIPT_RETURN, sale->currency, sale->tax_rounding);
	take_origin(self, sale, sale_number, before, n_before);
	for (int i = 0; i < receipt_get_n_lines(sale); i++) {
		const ReceiptLine *line = receipt_get_line(sale, i);
		ReceiptBasis basis = basis_of(line, before, n_before);

		if (!line->voided && receipt_basis_left(&basis).micro > 0)
			take_line(self, line, &basis);
	}
	if (self->lines->len == 0) {
		receipt_refuse(error, RECEIPT_ERROR_RETURN, "all of it has been returned");
		return NULL;
	}
	if (!receipt_compute(self, self->lines, self->discount, &self->totals, error))
		return NULL;
	receipt_compute_payments(self, &self->totals);
	return g_steal_pointer(&self);
}
