/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/ui/desk.h"

#include <gtk/gtk.h>

/* Label printers, printers of sheets, and scales that print labels: what there is, trying them,
 * telling a scale its goods. */
#define OFFICE_TYPE_LABEL_DEVICES (office_label_devices_get_type())
G_DECLARE_FINAL_TYPE(OfficeLabelDevices, office_label_devices, OFFICE, LABEL_DEVICES, GtkWidget)

void office_label_devices_set_desk(OfficeLabelDevices *self, OfficeDesk *desk); /* borrows @desk */
void office_label_devices_reload(OfficeLabelDevices *self);
