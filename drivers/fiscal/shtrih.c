/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/fiscal/shtrih.h"

#include "drivers/fiscal/shtrih_faults.h"

#include <string.h>

#define MAX_JUMP 100 /* documents that somebody else may have made since we looked */
#define PAUSE_MS 200 /* §6.7: every 200 to 500 ms */
#define PRINT_POLLS 300 /* a minute: the longest receipt is out by then */
#define BUSY_RESENDS 50

/* Also what a refusal asks for: quiet, paper, and the rest of the last document printed. */
static bool finish_print(struct fiscal *self, GError **error)
{
	ShtrihStatus status;

	for (int i = 0; i < BUSY_RESENDS; i++) {
		if (!shtrih_wait_quiet(self, &status, error))
			return false;
		if (status.submode == SHTRIH_SUBMODE_PAPER_ENDED)
			return shtrih_fail(self, DEVICE_FAULT_PAPER_OUT, "paper ended", error);
		if (status.submode != SHTRIH_SUBMODE_AWAITS_CONTINUE)
			return true;
		if (!shtrih_continue_print(self, error) ||
		    !port_pause(self->link.port, PAUSE_MS, error))
			return false;
	}
	return shtrih_fail(self, DEVICE_FAULT_BUSY, "does not continue to print", error);
}

/* Printing and paper may answer for a command that was executed (§8): only the mode tells whether
 * the document is still to be made. */
static bool may_be_formed(uint16_t code, const ShtrihStatus *status)
{
	switch (code) {
	case SHTRIH_CLOSE:
		return status->mode != SHTRIH_MODE_DOCUMENT;
	case SHTRIH_CORRECTION: /* its mode before is not known: the numbers decide */
		return true;
	case SHTRIH_SHIFT_OPEN_FINISH:
		return status->mode != SHTRIH_MODE_SHIFT_CLOSED;
	case SHTRIH_SHIFT_CLOSE_FINISH:
		return status->mode != SHTRIH_MODE_SHIFT_OPEN &&
		       status->mode != SHTRIH_MODE_SHIFT_TOO_LONG;
	default:
		return false;
	}
}

/* 72h and 73h say only "not now": the mode says why. */
static bool fail_mode(struct fiscal *self, const ShtrihBody *command, uint8_t code,
		      const ShtrihStatus *status, GError **error)
{
	switch (status->mode) {
	case SHTRIH_MODE_SHIFT_TOO_LONG:
		return shtrih_fail(self, DEVICE_FAULT_SHIFT_TOO_LONG, "shift over 24 hours", error);
	case SHTRIH_MODE_SHIFT_CLOSED:
		return shtrih_fail(self, DEVICE_FAULT_SHIFT_CLOSED, "shift is closed", error);
	case SHTRIH_MODE_DOCUMENT:
		return shtrih_fail(self, DEVICE_FAULT_DOCUMENT_OPEN, "a receipt is open", error);
	default:
		return shtrih_fail_code(self, command, code, error);
	}
}

static bool is_about_now(uint8_t code)
{
	return code == SHTRIH_ERROR_BUSY || code == SHTRIH_ERROR_AWAITS_CONTINUE ||
	       code == SHTRIH_ERROR_NO_PAPER || code == SHTRIH_ERROR_SUBMODE ||
	       code == SHTRIH_ERROR_MODE;
}

/* What stands in the way, and whether it has gone by waiting. */
static bool ask_obstacle(struct fiscal *self, ShtrihStatus *ret, bool *ret_waited, GError **error)
{
	if (!shtrih_ask_status(self, ret, error))
		return false;
	*ret_waited = shtrih_is_printing(ret);
	return !*ret_waited || shtrih_wait_quiet(self, ret, error);
}

static bool is_cash(uint16_t code)
{
	return code == SHTRIH_CASH_IN || code == SHTRIH_CASH_OUT;
}

/* Whether the command did its work though it answers a refusal. Cash in and out leave no mark but
 * the counter, which was observed before the first step. */
