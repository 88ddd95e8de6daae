/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/report/report_paper.h"

#include <glib/gi18n-lib.h>

/* Pictures for paper. Colours are those of Okabe and Ito (2008), which people tell apart whatever
 * their eyes; each says nothing that a word, a number or a shape does not say too. */

#define GAP 6.0
#define COLUMNS_HEIGHT 120.0
#define COLUMN_WIDTH_MAX 48.0
#define ROW_HEIGHT 11.0
#define LABEL_PART 0.28 /* of the width, for the names of rows */
#define VALUE_ROOM 64.0
#define TEXT_ROOM 10.0

static void blue(cairo_t *cr)
{
	cairo_set_source_rgb(cr, 0, 0x72 / 255.0, 0xB2 / 255.0);
}

static void vermillion(cairo_t *cr)
{
	cairo_set_source_rgb(cr, 0xD5 / 255.0, 0x5E / 255.0, 0);
}

static void orange(cairo_t *cr)
{
	cairo_set_source_rgb(cr, 0xE6 / 255.0, 0x9F / 255.0, 0);
}

static void black(cairo_t *cr)
{
	cairo_set_source_rgb(cr, 0, 0, 0);
}

static const ReportBar *bar_at(const Paper *self, guint i)
{
	return &g_array_index(self->bars, ReportBar, i);
}

/* What the ends of the axis stand for; zero is always on it. */
static void range_of(const Paper *self, int64_t *ret_least, int64_t *ret_most)
{
	*ret_least = *ret_most = 0;
	for (guint i = 0; i < self->bars->len; i++) {
		*ret_least = MIN(*ret_least, bar_at(self, i)->value);
		*ret_most = MAX(*ret_most, bar_at(self, i)->value);
	}
}

/* Below zero a bar has another colour, another side, and a minus. */
static void put_bar(Paper *self, const ReportBar *bar, double x, double y, double width,
		    double height)
{
	if (!self->draw)
		return;
	if (bar->value < 0)
		vermillion(self->cr);
	else
		blue(self->cr);
	cairo_rectangle(self->cr, x, y, width, height);
	cairo_fill(self->cr);
	black(self->cr);
}

static char *dup_value(const Paper *self, const ReportBar *bar)
{
	ReportCell cell = { .value = bar->value };

	return report_dup_text(self->report, &cell, report_get_bar_type(self->report), self->style);
}

static void put_line(Paper *self, double x1, double y1, double x2, double y2, double thickness)
{
	if (!self->draw)
		return;
	cairo_set_line_width(self->cr, thickness);
	cairo_move_to(self->cr, x1, y1);
	cairo_line_to(self->cr, x2, y2);
	cairo_stroke(self->cr);
}

/* --- rows: bars to the right, with names in front of them ---------------------------------- */

static void put_row(Paper *self, const ReportBar *bar, double axis, double unit)
{
	g_autofree char *value = dup_value(self, bar);
	double length = (double)bar->value * unit;
	double end = MAX(axis + length, axis);

	put_bar(self, bar, MIN(axis, axis + length), self->y + 1.5, ABS(length), ROW_HEIGHT - 3);
	paper_put(self, PAPER_SMALL, bar->label, PAPER_MARGIN, self->y + 1,
		  self->width * LABEL_PART - GAP, 1, true);
	paper_put(self, PAPER_SMALL, value, end + 3, self->y + 1, VALUE_ROOM, 0, true);
	self->y += ROW_HEIGHT;
}

static void put_rows(Paper *self)
{
	double left = PAPER_MARGIN + self->width * LABEL_PART, top = self->y;
	double room = self->width - PAPER_MARGIN - VALUE_ROOM - left, unit, axis;
	int64_t least, most;

	range_of(self, &least, &most);
	unit = room / ((double)most - (double)least);
	axis = left - (double)least * unit;
	for (guint i = 0; i < self->bars->len; i++)
		put_row(self, bar_at(self, i), axis, unit);
	put_line(self, axis, top, axis, self->y, 0.5);
	self->y += GAP;
}

/* --- columns: along time, or the largest first --------------------------------------------- */

typedef struct {
	double step, width, axis, unit;
	bool values, brief; /* whether there is room for them */
} Columns;

static bool fit(Paper *self, double step, bool labels)
{
	for (guint i = 0; i < self->bars->len; i++) {
		g_autofree char *value = labels ? NULL : dup_value(self, bar_at(self, i));

		if (paper_width_of(self, PAPER_SMALL, labels ? bar_at(self, i)->label : value) >
		    step - 2)
			return false;
	}
	return true;
}

static const char *text_of(const ReportBar *bar, bool brief)
{
	return brief && bar->brief != NULL ? bar->brief : bar->label;
}

/* Where even the brief ones are too wide, every second or third has one. */
static guint label_every(Paper *self, const Columns *columns)
{
	double widest = 1;

	for (guint i = 0; i < self->bars->len; i++)
		widest = MAX(widest, paper_width_of(self, PAPER_SMALL,
						    text_of(bar_at(self, i), columns->brief)));
	return bar_at(self, 0)->brief == NULL ? 1 : (guint)((widest + 2) / columns->step) + 1;
}

