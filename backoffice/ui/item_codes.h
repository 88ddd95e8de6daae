/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/goods/item.h"
#include "backoffice/ui/desk.h"

#include <gtk/gtk.h>

/* The packs of an item and its barcodes, each of one unit or of a pack. */
#define OFFICE_TYPE_ITEM_CODES (office_item_codes_get_type())
G_DECLARE_FINAL_TYPE(OfficeItemCodes, office_item_codes, OFFICE, ITEM_CODES, GtkWidget)

void office_item_codes_show(OfficeItemCodes *self, OfficeDesk *desk, const Item *item);
/* A barcode that was scanned into the form. */
void office_item_codes_add(OfficeItemCodes *self, const char *code);
/* Into @item. NULL, or what is wrong in the person's language; own it. */
char *office_item_codes_read(OfficeItemCodes *self, Item *item);
