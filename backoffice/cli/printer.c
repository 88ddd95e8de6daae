/* SPDX-License-Identifier: GPL-3.0-or-later */
/* printer set, list, remove, jobs */
#include "backoffice/cli/printer.h"

#include "backoffice/cli/command.h"
#include "backoffice/people/shop.h"
#include "backoffice/print/day_job.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#define LIST_FORMAT (1u << FORMAT_TABLE | 1u << FORMAT_JSON)
#define JOBS_MAX 1000

/* Each option as a shell would need it, and no more: people see it in a form. */
static char *dup_options(char *const *options)
{
	g_autoptr(GString) text = g_string_new(NULL);

	for (int i = 0; options != NULL && options[i] != NULL; i++) {
		g_autofree char *quoted = strpbrk(options[i], " \t\"'\\") != NULL
						  ? g_shell_quote(options[i])
						  : g_strdup(options[i]);

		g_string_append_printf(text, "%s%s", i > 0 ? " " : "", quoted);
	}
	return g_string_free(g_steal_pointer(&text), false);
}

static ReportPrinter *printer_new(int64_t shop_id, PrintForm form, const char *device,
				  char *const *options)
{
	ReportPrinter *printer = g_new0(ReportPrinter, 1);

	printer->shop_id = shop_id;
	printer->form = form;
	printer->device = g_strdup(device);
	printer->options = dup_options(options);
	printer->one_key = true;
	return printer;
}

ReportPrinter *printer_named(Store *store, int64_t shop_id, const char *name, char *const *options,
			     GError **error)
{
	ReportPrinter *printer;
	PrintForm form;

	if (print_form_parse(name, &form))
		return report_printer_find(store, shop_id, form, error);
	form = g_str_has_prefix(name, "cups:") ? PRINT_A4 : PRINT_PAPER;
	printer = printer_new(shop_id, form, name, options);
	printer->with_cost = true; /* who names a printer knows where it stands */
	return printer;
}

static bool misuse_form(const char *text)
{
	command_misuse(_("A printer of reports is for a4 or for paper, not for “%s”."), text);
	return false;
}

/* --- printer set --------------------------------------------------------------------------- */

typedef struct {
	/* owned */
	char *dsn, *shop, *at_close, *person;
	char **words; /* form, device, options */
	gboolean cost, no_key;

	PrintForm form;
	PrintAtClose when;
} SetOrder;

