/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/store.h"

/* How long people worked: from when they logged in at tills to when they left (table presence), and
 * from what managers wrote beside it (work_entry).
 *
 * Intervals of one person are joined: what overlaps counts once, and a gap shorter than the setting
 * (customers gone, screen locked) was work too. Such a stretch counts on the day on which it began
 * by the clock of its first shop, also past midnight, and within it each moment in the shop of the
 * newest log-in. Where a shift was closed and nobody opened another, the work ended with it. What
 * lasted longer than a day without any end is no work that anybody can swear to: it counts nothing
 * and is marked, until a manager writes down how it was. */

typedef struct {
	int64_t person_id, shop_id;
	int64_t at, until; /* UTC microseconds, at ≤ until */
	bool open, doubtful; /* still there; without an end: until = at */
} WorkInterval;

typedef struct {
	int gap; /* minutes; a gap shorter than it counts */
	int day_begin; /* minutes after midnight: before it, it is still the day before */
} HoursSetting;
#define HOURS_GAP_USUAL 30
bool hours_get_setting(Store *store, HoursSetting *ret, GError **error);
bool hours_set_setting(Store *store, int64_t by, const HoursSetting *setting, GError **error);

/* What somebody worked on a day in a shop. */
typedef struct {
	int64_t person_id, shop_id;
	int32_t day; /* YYYYMMDD */
	int64_t first, last; /* UTC microseconds; 0: no till and no entry has any */
	int64_t worked; /* microseconds, before corrections */
	int64_t corrected; /* minutes, may be negative */
	bool open, doubtful;
	int64_t minutes; /* of work: worked, rounded half up, and corrected; never below 0 */
} WorkDay;

/* @zones: shop id (as pointer to int64_t) → GTimeZone; @intervals of WorkInterval in any order.
 * Gives an array of WorkDay by person, day and shop, without corrections. No clock, no database. */
GArray *hours_join(const GArray *intervals, const HoursSetting *setting, GHashTable *zones);

typedef struct {
	int64_t shop_id, person_id; /* 0: all */
	int32_t from, to; /* both included */
	int64_t now; /* UTC microseconds: who is still there has worked until then */
} HoursQuery;
/* Array of WorkDay by person, day and shop. */
GArray *hours_list(Store *store, const HoursQuery *query, GError **error);

/* "152:30" of minutes; own it. */
char *hours_dup_text(int64_t minutes);

/* --- what managers write --- */

typedef struct {
	int64_t id, person_id, shop_id, by_id, entered_at;
	int32_t day;
	bool is_interval; /* else: so many minutes more or less */
	int64_t at, until, minutes;
	char *person, *note, *by; /* owned */
} WorkEntry;
void work_entry_free(WorkEntry *self);

/* Array of WorkEntry, frees its elements. @person_id 0: all. */
GPtrArray *hours_entries(Store *store, int64_t person_id, int32_t from, int32_t to, GError **error);
/* All ask for RIGHT_HOURS and for the shop, and are in the audit. Fields that are read: person,
 * shop, day (of minutes alone; an interval counts on the day it began), interval or minutes, note.
 */
bool hours_add_entry(Store *store, int64_t by, const WorkEntry *entry, int64_t *ret_id,
		     GError **error);
bool hours_remove_entry(Store *store, int64_t by, int64_t id, GError **error);
