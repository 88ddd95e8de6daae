/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/crash/till_world.h"
#include "tests/store/fault_io.h"

#include <errno.h>

/* The registrar or the disk fails at each step of a sale, in every way it can; the till lives on.
 */

typedef struct {
	TillDb *db;
	FiscalRun *run;
	FiscalOutcome outcome;
} Till;

static void till_start(Till *self, World *world)
{
	*self = (Till){ .db = world_open_db(world) };
	self->run = world_new_run(self->db);
}

static void till_stop(Till *self)
{
	fiscal_outcome_clear(&self->outcome);
	fiscal_run_free(self->run);
	till_db_close(self->db);
}

static void sell(Till *self)
{
	TillRequest request = world_request(FISCAL_SALE);

	fiscal_outcome_clear(&self->outcome);
	fiscal_run_request(self->run, &request, "Сараа", &self->outcome);
}

static void retry(Till *self)
{
	fiscal_outcome_clear(&self->outcome);
	fiscal_run_retry(self->run, &self->outcome);
}

/* The verdict and the registrar agree. */
static void check_outcome(const FiscalOutcome *outcome)
{
	int n = fake_count_documents(FISCAL_SALE, WORLD_TOTAL);

	switch (outcome->outcome) {
	case FISCAL_OUTCOME_DONE:
		g_assert_no_error(outcome->error);
		G_GNUC_FALLTHROUGH;
	case FISCAL_OUTCOME_NOT_PRINTED:
		g_assert_cmpint(n, ==, 1);
		g_assert_cmpstr(outcome->done.number, ==, "T3-000001");
		g_assert_cmpint(outcome->done.total.minor, ==, WORLD_TOTAL);
		g_assert_cmpint(outcome->done.change.minor, ==, WORLD_PAID - WORLD_TOTAL);
		break;
	case FISCAL_OUTCOME_NOT_MADE:
		g_assert_nonnull(outcome->error);
		g_assert_cmpint(n, ==, 0);
		break;
	case FISCAL_OUTCOME_UNKNOWN:
		g_assert_nonnull(outcome->error);
		g_assert_cmpint(n, <=, 1);
		break;
	default:
		g_assert_not_reached();
	}
}

static const char *const fault_names[FAKE_N_FAULTS] = {
	[FAKE_REFUSED] = "refused",	  [FAKE_LOST_BEFORE] = "lost before",
	[FAKE_LOST_AFTER] = "lost after", [FAKE_GONE] = "gone",
	[FAKE_POWER_CUT] = "power cut",
};

/* One fault at call @call; the cashier presses retry until it is done. False where the sale needed
 * fewer calls. */
static bool sell_with(FakeFault fault, int call, int length, int *seen)
{
	World world;
	Till till;
	bool hit;

	world_init(&world);
	till_start(&till, &world);
	fake_arm(fault, call, length);
	sell(&till);
	hit = fake_count_calls() >= call;
	g_test_message("%s at call %d: outcome %d", fault_names[fault], call,
		       (int)till.outcome.outcome);
	check_outcome(&till.outcome);
	seen[till.outcome.outcome]++;
	for (int i = 0; i < 20 && till.outcome.outcome != FISCAL_OUTCOME_DONE; i++) {
		retry(&till);
		check_outcome(&till.outcome);
	}
	g_assert_cmpint(till.outcome.outcome, ==, FISCAL_OUTCOME_DONE);
	till_stop(&till);
	world_check(&world, 1);
	world_check_settled(&world);
	world_clear(&world);
	return hit;
}

static void test_registrar_fails_at_every_call(void)
{
	int seen[8] = { 0 };

	for (FakeFault fault = FAKE_REFUSED; fault < FAKE_N_FAULTS; fault++)
		for (int length = 1; length <= (fault == FAKE_GONE ? 9 : 1); length += 4)
			for (int call = 1; sell_with(fault, call, length, seen); call++)
				continue;
	g_assert_cmpint(seen[FISCAL_OUTCOME_DONE], >, 0);
	g_assert_cmpint(seen[FISCAL_OUTCOME_NOT_PRINTED], >, 0);
	g_assert_cmpint(seen[FISCAL_OUTCOME_NOT_MADE], >, 0);
	g_assert_cmpint(seen[FISCAL_OUTCOME_UNKNOWN], >, 0);
}

/* A write fails: the till says what it knows and goes on when the disk does. */
static bool sell_with_disk(FaultIo fault, int nth, int code)
{
	World world;
	Till till;
	bool hit;

	world_init(&world);
	till_start(&till, &world);
	fault_io_arm(fault, nth, code);
	sell(&till);
	hit = fault_io_count() >= nth; /* calls of the registrar count, and do not fail */
	fault_io_arm(FAULT_IO_NONE, 0, 0);
	check_outcome(&till.outcome);
	for (int i = 0; i < 3 && till.outcome.outcome != FISCAL_OUTCOME_DONE; i++) {
		/* A sale that was not even noted is asked for again by the cashier. */
		if (till.outcome.outcome == FISCAL_OUTCOME_NOTHING)
			sell(&till);
		else
			retry(&till);
	}
	if (till.outcome.outcome == FISCAL_OUTCOME_NOTHING)
		sell(&till);
	g_assert_no_error(till.outcome.error);
	g_assert_cmpint(till.outcome.outcome, ==, FISCAL_OUTCOME_DONE);
	till_stop(&till);
	world_check(&world, 1);
	world_check_settled(&world);
	world_clear(&world);
	return hit;
}

