/* SPDX-License-Identifier: GPL-3.0-or-later */
/* usage: rollup FOLDER LINES: makes an office that sold LINES lines in 2025, eight a receipt, of
 * 10 000 goods in 120 groups at four tills, and 80 000 more on the first day of 2026. One that is
 * there already is only asked. Prints a line each: what was measured, milliseconds, and those of
 * them that this process computed. */
#include "backoffice/people/shop.h"
#include "backoffice/rollup/columns.h"
#include "backoffice/rollup/rebuild.h"
#include "backoffice/sales/ingest.h"
#include "core/journal.h"
#include "core/receipt.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#define ITEMS 10000
#define GROUPS 120
#define BIG_DAY 20260101
#define BIG_DAY_LINES 80000
#define INGESTED 4000 /* receipts … */
#define BATCH 1000 /* … and how many of them come at once */

typedef struct {
	Store *store; /* owned */
	sqlite3 *db; /* owned; beside it */
	char *dsn; /* owned */
	gint64 wall, cpu; /* since when it is measured, microseconds */
} Bench;

static void must(bool ok, const GError *error)
{
	if (!ok)
		g_error("%s", error->message);
}

static void do_sql(Bench *self, const char *sql)
{
	char *message = NULL;

	if (sqlite3_exec(self->db, sql, NULL, NULL, &message) != SQLITE_OK)
		g_error("%s: %s", sql, message);
}

static gint64 cpu_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

static void start(Bench *self)
{
	self->wall = g_get_monotonic_time();
	self->cpu = cpu_now();
}

static void stop(Bench *self, const char *name)
{
	printf("%s %.2f %.2f\n", name, (double)(g_get_monotonic_time() - self->wall) / 1000,
	       (double)(cpu_now() - self->cpu) / 1000);
	fflush(stdout);
}

/* --- a year that was ----------------------------------------------------------------------- */

/* Indexes that are not keys are made after the rows. */
static GPtrArray *drop_indexes(Bench *self)
{
	GPtrArray *made = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GPtrArray) drops = g_ptr_array_new_with_free_func(g_free);
	sqlite3_stmt *row = NULL;

	sqlite3_prepare_v2(
		self->db,
		"SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
		" AND tbl_name IN ('stock_ledger', 'receipt')",
		-1, &row, NULL);
	while (sqlite3_step(row) == SQLITE_ROW) {
		g_ptr_array_add(drops,
				g_strdup_printf("DROP INDEX %s", sqlite3_column_text(row, 0)));
		g_ptr_array_add(made, g_strdup((const char *)sqlite3_column_text(row, 1)));
	}
	sqlite3_finalize(row);
	for (guint i = 0; i < drops->len; i++)
		do_sql(self, drops->pdata[i]);
	return made;
}

static void put_goods(Bench *self)
{
	g_autofree char *goods = g_strdup_printf(
		"INSERT INTO item_group WITH RECURSIVE n (i) AS (SELECT 2 UNION ALL SELECT i + 1"
		" FROM n WHERE i < %d) SELECT i, 'Group ' || i FROM n;"
		"UPDATE counter SET value = %d WHERE name = 'item-group';"
		"INSERT INTO item (id, name, folded, category, tax_group, revision)"
		" WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)"
		" SELECT i, 'Goods ' || i, 'goods ' || i, 'Group ' || (2 + i %% %d),"
		" (SELECT min(id) FROM tax_group), 1000000 + i FROM n;"
		"INSERT INTO stock_balance (shop_id, item_id, quantity, value, average, last_at,"
		" first_average) SELECT 1, id, 1000000000000, 250000000, 250000000, 0, 250000000"
		" FROM item",
		GROUPS + 1, GROUPS + 1, ITEMS, GROUPS);

	do_sql(self, goods);
}

static void put_receipts(Bench *self, int64_t lines)
{
	g_autofree char *sql = g_strdup_printf(
		"CREATE TEMP TABLE calendar AS WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT "
		"i + 1"
		" FROM n WHERE i < 364) SELECT i, CAST (strftime('%%Y%%m%%d', '2025-01-01', '+' || "
		"i ||"
		" ' days') AS INTEGER) AS day FROM n;"
		"CREATE TEMP TABLE sold AS WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1"
		" FROM n WHERE i < %" G_GINT64_FORMAT ")"
		" SELECT n.i, c.day, n.i / 4 + 1 AS seq, 1 + n.i %% 4 AS till,"
		" 8 + (n.i %% %" G_GINT64_FORMAT ") * 14 / %" G_GINT64_FORMAT " AS hour"
		" FROM n JOIN calendar c ON c.i = min(364, n.i / %" G_GINT64_FORMAT ");",
		lines / 8 - 1, MAX(1, lines / 8 / 365), MAX(1, lines / 8 / 365),
		MAX(1, lines / 8 / 365));
	g_autofree char *big_day = g_strdup_printf(
		"INSERT INTO sold WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n"
		" WHERE i < %d) SELECT %" G_GINT64_FORMAT " + i, %d, (%" G_GINT64_FORMAT
		" + i) / 4 + 1, 1 + (%" G_GINT64_FORMAT " + i) %% 4, 8 + i * 14 / %d FROM n",
		BIG_DAY_LINES / 8 - 1, lines / 8, BIG_DAY, lines / 8, lines / 8, BIG_DAY_LINES / 8);

	do_sql(self, sql);
	do_sql(self, big_day);
}

