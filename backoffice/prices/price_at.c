/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/prices/price_book.h"

struct PriceBook {
	/* owned */
	GPtrArray *kinds;

	/* borrowed */
	Store *store;

	int64_t shop_id, now;
	bool is_plain; /* the table has no row, and no kind but retail is there */
};

bool price_at(Store *store, int64_t item_id, int64_t kind_id, int64_t shop_id, int64_t at,
	      bool *ret_has, int64_t *ret, GError **error)
{
	g_autoptr(GPtrArray) kinds = price_kind_list(store, error);
	g_auto(Known) known = { 0 };
	int64_t amount = 0;

	if (kinds == NULL || !known_read(store, item_id, shop_id, &known, error))
		return false;
	*ret_has = known_price(&known, kinds, kind_id, shop_id, at, &amount);
	*ret = amount;
	return true;
}

/* --- what a till is told ------------------------------------------------------------------- */

static bool has_rows(Store *store, bool *ret, GError **error)
{
	StoreStatement *row = store_statement(store, "office/price/any_row");

	if (store_step(row, error) != STORE_ROW)
		return false;
	*ret = store_get_int(row, 0) != 0;
	store_reset(row);
	return true;
}

PriceBook *price_book_new(Store *store, int64_t shop_id, int64_t now, GError **error)
{
	g_autoptr(PriceBook) self = g_new0(PriceBook, 1);
	bool any = false;

	self->store = store;
	self->kinds = price_kind_list(store, error);
	self->shop_id = shop_id;
	self->now = now;
	if (self->kinds == NULL || !has_rows(store, &any, error))
		return NULL;
	self->is_plain = !any && self->kinds->len == 1;
	return g_steal_pointer(&self);
}

void price_book_free(PriceBook *self)
{
	if (self == NULL)
		return;
	g_clear_pointer(&self->kinds, g_ptr_array_unref);
	g_free(self);
}

static int compare_times(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* Moments to come at which prices of the kind @root may change; own it. */
static GArray *moments(const PriceBook *self, const Known *known, int64_t root)
{
	GArray *times = g_array_new(false, false, sizeof(int64_t));

	for (guint i = 0; i < known->rows->len; i++) {
		const KnownRow *row = &g_array_index(known->rows, KnownRow, i);

		if (row->kind_id == root && row->first_at > self->now)
			g_array_append_val(times, row->first_at);
	}
	g_array_sort(times, compare_times);
	return times;
}

/* Adds the price at @at where it is another than the one before it. */
static void add_at(const PriceBook *self, const Known *known, int64_t kind_id, int64_t at,
		   int64_t first_at, PriceRow *last, GArray *rows)
{
	PriceRow row = { .kind_id = kind_id, .first_at = first_at };

	row.has_amount = known_price(known, self->kinds, kind_id, self->shop_id, at, &row.amount);
	if (!row.has_amount)
		row.amount = 0;
	if (row.has_amount == last->has_amount && row.amount == last->amount)
		return;
	g_array_append_val(rows, row);
	*last = row;
}

static void add_kind(const PriceBook *self, const Known *known, const PriceKind *kind, GArray *rows)
{
	const PriceKind *root = kind_root(self->kinds, kind);
	PriceRow last = { 0 };
	g_autoptr(GArray) times = NULL;

	if (root == NULL)
		return;
	add_at(self, known, kind->id, self->now, 0, &last, rows);
	times = moments(self, known, root->id);
	for (guint i = 0; i < times->len; i++) {
		int64_t at = g_array_index(times, int64_t, i);

		add_at(self, known, kind->id, at, at, &last, rows);
	}
}

GArray *price_book_item(PriceBook *self, int64_t item_id, GError **error)
{
	g_autoptr(GArray) rows = g_array_new(false, false, sizeof(PriceRow));
	g_auto(Known) known = { 0 };

	if (!(self->is_plain ? known_read_item(self->store, item_id, &known, error)
			     : known_read(self->store, item_id, self->shop_id, &known, error)))
		return NULL;
	for (guint i = 0; i < self->kinds->len; i++)
		add_kind(self, &known, self->kinds->pdata[i], rows);
	return g_steal_pointer(&rows);
}

GArray *prices_of_item(Store *store, int64_t item_id, int64_t shop_id, int64_t now, GError **error)
{
	g_autoptr(PriceBook) book = price_book_new(store, shop_id, now, error);

	return book != NULL ? price_book_item(book, item_id, error) : NULL;
}
