/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/fiscal/erpnet_sim.h"

#include <string.h>

/* The printer: documents, money, paper. */
int64_t erpnet_now(const Erpnet *self)
{
	return g_get_real_time() / G_USEC_PER_SEC + self->state.clock_offset;
}

char *erpnet_time_text(int64_t at)
{
	g_autoptr(GDateTime) time = g_date_time_new_from_unix_local(at);

	return g_date_time_format(time, "%Y-%m-%dT%H:%M:%S");
}

int erpnet_printer_check(const ErpnetCall *call)
{
	const WebRoll *roll = &call->sim->state.roll;

	return roll->cover_open ? ERPNET_COVER_OPEN : roll->no_paper ? ERPNET_NO_PAPER : ERPNET_OK;
}

int erpnet_memory_check(const ErpnetCall *call)
{
	const ErpnetState *state = &call->sim->state;

	if (state->memory_full)
		return ERPNET_MEMORY_FULL;
	return erpnet_now(call->sim) < state->last_at ? ERPNET_CLOCK : ERPNET_OK;
}

int64_t erpnet_document_make(Erpnet *self, bool receipt)
{
	ErpnetState *state = &self->state;

	state->last_at = erpnet_now(self);
	if (!receipt && sim_faults_setting(self->context->faults, ERPNET_FAULT_SALES_ONLY, 0) != 0)
		return 0;
	return ++state->last_document;
}

/* What was not printed is not kept: the printer has cancelled the document, and says so when there
 * is paper again. */
bool erpnet_print(ErpnetCall *call, GPtrArray *paper, ErpnetPaper kind)
{
	WebRoll *roll = &call->sim->state.roll;
	int ends_at = call->paper_ends_at > 0 ? call->paper_ends_at : call->cover_opens_at;
	bool done;

	ends_at = MIN(ends_at, (int)paper->len);
	/* The last receipt is what a duplicate repeats. */
	done = web_roll_print(roll, call->sim->context->log, paper,
			      kind == ERPNET_PAPER_RECEIPT && ends_at == 0, ends_at);
	if (done)
		return true;
	g_ptr_array_set_size(roll->waiting, 0);
	if (kind != ERPNET_PAPER_COPY)
		g_ptr_array_add(roll->waiting, g_strdup("А Н У Л И Р А Н О"));
	if (call->paper_ends_at == 0 && call->cover_opens_at > 0) {
		roll->no_paper = false;
		roll->cover_open = true;
	}
	return false;
}

static void add_foot(GPtrArray *paper, const ErpnetCall *call)
{
	g_autofree char *when = erpnet_time_text(erpnet_now(call->sim));
	g_autofree char *number =
		g_strdup_printf("%07" G_GINT64_FORMAT, call->sim->state.last_document + 1);

	web_paper_pair(paper, number, when);
	web_paper_pair(paper, erpnet_serial, call->sim->state.fm);
	web_paper_add(paper, "- - - - - - - - - - - - - - - - - - - -");
}

GPtrArray *erpnet_paper_receipt(const ErpnetCall *call, const ErpnetReceipt *receipt)
{
	static const char *const names[ERPNET_N_PAYMENTS] = { "В БРОЙ", "С КАРТА", "ДРУГО" };
	GPtrArray *paper = web_paper_new();

	web_paper_centre(paper, receipt->reversal ? "СТОРНО" : "ФИСКАЛЕН БОН");
	web_paper_add(paper, "УНП: %s", receipt->unp);
	for (unsigned i = 0; i < receipt->lines->len; i++) {
		const ErpnetLine *line = &g_array_index(receipt->lines, ErpnetLine, i);
		g_autofree char *quantity = exact_decimal_text(line->quantity, 3);
		g_autofree char *price = exact_decimal_text(line->price, 2);
		g_autofree char *left = g_strdup_printf("%s x %s", quantity, price);

		web_paper_wrap(paper, line->text);
		web_paper_sum(paper, left, line->sum);
	}
	web_paper_sum(paper, "ОБЩА СУМА", receipt->total);
	for (int i = 0; i < ERPNET_N_PAYMENTS; i++)
		if (receipt->paid[i] != 0)
			web_paper_sum(paper, names[i], receipt->paid[i]);
	if (receipt->change != 0)
		web_paper_sum(paper, "РЕСТО", receipt->change);
	add_foot(paper, call);
	return paper;
}

/* --- receipts --------------------------------------------------------------------------------- */

static void open_day(Erpnet *self)
{
	if (self->state.day_open)
		return;
	self->state.day_open = true;
	self->state.day_opened_at = erpnet_now(self);
}

static bool day_too_long(const Erpnet *self)
{
	return self->state.day_open &&
	       erpnet_now(self) - self->state.day_opened_at >= ERPNET_DAY_SECONDS;
}

