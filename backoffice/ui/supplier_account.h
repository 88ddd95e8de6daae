/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/ui/desk.h"

#include <gtk/gtk.h>

/* What a supplier is owed: documents and payments, paying, the reconciliation act. */
#define OFFICE_TYPE_SUPPLIER_ACCOUNT (office_supplier_account_get_type())
G_DECLARE_FINAL_TYPE(OfficeSupplierAccount, office_supplier_account, OFFICE, SUPPLIER_ACCOUNT,
		     GtkWidget)

void office_supplier_account_set_desk(OfficeSupplierAccount *self, OfficeDesk *desk); /* borrows */
void office_supplier_account_open(OfficeSupplierAccount *self, int64_t supplier_id); /* 0: none */
void office_supplier_account_pay(OfficeSupplierAccount *self);
/* The act of the period: @book: as a workbook. */
void office_supplier_account_save(OfficeSupplierAccount *self, bool book);
void office_supplier_account_print(OfficeSupplierAccount *self);
