/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/prices/prices.h"

/* What is known of one item's prices, and what follows from it at any moment. */

typedef struct {
	int64_t kind_id, shop_id, first_at;
	bool has_amount;
	int64_t amount;
} KnownRow;

typedef struct {
	bool is_there; /* the item */
	bool has_price, has_cost;
	int64_t price, cost;
	GArray *rows; /* owned; of KnownRow by kind, shop and time: of all shops and of the one */
} Known;
void known_clear(Known *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Known, known_clear)
/* Without rows, where none are. */
bool known_read_item(Store *store, int64_t item_id, Known *ret, GError **error);
bool known_read(Store *store, int64_t item_id, int64_t shop_id, Known *ret, GError **error);

/* NULL where there is none. Borrowed. @kinds is of PriceKind. */
const PriceKind *kind_find(const GPtrArray *kinds, int64_t id);
/* The kind at the beginning of what @kind follows from: set by hand, or on cost. Borrowed; NULL
 * where they go round in a circle or end nowhere. */
const PriceKind *kind_root(const GPtrArray *kinds, const PriceKind *kind);

/* The last row of this very kind and shop that is not after @at, NULL: none. Borrowed. */
const KnownRow *known_own(const Known *self, int64_t kind_id, int64_t shop_id, int64_t at);
/* The row that a price set by hand comes from: of the shop before that of all. NULL: item.price, or
 * none. */
const KnownRow *known_hand_row(const Known *self, int64_t kind_id, int64_t shop_id, int64_t at);
/* False: there is no price. */
bool known_price(const Known *self, const GPtrArray *kinds, int64_t kind_id, int64_t shop_id,
		 int64_t at, int64_t *ret);
