/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/cli/command.h"

#include "backoffice/people/people.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

static const char *const format_names[FORMAT_N] = { "table", "json", "csv", "pdf", "xlsx", "paper" };

/* An error is one line, whatever stood in a file name. */
static void say(const char *sentence)
{
	g_autofree char *line = g_strdelimit(g_strdup(sentence), "\r\n", ' ');

	fprintf(stderr, "baraa: %s\n", line);
}

int command_misuse(const char *format, ...)
{
	g_autofree char *sentence = NULL;
	va_list args;

	va_start(args, format);
	sentence = g_strdup_vprintf(format, args);
	va_end(args);
	say(sentence);
	return EXIT_MISUSED;
}

static char *dup_store_sentence(const GError *error, const char *dsn)
{
	const char *db = dsn != NULL ? dsn : "";

	switch ((StoreError)error->code) {
	case STORE_ERROR_BUSY:
		return g_strdup_printf(_("“%s” is busy: another program has been writing to it "
					 "for too long."),
				       db);
	case STORE_ERROR_FULL:
		return g_strdup(_("The disk is full: nothing was changed."));
	case STORE_ERROR_CORRUPT:
		return g_strdup_printf(_("“%s” is not a database of Baraa, or it is damaged."), db);
	case STORE_ERROR_NEWER:
		return g_strdup_printf(_("“%s” was written by a newer version of Baraa: use that "
					 "one."),
				       db);
	case STORE_ERROR_OLDER:
		return g_strdup_printf(_("“%s” is not of this version of Baraa: run “baraa "
					 "migrate” first."),
				       db);
	case STORE_ERROR_MISSING:
		return g_strdup_printf(_("There is no database “%s”."), db);
	case STORE_ERROR_DSN:
		return g_strdup_printf(_("“%s” does not name a database: write sqlite:PATH."), db);
	case STORE_ERROR_FAILED:
	case STORE_ERROR_CONSTRAINT:
		break;
	}
	return g_strdup_printf(_("The database refused: %s."), error->message);
}

int command_fail(const GError *error, const char *dsn)
{
	g_autofree char *sentence = error->domain == STORE_ERROR ? dup_store_sentence(error, dsn)
								 : g_strdup(error->message);

	say(sentence);
	return EXIT_FAILED;
}

bool command_parse(int *argc, char ***argv, const GOptionEntry *entries, const char *arguments,
		   int n_arguments, const char *summary)
{
	g_autoptr(GOptionContext) context = g_option_context_new(arguments);
	g_autoptr(GError) error = NULL;

	g_option_context_set_summary(context, summary);
	g_option_context_set_translation_domain(context, GETTEXT_PACKAGE);
	if (entries != NULL)
		g_option_context_add_main_entries(context, entries, GETTEXT_PACKAGE);
	if (!g_option_context_parse(context, argc, argv, &error)) {
		command_misuse("%s", error->message);
		return false;
	}
	if (*argc - 1 == n_arguments)
		return true;
	if (*argc - 1 > n_arguments)
		command_misuse(_("“%s” is one word too many: see --help."),
			       (*argv)[n_arguments + 1]);
	else
		command_misuse(_("Something is missing: %s. See --help."), arguments);
	return false;
}

Store *command_open(const char *dsn, StoreFlags flags, int *ret_status)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Store) store = NULL;

	if (dsn == NULL) {
		*ret_status = command_misuse(_("Which database? Name it with --db sqlite:PATH."));
		return NULL;
	}
	store = store_open(dsn, flags, &error);
	if (store != NULL && store_check_version(store, "office", &error))
		return g_steal_pointer(&store);
	command_fail(error, dsn);
	*ret_status =
		g_error_matches(error, STORE_ERROR, STORE_ERROR_DSN) ? EXIT_MISUSED : EXIT_FAILED;
	return NULL;
}

bool command_format(const char *text, unsigned allowed, Format *ret)
{
	g_autoptr(GString) names = g_string_new(NULL);

	for (Format format = 0; format < FORMAT_N; format++) {
		if ((allowed & 1u << format) == 0)
			continue;
		if (strcmp(text != NULL ? text : "table", format_names[format]) == 0) {
			*ret = format;
			return true;
		}
		g_string_append_printf(names, "%s%s", names->len > 0 ? ", " : "",
				       format_names[format]);
	}
	command_misuse(_("There is no format “%s” here, only %s."), text, names->str);
	return false;
}

json_t *command_read_json(const char *path)
{
	json_error_t wrong;
	json_t *json = strcmp(path, "-") == 0
			       ? json_loadf(stdin, JSON_REJECT_DUPLICATES, &wrong)
			       : json_load_file(path, JSON_REJECT_DUPLICATES, &wrong);

	if (json != NULL)
		return json;
	if (wrong.line > 0)
		command_misuse(_("“%s” is not JSON: line %d, column %d: %s."), path, wrong.line,
			       wrong.column, wrong.text);
	else
		command_misuse(_("“%s” cannot be read: %s."), path, wrong.text);
	return NULL;
}

int command_print_json(json_t *value)
{
	int failed = json_dumpf(value, stdout, JSON_COMPACT);

	putchar('\n');
	json_decref(value);
	return failed == 0 ? EXIT_DONE : EXIT_FAILED;
}

bool command_find_person(Store *store, const char *name, int64_t *ret, GError **error)
{
	g_autoptr(GPtrArray) people = NULL;

	*ret = 0;
	if (name == NULL)
		return true;
	people = people_list(store, error);
	for (guint i = 0; people != NULL && i < people->len; i++) {
		const Person *person = people->pdata[i];

		if (strcmp(person->name, name) == 0)
			*ret = person->id;
	}
	if (people == NULL || *ret != 0)
		return people != NULL;
	g_set_error(error, PEOPLE_ERROR, PEOPLE_ERROR_NAME, _("Nobody here is called “%s”."), name);
	return false;
}
