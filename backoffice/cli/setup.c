/* SPDX-License-Identifier: GPL-3.0-or-later */
/* init, migrate, shop add, person add, till add */
#include "backoffice/cli/command.h"
#include "backoffice/people/shop.h"
#include "backoffice/sales/acts.h"
#include "core/country.h"

#include <glib/gi18n-lib.h>
#include <jansson.h>
#include <stdio.h>

#define PLAIN (1u << FORMAT_TABLE | 1u << FORMAT_JSON)

/* --- init, migrate ------------------------------------------------------------------------- */

static Store *create(const char *dsn, GError **error)
{
	g_autoptr(Store) store = store_open(dsn, STORE_CREATE | STORE_DURABLE, error);

	if (store == NULL || !store_migrate(store, "office", error))
		return NULL;
	return g_steal_pointer(&store);
}

static int print_shop(const char *name, const char *pin, Format format)
{
	if (format == FORMAT_JSON)
		return command_print_json(json_pack("{s:s, s:s, s:s}", "shop", name,
						    "administrator", _("Administrator"), "pin",
						    pin));
	printf(_("The office of “%s” is ready."), name);
	putchar('\n');
	printf(_("PIN of the administrator, shown only now: %s"), pin);
	putchar('\n');
	return EXIT_DONE;
}

static int misuse_country(const char *code)
{
	g_autoptr(GString) known = g_string_new(NULL);

	for (const Country *const *country = country_list(); *country != NULL; country++)
		g_string_append_printf(known, "%s%s", known->len > 0 ? ", " : "", (*country)->code);
	if (code == NULL)
		return command_misuse(_("Which country? --country is one of: %s."), known->str);
	return command_misuse(_("There is no country “%s”, only %s."), code, known->str);
}

int command_init(int argc, char **argv)
{
	g_autofree char *dsn = NULL, *country = NULL, *shop = NULL, *format_name = NULL;
	const GOptionEntry entries[] = {
		{ "db", 0, 0, G_OPTION_ARG_STRING, &dsn, N_("the new database"), "DSN" },
		{ "country", 0, 0, G_OPTION_ARG_STRING, &country, N_("mn, ru …"), N_("CODE") },
		{ "shop", 0, 0, G_OPTION_ARG_STRING, &shop, N_("the shop's name"), N_("NAME") },
		{ "format", 0, 0, G_OPTION_ARG_STRING, &format_name, "table|json", N_("FORMAT") },
		G_OPTION_ENTRY_NULL,
	};
	g_autoptr(GError) error = NULL;
	g_autoptr(Store) store = NULL;
	g_autofree char *pin = NULL;
	Format format;

	if (!command_parse(&argc, &argv, entries, NULL, 0,
			   _("Makes an office database: a shop, the currency and taxes of its "
			     "country, an administrator.")) ||
	    !command_format(format_name, PLAIN, &format))
		return EXIT_MISUSED;
	if (dsn == NULL || shop == NULL)
		return command_misuse(_("An office needs --db, --country and --shop."));
	if (country == NULL || country_by_code(country) == NULL)
		return misuse_country(country);
	store = create(dsn, &error);
	if (store == NULL || !shop_init(store, country, shop, &pin, &error))
		return command_fail(error, dsn);
	return print_shop(shop, pin, format);
}

int command_migrate(int argc, char **argv)
{
	g_autofree char *dsn = NULL;
	const GOptionEntry entries[] = {
		{ "db", 0, 0, G_OPTION_ARG_STRING, &dsn, N_("the database"), "DSN" },
		G_OPTION_ENTRY_NULL,
	};
	g_autoptr(GError) error = NULL;
	g_autoptr(Store) store = NULL;

	if (!command_parse(&argc, &argv, entries, NULL, 0,
			   _("Brings a database to this version; a newer one is refused.")))
		return EXIT_MISUSED;
	if (dsn == NULL)
		return command_misuse(_("Which database? Name it with --db sqlite:PATH."));
	store = store_open(dsn, STORE_DURABLE, &error);
	if (store == NULL || !store_migrate(store, "office", &error) ||
	    !acts_tell_untold(store, &error))
		return command_fail(error, dsn);
	puts(_("The database is of this version."));
	return EXIT_DONE;
}

/* --- person add, till add ------------------------------------------------------------------ */

static int misuse_role(const char *text)
{
	g_autoptr(GString) known = g_string_new(NULL);

	for (Role role = 0; role < ROLE_N; role++)
		g_string_append_printf(known, "%s%s", known->len > 0 ? ", " : "", role_code(role));
	return command_misuse(_("There is no role “%s”, only %s."), text, known->str);
}

