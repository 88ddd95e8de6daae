/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* A frame of fiscal-datecs.md §2, made without the driver. @data: bytes of cp1251; @status: hex of
 * an answer's status bytes, NULL of a request. Own it. */
GByteArray *datecs_wire_frame(bool long_frames, uint8_t seq, uint8_t code, const char *data,
			      const char *status);
