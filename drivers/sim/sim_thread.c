/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/sim.h"

#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

struct SimThread {
	const struct sim *sim;
	const SimOptions *options; /* borrowed until it listens */
	int say_fd, hear_fd;
	GThread *thread;
	GMutex saying; /* whoever says a line */
	GMutex lock;
	GCond changed;
	/* under the lock */
	char *address; /* owned; set when it listens */
	unsigned said, obeyed; /* control lines */
	bool over;
	bool failed;
	GError *error; /* owned */
};

static void listens(const char *address, void *data)
{
	SimThread *self = data;

	g_mutex_lock(&self->lock);
	self->address = g_strdup(address);
	g_cond_signal(&self->changed);
	g_mutex_unlock(&self->lock);
}

static void obeyed(void *data)
{
	SimThread *self = data;

	g_mutex_lock(&self->lock);
	self->obeyed++;
	g_cond_broadcast(&self->changed);
	g_mutex_unlock(&self->lock);
}

static void *serve(void *data)
{
	SimThread *self = data;
	bool done = sim_run(self->sim, self->options, listens, self, &self->error);

	g_mutex_lock(&self->lock);
	self->over = true;
	self->failed = !done;
	g_cond_broadcast(&self->changed);
	g_mutex_unlock(&self->lock);
	return NULL;
}

static bool end(SimThread *self, GError **error)
{
	bool done;

	g_thread_join(self->thread);
	done = !self->failed;
	if (self->error != NULL)
		g_propagate_error(error, self->error);
	close(self->say_fd);
	close(self->hear_fd);
	g_mutex_clear(&self->saying);
	g_mutex_clear(&self->lock);
	g_cond_clear(&self->changed);
	g_free(self->address);
	g_free(self);
	return done;
}

SimThread *sim_start(const char *name, const SimOptions *options, GError **error)
{
	const struct sim *sim = sim_find(name);
	SimOptions with_control = *options;
	int fds[2];
	SimThread *self;

	if (sim == NULL || pipe2(fds, O_CLOEXEC) != 0) {
		g_set_error(error, SIM_ERROR, SIM_ERROR_USAGE,
			    _("There is no simulator “%s”; “baraa sim --list” names them."), name);
		return NULL;
	}
	self = g_new0(SimThread, 1);
	self->sim = sim;
	self->hear_fd = with_control.control_fd = fds[0];
	self->say_fd = fds[1];
	with_control.obeyed = obeyed;
	self->options = &with_control;
	g_mutex_init(&self->saying);
	g_mutex_init(&self->lock);
	g_cond_init(&self->changed);
	self->thread = g_thread_new(name, serve, self);
	g_mutex_lock(&self->lock);
	while (self->address == NULL && !self->over)
		g_cond_wait(&self->changed, &self->lock);
	g_mutex_unlock(&self->lock);
	if (self->address != NULL)
		return self;
	end(self, error);
	return NULL;
}

const char *sim_thread_get_address(const SimThread *self)
{
	return self->address;
}

/* Its number; 0 where the simulator had to give up and hears nothing more. */
static unsigned number_next(SimThread *self)
{
	unsigned number;

	g_mutex_lock(&self->lock);
	number = self->over ? 0 : ++self->said;
	g_mutex_unlock(&self->lock);
	return number;
}

static unsigned say(SimThread *self, const char *control_line)
{
	g_autofree char *line = g_strdup_printf("%s\n", control_line);
	size_t len = strlen(line);
	unsigned number;

	g_mutex_lock(&self->saying);
	number = number_next(self);
	if (number > 0)
		g_assert(write(self->say_fd, line, len) == (ssize_t)len);
	g_mutex_unlock(&self->saying);
	return number;
}

void sim_say(SimThread *self, const char *control_line)
{
	unsigned number = say(self, control_line);

	g_mutex_lock(&self->lock);
	while (!self->over && self->obeyed < number)
		g_cond_wait(&self->changed, &self->lock);
	g_mutex_unlock(&self->lock);
}

void sim_say_ahead(SimThread *self, const char *control_line)
{
	say(self, control_line);
}

bool sim_stop(SimThread *self, GError **error)
{
	sim_say(self, "quit");
	return end(self, error);
}
