/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/buying/price_list_rows.h"
#include "backoffice/buying/supplier_goods.h"

/* Takes rows of one supplier's list into the database, inside a transaction. */
typedef struct {
	/* borrowed */
	Store *store;
	PriceListResult *result;

	SupplierGoodsPut put;
	int64_t own, others; /* rows whose code is known as this supplier's, and as another's */

	/* owned */
	GHashTable *lines; /* item → line of the list where it stood */
	char *other; /* who that other is */
} PriceListTaker;

void price_list_taker_init(PriceListTaker *self, Store *store, PriceListResult *result,
			   const SupplierGoodsPut *put);
void price_list_taker_clear(PriceListTaker *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(PriceListTaker, price_list_taker_clear)
/* *ret_reason: why it is refused, own it. Adds a row to the result otherwise. */
bool price_list_take(PriceListTaker *self, int64_t line, const PriceListDraft *draft,
		     char **ret_reason, GError **error);
