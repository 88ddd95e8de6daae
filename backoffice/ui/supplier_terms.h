/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/stock/stock.h"
#include "backoffice/ui/desk.h"

#include <gtk/gtk.h>

/* What is said of a supplier, to be changed. */
#define OFFICE_TYPE_SUPPLIER_TERMS (office_supplier_terms_get_type())
G_DECLARE_FINAL_TYPE(OfficeSupplierTerms, office_supplier_terms, OFFICE, SUPPLIER_TERMS, GtkWidget)

void office_supplier_terms_set_desk(OfficeSupplierTerms *self, OfficeDesk *desk); /* borrows */
void office_supplier_terms_show(OfficeSupplierTerms *self, const Supplier *supplier);
void office_supplier_terms_write(OfficeSupplierTerms *self);
/* Signal "written" with the supplier's id (gint64). */
