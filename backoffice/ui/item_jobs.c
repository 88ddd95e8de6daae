/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/item_jobs.h"

ItemOrder *item_order_new(ItemVerb verb, int64_t id, const OfficeDesk *desk)
{
	ItemOrder *self = g_new0(ItemOrder, 1);

	self->verb = verb;
	self->id = id;
	self->person_id = office_desk_get_person_id(desk);
	return self;
}

void item_order_free(void *order)
{
	ItemOrder *self = order;

	item_free(self->item);
	tax_names_free(self->taxes);
	g_clear_pointer(&self->picture, g_bytes_unref);
	g_free(self->code);
	for (int i = 0; i < 2; i++) {
		g_free(self->axes[i]);
		g_strfreev(self->values[i]);
	}
	g_free(self);
}

static bool gone(GError **error)
{
	if (error != NULL && *error == NULL)
		g_set_error(error, GOODS_ERROR, GOODS_ERROR_GONE, "the item is gone");
	return false;
}

static bool load(ItemOrder *self, Store *store, GError **error)
{
	GError *failed = NULL;

	self->taxes = tax_names_read(store, error);
	if (self->taxes == NULL)
		return false;
	if (self->id == 0) {
		self->item = item_new(tax_names_get_usual(self->taxes));
		return true;
	}
	self->item = item_read(store, self->id, error);
	if (self->item == NULL)
		return gone(error);
	self->picture = item_get_picture(store, self->id, &failed);
	if (failed == NULL)
		return true;
	g_propagate_error(error, failed);
	return false;
}

static bool give_barcode(ItemOrder *self, Store *store, GError **error)
{
	if (!store_begin(store, error))
		return false;
	self->code = item_next_barcode(store, error);
	if (self->code == NULL) {
		store_rollback(store);
		return false;
	}
	return store_commit(store, error);
}

static bool make_variants(ItemOrder *self, Store *store, GError **error)
{
	int64_t family = self->item->family_id;

	return family_make_variants(store, &family, self->axes[0], self->axes[1], self->item,
				    (const char *const *)self->values[0],
				    (const char *const *)self->values[1], self->person_id,
				    &self->made, error);
}

static bool carry_out(ItemOrder *self, Store *store, GError **error)
{
	switch (self->verb) {
	case ITEM_LOAD:
		return load(self, store, error);
	case ITEM_SAVE:
		return item_write(store, self->item, self->person_id, error);
	case ITEM_DELETE:
		return item_delete(store, self->id, self->revision, self->person_id, error);
	case ITEM_GIVE_BARCODE:
		return give_barcode(self, store, error);
	case ITEM_SET_PICTURE:
		return item_set_picture(store, self->id, self->picture, self->person_id, error);
	case ITEM_MAKE_VARIANTS:
		return make_variants(self, store, error);
	}
	g_return_val_if_reached(false);
}

void item_order_job(GTask *task, Store *store)
{
	GError *error = NULL;

	if (carry_out(g_task_get_task_data(task), store, &error))
		g_task_return_boolean(task, true);
	else
		g_task_return_error(task, error);
}
