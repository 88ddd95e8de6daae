/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/office/sold_shop.h"
#include "tests/office/stock_room.h"

#include <string.h>

/* Every report of sales and margin against sums that are plain loops over the lines of receipts. */

/* --- the oracle ---------------------------------------------------------------------------- */

typedef struct {
	int64_t receipts, returns, returned, quantity, gross, discount, tax, net, cost, items;
} Sum;

typedef struct {
	const char *by; /* how the report names its rows */
	const char *report;
} Grouping;

static const Grouping groupings[] = {
	{ "item", "sales" },
	{ "item", "items" },
	{ "group", "groups" },
	{ "day", "days" },
	{ "weekday", "weekdays" },
	{ "month", "months" },
	{ "hour", "hours" },
	{ "shop", "shops" },
	{ "till", "tills" },
	{ "cashier", "cashiers" },
	{ "supplier", "supplier-sales" },
	{ "item", "margin" },
	{ "group", "margin-group" },
	{ "day", "margin-day" },
	{ "hour", "margin-hour" },
	{ "month", "margin-month" },
	{ "weekday", "margin-weekday" },
	{ "shop", "margin-shop" },
	{ "till", "margin-till" },
	{ "cashier", "margin-cashier" },
	{ "supplier", "margin-supplier" },
};

static const char *const item_names[] = {
	"",	  "Milk",  "Cheese", "Bread", "Rye bread", "Foodie magazine", "Soap", "Brush",
	"Hammer", "Juice", "Water",  "Bag",   "Card"
};

static int weekday_of(int32_t day)
{
	g_autoptr(GDateTime) date =
		g_date_time_new_utc(day / 10000, day / 100 % 100, day % 100, 0, 0, 0);

	return g_date_time_get_day_of_week(date);
}

static bool below(const char *path, const char *group, bool alone)
{
	size_t n = strlen(group);

	if (n == 0 || alone)
		return strcmp(path, group) == 0;
	return strncmp(path, group, n) == 0 && (path[n] == '\0' || path[n] == '/');
}

static bool is_asked(const SoldFact *fact, const ReportQuery *query)
{
	bool of_receipts = query->until != 0 || query->payment != NULL || query->shift != 0;

	return (query->shop_id == 0 || fact->shop_id == query->shop_id) &&
	       (fact->till_id != 0 || !of_receipts) && fact->day >= query->from &&
	       fact->day <= query->to && (query->till_id == 0 || fact->till_id == query->till_id) &&
	       (query->shift == 0 || fact->shift == query->shift) &&
	       (query->cashier_id == 0 || fact->cashier_id == query->cashier_id) &&
	       (query->item_id == 0 || fact->item_id == query->item_id) &&
	       (query->own == NULL ||
		(fact->item_id == 0 && strcmp(fact->name, query->own) == 0)) &&
	       (query->supplier_id == 0 || fact->supplier_id == query->supplier_id) &&
	       (query->group == NULL || below(fact->group, query->group, query->group_alone)) &&
	       (query->payment == NULL ||
		(strcmp(query->payment, "cash") == 0 ? fact->cash : fact->card)) &&
	       (query->until == 0 || (fact->hour >= query->hour && fact->hour < query->until)) &&
	       (query->weekdays == 0 || (query->weekdays >> (weekday_of(fact->day) - 1) & 1) != 0);
}

/* As the report calls the row; own it. */
static char *dup_label(const SoldFact *fact, const char *by, bool all_shops)
{
	static const char *const people[] = { "", "", "Anna", "Boris", "Vera", "#5", "#6" };
	const char *shop = fact->shop_id == 1 ? "Лавка" : "Второй";
	const char *till = fact->till_id == 2 ? "Till 2" : "Till 1";

	if (fact->till_id == 0 &&
	    (strcmp(by, "hour") == 0 || strcmp(by, "till") == 0 || strcmp(by, "cashier") == 0))
		return g_strdup("Cost without a receipt");
	if (strcmp(by, "item") == 0)
		return g_strdup(fact->item_id == 0 ? fact->name : item_names[fact->item_id]);
	if (strcmp(by, "group") == 0)
		return g_strdup(*fact->group != '\0' ? fact->group : "Without a group");
	if (strcmp(by, "day") == 0)
		return report_day_dup(fact->day);
	if (strcmp(by, "weekday") == 0)
		return g_strdup_printf("%d", weekday_of(fact->day));
	if (strcmp(by, "month") == 0)
		return g_strdup_printf("%04d-%02d", fact->day / 10000, fact->day / 100 % 100);
	if (strcmp(by, "hour") == 0)
		return g_strdup_printf("%d", fact->hour);
	if (strcmp(by, "shop") == 0)
		return g_strdup(shop);
	if (strcmp(by, "till") == 0)
		return all_shops ? g_strdup_printf("%s, %s", shop, till) : g_strdup(till);
	if (strcmp(by, "cashier") == 0)
		return g_strdup(people[fact->cashier_id]);
	g_assert_cmpstr(by, ==, "supplier");
	return g_strdup(fact->supplier_id == 0	 ? "No supplier"
			: fact->supplier_id == 1 ? "North"
						 : "South");
}

