/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/sales/ingest.h"
#include "backoffice/sales/verify.h"
#include "tests/hub/fake_office.h"
#include "tests/hub/fake_till.h"

#include <string.h>

/* Four entries: a shift and three receipts. */
static void sell(FakeTill *till)
{
	fake_till_init(till);
	fake_till_open_shift(till, 0);
	for (guint32 seed = 1; seed <= 3; seed++) {
		g_autoptr(Receipt) receipt = fake_receipt(RECEIPT_SALE, 3, seed);

		fake_till_sell(till, receipt);
	}
}

/* --- a till -------------------------------------------------------------------------------- */

static void write_entry(Store *store, const JournalEntry *entry)
{
	StoreStatement *row = store_statement(store, "till/journal/insert");
	g_autoptr(GError) error = NULL;

	store_bind_int(row, 1, entry->number);
	store_bind_int(row, 2, entry->at);
	store_bind_text(row, 3, journal_kind_code(entry->kind));
	store_bind_int(row, 4, entry->cashier);
	store_bind_int(row, 5, entry->shift);
	store_bind_text(row, 6, entry->body);
	store_bind_text(row, 7, entry->hash);
	store_run(row, &error);
	g_assert_no_error(error);
}

/* A till's database in the office's folder. */
static Store *open_till(FakeOffice *office, char **ret_path)
{
	g_autofree char *dsn = g_strdup_printf("sqlite:%s/till.db", office->folder);
	g_autoptr(GError) error = NULL;
	Store *store = store_open(dsn, STORE_CREATE, &error);

	g_assert_no_error(error);
	store_migrate(store, "till", &error);
	g_assert_no_error(error);
	*ret_path = g_strdup(dsn + strlen("sqlite:"));
	return store;
}

static Verdict verdict_of(Store *store, bool (*verify)(Store *, Verdict *, GError **))
{
	g_autoptr(GError) error = NULL;
	Verdict verdict;

	g_assert_true(verify(store, &verdict, &error));
	g_assert_no_error(error);
	return verdict;
}

/* As somebody with an editor would: one letter of the first such text in the file. */
static void change_letter(const char *path, const char *text, size_t at, char letter)
{
	g_autofree char *bytes = NULL;
	g_autoptr(GError) error = NULL;
	char *found;
	gsize len;

	g_file_get_contents(path, &bytes, &len, &error);
	g_assert_no_error(error);
	found = memmem(bytes, len, text, strlen(text));
	g_assert_nonnull(found);
	found[at] = letter;
	g_file_set_contents(path, bytes, (gssize)len, &error);
	g_assert_no_error(error);
}

static Store *reopen(const char *path)
{
	g_autofree char *dsn = g_strconcat("sqlite:", path, NULL);
	g_autoptr(GError) error = NULL;
	Store *store = store_open(dsn, STORE_READ_ONLY, &error);

	g_assert_no_error(error);
	return store;
}

static void test_a_till_changed_behind_its_back(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_auto(FakeTill) till = { 0 };
	g_autofree char *path = NULL;
	g_autoptr(Store) store = NULL;

	fake_office_init(&office);
	sell(&till);
	store = open_till(&office, &path);
	for (guint i = 0; i < till.entries->len; i++)
		write_entry(store, fake_till_get(&till, i));
	g_clear_pointer(&store, store_close);
	change_letter(path, "T1-000002", 8, '7');
	store = reopen(path);
	{
		g_auto(Verdict) broken = verdict_of(store, verify_till);

		g_assert_true(g_str_has_prefix(broken.broken, "entry 3: it was changed"));
		g_assert_cmpint(broken.n_entries, ==, 2);
	}
}

