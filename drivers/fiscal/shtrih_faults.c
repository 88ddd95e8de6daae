/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/fiscal/shtrih_faults.h"

/* First and last code of a row. Accumulators that overflow are emptied by a Z report alone, as a
 * shift that is too long is closed. */
static const struct {
	uint8_t first, last;
	DeviceFault fault;
	const char *text;
} table[] = {
	{ 0x01, 0x01, DEVICE_FAULT_REFUSED, "fiscal memory: unknown command or format" },
	{ 0x02, 0x02, DEVICE_FAULT_DOCUMENT_OPEN, "fiscal memory: not in this state" },
	{ 0x03, 0x04, DEVICE_FAULT_NEEDS_SERVICE, "fiscal memory or its processor has failed" },
	{ 0x05, 0x05, DEVICE_FAULT_NEEDS_SERVICE, "fiscal memory: wrong phase of life" },
	{ 0x06, 0x06, DEVICE_FAULT_MEMORY_FULL, "fiscal memory: archive is full" },
	{ 0x07, 0x07, DEVICE_FAULT_CLOCK, "fiscal memory: wrong date or time" },
	{ 0x08, 0x08, DEVICE_FAULT_REFUSED, "fiscal memory: no such data" },
	{ 0x09, 0x09, DEVICE_FAULT_REFUSED, "fiscal memory: bad value" },
	{ 0x10, 0x10, DEVICE_FAULT_REFUSED, "fiscal memory: TLV is too large" },
	{ 0x11, 0x11, DEVICE_FAULT_NEEDS_SERVICE, "fiscal memory: no transport" },
	{ 0x12, 0x12, DEVICE_FAULT_MEMORY_FULL, "fiscal memory: used up" },
	{ 0x14, 0x14, DEVICE_FAULT_MEMORY_FULL, "fiscal memory: no room for unsent documents" },
	{ 0x15, 0x15, DEVICE_FAULT_MEMORY_FULL, "fiscal memory: a document waits over 30 days" },
	{ 0x16, 0x16, DEVICE_FAULT_SHIFT_TOO_LONG, "fiscal memory: shift over 24 hours" },
	{ 0x17, 0x17, DEVICE_FAULT_CLOCK, "fiscal memory: clocks differ over 5 minutes" },
	{ 0x20, 0x20, DEVICE_FAULT_NEEDS_SERVICE, "tax office's message rejected" },
	{ 0x2F, 0x30, DEVICE_FAULT_NEEDS_SERVICE, "fiscal memory does not answer" },
	{ 0x32, 0x32, DEVICE_FAULT_NEEDS_SERVICE, "general clearing required" },
	{ 0x33, 0x33, DEVICE_FAULT_REFUSED, "bad parameters" },
	{ 0x34, 0x34, DEVICE_FAULT_REFUSED, "no data" },
	{ 0x35, 0x36, DEVICE_FAULT_REFUSED, "parameters wrong for its settings or model" },
	{ 0x37, 0x37, DEVICE_FAULT_REFUSED, "command not supported" },
	{ 0x38, 0x39, DEVICE_FAULT_NEEDS_SERVICE, "internal error" },
	{ 0x3A, 0x3B, DEVICE_FAULT_SHIFT_TOO_LONG, "shift accumulator overflow" },
	{ 0x3C, 0x3C, DEVICE_FAULT_SHIFT_OPEN, "shift is open" },
	{ 0x3D, 0x3D, DEVICE_FAULT_SHIFT_CLOSED, "shift is not open" },
	{ 0x3E, 0x3F, DEVICE_FAULT_SHIFT_TOO_LONG, "shift accumulator overflow" },
	{ 0x40, 0x44, DEVICE_FAULT_REFUSED, "discount or payment out of range" },
	{ 0x45, 0x45, DEVICE_FAULT_REFUSED, "payments are less than the total" },
	{ 0x46, 0x46, DEVICE_FAULT_NO_CASH, "not enough cash in the drawer" },
	{ 0x47, 0x48, DEVICE_FAULT_SHIFT_TOO_LONG, "tax or total overflow" },
	{ 0x49, 0x49, DEVICE_FAULT_REFUSED, "impossible in a receipt of this kind" },
	{ 0x4A, 0x4A, DEVICE_FAULT_DOCUMENT_OPEN, "receipt is open" },
	{ 0x4B, 0x4B, DEVICE_FAULT_REFUSED, "receipt is too long" },
	{ 0x4C, 0x4C, DEVICE_FAULT_SHIFT_TOO_LONG, "tax overflow" },
	{ 0x4D, 0x4D, DEVICE_FAULT_REFUSED, "non-cash sum is more than the total" },
	{ 0x4E, 0x4E, DEVICE_FAULT_SHIFT_TOO_LONG, "shift over 24 hours" },
	{ 0x4F, 0x4F, DEVICE_FAULT_WRONG_PASSWORD, "wrong password" },
	{ 0x50, 0x50, DEVICE_FAULT_BUSY, "still printing" },
	{ 0x51, 0x54, DEVICE_FAULT_SHIFT_TOO_LONG, "payment accumulator overflow" },
	{ 0x55, 0x55, DEVICE_FAULT_REFUSED, "receipt is closed" },
	{ 0x56, 0x56, DEVICE_FAULT_REFUSED, "no document to repeat" },
	{ 0x58, 0x58, DEVICE_FAULT_BUSY, "waits to continue printing" },
	{ 0x59, 0x59, DEVICE_FAULT_DOCUMENT_OPEN, "document of another operator is open" },
	{ 0x5B, 0x5B, DEVICE_FAULT_REFUSED, "surcharge out of range" },
	{ 0x5C, 0x5C, DEVICE_FAULT_MECHANISM, "24 V too low" },
	{ 0x5D, 0x63, DEVICE_FAULT_REFUSED, "table, operation, amount or quantity out of range" },
	{ 0x65, 0x66, DEVICE_FAULT_SHIFT_TOO_LONG, "section's money overflow" },
	{ 0x68, 0x69, DEVICE_FAULT_SHIFT_TOO_LONG, "tax accumulator overflow" },
	{ 0x6A, 0x6A, DEVICE_FAULT_OUTCOME_UNKNOWN, "power failed while it answered" },
	{ 0x6B, 0x6B, DEVICE_FAULT_PAPER_OUT, "no receipt paper" },
	{ 0x6C, 0x6C, DEVICE_FAULT_PAPER_OUT, "no journal paper" },
	{ 0x6D, 0x6E, DEVICE_FAULT_SHIFT_TOO_LONG, "tax accumulator overflow" },
	{ 0x6F, 0x6F, DEVICE_FAULT_SHIFT_TOO_LONG, "cash-out accumulator overflow" },
	{ 0x71, 0x71, DEVICE_FAULT_MECHANISM, "cutter" },
	{ 0x72, 0x73, DEVICE_FAULT_REFUSED, "not in this mode" },
	{ 0x74, 0x74, DEVICE_FAULT_NEEDS_SERVICE, "RAM" },
	{ 0x75, 0x75, DEVICE_FAULT_OUTCOME_UNKNOWN, "power failed" },
	{ 0x76, 0x77, DEVICE_FAULT_MECHANISM, "printer mechanism" },
	{ 0x78, 0x79, DEVICE_FAULT_NEEDS_SERVICE, "software, clock or memory replaced" },
	{ 0x7A, 0x7A, DEVICE_FAULT_REFUSED, "field cannot be changed" },
	{ 0x7B, 0x7B, DEVICE_FAULT_NEEDS_SERVICE, "hardware" },
	{ 0x7C, 0x7D, DEVICE_FAULT_CLOCK, "date mismatch or bad date" },
	{ 0x7E, 0x7E, DEVICE_FAULT_REFUSED, "bad length" },
	{ 0x7F, 0x7F, DEVICE_FAULT_SHIFT_TOO_LONG, "shift total overflow" },
	{ 0x84, 0x89, DEVICE_FAULT_SHIFT_TOO_LONG, "shift total overflow" },
	{ 0x8A, 0x8D, DEVICE_FAULT_REFUSED, "receipt's discounts out of range" },
	{ 0x8E, 0x8E, DEVICE_FAULT_REFUSED, "receipt of nothing" },
	{ 0x8F, 0x8F, DEVICE_FAULT_NEEDS_SERVICE, "not registered with the tax office" },
	{ 0x90, 0x92, DEVICE_FAULT_REFUSED, "text or margins out of range" },
	{ 0x93, 0x93, DEVICE_FAULT_OUTCOME_UNKNOWN, "memory was restored" },
	{ 0x94, 0x94, DEVICE_FAULT_REFUSED, "too many lines" },
	{ 0xA0, 0xA1, DEVICE_FAULT_REFUSED, "marked goods not allowed or in wrong order" },
	{ 0xA2, 0xA2, DEVICE_FAULT_MEMORY_FULL, "marking notifications are full" },
	{ 0xA3, 0xA5, DEVICE_FAULT_REFUSED, "marking table or tags" },
	{ 0xC0, 0xC0, DEVICE_FAULT_CLOCK, "confirm date and time" },
	{ 0xC2, 0xC2, DEVICE_FAULT_MECHANISM, "voltage too high" },
	{ 0xC4, 0xC4, DEVICE_FAULT_NEEDS_SERVICE, "shift numbers differ" },
	{ 0xC7, 0xC7, DEVICE_FAULT_REFUSED, "field cannot be changed in this mode" },
	{ 0xC8, 0xC8, DEVICE_FAULT_MECHANISM, "no link to its printer" },
	{ 0xC9, 0xCA, DEVICE_FAULT_MECHANISM, "head too hot" },
};

DeviceFault shtrih_fault(uint8_t code, const char **ret_text)
{
	for (size_t i = 0; i < G_N_ELEMENTS(table); i++) {
		if (code >= table[i].first && code <= table[i].last) {
			*ret_text = table[i].text;
			return table[i].fault;
		}
	}
	*ret_text = "unknown error";
	return DEVICE_FAULT_NEEDS_SERVICE;
}
