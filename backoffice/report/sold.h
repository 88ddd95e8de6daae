/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/report/report.h"

/* What was sold, by anything, narrowed by anything. The sums of sales answer where they can, the
 * receipts themselves else; the figures are the same. */

typedef enum {
	SOLD_BY_ALL, /* one row */
	SOLD_BY_DAY,
	SOLD_BY_WEEKDAY,
	SOLD_BY_MONTH,
	SOLD_BY_HOUR,
	SOLD_BY_SHOP,
	SOLD_BY_TILL,
	SOLD_BY_CASHIER,
	SOLD_BY_GROUP,
	SOLD_BY_ITEM,
	SOLD_BY_SUPPLIER,
	SOLD_BY_PAYMENT,
	SOLD_BY_TAX,
	SOLD_BY_N,
} SoldBy;

typedef enum {
	SOLD_RECEIPTS, /* of payments: how many; of suppliers: of each item, added up */
	SOLD_RETURNS,
	SOLD_RETURNED, /* net of the returns, below zero */
	SOLD_QUANTITY,
	SOLD_GROSS, /* of taxes: what was taxed */
	SOLD_DISCOUNT,
	SOLD_TAX,
	SOLD_NET, /* of payments: what was paid; of taxes: the tax */
	SOLD_COST,
	SOLD_ITEMS, /* of suppliers: how many different goods */
	SOLD_N,
} SoldValue;

/* Cost that no receipt caused has this id where rows are hours, tills or cashiers. */
#define SOLD_NO_RECEIPT INT64_C(-1)

typedef struct {
	int64_t shop_id; /* of shops and tills */
	int64_t id; /* YYYYMMDD, an hour, an item …; of taxes the rate; of suppliers 0: none known
		     */
	char *text; /* owned: a tender, a tax, the name of goods of the till's own; else "" */
	int64_t values[SOLD_N];
} Sold;

/* A row each, in no order; rows of nothing at all are left out. Array of Sold that frees its texts.
 */
GArray *sold_ask(Store *store, const ReportQuery *query, SoldBy by, GError **error);
/* The receipts themselves, from the first: the columns of the report of that name. Days are those
 * from @from to @to, whatever the weekdays. */
StoreStatement *sold_bind_receipts(Store *store, const ReportQuery *query);
/* False where a sum does not fit. */
bool sold_add(int64_t *to, int64_t value, GError **error);

/* What the query is narrowed by: bits of ReportTakes. */
unsigned report_narrowed_by(const ReportQuery *query);
/* Monday is 1. */
int report_weekday(int32_t day);
/* The next run of days within [from, to] that are asked for by @weekdays (0: all). Moves *from
 * behind it. */
bool report_next_days(int32_t *from, int32_t to, uint32_t weekdays, int32_t *ret_first,
		      int32_t *ret_last);
