/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/fiscal/erpnet_sim.h"

#include <glib/gi18n-lib.h>

void erpnet_save(Erpnet *self)
{
	if (self->context->state_path != NULL && self->context->failure == NULL)
		erpnet_state_save(&self->state, self->context->state_path, &self->context->failure);
}

void erpnet_restart(Erpnet *self)
{
	sim_log_words(self->context->log, "the service restarts");
	erpnet_tasks_clear(self);
	web_front_link_changed(&self->front);
	sim_link_drop(self->context->link);
}

static void stop(void *data)
{
	Erpnet *self = data;

	g_ptr_array_unref(self->tasks);
	web_front_clear(&self->front);
	erpnet_state_clear(&self->state);
	g_free(self);
}

static void task_free(void *data)
{
	ErpnetTask *task = data;

	g_free(task->id);
	json_decref(task->body);
	json_decref(task->result);
	g_free(task);
}

static void *start(SimContext *context, GError **error)
{
	Erpnet *self = g_new0(Erpnet, 1);

	self->context = context;
	self->tasks = g_ptr_array_new_with_free_func(task_free);
	self->due = self->answer_by = G_MAXINT64;
	web_front_init(&self->front, context,
		       "{\"ok\":false,\"messages\":[{\"type\":\"error\",\"code\":\"E199\","
		       "\"text\":\"Unexpected error\"}]}");
	erpnet_state_init(&self->state);
	/* Written at once, so that a memory which cannot be kept is known before the first sale. */
	if (context->state_path != NULL &&
	    (!erpnet_state_load(&self->state, context->state_path, error) ||
	     !erpnet_state_save(&self->state, context->state_path, error))) {
		stop(self);
		return NULL;
	}
	return self;
}

static void receive(void *data, const uint8_t *bytes, size_t len)
{
	Erpnet *self = data;
	SimHttpRequest request;

	if (web_front_receive(&self->front, bytes, len, &request))
		erpnet_web_request(self, &request);
}

static void link_changed(void *data, bool connected)
{
	Erpnet *self = data;

	/* The task goes on without the host that waits for it. */
	self->held = NULL;
	self->answer_by = G_MAXINT64;
	web_front_link_changed(&self->front);
}

static int64_t deadline(void *data)
{
	const Erpnet *self = data;

	return MIN(MIN(self->due, self->answer_by), web_front_deadline(&self->front));
}

static void tick(void *data, int64_t now, bool quiet)
{
	Erpnet *self = data;

	erpnet_tasks_tick(self, now);
	web_front_tick(&self->front, now);
}

static bool control(void *data, const char *line)
{
	return erpnet_control(data, line);
}

const struct sim erpnet_sim = {
	.name = "fiscal-erpnet",
	.faults = erpnet_sim_faults,
	.summary = N_("ErpNet.FP gateway (HTTP) with a Datecs fiscal printer"),
	.controls = N_("“cover-open”, “cover-close”, “go” (a stuck task), “restart” (the service "
		       "forgets its tasks), “serial TEXT”, “clock SECONDS”, “memory-full”, "
		       "“memory-ok”, “cable-off”, “cable-on” (to the printer), “foreign SUM” (a "
		       "sale by somebody else)"),
	.start = start,
	.stop = stop,
	.receive = receive,
	.link_changed = link_changed,
	.deadline = deadline,
	.tick = tick,
	.control = control,
};
