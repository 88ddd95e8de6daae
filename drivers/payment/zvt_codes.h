/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/device.h"
#include "drivers/payment/payment.h"

/* Words for the numbers of payment-terminal §6. */
enum {
	ZVT_RESULT_OK = 0x00,
	ZVT_RESULT_NOT_REGISTERED = 0x6B,
	ZVT_RESULT_ABORTED = 0x6C,
	ZVT_RESULT_UNSUPPORTED = 0x83,
	ZVT_RESULT_WAIT = 0x9C,
	ZVT_RESULT_REVERSED = 0xB4, /* that payment was taken back before */
};

/* English, for the log. Never NULL. */
const char *zvt_result_text(int result);
/* What the cashier can do. @begun: the terminal had taken the command up, so the fault is never
 * OFFLINE or REFUSED, which promise that nothing was begun. */
DeviceFault zvt_result_fault(int result, bool begun);
/* A system error, after which the terminal must be asked what became of the payment. */
bool zvt_result_is_doubtful(int result);
/* BMP 8A. "" where the number names no card we know. */
const char *zvt_card_name(int card_type);
/* Of 04 FF. */
PaymentStep zvt_step(int status);
