/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/ui/desk.h"

#include <gtk/gtk.h>

/* What each role may do in the office and at tills: a tick a right and role. */
#define OFFICE_TYPE_RIGHTS_PAGE (office_rights_page_get_type())
G_DECLARE_FINAL_TYPE(OfficeRightsPage, office_rights_page, OFFICE, RIGHTS_PAGE, GtkWidget)

GtkWidget *office_rights_page_new(OfficeDesk *desk); /* borrows @desk */
