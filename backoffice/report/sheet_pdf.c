/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A sheet on paper. */
#include "backoffice/report/sheet_private.h"

#include <cairo-pdf.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <pango/pangocairo.h>

/* All in points; A4 upright. */
#define PAGE_WIDTH 595.28
#define PAGE_HEIGHT 841.89
#define MARGIN 36.0
#define WIDTH SHEET_WIDTH
#define GAP 8.0
#define ROW_GAP 3.0
#define FOOTER 24.0
#define SIGNATURE 44.0 /* room for one line to sign on */

#define FONT_TITLE "Sans Bold 15"
#define FONT_HEAD "Sans Bold 8"
#define FONT_TEXT "Sans 8.5"
#define FONT_SUM "Sans Bold 8.5"
#define FONT_SMALL "Sans 7"

/* One run over the sheet: first to count the pages (wanted is −1), then to draw all of them (0) or
 * one. */
typedef struct {
	const Sheet *sheet;
	cairo_t *cr;
	PangoLayout *layout;
	double y, rest; /* rest: how wide the column is that has no width */
	int page, n_pages, wanted;
	bool draw, to_file;
} Paper;

/* --- text ---------------------------------------------------------------------------------- */

/* Within @width from @x. Its height. */
static double put_text(Paper *self, const char *font, const char *text, double x, double width,
		       bool right)
{
	g_autoptr(PangoFontDescription) description = pango_font_description_from_string(font);
	int height;

	pango_layout_set_font_description(self->layout, description);
	pango_layout_set_width(self->layout, pango_units_from_double(width));
	pango_layout_set_wrap(self->layout, PANGO_WRAP_WORD_CHAR);
	pango_layout_set_alignment(self->layout, right ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
	pango_layout_set_text(self->layout, text, -1);
	pango_layout_get_size(self->layout, NULL, &height);
	if (self->draw) {
		cairo_move_to(self->cr, x, self->y);
		pango_cairo_show_layout(self->cr, self->layout);
	}
	return pango_units_to_double(height);
}

static void put_rule(Paper *self, double x, double width, double thickness)
{
	if (self->draw) {
		cairo_set_line_width(self->cr, thickness);
		cairo_move_to(self->cr, x, self->y);
		cairo_line_to(self->cr, x + width, self->y);
		cairo_stroke(self->cr);
	}
	self->y += ROW_GAP;
}

/* --- pages --------------------------------------------------------------------------------- */

static void begin_page(Paper *self)
{
	self->page++;
	self->draw = self->wanted == 0 || self->wanted == self->page;
	self->y = MARGIN;
}

static void end_page(Paper *self)
{
	g_autofree char *text = g_strdup_printf(_("Page %d of %d"), self->page, self->n_pages);

	self->y = PAGE_HEIGHT - MARGIN;
	put_text(self, FONT_SMALL, text, MARGIN, WIDTH, true);
	if (self->draw && self->to_file)
		cairo_show_page(self->cr);
}

static bool fits(const Paper *self, double height)
{
	return self->y + height <= PAGE_HEIGHT - MARGIN - FOOTER;
}

/* --- head ---------------------------------------------------------------------------------- */

static void put_texts(Paper *self, const GPtrArray *texts)
{
	for (guint i = 0; i < texts->len; i++)
		self->y +=
			put_text(self, FONT_TEXT, texts->pdata[i], MARGIN, WIDTH, false) + ROW_GAP;
}

static void put_head(Paper *self)
{
	self->y += put_text(self, FONT_TITLE, self->sheet->title, MARGIN, WIDTH, false) + GAP;
	put_texts(self, self->sheet->facts);
	self->y += GAP;
}

/* --- table --------------------------------------------------------------------------------- */

static const SheetColumn *column_of(const Paper *self, int column)
{
	return &g_array_index(self->sheet->columns, SheetColumn, column);
}

static double column_width(const Paper *self, int column)
{
	double width = column_of(self, column)->width;

	return width > 0 ? width : self->rest;
}

static double find_rest(const Sheet *sheet)
{
	double rest = WIDTH;

	for (guint i = 0; i < sheet->columns->len; i++)
		rest -= g_array_index(sheet->columns, SheetColumn, i).width;
	return MAX(rest, 0);
}

/* Lent; "" where there is nothing. */
static const char *cell_text(const Paper *self, int row, int column)
{
	const SheetCell *cell = row >= 0 ? sheet_get_cell(self->sheet, row, column) : NULL;

	if (row < 0)
		return column_of(self, column)->title;
	return cell != NULL ? cell->text : "";
}

static const char *font_of(const Paper *self, int row)
{
	if (row < 0)
		return FONT_HEAD;
	return g_array_index(self->sheet->rows, SheetRow, row).sum ? FONT_SUM : FONT_TEXT;
}

/* @row −1: the heads. Its height. */
static double put_cells(Paper *self, int row)
{
	const int n = (int)self->sheet->columns->len;
	double x = MARGIN, tallest = 0;

	for (int i = 0; i < n; i++) {
		double width = column_width(self, i);
		bool right = column_of(self, i)->right;
		bool text_follows = right && i + 1 < n && !column_of(self, i + 1)->right;

		tallest = MAX(tallest,
			      put_text(self, font_of(self, row), cell_text(self, row, i), x,
				       width - ROW_GAP - (text_follows ? ROW_GAP : 0), right));
		x += width;
	}
	return tallest;
}

static void put_heads(Paper *self)
{
	self->y += put_cells(self, -1) + ROW_GAP;
	put_rule(self, MARGIN, WIDTH, 0.8);
}

static double height_of(Paper *self, int row)
{
	bool draw = self->draw;
	double height;

	self->draw = false;
	height = put_cells(self, row);
	self->draw = draw;
	return height;
}

static void put_row(Paper *self, int row)
{
	if (!fits(self, height_of(self, row) + 2 * ROW_GAP)) {
		end_page(self);
		begin_page(self);
		put_heads(self);
	}
	self->y += put_cells(self, row) + ROW_GAP;
	put_rule(self, MARGIN, WIDTH, 0.2);
}

/* --- under it ------------------------------------------------------------------------------ */

static void put_signature(Paper *self, const char *who)
{
	self->y += SIGNATURE - 3 * ROW_GAP;
	put_rule(self, MARGIN + 150, WIDTH - 150, 0.5);
	self->y -= 4 * ROW_GAP;
	put_text(self, FONT_TEXT, who, MARGIN, 146, false);
	self->y += 4 * ROW_GAP;
	put_text(self, FONT_SMALL, _("name, signature, date"), MARGIN + 150, WIDTH - 150, false);
}

/* Who signs sees what he signs for: words and places to sign stay on one page. */
static void put_end(Paper *self)
{
	const Sheet *sheet = self->sheet;
	double room = (double)sheet->words->len * 2 * GAP +
		      (double)(sheet->signatures->len + 1) * SIGNATURE;

	if (!fits(self, room)) {
		end_page(self);
		begin_page(self);
	}
	if (sheet->words->len > 0)
		self->y += GAP;
	put_texts(self, sheet->words);
	for (guint i = 0; i < sheet->signatures->len; i++)
		put_signature(self, sheet->signatures->pdata[i]);
}

static void put_sheet(Paper *self)
{
	self->page = 0;
	begin_page(self);
	put_head(self);
	put_heads(self);
	for (int row = 0; row < (int)self->sheet->rows->len; row++)
		put_row(self, row);
	put_end(self);
	end_page(self);
}

static void measure(Paper *self)
{
	self->layout = pango_cairo_create_layout(self->cr);
	self->rest = find_rest(self->sheet);
	self->wanted = -1;
	put_sheet(self);
	self->n_pages = self->page;
}

int sheet_count_pages(const Sheet *self, cairo_t *cr)
{
	Paper paper = { .sheet = self, .cr = cr };

	measure(&paper);
	g_object_unref(paper.layout);
	return paper.n_pages;
}

void sheet_draw_page(const Sheet *self, cairo_t *cr, int page)
{
	Paper paper = { .sheet = self, .cr = cr };

	measure(&paper);
	paper.wanted = page;
	put_sheet(&paper);
	g_object_unref(paper.layout);
}

bool sheet_write_pdf(const Sheet *self, const char *path, GError **error)
{
	cairo_surface_t *surface = cairo_pdf_surface_create(path, PAGE_WIDTH, PAGE_HEIGHT);
	Paper paper = { .sheet = self, .cr = cairo_create(surface), .to_file = true };
	cairo_status_t status;

	measure(&paper);
	paper.wanted = 0;
	put_sheet(&paper);
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
