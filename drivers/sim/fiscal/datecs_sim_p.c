/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/fiscal/datecs_sim.h"

#include <string.h>

/* Family P: what the data of a command look like (§5.1). */
enum { CYRILLIC_A = 0xC0 /* of the tax groups, in CP1251 */ };

static DatecsError no_data(DatecsCall *call, DatecsError (*run)(DatecsCall *call))
{
	return call->len > 0 ? datecs_sim_bad(call, 0, "there should be no data") : run(call);
}

/* ---- lines */

static bool take_group(const char *at, int *ret)
{
	int cyrillic = (uint8_t)at[0] - CYRILLIC_A, latin = at[0] - 'A';

	*ret = cyrillic >= 0 && cyrillic < N_GROUPS ? cyrillic : latin;
	return *ret >= 0 && *ret < N_GROUPS;
}

/* What stands before one of @ends; moves *@at there. */
static char *take_until(const char **at, const char *ends)
{
	size_t len = strcspn(*at, ends);
	char *text = g_strndup(*at, len);

	*at += len;
	return text;
}

static bool take_change(const char *at, DatecsChange *ret)
{
	if (*at == '\0')
		return true;
	if (*at == ',') {
		ret->kind = CHANGE_PERCENT;
		return datecs_sim_amount(at + 1, &ret->value) && ABS(ret->value) <= 9900;
	}
	ret->kind = CHANGE_AMOUNT;
	return *at == ';' && datecs_sim_amount(at + 1, &ret->value);
}

/* price[*qty[#unit]][,perc|;abs] */
static bool take_price(const char *at, DatecsItem *ret)
{
	g_autofree char *price = take_until(&at, "*,;"), *quantity = NULL, *unit = NULL;

	ret->quantity = 1000;
	if (*at == '*') {
		at++;
		quantity = take_until(&at, "#,;");
	}
	if (quantity != NULL && *at == '#') {
		at++;
		unit = take_until(&at, ",;");
		ret->unit = datecs_sim_utf8_new(unit, strlen(unit));
	}
	return datecs_sim_amount(price, &ret->price) &&
	       (quantity == NULL || datecs_sim_decimal(quantity, 3, &ret->quantity)) &&
	       take_change(at, &ret->change);
}

static DatecsError sell_item(DatecsCall *call, DatecsItem *item)
{
	const char *tab = strchr(call->data, '\t'), *second;
	int64_t department, sum;

	if (tab == NULL)
		return datecs_sim_bad(call, call->len, "no TAB before the price");
	item->name = datecs_sim_utf8_new(call->data, strcspn(call->data, "\n\t"));
	second = strchr(tab + 1, '\t');
	if (second != NULL) {
		g_autofree char *number = g_strndup(tab + 1, (size_t)(second - tab - 1));

		if (!datecs_sim_integer(number, 1, 99, &department))
			return datecs_sim_bad(call, (size_t)(tab + 1 - call->data), "department");
		item->group = 1; /* every department is of group Б here */
		if (!take_price(second + 1, item))
			return datecs_sim_bad(call, (size_t)(second + 1 - call->data),
					      "price, quantity or discount");
	} else if (!take_group(tab + 1, &item->group) || !take_price(tab + 2, item)) {
		return datecs_sim_bad(call, (size_t)(tab + 1 - call->data),
				      "group, price, quantity or discount");
	}
	return datecs_sim_sell(call, item, &sum);
}

static DatecsError sale(DatecsCall *call)
{
	DatecsItem item = { 0 };
	DatecsError error = sell_item(call, &item);

	if (error == E_OK && call->code == 0x34)
		datecs_sim_display(call, 0, call->data + strcspn(call->data, "\t"));
	g_free(item.name);
	g_free(item.unit);
	return error;
}

static void put_sums(DatecsCall *call, const int64_t sums[N_GROUPS])
{
	for (int i = 0; i < N_GROUPS; i++) {
		if (call->answer->len > 0)
			datecs_sim_put(call, ",");
		datecs_sim_put_amount(call, sums[i]);
	}
}

