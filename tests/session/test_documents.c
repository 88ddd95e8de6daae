/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/sim.h"
#include "tests/session/play.h"
#include "tests/session/running.h"
#include "tests/session/shop.h"

#include <string.h>

/* What a till's day has beside plain sales, on the real session with a simulated Shtrih-M
 * registrar: returns, receipts put aside, slips of cash, a registrar that is down or another one.
 */

typedef struct {
	char *directory, *link, *state, *shop; /* owned */
	SimThread *sim; /* NULL while it is off */
} Day;

static void registrar_on(Day *self, const char *fault)
{
	SimOptions options = { .pty_link = self->link,
			       .state_path = self->state,
			       .control_fd = -1,
			       .faults = fault != NULL ? (const char *const[]){ fault, NULL }
						       : NULL };
	g_autoptr(GError) error = NULL;

	self->sim = sim_start("fiscal-shtrih", &options, &error);
	g_assert_no_error(error);
}

static void registrar_off(Day *self)
{
	g_autoptr(GError) error = NULL;

	sim_stop(g_steal_pointer(&self->sim), &error);
	g_assert_no_error(error);
}

static Day day_new(const char *options)
{
	Day self = { .directory = g_dir_make_tmp("baraa-day-XXXXXX", NULL) };
	g_autofree char *conf = NULL;

	self.link = g_build_filename(self.directory, "pty", NULL);
	self.state = g_build_filename(self.directory, "state", NULL);
	self.shop = shop_new("ru", NULL);
	conf = g_strdup_printf("[fiscal]\ndevice=shtrih@pty:%s\n%s\n", self.link,
			       options != NULL ? options : "");
	shop_configure(self.shop, conf);
	registrar_on(&self, NULL);
	return self;
}

static void day_free(Day *self)
{
	if (self->sim != NULL)
		registrar_off(self);
	shop_remove(self->shop);
	shop_remove(self->directory);
	g_free(self->link);
	g_free(self->state);
}

typedef struct {
	int n;
	int64_t total, cash, card;
} Booked;

/* What the registrar has booked of @kind. */
static Booked booked(const Day *self, const char *kind)
{
	json_auto_t *memory = json_load_file(self->state, 0, NULL);
	const json_t *book = json_object_get(memory, "book");
	Booked ret = { 0 };
	json_t *entry;
	size_t i;

	g_assert_true(json_is_array(book));
	json_array_foreach(book, i, entry)
	{
		if (!g_str_equal(json_string_value(json_object_get(entry, "kind")), kind))
			continue;
		ret.n++;
		ret.total += json_integer_value(json_object_get(entry, "total"));
		ret.cash += json_integer_value(json_object_get(entry, "cash"));
		ret.card += json_integer_value(json_object_get(entry, "card"));
	}
	return ret;
}

#define OPEN "login " MARY "\nopen-shift 1000\n"

/* --- returns ------------------------------------------------------------------------------- */

/* Three of 89.90 and one of 25.00 less 10 %: 294.70 - 29.47 = 265.23. */
static void test_return_by_line_and_whole(void)
{
	Day day = day_new(NULL);
	Booked sales, returns;

	play_through(day.shop, OPEN "scan 3*" MILK "\nscan " BREAD "\ndiscount receipt 10%\n"
				    "pay cash 300\nexpect total 265.23\n"
				    "return T1-000001 1 1\nexpect receipt T1-000002\n"
				    "return T1-000001 1 2 2 1\nexpect receipt T1-000003\n"
				    "-return T1-000001\nexpect code nothing-left\n");
	sales = booked(&day, "sale");
	returns = booked(&day, "return");
	g_assert_cmpint(sales.n, ==, 1);
	g_assert_cmpint(sales.total, ==, 26523);
	g_assert_cmpint(returns.n, ==, 2);
	g_assert_cmpint(returns.total, ==, sales.total);
	g_assert_cmpint(returns.cash, ==, sales.cash);
	day_free(&day);
}

static void test_never_more_than_was_sold(void)
{
	Day day = day_new(NULL);

	play_through(day.shop, OPEN "scan 2*" MILK "\npay cash\n"
				    "-return T1-000001 1 3\nexpect code return-line\n"
				    "-return T1-000001 2 1\nexpect code line-not-left\n"
				    "-return T1-000001 1 1 1 1\nexpect code bad-quantity\n"
				    "return T1-000001 1 1\n"
				    "-return T1-000001 1 2\nexpect code return-line\n"
				    "-return T1-000002\nexpect code is-a-return\n"
				    "-return T1-000009\nexpect code no-such-receipt\n"
				    "return T1-000001\nexpect total 89.90\n");
	g_assert_cmpint(booked(&day, "return").total, ==, 2 * 8990);
	day_free(&day);
}

