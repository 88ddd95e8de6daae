/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pos/ui/device_class.h"

#include <gtk/gtk.h>

/* A button of the devices page with two lines: what it is, and what is to be known of it. */
#define POS_TYPE_DEVICE_ROW (pos_device_row_get_type())
G_DECLARE_FINAL_TYPE(PosDeviceRow, pos_device_row, POS, DEVICE_ROW, GtkButton)

GtkWidget *pos_device_row_new(const char *name);
void pos_device_row_set_detail(PosDeviceRow *self, const char *detail);
/* A light with its word, of a class of devices. */
void pos_device_row_set_state(PosDeviceRow *self, SessionDeviceState state, DeviceFault fault);
void pos_device_row_set_chosen(PosDeviceRow *self, bool chosen);
