/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pos/session/session.h"

#include <gtk/gtk.h>

/* The drawer, counted by notes and coins before the shift is closed. It is counted blindly: what
 * the till expects is not shown here. */
#define POS_TYPE_COUNT_PANE (pos_count_pane_get_type())
G_DECLARE_FINAL_TYPE(PosCountPane, pos_count_pane, POS, COUNT_PANE, GtkBox)

/* Signal "marked": another kind is counted now. */

/* What was counted before stays while the shift is the same. False where the notes of the country
 * are unknown. */
bool pos_count_pane_begin(PosCountPane *self, const SessionView *view);
void pos_count_pane_move(PosCountPane *self, int by);
/* So many of the marked kind, and on to the next. "" leaves it as it is. False where that is no
 * number of notes. */
bool pos_count_pane_take(PosCountPane *self, const char *text);
Money pos_count_pane_get_sum(PosCountPane *self);
/* "How many of 5 000 ₽?" Own it. */
char *pos_count_pane_dup_question(PosCountPane *self);
