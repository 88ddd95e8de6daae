/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pos/session/session.h"

#include <gtk/gtk.h>

/* What the sale is: the lines, the newest one at a fixed place, and the total, which never waits
 * for the list. While money is taken, what is still due stands in the total's place. */
#define POS_TYPE_RECEIPT_PANE (pos_receipt_pane_get_type())
G_DECLARE_FINAL_TYPE(PosReceiptPane, pos_receipt_pane, POS, RECEIPT_PANE, GtkBox)

void pos_receipt_pane_show_view(PosReceiptPane *self, SessionView *view, bool paying);
/* Number of the line that edits are about; 0 where there is none. */
int pos_receipt_pane_get_selected(PosReceiptPane *self);
void pos_receipt_pane_move_selection(PosReceiptPane *self, int by);
