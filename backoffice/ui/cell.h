/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>
#include <stdbool.h>

/* Cells and heads of tables: numbers at the right end in figures of one width, what does not fit is
 * cut with an ellipsis and told in full by a tooltip. */

GtkWidget *office_cell_new(bool number);
/* Puts the heads of number columns over their numbers: @numbers[i] of the i-th column. */
void office_cell_align_heads(GtkColumnView *view, const bool *numbers);
/* The head of column @index, NULL if there is none. Borrowed. */
GtkWidget *office_cell_get_head(GtkColumnView *view, int index);
void office_cell_scroll_to_top(GtkColumnView *view);
