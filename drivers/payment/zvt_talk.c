/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/payment/zvt_talk.h"

#include "drivers/payment/zvt_codes.h"

/* How long a terminal may take to end what it was told to abort, at most. Silence is waited for in
 * slices, to hear the other thread. */
enum { ABORT_MS = 30000, SLICE_MS = 250 };

enum {
	CODE_ABORT = 0x06B0,
	CODE_STATUS_INFO = 0x040F,
	CODE_INTERMEDIATE = 0x04FF,
	CODE_COMPLETION = 0x060F,
	CODE_ABORTED = 0x061E,
	CODE_PRINT_LINE = 0x06D1,
	CODE_PRINT_BLOCK = 0x06D3,
	CODE_POSITIVE = 0x8000,
	CODE_UNSUPPORTED = 0x8483,
};

void zvt_talk_init(ZvtTalk *self)
{
	*self = (ZvtTalk){
		.refused = ZVT_NONE,
		.aborted = ZVT_NONE,
	};
	zvt_info_init(&self->info);
}

void zvt_talk_clear(ZvtTalk *self)
{
	zvt_slips_clear(&self->slips);
}

static bool is_answer(uint16_t code)
{
	return code >> 8 == 0x80 || code >> 8 == 0x84;
}

static bool acknowledge(ZvtLink *link, GError **error)
{
	return zvt_link_send(link, CODE_POSITIVE, NULL, 0, error);
}

static void fail_silent(ZvtLink *link, const char *what, GError **error)
{
	g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_OFFLINE, "%s: %s",
		    port_get_address(link->port), what);
}

/* T3. Messages that come first are left over from before: they are none of this command's. */
static bool await_answer(ZvtTalk *self, ZvtLink *link, GError **error)
{
	for (;;) {
		int got = zvt_link_receive(link, link->times.t3, error);

		if (got < 0)
			return false;
		if (got == 0) {
			fail_silent(link, "no answer to a command", error);
			return false;
		}
		if (is_answer(link->apdu.code))
			break;
		if (!acknowledge(link, error))
			return false;
	}
	if ((link->apdu.code >> 8) == 0x84 && (link->apdu.code & 0xFF) != 0)
		self->refused = link->apdu.code & 0xFF;
	else
		self->accepted = true;
	return true;
}

static void take_info(ZvtTalk *self, const ZvtApdu *apdu)
{
	ZvtInfo info;

	zvt_info_init(&info);
	if (!zvt_info_decode(&info, apdu->data, apdu->len))
		g_debug("status information understood up to byte %zu of %zu", info.read,
			apdu->len);
	/* The last one counts, but one without a result only adds to it. */
	if (info.result == ZVT_NONE && self->info.result != ZVT_NONE)
		zvt_info_decode(&self->info, apdu->data, apdu->len);
	else
		self->info = info;
}

static void take_completion(ZvtTalk *self, const ZvtApdu *apdu)
{
	self->completed = true;
	if (!self->has_info) {
		zvt_info_decode(&self->info, apdu->data, apdu->len);
		self->has_info = self->info.result != ZVT_NONE;
	}
}

/* To our 06 B0, as a rule. But where the till was killed and is back, the terminal still repeats
 * its last answer, and that was taken for the one to this command: then the refusal comes behind
 * it. Of a command that moves money this is not believed, for it may be under way; none is the
 * first. True: it is refused. */
static bool take_late_answer(ZvtTalk *self, uint16_t code)
{
	if (!self->moves_no_money || self->aborting || self->begun || code >> 8 != 0x84 ||
	    (code & 0xFF) == 0)
		return false;
	self->refused = code & 0xFF;
	self->accepted = false;
	return true;
}

/* One message of the terminal. True: it has ended the command. @failed: our answer was lost. */
static bool handle(ZvtTalk *self, ZvtLink *link, bool *failed, GError **error)
{
	const ZvtApdu *apdu = &link->apdu;

	switch (apdu->code) {
	case CODE_COMPLETION:
	case CODE_ABORTED:
		if (apdu->code == CODE_COMPLETION)
			take_completion(self, apdu);
		else
			self->aborted = apdu->len > 0 ? apdu->data[0] : ZVT_RESULT_ABORTED;
		/* It has ended, whether this arrives or not. */
		if (!acknowledge(link, NULL))
			g_debug("%s: lost after the end", port_get_address(link->port));
		return true;
	case CODE_STATUS_INFO:
		self->begun = true;
		take_info(self, apdu);
		*failed = !acknowledge(link, error);
		self->has_info |= !*failed;
		return *failed;
	case CODE_INTERMEDIATE:
		self->begun = true;
		if (self->progress != NULL && apdu->len > 0)
			self->progress(zvt_step(apdu->data[0]), self->data);
		break;
	case CODE_PRINT_LINE:
		zvt_slips_add_line(&self->slips, apdu->data, apdu->len);
		break;
	case CODE_PRINT_BLOCK:
		zvt_slips_add_block(&self->slips, apdu->data, apdu->len);
		break;
	default:
		if (is_answer(apdu->code))
			return take_late_answer(self, apdu->code);
		*failed = !zvt_link_send(link, CODE_UNSUPPORTED, NULL, 0, error);
		return *failed;
	}
	*failed = !acknowledge(link, error);
	return *failed;
}

