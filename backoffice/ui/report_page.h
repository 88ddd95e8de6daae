/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/ui/desk.h"

#include <gtk/gtk.h>

/* The sales of a day: the figures that matter, a picture, a table, and the same as PDF, CSV and
 * XLSX. */
#define OFFICE_TYPE_REPORT_PAGE (office_report_page_get_type())
G_DECLARE_FINAL_TYPE(OfficeReportPage, office_report_page, OFFICE, REPORT_PAGE, GtkWidget)

GtkWidget *office_report_page_new(OfficeDesk *desk); /* borrows @desk */
