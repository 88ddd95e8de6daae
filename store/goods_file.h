/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/money.h"
#include "core/quantity.h"
#include "core/tax.h"
#include "store/store.h"

/* The goods file a till sells from (schema/goods): a SQLite file of its own beside till.db. The hub
 * writes a whole one as a snapshot; the till applies changes to it. Both go through here. */

typedef struct {
	int64_t id;
	const char *article, *name, *category, *brand; /* may be NULL */
	Unit unit;
	bool weighed;
	bool has_price;
	int64_t price; /* minor units */
	int32_t tax_group;
	const char *const *barcodes; /* NULL-terminated, as printed; the key is made here */
	bool deleted;
} GoodsItem;

typedef struct {
	int64_t id;
	const char *name;
	const char *role; /* "cashier", "senior", "stock", "manager", "admin" */
	const char *pin_hash; /* libsodium's crypto_pwhash_str */
	bool deleted;
} GoodsPerson;

/* One row the till keeps of its shop. */
typedef struct {
	int64_t shop_id;
	const char *name;
	const char *country; /* core/country.h */
	uint16_t currency;
	const char *timezone;
} GoodsShop;

/* All return false with STORE_ERROR. Call between store_begin() and store_commit(). */
bool goods_file_put_item(Store *store, const GoodsItem *item, GError **error);
bool goods_file_put_person(Store *store, const GoodsPerson *person, GError **error);
bool goods_file_put_shop(Store *store, const GoodsShop *shop, GError **error);
/* Replaces all rates of @group_id. */
bool goods_file_put_tax_group(Store *store, int32_t group_id, const char *code,
			      const TaxRate *rates, int n_rates, GError **error);
bool goods_file_set_revision(Store *store, int64_t revision, GError **error);
bool goods_file_get_revision(Store *store, int64_t *ret, GError **error);
/* For a file of STORE_BULK, once, before the last commit: makes the search index in one go, which is
 * seven times quicker than row by row. */
bool goods_file_index(Store *store, GError **error);