static bool is_approved(const ZvtTalk *self)
{
	return self->has_info && self->info.result == ZVT_RESULT_OK;
}

/* Once, and not behind an approval: the money is taken then. */
static bool wants_abort(ZvtTalk *self)
{
	return self->abort_wanted != NULL && !is_approved(self) &&
	       g_atomic_int_compare_and_exchange(self->abort_wanted, 1, 0);
}

static bool send_abort(ZvtTalk *self, ZvtLink *link, GError **error)
{
	self->aborting = true;
	return zvt_link_send(link, CODE_ABORT, NULL, 0, error);
}

/* 1: a message; 0: the time is over; -1: failed. */
static int await_message(ZvtTalk *self, ZvtLink *link, int timeout_ms, GError **error)
{
	int got = 0;

	for (int waited = 0; got == 0 && waited < timeout_ms; waited += SLICE_MS) {
		if (wants_abort(self) && !send_abort(self, link, error))
			return -1;
		got = zvt_link_receive(link, SLICE_MS, error);
	}
	return got;
}

static bool serve(ZvtTalk *self, ZvtLink *link, GError **error)
{
	bool ended = false, failed = false, told_to_stop = false;
	int t4 = link->times.t4;

	while (!ended) {
		int got = await_message(self, link, told_to_stop ? MIN(ABORT_MS, t4) : t4, error);

		if (got < 0)
			return false;
		if (got > 0) {
			ended = handle(self, link, &failed, error);
			continue;
		}
		if (told_to_stop || is_approved(self)) {
			fail_silent(link, "it began and did not end", error);
			return false;
		}
		told_to_stop = true;
		if (!send_abort(self, link, error))
			return false;
	}
	return !failed;
}

bool zvt_talk_run(ZvtTalk *self, ZvtLink *link, uint16_t code, const uint8_t *data, size_t len,
		  GError **error)
{
	return zvt_link_send(link, code, data, len, error) && await_answer(self, link, error) &&
	       (self->refused != ZVT_NONE || serve(self, link, error));
}

/* ---- what it came to */

static PaymentOutcome doubt(const char *why, PaymentResult *ret, GError **error)
{
	g_strlcpy(ret->reason, why, sizeof(ret->reason));
	g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_OUTCOME_UNKNOWN, "payment in doubt: %s", why);
	return PAYMENT_UNKNOWN;
}

static PaymentOutcome decline(int result, bool begun, PaymentResult *ret, GError **error)
{
	ret->result = result;
	g_snprintf(ret->reason, sizeof(ret->reason), "%s (%02X)", zvt_result_text(result), result);
	if (zvt_result_is_doubtful(result))
		return doubt(ret->reason, ret, error);
	g_set_error_literal(error, DEVICE_FAULT, (int)zvt_result_fault(result, begun), ret->reason);
	return PAYMENT_DECLINED;
}

static PaymentOutcome judge_abort(const ZvtTalk *self, PaymentResult *ret, GError **error)
{
	/* The bank's own word says more than that of the key that ended it. */
	bool explained = self->has_info && self->info.result > ZVT_RESULT_OK;
	PaymentOutcome outcome =
		decline(zvt_result_is_doubtful(self->aborted) || !explained ? self->aborted
									    : self->info.result,
			true, ret, error);

	if (is_approved(self))
		g_strlcpy(ret->reason, "cancelled after it was approved", sizeof(ret->reason));
	return outcome;
}

PaymentOutcome zvt_talk_judge(const ZvtTalk *self, const GError *cause, PaymentResult *ret,
			      GError **error)
{
	if (self->refused != ZVT_NONE)
		return decline(self->refused, false, ret, error);
	if (self->aborted != ZVT_NONE)
		return judge_abort(self, ret, error);
	/* Until it has ended the payment it may take it back, with 06 1E or because our answer to
	 * the approval was lost on its way (§7, §10): where the line breaks before, it is asked. */
	if (is_approved(self) && cause != NULL)
		return doubt("approved, and the line broke before the end", ret, error);
	if (is_approved(self)) {
		ret->result = ZVT_RESULT_OK;
		return PAYMENT_APPROVED;
	}
	if (self->has_info && self->info.result != ZVT_NONE)
		return decline(self->info.result, true, ret, error);
	if (cause != NULL)
		return doubt(cause->message, ret, error);
	return doubt("it ended without a result", ret, error);
}
