/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/payment/zvt_talk.h"

/* A ZVT terminal (payment-terminal.md). Options of [payment]: framing=tcp|serial (by default as the
 * address says), password=six digits, currency=ISO number, config=hex byte of the registration,
 * timeout=seconds that it may be silent for in the middle of a payment. For slow adapters, and for
 * tests that have no time: t1-ms, t2-ms, t3-ms, t4-ms, the times of §1.2 (t4-ms outdoes timeout).
 */
typedef struct {
	bool serial;
	uint8_t password[3];
	int currency;
	uint8_t config;
	ZvtTimes times;
} ZvtOptions;

bool zvt_options_parse(GHashTable *options, const char *address, ZvtOptions *ret, GError **error);

struct payment {
	ZvtOptions options;
	int abort_wanted; /* atomic */
	int last_receipt, last_trace; /* of its newest payment that we know of */
	ZvtLink link;
};

/* 06 20: its last payment, into *talk->info; false where it does not say. */
bool zvt_repeat_receipt(struct payment *self, ZvtTalk *talk, GError **error);
/* 05 01: true when it is there and idle. */
bool zvt_enquire(struct payment *self, GError **error);
void zvt_result_fill(PaymentResult *ret, const ZvtTalk *talk, bool admin);
void zvt_result_init(PaymentResult *ret, Money asked);
/* What came of @intent by what the terminal said of it; @cause: why it says no more, or NULL.
 * @error must not be NULL: it is set for all but APPROVED. */
PaymentOutcome zvt_judge(const ZvtTalk *talk, const PaymentIntent *intent, const GError *cause,
			 PaymentResult *ret, GError **error);

/* What 06 20 says about @intent (§7, step 3), of whichever kind. No I/O. */
PaymentOutcome zvt_compare(const PaymentIntent *intent, const ZvtInfo *info);
PaymentOutcome zvt_query(struct payment *self, const PaymentIntent *intent, PaymentResult *ret,
			 GError **error);

extern const struct payment_driver zvt_driver;
