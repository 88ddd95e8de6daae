/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/ui/desk.h"

#include <gtk/gtk.h>
#include <stdbool.h>

/* A code that no goods have, on the spot: it is a code of goods that are in the list, or of new
 * ones. Of a name that was typed: which goods are meant. */
#define OFFICE_TYPE_UNKNOWN_PANE (office_unknown_pane_get_type())
G_DECLARE_FINAL_TYPE(OfficeUnknownPane, office_unknown_pane, OFFICE, UNKNOWN_PANE, GtkWidget)

void office_unknown_pane_set_desk(OfficeUnknownPane *self, OfficeDesk *desk); /* borrows */
/* @is_code: @text may become a barcode of goods; else it is searched for. */
void office_unknown_pane_open(OfficeUnknownPane *self, const char *text, bool is_code);
/* Signals: "known" with the code: look it up again, goods have it now; "chosen" with an item's id
 * (gint64); "left": nothing was done. */