/* What a line is follows from its number n: gross, discount and cost come to no receipt's round
 * sums, as in shops. */
static void put_lines(Bench *self)
{
	do_sql(self,
	       "CREATE TEMP TABLE eight AS WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1"
	       " FROM n WHERE i < 8) SELECT i AS line FROM n");
	do_sql(self,
	       "INSERT INTO receipt_line (shop_id, till_id, seq, line, item_id, code, name, unit,"
	       " tax_code, quantity, price, gross, discount, tax, added, net, group_id)"
	       " SELECT 1, till, seq, line, item, '4600000000001', 'Goods ' || item, 'pcs', 'VAT',"
	       " pieces * 1000000, price, price * pieces, price * pieces * off / 100,"
	       " (price * pieces - price * pieces * off / 100) / 11, 0,"
	       " price * pieces - price * pieces * off / 100, 2 + item % 120"
	       " FROM (SELECT till, seq, line, 1 + (i * 8 + line) * 7919 % 10000 AS item,"
	       " 1 + (i + line) % 5 % 3 AS pieces, 990 + (i * 31 + line * 1709) % 60000 AS price,"
	       " CASE WHEN (i + line) % 4 = 0 THEN 10 ELSE 0 END AS off FROM sold, eight"
	       " ORDER BY i, line)");
	do_sql(self,
	       "INSERT INTO receipt (shop_id, till_id, seq, journal_number, number, kind, shift, "
	       "day,"
	       " hour, at, cashier_id, gross, discount, tax, added, net, heard_at)"
	       " SELECT 1, till, s.seq, s.seq, 'T' || till || '-' || s.seq, 'sale', 1, day, hour,"
	       " i * 20000000, 1 + i % 12, sum(gross), sum(discount), sum(tax), 0, sum(net), 1"
	       " FROM sold s JOIN receipt_line l ON l.shop_id = 1 AND l.till_id = s.till AND l.seq "
	       "="
	       " s.seq GROUP BY i ORDER BY i");
	do_sql(self,
	       "INSERT INTO receipt_payment SELECT 1, till_id, seq, 1, CASE WHEN seq % 3 = 0 THEN"
	       " 'cash' ELSE 'card' END, net, '' FROM receipt ORDER BY day, till_id, seq");
	do_sql(self, "INSERT INTO receipt_tax SELECT 1, till_id, seq, 'VAT', 1000, 1, net, tax "
		     "FROM receipt"
		     " ORDER BY day, till_id, seq");
	do_sql(self,
	       "INSERT INTO stock_ledger (shop_id, id, item_id, at, day, kind, till_id, seq, line,"
	       " quantity, value, place, average)"
	       " SELECT 1, (s.i * 8 + l.line), l.item_id, s.i * 20000000, s.day, 'sale', s.till,"
	       " s.seq, l.line, -l.quantity, -l.net * 7 / 10, (s.i * 8 + l.line), 250000000"
	       " FROM sold s JOIN receipt_line l ON l.shop_id = 1 AND l.till_id = s.till AND l.seq "
	       "="
	       " s.seq ORDER BY s.i, l.line;"
	       "INSERT INTO stock_ledger_last SELECT 1, max(id) FROM stock_ledger;"
	       "UPDATE stock_balance SET last_at = (SELECT max(at) FROM stock_ledger)");
}

static void fill(Bench *self, int64_t lines)
{
	g_autoptr(GPtrArray) indexes = NULL;

	do_sql(self, "PRAGMA synchronous = OFF");
	do_sql(self, "PRAGMA cache_size = -524288");
	do_sql(self, "BEGIN");
	indexes = drop_indexes(self);
	put_goods(self);
	put_receipts(self, lines);
	put_lines(self);
	for (guint i = 0; i < indexes->len; i++)
		do_sql(self, indexes->pdata[i]);
	do_sql(self, "COMMIT");
	do_sql(self, "PRAGMA wal_checkpoint(TRUNCATE)");
}

/* --- sums ---------------------------------------------------------------------------------- */

