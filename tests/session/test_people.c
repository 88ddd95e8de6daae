/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/session/chain.h"
#include "tests/session/play.h"
#include "tests/session/shop.h"

#include <stdbool.h>
#include <string.h>

/* Badges, and rights that the office gives and takes: at a till that has heard of them, with the
 * hub and without it. */

#define BADGE "BADGE-0007"
#define ANNS "2900000000018" /* looks like goods */

static void set(Chain *self, const char *person, const char *option, const char *value)
{
	g_free(CHAIN_BARAA("person", "set", "--db", self->dsn, "--person", person, option, value));
}

static void test_badge_opens_the_till(void)
{
	Chain chain = chain_new();

	set(&chain, "Mary", "--card", BADGE);
	set(&chain, "Ann", "--card", ANNS);
	play_through(chain.till, "login " MARY "\nsync\nlock\n");
	chain_stop_hub(&chain);
	play_through(chain.till,
		     "login " BADGE "\nexpect state shift-closed\nopen-shift 100\nlock\n"
		     /* a scanner on a cable says what kind of code it was */
		     "scan ]C1" BADGE "\nexpect state selling\nlock\n"
		     "scan " ANNS "\nexpect state selling\nlock\n"
		     "-scan " BREAD "\nexpect code locked\nexpect state locked\n"
		     "-login BADGE-0008\nexpect code wrong-pin\n");
	chain_free(&chain);
}

static void test_guessing_badges_is_slow(void)
{
	Chain chain = chain_new();

	set(&chain, "Mary", "--card", BADGE);
	play_through(chain.till, "login " MARY "\nsync\nlock\n"
				 "-login BADGE-1\n-login BADGE-2\n-login BADGE-3\n-login BADGE-4\n"
				 "-login BADGE-5\nexpect code wrong-pin\n"
				 "-login " BADGE "\nexpect code pin-wait\nexpect state locked\n");
	chain_free(&chain);
}

/* Where the shop wants both, neither alone opens anything for whoever has both. */
static void test_badge_and_pin(void)
{
	Chain chain = chain_new();

	set(&chain, "Mary", "--card", BADGE);
	g_free(CHAIN_BARAA("shop", "set", "--db", chain.dsn, "--card-pin", "yes"));
	play_through(chain.till, "login " MARY "\nsync\nlock\n"
				 "-login " BADGE "\nexpect code card-pin\nexpect state locked\n"
				 "login " MARY "\nexpect state shift-closed\nlock\n"
				 "-login " MARY "\nexpect code show-card\nexpect state locked\n"
				 "-login " BADGE "\n-login " ANN "\nexpect code wrong-pin\n"
				 "-login " MARY "\nexpect code show-card\n"
				 "-scan " BADGE "\nexpect code card-pin\ndismiss\n"
				 "-login " MARY "\nexpect code show-card\n"
				 "login " ANN "\nexpect state shift-closed\n"); /* has no badge */
	chain_free(&chain);
}

/* A cashier's right is given, taken and lent; the till obeys without a network. */
static void test_rights_of_the_office(void)
{
	Chain chain = chain_new();
	json_auto_t *overrides = NULL;
	const json_t *first;

	set(&chain, "Ann", "--card", ANNS);
	play_through(chain.till, "login " MARY "\nopen-shift 100\nscan " BREAD "\n"
				 "-price 20\nexpect code price-change-right\ndismiss\n");
	g_free(CHAIN_BARAA("right", "set", "--db", chain.dsn, "--role", "cashier", "--right",
			   "till-price"));
	g_free(CHAIN_BARAA("right", "set", "--db", chain.dsn, "--role", "senior", "--right",
			   "till-no-sale", "--refuse"));
	play_through(chain.till, "login " MARY "\nsync\n");
	chain_stop_hub(&chain);
	play_through(chain.till,
		     "login " MARY "\nprice 20\nexpect total 20\n"
		     /* what is taken from seniors they cannot lend either */
		     "-no-sale\nexpect code no-sale-right\n"
		     "-override " ANN "\nexpect code override-right\ndismiss\n"
		     /* a badge lends one action */
		     "-void receipt\nexpect code void-right\nscan " ANNS "\nexpect lines 0\n"
		     "scan " BREAD "\n-void receipt\nexpect code void-right\ndismiss\n");
	overrides = journal_of(chain.till, "override");
	g_assert_cmpuint(json_array_size(overrides), ==, 1);
	first = json_object_get(json_array_get(overrides, 0), "details");
	g_assert_cmpstr(json_string_value(json_object_get(
				first != NULL ? first : json_array_get(overrides, 0), "right")),
			==, "void-receipt");
	chain_free(&chain);
}

static void test_right_to_sell_is_taken(void)
{
	Chain chain = chain_new();

	g_free(CHAIN_BARAA("right", "set", "--db", chain.dsn, "--role", "cashier", "--right",
			   "till-sell", "--refuse"));
	play_through(chain.till, "login " ANN "\nsync\nlock\n-login " MARY
				 "\nexpect code no-till-right\nlogin " ANN "\n");
	chain_free(&chain);
}

/* The PIN and the badge of who left work nowhere once the till has heard of it. */
static void test_who_left(void)
{
	Chain chain = chain_new();

	set(&chain, "Mary", "--card", BADGE);
	play_through(chain.till, "login " MARY "\nsync\nlock\nlogin " BADGE "\nlock\n");
	g_free(CHAIN_BARAA("person", "leave", "--db", chain.dsn, "--person", "Mary"));
	set(&chain, "Ann", "--card", BADGE); /* goes on to another */
	play_through(chain.till, "login " MARY "\nsync\nlock\n-login " MARY
				 "\nexpect code wrong-pin\nlogin " BADGE "\nlock\n");
	chain_stop_hub(&chain);
	play_through(chain.till, "-login " MARY "\nexpect code wrong-pin\nlogin " ANN "\n");
	chain_free(&chain);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/session_people/badge_opens_the_till", test_badge_opens_the_till);
	g_test_add_func("/session_people/guessing_badges_is_slow", test_guessing_badges_is_slow);
	g_test_add_func("/session_people/badge_and_pin", test_badge_and_pin);
	g_test_add_func("/session_people/rights_of_the_office", test_rights_of_the_office);
	g_test_add_func("/session_people/right_to_sell_is_taken", test_right_to_sell_is_taken);
	g_test_add_func("/session_people/who_left", test_who_left);
	return g_test_run();
}