/* 100.00 by card and 79.80 in cash: one piece of 89.90 goes to the card, of the other the rest of
 * the card's 10.10 and the cash. */
static void test_money_goes_where_it_came_from(void)
{
	Day day = day_new(NULL);
	Booked returns;

	play_through(day.shop, OPEN "scan 2*" MILK "\npay card 100\npay cash\n"
				    "return T1-000001 1 1\n");
	returns = booked(&day, "return");
	g_assert_cmpint(returns.card, ==, 8990);
	g_assert_cmpint(returns.cash, ==, 0);
	play_through(day.shop, "login " MARY "\nreturn T1-000001\n");
	returns = booked(&day, "return");
	g_assert_cmpint(returns.card, ==, 10000);
	g_assert_cmpint(returns.cash, ==, 7980);
	day_free(&day);
}

/* A scanned number opens it; lines are left out and put back; nothing is sold meanwhile. */
static void test_return_is_edited(void)
{
	Day day = day_new(NULL);

	play_through(day.shop,
		     "login " ANN "\nopen-shift 1000\nscan 2*" MILK "\nscan " BREAD "\npay cash\n"
		     "scan T1-000001\nexpect total 204.80\n"
		     "void line 1\nexpect total 25.00\n"
		     "qty 1 1\nexpect total 114.90\n"
		     "-scan " BREAD "\nexpect code return-only\n"
		     "-price 1 1\nexpect code return-fixed\n"
		     "-discount line 5%\nexpect code return-fixed\n"
		     "-hold\nexpect code return-not-held\n"
		     "give-back\nexpect code returned\n");
	g_assert_cmpint(booked(&day, "return").total, ==, 11490);
	day_free(&day);
}

/* An open return comes back as it was, and is made once. */
static void test_return_outlives_a_kill(void)
{
	Day day = day_new(NULL);
	Running till;
	json_t *answer;

	play_through(day.shop, OPEN "scan 2*" MILK "\nscan " BREAD "\npay cash\n");
	till = running_start(day.shop);
	running_steps(&till, (const char *const[]){ "login " MARY, "open-return T1-000001",
						    "qty 1 1", NULL });
	running_kill(&till);
	till = running_start(day.shop);
	running_steps(&till, (const char *const[]){ "login " MARY, "expect total 114.90", NULL });
	answer = running_step(&till, "give-back");
	g_assert_true(json_is_true(json_object_get(answer, "ok")));
	json_decref(answer);
	running_finish(&till);
	g_assert_cmpint(booked(&day, "return").total, ==, 11490);
	day_free(&day);
}

/* The registrar's own QR names the receipt too: by the fiscal memory and the document's number. */
static void test_return_by_fiscal_code(void)
{
	Day day = day_new(NULL);
	json_auto_t *receipts = NULL;
	const json_t *proof;
	g_autofree char *script = NULL;

	play_through(day.shop, OPEN "scan " MILK "\npay cash\nscan " BREAD "\npay cash\n");
	receipts = journal_of(day.shop, "receipt");
	proof = json_object_get(json_array_get(receipts, 1), "fiscal");
	script = g_strdup_printf("login " MARY
				 "\nscan t=20261128T1940&s=25.00&fn=%s&i=%" JSON_INTEGER_FORMAT
				 "&fp=1740150544&n=1\nexpect total 25.00\ngive-back\n",
				 json_string_value(json_object_get(proof, "serial")),
				 json_integer_value(json_object_get(proof, "document")));
	play_through(day.shop, script);
	g_assert_cmpint(booked(&day, "return").total, ==, 2500);
	day_free(&day);
}

/* A marked piece goes to the registrar with its code, and no piece twice. */
static void test_marked_piece(void)
{
	Day day = day_new(NULL);
	json_auto_t *receipts = NULL;
	const json_t *line;

	play_through(day.shop, OPEN "scan ]d2010" MILK "215abcDEF\x1D"
				    "93dGVz\npay cash\n"
				    "return T1-000001\n");
	receipts = journal_of(day.shop, "receipt");
	line = json_array_get(
		json_object_get(json_object_get(json_array_get(receipts, 0), "receipt"), "lines"),
		0);
	g_assert_cmpstr(json_string_value(json_object_get(line, "mark")), ==,
			"010" MILK "215abcDEF\x1D"
			"93dGVz");
	g_assert_cmpint(booked(&day, "sale").n, ==, 1);
	g_assert_cmpint(booked(&day, "return").total, ==, 8990);
	day_free(&day);
}

