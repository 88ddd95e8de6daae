/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/till/till_db.h"
#include "store/store.h"
#include "tests/store/fault_io.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#define RUB 643

static const TaxGroup vat10 = { .id = 1,
				.code = "VAT10",
				.n_rates = 1,
				.rates = { { .code = "VAT",
					     .rate = 1000,
					     .inclusive = true,
					     .fiscal = FISCAL_TAX_REDUCED } } };
static const TaxGroup city = {
	.id = 2,
	.code = "CITY",
	.n_rates = 2,
	.rates = { { .code = "VAT",
		     .rate = 1000,
		     .inclusive = true,
		     .fiscal = FISCAL_TAX_STANDARD },
		   { .code = "CITY", .rate = 200, .inclusive = false, .fiscal = FISCAL_TAX_OTHER } }
};

typedef struct {
	char *directory, *path; /* owned */
	TillDb *db; /* owned */
} Fixture;

static Money roubles(int64_t minor)
{
	return (Money){ minor, RUB };
}

static void reopen(Fixture *f)
{
	g_autoptr(GError) error = NULL;

	g_clear_pointer(&f->db, till_db_close);
	f->db = till_db_open(f->path, &error);
	g_assert_no_error(error);
}

static void set_up(Fixture *f, gconstpointer data)
{
	static const char *const settings[] = { TILL_SETTING_ID, "3", TILL_SETTING_NAME, "Касса 1",
						NULL };
	g_autoptr(GError) error = NULL;

	f->directory = g_dir_make_tmp("baraa-till-XXXXXX", &error);
	g_assert_no_error(error);
	f->path = g_build_filename(f->directory, "till.db", NULL);
	reopen(f);
	till_db_put_settings(f->db, settings, &error);
	g_assert_no_error(error);
}

static void tear_down(Fixture *f, gconstpointer data)
{
	g_autoptr(GDir) dir = NULL;
	const char *name;

	g_clear_pointer(&f->db, till_db_close);
	dir = g_dir_open(f->directory, 0, NULL);
	while ((name = g_dir_read_name(dir)) != NULL) {
		g_autofree char *path = g_build_filename(f->directory, name, NULL);
		g_unlink(path);
	}
	g_rmdir(f->directory);
	g_free(f->directory);
	g_free(f->path);
}

static TillDone request(Fixture *f, FiscalKind kind, int64_t amount)
{
	TillRequest what = { .kind = kind,
			     .cashier = 5,
			     .amount = roubles(amount),
			     .day = 20261123,
			     .counted = roubles(0) };
	g_autoptr(GError) error = NULL;
	TillDone done = { 0 };

	till_db_do(f->db, &what, &done, &error);
	g_assert_no_error(error);
	return done;
}

static void assert_refused(Fixture *f, FiscalKind kind, TillError code)
{
	TillRequest what = { .kind = kind, .amount = roubles(100), .counted = roubles(0) };
	g_autoptr(GError) error = NULL;
	TillDone done;

	g_assert_false(till_db_do(f->db, &what, &done, &error));
	g_assert_error(error, TILL_ERROR, (int)code);
}

static void save(Fixture *f, const Receipt *receipt, int line)
{
	TillSave change = { .receipt = receipt, .line = line, .cashier = 5 };
	g_autoptr(GError) error = NULL;

	till_db_save_receipt(f->db, &change, &error);
	g_assert_no_error(error);
}

static int add(Fixture *f, Receipt *receipt, const char *name, const TaxGroup *tax, int64_t price,
	       int64_t quantity)
{
	ReceiptGoods goods = { .item_id = 7,
			       .code = "4600000000008",
			       .name = name,
			       .unit = UNIT_KILOGRAM,
			       .price = roubles(price),
			       .tax = tax };
	g_autoptr(GError) error = NULL;
	int number;

	receipt_add(receipt, &goods, (Quantity){ quantity }, &number, &error);
	g_assert_no_error(error);
	save(f, receipt, number);
	return number;
}

static char *dup_text(const Receipt *receipt)
{
	json_t *json = receipt_to_json(receipt);
	char *ret = journal_canonical(json);

	json_decref(json);
	return ret;
}

