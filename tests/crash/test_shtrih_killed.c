/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/fiscal/shtrih.h"
#include "pos/session/fiscal_device.h"
#include "pos/till/fiscal_rows.h"
#include "tests/crash/till_world.h"

#include <jansson.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* The shipping driver and the Shtrih-M simulator in a process of its own, its memory in a file. The
 * till is killed once at each state of the fiscal dialogue; then, as after a power cut in the shop,
 * the registrar is switched off and on too in half of the runs. One paid receipt, one document. */

typedef enum {
	BEFORE_PLAN,
	BEFORE_OBSERVE,
	BEFORE_STEP, /* .step */
	IN_COMMIT, /* after .step pieces of the commit's exchange were sent */
	AFTER_COMMIT,
	BEFORE_DRAWER,
	BEFORE_PRINT,
	AFTER_PRINT,
} Instant;

#define COMMIT (-1)

static const struct {
	const char *name;
	Instant instant;
	int step;
	FiscalRowState state; /* what the disk says after the kill */
} cases[] = {
	{ "new", BEFORE_PLAN, 0, FISCAL_ROW_NEW },
	{ "planned", BEFORE_OBSERVE, 0, FISCAL_ROW_PLANNED },
	{ "intent", BEFORE_STEP, 0, FISCAL_ROW_INTENT },
	{ "lines-1", BEFORE_STEP, 1, FISCAL_ROW_LINES },
	{ "lines-2", BEFORE_STEP, 2, FISCAL_ROW_LINES },
	{ "lines-3", BEFORE_STEP, 3, FISCAL_ROW_LINES },
	{ "lines-4", BEFORE_STEP, 4, FISCAL_ROW_LINES },
	{ "committing", BEFORE_STEP, COMMIT, FISCAL_ROW_COMMITTING },
	{ "committing-enq-sent", IN_COMMIT, 1, FISCAL_ROW_COMMITTING },
	{ "committing-frame-sent", IN_COMMIT, 2, FISCAL_ROW_COMMITTING },
	{ "committing-answered", AFTER_COMMIT, 0, FISCAL_ROW_COMMITTING },
	{ "made", BEFORE_DRAWER, 0, FISCAL_ROW_MADE },
	{ "made-drawer-open", BEFORE_PRINT, 0, FISCAL_ROW_MADE },
	{ "made-printed", AFTER_PRINT, 0, FISCAL_ROW_MADE },
};

/* --- a driver that kills its till ---------------------------------------------------------- */

static Instant doom;
static int doom_step;
static int sends_left; /* 0: send() is as always */

static void die(void)
{
	kill(getpid(), SIGKILL);
}

/* Stands before the C library's: the port sends with it. */
ssize_t send(int fd, const void *data, size_t len, int flags)
{
	ssize_t n = syscall(SYS_sendto, fd, data, len, flags, NULL, 0);

	if (sends_left > 0 && --sends_left == 0)
		die();
	return n;
}

static struct fiscal_plan *doomed_plan(struct fiscal *self, const FiscalDocument *document,
				       GError **error)
{
	if (doom == BEFORE_PLAN)
		die();
	return shtrih_driver.plan(self, document, error);
}

static bool doomed_observe(struct fiscal *self, FiscalStatus *ret, GError **error)
{
	if (doom == BEFORE_OBSERVE)
		die();
	return shtrih_driver.observe(self, ret, error);
}

static bool doomed_step(struct fiscal *self, struct fiscal_plan *plan, int n, FiscalProof *proof,
			GError **error)
{
	bool commit = n == shtrih_driver.plan_commit_step(plan), ok;

	if (doom == BEFORE_STEP && (doom_step == n || (commit && doom_step == COMMIT)))
		die();
	if (commit && doom == IN_COMMIT)
		sends_left = doom_step;
	ok = shtrih_driver.step(self, plan, n, proof, error);
	if (commit && doom == AFTER_COMMIT)
		die();
	return ok;
}

static bool doomed_drawer(struct fiscal *self, GError **error)
{
	if (doom == BEFORE_DRAWER)
		die();
	return shtrih_driver.open_drawer(self, error);
}

static bool doomed_print(struct fiscal *self, GError **error)
{
	bool ok;

	if (doom == BEFORE_PRINT)
		die();
	ok = shtrih_driver.finish_print(self, error);
	if (doom == AFTER_PRINT)
		die();
	return ok;
}

/* --- the registrar ------------------------------------------------------------------------- */

typedef struct {
	GPid pid;
	FILE *out;
	char *address;
} Registrar;

static char *read_line(FILE *file)
{
	char *line = NULL;
	size_t size = 0;
	char *ret = getline(&line, &size, file) > 0 ? g_strdup(g_strchomp(line)) : NULL;

	free(line);
	return ret;
}

static Registrar switch_on(const char *state)
{
	const char *argv[] = { g_getenv("BARAA_SIM"),
			       "fiscal-shtrih",
			       "--tcp",
			       "0",
			       "--state",
			       state,
			       "--fault",
			       "print_ms=1",
			       NULL };
	Registrar self = { 0 };
	g_autoptr(GError) error = NULL;
	g_autofree char *ready = NULL;
	int out;

	g_assert_nonnull(argv[0]);
	g_spawn_async_with_pipes(NULL, (char **)argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL,
				 &self.pid, NULL, &out, NULL, &error);
	g_assert_no_error(error);
	self.out = fdopen(out, "r");
	self.address = read_line(self.out);
	g_assert_nonnull(self.address);
	ready = read_line(self.out);
	g_assert_cmpstr(ready, ==, "ready");
	return self;
}

