/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/fiscal/datecs_sim.h"

#include <string.h>

/* Family P: receipts are opened (§5.1, 30h and 2Eh). */
void datecs_sim_p_put_counters(DatecsCall *call, int64_t all, int64_t of_kind)
{
	datecs_sim_put(call, "%04" G_GINT64_FORMAT ",%04" G_GINT64_FORMAT, all, of_kind);
}

static bool take_who(char **fields, DatecsOpening *ret)
{
	if (!datecs_sim_integer(fields[0], 1, 30, &ret->operator_number) ||
	    !datecs_sim_integer(fields[2], 1, 99999, &ret->till))
		return false;
	ret->password = fields[1];
	return true;
}

static DatecsError ask_open(DatecsCall *call)
{
	const DatecsState *state = &call->sim->state;

	if (call->len == 0)
		datecs_sim_p_put_counters(call, state->n_all, state->n_fiscal);
	else
		datecs_sim_put(call, "%07" G_GINT64_FORMAT ",%s", state->last_number,
			       state->last_unp);
	return E_OK;
}

DatecsError datecs_sim_p_open_sale(DatecsCall *call)
{
	g_auto(GStrv) fields = g_strsplit(call->data, ",", -1);
	unsigned n = g_strv_length(fields), at = 3;
	DatecsOpening opening = { .storno_type = -1 };
	DatecsError error;

	if (call->len == 0 || strcmp(call->data, "*") == 0)
		return ask_open(call);
	if (n < 3 || !take_who(fields, &opening))
		return datecs_sim_bad(call, 0, "operator, password and till");
	if (at < n && strcmp(fields[at], "I") == 0)
		at++;
	if (at < n)
		opening.unp = fields[at++];
	if (at != n)
		return datecs_sim_bad(call, call->len, "too many fields");
	error = datecs_sim_open(call, &opening);
	if (error == E_OK)
		datecs_sim_p_put_counters(call, call->sim->state.n_all,
					  call->sim->state.n_fiscal + 1);
	return error;
}

/* DDMMYYhhmmss */
static bool compact_time(const char *text, int64_t *ret)
{
	g_autofree char *spread = NULL;

	if (strlen(text) != 12)
		return false;
	spread = g_strdup_printf("%.2s-%.2s-%.2s %.2s:%.2s:%.2s", text, text + 2, text + 4,
				 text + 6, text + 8, text + 10);
	return datecs_sim_time(spread, ret);
}

/* [UNPorig,DDMMYYhhmmss,FMno] */
static bool take_original(char **fields, DatecsOpening *ret)
{
	int64_t number;

	if (fields[0] == NULL)
		return true;
	if (g_strv_length(fields) != 3 || !datecs_sim_unp_is_good(fields[0]) ||
	    !compact_time(fields[1], &ret->original_at) || strlen(fields[2]) != 8 ||
	    !datecs_sim_integer(fields[2], 0, 99999999, &number))
		return false;
	ret->unp = ret->unp != NULL ? ret->unp : fields[0];
	ret->original_fm = fields[2];
	return true;
}

static bool take_type(const char *field, DatecsOpening *ret)
{
	static const char types[] = "ERT";
	const char *type = field[0] != '\0' ? strchr(types, field[0]) : NULL;

	ret->storno_type = type != NULL ? (int)(type - types) : -1;
	return type != NULL && datecs_sim_integer(field + 1, 1, 9999999, &ret->original);
}

DatecsError datecs_sim_p_open_storno(DatecsCall *call)
{
	g_auto(GStrv) halves = g_strsplit(call->data, "#", 2);
	g_auto(GStrv) fields = g_strsplit(halves[0] != NULL ? halves[0] : "", ",", -1);
	DatecsOpening opening = { 0 };
	char **at = fields;
	DatecsError error;

	if (g_strv_length(fields) < 4 || !take_who(fields, &opening))
		return datecs_sim_bad(call, 0, "operator, password, till and document");
	at += 3;
	if (at[0][0] == 'I' && at[1] != NULL) /* to an invoice */
		at++;
	if (datecs_sim_unp_is_good(at[0]) && at[1] != NULL)
		opening.unp = *at++;
	if (!take_type(*at++, &opening) || !take_original(at, &opening))
		return datecs_sim_bad(call,
				      strlen(fields[0]) + strlen(fields[1]) + strlen(fields[2]) + 3,
				      "document of the original");
	opening.reason = halves[0] != NULL ? halves[1] : NULL;
	error = datecs_sim_open(call, &opening);
	if (error == E_OK)
		datecs_sim_p_put_counters(call, call->sim->state.n_all,
					  call->sim->state.n_storno + 1);
	return error;
}
