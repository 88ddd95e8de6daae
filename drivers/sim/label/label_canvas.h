/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* A label, or a stamp to be put on one: dots that are white or black, exactly where the printer
 * burns them. The three languages share it. */
typedef struct {
	int width, height; /* dots, at least 1 */
	uint8_t *dots; /* owned; a byte a dot, 1 is black, rows from the top */
} LabelCanvas;

typedef enum {
	LABEL_INK_BLACK, /* adds the stamp's black */
	LABEL_INK_WHITE, /* erases where the stamp is black */
	LABEL_INK_FLIP, /* turns dots over where the stamp is black */
	LABEL_INK_COPY, /* black and white both */
} LabelInk;

LabelCanvas *label_canvas_new(int width, int height);
void label_canvas_free(LabelCanvas *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LabelCanvas, label_canvas_free)
LabelCanvas *label_canvas_dup(const LabelCanvas *self);
void label_canvas_erase(LabelCanvas *self);
bool label_canvas_equal(const LabelCanvas *a, const LabelCanvas *b);

/* All of these draw what fits, and are false where a part of it lies outside. */
bool label_canvas_fill(LabelCanvas *self, int x, int y, int width, int height, LabelInk ink);
bool label_canvas_frame(LabelCanvas *self, int x, int y, int width, int height, int thickness,
			LabelInk ink);
bool label_canvas_place(LabelCanvas *self, int x, int y, const LabelCanvas *stamp, LabelInk ink);

/* A new one, clockwise by @quarters of a turn. */
LabelCanvas *label_canvas_turn(const LabelCanvas *self, int quarters);
/* @bits: rows of @row_bytes, the highest bit on the left, 1 is black. */
LabelCanvas *label_canvas_new_from_bits(const uint8_t *bits, int row_bytes, int rows);
/* No black within, as far as it lies on the label. */
bool label_canvas_is_blank(const LabelCanvas *self, int x, int y, int width, int height);
/* False where the file cannot be written. */
bool label_canvas_save(const LabelCanvas *self, const char *path);
