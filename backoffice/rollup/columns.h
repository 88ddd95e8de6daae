/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/store.h"

/* Questions that no sum answers: what was sold at this till by that cashier on Friday evenings, by
 * group. Lines of each day are kept as arrays of numbers (table sale_column) that are as narrow as
 * the day's numbers allow, and a question runs over them. Days that have no such arrays, or whose
 * sums have another stamp by now, are read from the receipts. */

/* What rows of an answer are by, and what their keys are then. */
typedef enum {
	COLUMNS_BY_NONE, /* 0: one row */
	COLUMNS_BY_DAY, /* YYYYMMDD */
	COLUMNS_BY_MONTH, /* YYYYMM */
	COLUMNS_BY_HOUR, /* 0 to 23 */
	COLUMNS_BY_WEEKDAY, /* 1 is Monday */
	COLUMNS_BY_SHOP,
	COLUMNS_BY_TILL,
	COLUMNS_BY_CASHIER,
	COLUMNS_BY_GROUP, /* item_group.id */
	COLUMNS_BY_ITEM, /* 0: goods of tills' own */
	COLUMNS_N_BY
} ColumnsBy;

/* Everything that is 0 or NULL is no filter, but the days. */
typedef struct {
	int64_t shop_id;
	int32_t first_day, last_day; /* YYYYMMDD, both included */
	int64_t item_id;
	int64_t till_id, cashier_id;
	const GArray *groups; /* of int64_t: any of them. Lent */
	uint32_t hours; /* bits 1 << hour */
	uint32_t weekdays; /* bits 1 << (weekday − 1), Monday first */
} ColumnsQuery;

/* Amounts as in 0002-sales.sql, cost as in 0009-rollup.sql. What goods cost that were sold before
 * they came in is in there too, at hour, till and cashier 0 and of no receipt. */
typedef struct {
	int64_t key;
	int64_t receipts; /* that have a line that was asked for */
	int64_t returns, returned; /* how many of them are returns, and their net, below zero */
	int64_t quantity, gross, discount, tax, added, net, cost;
} ColumnsRow;

/* Of ColumnsRow, by key; keys that nothing was sold of are left out. Own it. Outside a transaction:
 * all is read as of one moment. Where @store can be written to, days that have settled get their
 * arrays on the way. */
GArray *columns_sum(Store *store, const ColumnsQuery *query, ColumnsBy by, GError **error);

/* The same inside a transaction of the caller. Makes no arrays. */
GArray *columns_sum_within(Store *store, const ColumnsQuery *query, ColumnsBy by, GError **error);

/* Makes the arrays of days that lack them and that nobody has told of since @before (UTC
 * microseconds), each in a short transaction of its own. @shop_id 0: all. */
bool columns_refresh(Store *store, int64_t shop_id, int32_t first_day, int32_t last_day,
		     int64_t before, GError **error);
