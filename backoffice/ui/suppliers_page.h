/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/ui/desk.h"

#include <gtk/gtk.h>

/* Who goods are bought from: a list with what is owed, a card of one, and what to order. */
#define OFFICE_TYPE_SUPPLIERS_PAGE (office_suppliers_page_get_type())
G_DECLARE_FINAL_TYPE(OfficeSuppliersPage, office_suppliers_page, OFFICE, SUPPLIERS_PAGE, GtkWidget)

GtkWidget *office_suppliers_page_new(OfficeDesk *desk); /* borrows @desk */
