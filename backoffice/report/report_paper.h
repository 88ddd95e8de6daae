/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/report/report_private.h"

#include <pango/pangocairo.h>

/* A report laid out on pages of A4, upright or, where it is wide, across. All in points. */

#define PAPER_SHORT 595.28
#define PAPER_LONG 841.89
#define PAPER_MARGIN 32.0

typedef enum { PAPER_TITLE, PAPER_HEAD, PAPER_TEXT, PAPER_SMALL, PAPER_N_FONTS } PaperFont;

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
} Paper;

void paper_init(Paper *self, const Report *report, const NumberStyle *style, cairo_t *cr);
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
/* The picture from self->y on; moves it. */
void paper_put_picture(Paper *self);
