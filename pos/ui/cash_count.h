/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/money.h"

/* How many of each note and coin a drawer holds. A value. */
#define CASH_COUNT_KINDS 24

typedef struct {
	int n;
	Money kinds[CASH_COUNT_KINDS]; /* largest first */
	int64_t counts[CASH_COUNT_KINDS];
} CashCount;

/* Of nothing. @denominations as in Country; NULL or more than CASH_COUNT_KINDS of them: n is 0, and
 * the drawer is counted otherwise. */
void cash_count_init(CashCount *self, const int64_t *denominations, uint16_t currency);
/* False where the sum would not fit; nothing is changed then. */
bool cash_count_set(CashCount *self, int index, int64_t count) G_GNUC_WARN_UNUSED_RESULT;
/* Digits alone; "" is 0. */
bool cash_count_parse(const char *text, int64_t *ret) G_GNUC_WARN_UNUSED_RESULT;
/* Of one kind and of all. */
Money cash_count_get_part(const CashCount *self, int index);
Money cash_count_get_sum(const CashCount *self);