static void put_column(Paper *self, const ReportBar *bar, double x, const Columns *columns)
{
	g_autofree char *value = dup_value(self, bar);
	double height = (double)bar->value * columns->unit;
	double top = MIN(columns->axis, columns->axis - height);

	put_bar(self, bar, x + (columns->step - columns->width) / 2, top, columns->width,
		ABS(height));
	if (columns->values && bar->value != 0)
		paper_put(self, PAPER_SMALL, value, x, top - TEXT_ROOM, columns->step, 0.5, true);
}

static void put_labels(Paper *self, const Columns *columns, double y)
{
	guint every = label_every(self, columns);

	for (guint i = 0; i < self->bars->len; i += every)
		paper_put(self, PAPER_SMALL, text_of(bar_at(self, i), columns->brief),
			  PAPER_MARGIN + (i + 0.5 - every / 2.0) * columns->step, y,
			  columns->step * every, 0.5, true);
}

/* Where no number fits over each column, the largest tells the scale. */
static void put_most(Paper *self, int64_t most)
{
	ReportBar bar = { .value = most };
	g_autofree char *value = dup_value(self, &bar);

	paper_put(self, PAPER_SMALL, value, PAPER_MARGIN, self->y, VALUE_ROOM, 0, true);
	put_line(self, PAPER_MARGIN, self->y + TEXT_ROOM, self->width - PAPER_MARGIN,
		 self->y + TEXT_ROOM, 0.2);
}

static double share_height(const Paper *self, const Columns *columns, guint i)
{
	double height = columns->axis - self->y - TEXT_ROOM;

	return columns->axis - height * (double)bar_at(self, i)->share / 10000;
}

/* The running share as a line with a point over each column. */
static void put_shares(Paper *self, const Columns *columns)
{
	cairo_t *cr = self->cr;

	if (!self->draw)
		return;
	orange(cr);
	cairo_set_line_width(cr, 1.2);
	cairo_new_path(cr);
	for (guint i = 0; i < self->bars->len; i++)
		cairo_line_to(cr, PAPER_MARGIN + (i + 0.5) * columns->step,
			      share_height(self, columns, i));
	cairo_stroke(cr);
	for (guint i = 0; i < self->bars->len; i++) {
		cairo_arc(cr, PAPER_MARGIN + (i + 0.5) * columns->step,
			  share_height(self, columns, i), 1.8, 0, 2 * G_PI);
		cairo_fill(cr);
	}
	black(cr);
}

/* Which are A, B and C, in words, and a line where one ends. */
static void put_letters(Paper *self, const Columns *columns, double y)
{
	for (guint i = 0; i < self->bars->len; i++) {
		char letter[] = { bar_at(self, i)->letter, '\0' };
		double x = PAPER_MARGIN + i * columns->step;

		paper_put(self, PAPER_HEAD, letter, x, y, columns->step, 0.5, true);
		if (i > 0 && bar_at(self, i - 1)->letter != letter[0])
			put_line(self, x, self->y, x, y + TEXT_ROOM, 0.4);
	}
}

static void put_columns(Paper *self)
{
	bool pareto = self->report->kind->picture == REPORT_PARETO;
	double room = COLUMNS_HEIGHT - 2 * TEXT_ROOM - GAP;
	Columns columns = { .step = (self->width - 2 * PAPER_MARGIN) / self->bars->len };
	int64_t least, most;
	double foot;

	range_of(self, &least, &most);
	columns.width = MIN(columns.step * 0.8, COLUMN_WIDTH_MAX);
	columns.unit = room / ((double)most - (double)least);
	columns.axis = self->y + TEXT_ROOM + (double)most * columns.unit;
	columns.values = fit(self, columns.step, false);
	columns.brief = !fit(self, columns.step, true);
	foot = self->y + TEXT_ROOM + room + (least < 0 ? 2 : 0);
	if (!columns.values)
		put_most(self, most);
	for (guint i = 0; i < self->bars->len; i++)
		put_column(self, bar_at(self, i), PAPER_MARGIN + i * columns.step, &columns);
	put_line(self, PAPER_MARGIN, columns.axis, self->width - PAPER_MARGIN, columns.axis, 0.5);
	put_labels(self, &columns, foot + 3);
	if (pareto) {
		put_shares(self, &columns);
		put_letters(self, &columns, foot + 3 + TEXT_ROOM);
	}
	self->y += COLUMNS_HEIGHT + (pareto ? TEXT_ROOM : 0) + GAP;
}

static bool is_empty(const Paper *self)
{
	int64_t least, most;

	range_of(self, &least, &most);
	return least == 0 && most == 0;
}

void paper_put_picture(Paper *self)
{
	g_autofree char *caption = report_dup_caption(self->report);

	if (is_empty(self))
		return;
	self->y += paper_put(self, PAPER_HEAD, caption, PAPER_MARGIN, self->y,
			     self->width - 2 * PAPER_MARGIN, 0, false) +
		   GAP;
	if (self->report->kind->picture == REPORT_ROWS)
		put_rows(self);
	else
		put_columns(self);
}
