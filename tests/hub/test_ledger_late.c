/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/sales/verify.h"
#include "backoffice/stock/ledger.h"
#include "core/quantity.h"
#include "tests/hub/fake_office.h"
#include "tests/hub/stock_oracle.h"
#include "tests/store/fault_io.h"

#include <errno.h>
#include <sqlite3.h>

#define N_ITEMS 4
#define FOR_EVER INT64_MAX

/* What was posted, and the office it was posted to. */
typedef struct {
	FakeOffice office;
	GArray *facts; /* of OracleFact */
	int64_t first_average[N_ITEMS + 1];
	int64_t n_rows, n_documents;
} Stock;

static sqlite3_stmt *ask(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *statement = NULL;

	if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK)
		g_error("%s: %s", sqlite3_errmsg(db), sql);
	return statement;
}

static sqlite3 *open_beside(const Stock *self)
{
	g_autofree char *path = g_build_filename(self->office.folder, "office.db", NULL);
	sqlite3 *db = NULL;

	g_assert_cmpint(sqlite3_open(path, &db), ==, SQLITE_OK);
	return db;
}

static void do_sql(const Stock *self, const char *sql)
{
	sqlite3 *db = open_beside(self);
	char *message = NULL;

	sqlite3_exec(db, sql, NULL, NULL, &message);
	g_assert_cmpstr(message, ==, NULL);
	sqlite3_close(db);
}

/* Items 1 and 2 cost 2.50 and nothing in the list of goods; of 3 and 4 nobody knows. */
static void stock_init(Stock *self)
{
	*self = (Stock){ .facts = g_array_new(false, false, sizeof(OracleFact)) };
	fake_office_init(&self->office);
	fake_office_add_goods(&self->office, N_ITEMS);
	do_sql(self, "UPDATE item SET cost = CASE id WHEN 1 THEN 250 WHEN 2 THEN 0 END");
	self->first_average[1] = 250000000;
}

static void stock_clear(Stock *self)
{
	fake_office_clear(&self->office);
	g_clear_pointer(&self->facts, g_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Stock, stock_clear)

/* --- posting ------------------------------------------------------------------------------- */

static bool try_post(Stock *self, const LedgerMove *moves, size_t n, GError **error)
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

static void note(Stock *self, const LedgerMove *moves, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		OracleFact fact = { .move = moves[i], .place = ++self->n_rows };

		g_array_append_val(self->facts, fact);
	}
}

static void post(Stock *self, const LedgerMove *moves, size_t n)
{
	g_autoptr(GError) error = NULL;

	try_post(self, moves, n, &error);
	g_assert_no_error(error);
	note(self, moves, n);
}

static void reverse(Stock *self, int64_t document_id)
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

static OracleSums recorded_sums(sqlite3 *db, int64_t item_id, int64_t until)
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

static void check_at(Stock *self, sqlite3 *db, int64_t item_id, int64_t until)
{
	OracleSums told = oracle_sums(self->facts, item_id, self->first_average[item_id], until);
	OracleSums sums = recorded_sums(db, item_id, until);
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

static void check_average(Stock *self, sqlite3 *db, int64_t item_id)
{
	OracleSums told = oracle_sums(self->facts, item_id, self->first_average[item_id], FOR_EVER);
	sqlite3_stmt *row = ask(db, "SELECT average FROM stock_balance WHERE item_id = ?");

	sqlite3_bind_int64(row, 1, item_id);
	if (sqlite3_step(row) == SQLITE_ROW)
		g_assert_cmpint(sqlite3_column_int64(row, 0), ==, told.average);
	sqlite3_finalize(row);
}

static void check_whole(Stock *self)
{
	g_auto(Verdict) verdict = { 0 };
	g_autoptr(GError) error = NULL;

	fake_office_verify(&self->office);
	verify_office(self->office.store, &verdict, &error);
	g_assert_no_error(error);
	g_assert_cmpstr(verdict.broken, ==, NULL);
}

/* --- by hand ------------------------------------------------------------------------------- */

typedef struct {
	int64_t at;
	LedgerHow how;
	int64_t quantity; /* whole units */
	int64_t value;
	int64_t document_id;
} Told;

static LedgerMove make_move(const Told *told)
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

static void tell(Stock *self, const Told *told, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		LedgerMove move = make_move(&told[i]);

		post(self, &move, 1);
	}
}

