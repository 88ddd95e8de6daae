/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/hub/lane.h"

typedef struct {
	LaneJob run;
	void *data;
} Job;

struct Lane {
	/* owned */
	GThreadPool *thread;
	Store *store;
};

static void run(void *data, void *lane)
{
	g_autofree Job *job = data;
	Lane *self = lane;

	job->run(self->store, job->data);
}

Lane *lane_new(Store *store)
{
	Lane *self = g_new0(Lane, 1);

	self->store = store;
	self->thread = g_thread_pool_new(run, self, 1, FALSE, NULL);
	return self;
}

void lane_free(Lane *self)
{
	if (self == NULL)
		return;
	g_thread_pool_free(self->thread, FALSE, TRUE);
	store_close(self->store);
	g_free(self);
}

void lane_push(Lane *self, LaneJob job, void *data)
{
	Job *queued = g_new(Job, 1);

	*queued = (Job){ .run = job, .data = data };
	g_thread_pool_push(self->thread, queued, NULL);
}

guint lane_get_waiting(Lane *self)
{
	return g_thread_pool_unprocessed(self->thread);
}
