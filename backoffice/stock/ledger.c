/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/stock/expiry.h"
#include "backoffice/stock/ledger_private.h"

#include "core/money.h"

#include <inttypes.h>

G_DEFINE_QUARK(baraa_ledger_error, ledger_error)

static void free_item(gpointer data)
{
	LedgerItem *item = data;

	g_clear_pointer(&item->waiting, g_array_unref);
	g_free(item);
}

Ledger *ledger_new(Store *store, int64_t shop_id, GError **error)
{
	StoreStatement *lock = store_statement(store, "office/ledger/lock");
	StoreStatement *last = store_statement(store, "office/ledger/last_id");
	g_autoptr(Ledger) self = g_new0(Ledger, 1);

	self->store = store;
	self->shop_id = shop_id;
	self->items = g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL, free_item);
	self->touched = g_ptr_array_new();
	self->rollup = rollup_new(store, shop_id);

	store_bind_int(lock, 1, shop_id);
	if (!store_run(lock, error))
		return NULL;
	store_bind_int(last, 1, shop_id);
	if (store_step(last, error) != STORE_ROW)
		return NULL;
	self->last_id = store_get_int(last, 0);
	store_reset(last);
	return g_steal_pointer(&self);
}

void ledger_free(Ledger *self)
{
	if (self == NULL)
		return;
	g_ptr_array_unref(self->touched);
	g_hash_table_unref(self->items);
	rollup_free(self->rollup);
	g_free(self);
}

void ledger_set_careful(Ledger *self)
{
	self->is_careful = true;
}

bool ledger_too_large(int64_t item_id, GError **error)
{
	g_set_error(error, LEDGER_ERROR, LEDGER_ERROR_TOO_LARGE,
		    "the balance of item %" PRId64 " would not fit", item_id);
	return false;
}

/* --- items --------------------------------------------------------------------------------- */

static ItemKind parse_kind(const char *code)
{
	if (g_strcmp0(code, "kit") == 0)
		return ITEM_KIT;
	return g_strcmp0(code, "service") == 0 ? ITEM_SERVICE : ITEM_GOODS;
}

/* What never moved starts from nothing, at the cost the list of goods knows. */
static LedgerItem parse_item(StoreStatement *row, int64_t item_id)
{
	LedgerItem item = { .item_id = item_id,
			    .last_at = INT64_MIN,
			    .expires = store_get_int(row, 7) != 0,
			    .kind = parse_kind(store_get_text(row, 8)) };

	if (store_is_null(row, 0)) {
		if (!scale_int64(store_get_int(row, 6), AVERAGE_ONE, 1, ROUND_HALF_AWAY,
				 &item.first_average))
			item.first_average = 0;
		item.now.average = item.first_average;
		return item;
	}
	item.now = (LedgerState){ .quantity = store_get_int(row, 1),
				  .value = store_get_int(row, 2),
				  .average = store_get_int(row, 3) };
	item.first_average = store_get_int(row, 5);
	item.is_disordered = store_is_null(row, 4);
	if (!item.is_disordered)
		item.last_at = store_get_int(row, 4);
	return item;
}

/* A group that nothing was sold of yet gets its number now. */
static bool read_group(Ledger *self, StoreStatement *row, int64_t *ret, GError **error)
{
	const char *path = store_get_text(row, 9);

	*ret = store_is_null(row, 10) ? 1 : store_get_int(row, 10);
	return path == NULL || !store_is_null(row, 10) ||
	       rollup_group(self->store, path, ret, error);
}

LedgerItem *ledger_item(Ledger *self, int64_t item_id, GError **error)
{
	LedgerItem *item = g_hash_table_lookup(self->items, &item_id);
	StoreStatement *read;

	if (item != NULL)
		return item;
	read = store_statement(self->store, "office/ledger/item");
	store_bind_int(read, 1, self->shop_id);
	store_bind_int(read, 2, item_id);
	if (store_step(read, error) != STORE_ROW)
		return NULL;
	item = g_new(LedgerItem, 1);
	*item = parse_item(read, item_id);
	if (!read_group(self, read, &item->group_id, error)) {
		store_reset(read);
		g_free(item);
		return NULL;
	}
	store_reset(read);
	g_hash_table_insert(self->items, &item->item_id, item);
	g_ptr_array_add(self->touched, item);
	return item;
}

bool ledger_get_kind(Ledger *self, int64_t item_id, ItemKind *ret, GError **error)
{
	const LedgerItem *item = ledger_item(self, item_id, error);

	if (item != NULL)
		*ret = item->kind;
	return item != NULL;
}

bool ledger_get_group(Ledger *self, int64_t item_id, int64_t *ret, GError **error)
{
	const LedgerItem *item = ledger_item(self, item_id, error);

	if (item != NULL)
		*ret = item->group_id;
	return item != NULL;
}

Rollup *ledger_get_rollup(Ledger *self)
{
	return self->rollup;
}

/* --- posting ------------------------------------------------------------------------------- */

static bool read_facts(const LedgerMove *move, LedgerFacts *ret)
{
	*ret = (LedgerFacts){ .quantity = move->quantity };
	switch (move->how) {
	case LEDGER_VALUED:
	case LEDGER_FIXED:
		ret->has_fixed = true;
		ret->fixed = move->value;
		break;
	case LEDGER_COUNTED:
		ret->has_counted = true;
		ret->counted = move->quantity;
		break;
	case LEDGER_REVALUED:
		ret->has_revalued = true;
		return scale_int64(move->value, AVERAGE_ONE, 1, ROUND_HALF_AWAY, &ret->revalued);
	case LEDGER_AT_AVERAGE:
		break;
	}
	return true;
}

