/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a delivery tells the list of goods: what things cost now, and what they are sold for. */
#include "backoffice/people/counter.h"
#include "backoffice/prices/prices.h"
#include "backoffice/stock/document_posting.h"
#include "backoffice/stock/stock.h"
#include "core/money.h"
#include "core/quantity.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

/* One item of the delivery, its lines taken together: what came without a cost tells none. */
typedef struct {
	int64_t item_id, quantity, cost;
	bool had_cost, sets_price;
	int64_t had, price;
} Told;

static bool add_line(GHashTable *by_item, const DocumentLine *line, const LineItem *item)
{
	Told *told = g_hash_table_lookup(by_item, &line->item_id);

	if (told == NULL) {
		told = g_new0(Told, 1);
		*told = (Told){ .item_id = line->item_id,
				.had_cost = item->has_cost,
				.had = item->cost };
		g_hash_table_insert(by_item, &told->item_id, told);
	}
	if (line->has_price) {
		told->sets_price = !item->has_price || item->price != line->price;
		told->price = line->price;
	}
	if (!line->has_cost || line->quantity == 0)
		return true;
	return !__builtin_add_overflow(told->quantity, line->quantity, &told->quantity) &&
	       !__builtin_add_overflow(told->cost, line->cost, &told->cost);
}

/* In the order of the lines, so that revisions and the audit have it. */
static GArray *gather(const Posting *self, GError **error)
{
	g_autoptr(GHashTable) by_item =
		g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL, g_free);
	g_autoptr(GArray) all = g_array_new(false, false, sizeof(Told));

	for (guint i = 0; i < self->document->lines->len; i++) {
		const DocumentLine *line = self->document->lines->pdata[i];

		if (!add_line(by_item, line, &self->items[i])) {
			document_refuse_line(error, line->line, self->items[i].name,
					     _("the sum of its lines is too large to be true."));
			return NULL;
		}
	}
	for (guint i = 0; i < self->document->lines->len; i++) {
		const DocumentLine *line = self->document->lines->pdata[i];
		const Told *told = g_hash_table_lookup(by_item, &line->item_id);

		if (told == NULL)
			continue;
		g_array_append_val(all, *told);
		g_hash_table_remove(by_item, &line->item_id);
	}
	return g_steal_pointer(&all);
}

/* A later delivery of the same goods knows better. */
static bool is_newest(const Posting *self, int64_t item_id, bool *ret, GError **error)
{
	StoreStatement *row = store_statement(self->store, "office/document/received_since");
	StoreStep step;

	store_bind_int(row, 1, self->document->shop_id);
	store_bind_int(row, 2, item_id);
	store_bind_int(row, 3, self->at);
	step = store_step(row, error);
	store_reset(row);
	*ret = step == STORE_DONE;
	return step != STORE_FAILED;
}

static void bind_cost(StoreStatement *statement, int index, const int64_t *cost)
{
	if (cost != NULL)
		store_bind_int(statement, index, *cost);
	else
		store_bind_null(statement, index);
}

static bool audit_cost(Posting *self, int64_t item_id, const int64_t *had, const int64_t *cost,
		       GError **error)
{
	g_autofree char *subject = g_strdup_printf("%" PRId64, item_id);
	g_autofree char *before =
		had != NULL ? g_strdup_printf("{\"cost\":%" PRId64 "}", *had) : NULL;
	g_autofree char *amount = cost != NULL ? g_strdup_printf("%" PRId64, *cost) : NULL;
	g_autofree char *after =
		g_strdup_printf("{\"cost\":%s,\"document\":\"%s\"}",
				amount != NULL ? amount : "null", self->document->number);

	return audit_change(self->store, self->person_id, "item-cost", subject, before, after,
			    error);
}

/* Either cost may be NULL: not known. */
static bool set_item_cost(Posting *self, int64_t item_id, const int64_t *had, const int64_t *cost,
			  GError **error)
{
	StoreStatement *set;
	int64_t revision;

	if (!counter_take(self->store, "revision", &revision, error))
		return false;
	set = store_statement(self->store, "office/document/set_item_cost");
	store_bind_int(set, 1, item_id);
	bind_cost(set, 2, cost);
	store_bind_int(set, 3, revision);
	return store_run(set, error) && audit_cost(self, item_id, had, cost, error);
}

/* Remembers what it was. */
static bool change_item_cost(Posting *self, const Told *told, int64_t unit_cost, GError **error)
{
	const int64_t *had = told->had_cost ? &told->had : NULL;
	StoreStatement *insert = store_statement(self->store, "office/document/insert_cost");

	store_bind_int(insert, 1, self->document->id);
	store_bind_int(insert, 2, told->item_id);
	bind_cost(insert, 3, had);
	store_bind_int(insert, 4, unit_cost);
	return store_run(insert, error) &&
	       set_item_cost(self, told->item_id, had, &unit_cost, error);
}

