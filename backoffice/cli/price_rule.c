/* SPDX-License-Identifier: GPL-3.0-or-later */
/* price kind add, price kind list, price rule add, price rule list, price rule remove */
#include "backoffice/cli/price_words.h"
#include "core/decimal.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#define PLAIN (1u << FORMAT_TABLE | 1u << FORMAT_JSON)

/* --- price kind add ------------------------------------------------------------------------ */

typedef struct {
	char *dsn, *name, *of, *percent, *step, *less; /* owned */
	gboolean on_cost;
} KindOrder;

static void kind_order_clear(KindOrder *self)
{
	g_free(self->dsn);
	g_free(self->name);
	g_free(self->of);
	g_free(self->percent);
	g_free(self->step);
	g_free(self->less);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(KindOrder, kind_order_clear)

static bool read_percent(const char *text, int32_t *ret, int *ret_status)
{
	int64_t percent;

	if (text == NULL)
		return true;
	if (!decimal_parse(text, 2, &percent) || percent < INT32_MIN || percent > INT32_MAX) {
		*ret_status = command_misuse(
			_("A percentage is written like 10 or -2.5, not “%s”."), text);
		return false;
	}
	*ret = (int32_t)percent;
	return true;
}

static bool read_kind(PriceWords *words, const KindOrder *order, PriceKind *ret, int *ret_status)
{
	ret->step = 1;
	if (order->of != NULL || order->on_cost)
		ret->basis = order->on_cost ? PRICE_ON_COST : PRICE_OF_KIND;
	return (order->of == NULL ||
		price_words_kind(words, order->of, &ret->of_kind, ret_status)) &&
	       read_percent(order->percent, &ret->percent, ret_status) &&
	       (order->step == NULL ||
		price_words_amount(words, order->step, &ret->step, ret_status)) &&
	       (order->less == NULL ||
		price_words_amount(words, order->less, &ret->less, ret_status));
}

static int add_kind(PriceWords *words, KindOrder *order)
{
	PriceKind kind = { .name = order->name };
	g_autoptr(GError) error = NULL;
	int status = EXIT_FAILED;

	if (!read_kind(words, order, &kind, &status))
		return status;
	if (!price_kind_write(words->store, &kind, 0, &error))
		return command_fail(error, order->dsn);
	/* Programs read this line: it is the same in every language. */
	printf("kind %" G_GINT64_FORMAT "\n", kind.id);
	return EXIT_DONE;
}

int command_price_kind_add(int argc, char **argv)
{
	g_auto(KindOrder) order = { 0 };
	const GOptionEntry entries[] = {
		{ "db", 0, 0, G_OPTION_ARG_STRING, &order.dsn, N_("the office's database"), "DSN" },
		{ "name", 0, 0, G_OPTION_ARG_STRING, &order.name, N_("such as “wholesale”"),
		  N_("NAME") },
		{ "of", 0, 0, G_OPTION_ARG_STRING, &order.of, N_("follows from this kind of price"),
		  N_("NAME") },
		{ "on-cost", 0, 0, G_OPTION_ARG_NONE, &order.on_cost, N_("follows from the cost"),
		  NULL },
		{ "percent", 0, 0, G_OPTION_ARG_STRING, &order.percent,
		  N_("so much above that, or below with a minus"), "N" },
		{ "step", 0, 0, G_OPTION_ARG_STRING, &order.step,
		  N_("rounded to a multiple of this"), N_("PRICE") },
		{ "less", 0, 0, G_OPTION_ARG_STRING, &order.less,
		  N_("and then so much less: 1.00 and 0.01 give 1.99"), N_("PRICE") },
		G_OPTION_ENTRY_NULL,
	};
	g_auto(PriceWords) words = { 0 };
	g_autoptr(Store) store = NULL;
	int status = EXIT_FAILED;

	if (!command_parse(&argc, &argv, entries, NULL, 0,
			   _("Adds a kind of price: set by hand, or following from another or from "
			     "the cost.")))
		return EXIT_MISUSED;
	if (order.name == NULL)
		return command_misuse(_("What is it called? Say it with --name."));
	if (order.of != NULL && order.on_cost)
		return command_misuse(_("Either --of or --on-cost."));
	store = command_open(order.dsn, STORE_DURABLE, &status);
	if (store == NULL || !price_words_init(&words, store, &status))
		return status;
	return add_kind(&words, &order);
}

/* --- price kind list ----------------------------------------------------------------------- */

static char *dup_percent(int32_t percent)
{
	return decimal_format(percent, 2);
}

static json_t *kind_to_json(const PriceWords *words, const PriceKind *kind)
{
	g_autofree char *percent = dup_percent(kind->percent);
	g_autofree char *step = price_words_dup_amount(words, kind->step);
	g_autofree char *less = price_words_dup_amount(words, kind->less);

	return json_pack("{s:I, s:s, s:s, s:s, s:s, s:s, s:s}", "id", (json_int_t)kind->id, "name",
			 price_kind_title(kind), "basis", price_basis_code(kind->basis), "of",
			 price_words_kind_name(words, kind->of_kind), "percent", percent, "step",
			 step, "less", less);
}

static void print_kind(const PriceWords *words, const PriceKind *kind)
{
	g_autofree char *percent = dup_percent(kind->percent);
	g_autofree char *step = price_words_dup_amount(words, kind->step);
	g_autofree char *less = price_words_dup_amount(words, kind->less);

	printf("%3" G_GINT64_FORMAT "  %-20s  ", kind->id, price_kind_title(kind));
	if (kind->basis == PRICE_BY_HAND)
		puts(_("set by hand"));
	else
		printf(_("%s %s %%, to a multiple of %s, less %s\n"),
		       kind->basis == PRICE_ON_COST ? _("the cost")
						    : price_words_kind_name(words, kind->of_kind),
		       percent, step, less);
}

static int list_kinds(const PriceWords *words, Format format)
{
	json_t *array = json_array();

	for (guint i = 0; i < words->kinds->len; i++) {
		const PriceKind *kind = words->kinds->pdata[i];

		if (format == FORMAT_JSON)
			json_array_append_new(array, kind_to_json(words, kind));
		else
			print_kind(words, kind);
	}
	if (format == FORMAT_JSON)
		return command_print_json(array);
	json_decref(array);
	return EXIT_DONE;
}

/* --- price rule list ----------------------------------------------------------------------- */

static json_t *rule_to_json(const PriceWords *words, const PriceRule *rule)
{
	return json_pack("{s:I, s:s, s:s, s:s, s:i, s:i, s:i, s:i, s:i, s:i}", "id",
			 (json_int_t)rule->id, "kind", price_words_kind_name(words, rule->kind_id),
			 "shop", price_words_shop_name(words, rule->shop_id), "group",
			 price_words_group_name(words, rule->group_id), "weekdays", rule->weekdays,
			 "minute", rule->minute, "until", rule->until, "first_day",
			 (int)rule->first_day, "last_day", (int)rule->last_day, "rank", rule->rank);
}

static void print_rule(const PriceWords *words, const PriceRule *rule)
{
	char days[8] = "-------";

	for (int i = 0; i < 7; i++)
		if ((rule->weekdays & 1 << i) != 0)
			days[i] = (char)('1' + i);
	printf("%3" G_GINT64_FORMAT "  %4d  %-16s  %s  %02d:%02d-%02d:%02d  %08d-%08d  %s  %s\n",
	       rule->id, rule->rank, price_words_kind_name(words, rule->kind_id), days,
	       rule->minute / 60, rule->minute % 60, rule->until / 60, rule->until % 60,
	       (int)rule->first_day, (int)rule->last_day,
	       rule->group_id != 0 ? price_words_group_name(words, rule->group_id) : _("everybody"),
	       rule->shop_id != 0 ? price_words_shop_name(words, rule->shop_id) : _("all shops"));
}

static int list_rules(const PriceWords *words, Format format)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GArray) rules = price_rule_list(words->store, &error);
	json_t *array;

	if (rules == NULL)
		return command_fail(error, NULL);
	array = json_array();
	for (guint i = 0; i < rules->len; i++)
		if (format == FORMAT_JSON)
			json_array_append_new(
				array, rule_to_json(words, &g_array_index(rules, PriceRule, i)));
		else
			print_rule(words, &g_array_index(rules, PriceRule, i));
	if (format == FORMAT_JSON)
		return command_print_json(array);
	json_decref(array);
	return EXIT_DONE;
}