/* The oracle has to agree with the person who worked it out, too. */
static void expect(Stock *self, int64_t until, int64_t quantity, int64_t value, int64_t difference)
{
	sqlite3 *db = open_beside(self);
	OracleSums sums = recorded_sums(db, 4, until);

	g_assert_cmpint(sums.quantity, ==, quantity * QUANTITY_ONE);
	g_assert_cmpint(sums.value, ==, value);
	g_assert_cmpint(sums.difference, ==, difference);
	check_at(self, db, 4, until);
	check_average(self, db, 4);
	sqlite3_close(db);
	check_whole(self);
}

#define SOLD(at, n)                                                                                \
	{                                                                                          \
		at, LEDGER_AT_AVERAGE, -(n), 0, 0                                                  \
	}
#define CAME(at, n, value, document)                                                               \
	{                                                                                          \
		at, LEDGER_VALUED, n, value, document                                              \
	}

/* 10 at 100 and 10 at 150, of which the second is entered after the sales of that day. */
static void test_delivery_entered_too_late(void)
{
	g_auto(Stock) stock;

	stock_init(&stock);
	tell(&stock, (Told[]){ CAME(10, 10, 1000, 1), SOLD(30, 4) }, 2);
	expect(&stock, FOR_EVER, 6, 600, 0);
	tell(&stock, (Told[]){ CAME(20, 10, 1500, 2) }, 1);
	expect(&stock, 20, 20, 2500, 0);
	expect(&stock, 30, 16, 2000, 0); /* the four cost 125 each */
}

/* Three are sold at the 200 that were known, then five come for 250 each: the two that are left
 * are worth 500, and the sales cost 150 more than was thought. */
static void test_sold_before_it_came(void)
{
	g_auto(Stock) stock;

	stock_init(&stock);
	tell(&stock, (Told[]){ CAME(10, 1, 200, 1), SOLD(20, 4) }, 2);
	expect(&stock, FOR_EVER, -3, -600, 0);
	tell(&stock, (Told[]){ CAME(30, 5, 1250, 2) }, 1);
	expect(&stock, FOR_EVER, 2, 500, -150);
	expect(&stock, 29, -3, -600, 0);
}

/* The delivery was there all the time: nothing was ever below zero. */
static void test_delivery_before_the_sales_after_all(void)
{
	g_auto(Stock) stock;

	stock_init(&stock);
	tell(&stock, (Told[]){ CAME(10, 1, 200, 1), SOLD(20, 4), CAME(30, 5, 1250, 2) }, 3);
	tell(&stock, (Told[]){ CAME(15, 9, 2700, 3) }, 1); /* ten for 2900 */
	expect(&stock, 20, 6, 1740, 0);
	expect(&stock, FOR_EVER, 11, 2990, 0);
}

/* Seven are counted where ten should be. A till then sends that two of them were sold before. */
static void test_sale_that_a_count_had_found(void)
{
	g_auto(Stock) stock;

	stock_init(&stock);
	tell(&stock,
	     (Told[]){ CAME(10, 10, 1000, 1), { 30, LEDGER_COUNTED, 7, 0, 2 }, SOLD(40, 1) }, 3);
	expect(&stock, 30, 7, 700, 0);
	tell(&stock, (Told[]){ SOLD(20, 2) }, 1);
	expect(&stock, 20, 8, 800, 0);
	expect(&stock, 30, 7, 700, 0);
	expect(&stock, FOR_EVER, 6, 600, 0);
}

static void test_count_of_what_is_below_zero(void)
{
	g_auto(Stock) stock;

	stock_init(&stock);
	tell(&stock, (Told[]){ CAME(10, 1, 300, 1), SOLD(20, 3), { 30, LEDGER_COUNTED, 4, 0, 2 } },
	     3);
	expect(&stock, 20, -2, -600, 0);
	expect(&stock, FOR_EVER, 4, 1200, 0);
	tell(&stock, (Told[]){ { 40, LEDGER_COUNTED, 0, 0, 3 } }, 1);
	expect(&stock, FOR_EVER, 0, 0, 0);
}

