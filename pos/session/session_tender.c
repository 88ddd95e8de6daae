/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/session/private.h"

/* Taking money. Every payment is on the disk before the next thing happens; a card is asked for on
 * the disk before the terminal is. */

static const ReceiptTotals *totals(const Session *self)
{
	return receipt_get_totals(self->receipt);
}

static bool check_registrar(Session *self)
{
	g_autoptr(GError) fault = NULL;

	if (self->devices[SESSION_FISCAL].state == DEVICE_DOWN && session_may_close_late(self))
		return true;
	if (!session_check_registrar(self, "not-paid-yet"))
		return false;
	if (!self->registrar_shift_too_long)
		return true;
	fault = g_error_new_literal(DEVICE_FAULT, DEVICE_FAULT_SHIFT_TOO_LONG,
				    "the registrar's shift is over 24 hours");
	return session_refuse_fault(self, fault, "not-paid-yet");
}

/* The till has just started and the registrar has not said yet how it is, or it was down when it
 * was last looked at and may have been put right: no money is taken before it has said. True if
 * @event waits now. */
bool session_hold_payment(Session *self, const SessionEvent *event)
{
	SessionDeviceState state = self->devices[SESSION_FISCAL].state;
	bool looks = state == DEVICE_DOWN && self->engine != NULL && !self->has_looked;

	if (state != DEVICE_WORKING && !looks)
		return false;
	if (looks)
		fiscal_engine_look(self->engine);
	self->held = session_event_copy(event);
	session_job_begin(self, SESSION_FISCALISING);
	return true;
}

void session_serve_held(Session *self)
{
	g_autoptr(SessionEvent) event = g_steal_pointer(&self->held);

	if (event == NULL)
		return;
	self->working = false;
	session_resume(self);
	self->has_looked = true;
	session_serve(self, event);
	self->has_looked = false;
	session_serve_waiting(self);
}

/* Before money is taken: can the sale be brought to its end? */
bool session_check_ready(Session *self)
{
	g_autoptr(GError) error = NULL;

	if (self->pending.item != NULL)
		return session_refuse_pending(self);
	if (self->receipt == NULL || totals(self)->n_goods == 0)
		return session_refuse(self, "empty", NULL, NULL);
	if (!till_db_check_room(self->db, &error))
		return session_refuse_store(self, error);
	return check_registrar(self);
}

/* What was typed, or @due. */
static bool read_amount(Session *self, const SessionEvent *event, Money due, Money *ret)
{
	if (event->text == NULL || *event->text == '\0') {
		*ret = due;
		return true;
	}
	if (!money_parse_decimal(event->text, self->shop.currency, ret) || ret->minor <= 0)
		return session_refuse(self, "bad-amount", event->text, NULL);
	return true;
}

/* After a payment: more is due, or the receipt is made. */
bool session_go_on(Session *self)
{
	if (session_is_return(self) && receipt_get_n_payments(self->receipt) > 0)
		return session_give_back(self);
	if (receipt_is_paid(self->receipt))
		return session_make_sale(self);
	session_enter(self, receipt_get_n_payments(self->receipt) > 0 ? SESSION_TENDERING
								      : SESSION_SELLING);
	return true;
}

bool session_pay(Session *self, TenderKind kind, Money amount, const char *reference)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *given = money_dup_decimal(amount);

	return receipt_pay(self->receipt, kind, amount, reference, &error) ||
	       session_refuse_receipt(self, error, given);
}

bool session_on_pay_cash(Session *self, const SessionEvent *event)
{
	Money amount;

	if (session_hold_payment(self, event))
		return true;
	if (session_is_return(self))
		return session_on_give_back(self, event);
	if (!session_check_ready(self) ||
	    !read_amount(self, event, totals(self)->cash_due, &amount))
		return false;
	if (receipt_is_paid(self->receipt))
		return session_go_on(self);
	if (!session_pay(self, TENDER_CASH, amount, NULL) || !session_save(self, 0))
		return false;
	session_display_total(self);
	if (!receipt_is_paid(self->receipt))
		session_tell_amount(self, "part-paid", totals(self)->due);
	return session_go_on(self);
}

json_t *session_card_details(const char *step, Money amount, const char *reference)
{
	return json_pack("{s:s, s:I, s:s}", "step", step, "amount", (json_int_t)amount.minor,
			 "reference", reference != NULL ? reference : "");
}

/* On the disk first. Where that fails nothing is asked: what was there before goes on. */
static bool write_question(Session *self, const PaymentIntent *wanted, const json_t *details)
{
	if (!session_card_plan(self, wanted))
		return false;
	self->card_asked = true;
	self->card_amount = wanted->amount;
	self->card_reversing = wanted->kind == PAYMENT_REVERSAL;
	if (session_save_with(self, 0, JOURNAL_CARD, details))
		return true;
	self->card_reversing = false;
	return false;
}

bool session_card_ask(Session *self, const PaymentIntent *wanted, const char *step,
		      const char *sentence)
{
	g_autofree char *which =
		wanted->kind == PAYMENT_REVERSAL
			? g_strdup_printf("%d @%s", wanted->receipt, wanted->terminal)
			: NULL;
	json_auto_t *details = session_card_details(step, wanted->amount, which);

	if (!write_question(self, wanted, details)) {
		session_resume(self);
		return false;
	}
	session_display_total(self);
	if (self->terminal != NULL)
		return session_card_begin(self);
	session_enter(self, SESSION_CARD_ASKED);
	session_tell_amount(self, sentence, wanted->amount);
	return true;
}

