/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/ui/desk.h"
#include "backoffice/ui/output.h"
#include "backoffice/ui/report_jobs.h"

/* A report leaves the window: to a file or a printer. */

/* Asks where to, then writes question->form there. Takes @question. */
void report_output_save(GtkWidget *page, OfficeDesk *desk, ReportQuestion *question, OfficeSay say);
/* Takes @report. */
void report_output_print(GtkWidget *page, OfficeDesk *desk, Report *report, OfficeSay say);
