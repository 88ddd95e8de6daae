/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/ui/label_row.h"

#include <gtk/gtk.h>

/* Columns of OfficeLabelRow. */

/* One that shows the text property @property under @title (translated). @width 0: what is left. */
void label_columns_add_text(GtkColumnView *view, const char *property, const char *title, int width,
			    bool number);
/* One of spin buttons. */
void label_columns_add_copies(GtkColumnView *view);
/* One of buttons that call @remove with the row. */
typedef void (*LabelColumnsRemove)(OfficeLabelRow *row, void *data);
void label_columns_add_remove(GtkColumnView *view, LabelColumnsRemove remove, void *data);
