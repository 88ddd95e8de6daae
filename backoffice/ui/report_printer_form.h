/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/print/report_printer.h"
#include "backoffice/ui/desk.h"

#include <gtk/gtk.h>

/* The shop's printer of reports of one form: A4 or receipt paper. */
#define OFFICE_TYPE_REPORT_PRINTER_FORM (office_report_printer_form_get_type())
G_DECLARE_FINAL_TYPE(OfficeReportPrinterForm, office_report_printer_form, OFFICE,
		     REPORT_PRINTER_FORM, GtkWidget)

/* Emits "tried" when a trial was asked for: a job waits to be printed. */
void office_report_printer_form_set(OfficeReportPrinterForm *self, OfficeDesk *desk,
				    PrintForm form); /* borrows @desk */
/* NULL: the shop has none. */
void office_report_printer_form_show(OfficeReportPrinterForm *self, const ReportPrinter *printer);
