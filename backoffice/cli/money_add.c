/* SPDX-License-Identifier: GPL-3.0-or-later */
/* account add, expense-kind add, rate set, money setting */
#include "backoffice/cli/money_words.h"

#include "core/currency.h"
#include "core/quantity.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

typedef struct {
	char *dsn, *shop, *person, *name, *kind, *currency, *group, *from, *units, *cash_in,
		*cash_out, *overnight; /* owned */
} Order;

static void order_clear(Order *self)
{
	char *texts[] = { self->dsn,   self->shop,     self->person,   self->name,
			  self->kind,  self->currency, self->group,    self->from,
			  self->units, self->cash_in,  self->cash_out, self->overnight };

	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
		g_free(texts[i]);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Order, order_clear)

#define ENTRY(name, member, words, argument)                                                       \
	{                                                                                          \
		name, 0, 0, G_OPTION_ARG_STRING, &(member), words, argument                        \
	}
#define ENTRIES_ALWAYS(order)                                                                      \
	ENTRY("db", (order).dsn, N_("the office's database"), "DSN"),                              \
		ENTRY("person", (order).person, N_("who does it"), N_("NAME"))
#define ENTRY_SHOP(order)                                                                          \
	ENTRY("shop", (order).shop, N_("the shop; the first one without it"), N_("NAME"))

static int done(const char *words)
{
	puts(words);
	return EXIT_DONE;
}

/* --- account add --------------------------------------------------------------------------- */

static int add_account(const Order *order)
{
	g_auto(MoneyWords) words = { 0 };
	g_autoptr(GError) error = NULL;
	int status = EXIT_MISUSED;
	MoneyPlace place = MONEY_SAFE;
	uint16_t currency;
	int64_t person, id;

	if (order->kind != NULL && !money_place_parse(order->kind, &place))
		return command_misuse(_("An account is a safe or a bank account: --kind safe or "
					"--kind bank."));
	if (!money_words_open(&words, order->dsn, order->shop, STORE_DURABLE, &status))
		return status;
	currency = words.shop->currency;
	if (order->currency != NULL && !money_words_currency(order->currency, &currency, &status))
		return status;
	if (!command_find_person(words.store, order->person, &person, &error) ||
	    !money_account_add(words.store, words.shop->id, place, order->name, currency, person,
			       &id, &error))
		return command_fail(error, order->dsn);
	return done(_("The account is there."));
}

int command_account_add(int argc, char **argv)
{
	g_auto(Order) order = { 0 };
	const GOptionEntry entries[] = {
		ENTRIES_ALWAYS(order),
		ENTRY_SHOP(order),
		ENTRY("name", order.name, N_("such as “Safe, dollars”"), N_("NAME")),
		ENTRY("kind", order.kind, "safe|bank", N_("KIND")),
		ENTRY("currency", order.currency, N_("such as USD; the shop's without it"),
		      N_("CODE")),
		G_OPTION_ENTRY_NULL,
	};

	if (!command_parse(&argc, &argv, entries, NULL, 0,
			   _("Adds a safe or bank account, in any currency.")))
		return EXIT_MISUSED;
	if (order.name == NULL)
		return command_misuse(_("What is it called? Say it with --name."));
	return add_account(&order);
}

/* --- expense-kind add ---------------------------------------------------------------------- */

int command_expense_kind_add(int argc, char **argv)
{
	g_auto(Order) order = { 0 };
	const GOptionEntry entries[] = {
		ENTRIES_ALWAYS(order),
		ENTRY("name", order.name, N_("such as “Snow clearing”"), N_("NAME")),
		ENTRY("group", order.group, "premises|staff|selling|office|bank|taxes|other|income",
		      N_("GROUP")),
		G_OPTION_ENTRY_NULL,
	};
	ExpenseGroup group = EXPENSE_OTHER;
	g_autoptr(Store) store = NULL;
	g_autoptr(GError) error = NULL;
	int status = EXIT_FAILED;
	int64_t person, id;

	if (!command_parse(&argc, &argv, entries, NULL, 0, _("Adds a kind of expense.")))
		return EXIT_MISUSED;
	if (order.name == NULL)
		return command_misuse(_("What is it called? Say it with --name."));
	if (order.group != NULL && !expense_group_parse(order.group, &group))
		return command_misuse(_("There is no group “%s”: see --help."), order.group);
	store = command_open(order.dsn, STORE_DURABLE, &status);
	if (store == NULL)
		return status;
	if (!command_find_person(store, order.person, &person, &error) ||
	    !expense_kind_add(store, order.name, group, person, &id, &error))
		return command_fail(error, order.dsn);
	return done(_("The kind of expense is there."));
}

/* --- rate set ------------------------------------------------------------------------------ */

