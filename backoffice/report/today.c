/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/report/health.h"
#include "backoffice/report/period.h"
#include "backoffice/report/today_private.h"
#include "backoffice/staff/plan.h"

static void item_clear(void *data)
{
	g_free(((TodayItem *)data)->name);
}

static void task_clear(void *data)
{
	g_free(((TodayTask *)data)->text);
}

static Today *today_new(void)
{
	Today *self = g_new0(Today, 1);

	self->first_hour = TODAY_HOURS;
	self->last_hour = -1;
	self->best = g_array_new(false, true, sizeof(TodayItem));
	g_array_set_clear_func(self->best, item_clear);
	self->tasks = g_array_new(false, true, sizeof(TodayTask));
	g_array_set_clear_func(self->tasks, task_clear);
	return self;
}

void today_free(Today *self)
{
	if (self == NULL)
		return;
	g_array_unref(self->best);
	g_array_unref(self->tasks);
	g_free(self);
}

int64_t today_average(const TodayFigures *figures)
{
	int64_t average;

	if (figures->sales <= 0 ||
	    !scale_int64(figures->sold, 1, figures->sales, ROUND_HALF_AWAY, &average))
		return 0;
	return average;
}

/* --- sums ---------------------------------------------------------------------------------- */

static void add_hour(TodayFigures *figures, StoreStatement *row)
{
	figures->sales += store_get_int(row, 1) - store_get_int(row, 2);
	figures->sold += store_get_int(row, 4) - store_get_int(row, 3);
	figures->net += store_get_int(row, 4);
	figures->cost += store_get_int(row, 5);
}

/* @all: of every hour; @over: of those that are over. */
static bool read_hours(Today *self, Store *store, const TodayQuery *query, int32_t day,
		       TodayFigures *all, TodayFigures *over, int64_t hours[], GError **error)
{
	StoreStatement *row = store_statement(store, "office/today/hours");
	StoreStep step;

	store_bind_int(row, 1, query->shop_id);
	store_bind_int(row, 2, day);
	while ((step = store_step(row, error)) == STORE_ROW) {
		int hour = (int)CLAMP(store_get_int(row, 0), 0, TODAY_HOURS - 1);

		add_hour(all, row);
		if (hour < query->hour)
			add_hour(over, row);
		hours[hour] += store_get_int(row, 4);
		self->first_hour = MIN(self->first_hour, hour);
		self->last_hour = MAX(self->last_hour, hour);
	}
	return step == STORE_DONE;
}

/* @last and the days before it. */
static bool read_days(Store *store, int64_t shop_id, int32_t last, int64_t days[], GError **error)
{
	StoreStatement *row = store_statement(store, "office/today/days");
	int32_t first = period_add_days(last, 1 - TODAY_DAYS);
	StoreStep step;

	store_bind_int(row, 1, shop_id);
	store_bind_int(row, 2, first);
	store_bind_int(row, 3, last);
	while ((step = store_step(row, error)) == STORE_ROW) {
		PeriodDays since = { first, (int32_t)store_get_int(row, 0) };

		days[period_length(since) - 1] = store_get_int(row, 1);
	}
	return step == STORE_DONE;
}

static bool read_best(Today *self, Store *store, const TodayQuery *query, GError **error)
{
	StoreStatement *row = store_statement(store, "office/today/best");
	StoreStep step;

	store_bind_int(row, 1, query->shop_id);
	store_bind_int(row, 2, query->day);
	while ((step = store_step(row, error)) == STORE_ROW) {
		TodayItem item = { .item_id = store_get_int(row, 0),
				   .name = g_strdup(store_get_text(row, 1)),
				   .net = store_get_int(row, 2) };

		g_array_append_val(self->best, item);
	}
	return step == STORE_DONE;
}

static bool read_founded(Today *self, Store *store, const TodayQuery *query, GError **error)
{
	StoreStatement *row = store_statement(store, "office/today/founded");

	store_bind_int(row, 1, query->shop_id);
	if (store_step(row, error) != STORE_ROW)
		return false;
	self->has_goods = store_get_int(row, 0) != 0;
	self->has_tills = store_get_int(row, 1) != 0;
	self->has_sales = store_get_int(row, 2) != 0;
	store_reset(row);
	return true;
}

static bool read_sums(Today *self, Store *store, const TodayQuery *query, GError **error)
{
	int32_t then = period_add_days(query->day, -7);
	TodayFigures ignored = { 0 };

	return read_hours(self, store, query, query->day, &self->all, &self->now, self->hours,
			  error) &&
	       read_hours(self, store, query, then, &ignored, &self->then, self->hours_then,
			  error) &&
	       read_days(store, query->shop_id, query->day, self->days, error) &&
	       read_days(store, query->shop_id, then, self->days_then, error) &&
	       read_best(self, store, query, error);
}

static bool read_plan(Today *self, Store *store, const TodayQuery *query, GError **error)
{
	g_autoptr(GPtrArray) rows =
		plan_list(store, query->shop_id, query->day / 100, query->day, error);

	for (guint i = 0; rows != NULL && i < rows->len; i++) {
		const PlanRow *row = rows->pdata[i];

		if (row->person_id != 0 || row->shop_id != query->shop_id)
			continue;
		self->has_plan = true;
		self->plan = row->net;
		self->plan_fact = row->fact;
		self->plan_forecast = row->forecast;
	}
	return rows != NULL;
}

Today *today_read(Store *store, const TodayQuery *query, GError **error)
{
	g_autoptr(Today) self = today_new();

	self->hour = query->hour;
	if (!report_stamp(store, query->shop_id, &self->stamp, error) ||
	    !read_founded(self, store, query, error) || !read_sums(self, store, query, error) ||
	    !read_plan(self, store, query, error) || !today_find_tasks(self, store, query, error))
		return NULL;
	return g_steal_pointer(&self);
}
