/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/port/port.h"

/* A recorded conversation in place of a cable: lines "> hex" are what we send, "< hex" what the
 * device says, "!" a hang-up from there on, "#" a comment. Silence takes no time. Bytes that are
 * sent but not recorded are DEVICE_FAULT_PROTOCOL with the line's number. */
struct port *port_new_transcript(const char *text, GError **error);
/* Whether all of it was said. */
bool port_transcript_is_done(const struct port *self);
