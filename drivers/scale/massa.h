/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/scale/scale.h"

/* Massa-K's protocol 100, "1C": TB, TV, A, MK scales on a serial line or TCP 5001
 * (protocols/scale.md A4). Options: minimum, capacity in kilograms. */
extern const struct scale_driver massa_driver;

/* The last frame of what was heard after GET_MASSA. Some of its errors are readings: overload, a
 * load at power-up. */
bool massa_decode(const uint8_t *bytes, size_t len, ScaleReading *ret, GError **error);
/* Of what was heard after an order that has @done as its good answer. */
bool massa_decode_done(const uint8_t *bytes, size_t len, uint8_t done, GError **error);
