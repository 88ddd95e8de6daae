/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/stock/ledger_private.h"

/* Batches follow what people did in the order in which it was told: they say what to sell first and
 * what not to sell any more, not what anything is worth. */

typedef struct {
	int64_t batch_id, quantity;
} Share;

/* What a statement gives as (batch, quantity); those that are none are left out. */
static GArray *read_shares(StoreStatement *read, GError **error)
{
	g_autoptr(GArray) shares = g_array_new(false, false, sizeof(Share));
	StoreStep step;

	while ((step = store_step(read, error)) == STORE_ROW) {
		Share share = { store_get_int(read, 0), store_get_int(read, 1) };

		if (share.quantity != 0)
			g_array_append_val(shares, share);
	}
	return step == STORE_DONE ? g_steal_pointer(&shares) : NULL;
}

static GArray *read_known(Ledger *self, int64_t item_id, GError **error)
{
	StoreStatement *read = store_statement(self->store, "office/batch/known");

	store_bind_int(read, 1, self->shop_id);
	store_bind_int(read, 2, item_id);
	return read_shares(read, error);
}

/* What @row's place did so far. */
static GArray *read_done(Ledger *self, const LedgerRow *row, GError **error)
{
	StoreStatement *read = store_statement(self->store, "office/batch/of_place");

	store_bind_int(read, 1, self->shop_id);
	store_bind_int(read, 2, row->item_id);
	store_bind_int(read, 3, row->at);
	store_bind_int(read, 4, row->place);
	return read_shares(read, error);
}

static bool move(Ledger *self, const LedgerRow *row, int64_t batch_id, int64_t quantity,
		 GError **error)
{
	StoreStatement *insert = store_statement(self->store, "office/batch/insert_move");
	StoreStatement *add = store_statement(self->store, quantity < 0 ? "office/batch/take"
									: "office/batch/put");

	store_bind_int(insert, 1, self->shop_id);
	store_bind_int(insert, 2, row->id);
	store_bind_int(insert, 3, batch_id);
	store_bind_int(insert, 4, quantity);
	if (!store_run(insert, error))
		return false;
	store_bind_int(add, 1, self->shop_id);
	store_bind_int(add, 2, row->item_id);
	store_bind_int(add, 3, batch_id);
	store_bind_int(add, 4, quantity);
	return store_run(add, error);
}

/* Takes @quantity out of @shares, one after another; what they do not have is of no known batch.
 * @batch_id: only out of this one, 0: any. */
static bool take(Ledger *self, const LedgerRow *row, const GArray *shares, int64_t batch_id,
		 int64_t quantity, GError **error)
{
	for (guint i = 0; i < shares->len && quantity > 0; i++) {
		const Share *share = &g_array_index(shares, Share, i);
		int64_t part = MIN(quantity, share->quantity);

		if (part <= 0 || (batch_id != 0 && share->batch_id != batch_id))
			continue;
		if (!move(self, row, share->batch_id, -part, error))
			return false;
		quantity -= part;
	}
	return true;
}

/* Goods that were sold before they came are in no batch any more. */
static bool put(Ledger *self, const LedgerItem *item, const LedgerRow *row, GError **error)
{
	g_autoptr(GArray) known = read_known(self, row->item_id, error);
	int64_t room = MAX(item->now.quantity, 0);

	if (known == NULL)
		return false;
	for (guint i = 0; i < known->len; i++)
		room -= g_array_index(known, Share, i).quantity;
	room = MIN(room, row->effect.quantity);
	return room <= 0 || move(self, row, row->batch_id, room, error);
}

static bool take_known(Ledger *self, const LedgerRow *row, GError **error)
{
	g_autoptr(GArray) known = read_known(self, row->item_id, error);

	return known != NULL && take(self, row, known, row->batch_id, -row->effect.quantity, error);
}

/* Takes back up to @quantity of what the place took; the last to expire first. */
static bool put_back(Ledger *self, const LedgerRow *row, int64_t quantity, GError **error)
{
	g_autoptr(GArray) done = read_done(self, row, error);

	if (done == NULL)
		return false;
	for (guint i = done->len; i > 0 && quantity > 0; i--) {
		const Share *share = &g_array_index(done, Share, i - 1);
		int64_t part = MIN(quantity, -share->quantity);

		if (part > 0 && !move(self, row, share->batch_id, part, error))
			return false;
		quantity -= MAX(part, 0);
	}
	return true;
}

/* What it put into a batch may be sold by now. */
static bool take_back(Ledger *self, const LedgerRow *row, GError **error)
{
	g_autoptr(GArray) done = read_done(self, row, error);
	g_autoptr(GArray) known = read_known(self, row->item_id, error);

	if (done == NULL || known == NULL)
		return false;
	for (guint i = 0; i < done->len; i++) {
		const Share *share = &g_array_index(done, Share, i);

		if (!take(self, row, known, share->batch_id, share->quantity, error))
			return false;
	}
	return put_back(self, row, INT64_MAX, error);
}

bool ledger_move_batches(Ledger *self, const LedgerItem *item, const LedgerRow *row, GError **error)
{
	if (row->reverses != 0)
		return take_back(self, row, error);
	if (row->effect.quantity < 0)
		return take_known(self, row, error);
	if (row->corrects != 0)
		return put_back(self, row, row->effect.quantity, error);
	return row->effect.quantity == 0 || row->batch_id == 0 || put(self, item, row, error);
}
