/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/report/report_paper.h"
#include "backoffice/report/report_print.h"

#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>

/* Several reports below each other on upright pages. All in points. */

#define SECTION_GAP 12.0

typedef struct {
	const ReportSheet *sheet; /* borrowed */
	Paper *papers; /* owned; one a report */
	int page, wanted; /* of the run that is going on; wanted 0: only counts */
	double y;
} Sheet;

static void sheet_init(Sheet *self, const ReportSheet *sheet, const NumberStyle *style, cairo_t *cr)
{
	*self = (Sheet){ .sheet = sheet, .papers = g_new0(Paper, (gsize)sheet->n_reports) };
	for (int i = 0; i < sheet->n_reports; i++)
		paper_init_part(&self->papers[i], sheet->reports[i], style, cr);
}

static void sheet_clear(Sheet *self)
{
	for (int i = 0; i < self->sheet->n_reports; i++)
		paper_clear(&self->papers[i]);
	g_free(self->papers);
}

/* --- a run over the pages ------------------------------------------------------------------ */

static void begin_page(Sheet *self)
{
	self->page++;
	self->y = PAPER_MARGIN;
}

/* What is put on @paper now goes where the sheet is; moves the sheet. */
typedef void (*Put)(Paper *paper, void *data);

static void put_at(Sheet *self, Paper *paper, bool draw, Put put, void *data)
{
	paper->draw = draw;
	paper->y = self->y;
	put(paper, data);
	self->y = paper->y;
	paper->draw = false;
}

static void put(Sheet *self, Paper *paper, Put what, void *data)
{
	put_at(self, paper, self->page == self->wanted, what, data);
}

static double height_of(Sheet *self, Paper *paper, Put what, void *data)
{
	double top = self->y, height;

	put_at(self, paper, false, what, data);
	height = self->y - top;
	self->y = top;
	return height;
}

static void put_line(Paper *paper, PaperFont font, const char *text, double gap)
{
	paper->y += paper_put(paper, font, text, PAPER_MARGIN, paper->y,
			      paper->width - 2 * PAPER_MARGIN, 0, false) +
		    gap;
}

static void put_title(Paper *paper, void *data)
{
	const ReportSheet *sheet = data;

	put_line(paper, PAPER_TITLE, sheet->title, PAPER_GAP);
	put_line(paper, PAPER_HEAD, sheet->subtitle, PAPER_GAP);
	for (int i = 0; i < sheet->n_notes; i++)
		paper_put_note(paper, sheet->notes[i]);
}

/* The section's title, picture and head, in one piece with its first row. */
static void put_opening(Paper *paper, void *data)
{
	paper->y += SECTION_GAP;
	put_line(paper, PAPER_SECTION, _(paper->report->kind->title), PAPER_GAP);
	if (paper->report->kind->picture != REPORT_NO_PICTURE)
		paper_put_picture(paper);
	paper_put_head(paper);
}

static void put_head(Paper *paper, void *data)
{
	paper_put_head(paper);
}

typedef struct {
	int row;
	bool first; /* on its page */
} Place;

static void put_row(Paper *paper, void *data)
{
	const Place *place = data;

	paper_put_row(paper, place->row, place->first);
}

static void put_section(Sheet *self, Paper *paper)
{
	double bottom = paper_bottom(paper);
	Place place = { .first = true };

	if (self->y + height_of(self, paper, put_opening, NULL) + paper_row_height(paper, 0) >
	    bottom)
		begin_page(self);
	put(self, paper, put_opening, NULL);
	for (; place.row < paper_n_rows(paper); place.row++) {
		if (!place.first && self->y + paper_row_height(paper, place.row) > bottom) {
			begin_page(self);
			put(self, paper, put_head, NULL);
			place.first = true;
		}
		put(self, paper, put_row, &place);
		place.first = false;
	}
}

/* @wanted 0: draws nothing. Gives how many pages there are. */
static int run(Sheet *self, int wanted)
{
	self->page = 0;
	self->wanted = wanted;
	begin_page(self);
	put(self, &self->papers[0], put_title, (void *)self->sheet);
	for (int i = 0; i < self->sheet->n_reports; i++)
		put_section(self, &self->papers[i]);
	return self->page;
}

static void draw_page(Sheet *self, int page, int n_pages)
{
	run(self, page);
	self->papers[0].draw = true;
	paper_put_footer(&self->papers[0], page, n_pages);
	self->papers[0].draw = false;
}

/* --- out ----------------------------------------------------------------------------------- */

int report_sheet_count_pages(const ReportSheet *self, const NumberStyle *style, cairo_t *cr)
{
	Sheet sheet;
	int n;

	sheet_init(&sheet, self, style, cr);
	n = run(&sheet, 0);
	sheet_clear(&sheet);
	return n;
}

void report_sheet_draw_page(const ReportSheet *self, const NumberStyle *style, cairo_t *cr,
			    int page)
{
	Sheet sheet;

	sheet_init(&sheet, self, style, cr);
	draw_page(&sheet, page, run(&sheet, 0));
	sheet_clear(&sheet);
}

/* Takes @surface. */
static cairo_status_t draw(const ReportSheet *self, const NumberStyle *style,
			   cairo_surface_t *surface)
{
	cairo_t *cr = cairo_create(surface);
	cairo_status_t status;
	Sheet sheet;
	int n_pages;

	sheet_init(&sheet, self, style, cr);
	n_pages = run(&sheet, 0);
	for (int page = 1; page <= n_pages; page++) {
		draw_page(&sheet, page, n_pages);
		cairo_show_page(cr);
	}
	sheet_clear(&sheet);
	cairo_destroy(cr);
	cairo_surface_finish(surface);
	status = cairo_surface_status(surface);
	cairo_surface_destroy(surface);
	return status;
}

bool report_sheet_write_pdf(const ReportSheet *self, const NumberStyle *style, const char *path,
			    GError **error)
{
	cairo_status_t status =
		draw(self, style, cairo_pdf_surface_create(path, PAPER_SHORT, PAPER_LONG));

	if (status == CAIRO_STATUS_SUCCESS)
		return true;
	g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_FAILED, _("“%s” cannot be written: %s."),
		    path, cairo_status_to_string(status));
	return false;
}

static cairo_status_t take(void *bytes, const unsigned char *data, unsigned len)
{
	g_byte_array_append(bytes, data, len);
	return CAIRO_STATUS_SUCCESS;
}

GBytes *report_sheet_draw_pdf(const ReportSheet *self, const NumberStyle *style, GError **error)
{
	GByteArray *bytes = g_byte_array_new();
	cairo_status_t status =
		draw(self, style,
		     cairo_pdf_surface_create_for_stream(take, bytes, PAPER_SHORT, PAPER_LONG));

	if (status == CAIRO_STATUS_SUCCESS)
		return g_byte_array_free_to_bytes(bytes);
	g_byte_array_unref(bytes);
	g_set_error(error, REPORT_ERROR, REPORT_ERROR_QUERY, _("The report cannot be drawn: %s."),
		    cairo_status_to_string(status));
	return NULL;
}
