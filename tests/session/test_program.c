/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/session/play.h"
#include "tests/session/running.h"
#include "tests/session/shop.h"

#include <gio/gio.h>
#include <string.h>

/* The program itself, killed and started again. $BARAA_TILL is its path. */

static const char *const busy_morning[] = { "login " MARY,
					    "open-shift",
					    "scan " BREAD,
					    "scan 2*" MILK,
					    "scan " APPLES_1234,
					    "qty 3 1",
					    "discount line 5% 2",
					    "discount receipt 1%",
					    "void line 3",
					    "pay cash 10",
					    NULL };

/* After each step the power goes; what was answered is there again. */
static void test_power_cut_after_every_step(void)
{
	for (guint n = 2; n < g_strv_length((char **)busy_morning); n++) {
		char *shop = shop_new("ru", NULL);
		Running till = running_start(shop);
		g_auto(Played) after = { 0 };

		for (guint i = 0; i < n; i++) {
			json_auto_t *answer = running_step(&till, busy_morning[i]);

			g_assert_true(json_is_true(json_object_get(answer, "ok")));
		}
		{
			json_auto_t *before = running_step(&till, busy_morning[n]);

			running_kill(&till);
			after = play(shop, "login " MARY "\n");
			for (const char *const *field =
				     (const char *const[]){ "state", "total", "due", NULL };
			     *field != NULL; field++)
				g_assert_cmpstr(played_text(&after, -1, *field), ==,
						json_string_value(json_object_get(before, *field)));
			g_assert_cmpint(json_integer_value(json_object_get(
						played_answer(&after, -1), "lines")),
					==, json_integer_value(json_object_get(before, "lines")));
		}
		shop_remove(shop);
	}
}

static void test_sale_goes_on_after_a_power_cut(void)
{
	char *shop = shop_new("ru", NULL);
	Running till = running_start(shop);
	json_auto_t *receipts = NULL;

	running_steps(&till, busy_morning);
	running_kill(&till);
	play_through(shop, "expect state locked\nlogin " ANN "\nexpect state tendering\nback\n"
			   "scan " BREAD "\npay cash\nexpect receipt T1-000001\n"
			   "scan " BREAD "\npay card\nexpect receipt T1-000002\nclose-shift\n");
	receipts = journal_of(shop, "receipt");
	g_assert_cmpuint(json_array_size(receipts), ==, 2);
	shop_remove(shop);
}

static char *run_program(int expected, const char *const *arguments)
{
	g_autoptr(GPtrArray) line = g_ptr_array_new();
	g_autoptr(GSubprocess) process = NULL;
	g_autoptr(GError) error = NULL;
	char *said = NULL;

	g_ptr_array_add(line, (char *)g_getenv("BARAA_TILL"));
	for (int i = 0; arguments[i] != NULL; i++)
		g_ptr_array_add(line, (char *)arguments[i]);
	g_ptr_array_add(line, NULL);
	process = g_subprocess_newv(
		(const char *const *)line->pdata,
		G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE, &error);
	g_assert_no_error(error);
	g_subprocess_communicate_utf8(process, NULL, NULL, &said, NULL, &error);
	g_assert_no_error(error);
	g_assert_true(g_subprocess_get_if_exited(process));
	g_assert_cmpint(g_subprocess_get_exit_status(process), ==, expected);
	return said;
}

#define RUN(expected, ...) run_program(expected, (const char *const[]){ __VA_ARGS__, NULL })

static void test_one_program_a_till(void)
{
	char *shop = shop_new("ru", NULL);
	Running till = running_start(shop);
	json_auto_t *answer = running_step(&till, "login " MARY);
	g_autofree char *said = RUN(1, "--data", shop, "--script", "/dev/null");

	g_assert_nonnull(strstr(said, "running already"));
	running_kill(&till);
	g_free(RUN(0, "--data", shop, "--script", "/dev/null"));
	shop_remove(shop);
}

static void test_arguments(void)
{
	char *empty = g_dir_make_tmp("baraa-empty-XXXXXX", NULL);
	g_autofree char *version = RUN(0, "--version");
	g_autofree char *help = RUN(0, "--help");
	g_autofree char *no_data = RUN(2, "--script", "-");
	g_autofree char *both =
		RUN(2, "--data", empty, "--script", "-", "--enrol", "http://a", "b");
	g_autofree char *no_code = RUN(2, "--data", empty, "--enrol", "http://127.0.0.1:1");
	g_autofree char *no_till = RUN(1, "--data", empty, "--script", "/dev/null");
	g_autofree char *no_script = RUN(1, "--data", empty, "--script", "/nowhere/at/all");

	g_assert_true(g_str_has_prefix(version, "baraa-till "));
	g_assert_nonnull(strstr(help, "--enrol"));
	g_assert_nonnull(strstr(no_data, "Usage"));
	g_assert_nonnull(strstr(both, "Usage"));
	g_assert_nonnull(strstr(no_code, "Usage"));
	g_assert_nonnull(strstr(no_till, "Enrol it first"));
	g_assert_nonnull(strstr(no_script, "cannot be opened"));
	shop_remove(empty);
}

static void test_damaged_files(void)
{
	char *shop = shop_new("ru", NULL);
	g_autofree char *path = g_build_filename(shop, "goods.db", NULL);
	g_autofree char *said = NULL, *conf = NULL;

	shop_configure(shop, "[fiscal\nbroken");
	conf = RUN(1, "--data", shop, "--script", "/dev/null");
	g_assert_nonnull(strstr(conf, "till.conf"));
	shop_configure(shop, "");
	g_assert_true(g_file_set_contents(path, "not a database at all, but long enough to tell",
					  -1, NULL));
	said = RUN(1, "--data", shop, "--script", "/dev/null");
	g_assert_nonnull(strstr(said, "damaged"));
	shop_remove(shop);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/program/power-cut-after-every-step", test_power_cut_after_every_step);
	g_test_add_func("/program/sale-goes-on-after-a-power-cut",
			test_sale_goes_on_after_a_power_cut);
	g_test_add_func("/program/one-program-a-till", test_one_program_a_till);
	g_test_add_func("/program/arguments", test_arguments);
	g_test_add_func("/program/damaged-files", test_damaged_files);
	return g_test_run();
}
