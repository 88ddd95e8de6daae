/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/stock/stock.h"

/* What a supplier has: under which code, in which packs and for how much. */
typedef struct {
	int64_t item_id;
	char *code; /* owned; the supplier's */
	char *name, *barcode, *unit; /* owned; of the goods; read only */
	int64_t pack_id, factor; /* ordered in packs of so many units; 0: single */
	int64_t least; /* he sells no less; 0: any */
	bool usual; /* the item is usually bought from him */
	bool has_cost;
	int64_t cost; /* of one unit, today */
	int32_t since; /* of that cost; 0 and 20000101: not known; read only */
	bool has_price;
	int64_t price; /* retail, in all shops; read only */
} SupplierGoods;
SupplierGoods *supplier_goods_new(int64_t item_id);
void supplier_goods_free(SupplierGoods *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SupplierGoods, supplier_goods_free)

/* By name; @search is part of a name or code, NULL all; @item_id 0: all. Array that frees its
 * elements. */
GPtrArray *supplier_goods_list(Store *store, int64_t supplier_id, int64_t item_id,
			       const char *search, int max, GError **error);
/* RIGHT_ORDER; audited. A cost that is another holds from today on. Where it is the usual one, it
 * is no other supplier's any more. */
bool supplier_goods_write(Store *store, int64_t supplier_id, const SupplierGoods *goods,
			  int64_t person_id, GError **error);
bool supplier_goods_remove(Store *store, int64_t supplier_id, int64_t item_id, int64_t person_id,
			   GError **error);
/* What he took and takes, newest first. Array of SupplierPrice. */
GArray *supplier_goods_history(Store *store, int64_t supplier_id, int64_t item_id, GError **error);

/* Inside the caller's transaction, who has asked for the right and writes the audit: @day and on
 * the cost holds from; item.cost and prices stay as they are. */
typedef struct {
	int64_t supplier_id, person_id, at;
	int32_t today, day;
	const char *how; /* of supplier_price_note() */
} SupplierGoodsPut;
bool supplier_goods_put(Store *store, const SupplierGoodsPut *put, const SupplierGoods *goods,
			GError **error);
/* How much of what somebody pays stays, hundredths of a percent: (price − cost) / price. False
 * where the price is zero. Pure. */
bool supplier_goods_margin(int64_t price, int64_t cost, int64_t *ret);
/* From one cost to another, hundredths of a percent. False where it was zero. Pure. */
bool supplier_goods_rise(int64_t before, int64_t after, int64_t *ret);
