/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report, stock */
#include "backoffice/report/report.h"
#include "backoffice/cli/command.h"
#include "backoffice/cli/problems.h"
#include "backoffice/goods/goods.h"
#include "backoffice/people/shop.h"
#include "base/language.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#define LIST_FORMAT (1u << FORMAT_TABLE | 1u << FORMAT_JSON)
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
		report = report_run(store, order->kind, shop->id, order->from, order->to, &error);
	if (report == NULL)
		return command_fail(error, dsn);
	return put_report(report, order->format, output);
}

static bool misuse_day(const char *text)
{
	command_misuse(_("A day is written like 2026-11-23, not “%s”."), text);
	return false;
}

/* What is on the shelf is that of a day's end, or of now. */
static bool read_days(const char *from, const char *to, Order *order)
{
	if ((order->kind->takes & REPORT_TAKES_DAYS) == 0)
		return to == NULL || report_day_parse(to, &order->to) || misuse_day(to);
	if (from == NULL || to == NULL) {
		command_misuse(_("Which days? Name the first and the last with --from and --to."));
		return false;
	}
	if (!report_day_parse(from, &order->from))
		return misuse_day(from);
	if (!report_day_parse(to, &order->to))
		return misuse_day(to);
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

typedef struct {
	const char *shop, *barcode; /* borrowed; NULL: the first one, all goods */
	int32_t day; /* 0: not a day's end */
	const char *time; /* borrowed; NULL: now */
} StockOrder;

/* A time without a zone is one of the shop's clock. */
static bool parse_time(const char *text, const char *timezone, int64_t *ret)
{
	g_autoptr(GTimeZone) zone = g_time_zone_new_identifier(timezone);
	g_autoptr(GDateTime) time = g_date_time_new_from_iso8601(text, zone);

	if (time == NULL)
		return false;
	*ret = g_date_time_to_unix(time) * G_USEC_PER_SEC + g_date_time_get_microsecond(time);
	return true;
}

static bool find_moment(Store *store, const Shop *shop, const StockOrder *order, int64_t *ret,
			GError **error)
{
	*ret = INT64_MAX;
	if (order->time != NULL)
		return parse_time(order->time, shop->timezone, ret); /* read_moment() looked */
	return order->day == 0 || report_day_end(store, shop->id, order->day, ret, error);
}

static bool find_item(Store *store, const char *barcode, int64_t *ret, GError **error)
{
	g_autoptr(GError) failed = NULL;
	g_autoptr(Goods) goods = NULL;

	*ret = 0;
	if (barcode == NULL)
		return true;
	goods = goods_find_barcode(store, barcode, &failed);
	if (goods != NULL) {
		*ret = goods->id;
		return true;
	}
	if (failed == NULL)
		failed = g_error_new(PEOPLE_ERROR, PEOPLE_ERROR_NAME,
				     _("There are no goods with the barcode %s."), barcode);
	g_propagate_error(error, g_steal_pointer(&failed));
	return false;
}

static Report *stock_of(Store *store, const StockOrder *order, GError **error)
{
	g_autoptr(Shop) shop = shop_find(store, order->shop, error);
	int64_t item_id, at;

	if (shop == NULL || !find_item(store, order->barcode, &item_id, error) ||
	    !find_moment(store, shop, order, &at, error))
		return NULL;
	return report_run_stock_at(store, shop->id, item_id, at, error);
}

static bool read_moment(const char *date, StockOrder *order)
{
	int64_t at;

	if (date != NULL && order->time != NULL) {
		command_misuse(_("Name a day with --date or a time with --at, not both."));
		return false;
	}
	if (order->time != NULL && !parse_time(order->time, "UTC", &at)) {
		command_misuse(_("A time is written like 2026-11-23T18:00:00, not “%s”."),
			       order->time);
		return false;
	}
	return date == NULL || report_day_parse(date, &order->day) || misuse_day(date);
}

int command_stock(int argc, char **argv)
{
	g_autofree char *dsn = NULL, *shop = NULL, *barcode = NULL, *date = NULL, *time = NULL,
			*format_name = NULL, *output = NULL;
	gboolean problems = false;
	const GOptionEntry entries[] = {
		{ "db", 0, 0, G_OPTION_ARG_STRING, &dsn, N_("the office's database"), "DSN" },
		{ "shop", 0, 0, G_OPTION_ARG_STRING, &shop,
		  N_("the shop; the first one without it"), N_("NAME") },
		{ "barcode", 0, 0, G_OPTION_ARG_STRING, &barcode, N_("of one item"), N_("CODE") },
		{ "date", 0, 0, G_OPTION_ARG_STRING, &date,
		  N_("as it stood at the end of that day; now without it"), N_("DATE") },
		{ "at", 0, 0, G_OPTION_ARG_STRING, &time,
		  N_("as it stood at that time, 2026-11-23T18:00:00"), N_("TIME") },
		{ "problems", 0, 0, G_OPTION_ARG_NONE, &problems,
		  N_("only what is below zero, why, and what to do about it (table, json)"), NULL },
		{ "format", 0, 0, G_OPTION_ARG_STRING, &format_name, "table|json|csv|pdf|xlsx",
		  N_("FORMAT") },
		{ "output", 0, 0, G_OPTION_ARG_FILENAME, &output, N_("writes to a file"),
		  N_("FILE") },
		G_OPTION_ENTRY_NULL,
	};
	g_autoptr(GError) error = NULL;
	g_autoptr(Store) store = NULL;
	g_autoptr(Report) report = NULL;
	StockOrder order = { 0 };
	int status = EXIT_FAILED;
	Format format;

	if (!command_parse(&argc, &argv, entries, NULL, 0,
			   _("What is on the shelf, what one costs and what all is worth.")) ||
	    !command_format(format_name, problems ? LIST_FORMAT : ANY_FORMAT, &format) ||
	    !check_output(format, output))
		return EXIT_MISUSED;
	if (problems)
		return problems_show(dsn, shop, format);
	order = (StockOrder){ .shop = shop, .barcode = barcode, .time = time };
	if (!read_moment(date, &order))
		return EXIT_MISUSED;
	store = command_open(dsn, STORE_READ_ONLY, &status);
	if (store == NULL)
		return status;
	report = stock_of(store, &order, &error);
	if (report == NULL)
		return command_fail(error, dsn);
	return put_report(report, format, output);
}
