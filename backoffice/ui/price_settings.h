/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/ui/desk.h"

#include <gtk/gtk.h>

/* The kinds of price, and who pays which when. */
#define OFFICE_TYPE_PRICE_SETTINGS (office_price_settings_get_type())
G_DECLARE_FINAL_TYPE(OfficePriceSettings, office_price_settings, OFFICE, PRICE_SETTINGS, GtkWidget)

void office_price_settings_set_desk(OfficePriceSettings *self, OfficeDesk *desk); /* borrows */
void office_price_settings_reload(OfficePriceSettings *self);
/* Writes the form in which the focus is. */
void office_price_settings_write(OfficePriceSettings *self);
