/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/fiscal/atol_sim.h"

#include <string.h>

bool atol_shift_expired(const Atol *self)
{
	return self->state.shift_open &&
	       atol_now(self) - self->state.shift_opened_at >= ATOL_SHIFT_SECONDS;
}

int atol_shift_check(const AtolCall *call)
{
	if (!call->sim->state.shift_open)
		return ATOL_SHIFT_CLOSED;
	return atol_shift_expired(call->sim) ? ATOL_SHIFT_EXPIRED : ATOL_OK;
}

int atol_device_check(const AtolCall *call, bool prints)
{
	const AtolState *state = &call->sim->state;

	if (state->memory_full)
		return ATOL_MEMORY_FULL;
	if (atol_now(call->sim) < state->last_at)
		return ATOL_CLOCK;
	if (prints && state->roll.cover_open)
		return ATOL_COVER_OPEN;
	return prints && state->roll.no_paper ? ATOL_NO_PAPER : ATOL_OK;
}

static bool is_electronic(const AtolCall *call)
{
	return web_is_true(call->task, "electronically");
}

static int check_items(const AtolCall *call)
{
	int code =
		atol_print_items_check(call, json_object_get(call->task, "preItems"), "preItems");

	return code != ATOL_OK
		       ? code
		       : atol_print_items_check(call, json_object_get(call->task, "postItems"),
						"postItems");
}

static void forget_totals(AtolState *state)
{
	memset(state->totals, 0, sizeof(state->totals));
	state->n_in = state->in = state->n_out = state->out = 0;
	state->receipt = 0;
	state->in_shift = 0;
}

static json_t *cashier_tags(const AtolCall *call)
{
	return json_pack("{s:s}", "1021",
			 web_text(json_object_get(call->task, "operator"), "name"));
}

int atol_open_shift(AtolCall *call)
{
	AtolState *state = &call->sim->state;
	AtolDocument document = { .type = "openShift" };
	int code = check_items(call);

	if (code == ATOL_OK && state->shift_open)
		return ATOL_SHIFT_OPEN;
	if (code == ATOL_OK)
		code = atol_device_check(call, !is_electronic(call));
	if (code != ATOL_OK)
		return code;
	forget_totals(state);
	state->shift_open = true;
	state->shift++;
	state->shift_opened_at = atol_now(call->sim);
	atol_document_make(call->sim, &document, cashier_tags(call));
	web_book_add(
		state->book,
		&(WebBooking){ .number = document.number, .kind = "shift-open", .id = call->uuid });
	if (!is_electronic(call))
		atol_print(call, atol_paper_shift(call, "ОТЧЕТ ОБ ОТКРЫТИИ СМЕНЫ", &document),
			   true);
	atol_document_result(call, &document);
	return ATOL_OK;
}

static void book_close(AtolCall *call, const AtolDocument *document)
{
	AtolState *state = &call->sim->state;
	json_t *entry = web_book_add(state->book, &(WebBooking){ .number = document->number,
								 .kind = "shift-close",
								 .id = call->uuid });

	json_object_set_new(entry, "sales", json_integer(state->totals[ATOL_SELL].sum));
	json_object_set_new(entry, "returns", json_integer(state->totals[ATOL_SELL_RETURN].sum));
	json_object_set_new(entry, "cash_in_drawer", json_integer(state->cash));
}

static json_t *counts_new(const AtolState *state)
{
	json_t *counts = json_object();

	for (int i = 0; i < ATOL_N_KINDS; i++)
		json_object_set_new(counts, atol_kind_names[i],
				    exact_decimal_new(state->totals[i].count, 0));
	return counts;
}

int atol_close_shift(AtolCall *call)
{
	AtolState *state = &call->sim->state;
	AtolDocument document = { .type = "closeShift" };
	int code = check_items(call);

	if (code == ATOL_OK && !state->shift_open)
		return ATOL_SHIFT_CLOSED;
	if (code == ATOL_OK)
		code = atol_device_check(call, !is_electronic(call));
	if (code != ATOL_OK)
		return code;
	atol_document_make(call->sim, &document, cashier_tags(call));
	book_close(call, &document);
	call->result = json_pack("{s:o,s:o}", "receiptsCount", counts_new(state), "counters",
				 atol_totals_new(call->sim));
	if (!is_electronic(call))
		atol_print(call, atol_paper_report(call, "ОТЧЕТ О ЗАКРЫТИИ СМЕНЫ", &document),
			   true);
	state->shift_open = false;
	atol_document_result(call, &document);
	return ATOL_OK;
}

/* --- the drawer ------------------------------------------------------------------------------- */

static int move_cash(AtolCall *call, bool in)
{
	AtolState *state = &call->sim->state;
	int64_t sum = web_sum(call->task, "cashSum");
	int code = atol_shift_check(call);

	if (sum == 0)
		return atol_flag(call, ATOL_BAD_SUM, call->type->name, "cashSum is 0");
	if (code == ATOL_OK)
		code = atol_device_check(call, true);
	if (code == ATOL_OK && !in && sum > state->cash)
		return ATOL_NO_CASH;
	if (code == ATOL_OK && in && sum > ATOL_MAX_SUM - state->cash)
		return ATOL_TOTAL_OVERFLOW;
	if (code != ATOL_OK)
		return code;
	state->cash += in ? sum : -sum;
	*(in ? &state->n_in : &state->n_out) += 1;
	*(in ? &state->in : &state->out) += sum;
	/* No fiscal document: it has no number. */
	web_book_add(state->book, &(WebBooking){ .kind = in ? "cash-in" : "cash-out",
						 .total = sum,
						 .cash = sum,
						 .id = call->uuid });
	atol_print(call, atol_paper_cash(call, in ? "ВНЕСЕНИЕ" : "ВЫПЛАТА", sum), true);
	call->result = json_pack("{s:{s:o},s:{s:b}}", "counters", "cashSum",
				 exact_decimal_new(state->cash, 2), "warnings", "notPrinted",
				 call->not_printed);
	return ATOL_OK;
}

int atol_cash_in(AtolCall *call)
{
	return move_cash(call, true);
}

int atol_cash_out(AtolCall *call)
{
	return move_cash(call, false);
}

int atol_report_x(AtolCall *call)
{
	int code = atol_device_check(call, true);

	if (code != ATOL_OK)
		return code;
	atol_print(call, atol_paper_report(call, "X-ОТЧЕТ", NULL), true);
	return call->not_printed ? ATOL_NO_PAPER : ATOL_OK;
}

/* A fiscal document, though nothing is sold: it takes a number that no book of sales knows. */
int atol_report_ofd(AtolCall *call)
{
	AtolDocument document = { .type = "ofdExchangeStatus" };
	int code = atol_device_check(call, true);

	if (code != ATOL_OK)
		return code;
	atol_document_make(call->sim, &document, json_object());
	atol_print(call, atol_paper_shift(call, "ОТЧЕТ О СОСТОЯНИИ РАСЧЕТОВ", &document), true);
	atol_document_result(call, &document);
	return ATOL_OK;
}
