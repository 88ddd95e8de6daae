/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pos/session/session.h"

#include <gtk/gtk.h>

/* What the shopper sees on the till's second monitor, where till.conf has [display] device=screen: the
 * whole receipt, and one figure that can be read from two metres. The same moment, the same content
 * as on the cashier's screen, for both are made of the same view. */
#define POS_TYPE_SHOPPER_WINDOW (pos_shopper_window_get_type())
G_DECLARE_FINAL_TYPE(PosShopperWindow, pos_shopper_window, POS, SHOPPER_WINDOW, GtkWindow)

/* Fills the second monitor; where there is only one it is a window beside the till's. */
GtkWidget *pos_shopper_window_new(GtkApplication *app);
void pos_shopper_window_show_view(PosShopperWindow *self, SessionView *view);
