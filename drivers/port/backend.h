/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/device.h"
#include "drivers/port/port.h"

/* Between port.c and the kinds of cable. A backend either opens a file descriptor, which fd.c then
 * serves, or brings functions of its own. */
struct port_backend {
	const char *scheme;
	/* @rest: the address after the scheme. Fills self->fd or self->extra. */
	bool (*open)(struct port *self, const char *rest, GError **error);
	void (*close)(struct port *self); /* may be NULL: the descriptor is closed by port.c */
	/* As in port.h; NULL for a file descriptor. */
	bool (*write)(struct port *self, const uint8_t *data, size_t len, GError **error);
	gssize (*read)(struct port *self, uint8_t *data, size_t len, GError **error);
	void (*discard)(struct port *self);
};

struct port {
	const struct port_backend *backend;

	/* owned */
	char *address;
	char *trace; /* class name under which bytes are shown on stderr, or NULL */
	void *extra; /* the backend's */
	int fd; /* non-blocking, or -1 */
	int cancel_fd; /* readable for ever after port_cancel() */
};

extern const struct port_backend port_serial, port_pty, port_tcp, port_transcript;

struct port *port_new(const struct port_backend *backend, const char *address, const char *rest,
		      GError **error);

/* fd.c */
bool fd_write(struct port *self, const uint8_t *data, size_t len, int timeout_ms, GError **error);
gssize fd_write_some(struct port *self, const uint8_t *data, size_t len, int timeout_ms,
		     GError **error);
gssize fd_read(struct port *self, uint8_t *data, size_t len, int timeout_ms, GError **error);
void fd_discard(struct port *self);
/* Holds the descriptor against other programs till it is closed. */
bool fd_lock(struct port *self, GError **error);
/* Waits for @events; 1 ready, 0 timed out, -1 failed (cancelled, or poll itself). @until is of
 * g_get_monotonic_time(). */
int fd_wait(struct port *self, short events, int64_t until, GError **error);

/* "cannot open ADDRESS: reason" with the DeviceFault that @saved_errno means. Returns false. */
bool port_fail_errno(struct port *self, const char *what, int saved_errno, GError **error);
bool port_fail_offline(struct port *self, const char *what, GError **error);
/* Raw tty without line settings: used by pty and by serial addresses that name one. */
bool tty_open(struct port *self, const char *path, GError **error);
