/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/payment/payment.h"
#include "drivers/payment/zvt_bmp.h"
#include "drivers/payment/zvt_link.h"
#include "drivers/payment/zvt_slip.h"

/* One command, and all that the terminal says till it has ended it (payment-terminal §2). */
typedef struct {
	/* in */
	int *abort_wanted; /* atomic, borrowed: another thread wants 06 B0; NULL: nobody may */
	PaymentProgress progress; /* may be NULL */
	void *data;
	bool moves_no_money; /* asked again, it does no harm */

	/* out */
	bool accepted; /* 80 00 00 has come */
	int refused; /* xx of 84 xx 00, or ZVT_NONE */
	bool has_info; /* a status information was taken and acknowledged */
	ZvtInfo info; /* the last one */
	bool completed; /* 06 0F */
	int aborted; /* result of 06 1E, or ZVT_NONE */
	ZvtSlips slips; /* owned */

	bool aborting; /* 06 B0 was sent */
	bool begun; /* it has said something of this command */
} ZvtTalk;

void zvt_talk_init(ZvtTalk *self);
void zvt_talk_clear(ZvtTalk *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(ZvtTalk, zvt_talk_clear)

/* True when the terminal has ended it, one way or the other. False where the line or its patience
 * ended it: what is known by then is in *self. */
bool zvt_talk_run(ZvtTalk *self, ZvtLink *link, uint16_t code, const uint8_t *data, size_t len,
		  GError **error);

/* What a payment, reversal or refund has come to (§7). Fills in *ret->result and reason, and
 * @error for all but APPROVED. @cause: why zvt_talk_run() failed, or NULL. */
PaymentOutcome zvt_talk_judge(const ZvtTalk *self, const GError *cause, PaymentResult *ret,
			      GError **error);
