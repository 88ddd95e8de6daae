/* SPDX-License-Identifier: GPL-3.0-or-later */
/* import --list, import --undo */
#include "backoffice/cli/command.h"
#include "backoffice/goods/item.h"
#include "backoffice/people/people.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define LISTED_MAX 50

/* --- the list ------------------------------------------------------------------------------ */

static const char *name_of(const GPtrArray *people, int64_t id)
{
	for (guint i = 0; i < people->len; i++) {
		const Person *person = people->pdata[i];

		if (person->id == id)
			return person->name;
	}
	return id == 0 ? "-" : "?";
}

static void print_set(const ChangeSet *set, const GPtrArray *people)
{
	g_autoptr(GDateTime) at = g_date_time_new_from_unix_local(set->at / G_USEC_PER_SEC);
	g_autofree char *when = g_date_time_format(at, "%Y-%m-%d %H:%M");

	printf("%" PRId64 "\t%s\t%s\t%s\t%" PRId64 "\t%s%s\n", set->id, when, set->what,
	       set->subject, set->n, name_of(people, set->person_id),
	       set->undone ? _("\tundone") : "");
}

static int list(Store *store, const char *dsn)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) people = people_list(store, &error);
	g_autoptr(GPtrArray) sets =
		people != NULL ? change_set_list(store, LISTED_MAX, &error) : NULL;

	if (sets == NULL)
		return command_fail(error, dsn);
	for (guint i = 0; i < sets->len; i++)
		print_set(sets->pdata[i], people);
	return EXIT_DONE;
}

/* --- the undo ------------------------------------------------------------------------------ */

/* The newest import that has not been undone; 0 where there is none. */
static bool find_newest(Store *store, int64_t *ret, GError **error)
{
	g_autoptr(GPtrArray) sets = change_set_list(store, LISTED_MAX, error);

	*ret = 0;
	for (guint i = 0; sets != NULL && i < sets->len && *ret == 0; i++) {
		const ChangeSet *set = sets->pdata[i];

		if (!set->undone && strcmp(set->what, "import") == 0)
			*ret = set->id;
	}
	return sets != NULL;
}

static int undo(Store *store, const char *dsn, int64_t set, const char *person)
{
	g_autoptr(GError) error = NULL;
	int64_t person_id, undone, kept;

	if (!command_find_person(store, person, &person_id, &error) ||
	    (set == 0 && !find_newest(store, &set, &error)))
		return command_fail(error, dsn);
	if (set == 0)
		return command_misuse(_("There is no import that could be undone."));
	if (!change_set_undo(store, set, person_id, &undone, &kept, &error))
		return command_fail(error, dsn);
	if (kept > 0)
		printf(_("Kept are goods that were changed or sold since: %" PRId64 "\n"), kept);
	/* Programs read this line: it is the same in every language. */
	printf("undone %" PRId64 ", kept %" PRId64 "\n", undone, kept);
	return EXIT_DONE;
}

/* "--undo 12": the number is a word by itself, or is not there. */
static bool is_numbered(int argc, char **argv)
{
	for (int i = 1; i < argc - 1; i++)
		if (strcmp(argv[i], "--undo") == 0 && *argv[i + 1] != '-')
			return true;
	return false;
}

static bool parse_set(const char *text, int64_t *ret)
{
	gint64 set = 0;

	if (text != NULL && !g_ascii_string_to_signed(text, 10, 1, G_MAXINT64, &set, NULL))
		return false;
	*ret = set;
	return true;
}

int command_changes(int argc, char **argv)
{
	g_autofree char *dsn = NULL, *person = NULL;
	gboolean listed = false, undone = false;
	const GOptionEntry entries[] = {
		{ "db", 0, 0, G_OPTION_ARG_STRING, &dsn, N_("the office's database"), "DSN" },
		{ "list", 0, 0, G_OPTION_ARG_NONE, &listed,
		  N_("tells the last imports and changes of many goods, by their numbers"), NULL },
		{ "undo", 0, 0, G_OPTION_ARG_NONE, &undone,
		  N_("takes back the one with that number, else the last import"), NULL },
		{ "person", 0, 0, G_OPTION_ARG_STRING, &person,
		  N_("who undoes, by whose rights; without: the command line, which may all"),
		  N_("NAME") },
		G_OPTION_ENTRY_NULL,
	};
	bool numbered = is_numbered(argc, argv);
	g_autoptr(Store) store = NULL;
	int status = EXIT_FAILED;
	int64_t set;

	if (!command_parse(&argc, &argv, entries, _("[NUMBER]"), numbered ? 1 : 0,
			   _("Lists imports and changes of many goods, and undoes them. Goods "
			     "that were changed or sold since stay as they are.")))
		return EXIT_MISUSED;
	if (listed == undone || (listed && numbered))
		return command_misuse(_("Either --list or --undo: see --help."));
	if (!parse_set(numbered ? argv[1] : NULL, &set))
		return command_misuse(_("“%s” is not the number of a change: see --list."),
				      argv[1]);
	store = command_open(dsn, undone ? STORE_LARGE : STORE_READ_ONLY, &status);
	if (store == NULL)
		return status;
	return listed ? list(store, dsn) : undo(store, dsn, set, person);
}
