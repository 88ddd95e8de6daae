/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What labels said of the very pieces that were sold. */
#include "backoffice/sales/ingest.h"
#include "backoffice/sales/verify.h"
#include "backoffice/stock/ledger.h"
#include "core/quantity.h"
#include "tests/hub/fake_office.h"
#include "tests/hub/fake_till.h"

#include <sqlite3.h>

/* Milk is kept by batch, phones by serial number, soap by neither; a basket is a kit of milk, and
 * what its label says is not said of the milk. */
enum { MILK = 1, PHONE, SOAP, BASKET };
enum { SOON = 11, LATER, LAST };

static const TaxGroup no_tax = {
	.id = 1, .code = "NONE", .n_rates = 1, .rates = { { "VAT", 0, true, 0, FISCAL_TAX_NONE } }
};

/* --- the shop ------------------------------------------------------------------------------ */

static void do_sql(const FakeOffice *office, const char *sql)
{
	g_autofree char *path = g_build_filename(office->folder, "office.db", NULL);
	sqlite3 *db = NULL;

	g_assert_cmpint(sqlite3_open(path, &db), ==, SQLITE_OK);
	g_assert_cmpint(sqlite3_exec(db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
	sqlite3_close(db);
}

/* "" where there is no row. Own it. */
static char *ask(const FakeOffice *office, const char *sql)
{
	g_autofree char *path = g_build_filename(office->folder, "office.db", NULL);
	sqlite3_stmt *row = NULL;
	sqlite3 *db = NULL;
	char *text = NULL;

	g_assert_cmpint(sqlite3_open(path, &db), ==, SQLITE_OK);
	g_assert_cmpint(sqlite3_prepare_v2(db, sql, -1, &row, NULL), ==, SQLITE_OK);
	if (sqlite3_step(row) == SQLITE_ROW)
		text = g_strdup((const char *)sqlite3_column_text(row, 0));
	sqlite3_finalize(row);
	sqlite3_close(db);
	return text != NULL ? text : g_strdup("");
}

static void expect(const FakeOffice *office, const char *sql, const char *wanted)
{
	g_autofree char *is = ask(office, sql);

	g_assert_cmpstr(is, ==, wanted);
}

/* Ten of each batch came at noon. */
static void receive_milk(FakeOffice *office)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Ledger) ledger = NULL;

	store_begin(office->store, &error);
	ledger = ledger_new(office->store, 1, &error);
	for (int64_t batch = SOON; batch <= LAST; batch++) {
		LedgerMove move = { .item_id = MILK,
				    .at = 1,
				    .day = FAKE_DAY,
				    .kind = "delivery",
				    .document_id = 1,
				    .document_line = (int)(batch - SOON),
				    .quantity = 10 * QUANTITY_ONE,
				    .batch_id = batch };

		ledger_post(ledger, &move, &error);
		g_assert_no_error(error);
	}
	ledger_finish(ledger, &error);
	g_assert_no_error(error);
	store_commit(office->store, &error);
	g_assert_no_error(error);
}

static void open_shop(FakeOffice *office, FakeTill *till)
{
	g_autofree char *code = NULL;

	fake_office_init(office);
	code = fake_office_add_till(office, "Касса 1");
	fake_office_add_goods(office, 4);
	do_sql(office,
	       "UPDATE item SET unit = 'pcs', weighed = 0, expires = id IN (1, 4), serials = id = "
	       "2;"
	       "UPDATE item SET kind = 'kit' WHERE id = 4;"
	       "INSERT INTO recipe (id, item_id, first_day, yield) VALUES (1, 4, 0, 1000000);"
	       "INSERT INTO recipe_line (recipe_id, line, item_id, quantity, loss)"
	       " VALUES (1, 1, 1, 1000000, 0);"
	       "INSERT INTO batch (id, item_id, code, expiry) VALUES"
	       " (11, 1, 'A', 20261201), (12, 1, 'B', 20261215), (13, 1, 'B', 20261220),"
	       " (14, 3, 'B', 20261215), (15, 4, 'C', 20261215)");
	receive_milk(office);
	fake_till_init(till);
}

typedef struct {
	int64_t item, n;
	const char *batch, *serial;
	int32_t expiry;
} Line;

static void trade(FakeTill *till, ReceiptKind kind, const Line *lines, int n)
{
	g_autoptr(Receipt) receipt = receipt_new(kind, FAKE_RUB, TAX_PER_LINE);
	g_autoptr(GError) error = NULL;

	for (int i = 0; i < n; i++) {
		ReceiptGoods goods = { .item_id = lines[i].item,
				       .code = "1",
				       .name = "Товар",
				       .unit = UNIT_PIECE,
				       .price = { 10000, FAKE_RUB },
				       .tax = &no_tax,
				       .batch = lines[i].batch,
				       .serial = lines[i].serial,
				       .expiry = lines[i].expiry };
		int number;

		receipt_add(receipt, &goods, (Quantity){ lines[i].n * QUANTITY_ONE }, &number,
			    &error);
		g_assert_no_error(error);
	}
	receipt_pay(receipt, TENDER_CASH, receipt_get_totals(receipt)->due, NULL, &error);
	g_assert_no_error(error);
	fake_till_sell(till, receipt);
}

static void take_in_from(FakeOffice *office, const FakeTill *till, int64_t till_id)
{
	const IngestTill who = { 1, till_id, FAKE_RUB, "Europe/Moscow" };
	g_autofree IngestEntry *entries = g_new0(IngestEntry, till->entries->len);
	g_auto(Verdict) verdict = { 0 };
	g_autoptr(GError) error = NULL;
	IngestResult result;

	for (guint i = 0; i < till->entries->len; i++)
		entries[i] =
			(IngestEntry){ fake_till_get(till, i)->body, fake_till_get(till, i)->hash };
	ingest_batch(office->store, &who, entries, till->entries->len, &result, &error);
	g_assert_no_error(error);
	g_assert_cmpint(result.quarantined, ==, 0);
	verify_office(office->store, &verdict, &error);
	g_assert_no_error(error);
	g_assert_cmpstr(verdict.broken, ==, NULL);
}