static void rebuild(Bench *self, const char *name)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) days = NULL;
	g_autoptr(Store) store = store_open(self->dsn, STORE_LARGE, &error);

	must(store != NULL, error);
	start(self);
	must(store_begin(store, &error), error);
	days = rollup_rebuild(store, false, &error);
	must(days != NULL, error);
	must(store_commit(store, &error), error);
	stop(self, name);
}

static void ask(Bench *self, const char *name, const char *sql)
{
	sqlite3_stmt *row = NULL;
	int n = 0;

	for (int turn = 0; turn < 3; turn++) { /* the last one is told: a warm database */
		start(self);
		sqlite3_prepare_v2(self->db, sql, -1, &row, NULL);
		for (n = 0; sqlite3_step(row) == SQLITE_ROW;)
			n++;
		sqlite3_finalize(row);
	}
	if (n == 0)
		g_error("nothing: %s", sql);
	stop(self, name);
}

static void ask_sums(Bench *self)
{
	ask(self, "day-from-sums",
	    "SELECT hour, sum(receipts), sum(lines), sum(gross), sum(discount), sum(tax), sum(net),"
	    " sum(cost) FROM sale_hour WHERE shop_id = 1 AND day = 20260101 GROUP BY hour"
	    " UNION ALL SELECT group_id, receipts, quantity, gross, discount, tax, net, cost"
	    " FROM sale_group WHERE shop_id = 1 AND day = 20260101"
	    " UNION ALL SELECT till_id, cashier_id, payments, amount, 0, 0, 0, 0 FROM sale_payment"
	    " WHERE shop_id = 1 AND day = 20260101");
	ask(self, "year-by-day-and-group",
	    "SELECT day, group_id, sum(receipts), sum(quantity), sum(gross), sum(discount),"
	    " sum(tax), sum(net), sum(cost) FROM sale_group WHERE shop_id = 1 AND day BETWEEN"
	    " 20250101 AND 20251231 GROUP BY day, group_id");
	ask(self, "year-by-item",
	    "SELECT item_id, sum(receipts), sum(quantity), sum(gross), sum(discount), sum(net),"
	    " sum(cost) FROM sale_item WHERE shop_id = 1 AND day BETWEEN 20250101 AND 20251231"
	    " GROUP BY item_id");
}

/* --- lines --------------------------------------------------------------------------------- */

static void question(Bench *self, const char *name, const ColumnsQuery *query, ColumnsBy by)
{
	g_autoptr(GError) error = NULL;

	for (int turn = 0; turn < 3; turn++) {
		g_autoptr(GArray) rows = NULL;

		start(self);
		rows = columns_sum(self->store, query, by, &error);
		must(rows != NULL, error);
	}
	stop(self, name);
}

static void ask_lines(Bench *self)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GArray) groups = g_array_new(false, false, sizeof(int64_t));
	const ColumnsQuery day = { 1, BIG_DAY, BIG_DAY, .hours = 0 };
	const ColumnsQuery year = { 1, 20250101, 20251231, .hours = 0 };
	ColumnsQuery query = year;

	start(self);
	must(columns_refresh(self->store, 1, 20250101, 20251231, INT64_MAX, &error), error);
	stop(self, "arrays-of-a-year");
	do_sql(self, "UPDATE sale_day SET heard_at = 4000000000000000 WHERE day = 20260101");
	question(self, "day-from-lines", &day, COLUMNS_BY_ITEM);
	do_sql(self, "UPDATE sale_day SET heard_at = 1 WHERE day = 20260101");
	must(columns_refresh(self->store, 1, BIG_DAY, BIG_DAY, INT64_MAX, &error), error);
	question(self, "day-from-arrays", &day, COLUMNS_BY_ITEM);

	question(self, "year-no-filter-by-item", &query, COLUMNS_BY_ITEM);
	question(self, "year-no-filter-by-day", &query, COLUMNS_BY_DAY);
	question(self, "year-no-filter-by-hour", &query, COLUMNS_BY_HOUR);
	query.item_id = 4711;
	question(self, "year-of-an-item-by-month", &query, COLUMNS_BY_MONTH);
	query = year;
	query.hours = 0xf << 16;
	query.weekdays = 1 << 4;
	query.till_id = 2;
	question(self, "year-friday-evenings-at-a-till-by-group", &query, COLUMNS_BY_GROUP);
	query = year;
	for (int64_t group = 2; group < 32; group++)
		g_array_append_val(groups, group);
	query.groups = groups;
	query.cashier_id = 3;
	question(self, "year-of-a-cashier-thirty-groups-by-item", &query, COLUMNS_BY_ITEM);
}

/* --- taking in ----------------------------------------------------------------------------- */

