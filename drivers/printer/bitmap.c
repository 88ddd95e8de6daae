/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/printer/bitmap.h"

#include <string.h>

#define DLE 0x10
#define EOT 0x04
#define ENQ 0x05
#define DC4 0x14

Bitmap *bitmap_new(int width, int height)
{
	Bitmap *self = g_new0(Bitmap, 1);

	self->width = width;
	self->stride = (width + 7) / 8;
	self->height = height;
	self->data = g_malloc0_n((gsize)self->stride, (gsize)height);
	return self;
}

void bitmap_free(Bitmap *self)
{
	if (self == NULL)
		return;

	g_free(self->data);
	g_free(self);
}

void bitmap_set(Bitmap *self, int x, int y)
{
	if (x < 0 || y < 0 || x >= self->width || y >= self->height)
		return;
	self->data[y * self->stride + x / 8] |= (uint8_t)(0x80 >> x % 8);
}

void bitmap_fill(Bitmap *self, int x, int y, int width, int height)
{
	for (int row = y; row < y + height; row++) {
		for (int column = x; column < x + width; column++)
			bitmap_set(self, column, row);
	}
}

/* Luma in 256ths, of Rec. 601. */
static bool is_dark(uint32_t rgb)
{
	return (rgb >> 16 & 0xFF) * 77 + (rgb >> 8 & 0xFF) * 150 + (rgb & 0xFF) * 29 < 128 * 256;
}

void bitmap_draw(Bitmap *self, int x, cairo_surface_t *picture)
{
	int width = cairo_image_surface_get_width(picture);
	int height = cairo_image_surface_get_height(picture);
	const uint8_t *data;

	cairo_surface_flush(picture);
	data = cairo_image_surface_get_data(picture);
	for (int row = 0; row < height; row++) {
		const uint32_t *pixels =
			(const void *)(data + row * cairo_image_surface_get_stride(picture));

		for (int column = 0; column < width; column++) {
			if (is_dark(pixels[column]))
				bitmap_set(self, x + column, row);
		}
	}
}

/* Bytes from the left that hold all dots of the rows; at least one. */
static int used_stride(const Bitmap *self, int y, int height)
{
	int used = 1;

	for (int row = y; row < y + height; row++) {
		for (int i = self->stride; i > used; i--) {
			if (self->data[row * self->stride + i - 1] != 0)
				used = i;
		}
	}
	return used;
}

Bitmap *bitmap_new_band(const Bitmap *self, int y, int max, int min)
{
	int height = MIN(self->height - y, max), used = used_stride(self, y, height);
	Bitmap *band = bitmap_new(MIN(used * 8, self->width), MAX(height, min));

	for (int row = 0; row < height; row++)
		memcpy(band->data + row * used, self->data + (y + row) * self->stride,
		       (size_t)used);
	return band;
}

bool escpos_is_trap(uint8_t first, uint8_t second)
{
	return first == DLE && (second == EOT || second == ENQ || second == DC4);
}

void bitmap_defuse(Bitmap *self)
{
	size_t len = (size_t)self->stride * (size_t)self->height;

	for (size_t i = 0; i + 1 < len; i++) {
		if (escpos_is_trap(self->data[i], self->data[i + 1]))
			self->data[i] |= DLE >> 1;
	}
}
