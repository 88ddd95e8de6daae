/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/follow.h"

#include <string.h>
#include <unistd.h>

#define LINES_FROM_BEFORE "2000"

struct Follower {
	GSubprocess *tail;
	GDataInputStream *lines;
	GCancellable *cancellable;
	FollowerHeard heard;
	void *data;
};

static void on_line(GObject *stream, GAsyncResult *result, void *data)
{
	GDataInputStream *lines = G_DATA_INPUT_STREAM(stream);
	g_autoptr(GError) error = NULL;
	g_autofree char *line = g_data_input_stream_read_line_finish(lines, result, NULL, &error);
	Follower *self = data;

	if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
		return; /* @self is gone */
	if (line == NULL)
		return;
	self->heard(line, self->data);
	g_data_input_stream_read_line_async(lines, G_PRIORITY_DEFAULT, self->cancellable, on_line,
					    self);
}

Follower *follower_new(const char *path, FollowerHeard heard, void *data, GError **error)
{
	/* It ends with us, however we end. */
	g_autofree char *end = g_strdup_printf("--pid=%d", (int)getpid());
	GSubprocess *tail =
		g_subprocess_new(G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE,
				 error, "tail", "-n", LINES_FROM_BEFORE, end, "-F", path, NULL);
	Follower *self;

	if (tail == NULL)
		return NULL;
	self = g_new0(Follower, 1);
	self->tail = tail;
	self->lines = g_data_input_stream_new(g_subprocess_get_stdout_pipe(tail));
	self->cancellable = g_cancellable_new();
	self->heard = heard;
	self->data = data;
	g_data_input_stream_read_line_async(self->lines, G_PRIORITY_DEFAULT, self->cancellable,
					    on_line, self);
	return self;
}

void follower_free(Follower *self)
{
	if (self == NULL)
		return;
	g_cancellable_cancel(self->cancellable);
	g_subprocess_force_exit(self->tail);
	g_object_unref(self->lines);
	g_object_unref(self->tail);
	g_object_unref(self->cancellable);
	g_free(self);
}

const char *log_after(const char *line, const char *mark)
{
	const char *found = strstr(line, mark);

	return found != NULL ? found + strlen(mark) : NULL;
}
