/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/cli/problems.h"

#include "backoffice/people/shop.h"
#include "backoffice/stock/stock.h"
#include "base/language.h"
#include "core/number_text.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

static json_t *problem_to_json(const StockProblem *problem)
{
	g_autofree char *quantity = quantity_dup_decimal((Quantity){ .micro = problem->quantity });
	g_autoptr(GDateTime) since = g_date_time_new_from_unix_utc(problem->since / G_USEC_PER_SEC);
	g_autofree char *time = since != NULL ? g_date_time_format_iso8601(since) : g_strdup("");

	return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "code", problem->code, "name",
			 problem->name, "unit", problem->unit, "balance", quantity, "since", time,
			 "cause", stock_cause_code(problem->cause), "hint", problem->hint, "advice",
			 stock_cause_title(problem->cause));
}

static void print_problem(const StockProblem *problem, GTimeZone *zone)
{
	NumberStyle style = language_number_style();
	g_autofree char *quantity =
		number_text_quantity(&style, (Quantity){ .micro = problem->quantity });
	g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(problem->since / G_USEC_PER_SEC);
	g_autoptr(GDateTime) local = utc != NULL ? g_date_time_to_timezone(utc, zone) : NULL;
	g_autofree char *since =
		local != NULL ? g_date_time_format(local, "%Y-%m-%d %H:%M") : g_strdup("");

	printf("%s  %s  %s  %s\n    %s%s%s\n", problem->code, problem->name, quantity, since,
	       problem->hint, *problem->hint != '\0' ? ": " : "",
	       stock_cause_title(problem->cause));
}

static int print_all(const GPtrArray *problems, const Shop *shop, Format format)
{
	g_autoptr(GTimeZone) zone = g_time_zone_new_identifier(shop->timezone);
	json_t *array;

	if (format == FORMAT_JSON) {
		array = json_array();
		for (guint i = 0; i < problems->len; i++)
			json_array_append_new(array, problem_to_json(problems->pdata[i]));
		return command_print_json(array);
	}
	if (zone == NULL)
		zone = g_time_zone_new_utc();
	for (guint i = 0; i < problems->len; i++)
		print_problem(problems->pdata[i], zone);
	if (problems->len == 0)
		puts(_("No goods are below zero."));
	return EXIT_DONE;
}

int problems_show(const char *dsn, const char *shop_name, Format format)
{
	g_autoptr(GError) error = NULL;
	int status = EXIT_FAILED;
	g_autoptr(Store) store = command_open(dsn, STORE_READ_ONLY, &status);
	g_autoptr(GPtrArray) problems = NULL;
	g_autoptr(Shop) shop = NULL;

	if (store == NULL)
		return status;
	shop = shop_find(store, shop_name, &error);
	if (shop != NULL)
		problems = stock_problems(store, shop->id, &error);
	return problems != NULL ? print_all(problems, shop, format) : command_fail(error, dsn);
}
