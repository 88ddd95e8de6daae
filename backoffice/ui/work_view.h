/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/ui/desk.h"

#include <gtk/gtk.h>

/* What somebody worked, sold and earned in a month, line by line. */
#define OFFICE_TYPE_WORK_VIEW (office_work_view_get_type())
G_DECLARE_FINAL_TYPE(OfficeWorkView, office_work_view, OFFICE, WORK_VIEW, GtkWidget)

void office_work_view_set_desk(OfficeWorkView *self, OfficeDesk *desk); /* borrowed */
/* 0: nobody. Asks the database anew. */
void office_work_view_show(OfficeWorkView *self, int64_t person_id);
int32_t office_work_view_get_month(OfficeWorkView *self); /* YYYYMM */
/* Signal: "month" when another one was chosen. */