static void set_order_clear(SetOrder *self)
{
	g_free(self->dsn);
	g_free(self->shop);
	g_free(self->at_close);
	g_free(self->person);
	g_strfreev(self->words);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(SetOrder, set_order_clear)

static bool check_set(SetOrder *order)
{
	if (order->words == NULL || order->words[0] == NULL || order->words[1] == NULL) {
		command_misuse(_("Something is missing: %s. See --help."), _("FORM DEVICE"));
		return false;
	}
	if (!print_form_parse(order->words[0], &order->form))
		return misuse_form(order->words[0]);
	if (order->at_close == NULL || print_at_close_parse(order->at_close, &order->when))
		return true;
	command_misuse(_("At the close prints “no”, “shift” or “day”, not “%s”."), order->at_close);
	return false;
}

static int set_printer(const SetOrder *order)
{
	g_autoptr(GError) error = NULL;
	int status = EXIT_FAILED;
	g_autoptr(Store) store = command_open(order->dsn, 0, &status);
	g_autoptr(Shop) shop = NULL;
	g_autoptr(ReportPrinter) printer = NULL;
	int64_t person_id;

	if (store == NULL)
		return status;
	shop = shop_find(store, order->shop, &error);
	if (shop == NULL || !command_find_person(store, order->person, &person_id, &error))
		return command_fail(error, order->dsn);
	printer = printer_new(shop->id, order->form, order->words[1], order->words + 2);
	printer->at_close = order->when;
	printer->with_cost = order->cost;
	printer->one_key = !order->no_key;
	return report_printer_write(store, printer, person_id, &error)
		       ? EXIT_DONE
		       : command_fail(error, order->dsn);
}

int command_printer_set(int argc, char **argv)
{
	g_auto(SetOrder) order = { 0 };
	const GOptionEntry entries[] = {
		{ "db", 0, 0, G_OPTION_ARG_STRING, &order.dsn, N_("the office's database"), "DSN" },
		{ "shop", 0, 0, G_OPTION_ARG_STRING, &order.shop,
		  N_("the shop; the first one without it"), N_("NAME") },
		{ "at-close", 0, 0, G_OPTION_ARG_STRING, &order.at_close,
		  N_("no|shift|day: prints by itself each shift that is closed, or the day with "
		     "the "
		     "last shift of the shop; no without it"),
		  N_("WHEN") },
		{ "cost", 0, 0, G_OPTION_ARG_NONE, &order.cost, N_("with cost and margin"), NULL },
		{ "no-key", 0, 0, G_OPTION_ARG_NONE, &order.no_key,
		  N_("“Print the day” leaves it out"), NULL },
		{ "as", 0, 0, G_OPTION_ARG_STRING, &order.person, N_("who does it"), N_("NAME") },
		{ G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &order.words, NULL,
		  N_("a4|paper DEVICE [KEY=VALUE…]") },
		G_OPTION_ENTRY_NULL,
	};

	if (!command_parse(
		    &argc, &argv, entries, NULL, 0,
		    _("Says where the daily report comes out: on A4 a print queue, cups:QUEUE; "
		      "on paper a receipt printer, escpos@tcp:10.0.0.7:9100, with the options "
		      "that till.conf has: columns=42 letters=ӨО,ҮУ.")) ||
	    !check_set(&order))
		return EXIT_MISUSED;
	return set_printer(&order);
}

/* --- printer list -------------------------------------------------------------------------- */

static int list_printers_json(const GPtrArray *printers)
{
	json_t *list = json_array();

	for (guint i = 0; i < printers->len; i++) {
		const ReportPrinter *printer = printers->pdata[i];

		json_array_append_new(list, json_pack("{s:s, s:s, s:s, s:b, s:s, s:b}", "form",
						      print_form_code(printer->form), "device",
						      printer->device, "options", printer->options,
						      "one_key", printer->one_key, "at_close",
						      print_at_close_code(printer->at_close),
						      "cost", printer->with_cost));
	}
	return command_print_json(list);
}

static int list_printers_table(const GPtrArray *printers)
{
	for (guint i = 0; i < printers->len; i++) {
		const ReportPrinter *printer = printers->pdata[i];

		printf("%-5s  %s %s  %s%s\n", print_form_code(printer->form), printer->device,
		       printer->options, print_at_close_title(printer->at_close),
		       printer->one_key ? "" : _(" (not by the one key)"));
	}
	return EXIT_DONE;
}

int command_printer_list(int argc, char **argv)
{
	g_autofree char *dsn = NULL, *shop_name = NULL, *format_name = NULL;
	const GOptionEntry entries[] = {
		{ "db", 0, 0, G_OPTION_ARG_STRING, &dsn, N_("the office's database"), "DSN" },
		{ "shop", 0, 0, G_OPTION_ARG_STRING, &shop_name,
		  N_("the shop; the first one without it"), N_("NAME") },
		{ "format", 0, 0, G_OPTION_ARG_STRING, &format_name, N_("table or json"),
		  N_("FORMAT") },
		G_OPTION_ENTRY_NULL,
	};
	g_autoptr(GError) error = NULL;
	g_autoptr(Store) store = NULL;
	g_autoptr(Shop) shop = NULL;
	g_autoptr(GPtrArray) printers = NULL;
	int status = EXIT_FAILED;
	Format format;

	if (!command_parse(&argc, &argv, entries, NULL, 0,
			   _("Where the daily report comes out, and when by itself.")) ||
	    !command_format(format_name, LIST_FORMAT, &format))
		return EXIT_MISUSED;
	store = command_open(dsn, STORE_READ_ONLY, &status);
	if (store == NULL)
		return status;
	shop = shop_find(store, shop_name, &error);
	if (shop != NULL)
		printers = report_printer_list(store, shop->id, &error);
	if (printers == NULL)
		return command_fail(error, dsn);
	return format == FORMAT_JSON ? list_printers_json(printers) : list_printers_table(printers);
}

/* --- printer remove ------------------------------------------------------------------------ */

int command_printer_remove(int argc, char **argv)
{
	g_autofree char *dsn = NULL, *shop_name = NULL, *person = NULL;
	const GOptionEntry entries[] = {
		{ "db", 0, 0, G_OPTION_ARG_STRING, &dsn, N_("the office's database"), "DSN" },
		{ "shop", 0, 0, G_OPTION_ARG_STRING, &shop_name,
		  N_("the shop; the first one without it"), N_("NAME") },
		{ "as", 0, 0, G_OPTION_ARG_STRING, &person, N_("who does it"), N_("NAME") },
		G_OPTION_ENTRY_NULL,
	};
	g_autoptr(GError) error = NULL;
	g_autoptr(Store) store = NULL;
	g_autoptr(Shop) shop = NULL;
	int status = EXIT_FAILED;
	int64_t person_id;
	PrintForm form;

	if (!command_parse(&argc, &argv, entries, "a4|paper", 1,
			   _("The daily report comes out there no more.")))
		return EXIT_MISUSED;
	if (!print_form_parse(argv[1], &form)) {
		misuse_form(argv[1]);
		return EXIT_MISUSED;
	}
	store = command_open(dsn, 0, &status);
	if (store == NULL)
		return status;
	shop = shop_find(store, shop_name, &error);
	return shop != NULL && command_find_person(store, person, &person_id, &error) &&
			       report_printer_delete(store, shop->id, form, person_id, &error)
		       ? EXIT_DONE
		       : command_fail(error, dsn);
}

/* --- printer jobs -------------------------------------------------------------------------- */

static json_t *job_json(const DayJob *job)
{
	g_autofree char *day = report_day_dup(job->query.day);

	return json_pack("{s:I, s:s, s:s?, s:I, s:s, s:s, s:s, s:b, s:i, s:s, s:b, s:s?}", "id",
			 (json_int_t)job->id, "day", day, "till", job->till, "shift",
			 (json_int_t)job->query.shift, "form", print_form_code(job->form), "device",
			 job->device, "state", day_job_state_code(job->state), "doubt", job->doubt,
			 "tries", job->tries, "error", job->error, "by_itself", job->by_itself,
			 "by", job->person);
}

static int list_jobs(const GPtrArray *jobs, Format format)
{
	json_t *list = json_array();

	for (guint i = 0; i < jobs->len; i++) {
		const DayJob *job = jobs->pdata[i];
		g_autofree char *day = report_day_dup(job->query.day);

		if (format == FORMAT_JSON)
			json_array_append_new(list, job_json(job));
		else
			printf("%4" G_GINT64_FORMAT "  %s  %-5s  %s  %s  %s\n", job->id, day,
			       print_form_code(job->form), job->device,
			       day_job_state_title(job->state), job->error);
	}
	if (format == FORMAT_JSON)
		return command_print_json(list);
	json_decref(list);
	return EXIT_DONE;
}

static int show_jobs(Store *store, const char *shop_name, bool all, Format format, const char *dsn)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Shop) shop = shop_find(store, shop_name, &error);
	g_autoptr(GPtrArray) jobs = NULL;

	if (shop != NULL)
		jobs = day_job_list(store, shop->id, !all, JOBS_MAX, &error);
	return jobs != NULL ? list_jobs(jobs, format) : command_fail(error, dsn);
}

