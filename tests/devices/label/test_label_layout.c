/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/label/label_draw.h"
#include "tests/devices/label/label_help.h"

#include <glib/gstdio.h>
#include <string.h>

enum { TOLERANCE_UM = 500 };
static const int dpis[] = { 203, 300, 600 };
/* Dots a metre of the heads themselves: 203.2, 300 and 600 dots an inch. */
static const int64_t dots_per_km[] = { 8000000, 11811024, 23622047 };

static GHashTable *milk_new(void)
{
	return words_new("name", "Сүү 3.2 % 1 л «Өглөө»", "price", "3 500₮", "old-price", "3 900₮",
			 "unit-price", "3 500₮/л", "barcode", "4601234567893", "qr",
			 "https://example.org/t?s=1", "article", "№ 1024", "date", "2026-06-03",
			 NULL);
}

static int64_t to_um(int dots, size_t head)
{
	return dots * INT64_C(1000000000) / dots_per_km[head];
}

static void check_edge(int dots, size_t head, int um)
{
	g_assert_cmpint(ABS(to_um(dots, head) - um), <=, TOLERANCE_UM);
}

static void check_item(const LabelItem *item, size_t head)
{
	const LabelField *field = item->field;

	check_edge(item->x, head, field->x);
	check_edge(item->y, head, field->y);
	check_edge(item->x + item->width, head, field->x + field->width);
	check_edge(item->y + item->height, head, field->y + field->height);
	if (item->symbol == NULL)
		return;
	/* The code stays in its box, and its module is the design's within half a dot. */
	g_assert_cmpint(item->bars_x, >=, item->x);
	g_assert_cmpint(item->bars_x + item->bars_width, <=, item->x + item->width);
	g_assert_cmpint(item->bars_height + item->digits_height, <=, item->height);
	if (field->module > 0)
		g_assert_cmpint(ABS(to_um(item->module, head) - field->module), <=,
				to_um(1, head) / 2 + 1);
}

/* Every edge of every field on each head. */
static void check_design(const LabelDesign *design, GHashTable *data, size_t head)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(LabelLayout) layout =
		label_layout_new(design, data, label_dots_per_metre(dpis[head]), &error);

	g_assert_no_error(error);
	check_edge(layout->width, head, 58000);
	check_edge(layout->height, head, 40000);
	g_assert_cmpint((int)layout->items->len, ==, label_design_get_n_fields(design));
	for (guint n = 0; n < layout->items->len; n++)
		check_item(label_layout_get(layout, n), head);
}

static void test_tolerance(void)
{
	g_autoptr(LabelDesign) tag = shelf_tag_new();
	g_autoptr(LabelDesign) installed = installed_design_new();
	g_autoptr(GHashTable) data = milk_new();

	for (size_t head = 0; head < G_N_ELEMENTS(dpis); head++) {
		check_design(tag, data, head);
		check_design(installed, data, head);
	}
}

static void test_empty_words_leave_their_place_white(void)
{
	g_autoptr(LabelDesign) design = shelf_tag_new();
	g_autoptr(GHashTable) data = words_new("price", "1", NULL);
	g_autoptr(GError) error = NULL;
	g_autoptr(LabelLayout) layout = label_layout_new(design, data, 8000, &error);

	g_assert_no_error(error);
	g_assert_cmpuint(layout->items->len, ==, 1);
}

static void test_a_code_without_room_is_refused(void)
{
	g_autoptr(LabelDesign) design = label_design_new(58000, 40000);
	g_autoptr(GError) error = NULL;

	label_design_add(design, &(LabelField){ .kind = LABEL_EAN13,
						.width = 11000, /* 88 dots for 95 bars */
						.height = 8000,
						.content = "460123456789" });
	g_assert_null(label_layout_new(design, NULL, 8000, &error));
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_REFUSED);
}

