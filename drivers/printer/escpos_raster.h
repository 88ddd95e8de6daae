/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/printer/bitmap.h"
#include "drivers/printer/paper.h"

/* Rows of text as pictures, in the grid of the printer's own font A: a column is as wide as in
 * native rows, and every letter of Unicode that the system has a font for can stand in it. */
typedef struct EscposRaster EscposRaster;

#define ESCPOS_CELL_MAX 16

/* @cell: dots of a column. The fonts are loaded with the first letter. */
EscposRaster *escpos_raster_new(int cell);
void escpos_raster_free(EscposRaster *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(EscposRaster, escpos_raster_free)

/* Dots of a row of text, with its leading. */
int escpos_raster_row_height(PaperStyle style);
/* @text from @x, @y on. */
void escpos_raster_draw(EscposRaster *self, Bitmap *bitmap, int x, int y, PaperStyle style,
			const char *text);
