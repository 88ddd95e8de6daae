/* SPDX-License-Identifier: GPL-3.0-or-later */
/* supplier add, supplier list, supplier show, supplier set, supplier debt */
#include "backoffice/buying/settlement.h"
#include "backoffice/buying/supplier_goods.h"
#include "backoffice/cli/buying_words.h"
#include "backoffice/report/report.h"
#include "core/money.h"
#include "core/quantity.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define PLAIN (1u << FORMAT_TABLE | 1u << FORMAT_JSON)
#define MANY 1000000

/* What can be said of one; NULL and −1: not said. */
typedef struct {
	char *name, *tin, *contact, *phone, *email, *terms, *least_order; /* owned */
	int days, lead_days, review_days;
} Said;

#define SAID_NOTHING                                                                               \
	{                                                                                          \
		.days = -1, .lead_days = -1, .review_days = -1                                     \
	}

static void said_clear(Said *self)
{
	g_free(self->name);
	g_free(self->tin);
	g_free(self->contact);
	g_free(self->phone);
	g_free(self->email);
	g_free(self->terms);
	g_free(self->least_order);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Said, said_clear)

#define ENTRIES_SAID(said)                                                                            \
	{                                                                                             \
		"name",	   0, 0, G_OPTION_ARG_STRING, &(said).name, N_("the supplier's name"),        \
		N_("NAME")                                                                            \
	},                                                                                            \
		{ "tin",       0, 0, G_OPTION_ARG_STRING, &(said).tin, N_("taxpayer's number"),       \
		  N_("NUMBER") },                                                                     \
		{ "contact", 0, 0, G_OPTION_ARG_STRING, &(said).contact, N_("whom to ask for"),       \
		  N_("NAME") },                                                                       \
		{ "phone", 0, 0, G_OPTION_ARG_STRING, &(said).phone, N_("telephone"), N_("NUMBER") }, \
		{ "email", 0, 0, G_OPTION_ARG_STRING, &(said).email, N_("e-mail"), N_("ADDRESS") },   \
		{ "terms",                                                                            \
		  0,                                                                                  \
		  0,                                                                                  \
		  G_OPTION_ARG_STRING,                                                                \
		  &(said).terms,                                                                      \
		  N_("what was agreed, in words"),                                                    \
		  N_("TEXT") },                                                                       \
		{ "days", 0, 0, G_OPTION_ARG_INT, &(said).days, N_("days to pay in"), N_("N") },      \
		{ "lead-days",                                                                        \
		  0,                                                                                  \
		  0,                                                                                  \
		  G_OPTION_ARG_INT,                                                                   \
		  &(said).lead_days,                                                                  \
		  N_("days from an order to the delivery"),                                           \
		  N_("N") },                                                                          \
		{ "review-days",                                                                      \
		  0,                                                                                  \
		  0,                                                                                  \
		  G_OPTION_ARG_INT,                                                                   \
		  &(said).review_days,                                                                \
		  N_("days from one order to the next"),                                              \
		  N_("N") },                                                                          \
	{                                                                                             \
		"least-order", 0, 0, G_OPTION_ARG_STRING, &(said).least_order,                        \
			N_("the least sum of an order; 0: any"), N_("AMOUNT")                         \
	}

static void say(char **field, const char *text)
{
	if (text == NULL)
		return;
	g_free(*field);
	*field = g_strdup(text);
}

/* False: has said why. */
static bool take(Supplier *supplier, const Said *said, uint16_t currency, int *ret_status)
{
	Money least;

	say(&supplier->name, said->name);
	say(&supplier->tin, said->tin);
	say(&supplier->contact, said->contact);
	say(&supplier->phone, said->phone);
	say(&supplier->email, said->email);
	say(&supplier->terms, said->terms);
	supplier->days = said->days >= 0 ? said->days : supplier->days;
	supplier->lead_days = said->lead_days >= 0 ? said->lead_days : supplier->lead_days;
	supplier->review_days = said->review_days >= 0 ? said->review_days : supplier->review_days;
	if (said->least_order == NULL)
		return true;
	if (!money_parse_decimal(said->least_order, currency, &least)) {
		*ret_status = command_misuse(_("“%s” is not an amount in this currency."),
					     said->least_order);
		return false;
	}
	supplier->least_order = least.minor;
	return true;
}

