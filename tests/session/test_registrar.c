/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/sim.h"
#include "tests/session/play.h"
#include "tests/session/running.h"
#include "tests/session/shop.h"
#include "tests/wait_file.h"

#include <glib/gstdio.h>
#include <string.h>

/* The whole way to the paper: session, engine, driver, a pty, and a simulated Shtrih-M registrar
 * with its memory in a file. */

typedef struct {
	char *directory; /* of the registrar */
	char *link, *state, *log;
	SimThread *sim; /* NULL while it is off */
	char *shop;
} Counter;

static void registrar_on(Counter *self, const char *fault)
{
	SimOptions options = { .pty_link = self->link,
			       .log_path = self->log,
			       .state_path = self->state,
			       .control_fd = -1,
			       .faults = fault != NULL ? (const char *const[]){ fault, NULL }
						       : NULL };
	g_autoptr(GError) error = NULL;

	self->sim = sim_start("fiscal-shtrih", &options, &error);
	g_assert_no_error(error);
}

static void registrar_off(Counter *self)
{
	g_autoptr(GError) error = NULL;

	sim_stop(g_steal_pointer(&self->sim), &error);
	g_assert_no_error(error);
}

static Counter counter_new(const char *fault)
{
	Counter self = { .directory = g_dir_make_tmp("baraa-registrar-XXXXXX", NULL) };
	g_autofree char *conf = NULL;

	self.link = g_build_filename(self.directory, "pty", NULL);
	self.state = g_build_filename(self.directory, "state", NULL);
	self.log = g_build_filename(self.directory, "log", NULL);
	self.shop = shop_new("ru", NULL);
	conf = g_strdup_printf("[fiscal]\ndevice=shtrih@pty:%s\n", self.link);
	shop_configure(self.shop, conf);
	registrar_on(&self, fault);
	return self;
}

/* Whatever happened: one sale, one document. */
static void verify(const Counter *self)
{
	g_autofree char *path = g_build_filename(self->shop, "till.db", NULL), *out = NULL;
	const char *argv[] = { g_getenv("BARAA"), "verify", path, NULL };
	g_autoptr(GError) error = NULL;
	int status;

	g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &out, NULL, &status,
		     &error);
	g_assert_no_error(error);
	if (!g_str_has_prefix(out, "OK "))
		g_error("%s", out);
}

static void counter_free(Counter *self)
{
	verify(self);
	if (self->sim != NULL)
		registrar_off(self);
	shop_remove(self->shop);
	shop_remove(self->directory);
	g_free(self->link);
	g_free(self->state);
	g_free(self->log);
}

/* What the registrar keeps of its receipts: number and sum. Read while it is off. */
static void read_memory(Counter *self, int *ret_receipts, int64_t *ret_sum)
{
	json_auto_t *memory = json_load_file(self->state, 0, NULL);
	json_t *documents = json_object_get(memory, "documents"), *document;
	size_t i;

	g_assert_nonnull(memory);
	*ret_receipts = 0;
	*ret_sum = 0;
	json_array_foreach(documents, i, document)
	{
		if (json_integer_value(json_object_get(document, "type")) != 3)
			continue;
		*ret_receipts += 1;
		*ret_sum += json_integer_value(json_object_get(document, "total"));
	}
}

/* The promise: as many documents as receipts, of the same sum, each proof used once. */
static void check_books(Counter *self, int expected)
{
	json_auto_t *receipts = journal_of(self->shop, "receipt");
	int64_t sum = 0, in_memory = 0;
	int documents = 0;
	json_t *receipt;
	size_t i;

	registrar_off(self);
	json_array_foreach(receipts, i, receipt)
	{
		json_t *totals = json_object_get(json_object_get(receipt, "receipt"), "totals");

		g_assert_cmpint(json_integer_value(json_object_get(
					json_object_get(receipt, "fiscal"), "document")),
				>, 0);
		sum += json_integer_value(json_object_get(totals, "total"));
	}
	read_memory(self, &documents, &in_memory);
	g_assert_cmpuint(json_array_size(receipts), ==, expected);
	g_assert_cmpint(documents, ==, expected);
	g_assert_cmpint(sum, ==, in_memory);
}

#define MORNING "login " MARY "\nopen-shift 1000\nexpect state selling\n"

