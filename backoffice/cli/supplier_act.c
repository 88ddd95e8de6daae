/* SPDX-License-Identifier: GPL-3.0-or-later */
/* supplier act, supplier order: papers for suppliers */
#include "backoffice/cli/buying_words.h"
#include "backoffice/report/buying_sheets.h"
#include "backoffice/report/report.h"

#include <glib/gi18n-lib.h>

/* A workbook where the file is named so, else a PDF. */
static int put_sheet(const BuyingWords *words, const Sheet *sheet)
{
	g_autofree char *lower = g_ascii_strdown(words->output, -1);
	g_autoptr(GError) error = NULL;
	bool done = g_str_has_suffix(lower, ".xlsx")
			    ? sheet_write_xlsx(sheet, words->output, &error)
			    : sheet_write_pdf(sheet, words->output, &error);

	return done ? EXIT_DONE : command_fail(error, words->dsn);
}

static int write_act(BuyingWords *words, int32_t from, int32_t to)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Reconciliation) act =
		reconciliation_new(words->store, words->all_shops ? 0 : words->shop->id,
				   words->supplier_id, from, to, &error);
	g_autoptr(Sheet) sheet = NULL;

	if (act == NULL)
		return command_fail(error, words->dsn);
	sheet = reconciliation_to_sheet(act, &words->style);
	return put_sheet(words, sheet);
}

int command_supplier_act(int argc, char **argv)
{
	g_auto(BuyingWords) words = { 0 };
	const GOptionEntry entries[] = { ENTRY_DB(words),
					 { "shop", 0, 0, G_OPTION_ARG_STRING, &words.shop_name,
					   N_("of one shop; of all together without it"),
					   N_("NAME") },
					 ENTRY_SUPPLIER(words),
					 ENTRY_FROM(words),
					 ENTRY_TO(words),
					 ENTRY_OUTPUT(words),
					 G_OPTION_ENTRY_NULL };
	int status = EXIT_FAILED;
	int32_t from, to;

	if (!command_parse(&argc, &argv, entries, NULL, 0,
			   _("Writes the reconciliation act of a period, to be signed by both "
			     "sides: PDF, or a workbook where the file is named .xlsx.")))
		return EXIT_MISUSED;
	if (words.from == NULL || words.to == NULL)
		return command_misuse(_("Which days? Name the first and the last with --from and "
					"--to."));
	if (!report_day_parse(words.from, &from))
		return command_misuse(_("A day is written like 2026-11-23, not “%s”."), words.from);
	if (!report_day_parse(words.to, &to))
		return command_misuse(_("A day is written like 2026-11-23, not “%s”."), words.to);
	if (from > to)
		return command_misuse(_("The first day, %s, is after the last, %s."), words.from,
				      words.to);
	if (words.output == NULL)
		return command_misuse(_("Where to? Name the file with --output."));
	if (!buying_words_open(&words, STORE_READ_ONLY, true, &status))
		return status;
	return write_act(&words, from, to);
}

int command_supplier_order(int argc, char **argv)
{
	g_auto(BuyingWords) words = { 0 };
	gboolean bare = false;
	const GOptionEntry entries[] = { ENTRY_DB(words),
					 ENTRY_OUTPUT(words),
					 { "no-costs", 0, 0, G_OPTION_ARG_NONE, &bare,
					   N_("without costs"), NULL },
					 G_OPTION_ENTRY_NULL };
	g_autoptr(GError) error = NULL;
	g_autoptr(Sheet) sheet = NULL;
	int status = EXIT_FAILED;
	int64_t id;

	if (!command_parse(&argc, &argv, entries, _("NUMBER"), 1,
			   _("Writes an order for its supplier, with his codes: PDF, or a workbook "
			     "where the file is named .xlsx.")))
		return EXIT_MISUSED;
	if (words.output == NULL)
		return command_misuse(_("Where to? Name the file with --output."));
	if (!buying_words_open(&words, STORE_READ_ONLY, false, &status))
		return status;
	if (document_find_number(words.store, argv[1], &id, &error))
		sheet = order_sheet_new(words.store, id, !bare, &words.style, &error);
	return sheet != NULL ? put_sheet(&words, sheet) : command_fail(error, words.dsn);
}
