/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/fiscal/datecs_sim.h"

#include <string.h>

/* Family X: fields with a TAB after each (§5.2). */
/* From field @first on (0: the first). */
static DatecsError bad(DatecsCall *call, unsigned first, const char *what)
{
	size_t at = 0;

	for (unsigned i = 0; i < MIN(first, call->n_fields); i++)
		at += strlen(call->fields[i]) + 1;
	return datecs_sim_bad(call, at, what);
}

static DatecsError bare(DatecsCall *call, DatecsError (*run)(DatecsCall *call))
{
	return call->len > 0 ? bad(call, 0, "there should be no data") : run(call);
}

/* The number that the open receipt will have, or the last one has. */
static int64_t slip(const DatecsCall *call)
{
	const DatecsState *state = &call->sim->state;

	return state->last_number + (datecs_sim_fiscal_is_open(state) ? 1 : 0);
}

static void put_slip(DatecsCall *call)
{
	datecs_sim_put_field(call, "%" G_GINT64_FORMAT, slip(call));
}

/* Sources differ (last section of the page). */
static void put_slip_or_total(DatecsCall *call)
{
	if (datecs_sim_setting(call->sim, DATECS_LINE_ANSWER, 0) == 1)
		datecs_sim_put_sum(call, call->sim->state.total);
	else
		put_slip(call);
}

/* ---- opening */

static bool take_who(char **fields, const char *till, DatecsOpening *ret)
{
	ret->password = fields[1];
	return datecs_sim_integer(fields[0], 1, 30, &ret->operator_number) &&
	       datecs_sim_integer(till, 1, 99999, &ret->till);
}

static DatecsError open_sale(DatecsCall *call)
{
	DatecsOpening opening = { .storno_type = -1 };
	char **fields = call->fields;
	unsigned n = call->n_fields;
	DatecsError error;

	if (n != 4 && n != 5)
		return bad(call, n, "4 or 5 fields");
	if (!take_who(fields, fields[n - 2], &opening))
		return bad(call, 0, "operator or till");
	if (fields[n - 1][0] != '\0' && strcmp(fields[n - 1], "I") != 0)
		return bad(call, n - 1, "invoice");
	opening.unp = n == 5 ? fields[2] : NULL;
	error = datecs_sim_open(call, &opening);
	if (error == E_OK)
		put_slip(call);
	return error;
}

static DatecsError open_storno(DatecsCall *call)
{
	DatecsOpening opening = { 0 };
	char **fields = call->fields;
	int64_t type, number;
	DatecsError error;

	if (call->n_fields != 11)
		return bad(call, call->n_fields, "11 fields");
	if (!take_who(fields, fields[2], &opening) || !datecs_sim_integer(fields[3], 0, 2, &type) ||
	    !datecs_sim_integer(fields[4], 1, 99999999, &opening.original))
		return bad(call, 0, "operator, till, type or document");
	if (!datecs_sim_time(fields[5], &opening.original_at) || strlen(fields[6]) != 8 ||
	    !datecs_sim_integer(fields[6], 0, 99999999, &number))
		return bad(call, 5, "time or fiscal memory of the original");
	opening.storno_type = (int)type;
	opening.original_fm = fields[6];
	opening.reason = fields[9];
	opening.unp = fields[10][0] != '\0' ? fields[10] : NULL;
	error = datecs_sim_open(call, &opening);
	if (error == E_OK)
		put_slip(call);
	return error;
}

/* ---- lines */

/* 0 none, 1 +%, 2 -%, 3 +sum, 4 -sum; the value is empty with 0. */
static bool take_change(const char *type, const char *value, DatecsChange *ret)
{
	int64_t kind = 0, amount = 0;

	if (type[0] != '\0' && !datecs_sim_integer(type, 0, 4, &kind))
		return false;
	if (kind == 0)
		return value[0] == '\0';
	if (!datecs_sim_amount(value, &amount) || amount < 0 || (kind <= 2 && amount > 9900))
		return false;
	*ret = (DatecsChange){ .kind = kind <= 2 ? CHANGE_PERCENT : CHANGE_AMOUNT,
			       .value = kind % 2 == 1 ? amount : -amount };
	return true;
}

