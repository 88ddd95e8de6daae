/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/ui/desk.h"

#include <gtk/gtk.h>

/* Stock documents: a list, and one of them open. Receiving is the same page for orders, deliveries
 * and arrivals. */
#define OFFICE_TYPE_DOCUMENTS_PAGE (office_documents_page_get_type())
G_DECLARE_FINAL_TYPE(OfficeDocumentsPage, office_documents_page, OFFICE, DOCUMENTS_PAGE, GtkWidget)

/* Both borrow @desk. */
GtkWidget *office_receiving_page_new(OfficeDesk *desk);
GtkWidget *office_documents_page_new(OfficeDesk *desk);
/* Opens one, as if chosen from the list. */
void office_documents_page_open(OfficeDocumentsPage *self, int64_t document_id);
