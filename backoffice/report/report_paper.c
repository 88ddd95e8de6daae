/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/report/report_paper.h"

#include "core/currency.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define GAP PAPER_GAP
#define COLUMN_GAP 8.0
#define LINE_GAP PAPER_LINE_GAP
#define FOOTER 24.0
#define TEXT_LEAST 56.0 /* of a column of text that gives way */
#define SCALE_LEAST 0.5

static const char *const font_names[PAPER_N_FONTS] = {
	[PAPER_TITLE] = "Sans Bold 16", [PAPER_SECTION] = "Sans Bold 10",
	[PAPER_HEAD] = "Sans Bold 7",	[PAPER_TEXT] = "Sans 7",
	[PAPER_SMALL] = "Sans 6",
};

/* --- text ---------------------------------------------------------------------------------- */

static void set_text(Paper *self, PaperFont font, const char *text, double width)
{
	pango_layout_set_font_description(self->layout, self->fonts[font]);
	pango_layout_set_width(self->layout, width < 0 ? -1 : pango_units_from_double(width));
	pango_layout_set_text(self->layout, text, -1);
}

static void size_of(Paper *self, double *ret_width, double *ret_height)
{
	int width, height;

	pango_layout_get_size(self->layout, &width, &height);
	*ret_width = pango_units_to_double(width);
	*ret_height = pango_units_to_double(height);
}

double paper_put(Paper *self, PaperFont font, const char *text, double x, double y, double width,
		 double align, bool one_line)
{
	double text_width, height;

	pango_layout_set_ellipsize(self->layout,
				   one_line ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE);
	pango_layout_set_alignment(self->layout, align == 1   ? PANGO_ALIGN_RIGHT
						 : align == 0 ? PANGO_ALIGN_LEFT
							      : PANGO_ALIGN_CENTER);
	set_text(self, font, text, width);
	size_of(self, &text_width, &height);
	if (self->draw) {
		cairo_move_to(self->cr, x, y);
		pango_cairo_show_layout(self->cr, self->layout);
	}
	return height;
}

double paper_width_of(Paper *self, PaperFont font, const char *text)
{
	double width, height;

	pango_layout_set_ellipsize(self->layout, PANGO_ELLIPSIZE_NONE);
	set_text(self, font, text, -1);
	size_of(self, &width, &height);
	return width;
}

static void put_rule(Paper *self, double thickness, double grey)
{
	if (self->draw) {
		cairo_set_source_rgb(self->cr, grey, grey, grey);
		cairo_set_line_width(self->cr, thickness);
		cairo_move_to(self->cr, PAPER_MARGIN, self->y);
		cairo_line_to(self->cr, self->width - PAPER_MARGIN, self->y);
		cairo_stroke(self->cr);
		cairo_set_source_rgb(self->cr, 0, 0, 0);
	}
	self->y += LINE_GAP;
}

/* --- cells --------------------------------------------------------------------------------- */

/* Row n_rows: the totals. Own it. */
static char *dup_cell_text(const Paper *self, int row, int column)
{
	if (row == self->report->n_rows && column == 0)
		return g_strdup(_("Total"));
	return report_dup_cell(self->report, row, column, self->style);
}

int paper_n_rows(const Paper *self)
{
	return self->report->n_rows + (report_kind_has_totals(self->report->kind) ? 1 : 0);
}

static PaperFont font_of(const Paper *self, int row)
{
	return row == self->report->n_rows ? PAPER_HEAD : PAPER_TEXT;
}

/* --- widths -------------------------------------------------------------------------------- */

/* A head may be broken between its words, a figure may not. */
static double longest_word(Paper *self, const char *text)
{
	g_auto(GStrv) words = g_strsplit(text, " ", -1);
	double longest = 0;

	for (char **word = words; *word != NULL; word++)
		longest = MAX(longest, paper_width_of(self, PAPER_HEAD, *word));
	return longest;
}

static void measure_column(Paper *self, int column, double *widths)
{
	const ReportKind *kind = self->report->kind;
	double widest = longest_word(self, _(kind->columns[column].title));

	for (int row = 0; row < paper_n_rows(self); row++) {
		g_autofree char *text = dup_cell_text(self, row, column);
		double *width = &widths[row * kind->n_columns + column];

		*width = paper_width_of(self, font_of(self, row), text);
		widest = MAX(widest, *width);
	}
	self->columns[column].width = widest;
	self->columns[column].right = report_type_is_number(kind->columns[column].type);
}

static double full_width(const Paper *self)
{
	return self->width - 2 * PAPER_MARGIN;
}

static double room_of(const Paper *self)
{
	return full_width(self) - COLUMN_GAP * (self->report->kind->n_columns - 1);
}