static int write_supplier(BuyingWords *words, Supplier *supplier, const Said *said)
{
	g_autoptr(GError) error = NULL;
	int status = EXIT_FAILED;

	if (!take(supplier, said, words->shop->currency, &status))
		return status;
	if (!supplier_write(words->store, supplier, words->person_id, &error))
		return command_fail(error, words->dsn);
	/* Programs read this line: it is the same in every language. */
	printf("supplier %" PRId64 "\n", supplier->id);
	return EXIT_DONE;
}

int command_supplier_add(int argc, char **argv)
{
	g_auto(BuyingWords) words = { 0 };
	g_auto(Said) said = SAID_NOTHING;
	const GOptionEntry entries[] = { ENTRY_DB(words), ENTRIES_SAID(said), ENTRY_PERSON(words),
					 G_OPTION_ENTRY_NULL };
	g_autoptr(Supplier) supplier = supplier_new("");
	int status = EXIT_FAILED;

	if (!command_parse(&argc, &argv, entries, NULL, 0, _("Adds a supplier.")))
		return EXIT_MISUSED;
	if (said.name == NULL)
		return command_misuse(_("What is it called? Say it with --name."));
	if (!buying_words_open(&words, STORE_DURABLE, false, &status))
		return status;
	return write_supplier(&words, supplier, &said);
}

int command_supplier_set(int argc, char **argv)
{
	g_auto(BuyingWords) words = { 0 };
	g_auto(Said) said = SAID_NOTHING;
	const GOptionEntry entries[] = { ENTRY_DB(words), ENTRY_SUPPLIER(words), ENTRIES_SAID(said),
					 ENTRY_PERSON(words), G_OPTION_ENTRY_NULL };
	g_autoptr(GError) error = NULL;
	g_autoptr(Supplier) supplier = NULL;
	int status = EXIT_FAILED;

	if (!command_parse(&argc, &argv, entries, NULL, 0,
			   _("Changes what is said of a supplier; what is not named stays.")))
		return EXIT_MISUSED;
	if (!buying_words_open(&words, STORE_DURABLE, true, &status))
		return status;
	supplier = supplier_read(words.store, words.supplier_id, &error);
	return supplier != NULL ? write_supplier(&words, supplier, &said)
				: command_fail(error, words.dsn);
}

/* --- list ---------------------------------------------------------------------------------- */

static json_t *to_json(const BuyingWords *words, const Supplier *supplier)
{
	g_autofree char *least = buying_words_dup_amount(words, supplier->least_order);

	return json_pack("{s:I, s:s, s:s, s:s, s:s, s:s, s:s, s:i, s:i, s:i, s:s}", "id",
			 (json_int_t)supplier->id, "name", supplier->name, "tin", supplier->tin,
			 "contact", supplier->contact, "phone", supplier->phone, "email",
			 supplier->email, "terms", supplier->terms, "days", supplier->days,
			 "lead_days", supplier->lead_days, "review_days", supplier->review_days,
			 "least_order", least);
}

static const Settlement *account_of(const GPtrArray *accounts, int64_t supplier_id)
{
	for (guint i = 0; i < accounts->len; i++) {
		const Settlement *account = accounts->pdata[i];

		if (account->supplier_id == supplier_id)
			return account;
	}
	return NULL;
}

static void print_one(const BuyingWords *words, const Supplier *supplier, const Settlement *account)
{
	g_autofree char *owed = number_text_money(
		&words->style,
		(Money){ account != NULL ? account->owed : 0, words->shop->currency }, false);
	g_autofree char *due = account != NULL && account->next_due != 0
				       ? report_day_dup(account->next_due)
				       : g_strdup("");

	printf("%-30s  %14s  %-10s  %s\n", supplier->name, owed, due, supplier->phone);
}

