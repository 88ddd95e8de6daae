/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pos/session/session.h"

#include <gtk/gtk.h>

/* Always there: where, who, the devices, the hub, the time. */
#define POS_TYPE_STATUS_BAR (pos_status_bar_get_type())
G_DECLARE_FINAL_TYPE(PosStatusBar, pos_status_bar, POS, STATUS_BAR, GtkBox)

void pos_status_bar_show_view(PosStatusBar *self, const SessionView *view);
