/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/ui/draft.h"

/* Labels for what a document brought: as many of each as there are pieces, to be changed before
 * they are printed. Design and printer are remembered on this computer. */
#define OFFICE_TYPE_LABEL_PANE (office_label_pane_get_type())
G_DECLARE_FINAL_TYPE(OfficeLabelPane, office_label_pane, OFFICE, LABEL_PANE, GtkWidget)

void office_label_pane_set_desk(OfficeLabelPane *self, OfficeDesk *desk); /* borrows */
void office_label_pane_open(OfficeLabelPane *self, const OfficeDraft *draft);
/* Signal "left". */
