/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/sales/ingest.h"
#include "backoffice/sales/verify.h"
#include "backoffice/stock/ledger.h"
#include "backoffice/stock/recipe.h"
#include "core/quantity.h"
#include "tests/hub/fake_office.h"
#include "tests/hub/fake_till.h"

#include <sqlite3.h>

/* A breakfast is two buns and a coffee; the coffee is put together of 9 g of beans and a cup. */
enum { BREAKFAST = 1, BUN, COFFEE, BEANS, CUP, CLEANING, EMPTY_KIT, N_ITEMS = EMPTY_KIT };

static const TaxGroup no_tax = {
	.id = 1, .code = "NONE", .n_rates = 1, .rates = { { "VAT", 0, true, 0, FISCAL_TAX_NONE } }
};

static void put_recipe(FakeOffice *office, int64_t item, const RecipeLine *lines, guint n)
{
	g_autoptr(Recipe) recipe = recipe_new(item, QUANTITY_ONE);
	g_autoptr(GError) error = NULL;

	g_array_append_vals(recipe->lines, lines, n);
	recipe_write(office->store, recipe, 0, &error);
	g_assert_no_error(error);
}

static void make_kinds(FakeOffice *office)
{
	g_autofree char *path = g_build_filename(office->folder, "office.db", NULL);
	sqlite3 *db = NULL;

	g_assert_cmpint(sqlite3_open(path, &db), ==, SQLITE_OK);
	g_assert_cmpint(sqlite3_exec(db,
				     "UPDATE item SET unit = 'pcs', weighed = 0, kind = CASE"
				     " WHEN id IN (1, 3, 7) THEN 'kit'"
				     " WHEN id = 6 THEN 'service' ELSE 'goods' END",
				     NULL, NULL, NULL),
			==, SQLITE_OK);
	sqlite3_close(db);
}

static void open_cafe(FakeOffice *office)
{
	g_autofree char *code = NULL;

	fake_office_init(office);
	code = fake_office_add_till(office, "Касса 1");
	fake_office_add_goods(office, N_ITEMS);
	make_kinds(office);
	put_recipe(office, COFFEE, (RecipeLine[]){ { BEANS, 9000, 0 }, { CUP, QUANTITY_ONE, 0 } },
		   2);
	put_recipe(office, BREAKFAST,
		   (RecipeLine[]){ { BUN, 2 * QUANTITY_ONE, 0 }, { COFFEE, QUANTITY_ONE, 0 } }, 2);
}

static void add(Receipt *receipt, int64_t item, int64_t n)
{
	ReceiptGoods goods = { .item_id = item,
			       .code = "1",
			       .name = "Товар",
			       .unit = UNIT_PIECE,
			       .price = { 10000, FAKE_RUB },
			       .tax = &no_tax };
	g_autoptr(GError) error = NULL;
	int number;

	receipt_add(receipt, &goods, (Quantity){ n * QUANTITY_ONE }, &number, &error);
	g_assert_no_error(error);
}

static void trade(FakeTill *till, ReceiptKind kind, const int64_t (*lines)[2], int n)
{
	g_autoptr(Receipt) receipt = receipt_new(kind, FAKE_RUB, TAX_PER_LINE);
	g_autoptr(GError) error = NULL;

	for (int i = 0; i < n; i++)
		add(receipt, lines[i][0], lines[i][1]);
	receipt_pay(receipt, TENDER_CASH, receipt_get_totals(receipt)->due, NULL, &error);
	g_assert_no_error(error);
	fake_till_sell(till, receipt);
}

static void take_in(FakeOffice *office, const FakeTill *till)
{
	static const IngestTill who = { 1, 1, FAKE_RUB, "Europe/Moscow" };
	g_autofree IngestEntry *entries = g_new0(IngestEntry, till->entries->len);
	g_autoptr(GError) error = NULL;
	IngestResult result;

	for (guint i = 0; i < till->entries->len; i++)
		entries[i] =
			(IngestEntry){ fake_till_get(till, i)->body, fake_till_get(till, i)->hash };
	ingest_batch(office->store, &who, entries, till->entries->len, &result, &error);
	g_assert_no_error(error);
	g_assert_cmpint(result.quarantined, ==, 0);
}

static void check_balances(FakeOffice *office, const int64_t balances[N_ITEMS + 1])
{
	g_auto(Verdict) verdict = { 0 };
	g_autoptr(GError) error = NULL;

	for (int64_t item = 1; item <= N_ITEMS; item++) {
		int64_t quantity;

		ledger_balance_at(office->store, 1, item, INT64_MAX, &quantity, NULL, &error);
		g_assert_no_error(error);
		g_assert_cmpint(quantity, ==, balances[item]);
	}
	verify_office(office->store, &verdict, &error);
	g_assert_no_error(error);
	g_assert_cmpstr(verdict.broken, ==, NULL);
}

static void test_parts_leave_instead_of_kits(void)
{
	g_auto(FakeOffice) office;
	g_auto(FakeTill) till;

	open_cafe(&office);
	fake_till_init(&till);
	trade(&till, RECEIPT_SALE,
	      (const int64_t[][2]){ { BREAKFAST, 3 }, { BUN, 1 }, { CLEANING, 1 }, { COFFEE, 2 } },
	      4);
	take_in(&office, &till);
	check_balances(&office, (int64_t[]){ [BUN] = -7 * QUANTITY_ONE,
					     [BEANS] = -45000,
					     [CUP] = -5 * QUANTITY_ONE,
					     [EMPTY_KIT] = 0 });
	trade(&till, RECEIPT_RETURN, (const int64_t[][2]){ { BREAKFAST, 1 }, { CLEANING, 1 } }, 2);
	take_in(&office, &till);
	check_balances(&office, (int64_t[]){ [BUN] = -5 * QUANTITY_ONE,
					     [BEANS] = -36000,
					     [CUP] = -4 * QUANTITY_ONE,
					     [EMPTY_KIT] = 0 });
}

static void test_kit_without_a_recipe(void)
{
	g_auto(FakeOffice) office;
	g_auto(FakeTill) till;

	open_cafe(&office);
	fake_till_init(&till);
	trade(&till, RECEIPT_SALE, (const int64_t[][2]){ { EMPTY_KIT, 2 } }, 1);
	take_in(&office, &till);
	check_balances(&office, (int64_t[]){ [EMPTY_KIT] = -2 * QUANTITY_ONE });
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/kits/parts_leave_instead_of_kits", test_parts_leave_instead_of_kits);
	g_test_add_func("/kits/kit_without_a_recipe", test_kit_without_a_recipe);
	return g_test_run();
}
