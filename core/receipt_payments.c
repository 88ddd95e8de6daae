/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/receipt_private.h"

#include <string.h>

/* Sums of the payments by kind, as they were handed over. */
static void sum_payments(const Receipt *self, int64_t ret[static TENDER_N])
{
	memset(ret, 0, TENDER_N * sizeof *ret);
	for (guint i = 0; i < self->payments->len; i++) {
		const ReceiptPayment *payment = &g_array_index(self->payments, ReceiptPayment, i);

		ret[payment->kind] += payment->amount.minor;
	}
}

int64_t receipt_round_cash(const Receipt *self, int64_t amount)
{
	int64_t steps;
	bool fits = scale_int64(amount, 1, self->cash_step, self->cash_how, &steps);

	g_assert(fits);
	return steps * self->cash_step;
}

void receipt_set_cash_rounding(Receipt *self, int64_t step, Rounding how)
{
	g_return_if_fail(step >= 1 && step <= RECEIPT_MAX_CASH_STEP && how <= ROUND_DOWN);
	g_return_if_fail(self->payments->len == 0 && !receipt_has_origin(self));
	self->cash_step = step;
	self->cash_how = step == 1 ? ROUND_HALF_AWAY : how;
	receipt_compute_payments(self, &self->totals);
}

int64_t receipt_get_cash_rounding(const Receipt *self, Rounding *ret_how)
{
	if (ret_how != NULL)
		*ret_how = self->cash_how;
	return self->cash_step;
}

typedef struct {
	int64_t due, cash_due, rounding, change;
} Open;

static Open open_of_return(const Receipt *self, int64_t total, const int64_t paid[TENDER_N])
{
	int64_t back[TENDER_N];

	receipt_give_back(self, total, back);
	return (Open){ .due = back[TENDER_CASH] + back[TENDER_CARD] - paid[TENDER_CASH] -
			      paid[TENDER_CARD],
		       .cash_due = back[TENDER_CASH] - paid[TENDER_CASH],
		       .rounding = back[TENDER_CASH] + back[TENDER_CARD] - total };
}

/* All cash of a receipt is rounded together: what is left beside the cards' part, however many
 * times notes are put on the counter. */
static Open open_of_sale(const Receipt *self, int64_t total, const int64_t paid[TENDER_N])
{
	int64_t exact = total - paid[TENDER_CARD], coins = receipt_round_cash(self, exact);
	guint n = self->payments->len;
	bool last_is_cash =
		n > 0 && g_array_index(self->payments, ReceiptPayment, n - 1).kind == TENDER_CASH;

	if (last_is_cash && paid[TENDER_CASH] >= coins)
		return (Open){ .rounding = coins - exact, .change = paid[TENDER_CASH] - coins };
	if (exact <= paid[TENDER_CASH])
		return (Open){ 0 };
	return (Open){ .due = exact - paid[TENDER_CASH],
		       .cash_due = MAX(coins - paid[TENDER_CASH], 0) };
}

static Money money_of(int64_t minor, uint16_t currency)
{
	return (Money){ .minor = minor, .currency = currency };
}

void receipt_compute_payments(const Receipt *self, ReceiptTotals *totals)
{
	int64_t paid[TENDER_N];
	Open open;

	sum_payments(self, paid);
	open = receipt_has_origin(self) ? open_of_return(self, totals->total.minor, paid)
					: open_of_sale(self, totals->total.minor, paid);
	totals->paid = money_of(paid[TENDER_CASH] + paid[TENDER_CARD], self->currency);
	totals->due = money_of(open.due, self->currency);
	totals->cash_due = money_of(open.cash_due, self->currency);
	totals->rounding = money_of(open.rounding, self->currency);
	totals->change = money_of(open.change, self->currency);
}

/* Cash may exceed what is due, but not lie between it and what it is in coins: that would be
 * neither a part nor all of it. */
static bool sale_payment_check(const Receipt *self, TenderKind kind, int64_t amount, GError **error)
{
	const ReceiptTotals *totals = &self->totals;

	if (kind != TENDER_CASH && amount > totals->due.minor)
		return receipt_refuse(error, RECEIPT_ERROR_PAYMENT, "more than is due");
	if (kind == TENDER_CASH && amount >= totals->due.minor && amount < totals->cash_due.minor)
		return receipt_refuse(error, RECEIPT_ERROR_PAYMENT, "less than is due in coins");
	return true;
}

static bool return_payment_check(const Receipt *self, TenderKind kind, int64_t amount,
				 GError **error)
{
	int64_t back[TENDER_N], paid[TENDER_N], left;

	receipt_give_back(self, self->totals.total.minor, back);
	sum_payments(self, paid);
	left = back[kind] - paid[kind];
	if (amount > left || (kind == TENDER_CASH && amount < left))
		return receipt_refuse(error, RECEIPT_ERROR_PAYMENT,
				      "not what has to be given back this way");
	return true;
}

static bool payment_check(const Receipt *self, TenderKind kind, Money amount, GError **error)
{
	const ReceiptTotals *totals = &self->totals;
	/* where what is left is less than half a coin, no cash closes it */
	int64_t least = kind == TENDER_CASH && totals->cash_due.minor == 0 ? 0 : 1;

	if (totals->n_goods == 0)
		return receipt_refuse(error, RECEIPT_ERROR_EMPTY, "nothing to pay for");
	if (totals->due.minor == 0)
		return receipt_refuse(error, RECEIPT_ERROR_PAYMENT, "nothing is due");
	if (amount.currency != self->currency || amount.minor < least ||
	    amount.minor > RECEIPT_MAX_TOTAL)
		return receipt_refuse(error, RECEIPT_ERROR_PAYMENT, "not positive, or too large");
	return receipt_has_origin(self) ? return_payment_check(self, kind, amount.minor, error)
					: sale_payment_check(self, kind, amount.minor, error);
}

/* Cut between characters where it is too long. */
static void copy_reference(char ret[static sizeof((ReceiptPayment *)0)->reference],
			   const char *reference)
{
	const char *end;

	g_strlcpy(ret, reference, sizeof((ReceiptPayment *)0)->reference);
	g_utf8_validate(ret, -1, &end);
	ret[end - ret] = '\0';
}

bool receipt_pay(Receipt *self, TenderKind kind, Money amount, const char *reference,
		 GError **error)
{
	ReceiptPayment payment = { .kind = kind, .amount = amount };

	g_return_val_if_fail(kind < TENDER_N, false);
	if (!payment_check(self, kind, amount, error))
		return false;
	if (reference != NULL)
		copy_reference(payment.reference, reference);
	g_array_append_val(self->payments, payment);
	receipt_compute_payments(self, &self->totals);
	return true;
}

void receipt_clear_payments(Receipt *self)
{
	g_array_set_size(self->payments, 0);
	receipt_compute_payments(self, &self->totals);
}

Money receipt_get_kept(const Receipt *self, TenderKind kind)
{
	int64_t paid[TENDER_N];

	sum_payments(self, paid);
	if (kind == TENDER_CASH)
		paid[kind] -= self->totals.change.minor;
	return money_of(paid[kind], self->currency);
}

bool receipt_is_paid(const Receipt *self)
{
	return self->totals.n_goods > 0 && self->totals.due.minor == 0;
}
