/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/session/private.h"

/* A card terminal that the till drives, for a payment, a refund or the reversal of a payment
 * (payment-terminal.md §7). Five steps in one order, each done before the next begins:
 *
 *   1  the plan is on the disk: kind, amount and, of a reversal, the payment's number
 *   2  the receipt is on the disk with the question open, and the journal's entry with it
 *   3  the intent is on the disk: the plan, and which was the terminal's newest number before
 *   4  the terminal is asked
 *   5  what came of it is on the disk: payment added or taken off, question closed, entry written,
 *      in one commit; only then follow the document, the next payment or the goods
 *
 * Where the power goes or a step fails, this is so, and the shopper's card and receipt agree:
 *
 *   after | a payment               | a reversal of a sale's     | money back in a return
 *   ------+-------------------------+----------------------------+---------------------------------
 *   1     | nothing was asked       | paid as before             | return open, nothing went back
 *   2     | no intent: not sent,    | no intent: not sent, paid  | no intent: not sent, return
 *         | due as before           | as before                  | open
 *   3, 4  | in doubt, so the terminal is asked, after 1, 2, 5, 10, 10 … s and after a restart,
 *         | until it says; a person with the right decides where it does not. Meanwhile no other
 *         | payment, no document and no way back to the goods
 *         | booked: paid            | booked: off the receipt    | booked: given back
 *         | not: due as before      | not: paid as before        | not: return open
 *   5     | not written: as 4, for the terminal knows still
 *         | paid                    | off the receipt; the next  | given back; the next one, then
 *         |                         | one, then the goods        | the document
 *
 * A reversal may be asked for twice, for the terminal takes a payment back once. A refund may not:
 * it follows a reversal only where the terminal itself has said no to that, and after it there is
 * no way back, for nobody can charge the card again without the shopper. */

#define SETTING_INTENT "card-intent"

/* --- the intent ------------------------------------------------------------------------------- */

static bool store_intent(Session *self, const PaymentIntent *intent, GError **error)
{
	g_autofree char *text = NULL;
	const char *pairs[] = { SETTING_INTENT, NULL, NULL };

	pairs[1] = text =
		g_strdup_printf("%" G_GINT64_FORMAT " %d %d %" G_GINT64_FORMAT " %d %d",
				intent->amount.minor, intent->last_receipt, intent->last_trace,
				intent->at, (int)intent->kind, intent->receipt);
	return till_db_put_settings(self->db, pairs, error);
}

/* Of what the open receipt asks for; false where there is none. Tills before this one asked for
 * payments alone and wrote the first four numbers. */
static bool load_intent(Session *self, PaymentIntent *ret)
{
	g_autofree char *text = NULL;
	g_autoptr(GError) error = NULL;
	int64_t amount, at;
	int kind = PAYMENT_CHARGE;

	*ret = (PaymentIntent){ .receipt = -1 };
	if (!till_db_dup_setting(self->db, SETTING_INTENT, &text, &error) || text == NULL ||
	    sscanf(text, "%" G_GINT64_FORMAT " %d %d %" G_GINT64_FORMAT " %d %d", &amount,
		   &ret->last_receipt, &ret->last_trace, &at, &kind, &ret->receipt) < 4)
		return false;
	ret->kind = (PaymentIntentKind)kind;
	ret->amount = session_money(self, amount);
	ret->at = at;
	return amount == self->card_amount.minor;
}

static void take_intent(void *owner, void *data)
{
	((Session *)owner)->card_intent = *(const PaymentIntent *)data;
}

/* On the terminal's thread. */
static bool on_intent(const PaymentIntent *intent, void *data)
{
	Session *self = data;
	g_autoptr(GError) error = NULL;

	if (!store_intent(self, intent, &error)) {
		g_debug("card intent: %s", error->message);
		return false;
	}
	mailbox_send(self->mailbox, take_intent, g_memdup2(intent, sizeof *intent), g_free);
	return true;
}

/* --- what came of it -------------------------------------------------------------------------- */

typedef struct {
	unsigned turn;
	bool was_asked;
	PaymentOutcome outcome;
	Money amount;
	char reference[40];
	char **slip; /* owned, may be NULL */
	bool has_fault;
	DeviceFault fault;
} CardNews;

static void card_news_free(void *data)
{
	CardNews *self = data;

	g_strfreev(self->slip);
	g_free(self);
}

