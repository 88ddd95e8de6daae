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

static void free_batch(gpointer data)
{
	BatchOnTheWay *self = data;

	g_free(self->code);
	g_free(self);
}

GPtrArray *document_batches_on_the_way(Store *store, int64_t transfer_id, GError **error)
{
	g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func(free_batch);
	StoreStatement *row = store_statement(store, "office/document/batches_on_the_way");
	StoreStep step;

	store_bind_int(row, 1, transfer_id);
	while ((step = store_step(row, error)) == STORE_ROW) {
		BatchOnTheWay *batch = g_new0(BatchOnTheWay, 1);

		batch->item_id = store_get_int(row, 0);
		batch->batch_id = store_get_int(row, 1);
		batch->code = g_strdup(store_get_text(row, 2));
		batch->expiry = (int32_t)store_get_int(row, 3);
		batch->quantity = store_get_int(row, 4);
		g_ptr_array_add(list, batch);
	}
	return step == STORE_DONE ? g_steal_pointer(&list) : NULL;
}

guint document_batches_of(const GPtrArray *batches, int64_t item_id)
{
	guint first = 0, end = batches->len;

	while (first < end) {
		guint middle = first + (end - first) / 2;
		const BatchOnTheWay *batch = batches->pdata[middle];

		if (batch->item_id < item_id)
			first = middle + 1;
		else
			end = middle;
	}
	return first < batches->len && ((BatchOnTheWay *)batches->pdata[first])->item_id == item_id
		       ? first
		       : batches->len;
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

static void add_expected(Document *self, const DocumentLine *line, int64_t quantity,
			 const char *batch, int32_t expiry)
{
	DocumentLine *expected = document_add_line(self, line->item_id, 0);

	expected->has_expected = true;
	expected->expected = quantity;
	expected->pack_id = line->pack_id;
	expected->expiry = expiry;
	g_free(expected->batch);
	expected->batch = g_strdup(batch);
}

/* Where the sender named no batch, those are expected that the ledger took. */
static void add_batches(Document *self, const DocumentLine *line, int64_t quantity,
			GPtrArray *batches)
{
	for (guint i = document_batches_of(batches, line->item_id);
	     i < batches->len && quantity > 0; i++) {
		BatchOnTheWay *batch = batches->pdata[i];
		int64_t part = MIN(quantity, batch->quantity);

		if (batch->item_id != line->item_id)
			break;
		if (part <= 0)
			continue;
		add_expected(self, line, part, batch->code,
			     batch->expiry != DOCUMENT_NO_EXPIRY ? batch->expiry : 0);
		batch->quantity -= part;
		quantity -= part;
	}
	if (quantity > 0)
		add_expected(self, line, quantity, "", 0);
}

/* Lines of one item share what has come of it, the first first. */
static void add_owed(Document *self, const DocumentLine *line, Owed *owed, GPtrArray *batches)
{
	int64_t came = MIN(owed->taken, line->quantity);

	owed->taken -= came;
	if (line->quantity == came)
		return;
	if (*line->batch == '\0' && line->expiry == 0)
		add_batches(self, line, line->quantity - came, batches);
	else
		add_expected(self, line, line->quantity - came, line->batch, line->expiry);
}

Document *document_from_origin(Store *store, int64_t origin_id, GError **error)
{
	g_autoptr(Document) origin = document_read(store, origin_id, error);
	g_autoptr(Document) self = NULL;
	g_autoptr(GHashTable) owed = NULL;
	g_autoptr(GPtrArray) batches = NULL;

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
	batches = document_batches_on_the_way(store, origin_id, error);
	if (owed == NULL || batches == NULL)
		return NULL;
	self = new_from(origin);
	for (guint i = 0; i < origin->lines->len; i++) {
		const DocumentLine *line = origin->lines->pdata[i];

		add_owed(self, line, g_hash_table_lookup(owed, &line->item_id), batches);
	}
	return g_steal_pointer(&self);
}

bool document_find_draft_of(Store *store, int64_t origin_id, int64_t *ret, GError **error)
{
	StoreStatement *find = store_statement(store, "office/document/draft_of");
	StoreStep step;

	store_bind_int(find, 1, origin_id);
	step = store_step(find, error);
	*ret = step == STORE_ROW ? store_get_int(find, 0) : 0;
	store_reset(find);
	return step != STORE_FAILED;
}