static void take_in(FakeOffice *office, const FakeTill *till)
{
	take_in_from(office, till, 1);
}

static void expect_batches(const FakeOffice *office, const char *wanted)
{
	expect(office,
	       "SELECT group_concat(quantity / 1000000, ' ') FROM"
	       " (SELECT quantity FROM batch_balance WHERE item_id = 1 ORDER BY batch_id)",
	       wanted);
}

static void expect_piece(const FakeOffice *office, const char *serial, const char *wanted)
{
	g_autofree char *sql = g_strdup_printf("SELECT state || ' ' || shop_id FROM serial"
					       " WHERE item_id = 2 AND serial = '%s'",
					       serial);

	expect(office, sql, wanted);
}

/* --- batches ------------------------------------------------------------------------------- */

static void test_what_the_label_said_leaves(void)
{
	g_auto(FakeOffice) office;
	g_auto(FakeTill) till;

	open_shop(&office, &till);
	trade(&till, RECEIPT_SALE,
	      (Line[]){ { MILK, 1, "B", NULL, 20261220 }, { MILK, 2, "B", NULL, 0 } }, 2);
	take_in(&office, &till);
	expect_batches(&office, "10 8 9");
	trade(&till, RECEIPT_SALE, (Line[]){ { MILK, 3, NULL, NULL, 20261215 } }, 1);
	trade(&till, RECEIPT_RETURN, (Line[]){ { MILK, 1, "B", NULL, 20261220 } }, 1);
	take_in(&office, &till);
	expect_batches(&office, "10 5 10");
}

static void test_what_nobody_knows_is_the_first_to_expire(void)
{
	g_auto(FakeOffice) office;
	g_auto(FakeTill) till;

	open_shop(&office, &till);
	trade(&till, RECEIPT_SALE,
	      (Line[]){ { MILK, 1, NULL, NULL, 0 },
			{ MILK, 1, "X", NULL, 20261215 },
			{ MILK, 1, "B", NULL, 20270101 },
			{ BASKET, 1, "C", NULL, 20261215 },
			{ SOAP, 5, "B", NULL, 20261215 } },
	      5);
	take_in(&office, &till);
	expect_batches(&office, "6 10 10");
	expect(&office, "SELECT count(*) FROM batch_move WHERE batch_id > 13", "0");
	expect(&office, "SELECT quantity FROM stock_balance WHERE item_id = 3", "-5000000");
}

/* --- serial numbers ------------------------------------------------------------------------ */

static void test_pieces_are_sold_and_come_back(void)
{
	g_auto(FakeOffice) office;
	g_auto(FakeTill) till;

	open_shop(&office, &till);
	do_sql(&office, "INSERT INTO serial VALUES (2, 'S1', 1, 'here'), (2, 'S2', 1, 'here')");
	trade(&till, RECEIPT_SALE,
	      (Line[]){ { PHONE, 1, NULL, "S1", 0 },
			{ PHONE, 1, NULL, "UNSEEN", 0 },
			{ SOAP, 1, NULL, "S1", 0 } },
	      3);
	take_in(&office, &till);
	expect_piece(&office, "S1", "sold 1");
	expect_piece(&office, "S2", "here 1");
	expect_piece(&office, "UNSEEN", "sold 1");
	expect(&office, "SELECT count(*) FROM serial WHERE item_id <> 2", "0");
	trade(&till, RECEIPT_RETURN, (Line[]){ { PHONE, 1, NULL, "S1", 0 } }, 1);
	take_in(&office, &till);
	take_in(&office, &till); /* told twice, noted once */
	expect_piece(&office, "S1", "here 1");
	expect(&office,
	       "SELECT group_concat(what) FROM (SELECT state || ' ' || till_id || '/' || seq AS "
	       "what"
	       " FROM serial_event WHERE serial = 'S1' ORDER BY id)",
	       "sold 1/1,here 1/2");
}

/* Sold at one till, brought back at another one whose journal comes first. */
static void test_a_sale_told_after_its_return(void)
{
	g_auto(FakeOffice) office;
	g_auto(FakeTill) first, second;
	g_autofree char *code = NULL;

	open_shop(&office, &first);
	code = fake_office_add_till(&office, "Касса 2");
	fake_till_init(&second);
	trade(&first, RECEIPT_SALE, (Line[]){ { PHONE, 1, NULL, "S1", 0 } }, 1);
	second.at = first.at + G_USEC_PER_SEC;
	trade(&second, RECEIPT_RETURN, (Line[]){ { PHONE, 1, NULL, "S1", 0 } }, 1);
	take_in_from(&office, &second, 2);
	expect_piece(&office, "S1", "here 1");
	take_in_from(&office, &first, 1);
	expect_piece(&office, "S1", "here 1");
	expect(&office, "SELECT count(*) FROM serial_event WHERE serial = 'S1'", "2");
	trade(&second, RECEIPT_SALE, (Line[]){ { PHONE, 1, NULL, "S1", 0 } }, 1);
	take_in_from(&office, &second, 2);
	expect_piece(&office, "S1", "sold 1");
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
#define ADD(name) g_test_add_func("/till_pieces/" #name, test_##name)
	ADD(what_the_label_said_leaves);
	ADD(what_nobody_knows_is_the_first_to_expire);
	ADD(pieces_are_sold_and_come_back);
	ADD(a_sale_told_after_its_return);
#undef ADD
	return g_test_run();
}
