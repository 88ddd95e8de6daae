/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* An exact amount. Nothing is a double, and what can overflow says so instead of wrapping. */
typedef struct {
	int64_t minor; /* cents, kopecks, mongo: the currency's smallest unit */
	uint16_t currency; /* ISO 4217 number; 643 is the rouble, 496 the tögrög */
} Money;

typedef enum {
	ROUND_HALF_AWAY, /* what shops and tax laws mean by "rounded" */
	ROUND_HALF_EVEN,
	ROUND_DOWN, /* towards zero */
} Rounding;

/* round(a * num / den) through 128 bits; false where it does not fit or @den is not positive.
 * The one multiplication of the house: line amounts, percentages and taxes all go through it. */
bool scale_int64(int64_t a, int64_t num, int64_t den, Rounding how,
		 int64_t *ret) G_GNUC_WARN_UNUSED_RESULT;

/* All write *ret only on success; operands share a currency (else a bug, and false). */
bool money_add(Money a, Money b, Money *ret) G_GNUC_WARN_UNUSED_RESULT;
bool money_subtract(Money a, Money b, Money *ret) G_GNUC_WARN_UNUSED_RESULT;
bool money_scale(Money a, int64_t num, int64_t den, Rounding how,
		 Money *ret) G_GNUC_WARN_UNUSED_RESULT;
/* To a multiple of @step minor units (at least 1), as sums in cash are where the small coin is
 * gone. With ROUND_HALF_AWAY and a step of 5: 2 becomes 0, 3 becomes 5, -3 becomes -5. */
bool money_round_to(Money a, int64_t step, Rounding how, Money *ret) G_GNUC_WARN_UNUSED_RESULT;

/* "439.78", "-0.05", "2500.00": a full stop, always the currency's number of decimals, no
 * grouping. What files, JSON and scripts carry; people see number_text.h instead. */
char *money_dup_decimal(Money amount);
/* Reads the same; fewer decimals are allowed ("2500"), more are refused unless they are zeros,
 * and so are blanks, exponents, grouping and anything that does not fit. A comma is read as the
 * decimal point, for cashiers and spreadsheets of Russia and Mongolia. */
bool money_parse_decimal(const char *text, uint16_t currency, Money *ret) G_GNUC_WARN_UNUSED_RESULT;