static void test_disk_fails_at_every_write(void)
{
	static const int codes[] = { ENOSPC, EIO };

	for (size_t i = 0; i < G_N_ELEMENTS(codes); i++) {
		for (int nth = 1; sell_with_disk(FAULT_IO_FAIL_ONCE, nth, codes[i]); nth++)
			continue;
		for (int nth = 1; sell_with_disk(FAULT_IO_FAIL_FROM, nth, codes[i]); nth += 3)
			continue;
	}
}

/* The disk fails when the registrar has it: in doubt. The watch clears that up, and nobody has
 * heard it when the cashier's retry comes: it is told then. False where the sale needed fewer
 * writes. */
static bool retry_after_watch(int nth, int *n_told)
{
	World world;
	Till till;
	bool hit;

	world_init(&world);
	till_start(&till, &world);
	fault_io_arm(FAULT_IO_FAIL_ONCE, nth, EIO);
	sell(&till);
	hit = fault_io_count() >= nth;
	fault_io_arm(FAULT_IO_NONE, 0, 0);
	if (till.outcome.outcome == FISCAL_OUTCOME_UNKNOWN) {
		fiscal_outcome_clear(&till.outcome);
		fiscal_run_ask(till.run, &till.outcome);
		retry(&till);
		check_outcome(&till.outcome);
		g_assert_cmpint(till.outcome.outcome, ==, FISCAL_OUTCOME_DONE);
		g_assert_cmpint(till.outcome.kind, ==, FISCAL_SALE);
		(*n_told)++;
	}
	till_stop(&till);
	world_clear(&world);
	return hit;
}

static void test_made_by_the_watch_is_told_to_the_retry(void)
{
	int n_told = 0;

	for (int nth = 1; retry_after_watch(nth, &n_told); nth++)
		continue;
	g_assert_cmpint(n_told, >, 0);
}

/* Disk full in the middle of a sale: the reserve lets all of it be recorded. */
static void test_full_disk_spends_the_reserve(void)
{
	World world;
	Till till;
	g_autofree char *reserve = NULL;

	world_init(&world);
	reserve = g_strconcat(world.db_path, ".reserve", NULL);
	g_assert_true(g_file_test(reserve, G_FILE_TEST_EXISTS));
	till_start(&till, &world);
	fault_io_arm(FAULT_IO_FAIL_ONCE, 5, ENOSPC);
	sell(&till);
	g_assert_true(fault_io_was_hit());
	fault_io_arm(FAULT_IO_NONE, 0, 0);
	g_assert_no_error(till.outcome.error);
	g_assert_cmpint(till.outcome.outcome, ==, FISCAL_OUTCOME_DONE);
	g_assert_false(g_file_test(reserve, G_FILE_TEST_EXISTS));
	till_stop(&till);
	world_clear(&world);
}

static void test_full_disk_is_found_before_money(void)
{
	World world;
	Till till;
	g_autoptr(GError) write = NULL, reserve = NULL, error = NULL;
	g_autofree char *path = NULL;

	world_init(&world);
	path = g_strconcat(world.db_path, ".reserve", NULL);
	till_start(&till, &world);
	fault_io_arm(FAULT_IO_FAIL_FROM, 1, ENOSPC);
	g_assert_false(till_db_check_room(till.db, &write));
	g_assert_error(write, STORE_ERROR, STORE_ERROR_FULL);
	fault_io_arm(FAULT_IO_NONE, 0, 0);
	g_assert_true(till_db_check_room(till.db, &error));

	/* The write goes, the reserve was spent and cannot be made again: no sale either. */
	g_assert_cmpint(remove(path), ==, 0);
	fault_io_arm(FAULT_IO_FAIL_FROM, 4, ENOSPC);
	g_assert_false(till_db_check_room(till.db, &reserve));
	g_assert_error(reserve, STORE_ERROR, STORE_ERROR_FULL);
	fault_io_arm(FAULT_IO_NONE, 0, 0);
	g_assert_true(till_db_check_room(till.db, &error));
	till_stop(&till);
	world_clear(&world);
}

