/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/staff/hours_private.h"
#include "backoffice/staff/staff_day.h"

/* Intervals of work become days of work. */

static int by_person_and_time(const void *a, const void *b)
{
	const WorkInterval *x = a, *y = b;

	if (x->person_id != y->person_id)
		return x->person_id < y->person_id ? -1 : 1;
	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	if (x->shop_id != y->shop_id)
		return x->shop_id < y->shop_id ? -1 : 1;
	return x->until < y->until ? -1 : x->until > y->until;
}

int32_t hours_day_of(int64_t at, GTimeZone *zone, int day_begin)
{
	g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(at / G_USEC_PER_SEC);
	g_autoptr(GDateTime) here = g_date_time_to_timezone(utc, zone);
	int minute = g_date_time_get_hour(here) * 60 + g_date_time_get_minute(here);
	int32_t day = g_date_time_get_year(here) * 10000 + g_date_time_get_month(here) * 100 +
		      g_date_time_get_day_of_month(here);

	/* By the hands of the clock: a day of 23 hours begins at the same hour. */
	return minute < day_begin ? staff_day_add(day, -1) : day;
}

/* The row of that day and shop; days of one person come one after another. */
static WorkDay *take_day(GArray *days, guint first, int64_t person_id, int32_t day, int64_t shop_id)
{
	WorkDay fresh = { .person_id = person_id, .shop_id = shop_id, .day = day };

	for (guint i = days->len; i > first; i--) {
		WorkDay *there = &g_array_index(days, WorkDay, i - 1);

		if (there->day == day && there->shop_id == shop_id)
			return there;
	}
	g_array_append_val(days, fresh);
	return &g_array_index(days, WorkDay, days->len - 1);
}

static void add_piece(WorkDay *self, int64_t at, int64_t until)
{
	self->worked += until - at;
	self->first = self->first == 0 ? at : MIN(self->first, at);
	self->last = MAX(self->last, until);
}

/* The end of the next piece of time in which nothing begins or ends, after @at. */
static int64_t next_border(const WorkInterval *all, guint n, int64_t at)
{
	int64_t next = INT64_MAX;

	for (guint i = 0; i < n; i++) {
		if (all[i].at > at)
			next = MIN(next, all[i].at);
		if (all[i].until > at)
			next = MIN(next, all[i].until);
	}
	return next;
}

/* Where somebody was right after @at: where they logged in last; NULL in a gap. */
static const WorkInterval *where_at(const WorkInterval *all, guint n, int64_t at)
{
	const WorkInterval *newest = NULL;

	for (guint i = 0; i < n; i++)
		if (all[i].at <= at && all[i].until > at)
			newest = &all[i]; /* they are in order of time */
	return newest;
}

/* One stretch of @n intervals into the days of its person, which begin at @first. */
static void add_stretch(GArray *days, guint first, const WorkInterval *all, guint n, int64_t end,
			const HoursSetting *setting, GHashTable *zones)
{
	GTimeZone *zone = g_hash_table_lookup(zones, &all[0].shop_id);
	int32_t day = hours_day_of(all[0].at, zone, setting->day_begin);
	int64_t shop_id = all[0].shop_id;

	for (int64_t at = all[0].at, next; at < end; at = next) {
		const WorkInterval *here = where_at(all, n, at);

		next = next_border(all, n, at);
		if (here != NULL)
			shop_id = here->shop_id; /* a gap belongs to where they were */
		add_piece(take_day(days, first, all[0].person_id, day, shop_id), at, next);
	}
	for (guint i = 0; i < n; i++) {
		WorkDay *of = take_day(days, first, all[0].person_id, day, all[i].shop_id);

		of->open |= all[i].open;
		of->doubtful |= all[i].doubtful;
		if (of->first == 0)
			of->first = of->last = all[i].at;
	}
}

static int by_person_day_shop(const void *a, const void *b)
{
	const WorkDay *x = a, *y = b;

	if (x->person_id != y->person_id)
		return x->person_id < y->person_id ? -1 : 1;
	if (x->day != y->day)
		return x->day < y->day ? -1 : 1;
	return x->shop_id < y->shop_id ? -1 : x->shop_id > y->shop_id;
}

void hours_finish(GArray *days)
{
	for (guint i = 0; i < days->len; i++) {
		WorkDay *day = &g_array_index(days, WorkDay, i);
		int64_t minutes = (day->worked + MINUTE / 2) / MINUTE + day->corrected;

		day->minutes = MAX(minutes, 0);
	}
	g_array_sort(days, by_person_day_shop);
}

GArray *hours_join(const GArray *intervals, const HoursSetting *setting, GHashTable *zones)
{
	g_autoptr(GArray) sorted = g_array_copy((GArray *)intervals);
	GArray *days = g_array_new(false, true, sizeof(WorkDay));
	const WorkInterval *all = (const WorkInterval *)sorted->data;
	guint first_day = 0;

	g_array_sort(sorted, by_person_and_time);
	all = (const WorkInterval *)sorted->data;
	for (guint i = 0, n; i < sorted->len; i += n) {
		int64_t end = all[i].until;

		if (i == 0 || all[i].person_id != all[i - 1].person_id)
			first_day = days->len;
		for (n = 1;
		     i + n < sorted->len && all[i + n].person_id == all[i].person_id &&
		     (all[i + n].at <= end || all[i + n].at - end < (int64_t)setting->gap * MINUTE);
		     n++)
			end = MAX(end, all[i + n].until);
		add_stretch(days, first_day, &all[i], n, end, setting, zones);
	}
	hours_finish(days);
	return days;
}
