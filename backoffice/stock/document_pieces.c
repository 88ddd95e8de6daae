/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Batches and serial numbers: which pieces a document moves. */
#include "backoffice/people/counter.h"
#include "backoffice/stock/document_posting.h"
#include "core/quantity.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* --- batches ------------------------------------------------------------------------------- */

/* 0 without an error where there is none. */
static bool find_batch(Posting *self, const char *statement, const DocumentLine *line,
		       int32_t expiry, int64_t *ret, GError **error)
{
	StoreStatement *row = store_statement(self->store, statement);
	StoreStep step;

	store_bind_int(row, 1, line->item_id);
	store_bind_text(row, 2, line->batch);
	store_bind_int(row, 3, expiry);
	step = store_step(row, error);
	*ret = step == STORE_ROW ? store_get_int(row, 0) : 0;
	store_reset(row);
	return step != STORE_FAILED;
}

static bool insert_batch(Posting *self, const DocumentLine *line, int32_t expiry, int64_t *ret,
			 GError **error)
{
	StoreStatement *insert;

	if (!counter_take(self->store, "batch", ret, error))
		return false;
	insert = store_statement(self->store, "office/document/insert_batch");
	store_bind_int(insert, 1, *ret);
	store_bind_int(insert, 2, line->item_id);
	store_bind_text(insert, 3, line->batch);
	store_bind_int(insert, 4, expiry);
	return store_run(insert, error);
}

bool posting_batch(Posting *self, const DocumentLine *line, bool comes_in, int64_t *ret,
		   GError **error)
{
	int32_t expiry = line->expiry != 0 ? line->expiry : DOCUMENT_NO_EXPIRY;

	*ret = 0;
	if (*line->batch == '\0' && line->expiry == 0)
		return true;
	if (comes_in)
		return find_batch(self, "office/document/find_batch", line, expiry, ret, error) &&
		       (*ret != 0 || insert_batch(self, line, expiry, ret, error));
	if (!find_batch(self, "office/document/find_batch_code", line, line->expiry, ret, error))
		return false;
	return *ret != 0 ||
	       document_refuse_line(error, line->line, NULL,
				    _("no batch “%s” of these goods ever came in with this day of "
				      "expiry. Leave both empty, and it is taken from what "
				      "expires first."),
				    line->batch);
}

/* --- serial numbers ------------------------------------------------------------------------ */

/* The states of table serial. */
static const char *state_after(const Posting *self, const DocumentLine *line)
{
	switch (self->document->kind) {
	case DOCUMENT_DELIVERY:
	case DOCUMENT_ARRIVAL:
	case DOCUMENT_OPENING:
		return "here";
	case DOCUMENT_TRANSFER:
		return "on-the-way";
	case DOCUMENT_PRODUCTION:
		return line->quantity > 0 ? "here" : "gone";
	default:
		return "gone";
	}
}

/* "" where it was never seen. Own it. */
static bool read_serial(Posting *self, const DocumentLine *line, const char *serial,
			int64_t *ret_shop, char **ret_state, GError **error)
{
	StoreStatement *row = store_statement(self->store, "office/document/serial");
	StoreStep step;

	store_bind_int(row, 1, line->item_id);
	store_bind_text(row, 2, serial);
	step = store_step(row, error);
	*ret_shop = step == STORE_ROW ? store_get_int(row, 0) : 0;
	*ret_state = g_strdup(step == STORE_ROW ? store_get_text(row, 1) : "");
	store_reset(row);
	return step != STORE_FAILED;
}

static bool put_serial(Posting *self, const DocumentLine *line, const char *serial, int64_t shop_id,
		       const char *state, GError **error)
{
	StoreStatement *put = store_statement(self->store, "office/document/put_serial");
	StoreStatement *event;
	int64_t id;

	store_bind_int(put, 1, line->item_id);
	store_bind_text(put, 2, serial);
	store_bind_int(put, 3, shop_id);
	store_bind_text(put, 4, state);
	if (!store_run(put, error) || !counter_take(self->store, "serial-event", &id, error))
		return false;
	event = store_statement(self->store, "office/document/insert_serial_event");
	store_bind_int(event, 1, line->item_id);
	store_bind_text(event, 2, serial);
	store_bind_int(event, 3, id);
	store_bind_int(event, 4, self->now);
	store_bind_text(event, 5, state);
	store_bind_int(event, 6, self->document->id);
	return store_run(event, error);
}

