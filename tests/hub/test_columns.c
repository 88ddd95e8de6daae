/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/rollup/columns_private.h"
#include "tests/hub/rollup_oracle.h"
#include "tests/hub/rollup_shop.h"

/* --- packing ------------------------------------------------------------------------------- */

static void check_packing(const int64_t *values, guint n, int width)
{
	g_autoptr(GByteArray) bytes = g_byte_array_new();
	g_autofree int64_t *back = g_new0(int64_t, n + 1);
	ColumnPacking packing = column_pack(values, n, bytes);

	g_assert_cmpint(packing.width, ==, width);
	g_assert_cmpint(bytes->len, ==, (guint)width * n);
	g_assert_true(column_unpack(packing, bytes->data, bytes->len, n, back));
	for (guint i = 0; i < n; i++)
		g_assert_cmpint(values[i], ==, back[i]);
	g_assert_false(column_unpack(packing, bytes->data, bytes->len + 1, n, back));
}

static void test_packing(void)
{
	static const struct {
		int64_t values[3];
		int width;
	} cases[] = {
		{ { 7, 7, 7 }, 0 },
		{ { -1, 254, 0 }, 1 },
		{ { -1, 255, 0 }, 2 },
		{ { 1000000, 1065535, 1000001 }, 2 },
		{ { 0, 65536, 1 }, 4 },
		{ { -5, 4294967290, 3 }, 4 },
		{ { -6, 4294967290, 3 }, 8 },
		{ { INT64_MIN, INT64_MAX, 0 }, 8 },
		{ { INT64_MIN, INT64_MIN + 3, INT64_MIN }, 1 },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
		check_packing(cases[i].values, 3, cases[i].width);
	check_packing(NULL, 0, 0);
}

/* --- questions ----------------------------------------------------------------------------- */

static const char *const keys[COLUMNS_N_BY] = {
	[COLUMNS_BY_NONE] = "0",	  [COLUMNS_BY_DAY] = "day",
	[COLUMNS_BY_MONTH] = "day / 100", [COLUMNS_BY_HOUR] = "hour",
	[COLUMNS_BY_WEEKDAY] = "weekday", [COLUMNS_BY_SHOP] = "shop_id",
	[COLUMNS_BY_TILL] = "till_id",	  [COLUMNS_BY_CASHIER] = "cashier_id",
	[COLUMNS_BY_GROUP] = "group_id",  [COLUMNS_BY_ITEM] = "item_id",
};

/* Every line with what it cost, and every difference as one of no receipt. */
#define ALL_LINES                                                                                  \
	"(SELECT r.shop_id, r.day, r.hour, r.till_id, r.cashier_id, l.item_id, l.group_id,"        \
	" r.till_id || '-' || r.seq AS receipt, l.quantity, l.gross, l.discount, l.tax, l.added,"  \
	" l.net, (SELECT coalesce(-sum(k.value), 0) FROM stock_ledger k WHERE k.shop_id = "        \
	"l.shop_id"                                                                                \
	" AND k.till_id = l.till_id AND k.seq = l.seq AND k.line = l.line) AS cost"                \
	" FROM receipt r JOIN receipt_line l USING (shop_id, till_id, seq)"                        \
	" UNION ALL SELECT shop_id, day, 0, 0, 0, item_id, group_id, NULL, 0, 0, 0, 0, 0, 0,"      \
	" -difference FROM stock_ledger WHERE difference <> 0)"

#define WEEKDAY                                                                                    \
	"(strftime('%w', substr(day, 1, 4) || '-' || substr(day, 5, 2) || '-' || substr(day, 7))"  \
	" + 6) % 7 + 1"

static char *dup_groups(const ColumnsQuery *query)
{
	GString *list = g_string_new(NULL);

	for (guint i = 0; i < query->groups->len; i++)
		g_string_append_printf(list, "%s%" G_GINT64_FORMAT, i > 0 ? "," : "",
				       g_array_index(query->groups, int64_t, i));
	return g_string_free(list, FALSE);
}

static char *ask_sql(RollupShop *shop, const ColumnsQuery *query, ColumnsBy by)
{
	GString *sql = g_string_new(NULL);
	g_autofree char *groups = NULL, *text = NULL;

	g_string_append_printf(sql,
			       "SELECT %s, count(DISTINCT receipt),"
			       " count(DISTINCT CASE WHEN quantity < 0 THEN receipt END),"
			       " sum(CASE WHEN quantity < 0 THEN net ELSE 0 END),"
			       " sum(quantity), sum(gross),"
			       " sum(discount), sum(tax), sum(added), sum(net), sum(cost)"
			       " FROM (SELECT *, ",
			       keys[by]);
	g_string_append(sql, WEEKDAY " AS weekday FROM " ALL_LINES ") WHERE 1");
	g_string_append_printf(sql, " AND day BETWEEN %d AND %d", query->first_day,
			       query->last_day);
	if (query->shop_id != 0)
		g_string_append_printf(sql, " AND shop_id = %d", (int)query->shop_id);
	if (query->item_id != 0)
		g_string_append_printf(sql, " AND item_id = %d", (int)query->item_id);
	if (query->till_id != 0)
		g_string_append_printf(sql, " AND till_id = %d", (int)query->till_id);
	if (query->cashier_id != 0)
		g_string_append_printf(sql, " AND cashier_id = %d", (int)query->cashier_id);
	if (query->hours != 0)
		g_string_append_printf(sql, " AND (%u >> hour) & 1", query->hours);
	if (query->weekdays != 0)
		g_string_append_printf(sql, " AND (%u >> (weekday - 1)) & 1", query->weekdays);
	if (query->groups != NULL) {
		groups = dup_groups(query);
		g_string_append_printf(sql, " AND group_id IN (%s)", groups);
	}
	g_string_append(sql, " GROUP BY 1 ORDER BY 1");
	text = g_string_free(sql, FALSE);
	return rollup_dump(shop->db, text);
}

static char *ask_columns(Store *store, const ColumnsQuery *query, ColumnsBy by)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GArray) rows = columns_sum(store, query, by, &error);
	GString *text = g_string_new(NULL);

	g_assert_no_error(error);
	for (guint i = 0; i < rows->len; i++) {
		const ColumnsRow *row = &g_array_index(rows, ColumnsRow, i);
		const int64_t values[] = { row->key,	  row->receipts, row->returns,
					   row->returned, row->quantity, row->gross,
					   row->discount, row->tax,	 row->added,
					   row->net,	  row->cost };

		for (size_t v = 0; v < G_N_ELEMENTS(values); v++)
			g_string_append_printf(text,
					       v > 0 ? "|%" G_GINT64_FORMAT : "%" G_GINT64_FORMAT,
					       values[v]);
		g_string_append_c(text, '\n');
	}
	return g_string_free(text, FALSE);
}

