/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/label/label_page.h"

#include <string.h>

typedef struct {
	int x, y, width, height;
	size_t offset;
} LabelZone;

enum { LEFT, TOP, RIGHT, BOTTOM, N_SIDES };

void label_page_init(LabelPage *self, LabelPress *press, int width, int height)
{
	self->press = press;
	self->canvas = label_canvas_new(width, height);
	self->quiet = g_array_new(FALSE, FALSE, sizeof(LabelZone));
}

void label_page_clear(LabelPage *self)
{
	label_canvas_free(self->canvas);
	g_array_unref(self->quiet);
}

void label_page_resize(LabelPage *self, int width, int height)
{
	LabelCanvas *canvas = label_canvas_new(width, height);

	label_canvas_place(canvas, 0, 0, self->canvas, LABEL_INK_BLACK);
	label_canvas_free(self->canvas);
	self->canvas = canvas;
}

void label_page_erase(LabelPage *self)
{
	label_canvas_erase(self->canvas);
	g_array_set_size(self->quiet, 0);
}

/* Beyond the label nothing is black: a zone may reach over the edge. */
void label_page_check(LabelPage *self)
{
	for (guint i = 0; i < self->quiet->len; i++) {
		const LabelZone *zone = &g_array_index(self->quiet, LabelZone, i);

		if (label_canvas_is_blank(self->canvas, zone->x, zone->y, zone->width,
					  zone->height))
			continue;
		label_press_flag(self->press, zone->offset,
				 "the quiet zone of the code is not white");
	}
}

/* What the code needs at each side, in dots, as it lies. */
static void measure_quiet(const LabelPiece *piece, int ret[N_SIDES])
{
	static const int modules[LABEL_CODE_N][N_SIDES] = {
		[LABEL_CODE_EAN] = { 11, 0, 7, 0 },
		[LABEL_CODE_128] = { 10, 0, 10, 0 },
		[LABEL_CODE_QR] = { 4, 4, 4, 4 },
		[LABEL_CODE_MATRIX] = { 1, 1, 1, 1 },
	};

	for (int side = 0; side < N_SIDES; side++)
		ret[(side + piece->quarters) % N_SIDES] =
			modules[piece->code][side] * piece->module;
}

static void watch(LabelPage *self, const LabelPiece *piece, int x, int y, int width, int height)
{
	int dots[N_SIDES];

	measure_quiet(piece, dots);
	g_array_append_vals(self->quiet,
			    (const LabelZone[]){
				    { x - dots[LEFT], y, dots[LEFT], height, piece->offset },
				    { x + width, y, dots[RIGHT], height, piece->offset },
				    { x - dots[LEFT], y - dots[TOP],
				      dots[LEFT] + width + dots[RIGHT], dots[TOP], piece->offset },
				    { x - dots[LEFT], y + height, dots[LEFT] + width + dots[RIGHT],
				      dots[BOTTOM], piece->offset },
			    },
			    N_SIDES);
}

bool label_page_put(LabelPage *self, const LabelPiece *piece)
{
	g_autoptr(LabelCanvas) turned = label_canvas_turn(piece->stamp, piece->quarters);
	int x = piece->x, y = piece->y;
	bool inside;

	if (!piece->as_box && (piece->quarters == 1 || piece->quarters == 2))
		x -= turned->width;
	if (!piece->as_box && (piece->quarters == 2 || piece->quarters == 3))
		y -= turned->height;
	inside = label_canvas_place(self->canvas, x, y, turned, piece->ink);
	if (!inside)
		label_press_flag(self->press, piece->offset,
				 "%s of %d x %d dots at %d,%d reaches outside of the label",
				 piece->what, turned->width, turned->height, x, y);
	if (piece->code != LABEL_CODE_NONE)
		watch(self, piece, x, y, turned->width, turned->height);
	return inside;
}

char *label_page_decode(LabelPage *self, const GByteArray *data, const char *charset, size_t offset)
{
	char *words = label_text_decode(data->data, data->len, charset);

	if (strcmp(charset, "UTF-8") != 0 && label_text_looks_utf8(data->data, data->len))
		label_press_flag(self->press, offset, "UTF-8, and the printer was told %s",
				 charset);
	if (words != NULL)
		return words;
	label_press_flag(self->press, offset, "the text is not %s", charset);
	return g_strdup("?");
}

LabelCanvas *label_page_text(LabelPage *self, const char *words, const LabelFont *font,
			     size_t offset)
{
	int missing;
	LabelCanvas *text = label_text_new(words, font, &missing);

	if (missing > 0)
		label_press_flag(self->press, offset, "%d characters of “%s” are not in the font",
				 missing, words);
	return text;
}

LabelCanvas *label_page_block(LabelPage *self, const char *words, const LabelFont *font,
			      const LabelBlock *block, size_t offset)
{
	int missing;
	bool overflow;
	LabelCanvas *text = label_text_new_block(words, font, block, &missing, &overflow);

	if (missing > 0)
		label_press_flag(self->press, offset, "%d characters of “%s” are not in the font",
				 missing, words);
	if (overflow)
		label_press_flag(self->press, offset, "“%s” is too long for its block", words);
	return text;
}

static char *check_digits(LabelPage *self, const GByteArray *data, guint n, size_t offset)
{
	g_autofree char *digits = g_strndup((const char *)data->data, data->len);
	g_autofree char *body = g_strndup(digits, n);

	if (strspn(digits, "0123456789") != data->len) {
		label_press_flag(self->press, offset, "not all of “%s” is digits", digits);
		return NULL;
	}
	if (data->len != n && data->len != n + 1) {
		label_press_flag(self->press, offset, "%u digits, not %u or %u", data->len, n,
				 n + 1);
		return NULL;
	}
	if (data->len == n + 1 && digits[n] != label_check_digit(body))
		label_press_flag(self->press, offset, "check digit %c, not %c", digits[n],
				 label_check_digit(body));
	return g_strdup_printf("%s%c", body, label_check_digit(body));
}

char *label_page_ean(LabelPage *self, const GByteArray *data, guint n, size_t offset, char **digits)
{
	g_autofree char *full = NULL;

	*digits = check_digits(self, data, n, offset);
	if (*digits == NULL)
		return NULL;
	/* UPC-A is an EAN-13 that begins with 0. */
	full = g_strconcat(n == 11 ? "0" : "", *digits, NULL);
	return label_ean_modules(full);
}