static DatecsError sell_fields(DatecsCall *call, DatecsItem *item)
{
	char **fields = call->fields;
	int64_t tax, department, sum;

	item->quantity = 1000;
	if (!datecs_sim_integer(fields[1], 1, N_GROUPS, &tax))
		return bad(call, 1, "tax group");
	item->group = (int)tax - 1;
	if (!datecs_sim_amount(fields[2], &item->price) ||
	    (fields[3][0] != '\0' && !datecs_sim_decimal(fields[3], 3, &item->quantity)))
		return bad(call, 2, "price or quantity");
	if (!take_change(fields[4], fields[5], &item->change))
		return bad(call, 4, "discount");
	if (fields[6][0] != '\0' && !datecs_sim_integer(fields[6], 0, 99, &department))
		return E_DEPARTMENT;
	return datecs_sim_sell(call, item, &sum);
}

static DatecsError sale(DatecsCall *call)
{
	DatecsItem item = { 0 };
	DatecsError error;

	if (call->n_fields != 7 && call->n_fields != 8)
		return bad(call, call->n_fields, "7 or 8 fields");
	item.name = datecs_sim_utf8_new(call->fields[0], strlen(call->fields[0]));
	error = item.name[0] != '\0' ? sell_fields(call, &item) : bad(call, 0, "no name");
	g_free(item.name);
	if (error == E_OK)
		put_slip_or_total(call);
	return error;
}

static DatecsError subtotal(DatecsCall *call)
{
	DatecsChange change = { 0 };
	int64_t print, display;
	DatecsError error;

	if (call->n_fields != 4 || !datecs_sim_integer(call->fields[0], 0, 1, &print) ||
	    !datecs_sim_integer(call->fields[1], 0, 1, &display) ||
	    !take_change(call->fields[2], call->fields[3], &change))
		return bad(call, 0, "print, display, type and value of a discount");
	error = datecs_sim_subtotal(call, print == 1, display == 1, change);
	if (error != E_OK)
		return error;
	put_slip_or_total(call);
	datecs_sim_put_sum(call, call->sim->state.total);
	for (int i = 0; i < N_GROUPS; i++)
		datecs_sim_put_sum(call, call->sim->state.groups[i]);
	return E_OK;
}

static DatecsError comment(DatecsCall *call)
{
	return call->n_fields == 1 ? datecs_sim_comment(call, call->fields[0])
				   : bad(call, 0, "one field of text");
}

/* ---- payment */

/* Of 0 to 5; 6, foreign currency, is not simulated. The last three are the programmable ones. */
static const int modes[] = { MODE_CASH, MODE_CARD, MODE_CARD, 10, 11, 12 };

static DatecsError payment(DatecsCall *call)
{
	int64_t mode, amount = -1, type, value;
	DatecsError error;
	char letter;

	if (call->n_fields != 3 || !datecs_sim_integer(call->fields[0], 0, 5, &mode) ||
	    (call->fields[1][0] != '\0' && !datecs_sim_amount(call->fields[1], &amount)))
		return bad(call, 0, "mode, amount and type");
	if (call->fields[2][0] != '\0' && !datecs_sim_integer(call->fields[2], 1, 12, &type))
		return bad(call, 2, "type");
	error = datecs_sim_pay(call, modes[mode], call->fields[1][0] != '\0' ? amount : -1, &letter,
			       &value);
	if (error != E_OK)
		return error;
	datecs_sim_put_field(call, "%c", letter);
	datecs_sim_put_sum(call, value);
	return E_OK;
}

static DatecsError close_receipt(DatecsCall *call)
{
	DatecsError error = bare(call, datecs_sim_close);

	if (error == E_OK)
		put_slip(call);
	return error;
}

static DatecsError cancel(DatecsCall *call)
{
	return bare(call, datecs_sim_cancel);
}

/* ---- service receipts, display: as in family P, with TABs [inferred] */

static DatecsError service_open(DatecsCall *call)
{
	DatecsError error = bare(call, datecs_sim_service_open);

	if (error == E_OK)
		put_slip(call);
	return error;
}

static DatecsError service_close(DatecsCall *call)
{
	DatecsError error = bare(call, datecs_sim_service_close);

	if (error == E_OK)
		put_slip(call);
	return error;
}

/* More fields than the text are attributes of the print. */
static DatecsError service_text(DatecsCall *call)
{
	return call->n_fields >= 1 ? datecs_sim_service_text(call, call->fields[0])
				   : bad(call, 0, "no text");
}

static DatecsError clear_display(DatecsCall *call)
{
	return bare(call, datecs_sim_clear_display);
}

static DatecsError display(DatecsCall *call)
{
	return call->n_fields == 1
		       ? datecs_sim_display(call, call->code == 0x2F ? 0 : 1, call->fields[0])
		       : bad(call, 0, "one field of text");
}