static void assert_comes_back(Fixture *f, const Receipt *receipt)
{
	g_auto(TillOpen) open = { 0 };
	g_autoptr(GError) error = NULL;
	g_autofree char *expected = dup_text(receipt), *got = NULL;

	reopen(f);
	till_db_load_receipt(f->db, &open, &error);
	g_assert_no_error(error);
	g_assert_nonnull(open.receipt);
	got = dup_text(open.receipt);
	g_assert_cmpstr(got, ==, expected);
}

/* --- the open receipt ---------------------------------------------------------------------- */

static void test_receipt_comes_back_after_every_change(Fixture *f, gconstpointer data)
{
	g_autoptr(Receipt) receipt = receipt_new(RECEIPT_SALE, RUB, TAX_PER_LINE);

	add(f, receipt, "Молоко", &vat10, 8990, QUANTITY_ONE);
	assert_comes_back(f, receipt);
	add(f, receipt, "Яблоки", &city, 8990, 1234000);
	assert_comes_back(f, receipt);
	g_assert_true(receipt_set_quantity(receipt, 1, (Quantity){ 3 * QUANTITY_ONE }, NULL));
	save(f, receipt, 1);
	assert_comes_back(f, receipt);
	add(f, receipt, "Хлеб «Бородинский»\t½", &vat10, 5500, QUANTITY_ONE);
	g_assert_true(receipt_set_price(receipt, 3, roubles(5400), NULL));
	save(f, receipt, 3);
	g_assert_true(receipt_discount_line(receipt, 2, (Discount){ DISCOUNT_PERCENT, 500 }, NULL));
	save(f, receipt, 2);
	assert_comes_back(f, receipt);
	g_assert_true(receipt_void_line(receipt, 3, NULL));
	save(f, receipt, 3);
	g_assert_true(receipt_discount(receipt, (Discount){ DISCOUNT_AMOUNT, 1000 }, NULL));
	save(f, receipt, 0);
	assert_comes_back(f, receipt);
	g_assert_true(receipt_pay(receipt, TENDER_CARD, roubles(10000), "RRN 123", NULL));
	g_assert_true(receipt_pay(receipt, TENDER_CASH, roubles(50000), NULL, NULL));
	save(f, receipt, 0);
	assert_comes_back(f, receipt);
	receipt_clear_payments(receipt);
	save(f, receipt, 0);
	assert_comes_back(f, receipt);
}

/* 100.00 off, and then most of the goods were voided: the discount is cut, and comes back cut. */
static void test_cut_discount_comes_back(Fixture *f, gconstpointer data)
{
	g_autoptr(Receipt) receipt = receipt_new(RECEIPT_SALE, RUB, TAX_PER_LINE);
	g_auto(TillOpen) open = { 0 };

	add(f, receipt, "Сыр", &vat10, 20000, QUANTITY_ONE);
	add(f, receipt, "Спички", &vat10, 500, QUANTITY_ONE);
	g_assert_true(receipt_discount(receipt, (Discount){ DISCOUNT_AMOUNT, 10000 }, NULL));
	save(f, receipt, 0);
	g_assert_true(receipt_void_line(receipt, 1, NULL));
	save(f, receipt, 1);
	reopen(f);
	g_assert_true(till_db_load_receipt(f->db, &open, NULL));
	g_assert_cmpint(receipt_get_totals(open.receipt)->total.minor, ==, 0);
	g_assert_cmpint(receipt_get_totals(open.receipt)->discount.minor, ==, 500);
}

static void test_asked_card_is_not_forgotten(Fixture *f, gconstpointer data)
{
	g_autoptr(Receipt) receipt = receipt_new(RECEIPT_SALE, RUB, TAX_PER_LINE);
	json_t *details =
		json_pack("{s:s, s:i, s:s}", "step", "asked", "amount", 8990, "reference", "");
	struct TillNote note = { JOURNAL_CARD, details };
	TillSave change = { .receipt = receipt,
			    .cashier = 5,
			    .card_asked = true,
			    .card_amount = roubles(8990),
			    .note = &note };
	g_auto(TillOpen) open = { 0 };
	int64_t last;

	add(f, receipt, "Молоко", &vat10, 8990, QUANTITY_ONE);
	last = till_db_get_last_number(f->db);
	g_assert_true(till_db_save_receipt(f->db, &change, NULL));
	json_decref(details);
	reopen(f);
	g_assert_true(till_db_load_receipt(f->db, &open, NULL));
	g_assert_true(open.card_asked);
	g_assert_cmpint(open.card_amount.minor, ==, 8990);
	g_assert_cmpint(open.cashier, ==, 5);
	g_assert_cmpint(till_db_get_last_number(f->db), ==, last + 1);
}

