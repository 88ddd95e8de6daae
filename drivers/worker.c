/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/worker.h"

typedef struct {
	GTask *task; /* owned; NULL ends the thread */
	GTaskThreadFunc run;
} Job;

struct Worker {
	/* owned */
	GThread *thread;
	GAsyncQueue *jobs;

	gint pending; /* atomic */
};

static void *serve(void *data)
{
	Worker *self = data;

	for (;;) {
		g_autofree Job *job = g_async_queue_pop(self->jobs);

		if (job->task == NULL) /* from worker_free() */
			return NULL;
		job->run(job->task, g_task_get_source_object(job->task),
			 g_task_get_task_data(job->task), g_task_get_cancellable(job->task));
		g_object_unref(job->task);
		g_atomic_int_dec_and_test(&self->pending);
	}
}

static void push(Worker *self, GTask *task, GTaskThreadFunc run)
{
	Job *job = g_new(Job, 1);

	*job = (Job){ .task = task, .run = run };
	g_async_queue_push(self->jobs, job);
}

Worker *worker_new(const char *name)
{
	Worker *self = g_new0(Worker, 1);
	g_autofree char *short_name = g_strndup(name, 15); /* the kernel's limit */

	self->jobs = g_async_queue_new();
	self->thread = g_thread_new(short_name, serve, self);
	return self;
}

void worker_free(Worker *self)
{
	if (self == NULL)
		return;
	g_assert(g_thread_self() != self->thread); /* it cannot wait for itself */

	push(self, NULL, NULL);
	g_thread_join(self->thread);
	g_async_queue_unref(self->jobs);
	g_free(self);
}

void worker_run(Worker *self, GTask *task, GTaskThreadFunc job)
{
	g_return_if_fail(G_IS_TASK(task) && job != NULL);

	g_atomic_int_inc(&self->pending);
	push(self, g_object_ref(task), job);
}

guint worker_get_pending(Worker *self)
{
	return (guint)g_atomic_int_get(&self->pending);
}
