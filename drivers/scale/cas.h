/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/scale/scale.h"

/* CAS "ECR" scales and those that speak like them (protocols/scale.md A1). Options: minimum,
 * capacity in kilograms. */
extern const struct scale_driver cas_driver;

bool cas_is_whole(const uint8_t *bytes, size_t len);
/* The last frame of what was heard after DC1. */
bool cas_decode(const uint8_t *bytes, size_t len, ScaleReading *ret, GError **error);
