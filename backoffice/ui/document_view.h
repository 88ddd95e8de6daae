/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/ui/desk.h"
#include "backoffice/ui/document_fields.h"

#include "backoffice/ui/scan_keys.h"

#include <gtk/gtk.h>

/* One stock document of any kind, scanner first: a scan anywhere adds to the line of its goods. A
 * draft is read again every second, as two people may be at it. */
#define OFFICE_TYPE_DOCUMENT_VIEW (office_document_view_get_type())
G_DECLARE_FINAL_TYPE(OfficeDocumentView, office_document_view, OFFICE, DOCUMENT_VIEW, GtkWidget)

typedef enum {
	OFFICE_DO_BACK, /* from a pane to the lines, from the lines to the list */
	OFFICE_DO_FIND, /* goods by name */
	OFFICE_DO_EDIT, /* the line that is chosen or lit */
	OFFICE_DO_HEAD,
	OFFICE_DO_NOTE, /* what is scanned is what the paper says, and back */
	OFFICE_DO_LABELS,
	OFFICE_DO_POST,
	OFFICE_DO_REVERSE,
	OFFICE_DO_DISCARD,
	OFFICE_DO_PRINT,
	OFFICE_DO_SAVE,
	OFFICE_DO_RELOAD,
	OFFICE_N_VERBS
} OfficeVerb;

void office_document_view_set_desk(OfficeDocumentView *self, OfficeDesk *desk); /* borrows */
void office_document_view_open(OfficeDocumentView *self, int64_t document_id);
void office_document_view_close(OfficeDocumentView *self);
/* What a key or a button of the page means; what the document or its state does not have is left.
 */
void office_document_view_do(OfficeDocumentView *self, OfficeVerb verb);
/* A scan of the page. */
OfficeScanAnswer office_document_view_scan(OfficeDocumentView *self, const char *code,
					   const char *before);
/* What takes typing while nothing has the focus; NULL: nothing now. Borrowed. */
GtkWidget *office_document_view_get_field(OfficeDocumentView *self);
/* Signal "left": to the list. */
