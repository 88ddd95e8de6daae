/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* Days YYYYMMDD and months YYYYMM of the calendar. */

bool staff_month_is_sound(int32_t month);
int staff_month_days(int32_t month);
static inline int32_t staff_month_first(int32_t month)
{
	return month * 100 + 1;
}
static inline int32_t staff_month_last(int32_t month)
{
	return month * 100 + staff_month_days(month);
}
int32_t staff_day_add(int32_t day, int days);
/* "2026-11"; false where that is no month. */
bool staff_month_parse(const char *text, int32_t *ret);
char *staff_month_dup(int32_t month); /* own it */