static DatecsError cut(DatecsCall *call)
{
	return bare(call, datecs_sim_cut);
}

static DatecsError drawer(DatecsCall *call)
{
	if (call->n_fields > 1)
		return bad(call, 1, "one field");
	return datecs_sim_drawer(call, call->n_fields == 1 ? call->fields[0] : "");
}

static DatecsError duplicate(DatecsCall *call)
{
	return call->n_fields > 1 ? bad(call, 1, "one field") : datecs_sim_duplicate(call);
}

/* ---- the day */

static DatecsError set_clock(DatecsCall *call)
{
	return call->n_fields == 1 ? datecs_sim_set_clock(call, call->fields[0])
				   : bad(call, 1, "one field");
}

static DatecsError report(DatecsCall *call)
{
	const DatecsState *state = &call->sim->state;
	const char *kind = call->n_fields > 0 ? call->fields[0] : "";
	DatecsError error;

	if (strlen(kind) != 1 || strchr("XZDG", kind[0]) == NULL)
		return bad(call, 0, "kind of report");
	datecs_sim_put_field(call, "%" G_GINT64_FORMAT, state->z_number + 1);
	for (int i = 0; i < N_GROUPS; i++)
		datecs_sim_put_sum(call, state->sales[i]);
	for (int i = 0; i < N_GROUPS; i++)
		datecs_sim_put_sum(call, state->stornos[i]);
	error = datecs_sim_report(call, kind[0] == 'Z');
	if (error != E_OK)
		g_string_truncate(call->answer, 0);
	return error;
}

static DatecsError cash(DatecsCall *call)
{
	const DatecsState *state = &call->sim->state;
	int64_t way, amount;
	DatecsError error;

	if (call->n_fields != 2 || !datecs_sim_integer(call->fields[0], 0, 1, &way) ||
	    !datecs_sim_amount(call->fields[1], &amount) || amount < 0)
		return bad(call, 0, "way and amount");
	error = datecs_sim_cash(call, way == 0 ? amount : -amount);
	if (error != E_OK)
		return error;
	datecs_sim_put_sum(call, state->cash);
	datecs_sim_put_sum(call, state->cash_in);
	datecs_sim_put_sum(call, state->cash_out);
	return E_OK;
}

const DatecsCommand datecs_sim_x_commands[] = {
	{ 0x21, "clear display", clear_display, 0 },
	{ 0x23, "display, lower line", display, 0 },
	{ 0x26, "open service receipt", service_open, PRINTS },
	{ 0x27, "close service receipt", service_close, PRINTS | DOCUMENT },
	{ 0x2A, "print text", service_text, PRINTS },
	{ 0x2B, "open storno", open_storno, PRINTS },
	{ 0x2D, "cut", cut, PRINTS },
	{ 0x2F, "display, upper line", display, 0 },
	{ 0x30, "open receipt", open_sale, PRINTS },
	{ 0x31, "sale", sale, PRINTS },
	{ 0x33, "subtotal", subtotal, PRINTS },
	{ 0x35, "payment", payment, PRINTS },
	{ 0x36, "comment", comment, PRINTS },
	{ 0x38, "close receipt", close_receipt, PRINTS | DOCUMENT },
	{ 0x3C, "cancel receipt", cancel, PRINTS },
	{ 0x3D, "set clock", set_clock, 0 },
	{ 0x3E, "clock", datecs_sim_x_clock, ASKS },
	{ 0x45, "report", report, PRINTS | DOCUMENT },
	{ 0x46, "cash", cash, PRINTS | DOCUMENT },
	{ 0x4A, "status", datecs_sim_x_status, ASKS },
	{ 0x4C, "receipt status", datecs_sim_x_receipt, ASKS },
	{ 0x5A, "diagnostics", datecs_sim_x_diagnostics, ASKS },
	{ 0x63, "tax number", datecs_sim_x_tax_number, ASKS },
	{ 0x64, "name of an error", datecs_sim_x_error_name, ASKS },
	{ 0x67, "receipt sums", datecs_sim_x_receipt_sums, ASKS },
	{ 0x6A, "drawer", drawer, 0 },
	{ 0x6D, "duplicate", duplicate, PRINTS | DOCUMENT },
	{ 0x7B, "device", datecs_sim_x_device, ASKS },
	{ 0x7C, "find documents", datecs_sim_x_find, ASKS },
	{ 0x7D, "read journal", datecs_sim_x_journal, ASKS },
	{ 0, NULL, NULL, 0 },
};
