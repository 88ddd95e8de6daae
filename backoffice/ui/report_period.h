/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/report/period.h"

#include <gtk/gtk.h>

/* Which days: those people name, any first and last, and steps to and fro. */
#define OFFICE_TYPE_REPORT_PERIOD (office_report_period_get_type())
G_DECLARE_FINAL_TYPE(OfficeReportPeriod, office_report_period, OFFICE, REPORT_PERIOD, GtkWidget)

/* Shows them, without a signal. */
void office_report_period_set(OfficeReportPeriod *self, PeriodDays days, int32_t today);
/* Opens the list of periods. */
void office_report_period_open(OfficeReportPeriod *self);
/* Signal "changed" with the first and the last day (int, int). Its arrows run the page's action
 * "page.move-day". */
