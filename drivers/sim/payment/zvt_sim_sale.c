/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/payment/zvt_sim.h"

enum { MAX_RECEIPT = 9999, MAX_TRACE = 999999 };

static void mark(ZvtSim *self, const char *what, int64_t amount, int64_t receipt)
{
	g_autofree char *money = zvt_sim_dup_amount(amount);
	g_autofree char *text = g_strdup_printf("%s|receipt %" G_GINT64_FORMAT, money, receipt);

	sim_log_mark(self->context->log, what, text);
}

/* --- the books -------------------------------------------------------------------------------- */

ZvtTransaction *zvt_sim_sale_get(ZvtSim *self, int i)
{
	return &g_array_index(self->state.transactions, ZvtTransaction, i);
}

int zvt_sim_sale_book(ZvtSim *self, ZvtKind kind, int64_t amount, int64_t original)
{
	ZvtState *state = &self->state;
	ZvtTransaction transaction = { .kind = kind,
				       .amount = amount,
				       .currency = self->currency,
				       .original = original,
				       .batch = state->batch,
				       .at = zvt_sim_now(self) };

	state->receipt = state->receipt % MAX_RECEIPT + 1;
	state->trace = state->trace % MAX_TRACE + 1;
	transaction.receipt = state->receipt;
	transaction.trace = state->trace;
	g_array_append_val(state->transactions, transaction);
	zvt_sim_save(self);
	if (kind != ZVT_REVERSAL)
		mark(self, kind == ZVT_REFUND ? "REFUND" : "CHARGE", amount, transaction.receipt);
	return (int)state->transactions->len - 1;
}

ZvtTransaction *zvt_sim_sale_reverse(ZvtSim *self, ZvtTransaction *original)
{
	original->reversed = true;
	mark(self, "REVERSED", original->amount, original->receipt);
	return zvt_sim_sale_get(
		self, zvt_sim_sale_book(self, ZVT_REVERSAL, original->amount, original->trace));
}

void zvt_sim_sale_undo(ZvtSim *self)
{
	ZvtTransaction *transaction;

	if (self->current < 0)
		return;
	transaction = zvt_sim_sale_get(self, self->current);
	self->current = -1;
	transaction->reversed = transaction->undone = true;
	zvt_sim_save(self);
	mark(self, "REVERSED", transaction->amount, transaction->receipt);
}

/* What the terminal took back by itself counts as never done, or 06 20 would show a payment that
 * is none. [inf] */
int zvt_sim_sale_last(const ZvtSim *self)
{
	for (int i = (int)self->state.transactions->len - 1; i >= 0; i--)
		if (!g_array_index(self->state.transactions, ZvtTransaction, i).undone)
			return i;
	return -1;
}

/* --- the shopper ------------------------------------------------------------------------------ */

void zvt_sim_sale_say(ZvtSim *self, const ZvtTransaction *transaction, bool copy)
{
	bool pays = self->current >= 0 && !copy;
	int step = pays ? 8 : 0;

	if (pays && sim_faults_take(self->context->faults, ZVT_TWICE_STATUS, NULL)) {
		zvt_sim_say(self, zvt_sim_sale_status_new(self, transaction, E_OK), step, false);
		step = 0;
	}
	zvt_sim_say(self, zvt_sim_sale_status_new(self, transaction, E_OK), step, pays);
	zvt_sim_slip_payment(self, transaction, copy);
	zvt_sim_say_end(self, E_OK, pays ? 11 : 0);
}

static void approve(ZvtSim *self)
{
	int64_t amount = self->amount;
	int partial;

	if (sim_faults_take(self->context->faults, ZVT_PARTIAL, &partial))
		amount = partial;
	self->current = zvt_sim_sale_book(self, self->kind, amount, 0);
	zvt_sim_sale_say(self, zvt_sim_sale_get(self, self->current), false);
}

