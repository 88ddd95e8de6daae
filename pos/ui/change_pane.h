/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pos/session/session.h"

#include <gtk/gtk.h>

/* After the payment: the change, larger than anything else, until the next receipt begins. */
#define POS_TYPE_CHANGE_PANE (pos_change_pane_get_type())
G_DECLARE_FINAL_TYPE(PosChangePane, pos_change_pane, POS, CHANGE_PANE, GtkBox)

void pos_change_pane_show_view(PosChangePane *self, const SessionView *view);