static void add_json(json_t *array, const BuyingWords *words, const Supplier *supplier,
		     const Settlement *account)
{
	g_autofree char *owed = buying_words_dup_amount(words, account != NULL ? account->owed : 0);
	g_autofree char *due = account != NULL && account->next_due != 0
				       ? report_day_dup(account->next_due)
				       : NULL;
	json_t *object = to_json(words, supplier);

	json_object_set_new(object, "owed", json_string(owed));
	json_object_set_new(object, "next_due", due != NULL ? json_string(due) : json_null());
	json_array_append_new(array, object);
}

static int print_list(const BuyingWords *words, const GPtrArray *suppliers,
		      const GPtrArray *accounts, Format format)
{
	json_t *array = json_array();

	for (guint i = 0; i < suppliers->len; i++) {
		const Supplier *supplier = suppliers->pdata[i];
		const Settlement *account = account_of(accounts, supplier->id);

		if (format == FORMAT_JSON)
			add_json(array, words, supplier, account);
		else
			print_one(words, supplier, account);
	}
	if (format == FORMAT_JSON)
		return command_print_json(array);
	json_decref(array);
	return EXIT_DONE;
}

int command_supplier_list(int argc, char **argv)
{
	g_auto(BuyingWords) words = { 0 };
	const GOptionEntry entries[] = { ENTRY_DB(words), ENTRY_FORMAT(words),
					 G_OPTION_ENTRY_NULL };
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) suppliers = NULL;
	g_autoptr(GPtrArray) accounts = NULL;
	int status = EXIT_FAILED;
	Format format;

	if (!command_parse(&argc, &argv, entries, NULL, 0,
			   _("Names the suppliers, with what is owed and when the next of it is "
			     "due.")) ||
	    !command_format(words.format, PLAIN, &format))
		return EXIT_MISUSED;
	if (!buying_words_open(&words, STORE_READ_ONLY, false, &status))
		return status;
	suppliers = supplier_list(words.store, NULL, MANY, &error);
	if (suppliers != NULL)
		accounts = settlement_list(words.store, 0, 0, &error);
	return accounts != NULL ? print_list(&words, suppliers, accounts, format)
				: command_fail(error, words.dsn);
}

/* --- show ---------------------------------------------------------------------------------- */

static json_t *goods_to_json(const BuyingWords *words, const SupplierGoods *goods)
{
	g_autofree char *cost =
		goods->has_cost ? buying_words_dup_amount(words, goods->cost) : NULL;
	g_autofree char *factor = quantity_dup_decimal((Quantity){ goods->factor });
	g_autofree char *least = quantity_dup_decimal((Quantity){ goods->least });

	return json_pack("{s:s, s:s, s:s, s:s?, s:s, s:s, s:b}", "code", goods->code, "name",
			 goods->name, "barcode", goods->barcode, "cost", cost, "pack", factor,
			 "least", least, "usual", goods->usual);
}

static void print_goods(const BuyingWords *words, const SupplierGoods *goods)
{
	g_autofree char *cost =
		goods->has_cost
			? number_text_money(&words->style,
					    (Money){ goods->cost, words->shop->currency }, false)
			: g_strdup("—");
	g_autofree char *factor =
		goods->factor != 0
			? number_text_quantity(&words->style, (Quantity){ goods->factor })
			: g_strdup("");

	printf("%-14s  %-40s  %12s  %8s  %s\n", goods->code, goods->name, cost, factor,
	       goods->usual ? _("usually from here") : "");
}

static int show(const BuyingWords *words, const Supplier *supplier, const GPtrArray *goods,
		Format format)
{
	json_t *object, *array;

	if (format == FORMAT_TABLE) {
		printf("%s\n", supplier->name);
		printf(_("Paid in %d days, comes %d days after the order, ordered every %d "
			 "days.\n"),
		       supplier->days, supplier->lead_days, supplier->review_days);
		for (guint i = 0; i < goods->len; i++)
			print_goods(words, goods->pdata[i]);
		return EXIT_DONE;
	}
	object = to_json(words, supplier);
	array = json_array();
	for (guint i = 0; i < goods->len; i++)
		json_array_append_new(array, goods_to_json(words, goods->pdata[i]));
	json_object_set_new(object, "goods", array);
	return command_print_json(object);
}

