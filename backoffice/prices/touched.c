/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/people/counter.h"
#include "backoffice/prices/price_write.h"

struct Touched {
	/* owned */
	GArray *ids; /* in the order they came */
	GHashTable *seen;
};

Touched *touched_new(void)
{
	Touched *self = g_new0(Touched, 1);

	self->ids = g_array_new(false, false, sizeof(int64_t));
	self->seen = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
	return self;
}

void touched_free(Touched *self)
{
	if (self == NULL)
		return;
	g_array_unref(self->ids);
	g_hash_table_unref(self->seen);
	g_free(self);
}

void touched_add(Touched *self, int64_t item_id)
{
	if (g_hash_table_add(self->seen, g_memdup2(&item_id, sizeof item_id)))
		g_array_append_val(self->ids, item_id);
}

guint touched_count(const Touched *self)
{
	return self->ids->len;
}

bool touched_write(Touched *self, Store *store, GError **error)
{
	int64_t revision;

	if (self->ids->len == 0)
		return true;
	if (!counter_take_many(store, "revision", self->ids->len, &revision, error))
		return false;
	for (guint i = 0; i < self->ids->len; i++) {
		StoreStatement *touch = store_statement(store, "office/item/touch");

		store_bind_int(touch, 1, g_array_index(self->ids, int64_t, i));
		store_bind_int(touch, 2, revision + i);
		if (!store_run(touch, error))
			return false;
	}
	return true;
}

static bool count_items(Store *store, int64_t *ret, GError **error)
{
	StoreStatement *row = store_statement(store, "office/goods/count");

	if (store_step(row, error) != STORE_ROW)
		return false;
	*ret = store_get_int(row, 0);
	store_reset(row);
	return true;
}

bool touch_all_items(Store *store, GError **error)
{
	StoreStatement *touch;
	int64_t n, revision;

	if (!count_items(store, &n, error))
		return false;
	if (n == 0)
		return true;
	if (!counter_take_many(store, "revision", n, &revision, error))
		return false;
	touch = store_statement(store, "office/price/touch_all");
	store_bind_int(touch, 1, revision);
	return store_run(touch, error);
}