static double taken_by(const Paper *self)
{
	double taken = 0;

	for (int i = 0; i < self->report->kind->n_columns; i++)
		taken += self->columns[i].width;
	return taken;
}

/* How much a column of text can give; its texts are broken over lines then. */
static double spare_of(const Paper *self, int column)
{
	const PaperColumn *it = &self->columns[column];

	return it->right ? 0 : MAX(it->width - TEXT_LEAST, 0);
}

static double spare_of_all(const Paper *self)
{
	double spare = 0;

	for (int i = 0; i < self->report->kind->n_columns; i++)
		spare += spare_of(self, i);
	return spare;
}

/* The widest text takes what is left over. */
static void grow(Paper *self, double left)
{
	int widest = 0;

	for (int i = 0; i < self->report->kind->n_columns; i++)
		if (!self->columns[i].right &&
		    (self->columns[widest].right ||
		     self->columns[i].width > self->columns[widest].width))
			widest = i;
	self->columns[widest].width += left;
}

static void shrink(Paper *self, double lacking)
{
	double spare = spare_of_all(self), part = spare > 0 ? MIN(lacking / spare, 1) : 0;

	for (int i = 0; i < self->report->kind->n_columns; i++)
		self->columns[i].width -= spare_of(self, i) * part;
}

/* Upright where figures fit with texts in few lines, else across. */
static void fit_columns(Paper *self)
{
	double lacking;

	if (!self->part && taken_by(self) - spare_of_all(self) / 2 > room_of(self)) {
		self->width = PAPER_LONG;
		self->height = PAPER_SHORT;
	}
	lacking = taken_by(self) - room_of(self);
	if (lacking <= 0)
		grow(self, -lacking);
	else
		shrink(self, lacking);
	self->scale = CLAMP(full_width(self) / (full_width(self) - room_of(self) + taken_by(self)),
			    SCALE_LEAST, 1);
}

/* --- heights ------------------------------------------------------------------------------- */

static double height_of(Paper *self, int row, const double *widths)
{
	int n = self->report->kind->n_columns;
	double tallest = self->line;

	for (int i = 0; i < n; i++) {
		g_autofree char *text = NULL;
		double width, height;

		if (widths[row * n + i] <= self->columns[i].width)
			continue;
		text = dup_cell_text(self, row, i);
		set_text(self, font_of(self, row), text, self->columns[i].width);
		size_of(self, &width, &height);
		tallest = MAX(tallest, height);
	}
	return tallest + 2 * LINE_GAP;
}

static void measure_rows(Paper *self, const double *widths)
{
	pango_layout_set_ellipsize(self->layout, PANGO_ELLIPSIZE_NONE);
	for (int row = 0; row < paper_n_rows(self); row++) {
		double height = height_of(self, row, widths) * self->scale;

		g_array_append_val(self->heights, height);
	}
}

static void measure(Paper *self)
{
	int n = self->report->kind->n_columns;
	g_autofree double *widths = g_new0(double, (gsize)(paper_n_rows(self) * n + 1));
	double width;

	set_text(self, PAPER_TEXT, "X", -1);
	size_of(self, &width, &self->line);
	for (int i = 0; i < n; i++)
		measure_column(self, i, widths);
	fit_columns(self);
	measure_rows(self, widths);
}

/* --- parts of a page ----------------------------------------------------------------------- */

void paper_put_note(Paper *self, const char *note)
{
	g_autofree char *text = g_strdup_printf("! %s", note);

	self->y += paper_put(self, PAPER_TEXT, text, PAPER_MARGIN, self->y,
			     self->width - 2 * PAPER_MARGIN, 0, false) +
		   LINE_GAP;
}

static void put_title(Paper *self)
{
	const Report *report = self->report;
	double width = self->width - 2 * PAPER_MARGIN;
	g_autofree char *period =
		report->query.from != 0 ? report_dup_period(report) : g_strdup("");
	g_autofree char *shop = g_strdup_printf("%s   %s   %s", report->shop, period,
						currency_by_number(report->currency)->code);

	self->y += paper_put(self, PAPER_TITLE, _(report->kind->title), PAPER_MARGIN, self->y,
			     width, 0, false);
	self->y += paper_put(self, PAPER_HEAD, shop, PAPER_MARGIN, self->y + GAP, width, 0, false) +
		   2 * GAP;
	for (guint i = 0; i < report->notes->len; i++)
		paper_put_note(self, report->notes->pdata[i]);
	self->y += GAP;
}

