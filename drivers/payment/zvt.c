/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/payment/zvt.h"

#include "drivers/payment/zvt_codes.h"

#include <string.h>

enum {
	REGISTER = 0x0600,
	AUTHORISE = 0x0601,
	REPEAT_RECEIPT = 0x0620,
	REVERSE = 0x0630,
	REFUND = 0x0631,
	END_OF_DAY = 0x0650,
	ENQUIRE = 0x0501,
};
enum { BUSY_PAUSE_MS = 2000, BUSY_TRIES = 15 };
#define AMOUNT_MAX INT64_C(999999999999) /* twelve digits */

/* What a command carries. */
typedef struct {
	uint8_t bytes[32];
	size_t len;
} Body;

/* A command that moves money. */
typedef struct {
	uint16_t code;
	Body body;
	PaymentProgress progress; /* may be NULL */
	void *data;
} Order;

static void add_bytes(Body *self, const uint8_t *bytes, size_t len)
{
	g_assert(self->len + len <= sizeof(self->bytes));
	memcpy(self->bytes + self->len, bytes, len);
	self->len += len;
}

static void add_byte(Body *self, uint8_t byte)
{
	add_bytes(self, &byte, 1);
}

static void add_bcd(Body *self, int64_t value, size_t n)
{
	uint8_t digits[6];

	zvt_bcd_write(value, n, digits);
	add_bytes(self, digits, n);
}

static void add_amount(Body *self, Money amount)
{
	add_byte(self, 0x04);
	add_bcd(self, amount.minor, 6);
	add_byte(self, 0x49);
	add_bcd(self, amount.currency, 2);
}

static void add_password(Body *self, const struct payment *terminal)
{
	add_bytes(self, terminal->options.password, 3);
}

/* ---- commands */

static bool log_on(struct payment *self, GError **error);

/* Is told that it was not registered, before anything was begun. */
static bool is_stranger(const ZvtTalk *talk)
{
	return talk->refused == ZVT_RESULT_NOT_REGISTERED ||
	       (talk->aborted == ZVT_RESULT_NOT_REGISTERED && !talk->has_info);
}

/* abort() came while the terminal kept us waiting. */
static bool is_given_up(const ZvtTalk *talk)
{
	return talk->abort_wanted != NULL && g_atomic_int_get(talk->abort_wanted) != 0;
}

static void begin_again(ZvtTalk *talk)
{
	talk->refused = talk->aborted = ZVT_NONE;
	talk->accepted = talk->aborting = talk->begun = false;
}

/* As zvt_talk_run(), but where the terminal says that it has not begun, because it is busy or does
 * not know us, it is asked again. */
static bool command(struct payment *self, ZvtTalk *talk, uint16_t code, const Body *body,
		    GError **error)
{
	bool known = false;

	for (int i = 0;; i++) {
		if (!zvt_talk_run(talk, &self->link, code, body->bytes, body->len, error))
			return false;
		if (talk->refused == ZVT_RESULT_WAIT && i < BUSY_TRIES && !is_given_up(talk)) {
			if (!port_pause(self->link.port, BUSY_PAUSE_MS, error))
				return false;
		} else if (is_stranger(talk) && !known && code != REGISTER) {
			known = true;
			if (!log_on(self, error))
				return false;
		} else {
			return true;
		}
		begin_again(talk);
	}
}

/* Of a command that moves no money. */
static bool ask(struct payment *self, ZvtTalk *talk, uint16_t code, const Body *body,
		GError **error)
{
	int result;

	talk->moves_no_money = true;
	if (!command(self, talk, code, body, error))
		return false;
	result = talk->refused != ZVT_NONE ? talk->refused : talk->aborted;
	if (result == ZVT_NONE)
		return true;
	g_set_error(error, DEVICE_FAULT, (int)zvt_result_fault(result, false), "%04X: %s (%02X)",
		    code, zvt_result_text(result), result);
	return false;
}

