/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drafts of orders of what was proposed. */
#include "backoffice/buying/proposal.h"

#include <glib/gi18n-lib.h>

static Document *order_of(GHashTable *by_supplier, GPtrArray *orders, int64_t shop_id,
			  const ProposalLine *line)
{
	Document *order = g_hash_table_lookup(by_supplier, &line->supplier_id);

	if (order != NULL)
		return order;
	order = document_new(DOCUMENT_ORDER, shop_id);
	order->supplier_id = line->supplier_id;
	g_ptr_array_add(orders, order);
	g_hash_table_insert(by_supplier, &order->supplier_id, order);
	return order;
}

static void add_line(Document *order, const ProposalLine *from)
{
	DocumentLine *line = document_add_line(order, from->item_id, from->quantity);

	line->pack_id = from->pack_id;
	line->has_cost = from->has_cost;
	line->cost = proposal_value(from);
}

static void free_document(gpointer document)
{
	document_free(document);
}

/* By supplier, in the order of the lines. */
static GPtrArray *make_orders(int64_t shop_id, const GPtrArray *lines)
{
	g_autoptr(GHashTable) by_supplier = g_hash_table_new(g_int64_hash, g_int64_equal);
	GPtrArray *orders = g_ptr_array_new_with_free_func(free_document);

	for (guint i = 0; i < lines->len; i++) {
		const ProposalLine *line = lines->pdata[i];

		if (line->quantity > 0)
			add_line(order_of(by_supplier, orders, shop_id, line), line);
	}
	return orders;
}

static bool write_orders(Store *store, const GPtrArray *orders, int64_t person_id, GArray *ids,
			 GError **error)
{
	if (!rights_require(store, person_id, RIGHT_ORDER, error))
		return false;
	for (guint i = 0; i < orders->len; i++) {
		Document *order = orders->pdata[i];

		if (!document_create_in(store, order, person_id, error))
			return false;
		g_array_append_val(ids, order->id);
	}
	return true;
}

bool proposal_order(Store *store, int64_t shop_id, const GPtrArray *lines, int64_t person_id,
		    GArray **ret_ids, GError **error)
{
	g_autoptr(GPtrArray) orders = make_orders(shop_id, lines);
	g_autoptr(GArray) ids = g_array_new(false, false, sizeof(int64_t));

	*ret_ids = NULL;
	if (orders->len == 0) {
		g_set_error_literal(error, DOCUMENT_ERROR, DOCUMENT_ERROR_INVALID,
				    _("There is nothing to order."));
		return false;
	}
	if (!store_begin(store, error))
		return false;
	if (!write_orders(store, orders, person_id, ids, error)) {
		store_rollback(store);
		return false;
	}
	if (!store_commit(store, error))
		return false;
	*ret_ids = g_steal_pointer(&ids);
	return true;
}
