/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/fiscal/datecs_sim.h"

#include <string.h>

/* Cash, reports, clock, and what else is no receipt. */

/* Whether cash, X and Z take a number is not settled (last section of the page): "numbers". */
int64_t datecs_sim_next_number(Datecs *self, bool is_receipt)
{
	if (is_receipt || datecs_sim_setting(self, DATECS_NUMBERS, 0) == 1)
		self->state.last_number++;
	return self->state.last_number;
}

static char *text_of(const DatecsCall *call)
{
	GString *text = g_string_new(NULL);

	for (unsigned i = 0; i < call->paper->len; i++)
		g_string_append_printf(text, "%s%s", i > 0 ? "\n" : "",
				       (const char *)g_ptr_array_index(call->paper, i));
	return g_string_free(text, false);
}

/* Into the journal, where it has a number to be found by. */
static void file(DatecsCall *call, int64_t number, int kind, int64_t total)
{
	g_autofree char *text = text_of(call);

	if (datecs_sim_setting(call->sim, DATECS_NUMBERS, 0) != 1)
		return;
	datecs_sim_document_add(&call->sim->state,
				&(DatecsDocument){ .number = number,
						   .kind = kind,
						   .at = datecs_sim_now(call->sim),
						   .total = total,
						   .z = call->sim->state.z_number + 1,
						   .unp = (char *)"",
						   .text = text });
}

static DatecsError check_idle(Datecs *self)
{
	return self->state.receipt != RECEIPT_NONE ? E_RECEIPT_OPEN : E_OK;
}

/* ---- cash */

static DatecsError check_cash(Datecs *self, int64_t amount)
{
	DatecsError error = check_idle(self);

	if (error != E_OK)
		return error;
	if (datecs_sim_day_too_long(self))
		return E_24_HOURS;
	if (ABS(amount) > MAX_SUM || self->state.cash + amount > MAX_SUM)
		return E_TOTAL_OVERFLOW;
	return self->state.cash + amount < 0 ? E_NO_CASH : E_OK;
}

static void book_cash(DatecsCall *call, int64_t amount)
{
	int64_t number = datecs_sim_next_number(call->sim, false);

	file(call, number, amount > 0 ? DOCUMENT_CASH_IN : DOCUMENT_CASH_OUT, ABS(amount));
	fiscal_book_add(call->sim->state.book,
			&(FiscalBooked){ .number = number,
					 .kind = amount > 0 ? "cash-in" : "cash-out",
					 .total = ABS(amount),
					 .cash = ABS(amount) });
}

DatecsError datecs_sim_cash(DatecsCall *call, int64_t amount)
{
	DatecsState *state = &call->sim->state;
	DatecsError error;

	if (amount == 0)
		return E_OK;
	error = check_cash(call->sim, amount);
	if (error != E_OK)
		return error;
	state->cash += amount;
	state->cash_in += amount > 0 ? amount : 0;
	state->cash_out += amount < 0 ? -amount : 0;
	datecs_sim_print_head(call);
	datecs_sim_print_sum(call, amount > 0 ? "СЛУЖЕБНО ВЪВЕДЕНИ" : "СЛУЖЕБНО ИЗВЕДЕНИ",
			     ABS(amount));
	datecs_sim_print_sum(call, "КАСОВА НАЛИЧНОСТ", state->cash);
	datecs_sim_print(call, "%s", "");
	book_cash(call, amount);
	return E_OK;
}

/* ---- reports */

static void end_day(DatecsCall *call, int64_t number)
{
	DatecsState *state = &call->sim->state;
	int64_t sales = datecs_sim_sum_of(state->sales, N_GROUPS);

	fiscal_book_add(state->book,
			&(FiscalBooked){ .number = number,
					 .kind = "shift-close",
					 .total = sales,
					 .sales = sales,
					 .returns = datecs_sim_sum_of(state->stornos, N_GROUPS),
					 .cash_in_drawer = state->cash });
	state->z_number++;
	memcpy(state->last_z, state->sales, sizeof(state->last_z));
	state->last_z_at = state->last_at = datecs_sim_now(call->sim);
	memset(state->sales, 0, sizeof(state->sales));
	memset(state->stornos, 0, sizeof(state->stornos));
	state->cash_in = state->cash_out = state->day_open = state->ram_reset = 0;
	state->n_all = state->n_fiscal = state->n_storno = 0;
}

