/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/store.h"

/* The sums of sales of one shop: schema/office/0009-rollup.sql says what each is. A Rollup lives
 * within one transaction of its caller and adds up in memory; rollup_finish() writes each row that
 * was touched once, and gives the days of them a new stamp. On any failure the caller rolls back.
 *
 * A ledger (backoffice/stock/ledger.h) has one, tells it all costs and finishes it. Who takes in
 * receipts adds them to the one of its ledger. */
typedef struct Rollup Rollup;

#define ROLLUP_ERROR (rollup_error_quark())
GQuark rollup_error_quark(void);
typedef enum {
	ROLLUP_ERROR_TOO_LARGE, /* a sum would not fit */
} RollupError;

/* As the tables have them: below zero in returns. */
typedef struct {
	int64_t gross, discount, tax, added, net;
} RollupAmounts;

typedef struct {
	int64_t till_id, seq;
	int32_t day; /* YYYYMMDD */
	int hour; /* 0 to 23 on the shop's wall clock */
	int64_t cashier_id;
	bool is_return;
	int64_t rounding;
	int64_t heard_at;
	RollupAmounts amounts;
} RollupReceipt;

typedef struct {
	int line;
	int64_t item_id; /* 0: goods of the till's own */
	int64_t group_id;
	const char *name; /* what the line says; copied */
	int64_t quantity;
	RollupAmounts amounts;
} RollupLine;

Rollup *rollup_new(Store *store, int64_t shop_id);
void rollup_free(Rollup *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Rollup, rollup_free)

/* The number of the group that goods of @path are in; makes it where it is new. */
bool rollup_group(Store *store, const char *path, int64_t *ret, GError **error);

bool rollup_add_receipt(Rollup *self, const RollupReceipt *receipt, GError **error);
/* These three of the receipt that was added last. */
bool rollup_add_line(Rollup *self, const RollupLine *line, GError **error);
bool rollup_add_payment(Rollup *self, const char *kind, int64_t amount, GError **error);
bool rollup_add_tax(Rollup *self, const char *code, int64_t rate, bool inclusive, int64_t base,
		    int64_t amount, GError **error);

/* What the goods of a line of a receipt cost more than was told so far. Counts where the line does;
 * of a receipt that the office does not have, nowhere. */
bool rollup_add_cost(Rollup *self, int64_t till_id, int64_t seq, int line, int64_t cost,
		     GError **error);
/* What goods cost that were sold before they came in: of no receipt. */
bool rollup_add_difference(Rollup *self, int32_t day, int64_t item_id, int64_t group_id,
			   int64_t cost, GError **error);

/* It can be added to and finished again. */
bool rollup_finish(Rollup *self, GError **error);
