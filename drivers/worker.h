/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/* One thread per device: its jobs in order, one at a time, in plain blocking code. */
typedef struct Worker Worker;

Worker *worker_new(const char *name); /* at most 15 bytes are shown as the thread's name */
/* Finishes the running job, drops none: queued jobs still run and their tasks return; then joins.
 */
void worker_free(Worker *self);
/* g_task_run_in_thread() with a queue: @job must return the task. Takes a reference to @task. */
void worker_run(Worker *self, GTask *task, GTaskThreadFunc job);
/* Jobs that wait or run. */
guint worker_get_pending(Worker *self);
