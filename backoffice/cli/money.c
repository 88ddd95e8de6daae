/* SPDX-License-Identifier: GPL-3.0-or-later */
/* money enter, money settle, money reverse, money close */
#include "backoffice/cli/money_words.h"
#include "backoffice/stock/document.h"
#include "backoffice/stock/stock.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* What all of them are told. */
typedef struct {
	char *dsn, *shop, *person, *account, *amount, *to_account, *to_shop, *to_amount, *kind,
		*supplier, *document, *employee, *reference, *note, *at; /* owned */
	gboolean again, below_zero;
} Order;

static void order_clear(Order *self)
{
	char *texts[] = { self->dsn,	   self->shop,	     self->person,   self->account,
			  self->amount,	   self->to_account, self->to_shop,  self->to_amount,
			  self->kind,	   self->supplier,   self->document, self->employee,
			  self->reference, self->note,	     self->at };

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
		ENTRY("shop", (order).shop, N_("the shop; the first one without it"), N_("NAME")), \
		ENTRY("person", (order).person, N_("who does it"), N_("NAME"))
#define ENTRIES_WHAT(order)                                                                        \
	ENTRY("to-account", (order).to_account, N_("of a transfer: where it goes"), N_("NAME")),   \
		ENTRY("to-shop", (order).to_shop, N_("of a transfer: to an account of this shop"), \
		      N_("NAME")),                                                                 \
		ENTRY("kind", (order).kind, N_("of an expense or income: what for"), N_("NAME")),  \
		ENTRY("supplier", (order).supplier, N_("who is paid"), N_("NAME")),                \
		ENTRY("document", (order).document, N_("the delivery that is paid"),               \
		      N_("NUMBER")),                                                               \
		ENTRY("employee", (order).employee, N_("of pay: who gets it"), N_("NAME")),        \
		ENTRY("reference", (order).reference, N_("number of the paper"), N_("TEXT")),      \
		ENTRY("note", (order).note, N_("what else there is to say"), N_("TEXT")),          \
	{                                                                                          \
		"again", 0, 0, G_OPTION_ARG_NONE, &(order).again,                                  \
			N_("it is another payment like one that stands there"), NULL               \
	}

static bool fail(const GError *error, int *ret_status)
{
	*ret_status = command_fail(error, NULL);
	return false;
}

/* --- reading what was told ----------------------------------------------------------------- */

static bool read_supplier(const MoneyWords *words, const Order *order, MoneyEntry *ret,
			  int *ret_status)
{
	g_autoptr(GError) error = NULL;

	if (order->supplier != NULL &&
	    !supplier_find(words->store, order->supplier, &ret->supplier_id, &error))
		return fail(error, ret_status);
	if (order->supplier != NULL && ret->supplier_id == 0) {
		*ret_status =
			command_misuse(_("There is no supplier named “%s”."), order->supplier);
		return false;
	}
	return order->document == NULL ||
	       document_find_number(words->store, order->document, &ret->document_id, &error) ||
	       fail(error, ret_status);
}

static bool read_belongings(const MoneyWords *words, const Order *order, MoneyEntry *ret,
			    int *ret_status)
{
	g_autoptr(GError) error = NULL;

	ret->reference = order->reference;
	ret->note = order->note;
	ret->again = order->again;
	ret->below_zero = order->below_zero;
	if (order->kind != NULL &&
	    !expense_kind_find(words->store, order->kind, &ret->expense_kind, &error))
		return fail(error, ret_status);
	if (!command_find_person(words->store, order->employee, &ret->person_id, &error))
		return fail(error, ret_status);
	return read_supplier(words, order, ret, ret_status);
}

static bool read_other_account(const MoneyWords *words, const Order *order, MoneyEntry *ret,
			       int *ret_status)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(MoneyAccount) other = NULL;
	g_autoptr(Shop) shop = NULL;

	if (order->to_account == NULL)
		return true;
	shop = order->to_shop != NULL ? shop_find(words->store, order->to_shop, &error) : NULL;
	if (error != NULL)
		return fail(error, ret_status);
	other = money_account_find(words->store, shop != NULL ? shop->id : words->shop->id,
				   order->to_account, &error);
	if (other == NULL)
		return fail(error, ret_status);
	ret->to_account = other->id;
	return order->to_amount == NULL ||
	       money_words_amount(order->to_amount, other->currency, &ret->to_amount, ret_status);
}

