/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/people/counter.h"
#include "backoffice/people/people.h"
#include "backoffice/people/person.h"
#include "backoffice/people/rights.h"
#include "backoffice/people/sight.h"
#include "backoffice/staff/hours_private.h"

#include <glib/gi18n-lib.h>
#include <jansson.h>

/* What managers write about hours. Nothing is changed in place: an entry is added or taken back. */

#define NOTE_MAX_CHARS 200
#define MINUTES_MAX 1440

void work_entry_free(WorkEntry *self)
{
	if (self == NULL)
		return;
	g_free(self->person);
	g_free(self->note);
	g_free(self->by);
	g_free(self);
}

static WorkEntry *entry_of_row(StoreStatement *row)
{
	WorkEntry *self = g_new0(WorkEntry, 1);

	self->id = store_get_int(row, 0);
	self->person_id = store_get_int(row, 1);
	self->person = g_strdup(store_get_text(row, 2));
	self->shop_id = store_get_int(row, 3);
	self->day = (int32_t)store_get_int(row, 4);
	self->is_interval = !store_is_null(row, 5);
	self->at = store_get_int(row, 5);
	self->until = store_get_int(row, 6);
	self->minutes = store_get_int(row, 7);
	self->note = g_strdup(store_get_text(row, 8));
	self->by_id = store_get_int(row, 9);
	self->by = g_strdup(store_get_text(row, 10));
	self->entered_at = store_get_int(row, 11);
	return self;
}

static void free_entry(gpointer entry)
{
	work_entry_free(entry);
}

GPtrArray *hours_entries(Store *store, int64_t person_id, int32_t from, int32_t to, GError **error)
{
	g_autoptr(GPtrArray) entries = g_ptr_array_new_with_free_func(free_entry);
	StoreStatement *row = store_statement(store, "office/staff/entries");
	StoreStep step;

	store_bind_int(row, 1, from);
	store_bind_int(row, 2, to);
	store_bind_int(row, 3, person_id);
	while ((step = store_step(row, error)) == STORE_ROW)
		g_ptr_array_add(entries, entry_of_row(row));
	return step == STORE_DONE ? g_steal_pointer(&entries) : NULL;
}

static bool refuse(GError **error, const char *text)
{
	g_set_error_literal(error, PEOPLE_ERROR, PEOPLE_ERROR_HOURS, text);
	return false;
}

static bool check(const WorkEntry *self, GError **error)
{
	if (g_utf8_strlen(self->note, -1) > NOTE_MAX_CHARS)
		return refuse(error, _("A note has at most 200 characters."));
	if (self->is_interval &&
	    (self->at <= 0 || self->until <= self->at || self->until - self->at > G_TIME_SPAN_DAY))
		return refuse(error, _("Work ends after it began, and within a day."));
	if (!self->is_interval && (self->minutes == 0 || ABS(self->minutes) > MINUTES_MAX))
		return refuse(error, _("A correction adds or takes away 1 minute to 24 hours."));
	return true;
}

/* An interval counts on the day on which it began. */
static bool find_day(Store *store, const WorkEntry *self, int32_t *ret, GError **error)
{
	g_autoptr(GHashTable) zones = hours_read_zones(store, error);
	HoursSetting setting;
	GTimeZone *zone;

	*ret = self->day;
	if (!self->is_interval)
		return zones != NULL;
	if (zones == NULL || !hours_get_setting(store, &setting, error))
		return false;
	zone = g_hash_table_lookup(zones, &self->shop_id);
	if (zone == NULL)
		return refuse(error, _("There is no such shop."));
	*ret = hours_day_of(self->at, zone, setting.day_begin);
	return true;
}

/* For the audit; own it. */
static char *dup_json(const WorkEntry *self, int32_t day)
{
	json_auto_t *object = json_pack("{s:i, s:s}", "day", (int)day, "note", self->note);
	char *text, *own;

	if (self->is_interval) {
		json_object_set_new(object, "at", json_integer(self->at));
		json_object_set_new(object, "until", json_integer(self->until));
	} else {
		json_object_set_new(object, "minutes", json_integer(self->minutes));
	}
	text = json_dumps(object, JSON_COMPACT);
	own = g_strdup(text);
	free(text);
	return own;
}

