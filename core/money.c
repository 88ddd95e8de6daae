/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/money.h"

#include "core/currency.h"
#include "core/decimal.h"

/* Whether a quotient cut towards zero has to be moved away from it. */
static bool moves_away(__int128 quotient, __int128 remainder, int64_t den, Rounding how)
{
	__int128 twice = 2 * (remainder < 0 ? -remainder : remainder);

	switch (how) {
	case ROUND_HALF_AWAY:
		return twice >= den;
	case ROUND_HALF_EVEN:
		return twice > den || (twice == den && quotient % 2 != 0);
	case ROUND_DOWN:
		break;
	}
	return false;
}

bool scale_int64(int64_t a, int64_t num, int64_t den, Rounding how, int64_t *ret)
{
	__int128 product = (__int128)a * num;
	__int128 quotient;

	if (den <= 0)
		return false;
	quotient = product / den;
	if (moves_away(quotient, product % den, den, how))
		quotient += product < 0 ? -1 : 1;
	if (quotient < INT64_MIN || quotient > INT64_MAX)
		return false;

	*ret = (int64_t)quotient;
	return true;
}

bool money_add(Money a, Money b, Money *ret)
{
	int64_t sum;

	g_return_val_if_fail(a.currency == b.currency, false);
	if (__builtin_add_overflow(a.minor, b.minor, &sum))
		return false;
	*ret = (Money){ .minor = sum, .currency = a.currency };
	return true;
}

bool money_subtract(Money a, Money b, Money *ret)
{
	int64_t difference;

	g_return_val_if_fail(a.currency == b.currency, false);
	if (__builtin_sub_overflow(a.minor, b.minor, &difference))
		return false;
	*ret = (Money){ .minor = difference, .currency = a.currency };
	return true;
}

bool money_scale(Money a, int64_t num, int64_t den, Rounding how, Money *ret)
{
	int64_t scaled;

	if (!scale_int64(a.minor, num, den, how, &scaled))
		return false;
	*ret = (Money){ .minor = scaled, .currency = a.currency };
	return true;
}

bool money_round_to(Money a, int64_t step, Rounding how, Money *ret)
{
	int64_t steps, rounded;

	g_return_val_if_fail(step > 0, false);
	if (!scale_int64(a.minor, 1, step, how, &steps) ||
	    __builtin_mul_overflow(steps, step, &rounded))
		return false;
	*ret = (Money){ .minor = rounded, .currency = a.currency };
	return true;
}

char *money_dup_decimal(Money amount)
{
	const Currency *currency = currency_by_number(amount.currency);

	g_return_val_if_fail(currency != NULL, NULL);
	return decimal_format(amount.minor, currency->exponent);
}

bool money_parse_decimal(const char *text, uint16_t currency, Money *ret)
{
	const Currency *known = currency_by_number(currency);
	int64_t minor;

	g_return_val_if_fail(text != NULL && known != NULL, false);
	if (!decimal_parse(text, known->exponent, &minor))
		return false;
	*ret = (Money){ .minor = minor, .currency = currency };
	return true;
}
