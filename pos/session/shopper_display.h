/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/device.h"
#include "pos/session/till_conf.h"

/* The customer display on its own thread. The newest screen wins; a display that is gone is tried
 * again every two seconds and then shows what it should show now. */
typedef struct ShopperDisplay ShopperDisplay;

/* Called on the display's thread when it goes (@fault) and when it is back (NULL). */
typedef void (*ShopperDisplayState)(const GError *fault, void *data);

ShopperDisplay *shopper_display_new(const DeviceConf *conf, ShopperDisplayState on_state,
				    void *data);
void shopper_display_free(ShopperDisplay *self);
/* Copies both; never blocks. */
void shopper_display_show(ShopperDisplay *self, const char *upper, const char *lower);
