/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pos/session/session.h"

#include <gio/gio.h>

/* A line of a view, for a GListModel. */
#define POS_TYPE_LINE (pos_line_get_type())
G_DECLARE_FINAL_TYPE(PosLine, pos_line, POS, LINE, GObject)

PosLine *pos_line_new(SessionView *view, int index);
const SessionLine *pos_line_get(PosLine *self); /* lent */
uint16_t pos_line_get_currency(PosLine *self);
bool pos_line_is_return(PosLine *self); /* of goods that come back */

/* Makes @lines (of PosLine) what @view has, touching only what differs. */
void pos_line_update_list(GListStore *lines, SessionView *view);