static Sum *sum_of(GHashTable *sums, const char *label)
{
	Sum *sum = g_hash_table_lookup(sums, label);

	if (sum == NULL) {
		sum = g_new0(Sum, 1);
		g_hash_table_insert(sums, g_strdup(label), sum);
	}
	return sum;
}

/* Counts a receipt once for each label. */
static void count(Sum *sum, GHashTable *seen, const SoldFact *fact, const char *label)
{
	char *receipt = g_strdup_printf("%s|%d|%d", label, (int)fact->till_id, (int)fact->seq);

	if (g_hash_table_add(seen, receipt)) {
		sum->receipts++;
		sum->returns += fact->is_return;
	}
}

static void add(Sum *sum, const SoldFact *fact)
{
	sum->returned += fact->is_return ? fact->net : 0;
	sum->quantity += fact->quantity;
	sum->gross += fact->gross;
	sum->discount += fact->discount;
	sum->tax += fact->tax;
	sum->net += fact->net;
	sum->cost += fact->cost;
}

/* Label to Sum; "" is all of them. Own it. */
static GHashTable *sum_up(SoldShop *shop, const ReportQuery *query, const char *by, bool with_cost)
{
	GHashTable *sums = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

	sum_of(sums, "");
	for (guint i = 0; i < shop->facts->len; i++) {
		const SoldFact *fact = &g_array_index(shop->facts, SoldFact, i);
		g_autofree char *label = dup_label(fact, by, query->shop_id == 0);

		if (!is_asked(fact, query) || (fact->till_id == 0 && !with_cost))
			continue;
		add(sum_of(sums, ""), fact);
		add(sum_of(sums, label), fact);
		if (fact->till_id == 0)
			continue;
		count(sum_of(sums, ""), seen, fact, "");
		count(sum_of(sums, label), seen, fact, label);
	}
	return sums;
}

/* --- the report beside it ------------------------------------------------------------------ */

static Report *ask(SoldShop *shop, const char *name, const ReportQuery *query)
{
	g_autoptr(GError) error = NULL;
	Report *report = report_ask(shop->office.store, report_find(name), query, &error);

	g_assert_no_error(error);
	return report;
}

static int column_of(const Report *report, const char *name)
{
	const ReportKind *kind = report_get_kind(report);

	for (int i = 0; i < kind->n_columns; i++)
		if (strcmp(kind->columns[i].name, name) == 0)
			return i;
	return -1;
}

static int64_t sum_value(const Sum *sum, const char *column)
{
	const struct {
		const char *name;
		int64_t value;
	} values[] = {
		{ "receipts", sum->receipts }, { "returns", sum->returns },
		{ "returned", sum->returned }, { "quantity", sum->quantity },
		{ "gross", sum->gross },       { "discount", sum->discount },
		{ "tax", sum->tax },	       { "net", sum->net },
		{ "cost", sum->cost },	       { "margin", sum->net - sum->cost },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(values); i++)
		if (strcmp(values[i].name, column) == 0)
			return values[i].value;
	g_assert_not_reached();
}

/* Whether the oracle has an opinion on it. */
static bool is_summed(const ReportColumn *column)
{
	return column->total && strcmp(column->name, "items") != 0 &&
	       strcmp(column->name, "margin-rate") != 0;
}

static char *dup_row_label(const Report *report, int row)
{
	int name = MAX(column_of(report, "name"), 0);
	const ReportCell *cell = report_get_cell(report, row, name);
	ReportType type = report_get_kind(report)->columns[name].type;

	return cell->empty ? g_strdup(cell->text) : report_dup_plain(report, cell, type);
}

