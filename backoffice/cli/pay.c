/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pay, pay list, pay rule add, pay rule list, pay rule remove */
#include "backoffice/staff/pay.h"
#include "backoffice/cli/command.h"
#include "backoffice/people/shop.h"
#include "backoffice/report/report.h"
#include "backoffice/staff/hours.h"
#include "backoffice/staff/staff_day.h"
#include "base/language.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#define PLAIN (1u << FORMAT_TABLE | 1u << FORMAT_JSON)

/* What all of them are told. */
typedef struct {
	char *dsn, *format, *person, *month, *role, *shop, *kind, *amount, *rate, *threshold,
		*from; /* owned */
	gint64 id;
} PayOrder;

static void pay_order_clear(PayOrder *self)
{
	g_free(self->dsn);
	g_free(self->format);
	g_free(self->person);
	g_free(self->month);
	g_free(self->role);
	g_free(self->shop);
	g_free(self->kind);
	g_free(self->amount);
	g_free(self->rate);
	g_free(self->threshold);
	g_free(self->from);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(PayOrder, pay_order_clear)

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

/* --- what somebody earned ------------------------------------------------------------------ */

static json_t *pay_to_json(const Pay *pay, const NumberStyle *style)
{
	json_t *lines = json_array();
	g_autofree char *month = staff_month_dup(pay->month);

	for (guint i = 0; i < pay->lines->len; i++) {
		const PayLine *line = &g_array_index(pay->lines, PayLine, i);
		g_autofree char *text = pay_line_dup_text(line, pay->currency, style);
		g_autofree char *total = money_dup_decimal((Money){ line->total, pay->currency });

		json_array_append_new(lines, json_pack("{s:s, s:s, s:s}", "kind",
						       pay_kind_code(line->kind), "text", text,
						       "total", total));
	}
	{
		g_autofree char *total = money_dup_decimal((Money){ pay->total, pay->currency });
		g_autofree char *paid = money_dup_decimal((Money){ pay->paid, pay->currency });

		return json_pack("{s:s, s:s, s:I, s:I, s:o, s:s, s:s}", "person", pay->person,
				 "month", month, "minutes", (json_int_t)pay->minutes, "days",
				 (json_int_t)pay->days, "lines", lines, "total", total, "paid",
				 paid);
	}
}

static void print_pay(const Pay *pay, const NumberStyle *style)
{
	g_autofree char *total =
		number_text_money(style, (Money){ pay->total, pay->currency }, true);
	g_autofree char *paid = number_text_money(style, (Money){ pay->paid, pay->currency }, true);
	g_autofree char *hours = hours_dup_text(pay->minutes);

	printf(_("%s: worked %s on %d days"), pay->person, hours, (int)pay->days);
	putchar('\n');
	for (guint i = 0; i < pay->lines->len; i++) {
		g_autofree char *text = pay_line_dup_text(&g_array_index(pay->lines, PayLine, i),
							  pay->currency, style);

		printf("  %s\n", text);
	}
	printf(_("  earned %s, paid out %s"), total, paid);
	putchar('\n');
}

int command_pay(int argc, char **argv)
{
	g_auto(PayOrder) order = { 0 };
	const GOptionEntry entries[] = { ENTRY_DB(order), ENTRY_PERSON(order), ENTRY_MONTH(order),
					 ENTRY_FORMAT(order), G_OPTION_ENTRY_NULL };
	NumberStyle style = language_number_style();
	g_autoptr(GError) error = NULL;
	g_autoptr(Store) store = NULL;
	g_autoptr(Pay) pay = NULL;
	int status = EXIT_FAILED;
	int32_t month;
	int64_t person;
	Format format;

	if (!command_parse(&argc, &argv, entries, NULL, 0,
			   _("What somebody earned in a month, line by line.")) ||
	    !command_format(order.format, PLAIN, &format) || !read_month(order.month, &month))
		return EXIT_MISUSED;
	if (order.person == NULL)
		return command_misuse(_("Who? Name them with --person."));
	store = command_open(order.dsn, STORE_READ_ONLY, &status);
	if (store == NULL)
		return status;
	if (command_find_person(store, order.person, &person, &error))
		pay = pay_of(store, 0, person, month, g_get_real_time(), &error);
	if (pay == NULL)
		return command_fail(error, order.dsn);
	if (format == FORMAT_JSON)
		return command_print_json(pay_to_json(pay, &style));
	print_pay(pay, &style);
	return EXIT_DONE;
}

int command_pay_list(int argc, char **argv)
{
	g_auto(PayOrder) order = { 0 };
	const GOptionEntry entries[] = { ENTRY_DB(order), ENTRY_MONTH(order), ENTRY_FORMAT(order),
					 G_OPTION_ENTRY_NULL };
	NumberStyle style = language_number_style();
	g_autoptr(GError) error = NULL;
	g_autoptr(Store) store = NULL;
	g_autoptr(GPtrArray) list = NULL;
	json_auto_t *array = json_array();
	int status = EXIT_FAILED;
	int32_t month;
	Format format;

	if (!command_parse(&argc, &argv, entries, NULL, 0,
			   _("What everybody earned in a month.")) ||
	    !command_format(order.format, PLAIN, &format) || !read_month(order.month, &month))
		return EXIT_MISUSED;
	store = command_open(order.dsn, STORE_READ_ONLY, &status);
	if (store == NULL)
		return status;
	list = pay_list(store, 0, month, g_get_real_time(), &error);
	if (list == NULL)
		return command_fail(error, order.dsn);
	for (guint i = 0; i < list->len; i++)
		if (format == FORMAT_JSON)
			json_array_append_new(array, pay_to_json(list->pdata[i], &style));
		else
			print_pay(list->pdata[i], &style);
	return format == FORMAT_JSON ? command_print_json(json_incref(array)) : EXIT_DONE;
}

/* --- rules --------------------------------------------------------------------------------- */

/* "1.5" to 150 hundredths of a percent; false where it is none. */
static bool parse_percent(const char *text, int32_t *ret)
{
	Money value;

	if (!money_parse_decimal(text, 643, &value) || value.minor < 0 || value.minor > INT32_MAX)
		return false;
	*ret = (int32_t)value.minor;
	return true;
}

/* What the words of @order say of a rule, of a shop that sells in @currency. */
static bool read_rule(const PayOrder *order, uint16_t currency, PayRule *ret)
{
	Money amount = { 0 };

	if (order->kind == NULL || !pay_kind_parse(order->kind, &ret->kind)) {
		command_misuse(_("Which kind of rule? “%s” is none: hour, day, month, own-net, "
				 "own-margin, shop-net, shop-margin, bonus, bonus-net."),
			       order->kind != NULL ? order->kind : "");
		return false;
	}
	if (pay_kind_is_amount(ret->kind)
		    ? order->amount == NULL ||
			      !money_parse_decimal(order->amount, currency, &amount)
		    : order->rate == NULL || !parse_percent(order->rate, &ret->rate)) {
		command_misuse(_("This kind of rule needs --amount or --percent: how much?"));
		return false;
	}
	ret->amount = amount.minor;
	if (order->threshold != NULL && !parse_percent(order->threshold, &ret->threshold)) {
		command_misuse(_("“%s” is no share of a plan."), order->threshold);
		return false;
	}
	if (order->from == NULL || !report_day_parse(order->from, &ret->first_day)) {
		command_misuse(_("From which day on? Write it like 2026-11-23, with --from."));
		return false;
	}
	return true;
}

static int add_rule(Store *store, const PayOrder *order)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Shop) shop = shop_find(store, order->shop, &error);
	PayRule rule = { .role = order->role != NULL ? order->role : (char *)"" };
	int64_t id;

	if (shop == NULL)
		return command_fail(error, order->dsn);
	if (!read_rule(order, shop->currency, &rule))
		return EXIT_MISUSED;
	rule.shop_id = order->shop != NULL ? shop->id : 0;
	if (!command_find_person(store, order->person, &rule.person_id, &error) ||
	    !pay_rule_add(store, 0, &rule, &id, &error))
		return command_fail(error, order->dsn);
	/* Programs read this line: it is the same in every language. */
	printf("rule %" G_GINT64_FORMAT "\n", id);
	return EXIT_DONE;
}

