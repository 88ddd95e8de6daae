/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/office/day_roll.h"

#include <stdlib.h>
#include <string.h>

#define LINE "PAPER|"

void day_roll_switch_on(DayRoll *self)
{
	const SimOptions options = { .tcp_port = self->port,
				     .log_path = self->log,
				     .control_fd = -1 };
	g_autoptr(GError) error = NULL;

	self->sim = sim_start("printer-escpos", &options, &error);
	g_assert_no_error(error);
	self->port = atoi(strrchr(sim_thread_get_address(self->sim), ':') + 1);
}

void day_roll_switch_off(DayRoll *self)
{
	g_autoptr(GError) error = NULL;

	sim_stop(g_steal_pointer(&self->sim), &error);
	g_assert_no_error(error);
}

void day_roll_init(DayRoll *self, const FakeOffice *office)
{
	*self = (DayRoll){ .log = g_build_filename(office->folder, "roll.log", NULL) };
	day_roll_switch_on(self);
	self->device = g_strdup_printf("escpos@tcp:127.0.0.1:%d", self->port);
}

void day_roll_clear(DayRoll *self)
{
	if (self->sim != NULL)
		day_roll_switch_off(self);
	g_free(self->log);
	g_free(self->device);
}

char *day_roll_dup_text(const DayRoll *self)
{
	g_autofree char *log = NULL;
	g_auto(GStrv) lines = NULL;
	GString *text = g_string_new(NULL);

	if (!g_file_get_contents(self->log, &log, NULL, NULL))
		return g_string_free(text, FALSE);
	lines = g_strsplit(log, "\n", -1);
	for (int i = 0; lines[i] != NULL; i++) {
		const char *found = strstr(lines[i], LINE);

		if (found == NULL)
			continue;
		found += strlen(LINE);
		found += strspn(found, " ");
		g_string_append_printf(text, "%s\n", found);
	}
	return g_string_free(text, FALSE);
}

int day_roll_count(const DayRoll *self, const char *text)
{
	g_autofree char *all = day_roll_dup_text(self);
	int n = 0;

	for (const char *at = strstr(all, text); at != NULL; at = strstr(at + 1, text))
		n++;
	return n;
}

int day_roll_papers(const DayRoll *self)
{
	return day_roll_count(self, "[cut]");
}

void day_roll_set(const DayRoll *self, FakeOffice *office, const char *options, PrintAtClose when)
{
	const ReportPrinter printer = { .shop_id = 1,
					.form = PRINT_PAPER,
					.device = self->device,
					.options = (char *)options,
					.one_key = true,
					.at_close = when,
					.with_cost = true };
	g_autoptr(GError) error = NULL;

	report_printer_write(office->store, &printer, 0, &error);
	g_assert_no_error(error);
}
