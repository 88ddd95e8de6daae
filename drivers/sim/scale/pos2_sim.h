/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/sim/scale/scale_platform.h"

/* A Shtrih-M scale with POS2 (Shtrih-Slim, Shtrih-AS POS), inside (scale.md A5).
 *
 * ENQ is answered with NAK while the scale waits for a command, and with ACK and the answer once
 * more while one is held that the host did not acknowledge. A frame without ENQ before it is taken,
 * as most firmware does.
 *
 * Strict: a frame with a wrong LRC or of no length gets NAK and a flag, an unknown command error
 * 120, a wrong length 121, a wrong password 122. */
enum {
	POS2_FAULT_BAD_SUM = PLATFORM_N_FAULTS,
	POS2_FAULT_NAK,
	POS2_FAULT_ACK_FOREVER,
	POS2_FAULT_ERROR,
	POS2_FAULT_LOST_ANSWER,
	POS2_FAULT_NEEDS_ENQ,
	POS2_FAULT_LONG,
	POS2_FAULT_PASSWORD,
	POS2_FAULT_N,
};

typedef struct {
	SimContext *context; /* borrowed */
	ScalePlatform *platform; /* owned */
	uint8_t mode, key_lock;

	/* pos2_sim.c: the frame that comes, from STX on, and the answer's that is held. */
	GByteArray *input; /* owned */
	int64_t input_until; /* monotonic µs */
	bool enquired; /* ENQ was answered with NAK, no frame has come since */
	GByteArray *held; /* owned; NULL: none */
	bool held_weighs; /* it has a weight */
	size_t n_bytes; /* that have come, for the log */
} Pos2;

/* pos2_commands.c: @body is command and data of a good frame; gives command, error and data of the
 * answer. Own it. */
GByteArray *pos2_execute(Pos2 *self, const uint8_t *body, size_t len);
