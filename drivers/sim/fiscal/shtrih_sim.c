/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/fiscal/shtrih_sim.h"

#include <glib/gi18n-lib.h>

static void stop(void *data)
{
	Shtrih *self = data;

	shtrih_state_clear(&self->state);
	g_byte_array_unref(self->wire.early);
	g_clear_pointer(&self->wire.answer, g_byte_array_unref);
	g_clear_pointer(&self->reading, g_byte_array_unref);
	g_free(self);
}

static void *start(SimContext *context, GError **error)
{
	Shtrih *self = g_new0(Shtrih, 1);

	self->context = context;
	self->wire.early = g_byte_array_new();
	self->paper_ends_at = -1;
	shtrih_state_init(&self->state);
	/* Written at once, so that a memory which cannot be kept is known before the first sale. */
	if (context->state_path != NULL &&
	    (!shtrih_state_load(&self->state, context->state_path, error) ||
	     !shtrih_state_save(&self->state, context->state_path, error))) {
		stop(self);
		return NULL;
	}
	return self;
}

static void receive(void *data, const uint8_t *bytes, size_t len)
{
	shtrih_wire_receive(data, bytes, len);
}

static void link_changed(void *data, bool connected)
{
	if (!connected)
		shtrih_wire_hang_up(data);
}

static int64_t deadline(void *data)
{
	return MIN(shtrih_wire_deadline(data), shtrih_printer_deadline(data));
}

static void tick(void *data, int64_t now, bool quiet)
{
	shtrih_printer_tick(data, now);
	shtrih_wire_tick(data, now, quiet);
}

static bool control(void *data, const char *line)
{
	return shtrih_printer_control(data, line);
}

const struct sim shtrih_sim = {
	.name = "fiscal-shtrih",
	.faults = shtrih_sim_faults,
	.controls = N_("“paper-low”: the roll is near its end; “cover-open”, “cover”: the cover is "
		       "opened, closed; “ofd”: all documents are sent"),
	.summary = N_("Shtrih-M fiscal registrar, FFD commands, standard low level"),
	.start = start,
	.stop = stop,
	.receive = receive,
	.link_changed = link_changed,
	.deadline = deadline,
	.tick = tick,
	.control = control,
};