static DatecsError subtotal(DatecsCall *call)
{
	DatecsChange change = { 0 };
	const char *data = call->data;
	DatecsError error;

	if (call->len < 2 || strspn(data, "01") < 2 || !take_change(data + 2, &change))
		return datecs_sim_bad(call, 0, "print, display and discount");
	error = datecs_sim_subtotal(call, data[0] == '1', data[1] == '1', change);
	if (error != E_OK)
		return error;
	datecs_sim_put_amount(call, call->sim->state.total);
	put_sums(call, call->sim->state.groups);
	return E_OK;
}

/* ---- payment */

/* A payment that the receipt does not take is no error of the command: letters say so. */
static DatecsError put_payment_error(DatecsCall *call, DatecsError error)
{
	if (error == E_NOT_NOW)
		datecs_sim_put(call, "F");
	return error;
}

static DatecsError payment(DatecsCall *call)
{
	const char *at = strchr(call->data, '\t'), *mode;
	int64_t amount = -1, value;
	DatecsError error;
	char letter;

	if (at == NULL)
		return datecs_sim_bad(call, call->len, "no TAB before the payment");
	at++;
	mode = *at != '\0' ? strchr(datecs_sim_mode_letters, *at) : NULL;
	if (mode != NULL)
		at++;
	if (*at != '\0' && !datecs_sim_amount(at, &amount))
		return datecs_sim_bad(call, (size_t)(at - call->data), "mode or amount");
	error = datecs_sim_pay(call,
			       mode != NULL ? (int)(mode - datecs_sim_mode_letters) : MODE_CASH,
			       *at != '\0' ? amount : -1, &letter, &value);
	if (error != E_OK)
		return put_payment_error(call, error);
	datecs_sim_put(call, "%c", letter);
	datecs_sim_put_amount(call, value);
	return E_OK;
}

static DatecsError close_receipt(DatecsCall *call)
{
	DatecsError error = no_data(call, datecs_sim_close);

	if (error == E_OK)
		datecs_sim_p_put_counters(call, call->sim->state.n_all, call->sim->state.n_fiscal);
	return error;
}

static DatecsError cancel(DatecsCall *call)
{
	return no_data(call, datecs_sim_cancel);
}

static DatecsError comment(DatecsCall *call)
{
	return datecs_sim_comment(call, call->data);
}

static DatecsError customer(DatecsCall *call)
{
	g_auto(GStrv) fields = g_strsplit(call->data, "\t", -1);

	if (fields[0] == NULL || fields[0][0] == '\0' || g_strv_length(fields) > 6)
		return datecs_sim_bad(call, 0, "customer");
	return datecs_sim_comment(call, fields[0]);
}

/* ---- service receipts, display */

static DatecsError service_open(DatecsCall *call)
{
	DatecsError error = no_data(call, datecs_sim_service_open);

	if (error == E_OK)
		datecs_sim_put(call, "%04" G_GINT64_FORMAT, call->sim->state.n_all);
	return error;
}

static DatecsError service_close(DatecsCall *call)
{
	DatecsError error = no_data(call, datecs_sim_service_close);

	if (error == E_OK)
		datecs_sim_put(call, "%04" G_GINT64_FORMAT, call->sim->state.n_all);
	return error;
}

static DatecsError service_text(DatecsCall *call)
{
	return datecs_sim_service_text(call, call->data);
}

static DatecsError clear_display(DatecsCall *call)
{
	return no_data(call, datecs_sim_clear_display);
}

static DatecsError upper(DatecsCall *call)
{
	return datecs_sim_display(call, 0, call->data);
}

static DatecsError lower(DatecsCall *call)
{
	return datecs_sim_display(call, 1, call->data);
}

static DatecsError cut(DatecsCall *call)
{
	return no_data(call, datecs_sim_cut);
}

static DatecsError drawer(DatecsCall *call)
{
	return datecs_sim_drawer(call, call->data);
}

static DatecsError duplicate(DatecsCall *call)
{
	return strcmp(call->data, "1") == 0 ? datecs_sim_duplicate(call)
					    : datecs_sim_bad(call, 0, "copies");
}