/* The history of the supplier's prices: what he takes now, where that is another than before. */
static bool note_supplier_price(Posting *self, const Told *told, int64_t unit_cost, GError **error)
{
	SupplierPrice price = { .supplier_id = self->document->supplier_id,
				.item_id = told->item_id,
				.cost = unit_cost,
				.first_day = self->day,
				.at = self->now,
				.person_id = self->person_id };

	return supplier_price_note(self->store, &price, "delivery", error);
}

/* The supplier has the goods from then on; what he takes now is what his newest delivery said. */
static bool put_supplier_cost(Posting *self, const Told *told, int64_t unit_cost, bool newest,
			      GError **error)
{
	StoreStatement *put =
		store_statement(self->store, newest ? "office/document/put_supplier_cost"
						    : "office/document/add_supplier_item");

	if (self->document->supplier_id == 0)
		return true;
	store_bind_int(put, 1, self->document->supplier_id);
	store_bind_int(put, 2, told->item_id);
	store_bind_int(put, 3, unit_cost);
	return store_run(put, error) && note_supplier_price(self, told, unit_cost, error);
}

/* What came for nothing is a gift and no new cost. */
static bool tell_cost(Posting *self, const Told *told, bool *ret_changed, GError **error)
{
	int64_t unit_cost;
	bool newest;

	*ret_changed = false;
	if (told->quantity == 0 || told->cost == 0 ||
	    !scale_int64(told->cost, QUANTITY_ONE, told->quantity, ROUND_HALF_AWAY, &unit_cost))
		return true;
	if (!is_newest(self, told->item_id, &newest, error))
		return false;
	*ret_changed = newest && (!told->had_cost || told->had != unit_cost);
	return put_supplier_cost(self, told, unit_cost, newest, error) &&
	       (!*ret_changed || change_item_cost(self, told, unit_cost, error));
}

static bool set_prices(Posting *self, const GArray *all, GError **error)
{
	g_autoptr(GArray) sets = g_array_new(false, false, sizeof(PriceSet));

	for (guint i = 0; i < all->len; i++) {
		const Told *told = &g_array_index(all, Told, i);
		PriceSet set = { .item_id = told->item_id,
				 .kind_id = PRICE_RETAIL,
				 .has_amount = true,
				 .amount = told->price };

		if (told->sets_price)
			g_array_append_val(sets, set);
	}
	return sets->len == 0 || prices_put(self->store, (const PriceSet *)(void *)sets->data,
					    (int)sets->len, self->person_id, "receiving", error);
}

static bool follow(Posting *self, const GArray *changed, GError **error)
{
	return changed->len == 0 ||
	       prices_follow_cost(self->store, (const int64_t *)(void *)changed->data,
				  (int)changed->len, self->person_id, error);
}

bool posting_tell_costs(Posting *self, GError **error)
{
	g_autoptr(GArray) changed = g_array_new(false, false, sizeof(int64_t));
	g_autoptr(GArray) all = NULL;

	if (self->document->kind != DOCUMENT_DELIVERY)
		return true;
	all = gather(self, error);
	if (all == NULL)
		return false;
	for (guint i = 0; i < all->len; i++) {
		const Told *told = &g_array_index(all, Told, i);
		bool has_changed;

		if (!tell_cost(self, told, &has_changed, error))
			return false;
		if (has_changed)
			g_array_append_val(changed, told->item_id);
	}
	return set_prices(self, all, error) && follow(self, changed, error);
}

/* --- taking back --------------------------------------------------------------------------- */

static GArray *read_changes(Posting *self, GError **error)
{
	g_autoptr(GArray) all = g_array_new(false, true, sizeof(Told));
	StoreStatement *row = store_statement(self->store, "office/document/costs");
	StoreStep step;

	store_bind_int(row, 1, self->document->id);
	while ((step = store_step(row, error)) == STORE_ROW) {
		Told told = { .item_id = store_get_int(row, 0),
			      .had_cost = !store_is_null(row, 1),
			      .had = store_get_int(row, 1),
			      .cost = store_get_int(row, 2) };

		g_array_append_val(all, told);
	}
	return step == STORE_DONE ? g_steal_pointer(&all) : NULL;
}

bool posting_undo_costs(Posting *self, GError **error)
{
	g_autoptr(GArray) all = read_changes(self, error);
	g_autoptr(GArray) changed = g_array_new(false, false, sizeof(int64_t));

	for (guint i = 0; all != NULL && i < all->len; i++) {
		const Told *told = &g_array_index(all, Told, i);

		if (!set_item_cost(self, told->item_id, &told->cost,
				   told->had_cost ? &told->had : NULL, error))
			return false;
		g_array_append_val(changed, told->item_id);
	}
	return all != NULL && follow(self, changed, error);
}
