/* SPDX-License-Identifier: GPL-3.0-or-later */
/* money list, account list, expense-kind list, rate list */
#include "backoffice/cli/money_words.h"
#include "backoffice/report/report.h"
#include "core/currency.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

#define PLAIN (1u << FORMAT_TABLE | 1u << FORMAT_JSON)
#define ROWS_MAX 100000

typedef struct {
	char *dsn, *shop, *account, *from, *to, *at, *format; /* owned */
} Order;

static void order_clear(Order *self)
{
	g_free(self->dsn);
	g_free(self->shop);
	g_free(self->account);
	g_free(self->from);
	g_free(self->to);
	g_free(self->at);
	g_free(self->format);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Order, order_clear)

#define ENTRIES(order)                                                                             \
	{ "db", 0, 0, G_OPTION_ARG_STRING, &(order).dsn, N_("the office's database"), "DSN" },     \
		{ "shop",                                                                          \
		  0,                                                                               \
		  0,                                                                               \
		  G_OPTION_ARG_STRING,                                                             \
		  &(order).shop,                                                                   \
		  N_("the shop; the first one without it"),                                        \
		  N_("NAME") },                                                                    \
	{                                                                                          \
		"format", 0, 0, G_OPTION_ARG_STRING, &(order).format, "table|json", N_("FORMAT")   \
	}

static void set_amount(json_t *object, const char *name, int64_t amount, uint16_t currency)
{
	g_autofree char *text = money_words_dup_plain(amount, currency);

	json_object_set_new(object, name, json_string(text));
}

static void set_day(json_t *object, const char *name, int32_t day)
{
	g_autofree char *text = report_day_dup(day);

	json_object_set_new(object, name, json_string(text));
}

/* --- account list -------------------------------------------------------------------------- */

static json_t *account_to_json(const MoneyAccount *account)
{
	json_t *object = json_pack("{s:s, s:s, s:s, s:s}", "shop", account->shop, "name",
				   account->name, "kind", money_place_code(account->place),
				   "currency", currency_by_number(account->currency)->code);

	set_amount(object, "balance", account->balance, account->currency);
	set_amount(object, "home", account->home, account->home_currency);
	set_amount(object, "selling", account->selling, account->currency);
	return object;
}

static int print_accounts(const GPtrArray *accounts, Format format)
{
	json_t *array = format == FORMAT_JSON ? json_array() : NULL;

	for (guint i = 0; i < accounts->len; i++) {
		const MoneyAccount *account = accounts->pdata[i];
		g_autofree char *balance =
			money_words_dup_amount(account->balance, account->currency);
		g_autofree char *selling =
			money_words_dup_amount(account->selling, account->currency);

		if (array != NULL)
			json_array_append_new(array, account_to_json(account));
		else
			printf("%s  %s  %s  %s%s%s\n", account->shop, account->name,
			       money_place_title(account->place), balance,
			       account->selling != 0 ? "  + " : "",
			       account->selling != 0 ? selling : "");
	}
	return array != NULL ? command_print_json(array) : EXIT_DONE;
}

int command_account_list(int argc, char **argv)
{
	g_auto(Order) order = { 0 };
	const GOptionEntry entries[] = {
		ENTRIES(order),
		{ "at", 0, 0, G_OPTION_ARG_STRING, &order.at, N_("at the end of this day"),
		  N_("DATE") },
		G_OPTION_ENTRY_NULL,
	};
	g_autoptr(GPtrArray) accounts = NULL;
	g_auto(MoneyWords) words = { 0 };
	g_autoptr(GError) error = NULL;
	int status = EXIT_MISUSED;
	Format format;
	int32_t day;

	if (!command_parse(&argc, &argv, entries, NULL, 0,
			   _("Drawers, safes and bank accounts, and what is in them.")) ||
	    !command_format(order.format, PLAIN, &format) ||
	    !money_words_day(order.at, &day, &status) ||
	    !money_words_open(&words, order.dsn, order.shop, STORE_READ_ONLY, &status))
		return status;
	accounts =
		money_accounts(words.store, order.shop != NULL ? words.shop->id : 0, day, &error);
	return accounts != NULL ? print_accounts(accounts, format) : command_fail(error, order.dsn);
}

