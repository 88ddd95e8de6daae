/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/office/label_shop.h"

#include <cairo.h>
#include <glib/gstdio.h>
#include <string.h>

/* Where labels stand on the paper, measured on the page as another program draws it: a black square
 * at the corner of each label, in tenths of a millimetre. */

#define DPI "254" /* a dot is a tenth of a millimetre */
#define NEAR 5 /* tenths: half a millimetre */
#define SIDE 50 /* of the square */

static LabelJob *squares(LabelShop *shop, int width, int height, int copies)
{
	LabelModel model = { .name = (char[]){ "squares" },
			     .design = label_design_new(width, height) };
	const LabelWish wish = { .item_id = 1, .copies = copies };
	g_autoptr(GError) error = NULL;
	LabelJob *job;

	label_design_add(model.design, &(LabelField){ .kind = LABEL_BOX,
						      .width = SIDE * 100,
						      .height = SIDE * 100,
						      .thickness = SIDE * 100 });
	label_shop_add(shop, 1, "Хлеб", "pcs", 5000, "");
	job = label_job_new(shop->office.store, 1, &model, &wish, 1, &error);
	g_assert_no_error(error);
	label_design_free(model.design);
	return job;
}

static char *write_pdf(LabelShop *shop, LabelJob *job, const LabelSheet *sheet)
{
	char *path = g_build_filename(shop->office.folder, "labels.pdf", NULL);
	g_autoptr(GError) error = NULL;

	label_job_write_pdf(job, sheet, path, &error);
	g_assert_no_error(error);
	return path;
}

static char *run(const char *const *argv)
{
	g_autoptr(GError) error = NULL;
	char *out;

	g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &out, NULL, NULL,
		     &error);
	g_assert_no_error(error);
	return out;
}

static int count_pages(const char *pdf)
{
	g_autofree char *out = run((const char *[]){ "pdfinfo", pdf, NULL });
	const char *line = strstr(out, "Pages:");

	g_assert_nonnull(line);
	return atoi(line + strlen("Pages:"));
}

/* Page @n, from 1, a dot a tenth of a millimetre. */
static cairo_surface_t *draw_page(const char *pdf, int n)
{
	g_autofree char *page = g_strdup_printf("%d", n);
	g_autofree char *root = g_strconcat(pdf, ".page", NULL);
	g_autofree char *png = g_strconcat(root, ".png", NULL);
	g_autofree char *out = run((const char *[]){ "pdftocairo", "-png", "-singlefile", "-r", DPI,
						     "-f", page, "-l", page, pdf, root, NULL });
	cairo_surface_t *surface = cairo_image_surface_create_from_png(png);

	g_assert_cmpint(cairo_surface_status(surface), ==, CAIRO_STATUS_SUCCESS);
	return surface;
}

static bool is_black(cairo_surface_t *page, int x, int y)
{
	const uint8_t *row = cairo_image_surface_get_data(page) +
			     (gsize)y * (gsize)cairo_image_surface_get_stride(page);

	return row[4 * x] < 128;
}

/* Black dots inside the square whose corner should be at @x, @y, all but half a millimetre of its
 * rim; and none around it. */
static void expect_square(cairo_surface_t *page, int x, int y)
{
	int width = cairo_image_surface_get_width(page);
	int height = cairo_image_surface_get_height(page);

	for (int dy = NEAR; dy < SIDE - NEAR; dy++)
		for (int dx = NEAR; dx < SIDE - NEAR; dx++)
			g_assert_true(is_black(page, x + dx, y + dy));
	for (int d = 0; d < SIDE; d++) {
		if (y - NEAR - 1 >= 0)
			g_assert_false(is_black(page, x + d, y - NEAR - 1));
		if (x - NEAR - 1 >= 0)
			g_assert_false(is_black(page, x - NEAR - 1, y + d));
		if (y + SIDE + NEAR < height)
			g_assert_false(is_black(page, x + d, y + SIDE + NEAR));
		if (x + SIDE + NEAR < width)
			g_assert_false(is_black(page, x + SIDE + NEAR, y + d));
	}
}

static void expect_nothing(cairo_surface_t *page, int x, int y)
{
	for (int d = 0; d < SIDE; d++)
		g_assert_false(is_black(page, x + d, y + d));
}