/* --- the drawer ---------------------------------------------------------------------------- */

static void test_registrar_has_the_float(void)
{
	Day day = day_new(NULL);
	json_auto_t *slips = NULL;

	play_through(day.shop, OPEN "cash-out 300\ncash-in 50\ncash-in 7\n"
				    "close-shift 757\nexpect code shift-done\n");
	g_assert_cmpint(booked(&day, "cash-in").total, ==, 100000 + 5000 + 700);
	g_assert_cmpint(booked(&day, "cash-out").total, ==, 30000);
	slips = journal_of(day.shop, "cash-in");
	g_assert_cmpuint(json_array_size(slips), ==, 2);
	for (size_t i = 0; i < 2; i++)
		g_assert_cmpint(
			json_integer_value(json_object_get(json_array_get(slips, i), "slip")), ==,
			(json_int_t)i + 2);
	day_free(&day);
}

/* What the registrar counted is in the journal beside what the till counted. */
static void test_z_is_what_the_till_says(void)
{
	Day day = day_new(NULL);
	json_auto_t *closes = NULL;
	const json_t *entry, *ours, *theirs;

	play_through(day.shop, OPEN "scan 2*" MILK "\npay cash 200\nscan " BREAD "\npay card\n"
				    "return T1-000001 1 1\nclose-shift\n");
	closes = journal_of(day.shop, "shift-close");
	g_assert_cmpuint(json_array_size(closes), ==, 1);
	entry = json_array_get(closes, 0);
	ours = json_object_get(entry, "totals");
	theirs = json_object_get(json_object_get(entry, "fiscal"), "totals");
	g_assert_true(json_is_object(theirs));
	for (size_t i = 0; i < 2; i++) {
		const char *name = i == 0 ? "sales" : "returns";

		g_assert_cmpint(json_integer_value(json_object_get(ours, name)), ==,
				json_integer_value(json_object_get(theirs, name)));
	}
	g_assert_cmpint(json_integer_value(json_object_get(theirs, "sales")), ==, 2 * 8990 + 2500);
	g_assert_cmpint(json_integer_value(json_object_get(theirs, "card")), ==, 2500);
	g_assert_cmpint(json_integer_value(json_object_get(theirs, "cash")), ==, 8990);
	day_free(&day);
}

/* --- receipts put aside -------------------------------------------------------------------- */

static void test_held_and_recalled(void)
{
	Day day = day_new(NULL);

	play_through(day.shop,
		     OPEN "-hold\nexpect code nothing-to-hold\n"
			  "scan 2*" MILK "\ndiscount line 10%\nhold\nexpect held 1\n"
			  "scan " BREAD "\npay cash\nscan " BREAD "\nhold\nexpect held 2\n"
			  "-recall\nexpect code which-held\n-recall 7\nexpect code not-held\n"
			  "-close-shift\nexpect code held-first\n"
			  "recall 1\nexpect total 161.82\n-recall 2\nexpect code receipt-open\n"
			  "pay cash\n");
	play_through(day.shop, "login " ANN "\nexpect held 1\nvoid held 2\nexpect held 0\n"
			       "close-shift\n");
	g_assert_cmpint(booked(&day, "sale").total, ==, 2500 + 16182);
	day_free(&day);
}

/* --- a registrar that is down, or another one ------------------------------------------------- */

