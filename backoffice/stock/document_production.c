/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is made carries exactly what went into it. */
#include "backoffice/stock/document_posting.h"
#include "core/money.h"

#include <glib/gi18n-lib.h>

/* Takes the components; *ret_value is what they are worth together, *ret_made how much comes out.
 */
static bool take_components(Posting *self, int64_t *ret_value, int64_t *ret_made, GError **error)
{
	*ret_value = *ret_made = 0;
	for (guint i = 0; i < self->document->lines->len; i++) {
		DocumentLine *line = self->document->lines->pdata[i];
		LedgerMove move = posting_start(self, line);
		int64_t value;

		if (line->quantity > 0) {
			if (__builtin_add_overflow(*ret_made, line->quantity, ret_made))
				return document_refuse_line(error, line->line, self->items[i].name,
							    _("the quantity is too large to be "
							      "true."));
			continue;
		}
		if (!ledger_value_of(self->ledger, line->item_id, -line->quantity, &value, error) ||
		    !posting_batch(self, line, false, &move.batch_id, error))
			return false;
		move.quantity = line->quantity;
		move.how = LEDGER_FIXED;
		move.value = -value;
		if (__builtin_add_overflow(*ret_value, value, ret_value))
			return document_refuse_line(error, line->line, self->items[i].name,
						    _("the cost cannot be so."));
		if (!ledger_post(self->ledger, &move, error) ||
		    !posting_keep_cost(self, line, value, error))
			return false;
	}
	return true;
}

static bool put_product(Posting *self, DocumentLine *line, int64_t value, GError **error)
{
	LedgerMove move = posting_start(self, line);

	move.quantity = line->quantity;
	move.how = LEDGER_FIXED;
	move.value = value;
	return posting_batch(self, line, true, &move.batch_id, error) &&
	       ledger_post(self->ledger, &move, error) &&
	       posting_keep_cost(self, line, value, error);
}

/* Each product's part ends where the next one's begins: together they are the whole. */
static bool put_products(Posting *self, int64_t value, int64_t made, GError **error)
{
	int64_t before = 0, told = 0;

	for (guint i = 0; i < self->document->lines->len; i++) {
		DocumentLine *line = self->document->lines->pdata[i];
		int64_t up_to;

		if (line->quantity < 0)
			continue;
		before += line->quantity;
		if (!scale_int64(value, before, made, ROUND_HALF_AWAY, &up_to))
			return document_refuse_line(error, line->line, self->items[i].name,
						    _("the cost cannot be so."));
		if (!put_product(self, line, up_to - told, error))
			return false;
		told = up_to;
	}
	return true;
}

bool posting_move_production(Posting *self, GError **error)
{
	int64_t value, made;

	if (!take_components(self, &value, &made, error))
		return false;
	if (made == 0)
		return document_refuse(error, DOCUMENT_ERROR_INVALID,
				       _("What has been made? A production needs a line of what "
					 "comes out."));
	return put_products(self, value, made, error);
}
