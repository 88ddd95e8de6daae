/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/fiscal/atol_sim.h"

#include <string.h>

/* Questions, and what moves paper or the drawer without a fiscal document. Names of members that
 * are not on the page are those of published clients. */
enum { DRAWER_MS = 100, LINE_LENGTH = 48, LINE_PIXELS = 576, MODEL = 57 };

static const char *shift_state(const Atol *self)
{
	return !self->state.shift_open ? "closed" : atol_shift_expired(self) ? "expired" : "opened";
}

static json_t *time_new(int64_t at)
{
	g_autofree char *text = atol_time_text(at);

	return json_string(text);
}

int atol_device_status(AtolCall *call)
{
	const AtolState *state = &call->sim->state;

	call->result = json_pack(
		"{s:{s:o,s:s,s:b,s:b,s:b,s:b,s:b,s:b,s:b}}", "deviceStatus", "currentDateTime",
		time_new(atol_now(call->sim)), "shift", shift_state(call->sim), "blocked", 0,
		"coverOpened", state->roll.cover_open, "paperPresent", !state->roll.no_paper,
		"fiscal", 1, "fnFiscal", 1, "fnPresent", 1, "cashDrawerOpened", state->drawer_open);
	return ATOL_OK;
}

static const char *ffd_version(const Atol *self)
{
	return sim_faults_setting(self->context->faults, ATOL_FAULT_FFD, 1) == 1 ? "1.2" : "1.05";
}

int atol_device_info(AtolCall *call)
{
	call->result = json_pack(
		"{s:{s:s,s:s,s:s,s:s,s:o,s:s,s:o,s:o,s:s}}", "deviceInfo", "configurationVersion",
		"3.0.7942", "ffdVersion", ffd_version(call->sim), "firmwareVersion", "3.0.1245",
		"fnFfdVersion", ffd_version(call->sim), "model", exact_decimal_new(MODEL, 0),
		"modelName", "АТОЛ 25Ф", "receiptLineLength", exact_decimal_new(LINE_LENGTH, 0),
		"receiptLineLengthPix", exact_decimal_new(LINE_PIXELS, 0), "serial", atol_serial);
	return ATOL_OK;
}

int atol_shift_status(AtolCall *call)
{
	const AtolState *state = &call->sim->state;

	call->result =
		json_pack("{s:{s:s,s:o,s:o,s:o}}", "shiftStatus", "state", shift_state(call->sim),
			  "number", exact_decimal_new(state->shift, 0), "expiredTime",
			  time_new(state->shift_opened_at + ATOL_SHIFT_SECONDS), "documentsCount",
			  exact_decimal_new(state->in_shift, 0));
	return ATOL_OK;
}

static json_t *fn_warnings(const Atol *self)
{
	const SimFaults *faults = self->context->faults;

	return json_pack("{s:b,s:b,s:b,s:b,s:b}", "criticalError", 0, "memoryOverflow",
			 self->state.memory_full, "needReplacement", 0, "ofdTimeout",
			 sim_faults_setting(faults, ATOL_FAULT_OFD_TIMEOUT, 0), "resourceExhausted",
			 sim_faults_setting(faults, ATOL_FAULT_MEMORY_LOW, 0));
}

int atol_fn_info(AtolCall *call)
{
	const AtolState *state = &call->sim->state;

	call->result =
		json_pack("{s:{s:s,s:s,s:s,s:s,s:o}}", "fnInfo", "serial", state->fn, "ffdVersion",
			  ffd_version(call->sim), "fnFfdVersion", ffd_version(call->sim),
			  "livePhase", "fiscalMode", "warnings", fn_warnings(call->sim));
	return ATOL_OK;
}

int atol_fn_status(AtolCall *call)
{
	const AtolState *state = &call->sim->state;

	call->result =
		json_pack("{s:{s:o,s:o,s:o}}", "fnStatus", "fiscalDocumentNumber",
			  exact_decimal_new(state->last_fd, 0), "fiscalReceiptNumber",
			  exact_decimal_new(state->receipt, 0), "warnings", fn_warnings(call->sim));
	return ATOL_OK;
}

static const json_t *first_unsent(const AtolState *state)
{
	const json_t *document;
	size_t i;

	json_array_foreach(state->documents, i, document)
	{
		if (json_integer_value(json_object_get(document, "number")) > state->sent_fd)
			return document;
	}
	return NULL;
}

int atol_ofd_status(AtolCall *call)
{
	const AtolState *state = &call->sim->state;
	const json_t *first = first_unsent(state);
	int64_t number = json_integer_value(json_object_get(first, "number"));
	json_t *when = json_object_get(json_object_get(first, "tlv"), "1012");
	json_t *status = json_pack("{s:o,s:o}", "notSentCount",
				   exact_decimal_new(state->last_fd - state->sent_fd, 0),
				   "notSentFirstDocNumber", exact_decimal_new(number, 0));

	if (when != NULL)
		json_object_set(status, "notSentFirstDocDateTime", when);
	call->result = json_pack("{s:o,s:{}}", "status", status, "errors");
	return ATOL_OK;
}

static json_t *receipt_totals(const AtolTotals *totals)
{
	json_t *payments = json_object();

	for (int i = 0; i < ATOL_N_PAYMENTS; i++)
		json_object_set_new(payments, atol_payment_names[i],
				    exact_decimal_new(totals->paid[i], 2));
	return json_pack("{s:o,s:o,s:o}", "count", exact_decimal_new(totals->count, 0), "sum",
			 exact_decimal_new(totals->sum, 2), "payments", payments);
}

