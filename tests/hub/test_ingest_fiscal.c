/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/report/report.h"
#include "backoffice/sales/ingest.h"
#include "tests/hub/fake_office.h"
#include "tests/hub/fake_till.h"

#include <string.h>

/* Returns, rounded cash, documents told later and those in doubt: what the office makes of them. */

static const TaxGroup vat22 = { .id = 1,
				.code = "VAT22",
				.n_rates = 1,
				.rates = { { "VAT", 2200, true, 20260101, FISCAL_TAX_STANDARD } } };

/* A shop of two tills, and their journals. */
typedef struct {
	FakeOffice office;
	FakeTill tills[2];
} Floor;

static void floor_init(Floor *self)
{
	fake_office_init(&self->office);
	for (int i = 0; i < 2; i++) {
		g_autofree char *name = g_strdup_printf("Till %d", i + 1);

		g_free(fake_office_add_till(&self->office, name));
		fake_till_init(&self->tills[i]);
		fake_till_open_shift(&self->tills[i], 10000);
	}
}

static void floor_clear(Floor *self)
{
	fake_till_clear(&self->tills[0]);
	fake_till_clear(&self->tills[1]);
	fake_office_clear(&self->office);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Floor, floor_clear)

static void take_in(Floor *self, int till, IngestResult *ret)
{
	IngestTill who = { 1, till + 1, FAKE_RUB, "Europe/Moscow" };
	const FakeTill *from = &self->tills[till];
	g_autofree IngestEntry *entries = g_new0(IngestEntry, from->entries->len);
	g_autoptr(GError) error = NULL;

	for (guint i = 0; i < from->entries->len; i++)
		entries[i] =
			(IngestEntry){ fake_till_get(from, i)->body, fake_till_get(from, i)->hash };
	ingest_batch(self->office.store, &who, entries, from->entries->len, ret, &error);
	g_assert_no_error(error);
	fake_office_verify(&self->office);
}

static void take_all_in(Floor *self)
{
	IngestResult result;

	for (int i = 0; i < 2; i++) {
		take_in(self, i, &result);
		g_assert_cmpint(result.quarantined, ==, 0);
	}
}

/* --- receipts ------------------------------------------------------------------------------ */

/* Three bottles at 33.35, paid in coins of @step; 100.05 by themselves. */
static Receipt *bottles(int64_t step)
{
	Receipt *receipt = receipt_new(RECEIPT_SALE, FAKE_RUB, TAX_PER_LINE);
	ReceiptGoods goods = { .item_id = 7,
			       .code = "46",
			       .name = "Bottle",
			       .unit = UNIT_PIECE,
			       .price = { 3335, FAKE_RUB },
			       .tax = &vat22 };
	g_autoptr(GError) error = NULL;
	int number;

	receipt_set_cash_rounding(receipt, step, ROUND_DOWN);
	receipt_add(receipt, &goods, (Quantity){ 3 * QUANTITY_ONE }, &number, &error);
	g_assert_no_error(error);
	receipt_pay(receipt, TENDER_CASH, receipt_get_totals(receipt)->cash_due, NULL, &error);
	g_assert_no_error(error);
	return receipt;
}

/* @n of the bottles come back; @before may be NULL. */
static Receipt *give_back(const Receipt *sale, const char *number, const Receipt *before, int n)
{
	g_autoptr(GError) error = NULL;
	Receipt *receipt =
		receipt_new_return(sale, number, &before, before != NULL ? 1 : 0, &error);

	g_assert_no_error(error);
	receipt_set_quantity(receipt, 1, (Quantity){ n * QUANTITY_ONE }, &error);
	g_assert_no_error(error);
	receipt_pay(receipt, TENDER_CASH, receipt_get_give_back(receipt, TENDER_CASH), NULL,
		    &error);
	g_assert_no_error(error);
	return receipt;
}

typedef struct {
	const char *doubt, *id; /* of the proof; NULL: none */
	const char *late; /* why it has no proof; NULL: it has one */
} Fate;

static json_t *proof_of(int document, const char *doubt, const char *id)
{
	json_t *proof = json_pack("{s:i, s:i, s:i, s:s, s:s, s:s, s:i}", "document", document,
				  "shift", 7, "receipt", document, "sign", "3849583049", "serial",
				  "9999078900001234", "at", "2026-11-24T00:30", "change", 0);

	if (doubt != NULL)
		json_object_set_new(proof, "doubt", json_string(doubt));
	if (id != NULL)
		json_object_set_new(proof, "id", json_string(id));
	return proof;
}

