/* SPDX-License-Identifier: GPL-3.0-or-later */
/* right list, right set, audit */
#include "backoffice/people/rights.h"
#include "backoffice/cli/command.h"
#include "backoffice/people/audit.h"

#include <glib/gi18n-lib.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#define PLAIN (1u << FORMAT_TABLE | 1u << FORMAT_JSON)

/* --- right list ---------------------------------------------------------------------------- */

static bool read_all(Store *store, Rights ret[ROLE_N], GError **error)
{
	for (Role role = 0; role < ROLE_N; role++)
		if (!rights_of_role(store, role, &ret[role], error))
			return false;
	return true;
}

static int print_rights_json(const Rights rights[ROLE_N])
{
	json_t *roles = json_object();

	for (Role role = 0; role < ROLE_N; role++) {
		json_t *list = json_array();

		for (Right right = 0; right < RIGHT_N; right++)
			if (rights_have(rights[role], right))
				json_array_append_new(list, json_string(right_code(right)));
		json_object_set_new(roles, role_code(role), list);
	}
	return command_print_json(roles);
}

static int print_rights(const Rights rights[ROLE_N])
{
	printf("%-14s", "");
	for (Role role = 0; role < ROLE_N; role++)
		printf(" %-8s", role_code(role));
	putchar('\n');
	for (Right right = 0; right < RIGHT_N; right++) {
		printf("%-14s", right_code(right));
		for (Role role = 0; role < ROLE_N; role++)
			printf(" %-8s", rights_have(rights[role], right) ? "+" : "-");
		printf(" %s\n", right_title(right));
	}
	return EXIT_DONE;
}

int command_right_list(int argc, char **argv)
{
	g_autofree char *dsn = NULL, *format_name = NULL;
	const GOptionEntry entries[] = {
		{ "db", 0, 0, G_OPTION_ARG_STRING, &dsn, N_("the office's database"), "DSN" },
		{ "format", 0, 0, G_OPTION_ARG_STRING, &format_name, "table|json", N_("FORMAT") },
		G_OPTION_ENTRY_NULL,
	};
	g_autoptr(GError) error = NULL;
	g_autoptr(Store) store = NULL;
	Rights rights[ROLE_N];
	int status = EXIT_FAILED;
	Format format;

	if (!command_parse(&argc, &argv, entries, NULL, 0,
			   _("What each role may do in the office.")) ||
	    !command_format(format_name, PLAIN, &format))
		return EXIT_MISUSED;
	store = command_open(dsn, STORE_READ_ONLY, &status);
	if (store == NULL)
		return status;
	if (!read_all(store, rights, &error))
		return command_fail(error, dsn);
	return format == FORMAT_JSON ? print_rights_json(rights) : print_rights(rights);
}

/* --- right set ----------------------------------------------------------------------------- */

int command_right_set(int argc, char **argv)
{
	g_autofree char *dsn = NULL, *role_name = NULL, *right_name = NULL;
	gboolean refuse = false;
	const GOptionEntry entries[] = {
		{ "db", 0, 0, G_OPTION_ARG_STRING, &dsn, N_("the office's database"), "DSN" },
		{ "role", 0, 0, G_OPTION_ARG_STRING, &role_name, "cashier|senior|stock|manager",
		  N_("ROLE") },
		{ "right", 0, 0, G_OPTION_ARG_STRING, &right_name, N_("as “right list” has them"),
		  N_("RIGHT") },
		{ "refuse", 0, 0, G_OPTION_ARG_NONE, &refuse, N_("takes it away"), NULL },
		G_OPTION_ENTRY_NULL,
	};
	g_autoptr(GError) error = NULL;
	g_autoptr(Store) store = NULL;
	int status = EXIT_FAILED;
	Right right;
	Role role;

	if (!command_parse(&argc, &argv, entries, NULL, 0,
			   _("Gives a right to a role, or takes it away.")))
		return EXIT_MISUSED;
	if (role_name == NULL || !role_parse(role_name, &role))
		return command_misuse(
			_("Whose right? --role is cashier, senior, stock or manager."));
	if (right_name == NULL || !right_parse(right_name, &right))
		return command_misuse(_("Which right? “baraa right list” has them."));
	store = command_open(dsn, STORE_DURABLE, &status);
	if (store == NULL)
		return status;
	if (!rights_set(store, 0, role, right, !refuse, &error))
		return command_fail(error, dsn);
	printf(refuse ? _("%s may not do this any more: %s.") : _("%s may do this now: %s."),
	       role_title(role), right_title(right));
	putchar('\n');
	return EXIT_DONE;
}

/* --- audit --------------------------------------------------------------------------------- */

static void set_json(json_t *object, const char *name, const char *text)
{
	if (text != NULL)
		json_object_set_new(object, name, json_loads(text, 0, NULL));
}

static json_t *entry_to_json(const AuditEntry *entry)
{
	g_autoptr(GDateTime) at = g_date_time_new_from_unix_utc(entry->at / G_USEC_PER_SEC);
	g_autofree char *time = g_date_time_format_iso8601(at);
	json_t *object = json_pack("{s:I, s:s, s:s, s:s, s:s, s:s}", "id", (json_int_t)entry->id,
				   "at", time, "person", entry->person, "action", entry->action,
				   "subject", entry->subject, "detail", entry->detail);

	set_json(object, "before", entry->before);
	set_json(object, "after", entry->after);
	return object;
}

static int print_audit(const GPtrArray *entries, Format format)
{
	json_t *list = json_array();

	for (guint i = 0; i < entries->len; i++) {
		const AuditEntry *entry = entries->pdata[i];
		g_autoptr(GDateTime) at =
			g_date_time_new_from_unix_local(entry->at / G_USEC_PER_SEC);
		g_autofree char *time = g_date_time_format(at, "%Y-%m-%d %H:%M:%S");
		g_autofree char *change = audit_dup_change(entry);

		if (format == FORMAT_JSON)
			json_array_append_new(list, entry_to_json(entry));
		else
			printf("%s  %-20s  %-20s  %s  %s\n", time,
			       *entry->person != '\0' ? entry->person : _("command line"),
			       audit_action_title(entry->action), entry->subject, change);
	}
	if (format == FORMAT_JSON)
		return command_print_json(list);
	json_decref(list);
	return EXIT_DONE;
}

int command_audit(int argc, char **argv)
{
	g_autofree char *dsn = NULL, *search = NULL, *format_name = NULL;
	int max = 100;
	const GOptionEntry entries[] = {
		{ "db", 0, 0, G_OPTION_ARG_STRING, &dsn, N_("the office's database"), "DSN" },
		{ "search", 0, 0, G_OPTION_ARG_STRING, &search,
		  N_("part of an action, of what it was done to, or of a name"), N_("TEXT") },
		{ "last", 0, 0, G_OPTION_ARG_INT, &max, N_("so many of the newest"), "N" },
		{ "format", 0, 0, G_OPTION_ARG_STRING, &format_name, "table|json", N_("FORMAT") },
		G_OPTION_ENTRY_NULL,
	};
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) found = NULL;
	g_autoptr(Store) store = NULL;
	int status = EXIT_FAILED;
	Format format;

	if (!command_parse(&argc, &argv, entries, NULL, 0,
			   _("Who changed what in the office, the newest first.")) ||
	    !command_format(format_name, PLAIN, &format))
		return EXIT_MISUSED;
	store = command_open(dsn, STORE_READ_ONLY, &status);
	if (store == NULL)
		return status;
	found = audit_list(store, search, 0, max, &error);
	return found != NULL ? print_audit(found, format) : command_fail(error, dsn);
}
