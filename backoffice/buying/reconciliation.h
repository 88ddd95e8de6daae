/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/buying/settlement.h"
#include "core/number_text.h"

/* A period of a supplier's account as both sides sign it. */
typedef struct {
	/* owned */
	char *shop; /* "" where it is of all shops */
	char *supplier, *tin;
	GPtrArray *entries; /* of SettlementEntry, of the period, by day */

	uint16_t currency;
	int32_t from, to;
	SettlementTurnover turnover;
	int64_t more, less; /* what the entries add to the debt, and take off it (above zero) */
} Reconciliation;

/* @shop_id 0: of all shops. */
Reconciliation *reconciliation_new(Store *store, int64_t shop_id, int64_t supplier_id, int32_t from,
				   int32_t to, GError **error);
void reconciliation_free(Reconciliation *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Reconciliation, reconciliation_free)

/* "As of 2026-11-30, owed by Shop 1 to Dairy 1: 1 234.00 RUB." In the person's language; own it. */
char *reconciliation_dup_verdict(const Reconciliation *self, const NumberStyle *style);
