/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/label/label_text.h"

#include <pango/pangocairo.h>
#include <string.h>

/* DejaVu's line is 1.164 of its size high, a letter of its Mono 0.602 wide. */
#define LINE_PER_SIZE 1.164
#define MONO_PER_SIZE 0.602

static bool has_glyph(LabelGlyphs glyphs, gunichar letter)
{
	if (letter < 0x20)
		return false;
	if (glyphs == LABEL_GLYPHS_DIGITS)
		return letter < 0x60;
	return letter < 0x7F || (glyphs == LABEL_GLYPHS_CYRILLIC &&
				 ((letter >= 0x0410 && letter <= 0x044F) || letter == 0x0401 ||
				  letter == 0x0451 || letter == 0x2116 || letter == 0x00A0));
}

static PangoLayout *layout_new(cairo_t *cairo, const LabelFont *font, gunichar letter)
{
	char text[7] = { 0 };
	PangoLayout *layout = pango_cairo_create_layout(cairo);
	PangoFontDescription *description = pango_font_description_from_string(
		font->cell > 0 ? "DejaVu Sans Mono" : "DejaVu Sans Condensed Bold");

	g_unichar_to_utf8(letter, text);
	pango_font_description_set_absolute_size(description,
						 font->height / LINE_PER_SIZE * PANGO_SCALE);
	pango_layout_set_font_description(layout, description);
	pango_layout_set_text(layout, text, -1);
	pango_font_description_free(description);
	return layout;
}

static LabelCanvas *canvas_of(cairo_surface_t *surface, int width, int height)
{
	LabelCanvas *canvas = label_canvas_new(width, height);
	const uint8_t *data = cairo_image_surface_get_data(surface);
	int stride = cairo_image_surface_get_stride(surface);

	cairo_surface_flush(surface);
	for (int y = 0; y < height && data != NULL; y++)
		for (int x = 0; x < width; x++)
			canvas->dots[y * width + x] = data[y * stride + x] > 0x7F;
	return canvas;
}

static double scale_of(const LabelFont *font)
{
	if (font->cell > 0)
		return font->cell / (font->height / LINE_PER_SIZE * MONO_PER_SIZE);
	return font->stretch / 100.0;
}

static int width_of(PangoLayout *layout, const LabelFont *font)
{
	int width;

	if (font->cell > 0)
		return font->cell;
	pango_layout_get_size(layout, &width, NULL);
	return MAX(1, (int)(scale_of(font) * width / PANGO_SCALE + 0.5));
}

static LabelCanvas *draw_glyph(const LabelFont *font, gunichar letter)
{
	int height = font->height,
	    most = MAX(font->cell, height * 2 * MAX(font->stretch, 100) / 100);
	cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_A8, most, height);
	cairo_t *cairo = cairo_create(surface);
	PangoLayout *layout = layout_new(cairo, font, letter);
	LabelCanvas *canvas;

	cairo_scale(cairo, scale_of(font), 1.0);
	pango_cairo_show_layout(cairo, layout);
	canvas = canvas_of(surface, MIN(width_of(layout, font), most), height);
	g_object_unref(layout);
	cairo_destroy(cairo);
	cairo_surface_destroy(surface);
	return canvas;
}

static int box_width(const LabelFont *font)
{
	int width = font->cell > 0 ? font->cell : font->height * MAX(font->stretch, 10) * 6 / 1000;

	return MAX(width, 1);
}

static LabelCanvas *draw_box(const LabelFont *font)
{
	LabelCanvas *canvas = label_canvas_new(box_width(font), font->height);
	int margin = canvas->width / 8 + 1, top = font->height / 5;

	label_canvas_frame(canvas, margin, top, canvas->width - 2 * margin, font->height - 2 * top,
			   MAX(1, font->height / 16), LABEL_INK_BLACK);
	return canvas;
}

static int width_of_all(const GPtrArray *glyphs)
{
	int width = 0;

	for (guint i = 0; i < glyphs->len; i++)
		width += ((const LabelCanvas *)g_ptr_array_index(glyphs, i))->width;
	return width;
}