static bool log_on(struct payment *self, GError **error)
{
	/* Service menu off the function key; we understand 06 D3 (§3). */
	static const uint8_t rest[] = {
		0x03, 0x01, 0x06, 0x06, 0x26, 0x04, 0x0A, 0x02, 0x06, 0xD3
	};
	g_auto(ZvtTalk) talk = { 0 };
	Body body = { 0 };

	zvt_talk_init(&talk);
	add_password(&body, self);
	add_byte(&body, self->options.config);
	add_bcd(&body, self->options.currency, 2);
	add_bytes(&body, rest, sizeof(rest));
	return ask(self, &talk, REGISTER, &body, error);
}

bool zvt_enquire(struct payment *self, GError **error)
{
	g_autoptr(GError) reason = NULL;
	g_auto(ZvtTalk) talk = { 0 };
	Body body = { 0 };

	zvt_talk_init(&talk);
	add_password(&body, self);
	if (ask(self, &talk, ENQUIRE, &body, &reason))
		return true;
	if (talk.refused == ZVT_RESULT_UNSUPPORTED) /* it is there, or it could not say so */
		return true;
	g_propagate_error(error, g_steal_pointer(&reason));
	return false;
}

bool zvt_repeat_receipt(struct payment *self, ZvtTalk *talk, GError **error)
{
	Body body = { 0 };

	add_password(&body, self);
	if (!ask(self, talk, REPEAT_RECEIPT, &body, error))
		return false;
	if (talk->has_info)
		return true;
	g_set_error_literal(error, DEVICE_FAULT, DEVICE_FAULT_OUTCOME_UNKNOWN,
			    "it does not say what its last payment was");
	return false;
}

static void remember(struct payment *self, const ZvtInfo *info)
{
	if (info->receipt != ZVT_NONE)
		self->last_receipt = info->receipt;
	if (info->trace != ZVT_NONE)
		self->last_trace = info->trace;
}

/* ---- the class */

static void zvt_close(struct payment *self)
{
	if (self == NULL)
		return;
	zvt_link_clear(&self->link);
	g_free(self);
}

/* The port's class is not set: BARAA_TRACE would show the numbers of cards. */
static struct payment *zvt_open(struct port *port, GHashTable *options, GError **error)
{
	struct payment *self = g_new0(struct payment, 1);

	self->last_receipt = self->last_trace = -1;
	if (!zvt_options_parse(options, port_get_address(port), &self->options, error)) {
		g_free(self);
		return NULL;
	}
	zvt_link_init(&self->link, port, self->options.serial, &self->options.times);
	if (log_on(self, error))
		return self;
	zvt_close(self);
	return NULL;
}

static bool zvt_prepare(struct payment *self, Money amount, PaymentIntent *ret, GError **error)
{
	g_autoptr(GError) reason = NULL;
	g_auto(ZvtTalk) talk = { 0 };

	zvt_talk_init(&talk);
	if (!zvt_enquire(self, error))
		return false;
	if (zvt_repeat_receipt(self, &talk, &reason)) {
		remember(self, &talk.info);
	} else if (talk.refused == ZVT_NONE && talk.aborted == ZVT_NONE && !talk.completed) {
		g_propagate_error(error, g_steal_pointer(&reason));
		return false;
	} /* else it has had no payment yet, or cannot say */
	*ret = (PaymentIntent){
		.amount = amount,
		.last_receipt = self->last_receipt,
		.last_trace = self->last_trace,
		.receipt = -1,
		.at = g_get_real_time(),
	};
	g_strlcpy(ret->terminal, talk.info.terminal, sizeof(ret->terminal));
	return true;
}

static bool check_amount(const struct payment *self, Money amount, GError **error)
{
	if (amount.minor > 0 && amount.minor <= AMOUNT_MAX &&
	    amount.currency == self->options.currency)
		return true;
	g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_REFUSED,
		    "%" G_GINT64_FORMAT " of currency %d cannot be paid in %d", amount.minor,
		    amount.currency, self->options.currency);
	return false;
}

