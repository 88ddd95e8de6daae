/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/ui/desk.h"

#include <gtk/gtk.h>

/* What to order and why; quantities can be changed, and one key makes drafts of orders. */
#define OFFICE_TYPE_PROPOSAL_PANE (office_proposal_pane_get_type())
G_DECLARE_FINAL_TYPE(OfficeProposalPane, office_proposal_pane, OFFICE, PROPOSAL_PANE, GtkWidget)

void office_proposal_pane_set_desk(OfficeProposalPane *self, OfficeDesk *desk); /* borrows */
void office_proposal_pane_open(OfficeProposalPane *self, int64_t supplier_id); /* 0: of all */
void office_proposal_pane_reload(OfficeProposalPane *self);
void office_proposal_pane_create(OfficeProposalPane *self);