/* A refusal of the card itself needs no fault beside it. */
static bool declined(Session *self, const CardNews *news)
{
	g_autoptr(GError) fault = NULL;
	bool is_return = session_is_return(self);
	Money amount = self->card_amount;

	if (news->has_fault)
		fault = g_error_new_literal(DEVICE_FAULT, (int)news->fault, "");
	if (self->card_reversing)
		return session_card_reversal_refused(self, !news->was_asked, fault);
	if (!session_card_declined(self))
		return false;
	if (fault != NULL && news->fault != DEVICE_FAULT_REFUSED &&
	    news->fault != DEVICE_FAULT_CANCELLED)
		return session_refuse_fault_of(self, SESSION_PAYMENT, fault,
					       is_return ? "card-not-given-yet" : "card-not-begun");
	return is_return ? session_refuse_amount(self, "card-not-given", amount)
			 : session_refuse_amount(self, "card-declined",
						 receipt_get_totals(self->receipt)->due);
}

static bool unknown(Session *self)
{
	bool is_back = self->card_reversing || session_is_return(self);

	self->card_unknown = true;
	session_enter(self, self->cashier != NULL ? SESSION_CARD_ASKED : SESSION_LOCKED);
	session_tell_amount(self, is_back ? "card-back-unknown" : "card-unknown",
			    self->card_amount);
	self->answer.sound = SESSION_SOUND_REFUSE;
	return false;
}

static bool take_outcome(Session *self, const CardNews *news)
{
	switch (news->outcome) {
	case PAYMENT_APPROVED:
		session_print_slip(self, news->slip);
		if (self->card_reversing)
			return session_card_reversed(self, news->reference);
		/* More than was asked for fits on no receipt: a person has to put it right. */
		if (news->amount.minor > self->card_amount.minor)
			return unknown(self);
		return session_card_approved(self, news->amount, news->reference);
	case PAYMENT_DECLINED:
		return declined(self, news);
	default:
		return unknown(self);
	}
}

/* What came of it could not be written down and stays in doubt: it can be asked again. Or it was
 * written, and what follows was not. */
void session_card_not_done(Session *self)
{
	if (self->working)
		return;
	if (self->card_asked) {
		self->card_unknown = true;
		session_enter(self, self->cashier != NULL ? SESSION_CARD_ASKED : SESSION_LOCKED);
	} else if (self->state == SESSION_CARD_WORKING || self->state == SESSION_CARD_ASKED) {
		session_resume(self);
	}
}

static bool settle(Session *self, const CardNews *news)
{
	bool ok = take_outcome(self, news);

	if (!ok)
		session_card_not_done(self);
	return ok;
}

static void ask_what_became(Session *self)
{
	self->card_turn = card_terminal_query(self->terminal, &self->card_intent);
}

/* Of a question under way, or of one that was in doubt. Where nobody is logged in it waits for
 * them: asked again then. */
static void take_news(void *owner, void *data)
{
	Session *self = owner;
	const CardNews *news = data;
	bool was_working = self->state == SESSION_CARD_WORKING;

	if (news->turn != self->card_turn || !self->card_asked ||
	    (!was_working && !self->card_unknown))
		return; /* a person has decided meanwhile */
	if (self->cashier == NULL && news->outcome != PAYMENT_UNKNOWN)
		return;
	session_say_nothing(self);
	if (news->outcome != PAYMENT_UNKNOWN)
		self->card_unknown = false;
	if (was_working) {
		bool ok;

		self->working = false;
		self->answer.kind = self->job.kind;
		self->answer.mark = self->job.mark;
		ok = settle(self, news);
		if (news->outcome == PAYMENT_UNKNOWN)
			ask_what_became(self);
		if (!self->working) /* else the receipt is being made now */
			session_job_end(self, ok);
	} else {
		self->answer.ok = settle(self, news);
		session_emit(self);
		session_serve_waiting(self);
	}
}

/* On the terminal's thread. */
static void on_outcome(const CardAnswer *answer, void *data)
{
	Session *self = data;
	const GError *fault = answer->fault;
	CardNews *news = g_new0(CardNews, 1);

	news->turn = answer->turn;
	news->was_asked = answer->was_asked;
	news->outcome = answer->outcome;
	news->amount = answer->result->amount;
	news->slip = g_strdupv(answer->result->slip);
	session_card_write_reference(answer->result, news->reference, sizeof news->reference);
	news->has_fault = fault != NULL;
	if (fault != NULL)
		news->fault = fault->domain == DEVICE_FAULT ? (DeviceFault)fault->code
							    : DEVICE_FAULT_OFFLINE;
	mailbox_send(self->mailbox, take_news, news, card_news_free);
}

static void tell_connecting(Session *self)
{
	session_tell_amount(self,
			    self->card_reversing      ? "card-reversing"
			    : session_is_return(self) ? "card-refunding"
						      : "card-connecting",
			    self->card_amount);
}

