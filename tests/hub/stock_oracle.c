/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/hub/stock_oracle.h"

typedef __int128 Wide;

/* Half goes away from zero. */
static int64_t divide(Wide a, Wide b)
{
	bool minus = (a < 0) != (b < 0);
	Wide top = a < 0 ? -a : a, bottom = b < 0 ? -b : b;
	Wide whole = (2 * top + bottom) / (2 * bottom);

	return (int64_t)(minus ? -whole : whole);
}

static int64_t worth(int64_t quantity, int64_t average)
{
	return divide((Wide)quantity * average, 1000000000000);
}

static int64_t average(int64_t value, int64_t quantity)
{
	return divide((Wide)value * 1000000000000, quantity);
}

/* Value after @quantity more at the average. */
static int64_t value_after(const OracleSums *s, int64_t quantity)
{
	int64_t after = s->quantity + quantity;

	if (after == 0)
		return 0;
	if (s->quantity < 0 && after > 0)
		return worth(after, s->average);
	if (s->quantity > 0 && after < 0)
		return worth(after, s->average);
	if (s->quantity > 0 && quantity < 0)
		return s->value + divide((Wide)s->value * quantity, s->quantity);
	return s->value + worth(quantity, s->average);
}

static void tell_document(OracleSums *s, int64_t quantity, int64_t value)
{
	int64_t after = s->quantity + quantity;
	int64_t before = s->value;

	if (quantity > 0 && s->quantity < 0) {
		s->value = divide((Wide)value * after, quantity);
		s->average = average(value, quantity);
	} else if (quantity > 0) {
		s->value += value;
		s->average = average(s->value, after);
	} else {
		s->value += value;
		if (after == 0 || (after > 0 && s->value < 0))
			s->value = 0;
		if (after > 0 && s->value > 0)
			s->average = average(s->value, after);
	}
	s->difference += s->value - before - value;
	s->quantity = after;
}

static void tell(OracleSums *s, const LedgerMove *move)
{
	int64_t quantity = move->quantity;

	switch (move->how) {
	case LEDGER_VALUED:
	case LEDGER_FIXED:
		tell_document(s, quantity, move->value);
		return;
	case LEDGER_REVALUED:
		s->average = move->value * 1000000;
		s->value = worth(s->quantity, s->average);
		return;
	case LEDGER_COUNTED:
		quantity -= s->quantity;
		break;
	case LEDGER_AT_AVERAGE:
		break;
	}
	s->value = value_after(s, quantity);
	s->quantity += quantity;
}

static int by_time(const void *a, const void *b)
{
	const OracleFact *left = a, *right = b;

	if (left->move.at != right->move.at)
		return left->move.at < right->move.at ? -1 : 1;
	return left->place < right->place ? -1 : 1;
}

OracleSums oracle_sums(const GArray *facts, int64_t item_id, int64_t first_average, int64_t until)
{
	g_autoptr(GArray) sorted = g_array_new(false, false, sizeof(OracleFact));
	OracleSums sums = { .average = first_average };

	g_array_append_vals(sorted, facts->data, facts->len);
	g_array_sort(sorted, by_time);
	for (guint i = 0; i < sorted->len; i++) {
		const OracleFact *fact = &g_array_index(sorted, OracleFact, i);

		if (fact->move.item_id == item_id && fact->move.at <= until && !fact->is_reversed)
			tell(&sums, &fact->move);
	}
	return sums;
}
