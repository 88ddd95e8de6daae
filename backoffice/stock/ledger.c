/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/stock/ledger.h"

#include "core/money.h"
#include "core/quantity.h"

#include <inttypes.h>

/* Averages are kept in millionths of a minor unit for one whole unit. */
#define AVERAGE_ONE INT64_C(1000000)

typedef struct {
	int64_t item_id;
	int64_t quantity;
	int64_t value;
	bool has_average;
	int64_t average;
	bool changed;
} Balance;

struct Ledger {
	/* owned */
	GHashTable *balances; /* item_id → Balance */

	/* borrowed */
	Store *store;

	int64_t shop_id;
	int64_t last_id;
};

G_DEFINE_QUARK(baraa_ledger_error, ledger_error)

Ledger *ledger_new(Store *store, int64_t shop_id, GError **error)
{
	StoreStatement *lock = store_statement(store, "office/ledger/lock");
	StoreStatement *last = store_statement(store, "office/ledger/last_id");
	g_autoptr(Ledger) self = g_new0(Ledger, 1);

	self->store = store;
	self->shop_id = shop_id;
	self->balances = g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL, g_free);

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
	g_hash_table_unref(self->balances);
	g_free(self);
}

/* An item that never moved starts from nothing, at the cost the list of goods knows. */
static bool read_item_cost(Ledger *self, Balance *balance, GError **error)
{
	StoreStatement *read = store_statement(self->store, "office/ledger/item_cost");
	StoreStep step;

	store_bind_int(read, 1, balance->item_id);
	step = store_step(read, error);
	if (step == STORE_ROW && !store_is_null(read, 0))
		balance->has_average = scale_int64(store_get_int(read, 0), AVERAGE_ONE, 1,
						   ROUND_HALF_AWAY, &balance->average);
	store_reset(read);
	return step != STORE_FAILED;
}

static bool read_balance(Ledger *self, Balance *balance, GError **error)
{
	StoreStatement *read = store_statement(self->store, "office/ledger/balance");
	StoreStep step;

	store_bind_int(read, 1, self->shop_id);
	store_bind_int(read, 2, balance->item_id);
	step = store_step(read, error);
	if (step == STORE_DONE)
		return read_item_cost(self, balance, error);
	if (step == STORE_FAILED)
		return false;

	balance->quantity = store_get_int(read, 0);
	balance->value = store_get_int(read, 1);
	balance->has_average = !store_is_null(read, 2);
	balance->average = store_get_int(read, 2);
	store_reset(read);
	return true;
}

static Balance *get_balance(Ledger *self, int64_t item_id, GError **error)
{
	Balance *known = g_hash_table_lookup(self->balances, &item_id);
	g_autofree Balance *balance = NULL;

	if (known != NULL)
		return known;
	balance = g_new0(Balance, 1);
	balance->item_id = item_id;
	if (!read_balance(self, balance, error))
		return NULL;
	known = g_steal_pointer(&balance);
	g_hash_table_insert(self->balances, &known->item_id, known);
	return known;
}

/* What @quantity costs at the average. Whoever takes the last of it takes all its value, so that
 * nothing on the shelf is worth nothing. False where it does not fit. */
static bool value_at_average(const Balance *balance, int64_t quantity, int64_t *ret)
{
	if (balance->quantity == -quantity) {
		*ret = -balance->value;
		return true;
	}
	if (balance->quantity > 0)
		return scale_int64(balance->value, quantity, balance->quantity, ROUND_HALF_AWAY,
				   ret);
	return scale_int64(balance->average, quantity, QUANTITY_ONE * AVERAGE_ONE, ROUND_HALF_AWAY,
			   ret);
}

static bool new_average(const Balance *balance, const LedgerMove *move, int64_t *ret)
{
	int64_t quantity = balance->quantity > 0 ? balance->quantity : ABS(move->quantity);
	int64_t value = balance->quantity > 0 ? balance->value : ABS(move->value);
	int64_t one;

	return scale_int64(value, QUANTITY_ONE, quantity, ROUND_HALF_AWAY, &one) &&
	       scale_int64(value, QUANTITY_ONE * AVERAGE_ONE, quantity, ROUND_HALF_AWAY, ret);
}

static bool apply(Balance *balance, const LedgerMove *move, bool *has_value, int64_t *value)
{
	Balance after = *balance;

	*has_value = move->how != LEDGER_AT_AVERAGE || balance->has_average;
	*value = move->value;
	if (move->how == LEDGER_AT_AVERAGE && *has_value && !value_at_average(balance, move->quantity, value))
		return false;
	if (__builtin_add_overflow(balance->quantity, move->quantity, &after.quantity) ||
	    __builtin_add_overflow(balance->value, *has_value ? *value : 0, &after.value))
		return false;
	if (move->how != LEDGER_AT_AVERAGE && move->quantity > 0) {
		if (!new_average(&after, move, &after.average))
			return false;
		after.has_average = true;
	}

	after.changed = true;
	*balance = after;
	return true;
}

static void bind_reference(StoreStatement *insert, const LedgerMove *move)
{
	if (move->till_id != 0) {
		store_bind_int(insert, 7, move->till_id);
		store_bind_int(insert, 8, move->seq);
		store_bind_int(insert, 9, move->line);
	}
	if (move->document_id != 0)
		store_bind_int(insert, 10, move->document_id);
}

bool ledger_post(Ledger *self, const LedgerMove *move, GError **error)
{
	StoreStatement *insert = store_statement(self->store, "office/ledger/insert");
	Balance *balance = get_balance(self, move->item_id, error);
	bool has_value;
	int64_t value;

	if (balance == NULL)
		return false;
	if (!apply(balance, move, &has_value, &value)) {
		g_set_error(error, LEDGER_ERROR, LEDGER_ERROR_TOO_LARGE,
			    "the balance of item %" PRId64 " would not fit", move->item_id);
		return false;
	}

	store_bind_int(insert, 1, self->shop_id);
	store_bind_int(insert, 2, ++self->last_id);
	store_bind_int(insert, 3, move->item_id);
	store_bind_int(insert, 4, move->at);
	store_bind_int(insert, 5, move->day);
	store_bind_text(insert, 6, move->kind);
	bind_reference(insert, move);
	store_bind_int(insert, 11, move->quantity);
	if (has_value)
		store_bind_int(insert, 12, value);
	return store_run(insert, error);
}

static bool write_balance(Ledger *self, const Balance *balance, GError **error)
{
	StoreStatement *put = store_statement(self->store, "office/ledger/put_balance");

	store_bind_int(put, 1, self->shop_id);
	store_bind_int(put, 2, balance->item_id);
	store_bind_int(put, 3, balance->quantity);
	store_bind_int(put, 4, balance->value);
	if (balance->has_average)
		store_bind_int(put, 5, balance->average);
	return store_run(put, error);
}

bool ledger_finish(Ledger *self, GError **error)
{
	StoreStatement *set = store_statement(self->store, "office/ledger/set_last_id");
	GHashTableIter iter;
	void *value;

	g_hash_table_iter_init(&iter, self->balances);
	while (g_hash_table_iter_next(&iter, NULL, &value)) {
		Balance *balance = value;

		if (balance->changed && !write_balance(self, balance, error))
			return false;
		balance->changed = false;
	}
	store_bind_int(set, 1, self->shop_id);
	store_bind_int(set, 2, self->last_id);
	return store_run(set, error);
}
