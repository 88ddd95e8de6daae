/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/sales/verify.h"
#include "tests/hub/stock_book.h"
#include "tests/store/fault_io.h"

#include <errno.h>

/* --- at random ----------------------------------------------------------------------------- */

static int64_t some(GRand *rand, int64_t most)
{
	return g_rand_int_range(rand, 0, (gint32)most + 1);
}

static LedgerMove random_document(StockBook *self, GRand *rand)
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

static LedgerMove random_move(StockBook *self, GRand *rand, int64_t span)
{
	LedgerMove move = { .kind = "sale", .till_id = 1, .seq = self->n_rows, .line = 1 };

	if (some(rand, 3) == 0)
		move = random_document(self, rand);
	else
		move.quantity = (some(rand, 9) - 7) * QUANTITY_ONE / (1 + some(rand, 3));
	move.item_id = 1 + some(rand, STOCK_BOOK_ITEMS - 1);
	move.at = some(rand, span);
	move.day = 20261123;
	if (some(rand, 2) == 0) /* most things come in order */
		move.at = span + self->n_rows / 4;
	return move;
}

static void random_step(StockBook *self, GRand *rand, int64_t span)
{
	LedgerMove moves[9];
	size_t n = 1 + (size_t)some(rand, 8);

	if (self->n_documents > 0 && some(rand, 6) == 0) {
		stock_book_reverse(self, 1 + some(rand, self->n_documents - 1));
		/* A document is posted at once and not after its reversal. */
		self->n_documents++;
		return;
	}
	if (some(rand, 1))
		self->n_documents++;
	for (size_t i = 0; i < n; i++)
		moves[i] = random_move(self, rand, span);
	stock_book_post(self, moves, n);
}

static void check_random_moments(StockBook *self, GRand *rand, int64_t span)
{
	sqlite3 *db = stock_book_open_beside(self);

	for (int64_t item = 1; item <= STOCK_BOOK_ITEMS; item++) {
		stock_book_check_at(self, db, item, some(rand, span));
		stock_book_check_at(self, db, item, some(rand, span * 2));
		stock_book_check_at(self, db, item, FOR_EVER);
		stock_book_check_average(self, db, item);
	}
	sqlite3_close(db);
}

static void random_stock(guint32 seed, int n_steps)
{
	g_autoptr(GRand) rand = g_rand_new_with_seed(seed);
	g_auto(StockBook) stock;
	int64_t span = 1 + some(rand, seed % 2 ? 10 : 400);

	g_test_message("seed %u", seed);
	stock_book_init(&stock);
	for (int i = 0; i < n_steps; i++) {
		random_step(&stock, rand, span);
		check_random_moments(&stock, rand, span);
	}
	stock_book_check_whole(&stock);
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
	g_auto(StockBook) ordered, shuffled;
	LedgerMove moves[60];

	g_test_message("seed %u", seed);
	stock_book_init(&ordered);
	stock_book_init(&shuffled);
	for (size_t i = 0; i < G_N_ELEMENTS(moves); i++) {
		moves[i] = random_move(&ordered, rand, 1000);
		moves[i].item_id = 1;
		moves[i].at = (int64_t)i;
	}
	stock_book_post(&ordered, moves, G_N_ELEMENTS(moves));
	for (size_t i = G_N_ELEMENTS(moves) - 1; i > 0; i--) {
		size_t j = (size_t)some(rand, (int64_t)i);
		LedgerMove swapped = moves[i];

		moves[i] = moves[j];
		moves[j] = swapped;
	}
	for (size_t i = 0; i < G_N_ELEMENTS(moves); i++)
		stock_book_post(&shuffled, &moves[i], 1);
	for (int64_t at = 0; at < (int64_t)G_N_ELEMENTS(moves); at++) {
		sqlite3 *db = stock_book_open_beside(&ordered);
		OracleSums sums = stock_book_sums(db, 1, at);
		int64_t quantity, value;

		sqlite3_close(db);
		g_assert_true(ledger_balance_at(shuffled.office.store, 1, 1, at, &quantity, &value,
						NULL));
		g_assert_cmpint(quantity, ==, sums.quantity);
		g_assert_cmpint(value, ==, sums.value);
	}
}

/* A month's sales of a thing that everybody buys, then its delivery: said, not judged. */
static void test_long_walk(void)
{
	const int n = g_test_perf() ? 100000 : 1000;
	g_autofree LedgerMove *moves = g_new0(LedgerMove, (gsize)n);
	LedgerMove late = told_move(&(Told)CAME(5, n, 123 * n, 2));
	g_auto(StockBook) stock;
	gint64 start;

	stock_book_init(&stock);
	for (int i = 0; i < n; i++)
		moves[i] = told_move(&(Told)SOLD(10 + i, 1));
	stock_book_tell(&stock, (Told[]){ CAME(1, n, 100 * n, 1) }, 1);
	start = g_get_monotonic_time();
	stock_book_post(&stock, moves, (size_t)n);
	g_test_message("%d rows in order: %.1f µs a row", n,
		       (double)(g_get_monotonic_time() - start) / n);
	start = g_get_monotonic_time();
	stock_book_post(&stock, &late, 1);
	g_test_message("corrected: %.1f µs a row", (double)(g_get_monotonic_time() - start) / n);
	stock_book_check_all(&stock);
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
		g_auto(StockBook) stock;
		g_auto(Verdict) verdict = { 0 };

		stock_book_init(&stock);
		stock_book_tell(&stock, (Told[]){ CAME(10, 10, 1000, 1), SOLD(20, 3), SOLD(8, 1) },
				3);
		stock_book_tell(&stock, (Told[]){ CAME(15, 10, 1500, 2) }, 1);
		stock_book_check_whole(&stock);
		stock_book_do_sql(&stock, "DROP TRIGGER stock_ledger_is_final;"
					  "DROP TRIGGER stock_ledger_is_kept");
		stock_book_do_sql(&stock, deeds[i]);
		g_assert_true(verify_office(stock.office.store, &verdict, NULL));
		if (verdict.broken == NULL)
			g_error("nobody saw: %s", deeds[i]);
		g_test_message("%s", verdict.broken);
	}
}

/* --- disks that fail ----------------------------------------------------------------------- */

static void test_a_disk_that_fails_at_each_write(void)
{
	g_auto(StockBook) stock;
	int n_failed = 0;
	bool hit = true;

	stock_book_init(&stock);
	stock_book_tell(&stock, (Told[]){ CAME(10, 50, 5000, 1), SOLD(30, 4), SOLD(40, 4) }, 3);
	for (int nth = 1; hit; nth++) {
		Told told = CAME(20, 10, 1500 + nth, 1 + nth);
		LedgerMove move = told_move(&told);
		g_autoptr(GError) error = NULL;

		fault_io_arm(FAULT_IO_FAIL_ONCE, nth, EIO);
		if (stock_book_try_post(&stock, &move, 1, &error))
			stock_book_note(&stock, &move, 1);
		else
			n_failed++;
		hit = fault_io_was_hit();
		fault_io_arm(FAULT_IO_NONE, 0, 0);
		stock_book_check_all(&stock);
	}
	g_assert_cmpint(n_failed, >, 0);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
#define ADD(name) g_test_add_func("/ledger_random/" #name, test_##name)
	ADD(anything_in_any_order);
	ADD(order_of_posting_does_not_matter);
	ADD(long_walk);
	ADD(changed_behind_its_back);
	ADD(a_disk_that_fails_at_each_write);
#undef ADD
	return g_test_run();
}