static bool ask_executed(struct fiscal *self, uint16_t sent, const ShtrihStatus *status, bool *ret,
			 GError **error)
{
	Money cash;

	*ret = may_be_formed(sent, status);
	if (!is_cash(sent))
		return true;
	if (!shtrih_ask_cash(self, &cash, error))
		return false;
	*ret = cash.minor != self->last.cash.minor;
	return true;
}

/* The reason stands between us and the truth about a document. */
static bool fail_asking(struct fiscal *self, uint16_t sent, GError *reason, GError **error)
{
	if (shtrih_code_forms_document(sent) || is_cash(sent))
		reason->code = DEVICE_FAULT_OUTCOME_UNKNOWN;
	g_propagate_error(error, reason);
	return false;
}

static bool pass_obstacle(struct fiscal *self, const ShtrihBody *command, uint8_t code,
			  const ShtrihStatus *status, bool waited, GError **error)
{
	if (code == SHTRIH_ERROR_NO_PAPER || status->submode == SHTRIH_SUBMODE_NO_PAPER ||
	    status->submode == SHTRIH_SUBMODE_PAPER_ENDED)
		return shtrih_fail(self, DEVICE_FAULT_PAPER_OUT, "no paper", error);
	if (status->submode == SHTRIH_SUBMODE_AWAITS_CONTINUE)
		return finish_print(self, error);
	if (code == SHTRIH_ERROR_AWAITS_CONTINUE)
		return shtrih_continue_print(self, error);
	if (code == SHTRIH_ERROR_BUSY)
		return waited || port_pause(self->link.port, PAUSE_MS, error);
	return fail_mode(self, command, code, status, error);
}

/* A refusal that may pass: true when the command can be sent again. */
static bool overcome(struct fiscal *self, const ShtrihBody *command, uint8_t code, GError **error)
{
	uint16_t sent = shtrih_body_code(command);
	ShtrihStatus status;
	GError *reason = NULL;
	bool waited, executed;

	if (!ask_obstacle(self, &status, &waited, &reason) ||
	    !ask_executed(self, sent, &status, &executed, &reason))
		return fail_asking(self, sent, reason, error);
	if (executed)
		return shtrih_fail(self, DEVICE_FAULT_OUTCOME_UNKNOWN,
				   "refused after its work, perhaps", error);
	return pass_obstacle(self, command, code, &status, waited, error);
}

/* Commands that newer firmware wants and older does not know: the document is whole without. */
static bool is_optional(uint16_t code)
{
	return code == SHTRIH_LINE_TLV || code == SHTRIH_SHIFT_OPEN_BEGIN ||
	       code == SHTRIH_SHIFT_CLOSE_BEGIN;
}

bool shtrih_command_run(struct fiscal *self, const ShtrihBody *command, ShtrihReply *ret,
			GError **error)
{
	uint16_t sent = shtrih_body_code(command);

	if (is_cash(sent) && !self->tells_cash)
		return shtrih_fail(self, DEVICE_FAULT_REFUSED,
				   "has no cash counter, so that nothing could prove it", error);
	for (int i = 0; i < BUSY_RESENDS; i++) {
		uint8_t code;

		if (!shtrih_exchange(self, command, ret, &code, error))
			return false;
		if (code == 0 || (code == SHTRIH_ERROR_NOT_SUPPORTED && is_optional(sent)))
			return true;
		if (!is_about_now(code))
			return shtrih_fail_code(self, command, code, error);
		if (!overcome(self, command, code, error))
			return false;
	}
	return shtrih_fail(self, DEVICE_FAULT_BUSY, "refuses for too long", error);
}

static bool run_plain(struct fiscal *self, uint16_t code, GError **error)
{
	ShtrihBody command;
	ShtrihReply reply;

	shtrih_command(&command, code, self->options.password);
	return shtrih_command_run(self, &command, &reply, error);
}

static struct fiscal *open_shtrih(struct port *port, GHashTable *options, GError **error)
{
	struct fiscal *self = g_new0(struct fiscal, 1);