/* In the table's own scale: @self->y is in the page's. */
static double put_cells(Paper *self, int row)
{
	const ReportKind *kind = self->report->kind;
	double x = 0, tallest = 0;

	cairo_save(self->cr);
	cairo_translate(self->cr, PAPER_MARGIN, self->y);
	cairo_scale(self->cr, self->scale, self->scale);
	for (int i = 0; i < kind->n_columns; i++) {
		g_autofree char *text =
			row < 0 ? g_strdup(_(kind->columns[i].title)) : dup_cell_text(self, row, i);
		double height =
			paper_put(self, row < 0 ? PAPER_HEAD : font_of(self, row), text, x, 0,
				  self->columns[i].width, self->columns[i].right ? 1 : 0, false);

		tallest = MAX(tallest, height);
		x += self->columns[i].width + COLUMN_GAP;
	}
	cairo_restore(self->cr);
	return tallest * self->scale;
}

void paper_put_head(Paper *self)
{
	self->y += put_cells(self, -1) + LINE_GAP;
	put_rule(self, 0.8, 0);
}

void paper_put_footer(Paper *self, int page, int n_pages)
{
	g_autofree char *text = g_strdup_printf(_("Page %d of %d"), page, n_pages);

	paper_put(self, PAPER_SMALL, text, PAPER_MARGIN, self->height - PAPER_MARGIN,
		  self->width - 2 * PAPER_MARGIN, 1, false);
}

static void begin_page(Paper *self, int page)
{
	self->y = PAPER_MARGIN;
	if (page == 1) {
		put_title(self);
		paper_put_picture(self);
	}
	paper_put_head(self);
}

/* --- pages --------------------------------------------------------------------------------- */

double paper_row_height(const Paper *self, int row)
{
	return g_array_index(self->heights, double, (guint)row);
}

double paper_bottom(const Paper *self)
{
	return self->height - PAPER_MARGIN - FOOTER;
}

/* A row that is taller than a page is alone on it. */
static void break_pages(Paper *self)
{
	double bottom = paper_bottom(self);
	int first = 0;

	begin_page(self, 1);
	g_array_append_val(self->pages, first);
	for (int row = 0; row < paper_n_rows(self); row++) {
		if (row > first && self->y + paper_row_height(self, row) > bottom) {
			first = row;
			g_array_append_val(self->pages, first);
			begin_page(self, 2);
		}
		self->y += paper_row_height(self, row);
	}
}

int paper_count_pages(const Paper *self)
{
	return (int)self->pages->len;
}

void paper_put_row(Paper *self, int row, bool first)
{
	double top = self->y;

	if (row == self->report->n_rows)
		put_rule(self, 0.8, 0);
	else if (first)
		self->y += LINE_GAP;
	else
		put_rule(self, 0.2, 0.7);
	put_cells(self, row);
	self->y = top + paper_row_height(self, row);
}

void paper_draw_page(Paper *self, int page)
{
	int first, last = paper_n_rows(self);

	g_return_if_fail(page >= 1 && page <= paper_count_pages(self));
	first = g_array_index(self->pages, int, (guint)page - 1);
	if (page < paper_count_pages(self))
		last = g_array_index(self->pages, int, (guint)page);
	self->draw = true;
	begin_page(self, page);
	for (int row = first; row < last; row++)
		paper_put_row(self, row, row == first);
	paper_put_footer(self, page, paper_count_pages(self));
	self->draw = false;
}

/* --- life ---------------------------------------------------------------------------------- */

static void init(Paper *self, const Report *report, const NumberStyle *style, cairo_t *cr,
		 bool part)
{
	*self = (Paper){ .cr = cr,
			 .report = report,
			 .style = style,
			 .width = PAPER_SHORT,
			 .height = PAPER_LONG,
			 .part = part };
	self->layout = pango_cairo_create_layout(cr);
	pango_layout_set_wrap(self->layout, PANGO_WRAP_WORD_CHAR);
	for (int i = 0; i < PAPER_N_FONTS; i++)
		self->fonts[i] = pango_font_description_from_string(font_names[i]);
	self->bars = report_dup_bars(report, style);
	self->heights = g_array_new(false, false, sizeof(double));
	self->pages = g_array_new(false, false, sizeof(int));
	measure(self);
}

void paper_init(Paper *self, const Report *report, const NumberStyle *style, cairo_t *cr)
{
	init(self, report, style, cr, false);
	break_pages(self);
}

void paper_init_part(Paper *self, const Report *report, const NumberStyle *style, cairo_t *cr)
{
	init(self, report, style, cr, true);
}

void paper_clear(Paper *self)
{
	g_array_unref(self->pages);
	g_array_unref(self->heights);
	g_array_unref(self->bars);
	for (int i = 0; i < PAPER_N_FONTS; i++)
		pango_font_description_free(self->fonts[i]);
	g_object_unref(self->layout);
}
