/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/fiscal/datecs_sim.h"

#include <string.h>

/* Family P: questions. Nothing here changes or prints anything. */
static void put_amounts(DatecsCall *call, const int64_t *sums, int n)
{
	for (int i = 0; i < n; i++) {
		datecs_sim_put(call, ",");
		datecs_sim_put_amount(call, sums[i]);
	}
}

DatecsError datecs_sim_p_clock(DatecsCall *call)
{
	g_autofree char *time = datecs_sim_time_new(datecs_sim_now(call->sim));

	if (call->len > 0)
		return datecs_sim_bad(call, 0, "data");
	datecs_sim_put(call, "%s", time);
	return E_OK;
}

DatecsError datecs_sim_p_last_z(DatecsCall *call)
{
	const DatecsState *state = &call->sim->state;
	g_autofree char *time = datecs_sim_time_new(state->last_z_at);

	if (call->data[strspn(call->data, "*01")] != '\0' || call->len > 2)
		return datecs_sim_bad(call, 0, "data");
	datecs_sim_put(call, "P,%04" G_GINT64_FORMAT, state->z_number);
	put_amounts(call, state->last_z, N_GROUPS);
	datecs_sim_put(call, ",%.2s%.2s%.2s", time, time + 3, time + 6);
	return E_OK;
}

/* 1: the tax in them. */
DatecsError datecs_sim_p_day_sums(DatecsCall *call)
{
	const DatecsState *state = &call->sim->state;
	bool tax = strcmp(call->data, "1") == 0;

	if (!tax && call->len > 0 && strcmp(call->data, "0") != 0)
		return datecs_sim_bad(call, 0, "data");
	for (int i = 0; i < N_GROUPS; i++) {
		int64_t rate = MAX(datecs_sim_group_rates[i], 0), sum = state->sales[i];

		if (tax)
			sum = (2 * sum * rate + 100 + rate) / (2 * (100 + rate));
		if (tax && rate == 0)
			sum = 0;
		if (i > 0)
			datecs_sim_put(call, ",");
		datecs_sim_put_amount(call, sum);
	}
	return E_OK;
}

DatecsError datecs_sim_p_status(DatecsCall *call)
{
	uint8_t status[8];

	if (call->len > 1 || (call->len == 1 && strchr("WXLPR", call->data[0]) == NULL))
		return datecs_sim_bad(call, 0, "data");
	if (call->data[0] == 'L') {
		datecs_sim_put(call, "0"); /* nothing waits to be printed */
		return E_OK;
	}
	datecs_sim_status(call->sim, E_OK, status);
	g_string_append_len(call->answer, (const char *)status, 6);
	return E_OK;
}

DatecsError datecs_sim_p_receipt(DatecsCall *call)
{
	const DatecsState *state = &call->sim->state;

	if (call->len > 0 && strcmp(call->data, "T") != 0)
		return datecs_sim_bad(call, 0, "data");
	datecs_sim_put(call, "%d,%" G_GINT64_FORMAT ",", state->receipt != RECEIPT_NONE,
		       state->items);
	datecs_sim_put_amount(call, state->total);
	if (call->len == 0)
		return E_OK;
	datecs_sim_put(call, ",");
	datecs_sim_put_amount(call, state->paid);
	return E_OK;
}

DatecsError datecs_sim_p_diagnostics(DatecsCall *call)
{
	g_autofree char *serial = datecs_sim_serial_new(call->sim),
			*fm = datecs_sim_fm_new(call->sim);

	if (strcmp(call->data, "1") != 0 && strcmp(call->data, "*1") != 0)
		return datecs_sim_bad(call, 0, "data");
	datecs_sim_put(call, "FP-800,1.00BG 01FEB26 1000,A1B2,00000000,%s,%s", serial, fm);
	return E_OK;
}

DatecsError datecs_sim_p_tax_number(DatecsCall *call)
{
	if (call->len > 0)
		return datecs_sim_bad(call, 0, "data");
	datecs_sim_put(call, "123456789,0");
	return E_OK;
}

DatecsError datecs_sim_p_receipt_sums(DatecsCall *call)
{
	const DatecsState *state = &call->sim->state;

	if (call->len > 0)
		return datecs_sim_bad(call, 0, "data");
	datecs_sim_put(call, "%d", datecs_sim_fiscal_is_open(state) && state->paid == 0);
	put_amounts(call, state->groups, N_GROUPS);
	datecs_sim_put(call, ",0,0000000000");
	return E_OK;
}

DatecsError datecs_sim_p_last_document(DatecsCall *call)
{
	if (call->len > 0)
		return datecs_sim_bad(call, 0, "data");
	datecs_sim_put(call, "%07" G_GINT64_FORMAT, call->sim->state.last_number);
	return E_OK;
}

/* The page has no form of it ("many"), so what is here is [inferred]: R with the number of a
 * document gives its number, time, total and sale number. */
DatecsError datecs_sim_p_journal(DatecsCall *call)
{
	const DatecsState *state = &call->sim->state;
	int64_t number;

	if (call->data[0] != 'R' || !datecs_sim_integer(call->data + 1, 1, 9999999, &number))
		return datecs_sim_bad(call, 0, "data");
	for (unsigned i = state->documents->len; i > 0; i--) {
		const DatecsDocument *document = g_ptr_array_index(state->documents, i - 1);
		g_autofree char *time = NULL;

		if (document->number != number)
			continue;
		time = datecs_sim_time_new(document->at);
		datecs_sim_put(call, "P,%07" G_GINT64_FORMAT ",%s,", number, time);
		datecs_sim_put_amount(call, document->total);
		datecs_sim_put(call, ",%s", document->unp);
		return E_OK;
	}
	datecs_sim_put(call, "F");
	return E_NOT_FOUND;
}