static const TaxGroup tax = { .id = 1,
			      .code = "VAT",
			      .n_rates = 1,
			      .rates = { { "VAT", 1000, true, 0, FISCAL_TAX_REDUCED } } };

static void seal(JournalEntry *ret, int n, GRand *rand, const char *previous)
{
	g_autoptr(Receipt) receipt = receipt_new(RECEIPT_SALE, 643, TAX_PER_LINE);
	g_autofree char *number = g_strdup_printf("N-%d", n);
	json_auto_t *details = json_pack("{s:s, s:i, s:i, s:n}", "number", number, "seq", n, "day",
					 20260102, "fiscal");
	g_autoptr(GError) error = NULL;
	int line;

	for (int i = 0; i < 8; i++) {
		const ReceiptGoods goods = { .item_id = g_rand_int_range(rand, 1, ITEMS),
					     .code = "4600000000001",
					     .name = "Goods",
					     .unit = UNIT_PIECE,
					     .price = { g_rand_int_range(rand, 100, 99999), 643 },
					     .tax = &tax };

		must(receipt_add(receipt, &goods, (Quantity){ QUANTITY_ONE }, &line, &error),
		     error);
	}
	must(receipt_pay(receipt, TENDER_CASH, receipt_get_totals(receipt)->due, NULL, &error),
	     error);
	journal_entry_seal(ret, n, INT64_C(1800000000000000) + (int64_t)n * G_USEC_PER_SEC,
			   JOURNAL_RECEIPT, 1, 1, details, receipt, previous);
}

/* A fifth till, which was away. */
static void take_in(Bench *self)
{
	g_autoptr(GRand) rand = g_rand_new_with_seed(7);
	g_autofree JournalEntry *sealed = g_new0(JournalEntry, INGESTED);
	g_autofree IngestEntry *entries = g_new0(IngestEntry, INGESTED);
	g_autofree char *code = NULL, *fifth = g_uuid_string_random();
	g_autoptr(GError) error = NULL;
	IngestTill till = { .shop_id = 1, .currency = 643, .timezone = "Europe/Moscow" };
	IngestResult result;

	must(till_add(self->store, "Bench", fifth, &till.till_id, &code, &error), error);
	for (int i = 0; i < INGESTED; i++) {
		seal(&sealed[i], i + 1, rand, i > 0 ? sealed[i - 1].hash : JOURNAL_FIRST_HASH);
		entries[i] = (IngestEntry){ sealed[i].body, sealed[i].hash };
	}
	start(self);
	for (int i = 0; i < INGESTED; i += BATCH)
		must(ingest_batch(self->store, &till, entries + i, BATCH, &result, &error), error);
	stop(self, "ingest-4000-receipts");
	for (int i = 0; i < INGESTED; i++)
		journal_entry_clear(&sealed[i]);
}

/* --- all of it ----------------------------------------------------------------------------- */

static void make_office(Bench *self)
{
	g_autofree char *pin = NULL;
	g_autoptr(GError) error = NULL;

	must(store_migrate(self->store, "office", &error), error);
	must(shop_init(self->store, "ru", "Bench", &pin, &error), error);
	for (int i = 1; i <= 4; i++) {
		g_autofree char *name = g_strdup_printf("Till %d", i), *code = NULL;
		int64_t id;

		must(till_add(self->store, "Bench", name, &id, &code, &error), error);
	}
}

static bool open_bench(Bench *self, const char *folder)
{
	g_autofree char *path = g_build_filename(folder, "rollup.db", NULL);
	const bool is_there = g_file_test(path, G_FILE_TEST_EXISTS);
	g_autoptr(GError) error = NULL;

	*self = (Bench){ .dsn = g_strconcat("sqlite:", path, NULL) };
	self->store = store_open(self->dsn, STORE_CREATE | STORE_DURABLE, &error);
	must(self->store != NULL, error);
	if (!is_there)
		make_office(self);
	if (sqlite3_open(path, &self->db) != SQLITE_OK)
		g_error("%s", sqlite3_errmsg(self->db));
	return is_there;
}

static void make_year(Bench *self, int64_t lines)
{
	start(self);
	fill(self, lines);
	stop(self, "fill");
	rebuild(self, "rebuild-from-nothing");
	rebuild(self, "rebuild-again");
}

int main(int argc, char **argv)
{
	Bench bench;

	if (argc != 3)
		return 2;
	if (!open_bench(&bench, argv[1]))
		make_year(&bench, g_ascii_strtoll(argv[2], NULL, 10));
	ask_sums(&bench);
	ask_lines(&bench);
	take_in(&bench);
	sqlite3_close(bench.db);
	store_close(bench.store);
	g_free(bench.dsn);
	return 0;
}
