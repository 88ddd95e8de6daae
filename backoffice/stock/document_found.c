/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/stock/document_found.h"

#include "backoffice/stock/count.h"
#include "backoffice/stock/document_json_out.h"

#include <glib/gi18n-lib.h>

/* --- in ------------------------------------------------------------------------------------ */

bool document_found_zone(JsonIn *self, const char *name, int64_t *ret, GError **error)
{
	StoreStatement *row = store_statement(self->store, "office/document/find_zone");
	StoreStep step;

	store_bind_int(row, 1, self->document->shop_id);
	store_bind_text(row, 2, name);
	step = store_step(row, error);
	*ret = step == STORE_ROW ? store_get_int(row, 0) : 0;
	store_reset(row);
	if (step == STORE_FAILED || *ret != 0)
		return step == STORE_ROW;
	return json_in_refuse(
		self, error,
		_("the shop has no zone “%s”. Write it down in the settings first, or "
		  "leave “zone” out."),
		name);
}

static bool find_person(JsonIn *self, const char *name, int64_t *ret, GError **error)
{
	StoreStatement *row = store_statement(self->store, "office/people/find_name");
	StoreStep step;

	store_bind_text(row, 1, name);
	step = store_step(row, error);
	if (step == STORE_ROW)
		*ret = store_get_int(row, 0);
	store_reset(row);
	if (step != STORE_DONE)
		return step == STORE_ROW;
	return json_in_refuse(self, error, _("nobody here is called “%s”."), name);
}

static bool read_entry(JsonIn *self, const json_t *json, CountEntry *ret, GError **error)
{
	const char *zone, *by;

	if (!json_in_text(self, json, "zone", &zone, error) ||
	    !json_in_text(self, json, "by", &by, error) ||
	    !json_in_whole(self, json, "pass", &ret->pass, error) ||
	    !json_in_moment(self, json, "at", &ret->at, error))
		return false;
	if (ret->pass == 0)
		ret->pass = 1;
	if (ret->at == 0)
		ret->at = self->document->at != 0 ? self->document->at : self->now;
	ret->person_id = self->person_id;
	return (zone == NULL || document_found_zone(self, zone, &ret->zone_id, error)) &&
	       (by == NULL || find_person(self, by, &ret->person_id, error));
}

static int compare(gconstpointer a, gconstpointer b)
{
	const CountEntry *first = a, *second = b;

#define DIFFER(field)                                                                              \
	if (first->field != second->field)                                                         \
	return first->field < second->field ? -1 : 1
	DIFFER(zone_id);
	DIFFER(item_id);
	DIFFER(pass);
	DIFFER(person_id);
#undef DIFFER
	return 0;
}

bool document_found_read(JsonIn *self, const json_t *json, const DocumentLine *line, GError **error)
{
	CountEntry entry = { .item_id = line->item_id, .quantity = line->quantity };

	if (line->quantity > DOCUMENT_QUANTITY_MAX)
		return json_in_refuse(self, error, _("“%s” is too large to be true."), "quantity");
	if (!read_entry(self, json, &entry, error))
		return false;
	if (self->document->found == NULL)
		self->document->found = g_array_new(false, false, sizeof(CountEntry));
	g_array_append_val(self->document->found, entry);
	return true;
}

static bool write_entry(Store *store, int64_t id, const CountEntry *entry, GError **error)
{
	StoreStatement *put = store_statement(store, "office/document/put_found");

	store_bind_int(put, 1, id);
	store_bind_int(put, 2, entry->zone_id);
	store_bind_int(put, 3, entry->item_id);
	store_bind_int(put, 4, entry->pass);
	store_bind_int(put, 5, entry->person_id);
	store_bind_int(put, 6, entry->quantity);
	store_bind_int(put, 7, entry->at);
	return store_run(put, error);
}

/* Scans of the same shelf by the same person add up: a data terminal gives a line a scan. */
bool document_found_write(Store *store, const Document *self, GError **error)
{
	GArray *found = self->found;

	if (found == NULL)
		return true;
	g_array_sort(found, compare);
	for (guint i = 0; i < found->len;) {
		CountEntry sum = g_array_index(found, CountEntry, i);

		for (i++; i < found->len; i++) {
			const CountEntry *more = &g_array_index(found, CountEntry, i);

			if (compare(&sum, more) != 0)
				break;
			sum.quantity = MIN(sum.quantity + more->quantity, DOCUMENT_QUANTITY_MAX);
			sum.at = MAX(sum.at, more->at);
		}
		if (!write_entry(store, self->id, &sum, error))
			return false;
	}
	return true;
}

/* --- out ----------------------------------------------------------------------------------- */

static json_t *entry_to_json(JsonOut *out, const CountEntry *entry, GError **error)
{
	json_t *line = json_object();

	if (json_out_goods(out, line, entry->item_id, error) &&
	    json_out_name(out, line, "zone", "office/document/zone_name", entry->zone_id, error) &&
	    json_out_name(out, line, "by", "office/document/person_name", entry->person_id,
			  error)) {
		json_out_quantity(line, "quantity", entry->quantity);
		json_out_moment(out, line, "at", entry->at);
		if (entry->pass != 1)
			json_object_set_new(line, "pass", json_integer(entry->pass));
		return line;
	}
	json_decref(line);
	return NULL;
}

static GArray *read_entries(Store *store, int64_t id, GError **error)
{
	g_autoptr(GArray) entries = g_array_new(false, true, sizeof(CountEntry));
	StoreStatement *row = store_statement(store, "office/document/found");
	StoreStep step;

	store_bind_int(row, 1, id);
	while ((step = store_step(row, error)) == STORE_ROW) {
		CountEntry entry = { .zone_id = store_get_int(row, 0),
				     .item_id = store_get_int(row, 1),
				     .pass = (int)store_get_int(row, 2),
				     .person_id = store_get_int(row, 3),
				     .quantity = store_get_int(row, 4),
				     .at = store_get_int(row, 5) };

		g_array_append_val(entries, entry);
	}
	return step == STORE_DONE ? g_steal_pointer(&entries) : NULL;
}

json_t *document_found_to_json(JsonOut *out, GError **error)
{
	g_autoptr(GArray) entries = read_entries(out->store, out->document->id, error);
	json_t *lines;

	if (entries == NULL)
		return NULL;
	lines = json_array();
	for (guint i = 0; i < entries->len; i++) {
		json_t *line = entry_to_json(out, &g_array_index(entries, CountEntry, i), error);

		if (line == NULL) {
			json_decref(lines);
			return NULL;
		}
		json_array_append_new(lines, line);
	}
	return lines;
}
