/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/stock/stock.h"

bool stock_state(Store *store, int64_t shop_id, int64_t item_id, StockState *ret, GError **error)
{
	StoreStatement *row = store_statement(store, "office/state/item");

	store_bind_int(row, 1, shop_id);
	store_bind_int(row, 2, item_id);
	if (store_step(row, error) != STORE_ROW)
		return false;
	*ret = (StockState){
		.item_id = item_id,
		.quantity = store_get_int(row, 0),
		.value = store_get_int(row, 1),
		.has_average = !store_is_null(row, 2),
		.average = store_get_int(row, 2),
		.on_the_way = store_get_int(row, 3),
		.ordered = store_get_int(row, 4),
	};
	store_reset(row);
	return true;
}

void batch_state_free(BatchState *self)
{
	if (self == NULL)
		return;
	g_free(self->code);
	g_free(self->name);
	g_free(self);
}

static void free_batch(gpointer batch)
{
	batch_state_free(batch);
}

GPtrArray *stock_batches(Store *store, int64_t shop_id, int64_t item_id, int32_t until,
			 GError **error)
{
	g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func(free_batch);
	StoreStatement *row = store_statement(store, "office/state/batches");
	StoreStep step;

	store_bind_int(row, 1, shop_id);
	store_bind_int(row, 2, item_id);
	store_bind_int(row, 3, until);
	while ((step = store_step(row, error)) == STORE_ROW) {
		BatchState *batch = g_new0(BatchState, 1);

		batch->batch_id = store_get_int(row, 0);
		batch->item_id = store_get_int(row, 1);
		batch->quantity = store_get_int(row, 2);
		batch->expiry = (int32_t)store_get_int(row, 3);
		batch->code = g_strdup(store_get_text(row, 4));
		batch->name = g_strdup(store_get_text(row, 5));
		g_ptr_array_add(list, batch);
	}
	return step == STORE_DONE ? g_steal_pointer(&list) : NULL;
}