/* One is worth 90 from 20 on; what is sold late before it leaves at 100, after it at 90. */
static void test_revaluation_between_late_sales(void)
{
	g_auto(Stock) stock;

	stock_init(&stock);
	tell(&stock, (Told[]){ CAME(10, 10, 1000, 1), { 20, LEDGER_REVALUED, 0, 90, 2 } }, 2);
	expect(&stock, FOR_EVER, 10, 900, 0);
	tell(&stock, (Told[]){ SOLD(15, 2), SOLD(25, 3) }, 2);
	expect(&stock, 15, 8, 800, 0);
	expect(&stock, 20, 8, 720, 0);
	expect(&stock, FOR_EVER, 5, 450, 0);
}

/* A transfer carried four at 100. That they cost 125 is found out later: the paper stands. */
static void test_transfer_stands_as_it_was_written(void)
{
	g_auto(Stock) stock;

	stock_init(&stock);
	tell(&stock, (Told[]){ CAME(10, 10, 1000, 1), { 30, LEDGER_FIXED, -4, -400, 2 } }, 2);
	tell(&stock, (Told[]){ CAME(20, 10, 1500, 3) }, 1);
	expect(&stock, FOR_EVER, 16, 2100, 0);
	tell(&stock, (Told[]){ { 40, LEDGER_FIXED, -16, -1600, 4 } }, 1);
	expect(&stock, FOR_EVER, 0, 0, -500); /* nothing is worth nothing */
}

static void test_reversed_in_the_middle(void)
{
	g_auto(Stock) stock;

	stock_init(&stock);
	tell(&stock, (Told[]){ CAME(10, 10, 1000, 1), CAME(20, 10, 1500, 2), SOLD(30, 4) }, 3);
	expect(&stock, FOR_EVER, 16, 2000, 0);
	reverse(&stock, 2);
	expect(&stock, 20, 10, 1000, 0);
	expect(&stock, FOR_EVER, 6, 600, 0);
	reverse(&stock, 2); /* there is nothing left to take back */
	expect(&stock, FOR_EVER, 6, 600, 0);
	reverse(&stock, 1);
	expect(&stock, FOR_EVER, -4, 0, 0); /* and nobody knows what they cost */
	tell(&stock, (Told[]){ CAME(40, 5, 500, 3) }, 1);
	expect(&stock, FOR_EVER, 1, 100, -400);
}

/* At one moment what was told first comes first. */
static void test_rows_of_one_moment(void)
{
	g_auto(Stock) stock;

	stock_init(&stock);
	tell(&stock, (Told[]){ CAME(10, 10, 1000, 1), SOLD(20, 10), CAME(20, 4, 600, 2) }, 3);
	expect(&stock, FOR_EVER, 4, 600, 0);
	tell(&stock, (Told[]){ SOLD(20, 1), CAME(10, 10, 2000, 3) }, 2);
	/* 20 for 3000; ten leave with 1500; four for 600 make 14 for 2100; one leaves. */
	expect(&stock, FOR_EVER, 13, 1950, 0);
	reverse(&stock, 2);
	expect(&stock, FOR_EVER, 9, 1350, 0);
}

/* The sales that stand after the latest of all are not looked at. */
static void test_what_meets_again_is_left_alone(void)
{
	g_auto(Stock) stock;
	int64_t last;

	stock_init(&stock);
	tell(&stock, (Told[]){ CAME(10, 5, 500, 1), SOLD(20, 5), CAME(30, 9, 900, 2) }, 3);
	for (int at = 40; at < 48; at++)
		tell(&stock, (Told[]){ SOLD(at, 1) }, 1);
	tell(&stock, (Told[]){ SOLD(12, 2), { 14, LEDGER_COUNTED, 5, 0, 3 } }, 2);
	expect(&stock, FOR_EVER, 1, 100, 0);
	g_assert_true(fake_office_ask(&stock.office, "office/ledger/last_id", (int64_t[]){ 1 }, 1,
				      &last, 1));
	/* The late sale shifted the eleven after it by two, which changed no row's effect. */
	g_assert_cmpint(last, ==, 13);
}

