/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* A line as registrars want it: a price after discount, a quantity, and a sum that is their product
 * to within a kopeck. */
typedef struct {
	int64_t quantity; /* millionths */
	int64_t price;
	int64_t sum;
} LinePart;

/* Tells @quantity units for @sum altogether as one part, or as two whose prices differ by one
 * kopeck: 3 pieces for 100.01 as 2 x 33.34 and 1 x 33.33. @price is the one before discount, sent
 * as it is where it fits. The parts' quantities and sums add up exactly. Returns 1 or 2; 0 where it
 * cannot be said (no quantity, negative sum, or too large). */
int line_split(int64_t quantity, int64_t price, int64_t sum, LinePart ret[static 2]);
