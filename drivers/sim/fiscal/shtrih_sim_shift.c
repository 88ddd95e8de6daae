/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/fiscal/shtrih_sim.h"

#include <string.h>

/* Shift, cash in the drawer, clock. */
enum { E_CONFIRM_DATE = 0xC0 };

static void put_cashier(const ShtrihState *state, GByteArray *body)
{
	g_byte_array_append(body, state->fn_tags->data, state->fn_tags->len);
}

static void end_fn_document(ShtrihState *state)
{
	state->fn_document = FN_NONE;
	g_byte_array_set_size(state->fn_tags, 0);
}

/* ---- open */

static uint8_t check_open(const ShtrihState *state)
{
	if (state->receipt_open)
		return E_RECEIPT_OPEN;
	if (state->shift_open)
		return E_SHIFT_OPEN;
	return state->pending_date >= 0 ? E_CONFIRM_DATE : E_OK;
}

uint8_t shtrih_begin_open_shift(ShtrihCall *call)
{
	ShtrihState *state = &call->sim->state;
	uint8_t error = check_open(state);

	if (error != E_OK)
		return error;
	if (state->fn_document != FN_NONE)
		return E_FN_STATE;
	state->fn_document = FN_OPENING;
	return E_OK;
}

static void reset_totals(ShtrihState *state)
{
	memset(state->totals, 0, sizeof(state->totals));
	state->cash_in = state->cash_out = 0;
	state->n_cash_in = state->n_cash_out = 0;
	state->receipt = 0;
}

static uint8_t open_shift(ShtrihCall *call, ShtrihDocument *document)
{
	Shtrih *self = call->sim;
	ShtrihState *state = &self->state;
	g_autoptr(GByteArray) body = g_byte_array_new();
	uint8_t error = check_open(state);

	if (error != E_OK)
		return error;
	*document = (ShtrihDocument){ .type = DOCUMENT_OPEN_SHIFT };
	put_cashier(state, body);
	state->shift++;
	error = shtrih_document_make(call, document, body);
	if (error != E_OK) {
		state->shift--;
		return error;
	}
	state->shift_open = true;
	state->shift_opened_at = document->at;
	reset_totals(state);
	fiscal_book_add(state->book,
			&(FiscalBooked){ .number = document->fd, .kind = "shift-open" });
	shtrih_print(self,
		     shtrih_paper_shift(self, "ОТЧЕТ ОБ ОТКРЫТИИ СМЕНЫ", document, call->operator),
		     true);
	end_fn_document(state);
	return E_OK;
}

uint8_t shtrih_open_shift(ShtrihCall *call)
{
	ShtrihDocument document;

	return open_shift(call, &document);
}

static void put_shift_document(ShtrihCall *call, const ShtrihDocument *document)
{
	shtrih_put(call->answer, (uint64_t)document->shift, 2);
	shtrih_put_document(call, document);
}

/* Some clients send the finishing command alone; it begins what it ends. */
uint8_t shtrih_finish_open_shift(ShtrihCall *call)
{
	ShtrihDocument document;
	uint8_t error = open_shift(call, &document);

	if (error == E_OK)
		put_shift_document(call, &document);
	return error;
}

/* ---- close */

static uint8_t check_close(const ShtrihState *state)
{
	if (state->receipt_open)
		return E_RECEIPT_OPEN;
	if (state->fn_document == FN_CORRECTION)
		return E_FN_STATE;
	return state->shift_open ? E_OK : E_SHIFT_CLOSED;
}

uint8_t shtrih_begin_close_shift(ShtrihCall *call)
{
	ShtrihState *state = &call->sim->state;
	uint8_t error = check_close(state);

	if (error != E_OK)
		return error;
	if (state->fn_document != FN_NONE)
		return E_FN_STATE;
	state->fn_document = FN_CLOSING;
	return E_OK;
}

static uint8_t close_shift(ShtrihCall *call, ShtrihDocument *document)
{
	Shtrih *self = call->sim;
	ShtrihState *state = &self->state;
	g_autoptr(GByteArray) body = g_byte_array_new();
	uint8_t error = check_close(state);

	if (error != E_OK)
		return error;
	*document = (ShtrihDocument){ .type = DOCUMENT_CLOSE_SHIFT };
	put_cashier(state, body);
	error = shtrih_document_make(call, document, body);
	if (error != E_OK)
		return error;
	shtrih_print(self,
		     shtrih_paper_report(self, "ОТЧЕТ О ЗАКРЫТИИ СМЕНЫ", document, call->operator),
		     true);
	state->shift_open = false;
	fiscal_book_add(state->book, &(FiscalBooked){ .number = document->fd,
						      .kind = "shift-close",
						      .total = state->totals[SALE].total,
						      .sales = state->totals[SALE].total,
						      .returns = state->totals[SALE_RETURN].total,
						      .cash_in_drawer = state->cash });
	end_fn_document(state);
	return E_OK;
}

uint8_t shtrih_close_shift(ShtrihCall *call)
{
	ShtrihDocument document;

	return close_shift(call, &document);
}

