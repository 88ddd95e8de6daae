/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/sales/verify.h"
#include "store/store.h"
#include "tests/hub/fake_till.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

/* One sale, one document: a till's rows beside its journal, and what somebody did to them. */

typedef struct {
	char *folder, *path; /* owned */
	FakeTill till;
} Place;

static void place_clear(Place *self)
{
	static const char *const names[] = { "till.db", "till.db-wal", "till.db-shm" };

	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autofree char *path = g_build_filename(self->folder, names[i], NULL);

		g_unlink(path);
	}
	g_assert_cmpint(g_rmdir(self->folder), ==, 0);
	g_free(self->folder);
	g_free(self->path);
	fake_till_clear(&self->till);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Place, place_clear)

static void run_sql(const Place *self, const char *sql)
{
	char *message = NULL;
	sqlite3 *file;

	g_assert_cmpint(sqlite3_open(self->path, &file), ==, SQLITE_OK);
	sqlite3_exec(file, sql, NULL, NULL, &message);
	if (message != NULL)
		g_error("%s: %s", message, sql);
	g_assert_cmpint(sqlite3_close(file), ==, SQLITE_OK);
}

static void write_entry(sqlite3 *file, const JournalEntry *entry)
{
	char *sql = sqlite3_mprintf("INSERT INTO journal (number, at, kind, cashier, shift, body, "
				    "hash) VALUES (%lld, %lld, %Q, %lld, %lld, %Q, %Q)",
				    (long long)entry->number, (long long)entry->at,
				    journal_kind_code(entry->kind), (long long)entry->cashier,
				    (long long)entry->shift, entry->body, entry->hash);

	g_assert_cmpint(sqlite3_exec(file, sql, NULL, NULL, NULL), ==, SQLITE_OK);
	sqlite3_free(sql);
}

static void write_journal(const Place *self)
{
	sqlite3 *file;

	g_assert_cmpint(sqlite3_open(self->path, &file), ==, SQLITE_OK);
	for (guint i = 0; i < self->till.entries->len; i++)
		write_entry(file, fake_till_get(&self->till, i));
	g_assert_cmpint(sqlite3_close(file), ==, SQLITE_OK);
}

static Receipt *two_loaves(void)
{
	static const TaxGroup none = { .id = 4, .code = "NONE" };
	Receipt *receipt = receipt_new(RECEIPT_SALE, FAKE_RUB, TAX_PER_LINE);
	ReceiptGoods goods = { .item_id = 1,
			       .code = "1",
			       .name = "Bread",
			       .price = { 2500, FAKE_RUB },
			       .tax = &none };
	int number;

	g_assert_true(receipt_add(receipt, &goods, (Quantity){ 2 * QUANTITY_ONE }, &number, NULL));
	g_assert_true(receipt_pay(receipt, TENDER_CASH, (Money){ 5000, FAKE_RUB }, NULL, NULL));
	return receipt;
}

static Receipt *one_back(const Receipt *sale, const char *number)
{
	Receipt *receipt = receipt_new_return(sale, number, NULL, 0, NULL);

	g_assert_nonnull(receipt);
	g_assert_true(receipt_set_quantity(receipt, 1, (Quantity){ QUANTITY_ONE }, NULL));
	g_assert_true(receipt_pay(receipt, TENDER_CASH, (Money){ 2500, FAKE_RUB }, NULL, NULL));
	return receipt;
}

static void close_late(FakeTill *till, const Receipt *receipt)
{
	g_autofree char *number = g_strdup_printf("T1-%06d", (int)++till->seq);

	fake_till_note(till, JOURNAL_RECEIPT,
		       json_pack("{s:o, s:s, s:I, s:i, s:n, s:s}", "receipt",
				 receipt_to_json(receipt), "number", number, "seq",
				 (json_int_t)till->seq, "day", FAKE_DAY, "fiscal", "late",
				 "offline"));
}

/* What core/journal.h says of 1: a sale; 2: late, and told; 3: late, and waits; 4: a loaf of the
 * first comes back; 5: a loaf comes back that another till sold. */
static void write_day(FakeTill *till)
{
	g_autoptr(Receipt) sale = two_loaves(), own = one_back(sale, "T1-000001"),
			   others = one_back(sale, "T2-000009");

	fake_till_open_shift(till, 0);
	fake_till_sell(till, sale);
	close_late(till, sale);
	close_late(till, sale);
	fake_till_sell(till, own);
	fake_till_sell(till, others);
	fake_till_note(till, JOURNAL_FISCAL,
		       json_pack("{s:s, s:s, s:i, s:s, s:{s:i, s:s}}", "step", "late", "number",
				 "T1-000002", "seq", 2, "reason", "", "fiscal", "document", 900,
				 "serial", "9999078900001234"));
}

