/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What each kind of document tells the ledger. */
#include "backoffice/stock/count.h"
#include "backoffice/stock/document_origin.h"
#include "backoffice/stock/document_posting.h"
#include "core/money.h"

#include <glib/gi18n-lib.h>

LedgerMove posting_start(const Posting *self, const DocumentLine *line)
{
	return (LedgerMove){ .item_id = line->item_id,
			     .at = self->at,
			     .day = self->day,
			     .kind = document_kind_code(self->document->kind),
			     .document_id = self->document->id,
			     .document_line = line->line };
}

bool posting_keep_cost(Posting *self, DocumentLine *line, int64_t cost, GError **error)
{
	StoreStatement *set = store_statement(self->store, "office/document/set_cost");

	line->has_cost = true;
	line->cost = cost;
	store_bind_int(set, 1, self->document->id);
	store_bind_int(set, 2, line->line);
	store_bind_int(set, 3, cost);
	return store_run(set, error);
}

/* A delivery, an opening balance: at what it says, else at the average. */
static bool move_in(Posting *self, DocumentLine *line, GError **error)
{
	LedgerMove move = posting_start(self, line);

	move.quantity = line->quantity;
	move.how = line->has_cost ? LEDGER_VALUED : LEDGER_AT_AVERAGE;
	move.value = line->has_cost ? line->cost : 0;
	return posting_batch(self, line, true, &move.batch_id, error) &&
	       ledger_post(self->ledger, &move, error);
}

/* What it is worth as it leaves stays with the line: that is what people see of the document. */
static bool move_out(Posting *self, DocumentLine *line, bool fixed, GError **error)
{
	LedgerMove move = posting_start(self, line);
	int64_t value;

	if (!ledger_value_of(self->ledger, line->item_id, line->quantity, &value, error) ||
	    !posting_batch(self, line, false, &move.batch_id, error))
		return false;
	move.quantity = -line->quantity;
	move.how = fixed ? LEDGER_FIXED : LEDGER_AT_AVERAGE;
	move.value = fixed ? -value : 0;
	return ledger_post(self->ledger, &move, error) &&
	       posting_keep_cost(self, line, value, error);
}

static bool move_revalued(Posting *self, DocumentLine *line, GError **error)
{
	LedgerMove move = posting_start(self, line);

	move.how = LEDGER_REVALUED;
	move.value = line->cost;
	return ledger_post(self->ledger, &move, error);
}

static bool move_line(Posting *self, DocumentLine *line, GError **error)
{
	switch (self->document->kind) {
	case DOCUMENT_DELIVERY:
	case DOCUMENT_OPENING:
		return move_in(self, line, error);
	case DOCUMENT_SUPPLIER_RETURN:
	case DOCUMENT_WRITE_OFF:
		return move_out(self, line, false, error);
	case DOCUMENT_TRANSFER:
		return move_out(self, line, true, error);
	case DOCUMENT_REVALUATION:
		return move_revalued(self, line, error);
	default:
		g_return_val_if_reached(false);
	}
}

static bool move_lines(Posting *self, GError **error)
{
	for (guint i = 0; i < self->document->lines->len; i++) {
		DocumentLine *line = self->document->lines->pdata[i];

		if (line->quantity == 0 && self->document->kind != DOCUMENT_REVALUATION)
			continue;
		if (!move_line(self, line, error))
			return false;
	}
	return true;
}

/* What an order says goods cost, where the delivery itself does not. */
static bool take_costs_of_order(Posting *self, GError **error)
{
	g_autoptr(Document) order = NULL;
	g_autoptr(GHashTable) owed = NULL;

	if (self->document->kind != DOCUMENT_DELIVERY || self->document->origin_id == 0)
		return true;
	order = document_read(self->store, self->document->origin_id, error);
	if (order == NULL)
		return false;
	if (order->kind != DOCUMENT_ORDER || order->state != DOCUMENT_POSTED)
		return document_refuse(error, DOCUMENT_ERROR_INVALID,
				       _("Document %s is no posted order: nothing can be delivered "
					 "on it."),
				       order->number);
	owed = document_owed(self->store, order, error);
	for (guint i = 0; owed != NULL && i < self->document->lines->len; i++) {
		DocumentLine *line = self->document->lines->pdata[i];
		const Owed *ordered = g_hash_table_lookup(owed, &line->item_id);
		int64_t cost;

		if (line->has_cost || line->quantity == 0 || ordered == NULL || ordered->value == 0)
			continue;
		if (scale_int64(ordered->value, line->quantity, ordered->sent, ROUND_HALF_AWAY,
				&cost) &&
		    !posting_keep_cost(self, line, cost, error))
			return false;
	}
	return owed != NULL;
}

static bool move_pieces(Posting *self, GError **error)
{
	for (guint i = 0; i < self->document->lines->len; i++)
		if (!posting_pieces(self, self->document->lines->pdata[i], &self->items[i], error))
			return false;
	return true;
}

bool posting_move(Posting *self, GError **error)
{
	bool moved;

	switch (self->document->kind) {
	case DOCUMENT_COUNT: /* writes its lines itself, of what stands in count_entry */
		return count_post(self->store, self->document, self->ledger, error);
	case DOCUMENT_ARRIVAL:
		moved = posting_move_arrival(self, error);
		break;
	case DOCUMENT_PRODUCTION:
		moved = posting_move_production(self, error);
		break;
	default:
		moved = take_costs_of_order(self, error) && move_lines(self, error);
		break;
	}
	return moved && move_pieces(self, error);
}
