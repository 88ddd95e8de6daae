/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pos/session/session.h"

#include <gtk/gtk.h>

/* A grid of equal buttons: notes to pay with, or goods that are sold often. What stands on a button
 * once stays there, or a finger would hit the wrong one. */
#define POS_TYPE_CHOICE_GRID (pos_choice_grid_get_type())
G_DECLARE_FINAL_TYPE(PosChoiceGrid, pos_choice_grid, POS, CHOICE_GRID, GtkGrid)

GtkWidget *pos_choice_grid_new(void);
/* For what is due; "pay.exact" and "pay.note" with the amount as decimal text. */
void pos_choice_grid_show_notes(PosChoiceGrid *self, Money due);
/* Goods that were found or sold; "goods.add" with the item's id. Does nothing with those that it
 * has already or has no place for. */
void pos_choice_grid_add_goods(PosChoiceGrid *self, int64_t item_id, const char *name);
