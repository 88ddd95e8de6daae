/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/report/report_print.h"
#include "backoffice/report/report_private.h"
#include "core/currency.h"

#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>
#include <pango/pangocairo.h>

/* All in points; A4 upright. */
#define PAGE_WIDTH 595.28
#define PAGE_HEIGHT 841.89
#define MARGIN 32.0
#define GAP 6.0
#define COLUMN_GAP 8.0
#define LINE_GAP 2.5
#define FOOTER 24.0
#define PICTURE_HEIGHT 120.0
#define BAR_WIDTH_MAX 48.0
#define HOUR_WIDTH 44.0 /* of "14:00–15:00" */

#define FONT_TITLE "Sans Bold 16"
#define FONT_TEXT "Sans 7"
#define FONT_HEAD "Sans Bold 7"
#define FONT_SMALL "Sans 6"

typedef struct {
	double width, natural;
	bool right;
} Column;

/* One run over the report: first to count the pages (wanted is −1), then to draw all of them (0) or
 * one. */
typedef struct {
	const Report *report;
	const NumberStyle *style;
	cairo_t *cr;
	PangoLayout *layout;
	Column columns[REPORT_COLUMNS_MAX];
	double y;
	int page, n_pages, wanted;
	bool draw, to_file;
} Paper;

/* --- text ---------------------------------------------------------------------------------- */

static void set_text(Paper *self, const char *font, const char *text, double width)
{
	g_autoptr(PangoFontDescription) description = pango_font_description_from_string(font);

	pango_layout_set_font_description(self->layout, description);
	pango_layout_set_width(self->layout, width < 0 ? -1 : pango_units_from_double(width));
	pango_layout_set_wrap(self->layout, PANGO_WRAP_WORD_CHAR);
	pango_layout_set_text(self->layout, text, -1);
}

static void size_of(Paper *self, double *ret_width, double *ret_height)
{
	int width, height;

	pango_layout_get_size(self->layout, &width, &height);
	*ret_width = pango_units_to_double(width);
	*ret_height = pango_units_to_double(height);
}

/* Draws within @width from @x; @align 0 left, 1 right, ½ middle. Its height. */
static double put_text(Paper *self, const char *font, const char *text, double x, double y,
		       double width, double align)
{
	double text_width, height;

	set_text(self, font, text, width);
	pango_layout_set_alignment(self->layout, align == 1   ? PANGO_ALIGN_RIGHT
						 : align == 0 ? PANGO_ALIGN_LEFT
							      : PANGO_ALIGN_CENTER);
	size_of(self, &text_width, &height);
	if (self->draw) {
		cairo_move_to(self->cr, x, y);
		pango_cairo_show_layout(self->cr, self->layout);
	}
	return height;
}

static void put_rule(Paper *self, double thickness, double grey)
{
	if (self->draw) {
		cairo_set_source_rgb(self->cr, grey, grey, grey);
		cairo_set_line_width(self->cr, thickness);
		cairo_move_to(self->cr, MARGIN, self->y);
		cairo_line_to(self->cr, PAGE_WIDTH - MARGIN, self->y);
		cairo_stroke(self->cr);
		cairo_set_source_rgb(self->cr, 0, 0, 0);
	}
	self->y += LINE_GAP;
}

/* --- pages --------------------------------------------------------------------------------- */

static void put_footer(Paper *self)
{
	g_autofree char *text = g_strdup_printf(_("Page %d of %d"), self->page, self->n_pages);

	put_text(self, FONT_SMALL, text, MARGIN, PAGE_HEIGHT - MARGIN, PAGE_WIDTH - 2 * MARGIN, 1);
}

static void end_page(Paper *self)
{
	put_footer(self);
	if (self->draw && self->to_file)
		cairo_show_page(self->cr);
}

static void begin_page(Paper *self)
{
	self->page++;
	self->draw = self->wanted == 0 || self->wanted == self->page;
	self->y = MARGIN;
}

static bool fits(const Paper *self, double height)
{
	return self->y + height <= PAGE_HEIGHT - MARGIN - FOOTER;
}

/* --- the head ------------------------------------------------------------------------------ */

