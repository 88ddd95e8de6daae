/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/report/report.h"

#include "backoffice/cli/command.h"
#include "backoffice/cli/report_out.h"
#include "backoffice/people/shop.h"
#include "backoffice/report/report_narrow.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

/* What these can be looked at by: each is a report of its own. */
static const struct {
	const char *of, *by, *report;
} views[] = {
	{ "sales", "day", "days" },
	{ "sales", "hour", "hours" },
	{ "sales", "weekday", "weekdays" },
	{ "sales", "month", "months" },
	{ "sales", "shop", "shops" },
	{ "sales", "till", "tills" },
	{ "sales", "cashier", "cashiers" },
	{ "sales", "group", "groups" },
	{ "sales", "item", "sales" },
	{ "sales", "supplier", "supplier-sales" },
	{ "sales", "payment", "payments" },
	{ "sales", "tax", "taxes" },
	{ "margin", "day", "margin-day" },
	{ "margin", "hour", "margin-hour" },
	{ "margin", "weekday", "margin-weekday" },
	{ "margin", "month", "margin-month" },
	{ "margin", "shop", "margin-shop" },
	{ "margin", "till", "margin-till" },
	{ "margin", "cashier", "margin-cashier" },
	{ "margin", "group", "margin-group" },
	{ "margin", "item", "margin" },
	{ "margin", "supplier", "margin-supplier" },
};

static const ReportKind *misuse_kind(const char *name)
{
	g_autoptr(GString) known = g_string_new(NULL);

	for (const ReportKind *const *kind = report_list(); *kind != NULL; kind++)
		g_string_append_printf(known, "%s%s", known->len > 0 ? ", " : "", (*kind)->name);
	command_misuse(_("There is no report “%s”, only %s."), name, known->str);
	return NULL;
}

static const ReportKind *misuse_by(const char *name, const char *by)
{
	g_autoptr(GString) known = g_string_new(NULL);

	for (size_t i = 0; i < G_N_ELEMENTS(views); i++)
		if (strcmp(views[i].of, name) == 0)
			g_string_append_printf(known, "%s%s", known->len > 0 ? ", " : "",
					       views[i].by);
	if (known->len == 0)
		command_misuse(_("The report “%s” takes no --by."), name);
	else
		command_misuse(_("The report “%s” is not shown by “%s”, only by %s."), name, by,
			       known->str);
	return NULL;
}

/* NULL after saying why. */
static const ReportKind *find_kind(const char *name, const char *by)
{
	const ReportKind *kind = report_find(name);

	if (kind == NULL)
		return misuse_kind(name);
	if (by == NULL)
		return kind;
	for (size_t i = 0; i < G_N_ELEMENTS(views); i++)
		if (strcmp(name, views[i].of) == 0 && strcmp(by, views[i].by) == 0)
			return report_find(views[i].report);
	return misuse_by(name, by);
}

static int list_reports(void)
{
	for (const ReportKind *const *kind = report_list(); *kind != NULL; kind++)
		printf("%-16s %s\n", (*kind)->name, _((*kind)->title));
	return EXIT_DONE;
}

/* --- what is asked ------------------------------------------------------------------------- */

/* As they stood on the command line; NULL where they did not. */
typedef struct {
	char *dsn, *from, *to, *shop, *by, *till, *cashier, *group, *item, *supplier, *payment,
		*hours, *weekdays, *format, *output; /* owned */
	gboolean list;
} Options;

