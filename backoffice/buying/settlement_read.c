/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Entries of suppliers' accounts, from documents, debts and money. */
#include "backoffice/buying/settlement_private.h"

#include "backoffice/stock/shop_day.h"

#include <string.h>

typedef struct {
	Store *store; /* borrowed */
	int64_t shop_id, supplier_id;
	int32_t as_of;
	GPtrArray *accounts; /* borrowed; of Settlement */
	GHashTable *by_supplier; /* owned */
	GHashTable *clocks; /* owned; of ShopDays by shop */
} Reading;

static void free_clock(gpointer data)
{
	shop_days_clear(data);
	g_free(data);
}

static void reading_clear(Reading *self)
{
	g_hash_table_unref(self->by_supplier);
	g_hash_table_unref(self->clocks);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Reading, reading_clear)

/* --- the calendar -------------------------------------------------------------------------- */

/* The clocks are read before the documents are: a statement that is being stepped through asks
 * nothing of others. */
static bool read_clocks(Reading *self, GError **error)
{
	g_autoptr(GPtrArray) shops = shop_list(self->store, error);

	for (guint i = 0; shops != NULL && i < shops->len; i++) {
		const Shop *shop = shops->pdata[i];
		ShopDays *clock = g_new0(ShopDays, 1);

		if (!shop_days_init(clock, self->store, shop->id, error)) {
			g_free(clock);
			return false;
		}
		g_hash_table_insert(self->clocks, g_memdup2(&shop->id, sizeof(shop->id)), clock);
	}
	return shops != NULL;
}

static int32_t day_in(const Reading *self, int64_t shop_id, int64_t at)
{
	const ShopDays *clock = g_hash_table_lookup(self->clocks, &shop_id);

	return clock != NULL ? shop_days_of(clock, at) : 0;
}

static bool find_as_of(Reading *self, GError **error)
{
	g_auto(ShopDays) days = { 0 };

	if (self->as_of != 0)
		return true;
	if (!shop_days_init(&days, self->store, self->shop_id, error))
		return false;
	self->as_of = shop_days_today(&days);
	return true;
}

/* --- rows ---------------------------------------------------------------------------------- */

static bool read_accounts(Reading *self, GError **error)
{
	StoreStatement *row = store_statement(self->store, "office/settlement/suppliers");
	StoreStep step;

	store_bind_int(row, 1, self->supplier_id);
	while ((step = store_step(row, error)) == STORE_ROW) {
		Settlement *account = settlement_new(store_get_int(row, 0), store_get_text(row, 1),
						     (int)store_get_int(row, 2));

		g_ptr_array_add(self->accounts, account);
		g_hash_table_insert(self->by_supplier, &account->supplier_id, account);
	}
	return step == STORE_DONE;
}

/* Takes @entry where it had happened by then. */
static void take(const Reading *self, int64_t supplier_id, SettlementEntry *entry)
{
	Settlement *account = g_hash_table_lookup(self->by_supplier, &supplier_id);

	if (account == NULL || entry->day > self->as_of) {
		settlement_entry_free(entry);
		return;
	}
	if (entry->due == 0)
		entry->due = entry->kind == SETTLEMENT_DELIVERY
				     ? settlement_day_after(entry->day, account->days)
				     : entry->day;
	g_ptr_array_add(account->entries, entry);
}

static StoreStatement *ask(const Reading *self, const char *name)
{
	StoreStatement *row = store_statement(self->store, name);

	store_bind_int(row, 1, self->shop_id);
	store_bind_int(row, 2, self->supplier_id);
	return row;
}

static bool read_documents(const Reading *self, GError **error)
{
	StoreStatement *row = ask(self, "office/settlement/documents");
	StoreStep step;

	while ((step = store_step(row, error)) == STORE_ROW) {
		bool back = strcmp(store_get_text(row, 1), "delivery") != 0;
		SettlementEntry *entry =
			settlement_entry_new(back ? SETTLEMENT_RETURN : SETTLEMENT_DELIVERY,
					     store_get_text(row, 5), store_get_text(row, 6));

		entry->id = store_get_int(row, 2);
		entry->shop_id = store_get_int(row, 3);
		entry->at = store_get_int(row, 4);
		entry->day = day_in(self, entry->shop_id, entry->at);
		entry->amount = back ? -store_get_int(row, 7) : store_get_int(row, 7);
		take(self, store_get_int(row, 0), entry);
	}
	return step == STORE_DONE;
}

static bool read_debts(const Reading *self, GError **error)
{
	StoreStatement *row = ask(self, "office/settlement/debts");
	StoreStep step;

	while ((step = store_step(row, error)) == STORE_ROW) {
		SettlementEntry *entry =
			settlement_entry_new(SETTLEMENT_DEBT, "", store_get_text(row, 7));

		entry->id = store_get_int(row, 1);
		entry->shop_id = store_get_int(row, 2);
		entry->at = store_get_int(row, 3);
		entry->day = (int32_t)store_get_int(row, 4);
		entry->due = (int32_t)store_get_int(row, 5);
		entry->amount = store_get_int(row, 6);
		take(self, store_get_int(row, 0), entry);
	}
	return step == STORE_DONE;
}

static bool read_money(const Reading *self, GError **error)
{
	StoreStatement *row = ask(self, "office/settlement/money");
	StoreStep step;

	while ((step = store_step(row, error)) == STORE_ROW) {
		bool back = strcmp(store_get_text(row, 1), "supplier-refund") == 0;
		SettlementEntry *entry = settlement_entry_new(
			back ? SETTLEMENT_REFUND : SETTLEMENT_PAYMENT, "", store_get_text(row, 7));

		entry->id = store_get_int(row, 2);
		entry->shop_id = store_get_int(row, 3);
		entry->at = store_get_int(row, 4);
		entry->day = (int32_t)store_get_int(row, 5);
		entry->amount = store_get_int(row, 6);
		entry->document_id = store_get_int(row, 8);
		take(self, store_get_int(row, 0), entry);
	}
	return step == STORE_DONE;
}

GPtrArray *settlement_read_accounts(Store *store, int64_t shop_id, int64_t supplier_id,
				    int32_t *as_of, GError **error)
{
	g_autoptr(GPtrArray) accounts = settlement_array_new();
	g_auto(Reading) reading = { .store = store,
				    .shop_id = shop_id,
				    .supplier_id = supplier_id,
				    .as_of = *as_of,
				    .accounts = accounts,
				    .by_supplier = g_hash_table_new(g_int64_hash, g_int64_equal),
				    .clocks = g_hash_table_new_full(g_int64_hash, g_int64_equal,
								    g_free, free_clock) };

	if (!find_as_of(&reading, error) || !read_clocks(&reading, error) ||
	    !read_accounts(&reading, error) || !read_debts(&reading, error) ||
	    !read_documents(&reading, error) || !read_money(&reading, error))
		return NULL;
	*as_of = reading.as_of;
	return g_steal_pointer(&accounts);
}
