/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/goods/goods_import.h"
#include "core/number_text.h"

/* A supplier's price list from a file, read as lists of goods are (goods_import.h): CSV, TSV, XLSX,
 * any encoding, columns by header or as told. Goods are known by the supplier's code (column
 * "article" or "code"), by barcode, by our article. What one costs is the column "cost", else
 * "price", else "price of a pack" by "units in a pack"; a row whose barcode is a pack's speaks of
 * packs. One list is one transaction, and a dry run says all that the real one would. */

typedef struct {
	GoodsImport list; /* path, columns or map, encoding, who is told; price is not used */
	int64_t supplier_id;
	int32_t first_day; /* from when it holds, YYYYMMDD; 0: today */
	bool anyway; /* although it looks like another supplier's list */
} PriceListImport;

typedef enum {
	PRICE_LIST_NEW,
	PRICE_LIST_SAME,
	PRICE_LIST_CHANGED,
	PRICE_LIST_UNKNOWN
} PriceListFate;

/* One row that could be read. */
typedef struct {
	PriceListFate fate;
	int64_t line, item_id; /* item_id 0: PRICE_LIST_UNKNOWN */
	char *name, *code, *barcode; /* owned; name: ours where it is known, else the list's */
	bool had;
	int64_t before, after; /* of one unit */
	int64_t factor; /* 0: single */
	bool has_price;
	int64_t price; /* retail */
} PriceListRow;

typedef struct {
	int64_t changed, same, refused; /* changed: new ones too */
	int64_t unknown;
	int64_t rises; /* of what was there before */
	GPtrArray *rows; /* of PriceListRow, as they stood */
	const char *encoding; /* NULL: a workbook */
} PriceListResult;
void price_list_result_free(PriceListResult *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PriceListResult, price_list_result_free)

/* RIGHT_ORDER; audited as 'price-list'. Errors of GOODS_IMPORT_ERROR and of DOCUMENT_ERROR are in
 * the person's language. */
PriceListResult *price_list_import(Store *store, const PriceListImport *import, GError **error);

/* Those that rose, the steepest first; borrowed from @self. */
GPtrArray *price_list_rises(const PriceListResult *self);
/* "+12 %"; "" where it was zero or not there. Own it. */
char *price_list_dup_rise(const PriceListRow *row, const NumberStyle *style);
/* Of what the shopper pays, after the rise; "" where there is no price. Own it. */
char *price_list_dup_margin(const PriceListRow *row, const NumberStyle *style);
