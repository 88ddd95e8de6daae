/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/ui/desk.h"

#include <gtk/gtk.h>

/* What each role may do: a tick a right and role, in force with the next log-in. */
#define OFFICE_TYPE_RIGHTS_PAGE (office_rights_page_get_type())
G_DECLARE_FINAL_TYPE(OfficeRightsPage, office_rights_page, OFFICE, RIGHTS_PAGE, GtkWidget)

GtkWidget *office_rights_page_new(OfficeDesk *desk); /* borrows @desk */
