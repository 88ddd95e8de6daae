/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/office/command_line.h"

#include <jansson.h>
#include <string.h>

/* A supplier from his first list to the act that he signs, on the command line. */

#define GOODS                                                                                      \
	"article,barcode,name,unit,price,minimum\n"                                                \
	"A-1,4600000000015,Milk,pcs,90.00,10\n"                                                    \
	"A-2,4600000000022,Bread,pcs,50.00,0\n"

static void init(Desk *desk)
{
	desk_init(desk);
	g_free(desk_do(desk, "init --db sqlite:office.db --country ru --shop Corner"));
	desk_write(desk, "goods.csv", GOODS);
	g_free(desk_do(desk, "import goods goods.csv --db sqlite:office.db"));
	g_free(desk_do(desk, "supplier add --db sqlite:office.db --name Dairy --days 14 "
			     "--lead-days 2 --review-days 5"));
}

static void expect(const char *text, const char *says)
{
	if (strstr(text, says) == NULL)
		g_test_message("%s", text);
	g_assert_nonnull(strstr(text, says));
}

static json_t *read_json(const Desk *desk, const char *line)
{
	g_autofree char *text = desk_do(desk, line);
	json_t *json = json_loads(text, 0, NULL);

	g_assert_nonnull(json);
	return json;
}

static const char *string_of(const json_t *object, const char *name)
{
	return json_string_value(json_object_get(object, name));
}

static void test_suppliers(void)
{
	g_auto(Desk) desk = { 0 };
	json_t *list;

	init(&desk);
	g_free(desk_do(&desk,
		       "supplier set --db sqlite:office.db --supplier Dairy --phone 99112233 "
		       "--least-order 500"));
	list = read_json(&desk, "supplier list --db sqlite:office.db --format json");
	g_assert_cmpuint(json_array_size(list), ==, 1);
	g_assert_cmpstr(string_of(json_array_get(list, 0), "phone"), ==, "99112233");
	g_assert_cmpstr(string_of(json_array_get(list, 0), "least_order"), ==, "500.00");
	g_assert_cmpint(json_integer_value(json_object_get(json_array_get(list, 0), "days")), ==,
			14); /* what is not named stays */
	json_decref(list);
	desk_refuses(&desk, "supplier add --db sqlite:office.db --name Dairy", 1, "already");
	desk_refuses(&desk, "supplier add --db sqlite:office.db", 2, "--name");
	desk_refuses(&desk, "supplier show --db sqlite:office.db --supplier Nobody", 1, "Nobody");
	desk_refuses(&desk, "supplier show --db sqlite:office.db", 2, "--supplier");
	desk_refuses(&desk, "supplier set --db sqlite:office.db --supplier Dairy --review-days 0",
		     1, "every 1 to 365");
}

static void test_price_lists(void)
{
	g_auto(Desk) desk = { 0 };
	g_autofree char *tried = NULL, *done = NULL, *dearer = NULL;
	json_t *show;

	init(&desk);
	desk_write(&desk, "list.csv", "code,barcode,cost\nD-1,4600000000015,60.00\nD-9,,1.00\n");
	tried = desk_do(&desk, "supplier prices list.csv --db sqlite:office.db --supplier Dairy "
			       "--dry-run");
	expect(tried, "changed 1, same 0, dearer 0, unknown 1, refused 0\n");
	done = desk_do(&desk, "supplier prices list.csv --db sqlite:office.db --supplier Dairy");
	expect(done, "line 3: not among our goods: D-9");
	desk_write(&desk, "list.csv", "code,cost\nD-1,66.00\n");
	dearer = desk_do(&desk, "supplier prices list.csv --db sqlite:office.db --supplier Dairy");
	expect(dearer, "dearer: Milk: 60.00 → 66.00 (+10");
	expect(dearer, "margin 26.67");
	show = read_json(&desk,
			 "supplier show --db sqlite:office.db --supplier Dairy --format json");
	g_assert_cmpstr(string_of(json_array_get(json_object_get(show, "goods"), 0), "cost"), ==,
			"66.00");
	json_decref(show);
	desk_refuses(&desk, "supplier prices nowhere.csv --db sqlite:office.db --supplier Dairy", 1,
		     "nowhere.csv");
	desk_refuses(
		&desk,
		"supplier prices list.csv --db sqlite:office.db --supplier Dairy --columns x,y", 2,
		"no column");
}

