/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/sales/verify.h"
#include "backoffice/stock/ledger.h"
#include "core/quantity.h"
#include "tests/hub/fake_office.h"

#include <sqlite3.h>

#define MILK 1
#define SOAP 2 /* kept by no batch */
enum { SOON = 11, LATER = 12, NEVER = 13 };

/* --- the shop ------------------------------------------------------------------------------ */

static void do_sql(const FakeOffice *office, const char *sql)
{
	g_autofree char *path = g_build_filename(office->folder, "office.db", NULL);
	sqlite3 *db = NULL;

	g_assert_cmpint(sqlite3_open(path, &db), ==, SQLITE_OK);
	g_assert_cmpint(sqlite3_exec(db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
	sqlite3_close(db);
}

static int64_t ask(const FakeOffice *office, const char *sql)
{
	g_autofree char *path = g_build_filename(office->folder, "office.db", NULL);
	sqlite3_stmt *row = NULL;
	sqlite3 *db = NULL;
	int64_t value = 0;

	g_assert_cmpint(sqlite3_open(path, &db), ==, SQLITE_OK);
	g_assert_cmpint(sqlite3_prepare_v2(db, sql, -1, &row, NULL), ==, SQLITE_OK);
	if (sqlite3_step(row) == SQLITE_ROW)
		value = sqlite3_column_int64(row, 0);
	sqlite3_finalize(row);
	sqlite3_close(db);
	return value;
}

static void open_dairy(FakeOffice *office)
{
	fake_office_init(office);
	fake_office_add_goods(office, 2);
	do_sql(office, "UPDATE item SET expires = 1 WHERE id = 1;"
		       "INSERT INTO batch (id, item_id, code, expiry) VALUES"
		       " (13, 1, 'C', 99991231), (12, 1, 'B', 20261215), (11, 1, 'A', 20261201)");
}

static LedgerMove move(int64_t at, int64_t quantity, int64_t batch_id, int64_t document_id)
{
	return (LedgerMove){ .item_id = MILK,
			     .at = at,
			     .day = 20261123,
			     .kind = document_id != 0 ? "delivery" : "sale",
			     .till_id = document_id == 0,
			     .seq = at,
			     .document_id = document_id,
			     .quantity = quantity * QUANTITY_ONE,
			     .batch_id = batch_id };
}

static void post(FakeOffice *office, const LedgerMove *moves, size_t n)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Ledger) ledger = NULL;

	store_begin(office->store, &error);
	g_assert_no_error(error);
	ledger = ledger_new(office->store, 1, &error);
	for (size_t i = 0; i < n; i++)
		ledger_post(ledger, &moves[i], &error);
	g_assert_no_error(error);
	ledger_finish(ledger, &error);
	g_assert_no_error(error);
	store_commit(office->store, &error);
	g_assert_no_error(error);
}

static void reverse(FakeOffice *office, int64_t document_id)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Ledger) ledger = NULL;

	store_begin(office->store, &error);
	ledger = ledger_new(office->store, 1, &error);
	ledger_reverse(ledger, document_id, &error);
	g_assert_no_error(error);
	ledger_finish(ledger, &error);
	g_assert_no_error(error);
	store_commit(office->store, &error);
	g_assert_no_error(error);
}

static void expect(FakeOffice *office, int64_t soon, int64_t later, int64_t never)
{
	const int64_t want[] = { soon, later, never };
	g_auto(Verdict) verdict = { 0 };

	for (int i = 0; i < 3; i++) {
		g_autofree char *sql = g_strdup_printf(
			"SELECT quantity FROM batch_balance WHERE batch_id = %d", SOON + i);

		g_assert_cmpint(ask(office, sql), ==, want[i] * QUANTITY_ONE);
	}
	g_assert_true(verify_office(office->store, &verdict, NULL));
	g_assert_cmpstr(verdict.broken, ==, NULL);
}

/* --- what happens in it -------------------------------------------------------------------- */

static void test_first_to_expire_leaves_first(void)
{
	g_auto(FakeOffice) office;

	open_dairy(&office);
	post(&office,
	     (LedgerMove[]){ move(10, 4, NEVER, 1), move(10, 5, LATER, 1), move(20, 3, SOON, 2) },
	     3);
	expect(&office, 3, 5, 4);
	post(&office, (LedgerMove[]){ move(30, -2, 0, 0) }, 1);
	expect(&office, 1, 5, 4);
	post(&office, (LedgerMove[]){ move(40, -3, 0, 0) }, 1);
	expect(&office, 0, 3, 4);
	post(&office, (LedgerMove[]){ move(50, -1, NEVER, 3) }, 1);
	expect(&office, 0, 3, 3);
	/* More than anybody knows of, and of one batch more than it has. */
	post(&office, (LedgerMove[]){ move(60, -5, LATER, 4), move(70, -9, 0, 0) }, 2);
	expect(&office, 0, 0, 0);
}

