/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/label/label_job.h"
#include "backoffice/ui/desk.h"

#include <gtk/gtk.h>

/* What is to be printed: goods that are scanned or looked up, tags that are out of date; with which
 * design, on which printer. */
#define OFFICE_TYPE_LABEL_PRINT (office_label_print_get_type())
G_DECLARE_FINAL_TYPE(OfficeLabelPrint, office_label_print, OFFICE, LABEL_PRINT, GtkWidget)

void office_label_print_set_desk(OfficeLabelPrint *self, OfficeDesk *desk); /* borrows @desk */
void office_label_print_reload(OfficeLabelPrint *self);
void office_label_print_find(OfficeLabelPrint *self);
/* A tag that is wanted anew: once, however often it is asked for. @data: its words. */
void office_label_print_add(OfficeLabelPrint *self, const LabelWish *wish, LabelData *data);
/* Begins, or goes on after a fault. */
void office_label_print_start(OfficeLabelPrint *self);
