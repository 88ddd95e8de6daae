/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/ui/label_print.h"

/* Along the shelves with a scanner: whether each tag says what the till says, and what does not
 * goes to what is printed. */
#define OFFICE_TYPE_LABEL_CHECK (office_label_check_get_type())
G_DECLARE_FINAL_TYPE(OfficeLabelCheck, office_label_check, OFFICE, LABEL_CHECK, GtkWidget)

/* Borrows both; @print takes the tags that are wanted anew. */
void office_label_check_set_desk(OfficeLabelCheck *self, OfficeDesk *desk, OfficeLabelPrint *print);
void office_label_check_find(OfficeLabelCheck *self);
/* The tag that was scanned last, to what is printed. */
void office_label_check_add(OfficeLabelCheck *self);