static GArray *some_groups(RollupShop *shop)
{
	GArray *groups = g_array_new(false, false, sizeof(int64_t));

	for (int64_t n = rollup_some(shop, 3); n > 0; n--) {
		const int64_t group = 1 + rollup_some(shop, 5);

		g_array_append_val(groups, group);
	}
	return groups;
}

static void ask_something(RollupShop *shop, Store *store)
{
	g_autoptr(GArray) groups = some_groups(shop);
	const ColumnsBy by = (ColumnsBy)rollup_some(shop, COLUMNS_N_BY - 1);
	g_autofree char *ours = NULL, *theirs = NULL;
	ColumnsQuery query = { .first_day = 20261123 + (int)rollup_some(shop, 2),
			       .last_day = 20261125 + (int)rollup_some(shop, 3) };

	if (rollup_some(shop, 1) == 0)
		query.shop_id = 1 + rollup_some(shop, 2);
	if (rollup_some(shop, 3) == 0)
		query.item_id = 1 + rollup_some(shop, 12);
	if (rollup_some(shop, 3) == 0)
		query.till_id = 1 + rollup_some(shop, 3);
	if (rollup_some(shop, 5) == 0)
		query.cashier_id = 1 + rollup_some(shop, 2);
	if (rollup_some(shop, 3) == 0)
		query.hours = (uint32_t)rollup_some(shop, (1 << 24) - 1);
	if (rollup_some(shop, 3) == 0)
		query.weekdays = (uint32_t)rollup_some(shop, (1 << 7) - 1);
	if (rollup_some(shop, 2) == 0)
		query.groups = groups;
	ours = ask_columns(store, &query, by);
	theirs = ask_sql(shop, &query, by);
	g_assert_cmpstr(ours, ==, theirs);
}

