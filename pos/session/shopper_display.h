/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pos/session/device_link.h"

/* The customer display on its own thread. The newest screen wins; a display that is gone is tried
 * again every few seconds and then shows what it should show now. */
typedef struct ShopperDisplay ShopperDisplay;

ShopperDisplay *shopper_display_new(const DeviceConf *conf, DeviceTold told, void *data);
void shopper_display_free(ShopperDisplay *self);
/* Copies both; never blocks. */
void shopper_display_show(ShopperDisplay *self, const char *upper, const char *lower);
