/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/fiscal/datecs_sim.h"

#include <string.h>

/* The end of a receipt: paid, closed, or cancelled before the first payment. */
static void keep_paper(DatecsCall *call)
{
	for (unsigned i = 0; i < call->paper->len; i++)
		g_ptr_array_add(call->sim->state.lines,
				g_strdup(g_ptr_array_index(call->paper, i)));
}

static DatecsError check_payment(DatecsCall *call, int mode, int64_t amount)
{
	const DatecsState *state = &call->sim->state;
	int64_t due = state->total - state->paid;

	if (!datecs_sim_fiscal_is_open(state))
		return E_RECEIPT_CLOSED;
	if (state->items == 0)
		return E_NO_TRANSACTIONS;
	if (state->total == 0)
		return E_ZERO;
	if (due == 0 || amount <= 0)
		return E_NOT_NOW;
	if (amount > MAX_SUM)
		return E_TOTAL_OVERFLOW;
	/* Change is given in cash, of cash; a storno gives back no more than it is about. */
	if (amount > due && (mode != MODE_CASH || state->receipt == RECEIPT_STORNO))
		return E_NOT_NOW;
	if (mode == MODE_CASH && state->receipt == RECEIPT_STORNO && amount > state->cash)
		return E_NO_CASH;
	return E_OK;
}

DatecsError datecs_sim_pay(DatecsCall *call, int mode, int64_t amount, char *letter, int64_t *value)
{
	DatecsState *state = &call->sim->state;
	int64_t sum = amount < 0 ? state->total - state->paid : amount, due;
	g_autofree char *text = datecs_sim_sum_new(sum);
	DatecsError error = check_payment(call, mode, sum);

	if (error != E_OK)
		return error;
	due = state->total - state->paid - sum;
	state->modes[mode] += sum;
	state->change = due < 0 ? -due : 0;
	state->paid += sum - state->change;
	*letter = due > 0 || (due == 0 && datecs_sim_setting(call->sim, DATECS_EXACT, 0) == 1)
			  ? 'D'
			  : 'R';
	*value = ABS(due);
	g_string_append_printf(call->words, " %c %s", datecs_sim_mode_letters[mode], text);
	return E_OK;
}

/* ---- close */

static void count(DatecsState *state)
{
	bool storno = state->receipt == RECEIPT_STORNO;
	int64_t cash = state->modes[MODE_CASH] - state->change;
	int64_t *sums = storno ? state->stornos : state->sales;

	for (int i = 0; i < N_GROUPS; i++)
		sums[i] += state->groups[i];
	state->cash += storno ? -cash : cash;
	state->n_fiscal++;
	state->n_storno += storno;
}

static void book(Datecs *self, int64_t number)
{
	DatecsState *state = &self->state;
	int64_t cash = state->modes[MODE_CASH] - state->change;

	fiscal_book_add(
		state->book,
		&(FiscalBooked){ .number = number,
				 .kind = state->receipt == RECEIPT_STORNO ? "return" : "sale",
				 .total = state->total,
				 .cash = cash,
				 .card = state->total - cash,
				 .id = state->unp });
}

static void file(DatecsCall *call, int64_t number, int kind)
{
	DatecsState *state = &call->sim->state;
	g_autofree char *text = NULL;

	keep_paper(call);
	g_ptr_array_add(state->lines, NULL);
	text = g_strjoinv("\n", (char **)state->lines->pdata);
	g_ptr_array_set_size(state->lines, (int)state->lines->len - 1);
	datecs_sim_document_add(state, &(DatecsDocument){ .number = number,
							  .kind = kind,
							  .at = datecs_sim_now(call->sim),
							  .total = state->total,
							  .z = state->z_number + 1,
							  .unp = state->unp,
							  .text = text });
	state->last_at = datecs_sim_now(call->sim);
}

DatecsError datecs_sim_close(DatecsCall *call)
{
	Datecs *self = call->sim;
	DatecsState *state = &self->state;
	int64_t number;

	if (!datecs_sim_fiscal_is_open(state))
		return E_RECEIPT_CLOSED;
	if (state->paid == 0)
		return E_PAYMENT_NOT_STARTED;
	if (state->paid < state->total)
		return E_NOT_PAID;
	number = datecs_sim_next_number(self, true);
	datecs_sim_print_foot(call, number);
	file(call, number, state->receipt == RECEIPT_STORNO ? DOCUMENT_STORNO : DOCUMENT_SALE);
	count(state);
	book(self, number);
	g_free(state->last_unp);
	state->last_unp = g_strdup(state->unp);
	state->receipt = RECEIPT_NONE;
	state->copied = 0;
	g_string_append_printf(call->words,
			       " document %" G_GINT64_FORMAT ", total %" G_GINT64_FORMAT, number,
			       state->total);
	return E_OK;
}

DatecsError datecs_sim_cancel(DatecsCall *call)
{
	Datecs *self = call->sim;
	DatecsState *state = &self->state;

	if (!datecs_sim_fiscal_is_open(state))
		return E_RECEIPT_CLOSED;
	if (state->paid > 0)
		return E_PAYMENT_STARTED;
	datecs_sim_print(call, "АНУЛИРАН БОН");
	datecs_sim_print(call, "%s", "");
	if (datecs_sim_setting(self, DATECS_NUMBERS, 0) == 1)
		file(call, datecs_sim_next_number(self, false), DOCUMENT_CANCELLED);
	datecs_sim_forget_receipt(state);
	return E_OK;
}
