/* SPDX-License-Identifier: GPL-3.0-or-later */
/* journal, verify, sim */
#include "backoffice/cli/command.h"
#include "backoffice/sales/verify.h"
#include "drivers/sim/sim.h"

#include <glib/gi18n-lib.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

/* "is not of this version" is said of an office, which its owner migrates; a till brings its own
 * file up to date when it starts. */
static int fail_place(const GError *error, const char *place)
{
	if (!g_error_matches(error, STORE_ERROR, STORE_ERROR_OLDER))
		return command_fail(error, place);
	command_misuse(_("“%s” is not a database of this version of Baraa."), place);
	return EXIT_FAILED;
}

static Store *open_family(const char *dsn, const char *family, GError **error)
{
	g_autoptr(Store) store = store_open(dsn, STORE_READ_ONLY, error);

	if (store == NULL || !store_check_version(store, family, error))
		return NULL;
	return g_steal_pointer(&store);
}

/* A path is a file of SQLite; own it. */
static char *dup_dsn(const char *place)
{
	return strstr(place, "://") != NULL || g_str_has_prefix(place, "sqlite:")
		       ? g_strdup(place)
		       : g_strconcat("sqlite:", place, NULL);
}

/* --- journal ------------------------------------------------------------------------------- */

/* ISO 8601 in UTC with microseconds; own it. */
static char *dup_time(int64_t at)
{
	g_autoptr(GDateTime) seconds = g_date_time_new_from_unix_utc(at / G_USEC_PER_SEC);
	g_autofree char *text =
		seconds != NULL ? g_date_time_format(seconds, "%Y-%m-%dT%H:%M:%S") : g_strdup("?");

	return g_strdup_printf("%s.%06dZ", text, (int)(at % G_USEC_PER_SEC));
}

/* In the order of till/journal/read. */
static void print_entry_json(StoreStatement *row, bool first)
{
	g_autofree char *at = dup_time(store_get_int(row, 1));
	const char *text = store_get_text(row, 5);
	json_t *body = json_loads(text, 0, NULL);
	json_t *entry = json_pack(
		"{s:I, s:s, s:s, s:I, s:I, s:s, s:o}", "number", (json_int_t)store_get_int(row, 0),
		"at", at, "kind", store_get_text(row, 2), "cashier",
		(json_int_t)store_get_int(row, 3), "shift", (json_int_t)store_get_int(row, 4),
		"hash", store_get_text(row, 6), "body", body != NULL ? body : json_string(text));

	fputs(first ? "\n" : ",\n", stdout);
	json_dumpf(entry, stdout, JSON_COMPACT);
	json_decref(entry);
}

static void print_entry(StoreStatement *row)
{
	g_autofree char *at = dup_time(store_get_int(row, 1));

	printf("%6" G_GINT64_FORMAT "  %s  %-13s  %4" G_GINT64_FORMAT "  %5" G_GINT64_FORMAT
	       "  %s\n",
	       store_get_int(row, 0), at, store_get_text(row, 2), store_get_int(row, 3),
	       store_get_int(row, 4), store_get_text(row, 5));
}

static bool print_journal(Store *store, int64_t from, Format format, GError **error)
{
	StoreStatement *row = store_statement(store, "till/journal/read");
	bool first = true;
	StoreStep step;

	store_bind_int(row, 1, from);
	store_bind_int(row, 2, G_MAXINT64);
	if (format == FORMAT_JSON)
		putchar('[');
	while ((step = store_step(row, error)) == STORE_ROW) {
		if (format == FORMAT_JSON)
			print_entry_json(row, first);
		else
			print_entry(row);
		first = false;
	}
	if (format == FORMAT_JSON)
		puts(first ? "]" : "\n]");
	return step == STORE_DONE;
}

int command_journal(int argc, char **argv)
{
	g_autofree char *format_name = NULL, *dsn = NULL;
	gint64 from = 1;
	const GOptionEntry entries[] = {
		{ "from", 0, 0, G_OPTION_ARG_INT64, &from, N_("the first entry to print"), "N" },
		{ "format", 0, 0, G_OPTION_ARG_STRING, &format_name, "table|json", N_("FORMAT") },
		G_OPTION_ENTRY_NULL,
	};
	g_autoptr(GError) error = NULL;
	g_autoptr(Store) store = NULL;
	Format format;

	if (!command_parse(&argc, &argv, entries, "TILL.db", 1,
			   _("Prints the entries of a till's journal as they stand.")) ||
	    !command_format(format_name, 1u << FORMAT_TABLE | 1u << FORMAT_JSON, &format))
		return EXIT_MISUSED;
	dsn = dup_dsn(argv[1]);
	store = open_family(dsn, "till", &error);
	if (store == NULL || !print_journal(store, from, format, &error))
		return fail_place(error, argv[1]);
	return EXIT_DONE;
}

/* --- verify -------------------------------------------------------------------------------- */

/* A till's file and an office's are told apart by their versions. */
static bool verify_place(const char *dsn, Verdict *ret, GError **error)
{
	g_autoptr(GError) not_till = NULL;
	g_autoptr(Store) store = open_family(dsn, "till", &not_till);

	if (store != NULL)
		return verify_till(store, ret, error);
	if (!g_error_matches(not_till, STORE_ERROR, STORE_ERROR_OLDER)) {
		g_propagate_error(error, g_steal_pointer(&not_till));
		return false;
	}
	store = open_family(dsn, "office", error);
	return store != NULL && verify_office(store, ret, error);
}

int command_verify(int argc, char **argv)
{
	g_autofree char *dsn = NULL;
	g_auto(Verdict) verdict = { 0 };
	g_autoptr(GError) error = NULL;

	if (!command_parse(
		    &argc, &argv, NULL, _("PATH|DSN"), 1,
		    _("Walks the hash chain of every journal. Of a till it proves that receipts, "
		      "documents of the registrar and returns agree, of an office the sums of "
		      "receipts and stock.")))
		return EXIT_MISUSED;
	dsn = dup_dsn(argv[1]);
	if (!verify_place(dsn, &verdict, &error))
		return fail_place(error, argv[1]);
	if (verdict.broken != NULL) {
		printf("BROKEN %s\n", verdict.broken);
		command_misuse(_("“%s” is not whole: %s."), argv[1], verdict.broken);
		return EXIT_FAILED;
	}
	printf("OK %" G_GINT64_FORMAT " entries\n", verdict.n_entries);
	return EXIT_DONE;
}

/* --- sim ----------------------------------------------------------------------------------- */

int command_sim(int argc, char **argv)
{
	return sim_main(argc, argv);
}
