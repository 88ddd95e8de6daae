/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/store.h"

/* How fast goods of a shop are sold: sums by item of some days in a row, and on how many of these
 * days the item could be bought. */
typedef struct SalesSpeed SalesSpeed;

/* @days days, the last of them the one before @day (YYYYMMDD). */
SalesSpeed *sales_speed_read(Store *store, int64_t shop_id, int32_t day, int days, GError **error);
void sales_speed_free(SalesSpeed *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SalesSpeed, sales_speed_free)
/* @balance: what the item stands at now. *ret_days: those that count; both 0 where it was not sold.
 */
bool sales_speed_of(SalesSpeed *self, int64_t item_id, int64_t balance, int64_t *ret_sold,
		    int *ret_days, GError **error);
