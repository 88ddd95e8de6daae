/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* The host's side in raw bytes, for tests of the simulators alone: it knows no command, only
 * frames. Everything that does not come within ten seconds fails the test. Bytes are written as on
 * the page, "05" or "02 05 10 1E"; "??" in what is expected stands for any byte. */
typedef struct Wire Wire;

Wire *wire_new(const char *address); /* as a simulator reports it */
void wire_free(Wire *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Wire, wire_free)

void wire_send(Wire *self, const char *hex);
void wire_expect(Wire *self, const char *hex);
uint8_t wire_read(Wire *self); /* one byte */
bool wire_is_gone(Wire *self); /* waits for the hang-up; false where bytes come instead */

/* Lines "H> …", "D> …", "# …"; "~" waits until the registrar has printed. A check sum that is "??"
 * is checked to be right all the same. */
void wire_play(Wire *self, const char *transcript);

/* A whole exchange with ENQ, frame and both ACKs, of a body without N and LRC. Own the answer's
 * body. */
GByteArray *wire_command(Wire *self, const char *body);
/* The same, where 50h means "again": what a patient host gets. */
GByteArray *wire_patient(Wire *self, const char *body);
void wire_ok(Wire *self, const char *body); /* patient, and it is done */
void wire_refused(Wire *self, const char *body, uint8_t error); /* patient, and it is not */
/* The frame of a body, its answer not waited for: until the ACK. */
void wire_send_frame(Wire *self, const char *body);
void wire_wait_printed(Wire *self);

GByteArray *bytes_new(const char *hex);
int64_t bytes_get(const GByteArray *bytes, unsigned at, unsigned n); /* little-endian */
char *scratch_new(const char *name); /* a path in a folder of this test program */