static void decline(ZvtSim *self, uint8_t code)
{
	ZvtTransaction never = { .kind = self->kind,
				 .amount = self->amount,
				 .currency = self->currency,
				 .trace = self->state.trace % MAX_TRACE + 1,
				 .at = zvt_sim_now(self) };
	g_autofree char *money = zvt_sim_dup_amount(self->amount);
	g_autofree char *text = g_strdup_printf("%s|code %02X", money, code);

	self->state.trace = never.trace;
	zvt_sim_save(self);
	sim_log_mark(self->context->log, "DECLINED", text);
	zvt_sim_say(self, zvt_sim_sale_status_new(self, &never, code), 8, false);
	zvt_sim_say_end(self, code, 0);
}

static void cancel(ZvtSim *self)
{
	g_autofree char *money = zvt_sim_dup_amount(self->amount);

	sim_log_mark(self->context->log, "CANCELLED", money);
	zvt_sim_say_end(self, E_ABORTED, 0);
}

/* The till is gone: nobody is told. */
static void decide_alone(ZvtSim *self, ZvtDecision decision)
{
	bool booked = self->orphan_booked && decision == ZVT_APPROVE;

	zvt_sim_talk_reset(self);
	self->orphan = self->orphan_booked = false;
	if (booked)
		zvt_sim_sale_book(self, self->kind, self->amount, 0);
	else
		sim_log_words(self->context->log, "the sale ends without money");
}

void zvt_sim_sale_decide(ZvtSim *self, ZvtDecision decision, uint8_t code)
{
	if (self->orphan) {
		decide_alone(self, decision);
		return;
	}
	zvt_sim_talk_reset(self);
	if (decision == ZVT_APPROVE)
		approve(self);
	else if (decision == ZVT_DECLINE)
		decline(self, code);
	else
		cancel(self);
	zvt_sim_go_on(self);
}

void zvt_sim_sale_patience_ends(ZvtSim *self)
{
	ZvtDecision decision = self->decided ? self->decision : ZVT_APPROVE;
	int code = self->decline_code;

	self->decided = false;
	if (sim_faults_take(self->context->faults, ZVT_DECLINED, &code))
		decision = ZVT_DECLINE;
	else if (sim_faults_take(self->context->faults, ZVT_ABORT, NULL))
		decision = ZVT_CANCEL;
	zvt_sim_sale_decide(self, decision, (uint8_t)code);
}

void zvt_sim_sale_shopper(ZvtSim *self)
{
	self->phase = ZVT_SHOPPER;
	self->phase_deadline =
		self->hold && !self->decided
			? G_MAXINT64
			: g_get_monotonic_time() +
				  (int64_t)zvt_sim_setting(self, ZVT_CARD_MS, 300) * 1000;
}

static void mark_asked(ZvtSim *self)
{
	g_autofree char *money = zvt_sim_dup_amount(self->amount);

	sim_log_mark(self->context->log, "ASKED", money);
}

void zvt_sim_sale_begin(ZvtSim *self, ZvtKind kind, int64_t amount)
{
	bool pays = kind == ZVT_PAYMENT;
	int flood = 0, booked;

	self->kind = kind;
	self->amount = amount;
	sim_faults_take(self->context->faults, ZVT_FLOOD, &flood);
	for (int i = 0; i < flood; i++)
		zvt_sim_say_status(self, STATUS_WAIT, pays ? 7 : 0);
	zvt_sim_say_status(self, STATUS_INSERT_CARD, pays ? 7 : 0);
	self->shopper_next = true;
	if (pays && zvt_sim_cut(self, 5))
		return;
	if (!sim_faults_take(self->context->faults, ZVT_SILENT, &booked)) {
		mark_asked(self);
		zvt_sim_begin(self, pays ? 6 : 0);
		return;
	}
	zvt_sim_talk_reset(self);
	if (booked)
		zvt_sim_sale_book(self, kind, amount, 0);
	zvt_sim_begin(self, 0);
	self->phase = ZVT_DEAD;
}
