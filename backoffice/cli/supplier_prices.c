/* SPDX-License-Identifier: GPL-3.0-or-later */
/* supplier prices */
#include "backoffice/buying/price_list.h"
#include "backoffice/cli/buying_words.h"
#include "backoffice/cli/refusals.h"
#include "backoffice/report/report.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <stdio.h>

#define SHOWN_MAX 20 /* rises and unknown goods told on the terminal */

static char *dup_money(const BuyingWords *words, int64_t minor)
{
	return number_text_money(&words->style, (Money){ minor, words->shop->currency }, false);
}

static void print_rise(const BuyingWords *words, const PriceListRow *row)
{
	g_autofree char *before = dup_money(words, row->before);
	g_autofree char *after = dup_money(words, row->after);
	g_autofree char *rise = price_list_dup_rise(row, &words->style);
	g_autofree char *margin = price_list_dup_margin(row, &words->style);

	if (*margin != '\0')
		printf(_("dearer: %s: %s → %s (%s), margin %s\n"), row->name, before, after, rise,
		       margin);
	else
		printf(_("dearer: %s: %s → %s (%s)\n"), row->name, before, after, rise);
}

static void print_rises(const BuyingWords *words, const PriceListResult *result)
{
	g_autoptr(GPtrArray) rises = price_list_rises(result);

	for (guint i = 0; i < rises->len && i < SHOWN_MAX; i++)
		print_rise(words, rises->pdata[i]);
	if (rises->len > SHOWN_MAX)
		printf(_("… and %u more are dearer: baraa report price-rises lists all.\n"),
		       rises->len - SHOWN_MAX);
}

static void print_unknown(const PriceListResult *result)
{
	int64_t shown = 0;

	for (guint i = 0; i < result->rows->len && shown < SHOWN_MAX; i++) {
		const PriceListRow *row = result->rows->pdata[i];

		if (row->fate != PRICE_LIST_UNKNOWN)
			continue;
		shown++;
		printf(_("line %" PRId64 ": not among our goods: %s %s %s\n"), row->line, row->code,
		       row->barcode, row->name);
	}
	if (result->unknown > shown)
		printf(_("… and %" PRId64 " more are not among our goods.\n"),
		       result->unknown - shown);
}

static int print_result(const BuyingWords *words, const PriceListResult *result, bool dry_run)
{
	if (result->encoding != NULL && g_ascii_strcasecmp(result->encoding, "UTF-8") != 0)
		printf(_("The list was read as %s.\n"), result->encoding);
	print_rises(words, result);
	print_unknown(result);
	if (dry_run)
		puts(_("Tried only: nothing was changed."));
	/* Programs read this line: it is the same in every language. */
	printf("changed %" PRId64 ", same %" PRId64 ", dearer %" PRId64 ", unknown %" PRId64
	       ", refused %" PRId64 "\n",
	       result->changed, result->same, result->rises, result->unknown, result->refused);
	return EXIT_DONE;
}

static int run(BuyingWords *words, PriceListImport *import, Refusals *refusals)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(PriceListResult) result = NULL;
	int status;

	import->list.refused = refusals_add;
	import->list.refused_data = refusals;
	import->list.person_id = words->person_id;
	import->supplier_id = words->supplier_id;
	result = price_list_import(words->store, import, &error);
	if (result == NULL) {
		status = command_fail(error, words->dsn);
		return g_error_matches(error, GOODS_IMPORT_ERROR, GOODS_IMPORT_ERROR_OPTIONS)
			       ? EXIT_MISUSED
			       : status;
	}
	refusals_tell_rest(refusals);
	return print_result(words, result, import->list.dry_run);
}

int command_supplier_prices(int argc, char **argv)
{
	g_auto(BuyingWords) words = { 0 };
	g_autofree char *columns = NULL, *encoding = NULL, *refused = NULL;
	gboolean dry_run = false, anyway = false;
	const GOptionEntry entries[] = {
		ENTRY_DB(words),
		ENTRY_SUPPLIER(words),
		{ "columns", 0, 0, G_OPTION_ARG_STRING, &columns,
		  N_("barcode,name,… where the list has no header; - leaves one out"),
		  N_("NAMES") },
		{ "encoding", 0, 0, G_OPTION_ARG_STRING, &encoding,
		  N_("of a list that is not in UTF-8, such as cp1251"), N_("NAME") },
		{ "from", 0, 0, G_OPTION_ARG_STRING, &words.from,
		  N_("the day from which the list holds; today without it"), N_("DATE") },
		{ "dry-run", 0, 0, G_OPTION_ARG_NONE, &dry_run, N_("tries, and changes nothing"),
		  NULL },
		{ "anyway", 0, 0, G_OPTION_ARG_NONE, &anyway,
		  N_("although it looks like the list of another supplier"), NULL },
		{ "refused", 0, 0, G_OPTION_ARG_FILENAME, &refused,
		  N_("where refused rows go, with their line numbers and reasons"), N_("FILE") },
		ENTRY_PERSON(words),
		G_OPTION_ENTRY_NULL,
	};
	PriceListImport import = { 0 };
	Refusals refusals = { 0 };
	int status = EXIT_FAILED;

	if (!command_parse(&argc, &argv, entries, _("FILE"), 1,
			   _("Reads a supplier's price list: CSV, TSV or XLSX with the columns "
			     "code, barcode, name, cost (or price), pack, factor, pack_price.")))
		return EXIT_MISUSED;
	if (words.from != NULL && !report_day_parse(words.from, &import.first_day))
		return command_misuse(_("A day is written like 2026-11-23, not “%s”."), words.from);
	if (!buying_words_open(&words, STORE_DURABLE | STORE_LARGE, true, &status) ||
	    !refusals_open(&refusals, refused, &status))
		return status;
	import.list.path = argv[1];
	import.list.columns = columns;
	import.list.encoding = encoding;
	import.list.dry_run = dry_run;
	import.anyway = anyway;
	return refusals_close(&refusals, refused, run(&words, &import, &refusals));
}