#define FISCAL                                                                                     \
	"INSERT INTO fiscal (sale, attempt, state, kind, cashier, cashier_name, currency, total, " \
	"day, created_at, serial, document, proof, receipt, late) "

/* As the till writes them beside its journal. */
static const char rows[] =
	"INSERT INTO shift (number, day, opened_at, cashier, totals) VALUES (1, 20261123, 0, 2, "
	"'{}');"
	"INSERT INTO receipt (seq, number, journal, shift, total) "
	"SELECT json_extract (body, '$.seq'), json_extract (body, '$.number'), number, shift, 0 "
	"FROM journal WHERE kind = 'receipt';"
	"INSERT INTO late VALUES (3, 'offline');"
	"INSERT INTO returned VALUES ('T1-000001', 1, 4, 1000000), ('T2-000009', 1, 5, "
	"1000000);" FISCAL "SELECT 'T1-' || number, 1, 'done', 1, 2, '', 643, 0, 0, 0, "
	"json_extract (body, '$.fiscal.serial'), json_extract (body, '$.fiscal.document'), "
	"json_extract (body, '$.fiscal'), json_extract (body, '$.seq'), "
	"CASE WHEN kind = 'fiscal' THEN json_extract (body, '$.seq') END "
	"FROM journal WHERE json_extract (body, '$.fiscal') IS NOT NULL;"
	/* an attempt that made nothing */
	FISCAL
	"VALUES ('T1-x', 1, 'not-made', 1, 2, '', 643, 0, 0, 0, NULL, NULL, NULL, NULL, NULL);";

static void place_init(Place *self)
{
	g_autofree char *dsn = NULL;
	g_autoptr(GError) error = NULL;
	g_autoptr(Store) store = NULL;

	self->folder = g_dir_make_tmp("baraa-verify-XXXXXX", &error);
	g_assert_no_error(error);
	self->path = g_build_filename(self->folder, "till.db", NULL);
	dsn = g_strconcat("sqlite:", self->path, NULL);
	store = store_open(dsn, STORE_CREATE, &error);
	g_assert_no_error(error);
	store_migrate(store, "till", &error);
	g_assert_no_error(error);
	fake_till_init(&self->till);
	write_day(&self->till);
	write_journal(self);
	run_sql(self, rows);
}

/* Own it; NULL: all is whole. */
static char *dup_broken(const Place *self)
{
	g_autofree char *dsn = g_strconcat("sqlite:", self->path, NULL);
	g_autoptr(GError) error = NULL;
	g_autoptr(Store) store = store_open(dsn, STORE_READ_ONLY, &error);
	g_auto(Verdict) verdict = { 0 };

	g_assert_no_error(error);
	verify_till(store, &verdict, &error);
	g_assert_no_error(error);
	return g_steal_pointer(&verdict.broken);
}

static void test_a_day_that_is_whole(void)
{
	g_auto(Place) place = { 0 };
	g_autofree char *broken = NULL;

	place_init(&place);
	broken = dup_broken(&place);
	g_assert_cmpstr(broken, ==, NULL);
}

/* --- rows ---------------------------------------------------------------------------------- */

#define NO_GUARDS                                                                                  \
	"DROP TRIGGER receipt_is_final; DROP TRIGGER receipt_is_kept; "                            \
	"DROP TRIGGER fiscal_is_final; DROP TRIGGER fiscal_is_kept; DROP INDEX fiscal_proof; "     \
	"DROP TRIGGER returned_is_final; DROP TRIGGER returned_is_kept; "

static const struct {
	const char *sql, *says;
} damages[] = {
	{ "DELETE FROM receipt WHERE seq = 5", "receipt T1-000005 does not stand both" },
	{ "UPDATE receipt SET number = 'T1-000007' WHERE seq = 5", "receipt T1-000007 does not" },
	{ "UPDATE fiscal SET document = 101 WHERE receipt = 5",
	  "document 9999078900001234 / 101 of the registrar proves two things" },
	{ FISCAL "SELECT 'again', 1, state, kind, cashier, '', currency, total, day, created_at, "
		 "serial, 77, proof, receipt, late FROM fiscal WHERE receipt = 1",
	  "receipt T1-000001 has two documents" },
	{ "DELETE FROM fiscal WHERE receipt = 1", "receipt T1-000001: the document in its entry" },
	{ "UPDATE fiscal SET proof = '{\"document\":7}' WHERE receipt = 5",
	  "receipt T1-000005: the document in its entry" },
	{ "DELETE FROM late", "receipt T1-000003 was to be told" },
	{ "INSERT INTO late VALUES (2, 'offline')", "receipt T1-000002 was to be told" },
	{ "INSERT INTO late VALUES (4, 'offline')", "receipt T1-000004 was to be told" },
	{ "DELETE FROM fiscal WHERE late = 2", "receipt T1-000002 was to be told" },
	{ "DELETE FROM returned WHERE receipt = 4", "return T1-000004: what came back" },
	{ "UPDATE returned SET quantity = 1 WHERE receipt = 5",
	  "return T1-000005: what came back" },
	{ "INSERT INTO returned VALUES ('T1-000001', 1, 1, 1000001)",
	  "more of receipt T1-000001 came back" },
	{ "INSERT INTO returned VALUES ('T2-000009', 1, 1, 1000001)",
	  "more of receipt T2-000009 came back" },
	{ "INSERT INTO returned VALUES ('T1-000001', 8, 1, 1)",
	  "more of receipt T1-000001 came back" },
};

