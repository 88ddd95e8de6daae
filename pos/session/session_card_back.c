/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/session/private.h"

#include <string.h>

/* Card money that goes back: by a reversal of the very payment, or by a refund. session_card.c has
 * the order of the steps. */

/* --- which payment ---------------------------------------------------------------------------- */

/* "471 123456 ****4771 @52500295": what the terminal said, its number for the payment in front and
 * its own behind, which no cashier types. */
void session_card_write_reference(const PaymentResult *result, char *ret, size_t size)
{
	*ret = '\0';
	if (result->receipt >= 0)
		g_snprintf(ret, size, "%d %s %s @%s", result->receipt, result->authorisation,
			   result->pan, result->terminal);
}

/* What takes @payment back; false where our own terminal has not charged it. */
static bool read_payment(const ReceiptPayment *payment, PaymentIntent *ret)
{
	const char *terminal = strrchr(payment->reference, ' ');
	char *end;
	guint64 number;

	if (payment->kind != TENDER_CARD || terminal == NULL || terminal[1] != '@')
		return false;
	number = g_ascii_strtoull(payment->reference, &end, 10);
	if (end == payment->reference || *end != ' ' || number > INT_MAX)
		return false;
	*ret = (PaymentIntent){ .kind = PAYMENT_REVERSAL,
				.receipt = (int)number,
				.amount = payment->amount,
				.last_receipt = -1,
				.last_trace = -1 };
	g_strlcpy(ret->terminal, terminal + 2, sizeof ret->terminal);
	return true;
}

/* The newest payment of the open sale that the terminal can take back; -1: none. */
static int find_newest(const Session *self, PaymentIntent *ret)
{
	int i = self->terminal != NULL ? receipt_get_n_payments(self->receipt) - 1 : -1;

	while (i >= 0 && !read_payment(receipt_get_payment(self->receipt, i), ret))
		i--;
	return i;
}

/* What is being taken back, as the intent names it; -1: it is not there any more. */
static int find_intended(const Session *self)
{
	int i = receipt_get_n_payments(self->receipt) - 1;

	for (; i >= 0; i--) {
		const ReceiptPayment *payment = receipt_get_payment(self->receipt, i);
		PaymentIntent own;

		if (read_payment(payment, &own) && own.receipt == self->card_intent.receipt &&
		    own.amount.minor == self->card_amount.minor)
			break;
	}
	return i;
}

/* --- a sale: back from the payment ------------------------------------------------------------ */

/* Cash goes out of the drawer again; so does what a card paid at a terminal without a cable, which
 * the cashier is told to cancel there. */
static bool drop_payments(Session *self)
{
	Money charged = receipt_get_kept(self->receipt, TENDER_CARD);
	json_auto_t *details = session_card_details("cancelled", charged, NULL);

	receipt_clear_payments(self->receipt);
	if (charged.minor > 0 ? !session_save_with(self, 0, JOURNAL_CARD, details)
			      : !session_save(self, 0))
		return false;
	session_enter(self, SESSION_SELLING);
	if (charged.minor > 0)
		session_tell_amount(self, "card-back", charged);
	return true;
}

/* One payment after another, the newest first; the goods are open again when none is left. */
static bool take_back(Session *self)
{
	PaymentIntent wanted;
	int i = find_newest(self, &wanted);

	if (i < 0)
		return drop_payments(self);
	return session_card_ask(self, &wanted, "reversing", NULL);
}

bool session_on_back(Session *self, const SessionEvent *event)
{
	g_autoptr(GError) error = NULL;
	PaymentIntent wanted;
	Money given = receipt_get_kept(self->receipt, TENDER_CARD);

	if (self->state == SESSION_CARD_WORKING)
		return session_card_abort(self);
	/* What our terminal has given back it cannot charge again without the shopper. */
	if (session_is_return(self) && self->terminal != NULL && given.minor > 0)
		return session_refuse_amount(self, "card-went-back", given);
	/* What becomes of a reversal has to be written down. */
	if (find_newest(self, &wanted) >= 0 && !till_db_check_room(self->db, &error))
		return session_refuse_store(self, error);
	return take_back(self);
}

/* --- a return --------------------------------------------------------------------------------- */

/* The sale's card payment that this return gives back next, where it gives all of them back whole:
 * so many as the return has card payments of the same sums are done. */
