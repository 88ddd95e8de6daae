/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/ui/desk.h"

#include <gtk/gtk.h>

/* The office: log in, then a sidebar of subjects and the page of the chosen one. */
#define OFFICE_TYPE_WINDOW (office_window_get_type())
G_DECLARE_FINAL_TYPE(OfficeWindow, office_window, OFFICE, WINDOW, GtkApplicationWindow)

GtkWidget *office_window_new(GtkApplication *app, OfficeDesk *desk); /* borrows @desk */
