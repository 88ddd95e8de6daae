/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* A list of so many rows, each no more than its number, made when it is looked at: a hundred
 * thousand cost nothing. */
#define OFFICE_TYPE_REPORT_ROW (office_report_row_get_type())
G_DECLARE_FINAL_TYPE(OfficeReportRow, office_report_row, OFFICE, REPORT_ROW, GObject)

int office_report_row_get_index(OfficeReportRow *self);

#define OFFICE_TYPE_REPORT_ROWS (office_report_rows_get_type())
G_DECLARE_FINAL_TYPE(OfficeReportRows, office_report_rows, OFFICE, REPORT_ROWS, GObject)

OfficeReportRows *office_report_rows_new(void);
/* All of them are others now. */
void office_report_rows_set_n(OfficeReportRows *self, int n);
