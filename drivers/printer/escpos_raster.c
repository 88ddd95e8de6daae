/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/printer/escpos_raster.h"

#include "drivers/printer/paper_private.h"

#include <pango/pangocairo.h>

#define FONT                                                                                       \
	"DejaVu Sans Mono" /* has Ө ө Ү ү ₮ ₽, and is in every Debian with a screen        \
			    */
#define GLYPH_HEIGHT 24 /* font A */
#define LEADING 6 /* as a printer's default of 30 dots a row */
/* Of DejaVu Sans Mono, in 1/2048 of its size: the advance, and ascent with descent. */
#define EM 2048
#define EM_ADVANCE 1233
#define EM_HEIGHT 2384
#define EM_ASCENT 1901

/* A letter's dots, the leftmost in the highest bit. */
typedef struct {
	uint64_t rows[2 * GLYPH_HEIGHT];
} Glyph;

struct EscposRaster {
	int cell;

	/* owned */
	PangoFontMap *fonts; /* NULL until the first letter */
	PangoContext *context;
	GHashTable *glyphs; /* of Glyph, by letter and style */
};

EscposRaster *escpos_raster_new(int cell)
{
	EscposRaster *self = g_new0(EscposRaster, 1);

	/* A wide letter of double size still is a Glyph's row. */
	g_assert(cell > 0 && cell <= ESCPOS_CELL_MAX);
	self->cell = cell;
	self->glyphs = g_hash_table_new_full(NULL, NULL, NULL, g_free);
	return self;
}

void escpos_raster_free(EscposRaster *self)
{
	if (self == NULL)
		return;

	g_clear_object(&self->context);
	g_clear_object(&self->fonts);
	g_hash_table_unref(self->glyphs);
	g_free(self);
}

int escpos_raster_row_height(PaperStyle style)
{
	return LEADING + (style & PAPER_DOUBLE ? 2 : 1) * GLYPH_HEIGHT;
}

/* A font map of our own: the drivers' thread shares none with the window. */
static void load_fonts(EscposRaster *self)
{
	cairo_font_options_t *options;

	if (self->fonts != NULL)
		return;
	self->fonts = pango_cairo_font_map_new();
	self->context = pango_font_map_create_context(self->fonts);
	options = cairo_font_options_create();
	cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
	cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_FULL);
	cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
	pango_cairo_context_set_font_options(self->context, options);
	cairo_font_options_destroy(options);
}

/* As large as the cell allows, in Pango's units of a dot. */
static int font_size(int cell, int scale)
{
	int by_width = cell * PANGO_SCALE * EM / EM_ADVANCE;
	int by_height = GLYPH_HEIGHT * PANGO_SCALE * EM / EM_HEIGHT;

	return scale * MIN(by_width, by_height);
}

static PangoLayout *layout_new(EscposRaster *self, PaperStyle style, gunichar character, int size)
{
	PangoLayout *layout = pango_layout_new(self->context);
	PangoFontDescription *font = pango_font_description_from_string(FONT);
	char text[8] = { 0 };

	pango_font_description_set_absolute_size(font, size);
	if (style & PAPER_BOLD)
		pango_font_description_set_weight(font, PANGO_WEIGHT_BOLD);
	pango_layout_set_font_description(layout, font);
	pango_font_description_free(font);
	g_unichar_to_utf8(character, text);
	pango_layout_set_text(layout, text, -1);
	return layout;
}

/* In the middle of @width; a letter of another font that is wider is squeezed. */
static void draw_letter(cairo_t *cr, PangoLayout *layout, int width, int size)
{
	int ascent = (size * (EM_ASCENT / 16) / (EM / 16) + PANGO_SCALE / 2) / PANGO_SCALE;
	int advance;
	double scale;

	pango_layout_get_size(layout, &advance, NULL);
	scale = MIN(1.0, (double)width * PANGO_SCALE / MAX(advance, 1));
	cairo_translate(cr, (width - scale * advance / PANGO_SCALE) / 2, ascent);
	cairo_scale(cr, scale, 1);
	cairo_translate(cr, 0, -(double)pango_layout_get_baseline(layout) / PANGO_SCALE);
	pango_cairo_show_layout(cr, layout);
}

static void read_dots(cairo_surface_t *surface, Glyph *ret)
{
	int width = cairo_image_surface_get_width(surface);
	int stride = cairo_image_surface_get_stride(surface);
	const uint8_t *data;

	cairo_surface_flush(surface);
	data = cairo_image_surface_get_data(surface);
	for (int y = 0; y < cairo_image_surface_get_height(surface); y++) {
		for (int x = 0; x < width; x++) {
			if (data[y * stride + x] >= 128)
				ret->rows[y] |= UINT64_C(1) << (63 - x);
		}
	}
}

static Glyph *glyph_new(EscposRaster *self, PaperStyle style, gunichar character)
{
	int scale = style & PAPER_DOUBLE ? 2 : 1;
	int width = self->cell * scale * paper_char_cells(character);
	int size = font_size(self->cell, scale);
	cairo_surface_t *surface =
		cairo_image_surface_create(CAIRO_FORMAT_A8, width, GLYPH_HEIGHT * scale);
	cairo_t *cr = cairo_create(surface);
	g_autoptr(PangoLayout) layout = layout_new(self, style, character, size);
	Glyph *glyph = g_new0(Glyph, 1);

	draw_letter(cr, layout, width, size);
	read_dots(surface, glyph);
	cairo_destroy(cr);
	cairo_surface_destroy(surface);
	return glyph;
}

static const Glyph *get_glyph(EscposRaster *self, PaperStyle style, gunichar character)
{
	void *key = GUINT_TO_POINTER(character << 2 | (guint)style);
	Glyph *glyph = g_hash_table_lookup(self->glyphs, key);

	if (glyph == NULL) {
		load_fonts(self);
		glyph = glyph_new(self, style, character);
		g_hash_table_insert(self->glyphs, key, glyph);
	}
	return glyph;
}

static void put_glyph(Bitmap *bitmap, int x, int y, int height, const Glyph *glyph)
{
	for (int row = 0; row < height; row++) {
		for (uint64_t left = glyph->rows[row]; left != 0;) {
			int column = __builtin_clzll(left);

			bitmap_set(bitmap, x + column, y + row);
			left &= ~(UINT64_C(1) << (63 - column));
		}
	}
}

void escpos_raster_draw(EscposRaster *self, Bitmap *bitmap, int x, int y, PaperStyle style,
			const char *text)
{
	int scale = style & PAPER_DOUBLE ? 2 : 1;

	for (; *text != '\0'; text = g_utf8_next_char(text)) {
		gunichar character = g_utf8_get_char(text);

		if (character != ' ' && character != 0x00A0)
			put_glyph(bitmap, x, y, scale * GLYPH_HEIGHT,
				  get_glyph(self, style, character));
		x += scale * self->cell * paper_char_cells(character);
	}
}
