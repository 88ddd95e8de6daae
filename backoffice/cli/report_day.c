/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report day */
#include "backoffice/cli/command.h"
#include "backoffice/cli/printer.h"
#include "backoffice/people/shop.h"
#include "backoffice/print/day_paper.h"
#include "backoffice/print/day_press.h"
#include "base/language.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ANY_FORMAT ((1u << FORMAT_N) - 1)
#define LIST_FORMAT (1u << FORMAT_TABLE | 1u << FORMAT_JSON)

typedef struct {
	/* owned */
	char *dsn, *shop, *from, *to, *till, *format_name, *output, *printer;
	char **options; /* of the printer */
	int shift, columns, printed_id;
	gboolean print, printed, no_cost;

	Format format;
	int32_t day;
} Order;

static void order_clear(Order *self)
{
	g_free(self->dsn);
	g_free(self->shop);
	g_free(self->from);
	g_free(self->to);
	g_free(self->till);
	g_free(self->format_name);
	g_free(self->output);
	g_free(self->printer);
	g_strfreev(self->options);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Order, order_clear)

/* --- forms --------------------------------------------------------------------------------- */

static char *dup_json(const DayReport *report)
{
	json_t *object = day_report_to_json(report);
	char *text = json_dumps(object, JSON_COMPACT), *line = g_strconcat(text, "\n", NULL);

	free(text);
	json_decref(object);
	return line;
}

static char *dup_form(const DayReport *report, const Order *order, const NumberStyle *style)
{
	switch (order->format) {
	case FORMAT_JSON:
		return dup_json(report);
	case FORMAT_CSV:
		return day_report_dup_csv(report);
	case FORMAT_PAPER: {
		g_autoptr(Paper) paper = day_paper_new(report, style, false);

		return paper_dup_text(paper, order->columns);
	}
	default:
		return day_report_dup_table(report, style);
	}
}

static bool write_form(const DayReport *report, const Order *order, GError **error)
{
	NumberStyle style = language_number_style();
	g_autofree char *text = NULL;

	if (order->format == FORMAT_PDF)
		return day_report_write_pdf(report, &style, order->output, error);
	if (order->format == FORMAT_XLSX)
		return day_report_write_xlsx(report, order->output, error);
	text = dup_form(report, order, &style);
	if (order->output != NULL)
		return g_file_set_contents(order->output, text, -1, error);
	fputs(text, stdout);
	return true;
}

/* --- which day, which shift ----------------------------------------------------------------- */

static bool find_till(Store *store, const Shop *shop, const char *name, int64_t *ret,
		      GError **error)
{
	StoreStatement *row = store_statement(store, "office/day/find_till");
	StoreStep step;

	store_bind_int(row, 1, shop->id);
	store_bind_text(row, 2, name);
	step = store_step(row, error);
	if (step == STORE_ROW)
		*ret = store_get_int(row, 0);
	store_reset(row);
	if (step == STORE_DONE)
		g_set_error(error, PEOPLE_ERROR, PEOPLE_ERROR_SHOP, _("The shop has no till “%s”."),
			    name);
	return step == STORE_ROW;
}

static bool make_query(Store *store, const Shop *shop, const Order *order, DayQuery *ret,
		       GError **error)
{
	*ret = (DayQuery){ .shop_id = shop->id,
			   .day = order->day,
			   .shift = order->shift,
			   .with_cost = !order->no_cost,
			   .with_acts = true };
	return order->shift == 0 || find_till(store, shop, order->till, &ret->till_id, error);
}

static bool misuse_day(const char *text)
{
	command_misuse(_("A day is written like 2026-11-23, not “%s”."), text);
	return false;
}

static bool check_order(Order *order)
{
	const char *day = order->from != NULL ? order->from : order->to;
	bool list = order->printed || order->printed_id != 0;

	if (!command_format(order->format_name, list ? LIST_FORMAT : ANY_FORMAT, &order->format))
		return false;
	if (order->columns < 24 || order->columns > 96)
		command_misuse(_("A paper has 24 to 96 columns."));
	else if ((order->till != NULL) != (order->shift > 0))
		command_misuse(_("Of a shift name both --till and --shift."));
	else if (order->printed_id != 0)
		return true;
	else if (day == NULL && order->shift == 0)
		command_misuse(_("Which day? Name it with --from."));
	else if (day != NULL && !report_day_parse(day, &order->day))
		return misuse_day(day);
	else if (!order->printed && order->from != NULL && order->to != NULL &&
		 strcmp(order->from, order->to) != 0)
		command_misuse(_("The daily report is of one day: leave out --to."));
	else if ((order->format == FORMAT_PDF || order->format == FORMAT_XLSX) &&
		 order->output == NULL && !order->print)
		command_misuse(_("A PDF or a workbook needs a file: name it with --output."));
	else
		return true;
	return false;
}