/* Marking codes as element strings; what is none is not encoded as if it were. */
static void test_gs1_elements(void)
{
	static const struct {
		const char *data, *brackets;
	} cases[] = {
		{ "\x1D"
		  "0104601234567893215abcDEF\x1D"
		  "93dGVz",
		  "[01]04601234567893[21]5abcDEF[93]dGVz" },
		{ "0104601234567893215abcDEF\x1D"
		  "91EE05\x1D"
		  "92base64+/=",
		  "[01]04601234567893[21]5abcDEF[91]EE05[92]base64+/=" },
		{ "\x1D"
		  "010460123456789317260603"
		  "103103000275",
		  "[01]04601234567893[17]260603[10]3103000275" },
		{ "3103000275", "[3103]000275" },
		{ "\x1D"
		  "01046",
		  NULL },
		{ "\x1D"
		  "XY",
		  NULL },
		{ "\x1D", NULL },
		{ "21a[b", NULL },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *text = label_gs1_dup_brackets(cases[i].data);

		g_assert_cmpstr(text, ==, cases[i].brackets);
	}
}

/* ---- what independent readers see */

static LabelLayout *code_layout_new(LabelDesign *design, LabelKind kind, const char *content)
{
	g_autoptr(GError) error = NULL;
	LabelLayout *layout;

	label_design_add(design, &(LabelField){ .kind = kind,
						.x = 5000,
						.y = 5000,
						.width = 48000,
						.height = 25000,
						.module = 375,
						.digits_below = true,
						.content = content });
	layout = label_layout_new(design, NULL, 8000, &error);
	g_assert_no_error(error);
	return layout;
}

static void blacken(cairo_surface_t *surface, const LabelBitmap *bitmap)
{
	uint32_t *pixels = (uint32_t *)(void *)cairo_image_surface_get_data(surface);
	int stride = cairo_image_surface_get_stride(surface) / 4;

	for (int y = 0; y < bitmap->height; y++)
		for (int x = 0; x < 8 * bitmap->width_bytes; x++)
			if (bitmap->bits[y * bitmap->width_bytes + x / 8] & 0x80 >> x % 8)
				pixels[(bitmap->y + y) * stride + bitmap->x + x] = 0;
	cairo_surface_mark_dirty(surface);
}

/* The dots of the label's first item, as a picture file. */
static char *picture_new(const LabelLayout *layout)
{
	cairo_surface_t *surface =
		cairo_image_surface_create(CAIRO_FORMAT_RGB24, layout->width, layout->height);
	cairo_t *cairo = cairo_create(surface);
	g_autoptr(LabelBitmap) bitmap =
		label_bitmap_new(label_layout_get(layout, 0), layout, "Sans");
	char *path = NULL;
	int fd = g_file_open_tmp("label-XXXXXX.png", &path, NULL);

	g_assert_cmpint(fd, >=, 0);
	cairo_set_source_rgb(cairo, 1, 1, 1);
	cairo_paint(cairo);
	cairo_destroy(cairo);
	cairo_surface_flush(surface);
	blacken(surface, bitmap);
	g_assert_cmpint(cairo_surface_write_to_png(surface, path), ==, CAIRO_STATUS_SUCCESS);
	cairo_surface_destroy(surface);
	g_assert_true(g_close(fd, NULL));
	return path;
}

static void check_read(LabelKind kind, const char *content, const char *const *reader,
		       const char *expected)
{
	g_autoptr(LabelDesign) design = label_design_new(58000, 40000);
	g_autoptr(LabelLayout) layout = code_layout_new(design, kind, content);
	g_autofree char *path = picture_new(layout);
	const char *argv[8] = { 0 };
	g_autofree char *output = NULL;
	g_autoptr(GError) error = NULL;
	int n = 0, status;

	for (; reader[n] != NULL; n++)
		argv[n] = reader[n];
	argv[n] = path;
	g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL,
		     NULL, NULL, &output, NULL, &status, &error);
	g_unlink(path);
	if (g_error_matches(error, G_SPAWN_ERROR, G_SPAWN_ERROR_NOENT)) {
		g_test_skip("no reader of codes is installed");
		return;
	}
	g_assert_no_error(error);
	g_assert_cmpstr(output, ==, expected);
}

static void test_readers(void)
{
	static const char *const zbar[] = { "zbarimg", "-q", "--raw", NULL };
	static const char *const dmtx[] = { "dmtxread", "-G", "29", NULL };

	check_read(LABEL_EAN13, "460123456789", zbar, "4601234567893\n");
	check_read(LABEL_CODE128, "BAR-1024/x", zbar, "BAR-1024/x\n");
	check_read(LABEL_QR, "https://example.org/t?s=1", zbar, "https://example.org/t?s=1\n");
	check_read(LABEL_QR, "Сүү Өглөө ₮", zbar, "Сүү Өглөө ₮\n");
	check_read(LABEL_DATAMATRIX, "plain 123", dmtx, "plain 123");
	/* 5.2: FNC1 first and in place of GS. */
	check_read(LABEL_DATAMATRIX,
		   "\x1D"
		   "0104601234567893215abcDEF\x1D"
		   "93dGVz",
		   dmtx,
		   "\x1D"
		   "0104601234567893215abcDEF\x1D"
		   "93dGVz");
}