static void take_step(void *owner, void *data)
{
	static const char *const codes[] = {
		[PAYMENT_STEP_INSERT_CARD] = "card-insert",
		[PAYMENT_STEP_ENTER_PIN] = "card-pin",
		[PAYMENT_STEP_HOST] = "card-host",
		[PAYMENT_STEP_REMOVE_CARD] = "card-remove",
		[PAYMENT_STEP_WAIT] = "card-wait",
	};
	Session *self = owner;
	PaymentStep step = *(const PaymentStep *)data;

	if (self->state != SESSION_CARD_WORKING)
		return;
	if (step == PAYMENT_STEP_CONNECTING)
		tell_connecting(self);
	else
		session_tell_amount(self, codes[step], self->card_amount);
	session_emit(self);
}

static void on_step(PaymentStep step, void *data)
{
	Session *self = data;

	mailbox_send(self->mailbox, take_step, g_memdup2(&step, sizeof step), g_free);
}

/* --- asking ----------------------------------------------------------------------------------- */

bool session_card_plan(Session *self, const PaymentIntent *wanted)
{
	g_autoptr(GError) error = NULL;

	self->card_intent = *wanted;
	return store_intent(self, wanted, &error) || session_refuse_store(self, error);
}

bool session_card_begin(Session *self)
{
	session_job_begin(self, SESSION_CARD_WORKING);
	self->card_stopped = false;
	tell_connecting(self);
	switch (self->card_intent.kind) {
	case PAYMENT_REFUND:
		self->card_turn = card_terminal_refund(self->terminal, self->card_amount);
		break;
	case PAYMENT_REVERSAL:
		self->card_turn = card_terminal_reverse(self->terminal, &self->card_intent);
		break;
	default:
		self->card_turn = card_terminal_pay(self->terminal, self->card_amount);
		break;
	}
	return true;
}

void session_card_settled(Session *self)
{
	self->card_unknown = false;
	if (self->terminal != NULL)
		card_terminal_forget(self->terminal);
}

/* Not one byte of it was sent. */
static void not_sent(Session *self)
{
	Money amount = self->card_amount;
	bool is_return = session_is_return(self), reversing = self->card_reversing;

	if (reversing ? !session_card_not_reversed(self) : !session_card_declined(self))
		return;
	session_tell_amount(self,
			    is_return	? "card-not-given"
			    : reversing ? "card-not-back"
					: "card-not-sent",
			    reversing || is_return ? amount
						   : receipt_get_totals(self->receipt)->due);
}

/* The cashier has come to a question that the power, or a lock, left open. */
void session_card_resume(Session *self)
{
	bool sent;

	if (!self->card_asked || self->state != SESSION_CARD_ASKED)
		return;
	sent = load_intent(self, &self->card_intent) && self->card_intent.at != 0;
	self->card_reversing = self->card_intent.kind == PAYMENT_REVERSAL;
	if (!sent && (self->terminal != NULL || self->card_reversing)) {
		not_sent(self);
	} else if (sent) {
		unknown(self);
		if (self->terminal != NULL) /* else its cable was taken away since */
			ask_what_became(self);
	} else if (session_is_return(self)) {
		session_tell_amount(self, "card-give-back", self->card_amount);
	}
}

bool session_card_ask_again(Session *self)
{
	if (!self->card_unknown || self->terminal == NULL)
		return session_refuse(self, "nothing-waits", NULL, NULL);
	session_tell_amount(self, "card-asking", self->card_amount);
	ask_what_became(self);
	return true;
}

bool session_card_abort(Session *self)
{
	self->card_stopped = true;
	card_terminal_abort(self->terminal);
	session_tell_amount(self, "card-stopping", self->card_amount);
	return true;
}

/* --- starting --------------------------------------------------------------------------------- */

static void on_terminal(const GError *fault, void *data)
{
	session_send_news(data, SESSION_PAYMENT, fault);
}

/* "standalone" is a terminal without a cable: the cashier types the sum and tells the outcome. */
void session_start_terminal(Session *self, GKeyFile *conf)
{
	static const CardListener listener = {
		.state = on_terminal, .intent = on_intent, .step = on_step, .outcome = on_outcome
	};
	g_autofree char *device_name = g_key_file_get_string(conf, "payment", "device", NULL);
	g_auto(DeviceConf) device = { 0 };

	if (g_strcmp0(device_name, "standalone") == 0 ||
	    !session_read_conf(self, conf, SESSION_PAYMENT, &device))
		return;
	if (!g_hash_table_contains(device.options, "currency"))
		g_hash_table_insert(device.options, g_strdup("currency"),
				    g_strdup_printf("%u", self->shop.currency));
	self->devices[SESSION_PAYMENT].state = DEVICE_WORKING;
	self->terminal = card_terminal_new(&device, &listener, self);
}

void session_stop_terminal(Session *self)
{
	g_clear_pointer(&self->terminal, card_terminal_free);
}
