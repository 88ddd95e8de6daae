/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/ui/document_fields.h"
#include "backoffice/ui/draft.h"

/* One line of a document, to be looked at and changed. */
#define OFFICE_TYPE_LINE_FORM (office_line_form_get_type())
G_DECLARE_FINAL_TYPE(OfficeLineForm, office_line_form, OFFICE, LINE_FORM, GtkWidget)

void office_line_form_set_desk(OfficeLineForm *self, OfficeDesk *desk); /* borrows */
void office_line_form_open(OfficeLineForm *self, const OfficeDraft *draft, int line);
/* While goods are being chosen, a scan chooses them. False if they are not. */
bool office_line_form_scan(OfficeLineForm *self, const char *code);
/* The focus is where a scan is meant to be text: a batch, serial numbers. */
bool office_line_form_wants_text(OfficeLineForm *self);
/* Esc: from the choice of goods to the form, from the form away. */
void office_line_form_leave(OfficeLineForm *self);
/* Signals: "saved" (int: the line, 0: it was taken out), "left". */
