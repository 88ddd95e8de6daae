/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/ui/desk.h"

#include <gtk/gtk.h>

/* One supplier: terms, goods and their prices, orders, settlement. */
#define OFFICE_TYPE_SUPPLIER_CARD (office_supplier_card_get_type())
G_DECLARE_FINAL_TYPE(OfficeSupplierCard, office_supplier_card, OFFICE, SUPPLIER_CARD, GtkWidget)

typedef enum {
	OFFICE_SUPPLIER_WRITE, /* what is open: terms, a line of goods, a payment */
	OFFICE_SUPPLIER_RELOAD,
	OFFICE_SUPPLIER_FIND,
	OFFICE_SUPPLIER_PROPOSE,
	OFFICE_SUPPLIER_SAVE_PDF, /* an order, the reconciliation act */
	OFFICE_SUPPLIER_SAVE_XLSX,
	OFFICE_SUPPLIER_PRINT,
} OfficeSupplierVerb;

void office_supplier_card_set_desk(OfficeSupplierCard *self, OfficeDesk *desk); /* borrows */
void office_supplier_card_open(OfficeSupplierCard *self, int64_t supplier_id); /* 0: a new one */
void office_supplier_card_do(OfficeSupplierCard *self, OfficeSupplierVerb verb);
/* Signals: "propose" (gint64); "import" (gint64, the supplier's name). */
