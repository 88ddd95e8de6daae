/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/prices/prices.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const struct {
	const char *code, *title;
} hows[] = {
	{ "hand", N_("by hand") },
	{ "import", N_("import of a list") },
	{ "edit", N_("change of many goods") },
	{ "derived", N_("the kind of price follows from another now") },
	{ "undo", N_("change taken back") },
	{ "receiving", N_("delivery") },
	{ "due", N_("its time has come") },
	{ "cancel", N_("taken back before it began") },
};

const char *price_how_title(const char *how)
{
	for (size_t i = 0; i < G_N_ELEMENTS(hows); i++)
		if (strcmp(how, hows[i].code) == 0)
			return g_dgettext(GETTEXT_PACKAGE, hows[i].title);
	return how;
}

void price_change_free(PriceChange *self)
{
	if (self == NULL)
		return;
	g_free(self->how);
	g_free(self->person);
	g_free(self->kind);
	g_free(self->item);
	g_free(self);
}

static void free_change(gpointer change)
{
	price_change_free(change);
}

static char *dup_kind(StoreStatement *row, int id, int name)
{
	PriceKind kind = { .id = store_get_int(row, id),
			   .name = (char *)store_get_text(row, name) };

	return g_strdup(kind.name != NULL ? price_kind_title(&kind) : "");
}

static char *dup_person(StoreStatement *row, int id, int name)
{
	const char *text = store_get_text(row, name);

	if (store_get_int(row, id) == 0)
		return g_strdup(_("command line"));
	return g_strdup(text != NULL ? text : "");
}

/* In the order of office/price/history and office/price/coming. */
static PriceChange *change_of_row(StoreStatement *row)
{
	PriceChange *self = g_new0(PriceChange, 1);
	const char *item = store_get_text(row, 12);

	self->id = store_get_int(row, 0);
	self->at = store_get_int(row, 1);
	self->person_id = store_get_int(row, 2);
	self->item_id = store_get_int(row, 3);
	self->kind_id = store_get_int(row, 4);
	self->shop_id = store_get_int(row, 5);
	self->first_at = store_get_int(row, 6);
	self->has_before = !store_is_null(row, 7);
	self->before = store_get_int(row, 7);
	self->has_after = !store_is_null(row, 8);
	self->after = store_get_int(row, 8);
	self->how = g_strdup(store_get_text(row, 9));
	self->person = dup_person(row, 2, 10);
	self->kind = dup_kind(row, 4, 11);
	self->item = g_strdup(item != NULL ? item : "");
	return self;
}

static GPtrArray *read_all(StoreStatement *row, GError **error)
{
	g_autoptr(GPtrArray) changes = g_ptr_array_new_with_free_func(free_change);
	StoreStep step;

	while ((step = store_step(row, error)) == STORE_ROW)
		g_ptr_array_add(changes, change_of_row(row));
	return step == STORE_DONE ? g_steal_pointer(&changes) : NULL;
}

GPtrArray *price_history(Store *store, int64_t item_id, int max, GError **error)
{
	StoreStatement *row = store_statement(store, item_id != 0 ? "office/price/history"
								  : "office/price/history_of_all");

	store_bind_int(row, 1, max);
	if (item_id != 0)
		store_bind_int(row, 2, item_id);
	return read_all(row, error);
}

GPtrArray *prices_coming(Store *store, int64_t item_id, int64_t now, int max, GError **error)
{
	StoreStatement *row = store_statement(store, item_id != 0 ? "office/price/coming"
								  : "office/price/coming_of_all");

	store_bind_int(row, 1, max);
	store_bind_int(row, 2, now);
	if (item_id != 0)
		store_bind_int(row, 3, item_id);
	return read_all(row, error);
}
