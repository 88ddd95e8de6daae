/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/store.h"

/* What of the daily report came out on paper, as it was then: later receipts change the day, not
 * what was printed. */
typedef struct {
	int64_t id, till_id, shift; /* till and shift 0: of the day */
	int32_t day;
	char *form, *device; /* owned; "a4", "paper" */
	bool copy; /* with the words that it may have been printed before */
	int64_t at; /* UTC microseconds */
	bool by_itself; /* at the close of a shift */
	char *person; /* owned; whose key it was; NULL by itself, "" the command line */
	int64_t stamp, heard_at; /* of sale_day then */
	int64_t receipts, net;
	bool has_margin; /* it said it */
	int64_t margin;
	char *tills; /* owned; JSON [[till, name, receipts, net], …]; NULL in lists */
} DayPrint;
void day_print_free(DayPrint *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DayPrint, day_print_free)

/* All papers of these business days, oldest first; array that frees its elements. */
GPtrArray *day_print_list(Store *store, int64_t shop_id, int32_t from, int32_t to, GError **error);
/* The newest of the day or shift; *ret NULL where there is none. */
bool day_print_last(Store *store, int64_t shop_id, int32_t day, int64_t till_id, int64_t shift,
		    DayPrint **ret, GError **error);
/* The whole report as it was on that paper, the JSON of day_report_to_json(). Own it. NULL without
 * an error where there is no such paper. */
char *day_print_dup_report(Store *store, int64_t id, GError **error);
