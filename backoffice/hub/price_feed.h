/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/goods_file.h"

/* What a shop asks for one item, of all kinds, now and later: GoodsPrice by kind, then time, in
 * place of what @ret had. The rows of the shop and those of all shops are made one line of time,
 * for a row of the shop goes before one of all; where neither says anything has_amount is false. */
bool price_feed_read(Store *store, int64_t item_id, int64_t shop_id, GArray *ret, GError **error);
