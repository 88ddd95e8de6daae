/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/ui/document_view.h"

/* One count: scan what is on the shelf, zone by zone; then what differs. */
#define OFFICE_TYPE_COUNT_VIEW (office_count_view_get_type())
G_DECLARE_FINAL_TYPE(OfficeCountView, office_count_view, OFFICE, COUNT_VIEW, GtkWidget)

void office_count_view_set_desk(OfficeCountView *self, OfficeDesk *desk); /* borrows */
void office_count_view_open(OfficeCountView *self, int64_t document_id);
void office_count_view_close(OfficeCountView *self);
/* OFFICE_DO_NOTE is what differs, and back. */
void office_count_view_do(OfficeCountView *self, OfficeVerb verb);
OfficeScanAnswer office_count_view_scan(OfficeCountView *self, const char *code,
					const char *before);
GtkWidget *office_count_view_get_field(OfficeCountView *self);
/* Signal "left": to the list. */
