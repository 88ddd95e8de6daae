/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/port/backend.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

static const struct port_backend *const backends[] = {
	&port_serial,	  &port_pty,	  &port_tcp,  &port_udp,	&port_usb,
	&port_plain_http, &port_tls_http, &port_cups, &port_transcript,
};

static DeviceFault fault_of_errno(int saved_errno)
{
	switch (saved_errno) {
	case EACCES:
	case EPERM:
		return DEVICE_FAULT_NO_PERMISSION;
	case EBUSY:
	case EWOULDBLOCK: /* from flock() */
		return DEVICE_FAULT_IN_USE;
	default: /* ENOENT, ENODEV, ENXIO, EIO, ECONNREFUSED …: nobody is there */
		return DEVICE_FAULT_OFFLINE;
	}
}

bool port_fail_errno(struct port *self, const char *what, int saved_errno, GError **error)
{
	g_set_error(error, DEVICE_FAULT, fault_of_errno(saved_errno), "cannot %s %s: %s", what,
		    self->address, g_strerror(saved_errno));
	return false;
}

bool port_fail_offline(struct port *self, const char *what, GError **error)
{
	g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_OFFLINE, "%s: %s", self->address, what);
	return false;
}

bool port_fail_address(struct port *self, const char *what, GError **error)
{
	g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_BAD_ADDRESS, "'%s': %s", self->address, what);
	return false;
}

bool port_fail(struct port *self, DeviceFault fault, const char *what, GError **error)
{
	g_set_error(error, DEVICE_FAULT, (int)fault, "%s: %s", self->address, what);
	return false;
}

static const struct port_backend *find_backend(const char *address, const char **ret_rest)
{
	for (size_t i = 0; i < G_N_ELEMENTS(backends); i++) {
		size_t len = strlen(backends[i]->scheme);

		if (strncmp(address, backends[i]->scheme, len) == 0 && address[len] == ':') {
			*ret_rest = address + len + 1;
			return backends[i];
		}
	}
	return NULL;
}

struct port *port_new(const struct port_backend *backend, const char *address, const char *rest,
		      const char *settings, GError **error)
{
	struct port *self = g_new0(struct port, 1);

	self->backend = backend;
	self->address = g_strdup(address);
	self->settings = g_strdup(settings);
	self->fd = -1;
	self->cancel_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (self->cancel_fd < 0)
		port_fail_errno(self, "watch", errno, error);
	else if (backend->open(self, rest, error))
		return self;
	port_close(self);
	return NULL;
}

struct port *port_open(const char *address, GError **error)
{
	return port_open_defaults(address, NULL, error);
}

struct port *port_open_defaults(const char *address, const char *settings, GError **error)
{
	const char *rest;
	const struct port_backend *backend = find_backend(address, &rest);

	if (backend != NULL)
		return port_new(backend, address, rest, settings, error);
	g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_BAD_ADDRESS, "'%s' names no kind of cable",
		    address);
	return NULL;
}

void port_close(struct port *self)
{
	if (self == NULL)
		return;

	if (self->backend->close != NULL)
		self->backend->close(self);
	if (self->fd >= 0)
		close(self->fd);
	if (self->cancel_fd >= 0)
		close(self->cancel_fd);
	g_free(self->trace);
	g_free(self->settings);
	g_free(self->address);
	g_free(self);
}

/* The form of a transcript, so that a shop's trouble can be replayed. */
void port_trace(struct port *self, char direction, const uint8_t *data, size_t len)
{
	g_autoptr(GString) text = NULL;

	if (self->trace == NULL)
		return;
	if (self->confidential) {
		g_printerr("%s # %c %zu bytes\n", self->trace, direction, len);
		return;
	}
	text = g_string_new(NULL);
	g_string_printf(text, "%s %c", self->trace, direction);
	for (size_t i = 0; i < len; i++)
		g_string_append_printf(text, " %02X", data[i]);
	g_printerr("%s\n", text->str);
}

void port_trace_text(struct port *self, char direction, const char *format, ...)
{
	g_autofree char *text = NULL;
	va_list args;

	if (self->trace == NULL)
		return;
	va_start(args, format);
	text = g_strdup_vprintf(format, args);
	va_end(args);
	g_printerr("%s # %c %s\n", self->trace, direction, text);
}

