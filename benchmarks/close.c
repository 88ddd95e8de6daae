/* SPDX-License-Identifier: GPL-3.0-or-later */
/* usage: close FOLDER COUNT: closes receipts of 20 lines durably, each followed by a bare SQLite transaction that writes
 * the same rows, byte for byte where it matters (the journal's body, what is cleared), with the same keys but none of our
 * rules: no checks, triggers, foreign keys, JSON or hash. Prints a line a pair: milliseconds of ours, of the bare one. */
#include "core/country.h"
#include "pos/till/till_db.h"

#include <sqlite3.h>
#include <stdio.h>

#define LINES 20

/* --- the bare one ------------------------------------------------------------------------------ */

static void bare_do(sqlite3 *db, const char *sql)
{
	char *message = NULL;

	if (sqlite3_exec(db, sql, NULL, NULL, &message) != SQLITE_OK)
		g_error("%s: %s", sql, message);
}

static sqlite3 *bare_open(const char *folder)
{
	g_autofree char *path = g_build_filename(folder, "bare.db", NULL);
	sqlite3 *db;

	if (sqlite3_open(path, &db) != SQLITE_OK)
		g_error("%s", sqlite3_errmsg(db));
	bare_do(db, "PRAGMA journal_mode=WAL");
	bare_do(db, "PRAGMA synchronous=FULL");
	bare_do(db, "CREATE TABLE journal(number INTEGER PRIMARY KEY, at INTEGER, kind TEXT, cashier INTEGER, shift INTEGER,"
		    " body TEXT, hash TEXT)");
	bare_do(db, "CREATE TABLE receipt(seq INTEGER PRIMARY KEY, number TEXT UNIQUE, journal INTEGER UNIQUE, shift INTEGER,"
		    " total INTEGER)");
	bare_do(db, "CREATE TABLE shift(number INTEGER PRIMARY KEY, totals TEXT)");
	bare_do(db, "CREATE TABLE open_receipt(id INTEGER PRIMARY KEY, kind INTEGER, currency INTEGER, tax_rounding INTEGER,"
		    " discount_kind INTEGER, discount_value INTEGER, total INTEGER, cashier INTEGER, card_asked INTEGER)");
	bare_do(db, "CREATE TABLE open_line(number INTEGER PRIMARY KEY, voided INTEGER, item INTEGER, code TEXT, name TEXT,"
		    " unit INTEGER, quantity INTEGER, price INTEGER, discount_kind INTEGER, discount_value INTEGER, tax TEXT)");
	bare_do(db, "CREATE TABLE open_payment(number INTEGER PRIMARY KEY, kind TEXT, amount INTEGER, reference TEXT)");
	bare_do(db, "INSERT INTO shift VALUES(1, '')");
	return db;
}

static sqlite3_stmt *bare_prepare(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *statement;

	if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK)
		g_error("%s: %s", sql, sqlite3_errmsg(db));
	return statement;
}

static void bare_run(sqlite3_stmt *statement)
{
	if (sqlite3_step(statement) != SQLITE_DONE)
		g_error("the bare transaction failed");
	sqlite3_reset(statement);
}

typedef struct {
	sqlite3 *db;
	sqlite3_stmt *begin, *commit, *journal, *receipt, *shift, *clear[3];
} Bare;

static Bare bare_new(const char *folder)
{
	sqlite3 *db = bare_open(folder);

	return (Bare){
		.db = db,
		.begin = bare_prepare(db, "BEGIN IMMEDIATE"),
		.commit = bare_prepare(db, "COMMIT"),
		.journal = bare_prepare(db, "INSERT INTO journal VALUES(?1, ?2, 'receipt', 1, 1, ?3, ?4)"),
		.receipt = bare_prepare(db, "INSERT INTO receipt VALUES(?1, ?2, ?1, 1, 439980)"),
		.shift = bare_prepare(db, "UPDATE shift SET totals = ?1 WHERE number = 1"),
		.clear = { bare_prepare(db, "DELETE FROM open_receipt"), bare_prepare(db, "DELETE FROM open_line"),
			   bare_prepare(db, "DELETE FROM open_payment") },
	};
}

/* What lies open before the receipt is closed: the till's own rows. */
static void bare_fill(Bare *bare, const Receipt *receipt)
{
	sqlite3_stmt *line = bare_prepare(
		bare->db, "INSERT INTO open_line VALUES(?1, 0, ?1, ?2, ?3, 0, 2000000, 10990, 0, 0, ?4)");

	bare_do(bare->db, "INSERT INTO open_receipt VALUES(1, 0, 643, 0, 0, 0, 439980, 1, NULL)");
	bare_do(bare->db, "INSERT INTO open_payment VALUES(1, 'cash', 439980, '')");
	for (int i = 0; i < LINES; i++) {
		const ReceiptLine *from = receipt_get_line(receipt, i);
		g_autoptr(GString) tax = g_string_new(NULL);

		tax_group_write(&from->tax, NULL, tax);
		sqlite3_bind_int(line, 1, from->number);
		sqlite3_bind_text(line, 2, from->code, -1, SQLITE_STATIC);
		sqlite3_bind_text(line, 3, from->name, -1, SQLITE_STATIC);
		sqlite3_bind_text(line, 4, tax->str, -1, SQLITE_STATIC);
		bare_run(line);
	}
	sqlite3_finalize(line);
}

