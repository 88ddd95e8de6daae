/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/ui/desk.h"

#include <gtk/gtk.h>

/* Designs of labels: to look at, to copy, to change on the screen. */
#define OFFICE_TYPE_LABEL_DESIGNER (office_label_designer_get_type())
G_DECLARE_FINAL_TYPE(OfficeLabelDesigner, office_label_designer, OFFICE, LABEL_DESIGNER, GtkWidget)

void office_label_designer_set_desk(OfficeLabelDesigner *self,
				    OfficeDesk *desk); /* borrows @desk */
/* Reads the list of designs; what is being drawn stays. */
void office_label_designer_reload(OfficeLabelDesigner *self);
