/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/fiscal/atol_sim.h"

#include <glib/gi18n-lib.h>

void atol_save(Atol *self)
{
	if (self->context->state_path != NULL && self->context->failure == NULL)
		atol_state_save(&self->state, self->context->state_path, &self->context->failure);
}

static void stop(void *data)
{
	Atol *self = data;

	web_front_clear(&self->front);
	atol_state_clear(&self->state);
	g_free(self);
}

static void *start(SimContext *context, GError **error)
{
	Atol *self = g_new0(Atol, 1);

	self->context = context;
	self->due = G_MAXINT64;
	web_front_init(&self->front, context,
		       "{\"error\":{\"code\":2,\"description\":\"Нет связи\"}}");
	atol_state_init(&self->state);
	/* Written at once, so that a memory which cannot be kept is known before the first sale. */
	if (context->state_path != NULL &&
	    (!atol_state_load(&self->state, context->state_path, error) ||
	     !atol_state_save(&self->state, context->state_path, error))) {
		stop(self);
		return NULL;
	}
	atol_queue_arm(self);
	return self;
}

static void receive(void *data, const uint8_t *bytes, size_t len)
{
	Atol *self = data;
	SimHttpRequest request;

	if (web_front_receive(&self->front, bytes, len, &request))
		atol_web_request(self, &request);
}

static void link_changed(void *data, bool connected)
{
	Atol *self = data;

	web_front_link_changed(&self->front);
}

static int64_t deadline(void *data)
{
	const Atol *self = data;

	return MIN(self->due, web_front_deadline(&self->front));
}

static void tick(void *data, int64_t now, bool quiet)
{
	Atol *self = data;

	atol_queue_tick(self, now);
	web_front_tick(&self->front, now);
}

static bool control(void *data, const char *line)
{
	return atol_control(data, line);
}

const struct sim atol_sim = {
	.name = "fiscal-atol",
	.faults = atol_sim_faults,
	.summary = N_("ATOL web server (JSON tasks, v1 and v2) with a fiscal registrar"),
	.controls = N_("“cover-open”, “cover-close”, “unblock” and “go” (the queue), “purge” (all "
		       "tasks are forgotten), “serial TEXT”, “clock SECONDS”, “memory-full”, "
		       "“memory-ok”, “ofd-off”, “ofd-on”, “foreign KOPECKS” (a sale by somebody "
		       "else), “drawer-close”"),
	.start = start,
	.stop = stop,
	.receive = receive,
	.link_changed = link_changed,
	.deadline = deadline,
	.tick = tick,
	.control = control,
};