static void count(Erpnet *self, const ErpnetReceipt *receipt)
{
	ErpnetState *state = &self->state;
	int64_t cash = receipt->paid[ERPNET_CASH] - receipt->change;

	state->cash += receipt->reversal ? -cash : cash;
	*(receipt->reversal ? &state->returns : &state->sales) += receipt->total;
	*(receipt->reversal ? &state->n_returns : &state->n_sales) += 1;
	for (int i = 0; i < ERPNET_N_GROUPS; i++)
		state->groups[i] += receipt->reversal ? -receipt->groups[i] : receipt->groups[i];
	state->items = receipt->lines->len;
	state->amount = receipt->total;
	state->tendered = receipt->tendered;
	state->copied = false;
	g_free(state->unp);
	state->unp = g_strdup(receipt->unp);
}

static int64_t book(Erpnet *self, const ErpnetReceipt *receipt)
{
	int64_t number;

	open_day(self);
	number = erpnet_document_make(self, true);
	self->state.last_receipt++;
	count(self, receipt);
	web_book_add(self->state.book,
		     &(WebBooking){ .number = number,
				    .kind = receipt->reversal ? "return" : "sale",
				    .total = receipt->total,
				    .cash = receipt->paid[ERPNET_CASH] - receipt->change,
				    .card = receipt->paid[ERPNET_CARD],
				    .id = receipt->unp });
	return number;
}

static int check_day(const ErpnetCall *call, const ErpnetReceipt *receipt)
{
	int code = erpnet_memory_check(call);

	if (code == ERPNET_OK)
		code = erpnet_printer_check(call);
	if (code == ERPNET_OK && day_too_long(call->sim))
		return ERPNET_DAY_TOO_LONG;
	if (code == ERPNET_OK && receipt->reversal &&
	    receipt->paid[ERPNET_CASH] > call->sim->state.cash)
		return ERPNET_NOT_ALLOWED;
	return code;
}

static int make(ErpnetCall *call, const ErpnetReceipt *receipt)
{
	g_autofree char *number = NULL, *when = NULL;

	/* All or nothing: a receipt that stops is cancelled by the gateway. */
	if (!erpnet_print(call, erpnet_paper_receipt(call, receipt), ERPNET_PAPER_RECEIPT))
		return erpnet_printer_check(call);
	number = g_strdup_printf("%07" G_GINT64_FORMAT, book(call->sim, receipt));
	when = erpnet_time_text(call->sim->state.last_at);
	call->result = json_pack("{s:s,s:s,s:o,s:s}", "receiptNumber", number, "receiptDateTime",
				 when, "receiptAmount", exact_decimal_new(receipt->total, 2),
				 "fiscalMemorySerialNumber", call->sim->state.fm);
	return ERPNET_OK;
}

int erpnet_receipt(ErpnetCall *call)
{
	ErpnetReceipt receipt;
	int code = erpnet_receipt_read(call, &receipt);

	if (code == ERPNET_OK)
		code = check_day(call, &receipt);
	if (code == ERPNET_OK)
		code = make(call, &receipt);
	erpnet_receipt_clear(&receipt);
	return code;
}

void erpnet_foreign_sale(Erpnet *self, int64_t sum)
{
	ErpnetLine line = {
		.text = "ЧУЖДО", .quantity = 1000, .price = sum, .sum = sum, .group = 2
	};
	ErpnetReceipt receipt = { .lines = g_array_new(false, false, sizeof(ErpnetLine)),
				  .total = sum,
				  .groups = { 0, sum },
				  .paid = { sum },
				  .tendered = sum,
				  .unp = "DT279013-0099-0000001" };

	g_array_append_val(receipt.lines, line);
	book(self, &receipt);
	erpnet_receipt_clear(&receipt);
}

/* --- cash and reports ------------------------------------------------------------------------- */

static int check_printer(const ErpnetCall *call)
{
	int code = erpnet_memory_check(call);

	return code == ERPNET_OK ? erpnet_printer_check(call) : code;
}

static GPtrArray *paper_cash(const ErpnetCall *call, const char *title, int64_t sum)
{
	GPtrArray *paper = web_paper_new();

	web_paper_centre(paper, "СЛУЖЕБЕН БОН");
	web_paper_sum(paper, title, sum);
	add_foot(paper, call);
	return paper;
}

static int move_cash(ErpnetCall *call, bool in)
{
	ErpnetState *state = &call->sim->state;
	int64_t sum = web_sum(call->body, "amount");
	int code = erpnet_password_check(call);

	if (code == ERPNET_OK && (sum == 0 || sum > ERPNET_MAX_SUM))
		return erpnet_flag(call, ERPNET_SYNTAX, call->type->name, "no amount");
	if (code == ERPNET_OK)
		code = check_printer(call);
	if (code == ERPNET_OK && !in && sum > state->cash)
		return ERPNET_NOT_ALLOWED;
	if (code != ERPNET_OK)
		return code;
	if (!erpnet_print(call, paper_cash(call, in ? "СЛУЖ. ВЪВЕДЕНО" : "СЛУЖ. ИЗВЕДЕНО", sum),
			  ERPNET_PAPER_OTHER))
		return erpnet_printer_check(call);
	state->cash += in ? sum : -sum;
	*(in ? &state->in : &state->out) += sum;
	web_book_add(state->book, &(WebBooking){ .number = erpnet_document_make(call->sim, false),
						 .kind = in ? "cash-in" : "cash-out",
						 .total = sum,
						 .cash = sum,
						 .id = call->id });
	return ERPNET_OK;
}

