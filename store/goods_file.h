/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/money.h"
#include "core/quantity.h"
#include "core/tax.h"
#include "store/store.h"

/* The goods file a till sells from (schema/goods): a SQLite file of its own beside till.db. The hub
 * writes a whole one as a snapshot; the till applies changes to it. Both go through here. */

/* What a till's shop asks for one of it, from a moment on. */
typedef struct {
	int64_t kind; /* 1: retail */
	int64_t first_at; /* UTC microseconds; 0: in force */
	bool has_amount; /* false: no price of its own from then on */
	int64_t amount; /* minor units */
} GoodsPrice;

/* A barcode that means several units. */
typedef struct {
	const char *code; /* as printed */
	int64_t factor; /* millionths of the item's unit */
	bool has_price;
	int64_t price; /* of the whole pack, minor units */
} GoodsPack;

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

	/* what files of version 1 do not know; all zero: nothing of it */
	const char *kind; /* "goods", "kit", "service"; NULL: goods */
	const char *classification; /* may be NULL */
	bool marked, expires, serials;
	bool has_plu, has_shelf_life, has_tare;
	int64_t plu; /* without one the article, where that is a number */
	int64_t shelf_life; /* days */
	int64_t tare; /* millionths of a kilogram */
	const GoodsPack *packs;
	int n_packs;
	const GoodsPrice *prices;
	int n_prices;
} GoodsItem;

typedef struct {
	int64_t id;
	const char *name;
	bool deleted;
} GoodsPriceKind;

typedef struct {
	int64_t id;
	int64_t kind;
	int64_t group; /* of customers; 0: everybody */
	int weekdays; /* bits: 1 Monday, 2 Tuesday, 4 … */
	int minute, until; /* of the shop's day: the first, and the one after the last */
	int32_t first_day, last_day; /* YYYYMMDD, both included */
	int rank;
	bool deleted;
} GoodsPriceRule;

typedef struct {
	int64_t id;
	const char *code, *name, *contact;
	int64_t group; /* 0: of none */
	bool deleted;
} GoodsCustomer;

/* The last day of sale of what a shop has of an item. */
typedef struct {
	int64_t item;
	int32_t sell_until; /* YYYYMMDD; 0: not known */
} GoodsExpiry;

typedef struct {
	int64_t id;
	const char *name;
	const char *role; /* "cashier", "senior", "stock", "manager", "admin" */
	const char *pin_hash; /* libsodium's crypto_pwhash_str */
	const char *card_hash; /* card_dup_hash() of their badge; NULL: none. From version 3 on */
	bool deleted;
} GoodsPerson;

/* One row the till keeps of its shop. */
typedef struct {
	int64_t shop_id;
	const char *name;
	const char *country; /* core/country.h */
	uint16_t currency;
	const char *timezone;
	bool card_pin; /* a badge alone logs nobody in. From version 3 on */
} GoodsShop;

/* What the office says of a role at tills, where that is not the usual. */
typedef struct {
	const char *role;
	const char *name; /* "till-price": core/till_right.h */
	bool allowed;
} GoodsRight;

/* Files of versions 1 and 2 are still written for tills that know no other. */
#define GOODS_FILE_PLAIN 1 /* without what an office with a stockroom tells */
#define GOODS_FILE_STOCKROOM 2 /* without badges and rights */
#define GOODS_FILE_VERSION 3

/* All return false with STORE_ERROR. Call between store_begin() and store_commit(). */
bool goods_file_put_item(Store *store, const GoodsItem *item, GError **error);
/* Into a new file that has never heard of it; the plain one is of version 1, without packs, prices
 * and all else that it does not know. */
bool goods_file_add_item(Store *store, const GoodsItem *item, GError **error);
bool goods_file_add_plain_item(Store *store, const GoodsItem *item, GError **error);
bool goods_file_put_price_kind(Store *store, const GoodsPriceKind *kind, GError **error);
bool goods_file_put_price_rule(Store *store, const GoodsPriceRule *rule, GError **error);
bool goods_file_put_customer(Store *store, const GoodsCustomer *customer, GError **error);
bool goods_file_put_expiry(Store *store, const GoodsExpiry *expiry, GError **error);
bool goods_file_put_person(Store *store, const GoodsPerson *person, GError **error);
bool goods_file_put_shop(Store *store, const GoodsShop *shop, GError **error);
/* Into a file of an older version, which knows no badges. */
bool goods_file_put_plain_person(Store *store, const GoodsPerson *person, GError **error);
bool goods_file_put_plain_shop(Store *store, const GoodsShop *shop, GError **error);
bool goods_file_put_right(Store *store, const GoodsRight *right, GError **error);
/* Replaces all rates of @group_id. */
bool goods_file_put_tax_group(Store *store, int32_t group_id, const char *code,
			      const TaxRate *rates, int n_rates, GError **error);
bool goods_file_set_revision(Store *store, int64_t revision, GError **error);
bool goods_file_get_revision(Store *store, int64_t *ret, GError **error);
/* For a file of STORE_BULK, once, before the last commit: makes the search index in one go, which
 * is seven times quicker than row by row. */
bool goods_file_index(Store *store, GError **error);