static int add_person(const char *dsn, const char *name, Role role, const char *pin, Format format)
{
	g_autoptr(GError) error = NULL;
	int status = EXIT_FAILED;
	g_autoptr(Store) store = command_open(dsn, STORE_DURABLE, &status);
	int64_t id;

	if (store == NULL)
		return status;
	if (!people_add(store, name, role, pin, &id, &error))
		return command_fail(error, dsn);
	if (format == FORMAT_JSON)
		return command_print_json(json_pack("{s:I, s:s, s:s}", "id", (json_int_t)id, "name",
						    name, "role", role_code(role)));
	printf(_("%s was added: %s."), name, role_title(role));
	putchar('\n');
	return EXIT_DONE;
}

int command_person_add(int argc, char **argv)
{
	g_autofree char *dsn = NULL, *name = NULL, *role_name = NULL, *pin = NULL,
			*format_name = NULL;
	const GOptionEntry entries[] = {
		{ "db", 0, 0, G_OPTION_ARG_STRING, &dsn, N_("the office's database"), "DSN" },
		{ "name", 0, 0, G_OPTION_ARG_STRING, &name, N_("the person's name"), N_("NAME") },
		{ "role", 0, 0, G_OPTION_ARG_STRING, &role_name,
		  "cashier|senior|stock|manager|admin", N_("ROLE") },
		{ "pin", 0, 0, G_OPTION_ARG_STRING, &pin, N_("4 to 12 digits"), N_("PIN") },
		{ "format", 0, 0, G_OPTION_ARG_STRING, &format_name, "table|json", N_("FORMAT") },
		G_OPTION_ENTRY_NULL,
	};
	Format format;
	Role role;

	if (!command_parse(&argc, &argv, entries, NULL, 0,
			   _("Adds a person who logs in by PIN.")) ||
	    !command_format(format_name, PLAIN, &format))
		return EXIT_MISUSED;
	if (name == NULL || role_name == NULL || pin == NULL)
		return command_misuse(_("A person needs --name, --role and --pin."));
	if (!role_parse(role_name, &role))
		return misuse_role(role_name);
	return add_person(dsn, name, role, pin, format);
}

static int add_till(const char *dsn, const char *shop, const char *name, Format format)
{
	g_autoptr(GError) error = NULL;
	int status = EXIT_FAILED;
	g_autoptr(Store) store = command_open(dsn, STORE_DURABLE, &status);
	g_autofree char *code = NULL;
	int64_t id;

	if (store == NULL)
		return status;
	if (!till_add(store, shop, name, &id, &code, &error))
		return command_fail(error, dsn);
	if (format == FORMAT_JSON)
		return command_print_json(json_pack("{s:I, s:s, s:s}", "till", (json_int_t)id,
						    "name", name, "code", code));
	puts(code);
	return EXIT_DONE;
}

int command_till_add(int argc, char **argv)
{
	g_autofree char *dsn = NULL, *shop = NULL, *name = NULL, *format_name = NULL;
	const GOptionEntry entries[] = {
		{ "db", 0, 0, G_OPTION_ARG_STRING, &dsn, N_("the office's database"), "DSN" },
		{ "shop", 0, 0, G_OPTION_ARG_STRING, &shop,
		  N_("the shop; the first one without it"), N_("NAME") },
		{ "name", 0, 0, G_OPTION_ARG_STRING, &name, N_("the till's name"), N_("NAME") },
		{ "format", 0, 0, G_OPTION_ARG_STRING, &format_name, "table|json", N_("FORMAT") },
		G_OPTION_ENTRY_NULL,
	};
	Format format;

	if (!command_parse(&argc, &argv, entries, NULL, 0,
			   _("Adds a till and prints the code that enrols it, once.")) ||
	    !command_format(format_name, PLAIN, &format))
		return EXIT_MISUSED;
	if (name == NULL)
		return command_misuse(_("A till needs a --name."));
	return add_till(dsn, shop, name, format);
}

/* --- shop add ------------------------------------------------------------------------------ */

int command_shop_add(int argc, char **argv)
{
	g_autofree char *dsn = NULL, *name = NULL;
	const GOptionEntry entries[] = {
		{ "db", 0, 0, G_OPTION_ARG_STRING, &dsn, N_("the office's database"), "DSN" },
		{ "name", 0, 0, G_OPTION_ARG_STRING, &name, N_("the shop's name"), N_("NAME") },
		G_OPTION_ENTRY_NULL,
	};
	g_autoptr(GError) error = NULL;
	g_autoptr(Store) store = NULL;
	int status = EXIT_FAILED;

	if (!command_parse(&argc, &argv, entries, NULL, 0,
			   _("Adds another shop of the same business, in the same country.")))
		return EXIT_MISUSED;
	if (name == NULL)
		return command_misuse(_("A shop needs a --name."));
	store = command_open(dsn, STORE_DURABLE, &status);
	if (store == NULL)
		return status;
	if (!shop_add(store, name, 0, &error))
		return command_fail(error, dsn);
	printf(_("The shop “%s” was added."), name);
	putchar('\n');
	return EXIT_DONE;
}