/* @text: what --units of the currency are worth. */
static bool read_rate(const Order *order, const char *code, const char *text, CurrencyRate *ret,
		      int *ret_status)
{
	Quantity value;

	ret->units = 1;
	if (!money_words_currency(code, &ret->currency, ret_status) ||
	    !money_words_day(order->from, &ret->first_day, ret_status))
		return false;
	if (!quantity_parse_decimal(text, &value) ||
	    (order->units != NULL &&
	     !g_ascii_string_to_signed(order->units, 10, 1, 1000000, &ret->units, NULL))) {
		*ret_status = command_misuse(_("“%s” is not a rate."), text);
		return false;
	}
	ret->value = value.micro;
	return true;
}

static int32_t today(const MoneyWords *words)
{
	g_autoptr(GDateTime) now = g_date_time_new_now(words->zone);

	return g_date_time_get_year(now) * 10000 + g_date_time_get_month(now) * 100 +
	       g_date_time_get_day_of_month(now);
}

static int set_rate(const Order *order, const char *code, const char *text)
{
	g_auto(MoneyWords) words = { 0 };
	g_autoptr(GError) error = NULL;
	int status = EXIT_MISUSED;
	CurrencyRate rate = { 0 };
	int64_t person;

	if (!read_rate(order, code, text, &rate, &status) ||
	    !money_words_open(&words, order->dsn, NULL, STORE_DURABLE, &status))
		return status;
	if (rate.first_day == 0)
		rate.first_day = today(&words);
	if (!command_find_person(words.store, order->person, &person, &error) ||
	    !currency_rate_set(words.store, &rate, person, &error))
		return command_fail(error, order->dsn);
	return done(_("The rate is set."));
}

int command_rate_set(int argc, char **argv)
{
	g_auto(Order) order = { 0 };
	const GOptionEntry entries[] = {
		ENTRIES_ALWAYS(order),
		ENTRY("from", order.from, N_("from this day on; today without it"), N_("DATE")),
		ENTRY("units", order.units, N_("of so many units: 1, 10, 100"), N_("NUMBER")),
		G_OPTION_ENTRY_NULL,
	};

	if (!command_parse(&argc, &argv, entries, N_("CURRENCY RATE"), 2,
			   _("Sets what a foreign currency is worth in the shop's.")))
		return EXIT_MISUSED;
	return set_rate(&order, argv[1], argv[2]);
}

/* --- money setting ------------------------------------------------------------------------- */

static bool read_counter(const MoneyWords *words, const char *name, int64_t *ret, int *ret_status)
{
	g_autoptr(MoneyAccount) account = NULL;

	if (name == NULL)
		return true;
	if (!money_words_account(words, name, &account, ret_status))
		return false;
	*ret = account->id;
	return true;
}

static int set_setting(const Order *order)
{
	g_auto(MoneyWords) words = { 0 };
	g_autoptr(GError) error = NULL;
	int status = EXIT_MISUSED;
	MoneySetting setting;
	int64_t person;

	if (!money_words_open(&words, order->dsn, order->shop, STORE_DURABLE, &status))
		return status;
	if (!money_setting_read(words.store, words.shop->id, &setting, &error))
		return command_fail(error, order->dsn);
	if (!read_counter(&words, order->cash_in, &setting.cash_in, &status) ||
	    !read_counter(&words, order->cash_out, &setting.cash_out, &status))
		return status;
	if (order->overnight != NULL)
		setting.overnight_safe = strcmp(order->overnight, "safe") == 0;
	if (!command_find_person(words.store, order->person, &person, &error) ||
	    !money_setting_write(words.store, words.shop->id, &setting, person, &error))
		return command_fail(error, order->dsn);
	return done(_("It holds for what tills tell from now on."));
}

int command_money_setting(int argc, char **argv)
{
	g_auto(Order) order = { 0 };
	const GOptionEntry entries[] = {
		ENTRIES_ALWAYS(order),
		ENTRY_SHOP(order),
		ENTRY("cash-in", order.cash_in, N_("where cash put into drawers comes from"),
		      N_("NAME")),
		ENTRY("cash-out", order.cash_out, N_("where cash taken out of drawers goes"),
		      N_("NAME")),
		ENTRY("overnight", order.overnight,
		      N_("what a float is that is not what the drawer held: “difference”, or "
			 "“safe” where somebody carries cash to the safe over night"),
		      "difference|safe"),
		G_OPTION_ENTRY_NULL,
	};

	if (!command_parse(&argc, &argv, entries, NULL, 0,
			   _("Sets where cash of drawers goes to and comes from.")))
		return EXIT_MISUSED;
	if (order.overnight != NULL && strcmp(order.overnight, "safe") != 0 &&
	    strcmp(order.overnight, "difference") != 0)
		return command_misuse(_("Over night: “difference” or “safe”."));
	return set_setting(&order);
}