/* ---- drawn text */

static LabelBitmap *text_new(LabelKind kind, LabelAlign align, const char *text, int width_um)
{
	g_autoptr(LabelDesign) design = label_design_new(58000, 40000);
	g_autoptr(GError) error = NULL;
	g_autoptr(LabelLayout) layout = NULL;

	label_design_add(design, &(LabelField){ .kind = kind,
						.x = 5000,
						.y = 5000,
						.width = width_um,
						.height = 5000,
						.align = align,
						.content = text });
	layout = label_layout_new(design, NULL, 8000, &error);
	g_assert_no_error(error);
	return label_bitmap_new(label_layout_get(layout, 0), layout, "Sans");
}

static int count_black(const LabelBitmap *bitmap)
{
	int n = 0;

	for (int i = 0; i < bitmap->width_bytes * bitmap->height; i++)
		n += __builtin_popcount(bitmap->bits[i]);
	return n;
}

static void test_text_stays_in_its_box(void)
{
	static const char name[] = "Ундаа Өргөө, үзэмтэй, 2 литр, хуванцар савтай";
	g_autoptr(LabelBitmap) bitmap = text_new(LABEL_TEXT, LABEL_LEFT, name, 20000);

	g_assert_cmpint(bitmap->x, >=, 40 - 2);
	g_assert_cmpint(bitmap->x + 8 * bitmap->width_bytes, <=, 40 + 160 + 2 + 7);
	g_assert_cmpint(bitmap->y, >=, 40 - 2);
	g_assert_cmpint(bitmap->y + bitmap->height, <=, 40 + 40 + 2);
}

static void test_text_is_aligned(void)
{
	g_autoptr(LabelBitmap) left = text_new(LABEL_TEXT, LABEL_LEFT, "3₮", 30000);
	g_autoptr(LabelBitmap) centre = text_new(LABEL_TEXT, LABEL_CENTRE, "3₮", 30000);
	g_autoptr(LabelBitmap) right = text_new(LABEL_TEXT, LABEL_RIGHT, "3₮", 30000);

	g_assert_cmpint(ABS(right->x - 2 * centre->x + left->x), <=, 1);
	g_assert_cmpint(right->x - left->x, >, 150);
}

/* At the very edge: no byte of a row lies outside. */
static void test_pictures_end_with_the_label(void)
{
	for (int um = 52000; um <= 53000; um += 125) {
		g_autoptr(LabelBitmap) bitmap = text_new(LABEL_TEXT, LABEL_RIGHT, "3₮", um);

		g_assert_cmpint(bitmap->x + 8 * bitmap->width_bytes, <=, 464);
		g_assert_cmpint(bitmap->x, >, 400);
	}
}

static void test_an_old_price_is_struck(void)
{
	g_autoptr(LabelBitmap) plain = text_new(LABEL_TEXT, LABEL_LEFT, "3 900", 30000);
	g_autoptr(LabelBitmap) struck = text_new(LABEL_STRUCK_TEXT, LABEL_LEFT, "3 900", 30000);

	g_assert_cmpint(count_black(struck), >, count_black(plain) + 100);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/label-layout/tolerance", test_tolerance);
	g_test_add_func("/label-layout/empty-words-leave-their-place-white",
			test_empty_words_leave_their_place_white);
	g_test_add_func("/label-layout/a-code-without-room-is-refused",
			test_a_code_without_room_is_refused);
	g_test_add_func("/label-layout/gs1-elements", test_gs1_elements);
	g_test_add_func("/label-layout/readers", test_readers);
	g_test_add_func("/label-layout/text-stays-in-its-box", test_text_stays_in_its_box);
	g_test_add_func("/label-layout/text-is-aligned", test_text_is_aligned);
	g_test_add_func("/label-layout/pictures-end-with-the-label",
			test_pictures_end_with_the_label);
	g_test_add_func("/label-layout/an-old-price-is-struck", test_an_old_price_is_struck);
	return g_test_run();
}
