/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/ui/desk.h"

#include <gtk/gtk.h>

/* One item with all that can be said of it, to be read and changed. Its signal "done" (bool:
 * whether something was written) says that the person goes back to the list. */
#define OFFICE_TYPE_ITEM_PAGE (office_item_page_get_type())
G_DECLARE_FINAL_TYPE(OfficeItemPage, office_item_page, OFFICE, ITEM_PAGE, GtkWidget)

GtkWidget *office_item_page_new(OfficeDesk *desk); /* borrows @desk */
/* @id 0: a new one, with @code as its barcode where it is not NULL. */
void office_item_page_open(OfficeItemPage *self, int64_t id, const char *code);
