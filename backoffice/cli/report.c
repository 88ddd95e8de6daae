/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report, stock */
#include "backoffice/report/report.h"
#include "backoffice/cli/command.h"
#include "backoffice/goods/goods.h"
#include "backoffice/people/shop.h"
#include "base/language.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#define ANY_FORMAT                                                                                 \
	(1u << FORMAT_TABLE | 1u << FORMAT_JSON | 1u << FORMAT_CSV | 1u << FORMAT_PDF |            \
	 1u << FORMAT_XLSX)

/* --- printing ------------------------------------------------------------------------------ */

static char *dup_form(const Report *report, Format format)
{
	NumberStyle style = language_number_style();

	switch (format) {
	case FORMAT_TABLE:
		return report_dup_table(report, &style);
	case FORMAT_CSV:
		return report_dup_csv(report);
	case FORMAT_JSON: {
		json_t *object = report_to_json(report);
		char *text = json_dumps(object, JSON_COMPACT);
		char *line = g_strconcat(text, "\n", NULL);

		free(text);
		json_decref(object);
		return line;
	}
	default:
		g_return_val_if_reached(NULL);
	}
}

static bool write_form(const Report *report, Format format, const char *path, GError **error)
{
	NumberStyle style = language_number_style();
	g_autofree char *text = NULL;

	if (format == FORMAT_PDF)
		return report_write_pdf(report, &style, path, error);
	if (format == FORMAT_XLSX)
		return report_write_xlsx(report, path, error);
	text = dup_form(report, format);
	return g_file_set_contents(path, text, -1, error);
}

static int put_report(const Report *report, Format format, const char *output)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *text = NULL;

	if (output != NULL)
		return write_form(report, format, output, &error) ? EXIT_DONE
								  : command_fail(error, NULL);
	text = dup_form(report, format);
	fputs(text, stdout);
	return EXIT_DONE;
}

static bool check_output(Format format, const char *output)
{
	if (output != NULL || (format != FORMAT_PDF && format != FORMAT_XLSX))
		return true;
	command_misuse(_("A PDF or a workbook needs a file: name it with --output."));
	return false;
}

/* --- report -------------------------------------------------------------------------------- */

/* What `sales` can be looked at by: each is a report of its own. */
static const struct {
	const char *by, *report;
} views[] = { { "item", "sales" },
	      { "hour", "hours" },
	      { "cashier", "cashiers" },
	      { "payment", "payments" },
	      { "tax", "taxes" } };

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

	if (strcmp(name, "sales") != 0) {
		command_misuse(_("The report “%s” takes no --by."), name);
		return NULL;
	}
	for (size_t i = 0; i < G_N_ELEMENTS(views); i++)
		g_string_append_printf(known, "%s%s", i > 0 ? ", " : "", views[i].by);
	command_misuse(_("Sales are not shown by “%s”, only by %s."), by, known->str);
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
	for (size_t i = 0; strcmp(name, "sales") == 0 && i < G_N_ELEMENTS(views); i++)
		if (strcmp(by, views[i].by) == 0)
			return report_find(views[i].report);
	return misuse_by(name, by);
}

static int list_reports(void)
{
	for (const ReportKind *const *kind = report_list(); *kind != NULL; kind++)
		printf("%-10s %s\n", (*kind)->name, _((*kind)->title));
	return EXIT_DONE;
}

typedef struct {
	const ReportKind *kind;
	int32_t from, to;
	Format format;
} Order;

static int run_report(const char *dsn, const char *shop_name, const Order *order,
		      const char *output)
{
	g_autoptr(GError) error = NULL;
	int status = EXIT_FAILED;
	g_autoptr(Store) store = command_open(dsn, STORE_READ_ONLY, &status);
	g_autoptr(Shop) shop = NULL;
	g_autoptr(Report) report = NULL;

	if (store == NULL)
		return status;
	shop = shop_find(store, shop_name, &error);
	if (shop != NULL)
		report = order->kind->of_items ? report_run_stock(store, shop->id, 0, &error)
					       : report_run(store, order->kind, shop->id,
							    order->from, order->to, &error);
	if (report == NULL)
		return command_fail(error, dsn);
	return put_report(report, order->format, output);
}

static bool read_days(const char *from, const char *to, Order *order)
{
	if (order->kind->of_items)
		return true;
	if (from == NULL || to == NULL) {
		command_misuse(_("Which days? Name the first and the last with --from and --to."));
		return false;
	}
	if (!report_day_parse(from, &order->from) || !report_day_parse(to, &order->to)) {
		command_misuse(_("A day is written like 2026-11-23, not “%s”."),
			       report_day_parse(from, &order->from) ? to : from);
		return false;
	}
	if (order->from > order->to) {
		command_misuse(_("The first day, %s, is after the last, %s."), from, to);
		return false;
	}
	return true;
}