/* As core/journal.h says; the number is printed into @ret. */
static void note(Floor *self, int till, const Receipt *receipt, Fate fate, char ret[static 16])
{
	FakeTill *to = &self->tills[till];
	json_t *details;

	to->seq++;
	g_snprintf(ret, 16, "T%d-%06d", till + 1, (int)to->seq);
	details = json_pack("{s:o, s:s, s:I, s:i, s:o}", "receipt", receipt_to_json(receipt),
			    "number", ret, "seq", (json_int_t)to->seq, "day", FAKE_DAY, "fiscal",
			    fate.late != NULL ? json_null()
					      : proof_of(100 + (int)to->seq, fate.doubt, fate.id));
	if (fate.late != NULL)
		json_object_set_new(details, "late", json_string(fate.late));
	fake_till_note(to, JOURNAL_RECEIPT, details);
}

static void tell_late(Floor *self, int till, int64_t seq, int document)
{
	g_autofree char *number = g_strdup_printf("T%d-%06d", till + 1, (int)seq);

	fake_till_note(&self->tills[till], JOURNAL_FISCAL,
		       json_pack("{s:s, s:s, s:I, s:s, s:o}", "step", "late", "number", number,
				 "seq", (json_int_t)seq, "reason", "", "fiscal",
				 proof_of(document, NULL, NULL)));
}

static void check_csv(Floor *self, const char *name, const char *expected)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Report) report =
		report_run(self->office.store, report_find(name), 1, FAKE_DAY, FAKE_DAY, &error);
	g_autofree char *csv = NULL, *plain = NULL;
	g_auto(GStrv) lines = NULL;

	g_assert_no_error(error);
	csv = report_dup_csv(report);
	lines = g_strsplit(csv, "\r\n", -1);
	plain = g_strjoinv("\n", lines);
	g_assert_cmpstr(strchr(plain, '\n') + 1, ==, expected);
}

/* --- what happened ------------------------------------------------------------------------- */

/* 100.05 in coins of 50 kopecks is 100.00; two of three bottles are 66.70, given back as 66.50. */
static void test_rounded_receipts_and_their_returns_add_up(void)
{
	g_auto(Floor) floor = { 0 };
	g_autoptr(Receipt) sale = bottles(50), back = NULL;
	char number[16];

	floor_init(&floor);
	note(&floor, 0, sale, (Fate){ 0 }, number);
	back = give_back(sale, number, NULL, 2);
	note(&floor, 0, back, (Fate){ 0 }, number);
	take_all_in(&floor);
	check_csv(&floor, "sales", "46,Bottle,1,33.35,0.00,6.01,33.35,2\n");
	check_csv(&floor, "payments", "cash,2,33.50\n");
	check_csv(&floor, "taxes", "VAT,22,33.35,6.01\n");
	check_csv(&floor, "cash",
		  "2026-11-23,Till 1,1,100.00,0.00,0.00,100.05,-66.70,0.15,133.50,,\n"
		  "2026-11-23,Till 2,1,100.00,0.00,0.00,0.00,0.00,0.00,100.00,,\n");
	check_csv(&floor, "cases", "");
}

/* What came back is on the shelf again. */
static void test_a_return_goes_back_into_stock(void)
{
	g_auto(Floor) floor = { 0 };
	g_autoptr(Receipt) sale = bottles(1), back = NULL;
	int64_t balance[2];
	char number[16];

	floor_init(&floor);
	note(&floor, 0, sale, (Fate){ 0 }, number);
	back = give_back(sale, number, NULL, 2);
	note(&floor, 1, back, (Fate){ 0 }, number);
	take_all_in(&floor);
	g_assert_true(fake_office_ask(&floor.office, "office/ledger/balance", (int64_t[]){ 1, 7 },
				      2, balance, 2));
	g_assert_cmpint(balance[0], ==, -QUANTITY_ONE);
}

/* Neither till knew of the other's; the office takes both in and says so. @sale_last: what was sold
 * comes after what came back of it. */
