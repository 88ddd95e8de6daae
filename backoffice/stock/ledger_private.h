/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/stock/ledger.h"

/* Averages are millionths of a minor unit for one whole unit; zero: nobody knows what it costs. */
#define AVERAGE_ONE INT64_C(1000000)

/* What stands there between two rows. */
typedef struct {
	int64_t quantity, value, average;
} LedgerState;

/* What a row says of itself, whatever stands around it. */
typedef struct {
	int64_t quantity;
	bool has_fixed, has_counted, has_revalued;
	int64_t fixed; /* minor units, the sign of quantity */
	int64_t counted;
	int64_t revalued; /* an average */
} LedgerFacts;

/* What a row does where it stands. */
typedef struct {
	int64_t quantity, value, difference;
	int64_t average; /* after it */
} LedgerEffect;

/* The rules: what a row of @facts does to @state. False where something does not fit. */
bool ledger_rule(const LedgerState *state, const LedgerFacts *facts, LedgerEffect *ret);
/* Whether anybody knows what it is worth. */
bool ledger_rule_knows(const LedgerState *state, const LedgerFacts *facts);
bool ledger_rule_apply(LedgerState *state, const LedgerEffect *effect);

typedef struct {
	int64_t id, place, item_id, at;
	int32_t day;
	const char *kind; /* interned */
	int64_t till_id, seq; /* till_id 0: none */
	int line;
	int64_t document_id; /* 0: none */
	int document_line;
	int64_t corrects, reverses; /* 0: none */
	LedgerFacts facts;
	LedgerEffect effect;
	bool has_value; /* somebody knows what it is worth */
	int64_t batch_id; /* 0: the first to expire */
} LedgerRow;

/* One item in this transaction. */
typedef struct {
	int64_t item_id;
	LedgerState now;
	int64_t last_at; /* INT64_MIN: nothing moved yet */
	int64_t first_average; /* before its first row */
	bool is_disordered; /* its rows were posted before the ledger knew of order */
	bool expires; /* kept by batch */
	ItemKind kind;
	int64_t group_id;
	bool changed;
	GArray *waiting; /* owned; of LedgerRow: late, and what came after; NULL: none */
} LedgerItem;

struct Ledger {
	/* owned */
	GHashTable *items; /* item_id → LedgerItem */
	GPtrArray *touched; /* of LedgerItem, borrowed, in the order in which they were read */
	Rollup *rollup;

	/* borrowed */
	Store *store;

	int64_t shop_id;
	int64_t last_id;
	bool is_careful;
};

LedgerItem *ledger_item(Ledger *self, int64_t item_id, GError **error);
bool ledger_too_large(int64_t item_id, GError **error); /* false */

bool ledger_insert(Ledger *self, const LedgerRow *row, GError **error);
/* In the order of ledger/rows: a row as it stands; its effect is the row's own part of it. */
LedgerRow ledger_read_row(StoreStatement *statement);

/* Puts a row of this item among those that wait for ledger_settle(). */
void ledger_wait(LedgerItem *item, const LedgerRow *row);
/* Writes what waits, and corrects what it changes. */
bool ledger_settle(Ledger *self, LedgerItem *item, GError **error);

/* Of an item that is kept by batch: which batches @row takes from or goes into. */
bool ledger_move_batches(Ledger *self, const LedgerItem *item, const LedgerRow *row,
			 GError **error);