/* --- money list ---------------------------------------------------------------------------- */

static char *dup_time(const MoneyWords *words, int64_t at, const char *format)
{
	g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(at / G_USEC_PER_SEC);
	g_autoptr(GDateTime) local = g_date_time_to_timezone(utc, words->zone);

	return g_date_time_format(local, format);
}

static uint16_t currency_of(const GPtrArray *accounts, int64_t id)
{
	for (guint i = 0; i < accounts->len; i++) {
		const MoneyAccount *account = accounts->pdata[i];

		if (account->id == id)
			return account->currency;
	}
	return 0;
}

static json_t *move_to_json(const MoneyWords *words, const MoneyMove *move, uint16_t currency)
{
	g_autofree char *at = dup_time(words, move->at, "%Y-%m-%dT%H:%M:%S%:z");
	json_t *object = json_pack(
		"{s:I, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:b}", "number",
		(json_int_t)move->number, "at", at, "account", move->account, "kind",
		money_kind_code(move->kind), "other_account", move->other_account, "till",
		move->till, "for", move->expense, "supplier", move->supplier, "document",
		move->document, "reference", move->reference, "note", move->note, "entered_by",
		move->entered_by, "reversed", move->reversed_by != 0 || move->reverses != 0);

	set_day(object, "day", move->day);
	set_amount(object, "amount", move->amount, currency);
	set_amount(object, "home", move->home, words->shop->currency);
	set_amount(object, "balance", move->balance, currency);
	return object;
}

static void print_move(const MoneyWords *words, const MoneyMove *move, uint16_t currency)
{
	g_autofree char *at = dup_time(words, move->at, "%Y-%m-%d %H:%M");
	g_autofree char *amount = money_words_dup_amount(move->amount, currency);
	g_autofree char *balance = money_words_dup_amount(move->balance, currency);

	printf("%" G_GINT64_FORMAT "  %s  %s  %s  %s  %s  %s%s%s  %s  %s  %s%s\n", move->number, at,
	       move->account, money_kind_title(move->kind), amount, balance, move->expense,
	       move->supplier, move->other_account, move->reference, move->note, move->entered_by,
	       move->reversed_by != 0 || move->reverses != 0 ? _("  (taken back)") : "");
}

static int print_moves(const MoneyWords *words, const GPtrArray *moves, Format format)
{
	json_t *array = format == FORMAT_JSON ? json_array() : NULL;
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) accounts = money_accounts(words->store, 0, 0, &error);

	if (accounts == NULL) {
		json_decref(array);
		return command_fail(error, NULL);
	}
	for (guint i = 0; i < moves->len; i++) {
		const MoneyMove *move = moves->pdata[i];
		uint16_t currency = currency_of(accounts, move->account_id);

		if (array != NULL)
			json_array_append_new(array, move_to_json(words, move, currency));
		else
			print_move(words, move, currency);
	}
	return array != NULL ? command_print_json(array) : EXIT_DONE;
}

static int list_moves(const Order *order, Format format)
{
	g_autoptr(MoneyAccount) account = NULL;
	g_autoptr(GPtrArray) moves = NULL;
	g_auto(MoneyWords) words = { 0 };
	g_autoptr(GError) error = NULL;
	MoneyFilter filter = { 0 };
	int status = EXIT_MISUSED;

	if (!money_words_day(order->from, &filter.from, &status) ||
	    !money_words_day(order->to, &filter.to, &status) ||
	    !money_words_open(&words, order->dsn, order->shop, STORE_READ_ONLY, &status) ||
	    (order->account != NULL &&
	     !money_words_account(&words, order->account, &account, &status)))
		return status;
	filter.shop_id = words.shop->id;
	filter.account_id = account != NULL ? account->id : 0;
	moves = money_list(words.store, &filter, ROWS_MAX, &error);
	return moves != NULL ? print_moves(&words, moves, format) : command_fail(error, order->dsn);
}

