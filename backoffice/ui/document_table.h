/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/stock/document.h"
#include "backoffice/ui/desk.h"

#include <gtk/gtk.h>

/* A list of stock documents, the newest first, by kind, state and words; the next ones are read
 * when they are asked for. */
#define OFFICE_TYPE_DOCUMENT_TABLE (office_document_table_get_type())
G_DECLARE_FINAL_TYPE(OfficeDocumentTable, office_document_table, OFFICE, DOCUMENT_TABLE, GtkWidget)

/* @kinds: bits 1 << DocumentKind that may be chosen. */
void office_document_table_set_desk(OfficeDocumentTable *self, OfficeDesk *desk, unsigned kinds);
/* Goods on the way to this shop stand over the documents. */
void office_document_table_show_on_the_way(OfficeDocumentTable *self, bool shown);
void office_document_table_reload(OfficeDocumentTable *self);
void office_document_table_find(OfficeDocumentTable *self);
/* What is chosen; 0: nothing. */
int64_t office_document_table_get_chosen(OfficeDocumentTable *self);
/* Signal "opened": id (gint64), DocumentKind (int), DocumentState (int), whether it is a transfer
 * to this shop (boolean). */
