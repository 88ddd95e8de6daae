/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/quantity.h"
#include "store/store.h"

/* The goods of an office database, to be looked at: a million of them, a page at a time. */

/* One item. Texts are owned and never NULL. */
typedef struct {
	int64_t id;
	char *article, *name, *category, *brand;
	Unit unit;
	bool weighed;
	bool has_price;
	int64_t price; /* minor units of the shop's currency */
	bool has_cost;
	int64_t cost;
	int32_t tax_group;
	char *tax_code; /* "VAT22" */
	char *barcode; /* as printed; the smallest where there are several, "" where none */
} Goods;

void goods_free(Goods *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Goods, goods_free)

typedef enum { GOODS_BY_NAME, GOODS_BY_PRICE, GOODS_BY_CATEGORY, GOODS_N_ORDERS } GoodsOrder;

/* A search finds at most this many; whoever gets as many types one more word. */
#define GOODS_SEARCH_MAX 5000

/* A list in one order, perhaps searched. It holds no rows: each page is asked of the database. */
typedef struct GoodsList GoodsList;

/* Borrows @store, and like it belongs to one thread. Starts by name, unsearched. */
GoodsList *goods_list_new(Store *store);
void goods_list_free(GoodsList *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GoodsList, goods_list_free)

/* Goods without a price come first by price, last when @descending. */
void goods_list_set_order(GoodsList *self, GoodsOrder order, bool descending);
/* Words in any order and any case, each the beginning of a word of name, article or brand; or a
 * barcode, an article as a whole. NULL or blank: everything. */
void goods_list_set_search(GoodsList *self, const char *text);

bool goods_list_count(GoodsList *self, int64_t *ret, GError **error);
/* Array of Goods that frees its elements: @n from @offset on, fewer at the end. Pages are cut from
 * the index, from its nearer end: in the middle of a million that takes a good part of a second. */
GPtrArray *goods_list_page(GoodsList *self, int64_t offset, int n, GError **error);

/* Ids (int64_t) of all that the list has, in ascending order: 8 MB and a second for a million. */
GArray *goods_list_dup_ids(GoodsList *self, GError **error);
/* Takes the ids of another list that asks the same; from then on every page is quick. */
void goods_list_take_ids(GoodsList *self, GArray *ids);

/* NULL without an error where there is none. */
Goods *goods_find(Store *store, int64_t id, GError **error);
Goods *goods_find_barcode(Store *store, const char *code, GError **error);
