/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/rollup/rollup.h"

/* The tables, and what the numbers of their keys are. */
typedef enum {
	ROLLUP_ITEM, /* item, group; text: what the line said */
	ROLLUP_GROUP, /* group */
	ROLLUP_HOUR, /* hour, till, cashier */
	ROLLUP_PAYMENT, /* till, cashier; text: kind */
	ROLLUP_TAX, /* rate, inclusive; text: code */
	ROLLUP_DAY,
	ROLLUP_N_TABLES,
} RollupTable;

typedef struct {
	int32_t day;
	int64_t numbers[3];
	const char *text; /* of Rollup.texts, so that equal texts are one pointer; "": none */
} RollupKey;

/* What a row grows by. Each table has some of them: schema/office/rollup.sql. */
typedef struct {
	RollupKey key;
	int64_t receipts; /* or payments */
	int64_t returns, returned, lines;
	int64_t quantity, rounding, cost;
	int64_t base, amount; /* of a tax or a payment */
	RollupAmounts amounts;
	int64_t heard_at;
	int64_t last_receipt; /* Rollup.n_receipts when this row last counted one */
} RollupRow;

/* Where a line of a receipt counts. */
typedef struct {
	int64_t till_id, seq;
	int line;
	int32_t day;
	int hour;
	int64_t cashier_id, item_id, group_id;
	const char *other; /* of Rollup.texts */
} RollupPlace;

struct Rollup {
	/* owned */
	GHashTable *tables[ROLLUP_N_TABLES]; /* sets of RollupRow by its key */
	GStringChunk *texts;

	/* borrowed */
	Store *store;

	int64_t shop_id;
	int64_t n_receipts;
	RollupReceipt receipt; /* the newest one */
	RollupPlace place; /* of the line that was added or asked for last */
};

bool rollup_write(Rollup *self, GError **error);