static int run_list(int argc, char **argv, const char *summary,
		    int (*list)(const PriceWords *words, Format format))
{
	g_autofree char *dsn = NULL, *format_name = NULL;
	const GOptionEntry entries[] = {
		{ "db", 0, 0, G_OPTION_ARG_STRING, &dsn, N_("the office's database"), "DSN" },
		{ "format", 0, 0, G_OPTION_ARG_STRING, &format_name, "table|json", N_("FORMAT") },
		G_OPTION_ENTRY_NULL,
	};
	g_auto(PriceWords) words = { 0 };
	g_autoptr(Store) store = NULL;
	int status = EXIT_FAILED;
	Format format;

	if (!command_parse(&argc, &argv, entries, NULL, 0, summary) ||
	    !command_format(format_name, PLAIN, &format))
		return EXIT_MISUSED;
	store = command_open(dsn, STORE_READ_ONLY, &status);
	if (store == NULL || !price_words_init(&words, store, &status))
		return status;
	return list(&words, format);
}

int command_price_kind_list(int argc, char **argv)
{
	return run_list(argc, argv, _("Names the kinds of price and how they are worked out."),
			list_kinds);
}

int command_price_rule_list(int argc, char **argv)
{
	return run_list(argc, argv, _("Who pays which kind of price, and when."), list_rules);
}

