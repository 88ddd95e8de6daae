/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/fiscal/datecs_faults.h"

bool datecs_status_has(const DatecsAnswer *answer, DatecsBit bit)
{
	return (answer->status[bit / 8] >> bit % 8 & 1) != 0;
}

typedef struct {
	DatecsBit bit;
	DeviceFault fault;
	const char *text;
} BitFault;

/* Each refuses a command; the first that is set is told. */
static const BitFault refusals[] = {
	{ DATECS_BIT_NO_PAPER, DEVICE_FAULT_PAPER_OUT, "no paper" },
	{ DATECS_BIT_MECHANISM, DEVICE_FAULT_MECHANISM, "printing mechanism" },
	{ DATECS_BIT_MEMORY_FULL, DEVICE_FAULT_MEMORY_FULL, "fiscal memory is full" },
	{ DATECS_BIT_MEMORY_ERROR, DEVICE_FAULT_NEEDS_SERVICE, "fiscal memory has failed" },
	{ DATECS_BIT_MEMORY_READ_ONLY, DEVICE_FAULT_NEEDS_SERVICE, "fiscal memory is read-only" },
	{ DATECS_BIT_WRITE_FAILED, DEVICE_FAULT_NEEDS_SERVICE, "fiscal memory: write failed" },
	{ DATECS_BIT_READ_FAILED, DEVICE_FAULT_NEEDS_SERVICE, "fiscal memory: read failed" },
	{ DATECS_BIT_UNKNOWN_COMMAND, DEVICE_FAULT_REFUSED, "unknown command" },
	{ DATECS_BIT_SYNTAX, DEVICE_FAULT_REFUSED, "syntax" },
	{ DATECS_BIT_OVERFLOW, DEVICE_FAULT_REFUSED, "amount overflow" },
	{ DATECS_BIT_NOT_NOW, DEVICE_FAULT_REFUSED, "not allowed now" },
};

/* What may be the reason of "not allowed now". */
static const BitFault reasons[] = {
	{ DATECS_BIT_COVER, DEVICE_FAULT_COVER_OPEN, "the cover is open" },
	{ DATECS_BIT_CLOCK, DEVICE_FAULT_CLOCK, "the clock is not set" },
	{ DATECS_BIT_RAM_RESET, DEVICE_FAULT_NEEDS_SERVICE, "memory was reset" },
	{ DATECS_BIT_BATTERY, DEVICE_FAULT_NEEDS_SERVICE, "low battery" },
	{ DATECS_BIT_TAX_TERMINAL, DEVICE_FAULT_NEEDS_SERVICE, "its tax terminal is silent" },
	{ DATECS_BIT_JOURNAL_FULL, DEVICE_FAULT_MEMORY_FULL, "the journal is full" },
	{ DATECS_BIT_HOT_OR_NO_MEMORY, DEVICE_FAULT_MECHANISM, "the head is too hot" },
};

static const BitFault *first_of(const BitFault *table, size_t n, const DatecsAnswer *answer)
{
	for (size_t i = 0; i < n; i++)
		if (datecs_status_has(answer, table[i].bit))
			return &table[i];
	return NULL;
}

static bool is_about_a_question(DatecsBit bit)
{
	return bit == DATECS_BIT_UNKNOWN_COMMAND || bit == DATECS_BIT_SYNTAX ||
	       bit == DATECS_BIT_NOT_NOW;
}

static const BitFault *question_fault(const DatecsAnswer *answer)
{
	for (size_t i = 0; i < G_N_ELEMENTS(refusals); i++)
		if (is_about_a_question(refusals[i].bit) &&
		    datecs_status_has(answer, refusals[i].bit))
			return &refusals[i];
	return NULL;
}

int datecs_status_fault(const DatecsAnswer *answer, bool question, const char **ret_text)
{
	const BitFault *found = question ? question_fault(answer)
					 : first_of(refusals, G_N_ELEMENTS(refusals), answer);
	const BitFault *reason;

	if (found == NULL)
		return DATECS_NO_FAULT;
	if (!question && found->bit == DATECS_BIT_NOT_NOW) {
		reason = first_of(reasons, G_N_ELEMENTS(reasons), answer);
		found = reason != NULL ? reason : found;
	}
	*ret_text = found->text;
	return (int)found->fault;
}

