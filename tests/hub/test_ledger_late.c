/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/catalog.h"
#include "tests/hub/stock_book.h"

/* --- by hand ------------------------------------------------------------------------------- */

/* 10 at 100 and 10 at 150, of which the second is entered after the sales of that day. */
static void test_delivery_entered_too_late(void)
{
	g_auto(StockBook) stock;

	stock_book_init(&stock);
	stock_book_tell(&stock, (Told[]){ CAME(10, 10, 1000, 1), SOLD(30, 4) }, 2);
	stock_book_expect(&stock, FOR_EVER, 6, 600, 0);
	stock_book_tell(&stock, (Told[]){ CAME(20, 10, 1500, 2) }, 1);
	stock_book_expect(&stock, 20, 20, 2500, 0);
	stock_book_expect(&stock, 30, 16, 2000, 0); /* the four cost 125 each */
}

/* Three are sold at the 200 that were known, then five come for 250 each: the two that are left
 * are worth 500, and the sales cost 150 more than was thought. */
static void test_sold_before_it_came(void)
{
	g_auto(StockBook) stock;

	stock_book_init(&stock);
	stock_book_tell(&stock, (Told[]){ CAME(10, 1, 200, 1), SOLD(20, 4) }, 2);
	stock_book_expect(&stock, FOR_EVER, -3, -600, 0);
	stock_book_tell(&stock, (Told[]){ CAME(30, 5, 1250, 2) }, 1);
	stock_book_expect(&stock, FOR_EVER, 2, 500, -150);
	stock_book_expect(&stock, 29, -3, -600, 0);
}

/* The delivery was there all the time: nothing was ever below zero. */
static void test_delivery_before_the_sales_after_all(void)
{
	g_auto(StockBook) stock;

	stock_book_init(&stock);
	stock_book_tell(&stock, (Told[]){ CAME(10, 1, 200, 1), SOLD(20, 4), CAME(30, 5, 1250, 2) },
			3);
	stock_book_tell(&stock, (Told[]){ CAME(15, 9, 2700, 3) }, 1); /* ten for 2900 */
	stock_book_expect(&stock, 20, 6, 1740, 0);
	stock_book_expect(&stock, FOR_EVER, 11, 2990, 0);
}

/* Seven are counted where ten should be. A till then sends that two of them were sold before. */
static void test_sale_that_a_count_had_found(void)
{
	g_auto(StockBook) stock;

	stock_book_init(&stock);
	stock_book_tell(
		&stock,
		(Told[]){ CAME(10, 10, 1000, 1), { 30, LEDGER_COUNTED, 7, 0, 2 }, SOLD(40, 1) }, 3);
	stock_book_expect(&stock, 30, 7, 700, 0);
	stock_book_tell(&stock, (Told[]){ SOLD(20, 2) }, 1);
	stock_book_expect(&stock, 20, 8, 800, 0);
	stock_book_expect(&stock, 30, 7, 700, 0);
	stock_book_expect(&stock, FOR_EVER, 6, 600, 0);
}

static void test_count_of_what_is_below_zero(void)
{
	g_auto(StockBook) stock;

	stock_book_init(&stock);
	stock_book_tell(
		&stock,
		(Told[]){ CAME(10, 1, 300, 1), SOLD(20, 3), { 30, LEDGER_COUNTED, 4, 0, 2 } }, 3);
	stock_book_expect(&stock, 20, -2, -600, 0);
	stock_book_expect(&stock, FOR_EVER, 4, 1200, 0);
	stock_book_tell(&stock, (Told[]){ { 40, LEDGER_COUNTED, 0, 0, 3 } }, 1);
	stock_book_expect(&stock, FOR_EVER, 0, 0, 0);
}

/* One is worth 90 from 20 on; what is sold late before it leaves at 100, after it at 90. */
static void test_revaluation_between_late_sales(void)
{
	g_auto(StockBook) stock;

	stock_book_init(&stock);
	stock_book_tell(&stock,
			(Told[]){ CAME(10, 10, 1000, 1), { 20, LEDGER_REVALUED, 0, 90, 2 } }, 2);
	stock_book_expect(&stock, FOR_EVER, 10, 900, 0);
	stock_book_tell(&stock, (Told[]){ SOLD(15, 2), SOLD(25, 3) }, 2);
	stock_book_expect(&stock, 15, 8, 800, 0);
	stock_book_expect(&stock, 20, 8, 720, 0);
	stock_book_expect(&stock, FOR_EVER, 5, 450, 0);
}

