/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pos/ui/till_link.h"

#include <gtk/gtk.h>

/* The devices of this till: which are chosen and how they are, on the left; on the right the one
 * that is marked, to be found, tried and saved. */
#define POS_TYPE_DEVICES_PAGE (pos_devices_page_get_type())
G_DECLARE_FINAL_TYPE(PosDevicesPage, pos_devices_page, POS, DEVICES_PAGE, GtkGrid)

/* Borrows @link. */
GtkWidget *pos_devices_page_new(TillLink *link);
void pos_devices_page_show_view(PosDevicesPage *self, SessionView *view);
/* The address, or the PIN that is asked for. */
GtkEditable *pos_devices_page_get_field(PosDevicesPage *self);
void pos_devices_page_enter(PosDevicesPage *self);
/* A key that is no character; true where it has been used. */
bool pos_devices_page_press(PosDevicesPage *self, guint key);
/* Nobody looks at it any more. */
void pos_devices_page_leave(PosDevicesPage *self);
