/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What came of a transfer. Goods on the way belong to nobody's shelf: they are worth what they left
 * at, and an arrival takes its part of that. */
#include "backoffice/stock/document_origin.h"
#include "backoffice/stock/document_posting.h"
#include "core/money.h"
#include "core/quantity.h"

#include <glib/gi18n-lib.h>

static bool check_origin(Posting *self, const Document *transfer, GError **error)
{
	if (transfer->kind != DOCUMENT_TRANSFER || transfer->state != DOCUMENT_POSTED)
		return document_refuse(error, DOCUMENT_ERROR_INVALID,
				       _("Document %s is no posted transfer: nothing can arrive "
					 "of it."),
				       transfer->number);
	if (transfer->other_shop != self->document->shop_id)
		return document_refuse(error, DOCUMENT_ERROR_INVALID,
				       _("Transfer %s goes to another shop: it has to arrive "
					 "there."),
				       transfer->number);
	if (self->at < transfer->at)
		return document_refuse(error, DOCUMENT_ERROR_INVALID,
				       _("Transfer %s left later than it arrives here: correct the "
					 "time."),
				       transfer->number);
	return true;
}

static bool refuse_too_much(const DocumentLine *line, const LineItem *item, const Owed *owed,
			    GError **error)
{
	g_autofree char *sent = quantity_dup_decimal((Quantity){ owed != NULL ? owed->sent : 0 });
	g_autofree char *came = quantity_dup_decimal((Quantity){ owed != NULL ? owed->taken : 0 });

	return document_refuse_line(error, line->line, item->name,
				    _("%s were sent and %s have arrived: no more can come. What is "
				      "over is entered where it was sent from, or counted here."),
				    sent, came);
}

/* The last piece takes all that is left of the value, so that nothing stays on the way for ever. */
static bool share(const Owed *owed, int64_t quantity, int64_t *ret)
{
	if (owed->taken + quantity == owed->sent)
		return !__builtin_sub_overflow(owed->value, owed->value_taken, ret);
	return scale_int64(owed->value, quantity, owed->sent, ROUND_HALF_AWAY, ret);
}

static bool move_line(Posting *self, DocumentLine *line, const LineItem *item, Owed *owed,
		      GError **error)
{
	LedgerMove move = posting_start(self, line);

	if (owed == NULL || line->quantity > owed->sent - owed->taken)
		return refuse_too_much(line, item, owed, error);
	if (!share(owed, line->quantity, &move.value))
		return document_refuse_line(error, line->line, item->name,
					    _("the cost cannot be so."));
	owed->taken += line->quantity;
	owed->value_taken += move.value;
	move.quantity = line->quantity;
	move.how = LEDGER_FIXED;
	return posting_batch(self, line, true, &move.batch_id, error) &&
	       ledger_post(self->ledger, &move, error) &&
	       posting_keep_cost(self, line, move.value, error);
}

bool posting_move_arrival(Posting *self, GError **error)
{
	g_autoptr(Document) transfer = document_read(self->store, self->document->origin_id, error);
	g_autoptr(GHashTable) owed = NULL;

	if (transfer == NULL || !check_origin(self, transfer, error))
		return false;
	owed = document_owed(self->store, transfer, error);
	if (owed == NULL)
		return false;
	for (guint i = 0; i < self->document->lines->len; i++) {
		DocumentLine *line = self->document->lines->pdata[i];

		if (line->quantity != 0 &&
		    !move_line(self, line, &self->items[i],
			       g_hash_table_lookup(owed, &line->item_id), error))
			return false;
	}
	return true;
}
