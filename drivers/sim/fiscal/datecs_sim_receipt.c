/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/fiscal/datecs_sim.h"

#include <string.h>

/* The open receipt up to its payment (§10): who may open it, what may be in it. Both families come
 * here with values. */
bool datecs_sim_fiscal_is_open(const DatecsState *state)
{
	return state->receipt == RECEIPT_SALE || state->receipt == RECEIPT_STORNO;
}

bool datecs_sim_day_too_long(Datecs *self)
{
	const DatecsState *state = &self->state;

	if (datecs_sim_fault(self, DATECS_SHIFT_24H, NULL))
		return true;
	return state->day_open && datecs_sim_now(self) - state->day_opened_at >= DAY_SECONDS;
}

void datecs_sim_forget_receipt(DatecsState *state)
{
	state->receipt = RECEIPT_NONE;
	state->items = state->total = state->paid = state->change = 0;
	memset(state->groups, 0, sizeof(state->groups));
	memset(state->modes, 0, sizeof(state->modes));
	g_free(state->unp);
	state->unp = g_strdup("");
	g_ptr_array_set_size(state->lines, 0);
}

/* The receipt's own lines, for the journal and the duplicate. */
static void keep_paper(DatecsCall *call)
{
	for (unsigned i = 0; i < call->paper->len; i++)
		g_ptr_array_add(call->sim->state.lines,
				g_strdup(g_ptr_array_index(call->paper, i)));
}

/* ---- open */

static DatecsError check_password(Datecs *self, const DatecsOpening *opening)
{
	g_autofree char *password =
		g_strdup_printf("%04d", datecs_sim_setting(self, DATECS_PASSWORD, 0));

	if (!datecs_sim_is_x(self) && self->bad_passwords >= 3)
		return E_LOCKED;
	if (datecs_sim_fault(self, DATECS_WRONG_PASSWORD, NULL) ||
	    strcmp(opening->password, password) != 0) {
		self->bad_passwords++;
		return E_PASSWORD;
	}
	self->bad_passwords = 0;
	return E_OK;
}

static DatecsError check_open(DatecsCall *call, const DatecsOpening *opening)
{
	Datecs *self = call->sim;

	if (self->state.receipt != RECEIPT_NONE)
		return E_RECEIPT_OPEN;
	if (opening->unp != NULL && !datecs_sim_unp_is_good(opening->unp)) {
		datecs_sim_flag(self, "“%s” is no sale number", opening->unp);
		return E_SYNTAX;
	}
	if (self->state.clock_unset)
		return E_CLOCK_UNSET;
	if (datecs_sim_setting(self, DATECS_MEMORY_FULL, -1) >= 0)
		return E_MEMORY_FULL;
	if (datecs_sim_day_too_long(self))
		return E_24_HOURS;
	return check_password(self, opening);
}

static void print_opening(DatecsCall *call, const DatecsOpening *opening)
{
	g_autofree char *who =
		g_strdup_printf("ОПЕРАТОР %" G_GINT64_FORMAT, opening->operator_number);
	g_autofree char *till = g_strdup_printf("КАСА %" G_GINT64_FORMAT, opening->till);

	datecs_sim_print_head(call);
	datecs_sim_print_pair(call, who, till);
	if (opening->unp != NULL)
		datecs_sim_print_pair(call, "УНП", opening->unp);
	if (opening->storno_type < 0)
		return;
	datecs_sim_print(call, "С Т О Р Н О");
	datecs_sim_print(call, "КЪМ ДОКУМЕНТ %07" G_GINT64_FORMAT, opening->original);
	if (opening->reason != NULL && opening->reason[0] != '\0')
		datecs_sim_print(call, "%s", opening->reason);
}

DatecsError datecs_sim_open(DatecsCall *call, const DatecsOpening *opening)
{
	DatecsState *state = &call->sim->state;
	DatecsError error = check_open(call, opening);

	if (error != E_OK)
		return error;
	datecs_sim_forget_receipt(state);
	state->receipt = opening->storno_type < 0 ? RECEIPT_SALE : RECEIPT_STORNO;
	state->storno_type = opening->storno_type;
	state->operator_number = opening->operator_number;
	g_free(state->unp);
	state->unp = g_strdup(opening->unp != NULL ? opening->unp : "");
	state->n_all++;
	/* The first receipt opens the day (§7.1). */
	if (!state->day_open) {
		state->day_open = 1;
		state->day_opened_at = datecs_sim_now(call->sim);
	}
	print_opening(call, opening);
	keep_paper(call);
	g_string_append_printf(call->words, " %s", state->unp);
	return E_OK;
}

/* ---- lines */

/* Half away from zero; false where it is more than a receipt can be. */
static bool divide(__int128 value, int64_t by, int64_t *ret)
{
	__int128 result = (value + (value < 0 ? -by / 2 : by / 2)) / by;

	if (result > MAX_SUM || result < -MAX_SUM)
		return false;
	*ret = (int64_t)result;
	return true;
}

static bool change_of(const DatecsChange *change, int64_t sum, int64_t *ret)
{
	*ret = change->kind == CHANGE_AMOUNT ? change->value : 0;
	return change->kind != CHANGE_PERCENT || divide((__int128)sum * change->value, 10000, ret);
}

