/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/goods/item.h"

/* Packs and barcodes of an item in the database. */

/* Blanks go, and barcodes stand in the order in which they are read back. */
void item_lists_tidy(Item *self);
/* GOODS_ERROR_TAKEN where a barcode is another item's. */
bool item_lists_check(Store *store, const Item *self, GError **error);
/* Writes what differs from @old (NULL: nothing was there); packs get their ids. */
bool item_lists_write(Store *store, const Item *old, Item *self, GError **error);
/* @old may be NULL. */
bool item_pack_prices_stay(const Item *old, const Item *self);
