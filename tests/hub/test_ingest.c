/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/sales/ingest.h"
#include "tests/hub/fake_office.h"
#include "tests/hub/fake_till.h"

#include <string.h>

static const IngestTill till_one = {
	.shop_id = 1, .till_id = 1, .currency = FAKE_RUB, .timezone = "Europe/Moscow"
};

/* What the reports have to say. */
typedef struct {
	int64_t receipts, gross, discount, tax, net, cash, card;
} Sums;

static void sums_add(Sums *self, const Receipt *receipt)
{
	const ReceiptTotals *totals = receipt_get_totals(receipt);
	int sign = receipt_get_kind(receipt) == RECEIPT_RETURN ? -1 : 1;

	self->receipts++;
	self->gross += sign * totals->gross.minor;
	self->discount += sign * totals->discount.minor;
	self->tax += sign * totals->tax.minor;
	self->net += sign * totals->total.minor;
	self->cash += sign * receipt_get_kept(receipt, TENDER_CASH).minor;
	self->card += sign * receipt_get_kept(receipt, TENDER_CARD).minor;
}

static void check_sums(FakeOffice *office, const Sums *sums)
{
	int64_t receipts[5], lines[6], payments[2], taxes[1];

	fake_office_ask_sql(
		office,
		"SELECT count(*), sum(gross), sum(discount), sum(tax), sum(net) FROM receipt",
		receipts, 5);
	g_assert_cmpint(receipts[0], ==, sums->receipts);
	g_assert_cmpint(receipts[1], ==, sums->gross);
	g_assert_cmpint(receipts[2], ==, sums->discount);
	g_assert_cmpint(receipts[3], ==, sums->tax);
	g_assert_cmpint(receipts[4], ==, sums->net);
	fake_office_ask_sql(office,
			    "SELECT sum(quantity), sum(gross), sum(discount), sum(tax), sum(net),"
			    " count(DISTINCT seq) FROM receipt_line",
			    lines, 6);
	g_assert_cmpint(lines[1], ==, sums->gross);
	g_assert_cmpint(lines[2], ==, sums->discount);
	g_assert_cmpint(lines[3], ==, sums->tax);
	g_assert_cmpint(lines[4], ==, sums->net);
	g_assert_cmpint(lines[5], ==, sums->receipts);
	fake_office_ask_sql(office, "SELECT count(*), sum(amount) FROM receipt_payment", payments,
			    2);
	g_assert_cmpint(payments[1], ==, sums->cash + sums->card);
	fake_office_ask_sql(office, "SELECT sum(amount) FROM receipt_tax", taxes, 1);
	g_assert_cmpint(taxes[0], ==, sums->tax);
	fake_office_verify(office);
}

static bool ingest(FakeOffice *office, const FakeTill *till, guint from, guint to,
		   IngestResult *ret, GError **error)
{
	g_autoptr(GArray) entries = g_array_new(FALSE, FALSE, sizeof(IngestEntry));

	for (guint i = from; i < to; i++) {
		IngestEntry entry = { fake_till_get(till, i)->body, fake_till_get(till, i)->hash };

		g_array_append_val(entries, entry);
	}
	return ingest_batch(office->store, &till_one, (const IngestEntry *)entries->data,
			    entries->len, ret, error);
}

static void ingest_all(FakeOffice *office, const FakeTill *till, IngestResult *ret)
{
	g_autoptr(GError) error = NULL;

	ingest(office, till, 0, till->entries->len, ret, &error);
	g_assert_no_error(error);
}

static int64_t count_of(FakeOffice *office, const char *statement)
{
	int64_t n;

	g_assert_true(fake_office_ask(office, statement, NULL, 0, &n, 1));
	return n;
}

static void open_shop(FakeOffice *office)
{
	g_autofree char *code = NULL;

	fake_office_init(office);
	code = fake_office_add_till(office, "Касса 1");
}

static void sell(FakeTill *till, ReceiptKind kind, int n_lines, guint32 seed, Sums *sums)
{
	g_autoptr(Receipt) receipt = fake_receipt(kind, n_lines, seed);

	fake_till_sell(till, receipt);
	if (sums != NULL)
		sums_add(sums, receipt);
}

