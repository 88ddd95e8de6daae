/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pos/till/goods.h"

/* One connection, used under its lock. */
typedef struct {
	GMutex lock;
	Store *store; /* owned */
} GoodsLane;

struct Goods {
	char *path; /* owned */
	GoodsLane look; /* scans */
	GoodsLane find; /* searches, people */
	GoodsLane write; /* changes; opened by the first */
	uint16_t currency;
	gint newest_search; /* atomic: searches older than this give up */
	GHashTable
		*pins; /* owned, under find.lock: who was recognised before, see goods_people.c */
	uint8_t pin_key[32];
};

/* Locks @lane for use; false where a failed goods_install() left it without a file. Leave it
 * always. */
bool goods_enter(GoodsLane *lane, GError **error);
void goods_leave(GoodsLane *lane);

/* Steps @row once and makes an item of it; *ret = NULL where there is none. */
bool goods_take_item(Goods *self, Store *store, StoreStatement *row, const GoodsMoment *moment,
		     TillItem **ret, GError **error);
bool goods_load_item(Goods *self, Store *store, int64_t id, const GoodsMoment *moment,
		     TillItem **ret, GError **error);
/* goods_price.c: the price of @item at @moment; item.price is there already. */
bool goods_read_price(Store *store, const GoodsMoment *moment, TillItem *item, GError **error);
GHashTable *goods_pins_new(uint8_t key[static 32]);
