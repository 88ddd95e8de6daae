/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/store.h"

/* Posting to the stock ledger of one shop. A Ledger lives within one transaction of its caller:
 * made after store_begin(), finished before store_commit(). On any failure the caller rolls back.
 * It keeps the balances it touches in memory and writes each once, in ledger_finish(). */
typedef struct Ledger Ledger;

#define LEDGER_ERROR (ledger_error_quark())
GQuark ledger_error_quark(void);
typedef enum {
	LEDGER_ERROR_TOO_LARGE, /* the balance would not fit */
} LedgerError;

typedef struct {
	int64_t item_id;
	int64_t at;
	int32_t day;
	const char *kind; /* "sale", "return" or a document's kind */
	int64_t till_id, seq; /* of a receipt's line; till_id 0: none */
	int line;
	int64_t document_id; /* 0: none */
	int64_t quantity; /* millionths of the unit; what goes out is negative */
	bool has_value; /* the document says what it cost; else it goes at the average */
	int64_t value; /* minor units, the sign of quantity */
} LedgerMove;

/* Takes the shop's ledger for itself until the transaction ends. */
Ledger *ledger_new(Store *store, int64_t shop_id, GError **error);
void ledger_free(Ledger *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Ledger, ledger_free)

/* LEDGER_ERROR_TOO_LARGE where the balance would not fit. */
bool ledger_post(Ledger *self, const LedgerMove *move, GError **error);
bool ledger_finish(Ledger *self, GError **error);
