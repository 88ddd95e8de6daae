/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/payment/payment.h"
#include "pos/session/device_link.h"

/* The card terminal on a thread of its own: one question at a time. */
typedef struct CardTerminal CardTerminal;

/* What came of a question. All of it is lent. */
typedef struct {
	unsigned turn; /* what the function that asked has given */
	bool was_asked; /* card_terminal_query() found it out */
	PaymentOutcome outcome;
	const PaymentResult *result;
	const GError *fault; /* set where not APPROVED */
} CardAnswer;

/* All are called on the terminal's thread. */
typedef struct {
	DeviceTold state;
	/* Write it down, durably, before the first byte of what it asks for goes out. False: it is
	 * not sent. */
	bool (*intent)(const PaymentIntent *intent, void *data);
	void (*step)(PaymentStep step, void *data);
	void (*outcome)(const CardAnswer *answer, void *data);
} CardListener;

/* @listener is copied. */
CardTerminal *card_terminal_new(const DeviceConf *conf, const CardListener *listener, void *data);
/* Breaks off; what is in doubt is asked for after the next start. */
void card_terminal_free(CardTerminal *self);
/* None of these block. A question is answered once, by outcome(); before that none may be asked.
 * They give the turn that the answer will have. */
unsigned card_terminal_pay(CardTerminal *self, Money amount);
unsigned card_terminal_refund(CardTerminal *self, Money amount);
/* Of @wanted kind, amount, receipt and, where it is known, the terminal: another one is not asked.
 */
unsigned card_terminal_reverse(CardTerminal *self, const PaymentIntent *wanted);
/* Asks until the terminal has told what became of @intent: at once, then after 1, 2, 5, 10, 10 … s.
 * UNKNOWN is told after the first try, and the outcome once more when it is known. */
unsigned card_terminal_query(CardTerminal *self, const PaymentIntent *intent);
/* A person has decided: it is not asked for any more. */
void card_terminal_forget(CardTerminal *self);
/* The cashier does not want to wait: the terminal is asked to stop; outcome() says what came of it.
 */
void card_terminal_abort(CardTerminal *self);