static void switch_off(Registrar *self)
{
	g_assert_cmpint(kill(self->pid, SIGKILL), ==, 0);
	g_assert_cmpint(waitpid(self->pid, NULL, 0), ==, self->pid);
	fclose(self->out);
	g_free(self->address);
}

static void open_its_shift(const Registrar *registrar)
{
	FiscalDevice *device = fiscal_device_new(&shtrih_driver, registrar->address, NULL);
	FiscalDocument document = { .kind = FISCAL_SHIFT_OPEN,
				    .sale_id = "T3-0",
				    .cashier = "Сараа",
				    .total = { 0, FAKE_CURRENCY } };
	g_autoptr(GError) error = NULL;

	fiscal_device_report(device, &document, &error);
	g_assert_no_error(error);
	fiscal_device_free(device);
}

/* Documents with our total in the registrar's memory. */
static int count_documents(const char *state)
{
	json_t *json = json_load_file(state, 0, NULL), *document;
	size_t i;
	int n = 0;

	g_assert_nonnull(json);
	json_array_foreach(json_object_get(json, "documents"), i, document) n +=
		json_integer_value(json_object_get(document, "total")) == WORLD_TOTAL;
	json_decref(json);
	return n;
}

/* --- the till ------------------------------------------------------------------------------ */

static void sell_and_die(World *world, const char *address)
{
	struct fiscal_driver doomed = shtrih_driver;
	g_autoptr(TillDb) db = world_open_db(world);
	g_autoptr(FiscalRun) run = NULL;
	g_auto(FiscalOutcome) outcome = { 0 };
	TillRequest request = world_request(FISCAL_SALE);

	doomed.plan = doomed_plan;
	doomed.observe = doomed_observe;
	doomed.step = doomed_step;
	doomed.open_drawer = doomed_drawer;
	doomed.finish_print = doomed_print;
	run = fiscal_run_new(db, &doomed, address, NULL);
	fiscal_run_request(run, &request, "Сараа", &outcome);
	g_assert_no_error(outcome.error);
}

static void run_killed(World *world, const char *address)
{
	pid_t child = fork();
	int status;

	g_assert_cmpint(child, >=, 0);
	if (child == 0) {
		sell_and_die(world, address);
		_exit(0);
	}
	g_assert_cmpint(waitpid(child, &status, 0), ==, child);
	g_assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
}

static void check_state(World *world, FiscalRowState state)
{
	g_autoptr(TillDb) db = world_open_db(world);
	g_auto(FiscalRow) row = { 0 };
	g_autoptr(GError) error = NULL;

	fiscal_row_find_unfinished(db, &row, &error);
	g_assert_no_error(error);
	g_assert_cmpstr(fiscal_row_state_code(row.state), ==, fiscal_row_state_code(state));
}

static void restart(World *world, const char *address, FiscalOutcomeKind expected)
{
	g_autoptr(TillDb) db = world_open_db(world);
	g_autoptr(FiscalRun) run = fiscal_run_new(db, &shtrih_driver, address, NULL);
	g_auto(FiscalOutcome) outcome = { 0 };

	fiscal_run_recover(run, &outcome);
	g_assert_no_error(outcome.error);
	g_assert_cmpint(outcome.outcome, ==, expected);
	if (expected == FISCAL_OUTCOME_DONE)
		g_assert_cmpstr(outcome.done.number, ==, "T3-000001");
}

static void check_till(World *world)
{
	g_autoptr(TillDb) db = world_open_db(world);
	g_auto(TillOpen) open = { 0 };
	TillShift shift;

	g_assert_true(till_db_load_receipt(db, &open, NULL));
	g_assert_null(open.receipt);
	till_db_get_shift(db, &shift);
	g_assert_cmpint(shift.totals.n_sales, ==, 1);
	g_assert_cmpint(shift.totals.sales.minor, ==, WORLD_TOTAL);
}

static void check_case(size_t index, bool power_cut)
{
	World world;
	Registrar registrar;
	g_autofree char *state = NULL;

	world_init(&world);
	state = g_build_filename(world.directory, "shtrih.state", NULL);
	registrar = switch_on(state);
	open_its_shift(&registrar);
	doom = cases[index].instant;
	doom_step = cases[index].step;
	run_killed(&world, registrar.address);
	if (power_cut) {
		switch_off(&registrar);
		registrar = switch_on(state);
	}
	check_state(&world, cases[index].state);
	restart(&world, registrar.address, FISCAL_OUTCOME_DONE);
	g_assert_cmpint(count_documents(state), ==, 1);
	check_till(&world);
	restart(&world, registrar.address, FISCAL_OUTCOME_NOTHING);
	g_assert_cmpint(count_documents(state), ==, 1);
	switch_off(&registrar);
	world_clear(&world);
}

static void test_till_killed(gconstpointer data)
{
	check_case(GPOINTER_TO_SIZE(data), false);
}

static void test_till_and_registrar_killed(gconstpointer data)
{
	check_case(GPOINTER_TO_SIZE(data), true);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *till = g_strconcat("/shtrih/till-killed/", cases[i].name, NULL);
		g_autofree char *both = g_strconcat("/shtrih/power-cut/", cases[i].name, NULL);

		g_test_add_data_func(till, GSIZE_TO_POINTER(i), test_till_killed);
		g_test_add_data_func(both, GSIZE_TO_POINTER(i), test_till_and_registrar_killed);
	}
	return g_test_run();
}
