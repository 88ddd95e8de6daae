/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/goods/price_note.h"
#include "backoffice/prices/price_book.h"
#include "backoffice/prices/price_write.h"

/* One transaction holds every other writer off for as long as it lasts. */
#define AT_ONCE 2000

typedef struct {
	int64_t item_id, kind_id, shop_id, first_at;
	bool has_amount;
	int64_t amount;
} DueRow;

static bool read_due(Store *store, int64_t now, int max, GArray *rows, GError **error)
{
	StoreStatement *row = store_statement(store, "office/price/due");
	StoreStep step;

	store_bind_int(row, 1, now);
	store_bind_int(row, 2, max);
	while ((step = store_step(row, error)) == STORE_ROW) {
		DueRow due = { .item_id = store_get_int(row, 0),
			       .kind_id = store_get_int(row, 1),
			       .shop_id = store_get_int(row, 2),
			       .first_at = store_get_int(row, 3),
			       .has_amount = !store_is_null(row, 4),
			       .amount = store_get_int(row, 4) };

		g_array_append_val(rows, due);
	}
	return step == STORE_DONE;
}

static bool run_on_key(Store *store, const char *name, const DueRow *row, GError **error)
{
	StoreStatement *statement = store_statement(store, name);

	store_bind_int(statement, 1, row->item_id);
	store_bind_int(statement, 2, row->kind_id);
	store_bind_int(statement, 3, row->shop_id);
	store_bind_int(statement, 4, row->first_at);
	return store_run(statement, error);
}

/* Who had set it. */
static bool find_setter(Store *store, const DueRow *row, int64_t *ret, GError **error)
{
	StoreStatement *find = store_statement(store, "office/price/setter");
	StoreStep step;

	store_bind_int(find, 1, row->item_id);
	store_bind_int(find, 2, row->kind_id);
	store_bind_int(find, 3, row->shop_id);
	store_bind_int(find, 4, row->first_at);
	step = store_step(find, error);
	*ret = step == STORE_ROW ? store_get_int(find, 0) : 0;
	store_reset(find);
	return step != STORE_FAILED;
}

static bool note_due(Store *store, const DueRow *row, const Known *known, GError **error)
{
	PriceNote note = { .item_id = row->item_id,
			   .kind_id = row->kind_id,
			   .shop_id = row->shop_id,
			   .first_at = row->first_at,
			   .has_before = known->has_price,
			   .before = known->price,
			   .has_after = row->has_amount,
			   .after = row->amount,
			   .how = "due" };

	return find_setter(store, row, &note.person_id, error) && price_note(store, &note, error);
}

static bool move_retail(Store *store, const DueRow *row, Touched *touched, GError **error)
{
	g_auto(Known) known = { 0 };

	touched_add(touched, row->item_id);
	return known_read(store, row->item_id, 0, &known, error) &&
	       run_on_key(store, "office/price/end_rows", row, error) &&
	       price_write_item(store, row->item_id, row->has_amount, row->amount, error) &&
	       note_due(store, row, &known, error);
}

/* Tills know it and have gone over by themselves: only the row finds its place. */
static bool settle(Store *store, const DueRow *row, GError **error)
{
	return run_on_key(store, "office/price/end_before", row, error) &&
	       run_on_key(store,
			  row->has_amount ? "office/price/settle_row" : "office/price/drop_row",
			  row, error);
}

static bool move_rows(Store *store, const GArray *rows, GError **error)
{
	g_autoptr(Touched) touched = touched_new();

	for (guint i = 0; i < rows->len; i++) {
		const DueRow *row = &g_array_index(rows, DueRow, i);
		bool retail = row->kind_id == PRICE_RETAIL && row->shop_id == 0;

		if (!(retail ? move_retail(store, row, touched, error) : settle(store, row, error)))
			return false;
	}
	return touched_write(touched, store, error);
}

static bool move_some(Store *store, int64_t now, guint *ret_n, GError **error)
{
	g_autoptr(GArray) rows = g_array_new(false, false, sizeof(DueRow));

	if (!store_begin(store, error))
		return false;
	if (!read_due(store, now, AT_ONCE, rows, error) || !move_rows(store, rows, error)) {
		store_rollback(store);
		return false;
	}
	*ret_n = rows->len;
	return store_commit(store, error);
}

bool prices_come_due(Store *store, int64_t now, int64_t *ret_n, GError **error)
{
	g_autoptr(GArray) first = g_array_new(false, false, sizeof(DueRow));
	guint n;

	*ret_n = 0;
	if (!read_due(store, now, 1, first, error))
		return false;
	if (first->len == 0)
		return true;
	do {
		if (!move_some(store, now, &n, error))
			return false;
		*ret_n += n;
	} while (n == AT_ONCE);
	return true;
}
