/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/sim_device.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

G_DEFINE_QUARK(sim - error - quark, sim_error)

enum { LINE_MAX_LEN = 4096 };

typedef struct {
	int fd; /* or -1 */
	bool owned;
	GString *line; /* what has come of the next one */
} Control;

typedef struct {
	const struct sim *sim;
	SimContext context;
	void *device;
	bool connected;
	bool quit;
	Control controls[2];
	void (*obeyed)(void *data); /* or NULL */
	void *data;
} Run;

static const struct sim *const sims[] = {
	&shtrih_sim,	    &atol_sim,	    &erpnet_sim,
	&datecs_sim,	    &cd5220_sim,    &dsp800_sim,
	&epson_display_sim, &scanner_sim,   &escpos_sim,
	&cas_sim,	    &mt8217_sim,    &massa_sim,
	&pos2_sim,	    &zvt_sim,	    &label_zpl_sim,
	&label_tspl_sim,    &label_epl_sim, &plu_shtrih_sim,
	&plu_cas_sim,	    &plu_digi_sim,  &plu_massa_sim,
	&ebarimt_sim,	    NULL,
};

const struct sim *const *sim_list(void)
{
	return sims;
}

const struct sim *sim_find(const char *name)
{
	for (size_t i = 0; sims[i] != NULL; i++)
		if (strcmp(sims[i]->name, name) == 0)
			return sims[i];
	return NULL;
}

const char *sim_get_name(const struct sim *sim)
{
	return sim->name;
}

const char *sim_get_summary(const struct sim *sim)
{
	return _(sim->summary);
}

const char *sim_get_controls(const struct sim *sim)
{
	return sim->controls != NULL ? _(sim->controls) : NULL;
}

char *sim_dup_faults(const struct sim *sim)
{
	return sim != NULL && sim->faults == NULL
		       ? g_strdup("")
		       : sim_faults_describe(sim != NULL ? sim->faults : NULL);
}

/* --- bytes to the host ------------------------------------------------------------------------ */

typedef struct {
	int64_t due; /* monotonic µs */
	bool cut; /* the link breaks after them */
	GByteArray *bytes; /* owned */
} SimLate;

static void late_free(void *data)
{
	SimLate *self = data;

	g_byte_array_unref(self->bytes);
	g_free(self);
}

static void send_now(SimContext *self, const uint8_t *data, size_t len)
{
	if (len == 0)
		return;
	if (sim_link_write(self->link, data, len))
		sim_log_bytes(self->log, false, data, len);
	else
		sim_log_words(self->log, "%zu bytes lost: nobody is connected", len);
}

static void cut(SimContext *self)
{
	sim_log_words(self->log, "the link breaks");
	sim_link_drop(self->link);
}

static void send_later(SimContext *self, const uint8_t *data, size_t len, int64_t due, bool cuts)
{
	SimLate *late = g_new(SimLate, 1);

	*late = (SimLate){ .due = due, .cut = cuts, .bytes = g_byte_array_new() };
	g_byte_array_append(late->bytes, data, (guint)len);
	g_queue_push_tail(&self->late, late);
}

/* What is due by now; at once where the cable has no delay. */
static void send_due(SimContext *self, int64_t now)
{
	SimLate *late;

	while ((late = g_queue_peek_head(&self->late)) != NULL && late->due <= now) {
		g_queue_pop_head(&self->late);
		send_now(self, late->bytes->data, late->bytes->len);
		if (late->cut)
			cut(self);
		late_free(late);
	}
}

void sim_send(SimContext *self, const uint8_t *data, size_t len)
{
	g_autoptr(GByteArray) bytes = g_byte_array_new();
	bool whole = sim_faults_mangle(self->faults, SIM_WAY_OUT, data, len, bytes);
	int64_t due = g_get_monotonic_time() + (int64_t)sim_faults_late_ms(self->faults) * 1000;
	int split = sim_faults_split_ms(self->faults);

	if (split == 0) {
		send_later(self, bytes->data, bytes->len, due, !whole);
	} else {
		for (guint i = 0; i < bytes->len; i++)
			send_later(self, bytes->data + i, 1, due + (int64_t)i * split * 1000,
				   !whole && i + 1 == bytes->len);
		if (!whole && bytes->len == 0)
			send_later(self, NULL, 0, due, true);
	}
	send_due(self, g_get_monotonic_time());
}

