/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/stock/ledger.h"
#include "core/quantity.h"
#include "tests/hub/fake_office.h"
#include "tests/hub/stock_oracle.h"

#include <sqlite3.h>

#define STOCK_BOOK_ITEMS 4
#define FOR_EVER INT64_MAX

/* What was posted, and the office it was posted to. */
typedef struct {
	FakeOffice office;
	GArray *facts; /* owned; of OracleFact */
	int64_t first_average[STOCK_BOOK_ITEMS + 1];
	int64_t n_rows, n_documents;
} StockBook;

/* Items 1 and 2 cost 2.50 and nothing in the list of goods; of 3 and 4 nobody knows. */
void stock_book_init(StockBook *self);
void stock_book_clear(StockBook *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(StockBook, stock_book_clear)

/* A connection of SQLite's own; close it. */
sqlite3 *stock_book_open_beside(const StockBook *self);
void stock_book_do_sql(const StockBook *self, const char *sql);

/* All in one transaction. What could be posted is noted for the oracle. */
void stock_book_post(StockBook *self, const LedgerMove *moves, size_t n);
void stock_book_reverse(StockBook *self, int64_t document_id);
/* Without a note. */
bool stock_book_try_post(StockBook *self, const LedgerMove *moves, size_t n, GError **error);
void stock_book_note(StockBook *self, const LedgerMove *moves, size_t n);

/* What the rows up to @until say together. */
OracleSums stock_book_sums(sqlite3 *db, int64_t item_id, int64_t until);
/* That is what the oracle says. */
void stock_book_check_at(StockBook *self, sqlite3 *db, int64_t item_id, int64_t until);
void stock_book_check_average(StockBook *self, sqlite3 *db, int64_t item_id);
/* `baraa verify` finds nothing. */
void stock_book_check_whole(StockBook *self);
/* All of these, of all items. */
void stock_book_check_all(StockBook *self);

/* --- by hand: rows of item 4 --- */

typedef struct {
	int64_t at;
	LedgerHow how;
	int64_t quantity; /* whole units */
	int64_t value;
	int64_t document_id;
} Told;

#define SOLD(at, n)                                                                                \
	{                                                                                          \
		at, LEDGER_AT_AVERAGE, -(n), 0, 0                                                  \
	}
#define CAME(at, n, value, document)                                                               \
	{                                                                                          \
		at, LEDGER_VALUED, n, value, document                                              \
	}

LedgerMove told_move(const Told *told);
/* Each in a transaction of its own. */
void stock_book_tell(StockBook *self, const Told *told, size_t n);
/* The oracle has to agree with the person who worked it out, too. */
void stock_book_expect(StockBook *self, int64_t until, int64_t quantity, int64_t value,
		       int64_t difference);
