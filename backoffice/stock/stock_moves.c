/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/stock/stock.h"

#include <glib/gi18n-lib.h>

void stock_move_free(StockMove *self)
{
	if (self == NULL)
		return;
	g_free(self->kind);
	g_free(self->number);
	g_free(self->person);
	g_free(self);
}

static void free_move(gpointer move)
{
	stock_move_free(move);
}

static StockMove *move_of_row(StoreStatement *row)
{
	StockMove *self = g_new0(StockMove, 1);

	self->id = store_get_int(row, 0);
	self->at = store_get_int(row, 1);
	self->kind = g_strdup(store_get_text(row, 2));
	self->quantity = store_get_int(row, 3);
	self->value = store_get_int(row, 4);
	self->balance = store_get_int(row, 5);
	self->number = g_strdup(store_get_text(row, 6));
	self->document_id = store_get_int(row, 7);
	self->person = g_strdup(store_is_null(row, 8) ? _("command line") : store_get_text(row, 8));
	return self;
}

GPtrArray *stock_moves(Store *store, int64_t shop_id, int64_t item_id, int max, GError **error)
{
	g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func(free_move);
	StoreStatement *row = store_statement(store, "office/state/moves");
	StoreStep step;

	store_bind_int(row, 1, shop_id);
	store_bind_int(row, 2, item_id);
	store_bind_int(row, 3, max);
	while ((step = store_step(row, error)) == STORE_ROW)
		g_ptr_array_add(list, move_of_row(row));
	return step == STORE_DONE ? g_steal_pointer(&list) : NULL;
}
