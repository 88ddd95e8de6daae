/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/crash/sim_process.h"

#include "drivers/sim/sim.h"
#include "tests/crash/child.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* "2026-06-03T10:17:00.123456 H> 05 06" */
#define LOG_STAMP_LEN 27
#define LOG_BYTES_AT (LOG_STAMP_LEN + 3)

static void tell_address(const char *address, void *data)
{
	FILE *out = data;

	fprintf(out, "%s\n", address);
	fclose(out);
}

static void serve(const SimProcess *self, int say_fd, int address_fd)
{
	g_autoptr(GError) error = NULL;
	SimOptions options = { .pty_link = self->cable == CABLE_PTY ? self->link : NULL,
			       .tcp_port = self->tcp_port,
			       .faults = self->settings,
			       .log_path = self->log,
			       .state_path = self->state,
			       .control_fd = say_fd };

	child_log_to(self->log);
	if (!sim_run(sim_find(self->name), &options, tell_address, fdopen(address_fd, "w"), &error))
		fprintf(stderr, "%s: %s\n", self->name, error->message);
	_exit(error == NULL ? 0 : 1);
}

static void read_address(SimProcess *self, int fd)
{
	char text[256] = "";
	FILE *in = fdopen(fd, "r");
	const char *port;

	if (fgets(text, sizeof text, in) == NULL)
		g_error("%s does not start", self->name);
	fclose(in);
	g_free(self->address);
	port = strrchr(g_strchomp(text), ':');
	if (self->cable == CABLE_HTTP)
		self->address = g_strconcat("http://127.0.0.1", port, NULL);
	else
		self->address = g_strdup(text);
	if (self->cable != CABLE_PTY)
		self->tcp_port = (int)g_ascii_strtoll(port + 1, NULL, 10);
}

void sim_process_switch_on(SimProcess *self)
{
	int say[2], address[2];

	if (pipe2(say, O_CLOEXEC) != 0 || pipe2(address, O_CLOEXEC) != 0)
		g_error("no pipe");
	self->pid = child_fork((const int[]){ say[0], address[1], -1 });
	if (self->pid == 0)
		serve(self, say[0], address[1]);
	close(say[0]);
	close(address[1]);
	self->say_fd = say[1];
	read_address(self, address[0]);
}

void sim_process_switch_off(SimProcess *self)
{
	/* The kernel gives its terminal's number to whoever asks next, at once: by then it must not
	 * be reached by this name. */
	if (self->cable == CABLE_PTY)
		unlink(self->link);
	kill(self->pid, SIGKILL);
	child_reap(self->pid);
	close(self->say_fd);
	self->pid = 0;
}

void sim_process_start(SimProcess *self, const char *directory, const char *name, Cable cable,
		       const char *const *settings)
{
	*self = (SimProcess){ .name = name, .cable = cable, .settings = settings };
	self->link = g_strdup_printf("%s/%s", directory, name);
	self->log = g_strdup_printf("%s/%s.log", directory, name);
	self->state = g_strdup_printf("%s/%s.state", directory, name);
	sim_process_switch_on(self);
}

void sim_process_stop(SimProcess *self)
{
	if (self->pid != 0)
		sim_process_switch_off(self);
	unlink(self->link);
	g_free(self->link);
	g_free(self->log);
	g_free(self->state);
	g_free(self->address);
}

void sim_process_say(const SimProcess *self, const char *control_line)
{
	g_autofree char *line = g_strconcat(control_line, "\n", NULL);
	size_t len = strlen(line);

	if (write(self->say_fd, line, len) != (ssize_t)len)
		g_error("%s does not listen", self->name);
}

static void count(const char *line, ssize_t len, SimTraffic *ret)
{
	ret->breaks += strstr(line, "-- the link breaks") != NULL;
	if (len <= LOG_BYTES_AT || line[LOG_STAMP_LEN + 1] != '>')
		return;
	if (line[LOG_STAMP_LEN] == 'H')
		ret->in += (len - LOG_BYTES_AT) / 3;
	else if (line[LOG_STAMP_LEN] == 'D')
		ret->out += (len - LOG_BYTES_AT) / 3;
}

SimTraffic sim_process_listen(SimProcess *self)
{
	FILE *file = fopen(self->log, "r");
	SimTraffic ret = { 0 };
	char *line = NULL;
	size_t size = 0;
	ssize_t len;

	if (file == NULL || fseek(file, self->log_at, SEEK_SET) != 0)
		g_error("%s cannot be read", self->log);
	while ((len = getline(&line, &size, file)) > 0)
		count(line, len, &ret);
	self->log_at = ftell(file);
	fclose(file);
	free(line);
	return ret;
}

json_t *sim_process_dup_state(const SimProcess *self)
{
	json_error_t where;
	json_t *state = json_load_file(self->state, 0, &where);

	if (state == NULL)
		g_error("%s: %s", self->state, where.text);
	return state;
}

void sim_process_edit(SimProcess *self, void (*change)(json_t *state))
{
	json_auto_t *state = sim_process_dup_state(self);

	sim_process_switch_off(self);
	change(state);
	if (json_dump_file(state, self->state, JSON_INDENT(1)) != 0)
		g_error("%s cannot be written", self->state);
	sim_process_switch_on(self);
}
