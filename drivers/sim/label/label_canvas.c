/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/label/label_canvas.h"

#include <cairo.h>
#include <string.h>

LabelCanvas *label_canvas_new(int width, int height)
{
	LabelCanvas *self = g_new(LabelCanvas, 1);

	self->width = MAX(width, 1);
	self->height = MAX(height, 1);
	self->dots = g_malloc0_n((size_t)self->width, (size_t)self->height);
	return self;
}

void label_canvas_free(LabelCanvas *self)
{
	if (self == NULL)
		return;
	g_free(self->dots);
	g_free(self);
}

LabelCanvas *label_canvas_dup(const LabelCanvas *self)
{
	LabelCanvas *copy = label_canvas_new(self->width, self->height);

	memcpy(copy->dots, self->dots, (size_t)self->width * (size_t)self->height);
	return copy;
}

void label_canvas_erase(LabelCanvas *self)
{
	memset(self->dots, 0, (size_t)self->width * (size_t)self->height);
}

bool label_canvas_equal(const LabelCanvas *a, const LabelCanvas *b)
{
	return a->width == b->width && a->height == b->height &&
	       memcmp(a->dots, b->dots, (size_t)a->width * (size_t)a->height) == 0;
}

static uint8_t *dot_at(const LabelCanvas *self, int x, int y)
{
	return self->dots + (size_t)y * (size_t)self->width + x;
}

static bool is_inside(const LabelCanvas *self, int x, int y, int width, int height)
{
	return x >= 0 && y >= 0 && width <= self->width - x && height <= self->height - y;
}

static void put(uint8_t *dot, uint8_t black, LabelInk ink)
{
	if (ink == LABEL_INK_BLACK)
		*dot |= black;
	else if (ink == LABEL_INK_WHITE)
		*dot &= (uint8_t)!black;
	else if (ink == LABEL_INK_FLIP)
		*dot ^= black;
	else
		*dot = black;
}

bool label_canvas_fill(LabelCanvas *self, int x, int y, int width, int height, LabelInk ink)
{
	for (int row = MAX(y, 0); row < MIN(y + height, self->height); row++)
		for (int column = MAX(x, 0); column < MIN(x + width, self->width); column++)
			put(dot_at(self, column, row), 1, ink);
	return is_inside(self, x, y, width, height);
}

/* No dot twice, or LABEL_INK_FLIP would leave holes in the corners. */
bool label_canvas_frame(LabelCanvas *self, int x, int y, int width, int height, int thickness,
			LabelInk ink)
{
	if (thickness * 2 >= width || thickness * 2 >= height)
		return label_canvas_fill(self, x, y, width, height, ink);
	label_canvas_fill(self, x, y, width, thickness, ink);
	label_canvas_fill(self, x, y + height - thickness, width, thickness, ink);
	label_canvas_fill(self, x, y + thickness, thickness, height - 2 * thickness, ink);
	label_canvas_fill(self, x + width - thickness, y + thickness, thickness,
			  height - 2 * thickness, ink);
	return is_inside(self, x, y, width, height);
}

bool label_canvas_place(LabelCanvas *self, int x, int y, const LabelCanvas *stamp, LabelInk ink)
{
	for (int row = MAX(0, -y); row < MIN(stamp->height, self->height - y); row++)
		for (int column = MAX(0, -x); column < MIN(stamp->width, self->width - x); column++)
			put(dot_at(self, x + column, y + row), *dot_at(stamp, column, row), ink);
	return is_inside(self, x, y, stamp->width, stamp->height);
}

static LabelCanvas *turn_once(const LabelCanvas *self)
{
	LabelCanvas *turned = label_canvas_new(self->height, self->width);

	for (int y = 0; y < self->height; y++)
		for (int x = 0; x < self->width; x++)
			*dot_at(turned, self->height - 1 - y, x) = *dot_at(self, x, y);
	return turned;
}

LabelCanvas *label_canvas_turn(const LabelCanvas *self, int quarters)
{
	LabelCanvas *turned = label_canvas_dup(self);

	for (int i = 0; i < quarters % 4; i++) {
		LabelCanvas *more = turn_once(turned);

		label_canvas_free(turned);
		turned = more;
	}
	return turned;
}

LabelCanvas *label_canvas_new_from_bits(const uint8_t *bits, int row_bytes, int rows)
{
	LabelCanvas *self = label_canvas_new(row_bytes * 8, rows);

	for (int y = 0; y < rows; y++)
		for (int x = 0; x < row_bytes * 8; x++)
			*dot_at(self, x, y) = bits[y * row_bytes + x / 8] >> (7 - x % 8) & 1;
	return self;
}

bool label_canvas_is_blank(const LabelCanvas *self, int x, int y, int width, int height)
{
	for (int row = MAX(y, 0); row < MIN(y + height, self->height); row++)
		for (int column = MAX(x, 0); column < MIN(x + width, self->width); column++)
			if (*dot_at(self, column, row) != 0)
				return false;
	return true;
}

bool label_canvas_save(const LabelCanvas *self, const char *path)
{
	cairo_surface_t *surface =
		cairo_image_surface_create(CAIRO_FORMAT_RGB24, self->width, self->height);
	uint8_t *data = cairo_image_surface_get_data(surface);
	int stride = cairo_image_surface_get_stride(surface);
	bool done;

	if (data == NULL) {
		cairo_surface_destroy(surface);
		return false;
	}
	cairo_surface_flush(surface);
	for (int y = 0; y < self->height; y++)
		for (int x = 0; x < self->width; x++)
			memset(data + y * stride + x * 4, *dot_at(self, x, y) != 0 ? 0 : 0xFF, 4);
	cairo_surface_mark_dirty(surface);
	done = cairo_surface_write_to_png(surface, path) == CAIRO_STATUS_SUCCESS;
	cairo_surface_destroy(surface);
	return done;
}
