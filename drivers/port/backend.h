/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/device.h"
#include "drivers/port/port.h"

/* Between port.c and the kinds of cable. A backend either opens a file descriptor, which fd.c then
 * serves, or brings functions of its own. */
struct port_backend {
	const char *scheme;
	bool takes_no_time; /* port_pause() returns at once: a transcript */
	/* @rest: the address after the scheme. Fills self->fd or self->extra. */
	bool (*open)(struct port *self, const char *rest, GError **error);
	void (*close)(struct port *self); /* may be NULL: the descriptor is closed by port.c */
	/* As in port.h; NULL for a file descriptor. */
	bool (*write)(struct port *self, const uint8_t *data, size_t len, int timeout_ms,
		      GError **error);
	/* What the device takes before the time is up: 0..@len, -1 on failure. NULL: for a file
	 * descriptor, or @write takes all or nothing. */
	gssize (*write_some)(struct port *self, const uint8_t *data, size_t len, int timeout_ms,
			     GError **error);
	gssize (*read)(struct port *self, uint8_t *data, size_t len, int timeout_ms,
		       GError **error);
	void (*discard)(struct port *self);
	bool (*flush)(struct port *self, int timeout_ms, GError **error); /* NULL: nothing to do */
};

struct port {
	const struct port_backend *backend;

	/* owned */
	char *address;
	char *settings; /* port_open_defaults(), or NULL */
	char *trace; /* class name under which bytes are shown on stderr, or NULL */
	bool confidential; /* their number alone */
	void *extra; /* the backend's */
	int fd; /* non-blocking, or -1 */
	int cancel_fd; /* readable for ever after port_cancel() */
	int cancelled; /* the same, atomically, for libraries that look at a number */
};

extern const struct port_backend port_serial, port_pty, port_tcp, port_udp, port_usb,
	port_plain_http, port_tls_http, port_cups, port_transcript;

struct port *port_new(const struct port_backend *backend, const char *address, const char *rest,
		      const char *settings, GError **error);
/* Whether port_cancel() was called; then @error says so. */
bool port_was_cancelled(struct port *self, GError **error);
/* A line of BARAA_TRACE; free text after the direction. */
void port_trace(struct port *self, char direction, const uint8_t *data, size_t len);
void port_trace_text(struct port *self, char direction, const char *format, ...)
	G_GNUC_PRINTF(3, 4);

/* address.c: "rest?key=value&key=value". @take is called for each pair and returns NULL, or what is
 * wrong with it. */
typedef const char *(*PortOption)(const char *key, const char *value, void *data);
bool port_parse_options(struct port *self, const char *options, PortOption take, void *data,
			GError **error);
/* @ret_base: what stands before "?", owned by the caller. */
bool port_parse_rest(struct port *self, const char *rest, PortOption take, void *data,
		     char **ret_base, GError **error);
/* "host:port", "[::1]:port". Both are the caller's. */
bool port_split_host(const char *text, char **ret_host, char **ret_port);

/* fd.c */
int64_t port_deadline(int timeout_ms); /* of g_get_monotonic_time() */
int port_remaining_ms(int64_t until);
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
bool port_fail_address(struct port *self, const char *what, GError **error);
bool port_fail(struct port *self, DeviceFault fault, const char *what, GError **error);
/* Raw tty without line settings: used by pty and by serial addresses that name one. */
bool tty_open(struct port *self, const char *path, GError **error);
