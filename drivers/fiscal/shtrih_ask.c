/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/fiscal/shtrih.h"

#include "drivers/fiscal/shtrih_faults.h"

#include <string.h>

#define POLL_MS 200 /* §6.7: every 200 to 500 ms */
#define PRINT_POLLS 300 /* a minute: the longest receipt is out by then */
#define BUSY_RESENDS 50

bool shtrih_fail_code(struct fiscal *self, const ShtrihBody *command, uint8_t code, GError **error)
{
	const char *text;
	DeviceFault fault = shtrih_fault(code, &text);

	g_set_error(error, DEVICE_FAULT, (int)fault, "%s: %02X answered error %02X, %s",
		    port_get_address(self->link.port), shtrih_body_code(command), code, text);
	return false;
}

bool shtrih_fail(struct fiscal *self, DeviceFault fault, const char *text, GError **error)
{
	g_set_error(error, DEVICE_FAULT, (int)fault, "%s: %s", port_get_address(self->link.port),
		    text);
	return false;
}

/* One exchange; the device's error byte is the caller's to judge. */
bool shtrih_exchange(struct fiscal *self, const ShtrihBody *command, ShtrihReply *ret,
		     uint8_t *ret_code, GError **error)
{
	uint16_t code = shtrih_body_code(command);
	bool question = shtrih_code_is_question(code) || code == SHTRIH_CONTINUE;

	if (!shtrih_link_exchange(&self->link, command, question, shtrih_answer_timeout_ms(code),
				  &ret->body, error))
		return false;
	if (shtrih_answer(&ret->body, code, ret_code, &ret->data, &ret->len))
		return true;
	return shtrih_fail(self, question ? DEVICE_FAULT_PROTOCOL : DEVICE_FAULT_OUTCOME_UNKNOWN,
			   "an answer without an error byte", error);
}

bool shtrih_ask(struct fiscal *self, const ShtrihBody *question, ShtrihReply *ret, GError **error)
{
	for (int i = 0; i < BUSY_RESENDS; i++) {
		uint8_t code;

		if (!shtrih_exchange(self, question, ret, &code, error))
			return false;
		if (code == 0)
			return true;
		if (code != SHTRIH_ERROR_BUSY)
			return shtrih_fail_code(self, question, code, error);
		if (!port_pause(self->link.port, POLL_MS, error))
			return false;
	}
	return shtrih_fail(self, DEVICE_FAULT_BUSY, "is asked too often", error);
}

bool shtrih_fail_bad_answer(struct fiscal *self, GError **error)
{
	return shtrih_fail(self, DEVICE_FAULT_PROTOCOL, "an answer of another length or sense",
			   error);
}

bool shtrih_ask_status(struct fiscal *self, ShtrihStatus *ret, GError **error)
{
	ShtrihBody command;
	ShtrihReply reply;

	shtrih_command(&command, SHTRIH_STATUS, self->options.password);
	return shtrih_ask(self, &command, &reply, error) &&
	       (shtrih_decode_status(reply.data, reply.len, ret) ||
		shtrih_fail_bad_answer(self, error));
}

bool shtrih_ask_fn_status(struct fiscal *self, ShtrihFnStatus *ret, GError **error)
{
	ShtrihBody command;
	ShtrihReply reply;

	shtrih_command(&command, SHTRIH_FN_STATUS, self->options.password);
	return shtrih_ask(self, &command, &reply, error) &&
	       (shtrih_decode_fn_status(reply.data, reply.len, ret) ||
		shtrih_fail_bad_answer(self, error));
}

static bool ask_shift(struct fiscal *self, ShtrihShift *ret, GError **error)
{
	ShtrihBody command;
	ShtrihReply reply;

	shtrih_command(&command, SHTRIH_SHIFT, self->options.password);
	return shtrih_ask(self, &command, &reply, error) &&
	       (shtrih_decode_shift(reply.data, reply.len, ret) ||
		shtrih_fail_bad_answer(self, error));
}

static bool ask_sum(struct fiscal *self, const ShtrihBody *command, Money *ret, GError **error)
{
	ShtrihReply reply;
	int64_t sum;

	if (!shtrih_ask(self, command, &reply, error))
		return false;
	if (!shtrih_decode_sum(reply.data, reply.len, &sum))
		return shtrih_fail_bad_answer(self, error);
	*ret = (Money){ .minor = sum, .currency = self->options.currency };
	return true;
}