/* ---- the day */

static DatecsError set_clock(DatecsCall *call)
{
	return datecs_sim_set_clock(call, call->data);
}

static DatecsError report(DatecsCall *call)
{
	const DatecsState *state = &call->sim->state;
	bool closes = call->data[0] != '2';
	DatecsError error;

	if (call->data[strspn(call->data, "02")] != '\0' &&
	    strcmp(call->data + strspn(call->data, "02"), "N") != 0)
		return datecs_sim_bad(call, 0, "kind of report");
	datecs_sim_put(call, "%04" G_GINT64_FORMAT ",", state->z_number + 1);
	datecs_sim_put_amount(call, datecs_sim_sum_of(state->sales, N_GROUPS));
	put_sums(call, state->sales);
	error = datecs_sim_report(call, closes);
	if (error != E_OK)
		g_string_truncate(call->answer, 0);
	return error;
}

static DatecsError cash(DatecsCall *call)
{
	const DatecsState *state = &call->sim->state;
	int64_t amount = 0;
	DatecsError error;

	if (call->len > 0 && !datecs_sim_amount(call->data, &amount))
		return datecs_sim_bad(call, 0, "amount");
	error = datecs_sim_cash(call, amount);
	datecs_sim_put(call, error == E_OK ? "P" : "F");
	datecs_sim_put(call, ",");
	datecs_sim_put_amount(call, state->cash);
	datecs_sim_put(call, ",");
	datecs_sim_put_amount(call, state->cash_in);
	datecs_sim_put(call, ",");
	datecs_sim_put_amount(call, state->cash_out);
	return error;
}

const DatecsCommand datecs_sim_p_commands[] = {
	{ 0x21, "clear display", clear_display, 0 },
	{ 0x23, "display, lower line", lower, 0 },
	{ 0x26, "open service receipt", service_open, PRINTS },
	{ 0x27, "close service receipt", service_close, PRINTS | DOCUMENT },
	{ 0x2A, "print text", service_text, PRINTS },
	{ 0x2D, "cut", cut, PRINTS },
	{ 0x2E, "open storno", datecs_sim_p_open_storno, PRINTS },
	{ 0x2F, "display, upper line", upper, 0 },
	{ 0x30, "open receipt", datecs_sim_p_open_sale, PRINTS },
	{ 0x31, "sale", sale, PRINTS },
	{ 0x33, "subtotal", subtotal, PRINTS },
	{ 0x34, "sale and display", sale, PRINTS },
	{ 0x35, "payment", payment, PRINTS },
	{ 0x36, "comment", comment, PRINTS },
	{ 0x38, "close receipt", close_receipt, PRINTS | DOCUMENT },
	{ 0x39, "customer", customer, PRINTS },
	{ 0x3C, "cancel receipt", cancel, PRINTS },
	{ 0x3D, "set clock", set_clock, 0 },
	{ 0x3E, "clock", datecs_sim_p_clock, ASKS },
	{ 0x40, "last Z", datecs_sim_p_last_z, ASKS },
	{ 0x41, "sums of the day", datecs_sim_p_day_sums, ASKS },
	{ 0x45, "report", report, PRINTS | DOCUMENT },
	{ 0x46, "cash", cash, PRINTS | DOCUMENT },
	{ 0x4A, "status", datecs_sim_p_status, ASKS },
	{ 0x4C, "receipt status", datecs_sim_p_receipt, ASKS },
	{ 0x5A, "diagnostics", datecs_sim_p_diagnostics, ASKS },
	{ 0x63, "tax number", datecs_sim_p_tax_number, ASKS },
	{ 0x67, "receipt sums", datecs_sim_p_receipt_sums, ASKS },
	{ 0x6A, "drawer", drawer, 0 },
	{ 0x6D, "duplicate", duplicate, PRINTS | DOCUMENT },
	{ 0x71, "last document", datecs_sim_p_last_document, ASKS },
	{ 0x77, "journal", datecs_sim_p_journal, ASKS },
	{ 0, NULL, NULL, 0 },
};