static void test_day_adds_up(void)
{
	g_auto(FakeOffice) office;
	g_auto(FakeTill) till;
	ShiftTotals totals;
	IngestResult result;
	Sums sums = { 0 };
	int64_t closed_at;

	open_shop(&office);
	fake_till_init(&till);
	fake_till_note(&till, JOURNAL_LOGIN, NULL);
	fake_till_open_shift(&till, 50000);
	for (guint32 i = 0; i < 300; i++)
		sell(&till, i % 10 == 9 ? RECEIPT_RETURN : RECEIPT_SALE, 1 + (int)i % 12, i, &sums);
	shift_totals_init(&totals, FAKE_RUB, (Money){ 50000, FAKE_RUB });
	fake_till_close_shift(&till, &totals, 49900);

	ingest_all(&office, &till, &result);
	g_assert_cmpint(result.next, ==, 304);
	g_assert_cmpint(result.taken, ==, 303);
	g_assert_cmpint(result.receipts, ==, 300);
	g_assert_cmpint(result.quarantined, ==, 0);
	check_sums(&office, &sums);
	g_assert_true(fake_office_ask(&office, "office/ingest/shift_closed_at",
				      (int64_t[]){ 1, 1, 1 }, 3, &closed_at, 1));
	g_assert_cmpint(closed_at, ==, till.at);
}

/* 21:30 UTC is half past midnight in Moscow. */
static void test_hour_is_the_shops(void)
{
	g_auto(FakeOffice) office;
	g_auto(FakeTill) till;
	IngestResult result;
	int64_t hour;

	open_shop(&office);
	fake_till_init(&till);
	sell(&till, RECEIPT_SALE, 1, 1, NULL);
	ingest_all(&office, &till, &result);
	g_assert_true(fake_office_ask_sql(&office, "SELECT hour FROM receipt", &hour, 1));
	g_assert_cmpint(hour, ==, 0);
}

static void test_same_batch_twice(void)
{
	g_auto(FakeOffice) office;
	g_auto(FakeTill) till;
	IngestResult result;
	Sums sums = { 0 };

	open_shop(&office);
	fake_till_init(&till);
	for (guint32 i = 0; i < 20; i++)
		sell(&till, RECEIPT_SALE, 3, i, &sums);
	ingest_all(&office, &till, &result);
	ingest_all(&office, &till, &result);
	g_assert_cmpint(result.known, ==, 20);
	g_assert_cmpint(result.taken, ==, 0);
	g_assert_cmpint(result.next, ==, 21);
	check_sums(&office, &sums);
}

static void test_overlapping_batch(void)
{
	g_auto(FakeOffice) office;
	g_auto(FakeTill) till;
	g_autoptr(GError) error = NULL;
	IngestResult result;
	Sums sums = { 0 };

	open_shop(&office);
	fake_till_init(&till);
	for (guint32 i = 0; i < 20; i++)
		sell(&till, RECEIPT_SALE, 3, i, &sums);
	g_assert_true(ingest(&office, &till, 0, 12, &result, &error));
	g_assert_true(ingest(&office, &till, 5, 20, &result, &error));
	g_assert_cmpint(result.known, ==, 7);
	g_assert_cmpint(result.taken, ==, 8);
	check_sums(&office, &sums);
}

static void test_gap_is_refused(void)
{
	g_auto(FakeOffice) office;
	g_auto(FakeTill) till;
	g_autoptr(GError) error = NULL;
	IngestResult result;

	open_shop(&office);
	fake_till_init(&till);
	for (guint32 i = 0; i < 5; i++)
		sell(&till, RECEIPT_SALE, 1, i, NULL);
	g_assert_false(ingest(&office, &till, 2, 5, &result, &error));
	g_assert_error(error, INGEST_ERROR, INGEST_ERROR_GAP);
	g_assert_cmpint(result.next, ==, 1);
	g_assert_cmpint(result.taken, ==, 0);
}

/* What is good before the broken link stays, so that it is not sent for ever. */
static void test_broken_link_stops_the_batch(void)
{
	g_auto(FakeOffice) office;
	g_auto(FakeTill) till;
	g_autoptr(GError) error = NULL;
	IngestResult result;
	Sums sums = { 0 };

	open_shop(&office);
	fake_till_init(&till);
	sell(&till, RECEIPT_SALE, 2, 1, &sums);
	sell(&till, RECEIPT_SALE, 2, 2, &sums);
	g_strlcpy(till.hash, JOURNAL_FIRST_HASH, sizeof till.hash);
	sell(&till, RECEIPT_SALE, 2, 3, NULL);
	sell(&till, RECEIPT_SALE, 2, 4, NULL);
	g_assert_false(ingest(&office, &till, 0, 4, &result, &error));
	g_assert_error(error, INGEST_ERROR, INGEST_ERROR_CHAIN);
	g_assert_cmpint(result.next, ==, 3);
	check_sums(&office, &sums);
}

