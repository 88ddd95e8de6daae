/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/goods/goods.h"
#include "backoffice/people/shop.h"
#include "backoffice/prices/prices.h"
#include "backoffice/ui/desk.h"

/* What the page of prices shows of one item, read at once on a thread of the desk. */
typedef struct {
	int64_t item_id, shop_id, now;
	/* owned */
	Goods *goods; /* NULL: there are none any more */
	GPtrArray *kinds, *shops, *history, *coming;
	GArray *rows; /* of PriceRow */
	GPtrArray *whys; /* a sentence each of rows */
} PriceFacts;

PriceFacts *price_facts_new(int64_t item_id, int64_t shop_id);
void price_facts_free(void *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PriceFacts, price_facts_free)
/* OfficeWork. Prices whose minute has come are moved first. */
bool price_facts_read(Store *store, void *facts, GError **error);
const char *price_facts_kind(const PriceFacts *self, int64_t id);
const char *price_facts_shop(const PriceFacts *self, int64_t id);

/* "2026-12-01" or "1.12.26", and "8:00", on the shop's clock; both empty is 0: now. False where
 * there is no such minute. */
bool price_moment_parse(const OfficeDesk *desk, const char *day, const char *time, int64_t *ret);
