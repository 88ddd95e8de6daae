/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/journal.h"
#include "core/shift.h"

#define RUB 643

static const TaxGroup vat22 = { 1, "VAT22", 1, { { "VAT", 2200, true, 0, FISCAL_TAX_STANDARD } } };

static Money rub(int64_t minor)
{
	return (Money){ .minor = minor, .currency = RUB };
}

/* One thing at @price less 10 %, paid @card by card and the rest with @cash. */
static Receipt *receipt_of(ReceiptKind kind, int64_t price, int64_t card, int64_t cash)
{
	Receipt *receipt = receipt_new(kind, RUB, TAX_PER_LINE);
	ReceiptGoods goods = { .item_id = 7,
			       .code = "",
			       .name = "Мыло",
			       .unit = UNIT_PIECE,
			       .price = rub(price),
			       .tax = &vat22 };

	g_assert_true(receipt_add(receipt, &goods, (Quantity){ QUANTITY_ONE }, NULL, NULL));
	g_assert_true(receipt_discount(receipt, (Discount){ DISCOUNT_PERCENT, 1000 }, NULL));
	if (card > 0)
		g_assert_true(receipt_pay(receipt, TENDER_CARD, rub(card), NULL, NULL));
	if (cash > 0)
		g_assert_true(receipt_pay(receipt, TENDER_CASH, rub(cash), NULL, NULL));
	g_assert_true(receipt_is_paid(receipt));
	return receipt;
}

/* 1000.00 in the drawer; sales of 90.00 (50.00 by card, a note of 100.00) and 180.00 in cash; 90.00
 * given back in cash; 500.00 put in and 300.00 taken out. */
static ShiftTotals a_day(void)
{
	g_autoptr(Receipt) mixed = receipt_of(RECEIPT_SALE, 10000, 5000, 10000);
	g_autoptr(Receipt) cash = receipt_of(RECEIPT_SALE, 20000, 0, 18000);
	g_autoptr(Receipt) back = receipt_of(RECEIPT_RETURN, 10000, 0, 9000);
	ShiftTotals totals;

	shift_totals_init(&totals, RUB, rub(100000));
	g_assert_true(shift_totals_add(&totals, mixed));
	g_assert_true(shift_totals_add(&totals, cash));
	g_assert_true(shift_totals_add(&totals, back));
	totals.cash_in = rub(50000);
	totals.cash_out = rub(30000);
	totals.n_voided = 1;
	return totals;
}

static void test_drawer_is_what_went_through_it(void)
{
	ShiftTotals totals = a_day();
	Money expected;

	g_assert_cmpint(totals.n_sales, ==, 2);
	g_assert_cmpint(totals.n_returns, ==, 1);
	g_assert_cmpint(totals.sales.minor, ==, 27000);
	g_assert_cmpint(totals.returns.minor, ==, 9000);
	g_assert_cmpint(totals.discount.minor, ==, 1000 + 2000 - 1000);
	g_assert_cmpint(totals.tax.minor, ==, 1623 + 3246 - 1623); /* of 90.00 and 180.00 */
	g_assert_cmpint(totals.kept[TENDER_CARD].minor, ==, 5000);
	g_assert_cmpint(totals.kept[TENDER_CASH].minor, ==, 4000 + 18000 - 9000);
	g_assert_true(shift_totals_expected_cash(&totals, &expected));
	g_assert_cmpint(expected.minor, ==, 100000 + 13000 + 50000 - 30000);
}

static void test_overflow_changes_nothing(void)
{
	g_autoptr(Receipt) sale = receipt_of(RECEIPT_SALE, 10000, 0, 9000);
	ShiftTotals totals = a_day(), before;
	Money expected = rub(42);

	totals.kept[TENDER_CASH] = rub(INT64_MAX);
	before = totals;
	g_assert_false(shift_totals_add(&totals, sale));
	g_assert_cmpmem(&before, sizeof before, &totals, sizeof totals);
	g_assert_false(shift_totals_expected_cash(&totals, &expected));
	g_assert_cmpint(expected.minor, ==, 42);
}

static void test_text_is_canonical(void)
{
	ShiftTotals totals = a_day();
	g_autoptr(GString) text = g_string_new(NULL);
	json_t *json = shift_totals_to_json(&totals);
	g_autofree char *canonical = journal_canonical(json);

	shift_totals_write(&totals, NULL, text);
	g_assert_cmpstr(text->str, ==, canonical);
	json_decref(json);
}

static void test_json_comes_back(void)
{
	ShiftTotals totals = a_day(), back;
	json_t *json = shift_totals_to_json(&totals), *again;
	const char *key;
	json_t *value;

	g_assert_true(shift_totals_from_json(json, &back));
	again = shift_totals_to_json(&back);
	g_assert_true(json_equal(json, again));
	g_assert_cmpint(back.kept[TENDER_CARD].currency, ==, RUB);
	g_assert_cmpint(back.cash_in.currency, ==, RUB);

	json_object_foreach(json, key, value)
	{
		json_t *less = json_copy(json);

		json_object_del(less, key);
		g_assert_false(shift_totals_from_json(less, &back));
		json_object_set_new(less, key, json_string("7"));
		g_assert_false(shift_totals_from_json(less, &back));
		json_decref(less);
	}
	json_object_set_new(json, "n_sales", json_integer(-1));
	g_assert_false(shift_totals_from_json(json, &back));
	g_assert_false(shift_totals_from_json(NULL, &back));
	json_decref(json);
	json_decref(again);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/shift/drawer", test_drawer_is_what_went_through_it);
	g_test_add_func("/shift/overflow-changes-nothing", test_overflow_changes_nothing);
	g_test_add_func("/shift/text-is-canonical", test_text_is_canonical);
	g_test_add_func("/shift/json-comes-back", test_json_comes_back);
	return g_test_run();
}
