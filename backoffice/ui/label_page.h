/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/ui/desk.h"

#include <gtk/gtk.h>

/* Labels: what to print, their designs, scales and printers. */
#define OFFICE_TYPE_LABEL_PAGE (office_label_page_get_type())
G_DECLARE_FINAL_TYPE(OfficeLabelPage, office_label_page, OFFICE, LABEL_PAGE, GtkWidget)

GtkWidget *office_label_page_new(OfficeDesk *desk); /* borrows @desk */