static void check_row(const Report *report, int row, const Sum *sum)
{
	const ReportKind *kind = report_get_kind(report);

	for (int i = 0; i < kind->n_columns; i++) {
		const ReportCell *cell =
			row < 0 ? report_get_total(report, i) : report_get_cell(report, row, i);

		if (is_summed(&kind->columns[i]))
			g_assert_cmpint(cell->value, ==, sum_value(sum, kind->columns[i].name));
	}
}

static void check(SoldShop *shop, const Grouping *grouping, const ReportQuery *query)
{
	g_autoptr(Report) report = ask(shop, grouping->report, query);
	g_autoptr(GHashTable) sums =
		sum_up(shop, query, grouping->by, column_of(report, "cost") >= 0);

	g_assert_cmpint(report_get_n_rows(report), ==, (int)g_hash_table_size(sums) - 1);
	for (int row = 0; row < report_get_n_rows(report); row++) {
		g_autofree char *label = dup_row_label(report, row);
		const Sum *sum = g_hash_table_lookup(sums, label);

		g_assert_nonnull(sum);
		check_row(report, row, sum);
	}
	check_row(report, -1, g_hash_table_lookup(sums, ""));
}

/* --- what is asked ------------------------------------------------------------------------- */

static void draw_days(ReportQuery *query, GRand *rand)
{
	int n = g_rand_int_range(rand, 0, 38), m = g_rand_int_range(rand, 0, 20);

	query->from = SOLD_FIRST_DAY;
	for (int i = 0; i < n; i++)
		query->from = sold_next_day(query->from);
	query->to = query->from;
	for (int i = 0; i < m; i++)
		query->to = sold_next_day(query->to);
}

/* Each with one chance in @n, of what the kind takes. */
static bool draw(unsigned takes, unsigned bit, GRand *rand, int n)
{
	return (takes & bit) != 0 && g_rand_int_range(rand, 0, n) == 0;
}

static void draw_goods(ReportQuery *query, unsigned takes, GRand *rand, int n)
{
	static const char *const groups[] = { "Food", "Food/Dairy", "Home", "Foodstuff", "" };
	static const char *const own[] = { "Flowers", "Candle" };

	if (draw(takes, REPORT_TAKES_ITEM, rand, n))
		query->item_id = g_rand_int_range(rand, 1, SOLD_ITEMS + 1);
	else if (draw(takes, REPORT_TAKES_ITEM, rand, n))
		query->own = own[g_rand_int_range(rand, 0, 2)];
	if (draw(takes, REPORT_TAKES_GROUP, rand, n))
		query->group = groups[g_rand_int_range(rand, 0, (int)G_N_ELEMENTS(groups))];
	query->group_alone = query->group != NULL && g_rand_int_range(rand, 0, 3) == 0;
	if (draw(takes, REPORT_TAKES_SUPPLIER, rand, n))
		query->supplier_id = g_rand_int_range(rand, 1, 3);
}

static ReportQuery draw_query(const char *name, GRand *rand, int n)
{
	unsigned takes = report_find(name)->takes;
	ReportQuery query = { .shop_id = g_rand_int_range(rand, 1, 3) };

	draw_days(&query, rand);
	draw_goods(&query, takes, rand, n);
	if (draw(takes, REPORT_TAKES_ALL_SHOPS, rand, 2))
		query.shop_id = 0;
	if (draw(takes, REPORT_TAKES_TILL, rand, n))
		query.till_id = g_rand_int_range(rand, 1, SOLD_TILLS + 1);
	if (query.till_id != 0 && draw(takes, REPORT_TAKES_SHIFT, rand, 3))
		query.shift = g_rand_int_range(rand, 1, 20);
	if (draw(takes, REPORT_TAKES_CASHIER, rand, n))
		query.cashier_id = g_rand_int_range(rand, 2, 7);
	if (draw(takes, REPORT_TAKES_PAYMENT, rand, n))
		query.payment = g_rand_boolean(rand) ? "cash" : "card";
	if (draw(takes, REPORT_TAKES_HOURS, rand, n)) {
		query.hour = g_rand_int_range(rand, 0, 23);
		query.until = g_rand_int_range(rand, query.hour + 1, 25);
	}
	if (draw(takes, REPORT_TAKES_WEEKDAYS, rand, n))
		query.weekdays = (uint32_t)g_rand_int_range(rand, 1, 128);
	return query;
}

