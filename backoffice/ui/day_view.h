/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/ui/desk.h"

#include <gtk/gtk.h>

/* The daily report as it will be on paper: its notes, then section by section. */
#define OFFICE_TYPE_DAY_VIEW (office_day_view_get_type())
G_DECLARE_FINAL_TYPE(OfficeDayView, office_day_view, OFFICE, DAY_VIEW, GtkWidget)

void office_day_view_open(OfficeDayView *self, OfficeDesk *desk, int64_t shop_id, int32_t day);
