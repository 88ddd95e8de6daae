/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/store.h"

/* How far the figures of a day can be trusted: what is not in them, and until when tills told. */

typedef struct {
	char *till; /* owned; its name */
	int64_t seen_at; /* UTC microseconds; of one that never told anything: when it was enrolled
			  */
	bool open; /* a shift of the day is not closed yet */
} ReportSource;

typedef struct {
	int64_t not_understood; /* receipts of the day that are only in the journal */
	GArray *sources; /* owned, of ReportSource: every till that was enrolled, by name */
} ReportHealth;

/* @from and @to: the day as UTC microseconds, @to excluded. */
ReportHealth *report_health_find(Store *store, int64_t shop_id, int32_t day, int64_t from,
				 int64_t to, GError **error);
void report_health_free(ReportHealth *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ReportHealth, report_health_free)

/* A number that grows with every entry that a till of the shop (0: of any) sends. */
bool report_stamp(Store *store, int64_t shop_id, int64_t *ret, GError **error);
