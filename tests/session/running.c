/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/session/running.h"

#include <signal.h>
#include <string.h>

Running running_start(const char *directory)
{
	g_autoptr(GError) error = NULL;
	Running self;

	self.process = g_subprocess_new(
		G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
		g_getenv("BARAA_TILL"), "--data", directory, "--script", "-", NULL);
	g_assert_no_error(error);
	self.in = g_subprocess_get_stdin_pipe(self.process);
	self.out = g_data_input_stream_new(g_subprocess_get_stdout_pipe(self.process));
	return self;
}

void running_send(Running *self, const char *text)
{
	g_autofree char *line = g_strconcat(text, "\n", NULL);

	g_assert_true(g_output_stream_write_all(self->in, line, strlen(line), NULL, NULL, NULL));
}

json_t *running_answer(Running *self)
{
	g_autofree char *answer = g_data_input_stream_read_line(self->out, NULL, NULL, NULL);

	g_assert_nonnull(answer);
	return json_loads(answer, 0, NULL);
}

json_t *running_step(Running *self, const char *text)
{
	running_send(self, text);
	return running_answer(self);
}

void running_steps(Running *self, const char *const *steps)
{
	for (int i = 0; steps[i] != NULL; i++) {
		json_auto_t *answer = running_step(self, steps[i]);

		if (!json_is_true(json_object_get(answer, "ok")))
			g_test_message("%s", json_dumps(answer, 0));
		g_assert_true(json_is_true(json_object_get(answer, "ok")));
	}
}

static void drop(Running *self)
{
	g_object_unref(self->out);
	g_object_unref(self->process);
}

void running_kill(Running *self)
{
	g_subprocess_send_signal(self->process, SIGKILL);
	g_assert_true(g_subprocess_wait(self->process, NULL, NULL));
	drop(self);
}

void running_finish(Running *self)
{
	g_assert_true(g_output_stream_close(self->in, NULL, NULL));
	g_assert_true(g_subprocess_wait_check(self->process, NULL, NULL));
	drop(self);
}
