/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/ui/note_choice.h"

#include "core/currency.h"

/* Nobody pays 13 642 in fifties; 20 notes are a purse full. */
#define MANY_NOTES 20

static bool round_up(int64_t due, int64_t note, int64_t *ret)
{
	int64_t rest = due % note;

	if (rest == 0) {
		*ret = due;
		return true;
	}
	return !__builtin_add_overflow(due, note - rest, ret);
}

static int insert(Money sum, Money *choices, int n)
{
	int at = n;

	while (at > 0 && choices[at - 1].minor > sum.minor)
		at--;
	if ((at > 0 && choices[at - 1].minor == sum.minor) || n == NOTE_CHOICES)
		return n;
	memmove(choices + at + 1, choices + at, (size_t)(n - at) * sizeof *choices);
	choices[at] = sum;
	return n + 1;
}

int note_choices(Money due, Money choices[static NOTE_CHOICES])
{
	const Currency *currency = currency_by_number(due.currency);
	int n = 0;

	if (currency == NULL || due.minor <= 0)
		return 0;
	for (const int64_t *note = currency->notes; *note > 0; note++) {
		Money sum = { .currency = due.currency };

		if (*note < due.minor / MANY_NOTES || !round_up(due.minor, *note, &sum.minor))
			continue;
		if (sum.minor != due.minor)
			n = insert(sum, choices, n);
	}
	return n;
}
