/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/label/label_printer.h"

/* "^GFA,total,total,bytesPerRow,data^FS" (label-printer.md §2.1). RUNS packs repeats within and
 * across rows by letters; ROWS packs row by row and has marks for rows that end white, end black or
 * are as the one before. */
void zpl_put_graphic(GByteArray *ret, const LabelBitmap *bitmap, LabelGraphics packing);
