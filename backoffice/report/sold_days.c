/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/report/sold.h"

/* What a query asks for: which days, and what it is narrowed by. */

static void date_of(int32_t day, GDate *ret)
{
	g_date_clear(ret, 1);
	g_date_set_dmy(ret, (GDateDay)(day % 100), (GDateMonth)(day / 100 % 100),
		       (GDateYear)(day / 10000));
}

static int32_t day_of(const GDate *date)
{
	return g_date_get_year(date) * 10000 + (int32_t)g_date_get_month(date) * 100 +
	       g_date_get_day(date);
}

int report_weekday(int32_t day)
{
	GDate date;

	date_of(day, &date);
	return (int)g_date_get_weekday(&date);
}

static bool is_asked(const GDate *date, uint32_t weekdays)
{
	return (weekdays & UINT32_C(1) << (g_date_get_weekday(date) - 1)) != 0;
}

bool report_next_days(int32_t *from, int32_t to, uint32_t weekdays, int32_t *ret_first,
		      int32_t *ret_last)
{
	GDate date;

	if (*from > to)
		return false;
	*ret_first = *from;
	*ret_last = to;
	*from = INT32_MAX;
	if (weekdays == 0)
		return true;
	date_of(*ret_first, &date);
	while (day_of(&date) <= to && !is_asked(&date, weekdays))
		g_date_add_days(&date, 1);
	*ret_first = day_of(&date);
	if (*ret_first > to)
		return false;
	while (day_of(&date) <= to && is_asked(&date, weekdays)) {
		*ret_last = day_of(&date);
		g_date_add_days(&date, 1);
	}
	*from = day_of(&date);
	return true;
}

unsigned report_narrowed_by(const ReportQuery *query)
{
	unsigned bits = 0;

	bits |= query->shop_id == 0 ? REPORT_TAKES_ALL_SHOPS : 0;
	bits |= query->till_id != 0 ? REPORT_TAKES_TILL : 0;
	bits |= query->cashier_id != 0 ? REPORT_TAKES_CASHIER : 0;
	bits |= query->group != NULL ? REPORT_TAKES_GROUP : 0;
	bits |= query->item_id != 0 || query->own != NULL ? REPORT_TAKES_ITEM : 0;
	bits |= query->supplier_id != 0 ? REPORT_TAKES_SUPPLIER : 0;
	bits |= query->payment != NULL ? REPORT_TAKES_PAYMENT : 0;
	bits |= query->until != 0 ? REPORT_TAKES_HOURS : 0;
	bits |= query->weekdays != 0 ? REPORT_TAKES_WEEKDAYS : 0;
	bits |= query->shift != 0 ? REPORT_TAKES_SHIFT : 0;
	return bits;
}
