/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/fiscal/datecs_sim.h"

#include <glib/gi18n-lib.h>
#include <string.h>

void datecs_sim_flag(Datecs *self, const char *format, ...)
{
	g_autofree char *text = NULL;
	va_list args;

	va_start(args, format);
	text = g_strdup_vprintf(format, args);
	va_end(args);
	sim_log_words(self->context->log, "FLAG: %s", text);
}

int datecs_sim_setting(const Datecs *self, DatecsFault fault, int or_else)
{
	return sim_faults_setting(self->context->faults, (int)fault, or_else);
}

bool datecs_sim_fault(Datecs *self, DatecsFault fault, int *value)
{
	return sim_faults_take(self->context->faults, (int)fault, value);
}

bool datecs_sim_is_x(const Datecs *self)
{
	return datecs_sim_setting(self, DATECS_FAMILY, FAMILY_P) == FAMILY_X;
}

int64_t datecs_sim_now(const Datecs *self)
{
	g_autoptr(GDateTime) now = g_date_time_new_now_local();
	int64_t local =
		g_date_time_to_unix(now) + g_date_time_get_utc_offset(now) / G_TIME_SPAN_SECOND;

	return local + self->state.clock_offset -
	       (int64_t)datecs_sim_setting(self, DATECS_CLOCK_WRONG, 0) * 60;
}

void datecs_sim_save(Datecs *self)
{
	self->changed = false;
	if (self->context->state_path != NULL && self->context->failure == NULL)
		datecs_sim_state_save(&self->state, self->context->state_path,
				      &self->context->failure);
}

char *datecs_sim_serial_new(const Datecs *self)
{
	return g_strdup_printf("DT%06d", datecs_sim_setting(self, DATECS_SERIAL, 279013));
}

char *datecs_sim_fm_new(const Datecs *self)
{
	return g_strdup_printf("02%06d", datecs_sim_setting(self, DATECS_SERIAL, 279013));
}

static void stop(void *data)
{
	Datecs *self = data;

	datecs_sim_wire_clear(self);
	datecs_sim_state_clear(&self->state);
	g_free(self);
}

static void *start(SimContext *context, GError **error)
{
	Datecs *self = g_new0(Datecs, 1);

	self->context = context;
	self->reading = -1;
	datecs_sim_wire_init(self);
	datecs_sim_state_init(&self->state);
	if (context->state_path != NULL &&
	    !datecs_sim_state_load(&self->state, context->state_path, error)) {
		stop(self);
		return NULL;
	}
	/* §1: whether it survives the power is not known for sure. */
	if (datecs_sim_setting(self, DATECS_SEQ_MEMORY, 0) == 0)
		self->state.seq = -1;
	/* Written at once, so that a memory which cannot be kept is known before the first sale. */
	if (context->state_path != NULL &&
	    !datecs_sim_state_save(&self->state, context->state_path, error)) {
		stop(self);
		return NULL;
	}
	return self;
}

static void receive(void *data, const uint8_t *bytes, size_t len)
{
	datecs_sim_wire_receive(data, bytes, len);
}

static void link_changed(void *data, bool connected)
{
	if (!connected)
		datecs_sim_wire_hang_up(data);
}

static int64_t deadline(void *data)
{
	return datecs_sim_wire_deadline(data);
}

static void tick(void *data, int64_t now, bool quiet)
{
	datecs_sim_wire_tick(data, now, quiet);
}

static bool control(void *data, const char *line)
{
	Datecs *self = data;
	DatecsState *state = &self->state;

	if (strcmp(line, "paper") == 0)
		state->no_paper = state->low_paper = 0;
	else if (strcmp(line, "paper-out") == 0)
		state->no_paper = 1;
	else if (strcmp(line, "paper-low") == 0)
		state->low_paper = 1;
	else if (strcmp(line, "cover-open") == 0)
		state->cover_open = 1;
	else if (strcmp(line, "cover") == 0)
		state->cover_open = 0;
	else
		return false;
	datecs_sim_save(self);
	return true;
}

const struct sim datecs_sim = {
	.name = "fiscal-datecs",
	.faults = datecs_sim_faults,
	.summary = N_("Datecs fiscal printer, short frames (P) or long ones (X)"),
	.controls = N_("“paper-low”: the roll is near its end; “cover-open”, “cover”: the cover is "
		       "opened, closed"),
	.start = start,
	.stop = stop,
	.receive = receive,
	.link_changed = link_changed,
	.deadline = deadline,
	.tick = tick,
	.control = control,
};
