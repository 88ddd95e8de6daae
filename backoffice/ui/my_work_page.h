/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/ui/desk.h"

#include <gtk/gtk.h>

/* What the one who is logged in worked and earned: for everybody. */
#define OFFICE_TYPE_MY_WORK_PAGE (office_my_work_page_get_type())
G_DECLARE_FINAL_TYPE(OfficeMyWorkPage, office_my_work_page, OFFICE, MY_WORK_PAGE, GtkWidget)

GtkWidget *office_my_work_page_new(OfficeDesk *desk); /* borrows @desk */
