/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/printer/escpos_raster.h"
#include "tests/devices/printer/printer_testing.h"

#include <cairo.h>
#include <gio/gio.h>
#include <string.h>

#define DOTS 384
#define DIFFERENT_MAX 40 /* dots that another version of FreeType may set or not */

/* The pictures of a receipt, one under the other, as a PBM (its bits are the printer's). */
static GString *draw_receipt(GHashTable *options, const Paper *paper)
{
	static const uint8_t command[] = { 0x1D, 0x76, 0x30, 0x00 };
	g_autoptr(GBytes) bytes = encode_paper(options, paper);
	gsize len;
	const uint8_t *at = g_bytes_get_data(bytes, &len), *end = at + len;
	g_autoptr(GString) rows = g_string_new(NULL);
	GString *pbm = g_string_new(NULL);

	while ((at = memmem(at, (size_t)(end - at), command, sizeof command)) != NULL) {
		int stride = at[4], height = at[6];

		g_assert_cmpint(at[5], ==, 0);
		g_assert_cmpint(stride, <=, DOTS / 8);
		g_assert_cmpint(height, >=, 24);
		for (at += 8; height > 0; height--, at += stride) {
			g_string_append_len(rows, (const char *)at, stride);
			for (int i = stride; i < DOTS / 8; i++)
				g_string_append_c(rows, '\0');
		}
	}
	g_string_printf(pbm, "P4\n%d %d\n", DOTS, (int)(rows->len / (DOTS / 8)));
	g_string_append_len(pbm, rows->str, (gssize)rows->len);
	return pbm;
}

/* Against the picture that a person has looked at. What was drawn is left beside the test. */
static void check_picture(const GString *drawn, const char *name)
{
	g_autofree char *golden_path = g_test_build_filename(G_TEST_DIST, name, NULL);
	g_autofree char *drawn_path = g_test_build_filename(G_TEST_BUILT, name, NULL);
	g_autofree char *golden = NULL;
	g_autoptr(GError) error = NULL;
	int different = 0;
	gsize len;

	g_file_set_contents(drawn_path, drawn->str, (gssize)drawn->len, &error);
	g_assert_no_error(error);
	g_file_get_contents(golden_path, &golden, &len, &error);
	g_assert_no_error(error);
	g_assert_cmpuint(len, ==, drawn->len);
	for (gsize i = 0; i < len; i++)
		different += __builtin_popcount((uint8_t)(golden[i] ^ drawn->str[i]));
	g_assert_cmpint(different, <=, DIFFERENT_MAX);
}

static void test_mongolian(void)
{
	g_autoptr(GHashTable) options = options_new("width", "58", NULL);
	g_autoptr(Paper) paper = paper_new();
	GString *pbm;

	paper_add_text(paper, PAPER_LEFT, PAPER_PLAIN, "Өөдөө үүлэн ₮ 1 500 Ё №");
	paper_add_pair(paper, PAPER_BOLD, "Сүү 2,5 %", "3 200 ₮");
	paper_add_text(paper, PAPER_CENTRE, PAPER_DOUBLE, "Үнэ 5 ₮");
	pbm = draw_receipt(options, paper);
	check_picture(pbm, "mongolian.pbm");
	g_string_free(pbm, TRUE);
}

static void assert_within(const Bitmap *bitmap, int left, int right)
{
	int n = 0;

	for (int y = 0; y < bitmap->height; y++) {
		for (int x = 0; x < bitmap->width; x++) {
			if ((bitmap->data[y * bitmap->stride + x / 8] & 0x80 >> x % 8) == 0)
				continue;
			g_assert_cmpint(x, >=, left);
			g_assert_cmpint(x, <, right);
			n++;
		}
	}
	g_assert_cmpint(n, >, 20);
}

/* A letter stays in the column where native rows have it, also one of another font. */
static void check_column(int cell, PaperStyle style, const char *text, int first, int n)
{
	g_autoptr(EscposRaster) raster = escpos_raster_new(cell);
	g_autoptr(Bitmap) bitmap = bitmap_new(576, escpos_raster_row_height(style));

	escpos_raster_draw(raster, bitmap, 0, 0, style, text);
	assert_within(bitmap, first * cell, (first + n) * cell);
}

static void test_grid(void)
{
	check_column(12, PAPER_PLAIN, "     Ө", 5, 1);
	check_column(12, PAPER_BOLD, "     Щ", 5, 1);
	check_column(12, PAPER_DOUBLE, "  Ө", 4, 2);
	check_column(13, PAPER_PLAIN, "     Щ", 5, 1);
	check_column(16, PAPER_DOUBLE, "  Щ", 4, 2);
	check_column(12, PAPER_PLAIN, "   ﷽", 3, 1); /* squeezed */
	check_column(12, PAPER_PLAIN, "   汉", 3, 2); /* wide */
}