int command_report(int argc, char **argv)
{
	g_autofree char *dsn = NULL, *from = NULL, *to = NULL, *shop = NULL, *by = NULL,
			*format = NULL, *output = NULL;
	gboolean list = false;
	const GOptionEntry entries[] = {
		{ "list", 0, 0, G_OPTION_ARG_NONE, &list, N_("names all reports"), NULL },
		{ "db", 0, 0, G_OPTION_ARG_STRING, &dsn, N_("the office's database"), "DSN" },
		{ "from", 0, 0, G_OPTION_ARG_STRING, &from, N_("first business day, 2026-11-23"),
		  N_("DATE") },
		{ "to", 0, 0, G_OPTION_ARG_STRING, &to, N_("last business day"), N_("DATE") },
		{ "shop", 0, 0, G_OPTION_ARG_STRING, &shop,
		  N_("the shop; the first one without it"), N_("NAME") },
		{ "by", 0, 0, G_OPTION_ARG_STRING, &by, "item|hour|cashier|payment|tax",
		  N_("WHAT") },
		{ "format", 0, 0, G_OPTION_ARG_STRING, &format, "table|json|csv|pdf|xlsx",
		  N_("FORMAT") },
		{ "output", 0, 0, G_OPTION_ARG_FILENAME, &output, N_("writes to a file"),
		  N_("FILE") },
		G_OPTION_ENTRY_NULL,
	};
	Order order = { 0 };
	bool lists = false;

	for (int i = 1; i < argc; i++)
		lists = lists || strcmp(argv[i], "--list") == 0;
	if (!command_parse(
		    &argc, &argv, entries, _("NAME"), lists ? 0 : 1,
		    _("What was sold, by whom, when, and how it was paid; what has to lie in "
		      "drawers; and what somebody has to look after.")))
		return EXIT_MISUSED;
	if (list)
		return list_reports();
	order.kind = find_kind(argv[1], by);
	if (order.kind == NULL || !command_format(format, ANY_FORMAT, &order.format) ||
	    !check_output(order.format, output) || !read_days(from, to, &order))
		return EXIT_MISUSED;
	return run_report(dsn, shop, &order, output);
}

/* --- stock --------------------------------------------------------------------------------- */

static Report *stock_of(Store *store, const char *shop_name, const char *barcode, GError **error)
{
	g_autoptr(Shop) shop = shop_find(store, shop_name, error);
	g_autoptr(GError) failed = NULL;
	g_autoptr(Goods) goods = NULL;

	if (shop == NULL)
		return NULL;
	if (barcode == NULL)
		return report_run_stock(store, shop->id, 0, error);
	goods = goods_find_barcode(store, barcode, &failed);
	if (goods != NULL)
		return report_run_stock(store, shop->id, goods->id, error);
	if (failed == NULL)
		failed = g_error_new(PEOPLE_ERROR, PEOPLE_ERROR_NAME,
				     _("There are no goods with the barcode %s."), barcode);
	g_propagate_error(error, g_steal_pointer(&failed));
	return NULL;
}

int command_stock(int argc, char **argv)
{
	g_autofree char *dsn = NULL, *shop = NULL, *barcode = NULL, *format_name = NULL,
			*output = NULL;
	const GOptionEntry entries[] = {
		{ "db", 0, 0, G_OPTION_ARG_STRING, &dsn, N_("the office's database"), "DSN" },
		{ "shop", 0, 0, G_OPTION_ARG_STRING, &shop,
		  N_("the shop; the first one without it"), N_("NAME") },
		{ "barcode", 0, 0, G_OPTION_ARG_STRING, &barcode, N_("of one item"), N_("CODE") },
		{ "format", 0, 0, G_OPTION_ARG_STRING, &format_name, "table|json|csv|pdf|xlsx",
		  N_("FORMAT") },
		{ "output", 0, 0, G_OPTION_ARG_FILENAME, &output, N_("writes to a file"),
		  N_("FILE") },
		G_OPTION_ENTRY_NULL,
	};
	g_autoptr(GError) error = NULL;
	g_autoptr(Store) store = NULL;
	g_autoptr(Report) report = NULL;
	int status = EXIT_FAILED;
	Format format;

	if (!command_parse(&argc, &argv, entries, NULL, 0,
			   _("What is on the shelf, what one costs and what all is worth.")) ||
	    !command_format(format_name, ANY_FORMAT, &format) || !check_output(format, output))
		return EXIT_MISUSED;
	store = command_open(dsn, STORE_READ_ONLY, &status);
	if (store == NULL)
		return status;
	report = stock_of(store, shop, barcode, &error);
	if (report == NULL)
		return command_fail(error, dsn);
	return put_report(report, format, output);
}
