/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/fiscal/shtrih_sim.h"

/* The open receipt: lines come in, tags, subtotal, cancel. Closing is shtrih_sim_close.c. */
#define NOT_GIVEN INT64_C(0xFFFFFFFFFF)
enum { MAX_TAGS = 1024 };
static const int64_t max_quantity = INT64_C(10000000) * 1000000;

/* FF46 counts income, its return, outcome, its return; 8Dh has another order. */
static const int type_of_operation[] = { -1, SALE, SALE_RETURN, BUY, BUY_RETURN };

static bool multiply(int64_t price, int64_t quantity, int64_t *ret)
{
	__int128 sum = ((__int128)price * quantity + 500000) / 1000000;

	if (sum > MAX_SUM)
		return false;
	*ret = (int64_t)sum;
	return true;
}

/* May a receipt of this kind be open now, or be opened? */
static uint8_t check_receipt(ShtrihCall *call, int type)
{
	Shtrih *self = call->sim;
	const ShtrihState *state = &self->state;

	if (state->fn_document != 0)
		return E_FN_STATE;
	if (!state->shift_open)
		return E_SHIFT_CLOSED;
	if (shtrih_shift_too_long(self))
		return E_24_HOURS;
	if (state->receipt_open && state->receipt_type != type)
		return E_RECEIPT_TYPE;
	return E_OK;
}

static void open_receipt(ShtrihState *state, int type)
{
	shtrih_state_close_receipt(state);
	state->receipt_open = true;
	state->receipt_type = type;
}

uint8_t shtrih_open_receipt(ShtrihCall *call)
{
	ShtrihState *state = &call->sim->state;
	uint8_t error;

	if (call->data[0] >= N_RECEIPT_TYPES)
		return E_PARAMETERS;
	if (state->receipt_open)
		return E_RECEIPT_OPEN;
	error = check_receipt(call, call->data[0]);
	if (error == E_OK)
		open_receipt(state, call->data[0]);
	return error;
}

/* Adds @line where all is well; the caller keeps and frees it where not. */
static uint8_t add_line(ShtrihCall *call, int type, ShtrihLine *line)
{
	ShtrihState *state = &call->sim->state;
	g_autofree char *sum = shtrih_sum_new(line->sum);
	uint8_t error = check_receipt(call, type);

	if (error != E_OK)
		return error;
	if (state->lines->len >= MAX_LINES)
		return E_RECEIPT_FULL;
	if (shtrih_receipt_total(call->sim) > MAX_SUM - line->sum)
		return E_MULTIPLY;
	if (!state->receipt_open)
		open_receipt(state, type); /* clients that send no 8Dh rely on it */
	g_ptr_array_add(state->lines, line);
	g_string_append_printf(call->words, " “%s” %s", line->name, sum);
	return E_OK;
}

static uint8_t check_numbers(const ShtrihLine *line)
{
	if (line->price > MAX_SUM)
		return E_PRICE;
	if (line->quantity <= 0 || line->quantity > max_quantity)
		return E_QUANTITY;
	if (line->department > 16)
		return E_DEPARTMENT;
	return E_OK;
}

/* ---- FF46 */

static uint8_t check_sums(ShtrihCall *call, ShtrihLine *line, int64_t sum, int64_t tax)
{
	int64_t own;

	if (!multiply(line->price, line->quantity, &own))
		return E_MULTIPLY;
	line->sum = sum == NOT_GIVEN ? own : sum;
	if (ABS(line->sum - own) > 1)
		return E_PARAMETERS;
	if (tax != NOT_GIVEN && ABS(tax - shtrih_vat_sum(call->sim, line->vat, line->sum)) > 1)
		return E_PARAMETERS;
	return E_OK;
}

