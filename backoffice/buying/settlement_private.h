/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/buying/settlement.h"
#include "backoffice/people/shop.h"

/* What settlement.c and settlement_read.c have in common. */

Settlement *settlement_new(int64_t supplier_id, const char *supplier, int days);
GPtrArray *settlement_array_new(void); /* that frees its elements */
SettlementEntry *settlement_entry_new(SettlementKind kind, const char *number,
				      const char *reference);
void settlement_entry_free(SettlementEntry *self);

/* Accounts of one supplier or all (0), with their entries up to the end of *as_of, which becomes
 * today where it is 0; not settled yet. */
GPtrArray *settlement_read_accounts(Store *store, int64_t shop_id, int64_t supplier_id,
				    int32_t *as_of, GError **error);
