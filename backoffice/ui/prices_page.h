/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/ui/desk.h"

#include <gtk/gtk.h>

/* Prices: of an item that is looked for, and those to come of the whole shop. */
#define OFFICE_TYPE_PRICES_PAGE (office_prices_page_get_type())
G_DECLARE_FINAL_TYPE(OfficePricesPage, office_prices_page, OFFICE, PRICES_PAGE, GtkWidget)

GtkWidget *office_prices_page_new(OfficeDesk *desk); /* borrows */