static void options_clear(Options *self)
{
	char **texts[] = { &self->dsn,	    &self->from,     &self->to,	     &self->shop,
			   &self->by,	    &self->till,     &self->cashier, &self->group,
			   &self->item,	    &self->supplier, &self->payment, &self->hours,
			   &self->weekdays, &self->format,   &self->output };

	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
		g_clear_pointer(texts[i], g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Options, options_clear)

static bool read_day(const char *text, int32_t *ret)
{
	if (report_day_parse(text, ret))
		return true;
	command_misuse(_("A day is written like 2026-11-23, not “%s”."), text);
	return false;
}

/* What is on the shelf is that of a day's end, or of now. */
static bool read_days(const Options *options, const ReportKind *kind, ReportQuery *query)
{
	const char *from = options->from, *to = options->to;

	if ((kind->takes & REPORT_TAKES_DAYS) == 0)
		return to == NULL || read_day(to, &query->to);
	if (from == NULL || to == NULL) {
		command_misuse(_("Which days? Name the first and the last with --from and --to."));
		return false;
	}
	if (!read_day(from, &query->from) || !read_day(to, &query->to))
		return false;
	if (query->from <= query->to)
		return true;
	command_misuse(_("The first day, %s, is after the last, %s."), from, to);
	return false;
}

static bool find_shop(const char *name, Store *store, ReportQuery *query, GError **error)
{
	g_autoptr(Shop) shop = NULL;

	if (name != NULL && strcmp(name, "all") == 0)
		return true;
	shop = shop_find(store, name, error);
	if (shop != NULL)
		query->shop_id = shop->id;
	return shop != NULL;
}

static bool narrow(const Options *options, Store *store, ReportQuery *query, GError **error)
{
	const struct {
		const char *text;
		bool (*narrow)(ReportQuery *query, Store *store, const char *text, GError **error);
	} names[] = { { options->till, report_narrow_till },
		      { options->cashier, report_narrow_cashier },
		      { options->item, report_narrow_item },
		      { options->supplier, report_narrow_supplier } };
	const struct {
		const char *text;
		bool (*narrow)(ReportQuery *query, const char *text, GError **error);
	} words[] = { { options->payment, report_narrow_payment },
		      { options->hours, report_narrow_hours },
		      { options->weekdays, report_narrow_weekdays } };

	query->group = options->group;
	for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
		if (words[i].text != NULL && !words[i].narrow(query, words[i].text, error))
			return false;
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
		if (names[i].text != NULL && !names[i].narrow(query, store, names[i].text, error))
			return false;
	return true;
}

/* What was asked wrongly is wrong usage. */
static int fail(const GError *error, const char *dsn)
{
	if (g_error_matches(error, REPORT_ERROR, REPORT_ERROR_QUERY))
		return command_misuse("%s", error->message);
	return command_fail(error, dsn);
}

/* All of one moment: totals that are read by themselves agree with the rows. */
static Report *ask(const Options *options, const ReportKind *kind, ReportQuery *query, Store *store,
		   GError **error)
{
	if (!store_begin_read(store, error) || !find_shop(options->shop, store, query, error) ||
	    !narrow(options, store, query, error))
		return NULL;
	return report_ask(store, kind, query, error);
}

static int run_report(const Options *options, const ReportKind *kind, ReportQuery *query,
		      Format format)
{
	g_autoptr(GError) error = NULL;
	int status = EXIT_FAILED;
	g_autoptr(Store) store = command_open(options->dsn, STORE_READ_ONLY, &status);
	g_autoptr(Report) report = NULL;

	if (store == NULL)
		return status;
	report = ask(options, kind, query, store, &error);
	store_rollback(store);
	if (report == NULL)
		return fail(error, options->dsn);
	return report_out(report, format, options->output);
}

static bool parse(Options *options, int *argc, char ***argv)
{
	const GOptionEntry entries[] = {
		{ "list", 0, 0, G_OPTION_ARG_NONE, &options->list, N_("names all reports"), NULL },
		{ "db", 0, 0, G_OPTION_ARG_STRING, &options->dsn, N_("the office's database"),
		  "DSN" },
		{ "from", 0, 0, G_OPTION_ARG_STRING, &options->from,
		  N_("first business day, 2026-11-23"), N_("DATE") },
		{ "to", 0, 0, G_OPTION_ARG_STRING, &options->to, N_("last business day"),
		  N_("DATE") },
		{ "shop", 0, 0, G_OPTION_ARG_STRING, &options->shop,
		  N_("the shop; the first one without it; “all” for all together"), N_("NAME") },
		{ "by", 0, 0, G_OPTION_ARG_STRING, &options->by,
		  "day|hour|weekday|month|shop|till|cashier|group|item|supplier|payment|tax",
		  N_("WHAT") },
		{ "till", 0, 0, G_OPTION_ARG_STRING, &options->till, N_("only of this till"),
		  N_("NAME") },
		{ "cashier", 0, 0, G_OPTION_ARG_STRING, &options->cashier,
		  N_("only what this person sold"), N_("NAME") },
		{ "group", 0, 0, G_OPTION_ARG_STRING, &options->group,
		  N_("only goods of this group and those below it"), N_("PATH") },
		{ "item", 0, 0, G_OPTION_ARG_STRING, &options->item,
		  N_("only goods of this barcode or article"), N_("CODE") },
		{ "supplier", 0, 0, G_OPTION_ARG_STRING, &options->supplier,
		  N_("only goods that this supplier brings"), N_("NAME") },
		{ "payment", 0, 0, G_OPTION_ARG_STRING, &options->payment,
		  N_("only receipts paid like this: cash, card"), N_("KIND") },
		{ "hours", 0, 0, G_OPTION_ARG_STRING, &options->hours,
		  N_("only between these hours, 17-20"), N_("HOURS") },
		{ "weekdays", 0, 0, G_OPTION_ARG_STRING, &options->weekdays,
		  N_("only on these days of the week, mon,fri or 1,5"), N_("DAYS") },
		{ "format", 0, 0, G_OPTION_ARG_STRING, &options->format, "table|json|csv|pdf|xlsx",
		  N_("FORMAT") },
		{ "output", 0, 0, G_OPTION_ARG_FILENAME, &options->output, N_("writes to a file"),
		  N_("FILE") },
		G_OPTION_ENTRY_NULL,
	};
	bool lists = false;

	for (int i = 1; i < *argc; i++)
		lists = lists || strcmp((*argv)[i], "--list") == 0;
	return command_parse(
		argc, argv, entries, _("NAME"), lists ? 0 : 1,
		_("What was sold, by whom, when, and how it was paid; what it brought in; what has "
		  "to lie in drawers; and what somebody has to look after."));
}

int command_report(int argc, char **argv)
{
	g_auto(Options) options = { 0 };
	ReportQuery query = { 0 };
	const ReportKind *kind;
	Format format;

	if (!parse(&options, &argc, &argv))
		return EXIT_MISUSED;
	if (options.list)
		return list_reports();
	kind = find_kind(argv[1], options.by);
	if (kind == NULL || !command_format(options.format, REPORT_FORMATS, &format) ||
	    !report_out_check(format, options.output) || !read_days(&options, kind, &query))
		return EXIT_MISUSED;
	return run_report(&options, kind, &query, format);
}
