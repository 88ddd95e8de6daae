/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/money.h"
#include "core/quantity.h"

/* How people of a locale write numbers. Programs fill it once from localeconv(). */
typedef struct {
	char decimal[8];
	char group[8]; /* a no-break space for ru and mn, so that amounts never break over lines */
} NumberStyle;

/* "13 642,50", "2 500 ₮": grouped by thousands, with the currency's symbol if asked. Own it. */
char *number_text_money(const NumberStyle *style, Money amount, bool with_symbol);
/* "1,234": no trailing zeros; the unit's name is the caller's (it is translated). */
char *number_text_quantity(const NumberStyle *style, Quantity quantity);
/* "10 %", "12,5 %" from hundredths of a percent. */
char *number_text_percent(const NumberStyle *style, int64_t rate);
char *number_text_integer(const NumberStyle *style, int64_t value);