	port_set_class(port, "fiscal");
	shtrih_link_init(&self->link, port);
	shtrih_details_init(self);
	if (shtrih_options_parse(options, &self->options, error) &&
	    shtrih_link_reach(&self->link, error))
		return self;
	shtrih_options_clear(&self->options);
	g_free(self);
	return NULL;
}

static void close_shtrih(struct fiscal *self)
{
	shtrih_options_clear(&self->options);
	g_free(self);
}

static struct fiscal_plan *make_plan(struct fiscal *self, const FiscalDocument *document,
				     GError **error)
{
	return shtrih_plan_new(&self->options, document, error);
}

void shtrih_fill_proof(FiscalProof *proof, const char *serial, uint32_t document, uint32_t sign,
		       const char *at)
{
	proof->document_number = document;
	g_snprintf(proof->sign, sizeof proof->sign, "%010u", sign);
	g_strlcpy(proof->serial, serial, sizeof proof->serial);
	g_strlcpy(proof->at, at, sizeof proof->at);
}

static bool check_subtotal(struct fiscal *self, const struct fiscal_plan *plan,
			   const ShtrihReply *reply, GError **error)
{
	int64_t sum;

	if (!shtrih_decode_sum(reply->data, reply->len, &sum))
		return shtrih_fail_bad_answer(self, error);
	if (sum == plan->total.minor)
		return true;
	g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_REFUSED,
		    "the registrar counts %" G_GINT64_FORMAT ", the till %" G_GINT64_FORMAT, sum,
		    plan->total.minor);
	return false;
}

static bool decode_formed(uint16_t code, const ShtrihReply *reply, ShtrihFormed *ret)
{
	switch (code) {
	case SHTRIH_CLOSE:
		return shtrih_decode_closed(reply->data, reply->len, ret);
	case SHTRIH_CORRECTION:
		return shtrih_decode_corrected(reply->data, reply->len, ret);
	default:
		return shtrih_decode_shift_done(reply->data, reply->len, ret);
	}
}

/* It is made; an answer that cannot be read is as good as lost. */
/* Of a doubled byte the check sum (§1) misses one in 256, and the number moves by a byte with it:
 * then the memory is asked. */
static bool follows(const struct fiscal *self, uint32_t document)
{
	return self->last.last_document == 0 || document - self->last.last_document <= MAX_JUMP;
}

static bool take_formed(struct fiscal *self, uint16_t code, const ShtrihReply *reply,
			const struct fiscal_plan *plan, FiscalProof *proof, GError **error)
{
	bool receipt = code == SHTRIH_CLOSE || code == SHTRIH_CORRECTION;
	ShtrihFormed formed;

	self->last_is_fresh = false;
	if (!decode_formed(code, reply, &formed) || !follows(self, formed.document))
		return shtrih_fail(self, DEVICE_FAULT_OUTCOME_UNKNOWN, "its proof cannot be read",
				   error);
	*proof = (FiscalProof){ 0 };
	shtrih_fill_proof(proof, self->last.serial, formed.document, formed.sign, formed.at);
	proof->shift_number = receipt ? self->last.shift_number : formed.shift;
	if (code == SHTRIH_CLOSE)
		proof->receipt_number = self->last.receipt_number + 1;
	else if (code == SHTRIH_CORRECTION)
		proof->receipt_number = formed.shift;
	proof->change = (Money){ .minor = formed.change, .currency = plan->total.currency };
	return true;
}

/* The goods stay here, and the registrar forgets their code. */
static bool reject_mark(struct fiscal *self, GError **error)
{
	ShtrihBody command;
	ShtrihReply reply;

	shtrih_command_byte(&command, SHTRIH_MARK_ACCEPT, self->options.password, 0);
	return shtrih_command_run(self, &command, &reply, error) &&
	       shtrih_fail(self, DEVICE_FAULT_REFUSED, "the marking code is not one to be sold",
			   error);
}

