/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/devices/meet/meet.h"

#include "drivers/device.h"
#include "tests/wait_file.h"

#include <glib/gstdio.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

enum { PATIENCE_MS = 20000 };

const char *const meet_cable_names[] = { "pty", "tcp", "udp", "http" };

static Meet *start(const char *sim, MeetCable cable, const char *const *faults, bool draws,
		   bool remembers)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *link = NULL;
	Meet *self = g_new0(Meet, 1);

	self->folder = g_dir_make_tmp("baraa-meet-XXXXXX", &error);
	g_assert_no_error(error);
	self->log = g_build_filename(self->folder, "log", NULL);
	self->pictures = g_build_filename(self->folder, "pictures", NULL);
	self->state = g_build_filename(self->folder, "state", NULL);
	self->is_http = cable == MEET_HTTP;
	link = g_build_filename(self->folder, "tty", NULL);
	g_assert_cmpint(g_mkdir(self->pictures, 0700), ==, 0);
	self->sim = sim_start(sim,
			      &(SimOptions){ .pty_link = cable == MEET_PTY ? link : NULL,
					     .udp = cable == MEET_UDP,
					     .faults = faults,
					     .log_path = self->log,
					     .state_path = remembers ? self->state : NULL,
					     .picture_dir = draws ? self->pictures : NULL,
					     .control_fd = -1 },
			      &error);
	g_assert_no_error(error);
	return self;
}

Meet *meet_new(const char *sim, MeetCable cable, const char *const *faults)
{
	return start(sim, cable, faults, false, false);
}

Meet *meet_new_drawing(const char *sim, MeetCable cable, const char *const *faults)
{
	return start(sim, cable, faults, true, false);
}

Meet *meet_new_remembering(const char *sim, MeetCable cable, const char *const *faults)
{
	return start(sim, cable, faults, false, true);
}

static void empty_folder(const char *path)
{
	g_autoptr(GDir) folder = g_dir_open(path, 0, NULL);
	const char *name;

	while (folder != NULL && (name = g_dir_read_name(folder)) != NULL) {
		g_autofree char *file = g_build_filename(path, name, NULL);

		g_unlink(file);
	}
	g_rmdir(path);
}

void meet_end(Meet *self)
{
	g_autoptr(GError) error = NULL;

	meet_unplug(self);
	g_assert_true(sim_stop(self->sim, &error));
	empty_folder(self->pictures);
	empty_folder(self->folder);
	g_free(self->pictures);
	g_free(self->state);
	g_free(self->log);
	g_free(self->folder);
	g_free(self);
}

struct port *meet_plug(Meet *self)
{
	const char *address = sim_thread_get_address(self->sim);
	g_autofree char *http =
		self->is_http ? g_strconcat("http://", strchr(address, ':') + 1, NULL) : NULL;
	int64_t until = g_get_monotonic_time() + 5 * G_TIME_SPAN_SECOND;
	g_autoptr(GError) error = NULL;

	meet_unplug(self);
	/* The simulator sees the old client leave in its own time, and takes a new terminal then:
	 * in that moment the name leads nowhere, or to a terminal that another has got meanwhile. A
	 * till tries again too. */
	while ((self->port = port_open(http != NULL ? http : address, &error)) == NULL &&
	       g_get_monotonic_time() < until &&
	       (g_error_matches(error, DEVICE_FAULT, DEVICE_FAULT_OFFLINE) ||
		g_error_matches(error, DEVICE_FAULT, DEVICE_FAULT_IN_USE))) {
		g_clear_error(&error);
		g_thread_yield();
	}
	g_assert_no_error(error);
	return self->port;
}

void meet_unplug(Meet *self)
{
	if (self->port != NULL)
		port_close(self->port);
	self->port = NULL;
}

bool meet_comes(Meet *self, const char *text, int ms)
{
	struct pollfd change = { .fd = file_watch(self->log), .events = POLLIN };
	int64_t left, until = g_get_monotonic_time() + ms * INT64_C(1000);
	char events[4096];
	bool found;

	while (!(found = file_has(self->log, text)) &&
	       (left = until - g_get_monotonic_time()) > 0) {
		if (poll(&change, 1, (int)(left / 1000) + 1) == 1)
			g_assert_cmpint(read(change.fd, events, sizeof events), >, 0);
	}
	file_unwatch(change.fd);
	return found;
}

void meet_wait(Meet *self, const char *text)
{
	g_autofree char *log = NULL;

	if (meet_comes(self, text, PATIENCE_MS))
		return;
	log = meet_dup_log(self);
	g_error("the device does not say “%s”:\n%s", text, log);
}

typedef struct {
	const char *text;
	int n;
} Often;

static int count(const char *all, const char *text)
{
	int n = 0;

	for (const char *at = all; at != NULL && (at = strstr(at, text)) != NULL;
	     at += strlen(text))
		n++;
	return n;
}

static bool has_so_often(const char *path, const void *data)
{
	const Often *often = data;
	g_autofree char *all = NULL;

	return g_file_get_contents(path, &all, NULL, NULL) && count(all, often->text) >= often->n;
}

void meet_wait_often(Meet *self, const char *text, int n)
{
	wait_for_file(self->log, has_so_often, &(Often){ text, n });
}

void meet_say(Meet *self, const char *line)
{
	g_autofree char *logged = g_strdup_printf("control: %s\n", line);
	Often often = { logged, meet_count(self, logged) + 1 };

	sim_say(self->sim, line);
	wait_for_file(self->log, has_so_often, &often);
}

bool meet_has(const Meet *self, const char *text)
{
	return file_has(self->log, text);
}

char *meet_dup_log(const Meet *self)
{
	g_autoptr(GError) error = NULL;
	char *all;

	g_file_get_contents(self->log, &all, NULL, &error);
	g_assert_no_error(error);
	return all;
}

int meet_count(const Meet *self, const char *text)
{
	g_autofree char *all = meet_dup_log(self);

	return count(all, text);
}

void meet_assert_no_flags(const Meet *self)
{
	g_autofree char *all = meet_dup_log(self);

	if (strstr(all, "FLAG") != NULL || strstr(all, "not understood") != NULL)
		g_error("the device was told something wrong:\n%s", all);
}

int meet_count_bytes(const Meet *self, const char *mark, const char *from)
{
	g_autofree char *all = meet_dup_log(self);
	const char *begin = from != NULL ? strstr(all, from) : all;
	g_auto(GStrv) lines = g_strsplit(begin != NULL ? begin : "", "\n", -1);
	int n = 0;

	for (int i = 0; lines[i] != NULL; i++) {
		const char *bytes = strstr(lines[i], mark);

		if (bytes != NULL && bytes > lines[i] && strchr(lines[i], ' ') + 1 == bytes)
			n += (int)(strlen(bytes + strlen(mark)) + 1) / 3;
	}
	return n;
}

static bool is_alone(const char *path, const void *data)
{
	g_autofree char *all = NULL;

	(void)data;
	return g_file_get_contents(path, &all, NULL, NULL) &&
	       count(all, "-- host connected\n") == count(all, "-- host gone\n");
}

void meet_leave(Meet *self)
{
	meet_unplug(self);
	wait_for_file(self->log, is_alone, NULL);
}

GHashTable *meet_options_new(const char *first_key, ...)
{
	GHashTable *options = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	const char *key = first_key;
	va_list rest;

	va_start(rest, first_key);
	for (; key != NULL; key = va_arg(rest, const char *)) {
		const char *value = va_arg(rest, const char *);

		g_hash_table_insert(options, g_strdup(key), g_strdup(value));
	}
	va_end(rest);
	return options;
}