/* From first to last of a row, which are negative: the first is nearer to zero. */
static const struct {
	int first, last;
	DeviceFault fault;
	const char *text;
} codes[] = {
	{ -100001, -100002, DEVICE_FAULT_NEEDS_SERVICE, "input and output inside the device" },
	{ -100004, -100005, DEVICE_FAULT_REFUSED, "no such record" },
	{ -100008, -100008, DEVICE_FAULT_BUSY, "not ready" },
	{ -100114, -100114, DEVICE_FAULT_MEMORY_FULL, "fiscal memory is full" },
	{ -100101, -100116, DEVICE_FAULT_NEEDS_SERVICE, "fiscal memory has failed" },
	{ -100402, -100402, DEVICE_FAULT_MECHANISM, "the head is too hot" },
	{ -100403, -100403, DEVICE_FAULT_PAPER_OUT, "no paper" },
	{ -100404, -100404, DEVICE_FAULT_COVER_OPEN, "the cover is open" },
	{ -100405, -100405, DEVICE_FAULT_PAPER_NEAR_END, "paper is near its end" },
	{ -100407, -100407, DEVICE_FAULT_MECHANISM, "cutter" },
	{ -100501, -100511, DEVICE_FAULT_NEEDS_SERVICE, "memory, card or clock" },
	{ -101003, -101003, DEVICE_FAULT_REFUSED, "operation rejected" },
	{ -101004, -101004, DEVICE_FAULT_REFUSED, "bad input" },
	{ -101006, -101006, DEVICE_FAULT_REFUSED, "not possible" },
	{ -101007, -101007, DEVICE_FAULT_BUSY, "time-out in the device" },
	{ -101008, -101008, DEVICE_FAULT_CLOCK, "invalid time" },
	{ -101010, -101012, DEVICE_FAULT_REFUSED, "format or data" },
	{ -101017, -101017, DEVICE_FAULT_NEEDS_SERVICE, "no permission" },
	{ -102000, -102000, DEVICE_FAULT_NEEDS_SERVICE, "low battery" },
	{ -102002, -102002, DEVICE_FAULT_WRONG_PASSWORD, "wrong operator password" },
	{ -102007, -102007, DEVICE_FAULT_NEEDS_SERVICE, "no memory card" },
	{ -102009, -102009, DEVICE_FAULT_NEEDS_SERVICE, "tax rates are not set" },
	{ -102017, -102017, DEVICE_FAULT_NEEDS_SERVICE, "tax number is not set" },
	{ -102019, -102019, DEVICE_FAULT_CLOCK, "the clock is before the last Z" },
	{ -103000, -103005, DEVICE_FAULT_REFUSED, "base of goods" },
	{ -104000, -104000, DEVICE_FAULT_SHIFT_TOO_LONG, "Z report needed" },
	{ -104003, -104003, DEVICE_FAULT_REFUSED, "forbidden" },
	{ -105001, -105001, DEVICE_FAULT_MEMORY_FULL, "cannot add to the journal" },
	{ -111001, -111003, DEVICE_FAULT_REFUSED, "registration: syntax or state" },
	{ -111005, -111005, DEVICE_FAULT_REFUSED, "tax group is disabled" },
	{ -111006, -111006, DEVICE_FAULT_REFUSED, "price times quantity is too large" },
	{ -111009, -111009, DEVICE_FAULT_REFUSED, "no such department" },
	{ -111013, -111013, DEVICE_FAULT_SHIFT_TOO_LONG, "the day's sums overflow" },
	{ -111014, -111014, DEVICE_FAULT_REFUSED, "total overflow" },
	{ -111015, -111015, DEVICE_FAULT_DOCUMENT_OPEN, "a receipt is open" },
	{ -111016, -111016, DEVICE_FAULT_REFUSED, "the receipt is closed" },
	{ -111017, -111017, DEVICE_FAULT_NO_CASH, "not enough cash in the drawer" },
	{ -111018, -111018, DEVICE_FAULT_DOCUMENT_OPEN, "payment has started" },
	{ -111019, -111019, DEVICE_FAULT_REFUSED, "too many sales in a receipt" },
	{ -111020, -111021, DEVICE_FAULT_REFUSED, "nothing sold, or less than nothing" },
	{ -111024, -111024, DEVICE_FAULT_SHIFT_TOO_LONG, "the day is over 24 hours" },
	{ -111030, -111030, DEVICE_FAULT_REFUSED, "price times quantity is too small" },
	{ -111047, -111047, DEVICE_FAULT_DOCUMENT_OPEN, "a receipt is open" },
	{ -111050, -111050, DEVICE_FAULT_REFUSED, "payment has not started" },
	{ -111052, -111052, DEVICE_FAULT_REFUSED, "total over the limit" },
	{ -111065, -111065, DEVICE_FAULT_REFUSED, "a receipt of nothing" },
	{ -111067, -111067, DEVICE_FAULT_DOCUMENT_OPEN, "a storno receipt is open" },
	{ -111509, -111518, DEVICE_FAULT_REFUSED, "its card terminal gave up" },
	{ -111560, -111560, DEVICE_FAULT_OUTCOME_UNKNOWN, "paid by card, not registered" },
};

DeviceFault datecs_code_fault(int64_t code, const char **ret_text)
{
	for (size_t i = 0; i < G_N_ELEMENTS(codes); i++) {
		if (code <= codes[i].first && code >= codes[i].last) {
			*ret_text = codes[i].text;
			return codes[i].fault;
		}
	}
	*ret_text = "unknown error";
	return DEVICE_FAULT_NEEDS_SERVICE;
}