/* Somebody else's receipt is in the registrar: nobody but a person can say what to do. */
static void test_foreign_receipt_stops_until_settled(void)
{
	World world;
	Till till;

	world_init(&world);
	till_start(&till, &world);
	fake_arm(FAKE_GONE, 3, 6); /* after the receipt was opened */
	sell(&till);
	g_assert_cmpint(till.outcome.outcome, ==, FISCAL_OUTCOME_UNKNOWN);
	fake_arm(FAKE_NOTHING, 0, 0);
	world.fake->open_total = WORLD_TOTAL + 1;

	retry(&till);
	g_assert_cmpint(till.outcome.outcome, ==, FISCAL_OUTCOME_FOREIGN);
	sell(&till); /* nothing else is begun */
	g_assert_cmpint(till.outcome.outcome, ==, FISCAL_OUTCOME_FOREIGN);
	fiscal_outcome_clear(&till.outcome);
	fiscal_run_settle(till.run, 9, &till.outcome);
	g_assert_cmpint(till.outcome.outcome, ==, FISCAL_OUTCOME_NOT_MADE);
	g_assert_false(world.fake->document_open);
	sell(&till);
	g_assert_cmpint(till.outcome.outcome, ==, FISCAL_OUTCOME_DONE);
	till_stop(&till);
	world_check(&world, 1);
	world_clear(&world);
}

static void test_paper_out_keeps_the_document(void)
{
	World world;
	Till till;

	world_init(&world);
	world.fake->paper_out = true;
	till_start(&till, &world);
	sell(&till);
	g_assert_cmpint(till.outcome.outcome, ==, FISCAL_OUTCOME_NOT_PRINTED);
	g_assert_error(till.outcome.error, DEVICE_FAULT, DEVICE_FAULT_PAPER_OUT);
	g_assert_cmpint(world.fake->drawer_opened, ==, 1);
	till_stop(&till);

	till_start(&till, &world); /* and after a restart the receipt's number is still known */
	fiscal_run_recover(till.run, &till.outcome);
	g_assert_cmpint(till.outcome.outcome, ==, FISCAL_OUTCOME_NOT_PRINTED);
	check_outcome(&till.outcome);
	world.fake->paper_out = false;
	retry(&till);
	g_assert_cmpint(till.outcome.outcome, ==, FISCAL_OUTCOME_DONE);
	till_stop(&till);
	world_check(&world, 1);
	g_assert_cmpint(world.fake->drawer_opened, ==, 1);
	world_clear(&world);
}

/* --- the engine's own thread --------------------------------------------------------------- */

typedef struct {
	FiscalEngine *engine;
	GMainLoop *loop;
	FiscalOutcome outcome;
	int told;
	bool ready;
} Caller;

static void on_outcome(GObject *source, GAsyncResult *result, void *data)
{
	Caller *caller = data;

	fiscal_outcome_clear(&caller->outcome);
	fiscal_engine_finish(caller->engine, result, &caller->outcome);
	g_main_loop_quit(caller->loop);
}

static void on_device(bool ready, DeviceFault fault, const FiscalStatus *status, void *data)
{
	Caller *caller = data;

	caller->told++;
	caller->ready = ready;
	g_main_loop_quit(caller->loop);
}

static void test_engine_answers_on_the_callers_loop(void)
{
	World world;
	Caller caller = { .loop = g_main_loop_new(NULL, FALSE) };
	g_autoptr(TillDb) db = NULL;
	TillRequest request = world_request(FISCAL_SALE);
	static const FiscalListener listener = { .device = on_device };

	world_init(&world);
	db = world_open_db(&world);
	caller.engine = fiscal_engine_new(db, &fake_driver, NULL, NULL);
	fiscal_engine_recover_async(caller.engine, on_outcome, &caller);
	g_main_loop_run(caller.loop);
	g_assert_cmpint(caller.outcome.outcome, ==, FISCAL_OUTCOME_NOTHING);
	fiscal_engine_run_async(caller.engine, &request, "Сараа", on_outcome, &caller);
	g_main_loop_run(caller.loop);
	g_assert_cmpint(caller.outcome.outcome, ==, FISCAL_OUTCOME_DONE);
	fiscal_engine_watch(caller.engine, &listener, &caller);
	g_main_loop_run(caller.loop);
	g_assert_true(caller.ready);

	fiscal_engine_retry_async(caller.engine, on_outcome, &caller); /* never delivered */
	fiscal_engine_free(caller.engine);
	while (g_main_context_iteration(NULL, FALSE))
		continue;
	g_assert_cmpint(caller.told, ==, 1);
	fiscal_outcome_clear(&caller.outcome);
	g_main_loop_unref(caller.loop);
	g_clear_pointer(&db, till_db_close);
	world_check(&world, 1);
	world_clear(&world);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/faults/registrar-fails-at-every-call",
			test_registrar_fails_at_every_call);
	g_test_add_func("/faults/disk-fails-at-every-write", test_disk_fails_at_every_write);
	g_test_add_func("/faults/made-by-the-watch-is-told-to-the-retry",
			test_made_by_the_watch_is_told_to_the_retry);
	g_test_add_func("/faults/full-disk-spends-the-reserve", test_full_disk_spends_the_reserve);
	g_test_add_func("/faults/full-disk-is-found-before-money",
			test_full_disk_is_found_before_money);
	g_test_add_func("/faults/foreign-receipt-stops-until-settled",
			test_foreign_receipt_stops_until_settled);
	g_test_add_func("/faults/paper-out-keeps-the-document", test_paper_out_keeps_the_document);
	g_test_add_func("/faults/engine-answers-on-the-callers-loop",
			test_engine_answers_on_the_callers_loop);
	return g_test_run();
}
