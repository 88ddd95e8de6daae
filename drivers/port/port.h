/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* Bytes with deadlines over any cable. Used by the device's own thread; port_cancel() alone may be
 * called from another. All errors are DEVICE_FAULT. */
struct port;

/* Opens and locks. @address is one of:
 *
 * serial:/dev/ttyUSB0?baud=115200&parity=none|even|odd&bits=7|8&stop=1|2
 *                    &flow=none|rtscts|dtrdsr|xonxoff   ("serial:by-id/…" is below /dev/serial)
 * pty:/path/to/link               a pseudo-terminal, or any tty as it stands
 * tcp:host:port · udp:host:port   a datagram a write, a datagram (or its rest) a read
 * usb:04b8:0202[:SERIAL][?interface=N] · usb:path=3-1.4   the printer class, or a vendor's class
 *                                 with one bulk endpoint each way
 * http://host[:port]/path · https://…   for port_http() alone
 * cups:QUEUE[?format=raw|pdf][&media=NAME]   a print job a document: see port_flush()
 * transcript:FILE                 tests
 */
struct port *port_open(const char *address, GError **error);
/* @settings ("baud=9600&parity=even&bits=7", may be NULL) hold where a serial address does not say
 * otherwise; other kinds of cable pay no attention to them. */
struct port *port_open_defaults(const char *address, const char *settings, GError **error);
/* Of a CUPS queue: ends the document first, and waits five seconds at most. */
void port_close(struct port *self);
/* @name: "fiscal", "display" … Where BARAA_TRACE holds it (or "device", or "all"), every byte is
 * shown on stderr in a transcript's form. Drivers call it when they open. */
void port_set_class(struct port *self, const char *name);
/* What goes over it may not be kept (eBarimt's lottery numbers): a trace tells its length alone. */
void port_set_confidential(struct port *self);

/* Writes all of @data within @timeout_ms or fails (OFFLINE after hang-up or time-out; a USB printer
 * that stopped taking bytes and says that it has no paper is PAPER_OUT). */
bool port_write(struct port *self, const uint8_t *data, size_t len, int timeout_ms, GError **error);
/* Writes what the device takes of @data within @timeout_ms: returns 1..@len, 0 and no error when it
 * took nothing, -1 on failure. For devices that stop taking bytes until a person helps them. */
gssize port_write_some(struct port *self, const uint8_t *data, size_t len, int timeout_ms,
		       GError **error);
/* Reads 1..@len bytes; returns 0 and no error when @timeout_ms passed in silence, -1 on failure. */
gssize port_read(struct port *self, uint8_t *data, size_t len, int timeout_ms, GError **error);
/* What was written is a whole document now. A CUPS queue gets it as one job, and the call returns
 * when CUPS has sent it to the printer. On failure the job is withdrawn, so that what is not on
 * paper yet stays off it; OUTCOME_UNKNOWN where CUPS could not be asked any more. Elsewhere there
 * is nothing to do. */
bool port_flush(struct port *self, int timeout_ms, GError **error);
/* Lets @ms pass, or less: false with CANCELLED. A transcript does not wait. */
bool port_pause(struct port *self, int ms, GError **error);
/* Throws away what has come in so far. */
void port_discard_input(struct port *self);
/* Ends a blocking call in the other thread with DEVICE_FAULT_CANCELLED, and all later ones. */
void port_cancel(struct port *self);
const char *port_get_address(const struct port *self);

/* One request to an http: or https: address, whose path @path ("/v1/check?id=7", may be NULL) is
 * appended to. @type: of @body; both may be NULL. Any status is success; redirections are not
 * followed. OFFLINE: it surely did not get the request, or it was a GET; OUTCOME_UNKNOWN: it may
 * have; PROTOCOL: a certificate that is not to be trusted, or not HTTP. @answer is the caller's. */
bool port_http(struct port *self, const char *method, const char *path, const char *type,
	       GBytes *body, int timeout_ms, guint *status, GBytes **answer, GError **error);
