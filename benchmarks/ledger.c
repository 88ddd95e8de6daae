/* SPDX-License-Identifier: GPL-3.0-or-later */
/* usage: ledger FOLDER ROWS TURNS: posts lines of sales, 800 a transaction, to a stock ledger that
 * has ROWS rows and to one that has none, in turns; both of 10 000 goods that have a balance.
 * Prints a line a turn: microseconds a line with the rows, with none, and with the rows where each
 * line came five minutes late. */
#include "backoffice/stock/ledger.h"
#include "backoffice/people/shop.h"
#include "core/quantity.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

#define ITEMS 10000
#define LINES 800
#define STEP 40000 /* microseconds from one line to the next */
#define LATE (5 * 60 * G_USEC_PER_SEC)

typedef struct {
	Store *store; /* owned */
	GRand *rand; /* owned */
	int64_t at;
} Book;

static void must(bool ok, const GError *error)
{
	if (!ok)
		g_error("%s", error->message);
}

/* --- rows that are there ------------------------------------------------------------------- */

static void do_sql(sqlite3 *db, const char *sql)
{
	char *message = NULL;

	if (sqlite3_exec(db, sql, NULL, NULL, &message) != SQLITE_OK)
		g_error("%s: %s", sql, message);
}

/* Own words of an index, to be made again. */
static GPtrArray *drop_indexes(sqlite3 *db)
{
	GPtrArray *made = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GPtrArray) drops = g_ptr_array_new_with_free_func(g_free);
	sqlite3_stmt *row = NULL;

	if (sqlite3_prepare_v2(db,
			       "SELECT name, sql FROM sqlite_master WHERE tbl_name = 'stock_ledger'"
			       " AND type = 'index' AND sql IS NOT NULL",
			       -1, &row, NULL) != SQLITE_OK)
		g_error("%s", sqlite3_errmsg(db));
	while (sqlite3_step(row) == SQLITE_ROW) {
		g_ptr_array_add(drops,
				g_strdup_printf("DROP INDEX %s", sqlite3_column_text(row, 0)));
		g_ptr_array_add(made, g_strdup((const char *)sqlite3_column_text(row, 1)));
	}
	sqlite3_finalize(row);
	for (guint i = 0; i < drops->len; i++)
		do_sql(db, drops->pdata[i]);
	return made;
}

static void put_goods(sqlite3 *db, int64_t rows)
{
	g_autofree char *balances = g_strdup_printf(
		"INSERT INTO stock_balance (shop_id, item_id, quantity, value, average, last_at, "
		"first_average)"
		" SELECT 1, id, 1000000000000, 250000000, 250000000, %" G_GINT64_FORMAT
		", 250000000 FROM item",
		rows * STEP);
	g_autofree char *goods = g_strdup_printf(
		"INSERT INTO item (id, name, folded, tax_group, revision)"
		" WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)"
		" SELECT i, 'Goods ' || i, 'goods ' || i, (SELECT min(id) FROM tax_group), 1000000 "
		"+ i FROM n",
		ITEMS);

	do_sql(db, goods);
	do_sql(db, balances);
}

/* Sales of all goods in turn. Their indexes are made after them: row by row, ten million would take
 * longer than all that is measured. */
static void put_rows(sqlite3 *db, int64_t rows)
{
	g_autoptr(GPtrArray) indexes = drop_indexes(db);
	g_autofree char *sales =
		g_strdup_printf("INSERT INTO stock_ledger (shop_id, id, item_id, at, day, kind, "
				"till_id, seq, line, quantity, value, place, average)"
				" WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n "
				"WHERE i < %" G_GINT64_FORMAT ")"
				" SELECT 1, i, 1 + i * 7919 %% %d, i * %d, 20261123, 'sale', 1, i "
				"/ 8, 1 + i %% 8, -1000000, -250, i, 250000000"
				" FROM n",
				rows, ITEMS, STEP);

	if (rows > 0)
		do_sql(db, sales);
	for (guint i = 0; i < indexes->len; i++)
		do_sql(db, indexes->pdata[i]);
	do_sql(db,
	       "INSERT INTO stock_ledger_last SELECT 1, coalesce(max(id), 0) FROM stock_ledger");
}

static void fill(const char *path, int64_t rows)
{
	sqlite3 *db;

	if (sqlite3_open(path, &db) != SQLITE_OK)
		g_error("%s", sqlite3_errmsg(db));
	do_sql(db, "PRAGMA synchronous = OFF");
	do_sql(db, "PRAGMA cache_size = -262144");
	do_sql(db, "BEGIN");
	put_goods(db, rows);
	put_rows(db, rows);
	do_sql(db, "COMMIT");
	do_sql(db, "PRAGMA wal_checkpoint(TRUNCATE)");
	sqlite3_close(db);
}

static Book open_book(const char *folder, const char *name, int64_t rows)
{
	g_autofree char *path = g_build_filename(folder, name, NULL), *pin = NULL;
	g_autofree char *dsn = g_strconcat("sqlite:", path, NULL);
	g_autoptr(GError) error = NULL;
	Book book = { .rand = g_rand_new_with_seed(7), .at = rows * STEP };

	book.store = store_open(dsn, STORE_CREATE | STORE_DURABLE, &error);
	must(book.store != NULL, error);
	must(store_migrate(book.store, "office", &error), error);
	must(shop_init(book.store, "ru", "Bench", &pin, &error), error);
	fill(path, rows);
	return book;
}

static void close_book(Book *self)
{
	store_close(self->store);
	g_rand_free(self->rand);
}

/* --- measuring ----------------------------------------------------------------------------- */

/* As shops sell: one line of five is of the first hundredth of the goods, half are of the first
 * eighth. */
static int64_t some_item(GRand *rand)
{
	double draw = g_rand_double(rand);

	return 1 + (int64_t)(draw * draw * draw * ITEMS);
}

static void post_lines(Book *self, Ledger *ledger, int64_t late)
{
	g_autoptr(GError) error = NULL;

	for (int i = 0; i < LINES; i++) {
		const LedgerMove move = { .item_id = some_item(self->rand),
					  .at = (self->at += STEP) - late,
					  .day = 20261123,
					  .kind = "sale",
					  .till_id = 1,
					  .seq = self->at / STEP / 8,
					  .line = i % 8 + 1,
					  .quantity = -QUANTITY_ONE };

		must(ledger_post(ledger, &move, &error), error);
	}
}

/* Microseconds a line, with its share of the commit. */
static double turn(Book *self, int64_t late)
{
	const int64_t start = g_get_monotonic_time();
	g_autoptr(GError) error = NULL;
	g_autoptr(Ledger) ledger = NULL;

	must(store_begin(self->store, &error), error);
	ledger = ledger_new(self->store, 1, &error);
	must(ledger != NULL, error);
	post_lines(self, ledger, late);
	must(ledger_finish(ledger, &error), error);
	must(store_commit(self->store, &error), error);
	return (double)(g_get_monotonic_time() - start) / LINES;
}

int main(int argc, char **argv)
{
	Book full, empty;

	if (argc != 4)
		return 2;
	full = open_book(argv[1], "full.db", g_ascii_strtoll(argv[2], NULL, 10));
	empty = open_book(argv[1], "empty.db", 0);
	for (int i = 0; i < atoi(argv[3]); i++) {
		double in_order = turn(&full, 0), without = turn(&empty, 0);

		printf("%.2f %.2f %.2f\n", in_order, without, turn(&full, LATE));
	}
	close_book(&full);
	close_book(&empty);
	return 0;
}
