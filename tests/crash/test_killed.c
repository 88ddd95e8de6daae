/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/crash/till_world.h"
#include "tests/store/fault_io.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

/* The till is killed before every single write, sync and call of the registrar of a sale. Whatever
 * the instant: started again, one paid receipt is one document. */

static void sell(World *world)
{
	g_autoptr(TillDb) db = world_open_db(world);
	g_autoptr(FiscalRun) run = world_new_run(db);
	g_auto(FiscalOutcome) outcome = { 0 };
	TillRequest request = world_request(FISCAL_SALE);

	fiscal_run_request(run, &request, "Сараа", &outcome);
	g_assert_no_error(outcome.error);
	g_assert_cmpint(outcome.outcome, ==, FISCAL_OUTCOME_DONE);
}

static void restart(World *world)
{
	g_autoptr(TillDb) db = world_open_db(world);
	g_autoptr(FiscalRun) run = world_new_run(db);
	g_auto(FiscalOutcome) outcome = { 0 };

	fiscal_run_recover(run, &outcome);
	g_assert_no_error(outcome.error);
	g_assert_true(outcome.outcome == FISCAL_OUTCOME_DONE ||
		      outcome.outcome == FISCAL_OUTCOME_NOTHING);
}

/* Runs @life in a process that is killed before its event @nth. False if it lived to its end. */
static bool run_killed(World *world, void (*life)(World *), int nth)
{
	pid_t child = fork();
	int status;

	g_assert_cmpint(child, >=, 0);
	if (child == 0) {
		fault_io_arm(FAULT_IO_KILL, nth, 0);
		life(world);
		_exit(0);
	}
	g_assert_cmpint(waitpid(child, &status, 0), ==, child);
	if (WIFSIGNALED(status)) {
		g_assert_cmpint(WTERMSIG(status), ==, SIGKILL);
		return true;
	}
	g_assert_cmpint(WEXITSTATUS(status), ==, 0);
	return false;
}

/* Before NEW was on the disk the cashier sees a paid receipt and asks again; after it nobody has
 * to. */
static void sell_if_unknown(World *world)
{
	if (fake_count_documents(FISCAL_SALE, WORLD_TOTAL) == 0)
		sell(world);
}

static void test_killed_at_every_write(void)
{
	int nth = 1;

	for (bool killed = true; killed; nth++) {
		World world;

		world_init(&world);
		killed = run_killed(&world, sell, nth);
		restart(&world);
		sell_if_unknown(&world);
		world_check(&world, 1);
		world_check_settled(&world);
		world_clear(&world);
	}
	g_test_message("killed at %d instants", nth - 2);
	g_assert_cmpint(nth, >, 60);
}

/* And again while it recovers from that: the second kill walks through the whole recovery of each
 * seventh first one. */
static void test_killed_again_while_recovering(void)
{
	int pairs = 0;
	bool killed = true;

	for (int first = 1; killed; first += 7) {
		bool again = true;

		for (int second = 1; again; second += 3) {
			World world;

			world_init(&world);
			killed = run_killed(&world, sell, first);
			again = run_killed(&world, restart, second);
			restart(&world);
			sell_if_unknown(&world);
			world_check(&world, 1);
			world_check_settled(&world);
			world_clear(&world);
			pairs++;
		}
	}
	g_test_message("%d pairs", pairs);
}

static void do_kind(World *world, FiscalKind kind)
{
	g_autoptr(TillDb) db = world_open_db(world);
	g_autoptr(FiscalRun) run = world_new_run(db);
	g_auto(FiscalOutcome) outcome = { 0 };
	TillRequest request = world_request(kind);

	fiscal_run_request(run, &request, "Сараа", &outcome);
	g_assert_no_error(outcome.error);
	g_assert_cmpint(outcome.outcome, ==, FISCAL_OUTCOME_DONE);
}

static void put_cash_in(World *world)
{
	do_kind(world, FISCAL_CASH_IN);
}

/* Cash has no document number: the registrar's own sum says whether it was booked. */
static void test_cash_killed_at_every_write(void)
{
	for (int nth = 1, killed = true; killed; nth++) {
		World world;
		g_autoptr(TillDb) db = NULL;
		g_autoptr(FiscalRun) run = NULL;
		g_auto(FiscalOutcome) outcome = { 0 };
		TillShift shift;

		world_init(&world);
		killed = run_killed(&world, put_cash_in, nth);
		db = world_open_db(&world);
		run = world_new_run(db);
		fiscal_run_recover(run, &outcome);
		till_db_get_shift(db, &shift);
		g_assert_cmpint(shift.totals.cash_in.minor, ==, world.fake->cash);
		g_clear_pointer(&run, fiscal_run_free);
		g_clear_pointer(&db, till_db_close);
		world_check_settled(&world);
		world_clear(&world);
	}
}

static void drop_and_close_shift(World *world)
{
	do_kind(world, FISCAL_SHIFT_CLOSE);
}

static void void_receipt(World *world)
{
	g_autoptr(TillDb) db = world_open_db(world);
	g_autoptr(GError) error = NULL;

	till_db_void_receipt(db, 1, &error);
	g_assert_no_error(error);
}

/* However often it is asked for: one Z, and the till's shift is open exactly while the registrar's
 * is. */
static void test_z_killed_at_every_write(void)
{
	for (int nth = 1, killed = true; killed; nth++) {
		World world;
		TillShift shift;

		world_init(&world);
		void_receipt(&world);
		killed = run_killed(&world, drop_and_close_shift, nth);
		{
			g_autoptr(TillDb) db = world_open_db(&world);
			g_autoptr(FiscalRun) run = world_new_run(db);
			g_auto(FiscalOutcome) outcome = { 0 };

			fiscal_run_recover(run, &outcome);
			till_db_get_shift(db, &shift);
			g_assert_true(shift.open == world.fake->shift_open);
		}
		if (shift.open)
			drop_and_close_shift(&world);
		g_assert_cmpint(fake_count_documents(FISCAL_SHIFT_CLOSE, 0), ==, 1);
		world_check_settled(&world);
		world_clear(&world);
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/crash/once/at-every-write", test_killed_at_every_write);
	g_test_add_func("/crash/twice/while-recovering", test_killed_again_while_recovering);
	g_test_add_func("/crash/once/cash-at-every-write", test_cash_killed_at_every_write);
	g_test_add_func("/crash/once/z-at-every-write", test_z_killed_at_every_write);
	return g_test_run();
}