/* --- price rule add, remove ---------------------------------------------------------------- */

typedef struct {
	char *dsn, *kind, *shop, *group, *days, *hours; /* owned */
	int first_day, last_day, rank;
} RuleOrder;

static void rule_order_clear(RuleOrder *self)
{
	g_free(self->dsn);
	g_free(self->kind);
	g_free(self->shop);
	g_free(self->group);
	g_free(self->days);
	g_free(self->hours);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(RuleOrder, rule_order_clear)

static bool read_days(const char *text, int *ret, int *ret_status)
{
	*ret = text == NULL ? 127 : 0;
	for (const char *day = text; day != NULL && *day != '\0'; day++) {
		if (*day < '1' || *day > '7') {
			*ret_status = command_misuse(_("Days of the week are digits, 1 is Monday: "
						       "“12345”, not “%s”."),
						     text);
			return false;
		}
		*ret |= 1 << (*day - '1');
	}
	return true;
}

static bool read_hours(const char *text, PriceRule *ret, int *ret_status)
{
	int from, from_minute, until, until_minute, end = 0;

	ret->until = 24 * 60;
	if (text == NULL)
		return true;
	if (sscanf(text, "%2d:%2d-%2d:%2d%n", &from, &from_minute, &until, &until_minute, &end) !=
		    4 ||
	    text[end] != '\0' || from_minute > 59 || until_minute > 59) {
		*ret_status =
			command_misuse(_("Hours are written like 18:00-21:30, not “%s”."), text);
		return false;
	}
	ret->minute = from * 60 + from_minute;
	ret->until = until * 60 + until_minute;
	return true;
}

static int add_rule(PriceWords *words, const RuleOrder *order)
{
	PriceRule rule = { .first_day = order->first_day,
			   .last_day = order->last_day,
			   .rank = order->rank };
	g_autoptr(GError) error = NULL;
	int status = EXIT_FAILED;

	if (!price_words_kind(words, order->kind, &rule.kind_id, &status) ||
	    !price_words_shop(words, order->shop, &rule.shop_id, &status) ||
	    !price_words_group(words, order->group, &rule.group_id, &status) ||
	    !read_days(order->days, &rule.weekdays, &status) ||
	    !read_hours(order->hours, &rule, &status))
		return status;
	if (!price_rule_write(words->store, &rule, 0, &error))
		return command_fail(error, order->dsn);
	/* Programs read this line: it is the same in every language. */
	printf("rule %" G_GINT64_FORMAT "\n", rule.id);
	return EXIT_DONE;
}

int command_price_rule_add(int argc, char **argv)
{
	g_auto(RuleOrder) order = { .last_day = 99991231 };
	const GOptionEntry entries[] = {
		{ "db", 0, 0, G_OPTION_ARG_STRING, &order.dsn, N_("the office's database"), "DSN" },
		{ "kind", 0, 0, G_OPTION_ARG_STRING, &order.kind, N_("the kind that is paid"),
		  N_("NAME") },
		{ "shop", 0, 0, G_OPTION_ARG_STRING, &order.shop, N_("in one shop only"),
		  N_("NAME") },
		{ "group", 0, 0, G_OPTION_ARG_STRING, &order.group,
		  N_("by customers of this group only"), N_("NAME") },
		{ "days", 0, 0, G_OPTION_ARG_STRING, &order.days,
		  N_("of the week, 1 is Monday: 12345"), N_("DAYS") },
		{ "hours", 0, 0, G_OPTION_ARG_STRING, &order.hours, "18:00-21:30", N_("HOURS") },
		{ "first-day", 0, 0, G_OPTION_ARG_INT, &order.first_day, "YYYYMMDD", N_("DAY") },
		{ "last-day", 0, 0, G_OPTION_ARG_INT, &order.last_day, "YYYYMMDD", N_("DAY") },
		{ "rank", 0, 0, G_OPTION_ARG_INT, &order.rank,
		  N_("of several rules that fit the highest counts"), "N" },
		G_OPTION_ENTRY_NULL,
	};
	g_auto(PriceWords) words = { 0 };
	g_autoptr(Store) store = NULL;
	int status = EXIT_FAILED;

	if (!command_parse(&argc, &argv, entries, NULL, 0,
			   _("Adds a rule: who pays which kind of price, and when.")))
		return EXIT_MISUSED;
	if (order.kind == NULL)
		return command_misuse(_("Which kind of price? Say it with --kind."));
	store = command_open(order.dsn, STORE_DURABLE, &status);
	if (store == NULL || !price_words_init(&words, store, &status))
		return status;
	return add_rule(&words, &order);
}

int command_price_rule_remove(int argc, char **argv)
{
	g_autofree char *dsn = NULL;
	gint64 id = 0;
	const GOptionEntry entries[] = {
		{ "db", 0, 0, G_OPTION_ARG_STRING, &dsn, N_("the office's database"), "DSN" },
		{ "rule", 0, 0, G_OPTION_ARG_INT64, &id, N_("its number in the list"), "N" },
		G_OPTION_ENTRY_NULL,
	};
	PriceRule rule = { .deleted = true };
	g_autoptr(GError) error = NULL;
	g_autoptr(Store) store = NULL;
	int status = EXIT_FAILED;

	if (!command_parse(&argc, &argv, entries, NULL, 0, _("Removes a rule.")))
		return EXIT_MISUSED;
	if (id <= 0)
		return command_misuse(_("Which rule? Say its number with --rule."));
	store = command_open(dsn, STORE_DURABLE, &status);
	if (store == NULL)
		return status;
	rule.id = id;
	if (!price_rule_write(store, &rule, 0, &error))
		return command_fail(error, dsn);
	puts(_("The rule is gone."));
	return EXIT_DONE;
}
