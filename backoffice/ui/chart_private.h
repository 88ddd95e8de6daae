/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/report/axis.h"
#include "backoffice/ui/chart.h"

/* What is drawn. */
typedef struct {
	OfficeChartForm form;
	ReportType type;
	uint16_t currency;
	NumberStyle style;
	Axis axis;
	int64_t unit; /* by which the axis divides */
	int64_t sum; /* of all points, for shares */

	/* owned */
	GArray *points; /* of OfficeChartPoint; NULL: nothing was given yet */
	char *title, *before;
} ChartData;

void chart_data_take(ChartData *self, const OfficeChartLook *look, GArray *points);
void chart_data_clear(ChartData *self);

/* --- words; own them --- */

/* "Sales by day, thousand ₮ · outline: the week before" */
char *chart_dup_title(const ChartData *self);
/* "1 234.50 ₽" */
char *chart_dup_exact(const ChartData *self, int64_t value);
/* The same without the symbol. */
char *chart_dup_plain(const ChartData *self, int64_t value);
/* In whole units of the axis: "12" */
char *chart_dup_short(const ChartData *self, int64_t value);
/* "14:00–15:00: 1 234.50 ₽ · the week before: 990.00 ₽" */
char *chart_dup_words(const ChartData *self, const OfficeChartPoint *point);
/* "34.2 % · A": the share of all up to @running, which counts @value, and its class if asked. */
char *chart_dup_share(const ChartData *self, int64_t value, int64_t running, bool with_class);
/* All of them, for who does not see. */
char *chart_dup_description(const ChartData *self);

/* --- drawing --- */

/* Where everything stands; of one drawing. */
typedef struct {
	graphene_rect_t area; /* of columns or bars */
	float slot; /* width of a column's place, height of a bar's */
	int n; /* places */
	int folded; /* points in the last place; 1: itself alone */
	int line; /* height of a line of text */
} ChartFrame;

/* The last place may stand for many points: its label is borrowed from @buffer, which it fills. */
OfficeChartPoint chart_place(const ChartData *self, const ChartFrame *frame, int place,
			     char **buffer);
/* Which place is at a point of the widget; −1: none. */
int chart_hit(const ChartData *self, const ChartFrame *frame, double x, double y);
/* @at: the place that is walked to or pointed at, −1: none. */
void chart_draw(const ChartData *self, GtkWidget *widget, GtkSnapshot *snapshot, int at,
		ChartFrame *ret);

/* --- the widget that is drawn on --- */

#define OFFICE_TYPE_CHART_PLOT (office_chart_plot_get_type())
G_DECLARE_FINAL_TYPE(OfficeChartPlot, office_chart_plot, OFFICE, CHART_PLOT, GtkWidget)

/* @data is its owner's and stays where it is. */
GtkWidget *office_chart_plot_new(const ChartData *data);
void office_chart_plot_changed(OfficeChartPlot *self);
/* Signal "activated" as the chart's. */
