/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/fiscal/atol_sim.h"

#include <glib/gi18n-lib.h>
#include <string.h>

const SimFaultKind atol_sim_faults[] = {
	WEB_FAULT_KINDS,
	[ATOL_FAULT_ERROR] = { "error", 2, 1, false,
			       N_("the task fails with driver error VALUE and is not done") },
	[ATOL_FAULT_ERROR_BOOKED] = { "error_booked", ATOL_INTERRUPTED_CLOSING, 1, false,
				      N_("the task is done and fails with driver error VALUE") },
	[ATOL_FAULT_BLOCKED] = { "blocked", 0, 1, false,
				 N_("the task blocks the queue; VALUE 1: it was done") },
	[ATOL_FAULT_STUCK] = { "stuck", 1, 1, false, N_("the task stays inProgress until “go”") },
	[ATOL_FAULT_LOSE] = { "lose_task", 1, 1, false,
			      N_("the task is done, then nobody knows it") },
	[ATOL_FAULT_PAPER_OUT] = { "paper_out", 1, 1, false,
				   N_("paper ends before line VALUE of the document") },
	[ATOL_FAULT_COVER] = { "cover", 1, 1, false,
			       N_("the cover is opened before line VALUE of the document") },
	[ATOL_FAULT_JUMP] = { "jump", 1, 1, false,
			      N_("VALUE documents of others come before the next one") },
	[ATOL_FAULT_SERIAL] = { "serial", 1, 1, false,
				N_("another fiscal memory, whose number ends with VALUE") },
	[ATOL_FAULT_SHIFT_AGE] = { "shift_age", 25, 1, false,
				   N_("the open shift was opened VALUE hours ago") },
	[ATOL_FAULT_MEMORY_FULL] = { "memory_full", 1, 1, false,
				     N_("the fiscal memory is full, until “memory-ok”") },
	[ATOL_FAULT_CLOCK_WRONG] = { "clock_wrong", 24 * 365, 1, false,
				     N_("the clock is VALUE hours behind, until it is set") },
	[ATOL_FAULT_PAPER_ERROR] = { "paper_error", 1, SIM_FOREVER, false,
				     N_("setting: a fiscal document that is not printed whole is "
					"an error 44 or 45, not a warning") },
	[ATOL_FAULT_WAIT_MS] = { "wait_ms", 0, SIM_FOREVER, false,
				 N_("setting: a task waits VALUE ms (0)") },
	[ATOL_FAULT_TASK_MS] = { "task_ms", 10, SIM_FOREVER, false,
				 N_("setting: a task takes VALUE ms (10)") },
	[ATOL_FAULT_ACCEPTED_200] = { "accepted_200", 1, SIM_FOREVER, false,
				      N_("setting: tasks are accepted with 200, not 201") },
	[ATOL_FAULT_FLAT] = { "flat_error", 1, SIM_FOREVER, false,
			      N_("setting: errorCode and errorDescription in v2 too") },
	[ATOL_FAULT_BLOCKED_ACCEPTS] = { "blocked_accepts", 1, SIM_FOREVER, false,
					 N_("setting: a blocked queue still takes tasks") },
	[ATOL_FAULT_FFD] = { "ffd", 1, SIM_FOREVER, false,
			     N_("setting: format of documents, 1.05 or 1.2 (1.2)"), false,
			     "1.05|1.2" },
	[ATOL_FAULT_MEMORY_LOW] = { "memory_low", 1, SIM_FOREVER, false,
				    N_("setting: the fiscal memory is almost full") },
	[ATOL_FAULT_OFD_TIMEOUT] = { "ofd_timeout", 1, SIM_FOREVER, false,
				     N_("setting: documents were not sent for too long") },
	[ATOL_FAULT_N] = { NULL, 0, 0, false, NULL },
};

static void set_serial(Atol *self, const char *text)
{
	g_free(self->state.fn);
	self->state.fn = g_strdup(text);
	sim_log_words(self->context->log, "fiscal memory %s", text);
}

void atol_conditions(Atol *self)
{
	SimFaults *faults = self->context->faults;
	AtolState *state = &self->state;
	int value;

	if (sim_faults_take(faults, ATOL_FAULT_SERIAL, &value)) {
		g_autofree char *text = g_strdup_printf("99990789%08d", value);

		set_serial(self, text);
	}
	if (state->shift_open && sim_faults_take(faults, ATOL_FAULT_SHIFT_AGE, &value))
		state->shift_opened_at = atol_now(self) - (int64_t)value * 3600;
	if (sim_faults_take(faults, ATOL_FAULT_MEMORY_FULL, NULL))
		state->memory_full = true;
	if (sim_faults_take(faults, ATOL_FAULT_CLOCK_WRONG, &value))
		state->clock_offset = -(int64_t)value * 3600;
}

static bool set_number(const char *line, const char *prefix, int64_t *ret)
{
	return g_str_has_prefix(line, prefix) &&
	       g_ascii_string_to_signed(line + strlen(prefix), 10, -ATOL_MAX_SUM, ATOL_MAX_SUM, ret,
					NULL);
}

static bool set_flag(Atol *self, const char *line)
{
	const struct {
		const char *line;
		bool *flag, value;
	} flags[] = {
		{ "memory-full", &self->state.memory_full, true },
		{ "memory-ok", &self->state.memory_full, false },
		{ "ofd-off", &self->state.ofd_off, true },
		{ "ofd-on", &self->state.ofd_off, false },
		{ "drawer-close", &self->state.drawer_open, false },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(flags); i++)
		if (strcmp(line, flags[i].line) == 0) {
			*flags[i].flag = flags[i].value;
			if (!self->state.ofd_off)
				self->state.sent_fd = self->state.last_fd;
			return true;
		}
	return web_roll_control(&self->state.roll, line);
}

static bool control_queue(Atol *self, const char *line)
{
	if (strcmp(line, "unblock") == 0)
		atol_queue_unblock(self);
	else if (strcmp(line, "go") == 0)
		atol_queue_release(self);
	else if (strcmp(line, "purge") == 0)
		atol_queue_purge(self);
	else
		return false;
	return true;
}

bool atol_control(Atol *self, const char *line)
{
	int64_t number;

	if (g_str_has_prefix(line, "serial ") && line[7] != '\0')
		set_serial(self, line + 7);
	else if (set_number(line, "clock ", &number))
		self->state.clock_offset = number;
	else if (set_number(line, "foreign ", &number) && number > 0)
		atol_foreign_sale(self, number);
	else if (!set_flag(self, line) && !control_queue(self, line))
		return false;
	atol_save(self);
	sim_log_words(self->context->log, "done: %s", line);
	return true;
}