static bool read_account(const MoneyWords *words, const Order *order, MoneyEntry *ret,
			 int *ret_status)
{
	g_autoptr(MoneyAccount) account = NULL;

	if (!money_words_account(words, order->account, &account, ret_status))
		return false;
	ret->account_id = account->id;
	return money_words_amount(order->amount, account->currency, &ret->amount, ret_status);
}

/* "count" is what people call it when they count the safe. */
static bool read_kind(const char *text, MoneyKind *ret, int *ret_status)
{
	if (strcmp(text, "count") == 0) {
		*ret = MONEY_DIFFERENCE;
		return true;
	}
	if (money_kind_parse(text, ret))
		return true;
	*ret_status = command_misuse(_("Money is entered as expense, income, transfer, "
				       "supplier-payment, supplier-refund, pay, opening or count, "
				       "not “%s”."),
				     text);
	return false;
}

static bool read_number(const char *text, int64_t *ret, int *ret_status)
{
	if (g_ascii_string_to_signed(text, 10, 1, G_MAXINT64, ret, NULL))
		return true;
	*ret_status = command_misuse(_("“%s” is not the number of an entry."), text);
	return false;
}

static int say_number(int64_t number)
{
	printf(_("Entry № %" PRId64 "\n"), number);
	return EXIT_DONE;
}

/* --- money enter --------------------------------------------------------------------------- */

static int enter(const Order *order, const char *kind)
{
	g_auto(MoneyWords) words = { 0 };
	g_autoptr(GError) error = NULL;
	MoneyEntry entry = { 0 };
	int64_t person, number;
	int status = EXIT_FAILED;

	if (!read_kind(kind, &entry.kind, &status) ||
	    !money_words_open(&words, order->dsn, order->shop, STORE_DURABLE, &status) ||
	    !read_account(&words, order, &entry, &status) ||
	    !read_other_account(&words, order, &entry, &status) ||
	    !read_belongings(&words, order, &entry, &status) ||
	    !money_words_when(&words, order->at, &entry.day, &entry.at, &status))
		return status;
	if (!command_find_person(words.store, order->person, &person, &error) ||
	    !money_enter(words.store, &entry, person, &number, &error))
		return command_fail(error, order->dsn);
	return say_number(number);
}

int command_money_enter(int argc, char **argv)
{
	g_auto(Order) order = { 0 };
	const GOptionEntry entries[] = {
		ENTRIES_ALWAYS(order),
		ENTRY("account", order.account, N_("where it goes out, or comes in"), N_("NAME")),
		ENTRY("amount", order.amount, N_("how much, in the account's currency"),
		      N_("AMOUNT")),
		ENTRY("to-amount", order.to_amount,
		      N_("of a transfer to another currency: what came in"), N_("AMOUNT")),
		ENTRIES_WHAT(order),
		ENTRY("at", order.at, N_("a day or moment that is over; now without it"),
		      N_("TIME")),
		{ "below-zero", 0, 0, G_OPTION_ARG_NONE, &order.below_zero,
		  N_("even if there is not so much in the safe or drawer"), NULL },
		G_OPTION_ENTRY_NULL,
	};

	if (!command_parse(&argc, &argv, entries, N_("KIND"), 1,
			   _("Enters money: expense, income, transfer, supplier-payment, "
			     "supplier-refund, pay, opening (what an account begins with), count "
			     "(what was counted in a safe).")))
		return EXIT_MISUSED;
	return enter(&order, argv[1]);
}

/* --- money settle -------------------------------------------------------------------------- */