static void check_over_return(bool sale_last)
{
	g_auto(Floor) floor = { 0 };
	g_autoptr(Receipt) sale = bottles(1), first = NULL, second = NULL;
	char number[16], of_first[16], of_second[16];
	IngestResult result;

	floor_init(&floor);
	note(&floor, 0, sale, (Fate){ 0 }, number);
	first = give_back(sale, number, NULL, 2);
	second = give_back(sale, number, NULL, 2);
	note(&floor, 0, first, (Fate){ 0 }, of_first);
	floor.tills[1].at = floor.tills[0].at; /* a second later */
	note(&floor, 1, second, (Fate){ 0 }, of_second);
	if (sale_last) {
		take_in(&floor, 1, &result);
		check_csv(&floor, "cases", "");
	}
	take_all_in(&floor);
	check_csv(&floor, "cases",
		  "2026-11-23,over-return,Till 2,T2-000001,#2,66.70,T1-000001,T1-000002,#2\n");
}

static void test_two_tills_give_back_the_same(void)
{
	check_over_return(false);
}

static void test_the_return_comes_before_its_sale(void)
{
	check_over_return(true);
}

static void test_late_receipts_wait_until_they_are_told(void)
{
	g_auto(Floor) floor = { 0 };
	g_autoptr(Receipt) sale = bottles(1);
	char number[16];
	IngestResult result;

	floor_init(&floor);
	note(&floor, 0, sale, (Fate){ .late = "offline" }, number);
	note(&floor, 0, sale, (Fate){ .late = "paper-out" }, number);
	take_all_in(&floor);
	check_csv(&floor, "cases",
		  "2026-11-23,late,Till 1,T1-000002,#2,100.05,paper-out,,\n"
		  "2026-11-23,late,Till 1,T1-000001,#2,100.05,offline,,\n");
	tell_late(&floor, 0, 1, 900);
	take_all_in(&floor);
	check_csv(&floor, "cases", "2026-11-23,late,Till 1,T1-000002,#2,100.05,paper-out,,\n");

	/* A second document for the same receipt, and one for none. */
	tell_late(&floor, 0, 1, 901);
	tell_late(&floor, 0, 77, 902);
	take_in(&floor, 0, &result);
	g_assert_cmpint(result.quarantined, ==, 2);
}

static void test_documents_in_doubt_are_named(void)
{
	g_auto(Floor) floor = { 0 };
	g_autoptr(Receipt) sale = bottles(1);
	char number[16];

	floor_init(&floor);
	note(&floor, 0, sale, (Fate){ .doubt = "possibly-twice", .id = "ab-12" }, number);
	note(&floor, 1, sale, (Fate){ .doubt = "number-unknown" }, number);
	fake_till_note(&floor.tills[1], JOURNAL_CASH_IN,
		       json_pack("{s:i, s:i, s:o}", "amount", 5000, "slip", 1, "fiscal",
				 proof_of(0, "possibly-twice", NULL)));
	take_all_in(&floor);
	check_csv(&floor, "cases",
		  "2026-11-23,possibly-twice,Till 1,T1-000001,#2,100.05,ab-12,,\n"
		  "2026-11-23,possibly-twice,Till 2,,#2,50.00,,,\n"
		  "2026-11-23,number-unknown,Till 2,T2-000001,#2,100.05,101,,\n");
}

/* --- the end of a shift -------------------------------------------------------------------- */

static void close_shift(Floor *self, const Receipt *const *receipts, int n, int64_t counted,
			const json_t *registrar)
{
	FakeTill *till = &self->tills[0];
	json_t *proof = proof_of(500, NULL, NULL);
	ShiftTotals totals;

	shift_totals_init(&totals, FAKE_RUB, (Money){ 10000, FAKE_RUB });
	for (int i = 0; i < n; i++)
		g_assert_true(shift_totals_add(&totals, receipts[i]));
	totals.cash_in.minor = 5000;
	totals.cash_out.minor = 2000;
	json_object_set(proof, "totals", (json_t *)registrar);
	fake_till_note(till, JOURNAL_SHIFT_CLOSE,
		       json_pack("{s:o, s:I, s:o}", "totals", shift_totals_to_json(&totals),
				 "counted", (json_int_t)counted, "fiscal", proof));
}

static void move_cash(Floor *self)
{
	fake_till_note(&self->tills[0], JOURNAL_CASH_IN,
		       json_pack("{s:i, s:i, s:n}", "amount", 5000, "slip", 1, "fiscal"));
	fake_till_note(&self->tills[0], JOURNAL_CASH_OUT,
		       json_pack("{s:i, s:i, s:n}", "amount", 2000, "slip", 2, "fiscal"));
}

