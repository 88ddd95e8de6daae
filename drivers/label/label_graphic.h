/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/label/label_printer.h"

/* A bitmap as TSPL and EPL take it: a head, then the dots as binary with 0 for black, then a tail.
 * "BITMAP x,y,bytes,height,0," … CR LF, "GWx,y,bytes,height," … LF. */
void tspl_put_graphic(GByteArray *ret, const LabelBitmap *bitmap);
void epl_put_graphic(GByteArray *ret, const LabelBitmap *bitmap);
