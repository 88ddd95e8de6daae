/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/session/play.h"
#include "tests/session/shop.h"

#define MORNING "login " MARY "\nopen-shift 1000\n"

static void test_first_sale(void)
{
	char *shop = shop_new("ru", NULL);
	json_auto_t *receipts = NULL;
	const json_t *receipt;

	play_through(shop, MORNING
		     "expect state selling\nexpect shift 1\nexpect cashier Mary\n"
		     "scan " BREAD "\nscan 3*" MILK_SHORT "\nexpect lines 2\nexpect total 294.7\n"
		     "pay cash 500\n"
		     "expect state paid\nexpect change 205.30\nexpect receipt T1-000001\n"
		     "scan " BREAD "\nexpect lines 1\nexpect total 25\npay card\n"
		     "expect receipt T1-000002\nexpect change 0\n");
	receipts = journal_of(shop, "receipt");
	g_assert_cmpuint(json_array_size(receipts), ==, 2);
	receipt = json_array_get(receipts, 0);
	g_assert_cmpstr(json_string_value(json_object_get(receipt, "number")), ==, "T1-000001");
	g_assert_cmpint(json_integer_value(json_object_get(receipt, "cashier")), ==, 1);
	g_assert_true(json_is_null(json_object_get(receipt, "fiscal")));
	shop_remove(shop);
}

static void test_codes_of_every_kind(void)
{
	char *shop = shop_new("ru", NULL);

	play_through(shop, MORNING
		     /* listed with a wrong check digit: lists are like that */
		     "scan " ODD "\nexpect lines 1\n"
		     /* a short UPC-E and the UPC-A it stands for */
		     "scan 04252614\nexpect lines 2\nexpect total 8\n"
		     /* a label of the scales: weight inside */
		     "scan " APPLES_1234 "\nexpect total 156.70\n"
		     /* weighed goods by hand: the weight is typed first */
		     "-scan 10\nexpect code weigh-first\nscan 0.5*10\nexpect total 216.95\n"
		     "-scan 4600000000001\nexpect code bad-check-digit\n"
		     "-scan 12345\nexpect code not-found\nexpect message 12345\n"
		     "-scan 0*" BREAD "\nexpect code bad-quantity\n"
		     "-scan 1.5*" BREAD "\nexpect code whole-only\n"
		     "-scan x*" BREAD "\nexpect code bad-quantity\n"
		     "-scan 5*\nexpect code unreadable\n"
		     "-scan 999999999999*" GOLD "\n"
		     "expect lines 4\nexpect total 216.95\n");
	shop_remove(shop);
}

static void test_lines_are_corrected(void)
{
	char *shop = shop_new("ru", NULL);
	json_auto_t *voids = NULL;

	play_through(shop, MORNING
		     "scan " BREAD "\nscan " MILK "\nqty 4 1\nexpect total 189.90\n"
		     "-qty 0\nexpect code bad-quantity\n-qty 2 9\nexpect code no-line\n"
		     "void line 2\nexpect lines 1\nexpect total 100\n-void line 2\n"
		     "discount line 10%\nexpect total 90\ndiscount line 0\nexpect total 100\n"
		     "discount receipt 9.99\nexpect total 90.01\n"
		     "-discount receipt 100.01\nexpect code bad-discount\n"
		     "-discount line 101%\nexpect code bad-discount\n"
		     "-discount line one\nexpect code bad-discount\n"
		     "expect total 90.01\n");
	voids = journal_of(shop, "line-void");
	g_assert_cmpuint(json_array_size(voids), ==, 1);
	g_assert_cmpint(json_integer_value(json_object_get(json_array_get(voids, 0), "sum")), ==,
			8990);
	shop_remove(shop);
}

