/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pos/session/session.h"

#include <gtk/gtk.h>

/* What happened, what it means and what to press; where nothing did, what to do next. Its place is
 * kept free always, so that nothing moves when a message comes. */
#define POS_TYPE_MESSAGE_BAR (pos_message_bar_get_type())
G_DECLARE_FINAL_TYPE(PosMessageBar, pos_message_bar, POS, MESSAGE_BAR, GtkBox)

/* @paying: the cashier has asked for the payment. */
void pos_message_bar_show_view(PosMessageBar *self, const SessionView *view, bool paying);
/* What to do next, where a page knows better than the view. */
void pos_message_bar_show_step(PosMessageBar *self, const char *step);