static void test_brought_back_is_of_no_batch(void)
{
	g_auto(FakeOffice) office;

	open_dairy(&office);
	post(&office, (LedgerMove[]){ move(10, 4, SOON, 1), move(20, -4, 0, 0), move(30, 1, 0, 0) },
	     3);
	expect(&office, 0, 0, 0);
}

/* Three were sold before: of the ten that come, seven are left. */
static void test_sold_before_it_came(void)
{
	g_auto(FakeOffice) office;

	open_dairy(&office);
	post(&office, (LedgerMove[]){ move(10, -3, 0, 0) }, 1);
	post(&office, (LedgerMove[]){ move(20, 10, SOON, 1) }, 1);
	expect(&office, 7, 0, 0);
	post(&office, (LedgerMove[]){ move(5, 2, LATER, 2) }, 1); /* came first, told late */
	expect(&office, 7, 2, 0);
}

static void test_reversals_put_back_what_was_taken(void)
{
	g_auto(FakeOffice) office;

	open_dairy(&office);
	post(&office, (LedgerMove[]){ move(10, 4, LATER, 1), move(11, 3, SOON, 2) }, 2);
	post(&office, (LedgerMove[]){ move(20, -5, 0, 3) }, 1);
	expect(&office, 0, 2, 0);
	reverse(&office, 3);
	expect(&office, 3, 4, 0);
	post(&office, (LedgerMove[]){ move(30, -2, 0, 0) }, 1);
	reverse(&office, 2); /* one of the three is still there */
	expect(&office, 0, 4, 0);
	reverse(&office, 1);
	expect(&office, 0, 0, 0);
}

/* Two are missing; then a till tells of one of them. */
static void test_late_sale_before_a_count(void)
{
	g_auto(FakeOffice) office;
	LedgerMove count = move(30, 5, 0, 9);

	open_dairy(&office);
	count.how = LEDGER_COUNTED;
	post(&office, (LedgerMove[]){ move(10, 4, LATER, 1), move(11, 3, SOON, 2), count }, 3);
	expect(&office, 1, 4, 0);
	post(&office, (LedgerMove[]){ move(20, -1, 0, 0) }, 1);
	expect(&office, 1, 4, 0);
	reverse(&office, 9);
	expect(&office, 2, 4, 0);
}

static void test_goods_without_batches_have_none(void)
{
	g_auto(FakeOffice) office;
	LedgerMove in = move(10, 4, 0, 1), out = move(20, -2, 0, 0);

	open_dairy(&office);
	in.item_id = out.item_id = SOAP;
	post(&office, (LedgerMove[]){ in, out }, 2);
	g_assert_cmpint(ask(&office, "SELECT count(*) FROM batch_move"), ==, 0);
}

/* --- anything ------------------------------------------------------------------------------ */

static LedgerMove random_move(GRand *rand, int64_t n)
{
	static const int64_t batches[] = { 0, 0, SOON, LATER, NEVER };
	LedgerMove made =
		move(g_rand_int_range(rand, 0, 60), g_rand_int_range(rand, -5, 9),
		     batches[g_rand_int_range(rand, 0, 5)], g_rand_int_range(rand, 0, 2) ? n : 0);

	if (made.document_id != 0 && made.quantity >= 0 && g_rand_int_range(rand, 0, 3) == 0)
		made.how = LEDGER_COUNTED;
	return made;
}

/* Balances of batches are the sums of their moves, and never below zero: the database refuses it.
 */
static void test_anything_in_any_order(void)
{
	guint32 seed = g_test_rand_int_range(0, G_MAXINT32);
	g_autoptr(GRand) rand = g_rand_new_with_seed(seed);
	g_auto(FakeOffice) office;

	g_test_message("seed %u", seed);
	open_dairy(&office);
	for (int64_t n = 1; n < 400; n++) {
		if (g_rand_int_range(rand, 0, 5) == 0) {
			reverse(&office, g_rand_int_range(rand, 1, (gint32)n + 1));
		} else {
			LedgerMove moves[] = { random_move(rand, n), random_move(rand, n) };

			post(&office, moves, (size_t)g_rand_int_range(rand, 1, 3));
		}
		if (n % 20 == 0) {
			g_auto(Verdict) verdict = { 0 };

			g_assert_true(verify_office(office.store, &verdict, NULL));
			g_assert_cmpstr(verdict.broken, ==, NULL);
		}
	}
	g_assert_cmpint(ask(&office, "SELECT count(*) FROM batch_move"), >, 30);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
#define ADD(name) g_test_add_func("/batches/" #name, test_##name)
	ADD(first_to_expire_leaves_first);
	ADD(brought_back_is_of_no_batch);
	ADD(sold_before_it_came);
	ADD(reversals_put_back_what_was_taken);
	ADD(late_sale_before_a_count);
	ADD(goods_without_batches_have_none);
	ADD(anything_in_any_order);
#undef ADD
	return g_test_run();
}
