/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/ui/desk.h"

#include <gtk/gtk.h>

/* The list of the rules of prices, and a form for one of them. */
#define OFFICE_TYPE_PRICE_RULES (office_price_rules_get_type())
G_DECLARE_FINAL_TYPE(OfficePriceRules, office_price_rules, OFFICE, PRICE_RULES, GtkWidget)

void office_price_rules_set_desk(OfficePriceRules *self, OfficeDesk *desk); /* borrows */
void office_price_rules_reload(OfficePriceRules *self);
void office_price_rules_write(OfficePriceRules *self); /* what is typed */