/* A transfer carried four at 100. That they cost 125 is found out later: the paper stands. */
static void test_transfer_stands_as_it_was_written(void)
{
	g_auto(StockBook) stock;

	stock_book_init(&stock);
	stock_book_tell(&stock,
			(Told[]){ CAME(10, 10, 1000, 1), { 30, LEDGER_FIXED, -4, -400, 2 } }, 2);
	stock_book_tell(&stock, (Told[]){ CAME(20, 10, 1500, 3) }, 1);
	stock_book_expect(&stock, FOR_EVER, 16, 2100, 0);
	stock_book_tell(&stock, (Told[]){ { 40, LEDGER_FIXED, -16, -1600, 4 } }, 1);
	stock_book_expect(&stock, FOR_EVER, 0, 0, -500); /* nothing is worth nothing */
}

static void test_reversed_in_the_middle(void)
{
	g_auto(StockBook) stock;

	stock_book_init(&stock);
	stock_book_tell(&stock,
			(Told[]){ CAME(10, 10, 1000, 1), CAME(20, 10, 1500, 2), SOLD(30, 4) }, 3);
	stock_book_expect(&stock, FOR_EVER, 16, 2000, 0);
	stock_book_reverse(&stock, 2);
	stock_book_expect(&stock, 20, 10, 1000, 0);
	stock_book_expect(&stock, FOR_EVER, 6, 600, 0);
	stock_book_reverse(&stock, 2); /* there is nothing left to take back */
	stock_book_expect(&stock, FOR_EVER, 6, 600, 0);
	stock_book_reverse(&stock, 1);
	stock_book_expect(&stock, FOR_EVER, -4, 0, 0); /* and nobody knows what they cost */
	stock_book_tell(&stock, (Told[]){ CAME(40, 5, 500, 3) }, 1);
	stock_book_expect(&stock, FOR_EVER, 1, 100, -400);
}

/* At one moment what was told first comes first. */
static void test_rows_of_one_moment(void)
{
	g_auto(StockBook) stock;

	stock_book_init(&stock);
	stock_book_tell(&stock,
			(Told[]){ CAME(10, 10, 1000, 1), SOLD(20, 10), CAME(20, 4, 600, 2) }, 3);
	stock_book_expect(&stock, FOR_EVER, 4, 600, 0);
	stock_book_tell(&stock, (Told[]){ SOLD(20, 1), CAME(10, 10, 2000, 3) }, 2);
	/* 20 for 3000; ten leave with 1500; four for 600 make 14 for 2100; one leaves. */
	stock_book_expect(&stock, FOR_EVER, 13, 1950, 0);
	stock_book_reverse(&stock, 2);
	stock_book_expect(&stock, FOR_EVER, 9, 1350, 0);
}

/* The sales that stand after the latest of all are not looked at. */
static void test_what_meets_again_is_left_alone(void)
{
	g_auto(StockBook) stock;
	int64_t last;

	stock_book_init(&stock);
	stock_book_tell(&stock, (Told[]){ CAME(10, 5, 500, 1), SOLD(20, 5), CAME(30, 9, 900, 2) },
			3);
	for (int at = 40; at < 48; at++)
		stock_book_tell(&stock, (Told[]){ SOLD(at, 1) }, 1);
	stock_book_tell(&stock, (Told[]){ SOLD(12, 2), { 14, LEDGER_COUNTED, 5, 0, 3 } }, 2);
	stock_book_expect(&stock, FOR_EVER, 1, 100, 0);
	g_assert_true(fake_office_ask(&stock.office, "office/ledger/last_id", (int64_t[]){ 1 }, 1,
				      &last, 1));
	/* The late sale shifted the eleven after it by two, which changed no row's effect. */
	g_assert_cmpint(last, ==, 13);
}

/* The morning of docs/stock.md. */
static void test_the_manuals_example(void)
{
	g_auto(StockBook) stock;

	stock_book_init(&stock);
	stock_book_tell(&stock,
			(Told[]){ CAME(900, 10, 100000, 1), SOLD(1000, 4), SOLD(1100, 8),
				  CAME(1200, 10, 120000, 2) },
			4);
	stock_book_expect(&stock, 1000, 6, 60000, 0);
	stock_book_expect(&stock, 1100, -2, -20000, 0);
	stock_book_expect(&stock, 1200, 8, 96000, -4000);
	stock_book_tell(&stock, (Told[]){ CAME(800, 10, 80000, 3) }, 1);
	stock_book_expect(&stock, 800, 10, 80000, 0);
	stock_book_expect(&stock, 900, 20, 180000, 0);
	stock_book_expect(&stock, 1000, 16, 144000, 0);
	stock_book_expect(&stock, 1100, 8, 72000, 0);
	stock_book_expect(&stock, 1200, 18, 192000, 0);
}

