/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a receipt's line says of the very piece that was sold: its batch, its serial number. */
#include "backoffice/people/counter.h"
#include "backoffice/sales/ingest_rows.h"

bool ingest_batch_of(const Ingest *self, const ReceiptLine *line, int64_t *ret, GError **error)
{
	StoreStatement *row;
	StoreStep step;

	*ret = 0;
	if (*line->batch == '\0' && line->expiry == 0)
		return true;
	row = store_statement(self->store, "office/ingest/batch");
	store_bind_int(row, 1, self->till->shop_id);
	store_bind_int(row, 2, line->item_id);
	store_bind_text(row, 3, line->batch);
	store_bind_int(row, 4, line->expiry);
	step = store_step(row, error);
	if (step == STORE_ROW)
		*ret = store_get_int(row, 0);
	store_reset(row);
	return step != STORE_FAILED;
}

/* Tills tell of what they did in any order: what one of them did later stands. */
static bool read_serial(const Ingest *self, const ReceiptLine *line, int64_t at,
			bool *ret_has_serials, bool *ret_overtaken, GError **error)
{
	StoreStatement *row = store_statement(self->store, "office/ingest/serial_is_overtaken");
	StoreStep step;

	store_bind_int(row, 1, line->item_id);
	store_bind_text(row, 2, line->serial);
	store_bind_int(row, 3, at);
	step = store_step(row, error);
	*ret_has_serials = step == STORE_ROW;
	*ret_overtaken = step == STORE_ROW && store_get_int(row, 0) != 0;
	store_reset(row);
	return step != STORE_FAILED;
}

static bool put_serial(const Ingest *self, const ReceiptLine *line, const char *state,
		       GError **error)
{
	StoreStatement *put = store_statement(self->store, "office/document/put_serial");

	store_bind_int(put, 1, line->item_id);
	store_bind_text(put, 2, line->serial);
	store_bind_int(put, 3, self->till->shop_id);
	store_bind_text(put, 4, state);
	return store_run(put, error);
}

bool ingest_serial(const Ingest *self, const ReceiptLine *line, int64_t at, int64_t seq,
		   bool is_sold, GError **error)
{
	const char *state = is_sold ? "sold" : "here";
	bool has_serials, overtaken;
	StoreStatement *event;
	int64_t id;

	if (*line->serial == '\0')
		return true;
	if (!read_serial(self, line, at, &has_serials, &overtaken, error))
		return false;
	if (!has_serials)
		return true;
	if ((!overtaken && !put_serial(self, line, state, error)) ||
	    !counter_take(self->store, "serial-event", &id, error))
		return false;
	event = store_statement(self->store, "office/ingest/insert_serial_event");
	store_bind_int(event, 1, line->item_id);
	store_bind_text(event, 2, line->serial);
	store_bind_int(event, 3, id);
	store_bind_int(event, 4, at);
	store_bind_text(event, 5, state);
	store_bind_int(event, 6, self->till->till_id);
	store_bind_int(event, 7, seq);
	return store_run(event, error);
}
