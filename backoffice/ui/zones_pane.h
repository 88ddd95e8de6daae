/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/ui/desk.h"

#include <gtk/gtk.h>

/* The zones of the shop, and a form for one of them. */
#define OFFICE_TYPE_ZONES_PANE (office_zones_pane_get_type())
G_DECLARE_FINAL_TYPE(OfficeZonesPane, office_zones_pane, OFFICE, ZONES_PANE, GtkWidget)

void office_zones_pane_set_desk(OfficeZonesPane *self, OfficeDesk *desk); /* borrows */
void office_zones_pane_open(OfficeZonesPane *self); /* reads them; the form is for a new one */
void office_zones_pane_reload(OfficeZonesPane *self); /* what is typed stays */
void office_zones_pane_begin_new(OfficeZonesPane *self);
void office_zones_pane_write(OfficeZonesPane *self); /* what is typed */
