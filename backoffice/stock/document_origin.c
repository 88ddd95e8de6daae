/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Documents that follow from others: deliveries of an order, arrivals of a transfer. */
#include "backoffice/stock/document_origin.h"

#include "core/money.h"

#include <glib/gi18n-lib.h>

static Owed *owed_of(GHashTable *owed, int64_t item_id)
{
	Owed *known = g_hash_table_lookup(owed, &item_id);

	if (known != NULL)
		return known;
	known = g_new0(Owed, 1);
	known->item_id = item_id;
	g_hash_table_insert(owed, &known->item_id, known);
	return known;
}

static bool read_taken(Store *store, int64_t origin_id, GHashTable *owed, GError **error)
{
	StoreStatement *row = store_statement(store, "office/document/taken");
	StoreStep step;

	store_bind_int(row, 1, origin_id);
	while ((step = store_step(row, error)) == STORE_ROW) {
		Owed *one = owed_of(owed, store_get_int(row, 0));

		one->taken = store_get_int(row, 1);
		one->value_taken = store_get_int(row, 2);
	}
	return step == STORE_DONE;
}

GHashTable *document_owed(Store *store, const Document *origin, GError **error)
{
	g_autoptr(GHashTable) owed =
		g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL, g_free);

	for (guint i = 0; i < origin->lines->len; i++) {
		const DocumentLine *line = origin->lines->pdata[i];
		Owed *one = owed_of(owed, line->item_id);

		/* Sums of what fits a line: posting has checked each and their sum. */
		one->sent += line->quantity;
		one->value += line->has_cost ? line->cost : 0;
	}
	return read_taken(store, origin->id, owed, error) ? g_steal_pointer(&owed) : NULL;
}

/* --- a document of what is still to come --------------------------------------------------- */

static Document *new_from(const Document *origin)
{
	bool transfer = origin->kind == DOCUMENT_TRANSFER;
	Document *self = document_new(transfer ? DOCUMENT_ARRIVAL : DOCUMENT_DELIVERY,
				      transfer ? origin->other_shop : origin->shop_id);

	self->origin_id = origin->id;
	self->supplier_id = origin->supplier_id;
	self->other_shop = transfer ? origin->shop_id : 0;
	return self;
}

/* Lines of one item share what has come of it, the first first. */
static void add_owed(Document *self, const DocumentLine *line, Owed *owed)
{
	int64_t came = MIN(owed->taken, line->quantity);
	DocumentLine *expected;

	owed->taken -= came;
	if (line->quantity == came)
		return;
	expected = document_add_line(self, line->item_id, 0);
	expected->has_expected = true;
	expected->expected = line->quantity - came;
	expected->pack_id = line->pack_id;
	expected->expiry = line->expiry;
	g_free(expected->batch);
	expected->batch = g_strdup(line->batch);
}

Document *document_from_origin(Store *store, int64_t origin_id, GError **error)
{
	g_autoptr(Document) origin = document_read(store, origin_id, error);
	g_autoptr(Document) self = NULL;
	g_autoptr(GHashTable) owed = NULL;

	if (origin == NULL)
		return NULL;
	if ((origin->kind != DOCUMENT_ORDER && origin->kind != DOCUMENT_TRANSFER) ||
	    origin->state != DOCUMENT_POSTED) {
		document_refuse(error, DOCUMENT_ERROR_INVALID,
				_("Document %s is neither a posted order nor a posted transfer: "
				  "nothing comes of it."),
				origin->number);
		return NULL;
	}
	owed = document_owed(store, origin, error);
	if (owed == NULL)
		return NULL;
	self = new_from(origin);
	for (guint i = 0; i < origin->lines->len; i++) {
		const DocumentLine *line = origin->lines->pdata[i];

		add_owed(self, line, g_hash_table_lookup(owed, &line->item_id));
	}
	return g_steal_pointer(&self);
}
