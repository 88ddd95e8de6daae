/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/prices/prices.h"
#include "store/goods_file.h"

/* What a shop asks for one item, of all kinds, now and later, in place of what @ret had: GoodsPrice
 * by kind, then time. Left out is what @item says itself. */
bool price_feed_read(PriceBook *book, const GoodsItem *item, GArray *ret, GError **error);
