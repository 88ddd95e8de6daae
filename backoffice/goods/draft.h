/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/goods/columns.h"
#include "backoffice/goods/goods_import.h"
#include "backoffice/goods/item.h"
#include "core/quantity.h"
#include "core/tax.h"

/* One row of a list, read and found sound. A cell that is blank is not given. */
typedef struct {
	bool given[COLUMN_N];
	char *barcode, *key; /* as printed; barcode_dup_key() */
	char *article, *name, *category, *brand;
	Unit unit;
	bool weighed;
	int64_t price, cost; /* minor units */
	int32_t tax_group;

	bool extended; /* something of what follows is given; else all of it is NULL or 0 */
	char *pack, *classification, *family, *first, *second, *note;
	ItemKind kind;
	bool marked, expires, serials;
	int64_t factor, tare, minimum; /* millionths */
	int64_t pack_price, plu, shelf_life;
} Draft;

void draft_clear(Draft *self);

/* The taxes of a shop, as lists name them. */
typedef struct TaxNames TaxNames;
TaxNames *tax_names_read(Store *store, GError **error);
void tax_names_free(TaxNames *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TaxNames, tax_names_free)
int tax_names_get_n(const TaxNames *self);
const char *tax_names_get(const TaxNames *self, int index, int32_t *ret_group); /* its code, lent */
int32_t tax_names_get_usual(const TaxNames *self);
/* A group's code, a rate in percent ("10", "22 %"), or "without VAT" in words. */
bool tax_names_parse(const TaxNames *self, const char *text, int32_t *ret_group);
const char *tax_names_get_list(const TaxNames *self); /* "VAT22, VAT10 …" */

/* @cells by column, NULL where the list has none. NULL if sound, and *ret has to be cleared; else
 * why the row is refused, in the person's language, and for which column. */
char *draft_read(Draft *ret, const char *const cells[COLUMN_N], uint16_t currency,
		 const TaxNames *taxes, Column *ret_column);
