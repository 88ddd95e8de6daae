/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/ui/document_fields.h"
#include "backoffice/ui/draft.h"

/* What stands over the lines of a document: of a new one, or to be changed. */
#define OFFICE_TYPE_HEAD_FORM (office_head_form_get_type())
G_DECLARE_FINAL_TYPE(OfficeHeadForm, office_head_form, OFFICE, HEAD_FORM, GtkWidget)

void office_head_form_set_desk(OfficeHeadForm *self, OfficeDesk *desk); /* borrows */
void office_head_form_begin(OfficeHeadForm *self, DocumentKind kind);
void office_head_form_open(OfficeHeadForm *self, const OfficeDraft *draft);
/* While goods are being chosen, a scan chooses them. False if they are not. */
bool office_head_form_scan(OfficeHeadForm *self, const char *code);
/* Esc: from the choice of goods to the form, from the form away. */
void office_head_form_leave(OfficeHeadForm *self);
/* Signals: "written" with the document's id (gint64), "left". */
