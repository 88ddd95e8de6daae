/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/ui/desk.h"

#include <gtk/gtk.h>

/* The prices of one item: what they are and why, what they were, and another one to be set. */
#define OFFICE_TYPE_PRICE_VIEW (office_price_view_get_type())
G_DECLARE_FINAL_TYPE(OfficePriceView, office_price_view, OFFICE, PRICE_VIEW, GtkWidget)

void office_price_view_set_desk(OfficePriceView *self, OfficeDesk *desk); /* borrows */
void office_price_view_open(OfficePriceView *self, int64_t item_id);
void office_price_view_reload(OfficePriceView *self);
void office_price_view_set(OfficePriceView *self); /* what is typed */