bool session_on_pay_card(Session *self, const SessionEvent *event)
{
	PaymentIntent wanted;
	Money amount;

	if (session_hold_payment(self, event))
		return true;
	if (session_is_return(self))
		return session_on_give_back(self, event);
	if (!session_check_ready(self) || !read_amount(self, event, totals(self)->due, &amount))
		return false;
	if (receipt_is_paid(self->receipt))
		return session_go_on(self);
	if (amount.minor > totals(self)->due.minor)
		return session_refuse_amount(self, "card-too-much", totals(self)->due);
	wanted = (PaymentIntent){ .kind = PAYMENT_CHARGE,
				  .receipt = -1,
				  .amount = amount,
				  .last_receipt = -1,
				  .last_trace = -1 };
	return session_card_ask(self, &wanted, "asked", "card-ask");
}

bool session_card_approved(Session *self, Money amount, const char *reference)
{
	json_auto_t *details = session_card_details(
		session_is_return(self) ? "refunded" : "approved", amount, reference);

	if (!session_pay(self, TENDER_CARD, amount, reference))
		return false;
	self->card_asked = false;
	if (!session_save_with(self, 0, JOURNAL_CARD, details))
		return false;
	if (!receipt_is_paid(self->receipt))
		session_tell_amount(self, "part-paid", totals(self)->due);
	return session_go_on(self);
}

bool session_card_declined(Session *self)
{
	json_auto_t *details = session_card_details(
		session_is_return(self) ? "not-refunded" : "declined", self->card_amount, NULL);

	self->card_asked = false;
	if (!session_save_with(self, 0, JOURNAL_CARD, details))
		return false;
	session_resume(self);
	return true;
}

/* What a person says came of it. */
static bool take_word(Session *self, bool done, const char *reference)
{
	Money amount = self->card_amount;

	if (self->card_reversing && done)
		return session_card_reversed(self, reference);
	if (self->card_reversing)
		return session_card_not_reversed(self) &&
		       session_refuse_amount(
			       self, session_is_return(self) ? "card-not-given" : "card-not-back",
			       amount);
	if (done)
		return session_card_approved(self, amount, reference);
	if (!session_card_declined(self))
		return false;
	return session_is_return(self)
		       ? session_refuse_amount(self, "card-not-given", amount)
		       : session_refuse_amount(self, "card-declined", totals(self)->due);
}

bool session_on_card_result(Session *self, const SessionEvent *event)
{
	bool was_unknown = self->card_unknown, ok;

	if (was_unknown) {
		if (!session_may(self, event, TILL_RIGHT_SETTLE, "card-settle-right", NULL))
			return false;
		session_card_settled(self);
	}
	ok = take_word(self, event->flag, event->text);
	if (!ok && was_unknown)
		session_card_not_done(self);
	return ok;
}

typedef bool (*PaymentFilter)(const ReceiptPayment *payment, int index, int dropped);

/* A receipt lets go of all its payments together only: those that @keep says are put back. */
static bool refill(Session *self, const Receipt *before, PaymentFilter keep, int dropped)
{
	receipt_clear_payments(self->receipt);
	for (int i = 0; i < receipt_get_n_payments(before); i++) {
		const ReceiptPayment *payment = receipt_get_payment(before, i);

		if (keep(payment, i, dropped) &&
		    !session_pay(self, payment->kind, payment->amount, payment->reference))
			return false;
	}
	return true;
}

/* On failure the receipt is again what is on the disk. */
static bool keep_payments(Session *self, PaymentFilter keep, int dropped)
{
	g_autoptr(Receipt) before = NULL;
	g_autoptr(GError) error = NULL, again = NULL;
	json_auto_t *json = receipt_to_json(self->receipt);

	before = receipt_from_json(json, &error);
	if (before == NULL)
		return session_refuse_receipt(self, error, NULL);
	if (refill(self, before, keep, dropped))
		return true;
	if (!session_load_receipt(self, &again))
		g_debug("nor read back: %s", again->message);
	return false;
}

static bool is_other(const ReceiptPayment *payment, int index, int dropped)
{
	return index != dropped;
}

bool session_drop_payment(Session *self, int index)
{
	return keep_payments(self, is_other, index);
}

static bool is_card(const ReceiptPayment *payment, int index, int dropped)
{
	return payment->kind == TENDER_CARD;
}

/* Nothing was made and the cashier goes back to the payment: cash is handed back, what a card has
 * paid stays paid. BACK from there takes that back too. */
bool session_unpay_cash(Session *self)
{
	if (!keep_payments(self, is_card, -1) || !session_save(self, 0))
		return false;
	session_enter(self, SESSION_TENDERING);
	session_tell_amount(self, "part-paid", totals(self)->due);
	return true;
}

static char *dup_given_back(const Session *self)
{
	Money sum = session_money(self, 0);

	for (TenderKind kind = 0; kind < TENDER_N; kind++)
		sum.minor += receipt_get_kept(self->receipt, kind).minor;
	return session_dup_amount(self, sum);
}

void session_sale_done(Session *self, const TillDone *done, bool drawer_failed)
{
	g_autofree char *change = session_dup_amount(self, done->change);
	bool is_return = session_is_return(self);
	g_autofree char *returned = is_return ? dup_given_back(self) : NULL;

	g_free(self->number);
	self->number = g_strdup(done->number);
	session_enter(self, SESSION_PAID);
	session_display_paid(self, done->change);
	if (drawer_failed)
		session_tell(self, "drawer-failed", NULL, NULL);
	else if (is_return)
		session_tell(self, "returned", returned, done->number);
	else if (done->change.minor > 0)
		session_tell(self, "paid-change", change, done->number);
	else
		session_tell(self, "paid", done->number, NULL);
	if (*self->request.late_why != '\0')
		session_note(self, "closed-late", done->number);
}
