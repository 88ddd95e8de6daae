/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/cli/command.h"
#include "backoffice/cli/problems.h"
#include "backoffice/cli/report_out.h"
#include "backoffice/goods/goods.h"
#include "backoffice/people/shop.h"

#include <glib/gi18n-lib.h>

#define LIST_FORMAT (1u << FORMAT_TABLE | 1u << FORMAT_JSON)

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
	ReportQuery query;

	if (shop == NULL || !find_item(store, order->barcode, &item_id, error) ||
	    !find_moment(store, shop, order, &at, error))
		return NULL;
	query = (ReportQuery){ .shop_id = shop->id, .item_id = item_id, .at_set = true, .at = at };
	return report_ask(store, report_find("stock"), &query, error);
}

static bool read_day(const char *text, int32_t *ret)
{
	if (report_day_parse(text, ret))
		return true;
	command_misuse(_("A day is written like 2026-11-23, not “%s”."), text);
	return false;
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
	return date == NULL || read_day(date, &order->day);
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
	    !command_format(format_name, problems ? LIST_FORMAT : REPORT_FORMATS, &format) ||
	    !report_out_check(format, output))
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
	return report_out(report, format, output);
}
