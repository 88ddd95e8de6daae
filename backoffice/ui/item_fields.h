/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/goods/draft.h"
#include "backoffice/goods/item.h"
#include "backoffice/ui/desk.h"

#include <gtk/gtk.h>

/* The fields of an item that are one line of a form each, in the order of the form. */
typedef struct ItemFields ItemFields;

/* Fills @grid from row @first on with labels and fields; lives as long as @grid. */
ItemFields *item_fields_new(GtkGrid *grid, int first, OfficeDesk *desk);
void item_fields_free(ItemFields *self);
/* What can be chosen as tax; lends nothing. */
void item_fields_set_taxes(ItemFields *self, const TaxNames *taxes);
void item_fields_show(ItemFields *self, const Item *item);
/* Into @item, whose other members stay. NULL, or what is wrong in the person's language; own it. */
char *item_fields_read(ItemFields *self, Item *item);
GtkWidget *item_fields_get_first(ItemFields *self); /* where typing begins */