/* --- shift and journal --------------------------------------------------------------------- */

static void pay_all(Fixture *f, Receipt *receipt)
{
	g_assert_true(
		receipt_pay(receipt, TENDER_CASH, receipt_get_totals(receipt)->due, NULL, NULL));
	save(f, receipt, 0);
}

static void sell_one(Fixture *f, int64_t price)
{
	g_autoptr(Receipt) receipt = receipt_new(RECEIPT_SALE, RUB, TAX_PER_LINE);

	add(f, receipt, "Молоко", &vat10, price, QUANTITY_ONE);
	pay_all(f, receipt);
	request(f, FISCAL_SALE, 0);
}

static void test_day_adds_up(Fixture *f, gconstpointer data)
{
	g_autoptr(Receipt) dropped = receipt_new(RECEIPT_SALE, RUB, TAX_PER_LINE);
	g_autofree char *number = NULL;
	TillDone done;
	TillShift shift;
	Money cash;

	assert_refused(f, FISCAL_CASH_IN, TILL_ERROR_NO_SHIFT);
	assert_refused(f, FISCAL_SHIFT_CLOSE, TILL_ERROR_NO_SHIFT);
	request(f, FISCAL_SHIFT_OPEN, 100000);
	assert_refused(f, FISCAL_SHIFT_OPEN, TILL_ERROR_SHIFT_OPEN);
	assert_refused(f, FISCAL_SALE, TILL_ERROR_NO_RECEIPT);
	sell_one(f, 8990);
	sell_one(f, 1010);
	request(f, FISCAL_CASH_IN, 5000);
	request(f, FISCAL_CASH_OUT, 2000);
	add(f, dropped, "Хлеб", &vat10, 5500, QUANTITY_ONE);
	assert_refused(f, FISCAL_SHIFT_CLOSE, TILL_ERROR_RECEIPT_OPEN);
	g_assert_true(till_db_void_receipt(f->db, 5, NULL));

	reopen(f);
	number = till_db_dup_next_number(f->db);
	g_assert_cmpstr(number, ==, "T3-000003");
	done = request(f, FISCAL_SHIFT_CLOSE, 0);
	g_assert_cmpint(done.totals.n_sales, ==, 2);
	g_assert_cmpint(done.totals.n_voided, ==, 1);
	g_assert_cmpint(done.totals.sales.minor, ==, 10000);
	g_assert_true(shift_totals_expected_cash(&done.totals, &cash));
	g_assert_cmpint(cash.minor, ==, 100000 + 10000 + 5000 - 2000);
	till_db_get_shift(f->db, &shift);
	g_assert_false(shift.open);
}

static GPtrArray *read_journal(Fixture *f, int64_t from, int n, size_t bytes)
{
	GPtrArray *entries;
	g_autoptr(GError) error = NULL;

	till_db_read_journal(f->db, from, n, bytes, &entries, &error);
	g_assert_no_error(error);
	return entries;
}

static void test_outbox_gives_what_the_hub_lacks(Fixture *f, gconstpointer data)
{
	g_autoptr(GPtrArray) two = NULL, small = NULL, rest = NULL, none = NULL;
	const char *hash = JOURNAL_FIRST_HASH;

	for (int i = 0; i < 5; i++)
		g_assert_true(till_db_append(f->db, JOURNAL_LOGIN, 5, NULL, NULL));
	g_assert_cmpint(till_db_count_outbox(f->db), ==, 5);
	two = read_journal(f, 1, 2, SIZE_MAX);
	g_assert_cmpuint(two->len, ==, 2);
	small = read_journal(f, 1, 100, 1); /* the first comes whatever its size */
	g_assert_cmpuint(small->len, ==, 1);

	g_assert_true(till_db_acknowledge(f->db, 4, NULL));
	g_assert_true(till_db_acknowledge(f->db, 2, NULL)); /* an old answer, late */
	reopen(f);
	g_assert_cmpint(till_db_get_acknowledged(f->db), ==, 4);
	g_assert_cmpint(till_db_count_outbox(f->db), ==, 2);
	none = read_journal(f, 6, 100, SIZE_MAX);
	g_assert_cmpuint(none->len, ==, 0);

	rest = read_journal(f, 1, 100, SIZE_MAX);
	g_assert_cmpuint(rest->len, ==, 5);
	for (guint i = 0; i < rest->len; i++) {
		const JournalEntry *entry = g_ptr_array_index(rest, i);
		g_auto(JournalEntry) proven = { 0 };

		g_assert_true(
			journal_entry_open(&proven, entry->body, entry->hash, i + 1, hash, NULL));
		hash = entry->hash;
	}
}