static uint8_t fill_line(ShtrihCall *call, ShtrihLine *line)
{
	const uint8_t *data = call->data;
	uint8_t error;

	line->quantity = shtrih_unsigned(data + 1, 6);
	line->price = shtrih_unsigned(data + 7, 5);
	line->vat = shtrih_vat_find(data[22]);
	line->department = data[23];
	line->method = data[24];
	line->subject = data[25];
	line->name = shtrih_text_new(data + 26, call->len - 26, "CP1251");
	error = check_numbers(line);
	if (error != E_OK)
		return error;
	if (line->vat < 0 || line->method < 1 || line->method > 7 || line->subject < 1 ||
	    line->subject > 33)
		return E_PARAMETERS;
	return check_sums(call, line, shtrih_unsigned(data + 12, 5), shtrih_unsigned(data + 17, 5));
}

uint8_t shtrih_line(ShtrihCall *call)
{
	ShtrihLine *line;
	uint8_t error;

	if (call->data[0] < 1 || call->data[0] > 4)
		return E_PARAMETERS;
	line = shtrih_line_new();
	error = fill_line(call, line);
	if (error == E_OK)
		error = add_line(call, type_of_operation[call->data[0]], line);
	if (error != E_OK)
		shtrih_sim_line_free(line);
	return error;
}

/* ---- FF0D */

static uint8_t fill_discounted(ShtrihCall *call, ShtrihLine *line)
{
	const uint8_t *data = call->data;
	int64_t own;
	uint8_t error;

	line->quantity = shtrih_unsigned(data + 1, 5) * 1000;
	line->price = shtrih_unsigned(data + 6, 5);
	line->department = data[21];
	line->vat = data[22] == 0 ? shtrih_vat_find(0x08) : shtrih_vat_find(data[22]);
	line->method = 4;
	line->subject = 1;
	line->name = shtrih_text_new(data + 28, 220, "CP1251");
	error = check_numbers(line);
	if (error != E_OK)
		return error;
	if (!multiply(line->price, line->quantity, &own))
		return E_MULTIPLY;
	line->sum = own - shtrih_unsigned(data + 11, 5) + shtrih_unsigned(data + 16, 5);
	if (line->sum < 0)
		return E_NEGATIVE_TOTAL;
	return line->vat < 0 ? E_PARAMETERS : E_OK;
}

uint8_t shtrih_line_with_discount(ShtrihCall *call)
{
	ShtrihLine *line;
	uint8_t error;

	if (call->data[0] < 1 || call->data[0] > 4)
		return E_PARAMETERS;
	line = shtrih_line_new();
	error = fill_discounted(call, line);
	if (error == E_OK)
		error = add_line(call, type_of_operation[call->data[0]], line);
	if (error != E_OK)
		shtrih_sim_line_free(line);
	return error;
}

/* ---- 80h to 84h, 86h */

/* One group of the classic four, 0 for none. */
static int vat_of_groups(const uint8_t groups[4])
{
	if (groups[0] > 6 || groups[1] != 0 || groups[2] != 0 || groups[3] != 0)
		return -1;
	return groups[0] == 0 ? shtrih_vat_find(0x08) : groups[0] - 1;
}

static uint8_t fill_classic(ShtrihCall *call, ShtrihLine *line)
{
	const uint8_t *data = call->data;
	uint8_t error;

	line->quantity = shtrih_unsigned(data, 5) * 1000;
	line->price = shtrih_unsigned(data + 5, 5);
	line->department = data[10];
	line->vat = vat_of_groups(data + 11);
	line->method = 4;
	line->subject = 1;
	line->name = shtrih_text_new(data + 15, 40, "CP1251");
	error = check_numbers(line);
	if (error != E_OK)
		return error;
	if (line->vat < 0)
		return E_PARAMETERS;
	return multiply(line->price, line->quantity, &line->sum) ? E_OK : E_MULTIPLY;
}

uint8_t shtrih_classic_line(ShtrihCall *call)
{
	ShtrihLine *line = shtrih_line_new();
	uint8_t error = fill_classic(call, line);

	if (error == E_OK)
		error = add_line(call, call->code - 0x80, line);
	if (error != E_OK)
		shtrih_sim_line_free(line);
	return error;
}

