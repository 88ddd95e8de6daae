/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/fiscal/datecs.h"

void datecs_fill_proof(struct fiscal *self, uint32_t number, FiscalProof *proof)
{
	*proof = (FiscalProof){ .document_number = number,
				.shift_number = self->last.shift_number,
				.change.currency = self->options.currency };
	/* There is no signature: the memory's number stands beside the document's on the paper, and
	 * a return has to name it. */
	g_strlcpy(proof->sign, self->identity.memory, sizeof proof->sign);
	g_strlcpy(proof->serial, self->identity.memory, sizeof proof->serial);
}

/* --- what may not be done twice ------------------------------------------------------------ */

typedef enum { DONE, NOT_DONE, UNCLEAR } Done;

/* Silence after a line or a payment: the receipt's own sums tell whether it was taken. Our frame
 * cannot be on its way any more, since the question came after it. */
static Done ask_done(struct fiscal *self, const DatecsStep *step)
{
	bool line = step->kind == DATECS_STEP_LINE;
	DatecsReceipt receipt;
	int64_t value;

	if ((!line && step->kind != DATECS_STEP_PAY) || step->before == step->after ||
	    !datecs_ask_receipt(self, &receipt, NULL) || !receipt.open ||
	    (!line && !receipt.tells_paid))
		return UNCLEAR;
	value = line ? receipt.amount : receipt.paid;
	if (value == step->before)
		return NOT_DONE;
	/* Of a payment with change some tell what was handed over, others what was kept. */
	if (value == step->after ||
	    (!line && step->after > receipt.amount && value == receipt.amount))
		return DONE;
	return UNCLEAR;
}

/* *@ret_answered: there is a reply; else the step was found to be done. */
static bool run_once(struct fiscal *self, const DatecsStep *step, DatecsReply *ret,
		     bool *ret_answered, GError **error)
{
	GError *reason = NULL;

	for (int i = 0; i < 2; i++) {
		Done done;

		g_clear_error(&reason);
		*ret_answered = datecs_run(self, &step->body, DATECS_ONCE, ret, &reason);
		if (*ret_answered)
			return true;
		if (!g_error_matches(reason, DEVICE_FAULT, DEVICE_FAULT_OUTCOME_UNKNOWN))
			break;
		done = ask_done(self, step);
		if (done == DONE) {
			g_clear_error(&reason);
			return true;
		}
		if (done == UNCLEAR)
			break;
	}
	g_propagate_error(error, reason);
	return false;
}

/* Family P says "not allowed now" where X says that the day is over 24 hours. That is what it is
 * when it has sold before, nothing is open and it gives no other reason. */
static bool is_day_too_long(struct fiscal *self, const DatecsReply *reply, const GError *reason)
{
	return self->link.family == DATECS_P &&
	       g_error_matches(reason, DEVICE_FAULT, DEVICE_FAULT_REFUSED) &&
	       datecs_status_has(&reply->answer, DATECS_BIT_NOT_NOW) &&
	       !datecs_status_has(&reply->answer, DATECS_BIT_SYNTAX) &&
	       !datecs_status_has(&reply->answer, DATECS_BIT_FISCAL_OPEN) &&
	       !datecs_status_has(&reply->answer, DATECS_BIT_SERVICE_OPEN) && datecs_ask_sold(self);
}

static bool run_open(struct fiscal *self, const DatecsStep *step, GError **error)
{
	GError *reason = NULL;
	DatecsReply reply;

	self->payment_started = false;
	if (datecs_run(self, &step->body, DATECS_HARMLESS, &reply, &reason))
		return true;
	if (is_day_too_long(self, &reply, reason)) {
		reason->code = DEVICE_FAULT_SHIFT_TOO_LONG;
		self->day_too_long = true;
	}
	g_propagate_error(error, reason);
	return false;
}

static bool run_line(struct fiscal *self, const DatecsStep *step, GError **error)
{
	DatecsReply reply;
	bool answered;

	return run_once(self, step, &reply, &answered, error);
}

static bool run_check(struct fiscal *self, const DatecsStep *step, GError **error)
{
	DatecsReceipt receipt;

	if (!datecs_ask_receipt(self, &receipt, error))
		return false;
	if (receipt.open && receipt.amount == step->after)
		return true;
	g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_REFUSED,
		    "the registrar counts %" G_GINT64_FORMAT ", the till %" G_GINT64_FORMAT,
		    receipt.open ? receipt.amount : 0, step->after);
	return false;
}

static bool fail_unpaid(struct fiscal *self, const DatecsReply *reply, GError **error)
{
	char letter = datecs_field(&reply->fields, 0)[0];

	if (self->link.family == DATECS_P && (letter == 'F' || letter == 'E' || letter == 'I'))
		return datecs_fail(self, DEVICE_FAULT_REFUSED, "did not take the payment", error);
	return datecs_fail(self, DEVICE_FAULT_OUTCOME_UNKNOWN,
			   "its answer to a payment cannot be read", error);
}

