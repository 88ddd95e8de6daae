/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pos/ui/ask.h"

#include <gtk/gtk.h>

/* The one field of the selling page, what can be chosen instead of typing, the number pad and the
 * verbs with their keys. */
#define POS_TYPE_INPUT_PANE (pos_input_pane_get_type())
G_DECLARE_FINAL_TYPE(PosInputPane, pos_input_pane, POS, INPUT_PANE, GtkBox)

/* Signal "typed": the field's text was changed, not by a clear. */

GtkEditable *pos_input_pane_get_field(PosInputPane *self);
const char *pos_input_pane_get_text(PosInputPane *self); /* "" once clear_later was called */
Ask pos_input_pane_get_ask(PosInputPane *self);
/* Another question empties the field. */
void pos_input_pane_set_ask(PosInputPane *self, Ask ask);
void pos_input_pane_clear(PosInputPane *self);
/* With the next view or character: an empty field alone is not worth the frame that would come
 * before the new total's. */
void pos_input_pane_clear_later(PosInputPane *self);
void pos_input_pane_finish_clear(PosInputPane *self);

/* "goods", "found", "notes", "discount", "card" (the cashier tells), "working" (the card terminal
 * is), "unknown" (what it did), "weighing", "attention", "closing", "counting", "held", "cases",
 * "return", "customer", "reason" or "menu" */
void pos_input_pane_show_choices(PosInputPane *self, const char *name);
/* "selling", "paying" or "menu" */
void pos_input_pane_show_verbs(PosInputPane *self, const char *name);
/* What its keys are called now: a return gives back, an empty receipt takes up another. */
void pos_input_pane_show_view(PosInputPane *self, const SessionView *view);
/* Until the next question. */
void pos_input_pane_set_caption(PosInputPane *self, const char *caption);
void pos_input_pane_show_notes(PosInputPane *self, Money due);
void pos_input_pane_show_found(PosInputPane *self, const SessionView *view);
void pos_input_pane_add_goods(PosInputPane *self, int64_t item_id, const char *name);
void pos_input_pane_move_choice(PosInputPane *self, int by);
bool pos_input_pane_get_found(PosInputPane *self, const char *query, int64_t *ret);
