/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/store.h"

typedef struct {
	int64_t shop_id;
	int32_t day; /* YYYYMMDD */
	char *shop; /* owned: its name */
} RollupDay;

/* Tells all sums of sales once more from receipts and the ledger, by SQL alone and without the code
 * that keeps them. Days whose sums were others get the right ones and a new stamp; all else is left
 * as it stands. @regroup: first puts every sale of goods that are in the list into the group that
 * they are in now. Inside a transaction. Returns these days, of RollupDay; own it. */
GPtrArray *rollup_rebuild(Store *store, bool regroup, GError **error);
