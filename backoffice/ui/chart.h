/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/report/report.h"

#include <gtk/gtk.h>

/* Pictures of figures that are read without a legend: a title that says what is shown and in what,
 * names and values beside what they belong to. Hover or walk with the arrow keys for the exact
 * value; two clicks or Enter open what stands behind it. */
#define OFFICE_TYPE_CHART (office_chart_get_type())
G_DECLARE_FINAL_TYPE(OfficeChart, office_chart, OFFICE, CHART, GtkWidget)

typedef enum {
	OFFICE_CHART_COLUMNS, /* along time: days, hours, months */
	OFFICE_CHART_BARS, /* by name, as they are given; what does not fit is the last bar */
	OFFICE_CHART_PARETO, /* the same with the running share of the whole and its class */
} OfficeChartForm;

typedef struct {
	char *label; /* owned, as people read it: "14:00–15:00" */
	char *brief; /* owned; where there is little room: "14"; NULL: nothing shorter */
	int64_t value;
	int64_t before; /* of the time it is compared with */
	bool has_before;
	int id; /* given with "activated"; −1: nothing stands behind it */
	int n_more; /* what it stands for besides itself */
} OfficeChartPoint;
GArray *office_chart_points_new(void);

typedef struct {
	OfficeChartForm form;
	ReportType type; /* of the values; a number */
	uint16_t currency; /* of REPORT_MONEY */
	const NumberStyle *style;
	const char *title; /* "Sales by day" */
	const char *before; /* what the outline is: "the week before"; NULL: there is none */
} OfficeChartLook;

/* Takes @points; copies what @look has. */
void office_chart_take(OfficeChart *self, const OfficeChartLook *look, GArray *points);
/* Signal "activated" with the point's id (int). */
