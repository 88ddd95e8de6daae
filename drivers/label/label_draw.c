/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/label/label_draw.h"

#include <pango/pangocairo.h>
#include <string.h>

enum { LEAST_PERCENT = 60, PERCENT_STEP = 4, BLACK = 0x80 };

/* ---- text */

static bool is_text(const LabelItem *item)
{
	return item->field->kind == LABEL_TEXT || item->field->kind == LABEL_STRUCK_TEXT;
}

/* A line of it, from the highest accent to the lowest tail, is @height dots high. */
static void set_size(PangoLayout *layout, const char *font, bool bold, int height)
{
	PangoFontDescription *face = pango_font_description_from_string(font);
	double size = (double)height * PANGO_SCALE;
	PangoRectangle line;

	pango_font_description_set_weight(face, bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
	pango_font_description_set_absolute_size(face, size);
	pango_layout_set_font_description(layout, face);
	pango_layout_line_get_extents(pango_layout_get_line_readonly(layout, 0), NULL, &line);
	if (line.height > 0) {
		pango_font_description_set_absolute_size(face, size * size / line.height);
		pango_layout_set_font_description(layout, face);
	}
	pango_font_description_free(face);
}

/* Laid out where a dot is a dot: letters keep the widths they have on every printer, whatever scale
 * they are drawn at. */
static PangoLayout *layout_new(const char *text)
{
	PangoContext *context = pango_font_map_create_context(pango_cairo_font_map_get_default());
	cairo_font_options_t *options = cairo_font_options_create();
	PangoLayout *layout;

	cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
	pango_cairo_context_set_font_options(context, options);
	pango_context_set_round_glyph_positions(context, FALSE);
	cairo_font_options_destroy(options);
	layout = pango_layout_new(context);
	g_object_unref(context);
	pango_layout_set_text(layout, text, -1);
	return layout;
}

static bool fits(PangoLayout *layout, const LabelItem *item)
{
	int width;

	if (item->field->max_lines > 1) {
		pango_layout_set_width(layout, item->width * PANGO_SCALE);
		pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
		return pango_layout_get_line_count(layout) <= item->field->max_lines;
	}
	pango_layout_set_single_paragraph_mode(layout, TRUE);
	pango_layout_set_width(layout, -1);
	pango_layout_get_size(layout, &width, NULL);
	return width <= item->width * PANGO_SCALE;
}

static void set_ends(PangoLayout *layout, const LabelItem *item)
{
	static const PangoAlignment aligns[] = {
		[LABEL_LEFT] = PANGO_ALIGN_LEFT,
		[LABEL_CENTRE] = PANGO_ALIGN_CENTER,
		[LABEL_RIGHT] = PANGO_ALIGN_RIGHT,
	};

	pango_layout_set_width(layout, item->width * PANGO_SCALE);
	pango_layout_set_height(layout, -item->field->max_lines);
	pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
	pango_layout_set_alignment(layout, aligns[item->field->align]);
}

/* Shrunk until it fits, but not so far that nobody can read it; then it is cut. */
static PangoLayout *text_layout_new(const LabelItem *item, const char *font)
{
	PangoLayout *layout = layout_new(item->text);

	for (int percent = 100; percent >= LEAST_PERCENT; percent -= PERCENT_STEP) {
		set_size(layout, font, item->field->bold, MAX(item->height * percent / 100, 1));
		if (fits(layout, item))
			break;
	}
	set_ends(layout, item);
	return layout;
}

/* A line through each line of the text. */
static void strike(cairo_t *cairo, PangoLayout *layout, int x, int y)
{
	PangoLayoutIter *iter = pango_layout_get_iter(layout);

	do {
		PangoRectangle line;
		int thickness;

		pango_layout_iter_get_line_extents(iter, NULL, &line);
		thickness = MAX(PANGO_PIXELS(line.height) / 12, 1);
		cairo_rectangle(cairo, x + PANGO_PIXELS(line.x),
				y + PANGO_PIXELS(line.y + line.height * 11 / 20) - thickness / 2,
				PANGO_PIXELS(line.width), thickness);
	} while (pango_layout_iter_next_line(iter));
	pango_layout_iter_free(iter);
	cairo_fill(cairo);
}

static void draw_text(cairo_t *cairo, const LabelItem *item, const char *font)
{
	PangoLayout *layout = text_layout_new(item, font);
	int y = item->y, height;

	pango_layout_get_pixel_size(layout, NULL, &height);
	if (item->field->max_lines == 1)
		y += (item->height - height) / 2;
	cairo_move_to(cairo, item->x, y);
	pango_cairo_show_layout(cairo, layout);
	if (item->field->kind == LABEL_STRUCK_TEXT)
		strike(cairo, layout, item->x, y);
	g_object_unref(layout);
}

/* ---- codes and boxes */

static void draw_digits(cairo_t *cairo, const LabelItem *item, const char *font)
{
	PangoLayout *layout = layout_new(item->text);
	int top = item->bars_y + item->bars_height, width;

	set_size(layout, font, false, item->digits_height);
	pango_layout_get_pixel_size(layout, &width, NULL);
	cairo_move_to(cairo, item->bars_x + (item->bars_width - width) / 2, top);
	pango_cairo_show_layout(cairo, layout);
	g_object_unref(layout);
}

static void draw_code(cairo_t *cairo, const LabelItem *item, const char *font)
{
	const LabelSymbol *symbol = item->symbol;
	int height = symbol->rows == 1 ? item->bars_height : item->module;

	for (int row = 0; row < symbol->rows; row++)
		for (int column = 0, n; column < symbol->columns; column += MAX(n, 1)) {
			for (n = 0; column + n < symbol->columns &&
				    label_symbol_get(symbol, column + n, row);
			     n++)
				;
			if (n > 0)
				cairo_rectangle(cairo, item->bars_x + column * item->module,
						item->bars_y + row * height, n * item->module,
						height);
		}
	cairo_fill(cairo);
	if (item->digits_height > 0)
		draw_digits(cairo, item, font);
}

static void draw_box(cairo_t *cairo, const LabelItem *item)
{
	int inset = item->thickness;

	cairo_rectangle(cairo, item->x, item->y, item->width, item->height);
	if (item->width > 2 * inset && item->height > 2 * inset)
		cairo_rectangle(cairo, item->x + inset, item->y + inset, item->width - 2 * inset,
				item->height - 2 * inset);
	cairo_set_fill_rule(cairo, CAIRO_FILL_RULE_EVEN_ODD);
	cairo_fill(cairo);
	cairo_set_fill_rule(cairo, CAIRO_FILL_RULE_WINDING);
}

void label_draw_item(cairo_t *cairo, const LabelItem *item, const char *font)
{
	if (is_text(item))
		draw_text(cairo, item, font);
	else if (item->field->kind == LABEL_BOX)
		draw_box(cairo, item);
	else
		draw_code(cairo, item, font);
}

bool label_text_fits(const LabelItem *item, const char *font)
{
	PangoLayout *layout = layout_new(item->text);
	bool done;

	set_size(layout, font, item->field->bold, item->height);
	done = fits(layout, item);
	g_object_unref(layout);
	return done;
}

/* ---- dots */

typedef struct {
	int x, y, width, height;
} Area;

/* Where @item can have ink, with room for letters that lean out of their box. */
static Area area_of(const LabelItem *item, const LabelLayout *layout)
{
	int room = is_text(item) ? item->height / 3 : item->digits_height;
	int lines = is_text(item) ? item->field->max_lines : 1;
	Area area = { .x = MAX(item->x - room, 0), .y = MAX(item->y - room, 0) };

	area.width = MIN(item->x + item->width + room, layout->width) - area.x;
	area.height = MIN(item->y + item->height * lines + room, layout->height) - area.y;
	return area;
}

static bool is_black(const uint8_t *grey, int stride, int x, int y)
{
	return grey[y * stride + x] >= BLACK;
}

/* The part of @ret's area that has ink; false: none. */
static bool find_ink(const uint8_t *grey, int stride, const Area *area, Area *ret)
{
	int left = area->width, right = -1, top = area->height, bottom = -1;

	for (int y = 0; y < area->height; y++)
		for (int x = 0; x < area->width; x++) {
			if (!is_black(grey, stride, x, y))
				continue;
			left = MIN(left, x);
			right = MAX(right, x);
			top = MIN(top, y);
			bottom = MAX(bottom, y);
		}
	*ret = (Area){ left, top, right - left + 1, bottom - top + 1 };
	return right >= 0;
}

/* The bytes of a row must not stick out of the label either: then it begins further left. */
static LabelBitmap *cut_out(const uint8_t *grey, int stride, const Area *area, int label_width)
{
	LabelBitmap *self;
	Area ink;
	int shift;

	if (!find_ink(grey, stride, area, &ink))
		return NULL;
	self = g_new0(LabelBitmap, 1);
	self->x = area->x + ink.x;
	self->y = area->y + ink.y;
	self->width_bytes = (ink.width + 7) / 8;
	self->height = ink.height;
	self->bits = g_malloc0((gsize)self->width_bytes * (gsize)self->height);
	shift = CLAMP(self->x + 8 * self->width_bytes - label_width, 0, self->x);
	self->x -= shift;
	for (int y = 0; y < ink.height; y++)
		for (int x = 0; x < ink.width; x++)
			if (is_black(grey, stride, ink.x + x, ink.y + y))
				self->bits[y * self->width_bytes + (x + shift) / 8] |=
					(uint8_t)(0x80 >> (x + shift) % 8);
	return self;
}

LabelBitmap *label_bitmap_new(const LabelItem *item, const LabelLayout *layout, const char *font)
{
	Area area = area_of(item, layout);
	cairo_surface_t *surface;
	LabelBitmap *self;
	cairo_t *cairo;

	if (area.width <= 0 || area.height <= 0)
		return NULL;
	surface = cairo_image_surface_create(CAIRO_FORMAT_A8, area.width, area.height);
	cairo = cairo_create(surface);
	cairo_translate(cairo, -area.x, -area.y);
	label_draw_item(cairo, item, font);
	cairo_destroy(cairo);
	cairo_surface_flush(surface);
	self = cut_out(cairo_image_surface_get_data(surface),
		       cairo_image_surface_get_stride(surface), &area, layout->width);
	cairo_surface_destroy(surface);
	return self;
}

void label_bitmap_free(LabelBitmap *self)
{
	if (self == NULL)
		return;
	g_free(self->bits);
	g_free(self);
}
