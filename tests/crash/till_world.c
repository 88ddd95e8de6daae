/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/crash/till_world.h"

#include <glib/gstdio.h>

static const TaxGroup tax = { .id = 1,
			      .code = "VAT10",
			      .n_rates = 1,
			      .rates = { { .code = "VAT",
					   .rate = 1000,
					   .inclusive = true,
					   .fiscal = FISCAL_TAX_REDUCED } } };

static Money roubles(int64_t minor)
{
	return (Money){ minor, FAKE_CURRENCY };
}

TillRequest world_request(FiscalKind kind)
{
	return (TillRequest){ .kind = kind,
			      .cashier = 1,
			      .amount = roubles(kind == FISCAL_SHIFT_OPEN ? WORLD_FLOAT : 10000),
			      .day = 20261123,
			      .counted = roubles(0) };
}

static void save(TillDb *db, const Receipt *receipt, int line)
{
	g_autoptr(GError) error = NULL;
	TillSave change = { .receipt = receipt, .line = line, .cashier = 1 };

	till_db_save_receipt(db, &change, &error);
	g_assert_no_error(error);
}

static void enter_sale(TillDb *db)
{
	g_autoptr(Receipt) receipt = receipt_new(RECEIPT_SALE, FAKE_CURRENCY, TAX_PER_LINE);
	g_autoptr(GError) error = NULL;
	static const struct {
		const char *name;
		int64_t price, quantity;
	} goods[] = { { "Молоко 3.2% 1л", 8990, 2 * QUANTITY_ONE },
		      { "Яблоки вес.", 8990, 1234000 },
		      { "Хлеб", 14904, QUANTITY_ONE } };

	for (size_t i = 0; i < G_N_ELEMENTS(goods); i++) {
		ReceiptGoods one = { .item_id = (int64_t)i + 1,
				     .code = "4600000000008",
				     .name = goods[i].name,
				     .unit = UNIT_KILOGRAM,
				     .price = roubles(goods[i].price),
				     .tax = &tax };
		int number;

		receipt_add(receipt, &one, (Quantity){ goods[i].quantity }, &number, &error);
		g_assert_no_error(error);
		save(db, receipt, number);
	}
	g_assert_cmpint(receipt_get_totals(receipt)->total.minor, ==, WORLD_TOTAL);
	receipt_pay(receipt, TENDER_CASH, roubles(WORLD_PAID), NULL, &error);
	g_assert_no_error(error);
	save(db, receipt, 0);
}

void world_init(World *self)
{
	static const char *const settings[] = { TILL_SETTING_ID, "3", NULL };
	g_autoptr(GError) error = NULL;
	g_autoptr(TillDb) db = NULL;
	TillRequest request = world_request(FISCAL_SHIFT_OPEN);
	TillDone done;

	self->directory = g_dir_make_tmp("baraa-crash-XXXXXX", &error);
	g_assert_no_error(error);
	self->db_path = g_build_filename(self->directory, "till.db", NULL);
	self->fake_path = g_build_filename(self->directory, "registrar", NULL);
	self->fake = fake_memory_use(self->fake_path);
	fake_arm(FAKE_NOTHING, 0, 0);
	db = world_open_db(self);
	till_db_put_settings(db, settings, &error);
	g_assert_no_error(error);
	till_db_do(db, &request, &done, &error);
	g_assert_no_error(error);
	enter_sale(db);
	till_db_check_room(db, &error);
	g_assert_no_error(error);
}

void world_clear(World *self)
{
	g_autoptr(GDir) dir = g_dir_open(self->directory, 0, NULL);
	const char *name;

	while ((name = g_dir_read_name(dir)) != NULL) {
		g_autofree char *path = g_build_filename(self->directory, name, NULL);
		g_unlink(path);
	}
	g_rmdir(self->directory);
	g_free(self->directory);
	g_free(self->db_path);
	g_free(self->fake_path);
}

TillDb *world_open_db(World *self)
{
	g_autoptr(GError) error = NULL;
	TillDb *db = till_db_open(self->db_path, &error);

	g_assert_no_error(error);
	return db;
}

FiscalRun *world_new_run(TillDb *db)
{
	return fiscal_run_new(db, &fake_driver, NULL, NULL);
}

/* Number of receipt entries in a journal whose chain holds. */
static int count_receipts(TillDb *db)
{
	g_autoptr(GPtrArray) entries = NULL;
	g_autoptr(GError) error = NULL;
	const char *hash = JOURNAL_FIRST_HASH;
	int n = 0;

	till_db_read_journal(db, 1, 10000, SIZE_MAX, &entries, &error);
	g_assert_no_error(error);
	for (guint i = 0; i < entries->len; i++) {
		const JournalEntry *entry = g_ptr_array_index(entries, i);
		g_auto(JournalEntry) proven = { 0 };

		journal_entry_open(&proven, entry->body, entry->hash, i + 1, hash, &error);
		g_assert_no_error(error);
		n += proven.kind == JOURNAL_RECEIPT;
		hash = entry->hash;
	}
	return n;
}

void world_check(World *self, int n)
{
	g_autoptr(TillDb) db = world_open_db(self);
	g_auto(TillOpen) open = { 0 };
	g_autoptr(GError) error = NULL;
	TillShift shift;
	Money cash;

	g_assert_cmpint(fake_count_documents(FISCAL_SALE, WORLD_TOTAL), ==, n);
	g_assert_false(self->fake->document_open);
	g_assert_cmpint(count_receipts(db), ==, n);
	till_db_load_receipt(db, &open, &error);
	g_assert_no_error(error);
	g_assert_true((open.receipt == NULL) == (n == 1));
	till_db_get_shift(db, &shift);
	g_assert_cmpint(shift.totals.n_sales, ==, n);
	g_assert_true(shift_totals_expected_cash(&shift.totals, &cash));
	g_assert_cmpint(cash.minor, ==, WORLD_FLOAT + self->fake->cash);
	g_assert_cmpint(self->fake->drawer_opened, <=, n);
}

void world_check_settled(World *self)
{
	g_autoptr(TillDb) db = world_open_db(self);
	g_autoptr(FiscalRun) run = world_new_run(db);
	g_auto(FiscalOutcome) outcome = { 0 };
	int64_t journal = till_db_get_last_number(db);
	uint32_t documents = self->fake->last_document;

	fiscal_run_recover(run, &outcome);
	g_assert_cmpint(outcome.outcome, ==, FISCAL_OUTCOME_NOTHING);
	g_assert_cmpint(till_db_get_last_number(db), ==, journal);
	g_assert_cmpuint(self->fake->last_document, ==, documents);
}
