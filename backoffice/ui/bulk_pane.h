/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/goods/item.h"
#include "backoffice/ui/desk.h"

#include <gtk/gtk.h>

/* Changes all goods that are selected in a list at once, and takes it back. Its signal "done" says
 * that goods have changed; "closed", that the person has finished. */
#define OFFICE_TYPE_BULK_PANE (office_bulk_pane_get_type())
G_DECLARE_FINAL_TYPE(OfficeBulkPane, office_bulk_pane, OFFICE, BULK_PANE, GtkWidget)

/* Which goods: the list as it is searched and ordered, and the places in it. */
typedef struct {
	char *search; /* owned */
	GoodsOrder order;
	bool descending;
	GtkBitset *places; /* owned */
} GoodsChoice;
void goods_choice_free(GoodsChoice *self);

void office_bulk_pane_open(OfficeBulkPane *self, OfficeDesk *desk,
			   GoodsChoice *choice); /* takes it */