/* --- within a transaction ------------------------------------------------------------------ */

/* Whoever asks hears of what was posted a moment ago, be it late or not. */
static void test_asked_in_the_middle(void)
{
	g_auto(StockBook) stock;
	g_autoptr(GError) error = NULL;
	g_autoptr(Ledger) ledger = NULL;
	Told told[] = { CAME(10, 10, 1500, 2), SOLD(40, 5) };
	int64_t quantity, value;

	stock_book_init(&stock);
	stock_book_tell(&stock, (Told[]){ CAME(20, 10, 1000, 1), SOLD(30, 4) }, 2);
	g_assert_true(store_begin(stock.office.store, &error));
	ledger = ledger_new(stock.office.store, 1, &error);
	for (size_t i = 0; i < G_N_ELEMENTS(told); i++) {
		LedgerMove move = told_move(&told[i]);

		g_assert_true(ledger_post(ledger, &move, &error));
		stock_book_note(&stock, &move, 1);
	}
	ledger_get_balance(ledger, 4, &quantity, &value, &error);
	g_assert_no_error(error);
	g_assert_cmpint(quantity, ==, 11 * QUANTITY_ONE);
	g_assert_cmpint(value, ==, 1375); /* 20 for 2500, nine left */
	ledger_value_of(ledger, 4, 2 * QUANTITY_ONE, &value, &error);
	g_assert_cmpint(value, ==, 250);
	ledger_value_of(ledger, 4, -11 * QUANTITY_ONE, &value, &error);
	g_assert_cmpint(value, ==, -1375);
	ledger_value_of(ledger, 4, 13 * QUANTITY_ONE, &value, &error);
	g_assert_cmpint(value, ==, 1625);
	ledger_value_of(ledger, 1, 2 * QUANTITY_ONE, &value, &error);
	g_assert_cmpint(value, ==, 500); /* the goods list knows it */
	g_assert_true(ledger_finish(ledger, &error));
	g_assert_true(store_commit(stock.office.store, &error));
	stock_book_check_all(&stock);
}

static void test_posted_and_taken_back_at_once(void)
{
	g_auto(StockBook) stock;
	g_autoptr(GError) error = NULL;
	g_autoptr(Ledger) ledger = NULL;
	Told told[] = { CAME(15, 10, 1500, 2), CAME(40, 10, 2500, 2) };

	stock_book_init(&stock);
	stock_book_tell(&stock, (Told[]){ CAME(10, 10, 1000, 1), SOLD(30, 4) }, 2);
	g_assert_true(store_begin(stock.office.store, &error));
	ledger = ledger_new(stock.office.store, 1, &error);
	for (size_t i = 0; i < G_N_ELEMENTS(told); i++) {
		LedgerMove move = told_move(&told[i]);

		g_assert_true(ledger_post(ledger, &move, &error));
	}
	ledger_reverse(ledger, 2, &error);
	g_assert_no_error(error);
	g_assert_true(ledger_finish(ledger, &error));
	g_assert_true(store_commit(stock.office.store, &error));
	stock_book_expect(&stock, FOR_EVER, 6, 600, 0);
}

/* Late or not, careful or not: it is said, and nothing of it stays. */
static void test_too_much_is_refused(void)
{
	const int64_t huge = INT64_MAX / QUANTITY_ONE - 1;
	g_auto(StockBook) stock;
	LedgerMove moves[] = { told_move(&(Told)SOLD(40, 1)),
			       told_move(&(Told)CAME(5, huge, 100, 2)) };

	stock_book_init(&stock);
	stock_book_tell(&stock, (Told[]){ CAME(10, huge / 2, 1000, 1), SOLD(30, 4) }, 2);
	for (int i = 0; i < 4; i++) {
		g_autoptr(GError) error = NULL;

		moves[1].at = i < 2 ? 5 : 50;
		g_assert_false(stock_book_try_post(&stock, moves, 2, &error));
		g_assert_error(error, LEDGER_ERROR, LEDGER_ERROR_TOO_LARGE);
	}
	stock_book_check_all(&stock);
}

/* --- an office of an earlier version -------------------------------------------------------- */

