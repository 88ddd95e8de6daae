/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/store.h"

/* Days of a shop, YYYYMMDD by its own clock. */
typedef struct {
	GTimeZone *zone; /* owned */
} ShopDays;

/* @shop_id 0: the first shop. */
bool shop_days_init(ShopDays *self, Store *store, int64_t shop_id, GError **error);
void shop_days_clear(ShopDays *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(ShopDays, shop_days_clear)
/* @at: UTC microseconds. */
int32_t shop_days_of(const ShopDays *self, int64_t at);
int32_t shop_days_today(const ShopDays *self);