static DatecsError check_sale(DatecsCall *call)
{
	const DatecsState *state = &call->sim->state;

	if (!datecs_sim_fiscal_is_open(state))
		return E_RECEIPT_CLOSED;
	return state->paid > 0 ? E_PAYMENT_STARTED : E_OK;
}

static DatecsError check_item(const DatecsState *state, const DatecsItem *item, int64_t *sum,
			      int64_t *changed)
{
	if (datecs_sim_group_rates[item->group] < 0)
		return E_GROUP;
	if (ABS(item->price) > MAX_PRICE || item->quantity <= 0)
		return E_OVERFLOW;
	if (!divide((__int128)item->price * item->quantity, 1000, sum) ||
	    !change_of(&item->change, *sum, changed))
		return E_OVERFLOW;
	/* A discount may not turn a sale into something else. */
	if ((*sum >= 0) != (*sum + *changed >= 0))
		return E_NEGATIVE;
	*sum += *changed;
	if (state->groups[item->group] + *sum < 0)
		return E_NEGATIVE;
	if (state->total + *sum > MAX_SUM)
		return E_TOTAL_OVERFLOW;
	return state->items >= MAX_ITEMS ? E_TOO_MANY : E_OK;
}

DatecsError datecs_sim_sell(DatecsCall *call, const DatecsItem *item, int64_t *sum)
{
	DatecsState *state = &call->sim->state;
	g_autofree char *text = NULL;
	DatecsError error = check_sale(call);
	int64_t changed;

	if (error == E_OK)
		error = check_item(state, item, sum, &changed);
	if (error != E_OK)
		return error;
	state->groups[item->group] += *sum;
	state->total += *sum;
	state->items++;
	datecs_sim_print_item(call, item, *sum - changed, changed);
	keep_paper(call);
	text = datecs_sim_sum_new(*sum);
	g_string_append_printf(call->words, " “%s” %s", item->name, text);
	return E_OK;
}

DatecsError datecs_sim_comment(DatecsCall *call, const char *text)
{
	g_autofree char *words = datecs_sim_utf8_new(text, strlen(text));

	if (!datecs_sim_fiscal_is_open(&call->sim->state))
		return E_RECEIPT_CLOSED;
	datecs_sim_print(call, "# %s", words);
	keep_paper(call);
	return E_OK;
}

/* A change of the whole is spread over the groups by their shares; the last one takes the rest. */
static void spread(DatecsState *state, int64_t changed)
{
	int64_t left = changed, total = state->total;
	int last = 0;

	for (int i = 0; i < N_GROUPS; i++) {
		int64_t share =
			total != 0 ? (int64_t)((__int128)changed * state->groups[i] / total) : 0;

		if (state->groups[i] != 0)
			last = i;
		state->groups[i] += share;
		left -= share;
	}
	state->groups[last] += left;
	state->total += changed;
}

DatecsError datecs_sim_subtotal(DatecsCall *call, bool print, bool display, DatecsChange change)
{
	DatecsState *state = &call->sim->state;
	DatecsError error = check_sale(call);
	int64_t changed;

	if (error != E_OK)
		return error;
	if (!change_of(&change, state->total, &changed) || state->total + changed > MAX_SUM)
		return E_TOTAL_OVERFLOW;
	if (state->total + changed < 0)
		return E_NEGATIVE;
	if (print)
		datecs_sim_print_sum(call, "МЕЖДИННА СУМА", state->total);
	if (changed != 0)
		datecs_sim_print_sum(call, changed < 0 ? "ОТСТЪПКА" : "НАДБАВКА", changed);
	spread(state, changed);
	keep_paper(call);
	if (display) {
		g_autofree char *text = datecs_sim_sum_new(state->total);

		datecs_sim_display(call, 1, text);
	}
	return E_OK;
}

/* ---- text that is no receipt */

DatecsError datecs_sim_service_open(DatecsCall *call)
{
	if (call->sim->state.receipt != RECEIPT_NONE)
		return E_RECEIPT_OPEN;
	datecs_sim_forget_receipt(&call->sim->state);
	call->sim->state.receipt = RECEIPT_SERVICE;
	call->sim->state.n_all++;
	datecs_sim_print_head(call);
	datecs_sim_print(call, "СЛУЖЕБЕН БОН");
	return E_OK;
}

DatecsError datecs_sim_service_text(DatecsCall *call, const char *text)
{
	g_autofree char *words = datecs_sim_utf8_new(text, strlen(text));

	if (call->sim->state.receipt != RECEIPT_SERVICE)
		return E_RECEIPT_CLOSED;
	datecs_sim_print(call, "%s", words);
	return E_OK;
}

DatecsError datecs_sim_service_close(DatecsCall *call)
{
	if (call->sim->state.receipt != RECEIPT_SERVICE)
		return E_RECEIPT_CLOSED;
	call->sim->state.receipt = RECEIPT_NONE;
	datecs_sim_print(call, "СЛУЖЕБЕН БОН");
	datecs_sim_print(call, "%s", "");
	datecs_sim_next_number(call->sim, false);
	return E_OK;
}