static void put_title(Paper *self)
{
	const Report *report = self->report;
	double width = PAGE_WIDTH - 2 * MARGIN;
	g_autofree char *period =
		report->query.from != 0 ? report_dup_period(report) : g_strdup("");
	g_autofree char *shop = g_strdup_printf("%s   %s   %s", report->shop, period,
						currency_by_number(report->currency)->code);

	self->y += put_text(self, FONT_TITLE, _(report->kind->title), MARGIN, self->y, width, 0);
	self->y += put_text(self, FONT_HEAD, shop, MARGIN, self->y + GAP, width, 0) + 2 * GAP;
	for (guint i = 0; i < report->notes->len; i++)
		self->y += put_text(self, FONT_TEXT, report->notes->pdata[i], MARGIN, self->y,
				    width, 0) +
			   LINE_GAP;
	self->y += GAP;
}

/* --- the picture --------------------------------------------------------------------------- */

static int64_t largest_of(const GArray *bars)
{
	int64_t largest = 0;

	for (guint i = 0; i < bars->len; i++)
		largest = MAX(largest, g_array_index(bars, ReportBar, i).value);
	return largest;
}

static void put_bar(Paper *self, const ReportBar *bar, int64_t largest, double x, double step)
{
	double width = MIN(step * 0.8, BAR_WIDTH_MAX);
	double height = (PICTURE_HEIGHT - 28) * (double)MAX(bar->value, 0) / (double)largest;
	double floor = self->y + PICTURE_HEIGHT - 16;
	ReportCell cell = { .value = bar->value };
	g_autofree char *value = report_dup_text(self->report, &cell, REPORT_MONEY, self->style);

	if (self->draw) {
		cairo_set_source_rgb(self->cr, 0.21, 0.52, 0.89);
		cairo_rectangle(self->cr, x + (step - width) / 2, floor - height, width, height);
		cairo_fill(self->cr);
		cairo_set_source_rgb(self->cr, 0, 0, 0);
	}
	pango_layout_set_height(self->layout, -1);
	pango_layout_set_ellipsize(self->layout, PANGO_ELLIPSIZE_END);
	put_text(self, FONT_SMALL, value, x, floor - height - 10, step, 0.5);
	put_text(self, FONT_SMALL,
		 step < HOUR_WIDTH && bar->brief != NULL ? bar->brief : bar->label, x, floor + 3,
		 step, 0.5);
	pango_layout_set_ellipsize(self->layout, PANGO_ELLIPSIZE_NONE);
}

/* So few that a number fits over each. */
#define PICTURE_BARS_MAX 10

static void put_picture(Paper *self)
{
	g_autoptr(GArray) bars = report_dup_bars(self->report, self->style);
	guint n = self->report->kind->picture == REPORT_HOURS ? bars->len
							      : MIN(bars->len, PICTURE_BARS_MAX);
	int64_t largest = largest_of(bars);
	double step = (PAGE_WIDTH - 2 * MARGIN) / MAX(n, 1);

	if (largest <= 0)
		return;
	for (guint i = 0; i < n; i++)
		put_bar(self, &g_array_index(bars, ReportBar, i), largest, MARGIN + i * step, step);
	self->y += PICTURE_HEIGHT + GAP;
}

/* --- the table ----------------------------------------------------------------------------- */

static void measure(Paper *self, int column, const char *font, const char *text)
{
	double width, height;

	set_text(self, font, text, -1);
	size_of(self, &width, &height);
	self->columns[column].natural = MAX(self->columns[column].natural, width);
}

static void measure_columns(Paper *self)
{
	const ReportKind *kind = self->report->kind;

	for (int i = 0; i < kind->n_columns; i++) {
		g_autofree char *total =
			report_dup_cell(self->report, self->report->n_rows, i, self->style);

		self->columns[i].right = report_type_is_number(kind->columns[i].type);
		measure(self, i, FONT_HEAD, _(kind->columns[i].title));
		measure(self, i, FONT_HEAD, total);
		for (int row = 0; row < self->report->n_rows; row++) {
			g_autofree char *text = report_dup_cell(self->report, row, i, self->style);

			measure(self, i, FONT_TEXT, text);
		}
	}
}