/* A command that moves money: once, and then what came of it. */
static PaymentOutcome move(struct payment *self, const PaymentIntent *intent, const Order *order,
			   PaymentResult *ret, GError **error)
{
	g_auto(ZvtTalk) talk = { 0 };
	g_autoptr(GError) cause = NULL, reason = NULL;
	PaymentOutcome outcome;

	zvt_talk_init(&talk);
	g_atomic_int_set(&self->abort_wanted, 0);
	talk.abort_wanted = &self->abort_wanted;
	talk.progress = order->progress;
	talk.data = order->data;
	if (order->progress != NULL)
		order->progress(PAYMENT_STEP_CONNECTING, order->data);
	command(self, &talk, order->code, &order->body, &cause);
	outcome = zvt_judge(&talk, intent, cause, ret, &reason);
	if (outcome == PAYMENT_APPROVED)
		remember(self, &talk.info);
	else
		g_propagate_error(error, g_steal_pointer(&reason));
	return outcome;
}

static PaymentOutcome zvt_pay(struct payment *self, const PaymentIntent *intent,
			      PaymentProgress progress, void *data, PaymentResult *ret,
			      GError **error)
{
	Order order = { .code = AUTHORISE, .progress = progress, .data = data };

	zvt_result_init(ret, intent->amount);
	if (!check_amount(self, intent->amount, error))
		return PAYMENT_DECLINED;
	add_amount(&order.body, intent->amount);
	return move(self, intent, &order, ret, error);
}

static PaymentOutcome zvt_reverse(struct payment *self, const PaymentIntent *intent,
				  PaymentProgress progress, void *data, PaymentResult *ret,
				  GError **error)
{
	Order order = { .code = REVERSE, .progress = progress, .data = data };

	zvt_result_init(ret, intent->amount);
	if (intent->receipt < 0 || intent->receipt > 9999) {
		g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_REFUSED, "no receipt has number %d",
			    intent->receipt);
		return PAYMENT_DECLINED;
	}
	add_password(&order.body, self);
	add_byte(&order.body, 0x87);
	add_bcd(&order.body, intent->receipt, 2);
	return move(self, intent, &order, ret, error);
}

static PaymentOutcome zvt_refund(struct payment *self, const PaymentIntent *intent,
				 PaymentProgress progress, void *data, PaymentResult *ret,
				 GError **error)
{
	Order order = { .code = REFUND, .progress = progress, .data = data };

	zvt_result_init(ret, intent->amount);
	if (!check_amount(self, intent->amount, error))
		return PAYMENT_DECLINED;
	add_password(&order.body, self);
	add_amount(&order.body, intent->amount);
	return move(self, intent, &order, ret, error);
}

static bool zvt_end_of_day(struct payment *self, PaymentResult *ret, GError **error)
{
	g_auto(ZvtTalk) talk = { 0 };
	Body body = { 0 };

	zvt_result_init(ret, (Money){ .currency = (uint16_t)self->options.currency });
	zvt_talk_init(&talk);
	add_password(&body, self);
	if (!ask(self, &talk, END_OF_DAY, &body, error))
		return false;
	zvt_result_fill(ret, &talk, true);
	if (!talk.has_info || talk.info.result <= ZVT_RESULT_OK)
		return true;
	g_snprintf(ret->reason, sizeof(ret->reason), "%s (%02X)", zvt_result_text(talk.info.result),
		   talk.info.result);
	g_set_error_literal(error, DEVICE_FAULT, (int)zvt_result_fault(talk.info.result, true),
			    ret->reason);
	return false;
}

static void zvt_abort(struct payment *self)
{
	g_atomic_int_set(&self->abort_wanted, 1);
}

const struct payment_driver zvt_driver = {
	.name = "zvt",
	.open = zvt_open,
	.close = zvt_close,
	.prepare = zvt_prepare,
	.pay = zvt_pay,
	.query = zvt_query,
	.reverse = zvt_reverse,
	.refund = zvt_refund,
	.end_of_day = zvt_end_of_day,
	.abort = zvt_abort,
};
