/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/office/command_line.h"

#include <jansson.h>
#include <string.h>

#define DB " --db sqlite:office.db "

static void expect(Desk *desk, const char *line, const char *says)
{
	g_autofree char *out = desk_do(desk, line);

	g_assert_cmpstr(out, ==, says);
}

static json_t *ask(Desk *desk, const char *line)
{
	g_autofree char *out = desk_do(desk, line);
	json_t *answer = json_loads(out, 0, NULL);

	g_assert_nonnull(answer);
	return answer;
}

static const char *text(const json_t *object, const char *name)
{
	return json_string_value(json_object_get(object, name));
}

static void expect_balance(Desk *desk, const char *account, const char *balance)
{
	json_auto_t *accounts = ask(desk, "account list --format json" DB);
	const json_t *row;
	size_t i;

	json_array_foreach(accounts, i, row)
	{
		if (strcmp(text(row, "name"), account) == 0) {
			g_assert_cmpstr(text(row, "balance"), ==, balance);
			return;
		}
	}
	g_assert_not_reached();
}

static void open_shop(Desk *desk)
{
	g_autofree char *made = NULL, *added = NULL;

	desk_init(desk);
	made = desk_do(desk, "init" DB "--country ru --shop Corner");
	added = desk_do(desk, "person add" DB "--name Olga --role stock --pin 4711");
}

static void test_entries(void)
{
	g_auto(Desk) desk = { 0 };
	json_auto_t *book = NULL, *report = NULL;
	g_autofree char *verified = NULL;

	open_shop(&desk);
	expect(&desk, "money enter opening --account safe --amount 1000" DB, "Entry № 1\n");
	expect(&desk,
	       "money enter expense --account Safe --amount 250,50 --kind Rent --note March" DB,
	       "Entry № 2\n");
	expect(&desk, "money enter transfer --account safe --to-account bank --amount 500" DB,
	       "Entry № 3\n");
	expect(&desk, "money enter pay --account bank --amount 100 --employee Olga" DB,
	       "Entry № 5\n");
	expect(&desk, "money enter count --account safe --amount 249" DB, "Entry № 6\n");
	expect(&desk, "money reverse 2 --note wrong" DB, "Entry № 7\n");
	expect_balance(&desk, "Safe", "499.50");
	expect_balance(&desk, "Bank account", "400.00");

	book = ask(&desk, "money list --account safe --format json" DB);
	g_assert_cmpuint(json_array_size(book), ==, 5);
	g_assert_cmpstr(text(json_array_get(book, 0), "kind"), ==, "opening");
	g_assert_cmpstr(text(json_array_get(book, 1), "for"), ==, "Rent");
	g_assert_cmpstr(text(json_array_get(book, 1), "amount"), ==, "-250.50");
	g_assert_true(json_is_true(json_object_get(json_array_get(book, 1), "reversed")));
	report = ask(&desk, "report accounts --from 2020-01-01 --to 2099-12-31 --format json" DB);
	g_assert_cmpstr(text(json_object_get(report, "totals"), "balance"), ==, "899.50");
	verified = desk_do(&desk, "verify sqlite:office.db");
	g_assert_true(g_str_has_prefix(verified, "OK"));
}

static void test_refusals(void)
{
	g_auto(Desk) desk = { 0 };

	open_shop(&desk);
	desk_refuses(&desk, "money enter expense --amount 5 --kind Rent" DB, 2, "Which account?");
	desk_refuses(&desk, "money enter expense --account bank --kind Rent" DB, 2, "How much?");
	desk_refuses(&desk, "money enter expense --account bank --amount 1.234 --kind Rent" DB, 2,
		     "not an amount");
	desk_refuses(&desk, "money enter expense --account bank --amount 5 --kind Yacht" DB, 1,
		     "no kind of expense named “Yacht”");
	desk_refuses(&desk, "money enter expense --account purse --amount 5 --kind Rent" DB, 1,
		     "no account named “purse”");
	desk_refuses(&desk, "money enter expense --account safe --amount 5 --kind Rent" DB, 1,
		     "not so much money");
	desk_refuses(&desk, "money enter sales --account bank --amount 5" DB, 1,
		     "comes from tills");
	desk_refuses(&desk, "money enter gift --account bank --amount 5" DB, 2, "not “gift”");
	desk_refuses(&desk,
		     "money enter expense --account bank --amount 5 --kind Rent --person Olga" DB,
		     1, "not among your rights");
	desk_refuses(&desk, "money reverse 4" DB, 1, "no entry № 4");
	desk_refuses(&desk, "money reverse four" DB, 2, "“four”");
	desk_refuses(&desk, "money close 2026-13" DB, 2, "no day");
}

static void test_payments_and_currencies(void)
{
	g_auto(Desk) desk = { 0 };
	g_autofree char *rates = NULL;

	open_shop(&desk);
	expect(&desk, "account add --name Dollars --currency USD" DB, "The account is there.\n");
	desk_refuses(&desk, "money enter opening --account Dollars --amount 10" DB, 1,
		     "no rate of USD");
	expect(&desk, "rate set USD 92.3456 --from 2020-01-01" DB, "The rate is set.\n");
	rates = desk_do(&desk, "rate list" DB);
	g_assert_cmpstr(rates, ==, "2020-01-01  1 USD = 92.3456\n");
	expect(&desk, "money enter opening --account Dollars --amount 10" DB, "Entry № 1\n");
	expect(&desk,
	       "money enter transfer --account Dollars --to-account bank --amount 10 "
	       "--to-amount 930" DB,
	       "Entry № 2\n");
	expect_balance(&desk, "Dollars", "0.00");
	expect_balance(&desk, "Bank account", "930.00");
	expect(&desk, "expense-kind add --name Snow --group premises" DB,
	       "The kind of expense is there.\n");
	expect(&desk, "money enter expense --account bank --amount 30 --kind Snow" DB,
	       "Entry № 5\n");
	expect_balance(&desk, "Bank account", "900.00");
	desk_refuses(&desk, "expense-kind add --name Snow" DB, 1, "already");
	desk_refuses(&desk, "rate set XYZ 1" DB, 2, "XYZ");
	desk_refuses(&desk, "rate set USD nothing" DB, 2, "not a rate");
}

static void test_months_and_ways_of_cash(void)
{
	g_auto(Desk) desk = { 0 };

	open_shop(&desk);
	expect(&desk, "money close 2026-02" DB, "The month and all before it are closed.\n");
	expect(&desk, "money close none" DB, "All months are open.\n");
	expect(&desk, "money setting --cash-out bank --overnight safe" DB,
	       "It holds for what tills tell from now on.\n");
	desk_refuses(&desk, "money setting --overnight pocket" DB, 2, "Over night");
	desk_refuses(&desk, "money setting --cash-out purse" DB, 1, "no account named “purse”");
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/money_cli/entries", test_entries);
	g_test_add_func("/money_cli/refusals", test_refusals);
	g_test_add_func("/money_cli/payments_and_currencies", test_payments_and_currencies);
	g_test_add_func("/money_cli/months_and_ways_of_cash", test_months_and_ways_of_cash);
	return g_test_run();
}