/* --- on paper ------------------------------------------------------------------------------ */

static bool ask(Store *store, const DayQuery *query, const Order *order, GError **error)
{
	g_autoptr(ReportPrinter) printer = NULL;
	int n;

	if (order->printer == NULL)
		return day_job_ask(store, query, 0, &n, error);
	printer = printer_named(store, query->shop_id, order->printer, order->options, error);
	return printer != NULL && day_job_ask_on(store, query, printer, 0, error);
}

/* What is asked for stays so: a hub, or the next who prints, tries it again. */
static int print(Store *store, const DayQuery *query, const Order *order)
{
	NumberStyle style = language_number_style();
	g_autoptr(DayPress) press = day_press_new(&style);
	g_auto(DayPressResult) result = { 0 };
	g_autoptr(GError) error = NULL;

	if (!ask(store, query, order, &error) || !day_press_run(press, store, &result, &error))
		return command_fail(error, order->dsn);
	printf(_("Printed: %d, not printed: %d.\n"), result.printed, result.failed);
	if (result.trouble != NULL)
		fprintf(stderr, "%s\n", result.trouble);
	return result.failed == 0 ? EXIT_DONE : EXIT_FAILED;
}

static json_t *print_json(const DayPrint *print, const Shop *shop)
{
	g_autoptr(GDateTime) at = g_date_time_new_from_unix_utc(print->at / G_USEC_PER_SEC);
	g_autofree char *time = g_date_time_format_iso8601(at);
	g_autofree char *day = report_day_dup(print->day);
	g_autofree char *net = money_dup_decimal((Money){ print->net, shop->currency });
	g_autofree char *margin = money_dup_decimal((Money){ print->margin, shop->currency });

	return json_pack("{s:I, s:s, s:I, s:I, s:s, s:s, s:s, s:s?, s:b, s:b, s:I, s:s, s:s?}",
			 "id", (json_int_t)print->id, "day", day, "till",
			 (json_int_t)print->till_id, "shift", (json_int_t)print->shift, "form",
			 print->form, "device", print->device, "at", time, "by", print->person,
			 "by_itself", print->by_itself, "copy", print->copy, "receipts",
			 (json_int_t)print->receipts, "net", net, "margin",
			 print->has_margin ? margin : NULL);
}

static int list_json(const GPtrArray *prints, const Shop *shop)
{
	json_t *list = json_array();

	for (guint i = 0; i < prints->len; i++)
		json_array_append_new(list, print_json(prints->pdata[i], shop));
	return command_print_json(list);
}

static int list_table(const GPtrArray *prints, const Shop *shop)
{
	NumberStyle style = language_number_style();
	g_autoptr(GTimeZone) zone = g_time_zone_new_identifier(shop->timezone);

	for (guint i = 0; i < prints->len; i++) {
		const DayPrint *print = prints->pdata[i];
		g_autoptr(GDateTime) utc =
			g_date_time_new_from_unix_utc(print->at / G_USEC_PER_SEC);
		g_autoptr(GDateTime) at =
			zone != NULL ? g_date_time_to_timezone(utc, zone) : g_date_time_ref(utc);
		g_autofree char *time = g_date_time_format(at, "%Y-%m-%d %H:%M");
		g_autofree char *day = report_day_dup(print->day);
		g_autofree char *net =
			number_text_money(&style, (Money){ print->net, shop->currency }, true);

		printf("%4" G_GINT64_FORMAT "  %s  %s  %-5s  %6" G_GINT64_FORMAT "  %s  %s%s\n",
		       print->id, day, time, print->form, print->receipts, net,
		       print->person != NULL ? print->person : _("by itself"),
		       print->copy ? _(" (copy)") : "");
	}
	return EXIT_DONE;
}

static int list_prints(Store *store, const Shop *shop, const Order *order)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) prints = NULL;
	int32_t to = order->day;

	if (order->to != NULL && !report_day_parse(order->to, &to)) {
		misuse_day(order->to);
		return EXIT_MISUSED;
	}
	prints = day_print_list(store, shop->id, order->day, to, &error);
	if (prints == NULL)
		return command_fail(error, order->dsn);
	return order->format == FORMAT_JSON ? list_json(prints, shop) : list_table(prints, shop);
}

