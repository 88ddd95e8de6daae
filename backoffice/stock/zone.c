/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/stock/count.h"

#include "backoffice/people/counter.h"

#include <glib/gi18n-lib.h>

#define NAME_MAX_CHARS 100

void zone_free(Zone *self)
{
	if (self == NULL)
		return;
	g_free(self->name);
	g_free(self);
}

static void free_zone(gpointer zone)
{
	zone_free(zone);
}

GPtrArray *zone_list(Store *store, int64_t shop_id, GError **error)
{
	g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func(free_zone);
	StoreStatement *row = store_statement(store, "office/count/zones");
	StoreStep step;

	store_bind_int(row, 1, shop_id);
	store_bind_int(row, 2, 0);
	while ((step = store_step(row, error)) == STORE_ROW) {
		Zone *zone = g_new0(Zone, 1);

		zone->id = store_get_int(row, 0);
		zone->name = g_strdup(store_get_text(row, 1));
		zone->sells = store_get_int(row, 2) != 0;
		g_ptr_array_add(list, zone);
	}
	return step == STORE_DONE ? g_steal_pointer(&list) : NULL;
}

/* --- writing ------------------------------------------------------------------------------- */

static bool check_name(Store *store, int64_t shop_id, const Zone *zone, const char *name,
		       GError **error)
{
	StoreStatement *row;
	StoreStep step;

	if (*name == '\0' || g_utf8_strlen(name, -1) > NAME_MAX_CHARS) {
		g_set_error(error, DOCUMENT_ERROR, DOCUMENT_ERROR_INVALID,
			    _("A zone's name has 1 to %d characters."), NAME_MAX_CHARS);
		return false;
	}
	row = store_statement(store, "office/count/zone_named");
	store_bind_int(row, 1, shop_id);
	store_bind_text(row, 2, name);
	store_bind_int(row, 3, zone->id);
	step = store_step(row, error);
	store_reset(row);
	if (step == STORE_ROW)
		g_set_error(error, DOCUMENT_ERROR, DOCUMENT_ERROR_TWICE,
			    _("There is already a zone “%s”: choose another name."), name);
	return step == STORE_DONE;
}

static bool take_id(Store *store, int64_t shop_id, int64_t *ret, GError **error)
{
	StoreStatement *row = store_statement(store, "office/count/next_zone");

	store_bind_int(row, 1, shop_id);
	if (store_step(row, error) != STORE_ROW)
		return false;
	*ret = store_get_int(row, 0);
	store_reset(row);
	return true;
}

static bool put_zone(Store *store, int64_t shop_id, Zone *zone, const char *name, int64_t person_id,
		     GError **error)
{
	const bool is_new = zone->id == 0;
	StoreStatement *put;

	if (!rights_require(store, person_id, RIGHT_SETTINGS, error) ||
	    !check_name(store, shop_id, zone, name, error) ||
	    (is_new && !take_id(store, shop_id, &zone->id, error)))
		return false;
	put = store_statement(store, "office/count/put_zone");
	store_bind_int(put, 1, shop_id);
	store_bind_int(put, 2, zone->id);
	store_bind_text(put, 3, name);
	store_bind_int(put, 4, zone->sells);
	return store_run(put, error) &&
	       audit_add(store, person_id, is_new ? "zone-add" : "zone-change", name,
			 zone->sells ? "sells" : "", error);
}

bool zone_write(Store *store, int64_t shop_id, Zone *zone, int64_t person_id, GError **error)
{
	g_autofree char *name = g_strstrip(g_strdup(zone->name));
	const int64_t id = zone->id;

	if (!store_begin(store, error))
		return false;
	if (put_zone(store, shop_id, zone, name, person_id, error) && store_commit(store, error))
		return true;
	store_rollback(store);
	zone->id = id;
	return false;
}

static bool drop_zone(Store *store, int64_t shop_id, int64_t id, int64_t person_id, GError **error)
{
	StoreStatement *row = store_statement(store, "office/count/zone");
	StoreStatement *delete;
	g_autofree char *name = NULL;
	StoreStep step;

	if (!rights_require(store, person_id, RIGHT_SETTINGS, error))
		return false;
	store_bind_int(row, 1, shop_id);
	store_bind_int(row, 2, id);
	step = store_step(row, error);
	if (step != STORE_ROW) {
		if (step == STORE_DONE)
			g_set_error(error, DOCUMENT_ERROR, DOCUMENT_ERROR_GONE,
				    _("This zone is deleted already."));
		return false;
	}
	name = g_strdup(store_get_text(row, 0));
	store_reset(row);
	delete = store_statement(store, "office/count/delete_zone");
	store_bind_int(delete, 1, shop_id);
	store_bind_int(delete, 2, id);
	return store_run(delete, error) &&
	       audit_add(store, person_id, "zone-delete", name, "", error);
}

bool zone_delete(Store *store, int64_t shop_id, int64_t id, int64_t person_id, GError **error)
{
	if (!store_begin(store, error))
		return false;
	if (drop_zone(store, shop_id, id, person_id, error) && store_commit(store, error))
		return true;
	store_rollback(store);
	return false;
}
