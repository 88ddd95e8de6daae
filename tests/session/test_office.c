/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/session/chain.h"
#include "tests/session/play.h"
#include "tests/session/running.h"
#include "tests/session/shop.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>

/* The real office and hub on the far side: $BARAA and $BARAA_HUB are their programs. */

static void test_till_and_office_say_the_same(void)
{
	Chain chain = chain_new();
	g_autofree char *text = NULL;
	json_auto_t *report = NULL;
	json_t *totals;

	play_through(chain.till, "login " MARY "\nopen-shift 100\nscan 3*" BREAD "\nscan " MILK "\n"
				 "discount receipt 5.55\nexpect total 159.35\npay cash 200\n"
				 "scan " BREAD "\npay card\nclose-shift\nsync\nexpect outbox 0\n");
	text = CHAIN_BARAA("report", "sales", "--db", chain.dsn, "--from", "2020-01-01", "--to",
			   "2099-12-31", "--format", "json");
	report = json_loads(text, 0, NULL);
	totals = json_object_get(report, "totals");
	g_assert_cmpstr(json_string_value(json_object_get(totals, "net")), ==, "184.35");
	g_assert_cmpstr(json_string_value(json_object_get(totals, "discount")), ==, "5.55");
	g_free(CHAIN_BARAA("verify", chain.dsn));
	chain_free(&chain);
}

/* The office changes a price while the till is open; nobody presses anything. */
static void test_new_price_without_asking(void)
{
	Chain chain = chain_new();
	Running till = running_start(chain.till);
	bool arrived = false;

	running_steps(&till, (const char *const[]){ "login " MARY, "open-shift", "scan " BREAD,
						    "expect total 25", NULL });
	chain_import_bread(&chain, "31.50");
	while (!arrived) {
		json_auto_t *told = NULL;

		running_steps(&till,
			      (const char *const[]){ "pay cash", "wait 50", "scan " BREAD, NULL });
		told = running_step(&till, "-expect total 31.50");
		arrived = json_is_true(json_object_get(told, "ok"));
	}
	running_finish(&till);
	chain_free(&chain);
}

static bool shows_price(Running *till, const char *price)
{
	json_auto_t *told = running_step(till, "find Bread");
	const json_t *found = json_array_get(json_object_get(told, "found"), 0);

	return g_strcmp0(json_string_value(json_object_get(found, "price")), price) == 0;
}

/* Nothing is sold, so that nothing but the till's own round brings it; and the receipt that is open
 * stays as it is. */
static void test_new_price_at_an_idle_till(void)
{
	Chain chain = chain_new();
	Running till = running_start(chain.till);
	gint64 changed;
	double took;

	running_steps(&till, (const char *const[]){ "login " MARY, "open-shift", "scan " BREAD,
						    "sync", NULL });
	g_assert_true(shows_price(&till, "25.00"));
	chain_import_bread(&chain, "31.50");
	changed = g_get_monotonic_time();
	while (!shows_price(&till, "31.50"))
		running_steps(&till, (const char *const[]){ "wait 20", NULL });
	took = (double)(g_get_monotonic_time() - changed) / G_USEC_PER_SEC;
	g_test_message("%.2f s", took);
	g_assert_cmpfloat(took, <, 5.0);
	running_steps(&till, (const char *const[]){ "expect total 25", "scan " BREAD,
						    "expect total 56.50", "pay cash", NULL });
	running_finish(&till);
	chain_free(&chain);
}

/* Three loaves and a milk, sold by one till; the other takes a loaf back, then the first the rest.
 */
static void test_another_tills_sale_comes_back(void)
{
	Chain chain = chain_new();
	char *second = chain_enrol(&chain, "Till 2");
	g_autofree char *text = NULL;
	json_auto_t *report = NULL;

	play_through(chain.till, "login " ANN "\nopen-shift 100\nscan 3*" BREAD "\nscan " MILK "\n"
				 "pay cash 200\nexpect receipt T1-000001\nsync\n");
	play_through(second, "login " ANN "\nopen-shift 100\nopen-return T1-000001 1 1\n"
			     "expect code return-open\nexpect total 25\ngive-back\n"
			     "expect receipt T2-000001\nsync\nexpect outbox 0\n"
			     "-open-return T1-000009\nexpect code not-in-office\n"
			     "scan " BREAD "\nexpect total 25\n");
	play_through(chain.till, "login " ANN "\nsync\nopen-return T1-000001\nexpect total 139.90\n"
				 "give-back\n-open-return T1-000001\nexpect code nothing-left\n"
				 "sync\nexpect outbox 0\n");
	play_through(second, "login " ANN "\nvoid receipt\n-open-return T1-000001\n"
			     "expect code nothing-left\n");
	g_free(CHAIN_BARAA("verify", chain.dsn));
	text = CHAIN_BARAA("report", "cases", "--db", chain.dsn, "--from", "2020-01-01", "--to",
			   "2099-12-31", "--format", "json");
	report = json_loads(text, 0, NULL);
	g_assert_cmpint(json_array_size(json_object_get(report, "rows")), ==, 0);
	shop_remove(second);
	chain_free(&chain);
}

/* Both take back the same while the cable is out: the shoppers have the money, the manager hears.
 */
static void test_two_tills_apart_give_back_the_same(void)
{
	Chain chain = chain_new();
	char *second = chain_enrol(&chain, "Till 2");
	g_autofree char *text = NULL, *url = NULL;
	json_auto_t *report = NULL;
	json_t *row;

	play_through(chain.till, "login " ANN "\nopen-shift 100\nscan " BREAD "\npay cash 25\n"
				 "sync\n");
	play_through(second, "login " ANN "\nopen-shift 100\nopen-return T1-000001\n");
	chain_stop_hub(&chain);
	play_through(second, "login " ANN "\ngive-back\n-open-return T1-000001\n"
			     "expect code office-silent\n");
	play_through(chain.till, "login " ANN "\nopen-return T1-000001\ngive-back\n");
	url = chain_start_hub(&chain, strstr(chain.url, "://") + strlen("://"));
	play_through(chain.till, "login " ANN "\nsync\nexpect outbox 0\n");
	play_through(second, "login " ANN "\nsync\nexpect outbox 0\n");
	text = CHAIN_BARAA("report", "cases", "--db", chain.dsn, "--from", "2020-01-01", "--to",
			   "2099-12-31", "--format", "json");
	report = json_loads(text, 0, NULL);
	row = json_array_get(json_object_get(report, "rows"), 0);
	g_assert_cmpstr(json_string_value(json_object_get(row, "case")), ==, "over-return");
	g_assert_cmpstr(json_string_value(json_object_get(row, "receipt")), ==, "T1-000002");
	g_assert_cmpstr(json_string_value(json_object_get(row, "other")), ==, "T2-000001");
	g_assert_cmpstr(json_string_value(json_object_get(row, "other_cashier")), ==, "Ann");
	shop_remove(second);
	chain_free(&chain);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/office/till-and-office-say-the-same", test_till_and_office_say_the_same);
	g_test_add_func("/office/new-price-without-asking", test_new_price_without_asking);
	g_test_add_func("/office/new-price-at-an-idle-till", test_new_price_at_an_idle_till);
	g_test_add_func("/office/another-tills-sale-comes-back",
			test_another_tills_sale_comes_back);
	g_test_add_func("/office/two-tills-apart-give-back-the-same",
			test_two_tills_apart_give_back_the_same);
	return g_test_run();
}
