/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/worker.h"

#include <stdbool.h>

#define N_JOBS 100

typedef struct {
	int order[N_JOBS];
	int n;
	GThread *thread;
	bool one_thread;
} Log;

typedef struct {
	Log *log; /* borrowed */
	int number;
} Note;

static void write_down(GTask *task, void *source, void *data, GCancellable *cancellable)
{
	Note *note = data;

	if (note->log->thread == NULL)
		note->log->thread = g_thread_self();
	note->log->one_thread &= note->log->thread == g_thread_self();
	note->log->order[note->log->n++] = note->number;
	g_task_return_int(task, note->number);
}

static void count_down(GObject *source, GAsyncResult *result, void *data)
{
	int *left = data;

	g_assert_cmpint(g_task_propagate_int(G_TASK(result), NULL), >=, 0);
	(*left)--;
}

static GTask *new_task(Log *log, int number, int *left)
{
	GTask *task = g_task_new(NULL, NULL, count_down, left);
	Note *note = g_new(Note, 1);

	*note = (Note){ .log = log, .number = number };
	g_task_set_task_data(task, note, g_free);
	return task;
}

static void run_jobs(Worker *worker, Log *log, int *left)
{
	for (int i = 0; i < N_JOBS; i++) {
		g_autoptr(GTask) task = new_task(log, i, left);

		worker_run(worker, task, write_down);
	}
}

static void check_log(const Log *log)
{
	g_assert_cmpint(log->n, ==, N_JOBS);
	g_assert_true(log->one_thread);
	g_assert_true(log->thread != g_thread_self());
	for (int i = 0; i < N_JOBS; i++)
		g_assert_cmpint(log->order[i], ==, i);
}

static void test_jobs_in_order(void)
{
	Worker *worker = worker_new("a name far too long for the kernel");
	Log log = { .one_thread = true };
	int left = N_JOBS;

	run_jobs(worker, &log, &left);
	while (left > 0)
		g_main_context_iteration(NULL, TRUE);
	check_log(&log);
	worker_free(worker);
}

static void test_free_drops_no_job(void)
{
	Worker *worker = worker_new("short");
	Log log = { .one_thread = true };
	int left = N_JOBS;

	run_jobs(worker, &log, &left);
	g_assert_cmpuint(worker_get_pending(worker), <=, N_JOBS);
	worker_free(worker);
	check_log(&log);
	while (left > 0)
		g_main_context_iteration(NULL, TRUE);
}

typedef struct {
	GMutex mutex;
	GCond cond;
	bool open;
} Gate;

static void wait_at_gate(GTask *task, void *source, void *data, GCancellable *cancellable)
{
	Gate *gate = data;

	g_mutex_lock(&gate->mutex);
	while (!gate->open)
		g_cond_wait(&gate->cond, &gate->mutex);
	g_mutex_unlock(&gate->mutex);
	g_task_return_boolean(task, TRUE);
}

static void test_pending_counts_waiting_and_running(void)
{
	Worker *worker = worker_new("gate");
	Gate gate = { 0 };

	g_mutex_init(&gate.mutex);
	g_cond_init(&gate.cond);
	for (int i = 0; i < 2; i++) {
		g_autoptr(GTask) task = g_task_new(NULL, NULL, NULL, NULL);

		g_task_set_task_data(task, &gate, NULL);
		worker_run(worker, task, wait_at_gate);
	}
	g_assert_cmpuint(worker_get_pending(worker), ==, 2);

	g_mutex_lock(&gate.mutex);
	gate.open = true;
	g_cond_broadcast(&gate.cond);
	g_mutex_unlock(&gate.mutex);
	worker_free(worker);
	g_mutex_clear(&gate.mutex);
	g_cond_clear(&gate.cond);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/worker/jobs_in_order", test_jobs_in_order);
	g_test_add_func("/worker/free_drops_no_job", test_free_drops_no_job);
	g_test_add_func("/worker/pending", test_pending_counts_waiting_and_running);
	return g_test_run();
}
