/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/label/label_private.h"
#include "drivers/label/label_draw.h"

#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>
#include <string.h>

enum { UM_PER_INCH = 25400, POINTS_PER_INCH = 72, UM_PER_METRE = 1000000 };

#define A4 .paper_width = 210000, .paper_height = 297000

/* As their makers print them on the box; what is left of the paper is even on both sides. */
static const struct {
	const char *name;
	LabelSheet sheet;
} sheets[] = {
	{ "3x8", { A4, .top = 500, .across = 3, .down = 8, .width = 70000, .height = 37000 } },
	{ "3x7", { A4, .top = 450, .across = 3, .down = 7, .width = 70000, .height = 42300 } },
	{ "2x8", { A4, .top = 500, .across = 2, .down = 8, .width = 105000, .height = 37000 } },
	{ "2x7", { A4, .top = 1500, .across = 2, .down = 7, .width = 105000, .height = 42000 } },
	{ "2x4", { A4, .top = 500, .across = 2, .down = 4, .width = 105000, .height = 74000 } },
	{ "2x2", { A4, .top = 500, .across = 2, .down = 2, .width = 105000, .height = 148000 } },
	{ "4x10", { A4, .across = 4, .down = 10, .width = 52500, .height = 29700 } },
	{ "4x11", { A4, .top = 8800, .across = 4, .down = 11, .width = 52500, .height = 25400 } },
	{ "3x6",
	  { A4, .left = 7250, .top = 8700, .across = 3, .down = 6, .gap_x = 2500, .width = 63500,
	    .height = 46600 } },
	{ "5x13",
	  { A4, .left = 4750, .top = 10700, .across = 5, .down = 13, .gap_x = 2500, .width = 38100,
	    .height = 21200 } },
};

bool label_sheet_find(const char *name, LabelSheet *ret)
{
	for (size_t i = 0; i < G_N_ELEMENTS(sheets); i++)
		if (strcmp(sheets[i].name, name) == 0) {
			*ret = sheets[i].sheet;
			return true;
		}
	return false;
}

/* "42.3" */
static char *dup_mm(int um)
{
	int tenths = (um + 50) / 100;

	return tenths % 10 == 0 ? g_strdup_printf("%d", tenths / 10)
				: g_strdup_printf("%d.%d", tenths / 10, tenths % 10);
}

bool label_sheet_get(int n, LabelSheet *ret, const char **ret_name, char **ret_title)
{
	g_autofree char *width = NULL, *height = NULL;

	if (n < 0 || n >= (int)G_N_ELEMENTS(sheets))
		return false;
	*ret = sheets[n].sheet;
	*ret_name = sheets[n].name;
	width = dup_mm(ret->width);
	height = dup_mm(ret->height);
	/* Translators: a sheet of 3 by 8 labels, each of 70 × 37 millimetres. */
	*ret_title = g_strdup_printf(_("%d × %d labels, %s × %s mm"), ret->across, ret->down, width,
				     height);
	return true;
}

/* --- drawing ------------------------------------------------------------------------------- */

static double points(int um)
{
	return (double)um * POINTS_PER_INCH / UM_PER_INCH;
}

static cairo_status_t take(void *data, const unsigned char *bytes, unsigned len)
{
	g_byte_array_append(data, bytes, len);
	return CAIRO_STATUS_SUCCESS;
}

static bool check_fits(const LabelDesign *design, const LabelSheet *sheet, GError **error)
{
	int64_t width = sheet->left + (int64_t)sheet->across * sheet->width +
			(int64_t)(sheet->across - 1) * sheet->gap_x;
	int64_t height = sheet->top + (int64_t)sheet->down * sheet->height +
			 (int64_t)(sheet->down - 1) * sheet->gap_y;
	g_autofree char *mm[] = { dup_mm(label_design_get_width(design)),
				  dup_mm(label_design_get_height(design)), dup_mm(sheet->width),
				  dup_mm(sheet->height) };

	if (sheet->across < 1 || sheet->down < 1 || width > sheet->paper_width ||
	    height > sheet->paper_height)
		return label_invalid(error, _("So many labels do not fit on the paper."));
	if (sheet->skip < 0 || sheet->skip >= sheet->across * sheet->down)
		return label_invalid(error,
				     _("The sheet has %d places: fewer than that can be used up."),
				     sheet->across * sheet->down);
	if (label_design_get_width(design) > sheet->width ||
	    label_design_get_height(design) > sheet->height)
		return label_invalid(
			error,
			_("The design is %s × %s mm, a label of this sheet %s × %s mm: "
			  "choose another sheet or another design."),
			mm[0], mm[1], mm[2], mm[3]);
	return true;
}

