/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/label/label_draft.h"
#include "backoffice/label/label_job.h"

#include <gtk/gtk.h>

/* The label on the screen, as it will be printed, between two rulers of millimetres.
 *
 * Mouse: press chooses, drag moves, handles size; edges go to half millimetres. Keys: arrows move
 * by a millimetre, with Shift by a tenth; with Ctrl they size; Delete takes the field away; Page Up
 * and Page Down choose the one before and after. Signals: "edited" after each change, "chosen" when
 * another field is chosen. */
#define OFFICE_TYPE_LABEL_CANVAS (office_label_canvas_get_type())
G_DECLARE_FINAL_TYPE(OfficeLabelCanvas, office_label_canvas, OFFICE, LABEL_CANVAS, GtkWidget)

/* Borrows @draft until another is set; NULL: nothing is shown. */
void office_label_canvas_set_draft(OfficeLabelCanvas *self, LabelDraft *draft);
void office_label_canvas_set_data(OfficeLabelCanvas *self, LabelData *data); /* takes a reference */
void office_label_canvas_choose(OfficeLabelCanvas *self, int field); /* −1: none */
int office_label_canvas_get_chosen(OfficeLabelCanvas *self);
/* Somebody else has changed the draft. */
void office_label_canvas_update(OfficeLabelCanvas *self);
/* Larger (1) or smaller (−1) by a step; 0: as large as there is room for. */
void office_label_canvas_zoom(OfficeLabelCanvas *self, int steps);
