/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/ui/desk.h"

#include <gtk/gtk.h>

/* What stands on the shelves: of one item all that is known, what is below zero and why, what
 * expires. */
#define OFFICE_TYPE_STOCK_PAGE (office_stock_page_get_type())
G_DECLARE_FINAL_TYPE(OfficeStockPage, office_stock_page, OFFICE, STOCK_PAGE, GtkWidget)

GtkWidget *office_stock_page_new(OfficeDesk *desk); /* borrows @desk */