static int64_t days_kept(RollupShop *shop)
{
	return rollup_ask(shop, "SELECT count(*) FROM sale_day d JOIN sale_column c"
				" USING (shop_id, day, stamp) WHERE c.name = 'net'");
}

static void refresh(RollupShop *shop)
{
	g_autoptr(GError) error = NULL;

	columns_refresh(shop->office.store, 0, 0, 99991231, INT64_MAX, &error);
	g_assert_no_error(error);
	g_assert_cmpint(days_kept(shop), ==, rollup_ask(shop, "SELECT count(*) FROM sale_day"));
}

/* Days come to have arrays, lose them when something is told of them late, and get them back. */
static void test_any_question(void)
{
	const guint32 first = g_test_rand_int() % 1000000;

	for (guint32 seed = first; seed < first + (g_test_slow() ? 30 : 4); seed++) {
		g_auto(RollupShop) shop;
		g_autoptr(Store) reader = NULL;

		g_test_message("seed %u", seed);
		rollup_shop_init(&shop, seed);
		reader = store_open(shop.office.dsn, STORE_READ_ONLY, NULL);
		for (int step = 0; step < 80; step++) {
			rollup_step(&shop);
			if (rollup_some(&shop, 9) == 0)
				refresh(&shop);
			ask_something(&shop, rollup_some(&shop, 1) ? reader : shop.office.store);
		}
		refresh(&shop);
		for (int i = 0; i < 40; i++)
			ask_something(&shop, reader);
	}
}

/* A day that is still being sold is read from its lines, time and again; one that has settled gets
 * its arrays from whoever asks first and may write. */
static void test_days_settle(void)
{
	g_auto(RollupShop) shop;
	g_autoptr(GError) error = NULL;
	g_autoptr(Store) reader = NULL;

	rollup_shop_init(&shop, 5);
	for (int i = 0; i < 30; i++)
		rollup_work(&shop, 0);
	rollup_take_in(&shop, 0, shop.tills[0].entries->len, &error);
	g_assert_no_error(error);
	reader = store_open(shop.office.dsn, STORE_READ_ONLY, &error);
	g_assert_no_error(error);
	ask_something(&shop, shop.office.store);
	g_assert_cmpint(days_kept(&shop), ==, 0);
	rollup_sql(&shop, "UPDATE sale_day SET heard_at = heard_at - 3600000000");
	for (int i = 0; i < 20; i++)
		ask_something(&shop, reader);
	g_assert_cmpint(days_kept(&shop), ==, 0);
	for (int i = 0; i < 20; i++)
		ask_something(&shop, shop.office.store);
	g_assert_cmpint(days_kept(&shop), >, 0);
}

static void test_damage_is_said(void)
{
	g_auto(RollupShop) shop;
	g_autoptr(GError) error = NULL;
	const ColumnsQuery query = { .first_day = 0, .last_day = 99991231 };
	g_autoptr(GArray) rows = NULL;

	rollup_shop_init(&shop, 6);
	for (int i = 0; i < 30; i++)
		rollup_work(&shop, 0);
	rollup_take_in(&shop, 0, shop.tills[0].entries->len, &error);
	g_assert_no_error(error);
	refresh(&shop);
	rollup_sql(&shop, "UPDATE sale_column SET data = x'00' WHERE name = 'cost'");
	rows = columns_sum(shop.office.store, &query, COLUMNS_BY_NONE, &error);
	g_assert_error(error, STORE_ERROR, STORE_ERROR_CORRUPT);
	g_assert_null(rows);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/columns/packing", test_packing);
	g_test_add_func("/columns/any-question", test_any_question);
	g_test_add_func("/columns/days-settle", test_days_settle);
	g_test_add_func("/columns/damage-is-said", test_damage_is_said);
	return g_test_run();
}
