/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/ui/desk.h"

#include <gtk/gtk.h>

/* What a supplier has: his codes, packs and costs. */
#define OFFICE_TYPE_SUPPLIER_SHELF (office_supplier_shelf_get_type())
G_DECLARE_FINAL_TYPE(OfficeSupplierShelf, office_supplier_shelf, OFFICE, SUPPLIER_SHELF, GtkWidget)

void office_supplier_shelf_set_desk(OfficeSupplierShelf *self, OfficeDesk *desk); /* borrows */
void office_supplier_shelf_open(OfficeSupplierShelf *self, int64_t supplier_id); /* 0: none yet */
void office_supplier_shelf_write(OfficeSupplierShelf *self);
void office_supplier_shelf_find(OfficeSupplierShelf *self);
/* Signal "import": his price list from a file. */
