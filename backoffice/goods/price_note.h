/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/store.h"

/* The history of prices (price_change in schema/office/0006-prices.sql): whoever writes a price, of
 * whatever kind, notes it here in the same transaction. It lies below both goods and prices, so
 * that neither has to know the other for it. */
typedef struct {
	int64_t item_id;
	int64_t kind_id; /* 1: retail, which stands in item.price */
	int64_t shop_id; /* 0: all shops */
	int64_t first_at; /* UTC microseconds; 0: at once */
	int64_t person_id; /* 0: the command line */
	bool has_before, has_after;
	int64_t before, after; /* minor units */
	const char *how; /* "hand", "import", "edit", "derived", "undo", "receiving" */
} PriceNote;

/* Inside a transaction. Does nothing where before and after are the same. */
bool price_note(Store *store, const PriceNote *note, GError **error);
