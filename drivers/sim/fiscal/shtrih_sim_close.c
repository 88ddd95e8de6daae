/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/fiscal/shtrih_sim.h"

/* A receipt becomes a fiscal document: all is checked, then it is made, then the counters move. */
static const int operation_of_type[N_RECEIPT_TYPES] = {
	[SALE] = 1, [SALE_RETURN] = 2, [BUY] = 3, [BUY_RETURN] = 4
};

typedef struct {
	int64_t paid[N_PAYMENTS];
	int rounding;
	int tax_system;
	int64_t total, change; /* computed */
} Closing;

static bool takes_cash_out(int64_t type)
{
	return type == SALE_RETURN || type == BUY;
}

static uint8_t check_payments(const ShtrihState *state, Closing *closing)
{
	int64_t noncash = 0, net;

	for (int i = 1; i < N_PAYMENTS; i++)
		noncash += closing->paid[i];
	if (noncash + closing->paid[0] < closing->total)
		return E_PAYMENTS_SHORT;
	if (noncash > closing->total)
		return E_NONCASH_TOO_MUCH;
	closing->change = noncash + closing->paid[0] - closing->total;
	net = closing->paid[0] - closing->change;
	if (takes_cash_out(state->receipt_type) && net > state->cash)
		return E_NO_CASH;
	return E_OK;
}

static uint8_t check(ShtrihCall *call, Closing *closing)
{
	Shtrih *self = call->sim;
	int64_t total = shtrih_receipt_total(self);

	if (!self->state.receipt_open)
		return E_RECEIPT_CLOSED;
	if (total == 0)
		return E_ZERO_TOTAL;
	closing->total = total - closing->rounding;
	if (closing->rounding > 0 && closing->total % 100 != 0)
		return E_PARAMETERS;
	if (shtrih_shift_too_long(self))
		return E_FN_24_HOURS;
	if (shtrih_sim_marks_check(call) != E_OK)
		return E_TAG_MISSING;
	return check_payments(&self->state, closing);
}

static void sum_vat(const Shtrih *self, int64_t ret[N_VAT])
{
	int64_t turnover[N_VAT] = { 0 };

	for (unsigned i = 0; i < self->state.lines->len; i++) {
		const ShtrihLine *line = g_ptr_array_index(self->state.lines, i);

		turnover[line->vat] += line->sum;
	}
	for (int i = 0; i < N_VAT; i++)
		ret[i] = shtrih_vat(self, i)->rate > 0 ? shtrih_vat_sum(self, i, turnover[i])
						       : turnover[i];
}

static void put_quantity(GByteArray *ret, int64_t micro)
{
	uint8_t value[9];
	size_t len = 1;
	int decimals = 6;

	for (; decimals > 0 && micro % 10 == 0; decimals--)
		micro /= 10;
	value[0] = (uint8_t)decimals;
	do {
		value[len++] = (uint8_t)micro;
		micro >>= 8;
	} while (micro != 0);
	shtrih_tag_put(ret, 1023, value, len);
}

static void put_line(const Shtrih *self, GByteArray *ret, const ShtrihLine *line)
{
	g_autoptr(GByteArray) item = g_byte_array_new();

	shtrih_tag_put_text(item, 1030, line->name, 0);
	shtrih_tag_put_vln(item, 1079, (uint64_t)line->price);
	put_quantity(item, line->quantity);
	shtrih_tag_put_vln(item, 1043, (uint64_t)line->sum);
	shtrih_tag_put_number(item, 1199, (uint64_t)shtrih_vat(self, line->vat)->number, 1);
	shtrih_tag_put_number(item, 1214, (uint64_t)line->method, 1);
	shtrih_tag_put_number(item, 1212, (uint64_t)line->subject, 1);
	g_byte_array_append(item, line->tags->data, line->tags->len);
	if (line->mark->len > 0)
		shtrih_tag_put(item, 2000, line->mark->data, line->mark->len);
	shtrih_tag_put(ret, 1059, item->data, item->len);
}

static void put_payments(GByteArray *ret, const Closing *closing)
{
	int64_t electronic = 0;

	for (int i = 1; i <= 12; i++)
		electronic += closing->paid[i];
	shtrih_tag_put_vln(ret, 1020, (uint64_t)closing->total);
	shtrih_tag_put_vln(ret, 1031, (uint64_t)(closing->paid[0] - closing->change));
	shtrih_tag_put_vln(ret, 1081, (uint64_t)electronic);
	shtrih_tag_put_vln(ret, 1215, (uint64_t)closing->paid[13]);
	shtrih_tag_put_vln(ret, 1216, (uint64_t)closing->paid[14]);
	shtrih_tag_put_vln(ret, 1217, (uint64_t)closing->paid[15]);
}

