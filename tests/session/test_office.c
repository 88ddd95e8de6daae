/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/session/play.h"
#include "tests/session/running.h"
#include "tests/session/shop.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>

/* The real office and hub on the far side: $BARAA and $BARAA_HUB are their programs. */

typedef struct {
	char *directory, *dsn, *goods, *url, *till;
	GSubprocess *hub;
} Chain;

static char *run(const char *const *arguments)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GSubprocess) process = g_subprocess_newv(
		arguments, G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE,
		&error);
	char *said = NULL;

	g_assert_no_error(error);
	g_subprocess_communicate_utf8(process, NULL, NULL, &said, NULL, &error);
	g_assert_no_error(error);
	if (g_subprocess_get_exit_status(process) != 0)
		g_test_message("%s: %s", arguments[1], said);
	g_assert_cmpint(g_subprocess_get_exit_status(process), ==, 0);
	return said;
}

#define BARAA(...) run((const char *const[]){ g_getenv("BARAA"), __VA_ARGS__, NULL })

static void import_bread(Chain *self, const char *price)
{
	g_autofree char *list =
		g_strdup_printf("barcode\tname\ttax\tprice\n" BREAD "\tBread\tVAT10\t%s\n" MILK
				"\tMilk\tVAT10\t89.90\n",
				price);

	g_assert_true(g_file_set_contents(self->goods, list, -1, NULL));
	g_free(BARAA("import", "goods", self->goods, "--db", self->dsn));
}

/* @where: "127.0.0.1:0" */
static char *start_hub(Chain *self, const char *where)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GDataInputStream) out = NULL;
	g_autofree char *line = NULL;

	self->hub = g_subprocess_new(G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, g_getenv("BARAA_HUB"),
				     "--db", self->dsn, "--listen", where, NULL);
	g_assert_no_error(error);
	out = g_data_input_stream_new(g_subprocess_get_stdout_pipe(self->hub));
	line = g_data_input_stream_read_line(out, NULL, NULL, &error);
	g_assert_no_error(error);
	g_assert_nonnull(line);
	g_assert_nonnull(strstr(line, "http://"));
	return g_strdup(strstr(line, "http://"));
}

/* A till of that name in a folder of its own. */
static char *enrol(Chain *self, const char *name)
{
	char *directory = g_dir_make_tmp("baraa-till-XXXXXX", NULL);
	g_autofree char *code =
		BARAA("till", "add", "--db", self->dsn, "--shop", "Corner", "--name", name);

	g_free(run((const char *const[]){ g_getenv("BARAA_TILL"), "--data", directory, "--enrol",
					  self->url, g_strstrip(code), NULL }));
	return directory;
}

static Chain chain_new(void)
{
	Chain self = { .directory = g_dir_make_tmp("baraa-chain-XXXXXX", NULL) };

	self.dsn = g_strdup_printf("sqlite:%s/office.db", self.directory);
	self.goods = g_build_filename(self.directory, "goods.tsv", NULL);
	g_free(BARAA("init", "--db", self.dsn, "--country", "ru", "--shop", "Corner"));
	import_bread(&self, "25");
	g_free(BARAA("person", "add", "--db", self.dsn, "--name", "Mary", "--role", "cashier",
		     "--pin", MARY));
	g_free(BARAA("person", "add", "--db", self.dsn, "--name", "Ann", "--role", "senior",
		     "--pin", ANN));
	self.url = start_hub(&self, "127.0.0.1:0");
	self.till = enrol(&self, "Till 1");
	return self;
}

static void stop_hub(Chain *self)
{
	if (self->hub == NULL)
		return;
	g_subprocess_send_signal(self->hub, SIGTERM);
	g_assert_true(g_subprocess_wait(self->hub, NULL, NULL));
	g_clear_object(&self->hub);
}

static void chain_free(Chain *self)
{
	stop_hub(self);
	shop_remove(self->till);
	shop_remove(self->directory);
	g_free(self->dsn);
	g_free(self->goods);
	g_free(self->url);
}

static void test_till_and_office_say_the_same(void)
{
	Chain chain = chain_new();
	g_autofree char *text = NULL;
	json_auto_t *report = NULL;
	json_t *totals;

	play_through(chain.till, "login " MARY "\nopen-shift 100\nscan 3*" BREAD "\nscan " MILK "\n"
				 "discount receipt 5.55\nexpect total 159.35\npay cash 200\n"
				 "scan " BREAD "\npay card\nclose-shift\nsync\nexpect outbox 0\n");
	text = BARAA("report", "sales", "--db", chain.dsn, "--from", "2020-01-01", "--to",
		     "2099-12-31", "--format", "json");
	report = json_loads(text, 0, NULL);
	totals = json_object_get(report, "totals");
	g_assert_cmpstr(json_string_value(json_object_get(totals, "net")), ==, "184.35");
	g_assert_cmpstr(json_string_value(json_object_get(totals, "discount")), ==, "5.55");
	g_free(BARAA("verify", chain.dsn));
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
	import_bread(&chain, "31.50");
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
	import_bread(&chain, "31.50");
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
	char *second = enrol(&chain, "Till 2");
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
	g_free(BARAA("verify", chain.dsn));
	text = BARAA("report", "cases", "--db", chain.dsn, "--from", "2020-01-01", "--to",
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
	char *second = enrol(&chain, "Till 2");
	g_autofree char *text = NULL, *url = NULL;
	json_auto_t *report = NULL;
	json_t *row;

	play_through(chain.till, "login " ANN "\nopen-shift 100\nscan " BREAD "\npay cash 25\n"
				 "sync\n");
	play_through(second, "login " ANN "\nopen-shift 100\nopen-return T1-000001\n");
	stop_hub(&chain);
	play_through(second, "login " ANN "\ngive-back\n-open-return T1-000001\n"
			     "expect code office-silent\n");
	play_through(chain.till, "login " ANN "\nopen-return T1-000001\ngive-back\n");
	url = start_hub(&chain, strstr(chain.url, "://") + strlen("://"));
	play_through(chain.till, "login " ANN "\nsync\nexpect outbox 0\n");
	play_through(second, "login " ANN "\nsync\nexpect outbox 0\n");
	text = BARAA("report", "cases", "--db", chain.dsn, "--from", "2020-01-01", "--to",
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
