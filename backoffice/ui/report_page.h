/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/ui/desk.h"

#include <gtk/gtk.h>

/* All reports: which one, of which days and of what, its picture, its table, what stands behind a
 * row down to the receipt, and the same on paper and in files. */
#define OFFICE_TYPE_REPORT_PAGE (office_report_page_get_type())
G_DECLARE_FINAL_TYPE(OfficeReportPage, office_report_page, OFFICE, REPORT_PAGE, GtkWidget)

GtkWidget *office_report_page_new(OfficeDesk *desk); /* borrows @desk */
/* Shows that kind of report of the days, as if chosen from the list. */
void office_report_page_show(OfficeReportPage *self, const char *kind, int32_t from, int32_t to);