static bool run_pay(struct fiscal *self, struct fiscal_plan *plan, const DatecsStep *step,
		    GError **error)
{
	int64_t expected = plan->total.minor - step->after, due = expected;
	DatecsReply reply;
	bool answered;

	if (!run_once(self, step, &reply, &answered, error))
		return false;
	if (answered &&
	    !datecs_decode_payment(self->link.family, &reply.answer, &reply.fields, &due))
		return fail_unpaid(self, &reply, error);
	if (expected > 0 ? due != expected : due > 0)
		return datecs_fail(self, DEVICE_FAULT_OUTCOME_UNKNOWN,
				   "wants another sum than is due", error);
	plan->change = due < 0 ? -due : 0;
	return true;
}

/* --- documents ----------------------------------------------------------------------------- */

/* It is made; a number that cannot be had is as good as a lost answer. */
static bool take_closed(struct fiscal *self, const struct fiscal_plan *plan,
			const DatecsReply *reply, FiscalProof *proof, GError **error)
{
	bool is_x = self->link.family == DATECS_X;
	uint32_t number, in_day = 0;

	if (is_x ? !datecs_decode_number(&reply->fields, 1, &number)
		 : !datecs_ask_last(self, &number, NULL))
		return datecs_fail(self, DEVICE_FAULT_OUTCOME_UNKNOWN, "its number cannot be had",
				   error);
	datecs_fill_proof(self, number, proof);
	if (!is_x && datecs_decode_number(&reply->fields, 1, &in_day))
		proof->receipt_number = in_day;
	proof->change = (Money){ .minor = plan->change, .currency = plan->total.currency };
	g_strlcpy(proof->id, plan->unp, sizeof proof->id);
	datecs_ask_time(self, proof->at);
	return true;
}

static bool run_close(struct fiscal *self, const struct fiscal_plan *plan, const DatecsStep *step,
		      FiscalProof *proof, GError **error)
{
	DatecsReply reply;

	return datecs_run(self, &step->body, DATECS_HARMLESS, &reply, error) &&
	       take_closed(self, plan, &reply, proof, error);
}

static bool run_cash(struct fiscal *self, const struct fiscal_plan *plan, const DatecsStep *step,
		     FiscalProof *proof, GError **error)
{
	bool in = plan->kind == FISCAL_CASH_IN;
	DatecsReply reply;
	int64_t cash;

	if (!self->tells_cash)
		return datecs_fail(self, DEVICE_FAULT_REFUSED,
				   "has no cash counter, so that nothing could prove it", error);
	if (!datecs_run(self, &step->body, DATECS_ONCE, &reply, error))
		return false;
	if (datecs_field(&reply.fields, 0)[0] == 'F')
		return datecs_fail(self, in ? DEVICE_FAULT_REFUSED : DEVICE_FAULT_NO_CASH,
				   "did not take the cash in or out", error);
	if (!datecs_decode_cash(self->link.family, &reply.fields, &cash))
		return datecs_fail(self, DEVICE_FAULT_OUTCOME_UNKNOWN,
				   "its answer to cash cannot be read", error);
	datecs_fill_proof(self, 0, proof);
	proof->sign[0] = '\0';
	return true;
}

static bool run_report(struct fiscal *self, const DatecsStep *step, FiscalProof *proof,
		       GError **error)
{
	bool z = step->kind == DATECS_STEP_Z;
	uint32_t shift;
	DatecsReply reply;

	if (!datecs_run(self, &step->body, z ? DATECS_ONCE : DATECS_HARMLESS, &reply, error))
		return false;
	datecs_fill_proof(self, 0, proof);
	proof->sign[0] = '\0';
	if (datecs_decode_number(&reply.fields, self->link.family == DATECS_P ? 0 : 1, &shift))
		proof->shift_number = shift;
	if (z) {
		self->day_too_long = false;
		datecs_ask_time(self, proof->at);
	}
	return true;
}

bool datecs_step(struct fiscal *self, struct fiscal_plan *plan, int n, FiscalProof *proof,
		 GError **error)
{
	const DatecsStep *step;

	g_return_val_if_fail(n >= 0 && n < datecs_plan_n_steps(plan), false);
	step = &g_array_index(plan->steps, DatecsStep, n);
	switch (step->kind) {
	case DATECS_STEP_OPEN:
		return run_open(self, step, error);
	case DATECS_STEP_LINE:
		return run_line(self, step, error);
	case DATECS_STEP_CHECK:
		return run_check(self, step, error);
	case DATECS_STEP_PAY:
		return run_pay(self, plan, step, error);
	case DATECS_STEP_CLOSE:
		return run_close(self, plan, step, proof, error);
	case DATECS_STEP_CASH:
		return run_cash(self, plan, step, proof, error);
	case DATECS_STEP_X:
	case DATECS_STEP_Z:
		return run_report(self, step, proof, error);
	}
	return false;
}

/* --- receipts that hang open --------------------------------------------------------------- */

/* Whether the command did its work though it failed: nothing is open any more. */
static bool is_closed(struct fiscal *self, GError **error)
{
	DatecsReceipt receipt;
	bool service;

	if (!datecs_ask_open(self, &receipt, &service, NULL) || receipt.open || service)
		return false;
	g_clear_error(error);
	return true;
}

