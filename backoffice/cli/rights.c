/* SPDX-License-Identifier: GPL-3.0-or-later */
/* right list, right set, audit */
#include "backoffice/people/rights.h"
#include "backoffice/cli/command.h"
#include "backoffice/people/audit.h"
#include "backoffice/people/shop.h"
#include "backoffice/people/till_rights.h"
#include "backoffice/report/report.h"

#include <glib/gi18n-lib.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#define PLAIN (1u << FORMAT_TABLE | 1u << FORMAT_JSON)

/* --- right list ---------------------------------------------------------------------------- */

/* Of all roles: in the office, at tills. */
typedef struct {
	Rights office[ROLE_N];
	TillRights till[ROLE_N];
} AllRights;

static bool read_all(Store *store, AllRights *ret, GError **error)
{
	for (Role role = 0; role < ROLE_N; role++)
		if (!rights_of_role(store, role, &ret->office[role], error) ||
		    !till_rights_of_role(store, role, &ret->till[role], error))
			return false;
	return true;
}

static json_t *rights_to_json(const AllRights *rights, Role role)
{
	json_t *list = json_array();

	for (Right right = 0; right < RIGHT_N; right++)
		if (rights_have(rights->office[role], right))
			json_array_append_new(list, json_string(right_code(right)));
	for (TillRight right = 0; right < TILL_RIGHT_N; right++)
		if (till_rights_have(rights->till[role], right))
			json_array_append_new(list, json_string(till_right_code(right)));
	return list;
}

static int print_rights_json(const AllRights *rights)
{
	json_t *roles = json_object();

	for (Role role = 0; role < ROLE_N; role++)
		json_object_set_new(roles, role_code(role), rights_to_json(rights, role));
	return command_print_json(roles);
}

static void print_right(const char *code, const bool have[ROLE_N], const char *title)
{
	printf("%-18s", code);
	for (Role role = 0; role < ROLE_N; role++)
		printf(" %-8s", have[role] ? "+" : "-");
	printf(" %s\n", title);
}

