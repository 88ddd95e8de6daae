/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/ui/desk.h"

#include <gtk/gtk.h>

/* Where the daily report comes out, when by itself, and what has not come out yet. */
#define OFFICE_TYPE_REPORT_PRINTERS (office_report_printers_get_type())
G_DECLARE_FINAL_TYPE(OfficeReportPrinters, office_report_printers, OFFICE, REPORT_PRINTERS,
		     GtkWidget)

GtkWidget *office_report_printers_new(OfficeDesk *desk); /* borrows @desk */
