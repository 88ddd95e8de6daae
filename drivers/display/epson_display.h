/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/display/display.h"

/* Epson's DM-D commands (customer-display.md §3). Options as cd5220's, with glyphs=no where nothing
 * is said; and
 * page=11, two hex digits: the number of the code page in this display (0B: CP866 of an Aures OCD,
 * 0C its 1251, 06: CP866 of a Posiflex). Needed with codepage=wcp1251, which has no usual one;
 * passthrough=yes for a display behind a printer: the printer's line is given back after every
 * screen. Receipts on the same line must not be cut in two by it: one thread serves both. */
extern const struct display_driver epson_display_driver;
