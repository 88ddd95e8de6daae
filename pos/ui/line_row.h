/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pos/ui/line.h"

#include <gtk/gtk.h>

/* A line of the receipt on the screen: number, goods, quantity, price, sum; its discount below. */
#define POS_TYPE_LINE_ROW (pos_line_row_get_type())
G_DECLARE_FINAL_TYPE(PosLineRow, pos_line_row, POS, LINE_ROW, GtkGrid)

int pos_line_row_get_number(PosLineRow *self);
/* Makes and fills rows for a list of PosLine. Own it. */
GtkListItemFactory *pos_line_row_factory_new(void);
