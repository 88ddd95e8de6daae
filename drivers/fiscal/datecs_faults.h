/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/device.h"
#include "drivers/fiscal/datecs_frame.h"

/* Bits of the status bytes (§4): byte times eight plus bit. */
typedef enum {
	DATECS_BIT_SYNTAX = 0,
	DATECS_BIT_UNKNOWN_COMMAND = 1,
	DATECS_BIT_CLOCK = 2,
	DATECS_BIT_MECHANISM = 4,
	DATECS_BIT_COVER = 6,
	DATECS_BIT_OVERFLOW = 8,
	DATECS_BIT_NOT_NOW = 9,
	DATECS_BIT_RAM_RESET = 10, /* P alone */
	DATECS_BIT_BATTERY = 11, /* P alone */
	DATECS_BIT_STORNO_OPEN = 12, /* P alone, and not all of them set it */
	DATECS_BIT_TAX_TERMINAL = 14, /* P alone */
	DATECS_BIT_NO_PAPER = 16,
	DATECS_BIT_PAPER_LOW = 17,
	DATECS_BIT_JOURNAL_FULL = 18,
	DATECS_BIT_FISCAL_OPEN = 19,
	DATECS_BIT_SERVICE_OPEN = 21,
	DATECS_BIT_MEMORY_ERROR = 32,
	DATECS_BIT_MEMORY_LOW = 35,
	DATECS_BIT_MEMORY_FULL = 36,
	DATECS_BIT_HOT_OR_NO_MEMORY = 38, /* P: print head; X: no fiscal memory */
	DATECS_BIT_MEMORY_READ_ONLY = 40, /* P alone */
	DATECS_BIT_WRITE_FAILED = 42, /* P alone */
	DATECS_BIT_READ_FAILED = 45, /* P alone */
} DatecsBit;

bool datecs_status_has(const DatecsAnswer *answer, DatecsBit bit);

#define DATECS_NO_FAULT (-1)

/* Of family P, which has no error codes: whether the status says that a command was refused. A
 * question is refused only where it says that the question itself is wrong: paper does not matter.
 * Returns a DeviceFault or DATECS_NO_FAULT; @ret_text is static English for the log. */
int datecs_status_fault(const DatecsAnswer *answer, bool question, const char **ret_text);

#define DATECS_ERROR_NOT_READY (-100008) /* and not executed: it may be sent again */
#define DATECS_ERROR_PAYMENT_STARTED (-111018)
#define DATECS_ERROR_DAY_TOO_LONG (-111024)
#define DATECS_ERROR_Z_NEEDED (-104000)

/* Of family X: what its error codes mean (§6). An unknown one is DEVICE_FAULT_NEEDS_SERVICE. */
DeviceFault datecs_code_fault(int64_t code, const char **ret_text);
