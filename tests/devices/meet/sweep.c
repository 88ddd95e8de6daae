/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/devices/meet/sweep.h"

#include "drivers/device.h"

#include <string.h>

enum { SLACK_MS = 500, MAX_SHOWN = 12, MAX_LOG = 30000 };

struct SweepRun {
	Sweep sweep;
	int n_in, n_out; /* bytes of the dialogue on a good cable */
	int64_t begun; /* monotonic µs */

	GMutex lock;
	GCond done;
	/* under the lock */
	int n_left, n_failed;
};

typedef struct {
	SweepRun *run; /* borrowed */
	SweepFault fault;
} SweepCase;

static Meet *open_meet(const Sweep *sweep, const char *const *settings)
{
	if (sweep->draws)
		return meet_new_drawing(sweep->sim, sweep->cable, settings);
	if (sweep->remembers)
		return meet_new_remembering(sweep->sim, sweep->cable, settings);
	return meet_new(sweep->sim, sweep->cable, settings);
}

/* MEET_SHOW=flip_in=12 in the environment shows that case's log. */
static char *try(const Sweep *sweep, const SweepFault *fault, char **log)
{
	g_autoptr(GPtrArray) faults = g_ptr_array_new();
	g_autofree char *spec = fault->fault != NULL && !sweep->later
					? g_strdup_printf("%s=%d", fault->fault, fault->at)
					: NULL;
	g_autoptr(Meet) meet = NULL;
	char *wrong;

	for (int i = 0; sweep->settings != NULL && sweep->settings[i] != NULL; i++)
		g_ptr_array_add(faults, (char *)sweep->settings[i]);
	g_ptr_array_add(faults, spec);
	g_ptr_array_add(faults, NULL);
	meet = open_meet(sweep, (const char *const *)faults->pdata);
	wrong = sweep->talk(meet, fault, sweep->data);
	if (wrong == NULL && spec != NULL && g_strcmp0(g_getenv("MEET_SHOW"), spec) == 0)
		wrong = g_strdup("nothing wrong, but asked for");
	*log = wrong != NULL ? meet_dup_log(meet) : NULL;
	return wrong;
}

static void note_failure(SweepRun *run, const SweepFault *fault, const char *wrong, const char *log)
{
	size_t len = strlen(log);

	if (run->n_failed++ < MAX_SHOWN)
		g_test_message("%s %s=%d: %s\n%s", run->sweep.sim, fault->fault, fault->at, wrong,
			       len > MAX_LOG ? log + len - MAX_LOG : log);
}

static void work(void *data, void *pool_data)
{
	g_autofree SweepCase *one = data;
	SweepRun *run = one->run;
	g_autofree char *log = NULL;
	g_autofree char *wrong = try(&run->sweep, &one->fault, &log);

	g_mutex_lock(&run->lock);
	if (wrong != NULL)
		note_failure(run, &one->fault, wrong, log);
	if (--run->n_left == 0)
		g_cond_signal(&run->done);
	g_mutex_unlock(&run->lock);
}

/* How long the dialogue is each way, on a good cable. */
static void measure(const Sweep *sweep, int *n_in, int *n_out)
{
	g_autoptr(Meet) meet = open_meet(sweep, sweep->settings);
	g_autofree char *wrong = sweep->talk(meet, &(SweepFault){ 0 }, sweep->data);

	if (wrong != NULL) {
		g_autofree char *log = meet_dup_log(meet);

		g_error("%s on a good cable: %s\n%s", sweep->sim, wrong, log);
	}
	*n_in = meet_count_bytes(meet, "H> ", sweep->from);
	*n_out = meet_count_bytes(meet, "D> ", sweep->from);
	g_assert_cmpint(*n_in + *n_out, >, 0);
}

static void push(GQueue *cases, SweepRun *run, const char *fault, int at)
{
	SweepCase *one = g_new(SweepCase, 1);

	*one = (SweepCase){ run, { fault, at } };
	g_queue_push_tail(cases, one);
}

static void push_bytes(GQueue *cases, SweepRun *run, const char *fault, int last)
{
	for (int at = 1; at <= last; at += run->sweep.stride)
		push(cases, run, fault, at);
}

