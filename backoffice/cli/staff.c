/* SPDX-License-Identifier: GPL-3.0-or-later */
/* plan set, plan list, hours, hours add, hours entries, hours remove, hours set */
#include "backoffice/cli/command.h"
#include "backoffice/people/person.h"
#include "backoffice/people/shop.h"
#include "backoffice/report/report.h"
#include "backoffice/staff/hours.h"
#include "backoffice/staff/plan.h"
#include "backoffice/staff/staff_day.h"
#include "base/language.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#define PLAIN (1u << FORMAT_TABLE | 1u << FORMAT_JSON)

typedef struct {
	char *dsn, *format, *person, *shop, *month, *net, *from, *to, *day, *at, *until,
		*note; /* owned */
	gint64 id, minutes;
} StaffOrder;

static void staff_order_clear(StaffOrder *self)
{
	g_free(self->dsn);
	g_free(self->format);
	g_free(self->person);
	g_free(self->shop);
	g_free(self->month);
	g_free(self->net);
	g_free(self->from);
	g_free(self->to);
	g_free(self->day);
	g_free(self->at);
	g_free(self->until);
	g_free(self->note);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(StaffOrder, staff_order_clear)

#define ENTRY_DB(order)                                                                            \
	{                                                                                          \
		"db", 0, 0, G_OPTION_ARG_STRING, &(order).dsn, N_("the office's database"), "DSN"  \
	}
#define ENTRY_FORMAT(order)                                                                        \
	{                                                                                          \
		"format", 0, 0, G_OPTION_ARG_STRING, &(order).format, "table|json", N_("FORMAT")   \
	}
#define ENTRY_PERSON(order)                                                                        \
	{                                                                                          \
		"person", 0, 0, G_OPTION_ARG_STRING, &(order).person, N_("who"), N_("NAME")        \
	}
#define ENTRY_SHOP(order)                                                                          \
	{                                                                                          \
		"shop", 0, 0, G_OPTION_ARG_STRING, &(order).shop,                                  \
			N_("the shop; the first one without it"), N_("NAME")                       \
	}
#define ENTRY_MONTH(order)                                                                         \
	{                                                                                          \
		"month", 0, 0, G_OPTION_ARG_STRING, &(order).month, N_("such as 2026-11"),         \
			N_("MONTH")                                                                \
	}

static bool read_month(const char *text, int32_t *ret)
{
	if (text != NULL && staff_month_parse(text, ret))
		return true;
	command_misuse(_("Which month? Write it like 2026-11, with --month."));
	return false;
}

static bool read_day(const char *text, int32_t *ret)
{
	if (text != NULL && report_day_parse(text, ret))
		return true;
	command_misuse(_("A day is written like 2026-11-23, not “%s”."), text != NULL ? text : "");
	return false;
}

/* --- plans --------------------------------------------------------------------------------- */

static int set_plan(Store *store, const StaffOrder *order, int32_t month)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Shop) shop = shop_find(store, order->shop, &error);
	int64_t person;
	Money net = { 0 };

	if (shop == NULL)
		return command_fail(error, order->dsn);
	if (order->net != NULL && !money_parse_decimal(order->net, shop->currency, &net))
		return command_misuse(_("“%s” is no amount."), order->net);
	if (!command_find_person(store, order->person, &person, &error) ||
	    !plan_set(store, 0, shop->id, person, month, order->net != NULL ? &net.minor : NULL,
		      &error))
		return command_fail(error, order->dsn);
	return EXIT_DONE;
}

