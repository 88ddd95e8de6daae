/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/report/report.h"

#include <gtk/gtk.h>

/* A report's rows, and under them its totals, which stay where they are while the rows scroll. */
#define OFFICE_TYPE_REPORT_TABLE (office_report_table_get_type())
G_DECLARE_FINAL_TYPE(OfficeReportTable, office_report_table, OFFICE, REPORT_TABLE, GtkWidget)

/* Takes @report; NULL empties the table. Borrows @style. The same kind of report stays scrolled
 * where it was, with its columns as they were pulled. */
void office_report_table_take(OfficeReportTable *self, Report *report, const NumberStyle *style);
/* Borrowed; NULL: none. */
const Report *office_report_table_get(OfficeReportTable *self);
/* From now on a click on a head asks for another order: signal "sorted" with the column (int) and
 * whether the largest is to come first (bool). */
void office_report_table_let_sort(OfficeReportTable *self);
/* Another report of the same kind begins at its top. */
void office_report_table_to_top(OfficeReportTable *self);
/* Signal "activated" with the row (int): Enter or two clicks. */
