/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/prices/price_book.h"

void known_clear(Known *self)
{
	g_clear_pointer(&self->rows, g_array_unref);
}

/* --- reading ------------------------------------------------------------------------------- */

static bool read_item(Store *store, int64_t item_id, Known *ret, GError **error)
{
	StoreStatement *row = store_statement(store, "office/price/item");
	StoreStep step;

	store_bind_int(row, 1, item_id);
	step = store_step(row, error);
	ret->is_there = step == STORE_ROW;
	if (step == STORE_ROW) {
		ret->has_price = !store_is_null(row, 0);
		ret->price = store_get_int(row, 0);
		ret->has_cost = !store_is_null(row, 1);
		ret->cost = store_get_int(row, 1);
		store_reset(row);
	}
	return step != STORE_FAILED;
}

static bool read_rows(Store *store, int64_t item_id, int64_t shop_id, GArray *rows, GError **error)
{
	StoreStatement *row = store_statement(store, "office/price/rows");
	StoreStep step;

	store_bind_int(row, 1, item_id);
	store_bind_int(row, 2, shop_id);
	while ((step = store_step(row, error)) == STORE_ROW) {
		KnownRow known = { .kind_id = store_get_int(row, 0),
				   .shop_id = store_get_int(row, 1),
				   .first_at = store_get_int(row, 2),
				   .has_amount = !store_is_null(row, 3),
				   .amount = store_get_int(row, 3) };

		g_array_append_val(rows, known);
	}
	return step == STORE_DONE;
}

bool known_read_item(Store *store, int64_t item_id, Known *ret, GError **error)
{
	*ret = (Known){ .rows = g_array_new(false, false, sizeof(KnownRow)) };
	return read_item(store, item_id, ret, error);
}

bool known_read(Store *store, int64_t item_id, int64_t shop_id, Known *ret, GError **error)
{
	return known_read_item(store, item_id, ret, error) &&
	       read_rows(store, item_id, shop_id, ret->rows, error);
}

/* --- kinds --------------------------------------------------------------------------------- */

const PriceKind *kind_find(const GPtrArray *kinds, int64_t id)
{
	for (guint i = 0; i < kinds->len; i++) {
		const PriceKind *kind = kinds->pdata[i];

		if (kind->id == id)
			return kind;
	}
	return NULL;
}

const PriceKind *kind_root(const GPtrArray *kinds, const PriceKind *kind)
{
	for (guint steps = 0; kind != NULL && steps <= kinds->len; steps++) {
		if (kind->basis != PRICE_OF_KIND)
			return kind;
		kind = kind_find(kinds, kind->of_kind);
	}
	return NULL;
}

/* --- what follows -------------------------------------------------------------------------- */

const KnownRow *known_own(const Known *self, int64_t kind_id, int64_t shop_id, int64_t at)
{
	const KnownRow *found = NULL;

	for (guint i = 0; i < self->rows->len; i++) {
		const KnownRow *row = &g_array_index(self->rows, KnownRow, i);

		if (row->kind_id == kind_id && row->shop_id == shop_id && row->first_at <= at)
			found = row; /* they come in the order of time */
	}
	return found;
}

const KnownRow *known_hand_row(const Known *self, int64_t kind_id, int64_t shop_id, int64_t at)
{
	const KnownRow *row = shop_id != 0 ? known_own(self, kind_id, shop_id, at) : NULL;

	return row != NULL && row->has_amount ? row : known_own(self, kind_id, 0, at);
}

static bool by_hand(const Known *self, int64_t kind_id, int64_t shop_id, int64_t at, int64_t *ret)
{
	const KnownRow *row = known_hand_row(self, kind_id, shop_id, at);

	if (row != NULL) {
		*ret = row->amount;
		return row->has_amount;
	}
	*ret = self->price;
	return kind_id == PRICE_RETAIL && self->has_price;
}

static bool follow(const Known *self, const GPtrArray *kinds, const PriceKind *kind,
		   int64_t shop_id, int64_t at, guint depth, int64_t *ret)
{
	int64_t from;

	if (kind == NULL || depth > kinds->len)
		return false;
	switch (kind->basis) {
	case PRICE_BY_HAND:
		return by_hand(self, kind->id, shop_id, at, ret);
	case PRICE_ON_COST:
		return self->has_cost && price_derive(kind, self->cost, ret);
	case PRICE_OF_KIND:
		return follow(self, kinds, kind_find(kinds, kind->of_kind), shop_id, at, depth + 1,
			      &from) &&
		       price_derive(kind, from, ret);
	case PRICE_N_BASES:
		break;
	}
	return false;
}

bool known_price(const Known *self, const GPtrArray *kinds, int64_t kind_id, int64_t shop_id,
		 int64_t at, int64_t *ret)
{
	return self->is_there &&
	       follow(self, kinds, kind_find(kinds, kind_id), shop_id, at, 0, ret);
}