int command_pay_rule_add(int argc, char **argv)
{
	g_auto(PayOrder) order = { 0 };
	const GOptionEntry entries[] = {
		ENTRY_DB(order),
		ENTRY_PERSON(order),
		{ "role", 0, 0, G_OPTION_ARG_STRING, &order.role,
		  "cashier|senior|stock|manager|admin", N_("ROLE") },
		{ "shop", 0, 0, G_OPTION_ARG_STRING, &order.shop,
		  N_("only what was worked and sold there"), N_("NAME") },
		{ "kind", 0, 0, G_OPTION_ARG_STRING, &order.kind,
		  "hour|day|month|own-net|own-margin|shop-net|shop-margin|bonus|bonus-net",
		  N_("KIND") },
		{ "amount", 0, 0, G_OPTION_ARG_STRING, &order.amount,
		  N_("of hour, day, month, bonus"), N_("AMOUNT") },
		{ "percent", 0, 0, G_OPTION_ARG_STRING, &order.rate, N_("of the others: 1.5"),
		  N_("NUMBER") },
		{ "plan", 0, 0, G_OPTION_ARG_STRING, &order.threshold,
		  N_("of a bonus: from how many percent of the plan on"), N_("NUMBER") },
		{ "from", 0, 0, G_OPTION_ARG_STRING, &order.from, N_("the first day of it"),
		  N_("DAY") },
		G_OPTION_ENTRY_NULL,
	};
	g_autoptr(Store) store = NULL;
	int status = EXIT_FAILED;

	if (!command_parse(&argc, &argv, entries, NULL, 0,
			   _("Adds a rule of pay. One of 0 ends the one before.")))
		return EXIT_MISUSED;
	if ((order.person == NULL) == (order.role == NULL))
		return command_misuse(_("Whose rule? Say --person or --role."));
	store = command_open(order.dsn, STORE_DURABLE, &status);
	return store != NULL ? add_rule(store, &order) : status;
}

