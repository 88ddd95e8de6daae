/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/ui/report_jobs.h"

#include <gtk/gtk.h>

/* What a report is narrowed by, as chips that a press takes away, and a list to narrow it more:
 * only by what the report takes. */
#define OFFICE_TYPE_REPORT_NARROW (office_report_narrow_get_type())
G_DECLARE_FINAL_TYPE(OfficeReportNarrow, office_report_narrow, OFFICE, REPORT_NARROW, GtkWidget)

/* Takes @choices. */
void office_report_narrow_take_choices(OfficeReportNarrow *self, ReportChoices *choices);
/* Shows what @place is narrowed by. */
void office_report_narrow_set(OfficeReportNarrow *self, const ReportPlace *place);
void office_report_narrow_open(OfficeReportNarrow *self);
/* Signal "narrowed" with a ReportPlace (pointer, borrowed): the place of office_report_narrow_set()
 * with what was chosen. */