/* One narrowing at a time, over all days: each way of answering comes up. */
static void check_each_narrowing(SoldShop *shop, const Grouping *grouping)
{
#define WHOLE .from = SOLD_FIRST_DAY, .to = SOLD_LAST_DAY
	static const ReportQuery queries[] = {
		{ WHOLE },
		{ WHOLE, .shop_id = 1 },
		{ WHOLE, .supplier_id = 1 },
		{ WHOLE, .supplier_id = 2, .weekdays = 1 },
		{ WHOLE, .own = "Candle" },
		{ WHOLE, .item_id = 3 },
		{ WHOLE, .group = "Food" },
		{ WHOLE, .group = "Food", .group_alone = true },
		{ WHOLE, .group = "Food", .hour = 0, .until = 24 },
		{ WHOLE, .group = "Home", .hour = 0, .until = 15 },
		{ WHOLE, .group = "", .cashier_id = 5 },
		{ WHOLE, .till_id = 1, .hour = 12, .until = 18 },
		{ WHOLE, .payment = "card" },
		{ WHOLE, .payment = "cash", .group = "Home" },
		{ WHOLE, .till_id = 2, .shift = 3 },
	};
#undef WHOLE

	for (size_t i = 0; i < G_N_ELEMENTS(queries); i++)
		check(shop, grouping, &queries[i]);
}

/* Goods that were sold already: what they cost more or less than was known is of no receipt. */
static void bring_late(SoldShop *shop)
{
	for (int item = 1; item <= SOLD_ITEMS - 2; item++)
		room_receive(&shop->office, item,
			     shop->tills[1].at - item * G_TIME_SPAN_DAY - MINUTE, 60 * ONE,
			     g_rand_int_range(shop->rand, 1000, 100000));
	sold_shop_read(shop);
}

/* Five weeks and two months, with days on which nobody sold. */
static void sell_for_weeks(SoldShop *shop)
{
	for (int32_t day = SOLD_FIRST_DAY; day <= SOLD_LAST_DAY; day = sold_next_day(day))
		for (int till = 1; till <= SOLD_TILLS; till++) {
			int n = g_rand_int_range(shop->rand, 0, 12);

			if (n < 3)
				continue;
			sold_shop_open(shop, till, day);
			for (int i = 0; i < n; i++)
				sold_shop_sell(shop, till,
					       g_rand_int_range(shop->rand, 0, 6) == 0
						       ? RECEIPT_RETURN
						       : RECEIPT_SALE,
					       g_rand_int_range(shop->rand, 1, 6));
		}
	sold_shop_send(shop);
	bring_late(shop);
}

/* The arrays give what the lines gave. */
static void test_prepared_questions_are_answered_the_same(void)
{
	g_auto(SoldShop) shop = { 0 };
	ReportQuery all = { .from = SOLD_FIRST_DAY, .to = SOLD_LAST_DAY, .group = "Food" };
	g_autoptr(GError) error = NULL;

	sold_shop_init(&shop, 20261124);
	sell_for_weeks(&shop);
	room_sql(&shop.office, "UPDATE sale_day SET heard_at = 0");
	report_prepare(shop.office.store, &all, &error);
	g_assert_no_error(error);
	g_assert_cmpint(room_ask(&shop.office, "SELECT count(*) FROM sale_column"), >, 100);
	for (size_t i = 0; i < G_N_ELEMENTS(groupings); i++)
		check_each_narrowing(&shop, &groupings[i]);
}

static void test_every_report_is_the_receipts(void)
{
	g_auto(SoldShop) shop = { 0 };

	sold_shop_init(&shop, 20261123);
	sell_for_weeks(&shop);
	g_assert_cmpuint(shop.facts->len, >, 1000);
	g_assert_cmpint(room_ask(&shop.office, "SELECT count(*) FROM stock_ledger WHERE difference "
					       "<> 0"),
			>, 5);
	for (size_t i = 0; i < G_N_ELEMENTS(groupings); i++) {
		check_each_narrowing(&shop, &groupings[i]);
		for (int n = 0; n < 60; n++) {
			ReportQuery query =
				draw_query(groupings[i].report, shop.rand, n < 30 ? 4 : 9);

			check(&shop, &groupings[i], &query);
		}
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/report-sold/receipts", test_every_report_is_the_receipts);
	g_test_add_func("/report-sold/prepared", test_prepared_questions_are_answered_the_same);
	return g_test_run();
}