static double bare_close(Bare *bare, const JournalEntry *entry)
{
	g_autofree char *number = g_strdup_printf("T1-%06d", (int)entry->number);
	int64_t start;

	sqlite3_bind_int64(bare->journal, 1, entry->number);
	sqlite3_bind_int64(bare->journal, 2, entry->at);
	sqlite3_bind_text(bare->journal, 3, entry->body, -1, SQLITE_STATIC);
	sqlite3_bind_text(bare->journal, 4, entry->hash, -1, SQLITE_STATIC);
	sqlite3_bind_int64(bare->receipt, 1, entry->number);
	sqlite3_bind_text(bare->receipt, 2, number, -1, SQLITE_STATIC);
	sqlite3_bind_text(bare->shift, 1, entry->body, 200, SQLITE_STATIC);

	start = g_get_monotonic_time();
	bare_run(bare->begin);
	bare_run(bare->journal);
	bare_run(bare->receipt);
	bare_run(bare->shift);
	for (size_t i = 0; i < G_N_ELEMENTS(bare->clear); i++)
		bare_run(bare->clear[i]);
	bare_run(bare->commit);
	return (double)(g_get_monotonic_time() - start) / 1000.0;
}

/* --- ours -------------------------------------------------------------------------------------- */

static void save(TillDb *db, const Receipt *receipt, int line)
{
	g_autoptr(GError) error = NULL;

	if (!till_db_save_receipt(db, &(TillSave){ .receipt = receipt, .line = line, .cashier = 1 },
				  &error))
		g_error("%s", error->message);
}

static Receipt *fill_receipt(TillDb *db, const TaxGroup *tax)
{
	Receipt *receipt = receipt_new(RECEIPT_SALE, 643, TAX_PER_LINE);
	Money due;

	for (int i = 0; i < LINES; i++) {
		ReceiptGoods goods = { .item_id = i + 1,
				       .code = "2990000000019",
				       .name = "Шоколад классический баретони 100 г",
				       .unit = UNIT_PIECE,
				       .price = { .minor = 10990 + i, .currency = 643 },
				       .tax = tax };
		int number;

		if (!receipt_add(receipt, &goods, (Quantity){ 2 * QUANTITY_ONE }, &number, NULL))
			g_error("a line was refused");
		save(db, receipt, number);
	}
	due = receipt_get_totals(receipt)->due;
	if (!receipt_pay(receipt, TENDER_CASH, due, NULL, NULL))
		g_error("the payment was refused");
	save(db, receipt, 0);
	return receipt;
}

static double ours_close(TillDb *db)
{
	TillRequest request = { .kind = FISCAL_SALE, .cashier = 1 };
	g_autoptr(GError) error = NULL;
	TillDone done;
	int64_t start = g_get_monotonic_time();

	if (!till_db_do(db, &request, &done, &error))
		g_error("%s", error->message);
	return (double)(g_get_monotonic_time() - start) / 1000.0;
}

/* The bare one's turn, with what ours has just written. */
static double bare_same(Bare *bare, TillDb *db, const Receipt *receipt)
{
	g_autoptr(GPtrArray) entries = NULL;
	g_autoptr(GError) error = NULL;

	if (!till_db_read_journal(db, till_db_get_last_number(db), 1, 0, &entries, &error))
		g_error("%s", error->message);
	bare_fill(bare, receipt);
	return bare_close(bare, entries->pdata[0]);
}

int main(int argc, char **argv)
{
	TillRequest open = { .kind = FISCAL_SHIFT_OPEN,
			     .cashier = 1,
			     .amount = { .currency = 643 },
			     .day = 20261123 };
	const struct CountryTaxGroup *group = &country_by_code("ru")->tax_groups[0];
	g_autoptr(GError) error = NULL;
	g_autofree char *path = NULL;
	g_autoptr(TillDb) db = NULL;
	TaxGroup tax = { .id = 1 };
	TillDone done;
	Bare bare;

	if (argc != 3)
		return 2;
	path = g_build_filename(argv[1], "till.db", NULL);
	db = till_db_open(path, &error);
	if (db == NULL || !till_db_do(db, &open, &done, &error))
		g_error("%s", error->message);
	bare = bare_new(argv[1]);
	if (!tax_group_on_day(&tax, group->rates, group->n_rates, 20261123))
		g_error("no tax");

	for (int i = 0; i < atoi(argv[2]); i++) {
		g_autoptr(Receipt) receipt = fill_receipt(db, &tax);
		double ours = ours_close(db);

		printf("%.3f %.3f\n", ours, bare_same(&bare, db, receipt));
	}
	return 0;
}