static int settle(const Order *order, const char *text, const char *kind)
{
	g_auto(MoneyWords) words = { 0 };
	g_autoptr(GError) error = NULL;
	MoneyEntry entry = { 0 };
	int64_t person, number, settled;
	int status = EXIT_FAILED;

	if (!read_number(text, &number, &status) || !read_kind(kind, &entry.kind, &status) ||
	    !money_words_open(&words, order->dsn, order->shop, STORE_DURABLE, &status) ||
	    !read_other_account(&words, order, &entry, &status) ||
	    !read_belongings(&words, order, &entry, &status))
		return status;
	if (!command_find_person(words.store, order->person, &person, &error) ||
	    !money_settle(words.store, number, &entry, person, &settled, &error))
		return command_fail(error, order->dsn);
	return say_number(settled);
}

int command_money_settle(int argc, char **argv)
{
	g_auto(Order) order = { 0 };
	const GOptionEntry entries[] = {
		ENTRIES_ALWAYS(order),
		ENTRIES_WHAT(order),
		G_OPTION_ENTRY_NULL,
	};

	if (!command_parse(&argc, &argv, entries, N_("NUMBER KIND"), 2,
			   _("Says what cash that a till put in or took out, or was over or short "
			     "of, really was.")))
		return EXIT_MISUSED;
	return settle(&order, argv[1], argv[2]);
}

/* --- money reverse ------------------------------------------------------------------------- */

static int reverse(const Order *order, const char *text)
{
	g_auto(MoneyWords) words = { 0 };
	g_autoptr(GError) error = NULL;
	int64_t person, number, back;
	int status = EXIT_FAILED;

	if (!read_number(text, &number, &status) ||
	    !money_words_open(&words, order->dsn, order->shop, STORE_DURABLE, &status))
		return status;
	if (!command_find_person(words.store, order->person, &person, &error) ||
	    !money_reverse(words.store, number, order->note, person, &back, &error))
		return command_fail(error, order->dsn);
	return say_number(back);
}

int command_money_reverse(int argc, char **argv)
{
	g_auto(Order) order = { 0 };
	const GOptionEntry entries[] = {
		ENTRIES_ALWAYS(order),
		ENTRY("note", order.note, N_("why"), N_("TEXT")),
		G_OPTION_ENTRY_NULL,
	};

	if (!command_parse(&argc, &argv, entries, N_("NUMBER"), 1,
			   _("Takes back what was entered; both stay in the book.")))
		return EXIT_MISUSED;
	return reverse(&order, argv[1]);
}

/* --- money close --------------------------------------------------------------------------- */

/* "2026-11" is its last day, "none" is 0. */
static bool read_month(const char *text, int32_t *ret, int *ret_status)
{
	g_autofree char *first = g_strconcat(text, "-01", NULL);

	*ret = 0;
	if (strcmp(text, "none") == 0)
		return true;
	if (!money_words_day(first, ret, ret_status))
		return false;
	*ret += g_date_get_days_in_month((GDateMonth)(*ret / 100 % 100),
					 (GDateYear)(*ret / 10000)) -
		1;
	return true;
}

static int close_months(const Order *order, const char *month)
{
	g_auto(MoneyWords) words = { 0 };
	g_autoptr(GError) error = NULL;
	int status = EXIT_MISUSED;
	int64_t person;
	int32_t day;

	if (!read_month(month, &day, &status) ||
	    !money_words_open(&words, order->dsn, order->shop, STORE_DURABLE, &status))
		return status;
	if (!command_find_person(words.store, order->person, &person, &error) ||
	    !money_close(words.store, words.shop->id, day, person, &error))
		return command_fail(error, order->dsn);
	puts(day != 0 ? _("The month and all before it are closed.") : _("All months are open."));
	return EXIT_DONE;
}

int command_money_close(int argc, char **argv)
{
	g_auto(Order) order = { 0 };
	const GOptionEntry entries[] = {
		ENTRIES_ALWAYS(order),
		G_OPTION_ENTRY_NULL,
	};

	if (!command_parse(&argc, &argv, entries, N_("MONTH"), 1,
			   _("Closes a month (2026-11) and all before it: only an administrator "
			     "enters into them. “none” opens all.")))
		return EXIT_MISUSED;
	return close_months(&order, argv[1]);
}
