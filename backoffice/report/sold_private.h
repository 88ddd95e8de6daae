/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/report/sold.h"

/* Rows that are added up. */
typedef struct {
	GHashTable *rows; /* owned: of Sold, each its own key */
} Sums;

/* The row of these, a new one if need be; lent. */
Sold *sold_row(Sums *self, int64_t shop_id, int64_t id, const char *text);

/* What any statement can be narrowed by: shops by themselves, weekdays by the days asked for. */
#define SOLD_ALWAYS (REPORT_TAKES_ALL_SHOPS | REPORT_TAKES_WEEKDAYS)

/* *ret_done is false, and nothing was added, where the lines themselves have to be read. */
bool sold_try_columns(Sums *sums, Store *store, const ReportQuery *query, SoldBy by, bool *ret_done,
		      GError **error);