int command_plan_set(int argc, char **argv)
{
	g_auto(StaffOrder) order = { 0 };
	const GOptionEntry entries[] = {
		ENTRY_DB(order),
		ENTRY_SHOP(order),
		{ "person", 0, 0, G_OPTION_ARG_STRING, &order.person,
		  N_("of whom; of the whole shop without it"), N_("NAME") },
		ENTRY_MONTH(order),
		{ "net", 0, 0, G_OPTION_ARG_STRING, &order.net,
		  N_("how much is to be sold; without it the plan is taken back"), N_("AMOUNT") },
		G_OPTION_ENTRY_NULL,
	};
	g_autoptr(Store) store = NULL;
	int status = EXIT_FAILED;
	int32_t month;

	if (!command_parse(&argc, &argv, entries, NULL, 0,
			   _("Sets what a shop or a person is to sell in a month.")) ||
	    !read_month(order.month, &month))
		return EXIT_MISUSED;
	store = command_open(order.dsn, STORE_DURABLE, &status);
	return store != NULL ? set_plan(store, &order, month) : status;
}

static json_t *plan_to_json(const PlanRow *plan, uint16_t currency)
{
	g_autofree char *net = money_dup_decimal((Money){ plan->net, currency });
	g_autofree char *fact = money_dup_decimal((Money){ plan->fact, currency });
	g_autofree char *expected = money_dup_decimal((Money){ plan->expected, currency });
	g_autofree char *forecast = money_dup_decimal((Money){ plan->forecast, currency });

	return json_pack("{s:s, s:s, s:s, s:s, s:o, s:s, s:s}", "shop", plan->shop, "person",
			 plan->person, "plan", net, "sold", fact, "share",
			 plan->has_share ? json_integer(plan->share) : json_null(), "expected",
			 expected, "forecast", forecast);
}

static void print_plan(const PlanRow *plan, uint16_t currency, const NumberStyle *style)
{
	g_autofree char *net = number_text_money(style, (Money){ plan->net, currency }, false);
	g_autofree char *fact = number_text_money(style, (Money){ plan->fact, currency }, false);
	g_autofree char *share = number_text_percent(style, plan->share);
	g_autofree char *forecast =
		number_text_money(style, (Money){ plan->forecast, currency }, false);

	printf("%-16s  %-20s  %16s  %16s  %8s  %16s\n", plan->shop,
	       plan->person_id != 0 ? plan->person : _("The whole shop"), net, fact,
	       plan->has_share ? share : "", forecast);
}

/* The last day of the month, or today. */
static int32_t day_of(const Shop *shop, int32_t month)
{
	g_autoptr(GTimeZone) zone = g_time_zone_new_identifier(shop->timezone);
	g_autoptr(GDateTime) now =
		zone != NULL ? g_date_time_new_now(zone) : g_date_time_new_now_utc();

	return MIN(staff_month_last(month), g_date_time_get_year(now) * 10000 +
						    g_date_time_get_month(now) * 100 +
						    g_date_time_get_day_of_month(now));
}

int command_plan_list(int argc, char **argv)
{
	g_auto(StaffOrder) order = { 0 };
	const GOptionEntry entries[] = { ENTRY_DB(order), ENTRY_MONTH(order), ENTRY_FORMAT(order),
					 G_OPTION_ENTRY_NULL };
	NumberStyle style = language_number_style();
	g_autoptr(GError) error = NULL;
	g_autoptr(Store) store = NULL;
	g_autoptr(Shop) shop = NULL;
	g_autoptr(GPtrArray) plans = NULL;
	json_auto_t *array = json_array();
	int status = EXIT_FAILED;
	int32_t month;
	Format format;

	if (!command_parse(&argc, &argv, entries, NULL, 0,
			   _("Plans of a month, what was sold of them, and what is to come.")) ||
	    !command_format(order.format, PLAIN, &format) || !read_month(order.month, &month))
		return EXIT_MISUSED;
	store = command_open(order.dsn, STORE_READ_ONLY, &status);
	if (store == NULL)
		return status;
	shop = shop_find(store, NULL, &error);
	plans = shop != NULL ? plan_list(store, 0, month, day_of(shop, month), &error) : NULL;
	if (plans == NULL)
		return command_fail(error, order.dsn);
	for (guint i = 0; i < plans->len; i++)
		if (format == FORMAT_JSON)
			json_array_append_new(array, plan_to_json(plans->pdata[i], shop->currency));
		else
			print_plan(plans->pdata[i], shop->currency, &style);
	return format == FORMAT_JSON ? command_print_json(json_incref(array)) : EXIT_DONE;
}