/* The chain of what is left is right; but the office has said that it has more. */
static void test_a_till_cut_off_at_its_end(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_auto(FakeTill) till = { 0 };
	g_autofree char *path = NULL;
	g_autoptr(Store) store = NULL;
	g_autoptr(GError) error = NULL;
	StoreStatement *next;

	fake_office_init(&office);
	sell(&till);
	store = open_till(&office, &path);
	for (guint i = 0; i < till.entries->len - 1; i++)
		write_entry(store, fake_till_get(&till, i));
	next = store_statement(store, "till/journal/set_next");
	store_bind_int(next, 1, 5);
	store_run(next, &error);
	g_assert_no_error(error);
	{
		g_auto(Verdict) broken = verdict_of(store, verify_till);

		g_assert_true(g_str_has_prefix(broken.broken, "entry 4: it was sent"));
	}
}

static void test_columns_that_differ_from_the_body(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_auto(FakeTill) till = { 0 };
	g_autofree char *path = NULL;
	g_autoptr(Store) store = NULL;
	JournalEntry forged;

	fake_office_init(&office);
	sell(&till);
	store = open_till(&office, &path);
	forged = *fake_till_get(&till, 0);
	forged.cashier++;
	write_entry(store, &forged);
	{
		g_auto(Verdict) broken = verdict_of(store, verify_till);

		g_assert_true(g_str_has_prefix(broken.broken, "entry 1: its columns"));
	}
}

/* --- the office ---------------------------------------------------------------------------- */

static void take_in(FakeOffice *office, const FakeTill *till)
{
	IngestTill who = { 1, 1, FAKE_RUB, "Europe/Moscow" };
	g_autofree IngestEntry *entries = g_new0(IngestEntry, till->entries->len);
	g_autofree char *code = fake_office_add_till(office, "Till 1");
	g_autoptr(GError) error = NULL;
	IngestResult result;

	for (guint i = 0; i < till->entries->len; i++)
		entries[i] =
			(IngestEntry){ fake_till_get(till, i)->body, fake_till_get(till, i)->hash };
	ingest_batch(office->store, &who, entries, till->entries->len, &result, &error);
	g_assert_no_error(error);
}

static void test_an_office_changed_behind_its_back(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_auto(FakeTill) till = { 0 };
	g_autofree char *path = NULL;

	fake_office_init(&office);
	sell(&till);
	take_in(&office, &till);
	{
		g_auto(Verdict) whole = verdict_of(office.store, verify_office);

		g_assert_null(whole.broken);
		g_assert_cmpint(whole.n_entries, ==, 4);
	}
	g_clear_pointer(&office.store, store_close);
	path = g_build_filename(office.folder, "office.db", NULL);
	change_letter(path, "\"number\":\"T1-000003\"", 18, '9');
	office.store = reopen(path);
	{
		g_auto(Verdict) broken = verdict_of(office.store, verify_office);

		g_assert_true(
			g_str_has_prefix(broken.broken, "till “Till 1”, entry 4: it was changed"));
	}
}

/* A ledger row that no balance knows of. */
static void test_a_balance_that_is_not_its_sum(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_auto(FakeTill) till = { 0 };
	g_autoptr(GError) error = NULL;
	StoreStatement *row;

	fake_office_init(&office);
	fake_office_add_goods(&office, 1);
	sell(&till);
	take_in(&office, &till);
	row = store_statement(office.store, "office/ledger/put_balance");
	store_bind_int(row, 1, 1);
	store_bind_int(row, 2, 1);
	store_bind_int(row, 3, 1000000);
	store_bind_int(row, 4, 0);
	store_run(row, &error);
	g_assert_no_error(error);
	{
		g_auto(Verdict) broken = verdict_of(office.store, verify_office);

		g_assert_true(g_str_has_prefix(broken.broken, "stock of “Товар 1”"));
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/verify/till", test_a_till_changed_behind_its_back);
	g_test_add_func("/verify/cut", test_a_till_cut_off_at_its_end);
	g_test_add_func("/verify/columns", test_columns_that_differ_from_the_body);
	g_test_add_func("/verify/office", test_an_office_changed_behind_its_back);
	g_test_add_func("/verify/balance", test_a_balance_that_is_not_its_sum);
	return g_test_run();
}
