/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/devices/meet/sweep.h"

#include "drivers/device.h"

#include <string.h>

enum { SLACK_MS = 500, MAX_SHOWN = 12, MAX_LOG = 30000 };

typedef struct {
	const Sweep *sweep;
	GMutex lock;
	int n_failed;
} Run;

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

static void work(void *data, void *run_data)
{
	g_autofree SweepFault *fault = data;
	Run *run = run_data;
	g_autofree char *log = NULL;
	g_autofree char *wrong = try(run->sweep, fault, &log);

	if (wrong == NULL)
		return;
	g_mutex_lock(&run->lock);
	if (run->n_failed++ < MAX_SHOWN) {
		size_t len = strlen(log);

		g_test_message("%s %s=%d: %s\n%s", run->sweep->sim, fault->fault, fault->at, wrong,
			       len > MAX_LOG ? log + len - MAX_LOG : log);
	}
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

static int push(GThreadPool *pool, const char *fault, int last, int stride)
{
	int n = 0;

	for (int at = 1; at <= last; at += stride, n++) {
		SweepFault *one = g_new(SweepFault, 1);

		*one = (SweepFault){ fault, at };
		g_thread_pool_push(pool, one, NULL);
	}
	return n;
}

static int push_value(GThreadPool *pool, const char *fault, int value)
{
	SweepFault *one = g_new(SweepFault, 1);

	*one = (SweepFault){ fault, value };
	g_thread_pool_push(pool, one, NULL);
	return 1;
}

static int push_all(GThreadPool *pool, const Sweep *sweep, int n_in, int n_out)
{
	static const char *const in[] = { "lose_in", "flip_in", "twice_in", "cut_in" };
	static const char *const out[] = { "lose_out", "flip_out", "twice_out", "cut_out", "mute" };
	static const int late_ms[] = { 30, 150, 400, 1500 }, split_ms[] = { 2, 10, 40, 150 };
	int n = 0;

	for (size_t i = sweep->good_stream ? 3 : 0; i < G_N_ELEMENTS(out); i++)
		n += push(pool, out[i], n_out, sweep->stride);
	for (size_t i = sweep->good_stream ? 3 : 0; i < G_N_ELEMENTS(in); i++)
		n += push(pool, in[i], n_in, sweep->stride);
	for (size_t i = 0; i < G_N_ELEMENTS(late_ms); i++)
		n += push_value(pool, "late_out", late_ms[i]);
	for (size_t i = 0; i < G_N_ELEMENTS(split_ms); i++)
		n += push_value(pool, "split_out", split_ms[i]);
	return n;
}

void sweep_run(const Sweep *self)
{
	Run run = { .sweep = self };
	GThreadPool *pool;
	int n_in, n_out, n;
	int64_t begun = g_get_monotonic_time();

	g_mutex_init(&run.lock);
	measure(self, &n_in, &n_out);
	pool = g_thread_pool_new(work, &run, self->n_threads, false, NULL);
	n = push_all(pool, self, n_in, n_out);
	g_thread_pool_free(pool, false, true);
	g_mutex_clear(&run.lock);
	g_test_message("%s: %d bytes in, %d out, %d cases in %.1f s, %d failed", self->sim, n_in,
		       n_out, n, (double)(g_get_monotonic_time() - begun) / 1e6, run.n_failed);
	g_assert_cmpint(run.n_failed, ==, 0);
}

static bool is_long;

bool sweep_is_long(void)
{
	return is_long;
}

/* GTest's own "-m slow" cannot be given by the build file without its other meanings. */
void sweep_init(int *argc, char ***argv)
{
	for (int i = 1; i < *argc; i++)
		is_long |= strcmp((*argv)[i], "--long") == 0;
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