int command_printer_jobs(int argc, char **argv)
{
	g_autofree char *dsn = NULL, *shop_name = NULL, *format_name = NULL;
	int retry = 0, drop = 0;
	gboolean all = false;
	const GOptionEntry entries[] = {
		{ "db", 0, 0, G_OPTION_ARG_STRING, &dsn, N_("the office's database"), "DSN" },
		{ "shop", 0, 0, G_OPTION_ARG_STRING, &shop_name,
		  N_("the shop; the first one without it"), N_("NAME") },
		{ "all", 0, 0, G_OPTION_ARG_NONE, &all, N_("the printed ones, too"), NULL },
		{ "retry", 0, 0, G_OPTION_ARG_INT, &retry, N_("has this one tried now"), "N" },
		{ "drop", 0, 0, G_OPTION_ARG_INT, &drop, N_("forgets this one"), "N" },
		{ "format", 0, 0, G_OPTION_ARG_STRING, &format_name, N_("table or json"),
		  N_("FORMAT") },
		G_OPTION_ENTRY_NULL,
	};
	g_autoptr(GError) error = NULL;
	g_autoptr(Store) store = NULL;
	int status = EXIT_FAILED;
	Format format;

	if (!command_parse(
		    &argc, &argv, entries, NULL, 0,
		    _("Daily reports that were asked for and are not printed yet, and why.")) ||
	    !command_format(format_name, LIST_FORMAT, &format))
		return EXIT_MISUSED;
	store = command_open(dsn, retry != 0 || drop != 0 ? 0 : STORE_READ_ONLY, &status);
	if (store == NULL)
		return status;
	if ((retry != 0 && !day_job_retry(store, retry, 0, &error)) ||
	    (drop != 0 && !day_job_drop(store, drop, 0, &error)))
		return command_fail(error, dsn);
	return show_jobs(store, shop_name, all, format, dsn);
}