void sim_hang_up(SimContext *self)
{
	const SimLate *last = g_queue_peek_tail(&self->late);

	send_later(self, NULL, 0, last != NULL ? last->due : g_get_monotonic_time(), true);
	send_due(self, g_get_monotonic_time());
}

/* --- pictures --------------------------------------------------------------------------------- */

char *sim_picture_begin(SimContext *self, const char *what)
{
	if (self->picture_dir == NULL)
		return NULL;
	return g_strdup_printf("%s/%04d-%s.png", self->picture_dir, ++self->n_pictures, what);
}

void sim_picture_done(SimContext *self, const char *path)
{
	sim_log_mark(self->log, "PICTURE", path);
}

/* --- control lines ---------------------------------------------------------------------------- */

static bool open_control(Control *self, const char *path, int fd, GError **error)
{
	self->line = g_string_new(NULL);
	self->fd = fd;
	if (path == NULL)
		return true;
	if (strcmp(path, "-") == 0) {
		self->fd = STDIN_FILENO;
		return true;
	}
	/* A fifo opened for both never comes to its end when a writer leaves. */
	self->fd = open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC);
	if (self->fd < 0) {
		g_set_error(error, SIM_ERROR, SIM_ERROR_PORT, _("Cannot read %s: %s."), path,
			    g_strerror(errno));
		return false;
	}
	self->owned = true;
	return true;
}

static void close_control(Control *self)
{
	if (self->owned && self->fd >= 0)
		close(self->fd);
	if (self->line != NULL)
		g_string_free(self->line, true);
}

static void power_cycle(Run *self)
{
	g_queue_clear_full(&self->context.late, late_free);
	sim_link_drop(self->context.link);
	self->sim->stop(self->device);
	self->device = self->sim->start(&self->context, &self->context.failure);
}

static void plug(Run *self, bool in)
{
	if (!in)
		sim_link_unplug(self->context.link);
	else
		sim_link_plug(self->context.link, &self->context.failure);
	sim_log_words(self->context.log, in ? "plugged in" : "unplugged");
}

static void add_fault(Run *self, const char *spec)
{
	g_autoptr(GError) error = NULL;

	if (!sim_faults_add(self->context.faults, spec, &error))
		sim_log_words(self->context.log, "control: %s", error->message);
}

static void obey(Run *self, const char *line)
{
	sim_log_words(self->context.log, "control: %s", line);
	if (strcmp(line, "quit") == 0)
		self->quit = true;
	else if (strcmp(line, "power") == 0)
		power_cycle(self);
	else if (strcmp(line, "cable") == 0)
		plug(self, !sim_link_is_plugged(self->context.link));
	else if (strcmp(line, "unplug") == 0 || strcmp(line, "plug") == 0)
		plug(self, strcmp(line, "plug") == 0);
	else if (g_str_has_prefix(line, "fault "))
		add_fault(self, line + 6);
	else if (strcmp(line, "hear") == 0)
		sim_faults_mend(self->context.faults);
	else if (self->sim->control == NULL || !self->sim->control(self->device, line))
		sim_log_words(self->context.log, "control: not understood");
}

