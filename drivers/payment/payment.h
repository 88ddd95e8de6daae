/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/money.h"
#include "drivers/device.h"
#include "drivers/port/port.h"

/* The PaymentTerminal class: a card terminal that the till asks for money (payment-terminal.md).
 * The driver never repeats a payment and never guesses: where the answer is lost it says UNKNOWN,
 * and query() asks what came of it. All calls block; they run on the device's own thread. */

typedef enum {
	PAYMENT_APPROVED, /* the money is taken */
	PAYMENT_DECLINED, /* certain: it is not */
	PAYMENT_UNKNOWN, /* only query() can tell */
} PaymentOutcome;

/* What the till asks for. */
typedef enum {
	PAYMENT_CHARGE,
	PAYMENT_REFUND, /* to any card: the sale may be of another day or terminal */
	PAYMENT_REVERSAL, /* of one payment that the terminal has not closed its day with */
} PaymentIntentKind;

/* What the till writes to disk before the first byte of it goes out. prepare() gives the one of a
 * payment; of the others kind and receipt are set then. */
typedef struct {
	PaymentIntentKind kind;
	int receipt; /* of a reversal: the number of the payment that is taken back */
	Money amount; /* of a reversal: what that payment was */
	int last_receipt; /* the terminal's newest receipt number before, -1 where it did not say */
	int last_trace; /* likewise */
	int64_t at; /* UTC microseconds, ours */
	char terminal[16]; /* its own number; "" where it did not say */
} PaymentIntent;

/* What the terminal said of one payment, reversal or refund. Strings are empty, numbers -1 where it
 * did not. */
typedef struct {
	Money amount; /* as booked: may be less than asked (partial approval) */
	int receipt; /* number in the terminal: what a reversal names */
	int trace;
	char terminal[16];
	char card[24]; /* "Visa", "Mastercard" … */
	char pan[24]; /* masked, the last four digits at most. Never more, never logged */
	char authorisation[16];
	int result; /* the protocol's result code, 0 approved */
	char reason[64]; /* for the log, English, where it was declined */
	char **slip; /* owned, NULL-terminated UTF-8 lines for the shopper, or NULL */
} PaymentResult;
void payment_result_clear(PaymentResult *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(PaymentResult, payment_result_clear)

/* What the terminal is doing, for the cashier's screen. */
typedef enum {
	PAYMENT_STEP_CONNECTING,
	PAYMENT_STEP_INSERT_CARD,
	PAYMENT_STEP_ENTER_PIN,
	PAYMENT_STEP_HOST, /* it asks the bank */
	PAYMENT_STEP_REMOVE_CARD,
	PAYMENT_STEP_WAIT,
} PaymentStep;
/* Called on the device's thread. */
typedef void (*PaymentProgress)(PaymentStep step, void *data);

struct payment;
struct payment_driver {
	const char *name; /* "zvt" */
	/* @port is lent until close. @options: keys of till.conf's [payment] group, may be NULL.
	 * Logs on to the terminal. After OFFLINE close both and open both again. */
	struct payment *(*open)(struct port *port, GHashTable *options, GError **error);
	void (*close)(struct payment *self);
	/* Moves no money: is it there, and what was its last payment? Fills in
	 * @ret->last_receipt, last_trace and terminal. Call it, write the intent down, then call
	 * pay(), reverse() or refund(). */
	bool (*prepare)(struct payment *self, Money amount, PaymentIntent *ret, GError **error);
	/* @error is set for DECLINED and UNKNOWN; DECLINED with OFFLINE or REFUSED means that
	 * nothing was begun. */
	PaymentOutcome (*pay)(struct payment *self, const PaymentIntent *intent,
			      PaymentProgress progress, void *data, PaymentResult *ret,
			      GError **error);
	/* What came of @intent, of whichever kind. UNKNOWN where the terminal cannot be asked or
	 * does not say. */
	PaymentOutcome (*query)(struct payment *self, const PaymentIntent *intent,
				PaymentResult *ret, GError **error);
	/* Takes a payment of this business day back, all of it. APPROVED: the shopper has the money
	 * again, also where it had been taken back before: a terminal never does it twice, so that
	 * a reversal may be asked for again. The rest as in pay(). */
	PaymentOutcome (*reverse)(struct payment *self, const PaymentIntent *intent,
				  PaymentProgress progress, void *data, PaymentResult *ret,
				  GError **error);
	/* Pays money out to a card. As pay(); what is asked for twice is paid out twice. */
	PaymentOutcome (*refund)(struct payment *self, const PaymentIntent *intent,
				 PaymentProgress progress, void *data, PaymentResult *ret,
				 GError **error);
	/* The terminal's own day is closed and its totals come back, in @ret->slip too. */
	bool (*end_of_day)(struct payment *self, PaymentResult *ret, GError **error);
	/* Asks a running pay(), reverse() or refund() to stop, which itself says what came of it.
	 * The one call that another thread may make. */
	void (*abort)(struct payment *self);
};

const struct payment_driver *payment_driver_find(const char *name);