/* Read back by a reader that has never heard of us. */
static void check_codes(GHashTable *options, Paper *paper, const char *expected)
{
	g_autofree char *path = g_test_build_filename(G_TEST_BUILT, "codes.pbm", NULL);
	const char *argv[] = { "zbarimg", "-q", path, NULL };
	g_autofree char *output = NULL;
	g_autoptr(GError) error = NULL;
	GString *pbm = draw_receipt(options, paper);

	g_file_set_contents(path, pbm->str, (gssize)pbm->len, &error);
	g_assert_no_error(error);
	g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &output, NULL,
		     NULL, &error);
	g_assert_no_error(error);
	g_assert_cmpstr(output, ==, expected);
	g_string_free(pbm, TRUE);
}

static void test_codes_are_read(void)
{
	g_autoptr(GHashTable) options = options_new("width", "58", "codepage", "raster", "barcode",
						    "raster", "qr", "raster", NULL);
	g_autoptr(Paper) ean13 = paper_new();
	g_autoptr(Paper) code128 = paper_new();
	g_autoptr(Paper) narrow = paper_new(); /* bars of one dot */
	g_autoptr(Paper) qr = paper_new();
	g_autofree char *long_text = g_strnfill(690, 'x');
	g_autofree char *long_answer = g_strdup_printf("QR-Code:%s\n", long_text);
	g_autoptr(Paper) long_qr = paper_new();

	g_assert_true(paper_add_ean13(ean13, "460123456789"));
	check_codes(options, ean13, "EAN-13:4601234567893\n");
	g_assert_true(paper_add_code128(code128, "RCPT-001604"));
	check_codes(options, code128, "CODE-128:RCPT-001604\n");
	g_assert_true(paper_add_code128(narrow, "ABCDEFGHIJKLMNOPQRSTUVWXYZ-/.+"));
	check_codes(options, narrow, "CODE-128:ABCDEFGHIJKLMNOPQRSTUVWXYZ-/.+\n");
	g_assert_true(paper_add_qr(qr, "https://example.org/t?s=1"));
	check_codes(options, qr, "QR-Code:https://example.org/t?s=1\n");
	g_assert_true(paper_add_qr(long_qr, long_text));
	check_codes(options, long_qr, long_answer);
}

/* Half of it is black, on a ground one can see through; twice as wide as the paper. */
static void test_logo(void)
{
	g_autoptr(GHashTable) options = options_new("width", "58", NULL);
	g_autofree char *path = g_test_build_filename(G_TEST_BUILT, "logo.png", NULL);
	cairo_surface_t *logo = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, 2 * DOTS, 100);
	cairo_t *cr = cairo_create(logo);
	g_autoptr(Paper) paper = paper_new();
	g_autoptr(GError) error = NULL;
	GString *pbm;

	cairo_rectangle(cr, 0, 0, DOTS, 100);
	cairo_fill(cr);
	cairo_destroy(cr);
	g_assert_cmpint(cairo_surface_write_to_png(logo, path), ==, CAIRO_STATUS_SUCCESS);
	cairo_surface_destroy(logo);
	g_assert_true(paper_add_logo(paper, path, &error));
	g_assert_no_error(error);
	pbm = draw_receipt(options, paper);
	g_assert_true(g_str_has_prefix(pbm->str, "P4\n384 50\n"));
	for (size_t i = strlen("P4\n384 50\n"), n = 0; i < pbm->len; i++, n++)
		g_assert_cmphex((uint8_t)pbm->str[i], ==, n % 48 < 24 ? 0xFF : 0x00);
	g_string_free(pbm, TRUE);
}

static void check_no_logo(const char *path, GQuark domain, int code)
{
	g_autoptr(Paper) paper = paper_new();
	g_autoptr(GError) error = NULL;
	g_autofree char *text = NULL;

	g_assert_false(paper_add_logo(paper, path, &error));
	g_assert_error(error, domain, code);
	text = paper_dup_text(paper, 32);
	g_assert_cmpstr(text, ==, "");
}

/* Absent, no picture, cut short, and one that would fill all memory. */
static void test_no_logo(void)
{
	static const char head[] =
		"\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\x40\0\0\0\x40\0\x08\x06\0\0\0";
	static const char cut[] = "\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\0\x40\0\0\0\x40\x08\x06";
	g_autofree char *path = g_test_build_filename(G_TEST_BUILT, "bad.png", NULL);

	check_no_logo("/nowhere/logo.png", G_FILE_ERROR, G_FILE_ERROR_NOENT);
	g_assert_true(g_file_set_contents(path, "GIF89a", -1, NULL));
	check_no_logo(path, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
	g_assert_true(g_file_set_contents(path, cut, sizeof cut - 1, NULL));
	check_no_logo(path, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
	g_assert_true(g_file_set_contents(path, head, sizeof head - 1, NULL));
	check_no_logo(path, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/printer/mongolian", test_mongolian);
	g_test_add_func("/printer/grid", test_grid);
	g_test_add_func("/printer/codes_are_read", test_codes_are_read);
	g_test_add_func("/printer/logo", test_logo);
	g_test_add_func("/printer/no_logo", test_no_logo);
	return g_test_run();
}
