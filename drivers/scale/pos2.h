/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/scale/pos2_link.h"

/* Shtrih-M POS2: Shtrih-Slim, Shtrih-AS POS and others (protocols/scale.md A5). Options: password,
 * four digits, 0030 in new ones; minimum, capacity in kilograms, else what the scale says. */
extern const struct scale_driver pos2_driver;

#define POS2_POWER_MAX 3 /* one unit is 10^power grams, -3 to 3 */

/* Of the answer to 3A. */
bool pos2_decode(const Pos2Body *answer, int power, ScaleReading *ret, GError **error);
/* Of the answer to E8. */
typedef struct {
	int power;
	Quantity minimum, capacity;
} Pos2Channel;
bool pos2_decode_channel(const Pos2Body *answer, Pos2Channel *ret, GError **error);
