/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/gs1.h"

#include "core/currency.h"
#include "core/decimal.h"
#include "core/gs1_rule.h"

#include <string.h>

/* At most 18 digits, as the rules of all callers' fields say. */
static int64_t number_of(const char *digits, size_t len)
{
	int64_t value = 0;

	for (size_t i = 0; i < len; i++)
		value = value * 10 + (digits[i] - '0');
	return value;
}

/* The last digit of the identifier. */
static int decimals_of(const Gs1Field *field)
{
	return field->ai[strlen(field->ai) - 1] - '0';
}

/* digits / 10^@decimals in units of 10^-@exponent; false where that is not whole. */
static bool shift_point(int64_t digits, int decimals, int exponent, int64_t *ret)
{
	int64_t power;

	if (decimals <= exponent)
		return !__builtin_mul_overflow(digits, decimal_power(exponent - decimals), ret);
	power = decimal_power(decimals - exponent);
	if (digits % power != 0)
		return false;
	*ret = digits / power;
	return true;
}

Gs1Answer gs1_get_gtin(const Gs1 *self, char ret[static 15])
{
	const Gs1Field *field = gs1_find(self, "01");

	if (field == NULL)
		field = gs1_find(self, "02");
	if (field == NULL)
		return GS1_ABSENT;
	memcpy(ret, field->value, 14);
	ret[14] = '\0';
	return GS1_FOUND;
}

/* GS1 General Specifications 7.12: never more than 50 years away. */
static int full_year(int two_digits, int this_year)
{
	int year = this_year - this_year % 100 + two_digits;

	if (year - this_year > 50)
		return year - 100;
	return year - this_year < -49 ? year + 100 : year;
}

Gs1Answer gs1_get_date(const Gs1 *self, const char *ai, int this_year, int32_t *ret)
{
	const Gs1Field *field = gs1_find(self, ai);
	int year, month, day;

	if (field == NULL)
		return GS1_ABSENT;
	if ((field->len != 6 && field->len != 10) || !gs1_is_day(field->value))
		return GS1_INVALID;
	year = full_year((int)number_of(field->value, 2), this_year);
	month = (int)number_of(field->value + 2, 2);
	day = (int)number_of(field->value + 4, 2);
	if (day == 0)
		day = g_date_get_days_in_month((GDateMonth)month, (GDateYear)year);
	*ret = year * 10000 + month * 100 + day;
	return GS1_FOUND;
}

Gs1Answer gs1_get_net_weight(const Gs1 *self, Quantity *ret)
{
	const Gs1Field *field = gs1_find(self, "310n");
	int64_t micro;

	if (field == NULL)
		return GS1_ABSENT;
	if (!shift_point(number_of(field->value, field->len), decimals_of(field), 6, &micro))
		return GS1_INVALID;
	*ret = (Quantity){ micro };
	return GS1_FOUND;
}

Gs1Answer gs1_get_price(const Gs1 *self, uint16_t currency, Money *ret)
{
	const Currency *known = currency_by_number(currency);
	const Gs1Field *field = gs1_find(self, "392n");
	size_t skip = 0; /* the currency in front */
	Money price = { .currency = currency };

	g_return_val_if_fail(known != NULL, GS1_INVALID);
	if (field == NULL) {
		field = gs1_find(self, "393n");
		skip = 3;
	}
	if (field == NULL || (skip > 0 && number_of(field->value, skip) != currency))
		return GS1_ABSENT;
	if (!shift_point(number_of(field->value + skip, field->len - skip), decimals_of(field),
			 known->exponent, &price.minor))
		return GS1_INVALID;
	*ret = price;
	return GS1_FOUND;
}

Gs1Answer gs1_get_count(const Gs1 *self, int64_t *ret)
{
	const Gs1Field *field = gs1_find(self, "30");

	if (field == NULL && gs1_find(self, "02") != NULL)
		field = gs1_find(self, "37");
	if (field == NULL)
		return GS1_ABSENT;
	*ret = number_of(field->value, field->len);
	return GS1_FOUND;
}
