/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/label/label.h"
#include "drivers/label/label_symbol.h"

/* A design with one label's words, on a printer's dots: each edge is the dot nearest to where the
 * design has it, and the modules of codes are whole dots, near to the design's width and never so
 * wide that the code leaves its box. */
typedef struct {
	const LabelField *field; /* borrowed from the design */
	char *text; /* owned; filled, never empty but for a box */
	LabelSymbol *symbol; /* owned; NULL but for a code */
	int x, y, width,
		height; /* of the box; of a text that is a line's height, as in the field */
	int thickness; /* of a box */
	int module; /* of a code; so all that follows */
	int bars_x, bars_y, bars_width, bars_height;
	int digits_height; /* below the bars; 0: no digits */
} LabelItem;

typedef struct {
	int dots_per_metre;
	int width, height;
	int width_um, height_um;
	GArray *items; /* owned; of LabelItem */
} LabelLayout;

/* Of a head that is called @dpi; 203 are 8 dots a millimetre. */
int label_dots_per_metre(int dpi);
/* The nearest dot of @um. */
int label_dots(int um, int dots_per_metre);

/* Empty texts and codes are left out. NULL with REFUSED where a code is wrong or has no room. */
LabelLayout *label_layout_new(const LabelDesign *design, LabelData *data, int dots_per_metre,
			      GError **error);
void label_layout_free(LabelLayout *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LabelLayout, label_layout_free)

static inline const LabelItem *label_layout_get(const LabelLayout *self, guint n)
{
	return &g_array_index(self->items, LabelItem, n);
}

/* The box is no more than a line. */
static inline bool label_item_is_line(const LabelItem *self)
{
	return self->width <= self->thickness || self->height <= self->thickness;
}
