/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/hub/stock_book.h"

#include "backoffice/sales/verify.h"

static sqlite3_stmt *ask(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *statement = NULL;

	if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK)
		g_error("%s: %s", sqlite3_errmsg(db), sql);
	return statement;
}

sqlite3 *stock_book_open_beside(const StockBook *self)
{
	g_autofree char *path = g_build_filename(self->office.folder, "office.db", NULL);
	sqlite3 *db = NULL;

	g_assert_cmpint(sqlite3_open(path, &db), ==, SQLITE_OK);
	return db;
}

void stock_book_do_sql(const StockBook *self, const char *sql)
{
	sqlite3 *db = stock_book_open_beside(self);
	char *message = NULL;

	sqlite3_exec(db, sql, NULL, NULL, &message);
	g_assert_cmpstr(message, ==, NULL);
	sqlite3_close(db);
}

void stock_book_init(StockBook *self)
{
	*self = (StockBook){ .facts = g_array_new(false, false, sizeof(OracleFact)) };
	fake_office_init(&self->office);
	fake_office_add_goods(&self->office, STOCK_BOOK_ITEMS);
	stock_book_do_sql(self, "UPDATE item SET cost = CASE id WHEN 1 THEN 250 WHEN 2 THEN 0 END");
	self->first_average[1] = 250000000;
}

void stock_book_clear(StockBook *self)
{
	fake_office_clear(&self->office);
	g_clear_pointer(&self->facts, g_array_unref);
}
/* --- posting ------------------------------------------------------------------------------- */

bool stock_book_try_post(StockBook *self, const LedgerMove *moves, size_t n, GError **error)
{
	g_autoptr(Ledger) ledger = NULL;
	bool ok;

	if (!store_begin(self->office.store, error))
		return false;
	ledger = ledger_new(self->office.store, 1, error);
	ok = ledger != NULL;
	for (size_t i = 0; i < n && ok; i++)
		ok = ledger_post(ledger, &moves[i], error);
	if (ok && ledger_finish(ledger, error))
		return store_commit(self->office.store, error);
	store_rollback(self->office.store);
	return false;
}

void stock_book_note(StockBook *self, const LedgerMove *moves, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		OracleFact fact = { .move = moves[i], .place = ++self->n_rows };

		g_array_append_val(self->facts, fact);
	}
}

void stock_book_post(StockBook *self, const LedgerMove *moves, size_t n)
{
	g_autoptr(GError) error = NULL;

	stock_book_try_post(self, moves, n, &error);
	g_assert_no_error(error);
	stock_book_note(self, moves, n);
}

void stock_book_reverse(StockBook *self, int64_t document_id)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Ledger) ledger = NULL;

	g_assert_true(store_begin(self->office.store, NULL));
	ledger = ledger_new(self->office.store, 1, &error);
	g_assert_no_error(error);
	ledger_reverse(ledger, document_id, &error);
	g_assert_no_error(error);
	ledger_finish(ledger, &error);
	g_assert_no_error(error);
	g_assert_true(store_commit(self->office.store, &error));
	for (guint i = 0; i < self->facts->len; i++) {
		OracleFact *fact = &g_array_index(self->facts, OracleFact, i);

		if (fact->move.document_id == document_id)
			fact->is_reversed = true;
	}
}

/* --- checking ------------------------------------------------------------------------------ */

OracleSums stock_book_sums(sqlite3 *db, int64_t item_id, int64_t until)
{
	sqlite3_stmt *row = ask(db, "SELECT total(1), sum(quantity), sum(value), sum(difference)"
				    "  FROM stock_ledger WHERE item_id = ? AND at <= ?");
	OracleSums sums = { 0 };

	sqlite3_bind_int64(row, 1, item_id);
	sqlite3_bind_int64(row, 2, until);
	g_assert_cmpint(sqlite3_step(row), ==, SQLITE_ROW);
	sums.quantity = sqlite3_column_int64(row, 1);
	sums.value = sqlite3_column_int64(row, 2);
	sums.difference = sqlite3_column_int64(row, 3);
	sqlite3_finalize(row);
	return sums;
}

void stock_book_check_at(StockBook *self, sqlite3 *db, int64_t item_id, int64_t until)
{
	OracleSums told = oracle_sums(self->facts, item_id, self->first_average[item_id], until);
	OracleSums sums = stock_book_sums(db, item_id, until);
	g_autoptr(GError) error = NULL;
	int64_t quantity, value;

	g_assert_cmpint(sums.quantity, ==, told.quantity);
	g_assert_cmpint(sums.value, ==, told.value);
	g_assert_cmpint(sums.difference, ==, told.difference);
	ledger_balance_at(self->office.store, 1, item_id, until, &quantity, &value, &error);
	g_assert_no_error(error);
	g_assert_cmpint(quantity, ==, told.quantity);
	g_assert_cmpint(value, ==, told.value);
}

void stock_book_check_average(StockBook *self, sqlite3 *db, int64_t item_id)
{
	OracleSums told = oracle_sums(self->facts, item_id, self->first_average[item_id], FOR_EVER);
	sqlite3_stmt *row = ask(db, "SELECT average FROM stock_balance WHERE item_id = ?");

	sqlite3_bind_int64(row, 1, item_id);
	if (sqlite3_step(row) == SQLITE_ROW)
		g_assert_cmpint(sqlite3_column_int64(row, 0), ==, told.average);
	sqlite3_finalize(row);
}

void stock_book_check_whole(StockBook *self)
{
	g_auto(Verdict) verdict = { 0 };
	g_autoptr(GError) error = NULL;

	fake_office_verify(&self->office);
	verify_office(self->office.store, &verdict, &error);
	g_assert_no_error(error);
	g_assert_cmpstr(verdict.broken, ==, NULL);
}

void stock_book_check_all(StockBook *self)
{
	sqlite3 *db = stock_book_open_beside(self);

	for (int64_t item = 1; item <= STOCK_BOOK_ITEMS; item++) {
		stock_book_check_at(self, db, item, 20);
		stock_book_check_at(self, db, item, FOR_EVER);
		stock_book_check_average(self, db, item);
	}
	sqlite3_close(db);
	stock_book_check_whole(self);
}

/* --- by hand ------------------------------------------------------------------------------- */

LedgerMove told_move(const Told *told)
{
	return (LedgerMove){ .item_id = 4,
			     .at = told->at,
			     .day = 20261123,
			     .kind = told->document_id != 0 ? "delivery" : "sale",
			     .till_id = told->document_id == 0,
			     .seq = told->at,
			     .line = 1,
			     .document_id = told->document_id,
			     .document_line = told->document_id != 0,
			     .quantity = told->quantity * QUANTITY_ONE,
			     .how = told->how,
			     .value = told->value };
}

void stock_book_tell(StockBook *self, const Told *told, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		LedgerMove move = told_move(&told[i]);

		stock_book_post(self, &move, 1);
	}
}

void stock_book_expect(StockBook *self, int64_t until, int64_t quantity, int64_t value,
		       int64_t difference)
{
	sqlite3 *db = stock_book_open_beside(self);
	OracleSums sums = stock_book_sums(db, 4, until);

	g_assert_cmpint(sums.quantity, ==, quantity * QUANTITY_ONE);
	g_assert_cmpint(sums.value, ==, value);
	g_assert_cmpint(sums.difference, ==, difference);
	stock_book_check_at(self, db, 4, until);
	stock_book_check_average(self, db, 4);
	sqlite3_close(db);
	stock_book_check_whole(self);
}
