/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/ui/draft.h"

/* Asked once, before what cannot be taken back: posting, reversing, throwing a draft away. Shows
 * what differs from what was expected. */
#define OFFICE_TYPE_SETTLE_PANE (office_settle_pane_get_type())
G_DECLARE_FINAL_TYPE(OfficeSettlePane, office_settle_pane, OFFICE, SETTLE_PANE, GtkWidget)

typedef enum { OFFICE_POST, OFFICE_REVERSE, OFFICE_DISCARD, OFFICE_N_SETTLEMENTS } OfficeSettlement;

void office_settle_pane_set_desk(OfficeSettlePane *self, OfficeDesk *desk); /* borrows */
void office_settle_pane_open(OfficeSettlePane *self, OfficeSettlement what,
			     const OfficeDraft *draft);
/* The same as pressing its button. */
void office_settle_pane_confirm(OfficeSettlePane *self);
/* Signals: "settled" (int: OfficeSettlement), "left". */