static void check_all(Stock *self)
{
	sqlite3 *db = open_beside(self);

	for (int64_t item = 1; item <= N_ITEMS; item++) {
		check_at(self, db, item, 20);
		check_at(self, db, item, FOR_EVER);
		check_average(self, db, item);
	}
	sqlite3_close(db);
	check_whole(self);
}

/* --- at random ----------------------------------------------------------------------------- */

static int64_t some(GRand *rand, int64_t most)
{
	return g_rand_int_range(rand, 0, (gint32)most + 1);
}

static LedgerMove random_document(Stock *self, GRand *rand)
{
	static const LedgerHow hows[] = { LEDGER_VALUED, LEDGER_FIXED, LEDGER_COUNTED,
					  LEDGER_REVALUED, LEDGER_AT_AVERAGE };
	LedgerMove move = { .kind = "document",
			    .how = hows[some(rand, 4)],
			    .document_id = MAX(self->n_documents, 1) };

	move.quantity = some(rand, 30) * QUANTITY_ONE / (1 + some(rand, 6));
	move.value = some(rand, 9000);
	if (move.how == LEDGER_FIXED && some(rand, 1)) {
		move.quantity = -move.quantity;
		move.value = -move.value;
	}
	if (move.how == LEDGER_AT_AVERAGE)
		move.quantity = some(rand, 1) ? move.quantity : -move.quantity;
	if (move.how == LEDGER_REVALUED)
		move.value /= 10;
	return move;
}

static LedgerMove random_move(Stock *self, GRand *rand, int64_t span)
{
	LedgerMove move = { .kind = "sale", .till_id = 1, .seq = self->n_rows, .line = 1 };

	if (some(rand, 3) == 0)
		move = random_document(self, rand);
	else
		move.quantity = (some(rand, 9) - 7) * QUANTITY_ONE / (1 + some(rand, 3));
	move.item_id = 1 + some(rand, N_ITEMS - 1);
	move.at = some(rand, span);
	move.day = 20261123;
	if (some(rand, 2) == 0) /* most things come in order */
		move.at = span + self->n_rows / 4;
	return move;
}

static void random_step(Stock *self, GRand *rand, int64_t span)
{
	LedgerMove moves[9];
	size_t n = 1 + (size_t)some(rand, 8);

	if (self->n_documents > 0 && some(rand, 6) == 0) {
		reverse(self, 1 + some(rand, self->n_documents - 1));
		/* A document is posted at once and not after its reversal. */
		self->n_documents++;
		return;
	}
	if (some(rand, 1))
		self->n_documents++;
	for (size_t i = 0; i < n; i++)
		moves[i] = random_move(self, rand, span);
	post(self, moves, n);
}

static void check_random_moments(Stock *self, GRand *rand, int64_t span)
{
	sqlite3 *db = open_beside(self);

	for (int64_t item = 1; item <= N_ITEMS; item++) {
		check_at(self, db, item, some(rand, span));
		check_at(self, db, item, some(rand, span * 2));
		check_at(self, db, item, FOR_EVER);
		check_average(self, db, item);
	}
	sqlite3_close(db);
}

static void random_stock(guint32 seed, int n_steps)
{
	g_autoptr(GRand) rand = g_rand_new_with_seed(seed);
	g_auto(Stock) stock;
	int64_t span = 1 + some(rand, seed % 2 ? 10 : 400);

	g_test_message("seed %u", seed);
	stock_init(&stock);
	for (int i = 0; i < n_steps; i++) {
		random_step(&stock, rand, span);
		check_random_moments(&stock, rand, span);
	}
	check_whole(&stock);
}

static void test_anything_in_any_order(void)
{
	guint32 seed = g_test_rand_int_range(0, G_MAXINT32);
	int n = g_test_slow() || g_test_perf() ? 100 : 12;

	for (int i = 0; i < n; i++)
		random_stock(seed + (guint32)i, 80);
}