static void bind_entry(StoreStatement *insert, const WorkEntry *self, int32_t day)
{
	store_bind_int(insert, 2, self->person_id);
	store_bind_int(insert, 3, self->shop_id);
	store_bind_int(insert, 4, day);
	if (self->is_interval) {
		store_bind_int(insert, 5, self->at);
		store_bind_int(insert, 6, self->until);
		store_bind_null(insert, 7);
	} else {
		store_bind_null(insert, 5);
		store_bind_null(insert, 6);
		store_bind_int(insert, 7, self->minutes);
	}
	store_bind_text(insert, 8, self->note);
}

static bool add(Store *store, int64_t by, const WorkEntry *self, int64_t *ret_id, GError **error)
{
	g_autoptr(PersonFile) person = NULL;
	g_autofree char *after = NULL;
	StoreStatement *insert;
	int32_t day;

	if (!rights_require(store, by, RIGHT_HOURS, error) ||
	    !sight_require(store, by, self->shop_id, error) || !check(self, error))
		return false;
	person = person_read(store, self->person_id, error);
	if (person == NULL || !find_day(store, self, &day, error) ||
	    !counter_take(store, "work-entry", ret_id, error))
		return false;
	insert = store_statement(store, "office/staff/insert_entry");
	store_bind_int(insert, 1, *ret_id);
	bind_entry(insert, self, day);
	store_bind_int(insert, 9, by);
	store_bind_int(insert, 10, g_get_real_time());
	after = dup_json(self, day);
	return store_run(insert, error) &&
	       audit_change(store, by, "work-entry", person->name, NULL, after, error);
}

bool hours_add_entry(Store *store, int64_t by, const WorkEntry *entry, int64_t *ret_id,
		     GError **error)
{
	if (!store_begin(store, error))
		return false;
	if (!add(store, by, entry, ret_id, error)) {
		store_rollback(store);
		return false;
	}
	return store_commit(store, error);
}

/* NULL where it is gone. */
static WorkEntry *read_entry(Store *store, int64_t id, GError **error)
{
	StoreStatement *row = store_statement(store, "office/staff/entry");
	WorkEntry *self = NULL;
	StoreStep step;

	store_bind_int(row, 1, id);
	step = store_step(row, error);
	if (step == STORE_ROW) {
		self = g_new0(WorkEntry, 1);
		self->id = id;
		self->person_id = store_get_int(row, 0);
		self->shop_id = store_get_int(row, 1);
		self->day = (int32_t)store_get_int(row, 2);
		self->is_interval = !store_is_null(row, 3);
		self->at = store_get_int(row, 3);
		self->until = store_get_int(row, 4);
		self->minutes = store_get_int(row, 5);
		self->note = g_strdup(store_get_text(row, 6));
		store_reset(row);
	} else if (step == STORE_DONE) {
		refuse(error, _("Somebody took this entry back already."));
	}
	return self;
}

static bool drop(Store *store, int64_t by, const WorkEntry *self, GError **error)
{
	g_autoptr(PersonFile) person = person_read(store, self->person_id, error);
	g_autofree char *before = dup_json(self, self->day);
	StoreStatement *statement = store_statement(store, "office/staff/delete_entry");

	if (person == NULL || !rights_require(store, by, RIGHT_HOURS, error) ||
	    !sight_require(store, by, self->shop_id, error))
		return false;
	store_bind_int(statement, 1, self->id);
	return store_run(statement, error) &&
	       audit_change(store, by, "work-entry", person->name, before, NULL, error);
}

bool hours_remove_entry(Store *store, int64_t by, int64_t id, GError **error)
{
	WorkEntry *entry;
	bool ok;

	if (!store_begin(store, error))
		return false;
	entry = read_entry(store, id, error);
	ok = entry != NULL && drop(store, by, entry, error);
	work_entry_free(entry);
	if (ok)
		return store_commit(store, error);
	store_rollback(store);
	return false;
}