json_t *atol_totals_new(const Atol *self)
{
	const AtolState *state = &self->state;
	json_t *receipts = json_object();

	for (int i = 0; i < ATOL_N_TOTALS; i++)
		json_object_set_new(receipts, atol_kind_names[i],
				    receipt_totals(&state->totals[i]));
	return json_pack("{s:o,s:{s:o},s:{s:o,s:o},s:{s:o,s:o},s:o}", "shiftNumber",
			 exact_decimal_new(state->shift, 0), "cashDrawer", "sum",
			 exact_decimal_new(state->cash, 2), "income", "count",
			 exact_decimal_new(state->n_in, 0), "sum", exact_decimal_new(state->in, 2),
			 "outcome", "count", exact_decimal_new(state->n_out, 0), "sum",
			 exact_decimal_new(state->out, 2), "receipts", receipts);
}

int atol_shift_totals(AtolCall *call)
{
	json_t *totals = atol_totals_new(call->sim);

	/* The page says `totals`, a published client `shiftTotals`: both are given. */
	call->result = json_pack("{s:O,s:o}", "totals", totals, "shiftTotals", totals);
	return ATOL_OK;
}

int atol_drawer_status(AtolCall *call)
{
	const AtolState *state = &call->sim->state;

	call->result = json_pack("{s:{s:o},s:{s:b}}", "counters", "cashSum",
				 exact_decimal_new(state->cash, 2), "cashDrawerStatus",
				 "cashDrawerOpened", state->drawer_open);
	return ATOL_OK;
}

int atol_registration(AtolCall *call)
{
	call->result = json_pack(
		"{s:{s:s,s:s,s:s},s:{s:s,s:s,s:s},s:{s:s,s:s}}", "organization", "name", atol_user,
		"vatin", atol_inn, "address", atol_address, "device", "registrationNumber",
		atol_registration_number, "fnNumber", call->sim->state.fn, "ffdVersion",
		ffd_version(call->sim), "ofd", "name", "ОФД", "vatin", "7704211201");
	return ATOL_OK;
}

/* --- actions ---------------------------------------------------------------------------------- */

int atol_open_drawer(AtolCall *call)
{
	g_autofree char *ms = g_strdup_printf("%d", DRAWER_MS);

	call->sim->state.drawer_open = true;
	sim_log_mark(call->sim->context->log, "DRAWER", ms);
	return ATOL_OK;
}

/* Which form it wants is not on the page: ISO 8601, and the vendor's with points and a blank. */
static GDateTime *read_time(const char *text)
{
	g_autoptr(GTimeZone) local = g_time_zone_new_local();
	g_autofree char *iso = g_strdup(text);

	for (char *at = iso; *at != '\0' && at < iso + 10; at++)
		if (*at == '.')
			*at = '-';
	if (strlen(iso) > 10 && iso[10] == ' ')
		iso[10] = 'T';
	return g_date_time_new_from_iso8601(iso, local);
}

int atol_set_clock(AtolCall *call)
{
	AtolState *state = &call->sim->state;
	g_autoptr(GDateTime) time = read_time(web_text(call->task, "dateTime"));

	if (time == NULL)
		return atol_flag(call, ATOL_BAD_PARAMETER, "setDateTime.dateTime", "no time");
	if (state->shift_open)
		return ATOL_SHIFT_OPEN;
	if (g_date_time_to_unix(time) < state->last_at)
		return ATOL_CLOCK;
	state->clock_offset = g_date_time_to_unix(time) - g_get_real_time() / G_USEC_PER_SEC;
	return ATOL_OK;
}

int atol_non_fiscal(AtolCall *call)
{
	const json_t *items = json_object_get(call->task, "items");
	int code = atol_print_items_check(call, items, "nonFiscal.items");
	GPtrArray *paper;

	if (code == ATOL_OK)
		code = atol_device_check(call, true);
	if (code != ATOL_OK)
		return code;
	paper = web_paper_new();
	atol_paper_items(paper, items);
	if (web_is_true(call->task, "printFooter"))
		web_paper_centre(paper, "СПАСИБО");
	atol_print(call, paper, false);
	return call->not_printed ? ATOL_NO_PAPER : ATOL_OK;
}

int atol_continue_print(AtolCall *call)
{
	WebRoll *roll = &call->sim->state.roll;

	if (web_roll_continue(roll, call->sim->context->log))
		return ATOL_OK;
	return roll->cover_open ? ATOL_COVER_OPEN : ATOL_NO_PAPER;
}

int atol_print_copy(AtolCall *call)
{
	const GPtrArray *last = call->sim->state.roll.last;
	int code = atol_device_check(call, true);
	GPtrArray *paper;

	if (last->len == 0)
		return ATOL_NO_DOCUMENT;
	if (code != ATOL_OK)
		return code;
	paper = web_paper_new();
	web_paper_centre(paper, "КОПИЯ");
	for (unsigned i = 0; i < last->len; i++)
		web_paper_add(paper, "%s", (const char *)g_ptr_array_index(last, i));
	atol_print(call, paper, false);
	return call->not_printed ? ATOL_NO_PAPER : ATOL_OK;
}
