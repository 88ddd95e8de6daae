/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/printer/bitmap.h"

/* Barcodes as pictures, for printers that cannot draw them. NULL where the data does not fit the
 * code or the code does not fit @width dots. Own them. */
Bitmap *escpos_symbol_new_qr(const char *text, int width);
/* One row of bars of @height dots; @left is where they begin. */
Bitmap *escpos_symbol_new_ean13(const char *digits, int width, int height);
Bitmap *escpos_symbol_new_code128(const char *text, int width, int height);
