/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/staff/hours.h"

#include "backoffice/people/counter.h"
#include "backoffice/people/people.h"
#include "backoffice/people/rights.h"
#include "backoffice/people/shop.h"
#include "backoffice/staff/hours_private.h"
#include "backoffice/staff/staff_day.h"

#include <glib/gi18n-lib.h>

/* A stretch that reaches into the days asked for began at most so many days before. */
#define DAYS_AROUND 2
#define GAP_MAX 240
#define DAY_BEGIN_MAX 720

/* --- the setting --------------------------------------------------------------------------- */

static bool read_setting(Store *store, const char *name, int usual, int *ret, GError **error)
{
	StoreStatement *row = store_statement(store, "office/staff/setting");
	StoreStep step;

	store_bind_text(row, 1, name);
	step = store_step(row, error);
	*ret = step == STORE_ROW ? (int)g_ascii_strtoll(store_get_text(row, 0), NULL, 10) : usual;
	store_reset(row);
	return step != STORE_FAILED;
}

bool hours_get_setting(Store *store, HoursSetting *ret, GError **error)
{
	return read_setting(store, "work-gap", HOURS_GAP_USUAL, &ret->gap, error) &&
	       read_setting(store, "work-day-begin", 0, &ret->day_begin, error);
}

static bool write_setting(Store *store, const char *name, int value, GError **error)
{
	StoreStatement *put = store_statement(store, "office/staff/put_setting");
	g_autofree char *text = g_strdup_printf("%d", value);

	store_bind_text(put, 1, name);
	store_bind_text(put, 2, text);
	return store_run(put, error);
}

static char *dup_setting_json(const HoursSetting *self)
{
	return g_strdup_printf("{\"gap\":%d,\"day_begin\":%d}", self->gap, self->day_begin);
}

static bool change_setting(Store *store, int64_t by, const HoursSetting *setting, GError **error)
{
	g_autofree char *before = NULL, *after = dup_setting_json(setting);
	HoursSetting was;

	if (!rights_require(store, by, RIGHT_SETTINGS, error) ||
	    !hours_get_setting(store, &was, error))
		return false;
	if (setting->gap < 0 || setting->gap > GAP_MAX || setting->day_begin < 0 ||
	    setting->day_begin > DAY_BEGIN_MAX) {
		g_set_error(error, PEOPLE_ERROR, PEOPLE_ERROR_HOURS,
			    _("A gap that counts as work has 0 to %d minutes, and a working day "
			      "begins at midnight to noon."),
			    GAP_MAX);
		return false;
	}
	before = dup_setting_json(&was);
	return write_setting(store, "work-gap", setting->gap, error) &&
	       write_setting(store, "work-day-begin", setting->day_begin, error) &&
	       audit_change(store, by, "hours-setting", "", before, after, error);
}

bool hours_set_setting(Store *store, int64_t by, const HoursSetting *setting, GError **error)
{
	if (!store_begin(store, error))
		return false;
	if (!change_setting(store, by, setting, error)) {
		store_rollback(store);
		return false;
	}
	return store_commit(store, error);
}

/* --- reading ------------------------------------------------------------------------------- */

GHashTable *hours_read_zones(Store *store, GError **error)
{
	g_autoptr(GPtrArray) shops = shop_list(store, error);
	GHashTable *zones;

	if (shops == NULL)
		return NULL;
	zones = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free,
				      (GDestroyNotify)g_time_zone_unref);
	for (guint i = 0; i < shops->len; i++) {
		const Shop *shop = shops->pdata[i];
		GTimeZone *zone = g_time_zone_new_identifier(shop->timezone);

		g_hash_table_insert(zones, g_memdup2(&shop->id, sizeof shop->id),
				    zone != NULL ? zone : g_time_zone_new_utc());
	}
	return zones;
}

