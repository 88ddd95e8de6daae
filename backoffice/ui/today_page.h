/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/ui/desk.h"

#include <gtk/gtk.h>

/* The day at a glance: how it goes beside the same day of the week before, and what needs somebody.
 * It stays up to date by itself while it is seen. */
#define OFFICE_TYPE_TODAY_PAGE (office_today_page_get_type())
G_DECLARE_FINAL_TYPE(OfficeTodayPage, office_today_page, OFFICE, TODAY_PAGE, GtkWidget)

GtkWidget *office_today_page_new(OfficeDesk *desk); /* borrows @desk */