static bool end_open(struct fiscal *self, bool service, GError **error)
{
	GError *reason = NULL;

	if (datecs_run_plain(self, service ? DATECS_SERVICE_CLOSE : DATECS_CANCEL, DATECS_HARMLESS,
			     &reason) ||
	    is_closed(self, &reason))
		return true;
	g_propagate_error(error, reason);
	return false;
}

/* Family P has no word for "payment has started" but "not allowed now". */
static bool cancel_receipt(struct fiscal *self, const DatecsReceipt *receipt, GError **error)
{
	GError *reason = NULL;

	if (receipt->tells_paid && receipt->paid > 0)
		return datecs_fail(self, DEVICE_FAULT_DOCUMENT_OPEN,
				   "a receipt that is paid for cannot be cancelled", error);
	if (!end_open(self, false, &reason)) {
		if (self->link.family == DATECS_P && !receipt->tells_paid &&
		    g_error_matches(reason, DEVICE_FAULT, DEVICE_FAULT_REFUSED))
			self->payment_started = true;
		g_propagate_error(error, reason);
		return false;
	}
	if (!datecs_ask_last(self, &self->cancelled_up_to, NULL))
		self->cancelled_up_to = 0; /* then reconcile() has to find out */
	return true;
}

bool datecs_cancel_open(struct fiscal *self, GError **error)
{
	DatecsReceipt receipt;
	bool service;

	if (!datecs_ask_open(self, &receipt, &service, error))
		return false;
	if (service)
		return end_open(self, true, error);
	return !receipt.open || cancel_receipt(self, &receipt, error);
}

static bool pay(struct fiscal *self, TenderKind tender, int64_t amount, int64_t paid,
		GError **error)
{
	DatecsStep step = { .kind = DATECS_STEP_PAY, .before = paid, .after = paid + amount };
	DatecsReply reply;
	bool answered;
	int64_t due;

	if (amount == 0)
		return true;
	datecs_pay_command(self->link.family, tender, amount, &step.body);
	if (!run_once(self, &step, &reply, &answered, error))
		return false;
	return !answered ||
	       datecs_decode_payment(self->link.family, &reply.answer, &reply.fields, &due) ||
	       fail_unpaid(self, &reply, error);
}

/* As it was planned, where the device stopped between two payments; else exactly. */
static bool pay_rest(struct fiscal *self, const FiscalDocument *document, int64_t paid,
		     GError **error)
{
	int64_t card = document->paid[TENDER_CARD].minor, rest = document->total.minor - paid;
	int64_t by_card = CLAMP(card - paid, 0, rest), by_cash = rest - by_card;

	if (paid == 0 || paid == card)
		by_cash = document->paid[TENDER_CASH].minor;
	return pay(self, TENDER_CARD, by_card, paid, error) &&
	       pay(self, TENDER_CASH, by_cash, paid + by_card, error);
}

/* One that does not tell what was paid takes the rest in cash, whatever it is, when it is given no
 * sum; it refuses where nothing is due. The card comes first in every plan, so what is missing
 * after a payment is cash. */
static bool pay_unknown_rest(struct fiscal *self, GError **error)
{
	const DatecsBody command = { .code = DATECS_PAY, .data = "\t", .len = 1 };
	GError *reason = NULL;
	DatecsReply reply;

	if (self->link.family != DATECS_P)
		return datecs_fail(self, DEVICE_FAULT_DOCUMENT_OPEN,
				   "does not say what was paid of the open receipt", error);
	if (datecs_run(self, &command, DATECS_HARMLESS, &reply, &reason))
		return true;
	if (!g_error_matches(reason, DEVICE_FAULT, DEVICE_FAULT_REFUSED) &&
	    !g_error_matches(reason, DEVICE_FAULT, DEVICE_FAULT_OUTCOME_UNKNOWN)) {
		g_propagate_error(error, reason);
		return false;
	}
	g_error_free(reason); /* the close tells */
	return true;
}

static bool pay_what_is_due(struct fiscal *self, const FiscalDocument *document,
			    const DatecsReceipt *receipt, GError **error)
{
	if (receipt->amount != document->total.minor)
		return datecs_fail(self, DEVICE_FAULT_DOCUMENT_OPEN,
				   "the open receipt has another total", error);
	if (!receipt->tells_paid)
		return pay_unknown_rest(self, error);
	return receipt->paid >= receipt->amount || pay_rest(self, document, receipt->paid, error);
}

bool datecs_finish_open(struct fiscal *self, const FiscalDocument *document, GError **error)
{
	GError *reason = NULL;
	DatecsReceipt receipt;

	if (!datecs_ask_receipt(self, &receipt, error))
		return false;
	if (!receipt.open)
		return true;
	if (!pay_what_is_due(self, document, &receipt, error))
		return false;
	if (datecs_run_plain(self, DATECS_CLOSE, DATECS_HARMLESS, &reason) ||
	    is_closed(self, &reason))
		return true;
	g_propagate_error(error, reason);
	return false;
}
