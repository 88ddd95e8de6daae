/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/report/report.h"

#include <gtk/gtk.h>

/* A report's picture: bars with their labels and values, readable without a legend. */
#define OFFICE_TYPE_BAR_CHART (office_bar_chart_get_type())
G_DECLARE_FINAL_TYPE(OfficeBarChart, office_bar_chart, OFFICE, BAR_CHART, GtkWidget)

/* NULL: nothing to show. Keeps no reference to @report. */
void office_bar_chart_set_report(OfficeBarChart *self, const Report *report,
				 const NumberStyle *style);
