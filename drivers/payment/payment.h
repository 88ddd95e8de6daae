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

/* What the till writes to disk before the first byte of a payment goes out. */
typedef struct {
	Money amount;
	int last_receipt; /* the terminal's newest receipt number before, -1 where it did not say */
	int last_trace; /* likewise */
	int64_t at; /* UTC microseconds, ours */
} PaymentIntent;

/* What the terminal said of one payment. Strings are empty, numbers -1 where it did not. */
typedef struct {
	Money amount; /* as charged: may be less than asked (partial approval) */
	int receipt; /* number in the terminal: what reverse() names */
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
	/* Never takes money: is it there, and what was its last payment? Fills in
	 * @ret->last_receipt and last_trace. Call before pay(), write the intent down, then pay. */
	bool (*prepare)(struct payment *self, Money amount, PaymentIntent *ret, GError **error);
	/* @error is set for DECLINED and UNKNOWN; DECLINED with OFFLINE or REFUSED means that
	 * nothing was begun. */
	PaymentOutcome (*pay)(struct payment *self, const PaymentIntent *intent,
			      PaymentProgress progress, void *data, PaymentResult *ret,
			      GError **error);
	/* What came of @intent. UNKNOWN where the terminal cannot be asked or does not say. */
	PaymentOutcome (*query)(struct payment *self, const PaymentIntent *intent,
				PaymentResult *ret, GError **error);
	/* Takes a payment of this business day back. APPROVED: the shopper has the money again. */
	PaymentOutcome (*reverse)(struct payment *self, int receipt, Money amount,
				  PaymentResult *ret, GError **error);
	PaymentOutcome (*refund)(struct payment *self, Money amount, PaymentResult *ret,
				 GError **error);
	/* The terminal's own day is closed and its totals come back, in @ret->slip too. */
	bool (*end_of_day)(struct payment *self, PaymentResult *ret, GError **error);
	/* Asks a running pay() to stop; pay() itself says what came of it. The one call that
	 * another thread may make. */
	void (*abort)(struct payment *self);
};

const struct payment_driver *payment_driver_find(const char *name);
