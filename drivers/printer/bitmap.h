/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>
#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* Dots of a print head: rows of whole bytes, the highest bit left, 1 black. */
typedef struct {
	int width; /* dots */
	int stride; /* bytes a row */
	int height; /* rows */
	uint8_t *data; /* owned */
} Bitmap;

/* White. @width in dots. */
Bitmap *bitmap_new(int width, int height);
void bitmap_free(Bitmap *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Bitmap, bitmap_free)

/* Dots outside of the bitmap are ignored. */
void bitmap_set(Bitmap *self, int x, int y);
void bitmap_fill(Bitmap *self, int x, int y, int width, int height);
/* Every dot of @picture that is darker than half grey, its left top corner at @x, 0. @picture is of
 * CAIRO_FORMAT_RGB24. */
void bitmap_draw(Bitmap *self, int x, cairo_surface_t *picture);

/* Rows @y.. of @self, at most @max and filled with white to at least @min; as narrow as its dots
 * allow. */
Bitmap *bitmap_new_band(const Bitmap *self, int y, int max, int min);

/* ESC/POS obeys DLE EOT, DLE ENQ and DLE DC4 wherever they stand, also in a picture. */
bool escpos_is_trap(uint8_t first, uint8_t second);
/* Sets one dot beside a black one in each pair of bytes that would be such a command. */
void bitmap_defuse(Bitmap *self);