static void test_down_and_told_later(void)
{
	Day day = day_new("offline=queue");
	Booked corrections;
	json_auto_t *told = NULL;
	int n_told = 0;

	play_through(day.shop, OPEN "scan " MILK "\npay cash\n");
	registrar_off(&day);
	play_through(day.shop, "login " MARY "\nscan " BREAD "\npay cash 50\nexpect change 25.00\n"
			       "scan " MILK "\npay card\nexpect late 2\n"
			       "-return T1-000002\nexpect code sale-not-told\n");
	registrar_on(&day, NULL);
	play_through(day.shop, "login " MARY "\nawait fiscal ready\nexpect late 2\n"
			       "-tell-late no power\nexpect code late-right\n"
			       "login " OLIVER "\n-tell-late\nexpect code late-reason\n"
			       /* longer than a registrar takes, and cut within a letter */
			       "tell-late уже было отключено электричество, касса работала "
			       "от батареи, регистратор не отвечал до самого вечера\nawait late 0\n"
			       "return T1-000002\nclose-shift\n");
	corrections = booked(&day, "correction");
	told = journal_of(day.shop, "fiscal");
	for (size_t i = 0; i < json_array_size(told); i++) {
		const json_t *entry = json_array_get(told, i);

		if (g_strcmp0(json_string_value(json_object_get(entry, "step")), "late") == 0)
			n_told += g_str_has_prefix(
				json_string_value(json_object_get(entry, "reason")), "уже было");
	}
	g_assert_cmpint(n_told, ==, 2);
	g_assert_cmpint(corrections.n, ==, 2);
	g_assert_cmpint(corrections.cash, ==, 2500);
	g_assert_cmpint(corrections.card, ==, 8990);
	day_free(&day);
}

/* Without that policy nothing is sold. */
static void test_down_and_nothing_sold(void)
{
	Day day = day_new(NULL);

	play_through(day.shop, OPEN);
	registrar_off(&day);
	play_through(day.shop, "login " MARY "\nscan " BREAD "\n-pay cash\nexpect code offline\n"
			       "expect due 25.00\n");
	registrar_on(&day, NULL);
	play_through(day.shop, "login " MARY "\npay cash\nexpect receipt T1-000001\n");
	g_assert_cmpint(booked(&day, "sale").n, ==, 1);
	day_free(&day);
}

/* Another registrar on the same cable is nobody's to sell with but a manager's to accept. */
static void test_another_registrar(void)
{
	Day day = day_new(NULL);

	play_through(day.shop, OPEN "scan " BREAD "\npay cash\n");
	registrar_off(&day);
	registrar_on(&day, "serial=77777");
	play_through(day.shop, "login " MARY "\nscan " MILK "\n-pay cash\nexpect code replaced\n"
			       "-accept-registrar\nexpect code accept-right\n"
			       "override " OLIVER "\nexpect code registrar-accepted\n"
			       "await fiscal ready\npay cash\nexpect receipt T1-000002\n");
	day_free(&day);
}

/* Somebody made documents on it meanwhile. */
static void test_counter_has_jumped(void)
{
	Day day = day_new(NULL);

	play_through(day.shop, OPEN "scan " BREAD "\npay cash\n");
	registrar_off(&day);
	registrar_on(&day, "jump=5");
	play_through(day.shop,
		     "login " OLIVER "\nscan " MILK "\n-pay cash\nexpect code number-gap\n"
		     "accept-registrar\nawait fiscal ready\npay cash\n"
		     "expect receipt T1-000002\n");
	day_free(&day);
}

/* --- who buys ------------------------------------------------------------------------------- */

static void test_customer(void)
{
	Day day = day_new(NULL);

	play_through(day.shop, OPEN "-customer someone\nexpect code bad-customer\n"
				    "customer +79261234567\nexpect code customer-contact\n"
				    "scan " BREAD "\npay cash\nexpect receipt T1-000001\n"
				    "customer 7701234567\nexpect code customer-tin\n"
				    "scan " BREAD "\npay cash\nexpect receipt T1-000002\n");
	day_free(&day);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/documents/return/by-line-and-whole", test_return_by_line_and_whole);
	g_test_add_func("/documents/return/never-more", test_never_more_than_was_sold);
	g_test_add_func("/documents/return/same-tender", test_money_goes_where_it_came_from);
	g_test_add_func("/documents/return/edited", test_return_is_edited);
	g_test_add_func("/documents/return/killed", test_return_outlives_a_kill);
	g_test_add_func("/documents/return/fiscal-code", test_return_by_fiscal_code);
	g_test_add_func("/documents/marked", test_marked_piece);
	g_test_add_func("/documents/cash/float-and-slips", test_registrar_has_the_float);
	g_test_add_func("/documents/z", test_z_is_what_the_till_says);
	g_test_add_func("/documents/held", test_held_and_recalled);
	g_test_add_func("/documents/down/told-later", test_down_and_told_later);
	g_test_add_func("/documents/down/nothing-sold", test_down_and_nothing_sold);
	g_test_add_func("/documents/registrar/another", test_another_registrar);
	g_test_add_func("/documents/registrar/jumped", test_counter_has_jumped);
	g_test_add_func("/documents/customer", test_customer);
	return g_test_run();
}
