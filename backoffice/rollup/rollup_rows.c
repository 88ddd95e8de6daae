/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/rollup/rollup_private.h"

#include "backoffice/people/counter.h"

/* How a table is written: its statement takes shop, day, the key and then the sums. */
typedef struct {
	const char *statement;
	int n_numbers; /* of the key */
	int text; /* parameter that the key's text is; 0: it has none */
	int first; /* parameter of the first sum */
	void (*bind)(StoreStatement *put, int first, const RollupRow *row);
} Writing;

static void bind_amounts(StoreStatement *put, int first, const RollupAmounts *amounts)
{
	store_bind_int(put, first, amounts->gross);
	store_bind_int(put, first + 1, amounts->discount);
	store_bind_int(put, first + 2, amounts->tax);
	store_bind_int(put, first + 3, amounts->added);
	store_bind_int(put, first + 4, amounts->net);
}

static void bind_goods(StoreStatement *put, int first, const RollupRow *row)
{
	store_bind_int(put, first, row->receipts);
	store_bind_int(put, first + 1, row->quantity);
	bind_amounts(put, first + 2, &row->amounts);
	store_bind_int(put, first + 7, row->cost);
}

static void bind_hour(StoreStatement *put, int first, const RollupRow *row)
{
	store_bind_int(put, first, row->receipts);
	store_bind_int(put, first + 1, row->returns);
	store_bind_int(put, first + 2, row->returned);
	store_bind_int(put, first + 3, row->lines);
	bind_amounts(put, first + 4, &row->amounts);
	store_bind_int(put, first + 9, row->rounding);
	store_bind_int(put, first + 10, row->cost);
}

static void bind_payment(StoreStatement *put, int first, const RollupRow *row)
{
	store_bind_int(put, first, row->receipts);
	store_bind_int(put, first + 1, row->amount);
}

static void bind_tax(StoreStatement *put, int first, const RollupRow *row)
{
	store_bind_int(put, first, row->base);
	store_bind_int(put, first + 1, row->amount);
}

static const Writing writings[] = {
	[ROLLUP_ITEM] = { "office/rollup/add_item", 2, 5, 6, bind_goods },
	[ROLLUP_GROUP] = { "office/rollup/add_group", 1, 0, 4, bind_goods },
	[ROLLUP_HOUR] = { "office/rollup/add_hour", 3, 0, 6, bind_hour },
	[ROLLUP_PAYMENT] = { "office/rollup/add_payment", 2, 5, 6, bind_payment },
	[ROLLUP_TAX] = { "office/rollup/add_tax", 2, 5, 6, bind_tax },
};

/* What the table's checks refuse is a sum that does not fit. */
static bool put_row(StoreStatement *put, const RollupRow *row, GError **error)
{
	g_autoptr(GError) local = NULL;

	if (store_run(put, &local))
		return true;
	if (!g_error_matches(local, STORE_ERROR, STORE_ERROR_CONSTRAINT)) {
		g_propagate_error(error, g_steal_pointer(&local));
		return false;
	}
	g_set_error(error, ROLLUP_ERROR, ROLLUP_ERROR_TOO_LARGE,
		    "a sum of the sales of %d would not fit: %s", row->key.day, local->message);
	return false;
}

static bool write_row(const Rollup *self, const Writing *how, const RollupRow *row, GError **error)
{
	StoreStatement *put = store_statement(self->store, how->statement);

	store_bind_int(put, 1, self->shop_id);
	store_bind_int(put, 2, row->key.day);
	for (int i = 0; i < how->n_numbers; i++)
		store_bind_int(put, 3 + i, row->key.numbers[i]);
	if (how->text != 0)
		store_bind_text(put, how->text, row->key.text);
	how->bind(put, how->first, row);
	return put_row(put, row, error);
}

static bool write_table(const Rollup *self, RollupTable table, GError **error)
{
	GHashTableIter iter;
	gpointer row;

	g_hash_table_iter_init(&iter, self->tables[table]);
	while (g_hash_table_iter_next(&iter, &row, NULL))
		if (!write_row(self, &writings[table], row, error))
			return false;
	return true;
}

/* All days of a transaction have one stamp. */
static bool write_days(const Rollup *self, GError **error)
{
	GHashTableIter iter;
	gpointer data;
	int64_t stamp;

	if (g_hash_table_size(self->tables[ROLLUP_DAY]) == 0)
		return true;
	if (!counter_take(self->store, "sale-stamp", &stamp, error))
		return false;
	g_hash_table_iter_init(&iter, self->tables[ROLLUP_DAY]);
	while (g_hash_table_iter_next(&iter, &data, NULL)) {
		StoreStatement *put = store_statement(self->store, "office/rollup/put_day");
		const RollupRow *row = data;

		store_bind_int(put, 1, self->shop_id);
		store_bind_int(put, 2, row->key.day);
		store_bind_int(put, 3, stamp);
		store_bind_int(put, 4, row->heard_at);
		if (!store_run(put, error))
			return false;
	}
	return true;
}

bool rollup_write(Rollup *self, GError **error)
{
	for (RollupTable table = 0; table < ROLLUP_DAY; table++)
		if (!write_table(self, table, error))
			return false;
	return write_days(self, error);
}
