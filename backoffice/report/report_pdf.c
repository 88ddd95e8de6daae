/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/report/report_paper.h"
#include "backoffice/report/report_print.h"

#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>

int report_count_pages(const Report *self, const NumberStyle *style, cairo_t *cr)
{
	Paper paper;
	int n;

	paper_init(&paper, self, style, cr);
	n = paper_count_pages(&paper);
	paper_clear(&paper);
	return n;
}

/* Printers are given paper that stands upright: what is read across is turned. */
static void turn(cairo_t *cr)
{
	cairo_translate(cr, PAPER_SHORT, 0);
	cairo_rotate(cr, G_PI / 2);
}

void report_draw_page(const Report *self, const NumberStyle *style, cairo_t *cr, int page)
{
	Paper paper;

	paper_init(&paper, self, style, cr);
	cairo_save(cr);
	if (paper_is_across(&paper))
		turn(cr);
	paper_draw_page(&paper, page);
	cairo_restore(cr);
	paper_clear(&paper);
}

bool report_write_pdf(const Report *self, const NumberStyle *style, const char *path,
		      GError **error)
{
	cairo_surface_t *surface = cairo_pdf_surface_create(path, PAPER_SHORT, PAPER_LONG);
	cairo_t *cr = cairo_create(surface);
	cairo_status_t status;
	Paper paper;

	paper_init(&paper, self, style, cr);
	cairo_pdf_surface_set_size(surface, paper.width, paper.height);
	for (int page = 1; page <= paper_count_pages(&paper); page++) {
		paper_draw_page(&paper, page);
		cairo_show_page(cr);
	}
	paper_clear(&paper);
	cairo_destroy(cr);
	cairo_surface_finish(surface);
	status = cairo_surface_status(surface);
	cairo_surface_destroy(surface);
	if (status == CAIRO_STATUS_SUCCESS)
		return true;
	g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_FAILED, _("“%s” cannot be written: %s."),
		    path, cairo_status_to_string(status));
	return false;
}
