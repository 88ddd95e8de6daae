/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/buying/price_list.h"
#include "backoffice/goods/columns.h"

/* What a row of a supplier's list says, read and found sound. */
typedef struct {
	char *code, *barcode, *name; /* owned; barcode "" where there is none */
	int64_t cost, pack_cost; /* −1: not said */
	int64_t factor; /* 0: not said */
} PriceListDraft;

/* NULL if sound, and *ret has to be cleared; else why not, own it, and for which column. */
char *price_list_draft_read(PriceListDraft *ret, const char *const cells[COLUMN_N],
			    uint16_t currency, Column *ret_column);
void price_list_draft_clear(PriceListDraft *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(PriceListDraft, price_list_draft_clear)
