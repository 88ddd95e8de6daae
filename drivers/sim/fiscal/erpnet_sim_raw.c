/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/fiscal/erpnet_sim.h"

#include <string.h>

/* Commands of family P through the gateway (fiscal-datecs.md §5.1): the first character is the
 * command. Questions, and the drawer; what moves money by this way is refused. */
enum { MIN_PULSE_MS = 5, MAX_PULSE_MS = 100, PULSE_MS = 50 };

static void put_sum(GString *ret, const Erpnet *self, int64_t sum)
{
	bool point = sim_faults_setting(self->context->faults, ERPNET_FAULT_RAW_POINT, 0) != 0;
	g_autofree char *text = exact_decimal_text(sum, point ? 2 : 0);

	g_string_append(ret, text);
}

static void put_time(GString *ret, int64_t at, const char *format)
{
	g_autoptr(GDateTime) time = g_date_time_new_from_unix_local(at);
	g_autofree char *text = g_date_time_format(time, format);

	g_string_append(ret, text);
}

static int last_document(ErpnetCall *call, const char *data, GString *ret)
{
	if (*data != '\0')
		return ERPNET_SYNTAX;
	g_string_printf(ret, "%07" G_GINT64_FORMAT, call->sim->state.last_document);
	return ERPNET_OK;
}

/* 30h as a question: numbers, or with "*" the last sale number. Anything else opens a receipt. */
static int last_sale(ErpnetCall *call, const char *data, GString *ret)
{
	const ErpnetState *state = &call->sim->state;

	if (*data == '\0')
		g_string_printf(ret, "%04" G_GINT64_FORMAT ",%04" G_GINT64_FORMAT,
				state->last_receipt, state->last_receipt);
	else if (strcmp(data, "*") == 0)
		g_string_printf(ret, "%07" G_GINT64_FORMAT ",%s", state->last_document, state->unp);
	else
		return ERPNET_NOT_ALLOWED;
	return ERPNET_OK;
}

static int receipt_status(ErpnetCall *call, const char *data, GString *ret)
{
	const ErpnetState *state = &call->sim->state;

	if (*data != '\0' && strcmp(data, "T") != 0)
		return ERPNET_SYNTAX;
	g_string_printf(ret, "0,%" G_GINT64_FORMAT ",", state->items);
	put_sum(ret, call->sim, state->amount);
	if (*data == 'T') {
		g_string_append_c(ret, ',');
		put_sum(ret, call->sim, state->tendered);
	}
	return ERPNET_OK;
}

static int cash(ErpnetCall *call, const char *data, GString *ret)
{
	const ErpnetState *state = &call->sim->state;
	const int64_t sums[] = { state->cash, state->in, state->out };

	if (*data != '\0' && strcmp(data, "0") != 0)
		return ERPNET_NOT_ALLOWED;
	g_string_append_c(ret, 'P');
	for (size_t i = 0; i < G_N_ELEMENTS(sums); i++) {
		g_string_append_c(ret, ',');
		put_sum(ret, call->sim, sums[i]);
	}
	return ERPNET_OK;
}

static int day_sums(ErpnetCall *call, const char *data, GString *ret)
{
	for (int i = 0; i < ERPNET_N_GROUPS; i++) {
		if (i > 0)
			g_string_append_c(ret, ',');
		put_sum(ret, call->sim, call->sim->state.groups[i]);
	}
	return ERPNET_OK;
}

/* 40h: number, sums and day of the last Z. */
static int last_z(ErpnetCall *call, const char *data, GString *ret)
{
	const ErpnetState *state = &call->sim->state;

	if (data[strspn(data, "*01")] != '\0' || strlen(data) > 2)
		return ERPNET_SYNTAX;
	g_string_printf(ret, "P,%04" G_GINT64_FORMAT, state->day - 1);
	for (int i = 0; i < ERPNET_N_GROUPS; i++) {
		g_string_append_c(ret, ',');
		put_sum(ret, call->sim, state->last_z[i]);
	}
	g_string_append_c(ret, ',');
	put_time(ret, state->last_z_at, "%d%m%y");
	return ERPNET_OK;
}

static int clock_time(ErpnetCall *call, const char *data, GString *ret)
{
	put_time(ret, erpnet_now(call->sim), "%d-%m-%y %H:%M:%S");
	return ERPNET_OK;
}

static int last_record(ErpnetCall *call, const char *data, GString *ret)
{
	put_time(ret, call->sim->state.last_at,
		 strcmp(data, "T") == 0 ? "%d-%m-%Y %H:%M:%S" : "%d-%m-%Y");
	return ERPNET_OK;
}

static int diagnostics(ErpnetCall *call, const char *data, GString *ret)
{
	g_string_printf(ret, "FP-2000,1.00BG 23NOV18 1000,FFFF,00000000,%s,%s", erpnet_serial,
			call->sim->state.fm);
	return ERPNET_OK;
}

static int tax_number(ErpnetCall *call, const char *data, GString *ret)
{
	g_string_append(ret, "000713391,0");
	return ERPNET_OK;
}

static int drawer(ErpnetCall *call, const char *data, GString *ret)
{
	g_autofree char *text = NULL;
	gint64 ms = PULSE_MS;

	if (*data != '\0' &&
	    !g_ascii_string_to_signed(data, 10, MIN_PULSE_MS, MAX_PULSE_MS, &ms, NULL))
		return ERPNET_SYNTAX;
	text = g_strdup_printf("%d", (int)ms);
	sim_log_mark(call->sim->context->log, "DRAWER", text);
	return ERPNET_OK;
}

int erpnet_sim_raw(ErpnetCall *call)
{
	static const struct {
		char command;
		int (*run)(ErpnetCall *call, const char *data, GString *ret);
	} commands[] = {
		{ 0x30, last_sale },   { 0x3E, clock_time },	{ 0x40, last_z },
		{ 0x41, day_sums },    { 0x46, cash },		{ 0x4C, receipt_status },
		{ 0x56, last_record }, { 0x5A, diagnostics },	{ 0x63, tax_number },
		{ 0x6A, drawer },      { 0x71, last_document },
	};
	const char *request = web_text(call->body, "rawRequest");
	g_autoptr(GString) response = g_string_new(NULL);
	int code = ERPNET_NOT_SUPPORTED;

	for (size_t i = 0; i < G_N_ELEMENTS(commands); i++)
		if (request[0] == commands[i].command)
			code = commands[i].run(call, request + 1, response);
	if (code != ERPNET_OK)
		return erpnet_flag(call, code, "rawrequest", "not to be done in this way");
	call->result = json_pack("{s:s}", "rawResponse", response->str);
	return ERPNET_OK;
}