static void read_control(Run *self, Control *control)
{
	char data[512];
	ssize_t got = read(control->fd, data, sizeof(data));

	if (got < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (got <= 0) {
		if (control->owned)
			close(control->fd);
		control->fd = -1;
		return;
	}
	for (ssize_t i = 0; i < got && self->device != NULL; i++) {
		if (data[i] != '\n') {
			if (control->line->len < LINE_MAX_LEN)
				g_string_append_c(control->line, data[i]);
			continue;
		}
		obey(self, control->line->str);
		g_string_truncate(control->line, 0);
		if (self->obeyed != NULL)
			self->obeyed(self->data);
	}
}

static void tell_link(Run *self)
{
	bool connected = sim_link_is_connected(self->context.link);

	if (connected == self->connected)
		return;
	self->connected = connected;
	sim_log_words(self->context.log, connected ? "host connected" : "host gone");
	if (!connected && sim_link_is_stream(self->context.link))
		g_queue_clear_full(&self->context.late, late_free);
	if (self->sim->link_changed != NULL)
		self->sim->link_changed(self->device, connected);
}

static int next_timeout(Run *self)
{
	const SimLate *late = g_queue_peek_head(&self->context.late);
	int64_t left, at = late != NULL ? late->due : G_MAXINT64;

	if (self->sim->deadline != NULL)
		at = MIN(at, self->sim->deadline(self->device));
	if (at == G_MAXINT64)
		return -1;
	left = at - g_get_monotonic_time();
	return left <= 0 ? 0 : (int)MIN(left / 1000 + 1, 3600 * 1000);
}

/* What the cable lets through of @data, to the device. */
static void take_in(Run *self, const uint8_t *data, size_t len)
{
	g_autoptr(GByteArray) bytes = g_byte_array_new();
	bool whole = sim_faults_mangle(self->context.faults, SIM_WAY_IN, data, len, bytes);

	if (bytes->len > 0) {
		sim_log_bytes(self->context.log, true, bytes->data, bytes->len);
		self->sim->receive(self->device, bytes->data, bytes->len);
	}
	if (!whole)
		cut(&self->context);
}

static void turn(Run *self)
{
	struct pollfd fds[SIM_LINK_N_FDS + G_N_ELEMENTS(self->controls)];
	uint8_t data[4096];
	int timeout = next_timeout(self), n;
	size_t len;

	sim_link_set_deaf(self->context.link,
			  self->context.busy || sim_faults_is_deaf(self->context.faults));
	n = sim_link_prepare(self->context.link, fds, &timeout);
	for (size_t i = 0; i < G_N_ELEMENTS(self->controls); i++)
		fds[n + (int)i] = (struct pollfd){ .fd = self->controls[i].fd, .events = POLLIN };
	if (poll(fds, (nfds_t)n + G_N_ELEMENTS(self->controls), timeout) < 0)
		return;
	len = sim_link_dispatch(self->context.link, fds, n, data, sizeof(data));
	tell_link(self);
	if (len > 0) {
		take_in(self, data, len);
		tell_link(self);
	}
	send_due(&self->context, g_get_monotonic_time());
	if (self->sim->tick != NULL)
		self->sim->tick(self->device, g_get_monotonic_time(), len == 0);
	/* The device itself may have broken the link, with nobody there to wake us for it. */
	tell_link(self);
	for (size_t i = 0; i < G_N_ELEMENTS(self->controls) && self->device != NULL; i++)
		if (fds[n + (int)i].revents != 0)
			read_control(self, &self->controls[i]);
}

static bool prepare(Run *self, const SimOptions *options, GError **error)
{
	SimContext *context = &self->context;

	context->state_path = options->state_path;
	context->picture_dir = options->picture_dir;
	g_queue_init(&context->late);
	context->faults = sim_faults_new(self->sim->faults, options->faults, error);
	if (context->faults == NULL)
		return false;
	context->log = sim_log_new(options->log_path, error);
	if (context->log == NULL)
		return false;
	if (!open_control(&self->controls[0], options->control_path, -1, error) ||
	    !open_control(&self->controls[1], NULL, options->control_fd, error))
		return false;
	self->device = self->sim->start(context, error);
	if (self->device == NULL)
		return false;
	if (options->pty_link != NULL)
		context->link = sim_link_new_pty(options->pty_link, error);
	else if (options->udp)
		context->link = sim_link_new_udp(options->tcp_port, error);
	else
		context->link = sim_link_new_tcp(options->tcp_port,
						 sim_faults_refuses_second(context->faults), error);
	return context->link != NULL;
}

static void finish(Run *self)
{
	if (self->device != NULL)
		self->sim->stop(self->device);
	g_queue_clear_full(&self->context.late, late_free);
	sim_link_free(self->context.link);
	sim_log_free(self->context.log);
	sim_faults_free(self->context.faults);
	for (size_t i = 0; i < G_N_ELEMENTS(self->controls); i++)
		close_control(&self->controls[i]);
}

bool sim_run(const struct sim *sim, const SimOptions *options, SimReady ready, void *data,
	     GError **error)
{
	Run self = { .sim = sim,
		     .controls = { { .fd = -1 }, { .fd = -1 } },
		     .obeyed = options->obeyed,
		     .data = data };
	bool done = prepare(&self, options, error);

	if (done) {
		sim_log_words(self.context.log, "%s listens on %s", sim->name,
			      sim_link_get_address(self.context.link));
		ready(sim_link_get_address(self.context.link), data);
		while (!self.quit && self.context.failure == NULL)
			turn(&self);
		if (self.context.failure != NULL) {
			g_propagate_error(error, self.context.failure);
			done = false;
		}
	}
	finish(&self);
	return done;
}
