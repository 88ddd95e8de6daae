/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* Whole numbers of a 10^-places unit as decimal text: what money and quantities share. */

/* 10^exponent, exponent 0 to 18. */
int64_t decimal_power(int exponent);
/* "-12.340" of -12340 with 3 places. Own it. */
char *decimal_format(int64_t value, int places);
/* Reads what money_parse_decimal() promises to read. */
bool decimal_parse(const char *text, int places, int64_t *ret) G_GNUC_WARN_UNUSED_RESULT;
