/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/number_text.h"

#include "core/currency.h"
#include "core/decimal.h"

#include <string.h>

#define NO_BREAK_SPACE "\u00a0"
#define MINUS "\u2212" /* as wide as a digit, unlike the hyphen */

/* @plain is what decimal_format() makes: people's minus, groups of three, their decimal mark. */
static GString *dress(const NumberStyle *style, const char *plain)
{
	GString *text = g_string_new(plain[0] == '-' ? MINUS : "");
	const char *digits = plain + (plain[0] == '-');
	size_t whole = strcspn(digits, ".");

	for (size_t i = 0; i < whole; i++) {
		if (i > 0 && (whole - i) % 3 == 0)
			g_string_append(text, style->group);
		g_string_append_c(text, digits[i]);
	}
	if (digits[whole] == '.') {
		g_string_append(text, style->decimal);
		g_string_append(text, digits + whole + 1);
	}
	return text;
}

char *number_text_money(const NumberStyle *style, Money amount, bool with_symbol)
{
	const Currency *currency = currency_by_number(amount.currency);
	g_autofree char *plain = NULL;
	GString *text;
	int64_t one;

	g_return_val_if_fail(currency != NULL, NULL);
	one = decimal_power(currency->exponent);
	if (currency->hide_zero_minor && amount.minor % one == 0)
		plain = decimal_format(amount.minor / one, 0);
	else
		plain = money_dup_decimal(amount);
	text = dress(style, plain);
	if (with_symbol)
		g_string_append_printf(text, NO_BREAK_SPACE "%s", currency->symbol);
	return g_string_free(text, false);
}

char *number_text_quantity(const NumberStyle *style, Quantity quantity)
{
	g_autofree char *plain = quantity_dup_decimal(quantity);

	return g_string_free(dress(style, plain), false);
}

/* A rate is hundredths of a percent: as a quantity of percent, in millionths of one. */
char *number_text_percent(const NumberStyle *style, int64_t rate)
{
	Quantity percent = { .micro = rate * (QUANTITY_ONE / 100) };
	g_autofree char *plain = quantity_dup_decimal(percent);
	GString *text = dress(style, plain);

	g_string_append(text, NO_BREAK_SPACE "%");
	return g_string_free(text, false);
}

char *number_text_integer(const NumberStyle *style, int64_t value)
{
	g_autofree char *plain = decimal_format(value, 0);

	return g_string_free(dress(style, plain), false);
}