/* Takes back the latest line of the same price, tax and at least this quantity. */
static uint8_t void_line(ShtrihState *state, const ShtrihLine *storno)
{
	for (unsigned i = state->lines->len; i > 0; i--) {
		ShtrihLine *line = g_ptr_array_index(state->lines, i - 1);

		if (line->price != storno->price || line->vat != storno->vat ||
		    line->quantity < storno->quantity || line->sum < storno->sum)
			continue;
		line->quantity -= storno->quantity;
		line->sum -= storno->sum;
		if (line->quantity == 0)
			g_ptr_array_remove_index(state->lines, i - 1);
		return E_OK;
	}
	return E_WRONG_OPERATION;
}

uint8_t shtrih_classic_void(ShtrihCall *call)
{
	ShtrihLine *storno;
	uint8_t error;

	if (!call->sim->state.receipt_open)
		return E_RECEIPT_CLOSED;
	storno = shtrih_line_new();
	error = fill_classic(call, storno);
	if (error == E_OK)
		error = void_line(&call->sim->state, storno);
	shtrih_sim_line_free(storno);
	return error;
}

uint8_t shtrih_classic_discount(ShtrihCall *call)
{
	ShtrihState *state = &call->sim->state;
	int64_t sum = shtrih_unsigned(call->data, 5);
	ShtrihLine *line;

	if (!state->receipt_open)
		return E_RECEIPT_CLOSED;
	if (state->lines->len == 0)
		return E_WRONG_OPERATION;
	line = g_ptr_array_index(state->lines, state->lines->len - 1);
	if (sum > line->sum)
		return E_NEGATIVE_TOTAL;
	line->sum -= sum;
	return E_OK;
}

/* ---- the rest */

uint8_t shtrih_subtotal(ShtrihCall *call)
{
	int64_t total = shtrih_receipt_total(call->sim);

	if (!call->sim->state.receipt_open)
		return E_RECEIPT_CLOSED;
	g_string_append_printf(call->words, " %" G_GINT64_FORMAT, total);
	shtrih_put(call->answer, (uint64_t)total, 5);
	return E_OK;
}

uint8_t shtrih_cancel_receipt(ShtrihCall *call)
{
	ShtrihState *state = &call->sim->state;

	if (!state->receipt_open)
		return E_RECEIPT_CLOSED;
	shtrih_sim_state_end_receipt(state);
	state->document++;
	shtrih_print(call->sim, shtrih_paper_lines("ЧЕК АННУЛИРОВАН", "", NULL), false);
	return E_OK;
}

uint8_t shtrih_document_tags(ShtrihCall *call)
{
	ShtrihState *state = &call->sim->state;
	GByteArray *tags = state->receipt_open ? state->tags : state->fn_tags;
	uint8_t error;

	if (!state->receipt_open && state->fn_document == 0)
		return E_FN_STATE;
	error = shtrih_tags_check(call->data, call->len, TAGS_OF_DOCUMENT, call->words);
	if (error != E_OK)
		return error;
	if (tags->len + call->len > MAX_TAGS)
		return E_FN_TLV_SIZE;
	g_byte_array_append(tags, call->data, (unsigned)call->len);
	return E_OK;
}

uint8_t shtrih_line_tags(ShtrihCall *call)
{
	ShtrihState *state = &call->sim->state;
	ShtrihLine *line;
	uint8_t error;

	if (!state->receipt_open)
		return E_RECEIPT_CLOSED;
	if (state->lines->len == 0)
		return E_FN_STATE;
	line = g_ptr_array_index(state->lines, state->lines->len - 1);
	error = shtrih_tags_check(call->data, call->len, TAGS_OF_LINE, call->words);
	if (error != E_OK)
		return error;
	if (line->tags->len + call->len > MAX_TAGS)
		return E_FN_TLV_SIZE;
	g_byte_array_append(line->tags, call->data, (unsigned)call->len);
	return E_OK;
}
