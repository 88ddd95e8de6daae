/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/ui/desk.h"

#include <gtk/gtk.h>

/* The reports there are, by chapter, found by the beginnings of words as one types. */
#define OFFICE_TYPE_REPORT_KINDS (office_report_kinds_get_type())
G_DECLARE_FINAL_TYPE(OfficeReportKinds, office_report_kinds, OFFICE, REPORT_KINDS, GtkWidget)

/* Entries that are no kind of report_list(), above all chapters; @title is translated. */
void office_report_kinds_add(OfficeReportKinds *self, const char *name, const char *title);
/* Those that whoever sits at @desk may see. */
void office_report_kinds_fill(OfficeReportKinds *self, const OfficeDesk *desk);
/* Marks the one that is shown, without a signal. */
void office_report_kinds_mark(OfficeReportKinds *self, const char *name);
/* Into the search. */
void office_report_kinds_find(OfficeReportKinds *self);
/* Signal "chosen" with the name (string). */