static void test_paper_says_what_the_screen_said(void)
{
	Counter counter = counter_new(NULL);
	g_autofree char *log = NULL;

	play_through(
		counter.shop, MORNING
		"scan " BREAD "\nscan 3*" MILK "\nscan " APPLES_1234 "\n"
		"discount line 10%\ndiscount receipt 7.77\nexpect total 420.76\n"
		"pay card 100\npay cash 500\nexpect state paid\nexpect change 179.24\n"
		"scan " BREAD "\nvoid line 1\nscan " ODD "\npay cash\nexpect total 1\n"
		"cash-in 50\ncash-out 20\nx-report\nclose-shift 1352\nexpect state shift-closed\n");
	check_books(&counter, 2);
	g_assert_true(g_file_get_contents(counter.log, &log, NULL, NULL));
	g_assert_nonnull(strstr(log, "=420.76"));
	g_assert_nonnull(strstr(log, "=1.00"));
	counter_free(&counter);
}

static void test_registrar_that_is_off(void)
{
	Counter counter = counter_new(NULL);

	registrar_off(&counter);
	play_through(counter.shop, "login " MARY "\n-open-shift\nexpect code offline\n"
				   "expect state shift-closed\n");
	registrar_on(&counter, NULL);
	play_through(counter.shop, MORNING);
	registrar_off(&counter);
	/* goods go in, money does not: the payment would have no receipt */
	play_through(counter.shop,
		     "login " MARY "\nscan " BREAD "\n-pay cash\nexpect code offline\n"
		     "expect state selling\nexpect due 25\n-pay card\n"
		     "expect state selling\n");
	registrar_on(&counter, NULL);
	play_through(counter.shop, "login " MARY "\nexpect lines 1\npay cash\nexpect state paid\n");
	check_books(&counter, 1);
	counter_free(&counter);
}

/* Nobody waits for the next look at a registrar that was put right. */
static void test_registrar_comes_back_while_the_shopper_waits(void)
{
	Counter counter = counter_new(NULL);
	Running till = running_start(counter.shop);
	json_auto_t *refused = NULL, *paid = NULL;

	running_steps(&till, (const char *const[]){ "login " MARY, "open-shift", "scan " MILK,
						    "pay cash", "scan " BREAD, NULL });
	registrar_off(&counter);
	refused = running_step(&till, "-pay cash");
	g_assert_cmpstr(json_string_value(json_object_get(refused, "code")), ==, "offline");
	if (g_str_equal(json_string_value(json_object_get(refused, "state")), "needs-attention")) {
		json_auto_t *back = running_step(&till, "abandon");
		json_auto_t *again = running_step(&till, "-pay cash");

		g_assert_cmpstr(json_string_value(json_object_get(again, "code")), ==, "offline");
		g_assert_cmpstr(json_string_value(json_object_get(back, "state")), ==, "tendering");
	}
	registrar_on(&counter, NULL);
	paid = running_step(&till, "pay cash");
	g_assert_cmpstr(json_string_value(json_object_get(paid, "state")), ==, "paid");
	running_finish(&till);
	check_books(&counter, 2);
	counter_free(&counter);
}

static void test_lost_answer_is_asked_for(void)
{
	Counter counter = counter_new("lost_answer@FF45:1");
	json_auto_t *answer = NULL;
	Running till = running_start(counter.shop);

	running_steps(&till,
		      (const char *const[]){ "login " MARY, "open-shift", "scan " MILK, NULL });
	answer = running_step(&till, "pay cash 100");
	while (g_strcmp0(json_string_value(json_object_get(answer, "state")), "paid") != 0) {
		json_decref(answer);
		answer = running_step(&till, "-retry");
	}
	running_finish(&till);
	check_books(&counter, 1);
	counter_free(&counter);
}

static void test_paper_ends_in_a_receipt(void)
{
	Counter counter = counter_new("paper_out=1@FF45:1");
	Running till = running_start(counter.shop);
	json_auto_t *paid = NULL, *out = NULL;

	running_steps(&till,
		      (const char *const[]){ "login " MARY, "open-shift", "scan " MILK, NULL });
	out = running_step(&till, "-pay cash 100");
	g_assert_cmpstr(json_string_value(json_object_get(out, "state")), ==, "needs-attention");
	g_assert_cmpstr(json_string_value(json_object_get(out, "code")), ==, "paper-out");
	g_assert_false(json_is_true(json_object_get(out, "ok")));
	sim_say(counter.sim, "paper");
	paid = running_step(&till, "retry");
	g_assert_cmpstr(json_string_value(json_object_get(paid, "state")), ==, "paid");
	g_assert_cmpstr(json_string_value(json_object_get(paid, "change")), ==, "10.10");
	running_finish(&till);
	check_books(&counter, 1);
	counter_free(&counter);
}