LabelCanvas *label_text_new(const char *text, const LabelFont *font, int *missing)
{
	g_autoptr(GPtrArray) glyphs =
		g_ptr_array_new_with_free_func((GDestroyNotify)label_canvas_free);
	LabelCanvas *line;
	int x = 0;

	*missing = 0;
	for (; *text != '\0'; text = g_utf8_next_char(text)) {
		gunichar letter = g_utf8_get_char(text);
		bool has = has_glyph(font->glyphs, letter);

		*missing += !has;
		g_ptr_array_add(glyphs, has ? draw_glyph(font, letter) : draw_box(font));
	}
	line = label_canvas_new(width_of_all(glyphs), font->height);
	for (guint i = 0; i < glyphs->len; i++) {
		const LabelCanvas *glyph = g_ptr_array_index(glyphs, i);

		label_canvas_place(line, x, 0, glyph, LABEL_INK_BLACK);
		x += glyph->width;
	}
	return line;
}

/* Without drawing it: wrapping asks often. */
static int measure(const char *text, const LabelFont *font)
{
	cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_A8, 1, 1);
	cairo_t *cairo = cairo_create(surface);
	int width = 0;

	for (; *text != '\0'; text = g_utf8_next_char(text)) {
		gunichar letter = g_utf8_get_char(text);
		PangoLayout *layout = layout_new(cairo, font, letter);

		width += has_glyph(font->glyphs, letter) ? width_of(layout, font) : box_width(font);
		g_object_unref(layout);
	}
	cairo_destroy(cairo);
	cairo_surface_destroy(surface);
	return width;
}

/* The words of one paragraph, as many to a line as go in; a word too long has a line alone. */
static void wrap(const char *paragraph, const LabelFont *font, int width, GPtrArray *lines)
{
	g_auto(GStrv) words = g_strsplit(paragraph, " ", -1);
	g_autofree char *line = g_strdup("");

	for (int i = 0; words[i] != NULL; i++) {
		g_autofree char *longer =
			i == 0 ? g_strdup(words[i]) : g_strconcat(line, " ", words[i], NULL);

		if (i > 0 && measure(longer, font) > width) {
			g_ptr_array_add(lines, g_steal_pointer(&line));
			line = g_strdup(words[i]);
		} else {
			g_free(line);
			line = g_steal_pointer(&longer);
		}
	}
	g_ptr_array_add(lines, g_steal_pointer(&line));
}

static int indent(const LabelBlock *block, int width)
{
	if (block->align == LABEL_TEXT_CENTRE)
		return (block->width - width) / 2;
	return block->align == LABEL_TEXT_RIGHT ? block->width - width : 0;
}

LabelCanvas *label_text_new_block(const char *text, const LabelFont *font, const LabelBlock *block,
				  int *missing, bool *overflow)
{
	g_auto(GStrv) paragraphs = g_strsplit(text, "\n", -1);
	g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
	int step = MAX(font->height + block->gap, 1);
	LabelCanvas *canvas;

	*missing = 0;
	for (int i = 0; paragraphs[i] != NULL; i++)
		wrap(paragraphs[i], font, block->width, lines);
	*overflow = lines->len > (guint)block->max_lines;
	canvas = label_canvas_new(block->width,
				  step * ((int)MIN(lines->len, (guint)block->max_lines) - 1) +
					  font->height);
	for (int i = 0; i < (int)lines->len && i < block->max_lines; i++) {
		int lacks;
		g_autoptr(LabelCanvas) line =
			label_text_new(g_ptr_array_index(lines, (guint)i), font, &lacks);

		*missing += lacks;
		if (!label_canvas_place(canvas, indent(block, line->width), i * step, line,
					LABEL_INK_BLACK))
			*overflow = true;
	}
	return canvas;
}

char *label_text_decode(const uint8_t *data, size_t len, const char *charset)
{
	if (memchr(data, 0, len) != NULL)
		return NULL;
	return g_convert((const char *)data, (gssize)len, "UTF-8", charset, NULL, NULL, NULL);
}

bool label_text_looks_utf8(const uint8_t *data, size_t len)
{
	bool high = false;

	for (size_t i = 0; i < len; i++)
		high |= data[i] >= 0x80;
	return high && g_utf8_validate((const char *)data, (gssize)len, NULL);
}
