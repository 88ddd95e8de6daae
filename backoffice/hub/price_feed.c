/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/hub/price_feed.h"

typedef struct {
	bool has;
	int64_t amount;
} Amount;

/* What is in force at one moment of one kind, by who set it. */
typedef struct {
	Amount all, own;
	Amount told; /* the last that was put into the list */
} InForce;

static bool same(Amount a, Amount b)
{
	return a.has == b.has && (!a.has || a.amount == b.amount);
}

/* The moment @at of @kind is complete: it is told if it changes anything. */
static void tell(InForce *self, int64_t kind, int64_t at, GArray *ret)
{
	Amount now = self->own.has ? self->own : self->all;
	GoodsPrice price = { .kind = kind,
			     .first_at = at,
			     .has_amount = now.has,
			     .amount = now.has ? now.amount : 0 };

	if (same(now, self->told))
		return;
	self->told = now;
	g_array_append_val(ret, price);
}

bool price_feed_read(Store *store, int64_t item_id, int64_t shop_id, GArray *ret, GError **error)
{
	StoreStatement *read = store_statement(store, "office/sync/prices");
	InForce force = { 0 };
	int64_t kind = 0, at = 0;
	StoreStep step;

	g_array_set_size(ret, 0);
	store_bind_int(read, 1, item_id);
	store_bind_int(read, 2, shop_id);
	while ((step = store_step(read, error)) == STORE_ROW) {
		int64_t row_kind = store_get_int(read, 0), row_at = store_get_int(read, 1);
		Amount amount = { !store_is_null(read, 3), store_get_int(read, 3) };

		if (row_kind != kind || row_at != at)
			tell(&force, kind, at, ret);
		if (row_kind != kind)
			force = (InForce){ 0 };
		kind = row_kind;
		at = row_at;
		*(store_get_int(read, 2) == 0 ? &force.all : &force.own) = amount;
	}
	tell(&force, kind, at, ret);
	return step == STORE_DONE;
}