static void test_paper_waits_over_a_restart(void)
{
	Counter counter = counter_new("paper_out=1@FF45:1");
	Running till = running_start(counter.shop);
	Running again;
	json_auto_t *out = NULL, *in = NULL, *paid = NULL;

	running_steps(&till,
		      (const char *const[]){ "login " MARY, "open-shift", "scan " MILK, NULL });
	out = running_step(&till, "-pay cash 100");
	g_assert_cmpstr(json_string_value(json_object_get(out, "code")), ==, "paper-out");
	running_kill(&till);

	again = running_start(counter.shop);
	in = running_step(&again, "-login " MARY);
	g_assert_cmpstr(json_string_value(json_object_get(in, "state")), ==, "needs-attention");
	sim_say(counter.sim, "paper");
	paid = running_step(&again, "retry");
	g_assert_cmpstr(json_string_value(json_object_get(paid, "state")), ==, "selling");
	g_assert_cmpstr(json_string_value(json_object_get(paid, "code")), ==, "finished");
	running_finish(&again);
	check_books(&counter, 1);
	counter_free(&counter);
}

static void test_refused_document_is_abandoned(void)
{
	Counter counter = counter_new("fn_error=03@FF45:1");

	play_through(counter.shop, MORNING
		     "scan " MILK "\npay card 50\n-pay cash 100\nexpect state needs-attention\n"
		     "-scan " BREAD "\nexpect state needs-attention\n-lock\n"
		     "abandon\nexpect state tendering\nexpect due 39.90\n"
		     "pay cash 39.90\nexpect state paid\nexpect receipt T1-000001\n");
	check_books(&counter, 1);
	counter_free(&counter);
}

/* The registrar has the order, the till has not got the answer, and then the till has no power. */
static void test_power_cut_while_the_receipt_is_made(void)
{
	Counter counter = counter_new("slow=1500*1@FF45:1");
	Running till = running_start(counter.shop);

	running_steps(&till,
		      (const char *const[]){ "login " MARY, "open-shift", "scan " MILK, NULL });
	running_send(&till, "pay cash 100");
	wait_for_text(counter.log, "FF45");
	running_kill(&till);
	registrar_off(&counter);
	registrar_on(&counter, NULL);
	play_through(counter.shop, "login " MARY "\nexpect state selling\nexpect lines 0\n"
				   "expect code finished\nscan " BREAD "\npay cash\n"
				   "expect receipt T1-000002\n");
	check_books(&counter, 2);
	counter_free(&counter);
}

static void test_drawer_without_a_sale(void)
{
	Counter counter = counter_new(NULL);
	json_auto_t *entries = NULL;

	play_through(counter.shop, MORNING "-no-sale\nexpect code no-sale-right\noverride " ANN "\n"
					   "expect state selling\n");
	entries = journal_of(counter.shop, "no-sale");
	g_assert_cmpuint(json_array_size(entries), ==, 1);
	g_assert_true(file_has(counter.log, "28 "));
	counter_free(&counter);
}

static void test_shift_over_24_hours(void)
{
	Counter counter = counter_new(NULL);

	play_through(counter.shop, MORNING "scan " BREAD "\npay cash\n");
	registrar_off(&counter);
	registrar_on(&counter, "shift_24h");
	play_through(counter.shop, "login " MARY "\nscan " MILK "\n-pay cash\n"
				   "expect code shift-too-long\nexpect due 89.90\n"
				   "expect state selling\n"
				   "-void receipt\noverride " ANN "\nclose-shift\n"
				   "expect state shift-closed\n");
	check_books(&counter, 1);
	counter_free(&counter);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/registrar/paper-says-what-the-screen-said",
			test_paper_says_what_the_screen_said);
	g_test_add_func("/registrar/registrar-that-is-off", test_registrar_that_is_off);
	g_test_add_func("/registrar/lost-answer-is-asked-for", test_lost_answer_is_asked_for);
	g_test_add_func("/registrar/comes-back-while-the-shopper-waits",
			test_registrar_comes_back_while_the_shopper_waits);
	g_test_add_func("/registrar/paper-ends-in-a-receipt", test_paper_ends_in_a_receipt);
	g_test_add_func("/registrar/paper-waits-over-a-restart", test_paper_waits_over_a_restart);
	g_test_add_func("/registrar/refused-document-is-abandoned",
			test_refused_document_is_abandoned);
	g_test_add_func("/registrar/power-cut-while-the-receipt-is-made",
			test_power_cut_while_the_receipt_is_made);
	g_test_add_func("/registrar/drawer-without-a-sale", test_drawer_without_a_sale);
	g_test_add_func("/registrar/shift-over-24-hours", test_shift_over_24_hours);
	return g_test_run();
}