/* The same facts once in order and once shuffled, one by one. */
static void test_order_of_posting_does_not_matter(void)
{
	guint32 seed = g_test_rand_int_range(0, G_MAXINT32);
	g_autoptr(GRand) rand = g_rand_new_with_seed(seed);
	g_auto(Stock) ordered, shuffled;
	LedgerMove moves[60];

	g_test_message("seed %u", seed);
	stock_init(&ordered);
	stock_init(&shuffled);
	for (size_t i = 0; i < G_N_ELEMENTS(moves); i++) {
		moves[i] = random_move(&ordered, rand, 1000);
		moves[i].item_id = 1;
		moves[i].at = (int64_t)i;
	}
	post(&ordered, moves, G_N_ELEMENTS(moves));
	for (size_t i = G_N_ELEMENTS(moves) - 1; i > 0; i--) {
		size_t j = (size_t)some(rand, (int64_t)i);
		LedgerMove swapped = moves[i];

		moves[i] = moves[j];
		moves[j] = swapped;
	}
	for (size_t i = 0; i < G_N_ELEMENTS(moves); i++)
		post(&shuffled, &moves[i], 1);
	for (int64_t at = 0; at < (int64_t)G_N_ELEMENTS(moves); at++) {
		sqlite3 *db = open_beside(&ordered);
		OracleSums sums = recorded_sums(db, 1, at);
		int64_t quantity, value;

		sqlite3_close(db);
		g_assert_true(ledger_balance_at(shuffled.office.store, 1, 1, at, &quantity, &value,
						NULL));
		g_assert_cmpint(quantity, ==, sums.quantity);
		g_assert_cmpint(value, ==, sums.value);
	}
}

/* --- what somebody did to the file ---------------------------------------------------------- */

/* The sums still hold. */
static void test_changed_behind_its_back(void)
{
	static const char *const deeds[] = {
		"UPDATE stock_ledger SET value = value + CASE id WHEN 1 THEN 1 ELSE -1 END"
		" WHERE id <= 2",
		"UPDATE stock_ledger SET at = 21 WHERE id = 1",
		"UPDATE stock_ledger SET average = 1 WHERE id = 2",
		"UPDATE stock_ledger SET difference = 1 WHERE id = 2",
		"UPDATE stock_ledger SET place = 9 WHERE corrects = 2",
		"UPDATE stock_ledger SET fixed = 1001 WHERE id = 1",
		"UPDATE stock_balance SET average = 5",
		"UPDATE stock_balance SET first_average = 5",
		"DELETE FROM stock_ledger WHERE corrects IS NOT NULL",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(deeds); i++) {
		g_auto(Stock) stock;
		g_auto(Verdict) verdict = { 0 };

		stock_init(&stock);
		tell(&stock, (Told[]){ CAME(10, 10, 1000, 1), SOLD(20, 3), SOLD(8, 1) }, 3);
		tell(&stock, (Told[]){ CAME(15, 10, 1500, 2) }, 1);
		check_whole(&stock);
		do_sql(&stock, "DROP TRIGGER stock_ledger_is_final;"
			       "DROP TRIGGER stock_ledger_is_kept");
		do_sql(&stock, deeds[i]);
		g_assert_true(verify_office(stock.office.store, &verdict, NULL));
		if (verdict.broken == NULL)
			g_error("nobody saw: %s", deeds[i]);
		g_test_message("%s", verdict.broken);
	}
}

/* --- disks that fail ----------------------------------------------------------------------- */

static void test_a_disk_that_fails_at_each_write(void)
{
	g_auto(Stock) stock;
	int n_failed = 0;
	bool hit = true;

	stock_init(&stock);
	tell(&stock, (Told[]){ CAME(10, 50, 5000, 1), SOLD(30, 4), SOLD(40, 4) }, 3);
	for (int nth = 1; hit; nth++) {
		Told told = CAME(20, 10, 1500 + nth, 1 + nth);
		LedgerMove move = make_move(&told);
		g_autoptr(GError) error = NULL;

		fault_io_arm(FAULT_IO_FAIL_ONCE, nth, EIO);
		if (try_post(&stock, &move, 1, &error))
			note(&stock, &move, 1);
		else
			n_failed++;
		hit = fault_io_was_hit();
		fault_io_arm(FAULT_IO_NONE, 0, 0);
		check_all(&stock);
	}
	g_assert_cmpint(n_failed, >, 0);
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
	ADD(anything_in_any_order);
	ADD(order_of_posting_does_not_matter);
	ADD(changed_behind_its_back);
	ADD(a_disk_that_fails_at_each_write);
#undef ADD
	return g_test_run();
}