static int print_rights(const AllRights *rights)
{
	bool have[ROLE_N];

	printf("%-18s", "");
	for (Role role = 0; role < ROLE_N; role++)
		printf(" %-8s", role_code(role));
	putchar('\n');
	for (Right right = 0; right < RIGHT_N; right++) {
		for (Role role = 0; role < ROLE_N; role++)
			have[role] = rights_have(rights->office[role], right);
		print_right(right_code(right), have, right_title(right));
	}
	for (TillRight right = 0; right < TILL_RIGHT_N; right++) {
		for (Role role = 0; role < ROLE_N; role++)
			have[role] = till_rights_have(rights->till[role], right);
		print_right(till_right_code(right), have, till_right_title(right));
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
	AllRights rights;
	int status = EXIT_FAILED;
	Format format;

	if (!command_parse(&argc, &argv, entries, NULL, 0,
			   _("What each role may do in the office and at tills.")) ||
	    !command_format(format_name, PLAIN, &format))
		return EXIT_MISUSED;
	store = command_open(dsn, STORE_READ_ONLY, &status);
	if (store == NULL)
		return status;
	if (!read_all(store, &rights, &error))
		return command_fail(error, dsn);
	return format == FORMAT_JSON ? print_rights_json(&rights) : print_rights(&rights);
}

/* --- right set ----------------------------------------------------------------------------- */

/* One of either kind. */
typedef struct {
	bool is_till;
	Right office;
	TillRight till;
} AnyRight;

static bool parse_right(const char *text, AnyRight *ret)
{
	ret->is_till = till_right_parse(text, &ret->till);
	return ret->is_till || right_parse(text, &ret->office);
}

static bool set_right(Store *store, Role role, const AnyRight *right, bool allowed, GError **error)
{
	return right->is_till ? till_rights_set(store, 0, role, right->till, allowed, error)
			      : rights_set(store, 0, role, right->office, allowed, error);
}

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
	AnyRight right;
	Role role;

	if (!command_parse(&argc, &argv, entries, NULL, 0,
			   _("Gives a right to a role, or takes it away.")))
		return EXIT_MISUSED;
	if (role_name == NULL || !role_parse(role_name, &role))
		return command_misuse(
			_("Whose right? --role is cashier, senior, stock or manager."));
	if (right_name == NULL || !parse_right(right_name, &right))
		return command_misuse(_("Which right? “baraa right list” has them."));
	store = command_open(dsn, STORE_DURABLE, &status);
	if (store == NULL)
		return status;
	if (!set_right(store, role, &right, !refuse, &error))
		return command_fail(error, dsn);
	printf(refuse ? _("%s may not do this any more: %s.") : _("%s may do this now: %s."),
	       role_title(role),
	       right.is_till ? till_right_title(right.till) : right_title(right.office));
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

/* When a day, or the one after it, begins by the first shop's clock. */
static bool read_day(Store *store, const char *text, int plus, int64_t *ret, GError **error)
{
	g_autoptr(Shop) shop = shop_find(store, NULL, error);
	g_autoptr(GTimeZone) zone = NULL;
	g_autoptr(GDateTime) start = NULL, then = NULL;
	int32_t day;

	if (shop == NULL || text == NULL)
		return shop != NULL;
	if (!report_day_parse(text, &day)) {
		g_set_error(error, PEOPLE_ERROR, PEOPLE_ERROR_HOURS,
			    _("A day is written like 2026-11-23, not “%s”."), text);
		return false;
	}
	zone = g_time_zone_new_identifier(shop->timezone);
	start = g_date_time_new(zone, day / 10000, day / 100 % 100, day % 100, 0, 0, 0);
	then = start != NULL ? g_date_time_add_days(start, plus) : NULL;
	*ret = then != NULL ? g_date_time_to_unix(then) * G_USEC_PER_SEC : 0;
	return true;
}

int command_audit(int argc, char **argv)
{
	g_autofree char *dsn = NULL, *search = NULL, *format_name = NULL, *person = NULL,
			*action = NULL, *from = NULL, *to = NULL;
	int max = 100;
	const GOptionEntry entries[] = {
		{ "db", 0, 0, G_OPTION_ARG_STRING, &dsn, N_("the office's database"), "DSN" },
		{ "search", 0, 0, G_OPTION_ARG_STRING, &search,
		  N_("part of an action, of what it was done to, or of a name"), N_("TEXT") },
		{ "person", 0, 0, G_OPTION_ARG_STRING, &person, N_("who"), N_("NAME") },
		{ "action", 0, 0, G_OPTION_ARG_STRING, &action,
		  N_("what was done: person-change, right-change …"), N_("CODE") },
		{ "from", 0, 0, G_OPTION_ARG_STRING, &from, N_("first day, 2026-11-23"),
		  N_("DATE") },
		{ "to", 0, 0, G_OPTION_ARG_STRING, &to, N_("last day"), N_("DATE") },
		{ "last", 0, 0, G_OPTION_ARG_INT, &max, N_("so many of the newest"), "N" },
		{ "format", 0, 0, G_OPTION_ARG_STRING, &format_name, "table|json", N_("FORMAT") },
		G_OPTION_ENTRY_NULL,
	};
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) found = NULL;
	g_autoptr(Store) store = NULL;
	AuditFilter filter;
	int status = EXIT_FAILED;
	Format format;

	if (!command_parse(&argc, &argv, entries, NULL, 0,
			   _("Who changed what in the office, the newest first.")) ||
	    !command_format(format_name, PLAIN, &format))
		return EXIT_MISUSED;
	store = command_open(dsn, STORE_READ_ONLY, &status);
	if (store == NULL)
		return status;
	filter = (AuditFilter){ .search = search, .action = action, .person_set = person != NULL };
	if (command_find_person(store, person, &filter.person_id, &error) &&
	    read_day(store, from, 0, &filter.from, &error) &&
	    read_day(store, to, 1, &filter.until, &error))
		found = audit_find(store, &filter, 0, max, &error);
	return found != NULL ? print_audit(found, format) : command_fail(error, dsn);
}