/* What the box of each sheet says, in tenths of a millimetre. */
static const struct {
	const char *name;
	int left, top, step_x, step_y, across, down;
} sheets[] = {
	{ "3x8", 0, 5, 700, 370, 3, 8 },   { "3x7", 0, 5, 700, 423, 3, 7 },
	{ "2x8", 0, 5, 1050, 370, 2, 8 },  { "2x7", 0, 15, 1050, 420, 2, 7 },
	{ "2x4", 0, 5, 1050, 740, 2, 4 },  { "2x2", 0, 5, 1050, 1480, 2, 2 },
	{ "4x10", 0, 0, 525, 297, 4, 10 }, { "4x11", 0, 88, 525, 254, 4, 11 },
	{ "3x6", 73, 87, 660, 466, 3, 6 }, { "5x13", 48, 107, 406, 212, 5, 13 },
};

static void test_each_label_stands_in_its_place(const void *data)
{
	int n = GPOINTER_TO_INT(data), places = sheets[n].across * sheets[n].down;
	g_auto(LabelShop) shop = { 0 };
	g_autoptr(LabelJob) job = NULL;
	g_autofree char *pdf = NULL;
	cairo_surface_t *page;
	LabelSheet sheet;

	label_shop_init(&shop);
	g_assert_true(label_sheet_find(sheets[n].name, &sheet));
	job = squares(&shop, sheet.width, sheet.height, places);
	pdf = write_pdf(&shop, job, &sheet);
	g_assert_cmpint(count_pages(pdf), ==, 1);
	page = draw_page(pdf, 1);
	g_assert_cmpint(ABS(cairo_image_surface_get_width(page) - 2100), <=, 1);
	g_assert_cmpint(ABS(cairo_image_surface_get_height(page) - 2970), <=, 1);
	for (int i = 0; i < places; i++)
		expect_square(page, sheets[n].left + i % sheets[n].across * sheets[n].step_x,
			      sheets[n].top + i / sheets[n].across * sheets[n].step_y);
	cairo_surface_destroy(page);
}

static void test_every_sheet_is_measured(void)
{
	LabelSheet sheet;
	const char *name;
	int n = 0;
	char *title;

	for (; label_sheet_get(n, &sheet, &name, &title); n++) {
		g_free(title);
		g_assert_cmpstr(name, ==, sheets[n].name);
	}
	g_assert_cmpint(n, ==, (int)G_N_ELEMENTS(sheets));
	g_assert_false(label_sheet_find("9x9", &sheet));
}

static void test_used_places_stay_empty(void)
{
	g_auto(LabelShop) shop = { 0 };
	g_autoptr(LabelJob) job = NULL;
	g_autofree char *pdf = NULL;
	cairo_surface_t *page;
	LabelSheet sheet;

	label_shop_init(&shop);
	label_sheet_find("3x8", &sheet);
	sheet.skip = 4;
	job = squares(&shop, 70000, 37000, 21);
	pdf = write_pdf(&shop, job, &sheet);
	g_assert_cmpint(count_pages(pdf), ==, 2);
	page = draw_page(pdf, 1);
	for (int i = 0; i < 4; i++)
		expect_nothing(page, i % 3 * 700, 5 + i / 3 * 370);
	for (int i = 4; i < 24; i++)
		expect_square(page, i % 3 * 700, 5 + i / 3 * 370);
	cairo_surface_destroy(page);
	page = draw_page(pdf, 2); /* a new sheet is full of places again */
	expect_square(page, 0, 5);
	expect_nothing(page, 700, 5);
	cairo_surface_destroy(page);
}

static void test_full_sheet_makes_no_empty_page(void)
{
	g_auto(LabelShop) shop = { 0 };
	g_autoptr(LabelJob) job = NULL;
	g_autofree char *pdf = NULL;
	LabelSheet sheet;

	label_shop_init(&shop);
	label_sheet_find("2x2", &sheet);
	job = squares(&shop, 105000, 148000, 8);
	pdf = write_pdf(&shop, job, &sheet);
	g_assert_cmpint(count_pages(pdf), ==, 2);
}

static void test_smaller_label_stands_in_the_middle(void)
{
	g_auto(LabelShop) shop = { 0 };
	g_autoptr(LabelJob) job = NULL;
	g_autofree char *pdf = NULL;
	cairo_surface_t *page;
	LabelSheet sheet;

	label_shop_init(&shop);
	label_sheet_find("3x8", &sheet);
	job = squares(&shop, 60000, 27000, 2);
	pdf = write_pdf(&shop, job, &sheet);
	page = draw_page(pdf, 1);
	expect_square(page, 50, 55);
	expect_square(page, 750, 55);
	cairo_surface_destroy(page);
}