/* The answer is of before the sums are zeroed, so the family's own code has made it already. */
DatecsError datecs_sim_report(DatecsCall *call, bool closes)
{
	Datecs *self = call->sim;
	DatecsError error = check_idle(self);
	int64_t number;

	if (error != E_OK)
		return error;
	if (closes && datecs_sim_setting(self, DATECS_MEMORY_FULL, -1) >= 0)
		return E_MEMORY_FULL;
	if (closes && self->state.clock_unset)
		return E_CLOCK_UNSET;
	number = datecs_sim_next_number(self, false);
	datecs_sim_print_report(call, closes, number);
	file(call, number, closes ? DOCUMENT_Z : DOCUMENT_X,
	     datecs_sim_sum_of(self->state.sales, N_GROUPS));
	if (!closes)
		return E_OK;
	end_day(call, number);
	/* Long enough for some SYN (§7.1). */
	call->print_ms = 7 * datecs_sim_setting(self, DATECS_PRINT_MS, 30);
	return E_OK;
}

/* ---- the rest */

DatecsError datecs_sim_set_clock(DatecsCall *call, const char *text)
{
	DatecsState *state = &call->sim->state;
	DatecsError error = check_idle(call->sim);
	int64_t wanted;

	if (!datecs_sim_time(text, &wanted))
		return E_CLOCK_VALUE;
	if (error != E_OK)
		return error;
	if (wanted < MAX(state->last_z_at, state->last_at))
		return E_CLOCK_BACK;
	state->clock_offset += wanted - datecs_sim_now(call->sim);
	state->clock_unset = 0;
	return E_OK;
}

DatecsError datecs_sim_drawer(DatecsCall *call, const char *ms)
{
	int64_t value = 50;
	g_autofree char *text = NULL;

	if (ms[0] != '\0' && !datecs_sim_integer(ms, 5, 100, &value))
		return E_SYNTAX;
	text = g_strdup_printf("%" G_GINT64_FORMAT, value);
	sim_log_mark(call->sim->context->log, "DRAWER", text);
	return E_OK;
}

DatecsError datecs_sim_duplicate(DatecsCall *call)
{
	DatecsState *state = &call->sim->state;
	DatecsError error = check_idle(call->sim);

	if (error != E_OK)
		return error;
	if (state->lines->len == 0 || state->copied) /* once only */
		return E_NOT_NOW;
	datecs_sim_print(call, "ДУБЛИКАТ");
	for (unsigned i = 0; i < state->lines->len; i++)
		datecs_sim_print(call, "%s", (const char *)g_ptr_array_index(state->lines, i));
	state->copied = 1;
	return E_OK;
}

DatecsError datecs_sim_cut(DatecsCall *call)
{
	datecs_sim_print(call, "- - - - - - - - - - - - - - - - - - - - -");
	return E_OK;
}

static void show(Datecs *self)
{
	for (int row = 0; row < 2; row++)
		sim_log_glass(self->context->log, row + 1, self->glass[row]);
}

DatecsError datecs_sim_display(DatecsCall *call, int row, const char *text)
{
	g_autofree char *words = datecs_sim_utf8_new(text, strlen(text));
	int blanks = GLASS_CELLS - (int)g_utf8_strlen(words, -1);

	if (blanks < 0)
		return E_SYNTAX;
	g_snprintf(call->sim->glass[row], sizeof(call->sim->glass[row]), "%s%*s", words, blanks,
		   "");
	show(call->sim);
	return E_OK;
}

DatecsError datecs_sim_clear_display(DatecsCall *call)
{
	for (int row = 0; row < 2; row++)
		g_snprintf(call->sim->glass[row], sizeof(call->sim->glass[row]), "%*s", GLASS_CELLS,
			   "");
	show(call->sim);
	return E_OK;
}

void datecs_sim_strangers_receipt(Datecs *self, int64_t total)
{
	DatecsState *state = &self->state;

	datecs_sim_forget_receipt(state);
	state->items = 1;
	state->total = state->paid = state->groups[0] = state->modes[MODE_CASH] = total;
	state->last_number++;
	state->n_all++;
	state->n_fiscal++;
	state->sales[0] += total;
	state->cash += total;
	g_free(state->last_unp);
	state->last_unp = g_strdup("XX000000-0009-0000001");
	datecs_sim_document_add(state, &(DatecsDocument){ .number = state->last_number,
							  .kind = DOCUMENT_SALE,
							  .at = datecs_sim_now(self),
							  .total = total,
							  .z = state->z_number + 1,
							  .unp = state->last_unp,
							  .text = (char *)"" });
	fiscal_book_add(state->book, &(FiscalBooked){ .number = state->last_number,
						      .kind = "sale",
						      .total = total,
						      .cash = total,
						      .id = state->last_unp });
}