static const ReceiptPayment *find_next_of(const Session *self, const Receipt *sale)
{
	const ReceiptPayment *given, *taken;
	int i = 0, n_given = receipt_get_n_payments(self->receipt);

	if (receipt_get_give_back(self->receipt, TENDER_CARD).minor !=
	    receipt_get_kept(sale, TENDER_CARD).minor)
		return NULL;
	for (int j = 0; j < receipt_get_n_payments(sale); j++) {
		taken = receipt_get_payment(sale, j);
		if (taken->kind != TENDER_CARD)
			continue;
		if (i == n_given)
			return taken;
		given = receipt_get_payment(self->receipt, i++);
		if (given->kind != TENDER_CARD || given->amount.minor != taken->amount.minor)
			return NULL;
	}
	return NULL;
}

/* A reversal is right for a whole payment of this terminal in this shift [inf]: in a later one it
 * has closed its own day usually (payment-terminal.md §7, step 5). If it has before, or the payment
 * cannot be reversed, it refuses, and gives a refund. */
static bool find_reversal(Session *self, PaymentIntent *ret)
{
	g_autoptr(GError) error = NULL;
	g_auto(TillSold) sale = { 0 };
	const ReceiptPayment *payment;

	if (self->terminal == NULL || *receipt_get_origin(self->receipt) == '\0')
		return false;
	if (!till_db_find_sold(self->db, receipt_get_origin(self->receipt), &sale, &error)) {
		g_debug("the sale of a return: %s", error->message);
		return false;
	}
	if (sale.seq == 0 || sale.shift != self->shift.number)
		return false;
	payment = find_next_of(self, sale.receipt);
	return payment != NULL && read_payment(payment, ret);
}

static bool refund(Session *self, Money amount)
{
	const PaymentIntent wanted = { .kind = PAYMENT_REFUND,
				       .receipt = -1,
				       .amount = amount,
				       .last_receipt = -1,
				       .last_trace = -1 };

	return session_card_ask(self, &wanted, "refunding", "card-give-back");
}

bool session_card_give_back(Session *self, Money amount)
{
	PaymentIntent wanted;

	if (!find_reversal(self, &wanted) || wanted.amount.minor > amount.minor)
		return refund(self, amount);
	return session_card_ask(self, &wanted, "reversing", NULL);
}

/* --- what came of a reversal ------------------------------------------------------------------ */

bool session_card_reversed(Session *self, const char *reference)
{
	json_auto_t *details = session_card_details("reversed", self->card_amount, reference);
	Money amount = self->card_amount;
	bool is_return = session_is_return(self);

	if (is_return ? !session_pay(self, TENDER_CARD, amount, reference)
		      : !session_drop_payment(self, find_intended(self)))
		return false;
	self->card_asked = false;
	if (!session_save_with(self, 0, JOURNAL_CARD, details))
		return false;
	self->card_reversing = false;
	if (is_return)
		return session_go_on(self);
	session_display_total(self);
	session_tell_amount(self, "card-taken-back", amount);
	return take_back(self);
}

bool session_card_not_reversed(Session *self)
{
	json_auto_t *details = session_card_details("not-reversed", self->card_amount, NULL);

	self->card_asked = false;
	if (!session_save_with(self, 0, JOURNAL_CARD, details))
		return false;
	self->card_reversing = false;
	session_resume(self);
	return true;
}

bool session_card_reversal_refused(Session *self, bool answered, const GError *fault)
{
	Money amount = self->card_amount;
	bool refused = fault == NULL ||
		       g_error_matches(fault, DEVICE_FAULT, DEVICE_FAULT_REFUSED) ||
		       g_error_matches(fault, DEVICE_FAULT, DEVICE_FAULT_CANCELLED);

	if (!session_card_not_reversed(self))
		return false;
	/* Only the terminal's own no to the reversal is certain enough to pay out what might have
	 * gone back already; else the next try begins with the reversal, which it never does
	 * twice. */
	if (session_is_return(self) && answered && refused && !self->card_stopped)
		return refund(self, amount);
	if (!refused)
		return session_refuse_fault_of(self, SESSION_PAYMENT, fault,
					       session_is_return(self) ? "card-not-given-yet"
								       : "card-still-charged");
	return session_refuse_amount(
		self, session_is_return(self) ? "card-not-given" : "card-not-back", amount);
}
