/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/ui/desk.h"

#include <gtk/gtk.h>

/* The list of the kinds of price, and a form for one of them. Signal "written". */
#define OFFICE_TYPE_PRICE_KINDS (office_price_kinds_get_type())
G_DECLARE_FINAL_TYPE(OfficePriceKinds, office_price_kinds, OFFICE, PRICE_KINDS, GtkWidget)

void office_price_kinds_set_desk(OfficePriceKinds *self, OfficeDesk *desk); /* borrows */
void office_price_kinds_reload(OfficePriceKinds *self);
void office_price_kinds_write(OfficePriceKinds *self); /* what is typed */