static void test_label_without_a_sheet_is_a_page(void)
{
	g_auto(LabelShop) shop = { 0 };
	g_autoptr(LabelJob) job = NULL;
	g_autofree char *pdf = NULL;
	cairo_surface_t *page;

	label_shop_init(&shop);
	job = squares(&shop, 58000, 40000, 3);
	pdf = write_pdf(&shop, job, NULL);
	g_assert_cmpint(count_pages(pdf), ==, 3);
	page = draw_page(pdf, 3);
	g_assert_cmpint(ABS(cairo_image_surface_get_width(page) - 580), <=, NEAR);
	g_assert_cmpint(ABS(cairo_image_surface_get_height(page) - 400), <=, NEAR);
	expect_square(page, 0, 0);
	cairo_surface_destroy(page);
}

static void refuses(LabelShop *shop, LabelJob *job, const LabelSheet *sheet)
{
	g_autofree char *path = g_build_filename(shop->office.folder, "none.pdf", NULL);
	g_autoptr(GError) error = NULL;

	g_assert_false(label_job_write_pdf(job, sheet, path, &error));
	g_assert_error(error, LABEL_ERROR, LABEL_ERROR_INVALID);
	g_assert_false(g_file_test(path, G_FILE_TEST_EXISTS));
}

static void test_what_does_not_fit_is_refused(void)
{
	g_auto(LabelShop) shop = { 0 };
	g_autoptr(LabelJob) job = NULL;
	LabelSheet sheet, wide, used;

	label_shop_init(&shop);
	label_sheet_find("3x8", &sheet);
	job = squares(&shop, 70001, 37000, 1);
	refuses(&shop, job, &sheet);
	label_sheet_find("2x4", &wide);
	wide.across = 3;
	refuses(&shop, job, &wide);
	label_sheet_find("2x4", &used);
	used.skip = 8;
	refuses(&shop, job, &used);
}

static void test_words_are_on_the_paper(void)
{
	g_auto(LabelShop) shop = { 0 };
	g_autoptr(LabelJob) job = NULL;
	g_autofree char *pdf = NULL, *text = NULL;
	LabelSheet sheet;

	label_shop_init(&shop);
	label_shop_add(&shop, 1, "Сүү цагаан", "pcs", 8990, "4601234567893");
	label_sheet_find("3x8", &sheet);
	job = label_shop_job(&shop, "sheet-70x37", (int64_t[]){ 1, 0 });
	pdf = write_pdf(&shop, job, &sheet);
	text = run((const char *[]){ "pdftotext", "-layout", pdf, "-", NULL });
	g_assert_nonnull(strstr(text, "Сүү цагаан"));
	g_assert_nonnull(strstr(text, "89,90"));
	g_assert_nonnull(strstr(text, "4601234567893"));
}

static bool have_tools(void)
{
	static const char *const tools[] = { "pdftocairo", "pdfinfo", "pdftotext" };

	for (size_t i = 0; i < G_N_ELEMENTS(tools); i++) {
		g_autofree char *path = g_find_program_in_path(tools[i]);

		if (path == NULL)
			return false;
	}
	return true;
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	if (!have_tools()) {
		puts("1..0 # SKIP no poppler-utils");
		return 0;
	}
	for (size_t i = 0; i < G_N_ELEMENTS(sheets); i++) {
		g_autofree char *path = g_strconcat("/sheet/places/", sheets[i].name, NULL);

		g_test_add_data_func(path, GINT_TO_POINTER(i), test_each_label_stands_in_its_place);
	}
	g_test_add_func("/sheet/every", test_every_sheet_is_measured);
	g_test_add_func("/sheet/used", test_used_places_stay_empty);
	g_test_add_func("/sheet/full", test_full_sheet_makes_no_empty_page);
	g_test_add_func("/sheet/smaller", test_smaller_label_stands_in_the_middle);
	g_test_add_func("/sheet/page", test_label_without_a_sheet_is_a_page);
	g_test_add_func("/sheet/refused", test_what_does_not_fit_is_refused);
	g_test_add_func("/sheet/words", test_words_are_on_the_paper);
	return g_test_run();
}
