/* SPDX-License-Identifier: GPL-3.0-or-later */
/* import goods, export goods */
#include "backoffice/cli/command.h"
#include "backoffice/cli/refusals.h"
#include "backoffice/goods/goods_import.h"
#include "backoffice/people/shop.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <stdio.h>

static int print_counts(const GoodsImportCounts *counts)
{
	if (counts->encoding != NULL && g_ascii_strcasecmp(counts->encoding, "UTF-8") != 0)
		printf(_("The list was read as %s.\n"), counts->encoding);
	if (counts->set != 0)
		printf(_("To take it back: baraa import --undo %" PRId64 "\n"), counts->set);
	/* Programs read this line: it is the same in every language. */
	printf("imported %" G_GINT64_FORMAT ", updated %" G_GINT64_FORMAT
	       ", refused %" G_GINT64_FORMAT "\n",
	       counts->imported, counts->updated, counts->refused);
	return EXIT_DONE;
}

static int run_import(Store *store, const char *dsn, GoodsImport *import, Refusals *refusals)
{
	g_autoptr(GError) error = NULL;
	GoodsImportCounts counts;

	import->refused = refusals_add;
	import->refused_data = refusals;
	if (!goods_import(store, import, &counts, &error)) {
		int status = command_fail(error, dsn);

		return g_error_matches(error, GOODS_IMPORT_ERROR, GOODS_IMPORT_ERROR_OPTIONS)
			       ? EXIT_MISUSED
			       : status;
	}
	refusals_tell_rest(refusals);
	if (import->dry_run) {
		counts.set = 0;
		puts(_("Tried only: nothing was changed."));
	}
	return print_counts(&counts);
}

static bool parse_price(Store *store, const char *text, GoodsImport *import, int *ret_status)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Shop) shop = shop_find(store, NULL, &error);

	if (shop == NULL) {
		*ret_status = command_fail(error, NULL);
		return false;
	}
	if (text == NULL)
		return true;
	import->has_price = true;
	if (money_parse_decimal(text, shop->currency, &import->price) && import->price.minor > 0)
		return true;
	*ret_status = command_misuse(_("--price “%s” is not a price in this currency."), text);
	return false;
}

static int import_into(const char *dsn, const char *price, const char *refused, const char *person,
		       GoodsImport *import)
{
	g_autoptr(GError) error = NULL;
	int status = EXIT_FAILED;
	g_autoptr(Store) store = command_open(dsn, STORE_LARGE, &status);
	Refusals refusals = { 0 };

	if (store == NULL || !parse_price(store, price, import, &status))
		return status;
	if (!command_find_person(store, person, &import->person_id, &error))
		return command_fail(error, dsn);
	if (!refusals_open(&refusals, refused, &status))
		return status;
	return refusals_close(&refusals, refused, run_import(store, dsn, import, &refusals));
}

int command_import(int argc, char **argv)
{
	g_autofree char *dsn = NULL, *price = NULL, *columns = NULL, *encoding = NULL,
			*refused = NULL, *person = NULL;
	gboolean dry_run = false;
	const GOptionEntry entries[] = {
		{ "db", 0, 0, G_OPTION_ARG_STRING, &dsn, N_("the office's database"), "DSN" },
		{ "price", 0, 0, G_OPTION_ARG_STRING, &price, N_("of goods that have none"),
		  N_("PRICE") },
		{ "columns", 0, 0, G_OPTION_ARG_STRING, &columns,
		  N_("barcode,name,… where the list has no header; - leaves one out"),
		  N_("NAMES") },
		{ "encoding", 0, 0, G_OPTION_ARG_STRING, &encoding,
		  N_("of a list that is not in UTF-8, such as cp1251"), N_("NAME") },
		{ "dry-run", 0, 0, G_OPTION_ARG_NONE, &dry_run, N_("tries, and changes nothing"),
		  NULL },
		{ "refused", 0, 0, G_OPTION_ARG_FILENAME, &refused,
		  N_("where refused rows go, with their line numbers and reasons"), N_("FILE") },
		{ "person", 0, 0, G_OPTION_ARG_STRING, &person,
		  N_("who imports, by whose rights; without: the command line, which may all"),
		  N_("NAME") },
		G_OPTION_ENTRY_NULL,
	};
	GoodsImport import = { 0 };

	if (!command_parse(&argc, &argv, entries, _("FILE"), 1,
			   _("Reads a list of goods: CSV, TSV or XLSX. Known columns are barcode, "
			     "name, category, brand, unit, price, cost, tax, article, weighed; and "
			     "pack, factor, pack_price, plu, marked, expires, serials, shelf_life, "
			     "tare, minimum, classification, kind, family, size, colour, note.")))
		return EXIT_MISUSED;
	import.path = argv[1];
	import.columns = columns;
	import.encoding = encoding;
	import.dry_run = dry_run;
	return import_into(dsn, price, refused, person, &import);
}

int command_export(int argc, char **argv)
{
	g_autofree char *dsn = NULL, *output = NULL;
	const GOptionEntry entries[] = {
		{ "db", 0, 0, G_OPTION_ARG_STRING, &dsn, N_("the office's database"), "DSN" },
		{ "output", 0, 0, G_OPTION_ARG_FILENAME, &output, N_("the file: CSV, or .xlsx"),
		  N_("FILE") },
		G_OPTION_ENTRY_NULL,
	};
	g_autoptr(GError) error = NULL;
	g_autoptr(Store) store = NULL;
	int status = EXIT_FAILED;
	int64_t n;

	if (!command_parse(
		    &argc, &argv, entries, NULL, 0,
		    _("Writes all goods, a row a barcode: as CSV, or as a workbook where the "
		      "file is named .xlsx.")))
		return EXIT_MISUSED;
	if (output == NULL)
		return command_misuse(_("Where to? Name the file with --output."));
	store = command_open(dsn, STORE_READ_ONLY, &status);
	if (store == NULL)
		return status;
	if (!goods_export(store, output, &n, &error))
		return command_fail(error, dsn);
	printf("exported %" G_GINT64_FORMAT "\n", n);
	return EXIT_DONE;
}
