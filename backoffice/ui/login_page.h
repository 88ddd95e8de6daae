/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/ui/desk.h"

#include <gtk/gtk.h>

/* Who is there, and in which shop? Emits "logged-in" once the desk knows both. */
#define OFFICE_TYPE_LOGIN_PAGE (office_login_page_get_type())
G_DECLARE_FINAL_TYPE(OfficeLoginPage, office_login_page, OFFICE, LOGIN_PAGE, GtkWidget)

void office_login_page_set_desk(OfficeLoginPage *self, OfficeDesk *desk); /* borrowed */
