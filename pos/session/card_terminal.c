/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/session/card_terminal.h"

#include <string.h>

#define LOOK_EVERY (30 * G_TIME_SPAN_SECOND)

typedef enum { ASK_NOTHING, ASK_MOVE, ASK_QUERY } Question;

typedef struct {
	Question question;
	unsigned turn; /* which one: its answer is told from a late one of an earlier question */
	PaymentIntent intent; /* of MOVE only what is wanted */
} Asked;

struct CardTerminal {
	GThread *thread;
	DeviceLink link;
	CardListener listener;
	void *data;

	GMutex mutex;
	GCond changed;
	/* under the mutex */
	bool leaving;
	Asked asked;
	int tries; /* of QUERY */
	int64_t ask_at; /* monotonic: when QUERY is due */
	struct payment *open; /* what abort() may be said to */
	bool stop; /* what it does is not wanted any more */

	/* the thread's own */
	const struct payment_driver *driver;
	struct payment *payment;
	int64_t look_at;
};

static void disconnect(CardTerminal *self)
{
	g_mutex_lock(&self->mutex);
	self->open = NULL;
	g_mutex_unlock(&self->mutex);
	if (self->payment != NULL)
		self->driver->close(g_steal_pointer(&self->payment));
	device_link_close(&self->link);
}

static bool reach(CardTerminal *self, GError **error)
{
	struct port *port;

	if (self->payment != NULL)
		return true;
	self->driver = payment_driver_find(self->link.protocol);
	if (self->driver == NULL) {
		g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_BAD_ADDRESS, "no card terminal '%s'",
			    self->link.protocol);
		return false;
	}
	port = device_link_open(&self->link, "baud=9600&stop=2", error);
	if (port == NULL)
		return false;
	self->payment = self->driver->open(port, self->link.options, error);
	g_mutex_lock(&self->mutex);
	self->open = self->payment;
	g_mutex_unlock(&self->mutex);
	return self->payment != NULL;
}

/* A refusal is an answer; anything else, and the link is made anew. */
static void tell(CardTerminal *self, const GError *fault)
{
	bool is_there = fault == NULL || g_error_matches(fault, DEVICE_FAULT, DEVICE_FAULT_REFUSED);

	if (!is_there)
		disconnect(self);
	device_link_tell(&self->link, is_there ? NULL : fault);
	self->look_at = g_get_monotonic_time() + LOOK_EVERY;
}

static void look(CardTerminal *self)
{
	g_autoptr(GError) fault = NULL;
	PaymentIntent nothing;

	if (reach(self, &fault))
		self->driver->prepare(self->payment, (Money){ 0 }, &nothing, &fault);
	tell(self, fault);
}

static void set_question(CardTerminal *self, Question question)
{
	g_mutex_lock(&self->mutex);
	self->asked.question = question;
	g_mutex_unlock(&self->mutex);
}

static bool is_stopped(CardTerminal *self)
{
	bool stop;

	g_mutex_lock(&self->mutex);
	stop = self->stop;
	g_mutex_unlock(&self->mutex);
	return stop;
}

/* A stop that came while the terminal was only being reached is said to it once it listens. */
static void on_step(PaymentStep step, void *data)
{
	CardTerminal *self = data;

	if (self->payment != NULL && is_stopped(self))
		self->driver->abort(self->payment);
	self->listener.step(step, self->data);
}

/* Receipt numbers are the terminal's own: another one would take another shopper's payment back. */
static bool is_its_own(const PaymentIntent *wanted, const PaymentIntent *intent, GError **error)
{
	if (wanted->kind != PAYMENT_REVERSAL || *wanted->terminal == '\0' ||
	    *intent->terminal == '\0' || strcmp(wanted->terminal, intent->terminal) == 0)
		return true;
	g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_REFUSED, "that was paid at terminal %s",
		    wanted->terminal);
	return false;
}

static PaymentOutcome send_out(CardTerminal *self, const PaymentIntent *intent,
			       PaymentResult *result, GError **error)
{
	switch (intent->kind) {
	case PAYMENT_REFUND:
		return self->driver->refund(self->payment, intent, on_step, self, result, error);
	case PAYMENT_REVERSAL:
		return self->driver->reverse(self->payment, intent, on_step, self, result, error);
	default:
		return self->driver->pay(self->payment, intent, on_step, self, result, error);
	}
}

/* Nothing has been sent before the intent is on the disk. */
static PaymentOutcome try_move(CardTerminal *self, const PaymentIntent *wanted,
			       PaymentResult *result, GError **error)
{
	PaymentIntent intent;

	on_step(PAYMENT_STEP_CONNECTING, self);
	if (!reach(self, error) ||
	    !self->driver->prepare(self->payment, wanted->amount, &intent, error) ||
	    !is_its_own(wanted, &intent, error))
		return PAYMENT_DECLINED;
	if (is_stopped(self)) {
		g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_CANCELLED, "the cashier stopped it");
		return PAYMENT_DECLINED;
	}
	intent.kind = wanted->kind;
	intent.receipt = wanted->receipt;
	intent.amount = wanted->amount;
	intent.at = g_get_real_time();
	if (!self->listener.intent(&intent, self->data)) {
		g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_CANCELLED,
			    "the intent was not saved");
		return PAYMENT_DECLINED;
	}
	return send_out(self, &intent, result, error);
}

