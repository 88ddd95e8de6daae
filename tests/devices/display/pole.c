/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/devices/display/pole.h"

Pole pole_new(const char *sim, const char *name, const char *const *faults)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *file = g_strdup_printf("%s.log", name);
	Pole pole = { .log = scratch_new(file) };
	const SimOptions options = { .log_path = pole.log, .faults = faults, .control_fd = -1 };

	pole.sim = sim_start(sim, &options, &error);
	g_assert_no_error(error);
	pole.wire = wire_new(sim_thread_get_address(pole.sim));
	return pole;
}

void pole_end(Pole *self)
{
	g_autoptr(GError) error = NULL;

	wire_free(self->wire);
	g_assert_true(sim_stop(self->sim, &error));
	g_free(self->log);
}

void pole_expect(Pole *self, const char *upper, const char *lower)
{
	g_autofree char *text = g_strdup_printf("GLASS|1|%s\nGLASS|2|%s\n", upper, lower);

	g_assert_cmpint(g_utf8_strlen(upper, -1), ==, 20);
	g_assert_cmpint(g_utf8_strlen(lower, -1), ==, 20);
	wait_for_text(self->log, text);
}

void pole_expect_words(Pole *self, const char *words)
{
	wait_for_text(self->log, words);
}

bool pole_has(Pole *self, const char *words)
{
	return file_has(self->log, words);
}