/* --- hours --------------------------------------------------------------------------------- */

static const char *person_name(const GPtrArray *people, int64_t id)
{
	for (guint i = 0; i < people->len; i++) {
		const PersonFile *person = people->pdata[i];

		if (person->id == id)
			return person->name;
	}
	return "";
}

static json_t *day_to_json(const WorkDay *day, const char *person)
{
	return json_pack("{s:i, s:s, s:I, s:I, s:I, s:I, s:I, s:b, s:b}", "day", (int)day->day,
			 "person", person, "shop", (json_int_t)day->shop_id, "first",
			 (json_int_t)day->first, "last", (json_int_t)day->last, "minutes",
			 (json_int_t)day->minutes, "corrected", (json_int_t)day->corrected, "open",
			 (int)day->open, "doubtful", (int)day->doubtful);
}

static void print_day(const WorkDay *day, const char *person)
{
	g_autofree char *text = report_day_dup(day->day), *time = hours_dup_text(day->minutes);

	printf("%s  %-20s  %8s%s\n", text, person, time,
	       day->open       ? _("  still there")
	       : day->doubtful ? _("  no end known: to be corrected")
			       : "");
}

static int print_hours(Store *store, const StaffOrder *order, HoursQuery *query, Format format)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Shop) shop = order->shop != NULL ? shop_find(store, order->shop, &error) : NULL;
	g_autoptr(GPtrArray) people = NULL;
	g_autoptr(GArray) days = NULL;
	json_auto_t *array = json_array();

	query->shop_id = shop != NULL ? shop->id : 0;
	if (error == NULL && command_find_person(store, order->person, &query->person_id, &error))
		people = person_list(store, true, &error);
	days = people != NULL ? hours_list(store, query, &error) : NULL;
	if (days == NULL)
		return command_fail(error, order->dsn);
	for (guint i = 0; i < days->len; i++) {
		const WorkDay *day = &g_array_index(days, WorkDay, i);
		const char *name = person_name(people, day->person_id);

		if (format == FORMAT_JSON)
			json_array_append_new(array, day_to_json(day, name));
		else
			print_day(day, name);
	}
	return format == FORMAT_JSON ? command_print_json(json_incref(array)) : EXIT_DONE;
}

int command_hours(int argc, char **argv)
{
	g_auto(StaffOrder) order = { 0 };
	const GOptionEntry entries[] = {
		ENTRY_DB(order),
		ENTRY_PERSON(order),
		{ "shop", 0, 0, G_OPTION_ARG_STRING, &order.shop,
		  N_("only this shop; all of them without it"), N_("NAME") },
		{ "from", 0, 0, G_OPTION_ARG_STRING, &order.from, N_("first day, 2026-11-23"),
		  N_("DATE") },
		{ "to", 0, 0, G_OPTION_ARG_STRING, &order.to, N_("last day"), N_("DATE") },
		ENTRY_FORMAT(order),
		G_OPTION_ENTRY_NULL,
	};
	HoursQuery query = { .now = g_get_real_time() };
	g_autoptr(Store) store = NULL;
	int status = EXIT_FAILED;
	Format format;

	if (!command_parse(&argc, &argv, entries, NULL, 0,
			   _("Who worked how long on which day.")) ||
	    !command_format(order.format, PLAIN, &format) || !read_day(order.from, &query.from) ||
	    !read_day(order.to, &query.to))
		return EXIT_MISUSED;
	store = command_open(order.dsn, STORE_READ_ONLY, &status);
	return store != NULL ? print_hours(store, &order, &query, format) : status;
}