int command_money_list(int argc, char **argv)
{
	g_auto(Order) order = { 0 };
	const GOptionEntry entries[] = {
		ENTRIES(order),
		{ "account", 0, 0, G_OPTION_ARG_STRING, &order.account, N_("of this one alone"),
		  N_("NAME") },
		{ "from", 0, 0, G_OPTION_ARG_STRING, &order.from, N_("first day"), N_("DATE") },
		{ "to", 0, 0, G_OPTION_ARG_STRING, &order.to, N_("last day"), N_("DATE") },
		G_OPTION_ENTRY_NULL,
	};
	Format format;

	if (!command_parse(&argc, &argv, entries, NULL, 0,
			   _("The cash book: every move of money, with the balance after it.")) ||
	    !command_format(order.format, PLAIN, &format))
		return EXIT_MISUSED;
	return list_moves(&order, format);
}

/* --- expense-kind list --------------------------------------------------------------------- */

static int print_kinds(const GPtrArray *kinds, Format format)
{
	json_t *array = format == FORMAT_JSON ? json_array() : NULL;

	for (guint i = 0; i < kinds->len; i++) {
		const ExpenseKind *kind = kinds->pdata[i];

		if (array != NULL)
			json_array_append_new(array,
					      json_pack("{s:s, s:s}", "name", kind->name, "group",
							expense_group_code(kind->group)));
		else
			printf("%s  %s\n", kind->name, expense_group_title(kind->group));
	}
	return array != NULL ? command_print_json(array) : EXIT_DONE;
}

int command_expense_kind_list(int argc, char **argv)
{
	g_auto(Order) order = { 0 };
	const GOptionEntry entries[] = { ENTRIES(order), G_OPTION_ENTRY_NULL };
	g_autoptr(GPtrArray) kinds = NULL;
	g_autoptr(Store) store = NULL;
	g_autoptr(GError) error = NULL;
	int status = EXIT_FAILED;
	Format format;

	if (!command_parse(&argc, &argv, entries, NULL, 0,
			   _("Kinds of expense and of other income.")) ||
	    !command_format(order.format, PLAIN, &format))
		return EXIT_MISUSED;
	store = command_open(order.dsn, STORE_READ_ONLY, &status);
	if (store == NULL)
		return status;
	kinds = expense_kinds(store, &error);
	return kinds != NULL ? print_kinds(kinds, format) : command_fail(error, order.dsn);
}

/* --- rate list ----------------------------------------------------------------------------- */

/* "92.1234"; own it. */
static char *dup_millionths(int64_t value)
{
	return quantity_dup_decimal((Quantity){ value });
}

static int print_rates(const GArray *rates, Format format)
{
	json_t *array = format == FORMAT_JSON ? json_array() : NULL;

	for (guint i = 0; i < rates->len; i++) {
		const CurrencyRate *rate = &g_array_index(rates, CurrencyRate, i);
		const Currency *currency = currency_by_number(rate->currency);
		const char *code = currency != NULL ? currency->code : "?";
		g_autofree char *value = dup_millionths(rate->value);
		g_autofree char *day = report_day_dup(rate->first_day);

		if (array != NULL)
			json_array_append_new(array,
					      json_pack("{s:s, s:s, s:I, s:s}", "currency", code,
							"from", day, "units",
							(json_int_t)rate->units, "rate", value));
		else
			printf("%s  %" G_GINT64_FORMAT " %s = %s\n", day, rate->units, code, value);
	}
	return array != NULL ? command_print_json(array) : EXIT_DONE;
}

int command_rate_list(int argc, char **argv)
{
	g_auto(Order) order = { 0 };
	const GOptionEntry entries[] = { ENTRIES(order), G_OPTION_ENTRY_NULL };
	g_autoptr(GArray) rates = NULL;
	g_autoptr(Store) store = NULL;
	g_autoptr(GError) error = NULL;
	int status = EXIT_FAILED;
	Format format;

	if (!command_parse(&argc, &argv, entries, NULL, 0, _("Rates of foreign currencies.")) ||
	    !command_format(order.format, PLAIN, &format))
		return EXIT_MISUSED;
	store = command_open(order.dsn, STORE_READ_ONLY, &status);
	if (store == NULL)
		return status;
	rates = currency_rates(store, &error);
	return rates != NULL ? print_rates(rates, format) : command_fail(error, order.dsn);
}
