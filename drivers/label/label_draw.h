/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/label/label_layout.h"

#include <cairo.h>

/* Draws @item where @cairo's unit is a dot of its layout. @font: a family as Pango knows it. */
void label_draw_item(cairo_t *cairo, const LabelItem *item, const char *font);

/* A text fits its lines without being shrunk or cut. */
bool label_text_fits(const LabelItem *item, const char *font);

/* An item's black dots, cut to where there are any. */
typedef struct {
	int x, y; /* on the label */
	int width_bytes, height;
	uint8_t *bits; /* owned; 1 is black, rows from the top, the highest bit is left */
} LabelBitmap;

/* What lies outside the label is cut off. NULL where nothing is black. */
LabelBitmap *label_bitmap_new(const LabelItem *item, const LabelLayout *layout, const char *font);
void label_bitmap_free(LabelBitmap *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LabelBitmap, label_bitmap_free)
