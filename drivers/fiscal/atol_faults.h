/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/device.h"

#include <stdbool.h>

/* What the vendor driver's codes mean (fiscal-atol.md §3.4). */
#define ATOL_NO_DOCUMENT 123 /* the fiscal memory has none of that number */
#define ATOL_INTERRUPTED 502

typedef struct {
	DeviceFault fault;
	/* The document may have been made before this stopped it: only the fiscal memory knows. */
	bool unsure;
	const char *text;
} AtolFault;

/* Of a code that is not in the table nothing is known, whether a document was made least of all. */
AtolFault atol_fault(int code);