static void print_rule(const PayRule *rule, uint16_t currency, const NumberStyle *style)
{
	g_autofree char *day = report_day_dup(rule->first_day);
	g_autofree char *value =
		pay_kind_is_amount(rule->kind)
			? number_text_money(style, (Money){ rule->amount, currency }, true)
			: number_text_percent(style, rule->rate);
	g_autofree char *threshold = number_text_percent(style, rule->threshold);

	printf("%4" G_GINT64_FORMAT "  %-20s  %-12s  %s  %s%s%s\n", rule->id,
	       rule->person_id != 0 ? rule->person : rule->role, pay_kind_code(rule->kind), day,
	       value, rule->threshold != 0 ? " ≥ " : "", rule->threshold != 0 ? threshold : "");
}

static json_t *rule_to_json(const PayRule *rule, uint16_t currency)
{
	g_autofree char *amount = money_dup_decimal((Money){ rule->amount, currency });

	return json_pack("{s:I, s:s, s:s, s:I, s:s, s:s, s:i, s:i, s:i}", "id",
			 (json_int_t)rule->id, "person", rule->person != NULL ? rule->person : "",
			 "role", rule->role, "shop", (json_int_t)rule->shop_id, "kind",
			 pay_kind_code(rule->kind), "amount", amount, "rate", (int)rule->rate,
			 "threshold", (int)rule->threshold, "first_day", (int)rule->first_day);
}

int command_pay_rule_list(int argc, char **argv)
{
	g_auto(PayOrder) order = { 0 };
	const GOptionEntry entries[] = { ENTRY_DB(order), ENTRY_FORMAT(order),
					 G_OPTION_ENTRY_NULL };
	NumberStyle style = language_number_style();
	g_autoptr(GError) error = NULL;
	g_autoptr(Store) store = NULL;
	g_autoptr(Shop) shop = NULL;
	g_autoptr(GPtrArray) rules = NULL;
	json_auto_t *array = json_array();
	int status = EXIT_FAILED;
	Format format;

	if (!command_parse(&argc, &argv, entries, NULL, 0, _("Names the rules of pay.")) ||
	    !command_format(order.format, PLAIN, &format))
		return EXIT_MISUSED;
	store = command_open(order.dsn, STORE_READ_ONLY, &status);
	if (store == NULL)
		return status;
	shop = shop_find(store, NULL, &error);
	rules = shop != NULL ? pay_rules(store, &error) : NULL;
	if (rules == NULL)
		return command_fail(error, order.dsn);
	for (guint i = 0; i < rules->len; i++)
		if (format == FORMAT_JSON)
			json_array_append_new(array, rule_to_json(rules->pdata[i], shop->currency));
		else
			print_rule(rules->pdata[i], shop->currency, &style);
	return format == FORMAT_JSON ? command_print_json(json_incref(array)) : EXIT_DONE;
}

int command_pay_rule_remove(int argc, char **argv)
{
	g_auto(PayOrder) order = { 0 };
	const GOptionEntry entries[] = {
		ENTRY_DB(order),
		{ "id", 0, 0, G_OPTION_ARG_INT64, &order.id, N_("as “pay rule list” has it"), "N" },
		G_OPTION_ENTRY_NULL,
	};
	g_autoptr(GError) error = NULL;
	g_autoptr(Store) store = NULL;
	int status = EXIT_FAILED;

	if (!command_parse(&argc, &argv, entries, NULL, 0,
			   _("Removes a rule of pay, as if it had never been.")))
		return EXIT_MISUSED;
	if (order.id == 0)
		return command_misuse(_("Which rule? “baraa pay rule list” has their numbers."));
	store = command_open(order.dsn, STORE_DURABLE, &status);
	if (store == NULL)
		return status;
	return pay_rule_remove(store, 0, order.id, &error) ? EXIT_DONE
							   : command_fail(error, order.dsn);
}
