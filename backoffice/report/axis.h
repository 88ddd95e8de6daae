/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdint.h>

/* The axis of a picture, on the screen and on paper: from a round number to a round number by equal
 * round steps, zero always among them. Whole numbers throughout. */
typedef struct {
	int64_t from, to, step; /* from ≤ 0 ≤ to, both multiples of step */
} Axis;

/* What lies beyond is drawn as if it were this. */
#define AXIS_LIMIT (INT64_MAX / 8)

/* Holds @least and @most in at most @n steps (2 at least), each 1, 2 or 5 times a power of ten. */
Axis axis_fit(int64_t least, int64_t most, int n);
/* Where @value stands on an axis of @length, counted from its beginning; what is outside stands at
 * its end. */
int axis_place(const Axis *self, int64_t value, int length);
/* By what to divide so that the numbers of the axis are short: 1, 1 000, 1 000 000 or 1 000 000 000
 * of @one, which is how many of its units people call one (100 kopecks). */
int64_t axis_unit(const Axis *self, int64_t one);
