/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/ui/desk.h"

#include <gtk/gtk.h>
#include <stdbool.h>

/* Goods chosen by the beginnings of words, a code, or a scan. */
#define OFFICE_TYPE_ITEM_PICKER (office_item_picker_get_type())
G_DECLARE_FINAL_TYPE(OfficeItemPicker, office_item_picker, OFFICE, ITEM_PICKER, GtkWidget)

void office_item_picker_set_desk(OfficeItemPicker *self, OfficeDesk *desk); /* borrows */
/* @text stands in the field, chosen, and is searched. */
void office_item_picker_search(OfficeItemPicker *self, const char *text);
/* The same, and the only one found is picked by itself: after a scan. */
void office_item_picker_pick(OfficeItemPicker *self, const char *text);
/* Signal "picked" with the item's id (gint64) and name (string). */
