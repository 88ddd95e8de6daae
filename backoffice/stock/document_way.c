/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is on the way, and what came otherwise than expected. */
#include "backoffice/stock/document_origin.h"
#include "core/money.h"

/* --- on the way ---------------------------------------------------------------------------- */

static void free_on_the_way(gpointer data)
{
	OnTheWay *self = data;

	g_free(self->number);
	g_free(self->name);
	g_free(self);
}

/* In the order of office/document/on_the_way. */
static OnTheWay *on_the_way_of_row(StoreStatement *row)
{
	OnTheWay *self = g_new0(OnTheWay, 1);

	self->document_id = store_get_int(row, 0);
	self->item_id = store_get_int(row, 1);
	self->sent = store_get_int(row, 2);
	self->arrived = store_get_int(row, 3);
	self->value = store_get_int(row, 4);
	self->from_shop = store_get_int(row, 5);
	self->to_shop = store_get_int(row, 6);
	self->at = store_get_int(row, 7);
	self->person_id = store_get_int(row, 8);
	self->number = g_strdup(store_get_text(row, 9));
	self->name = g_strdup(store_get_text(row, 10));
	return self;
}

GPtrArray *document_list_on_the_way(Store *store, int64_t shop_id, GError **error)
{
	g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func(free_on_the_way);
	StoreStatement *row = store_statement(store, "office/document/on_the_way");
	StoreStep step;

	store_bind_int(row, 1, shop_id);
	while ((step = store_step(row, error)) == STORE_ROW)
		g_ptr_array_add(list, on_the_way_of_row(row));
	return step == STORE_DONE ? g_steal_pointer(&list) : NULL;
}

/* --- the discrepancy act ------------------------------------------------------------------- */

static void free_discrepancy(gpointer data)
{
	Discrepancy *self = data;

	g_free(self->name);
	g_free(self->code);
	g_free(self->unit);
	g_free(self);
}

/* An item of the document, its lines taken together: a batch that was split is no discrepancy. */
typedef struct {
	int64_t item_id, expected, came, instead_of;
	int64_t cost, costed; /* Σ cost, and of how much */
} Sum;

static Sum *sum_of(GHashTable *by_item, GArray *order, int64_t item_id)
{
	Sum *sum = g_hash_table_lookup(by_item, &item_id);

	if (sum != NULL)
		return sum;
	sum = g_new0(Sum, 1);
	sum->item_id = item_id;
	g_hash_table_insert(by_item, &sum->item_id, sum);
	g_array_append_val(order, item_id);
	return sum;
}

static void add_up(const Document *document, GHashTable *by_item, GArray *order)
{
	for (guint i = 0; i < document->lines->len; i++) {
		const DocumentLine *line = document->lines->pdata[i];
		Sum *sum = sum_of(by_item, order, line->item_id);

		sum->expected += line->has_expected ? line->expected : 0;
		sum->came += line->quantity;
		if (line->instead_of != 0)
			sum->instead_of = line->instead_of;
		if (!line->has_cost)
			continue;
		sum->cost += line->cost;
		/* A count's cost is that of the difference already. */
		sum->costed += document->kind == DOCUMENT_COUNT ? line->quantity - line->expected
								: line->quantity;
	}
}

/* What did not come at all costs what the order or the transfer says. */
static void take_costs_of_origin(GHashTable *by_item, GHashTable *owed)
{
	GHashTableIter iter;
	void *value;

	g_hash_table_iter_init(&iter, by_item);
	while (g_hash_table_iter_next(&iter, NULL, &value)) {
		Sum *sum = value;
		const Owed *of_origin = g_hash_table_lookup(owed, &sum->item_id);

		if (sum->costed != 0 || of_origin == NULL || of_origin->value == 0)
			continue;
		sum->cost = of_origin->value;
		sum->costed = of_origin->sent;
	}
}

static bool read_goods(Store *store, Discrepancy *self, GError **error)
{
	StoreStatement *row = store_statement(store, "office/document/goods");
	StoreStep step;

	store_bind_int(row, 1, self->item_id);
	step = store_step(row, error);
	self->name = g_strdup(step == STORE_ROW ? store_get_text(row, 0) : "");
	self->code = g_strdup(step == STORE_ROW ? store_get_text(row, 1) : "");
	self->unit = g_strdup(step == STORE_ROW ? store_get_text(row, 2) : "");
	store_reset(row);
	return step != STORE_FAILED;
}

static Discrepancy *discrepancy_of(const Sum *sum)
{
	Discrepancy *self = g_new0(Discrepancy, 1);
	int64_t of = ABS(sum->costed), difference = sum->came - sum->expected;

	self->item_id = sum->item_id;
	self->expected = sum->expected;
	self->came = sum->came;
	self->instead_of = sum->instead_of;
	self->has_cost = of != 0 &&
			 scale_int64(ABS(sum->cost), difference, of, ROUND_HALF_AWAY, &self->cost);
	return self;
}

static bool read_origin_costs(Store *store, const Document *document, GHashTable *by_item,
			      GError **error)
{
	g_autoptr(Document) origin = NULL;
	g_autoptr(GHashTable) owed = NULL;

	if (document->origin_id == 0)
		return true;
	origin = document_read(store, document->origin_id, error);
	owed = origin != NULL ? document_owed(store, origin, error) : NULL;
	if (owed == NULL)
		return false;
	take_costs_of_origin(by_item, owed);
	return true;
}

GPtrArray *document_discrepancies(Store *store, int64_t id, GError **error)
{
	g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func(free_discrepancy);
	g_autoptr(GHashTable) by_item =
		g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL, g_free);
	g_autoptr(GArray) order = g_array_new(false, false, sizeof(int64_t));
	g_autoptr(Document) document = document_read(store, id, error);

	if (document == NULL)
		return NULL;
	add_up(document, by_item, order);
	if (!read_origin_costs(store, document, by_item, error))
		return NULL;
	for (guint i = 0; i < order->len; i++) {
		const Sum *sum = g_hash_table_lookup(by_item, &g_array_index(order, int64_t, i));
		Discrepancy *discrepancy;

		if (sum->expected == sum->came)
			continue;
		discrepancy = discrepancy_of(sum);
		g_ptr_array_add(list, discrepancy);
		if (!read_goods(store, discrepancy, error))
			return NULL;
	}
	return g_steal_pointer(&list);
}
