/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/fiscal/shtrih_sim.h"

/* Correction receipts (§6.2): FF35 begins, FF0C brings the tags, FF36 or FF4A ends. */
enum { TAG_BASIS = 1174, TAG_BASIS_DATE = 1178, N_TAX_SUMS = 6 };

typedef struct {
	int64_t type; /* 0 by oneself, 1 by order */
	int64_t operation; /* 1 income, 3 outcome */
	int64_t total;
	int64_t paid[N_PAYMENTS]; /* as in a receipt */
	int tax_system;
} Correction;

static uint8_t check_begin(ShtrihCall *call)
{
	const ShtrihState *state = &call->sim->state;

	if (state->receipt_open)
		return E_RECEIPT_OPEN;
	if (!state->shift_open)
		return E_SHIFT_CLOSED;
	if (state->fn_document != FN_NONE)
		return E_FN_STATE;
	return shtrih_shift_too_long(call->sim) ? E_24_HOURS : E_OK;
}

uint8_t shtrih_sim_begin_correction(ShtrihCall *call)
{
	uint8_t error = check_begin(call);

	if (error == E_OK)
		call->sim->state.fn_document = FN_CORRECTION;
	return error;
}

static uint8_t check(ShtrihCall *call, const Correction *correction)
{
	const ShtrihState *state = &call->sim->state;
	int64_t sum = 0;
	size_t len;

	if (state->fn_document != FN_CORRECTION)
		return E_FN_STATE;
	if (correction->operation != 1 && correction->operation != 3)
		return E_PARAMETERS;
	if (correction->total == 0)
		return E_ZERO_TOTAL;
	for (int i = 0; i < N_PAYMENTS; i++)
		sum += correction->paid[i];
	if (sum != correction->total) /* no change is given */
		return sum < correction->total ? E_PAYMENTS_SHORT : E_PARAMETERS;
	if (shtrih_shift_too_long(call->sim))
		return E_FN_24_HOURS;
	if (correction->operation == 3 && correction->paid[0] > state->cash)
		return E_NO_CASH;
	if (shtrih_sim_tags_find(state->fn_tags, 0, TAG_BASIS, &len) == NULL)
		return shtrih_sim_tag_missing(call, TAG_BASIS);
	if (shtrih_sim_tags_find(state->fn_tags, TAG_BASIS, TAG_BASIS_DATE, &len) == NULL)
		return shtrih_sim_tag_missing(call, TAG_BASIS_DATE);
	return E_OK;
}

static GByteArray *body_of(const ShtrihState *state, const Correction *correction,
			   const ShtrihDocument *document)
{
	GByteArray *ret = g_byte_array_new();

	shtrih_tag_put_number(ret, 1042, (uint64_t)document->receipt, 4);
	shtrih_tag_put_number(ret, 1173, (uint64_t)correction->type, 1);
	shtrih_tag_put_number(ret, 1054, (uint64_t)correction->operation, 1);
	shtrih_tag_put_number(ret, 1055, (uint64_t)correction->tax_system, 1);
	shtrih_tag_put_vln(ret, 1020, (uint64_t)correction->total);
	shtrih_tag_put_vln(ret, 1031, (uint64_t)correction->paid[0]);
	shtrih_tag_put_vln(ret, 1081, (uint64_t)correction->paid[1]);
	for (int i = 0; i < 3; i++)
		shtrih_tag_put_vln(ret, 1215 + i, (uint64_t)correction->paid[13 + i]);
	g_byte_array_append(ret, state->fn_tags->data, state->fn_tags->len);
	return ret;
}

static void book(ShtrihState *state, const Correction *correction, const ShtrihDocument *document)
{
	bool income = correction->operation == 1;
	g_autofree char *id = shtrih_sim_tags_dup_id(state->fn_tags);

	state->receipt++;
	state->cash += income ? correction->paid[0] : -correction->paid[0];
	fiscal_book_add(state->book,
			&(FiscalBooked){ .number = document->fd,
					 .kind = income ? "correction" : "correction-return",
					 .total = correction->total,
					 .cash = correction->paid[0],
					 .card = correction->total - correction->paid[0],
					 .id = id });
	state->fn_document = FN_NONE;
	g_byte_array_set_size(state->fn_tags, 0);
}

static uint8_t make(ShtrihCall *call, const Correction *correction)
{
	Shtrih *self = call->sim;
	ShtrihDocument document = { .type = DOCUMENT_CORRECTION,
				    .receipt = self->state.receipt + 1,
				    .operation = correction->operation,
				    .total = correction->total };
	ShtrihPayment payment = { .paid = correction->paid,
				  .total = correction->total,
				  .tax_system = correction->tax_system };
	g_autoptr(GByteArray) body = NULL;
	uint8_t error = check(call, correction);

	if (error != E_OK)
		return error;
	body = body_of(&self->state, correction, &document);
	error = shtrih_document_make(call, &document, body);
	if (error != E_OK)
		return error;
	shtrih_print(self, shtrih_sim_paper_correction(self, &payment, &document, call->operator),
		     true);
	book(&self->state, correction, &document);
	shtrih_put(call->answer, (uint64_t)document.receipt, 2);
	shtrih_put_document(call, &document);
	return E_OK;
}

/* All of it counts as cash: the old form does not say. */
uint8_t shtrih_sim_correction(ShtrihCall *call)
{
	Correction correction = { .total = shtrih_unsigned(call->data, 5),
				  .operation = call->data[5],
				  .tax_system = 1 };

	correction.paid[0] = correction.total;
	return make(call, &correction);
}

uint8_t shtrih_sim_correction_v2(ShtrihCall *call)
{
	static const int places[] = { 0, 1, 13, 14, 15 }; /* cash, electronic, then as in FF45 */
	const uint8_t *data = call->data;
	Correction correction = { .type = data[0],
				  .operation = data[1],
				  .total = shtrih_unsigned(data + 2, 5),
				  .tax_system = data[62] };
	int tax_system = correction.tax_system;

	if (correction.type > 1 || correction.total > MAX_SUM || tax_system == 0 ||
	    tax_system > 32 || (tax_system & (tax_system - 1)) != 0)
		return E_PARAMETERS;
	for (size_t i = 0; i < G_N_ELEMENTS(places); i++)
		correction.paid[places[i]] = shtrih_unsigned(data + 7 + 5 * i, 5);
	for (int i = 0; i < N_TAX_SUMS; i++)
		if (shtrih_unsigned(data + 32 + 5 * i, 5) > correction.total)
			return E_PARAMETERS;
	return make(call, &correction);
}
