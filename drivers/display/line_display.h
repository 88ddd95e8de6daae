/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/display/display.h"

/* The sets that know whole lines only (customer-display.md §5): UTC enhanced, and AEDEX, which is
 * EMAX too. Options: codepage and letters as cd5220's. */
extern const struct display_driver utc_driver;
extern const struct display_driver aedex_driver;