static void test_a_proposal_becomes_an_order(void)
{
	g_auto(Desk) desk = { 0 };
	g_autofree char *shown = NULL, *made = NULL, *again = NULL, *path = NULL;
	json_t *lines;

	init(&desk);
	desk_write(&desk, "list.csv", "code,barcode,cost,factor\nD-1,4600000000015,60.00,6\n");
	g_free(desk_do(&desk, "supplier prices list.csv --db sqlite:office.db --supplier Dairy"));
	shown = desk_do(&desk, "propose --db sqlite:office.db");
	expect(shown, "Not sold lately, at least 10 on the shelf, none there");
	expect(shown, "together 720.00");
	lines = read_json(&desk, "propose --db sqlite:office.db --supplier Dairy --format json");
	g_assert_cmpuint(json_array_size(lines), ==, 1);
	g_assert_cmpstr(string_of(json_array_get(lines, 0), "quantity"), ==, "12");
	json_decref(lines);
	made = desk_do(&desk, "propose --db sqlite:office.db --create");
	g_assert_cmpstr(made, ==, "draft D-000001, 1 lines\n");
	again = desk_do(&desk, "propose --db sqlite:office.db --create");
	expect(again, "Nothing has to be ordered.");
	g_free(desk_do(&desk, "supplier order D-000001 --db sqlite:office.db --output order.pdf"));
	path = desk_dup_path(&desk, "order.pdf");
	g_assert_true(g_file_test(path, G_FILE_TEST_IS_REGULAR));
	desk_refuses(&desk, "propose --db sqlite:office.db --days 9999", 2, "1 to 366");
}

static void test_debts_and_the_act(void)
{
	g_auto(Desk) desk = { 0 };
	g_autofree char *debts = NULL, *path = NULL;
	json_t *report, *row;

	init(&desk);
	g_free(desk_do(&desk,
		       "supplier debt --db sqlite:office.db --supplier Dairy --amount 250.50 "
		       "--day 2026-01-10 --due 2026-01-20 --note old"));
	desk_write(&desk, "delivery.json",
		   "{\"kind\": \"delivery\", \"supplier\": \"Dairy\", \"reference\": \"7\", "
		   "\"date\": \"2026-02-01\", \"lines\": [{\"article\": \"A-1\", \"quantity\": "
		   "\"2\", \"cost\": \"100.00\"}]}");
	g_free(desk_do(&desk, "post delivery.json --db sqlite:office.db"));
	report = read_json(&desk,
			   "report debts --db sqlite:office.db --to 2026-02-10 --format json");
	g_assert_cmpuint(json_array_size(json_object_get(report, "rows")), ==, 2);
	row = json_array_get(json_object_get(report, "rows"), 1);
	g_assert_cmpstr(string_of(row, "document"), ==, "D-000001");
	g_assert_cmpstr(string_of(row, "due"), ==, "2026-02-15");
	g_assert_cmpstr(string_of(row, "left"), ==, "100.00");
	json_decref(report);
	debts = desk_do(&desk, "report debts --db sqlite:office.db --to 2026-01-15");
	expect(debts, "250.50");
	g_assert_null(strstr(debts, "D-000001")); /* it had not come */
	g_free(desk_do(&desk,
		       "supplier act --db sqlite:office.db --supplier Dairy --from 2026-01-01 "
		       "--to 2026-03-01 --output act.xlsx"));
	path = desk_dup_path(&desk, "act.xlsx");
	g_assert_true(g_file_test(path, G_FILE_TEST_IS_REGULAR));
	desk_refuses(&desk,
		     "supplier act --db sqlite:office.db --supplier Dairy --from 2026-03-01 --to "
		     "2026-01-01 --output act.pdf",
		     2, "is after the last");
	desk_refuses(&desk,
		     "supplier debt --db sqlite:office.db --supplier Dairy --amount much --day "
		     "2026-01-01",
		     2, "not an amount");
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/buying-cli/suppliers", test_suppliers);
	g_test_add_func("/buying-cli/price-lists", test_price_lists);
	g_test_add_func("/buying-cli/a-proposal-becomes-an-order",
			test_a_proposal_becomes_an_order);
	g_test_add_func("/buying-cli/debts-and-the-act", test_debts_and_the_act);
	return g_test_run();
}
