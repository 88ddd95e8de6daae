/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/label/label_draft.h"
#include "backoffice/ui/desk.h"

#include <gtk/gtk.h>

/* The fields of a label as a list, and what the chosen one is like: the way to all of a design for
 * who does not use the canvas. Signals as of OfficeLabelCanvas: "edited", "chosen". */
#define OFFICE_TYPE_LABEL_FIELDS (office_label_fields_get_type())
G_DECLARE_FINAL_TYPE(OfficeLabelFields, office_label_fields, OFFICE, LABEL_FIELDS, GtkWidget)

/* Borrows @draft until another is set. */
void office_label_fields_set_draft(OfficeLabelFields *self, LabelDraft *draft);
void office_label_fields_choose(OfficeLabelFields *self, int field); /* −1: none */
/* Somebody else has changed the draft. */
void office_label_fields_update(OfficeLabelFields *self);