/* The report as it stood on a paper. */
static int show_print(Store *store, const Order *order)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *report = day_print_dup_report(store, order->printed_id, &error);

	if (report == NULL && error == NULL)
		g_set_error(&error, REPORT_PRINTER_ERROR, REPORT_PRINTER_ERROR_GONE,
			    _("There is no paper %d."), order->printed_id);
	if (report == NULL)
		return command_fail(error, order->dsn);
	puts(report);
	return EXIT_DONE;
}

/* --- the command --------------------------------------------------------------------------- */

/* All of one moment. */
static int show(Store *store, const DayQuery *query, const Order *order)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(DayReport) report = NULL;

	if (store_begin_read(store, &error))
		report = day_report_read(store, query, &error);
	store_rollback(store);
	return report != NULL && write_form(report, order, &error)
		       ? EXIT_DONE
		       : command_fail(error, order->dsn);
}

static int run(const Order *order)
{
	g_autoptr(GError) error = NULL;
	int status = EXIT_FAILED;
	g_autoptr(Store) store =
		command_open(order->dsn, order->print ? STORE_DURABLE : STORE_READ_ONLY, &status);
	g_autoptr(Shop) shop = NULL;
	DayQuery query;

	if (store == NULL)
		return status;
	if (order->printed_id != 0)
		return show_print(store, order);
	shop = shop_find(store, order->shop, &error);
	if (shop == NULL || !make_query(store, shop, order, &query, &error))
		return command_fail(error, order->dsn);
	if (order->printed)
		return list_prints(store, shop, order);
	return order->print ? print(store, &query, order) : show(store, &query, order);
}

int command_report_day(int argc, char **argv)
{
	g_auto(Order) order = { .columns = 48 };
	const GOptionEntry entries[] = {
		{ "db", 0, 0, G_OPTION_ARG_STRING, &order.dsn, N_("the office's database"), "DSN" },
		{ "from", 0, 0, G_OPTION_ARG_STRING, &order.from,
		  N_("the business day, 2026-11-23"), N_("DATE") },
		{ "to", 0, 0, G_OPTION_ARG_STRING, &order.to, N_("the same day"), N_("DATE") },
		{ "shop", 0, 0, G_OPTION_ARG_STRING, &order.shop,
		  N_("the shop; the first one without it"), N_("NAME") },
		{ "till", 0, 0, G_OPTION_ARG_STRING, &order.till, N_("of one shift of this till"),
		  N_("NAME") },
		{ "shift", 0, 0, G_OPTION_ARG_INT, &order.shift, N_("its number"), "N" },
		{ "format", 0, 0, G_OPTION_ARG_STRING, &order.format_name,
		  "table|json|csv|pdf|xlsx|paper", N_("FORMAT") },
		{ "columns", 0, 0, G_OPTION_ARG_INT, &order.columns,
		  N_("how wide the format “paper” is; 48 without it"), "N" },
		{ "output", 0, 0, G_OPTION_ARG_FILENAME, &order.output, N_("writes to a file"),
		  N_("FILE") },
		{ "without-cost", 0, 0, G_OPTION_ARG_NONE, &order.no_cost,
		  N_("leaves cost and margin out"), NULL },
		{ "print", 0, 0, G_OPTION_ARG_NONE, &order.print,
		  N_("prints it where “baraa printer set” says"), NULL },
		{ "to-printer", 0, 0, G_OPTION_ARG_STRING, &order.printer,
		  N_("with --print: on this one alone: a4, paper, cups:QUEUE or "
		     "escpos@tcp:10.0.0.7:9100 and its options as key=value"),
		  N_("PRINTER") },
		{ "printed", 0, 0, G_OPTION_ARG_NONE, &order.printed,
		  N_("lists what was printed of these days"), NULL },
		{ "printed-id", 0, 0, G_OPTION_ARG_INT, &order.printed_id,
		  N_("the report as it stood on that paper, as JSON"), "N" },
		{ G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &order.options, NULL,
		  N_("[KEY=VALUE…]") },
		G_OPTION_ENTRY_NULL,
	};

	if (!command_parse(&argc, &argv, entries, NULL, 0,
			   _("All of a day on one sheet: figures, taxes, payments, groups, best "
			     "sellers, cashiers, drawers, and what has to be known about them.")) ||
	    !check_order(&order))
		return EXIT_MISUSED;
	return run(&order);
}