static json_t *counters(int64_t sales, int64_t returns)
{
	return json_pack("{s:I, s:I, s:I, s:i, s:i, s:i}", "sales", (json_int_t)sales, "returns",
			 (json_int_t)returns, "cash", (json_int_t)(sales - returns), "card", 0,
			 "n_sales", -1, "n_returns", -1);
}

/* 100.00 + 50.00 − 20.00 + 2 × 100.05 − 66.70 − 0.05 − 0.05 + 0.20 = 263.50, while it is open and
 * when the till has said it. The registrar was told of one sale, late; the other waits. */
static void test_the_drawer_and_the_registrar_at_the_end(void)
{
	g_auto(Floor) floor = { 0 };
	g_autoptr(Receipt) sale = bottles(50), back = NULL;
	json_auto_t *right = counters(10005, 6670);
	char number[16];

	floor_init(&floor);
	move_cash(&floor);
	note(&floor, 0, sale, (Fate){ .late = "offline" }, number);
	back = give_back(sale, number, NULL, 2);
	note(&floor, 0, sale, (Fate){ .late = "offline" }, number);
	note(&floor, 0, back, (Fate){ 0 }, number);
	tell_late(&floor, 0, 1, 900);
	take_all_in(&floor);
	check_csv(&floor, "cash",
		  "2026-11-23,Till 1,1,100.00,50.00,-20.00,200.10,-66.70,0.10,263.50,,\n"
		  "2026-11-23,Till 2,1,100.00,0.00,0.00,0.00,0.00,0.00,100.00,,\n");
	close_shift(&floor, (const Receipt *const[]){ sale, sale, back }, 3, 26300, right);
	take_all_in(&floor);
	check_csv(&floor, "cash",
		  "2026-11-23,Till 1,1,100.00,50.00,-20.00,200.10,-66.70,0.10,263.50,263.00,-0.50\n"
		  "2026-11-23,Till 2,1,100.00,0.00,0.00,0.00,0.00,0.00,100.00,,\n");
	check_csv(&floor, "cases", "2026-11-23,late,Till 1,T1-000002,#2,100.05,offline,,\n");
}

static void test_a_registrar_that_counted_otherwise(void)
{
	g_auto(Floor) floor = { 0 };
	g_autoptr(Receipt) sale = bottles(1);
	json_auto_t *wrong = counters(20010, 0);
	const Receipt *receipts[] = { sale };
	char number[16];

	floor_init(&floor);
	move_cash(&floor);
	note(&floor, 0, sale, (Fate){ 0 }, number);
	close_shift(&floor, receipts, 1, 0, wrong);
	take_all_in(&floor);
	check_csv(&floor, "cases", "2026-11-23,registrar-differs,Till 1,,#2,100.05,1,,\n");
}

/* Kinds of entries that say nothing to the books. */
static void test_other_entries_pass(void)
{
	static const JournalKind kinds[] = { JOURNAL_HOLD, JOURNAL_RECALL, JOURNAL_REGISTRAR };
	g_auto(Floor) floor = { 0 };

	floor_init(&floor);
	for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++)
		fake_till_note(&floor.tills[0], kinds[i], json_pack("{s:i}", "held", 1));
	fake_till_note(&floor.tills[0], JOURNAL_FISCAL,
		       json_pack("{s:s, s:s, s:i, s:s}", "step", "not-made", "sale", "T1-1-1",
				 "attempt", 1, "fault", "paper-out"));
	take_all_in(&floor);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/ingest/fiscal/rounded", test_rounded_receipts_and_their_returns_add_up);
	g_test_add_func("/ingest/fiscal/stock", test_a_return_goes_back_into_stock);
	g_test_add_func("/ingest/fiscal/over_return", test_two_tills_give_back_the_same);
	g_test_add_func("/ingest/fiscal/return_first", test_the_return_comes_before_its_sale);
	g_test_add_func("/ingest/fiscal/late", test_late_receipts_wait_until_they_are_told);
	g_test_add_func("/ingest/fiscal/doubt", test_documents_in_doubt_are_named);
	g_test_add_func("/ingest/fiscal/end", test_the_drawer_and_the_registrar_at_the_end);
	g_test_add_func("/ingest/fiscal/differs", test_a_registrar_that_counted_otherwise);
	g_test_add_func("/ingest/fiscal/others", test_other_entries_pass);
	return g_test_run();
}
