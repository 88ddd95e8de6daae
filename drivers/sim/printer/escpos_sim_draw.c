/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/printer/escpos_sim.h"

#include <pango/pangocairo.h>

/* DejaVu Sans Mono is 12 dots wide at 20. */
enum { FONT_SIZE = 20, MAX_LINE_HEIGHT = 8 * ESCPOS_CELL_HEIGHT + 64 };

typedef struct {
	cairo_surface_t *surface;
	cairo_t *cairo;
	PangoLayout *layout;
	int width, height;
} Sheet;

static Sheet sheet_new(int width, int height)
{
	Sheet sheet = { .width = width, .height = height };
	PangoFontDescription *font = pango_font_description_from_string("DejaVu Sans Mono");

	sheet.surface = cairo_image_surface_create(CAIRO_FORMAT_A8, width, height);
	sheet.cairo = cairo_create(sheet.surface);
	sheet.layout = pango_cairo_create_layout(sheet.cairo);
	pango_font_description_set_absolute_size(font, FONT_SIZE * PANGO_SCALE);
	pango_layout_set_font_description(sheet.layout, font);
	pango_font_description_free(font);
	return sheet;
}

/* To the paper: half grey and more is black, as a head burns it. */
static void sheet_print(Sheet *sheet, Escpos *self, int x, int y)
{
	g_autofree uint8_t *dots = g_malloc((gsize)sheet->width * (gsize)sheet->height);
	const uint8_t *pixels;
	int stride;

	cairo_surface_flush(sheet->surface);
	pixels = cairo_image_surface_get_data(sheet->surface);
	stride = cairo_image_surface_get_stride(sheet->surface);
	for (int row = 0; pixels != NULL && row < sheet->height; row++)
		for (int column = 0; column < sheet->width; column++)
			dots[row * sheet->width + column] = pixels[row * stride + column] >= 128;
	if (pixels != NULL)
		escpos_ink(self, x, y, sheet->width, sheet->height, dots);
	g_object_unref(sheet->layout);
	cairo_destroy(sheet->cairo);
	cairo_surface_destroy(sheet->surface);
}

static void show_character(Sheet *sheet, const EscposGlyph *glyph)
{
	char text[8] = { 0 };
	double high = (double)glyph->height / ESCPOS_CELL_HEIGHT;
	double wide = (double)glyph->width / ESCPOS_CELL;

	g_unichar_to_utf8(glyph->character, text);
	pango_layout_set_text(sheet->layout, text, -1);
	cairo_save(sheet->cairo);
	cairo_translate(sheet->cairo, glyph->x, sheet->height - glyph->height);
	if (glyph->style.reverse) {
		cairo_rectangle(sheet->cairo, 0, 0, glyph->width, glyph->height);
		cairo_fill(sheet->cairo);
		cairo_set_operator(sheet->cairo, CAIRO_OPERATOR_DEST_OUT);
	}
	if (glyph->style.underline > 0) {
		cairo_rectangle(sheet->cairo, 0, glyph->height - glyph->style.underline,
				glyph->width, glyph->style.underline);
		cairo_fill(sheet->cairo);
	}
	cairo_scale(sheet->cairo, wide, high);
	pango_cairo_show_layout(sheet->cairo, sheet->layout);
	if (glyph->style.bold) {
		cairo_translate(sheet->cairo, 1, 0);
		pango_cairo_show_layout(sheet->cairo, sheet->layout);
	}
	cairo_restore(sheet->cairo);
}

void escpos_draw_line(Escpos *self, int shift, int height)
{
	Sheet sheet;

	if (self->context->picture_dir == NULL)
		return;
	sheet = sheet_new(self->dots, MIN(height, MAX_LINE_HEIGHT));
	for (guint i = 0; i < self->line->len; i++) {
		const EscposGlyph *glyph = &g_array_index(self->line, EscposGlyph, i);

		if (glyph->character != 0)
			show_character(&sheet, glyph);
		else
			escpos_ink(self, shift + glyph->x, height - glyph->height, glyph->width,
				   glyph->height, g_bytes_get_data(glyph->image, NULL));
	}
	sheet_print(&sheet, self, shift, 0);
}

/* The digits under a barcode, in the middle of @width dots from @x on. */
void escpos_draw_text(Escpos *self, const char *text, int x, int width, int y)
{
	int cells = (int)g_utf8_strlen(text, -1) * ESCPOS_CELL;
	Sheet sheet;

	if (self->context->picture_dir == NULL)
		return;
	sheet = sheet_new(MAX(cells, 1), ESCPOS_CELL_HEIGHT);
	pango_layout_set_text(sheet.layout, text, -1);
	pango_cairo_show_layout(sheet.cairo, sheet.layout);
	sheet_print(&sheet, self, MAX(x + (width - cells) / 2, 0), y);
}
