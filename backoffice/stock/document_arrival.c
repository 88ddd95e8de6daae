/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What came of a transfer. Goods on the way belong to nobody's shelf: they are worth what they left
 * at, and an arrival takes its part of that. */
#include "backoffice/stock/document_origin.h"
#include "backoffice/stock/document_posting.h"
#include "core/money.h"
#include "core/quantity.h"

#include <glib/gi18n-lib.h>

#define DAY_US (INT64_C(86400) * G_USEC_PER_SEC)

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
	if (self->at >= transfer->at)
		return true;
	if (transfer->at - self->at >= DAY_US)
		return document_refuse(error, DOCUMENT_ERROR_INVALID,
				       _("Transfer %s left later than it arrives here: correct the "
					 "time."),
				       transfer->number);
	self->at = transfer->at; /* a day alone begins before the goods have left */
	return posting_find_day(self, error);
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

/* @quantity of a line, into one batch; adds to *value. */
static bool move_part(Posting *self, const DocumentLine *line, Owed *owed, int64_t quantity,
		      int64_t batch_id, int64_t *value, GError **error)
{
	LedgerMove move = posting_start(self, line);

	if (!share(owed, quantity, &move.value))
		return document_refuse_line(error, line->line, NULL, _("the cost cannot be so."));
	owed->taken += quantity;
	owed->value_taken += move.value;
	*value += move.value;
	move.quantity = quantity;
	move.how = LEDGER_FIXED;
	move.batch_id = batch_id;
	return ledger_post(self->ledger, &move, error);
}

/* Into the batches that the sender's ledger took, where the line names none. */
static bool move_batches(Posting *self, const DocumentLine *line, Owed *owed, GPtrArray *batches,
			 int64_t *value, GError **error)
{
	int64_t left = line->quantity;

	for (guint i = document_batches_of(batches, line->item_id); i < batches->len && left > 0;
	     i++) {
		BatchOnTheWay *batch = batches->pdata[i];
		int64_t part = MIN(left, batch->quantity);

		if (batch->item_id != line->item_id)
			break;
		if (part <= 0)
			continue;
		if (!move_part(self, line, owed, part, batch->batch_id, value, error))
			return false;
		batch->quantity -= part;
		left -= part;
	}
	return left == 0 || move_part(self, line, owed, left, 0, value, error);
}

static bool move_line(Posting *self, DocumentLine *line, const LineItem *item, Owed *owed,
		      GPtrArray *batches, GError **error)
{
	int64_t batch_id, value = 0;

	if (owed == NULL || line->quantity > owed->sent - owed->taken)
		return refuse_too_much(line, item, owed, error);
	if (!posting_batch(self, line, true, &batch_id, error))
		return false;
	return (batch_id != 0 ? move_part(self, line, owed, line->quantity, batch_id, &value, error)
			      : move_batches(self, line, owed, batches, &value, error)) &&
	       posting_keep_cost(self, line, value, error);
}

bool posting_move_arrival(Posting *self, GError **error)
{
	g_autoptr(Document) transfer = document_read(self->store, self->document->origin_id, error);
	g_autoptr(GHashTable) owed = NULL;
	g_autoptr(GPtrArray) batches = NULL;

	if (transfer == NULL || !check_origin(self, transfer, error))
		return false;
	owed = document_owed(self->store, transfer, error);
	batches = document_batches_on_the_way(self->store, transfer->id, error);
	if (owed == NULL || batches == NULL)
		return false;
	self->document->other_shop =
		transfer->shop_id; /* whoever entered it may have left it out */
	for (guint i = 0; i < self->document->lines->len; i++) {
		DocumentLine *line = self->document->lines->pdata[i];

		if (line->quantity != 0 &&
		    !move_line(self, line, &self->items[i],
			       g_hash_table_lookup(owed, &line->item_id), batches, error))
			return false;
	}
	return true;
}