/* "2026-11-23 09:00" by the shop's clock. */
static bool read_moment(const char *text, const Shop *shop, int64_t *ret)
{
	g_autoptr(GTimeZone) zone = g_time_zone_new_identifier(shop->timezone);
	g_autofree char *day_text = text != NULL ? g_strndup(text, 10) : NULL;
	g_autoptr(GDateTime) at = NULL;
	int hour, minute, n = 0;
	int32_t day;

	if (day_text == NULL || strlen(text) != 16 || !report_day_parse(day_text, &day) ||
	    sscanf(text + 10, " %2d:%2d%n", &hour, &minute, &n) != 2 || n != 6)
		return false;
	at = g_date_time_new(zone, day / 10000, day / 100 % 100, day % 100, hour, minute, 0);
	if (at == NULL)
		return false;
	*ret = g_date_time_to_unix(at) * G_USEC_PER_SEC;
	return true;
}

static int add_hours(Store *store, const StaffOrder *order)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Shop) shop = shop_find(store, order->shop, &error);
	WorkEntry entry = { .is_interval = order->at != NULL,
			    .minutes = order->minutes,
			    .note = order->note != NULL ? order->note : (char *)"" };
	int64_t id;

	if (shop == NULL)
		return command_fail(error, order->dsn);
	if (entry.is_interval && (!read_moment(order->at, shop, &entry.at) ||
				  !read_moment(order->until, shop, &entry.until)))
		return command_misuse(_("From when until when? Write --at and --until like "
					"“2026-11-23 09:00”."));
	if (!entry.is_interval && !read_day(order->day, &entry.day))
		return EXIT_MISUSED;
	entry.shop_id = shop->id;
	if (!command_find_person(store, order->person, &entry.person_id, &error) ||
	    !hours_add_entry(store, 0, &entry, &id, &error))
		return command_fail(error, order->dsn);
	/* Programs read this line: it is the same in every language. */
	printf("entry %" G_GINT64_FORMAT "\n", id);
	return EXIT_DONE;
}

int command_hours_add(int argc, char **argv)
{
	g_auto(StaffOrder) order = { 0 };
	const GOptionEntry entries[] = {
		ENTRY_DB(order),
		ENTRY_SHOP(order),
		ENTRY_PERSON(order),
		{ "at", 0, 0, G_OPTION_ARG_STRING, &order.at, N_("came: 2026-11-23 09:00"),
		  N_("TIME") },
		{ "until", 0, 0, G_OPTION_ARG_STRING, &order.until, N_("left"), N_("TIME") },
		{ "day", 0, 0, G_OPTION_ARG_STRING, &order.day, N_("or: on this day …"),
		  N_("DATE") },
		{ "minutes", 0, 0, G_OPTION_ARG_INT64, &order.minutes,
		  N_("… so many more, or less where below zero"), "N" },
		{ "note", 0, 0, G_OPTION_ARG_STRING, &order.note, N_("why"), N_("TEXT") },
		G_OPTION_ENTRY_NULL,
	};
	g_autoptr(Store) store = NULL;
	int status = EXIT_FAILED;

	if (!command_parse(&argc, &argv, entries, NULL, 0,
			   _("Writes down hours that no till knows, or corrects some.")))
		return EXIT_MISUSED;
	if (order.person == NULL)
		return command_misuse(_("Who? Name them with --person."));
	store = command_open(order.dsn, STORE_DURABLE, &status);
	return store != NULL ? add_hours(store, &order) : status;
}

static int print_entries(Store *store, const StaffOrder *order, int32_t from, int32_t to)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) entries = NULL;
	int64_t person;

	if (command_find_person(store, order->person, &person, &error))
		entries = hours_entries(store, person, from, to, &error);
	if (entries == NULL)
		return command_fail(error, order->dsn);
	for (guint i = 0; i < entries->len; i++) {
		const WorkEntry *entry = entries->pdata[i];
		g_autofree char *day = report_day_dup(entry->day);
		g_autofree char *time = hours_dup_text(
			entry->is_interval ? (entry->until - entry->at) / G_TIME_SPAN_MINUTE
					   : entry->minutes);

		printf("%4" G_GINT64_FORMAT "  %s  %-20s  %8s  %s\n", entry->id, day, entry->person,
		       time, entry->note);
	}
	return EXIT_DONE;
}

