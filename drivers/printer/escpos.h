/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/printer/printer.h"

/* Receipt printers that speak Epson's ESC/POS, and their many copies. Its options are told in
 * escpos_options.h. */
extern const struct printer_driver escpos_driver;