static bool make_row(const LedgerMove *move, LedgerRow *ret)
{
	*ret = (LedgerRow){
		.item_id = move->item_id,
		.at = move->at,
		.day = move->day,
		.kind = g_intern_string(move->kind),
		.till_id = move->till_id,
		.seq = move->seq,
		.line = move->line,
		.document_id = move->document_id,
		.document_line = move->document_line,
		.batch_id = move->batch_id,
	};
	return read_facts(move, &ret->facts);
}

static bool post_in_order(Ledger *self, LedgerItem *item, LedgerRow *row, GError **error)
{
	LedgerState after = item->now;

	if (!ledger_rule(&item->now, &row->facts, &row->effect) ||
	    !ledger_rule_apply(&after, &row->effect))
		return ledger_too_large(item->item_id, error);
	row->has_value = ledger_rule_knows(&item->now, &row->facts);
	if (!ledger_insert(self, row, error))
		return false;
	item->now = after;
	item->last_at = row->at;
	item->changed = true;
	return !item->expires || ledger_move_batches(self, item, row, error);
}

bool ledger_post(Ledger *self, const LedgerMove *move, GError **error)
{
	LedgerItem *item = ledger_item(self, move->item_id, error);
	LedgerRow row;

	if (item == NULL)
		return false;
	if (!make_row(move, &row))
		return ledger_too_large(item->item_id, error);
	row.id = row.place = ++self->last_id;
	if (item->waiting == NULL && !item->is_disordered && row.at >= item->last_at)
		return post_in_order(self, item, &row, error);
	ledger_wait(item, &row);
	return !self->is_careful || ledger_settle(self, item, error);
}

/* --- what is there ------------------------------------------------------------------------- */

static LedgerItem *settled_item(Ledger *self, int64_t item_id, GError **error)
{
	LedgerItem *item = ledger_item(self, item_id, error);

	return item != NULL && ledger_settle(self, item, error) ? item : NULL;
}

bool ledger_get_balance(Ledger *self, int64_t item_id, int64_t *ret_quantity, int64_t *ret_value,
			GError **error)
{
	const LedgerItem *item = settled_item(self, item_id, error);

	if (item == NULL)
		return false;
	*ret_quantity = item->now.quantity;
	if (ret_value != NULL)
		*ret_value = item->now.value;
	return true;
}

bool ledger_value_of(Ledger *self, int64_t item_id, int64_t quantity, int64_t *ret, GError **error)
{
	const LedgerItem *item = settled_item(self, item_id, error);
	LedgerFacts facts = { .quantity = -ABS(quantity) };
	LedgerEffect effect;

	if (item == NULL)
		return false;
	if (!ledger_rule(&item->now, &facts, &effect))
		return ledger_too_large(item_id, error);
	*ret = quantity < 0 ? effect.value : -effect.value;
	return true;
}

bool ledger_balance_at(Store *store, int64_t shop_id, int64_t item_id, int64_t at,
		       int64_t *ret_quantity, int64_t *ret_value, GError **error)
{
	StoreStatement *read = store_statement(store, "office/ledger/balance_at");
	StoreStep step;

	store_bind_int(read, 1, shop_id);
	store_bind_int(read, 2, item_id);
	store_bind_int(read, 3, at);
	step = store_step(read, error);
	*ret_quantity = step == STORE_ROW ? store_get_int(read, 0) : 0;
	if (ret_value != NULL)
		*ret_value = step == STORE_ROW ? store_get_int(read, 1) : 0;
	store_reset(read);
	return step != STORE_FAILED;
}

/* --- the end ------------------------------------------------------------------------------- */

static bool write_balance(Ledger *self, const LedgerItem *item, GError **error)
{
	StoreStatement *put = store_statement(self->store, "office/ledger/put_balance");

	store_bind_int(put, 1, self->shop_id);
	store_bind_int(put, 2, item->item_id);
	store_bind_int(put, 3, item->now.quantity);
	store_bind_int(put, 4, item->now.value);
	if (item->now.average != 0)
		store_bind_int(put, 5, item->now.average);
	store_bind_int(put, 6, item->last_at);
	if (item->first_average != 0)
		store_bind_int(put, 7, item->first_average);
	return store_run(put, error);
}

static bool write_item(Ledger *self, LedgerItem *item, GError **error)
{
	return write_balance(self, item, error) &&
	       (!item->expires || expiry_changed(self->store, self->shop_id, item->item_id, error));
}

bool ledger_finish(Ledger *self, GError **error)
{
	StoreStatement *set;

	for (guint i = 0; i < self->touched->len; i++) {
		LedgerItem *item = self->touched->pdata[i];

		if (!ledger_settle(self, item, error) ||
		    (item->changed && !write_item(self, item, error)))
			return false;
		item->changed = false;
	}
	set = store_statement(self->store, "office/ledger/set_last_id");
	store_bind_int(set, 1, self->shop_id);
	store_bind_int(set, 2, self->last_id);
	return store_run(set, error) && rollup_finish(self->rollup, error);
}
