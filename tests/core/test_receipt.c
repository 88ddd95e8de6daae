/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/receipt.h"

#include <string.h>

#define RUB 643
#define ADD(receipt, goods, micro) add(receipt, goods, micro, __LINE__)

static const TaxGroup vat22 = {
	.id = 1,
	.code = "VAT22",
	.n_rates = 1,
	.rates = { { "VAT", 2200, true, 20260101, FISCAL_TAX_STANDARD } },
};
static const TaxGroup vat10 = {
	.id = 2,
	.code = "VAT10",
	.n_rates = 1,
	.rates = { { "VAT", 1000, true, 0, FISCAL_TAX_REDUCED } },
};
static const TaxGroup sales_tax = {
	.id = 3,
	.code = "SALES",
	.n_rates = 1,
	.rates = { { "SALES", 800, false, 0, FISCAL_TAX_OTHER } },
};

static Money rub(int64_t minor)
{
	return (Money){ .minor = minor, .currency = RUB };
}

static ReceiptGoods goods_of(const char *name, Unit unit, int64_t price, const TaxGroup *tax)
{
	return (ReceiptGoods){ .item_id = 7,
			       .code = "4600000000001",
			       .name = name,
			       .unit = unit,
			       .price = rub(price),
			       .tax = tax };
}

static int add(Receipt *receipt, ReceiptGoods goods, int64_t micro, int line)
{
	g_autoptr(GError) error = NULL;
	int number = 0;

	if (!receipt_add(receipt, &goods, (Quantity){ micro }, &number, &error))
		g_error("line %d: %s", line, error->message);
	return number;
}

static Receipt *bread_and_apples(void)
{
	Receipt *receipt = receipt_new(RECEIPT_SALE, RUB, TAX_PER_LINE);

	ADD(receipt, goods_of("Хлеб", UNIT_PIECE, 4500, &vat10), 2 * QUANTITY_ONE);
	ADD(receipt, goods_of("Яблоки вес.", UNIT_KILOGRAM, 8990, &vat10), 1234000);
	ADD(receipt, goods_of("Мыло", UNIT_PIECE, 13500, &vat22), QUANTITY_ONE);
	return receipt;
}

/* 90.00 + 110.94 (fiscal-model.md F13) + 135.00; VAT 8.18 + 10.09 + 24.34 */
static void test_sale_adds_up(void)
{
	g_autoptr(Receipt) receipt = bread_and_apples();
	const ReceiptTotals *totals = receipt_get_totals(receipt);

	g_assert_cmpint(receipt_get_line(receipt, 1)->gross.minor, ==, 11094);
	g_assert_cmpint(receipt_get_line(receipt, 1)->taxes[0].minor, ==, 1009);
	g_assert_cmpint(totals->total.minor, ==, 33594);
	g_assert_cmpint(totals->tax.minor, ==, 818 + 1009 + 2434);
	g_assert_cmpint(totals->due.minor, ==, 33594);
	g_assert_cmpint(totals->n_goods, ==, 3);
	g_assert_false(receipt_is_paid(receipt));
}

static void test_exclusive_tax_comes_on_top(void)
{
	g_autoptr(Receipt) receipt = receipt_new(RECEIPT_SALE, RUB, TAX_PER_RECEIPT);

	ADD(receipt, goods_of("a", UNIT_PIECE, 106, &sales_tax), QUANTITY_ONE);
	ADD(receipt, goods_of("b", UNIT_PIECE, 106, &sales_tax), QUANTITY_ONE);
	/* 2.12 at 8 % is 0.17; by line it would be 0.08 twice */
	g_assert_cmpint(receipt_get_totals(receipt)->tax.minor, ==, 17);
	g_assert_cmpint(receipt_get_totals(receipt)->total.minor, ==, 229);
}

static void test_cash_and_card(void)
{
	g_autoptr(Receipt) receipt = bread_and_apples();
	g_autoptr(GError) error = NULL;

	g_assert_false(receipt_pay(receipt, TENDER_CARD, rub(33595), NULL, &error));
	g_assert_error(error, RECEIPT_ERROR, RECEIPT_ERROR_PAYMENT);
	g_assert_true(receipt_pay(receipt, TENDER_CARD, rub(30000), "123456789012", NULL));
	g_assert_true(receipt_pay(receipt, TENDER_CASH, rub(5000), NULL, NULL));
	g_assert_true(receipt_is_paid(receipt));
	g_assert_cmpint(receipt_get_totals(receipt)->change.minor, ==, 1406);
	g_assert_cmpint(receipt_get_kept(receipt, TENDER_CASH).minor, ==, 3594);
	g_assert_cmpint(receipt_get_kept(receipt, TENDER_CARD).minor, ==, 30000);
}

static void test_json_comes_back(void)
{
	g_autoptr(Receipt) receipt = bread_and_apples(), back = NULL;
	g_autoptr(GError) error = NULL;
	json_t *json, *again;

	g_assert_true(receipt_void_line(receipt, 1, NULL));
	g_assert_true(receipt_discount(receipt, (Discount){ DISCOUNT_PERCENT, 1000 }, NULL));
	g_assert_true(receipt_pay(receipt, TENDER_CASH, rub(50000), NULL, NULL));
	json = receipt_to_json(receipt);
	back = receipt_from_json(json, &error);
	g_assert_no_error(error);
	again = receipt_to_json(back);
	g_assert_true(json_equal(json, again));
	json_decref(json);
	json_decref(again);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/receipt/adds-up", test_sale_adds_up);
	g_test_add_func("/receipt/exclusive-tax", test_exclusive_tax_comes_on_top);
	g_test_add_func("/receipt/cash-and-card", test_cash_and_card);
	g_test_add_func("/receipt/json-comes-back", test_json_comes_back);
	return g_test_run();
}
