/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* Bytes with deadlines over any cable. Used by the device's own thread; port_cancel() alone may be
 * called from another. All errors are DEVICE_FAULT. */
struct port;

/* @address: "serial:/dev/ttyUSB0?baud=115200&parity=none", "pty:/path/to/link" (a pseudo-terminal
 * or any tty without line settings), "tcp:host:port", "transcript:FILE" (tests). Opens and locks.
 */
struct port *port_open(const char *address, GError **error);
void port_close(struct port *self);
/* @name: "fiscal", "display" … Where BARAA_TRACE holds it (or "all"), every byte is shown on stderr
 * in a transcript's form. Drivers call it when they open. */
void port_set_class(struct port *self, const char *name);

/* Writes all of @data within @timeout_ms or fails (OFFLINE after hang-up or time-out). */
bool port_write(struct port *self, const uint8_t *data, size_t len, int timeout_ms, GError **error);
/* Writes what the device takes of @data within @timeout_ms: returns 1..@len, 0 and no error when it
 * took nothing, -1 on failure. For devices that stop taking bytes until a person helps them. */
gssize port_write_some(struct port *self, const uint8_t *data, size_t len, int timeout_ms,
		       GError **error);
/* Reads 1..@len bytes; returns 0 and no error when @timeout_ms passed in silence, -1 on failure. */
gssize port_read(struct port *self, uint8_t *data, size_t len, int timeout_ms, GError **error);
/* Lets @ms pass, or less: false with CANCELLED. A transcript does not wait. */
bool port_pause(struct port *self, int ms, GError **error);
/* Throws away what has come in so far. */
void port_discard_input(struct port *self);
/* Ends a blocking call in the other thread with DEVICE_FAULT_CANCELLED, and all later ones. */
void port_cancel(struct port *self);
const char *port_get_address(const struct port *self);