/* The widest column gives way to the others: its texts are broken over lines. */
static void fit_columns(Paper *self)
{
	int n = self->report->kind->n_columns, widest = 0;
	double room = PAGE_WIDTH - 2 * MARGIN - COLUMN_GAP * (n - 1), taken = 0;

	for (int i = 0; i < n; i++) {
		self->columns[i].width = self->columns[i].natural;
		taken += self->columns[i].natural;
		if (self->columns[i].natural > self->columns[widest].natural)
			widest = i;
	}
	self->columns[widest].width = MAX(self->columns[widest].width + room - taken, room / n);
}

/* @row −1: the header, n_rows: the totals. Own it. */
static char *dup_cell_text(const Paper *self, int row, int column)
{
	if (row < 0)
		return g_strdup(_(self->report->kind->columns[column].title));
	if (row == self->report->n_rows && column == 0)
		return g_strdup(_("Total"));
	return report_dup_cell(self->report, row, column, self->style);
}

static double put_cells(Paper *self, int row, const char *font)
{
	double x = MARGIN, tallest = 0;

	for (int i = 0; i < self->report->kind->n_columns; i++) {
		g_autofree char *text = dup_cell_text(self, row, i);
		double height = put_text(self, font, text, x, self->y, self->columns[i].width,
					 self->columns[i].right ? 1 : 0);

		tallest = MAX(tallest, height);
		x += self->columns[i].width + COLUMN_GAP;
	}
	return tallest;
}

static void put_header(Paper *self)
{
	self->y += put_cells(self, -1, FONT_HEAD) + LINE_GAP;
	put_rule(self, 0.8, 0);
}

static double height_of(Paper *self, int row, const char *font)
{
	bool draw = self->draw;
	double height;

	self->draw = false;
	height = put_cells(self, row, font);
	self->draw = draw;
	return height;
}

static void put_row(Paper *self, int row, const char *font)
{
	if (!fits(self, height_of(self, row, font) + 2 * LINE_GAP)) {
		end_page(self);
		begin_page(self);
		put_header(self);
	}
	self->y += put_cells(self, row, font) + LINE_GAP;
}

static void put_report(Paper *self)
{
	self->page = 0;
	begin_page(self);
	put_title(self);
	put_picture(self);
	put_header(self);
	for (int row = 0; row < self->report->n_rows; row++) {
		if (row > 0)
			put_rule(self, 0.2, 0.7);
		put_row(self, row, FONT_TEXT);
	}
	put_rule(self, 0.8, 0);
	if (report_kind_has_totals(self->report->kind))
		put_row(self, self->report->n_rows, FONT_HEAD);
	end_page(self);
}

static void measure_paper(Paper *self)
{
	self->layout = pango_cairo_create_layout(self->cr);
	measure_columns(self);
	fit_columns(self);
	self->wanted = -1;
	put_report(self);
	self->n_pages = self->page;
}

int report_count_pages(const Report *self, const NumberStyle *style, cairo_t *cr)
{
	Paper paper = { .report = self, .style = style, .cr = cr };

	measure_paper(&paper);
	g_object_unref(paper.layout);
	return paper.n_pages;
}

void report_draw_page(const Report *self, const NumberStyle *style, cairo_t *cr, int page)
{
	Paper paper = { .report = self, .style = style, .cr = cr };

	measure_paper(&paper);
	paper.wanted = page;
	put_report(&paper);
	g_object_unref(paper.layout);
}

bool report_write_pdf(const Report *self, const NumberStyle *style, const char *path,
		      GError **error)
{
	cairo_surface_t *surface = cairo_pdf_surface_create(path, PAGE_WIDTH, PAGE_HEIGHT);
	Paper paper = {
		.report = self, .style = style, .cr = cairo_create(surface), .to_file = true
	};
	cairo_status_t status;

	measure_paper(&paper);
	paper.wanted = 0;
	put_report(&paper);
	g_object_unref(paper.layout);
	cairo_destroy(paper.cr);
	cairo_surface_finish(surface);
	status = cairo_surface_status(surface);
	cairo_surface_destroy(surface);
	if (status == CAIRO_STATUS_SUCCESS)
		return true;
	g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_FAILED, _("“%s” cannot be written: %s."),
		    path, cairo_status_to_string(status));
	return false;
}
