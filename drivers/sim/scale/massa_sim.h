/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/sim/scale/scale_platform.h"

/* A Massa-K scale, protocol 100, on a serial line or TCP, inside (scale.md A4).
 *
 * Strict: a frame with a wrong CRC is flagged and gets no answer, though some real ones do not look
 * at it (the setting loose_crc). */
enum { MASSA_NAME_LEN = 27 };

enum {
	MASSA_FAULT_BAD_SUM = PLATFORM_N_FAULTS,
	MASSA_FAULT_NAK,
	MASSA_FAULT_ERROR,
	MASSA_FAULT_WRONG_DIVISION,
	MASSA_FAULT_SHORT,
	MASSA_FAULT_LOOSE_CRC,
	MASSA_FAULT_N,
};

typedef struct {
	SimContext *context; /* borrowed */
	ScalePlatform *platform; /* owned */
	GByteArray *input; /* owned; of a frame that is not whole */
	int64_t input_until; /* monotonic µs */
	size_t n_bytes; /* of the frames before @input, for the log */
	uint8_t name[4 + MASSA_NAME_LEN]; /* its number and name */
} Massa;

/* massa_sim.c: @body is command and data. */
void massa_send(Massa *self, const GByteArray *body, bool has_weight);
/* massa_commands.c: what a good frame holds. @at: its place in what has come, for the log. */
void massa_execute(Massa *self, const uint8_t *body, size_t len, size_t at);