/* The corner of the label that stands in @place, counted from 0. */
static void find_corner(const LabelSheet *sheet, const LabelDesign *design, int place, int *ret_x,
			int *ret_y)
{
	int column = place % sheet->across, row = place / sheet->across;

	*ret_x = sheet->left + column * (sheet->width + sheet->gap_x) +
		 (sheet->width - label_design_get_width(design)) / 2;
	*ret_y = sheet->top + row * (sheet->height + sheet->gap_y) +
		 (sheet->height - label_design_get_height(design)) / 2;
}

static bool draw_label(cairo_t *cairo, const LabelDesign *design, LabelData *words,
		       const char *font, int x, int y, GError **error)
{
	g_autoptr(LabelLayout) layout = label_layout_new(design, words, UM_PER_METRE, error);

	if (layout == NULL)
		return false;
	cairo_save(cairo);
	cairo_translate(cairo, points(x), points(y));
	cairo_scale(cairo, points(1), points(1));
	for (guint i = 0; i < layout->items->len; i++)
		label_draw_item(cairo, label_layout_get(layout, i), font);
	cairo_restore(cairo);
	return true;
}

static bool draw_labels(cairo_t *cairo, const LabelJob *job, const LabelSheet *sheet, int first,
			const char *font, GError **error)
{
	int places = sheet != NULL ? sheet->across * sheet->down : 1;
	int skip = sheet != NULL ? sheet->skip : 0;

	for (int n = first; n < job->total; n++) {
		const LabelRow *row = label_job_get_row(job, n);
		const LabelDesign *design = label_job_design_of(job, row);
		int place = (skip + n - first) % places, x = 0, y = 0;

		if (sheet != NULL)
			find_corner(sheet, design, place, &x, &y);
		if (!draw_label(cairo, design, row->facts.words, font, x, y, error))
			return false;
		if (place == places - 1 || n == job->total - 1)
			cairo_show_page(cairo);
	}
	return true;
}

GBytes *label_sheet_draw(const LabelJob *self, const LabelSheet *sheet, int first, const char *font,
			 GError **error)
{
	int width = sheet != NULL ? sheet->paper_width : label_design_get_width(self->design);
	int height = sheet != NULL ? sheet->paper_height : label_design_get_height(self->design);
	GByteArray *bytes;
	cairo_surface_t *surface;
	cairo_t *cairo;
	bool ok;

	if (sheet != NULL && !check_fits(self->design, sheet, error))
		return NULL;
	bytes = g_byte_array_new();
	surface = cairo_pdf_surface_create_for_stream(take, bytes, points(width), points(height));
	cairo = cairo_create(surface);
	ok = draw_labels(cairo, self, sheet, first, font, error);
	cairo_destroy(cairo);
	cairo_surface_finish(surface);
	if (ok && cairo_surface_status(surface) != CAIRO_STATUS_SUCCESS)
		ok = label_invalid(error, _("The labels could not be drawn (%s)."),
				   cairo_status_to_string(cairo_surface_status(surface)));
	cairo_surface_destroy(surface);
	if (ok)
		return g_byte_array_free_to_bytes(bytes);
	g_byte_array_unref(bytes);
	return NULL;
}

bool label_job_write_pdf(LabelJob *self, const LabelSheet *sheet, const char *path, GError **error)
{
	g_autoptr(GBytes) bytes = label_sheet_draw(self, sheet, 0, "Sans", error);
	gsize len;
	const char *data;

	if (bytes == NULL)
		return false;
	data = g_bytes_get_data(bytes, &len);
	return g_file_set_contents(path, data, (gssize)len, error);
}