int erpnet_deposit(ErpnetCall *call)
{
	return move_cash(call, true);
}

int erpnet_withdraw(ErpnetCall *call)
{
	return move_cash(call, false);
}

static GPtrArray *paper_report(const ErpnetCall *call, const char *title)
{
	const ErpnetState *state = &call->sim->state;
	GPtrArray *paper = web_paper_new();

	web_paper_centre(paper, title);
	web_paper_sum(paper, "ПРОДАЖБИ", state->sales);
	web_paper_sum(paper, "СТОРНО", state->returns);
	web_paper_sum(paper, "ВЪВЕДЕНО", state->in);
	web_paper_sum(paper, "ИЗВЕДЕНО", state->out);
	web_paper_sum(paper, "НАЛИЧНОСТ", state->cash);
	add_foot(paper, call);
	return paper;
}

int erpnet_x_report(ErpnetCall *call)
{
	int code = check_printer(call);

	if (code != ERPNET_OK)
		return code;
	if (!erpnet_print(call, paper_report(call, "ДНЕВЕН ОТЧЕТ БЕЗ НУЛИРАНЕ"),
			  ERPNET_PAPER_OTHER))
		return erpnet_printer_check(call);
	erpnet_document_make(call->sim, false);
	return ERPNET_OK;
}

/* The drawer's counter goes on: whether a Z empties it is not on the page. */
static void end_day(ErpnetState *state, int64_t now)
{
	state->last_z_at = now;
	memcpy(state->last_z, state->groups, sizeof(state->last_z));
	state->sales = state->returns = state->n_sales = state->n_returns = 0;
	state->in = state->out = 0;
	memset(state->groups, 0, sizeof(state->groups));
	state->day_open = false;
	state->day++;
}

int erpnet_z_report(ErpnetCall *call)
{
	ErpnetState *state = &call->sim->state;
	int code = check_printer(call);
	json_t *entry;

	if (code != ERPNET_OK)
		return code;
	if (!erpnet_print(call, paper_report(call, "ДНЕВЕН ФИНАНСОВ ОТЧЕТ"), ERPNET_PAPER_OTHER))
		return erpnet_printer_check(call);
	entry = web_book_add(state->book,
			     &(WebBooking){ .number = erpnet_document_make(call->sim, false),
					    .kind = "shift-close",
					    .id = call->id });
	json_object_set_new(entry, "sales", json_integer(state->sales));
	json_object_set_new(entry, "returns", json_integer(state->returns));
	json_object_set_new(entry, "cash_in_drawer", json_integer(state->cash));
	end_day(state, erpnet_now(call->sim));
	return ERPNET_OK;
}

int erpnet_duplicate(ErpnetCall *call)
{
	ErpnetState *state = &call->sim->state;
	int code = erpnet_printer_check(call);
	GPtrArray *paper;

	if (code != ERPNET_OK)
		return code;
	/* Once only, and of a receipt (6Dh). */
	if (state->last_receipt == 0 || state->copied)
		return ERPNET_NOT_ALLOWED;
	state->copied = true;
	paper = web_paper_new();
	web_paper_centre(paper, "ДУБЛИКАТ");
	for (unsigned i = 0; i < state->roll.last->len; i++)
		web_paper_add(paper, "%s", (const char *)g_ptr_array_index(state->roll.last, i));
	return erpnet_print(call, paper, ERPNET_PAPER_COPY) ? ERPNET_OK
							    : erpnet_printer_check(call);
}

/* A receipt never hangs open here: the gateway aborts it by itself. */
int erpnet_reset(ErpnetCall *call)
{
	return erpnet_printer_check(call);
}

int erpnet_set_clock(ErpnetCall *call)
{
	ErpnetState *state = &call->sim->state;
	g_autoptr(GTimeZone) local = g_time_zone_new_local();
	g_autoptr(GDateTime) time =
		g_date_time_new_from_iso8601(web_text(call->body, "deviceDateTime"), local);

	if (time == NULL)
		return erpnet_flag(call, ERPNET_SYNTAX, "datetime.deviceDateTime", "no time");
	if (g_date_time_to_unix(time) < state->last_at)
		return ERPNET_CLOCK;
	state->clock_offset = g_date_time_to_unix(time) - g_get_real_time() / G_USEC_PER_SEC;
	return ERPNET_OK;
}