static bool take_mark(struct fiscal *self, uint16_t code, const ShtrihReply *reply, GError **error)
{
	ShtrihMark mark;
	bool readable = code == SHTRIH_MARK_CHECK
				? shtrih_decode_mark_check(reply->data, reply->len, &mark)
				: shtrih_decode_mark_accept(reply->data, reply->len, &mark);

	if (!readable)
		return shtrih_fail_bad_answer(self, error);
	return mark != SHTRIH_MARK_BAD || reject_mark(self, error);
}

static bool take_reply(struct fiscal *self, uint16_t code, const ShtrihReply *reply,
		       const struct fiscal_plan *plan, FiscalProof *proof, GError **error)
{
	switch (code) {
	case SHTRIH_SUBTOTAL:
		return check_subtotal(self, plan, reply, error);
	case SHTRIH_MARK_CHECK:
	case SHTRIH_MARK_ACCEPT:
		return take_mark(self, code, reply, error);
	case SHTRIH_CLOSE:
	case SHTRIH_CORRECTION:
	case SHTRIH_SHIFT_OPEN_FINISH:
	case SHTRIH_SHIFT_CLOSE_FINISH:
		return take_formed(self, code, reply, plan, proof, error);
	case SHTRIH_X_REPORT:
	case SHTRIH_CASH_IN:
	case SHTRIH_CASH_OUT:
		*proof = (FiscalProof){ .shift_number = self->last.shift_number,
					.change.currency = plan->total.currency };
		g_strlcpy(proof->serial, self->last.serial, sizeof proof->serial);
		return true;
	default:
		return true;
	}
}

static bool step(struct fiscal *self, struct fiscal_plan *plan, int n, FiscalProof *proof,
		 GError **error)
{
	const ShtrihBody *command;
	ShtrihReply reply;
	FiscalStatus status;

	g_return_val_if_fail(n >= 0 && n < shtrih_plan_n_steps(plan), false);

	/* The proof will need the shift and the receipt before this one. */
	if (n == 0 && !self->last_is_fresh && !shtrih_observe(self, &status, error))
		return false;
	command = &g_array_index(plan->steps, ShtrihStep, n).body;
	return shtrih_command_run(self, command, &reply, error) &&
	       take_reply(self, shtrih_body_code(command), &reply, plan, proof, error);
}

/* First the receipt, then what the memory may still hold: never the other way round (§8). */
static bool cancel_open(struct fiscal *self, GError **error)
{
	ShtrihStatus state;
	ShtrihFnStatus fn;

	if (!shtrih_wait_quiet(self, &state, error))
		return false;
	if (state.mode == SHTRIH_MODE_DOCUMENT && !run_plain(self, SHTRIH_CANCEL, error))
		return false;
	if (!shtrih_ask_fn_status(self, &fn, error))
		return false;
	return fn.current_document == 0 || run_plain(self, SHTRIH_FN_CANCEL, error);
}

static bool open_drawer(struct fiscal *self, GError **error)
{
	ShtrihBody command;
	ShtrihReply reply;

	shtrih_command_byte(&command, SHTRIH_DRAWER, self->options.password, 0);
	return shtrih_command_run(self, &command, &reply, error);
}

const struct fiscal_driver shtrih_driver = {
	.name = "shtrih",
	.caps = FISCAL_PRINTS | FISCAL_SHIFTS | FISCAL_NUMBERS | FISCAL_KEEPS_CASH |
		FISCAL_CORRECTS,
	.open = open_shtrih,
	.close = close_shtrih,
	.observe = shtrih_observe,
	.plan = make_plan,
	.plan_describe = shtrih_plan_describe,
	.plan_n_steps = shtrih_plan_n_steps,
	.plan_commit_step = shtrih_plan_commit_step,
	.plan_free = shtrih_plan_free,
	.step = step,
	.reconcile = shtrih_reconcile,
	.cancel_open = cancel_open,
	.finish_print = finish_print,
	.open_drawer = open_drawer,
	.read_document = shtrih_service_read_document,
	.read_totals = shtrih_service_read_totals,
	.set_clock = shtrih_service_set_clock,
	.print_text = shtrih_service_print_text,
	.print_copy = shtrih_service_print_copy,
};
