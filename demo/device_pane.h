/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "demo/place.h"

/* What people do to the other devices: weights for the scale, a card for the terminal, cables to
 * pull. */
typedef struct DevicePane DevicePane;

/* Borrows @place. */
DevicePane *device_pane_new(const Place *place);
void device_pane_free(DevicePane *self);
GtkWidget *device_pane_get_widget(DevicePane *self);
