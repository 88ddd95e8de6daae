/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/session/counter.h"

#include "tests/wait_file.h"

#include <string.h>

CounterDevice counter_device_new(const char *directory, const char *name, const char *const *faults)
{
	CounterDevice self = { .name = g_strdup(name) };
	g_autofree char *log_name = g_strconcat(name, ".log", NULL);
	g_autoptr(GError) error = NULL;
	SimOptions options = { .faults = faults, .control_fd = -1 };

	options.pty_link = self.link = g_build_filename(directory, name, NULL);
	options.log_path = self.log = g_build_filename(directory, log_name, NULL);
	self.sim = sim_start(name, &options, &error);
	g_assert_no_error(error);
	return self;
}

void counter_device_clear(CounterDevice *self)
{
	g_autoptr(GError) error = NULL;

	sim_stop(self->sim, &error);
	g_assert_no_error(error);
	g_free(self->name);
	g_free(self->link);
	g_free(self->log);
}

int counter_device_count(const CounterDevice *self, const char *start)
{
	g_autofree char *text = NULL;
	size_t len = strlen(start);
	int n = 0;

	g_assert_true(g_file_get_contents(self->log, &text, NULL, NULL));
	for (const char *at = text; at != NULL; at = strchr(at, '\n')) {
		at += *at == '\n';
		n += strncmp(at, start, len) == 0;
		if (*at == '\0')
			break;
	}
	return n;
}

typedef struct {
	const CounterDevice *device;
	const char *start;
	int n;
} Lines;

static bool has_lines(const char *path, const void *data)
{
	const Lines *lines = data;

	return counter_device_count(lines->device, lines->start) >= lines->n;
}

void counter_device_wait(const CounterDevice *self, const char *start, int n)
{
	Lines lines = { self, start, n };

	wait_for_file(self->log, has_lines, &lines);
	g_assert_cmpint(counter_device_count(self, start), ==, n);
}

/* The same as of a file: what does not come in a minute does not come. */
enum { PATIENCE_MS = 60000 };

int64_t counter_patience_ends(void)
{
	return g_get_monotonic_time() + PATIENCE_MS * INT64_C(1000);
}

void counter_expect(Running *till, const char *expectation)
{
	int64_t until = counter_patience_ends();
	bool met = false;

	while (!met) {
		json_auto_t *answer = running_step(till, expectation);

		met = json_is_true(json_object_get(answer, "ok"));
		if (!met && g_get_monotonic_time() > until)
			g_error("\"%s\" is not met: %s", expectation, json_dumps(answer, 0));
		if (!met)
			json_decref(running_step(till, "wait 5"));
	}
}