bool shtrih_continue_print(struct fiscal *self, GError **error)
{
	ShtrihBody command;
	ShtrihReply reply;

	shtrih_command(&command, SHTRIH_CONTINUE, self->options.password);
	return shtrih_ask(self, &command, &reply, error);
}

bool shtrih_ask_cash(struct fiscal *self, Money *ret, GError **error)
{
	ShtrihBody command;

	shtrih_command_byte(&command, SHTRIH_REGISTER, self->options.password,
			    SHTRIH_REGISTER_CASH);
	return ask_sum(self, &command, ret, error);
}

bool shtrih_is_printing(const ShtrihStatus *status)
{
	return status->submode == SHTRIH_SUBMODE_PRINTING ||
	       status->submode == SHTRIH_SUBMODE_PRINTING_REPORT;
}

bool shtrih_wait_quiet(struct fiscal *self, ShtrihStatus *ret, GError **error)
{
	for (int i = 0; i < PRINT_POLLS; i++) {
		if (!shtrih_ask_status(self, ret, error))
			return false;
		if (!shtrih_is_printing(ret))
			return true;
		if (!port_pause(self->link.port, POLL_MS, error))
			return false;
	}
	return shtrih_fail(self, DEVICE_FAULT_BUSY, "prints for over a minute", error);
}

/* Sales do without the counter. */
static bool observe_cash(struct fiscal *self, FiscalStatus *status, GError **error)
{
	GError *reason = NULL;

	self->tells_cash = shtrih_ask_cash(self, &status->cash, &reason);
	if (self->tells_cash)
		return true;
	if (!g_error_matches(reason, DEVICE_FAULT, DEVICE_FAULT_REFUSED)) {
		g_propagate_error(error, reason);
		return false;
	}
	g_error_free(reason);
	return true;
}

static bool observe_money(struct fiscal *self, const ShtrihStatus *state, FiscalStatus *status,
			  GError **error)
{
	ShtrihBody command;

	/* A non-fiscal document has no subtotal. */
	if (state->mode == SHTRIH_MODE_DOCUMENT && state->detail <= 3) {
		shtrih_command(&command, SHTRIH_SUBTOTAL, self->options.password);
		if (!ask_sum(self, &command, &status->open_total, error))
			return false;
	}
	return observe_cash(self, status, error);
}

static void fill_status(FiscalStatus *status, const ShtrihStatus *state, const ShtrihFnStatus *fn,
			const ShtrihShift *shift)
{
	g_strlcpy(status->serial, fn->serial, sizeof status->serial);
	status->shift_open = shift->open;
	status->shift_too_long = state->mode == SHTRIH_MODE_SHIFT_TOO_LONG;
	status->document_open = state->mode == SHTRIH_MODE_DOCUMENT;
	status->open_lines = status->document_open ? state->operations : 0;
	status->printing = shtrih_is_printing(state);
	status->paper_out = state->submode == SHTRIH_SUBMODE_NO_PAPER ||
			    state->submode == SHTRIH_SUBMODE_PAPER_ENDED;
	status->cover_open = (state->flags & SHTRIH_FLAG_COVER_OPEN) != 0;
	status->memory_near_full = (fn->warnings & SHTRIH_WARNING_NEAR_FULL) != 0;
	status->memory_full = (fn->warnings & SHTRIH_WARNING_REPLACE_NOW) != 0;
	status->lotteries = -1;
	status->awaits_continue = state->submode == SHTRIH_SUBMODE_AWAITS_CONTINUE;
	status->last_document = fn->last_document;
	status->shift_number = shift->shift;
	status->receipt_number = shift->receipt;
}

bool shtrih_observe(struct fiscal *self, FiscalStatus *ret, GError **error)
{
	Money nothing = { .currency = self->options.currency };
	FiscalStatus status = { .open_total = nothing, .cash = nothing };
	ShtrihStatus state;
	ShtrihFnStatus fn;
	ShtrihShift shift;

	if (!shtrih_ask_status(self, &state, error) || !shtrih_ask_fn_status(self, &fn, error) ||
	    !ask_shift(self, &shift, error))
		return false;
	fill_status(&status, &state, &fn, &shift);
	if (!observe_money(self, &state, &status, error) ||
	    !shtrih_observe_details(self, &status, error))
		return false;
	/* An unfinished document in the memory hangs open too, though it has no sum. */
	status.document_open |= fn.current_document != 0;
	self->last = status;
	self->last_is_fresh = true;
	*ret = status;
	return true;
}