static void test_rows_that_somebody_changed(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(damages); i++) {
		g_auto(Place) place = { 0 };
		g_autofree char *broken = NULL;

		place_init(&place);
		run_sql(&place, NO_GUARDS);
		run_sql(&place, damages[i].sql);
		broken = dup_broken(&place);
		g_test_message("%s: %s", damages[i].sql, broken);
		g_assert_nonnull(broken);
		g_assert_true(g_str_has_prefix(broken, damages[i].says));
	}
}

/* A receipt without one in a shift where the others have theirs. */
static void test_a_receipt_without_a_document(void)
{
	g_auto(Place) place = { 0 };
	g_autoptr(Receipt) sale = two_loaves();
	g_autofree char *broken = NULL;

	place_init(&place);
	fake_till_note(&place.till, JOURNAL_RECEIPT,
		       json_pack("{s:o, s:s, s:i, s:i, s:n}", "receipt", receipt_to_json(sale),
				 "number", "T1-000006", "seq", 6, "day", FAKE_DAY, "fiscal"));
	g_ptr_array_remove_range(place.till.entries, 0, place.till.entries->len - 1);
	write_journal(&place);
	run_sql(&place, "INSERT INTO receipt VALUES (6, 'T1-000006', 8, 1, 0)");
	broken = dup_broken(&place);
	g_assert_cmpstr(broken, ==,
			"receipt T1-000006 has no document of the registrar, and waits for none");
}

/* --- bytes --------------------------------------------------------------------------------- */

/* Entry 2 with the text of a column changed. */
static void check_changed(const Place *place, const char *column, const char *old, const char *new)
{
	char *sql = sqlite3_mprintf("UPDATE journal SET %s = %Q WHERE number = 2", column, new);
	char *back = sqlite3_mprintf("UPDATE journal SET %s = %Q WHERE number = 2", column, old);
	g_autofree char *broken = NULL;

	run_sql(place, sql);
	broken = dup_broken(place);
	if (broken == NULL || !g_str_has_prefix(broken, "entry 2: "))
		g_error("%s: %s", sql, broken != NULL ? broken : "nothing said");
	run_sql(place, back);
	sqlite3_free(sql);
	sqlite3_free(back);
}

static void check_every(const Place *place, const char *column, const char *text, size_t step)
{
	for (size_t i = 0; i < strlen(text); i += step) {
		g_autofree char *changed = g_strdup(text);

		changed[i] = changed[i] == '0' ? '1' : '0';
		check_changed(place, column, text, changed);
	}
}

/* Whatever byte of an entry is changed, it is found, and the entry is named. */
static void test_any_byte_of_the_journal(void)
{
	g_auto(Place) place = { 0 };
	const JournalEntry *entry;
	g_autofree char *at = NULL;

	place_init(&place);
	run_sql(&place, "DROP TRIGGER journal_is_final");
	entry = fake_till_get(&place.till, 1);
	at = g_strdup_printf("%" G_GINT64_FORMAT, entry->at);
	check_every(&place, "body", entry->body, 11);
	check_every(&place, "hash", entry->hash, 1);
	check_every(&place, "at", at, 1);
	check_every(&place, "kind", journal_kind_code(entry->kind), 1);
	check_every(&place, "cashier", "2", 1);
	check_every(&place, "shift", "1", 1);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/verify-till/whole", test_a_day_that_is_whole);
	g_test_add_func("/verify-till/rows", test_rows_that_somebody_changed);
	g_test_add_func("/verify-till/no_document", test_a_receipt_without_a_document);
	g_test_add_func("/verify-till/bytes", test_any_byte_of_the_journal);
	return g_test_run();
}
