/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/office/command_line.h"

#include <jansson.h>
#include <stdbool.h>
#include <string.h>

#define DB " --db sqlite:office.db "
#define BREAD "--barcode 4600000000107 "

static void expect(Desk *desk, const char *line, const char *says)
{
	g_autofree char *out = desk_do(desk, line);

	g_assert_cmpstr(out, ==, says);
}

static void open_shop(Desk *desk)
{
	g_autofree char *made = NULL, *imported = NULL;

	desk_init(desk);
	made = desk_do(desk, "init" DB "--country ru --shop Corner");
	desk_write(desk, "goods.csv",
		   "barcode,name,price,cost,article\n4600000000107,Bread,30.00,20.00,B1\n"
		   "4600000000114,Milk,80.00,60.00,M1\n");
	imported = desk_do(desk, "import goods goods.csv" DB);
}

/* In force, or the one to come; NULL: none. */
static const char *price_in(const json_t *shown, const char *kind, bool to_come)
{
	const json_t *prices = json_object_get(shown, "prices"), *row;
	size_t i;

	json_array_foreach(prices, i, row)
	{
		const char *name = json_string_value(json_object_get(row, "kind"));

		if (strcmp(name, kind) == 0 &&
		    json_is_null(json_object_get(row, "from")) == !to_come)
			return json_string_value(json_object_get(row, "price"));
	}
	return NULL;
}

static json_t *show(Desk *desk, const char *which)
{
	g_autofree char *line = g_strconcat("price show --format json ", which, DB, NULL);
	g_autofree char *out = desk_do(desk, line);
	json_t *shown = json_loads(out, 0, NULL);

	g_assert_nonnull(shown);
	return shown;
}

static void test_kinds_and_prices_to_come(void)
{
	g_auto(Desk) desk = { 0 };
	g_autofree char *set = NULL, *later = NULL, *cancelled = NULL;
	json_t *shown;

	open_shop(&desk);
	expect(&desk, "price kind add --name wholesale --of retail --percent -10 --step 0.50" DB,
	       "kind 2\n");
	expect(&desk, "price kind add --name staff --on-cost --percent 2.5" DB, "kind 3\n");
	set = desk_do(&desk, "price set --price 33.30 " BREAD DB);
	later = desk_do(&desk, "price set --price 40 --from 2099-01-01T08:00 " BREAD DB);
	shown = show(&desk, "--article B1");
	g_assert_cmpstr(price_in(shown, "Retail", false), ==, "33.30");
	g_assert_cmpstr(price_in(shown, "Retail", true), ==, "40.00");
	g_assert_cmpstr(price_in(shown, "wholesale", false), ==, "30.00"); /* 29.97 */
	g_assert_cmpstr(price_in(shown, "wholesale", true), ==, "36.00");
	g_assert_cmpstr(price_in(shown, "staff", false), ==, "20.50");
	json_decref(shown);
	cancelled = desk_do(&desk, "price cancel --from 2099-01-01T08:00 " BREAD DB);
	shown = show(&desk, "--article B1");
	g_assert_null(price_in(shown, "Retail", true));
	g_assert_cmpuint(json_array_size(json_object_get(shown, "history")), ==, 3);
	json_decref(shown);
}

static void test_wrong_words_are_refused(void)
{
	g_auto(Desk) desk = { 0 };
	g_autofree char *kind = NULL;

	open_shop(&desk);
	kind = desk_do(&desk, "price kind add --name wholesale --of retail" DB);
	desk_refuses(&desk, "price set --price 5 --kind wholesale " BREAD DB, 1, "follow from");
	desk_refuses(&desk, "price set --price 5 --kind nothing " BREAD DB, 2, "kind list");
	desk_refuses(&desk, "price set --price -5 " BREAD DB, 2, "not an amount");
	desk_refuses(&desk, "price set --price 5 --from 2020-01-01T08:00 " BREAD DB, 1, "gone");
	desk_refuses(&desk, "price set --price 5 --from tomorrow " BREAD DB, 2, "written like");
	desk_refuses(&desk, "price set --price 5 --barcode 99" DB, 1, "no goods");
	desk_refuses(&desk, "price set --price 5" DB, 2, "--barcode");
	desk_refuses(&desk, "price cancel --from 2099-01-01T08:00 " BREAD DB, 1, "no such price");
	desk_refuses(&desk, "price kind add --name wholesale" DB, 1, "already");
	desk_refuses(&desk, "price rule add --kind wholesale --hours 12:00-08:00" DB, 1, "later");
	desk_refuses(&desk, "price rule add --kind wholesale --hours noon" DB, 2, "18:00");
	desk_refuses(&desk, "price rule remove --rule 9" DB, 1, "no such rule");
}

static void test_a_list_of_prices(void)
{
	g_auto(Desk) desk = { 0 };
	g_auto(Said) said = { 0 };
	json_t *shown;

	open_shop(&desk);
	desk_write(
		&desk, "prices.csv",
		"price;barcode;from\n31,50;4600000000107;\n85.00;4600000000114;2099-05-01T09:30\n"
		"1.00;123;\nx;4600000000107;\n");
	said = desk_run(&desk, "price import prices.csv" DB);
	g_assert_cmpint(said.status, ==, 0);
	g_assert_cmpstr(said.out, ==, "set 2, refused 2\n");
	g_assert_nonnull(strstr(said.err, "line 4"));
	g_assert_nonnull(strstr(said.err, "line 5"));
	shown = show(&desk, "--article B1");
	g_assert_cmpstr(price_in(shown, "Retail", false), ==, "31.50");
	json_decref(shown);
	shown = show(&desk, "--article M1");
	g_assert_cmpstr(price_in(shown, "Retail", false), ==, "80.00");
	g_assert_cmpstr(price_in(shown, "Retail", true), ==, "85.00");
	json_decref(shown);
}

static void test_rules_and_customers(void)
{
	g_auto(Desk) desk = { 0 };
	g_autofree char *kind = NULL, *removed = NULL;

	open_shop(&desk);
	kind = desk_do(&desk, "price kind add --name wholesale --of retail" DB);
	expect(&desk, "customer group add --name Gold" DB, "group 1\n");
	expect(&desk, "customer add --code 77 --name Anna --group Gold" DB, "customer 1\n");
	desk_refuses(&desk, "customer add --code 77 --name Bold" DB, 1, "another customer");
	expect(&desk, "customer list --search an --format json" DB,
	       "[{\"id\":1,\"code\":\"77\",\"name\":\"Anna\",\"contact\":\"\",\"group\":\"Gold\"}]"
	       "\n");
	expect(&desk,
	       "price rule add --kind wholesale --group Gold --days 67 --hours 18:00-24:00 --rank "
	       "3" DB,
	       "rule 1\n");
	expect(&desk, "price rule list --format json" DB,
	       "[{\"id\":1,\"kind\":\"wholesale\",\"shop\":\"\",\"group\":\"Gold\",\"weekdays\":96,"
	       "\"minute\":1080,\"until\":1440,\"first_day\":0,\"last_day\":99991231,\"rank\":3}]"
	       "\n");
	removed = desk_do(&desk, "price rule remove --rule 1" DB);
	expect(&desk, "price rule list --format json" DB, "[]\n");
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/price-cli/to-come", test_kinds_and_prices_to_come);
	g_test_add_func("/price-cli/refused", test_wrong_words_are_refused);
	g_test_add_func("/price-cli/list", test_a_list_of_prices);
	g_test_add_func("/price-cli/rules", test_rules_and_customers);
	return g_test_run();
}