static void test_cloned_till_is_refused(void)
{
	g_auto(FakeOffice) office;
	g_auto(FakeTill) till, clone;
	g_autoptr(GError) error = NULL;
	IngestResult result;
	Sums sums = { 0 };

	open_shop(&office);
	fake_till_init(&till);
	fake_till_init(&clone);
	sell(&till, RECEIPT_SALE, 2, 1, &sums);
	sell(&till, RECEIPT_SALE, 2, 2, &sums);
	sell(&clone, RECEIPT_SALE, 2, 1, NULL);
	sell(&clone, RECEIPT_SALE, 2, 77, NULL);
	sell(&clone, RECEIPT_SALE, 2, 78, NULL);
	ingest_all(&office, &till, &result);
	g_assert_false(ingest(&office, &clone, 0, 3, &result, &error));
	g_assert_error(error, INGEST_ERROR, INGEST_ERROR_CHAIN);
	g_assert_cmpint(result.next, ==, 3);
	check_sums(&office, &sums);
}

static json_t *receipt_details(FakeTill *till, guint32 seed)
{
	g_autoptr(Receipt) receipt = fake_receipt(RECEIPT_SALE, 3, seed);

	return json_pack("{s:o, s:s, s:I, s:i, s:n}", "receipt", receipt_to_json(receipt), "number",
			 "T1-1", "seq", (json_int_t)++till->seq, "day", FAKE_DAY, "fiscal");
}

static void poison_total(json_t *details)
{
	json_t *totals = json_object_get(json_object_get(details, "receipt"), "totals");

	json_object_set_new(totals, "total", json_integer(1));
}

static void poison_receipt(json_t *details)
{
	json_object_set_new(details, "receipt", json_string("eaten by the dog"));
}

static void poison_seq(json_t *details)
{
	json_object_set_new(details, "seq", json_integer(1));
}

static void poison_day(json_t *details)
{
	json_object_set_new(details, "day", json_integer(20261301));
}

static void poison_fiscal(json_t *details)
{
	json_object_set_new(details, "fiscal", json_pack("{s:s}", "document", "none"));
}

static void poison_number(json_t *details)
{
	json_object_del(details, "number");
}

static void poison_payments(json_t *details)
{
	json_t *receipt = json_object_get(details, "receipt");

	json_array_clear(json_object_get(receipt, "payments"));
}

static void test_poison_goes_to_quarantine(void)
{
	static void (*const poisons[])(json_t *) = { poison_total,   poison_receipt, poison_seq,
						     poison_day,     poison_fiscal,  poison_number,
						     poison_payments };
	g_auto(FakeOffice) office;
	g_auto(FakeTill) till;
	IngestResult result;
	Sums sums = { 0 };

	open_shop(&office);
	fake_till_init(&till);
	sell(&till, RECEIPT_SALE, 2, 100, &sums);
	for (size_t i = 0; i < G_N_ELEMENTS(poisons); i++) {
		json_t *details = receipt_details(&till, (guint32)i);

		poisons[i](details);
		fake_till_note(&till, JOURNAL_RECEIPT, details);
		sell(&till, RECEIPT_SALE, 2, 200 + (guint32)i, &sums);
	}
	ingest_all(&office, &till, &result);
	g_assert_cmpint(result.taken, ==, till.entries->len);
	g_assert_cmpint(result.quarantined, ==, G_N_ELEMENTS(poisons));
	g_assert_cmpint(count_of(&office, "office/sync/quarantined"), ==, G_N_ELEMENTS(poisons));
	check_sums(&office, &sums);
}

/* Another currency, a shift opened twice, one closed that was never opened. */
static void test_odd_entries_go_to_quarantine(void)
{
	g_auto(FakeOffice) office;
	g_auto(FakeTill) till;
	g_autoptr(Receipt) tugrik = receipt_new(RECEIPT_SALE, 496, TAX_PER_LINE);
	const TaxGroup none = { .id = 4, .code = "NONE" };
	ReceiptGoods goods = {
		.code = "1", .name = "Талх", .price = { 150000, 496 }, .tax = &none
	};
	ShiftTotals totals;
	IngestResult result;
	int number;

	g_assert_true(receipt_add(tugrik, &goods, (Quantity){ QUANTITY_ONE }, &number, NULL));
	g_assert_true(receipt_pay(tugrik, TENDER_CASH, (Money){ 150000, 496 }, NULL, NULL));
	shift_totals_init(&totals, FAKE_RUB, (Money){ 0, FAKE_RUB });
	open_shop(&office);
	fake_till_init(&till);
	fake_till_open_shift(&till, 0);
	till.shift = 0;
	fake_till_open_shift(&till, 0);
	till.shift = 9;
	fake_till_close_shift(&till, &totals, 0);
	fake_till_sell(&till, tugrik);
	ingest_all(&office, &till, &result);
	g_assert_cmpint(result.taken, ==, 4);
	g_assert_cmpint(result.quarantined, ==, 3);
}