static void test_another_pin_allows_one_action(void)
{
	char *shop = shop_new("ru", NULL);
	json_auto_t *overrides = NULL;
	const json_t *first;

	play_through(shop, MORNING
		     "scan " BREAD "\n"
		     "-discount line 20%\nexpect code discount-right\nexpect total 25\n"
		     "-override " MARY "\nexpect code override-right\n"
		     "-override 9999\nexpect code wrong-pin\n"
		     "override " ANN "\nexpect total 20\n"
		     /* the grant is used up */
		     "-override " ANN "\nexpect code nothing-refused\n"
		     "-discount line 30%\nexpect total 20\n"
		     /* and a refused action is forgotten when something else is done */
		     "scan " BREAD "\n-override " ANN "\nexpect code nothing-refused\n"
		     "-price 10\nexpect code price-change-right\noverride " OLIVER "\n"
		     "expect total 30\n"
		     "-scan " NO_PRICE "\nexpect code price-right\noverride " ANN "\n"
		     "expect code price-wanted\n-scan 1\nexpect code not-found\n"
		     "price 12.34\nexpect total 42.34\n"
		     "-void receipt\nexpect code void-right\noverride " ANN "\nexpect lines 0\n"
		     "expect state selling\n-pay cash\nexpect code empty\n");
	overrides = journal_of(shop, "override");
	g_assert_cmpuint(json_array_size(overrides), ==, 4);
	first = json_array_get(overrides, 0);
	g_assert_cmpint(json_integer_value(json_object_get(first, "cashier")), ==, 1);
	g_assert_cmpint(json_integer_value(json_object_get(first, "by")), ==, 2);
	g_assert_cmpstr(json_string_value(json_object_get(first, "right")), ==, "discount");
	shop_remove(shop);
}

static void test_senior_types_prices(void)
{
	char *shop = shop_new("ru", NULL);

	play_through(shop,
		     "login " ANN "\nopen-shift\nscan " NO_PRICE "\nexpect code price-wanted\n"
		     "expect lines 0\n-pay cash\nprice 7,50\nexpect total 7.5\n"
		     "price 8\nexpect total 8\ndiscount receipt 50%\nexpect total 4\n"
		     "void receipt\nexpect lines 0\n"
		     /* the next goods are no price, and no question eats them */
		     "scan " NO_PRICE "\nexpect code price-wanted\nscan " BREAD
		     "\nexpect code price-left-out\nexpect lines 1\nexpect total 25\n"
		     /* also as the first goods after a paid receipt */
		     "pay cash\nexpect state paid\nscan " NO_PRICE
		     "\nexpect code price-wanted\nprice 7,50\nexpect total 7.5\n");
	shop_remove(shop);
}

static void test_payments(void)
{
	char *shop = shop_new("ru", NULL);
	json_auto_t *cards = NULL;

	play_through(shop, MORNING
		     "-pay cash\nexpect code empty\nscan " MILK "\n"
		     "-pay cash nothing\nexpect code bad-amount\n-pay cash 0\n-pay card 90\n"
		     "expect code card-too-much\nexpect state selling\n"
		     "-pay card 50 declined\nexpect code card-declined\nexpect state selling\n"
		     "expect due 89.90\n"
		     "pay card 50\nexpect state tendering\nexpect due 39.9\nexpect code part-paid\n"
		     "-scan " BREAD "\nexpect code paying\n-qty 2\n-close-shift\n"
		     "back\nexpect state selling\nexpect code card-back\nexpect due 89.9\n"
		     "pay cash 40\nexpect state tendering\npay card\nexpect state paid\n"
		     "expect change 0\n"
		     "-pay cash\nexpect code paid-already\n");
	cards = journal_of(shop, "card");
	g_assert_cmpuint(json_array_size(cards), ==, 7);
	shop_remove(shop);
}

