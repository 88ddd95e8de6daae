/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A currency of ISO 4217, as the shop uses it. */
typedef struct {
	uint16_t number; /* 643 */
	const char *code; /* "RUB" */
	const char *symbol; /* "₽"; stands after the amount, as in our first countries */
	int exponent; /* decimals of the minor unit */
	bool hide_zero_minor; /* people write 2 500 ₮, not 2 500,00 ₮; 2 500,50 ₮ stays */
	const int64_t *notes; /* notes and coins in minor units, largest first, 0 ends */
} Currency;

/* NULL where unknown. Static data, never freed. */
const Currency *currency_by_number(uint16_t number);
const Currency *currency_by_code(const char *code);
