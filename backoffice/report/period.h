/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* The days that reports are of, as people say them. Days are YYYYMMDD; weeks begin on Monday. */

typedef enum {
	PERIOD_TODAY,
	PERIOD_YESTERDAY,
	PERIOD_THIS_WEEK,
	PERIOD_LAST_WEEK,
	PERIOD_THIS_MONTH,
	PERIOD_LAST_MONTH,
	PERIOD_THIS_QUARTER,
	PERIOD_LAST_QUARTER,
	PERIOD_THIS_YEAR,
	PERIOD_LAST_YEAR,
	PERIOD_N
} Period;

typedef struct {
	int32_t from, to; /* both included */
} PeriodDays;

const char *period_title(Period period); /* translated */
PeriodDays period_days(Period period, int32_t today);
/* Which one it is; PERIOD_N: none. */
Period period_recognise(PeriodDays days, int32_t today);
/* The next one of the kind (@by 1) or the one before it (−1): whole months step by months, anything
 * else by as many days as it has. */
PeriodDays period_step(PeriodDays days, int by);
/* With what people compare it: a day or whole weeks with the same weekdays of the weeks before,
 * whole months with as many months before, other days with as many before them. */
PeriodDays period_before(PeriodDays days);
/* "the week before", translated. */
const char *period_before_title(PeriodDays days);
int period_length(PeriodDays days);
/* "Sunday, 29.11.2026", "November 2026", "2026", "23.11.2026 – 29.11.2026"; own it. */
char *period_dup_text(PeriodDays days);

/* @n days later. */
int32_t period_add_days(int32_t day, int n);
/* 1 Monday to 7 Sunday. */
int period_weekday(int32_t day);
