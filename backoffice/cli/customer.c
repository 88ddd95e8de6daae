/* SPDX-License-Identifier: GPL-3.0-or-later */
/* customer group add, customer add, customer list */
#include "backoffice/cli/price_words.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

#define PLAIN (1u << FORMAT_TABLE | 1u << FORMAT_JSON)

int command_customer_group_add(int argc, char **argv)
{
	g_autofree char *dsn = NULL, *name = NULL;
	const GOptionEntry entries[] = {
		{ "db", 0, 0, G_OPTION_ARG_STRING, &dsn, N_("the office's database"), "DSN" },
		{ "name", 0, 0, G_OPTION_ARG_STRING, &name, N_("such as “members”"), N_("NAME") },
		G_OPTION_ENTRY_NULL,
	};
	g_autoptr(GError) error = NULL;
	g_autoptr(Store) store = NULL;
	CustomerGroup group = { 0 };
	int status = EXIT_FAILED;

	if (!command_parse(&argc, &argv, entries, NULL, 0,
			   _("Adds a group of customers, for rules of prices.")))
		return EXIT_MISUSED;
	if (name == NULL)
		return command_misuse(_("What is it called? Say it with --name."));
	store = command_open(dsn, STORE_DURABLE, &status);
	if (store == NULL)
		return status;
	group.name = name;
	if (!customer_group_write(store, &group, 0, &error))
		return command_fail(error, dsn);
	/* Programs read this line: it is the same in every language. */
	printf("group %" G_GINT64_FORMAT "\n", group.id);
	return EXIT_DONE;
}

static int add_customer(PriceWords *words, const char *group, Customer *customer)
{
	g_autoptr(GError) error = NULL;
	int status = EXIT_FAILED;

	if (!price_words_group(words, group, &customer->group_id, &status))
		return status;
	if (!customer_write(words->store, customer, 0, &error))
		return command_fail(error, NULL);
	/* Programs read this line: it is the same in every language. */
	printf("customer %" G_GINT64_FORMAT "\n", customer->id);
	return EXIT_DONE;
}

int command_customer_add(int argc, char **argv)
{
	g_autofree char *dsn = NULL, *code = NULL, *name = NULL, *contact = NULL, *group = NULL;
	const GOptionEntry entries[] = {
		{ "db", 0, 0, G_OPTION_ARG_STRING, &dsn, N_("the office's database"), "DSN" },
		{ "code", 0, 0, G_OPTION_ARG_STRING, &code, N_("of the card, as it is scanned"),
		  N_("CODE") },
		{ "name", 0, 0, G_OPTION_ARG_STRING, &name, N_("of the customer"), N_("NAME") },
		{ "contact", 0, 0, G_OPTION_ARG_STRING, &contact, N_("a phone number or e-mail"),
		  N_("TEXT") },
		{ "group", 0, 0, G_OPTION_ARG_STRING, &group, N_("whose prices they pay"),
		  N_("NAME") },
		G_OPTION_ENTRY_NULL,
	};
	g_auto(PriceWords) words = { 0 };
	g_autoptr(Store) store = NULL;
	Customer customer = { 0 };
	int status = EXIT_FAILED;

	if (!command_parse(&argc, &argv, entries, NULL, 0, _("Adds a customer with a card.")))
		return EXIT_MISUSED;
	if (code == NULL || name == NULL)
		return command_misuse(_("Who? Say it with --name and --code."));
	store = command_open(dsn, STORE_DURABLE, &status);
	if (store == NULL || !price_words_init(&words, store, &status))
		return status;
	if (contact == NULL)
		contact = g_strdup("");
	customer.code = code;
	customer.name = name;
	customer.contact = contact;
	return add_customer(&words, group, &customer);
}

/* --- customer list ------------------------------------------------------------------------- */

static json_t *customer_to_json(const PriceWords *words, const Customer *customer)
{
	return json_pack("{s:I, s:s, s:s, s:s, s:s}", "id", (json_int_t)customer->id, "code",
			 customer->code, "name", customer->name, "contact", customer->contact,
			 "group", price_words_group_name(words, customer->group_id));
}

static int print_customers(const PriceWords *words, const GPtrArray *customers, Format format)
{
	json_t *array = json_array();

	for (guint i = 0; i < customers->len; i++) {
		const Customer *customer = customers->pdata[i];

		if (format == FORMAT_JSON)
			json_array_append_new(array, customer_to_json(words, customer));
		else
			printf("%-20s  %s  %s  %s\n", customer->code, customer->name,
			       customer->contact,
			       price_words_group_name(words, customer->group_id));
	}
	if (format == FORMAT_JSON)
		return command_print_json(array);
	json_decref(array);
	return EXIT_DONE;
}

int command_customer_list(int argc, char **argv)
{
	g_autofree char *dsn = NULL, *search = NULL, *format_name = NULL;
	int max = 1000;
	const GOptionEntry entries[] = {
		{ "db", 0, 0, G_OPTION_ARG_STRING, &dsn, N_("the office's database"), "DSN" },
		{ "search", 0, 0, G_OPTION_ARG_STRING, &search,
		  N_("the card, or a part of the name or contact"), N_("TEXT") },
		{ "first", 0, 0, G_OPTION_ARG_INT, &max, N_("so many at most"), "N" },
		{ "format", 0, 0, G_OPTION_ARG_STRING, &format_name, "table|json", N_("FORMAT") },
		G_OPTION_ENTRY_NULL,
	};
	g_auto(PriceWords) words = { 0 };
	g_autoptr(GPtrArray) customers = NULL;
	g_autoptr(GError) error = NULL;
	g_autoptr(Store) store = NULL;
	int status = EXIT_FAILED;
	Format format;

	if (!command_parse(&argc, &argv, entries, NULL, 0, _("Lists customers by name.")) ||
	    !command_format(format_name, PLAIN, &format))
		return EXIT_MISUSED;
	store = command_open(dsn, STORE_READ_ONLY, &status);
	if (store == NULL || !price_words_init(&words, store, &status))
		return status;
	customers = customer_list(store, search, max, &error);
	return customers != NULL ? print_customers(&words, customers, format)
				 : command_fail(error, dsn);
}
