/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/scale/scale.h"

/* Mettler-Toledo 8217: Viva, Ariva, Diva, Magellan scanner-scales (protocols/scale.md A2). Options:
 * minimum, capacity in kilograms. */
extern const struct scale_driver mt8217_driver;

bool mt8217_is_whole(const uint8_t *bytes, size_t len);
/* The last answer of what was heard after W. */
bool mt8217_decode(const uint8_t *bytes, size_t len, ScaleReading *ret, GError **error);
/* The status byte of the last answer, where it is one. */
bool mt8217_decode_status(const uint8_t *bytes, size_t len, uint8_t *ret, GError **error);