int command_supplier_show(int argc, char **argv)
{
	g_auto(BuyingWords) words = { 0 };
	const GOptionEntry entries[] = { ENTRY_DB(words), ENTRY_SUPPLIER(words),
					 ENTRY_FORMAT(words), G_OPTION_ENTRY_NULL };
	g_autoptr(GError) error = NULL;
	g_autoptr(Supplier) supplier = NULL;
	g_autoptr(GPtrArray) goods = NULL;
	int status = EXIT_FAILED;
	Format format;

	if (!command_parse(&argc, &argv, entries, NULL, 0,
			   _("Shows one supplier: terms, and what he has for how much.")) ||
	    !command_format(words.format, PLAIN, &format))
		return EXIT_MISUSED;
	if (!buying_words_open(&words, STORE_READ_ONLY, true, &status))
		return status;
	supplier = supplier_read(words.store, words.supplier_id, &error);
	if (supplier != NULL)
		goods = supplier_goods_list(words.store, supplier->id, 0, NULL, MANY, &error);
	return goods != NULL ? show(&words, supplier, goods, format)
			     : command_fail(error, words.dsn);
}

/* --- debt ---------------------------------------------------------------------------------- */

static int add_debt(BuyingWords *words, const char *amount, SettlementDebt *debt)
{
	g_autoptr(GError) error = NULL;
	Money owed;

	if (!money_parse_decimal(amount, words->shop->currency, &owed))
		return command_misuse(_("“%s” is not an amount in this currency."), amount);
	debt->supplier_id = words->supplier_id;
	debt->shop_id = words->shop->id;
	debt->amount = owed.minor;
	if (!settlement_add_debt(words->store, debt, words->person_id, &error))
		return command_fail(error, words->dsn);
	/* Programs read this line: it is the same in every language. */
	printf("debt %s\n", amount);
	return EXIT_DONE;
}

int command_supplier_debt(int argc, char **argv)
{
	g_auto(BuyingWords) words = { 0 };
	g_autofree char *amount = NULL, *day = NULL, *due = NULL, *note = NULL;
	const GOptionEntry entries[] = {
		ENTRY_DB(words),
		ENTRY_SHOP(words),
		ENTRY_SUPPLIER(words),
		{ "amount", 0, 0, G_OPTION_ARG_STRING, &amount,
		  N_("what is owed; below zero: they owe the shop"), N_("AMOUNT") },
		{ "day", 0, 0, G_OPTION_ARG_STRING, &day, N_("since when"), N_("DATE") },
		{ "due", 0, 0, G_OPTION_ARG_STRING, &due, N_("until when; that day without it"),
		  N_("DATE") },
		{ "note", 0, 0, G_OPTION_ARG_STRING, &note, N_("what for"), N_("TEXT") },
		ENTRY_PERSON(words),
		G_OPTION_ENTRY_NULL
	};
	SettlementDebt debt = { 0 };
	int status = EXIT_FAILED;

	if (!command_parse(&argc, &argv, entries, NULL, 0,
			   _("Puts down what a supplier was owed before the office began.")))
		return EXIT_MISUSED;
	if (amount == NULL || day == NULL)
		return command_misuse(_("How much, and since when? Say it with --amount and "
					"--day."));
	if (!report_day_parse(day, &debt.day) ||
	    !report_day_parse(due != NULL ? due : day, &debt.due))
		return command_misuse(_("A day is written like 2026-11-23, not “%s”."),
				      due != NULL ? due : day);
	debt.note = note;
	if (!buying_words_open(&words, STORE_DURABLE, true, &status))
		return status;
	return add_debt(&words, amount, &debt);
}