/* Rows were posted one after another as tills sent them, and that is how they are worth. */
static void make_old_office(FakeOffice *office)
{
	g_autofree char *path = g_build_filename(office->folder, "office.db", NULL);
	const Migration *migrations;
	sqlite3 *db = NULL;
	int n;

	migrations = catalog_migrations("office", &n);
	g_assert_cmpint(sqlite3_open(path, &db), ==, SQLITE_OK);
	for (int i = 0; i < 4; i++)
		g_assert_cmpint(sqlite3_exec(db, migrations[i].sql, NULL, NULL, NULL), ==,
				SQLITE_OK);
	sqlite3_exec(db, catalog_statement("store/version/make_table"), NULL, NULL, NULL);
	g_assert_cmpint(
		sqlite3_exec(db,
			     "INSERT INTO schema_version VALUES ('office', 4);"
			     "INSERT INTO tax_group VALUES (1, 'NONE', 'none', 1, 1);"
			     "INSERT INTO item (id, name, folded, cost, tax_group, revision)"
			     " VALUES (4, 'Tea', 'tea', 250, 1, 2);"
			     "INSERT INTO stock_ledger VALUES"
			     " (1, 1, 4, 30, 20261123, 'sale', 1, 1, 1, NULL, -2000000, -500),"
			     " (1, 2, 4, 20, 20261123, 'return', 2, 1, 1, NULL, 3000000, 740),"
			     " (1, 3, 4, 40, 20261123, 'sale', 2, 2, 1, NULL, -1000000, -240);"
			     "INSERT INTO stock_balance VALUES (1, 4, 0, 0, 250000000);"
			     "INSERT INTO stock_ledger_last VALUES (1, 3)",
			     NULL, NULL, NULL),
		==, SQLITE_OK);
	sqlite3_close(db);
}

static void open_old_office(StockBook *self)
{
	g_autoptr(GError) error = NULL;

	*self = (StockBook){ .facts = g_array_new(false, false, sizeof(OracleFact)) };
	self->first_average[4] = 250000000;
	self->office.folder = g_dir_make_tmp("baraa-test-XXXXXX", &error);
	g_assert_no_error(error);
	self->office.dsn = g_strdup_printf("sqlite:%s/office.db", self->office.folder);
	make_old_office(&self->office);
	self->office.store = store_open(self->office.dsn, 0, &error);
	g_assert_no_error(error);
	store_migrate(self->office.store, "office", &error);
	g_assert_no_error(error);
	stock_book_note(self,
			(LedgerMove[]){ told_move(&(Told)SOLD(30, 2)),
					told_move(&(Told)SOLD(20, -3)),
					told_move(&(Told)SOLD(40, 1)) },
			3);
}

static void test_an_office_of_an_earlier_version(void)
{
	g_auto(StockBook) stock;
	int64_t quantity, value;

	open_old_office(&stock);
	stock_book_check_whole(&stock);
	/* As of a moment it is the sum of what was written. */
	g_assert_true(ledger_balance_at(stock.office.store, 1, 4, 20, &quantity, &value, NULL));
	g_assert_cmpint(quantity, ==, 3 * QUANTITY_ONE);
	g_assert_cmpint(value, ==, 740);
	/* The first row to come puts the others right. */
	stock_book_tell(&stock, (Told[]){ SOLD(50, 1) }, 1);
	stock_book_expect(&stock, 20, 3, 750, 0);
	stock_book_expect(&stock, 30, 1, 250, 0);
	stock_book_expect(&stock, FOR_EVER, -1, -250, 0);
	stock_book_tell(&stock, (Told[]){ CAME(25, 2, 400, 1) }, 1);
	stock_book_expect(&stock, FOR_EVER, 1, 230, 0);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
#define ADD(name) g_test_add_func("/ledger_late/" #name, test_##name)
	ADD(delivery_entered_too_late);
	ADD(sold_before_it_came);
	ADD(delivery_before_the_sales_after_all);
	ADD(sale_that_a_count_had_found);
	ADD(count_of_what_is_below_zero);
	ADD(revaluation_between_late_sales);
	ADD(transfer_stands_as_it_was_written);
	ADD(reversed_in_the_middle);
	ADD(rows_of_one_moment);
	ADD(what_meets_again_is_left_alone);
	ADD(the_manuals_example);
	ADD(asked_in_the_middle);
	ADD(posted_and_taken_back_at_once);
	ADD(too_much_is_refused);
	ADD(an_office_of_an_earlier_version);
#undef ADD
	return g_test_run();
}
