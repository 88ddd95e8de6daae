/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/decimal.h"

#include <inttypes.h>

int64_t decimal_power(int exponent)
{
	int64_t power = 1;

	g_return_val_if_fail(exponent >= 0 && exponent <= 18, 1);
	while (exponent-- > 0)
		power *= 10;
	return power;
}

char *decimal_format(int64_t value, int places)
{
	uint64_t one = (uint64_t)decimal_power(places);
	uint64_t magnitude = value < 0 ? -(uint64_t)value : (uint64_t)value;
	const char *sign = value < 0 ? "-" : "";

	if (places == 0)
		return g_strdup_printf("%s%" PRIu64, sign, magnitude);
	return g_strdup_printf("%s%" PRIu64 ".%0*" PRIu64, sign, magnitude / one, places,
			       magnitude % one);
}

/* Appends a digit to *value, which is negative or zero: that way INT64_MIN can be read too. */
static bool push_digit(int64_t *value, int digit)
{
	return !__builtin_mul_overflow(*value, 10, value) &&
	       !__builtin_sub_overflow(*value, digit, value);
}

/* The digits after the point: up to @places count, what follows must be zeros. */
static bool parse_decimals(const char *text, int places, int64_t *value)
{
	int n = 0;

	for (; g_ascii_isdigit(*text); text++, n++) {
		if (n >= places && *text != '0')
			return false;
		if (n < places && !push_digit(value, *text - '0'))
			return false;
	}
	if (n == 0 || *text != '\0')
		return false;
	for (; n < places; n++)
		if (!push_digit(value, 0))
			return false;
	return true;
}

bool decimal_parse(const char *text, int places, int64_t *ret)
{
	bool negative = text[0] == '-';
	int64_t value = 0;

	text += negative;
	if (!g_ascii_isdigit(*text))
		return false;
	for (; g_ascii_isdigit(*text); text++)
		if (!push_digit(&value, *text - '0'))
			return false;
	if (*text == '\0')
		text = ".0";
	if ((*text != '.' && *text != ',') || !parse_decimals(text + 1, places, &value))
		return false;

	if (!negative && __builtin_sub_overflow(0, value, &value))
		return false;
	*ret = value;
	return true;
}
