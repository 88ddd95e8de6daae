/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/ui/desk.h"

#include <gtk/gtk.h>

/* A list of goods from a file: its first rows with what each column is, a try, the import, what was
 * refused and why, and undoing it. Its signal "done" (bool: whether goods have changed) says that
 * the person goes back. */
#define OFFICE_TYPE_IMPORT_PAGE (office_import_page_get_type())
G_DECLARE_FINAL_TYPE(OfficeImportPage, office_import_page, OFFICE, IMPORT_PAGE, GtkWidget)

GtkWidget *office_import_page_new(OfficeDesk *desk); /* borrows @desk */
/* From then on it reads price lists of this supplier; 0: lists of goods. */
void office_import_page_set_supplier(OfficeImportPage *self, int64_t supplier_id, const char *name);
/* Asks for a file. */
void office_import_page_open(OfficeImportPage *self);
