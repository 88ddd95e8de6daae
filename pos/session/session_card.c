/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/session/private.h"

/* A card terminal that the till drives. The intent is on the disk before the first byte goes out;
 * where the answer is lost the terminal is asked what it did, after a restart too, and a person
 * decides only where it cannot be asked (payment-terminal.md §7). */

#define SETTING_INTENT "card-intent"

/* --- the intent ------------------------------------------------------------------------------- */

static bool store_intent(Session *self, const PaymentIntent *intent, GError **error)
{
	g_autofree char *text = NULL;
	const char *pairs[] = { SETTING_INTENT, "", NULL };

	if (intent != NULL)
		pairs[1] = text = g_strdup_printf("%" G_GINT64_FORMAT " %d %d %" G_GINT64_FORMAT,
						  intent->amount.minor, intent->last_receipt,
						  intent->last_trace, intent->at);
	return till_db_put_settings(self->db, pairs, error);
}

/* Of the payment that the open receipt asks for; false where nothing was sent. */
static bool load_intent(Session *self, PaymentIntent *ret)
{
	g_autofree char *text = NULL;
	g_autoptr(GError) error = NULL;
	int64_t amount, at;

	if (!till_db_dup_setting(self->db, SETTING_INTENT, &text, &error) || text == NULL ||
	    sscanf(text, "%" G_GINT64_FORMAT " %d %d %" G_GINT64_FORMAT, &amount,
		   &ret->last_receipt, &ret->last_trace, &at) != 4)
		return false;
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

	if (!session_card_declined(self))
		return false;
	if (!news->has_fault || news->fault == DEVICE_FAULT_REFUSED ||
	    news->fault == DEVICE_FAULT_CANCELLED)
		return session_refuse_amount(self, "card-declined",
					     receipt_get_totals(self->receipt)->due);
	fault = g_error_new_literal(DEVICE_FAULT, (int)news->fault, "");
	return session_refuse_fault_of(self, SESSION_PAYMENT, fault, "card-not-begun");
}

static bool unknown(Session *self)
{
	self->card_unknown = true;
	session_enter(self, self->cashier != NULL ? SESSION_CARD_ASKED : SESSION_LOCKED);
	session_tell_amount(self, "card-unknown", self->card_amount);
	self->answer.sound = SESSION_SOUND_REFUSE;
	return false;
}

static bool take_outcome(Session *self, const CardNews *news)
{
	switch (news->outcome) {
	case PAYMENT_APPROVED:
		session_print_slip(self, news->slip);
		return session_card_approved(self, news->amount, news->reference);
	case PAYMENT_DECLINED:
		return declined(self, news);
	default:
		return unknown(self);
	}
}

/* Of a payment under way, or of one that was in doubt. Where nobody is logged in it waits for them:
 * asked again then. */
static void take_news(void *owner, void *data)
{
	Session *self = owner;
	const CardNews *news = data;
	bool was_working = self->state == SESSION_CARD_WORKING;

	if (!self->card_asked || (!was_working && !self->card_unknown))
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
		ok = take_outcome(self, news);
		if (news->outcome == PAYMENT_UNKNOWN)
			card_terminal_query(self->terminal, &self->card_intent);
		if (!self->working) /* else the receipt is being made now */
			session_job_end(self, ok);
	} else {
		self->answer.ok = take_outcome(self, news);
		session_emit(self);
		session_serve_waiting(self);
	}
}

/* On the terminal's thread. */
static void on_outcome(PaymentOutcome outcome, const PaymentResult *result, const GError *fault,
		       void *data)
{
	Session *self = data;
	CardNews *news = g_new0(CardNews, 1);

	news->outcome = outcome;
	news->amount = result->amount;
	news->slip = g_strdupv(result->slip);
	g_snprintf(news->reference, sizeof news->reference, "%d %s %s", result->receipt,
		   result->authorisation, result->pan);
	g_strchomp(news->reference);
	news->has_fault = fault != NULL;
	if (fault != NULL)
		news->fault = fault->domain == DEVICE_FAULT ? (DeviceFault)fault->code
							    : DEVICE_FAULT_OFFLINE;
	mailbox_send(self->mailbox, take_news, news, card_news_free);
}

static void take_step(void *owner, void *data)
{
	static const char *const codes[] = {
		[PAYMENT_STEP_CONNECTING] = "card-connecting",
		[PAYMENT_STEP_INSERT_CARD] = "card-insert",
		[PAYMENT_STEP_ENTER_PIN] = "card-pin",
		[PAYMENT_STEP_HOST] = "card-host",
		[PAYMENT_STEP_REMOVE_CARD] = "card-remove",
		[PAYMENT_STEP_WAIT] = "card-wait",
	};
	Session *self = owner;

	if (self->state != SESSION_CARD_WORKING)
		return;
	session_tell_amount(self, codes[*(const PaymentStep *)data], self->card_amount);
	session_emit(self);
}

static void on_step(PaymentStep step, void *data)
{
	Session *self = data;

	mailbox_send(self->mailbox, take_step, g_memdup2(&step, sizeof step), g_free);
}

/* --- asking ----------------------------------------------------------------------------------- */

bool session_card_begin(Session *self)
{
	g_autoptr(GError) error = NULL;

	session_job_begin(self, SESSION_CARD_WORKING);
	session_tell_amount(self, "card-connecting", self->card_amount);
	card_terminal_pay(self->terminal, self->card_amount);
	return true;
}

bool session_card_forget_intent(Session *self)
{
	g_autoptr(GError) error = NULL;

	return self->terminal == NULL || store_intent(self, NULL, &error) ||
	       session_refuse_store(self, error);
}

void session_card_settled(Session *self)
{
	self->card_unknown = false;
	if (self->terminal != NULL)
		card_terminal_forget(self->terminal);
}

/* The cashier has come to a card payment that the power, or a lock, left open. */
void session_card_resume(Session *self)
{
	if (self->terminal == NULL || !self->card_asked || self->state != SESSION_CARD_ASKED)
		return;
	if (!load_intent(self, &self->card_intent)) {
		/* Not one byte of it was sent. */
		if (session_card_declined(self))
			session_tell_amount(self, "card-not-sent",
					    receipt_get_totals(self->receipt)->due);
		return;
	}
	unknown(self);
	card_terminal_query(self->terminal, &self->card_intent);
}

bool session_card_ask_again(Session *self)
{
	if (!self->card_unknown)
		return session_refuse(self, "nothing-waits", NULL, NULL);
	session_tell_amount(self, "card-asking", self->card_amount);
	card_terminal_query(self->terminal, &self->card_intent);
	return true;
}

bool session_card_abort(Session *self)
{
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