static GByteArray *body_of(const Shtrih *self, const Closing *closing,
			   const ShtrihDocument *document, const int64_t vat[N_VAT])
{
	GByteArray *ret = g_byte_array_new();

	shtrih_tag_put_number(ret, 1042, (uint64_t)document->receipt, 4);
	shtrih_tag_put_number(ret, 1054, (uint64_t)document->operation, 1);
	shtrih_tag_put_number(ret, 1055, (uint64_t)closing->tax_system, 1);
	for (unsigned i = 0; i < self->state.lines->len; i++)
		put_line(self, ret, g_ptr_array_index(self->state.lines, i));
	put_payments(ret, closing);
	for (int i = 0; i < N_VAT; i++)
		if (vat[i] != 0 && shtrih_vat(self, i)->tag != 0)
			shtrih_tag_put_vln(ret, shtrih_vat(self, i)->tag, (uint64_t)vat[i]);
	g_byte_array_append(ret, self->state.tags->data, self->state.tags->len);
	return ret;
}

static void count(ShtrihState *state, const Closing *closing, const int64_t vat[N_VAT])
{
	ShtrihTotals *totals = &state->totals[state->receipt_type];
	int64_t net = closing->paid[0] - closing->change;

	for (int i = 0; i < N_PAYMENTS; i++)
		totals->paid[i] += i == 0 ? net : closing->paid[i];
	for (int i = 0; i < N_VAT; i++)
		totals->vat[i] += vat[i];
	totals->total += closing->total;
	totals->count++;
	state->cash += takes_cash_out(state->receipt_type) ? -net : net;
	state->receipt++;
}

static void book(ShtrihState *state, const Closing *closing, const ShtrihDocument *document)
{
	int64_t cash = closing->paid[0] - closing->change;
	g_autofree char *id = shtrih_sim_tags_dup_id(state->tags);
	bool back = state->receipt_type == SALE_RETURN || state->receipt_type == BUY_RETURN;

	fiscal_book_add(state->book, &(FiscalBooked){ .number = document->fd,
						      .kind = back ? "return" : "sale",
						      .total = closing->total,
						      .cash = cash,
						      .card = closing->total - cash,
						      .id = id });
}

static uint8_t close_receipt(ShtrihCall *call, Closing *closing, ShtrihDocument *document)
{
	Shtrih *self = call->sim;
	int64_t vat[N_VAT];
	g_autoptr(GByteArray) body = NULL;
	uint8_t error = check(call, closing);
	ShtrihPayment payment;

	if (error != E_OK)
		return error;
	sum_vat(self, vat);
	*document = (ShtrihDocument){ .type = DOCUMENT_RECEIPT,
				      .receipt = self->state.receipt + 1,
				      .operation = operation_of_type[self->state.receipt_type],
				      .total = closing->total };
	body = body_of(self, closing, document, vat);
	error = shtrih_document_make(call, document, body);
	if (error != E_OK)
		return error;
	payment = (ShtrihPayment){ .paid = closing->paid,
				   .total = closing->total,
				   .change = closing->change,
				   .vat = vat,
				   .tax_system = closing->tax_system };
	shtrih_print(self, shtrih_paper_receipt(self, &payment, document, call->operator), true);
	count(&self->state, closing, vat);
	book(&self->state, closing, document);
	shtrih_sim_state_end_receipt(&self->state);
	g_string_append_printf(call->words,
			       ", total %" G_GINT64_FORMAT ", change %" G_GINT64_FORMAT,
			       closing->total, closing->change);
	return E_OK;
}

uint8_t shtrih_close_receipt(ShtrihCall *call)
{
	Closing closing = { .rounding = call->data[80], .tax_system = call->data[111] };
	ShtrihDocument document;
	uint8_t error;

	for (int i = 0; i < N_PAYMENTS; i++) {
		closing.paid[i] = shtrih_unsigned(call->data + 5 * i, 5);
		if (closing.paid[i] > MAX_SUM)
			return E_PARAMETERS;
	}
	if (closing.rounding > 99 || closing.tax_system == 0 || closing.tax_system > 32 ||
	    (closing.tax_system & (closing.tax_system - 1)) != 0)
		return E_PARAMETERS;
	error = close_receipt(call, &closing, &document);
	if (error != E_OK)
		return error;
	shtrih_put(call->answer, (uint64_t)closing.change, 5);
	shtrih_put_document(call, &document);
	return E_OK;
}

uint8_t shtrih_classic_close(ShtrihCall *call)
{
	Closing closing = { .tax_system = 1 };
	ShtrihDocument document;
	uint8_t error;

	for (int i = 0; i < 4; i++) {
		closing.paid[i] = shtrih_unsigned(call->data + 5 * i, 5);
		if (closing.paid[i] > MAX_SUM)
			return E_PARAMETERS;
	}
	if (shtrih_unsigned(call->data + 20, 2) != 0) /* discounts in percent are not simulated */
		return E_PARAMETERS;
	error = close_receipt(call, &closing, &document);
	if (error == E_OK)
		shtrih_put(call->answer, (uint64_t)closing.change, 5);
	return error;
}
