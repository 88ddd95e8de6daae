/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/goods/item.h"
#include "backoffice/rollup/rollup.h"
#include "store/store.h"

/* Posting to the stock ledger of one shop. A Ledger lives within one transaction of its caller:
 * made after store_begin(), finished before store_commit(). On any failure the caller rolls back.
 * It keeps the balances it touches in memory and writes each once, in ledger_finish().
 *
 * What the ledger holds follows from the facts alone and not from the order in which they came. For
 * each item, rows in the order of (at, place); docs/stock.md has examples.
 *
 *   at the average  What goes out takes value × quantity / balance, rounded half away; what comes
 *                   in, and what goes out below zero, is worth the last average known. Whoever
 *                   takes the last takes all its value, and what goes through zero leaves its
 *                   quantity at the average behind it.
 *   valued          What comes in is worth what its document says. Where the balance was below
 *                   zero, what stands after it is worth its quantity at this cost, and the rest is
 *                   the row's difference: the cost of what was sold before it came.
 *   fixed           A transfer, a production: comes in as if valued; goes out with what its
 *                   document carried when it was posted. Of nothing no value is left, and of
 *                   something none below zero: that, too, is the row's difference.
 *   counted         Brings the quantity to what was found, the difference at the average.
 *   revalued        Brings the value to quantity × cost, which is the average from then on.
 *   reversed        A row and the one that reverses it stand in one place and count for nothing
 *                   else: they take part in no average.
 *
 * A row that comes late changes those after it: ledger_finish() walks them and writes corrections.
 * An item's rows that come in order cost one look at its balance. */
typedef struct Ledger Ledger;

#define LEDGER_ERROR (ledger_error_quark())
GQuark ledger_error_quark(void);
typedef enum {
	LEDGER_ERROR_TOO_LARGE, /* the balance would not fit */
} LedgerError;

typedef enum {
	LEDGER_AT_AVERAGE, /* at the average */
	LEDGER_VALUED, /* comes in at @value */
	LEDGER_FIXED, /* in or out at @value, whatever the average */
	LEDGER_COUNTED, /* @quantity is what was found */
	LEDGER_REVALUED, /* @value is the cost of one unit, minor units; not @quantity */
} LedgerHow;

typedef struct {
	int64_t item_id;
	int64_t at;
	int32_t day;
	const char *kind; /* "sale", "return" or a document's kind */
	int64_t till_id, seq; /* of a receipt's line; till_id 0: none */
	int line;
	int64_t document_id; /* 0: none */
	int document_line;
	int64_t quantity; /* millionths of the unit; what goes out is negative */
	LedgerHow how;
	int64_t value; /* minor units, the sign of quantity */
	/* Of goods kept by batch (the item's expires): into or out of which one. 0: out of the one
	 * that expires first, as far as known; into none. Of what comes in where the balance was
	 * below zero, only what is left of it is in the batch. */
	int64_t batch_id;
} LedgerMove;

/* Takes the shop's ledger for itself until the transaction ends. */
Ledger *ledger_new(Store *store, int64_t shop_id, GError **error);
void ledger_free(Ledger *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Ledger, ledger_free)

/* Each row that comes late is put right at once, so that LEDGER_ERROR_TOO_LARGE is always that of
 * the row that was posted; without it ledger_finish() may be the first to say so. Slow. */
void ledger_set_careful(Ledger *self);
/* Of goods that the office does not know ITEM_GOODS. Costs no more than the posting itself. */
bool ledger_get_kind(Ledger *self, int64_t item_id, ItemKind *ret, GError **error);
/* The group that goods are in now (item_group); 1 of those that the office does not know. Likewise.
 */
bool ledger_get_group(Ledger *self, int64_t item_id, int64_t *ret, GError **error);
/* The sums of sales that hear of every row; who takes in receipts tells them, too. The ledger
 * finishes them. Lent. */
Rollup *ledger_get_rollup(Ledger *self);

/* LEDGER_ERROR_TOO_LARGE where the balance would not fit. */
bool ledger_post(Ledger *self, const LedgerMove *move, GError **error);
/* Takes back all rows of a document with all that corrected them, at their own moments, and puts
 * right what stands on them. Rows that are taken back already are left alone. */
bool ledger_reverse(Ledger *self, int64_t document_id, GError **error);
/* What is there now, with all that this transaction has posted. *ret_value may be NULL. */
bool ledger_get_balance(Ledger *self, int64_t item_id, int64_t *ret_quantity, int64_t *ret_value,
			GError **error);
/* What was there at the end of @at, counting what has been posted before this transaction. */
bool ledger_balance_at(Store *store, int64_t shop_id, int64_t item_id, int64_t at,
		       int64_t *ret_quantity, int64_t *ret_value, GError **error);
/* What goods taken out now would be worth, with the sign of @quantity; at the cost in the goods
 * list where nothing moved yet. */
bool ledger_value_of(Ledger *self, int64_t item_id, int64_t quantity, int64_t *ret, GError **error);
bool ledger_finish(Ledger *self, GError **error);
