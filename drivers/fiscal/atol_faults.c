/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/fiscal/atol_faults.h"

/* First and last code of a row. Sure is what the driver finds before it tells the registrar to
 * close: our data, the state of shift and clock. Paper and cables fail at any moment. */
static const struct {
	int first, last;
	AtolFault fault;
} table[] = {
	{ 1, 2, { DEVICE_FAULT_OFFLINE, true, "the service has no link to the registrar" } },
	{ 3, 3, { DEVICE_FAULT_IN_USE, false, "the registrar's port is taken" } },
	{ 4, 4, { DEVICE_FAULT_OFFLINE, false, "the registrar's port is not there" } },
	{ 5, 5, { DEVICE_FAULT_REFUSED, false, "bad data" } },
	{ 8, 8, { DEVICE_FAULT_REFUSED, false, "a parameter is missing" } },
	{ 11, 11, { DEVICE_FAULT_REFUSED, false, "not supported" } },
	{ 12, 12, { DEVICE_FAULT_DOCUMENT_OPEN, true, "not in this mode" } },
	{ 13, 13, { DEVICE_FAULT_REFUSED, false, "a bad parameter" } },
	{ 16, 17, { DEVICE_FAULT_REFUSED, false, "a bad sum or quantity" } },
	{ 18, 18, { DEVICE_FAULT_SHIFT_TOO_LONG, false, "cash counter overflow" } },
	{ 35, 36, { DEVICE_FAULT_CLOCK, false, "clock" } },
	{ 40, 40, { DEVICE_FAULT_REFUSED, false, "the receipt is too long" } },
	{ 44, 44, { DEVICE_FAULT_PAPER_OUT, true, "no paper" } },
	{ 45, 45, { DEVICE_FAULT_COVER_OPEN, true, "cover is open" } },
	{ 46, 47, { DEVICE_FAULT_MECHANISM, true, "printer" } },
	{ 48, 48, { DEVICE_FAULT_REFUSED, false, "wrong kind of receipt" } },
	{ 52, 52, { DEVICE_FAULT_REFUSED, false, "more without cash than the total" } },
	{ 54, 54, { DEVICE_FAULT_REFUSED, false, "payments overflow" } },
	{ 55, 55, { DEVICE_FAULT_BUSY, true, "busy" } },
	{ 57, 60, { DEVICE_FAULT_REFUSED, false, "discount, department or payment" } },
	{ 63, 63, { DEVICE_FAULT_REFUSED, false, "total overflow" } },
	{ 66, 66, { DEVICE_FAULT_REFUSED, false, "not fully paid" } },
	{ 68, 68, { DEVICE_FAULT_SHIFT_TOO_LONG, false, "shift over 24 hours" } },
	{ 71, 71, { DEVICE_FAULT_WRONG_PASSWORD, false, "wrong password" } },
	{ 73, 73, { DEVICE_FAULT_SHIFT_CLOSED, false, "shift is closed" } },
	{ 77, 77, { DEVICE_FAULT_CLOCK, false, "clock" } },
	{ 80, 80, { DEVICE_FAULT_NO_CASH, false, "not enough cash in the drawer" } },
	{ 81, 82, { DEVICE_FAULT_DOCUMENT_OPEN, true, "receipt is closed or open" } },
	{ 83, 83, { DEVICE_FAULT_SHIFT_OPEN, false, "shift is open" } },
	{ 89, 89, { DEVICE_FAULT_NEEDS_SERVICE, false, "not registered with the tax office" } },
	{ 114, 114, { DEVICE_FAULT_MECHANISM, true, "head too hot" } },
	{ 115, 121, { DEVICE_FAULT_NEEDS_SERVICE, true, "fiscal memory" } },
	{ 122, 122, { DEVICE_FAULT_CLOCK, false, "fiscal memory: wrong date or time" } },
	{ 123, 123, { DEVICE_FAULT_REFUSED, true, "fiscal memory: no such data" } },
	{ 124, 124, { DEVICE_FAULT_NEEDS_SERVICE, true, "fiscal memory" } },
	{ 136, 136, { DEVICE_FAULT_MEMORY_FULL, true, "fiscal memory: used up" } },
	{ 137, 137, { DEVICE_FAULT_MEMORY_FULL, true, "fiscal memory: full" } },
	{ 139, 139, { DEVICE_FAULT_MEMORY_FULL, true, "fiscal memory: unsent documents" } },
	{ 141, 141, { DEVICE_FAULT_SHIFT_TOO_LONG, false, "fiscal memory: over 24 hours" } },
	{ 142, 142, { DEVICE_FAULT_CLOCK, false, "fiscal memory: clocks differ" } },
	{ 143, 145, { DEVICE_FAULT_REFUSED, false, "tax system, tax or way of payment" } },
	{ 148, 148, { DEVICE_FAULT_REFUSED, false, "a tag was not taken" } },
	{ 150, 150, { DEVICE_FAULT_MECHANISM, true, "cutter" } },
	{ 159, 159, { DEVICE_FAULT_NEEDS_SERVICE, true, "fiscal memory" } },
	{ 161, 161, { DEVICE_FAULT_REFUSED, false, "a tag is missing" } },
	{ 166, 166, { DEVICE_FAULT_NEEDS_SERVICE, true, "fiscal memory not found" } },
	{ 173, 178, { DEVICE_FAULT_BUSY, true, "was interrupted" } },
	{ 188, 188, { DEVICE_FAULT_BUSY, true, "starts anew" } },
	{ 195, 195, { DEVICE_FAULT_REFUSED, false, "tags that do not go together" } },
	{ 199, 199, { DEVICE_FAULT_NEEDS_SERVICE, true, "journal" } },
	{ 200, 201, { DEVICE_FAULT_DOCUMENT_OPEN, true, "document is closed or open" } },
	{ 203, 203, { DEVICE_FAULT_DOCUMENT_OPEN, true, "a document must be cancelled" } },
	{ 205, 205, { DEVICE_FAULT_REFUSED, false, "a total is required" } },
	{ 207, 207, { DEVICE_FAULT_NEEDS_SERVICE, true, "counters" } },
	{ 219, 219, { DEVICE_FAULT_REFUSED, false, "taxes that do not go together" } },
	{ 225, 225, { DEVICE_FAULT_NEEDS_SERVICE, false, "not registered with the tax office" } },
	{ 227, 227, { DEVICE_FAULT_REFUSED, false, "wrong total" } },
	{ 241, 241, { DEVICE_FAULT_OFFLINE, true, "the link to the registrar was lost" } },
	{ 249, 249, { DEVICE_FAULT_BUSY, true, "the document was cancelled" } },
	{ 401, 401, { DEVICE_FAULT_BUSY, false, "a marking code is being checked" } },
	{ 402, 426, { DEVICE_FAULT_REFUSED, false, "marking code" } },
	{ 501, 501, { DEVICE_FAULT_REFUSED, false, "the task cannot be read" } },
	{ 502, 502, { DEVICE_FAULT_BUSY, true, "interrupted by an earlier error" } },
	{ 601, 603, { DEVICE_FAULT_BUSY, true, "the service's own link" } },
};

AtolFault atol_fault(int code)
{
	for (size_t i = 0; i < G_N_ELEMENTS(table); i++)
		if (code >= table[i].first && code <= table[i].last)
			return table[i].fault;
	return (AtolFault){ DEVICE_FAULT_NEEDS_SERVICE, true, "unknown error" };
}
