/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/ui/cash_count.h"

/* No drawer holds a million of one kind: a scan or a sum that was typed here by mistake. */
#define MANY 999999

static int count_kinds(const int64_t *denominations)
{
	int n = 0;

	while (denominations != NULL && denominations[n] != 0)
		n++;
	return n <= CASH_COUNT_KINDS ? n : 0;
}

void cash_count_init(CashCount *self, const int64_t *denominations, uint16_t currency)
{
	*self = (CashCount){ .n = count_kinds(denominations) };
	for (int i = 0; i < self->n; i++)
		self->kinds[i] = (Money){ denominations[i], currency };
}

static bool sum_up(const CashCount *self, int64_t *ret)
{
	int64_t sum = 0, part;

	for (int i = 0; i < self->n; i++)
		if (__builtin_mul_overflow(self->kinds[i].minor, self->counts[i], &part) ||
		    __builtin_add_overflow(sum, part, &sum))
			return false;
	*ret = sum;
	return true;
}

bool cash_count_set(CashCount *self, int index, int64_t count)
{
	CashCount changed = *self;
	int64_t sum;

	g_return_val_if_fail(index >= 0 && index < self->n, false);
	changed.counts[index] = count;
	if (count < 0 || !sum_up(&changed, &sum))
		return false;
	*self = changed;
	return true;
}

bool cash_count_parse(const char *text, int64_t *ret)
{
	guint64 value = 0;

	if (*text != '\0' && !g_ascii_string_to_unsigned(text, 10, 0, MANY, &value, NULL))
		return false;
	*ret = (int64_t)value;
	return true;
}

Money cash_count_get_part(const CashCount *self, int index)
{
	Money part = self->kinds[index];

	part.minor *= self->counts[index]; /* fits, since the sum does */
	return part;
}

Money cash_count_get_sum(const CashCount *self)
{
	Money sum = { .currency = self->n > 0 ? self->kinds[0].currency : 0 };

	g_assert(sum_up(self, &sum.minor));
	return sum;
}