static void test_shift_and_people(void)
{
	char *shop = shop_new("ru", NULL);
	json_auto_t *closes = NULL;

	play_through(shop,
		     "-scan " BREAD "\nexpect code locked\n-login " PETE "\n"
		     "expect code no-till-right\n-login 0000\nexpect code wrong-pin\n"
		     "login " MARY "\nexpect state shift-closed\n-scan " BREAD "\n"
		     "expect code shift-closed\n-pay cash\n-open-shift -5\nopen-shift 100\n"
		     "-open-shift\nexpect code shift-is-open\n"
		     "scan " BREAD "\n-close-shift\nexpect code receipt-open\n"
		     "lock\nexpect state locked\n-scan " BREAD "\nlogin " ANN "\n"
		     "expect lines 1\nexpect code restored\npay cash\n"
		     "cash-in 50.50\n-cash-out 175.51\nexpect code not-enough-cash\n"
		     "cash-out 75.50\n-no-sale\nexpect code no-drawer\nx-report\n"
		     "close-shift 101\nexpect code shift-difference\nexpect state shift-closed\n"
		     "open-shift\nexpect shift 2\nclose-shift 0\nexpect code shift-done\n");
	closes = journal_of(shop, "shift-close");
	g_assert_cmpuint(json_array_size(closes), ==, 2);
	g_assert_cmpint(json_integer_value(json_object_get(json_array_get(closes, 0), "counted")),
			==, 10100);
	shop_remove(shop);
}

static void test_guessing_pins_is_slow(void)
{
	char *shop = shop_new("ru", NULL);

	play_through(shop,
		     "-login 1\n-login 2\n-login 3\n-login 4\n-login 5\nexpect code wrong-pin\n"
		     "-login " MARY "\nexpect code pin-wait\nexpect state locked\n");
	shop_remove(shop);
}

static void test_found_by_name(void)
{
	char *shop = shop_new("ru", NULL);
	g_auto(Played) played = play(shop, MORNING "find milk\nadd 2 3\nexpect total 269.7\n"
						   "-add 3\nexpect code weigh-first\nadd 3 0.1\n"
						   "-add 77\nexpect code item-gone\n");
	const json_t *found = json_object_get(played_answer(&played, 2), "found");

	g_assert_cmpint(played.status, ==, 0);
	g_assert_cmpuint(json_array_size(found), ==, 1);
	g_assert_cmpint(json_integer_value(json_object_get(json_array_get(found, 0), "id")), ==, 2);
	shop_remove(shop);
}

static void test_steps_that_are_wrong(void)
{
	char *shop = shop_new("ru", NULL);
	g_auto(Played) wrong = play(shop, "login " MARY "\n# a comment\n\nfly away\nlock\n");
	g_auto(Played) later = play(shop, "login " MARY "\n-coupon 1\nexpect code not-in-version\n");
	g_auto(Played) differs = play(shop, "login " MARY "\nexpect cashier Ann\nlock\n");

	g_assert_cmpint(wrong.status, ==, 1);
	g_assert_cmpuint(json_array_size(wrong.answers), ==, 2);
	g_assert_cmpstr(played_text(&wrong, -1, "code"), ==, "no-step");
	g_assert_cmpstr(played_text(&later, 1, "code"), ==, "not-in-version");
	g_assert_cmpint(differs.status, ==, 1);
	g_assert_cmpstr(played_text(&differs, -1, "code"), ==, "expected");
	shop_remove(shop);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/session/first-sale", test_first_sale);
	g_test_add_func("/session/codes-of-every-kind", test_codes_of_every_kind);
	g_test_add_func("/session/lines-are-corrected", test_lines_are_corrected);
	g_test_add_func("/session/another-pin-allows-one-action",
			test_another_pin_allows_one_action);
	g_test_add_func("/session/senior-types-prices", test_senior_types_prices);
	g_test_add_func("/session/payments", test_payments);
	g_test_add_func("/session/shift-and-people", test_shift_and_people);
	g_test_add_func("/session/guessing-pins-is-slow", test_guessing_pins_is_slow);
	g_test_add_func("/session/found-by-name", test_found_by_name);
	g_test_add_func("/session/steps-that-are-wrong", test_steps_that_are_wrong);
	return g_test_run();
}
