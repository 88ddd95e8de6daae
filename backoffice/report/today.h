/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/people/rights.h"
#include "core/number_text.h"
#include "store/store.h"

#include <glib.h>

/* What a manager wants to know at a glance: how the day goes beside the same day of the week
 * before, and what needs somebody. All of it from the sums of sales, in a few milliseconds. Amounts
 * are minor units of the shop's currency, days business days. */

#define TODAY_HOURS 24
#define TODAY_DAYS 7
#define TODAY_BEST 7

typedef struct {
	int64_t net, cost;
	int64_t sales; /* receipts that are no returns … */
	int64_t sold; /* … and their net: what an average is of */
} TodayFigures;

typedef struct {
	char *name; /* owned */
	int64_t item_id, net;
} TodayItem;

/* How much it matters. */
typedef enum { TODAY_TELLS, TODAY_WARNS, TODAY_ALARMS } TodayTone;

/* What needs somebody, and where it is cleared: a page of the office or a report. */
typedef struct {
	TodayTone tone;
	char *text; /* owned; in the person's language */
	const char *page; /* static; "stock"; NULL: nowhere to go */
	const char *report; /* static; of the page "reports"; NULL: the page itself */
} TodayTask;

typedef struct {
	int64_t stamp; /* report_stamp() */
	bool has_goods, has_tills, has_sales;
	int hour; /* hours before this one are over: what is compared */
	TodayFigures all; /* of the day so far */
	TodayFigures now, then; /* of the hours that are over; today and a week before */
	int64_t hours[TODAY_HOURS], hours_then[TODAY_HOURS]; /* net */
	int first_hour, last_hour; /* of either day; first > last: none */
	int64_t days[TODAY_DAYS], days_then[TODAY_DAYS]; /* net; the last is today */
	bool has_plan; /* of the month, for the whole shop */
	int64_t plan, plan_fact, plan_forecast; /* net */
	GArray *best; /* owned, of TodayItem */
	GArray *tasks; /* owned, of TodayTask, the worst first */
} Today;

typedef struct {
	int64_t shop_id;
	int32_t day; /* today on the shop's clock */
	int hour;
	int64_t from, until; /* the day in UTC microseconds, @until excluded */
	int64_t now; /* UTC microseconds */
	uint16_t currency;
	Rights rights; /* of whoever looks: what they may not see is no task of theirs */
	NumberStyle style;
} TodayQuery;

Today *today_read(Store *store, const TodayQuery *query, GError **error);
void today_free(Today *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Today, today_free)

/* The average receipt; 0 where nothing was sold. */
int64_t today_average(const TodayFigures *figures);
