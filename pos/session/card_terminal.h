/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/payment/payment.h"
#include "pos/session/device_link.h"

/* The card terminal on a thread of its own: one question at a time. */
typedef struct CardTerminal CardTerminal;

/* All are called on the terminal's thread. */
typedef struct {
	DeviceTold state;
	/* Write it down, durably, before the first byte of the payment goes out. False: it is not
	 * sent. */
	bool (*intent)(const PaymentIntent *intent, void *data);
	void (*step)(PaymentStep step, void *data);
	/* What came of card_terminal_pay() or _query(); lent. @fault is set where not APPROVED. */
	void (*outcome)(PaymentOutcome outcome, const PaymentResult *result, const GError *fault,
			void *data);
} CardListener;

/* @listener is copied. */
CardTerminal *card_terminal_new(const DeviceConf *conf, const CardListener *listener, void *data);
/* Breaks off; what is in doubt is asked for after the next start. */
void card_terminal_free(CardTerminal *self);
/* None of these block. A question is answered once, by outcome(); before that none may be asked. */
void card_terminal_pay(CardTerminal *self, Money amount);
/* Asks until the terminal has told what became of @intent: at once, then after 1, 2, 5, 10, 10 … s.
 * UNKNOWN is told after the first try, and the outcome once more when it is known. */
void card_terminal_query(CardTerminal *self, const PaymentIntent *intent);
/* A person has decided: it is not asked for any more. */
void card_terminal_forget(CardTerminal *self);
/* The cashier does not want to wait: the terminal is asked to stop; outcome() says what came of it.
 */
void card_terminal_abort(CardTerminal *self);