static void move(CardTerminal *self, const Asked *asked)
{
	g_auto(PaymentResult) result = { .receipt = -1, .trace = -1 };
	g_autoptr(GError) fault = NULL;
	PaymentOutcome outcome = try_move(self, &asked->intent, &result, &fault);
	CardAnswer answer = {
		.turn = asked->turn, .outcome = outcome, .result = &result, .fault = fault
	};

	set_question(self, ASK_NOTHING);
	if (outcome == PAYMENT_UNKNOWN)
		disconnect(self);
	tell(self, fault);
	self->listener.outcome(&answer, self->data);
}

static int64_t query_pause(int tries)
{
	static const int seconds[] = { 1, 2, 5, 10 };

	return seconds[MIN(tries, (int)G_N_ELEMENTS(seconds) - 1)] * G_TIME_SPAN_SECOND;
}

static void query(CardTerminal *self, const Asked *asked)
{
	g_auto(PaymentResult) result = { .receipt = -1, .trace = -1 };
	g_autoptr(GError) fault = NULL;
	PaymentOutcome outcome = PAYMENT_UNKNOWN;
	bool wanted, first;

	if (reach(self, &fault))
		outcome = self->driver->query(self->payment, &asked->intent, &result, &fault);
	if (outcome == PAYMENT_UNKNOWN)
		disconnect(self);
	tell(self, fault);
	g_mutex_lock(&self->mutex);
	/* nobody has decided meanwhile */
	wanted = self->asked.question == ASK_QUERY && self->asked.turn == asked->turn;
	first = self->tries == 0;
	if (wanted && outcome != PAYMENT_UNKNOWN)
		self->asked.question = ASK_NOTHING;
	self->ask_at = g_get_monotonic_time() + query_pause(self->tries++);
	g_mutex_unlock(&self->mutex);
	if (wanted && (first || outcome != PAYMENT_UNKNOWN))
		self->listener.outcome(&(CardAnswer){ .turn = asked->turn,
						      .was_asked = true,
						      .outcome = outcome,
						      .result = &result,
						      .fault = fault },
				       self->data);
}

/* Until something is asked. False to end. */
static bool wait_for_question(CardTerminal *self, Asked *ret)
{
	bool stays;

	g_mutex_lock(&self->mutex);
	ret->question = ASK_NOTHING;
	for (;;) {
		int64_t now = g_get_monotonic_time();
		int64_t until = self->link.failures > 0 ? self->link.retry_at : self->look_at;

		if (self->leaving)
			break;
		if (self->asked.question == ASK_MOVE ||
		    (self->asked.question == ASK_QUERY && now >= self->ask_at)) {
			*ret = self->asked;
			break;
		}
		if (self->asked.question == ASK_QUERY)
			until = self->ask_at;
		if (now >= until)
			break; /* only to look whether it is there */
		g_cond_wait_until(&self->changed, &self->mutex, until);
	}
	stays = !self->leaving;
	g_mutex_unlock(&self->mutex);
	return stays;
}

static void *serve(void *data)
{
	CardTerminal *self = data;
	Asked asked;

	look(self);
	while (wait_for_question(self, &asked)) {
		if (asked.question == ASK_MOVE)
			move(self, &asked);
		else if (asked.question == ASK_QUERY)
			query(self, &asked);
		else
			look(self);
	}
	disconnect(self);
	return NULL;
}

CardTerminal *card_terminal_new(const DeviceConf *conf, const CardListener *listener, void *data)
{
	CardTerminal *self = g_new0(CardTerminal, 1);

	device_link_init(&self->link, conf, listener->state, data);
	self->listener = *listener;
	self->data = data;
	g_mutex_init(&self->mutex);
	g_cond_init(&self->changed);
	self->thread = g_thread_new("card", serve, self);
	return self;
}

void card_terminal_free(CardTerminal *self)
{
	if (self == NULL)
		return;
	g_mutex_lock(&self->mutex);
	self->leaving = true;
	g_cond_signal(&self->changed);
	g_mutex_unlock(&self->mutex);
	device_link_cancel(&self->link);
	g_thread_join(self->thread);
	device_link_clear(&self->link);
	g_mutex_clear(&self->mutex);
	g_cond_clear(&self->changed);
	g_free(self);
}

static unsigned ask(CardTerminal *self, Question question, const PaymentIntent *intent)
{
	unsigned turn;

	g_mutex_lock(&self->mutex);
	turn = ++self->asked.turn;
	self->asked.question = question;
	self->asked.intent = *intent;
	self->stop = false;
	self->tries = 0;
	self->ask_at = 0;
	g_cond_signal(&self->changed);
	g_mutex_unlock(&self->mutex);
	return turn;
}

unsigned card_terminal_pay(CardTerminal *self, Money amount)
{
	return ask(self, ASK_MOVE, &(PaymentIntent){ .kind = PAYMENT_CHARGE, .amount = amount });
}

unsigned card_terminal_refund(CardTerminal *self, Money amount)
{
	return ask(self, ASK_MOVE, &(PaymentIntent){ .kind = PAYMENT_REFUND, .amount = amount });
}

unsigned card_terminal_reverse(CardTerminal *self, const PaymentIntent *wanted)
{
	g_return_val_if_fail(wanted->kind == PAYMENT_REVERSAL, 0);
	return ask(self, ASK_MOVE, wanted);
}

unsigned card_terminal_query(CardTerminal *self, const PaymentIntent *intent)
{
	return ask(self, ASK_QUERY, intent);
}

void card_terminal_forget(CardTerminal *self)
{
	set_question(self, ASK_NOTHING);
}

void card_terminal_abort(CardTerminal *self)
{
	g_mutex_lock(&self->mutex);
	self->stop = self->asked.question == ASK_MOVE;
	if (self->open != NULL && self->stop)
		self->driver->abort(self->open);
	g_mutex_unlock(&self->mutex);
}