/* --- the disk fails ------------------------------------------------------------------------ */

/* A line that could not be saved is not there, one that was is; nothing between. */
static void test_failed_save_leaves_the_receipt_before(Fixture *f, gconstpointer data)
{
	g_autoptr(Receipt) receipt = receipt_new(RECEIPT_SALE, RUB, TAX_PER_LINE);
	bool hit = true;
	int n_full = 0;

	add(f, receipt, "Молоко", &vat10, 8990, QUANTITY_ONE);
	for (int nth = 1; hit; nth++) {
		g_autoptr(Receipt) more = NULL;
		g_autoptr(GError) error = NULL;
		json_t *json = receipt_to_json(receipt);
		TillSave change = { .line = 1, .cashier = 5 };
		bool full = nth % 2 != 0;

		more = receipt_from_json(json, NULL);
		json_decref(json);
		g_assert_true(receipt_set_quantity(more, 1, (Quantity){ (nth + 1) * QUANTITY_ONE },
						   NULL));
		change.receipt = more;
		fault_io_arm(FAULT_IO_FAIL_ONCE, nth, full ? ENOSPC : EIO);
		if (till_db_save_receipt(f->db, &change, &error)) {
			receipt_free(receipt);
			receipt = g_steal_pointer(&more);
		} else {
			/* SQLite tells a full disk from a broken one in writes, not in syncs. */
			n_full += g_error_matches(error, STORE_ERROR, STORE_ERROR_FULL);
			if (!g_error_matches(error, STORE_ERROR, STORE_ERROR_FULL))
				g_assert_error(error, STORE_ERROR, STORE_ERROR_FAILED);
			else
				g_assert_true(full);
		}
		hit = fault_io_was_hit();
		fault_io_arm(FAULT_IO_NONE, 0, 0);
		g_assert_cmpint(nth, <, 100);
	}
	g_assert_cmpint(n_full, >, 0);
	assert_comes_back(f, receipt);
}

static void test_reopened_in_the_middle_of_failures(Fixture *f, gconstpointer data)
{
	request(f, FISCAL_SHIFT_OPEN, 0);
	for (int nth = 1; nth < 12; nth++) {
		int64_t last = till_db_get_last_number(f->db);
		bool ok;

		fault_io_arm(FAULT_IO_FAIL_FROM, nth, EIO);
		ok = till_db_append(f->db, JOURNAL_NO_SALE, 5, NULL, NULL);
		g_assert_cmpint(till_db_get_last_number(f->db), ==, ok ? last + 1 : last);
		fault_io_arm(FAULT_IO_NONE, 0, 0);
		g_assert_true(till_db_append(f->db, JOURNAL_NO_SALE, 5, NULL, NULL));
		reopen(f);
	}
	sell_one(f, 100);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
#define ADD(name, function) g_test_add("/till/" name, Fixture, NULL, set_up, function, tear_down)
	ADD("receipt-comes-back-after-every-change", test_receipt_comes_back_after_every_change);
	ADD("cut-discount-comes-back", test_cut_discount_comes_back);
	ADD("asked-card-is-not-forgotten", test_asked_card_is_not_forgotten);
	ADD("day-adds-up", test_day_adds_up);
	ADD("outbox-gives-what-the-hub-lacks", test_outbox_gives_what_the_hub_lacks);
	ADD("failed-save-leaves-the-receipt-before", test_failed_save_leaves_the_receipt_before);
	ADD("reopened-in-the-middle-of-failures", test_reopened_in_the_middle_of_failures);
	return g_test_run();
}