/* Where the interval ends that stands in @row, and whether that is the end. */
static void end_interval(StoreStatement *row, int64_t now, WorkInterval *self)
{
	int64_t closed = store_get_int(row, 4), opened = store_get_int(row, 5);

	self->open = store_is_null(row, 3);
	self->until = self->open ? now : store_get_int(row, 3);
	if (closed != 0 && opened < closed) {
		self->until = closed;
		self->open = false;
	}
	if (self->until - self->at > G_TIME_SPAN_DAY || self->until < self->at) {
		self->until = self->at;
		self->open = false;
		self->doubtful = true;
	}
}

static bool read_presence(Store *store, const HoursQuery *query, GArray *intervals, GError **error)
{
	StoreStatement *row = store_statement(store, "office/staff/presence");
	StoreStep step;

	store_bind_int(row, 1, staff_day_add(query->from, -DAYS_AROUND));
	store_bind_int(row, 2, staff_day_add(query->to, DAYS_AROUND));
	store_bind_int(row, 3, query->person_id);
	store_bind_int(row, 4, query->now);
	while ((step = store_step(row, error)) == STORE_ROW) {
		WorkInterval interval = { .person_id = store_get_int(row, 0),
					  .shop_id = store_get_int(row, 1),
					  .at = store_get_int(row, 2) };

		end_interval(row, query->now, &interval);
		g_array_append_val(intervals, interval);
	}
	return step == STORE_DONE;
}

static void add_interval(const WorkEntry *entry, GArray *intervals)
{
	WorkInterval interval = { .person_id = entry->person_id,
				  .shop_id = entry->shop_id,
				  .at = entry->at,
				  .until = entry->until };

	if (entry->is_interval)
		g_array_append_val(intervals, interval);
}

/* Corrections of minutes, to the day that is there or to one of their own. */
static void correct(GArray *days, const WorkEntry *entry)
{
	WorkDay fresh = { .person_id = entry->person_id,
			  .shop_id = entry->shop_id,
			  .day = entry->day,
			  .corrected = entry->minutes };

	for (guint i = 0; i < days->len; i++) {
		WorkDay *day = &g_array_index(days, WorkDay, i);

		if (day->person_id == entry->person_id && day->day == entry->day &&
		    day->shop_id == entry->shop_id) {
			day->corrected += entry->minutes;
			return;
		}
	}
	g_array_append_val(days, fresh);
}

/* Only what was asked for: what lies around it was needed to join. */
static GArray *narrow(const GArray *days, const HoursQuery *query)
{
	GArray *ret = g_array_new(false, true, sizeof(WorkDay));

	for (guint i = 0; i < days->len; i++) {
		const WorkDay *day = &g_array_index(days, WorkDay, i);

		if (day->day >= query->from && day->day <= query->to &&
		    (query->shop_id == 0 || day->shop_id == query->shop_id))
			g_array_append_vals(ret, day, 1);
	}
	return ret;
}

GArray *hours_list(Store *store, const HoursQuery *query, GError **error)
{
	g_autoptr(GArray) intervals = g_array_new(false, true, sizeof(WorkInterval));
	g_autoptr(GHashTable) zones = hours_read_zones(store, error);
	g_autoptr(GPtrArray) entries = NULL;
	g_autoptr(GArray) days = NULL;
	HoursSetting setting;

	if (zones == NULL || !hours_get_setting(store, &setting, error) ||
	    !read_presence(store, query, intervals, error))
		return NULL;
	entries = hours_entries(store, query->person_id, staff_day_add(query->from, -DAYS_AROUND),
				staff_day_add(query->to, DAYS_AROUND), error);
	if (entries == NULL)
		return NULL;
	g_ptr_array_foreach(entries, (GFunc)add_interval, intervals);
	days = hours_join(intervals, &setting, zones);
	for (guint i = 0; i < entries->len; i++) {
		const WorkEntry *entry = entries->pdata[i];

		if (!entry->is_interval)
			correct(days, entry);
	}
	hours_finish(days);
	return narrow(days, query);
}

char *hours_dup_text(int64_t minutes)
{
	return g_strdup_printf("%s%" G_GINT64_FORMAT ":%02d", minutes < 0 ? "−" : "",
			       ABS(minutes) / 60, (int)(ABS(minutes) % 60));
}
