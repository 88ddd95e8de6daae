/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/display/display.h"

/* DSP-800's own commands, also called VFD-450/550 mode (customer-display.md §4). Models with a
 * return line answer; the others are believed. Options: codepage, letters and brightness as
 * cd5220's; the set has no user-defined characters. */
extern const struct display_driver dsp800_driver;
