/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/printer/escpos_sim.h"

#include <string.h>

static int word(const uint8_t *at)
{
	return at[0] | at[1] << 8;
}

/* A byte a dot out of rows of whole bytes, the left dot in the highest bit, each dot @wide by
 * @high. */
static uint8_t *unpack(const uint8_t *bits, int width, int height, int wide, int high)
{
	size_t row_bytes = (size_t)(width + 7) / 8, out = (size_t)width * (size_t)wide;
	uint8_t *dots = g_malloc0(out * (size_t)height * (size_t)high + 1);

	for (int y = 0; y < height * high; y++)
		for (int x = 0; x < width * wide; x++) {
			int from = x / wide;
			uint8_t byte = bits[(size_t)(y / high) * row_bytes + (size_t)from / 8];

			dots[(size_t)y * out + (size_t)x] = byte >> (7 - from % 8) & 1;
		}
	return dots;
}

/* What does not fit into the line is cut off on the right, as heads do. */
static void print_block(Escpos *self, int width, int height, const uint8_t *dots)
{
	g_autofree char *text = g_strdup_printf("[raster %dx%d]", width, height);

	sim_log_paper(self->context->log, text);
	escpos_ink_block(self, width, height, dots, 0);
	escpos_feed(self, height);
}

static void check_width(Escpos *self, int width)
{
	if (width > self->dots - self->left_margin)
		escpos_flag(self, "an image of %d dots on a head of %d", width, self->dots);
}

/* GS v 0; its length is right, or it would not be here. */
void escpos_raster(Escpos *self, const uint8_t *command, size_t len)
{
	int m = command[3] >= '0' ? command[3] - '0' : command[3];
	int width = word(command + 4) * 8, height = word(command + 6);
	int wide = (m & 1) != 0 ? 2 : 1, high = (m & 2) != 0 ? 2 : 1;
	g_autofree uint8_t *dots = NULL;

	if (command[2] != 0x30 || m > 3 || width == 0 || height == 0 ||
	    width > RASTER_MAX_BYTES * 8 || height > RASTER_MAX_ROWS) {
		escpos_flag(self, "1D 76 %02X %02X, %d by %d dots: no image", command[2],
			    command[3], width, height);
		return;
	}
	if (self->kanji && (len & 1) != 0)
		escpos_flag(self, "an odd image in double-byte mode");
	escpos_end_line(self, "an image");
	check_width(self, width * wide);
	dots = unpack(command + 8, width, height, wide, high);
	print_block(self, width * wide, height * high, dots);
}

/* ESC *: columns of 8 or 24 dots from the top down, a part of the line like a letter. */
void escpos_columns(Escpos *self, const uint8_t *command, size_t len)
{
	int m = command[2], columns = word(command + 3), n = m < 0x20 ? 1 : 3;
	g_autofree uint8_t *dots = NULL;
	g_autoptr(GBytes) image = NULL;

	if ((m != 0x00 && m != 0x01 && m != 0x20 && m != 0x21) || columns == 0) {
		escpos_flag(self, "1B 2A %02X, %d columns: no image", m, columns);
		return;
	}
	check_width(self, columns);
	dots = g_malloc0((gsize)columns * (gsize)n * 8);
	for (int x = 0; x < columns; x++)
		for (int y = 0; y < n * 8; y++)
			dots[y * columns + x] = command[5 + x * n + y / 8] >> (7 - y % 8) & 1;
	image = g_bytes_new(dots, (gsize)columns * (gsize)n * 8);
	escpos_put_image(self, columns, n * 8, image);
}

/* Function 112: 30 70 30 bx by c x x y y data. */
void escpos_store_graphics(Escpos *self, const uint8_t *data, size_t len)
{
	g_byte_array_set_size(self->graphics, 0);
	if (len < 10 || data[2] != 0x30 || data[3] < 1 || data[3] > 2 || data[4] < 1 ||
	    data[4] > 2 || data[5] != 0x31) {
		escpos_flag(self, "graphics with a bad head");
		return;
	}
	if (len - 10 != (size_t)(word(data + 6) + 7) / 8 * (size_t)word(data + 8)) {
		escpos_flag(self, "graphics of %d by %d dots in %zu bytes", word(data + 6),
			    word(data + 8), len - 10);
		return;
	}
	g_byte_array_append(self->graphics, data, (guint)len);
}

void escpos_print_graphics(Escpos *self)
{
	const uint8_t *data = self->graphics->data;
	g_autofree uint8_t *dots = NULL;
	int width, height;

	if (self->graphics->len == 0) {
		escpos_flag(self, "no graphics are stored");
		return;
	}
	width = word(data + 6) * data[3];
	height = word(data + 8) * data[4];
	escpos_end_line(self, "graphics");
	check_width(self, width);
	dots = unpack(data + 10, word(data + 6), word(data + 8), data[3], data[4]);
	print_block(self, width, height, dots);
	g_byte_array_set_size(self->graphics, 0);
}
