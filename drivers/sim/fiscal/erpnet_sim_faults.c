/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/fiscal/erpnet_sim.h"

#include <glib/gi18n-lib.h>
#include <string.h>

const SimFaultKind erpnet_sim_faults[] = {
	WEB_FAULT_KINDS,
	[ERPNET_FAULT_ERROR] = { "error", 199, 1, false,
				 N_("the task fails with E<VALUE> and is not done") },
	[ERPNET_FAULT_ERROR_BOOKED] = { "error_booked", 107, 1, false,
					N_("the task is done and fails with E<VALUE>") },
	[ERPNET_FAULT_STUCK] = { "stuck", 1, 1, false, N_("the task stays running until “go”") },
	[ERPNET_FAULT_LOSE] = { "lose_task", 1, 1, false,
				N_("the task is done, then nobody knows it") },
	[ERPNET_FAULT_RESTART] = { "restart", 1, 1, false,
				   N_("the task is done, then the service restarts") },
	[ERPNET_FAULT_RESTART_BEFORE] = { "restart_before", 1, 1, false,
					  N_("the service restarts before the task is done") },
	[ERPNET_FAULT_PAPER_OUT] = { "paper_out", 1, 1, false,
				     N_("paper ends before line VALUE; the receipt is aborted") },
	[ERPNET_FAULT_COVER] = { "cover", 1, 1, false,
				 N_("the cover is opened before line VALUE; the receipt is "
				    "aborted") },
	[ERPNET_FAULT_JUMP] = { "jump", 1, 1, false,
				N_("VALUE documents of others come before the next one") },
	[ERPNET_FAULT_SERIAL] = { "serial", 1, 1, false,
				  N_("another fiscal memory, whose number ends with VALUE") },
	[ERPNET_FAULT_SHIFT_AGE] = { "shift_age", 25, 1, false,
				     N_("the day was opened VALUE hours ago") },
	[ERPNET_FAULT_MEMORY_FULL] = { "memory_full", 1, 1, false,
				       N_("the fiscal memory is full, until “memory-ok”") },
	[ERPNET_FAULT_CLOCK_WRONG] = { "clock_wrong", 24 * 365, 1, false,
				       N_("the clock is VALUE hours behind, until it is set") },
	[ERPNET_FAULT_NO_DEVICE] = { "no_device", 1, SIM_COUNT_IS_VALUE, false,
				     N_("the gateway does not reach its printer for VALUE tasks") },
	[ERPNET_FAULT_TASK_MS] = { "task_ms", 10, SIM_FOREVER, false,
				   N_("setting: a task takes VALUE ms (10)") },
	[ERPNET_FAULT_OK_TEXT] = { "ok_text", 1, SIM_FOREVER, false,
				   N_("setting: “ok” is a string") },
	[ERPNET_FAULT_NEAR_END] = { "near_end", 1, SIM_FOREVER, false,
				    N_("setting: paper is low, warning W301") },
	[ERPNET_FAULT_MEMORY_LOW] = { "memory_low", 1, SIM_FOREVER, false,
				      N_("setting: the fiscal memory is almost full, warning "
					 "W201") },
	[ERPNET_FAULT_RAW_POINT] = { "raw_point", 1, SIM_FOREVER, false,
				     N_("setting: sums of raw answers have a point") },
	[ERPNET_FAULT_SALES_ONLY] = { "sales_only", 1, SIM_FOREVER, false,
				      N_("setting: deposits and reports take no number") },
	[ERPNET_FAULT_N] = { NULL, 0, 0, false, NULL },
};

static void set_fm(Erpnet *self, const char *text)
{
	g_free(self->state.fm);
	self->state.fm = g_strdup(text);
	sim_log_words(self->context->log, "fiscal memory %s", text);
}

void erpnet_conditions(Erpnet *self)
{
	SimFaults *faults = self->context->faults;
	ErpnetState *state = &self->state;
	int value;

	if (sim_faults_take(faults, ERPNET_FAULT_SERIAL, &value)) {
		g_autofree char *text = g_strdup_printf("02%06d", value % 1000000);

		set_fm(self, text);
	}
	if (state->day_open && sim_faults_take(faults, ERPNET_FAULT_SHIFT_AGE, &value))
		state->day_opened_at = erpnet_now(self) - (int64_t)value * 3600;
	if (sim_faults_take(faults, ERPNET_FAULT_MEMORY_FULL, NULL))
		state->memory_full = true;
	if (sim_faults_take(faults, ERPNET_FAULT_CLOCK_WRONG, &value))
		state->clock_offset = -(int64_t)value * 3600;
}

static bool set_number(const char *line, const char *prefix, int64_t *ret)
{
	return g_str_has_prefix(line, prefix) &&
	       g_ascii_string_to_signed(line + strlen(prefix), 10, -ERPNET_MAX_SUM, ERPNET_MAX_SUM,
					ret, NULL);
}

static bool set_flag(Erpnet *self, const char *line)
{
	const struct {
		const char *line;
		bool *flag, value;
	} flags[] = {
		{ "memory-full", &self->state.memory_full, true },
		{ "memory-ok", &self->state.memory_full, false },
		{ "cable-off", &self->state.unplugged, true },
		{ "cable-on", &self->state.unplugged, false },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(flags); i++)
		if (strcmp(line, flags[i].line) == 0) {
			*flags[i].flag = flags[i].value;
			return true;
		}
	return web_roll_control(&self->state.roll, line);
}

bool erpnet_control(Erpnet *self, const char *line)
{
	int64_t number;

	if (g_str_has_prefix(line, "serial ") && line[7] != '\0')
		set_fm(self, line + 7);
	else if (set_number(line, "clock ", &number))
		self->state.clock_offset = number;
	else if (set_number(line, "foreign ", &number) && number > 0)
		erpnet_foreign_sale(self, number);
	else if (strcmp(line, "go") == 0)
		erpnet_tasks_release(self);
	else if (strcmp(line, "restart") == 0)
		erpnet_restart(self);
	else if (!set_flag(self, line))
		return false;
	erpnet_save(self);
	sim_log_words(self->context->log, "done: %s", line);
	return true;
}