static void push_all(GQueue *cases, SweepRun *run)
{
	static const char *const in[] = { "lose_in", "flip_in", "twice_in", "cut_in" };
	static const char *const out[] = { "lose_out", "flip_out", "twice_out", "cut_out", "mute" };
	static const int late_ms[] = { 30, 150, 400, 1500 }, split_ms[] = { 2, 10, 40, 150 };
	bool good_stream = run->sweep.good_stream;

	for (size_t i = good_stream ? 3 : 0; i < G_N_ELEMENTS(out); i++)
		push_bytes(cases, run, out[i], run->n_out);
	for (size_t i = good_stream ? 3 : 0; i < G_N_ELEMENTS(in); i++)
		push_bytes(cases, run, in[i], run->n_in);
	for (size_t i = 0; i < G_N_ELEMENTS(late_ms); i++)
		push(cases, run, "late_out", late_ms[i]);
	for (size_t i = 0; i < G_N_ELEMENTS(split_ms); i++)
		push(cases, run, "split_out", split_ms[i]);
}

/* One for all that run: the program's sweeps have the same number of threads. */
static GThreadPool *get_pool(int n_threads)
{
	static GThreadPool *pool;

	if (pool == NULL)
		pool = g_thread_pool_new(work, NULL, n_threads, false, NULL);
	return pool;
}

SweepRun *sweep_new(const Sweep *self)
{
	SweepRun *run = g_new0(SweepRun, 1);

	run->sweep = *self;
	g_mutex_init(&run->lock);
	g_cond_init(&run->done);
	measure(self, &run->n_in, &run->n_out);
	return run;
}

void sweep_start(SweepRun *self)
{
	GQueue cases = G_QUEUE_INIT;
	SweepCase *one;

	push_all(&cases, self);
	self->begun = g_get_monotonic_time();
	self->n_left = (int)g_queue_get_length(&cases);
	g_test_message("%s: %d bytes in, %d out, %d cases", self->sweep.sim, self->n_in,
		       self->n_out, self->n_left);
	while ((one = g_queue_pop_head(&cases)) != NULL)
		g_thread_pool_push(get_pool(self->sweep.n_threads), one, NULL);
}

void sweep_end(SweepRun *self)
{
	int n_failed;

	g_mutex_lock(&self->lock);
	while (self->n_left > 0)
		g_cond_wait(&self->done, &self->lock);
	n_failed = self->n_failed;
	g_mutex_unlock(&self->lock);
	g_test_message("%s: %.1f s, %d failed", self->sweep.sim,
		       (double)(g_get_monotonic_time() - self->begun) / 1e6, n_failed);
	g_mutex_clear(&self->lock);
	g_cond_clear(&self->done);
	g_free(self);
	g_assert_cmpint(n_failed, ==, 0);
}

void sweep_run(const Sweep *self)
{
	SweepRun *run = sweep_new(self);

	sweep_start(run);
	sweep_end(run);
}

static bool is_long, is_picked;

bool sweep_is_long(void)
{
	return is_long;
}

bool sweep_is_picked(void)
{
	return is_picked;
}

/* GTest's own "-m slow" cannot be given by the build file without its other meanings. */
void sweep_init(int *argc, char ***argv)
{
	for (int i = 1; i < *argc; i++) {
		is_long |= strcmp((*argv)[i], "--long") == 0;
		is_picked |= strcmp((*argv)[i], "-p") == 0;
	}
	g_test_init(argc, argv, NULL);
}

bool sweep_is(const SweepFault *fault, const char *name)
{
	return fault->fault != NULL && strcmp(fault->fault, name) == 0;
}

bool sweep_is_late(int64_t begun, int deadline_ms)
{
	return g_get_monotonic_time() - begun > (int64_t)(deadline_ms + SLACK_MS) * 1000;
}

char *sweep_check_fault(const char *what, const GError *error)
{
	if (error == NULL)
		return g_strdup_printf("%s fails without a word", what);
	if (error->domain != DEVICE_FAULT || error->code < 0 || error->code >= DEVICE_FAULT_N)
		return g_strdup_printf("%s: %s is no fault of a device", what, error->message);
	return NULL;
}
