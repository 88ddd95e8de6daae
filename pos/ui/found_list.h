/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pos/session/session.h"

#include <gtk/gtk.h>

/* Goods found by what is typed, the best one first and chosen. */
#define POS_TYPE_FOUND_LIST (pos_found_list_get_type())
G_DECLARE_FINAL_TYPE(PosFoundList, pos_found_list, POS, FOUND_LIST, GtkWidget)

GtkWidget *pos_found_list_new(void);
void pos_found_list_show_view(PosFoundList *self, const SessionView *view);
void pos_found_list_move_choice(PosFoundList *self, int by);
/* The item chosen for @query; false if the list is not of that query or empty. */
bool pos_found_list_get_choice(PosFoundList *self, const char *query, int64_t *ret);
