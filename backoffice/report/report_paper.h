/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/report/report_private.h"

#include <pango/pangocairo.h>

/* A report laid out on pages of A4, upright or, where it is wide, across. All in points. */

#define PAPER_SHORT 595.28
#define PAPER_LONG 841.89
#define PAPER_MARGIN 32.0

#define PAPER_LINE_GAP 2.5
#define PAPER_GAP 6.0

typedef enum {
	PAPER_TITLE,
	PAPER_SECTION,
	PAPER_HEAD,
	PAPER_TEXT,
	PAPER_SMALL,
	PAPER_N_FONTS,
} PaperFont;

typedef struct {
	double width; /* that it gets */
	bool right;
} PaperColumn;

/* Measured once, then drawn page by page. */
typedef struct {
	cairo_t *cr; /* borrowed */
	PangoLayout *layout; /* owned, with all below */
	PangoFontDescription *fonts[PAPER_N_FONTS];
	GArray *bars;
	GArray *heights; /* of double: of each row, the totals after the last */
	GArray *pages; /* of int: the first row of each page */

	const Report *report; /* borrowed */
	const NumberStyle *style; /* borrowed */
	PaperColumn columns[REPORT_COLUMNS_MAX];
	double width, height; /* of the page, as it is read */
	double scale; /* of the table, where even a page across is too narrow: below 1 */
	double line; /* height of a line of text */
	double y;
	bool draw;
	bool part; /* of pages that others share: always upright, and not broken by itself */
} Paper;

void paper_init(Paper *self, const Report *report, const NumberStyle *style, cairo_t *cr);
/* Measured alone: report_sheet.c breaks the pages. */
void paper_init_part(Paper *self, const Report *report, const NumberStyle *style, cairo_t *cr);
void paper_clear(Paper *self);
int paper_count_pages(const Paper *self);
void paper_draw_page(Paper *self, int page); /* from 1 */
static inline bool paper_is_across(const Paper *self)
{
	return self->width > self->height;
}

/* --- for what draws on it --- */

/* Within @width (below 0: as wide as it is) from @x; @align 0 left, 1 right, ½ middle; cut off with
 * dots where it is one line. Gives its height. */
double paper_put(Paper *self, PaperFont font, const char *text, double x, double y, double width,
		 double align, bool one_line);
double paper_width_of(Paper *self, PaperFont font, const char *text);
/* The picture from self->y on; moves it, as those below do. */
void paper_put_picture(Paper *self);
void paper_put_note(Paper *self, const char *note);
void paper_put_head(Paper *self); /* of the table */
/* @first: on its page. The totals are row n_rows. */
void paper_put_row(Paper *self, int row, bool first);
void paper_put_footer(Paper *self, int page, int n_pages);
double paper_row_height(const Paper *self, int row);
int paper_n_rows(const Paper *self); /* with the totals */
double paper_bottom(const Paper *self); /* nothing but the footer is below */