int command_hours_entries(int argc, char **argv)
{
	g_auto(StaffOrder) order = { 0 };
	const GOptionEntry entries[] = {
		ENTRY_DB(order),
		ENTRY_PERSON(order),
		{ "from", 0, 0, G_OPTION_ARG_STRING, &order.from, N_("first day, 2026-11-23"),
		  N_("DATE") },
		{ "to", 0, 0, G_OPTION_ARG_STRING, &order.to, N_("last day"), N_("DATE") },
		G_OPTION_ENTRY_NULL,
	};
	g_autoptr(Store) store = NULL;
	int status = EXIT_FAILED;
	int32_t from, to;

	if (!command_parse(&argc, &argv, entries, NULL, 0,
			   _("Hours that were written down or corrected.")) ||
	    !read_day(order.from, &from) || !read_day(order.to, &to))
		return EXIT_MISUSED;
	store = command_open(order.dsn, STORE_READ_ONLY, &status);
	return store != NULL ? print_entries(store, &order, from, to) : status;
}

int command_hours_remove(int argc, char **argv)
{
	g_auto(StaffOrder) order = { 0 };
	const GOptionEntry entries[] = {
		ENTRY_DB(order),
		{ "id", 0, 0, G_OPTION_ARG_INT64, &order.id, N_("as “hours entries” has it"), "N" },
		G_OPTION_ENTRY_NULL,
	};
	g_autoptr(GError) error = NULL;
	g_autoptr(Store) store = NULL;
	int status = EXIT_FAILED;

	if (!command_parse(&argc, &argv, entries, NULL, 0,
			   _("Takes back hours that were written down.")))
		return EXIT_MISUSED;
	if (order.id == 0)
		return command_misuse(_("Which entry? “baraa hours entries” has their numbers."));
	store = command_open(order.dsn, STORE_DURABLE, &status);
	if (store == NULL)
		return status;
	return hours_remove_entry(store, 0, order.id, &error) ? EXIT_DONE
							      : command_fail(error, order.dsn);
}

int command_hours_set(int argc, char **argv)
{
	g_autofree char *dsn = NULL;
	gint gap = -1, day_begin = -1;
	const GOptionEntry entries[] = {
		{ "db", 0, 0, G_OPTION_ARG_STRING, &dsn, N_("the office's database"), "DSN" },
		{ "gap", 0, 0, G_OPTION_ARG_INT, &gap,
		  N_("minutes: a gap shorter than this was work too"), "N" },
		{ "day-begin", 0, 0, G_OPTION_ARG_INT, &day_begin,
		  N_("the hour at which a working day begins; before it, it is the day before"),
		  "N" },
		G_OPTION_ENTRY_NULL,
	};
	g_autoptr(GError) error = NULL;
	g_autoptr(Store) store = NULL;
	HoursSetting setting;
	int status = EXIT_FAILED;

	if (!command_parse(&argc, &argv, entries, NULL, 0, _("Sets how hours are counted.")))
		return EXIT_MISUSED;
	if (gap < 0 && day_begin < 0)
		return command_misuse(_("What should be other? Say --gap or --day-begin."));
	store = command_open(dsn, STORE_DURABLE, &status);
	if (store == NULL)
		return status;
	if (!hours_get_setting(store, &setting, &error))
		return command_fail(error, dsn);
	setting.gap = gap >= 0 ? gap : setting.gap;
	setting.day_begin = day_begin >= 0 ? day_begin * 60 : setting.day_begin;
	return hours_set_setting(store, 0, &setting, &error) ? EXIT_DONE : command_fail(error, dsn);
}