void port_set_class(struct port *self, const char *name)
{
	const char *wanted = g_getenv("BARAA_TRACE");
	g_auto(GStrv) names = NULL;

	g_clear_pointer(&self->trace, g_free);
	if (wanted == NULL)
		return;
	names = g_strsplit_set(wanted, ", ", -1);
	if (g_strv_contains((const char *const *)names, name) ||
	    g_strv_contains((const char *const *)names, "device") ||
	    g_strv_contains((const char *const *)names, "all"))
		self->trace = g_strdup(name);
}

void port_set_confidential(struct port *self)
{
	self->confidential = true;
}

bool port_was_cancelled(struct port *self, GError **error)
{
	struct pollfd fd = { .fd = self->cancel_fd, .events = POLLIN };

	if (poll(&fd, 1, 0) <= 0)
		return false;
	g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_CANCELLED, "%s: cancelled", self->address);
	return true;
}

bool port_write(struct port *self, const uint8_t *data, size_t len, int timeout_ms, GError **error)
{
	port_trace(self, '>', data, len);
	if (port_was_cancelled(self, error))
		return false;
	if (self->backend->write != NULL)
		return self->backend->write(self, data, len, timeout_ms, error);
	return fd_write(self, data, len, timeout_ms, error);
}

gssize port_write_some(struct port *self, const uint8_t *data, size_t len, int timeout_ms,
		       GError **error)
{
	gssize n;

	g_return_val_if_fail(len > 0, 0);

	if (port_was_cancelled(self, error))
		return -1;
	if (self->backend->write_some != NULL)
		n = self->backend->write_some(self, data, len, timeout_ms, error);
	else if (self->backend->write != NULL) /* takes all or fails */
		n = self->backend->write(self, data, len, timeout_ms, error) ? (gssize)len : -1;
	else
		n = fd_write_some(self, data, len, timeout_ms, error);
	if (n > 0)
		port_trace(self, '>', data, (size_t)n);
	return n;
}

gssize port_read(struct port *self, uint8_t *data, size_t len, int timeout_ms, GError **error)
{
	gssize n;

	g_return_val_if_fail(len > 0, 0);

	if (port_was_cancelled(self, error))
		return -1;
	if (self->backend->read != NULL)
		n = self->backend->read(self, data, len, timeout_ms, error);
	else
		n = fd_read(self, data, len, timeout_ms, error);
	if (n > 0)
		port_trace(self, '<', data, (size_t)n);
	return n;
}

/* Not woken by the device: a descriptor that hung up would be ready for ever. */
static bool pause_really(struct port *self, int ms, GError **error)
{
	int64_t until = port_deadline(ms);
	struct pollfd cancel = { .fd = self->cancel_fd, .events = POLLIN };
	int n;

	do {
		n = poll(&cancel, 1, port_remaining_ms(until));
	} while (n < 0 && errno == EINTR);
	if (n < 0)
		return port_fail_errno(self, "wait for", errno, error);
	return !port_was_cancelled(self, error);
}

bool port_pause(struct port *self, int ms, GError **error)
{
	if (port_was_cancelled(self, error))
		return false;
	if (self->backend->takes_no_time)
		return true;
	return pause_really(self, ms, error);
}

bool port_flush(struct port *self, int timeout_ms, GError **error)
{
	if (port_was_cancelled(self, error))
		return false;
	return self->backend->flush == NULL || self->backend->flush(self, timeout_ms, error);
}

void port_discard_input(struct port *self)
{
	if (self->backend->discard != NULL)
		self->backend->discard(self);
	else
		fd_discard(self);
}

void port_cancel(struct port *self)
{
	uint64_t one = 1;

	g_atomic_int_set(&self->cancelled, 1);
	/* Fails only when it is already full, that is, cancelled. */
	if (write(self->cancel_fd, &one, sizeof one) != sizeof one)
		g_debug("%s: cancelled again", self->address);
}

const char *port_get_address(const struct port *self)
{
	return self->address;
}
