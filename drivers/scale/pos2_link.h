/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/scale/line.h"

/* Frames and handshake of Shtrih-M's scales (protocols/scale.md A5), those that print labels too.
 */
#define POS2_BODY_MAX 255
#define POS2_FRAME_MAX (POS2_BODY_MAX + 3)

/* Command and data, or command, error and data. */
typedef struct {
	uint8_t bytes[POS2_BODY_MAX];
	size_t len;
} Pos2Body;

size_t pos2_frame_encode(const Pos2Body *body, uint8_t ret[static POS2_FRAME_MAX]);
typedef enum { POS2_NONE, POS2_BROKEN, POS2_GOOD } Pos2Found;
/* The frame that ends where @bytes end. */
Pos2Found pos2_frame_last(const uint8_t *bytes, size_t len, Pos2Body *ret);

/* One command and its answer, three tries; one that is not @repeatable is never sent again after it
 * may have arrived: OUTCOME_UNKNOWN. An answer with an error is a failure as of pos2_check(). */
bool pos2_exchange(ScaleLine *line, const Pos2Body *command, bool repeatable, Pos2Body *ret,
		   GError **error);
/* Is @answer a good one to @command? Else the fault that its error byte means. */
bool pos2_check(const Pos2Body *command, const Pos2Body *answer, GError **error);
/* A password is four digits. */
bool pos2_password_parse(const char *text, char ret[static 5]);
