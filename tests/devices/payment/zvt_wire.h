/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* The till's end of a ZVT line in raw bytes: bare APDUs over TCP, blocks with ACK over a
 * pseudo-terminal. It knows no command. What does not come within twenty seconds fails the test;
 * "??" in what is expected stands for any byte; where it is raw, for one of the message, of which
 * the block has two if it is a 10, and "**" for one of the check sum. */
typedef struct ZvtWire ZvtWire;

ZvtWire *zvt_wire_new(const char *address);
void zvt_wire_free(ZvtWire *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ZvtWire, zvt_wire_free)

void zvt_wire_send_raw(ZvtWire *self, const char *hex);
void zvt_wire_expect_raw(ZvtWire *self, const char *hex);
bool zvt_wire_is_gone(ZvtWire *self); /* waits for the hang-up; false where bytes come */
bool zvt_wire_is_quiet(ZvtWire *self, int ms); /* nothing came so long */

void zvt_tell(ZvtWire *self, const char *apdu);
GByteArray *zvt_hear_new(ZvtWire *self); /* an APDU */
void zvt_hear(ZvtWire *self, const char *apdu);
void zvt_hear_ack(ZvtWire *self, const char *apdu); /* and answer 80 00 00 */