/* A newer till may know kinds that we do not: kept, and not held up. */
static void test_unknown_kind_is_kept(void)
{
	g_auto(FakeOffice) office;
	g_autoptr(GError) error = NULL;
	g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
	const char *body =
		"{\"at\":1795469400000000,\"cashier\":2,\"kind\":\"dance\",\"n\":1,\"shift\":0}";
	g_autofree char *chained = g_strconcat(JOURNAL_FIRST_HASH, "\n", body, NULL);
	IngestResult result;

	open_shop(&office);
	g_checksum_update(sum, (const guchar *)chained, (gssize)strlen(chained));
	ingest_batch(office.store, &till_one, &(IngestEntry){ body, g_checksum_get_string(sum) }, 1,
		     &result, &error);
	g_assert_no_error(error);
	g_assert_cmpint(result.next, ==, 2);
	g_assert_cmpint(result.quarantined, ==, 1);
}

/* The balance of an item cannot take it: nobody else has to wait for that. */
static void test_full_ledger_goes_to_quarantine(void)
{
	g_auto(FakeOffice) office;
	g_auto(FakeTill) till;
	StoreStatement *put;
	g_autoptr(GError) error = NULL;
	IngestResult result;

	open_shop(&office);
	put = store_statement(office.store, "office/ledger/put_balance");
	for (int item = 1; item <= 50; item += 2) {
		store_bind_int(put, 1, 1);
		store_bind_int(put, 2, item);
		store_bind_int(put, 3, INT64_MIN + 1);
		store_bind_int(put, 4, 0);
		g_assert_true(store_run(put, &error));
	}
	fake_till_init(&till);
	for (guint32 i = 0; i < 20; i++)
		sell(&till, RECEIPT_SALE, 1, i, NULL);
	ingest_all(&office, &till, &result);
	g_assert_cmpint(result.taken, ==, 20);
	g_assert_cmpint(result.quarantined, >, 0);
	g_assert_cmpint(result.receipts, >, 0);
	g_assert_cmpint(result.quarantined + result.receipts, ==, 20);
}

static void test_unknown_till(void)
{
	g_auto(FakeOffice) office;
	g_autoptr(GError) error = NULL;
	IngestResult result;

	fake_office_init(&office);
	g_assert_false(ingest_batch(office.store, &till_one, NULL, 0, &result, &error));
	g_assert_error(error, INGEST_ERROR, INGEST_ERROR_TILL);
}

/* How many receipts of 8 lines a second: said, not judged. */
static void test_speed(void)
{
	g_auto(FakeOffice) office;
	g_auto(FakeTill) till;
	g_autoptr(GError) error = NULL;
	const guint n = g_test_perf() ? 20000 : 200, batch = 100;
	IngestResult result;
	gint64 start;

	open_shop(&office);
	fake_till_init(&till);
	for (guint i = 0; i < n; i++)
		sell(&till, RECEIPT_SALE, 8, i, NULL);
	start = g_get_monotonic_time();
	for (guint i = 0; i < n; i += batch)
		g_assert_true(ingest(&office, &till, i, i + batch, &result, &error));
	g_test_message("%.0f receipts of 8 lines a second",
		       n * 1e6 / (double)(g_get_monotonic_time() - start));
	g_assert_cmpint(result.next, ==, n + 1);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/ingest/day_adds_up", test_day_adds_up);
	g_test_add_func("/ingest/hour_is_the_shops", test_hour_is_the_shops);
	g_test_add_func("/ingest/same_batch_twice", test_same_batch_twice);
	g_test_add_func("/ingest/overlapping_batch", test_overlapping_batch);
	g_test_add_func("/ingest/gap_is_refused", test_gap_is_refused);
	g_test_add_func("/ingest/broken_link_stops_the_batch", test_broken_link_stops_the_batch);
	g_test_add_func("/ingest/cloned_till_is_refused", test_cloned_till_is_refused);
	g_test_add_func("/ingest/poison_goes_to_quarantine", test_poison_goes_to_quarantine);
	g_test_add_func("/ingest/odd_entries_go_to_quarantine", test_odd_entries_go_to_quarantine);
	g_test_add_func("/ingest/unknown_kind_is_kept", test_unknown_kind_is_kept);
	g_test_add_func("/ingest/full_ledger_goes_to_quarantine",
			test_full_ledger_goes_to_quarantine);
	g_test_add_func("/ingest/unknown_till", test_unknown_till);
	g_test_add_func("/ingest/speed", test_speed);
	return g_test_run();
}
