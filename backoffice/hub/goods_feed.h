/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/goods_file.h"

/* What a till sells from, read from the office database: the one reader behind both the changes
 * and the snapshot. */

/* Whoever takes it in; everything is lent for the call. NULL: not wanted; shop, tax_group, person
 * and item always are. */
struct goods_sink {
	bool (*shop)(void *self, const GoodsShop *shop, GError **error);
	bool (*tax_group)(void *self, int32_t id, const char *code, const TaxRate *rates,
			  int n_rates, GError **error);
	bool (*person)(void *self, const GoodsPerson *person, GError **error);
	bool (*right)(void *self, const GoodsRight *right, GError **error);
	bool (*price_kind)(void *self, const GoodsPriceKind *kind, GError **error);
	bool (*price_rule)(void *self, const GoodsPriceRule *rule, GError **error);
	bool (*item)(void *self, const GoodsItem *item, GError **error);
	bool (*customer)(void *self, const GoodsCustomer *customer, GError **error);
	bool (*expiry)(void *self, const GoodsExpiry *expiry, GError **error);
};

typedef struct {
	int64_t revision; /* what the taker has now: ask for changes since this */
	bool more; /* something was left out */
} GoodsFed;

/* All that changed after revision @since, at most @max items in the order they changed, and as many
 * customers and days of expiry (the few taxes, people, kinds and rules are always whole, and come
 * first: items point to taxes). Call after
 * store_begin_read(): all of it is one moment of the office. */
bool goods_feed(Store *store, int64_t shop_id, int64_t since, int64_t max,
		const struct goods_sink *sink, void *self, GoodsFed *ret, GError **error);
/* The office's newest revision. */
bool goods_feed_revision(Store *store, int64_t *ret, GError **error);