/* Whether a piece that stands so may be moved so; a sentence if not. */
static const char *wrong_piece(const Posting *self, const char *after, const char *before,
			       int64_t shop_id)
{
	bool comes_in = strcmp(after, "here") == 0;

	if (self->document->kind == DOCUMENT_ARRIVAL)
		return strcmp(before, "on-the-way") == 0
			       ? NULL
			       : _("the piece %s is not on the way: look at its number.");
	if (comes_in && (strcmp(before, "here") == 0 || strcmp(before, "on-the-way") == 0))
		return _("the piece %s is in stock already: look at its number.");
	if (!comes_in && (strcmp(before, "here") != 0 || shop_id != self->document->shop_id))
		return _("the piece %s is not in this shop: look at its number.");
	return NULL;
}

static bool move_piece(Posting *self, const DocumentLine *line, const LineItem *item,
		       const char *serial, GError **error)
{
	const char *after = state_after(self, line);
	g_autofree char *before = NULL;
	const char *wrong;
	int64_t shop_id;

	if (!read_serial(self, line, serial, &shop_id, &before, error))
		return false;
	wrong = wrong_piece(self, after, before, shop_id);
	if (wrong != NULL)
		return document_refuse_line(error, line->line, item->name, wrong, serial);
	return put_serial(self, line, serial, self->document->shop_id, after, error);
}

bool posting_pieces(Posting *self, const DocumentLine *line, const LineItem *item, GError **error)
{
	int64_t n = line->serials != NULL ? (int64_t)g_strv_length(line->serials) : 0;

	if (self->document->kind == DOCUMENT_REVALUATION || (!item->serials && n == 0))
		return true;
	if (!item->serials)
		return document_refuse_line(error, line->line, item->name,
					    _("these goods are not kept by serial number. Take the "
					      "numbers out, or say so in the list of goods."));
	if (n * QUANTITY_ONE != ABS(line->quantity)) {
		g_autofree char *quantity = quantity_dup_decimal((Quantity){ ABS(line->quantity) });

		return document_refuse_line(error, line->line, item->name,
					    _("%s pieces and %d serial numbers: each piece needs "
					      "its own."),
					    quantity, (int)n);
	}
	for (int64_t i = 0; i < n; i++)
		if (!move_piece(self, line, item, line->serials[i], error))
			return false;
	return true;
}

/* --- taking back --------------------------------------------------------------------------- */

/* The newest event has to be this document's; *ret is the state before it, "" where it was never
 * seen before. */
static bool read_before(Posting *self, const DocumentLine *line, const char *serial, bool *ret_ours,
			char **ret, GError **error)
{
	StoreStatement *row = store_statement(self->store, "office/document/last_serial_events");
	StoreStep step;

	store_bind_int(row, 1, line->item_id);
	store_bind_text(row, 2, serial);
	step = store_step(row, error);
	*ret_ours = step == STORE_ROW && store_get_int(row, 0) == self->document->id;
	if (step == STORE_ROW)
		step = store_step(row, error);
	*ret = g_strdup(step == STORE_ROW ? store_get_text(row, 1) : "");
	if (step == STORE_ROW)
		store_reset(row);
	return step != STORE_FAILED;
}

static bool undo_piece(Posting *self, const DocumentLine *line, const char *serial, GError **error)
{
	g_autofree char *before = NULL;
	bool came = strcmp(state_after(self, line), "here") == 0;
	int64_t shop_id = self->document->shop_id;
	bool ours;

	if (!read_before(self, line, serial, &ours, &before, error))
		return false;
	if (!ours)
		return document_refuse(error, DOCUMENT_ERROR_USED,
				       _("Line %d: the piece %s has been sold or moved since. Take "
					 "that back first."),
				       line->line, serial);
	if (self->document->kind == DOCUMENT_ARRIVAL)
		shop_id = self->document->other_shop;
	if (*before == '\0') /* a piece that left had to be here */
		return put_serial(self, line, serial, shop_id, came ? "gone" : "here", error);
	return put_serial(self, line, serial, shop_id, before, error);
}

bool posting_undo_pieces(Posting *self, const DocumentLine *line, GError **error)
{
	for (char **serial = line->serials; serial != NULL && *serial != NULL; serial++)
		if (!undo_piece(self, line, *serial, error))
			return false;
	return true;
}
