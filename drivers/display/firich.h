/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/display/display.h"

/* Firich's boxes and those without a name: shipped in one set or the other, and only a look at the
 * glass tells which (customer-display.md §5). Options: mode=cd5220|epson (cd5220), and those of
 * that driver. */
extern const struct display_driver firich_driver;