uint8_t shtrih_finish_close_shift(ShtrihCall *call)
{
	ShtrihDocument document;
	uint8_t error = close_shift(call, &document);

	if (error == E_OK)
		put_shift_document(call, &document);
	return error;
}

uint8_t shtrih_fn_cancel(ShtrihCall *call)
{
	ShtrihState *state = &call->sim->state;

	if (state->receipt_open)
		return E_RECEIPT_OPEN;
	if (state->fn_document == FN_NONE)
		return E_FN_STATE;
	end_fn_document(state);
	return E_OK;
}

uint8_t shtrih_x_report(ShtrihCall *call)
{
	Shtrih *self = call->sim;

	if (self->state.receipt_open)
		return E_RECEIPT_OPEN;
	if (self->state.fn_document != FN_NONE)
		return E_FN_STATE;
	shtrih_print(self, shtrih_paper_report(self, "ОТЧЕТ БЕЗ ГАШЕНИЯ", NULL, call->operator),
		     true);
	return E_OK;
}

/* ---- cash */

static uint8_t check_cash(ShtrihCall *call, int64_t sum)
{
	const ShtrihState *state = &call->sim->state;

	if (state->receipt_open)
		return E_RECEIPT_OPEN;
	if (state->fn_document != FN_NONE)
		return E_FN_STATE;
	if (!state->shift_open)
		return E_SHIFT_CLOSED;
	if (shtrih_shift_too_long(call->sim))
		return E_24_HOURS;
	return sum > 0 && state->cash + sum <= MAX_SUM ? E_OK : E_PARAMETERS;
}

static void end_cash(ShtrihCall *call, const char *title, const char *kind, int64_t sum)
{
	ShtrihState *state = &call->sim->state;

	state->document++;
	/* No fiscal document: its number is the one that goes through all papers. */
	fiscal_book_add(state->book, &(FiscalBooked){ .number = state->document,
						      .kind = kind,
						      .total = sum,
						      .cash = sum });
	shtrih_put(call->answer, (uint64_t)state->document, 2);
	g_string_append_printf(call->words,
			       " %" G_GINT64_FORMAT ", in the drawer %" G_GINT64_FORMAT, sum,
			       state->cash);
	shtrih_print(call->sim, shtrih_paper_cash(call->sim, title, sum, call->operator), true);
}

uint8_t shtrih_cash_in(ShtrihCall *call)
{
	ShtrihState *state = &call->sim->state;
	int64_t sum = shtrih_unsigned(call->data, 5);
	uint8_t error = check_cash(call, sum);

	if (error != E_OK)
		return error;
	state->cash += sum;
	state->cash_in += sum;
	state->n_cash_in++;
	end_cash(call, "ВНЕСЕНИЕ", "cash-in", sum);
	return E_OK;
}

uint8_t shtrih_cash_out(ShtrihCall *call)
{
	ShtrihState *state = &call->sim->state;
	int64_t sum = shtrih_unsigned(call->data, 5);
	uint8_t error = check_cash(call, sum);

	if (error != E_OK)
		return error;
	if (sum > state->cash)
		return E_NO_CASH;
	state->cash -= sum;
	state->cash_out += sum;
	state->n_cash_out++;
	end_cash(call, "ВЫПЛАТА", "cash-out", sum);
	return E_OK;
}

/* ---- clock */

static uint8_t check_clock(const ShtrihState *state)
{
	return state->shift_open || state->receipt_open ? E_MODE : E_OK;
}

uint8_t shtrih_set_time(ShtrihCall *call)
{
	ShtrihState *state = &call->sim->state;
	int64_t now = shtrih_now(call->sim), wanted;

	if (check_clock(state) != E_OK)
		return E_MODE;
	if (call->data[0] > 23 || call->data[1] > 59 || call->data[2] > 59)
		return E_PARAMETERS;
	wanted = call->data[0] * 3600 + call->data[1] * 60 + call->data[2];
	state->clock_offset += wanted - now % 86400;
	return E_OK;
}

static int64_t date_number(const uint8_t data[3])
{
	return data[2] * 10000 + data[1] * 100 + data[0];
}

uint8_t shtrih_set_date(ShtrihCall *call)
{
	ShtrihState *state = &call->sim->state;

	if (check_clock(state) != E_OK)
		return E_MODE;
	if (!g_date_valid_dmy(call->data[0], call->data[1], (GDateYear)(2000 + call->data[2])))
		return E_DATE;
	state->pending_date = date_number(call->data);
	return E_OK;
}

uint8_t shtrih_confirm_date(ShtrihCall *call)
{
	ShtrihState *state = &call->sim->state;
	int64_t now = shtrih_now(call->sim);
	g_autoptr(GDateTime) date = NULL;

	if (state->pending_date < 0)
		return E_MODE;
	if (date_number(call->data) != state->pending_date)
		return E_DATE_MISMATCH;
	date = g_date_time_new_utc(2000 + call->data[2], call->data[1], call->data[0], 0, 0, 0);
	state->clock_offset += g_date_time_to_unix(date) - (now - now % 86400);
	state->pending_date = -1;
	return E_OK;
}
