/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/stock/ledger_private.h"

#include "core/money.h"
#include "core/quantity.h"

static bool times_average(int64_t quantity, int64_t average, int64_t *ret)
{
	return scale_int64(average, quantity, QUANTITY_ONE * AVERAGE_ONE, ROUND_HALF_AWAY, ret);
}

static bool average_of(int64_t value, int64_t quantity, int64_t *ret)
{
	return scale_int64(value, QUANTITY_ONE * AVERAGE_ONE, quantity, ROUND_HALF_AWAY, ret);
}

/* Nothing is worth nothing, and whoever takes the last of it takes all its value. What goes through
 * zero leaves its quantity at the last average: a rest of a gram that is worth a kopeck too much
 * would multiply that by a thousand. */
static bool move_at_average(const LedgerState *state, LedgerEffect *ret)
{
	int64_t after = state->quantity + ret->quantity; /* fits: the caller looked */
	int64_t worth = 0;

	if (after != 0 && state->quantity > 0 && after > 0 && ret->quantity < 0)
		return scale_int64(state->value, ret->quantity, state->quantity, ROUND_HALF_AWAY,
				   &ret->value);
	if (after != 0 && (state->quantity == 0 || (state->quantity > 0) == (after > 0)))
		return times_average(ret->quantity, state->average, &ret->value);
	return times_average(after, state->average, &worth) &&
	       !__builtin_sub_overflow(worth, state->value, &ret->value);
}

/* Stock below zero was sold before it came: what stands now is worth its quantity at the cost of
 * what came, and the rest was the cost of those sales. */
static bool come_in(const LedgerState *state, int64_t worth, LedgerEffect *ret)
{
	int64_t after = state->quantity + ret->quantity, value;

	if (state->quantity < 0)
		return scale_int64(worth, after, ret->quantity, ROUND_HALF_AWAY, &value) &&
		       !__builtin_sub_overflow(value, state->value, &ret->value) &&
		       !__builtin_sub_overflow(ret->value, worth, &ret->difference) &&
		       average_of(worth, ret->quantity, &ret->average);
	ret->value = worth;
	return !__builtin_add_overflow(state->value, worth, &value) &&
	       average_of(value, after, &ret->average);
}

/* The document's figure stands, but what is left is never worth less than nothing, and nothing is
 * left where nothing is. */
static bool go_out(const LedgerState *state, int64_t worth, LedgerEffect *ret)
{
	int64_t after = state->quantity + ret->quantity, value;

	if (__builtin_add_overflow(state->value, worth, &value))
		return false;
	if (after == 0 || (after > 0 && value < 0))
		value = 0;
	if (__builtin_sub_overflow(value, state->value, &ret->value) ||
	    __builtin_sub_overflow(ret->value, worth, &ret->difference))
		return false;
	if (after > 0 && value > 0 && !average_of(value, after, &ret->average))
		ret->average = state->average;
	return true;
}

static bool revalue(const LedgerState *state, int64_t average, LedgerEffect *ret)
{
	int64_t value;

	ret->quantity = 0;
	ret->average = average;
	return times_average(state->quantity, average, &value) &&
	       !__builtin_sub_overflow(value, state->value, &ret->value);
}

bool ledger_rule(const LedgerState *state, const LedgerFacts *facts, LedgerEffect *ret)
{
	LedgerEffect effect = { .quantity = facts->quantity, .average = state->average };
	int64_t after;
	bool fits;

	if (facts->has_counted &&
	    __builtin_sub_overflow(facts->counted, state->quantity, &effect.quantity))
		return false;
	if (__builtin_add_overflow(state->quantity, effect.quantity, &after))
		return false;

	if (facts->has_revalued)
		fits = revalue(state, facts->revalued, &effect);
	else if (facts->has_counted || !facts->has_fixed)
		fits = move_at_average(state, &effect);
	else if (effect.quantity > 0)
		fits = come_in(state, facts->fixed, &effect);
	else
		fits = go_out(state, facts->fixed, &effect);
	if (fits)
		*ret = effect;
	return fits;
}

bool ledger_rule_apply(LedgerState *state, const LedgerEffect *effect)
{
	LedgerState after = { .average = effect->average };

	if (__builtin_add_overflow(state->quantity, effect->quantity, &after.quantity) ||
	    __builtin_add_overflow(state->value, effect->value, &after.value))
		return false;
	*state = after;
	return true;
}

bool ledger_rule_knows(const LedgerState *state, const LedgerFacts *facts)
{
	return facts->has_fixed || facts->has_revalued || state->average != 0 || state->value != 0;
}
