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

static void check_refused(bool done, GError **error, ReceiptError code)
{
	g_assert_false(done);
	g_assert_error(*error, RECEIPT_ERROR, (int)code);
	g_clear_error(error);
}

static void test_what_cannot_be_sold(void)
{
	g_autoptr(Receipt) receipt = bread_and_apples();
	g_autoptr(GError) error = NULL;
	ReceiptTotals before = *receipt_get_totals(receipt);
	ReceiptGoods bread = goods_of("Хлеб", UNIT_PIECE, 4500, &vat10);
	ReceiptGoods cloves = goods_of("Гвоздика", UNIT_KILOGRAM, 10, &vat10);
	ReceiptGoods nothing = goods_of("Подарок", UNIT_PIECE, -1, &vat10);
	ReceiptGoods house = goods_of("Дом", UNIT_PIECE, RECEIPT_MAX_TOTAL, &vat22);
	ReceiptGoods palace = goods_of("Дворец", UNIT_PIECE, RECEIPT_MAX_TOTAL + 1, &vat22);
	ReceiptGoods foreign = bread;
	static const struct {
		int good;
		int64_t micro;
		ReceiptError code;
	} cases[] = {
		{ 0, 0, RECEIPT_ERROR_QUANTITY },
		{ 0, -QUANTITY_ONE, RECEIPT_ERROR_QUANTITY },
		{ 0, QUANTITY_ONE / 2, RECEIPT_ERROR_QUANTITY }, /* half a loaf, by the piece */
		{ 0, RECEIPT_MAX_QUANTITY + QUANTITY_ONE, RECEIPT_ERROR_QUANTITY },
		{ 1, 1000, RECEIPT_ERROR_QUANTITY }, /* a gram of 0.10 a kilogram */
		{ 2, QUANTITY_ONE, RECEIPT_ERROR_PRICE },
		{ 3, QUANTITY_ONE, RECEIPT_ERROR_TOO_LARGE }, /* with the bread it is too much */
		{ 3, RECEIPT_MAX_QUANTITY, RECEIPT_ERROR_TOO_LARGE },
		{ 4, QUANTITY_ONE, RECEIPT_ERROR_PRICE },
		{ 5, QUANTITY_ONE, RECEIPT_ERROR_PRICE },
	};
	const ReceiptGoods *goods[] = { &bread, &cloves, &nothing, &house, &palace, &foreign };

	foreign.price.currency = 496;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		int number = 42;

		check_refused(receipt_add(receipt, goods[cases[i].good],
					  (Quantity){ cases[i].micro }, &number, &error),
			      &error, cases[i].code);
		g_assert_cmpint(number, ==, 42);
		g_assert_cmpint(receipt_get_n_lines(receipt), ==, 3);
		g_assert_cmpmem(&before, sizeof before, receipt_get_totals(receipt), sizeof before);
	}
}

static void test_largest_receipt(void)
{
	g_autoptr(Receipt) receipt = receipt_new(RECEIPT_SALE, RUB, TAX_PER_LINE);
	ReceiptGoods house = goods_of("Дом", UNIT_PIECE, RECEIPT_MAX_TOTAL, &vat22);
	ReceiptGoods screw = goods_of("Винт", UNIT_PIECE, 1, &vat22);
	g_autoptr(GError) error = NULL;

	ADD(receipt, house, QUANTITY_ONE);
	g_assert_cmpint(receipt_get_totals(receipt)->total.minor, ==, 99999999999);
	check_refused(receipt_add(receipt, &screw, (Quantity){ QUANTITY_ONE }, NULL, &error),
		      &error, RECEIPT_ERROR_TOO_LARGE);
	g_assert_true(receipt_void_line(receipt, 1, NULL));
	ADD(receipt, screw, RECEIPT_MAX_QUANTITY);
	g_assert_cmpint(receipt_get_totals(receipt)->total.minor, ==, 1000000);
}

static void test_too_large_by_tax_or_before_discount(void)
{
	g_autoptr(Receipt) receipt = receipt_new(RECEIPT_SALE, RUB, TAX_PER_LINE);
	ReceiptGoods taxed = goods_of("Дом", UNIT_PIECE, RECEIPT_MAX_TOTAL, &sales_tax);
	ReceiptGoods house = goods_of("Дом", UNIT_PIECE, RECEIPT_MAX_TOTAL, &vat22);
	Quantity one = { QUANTITY_ONE };
	g_autoptr(GError) error = NULL;

	check_refused(receipt_add(receipt, &taxed, one, NULL, &error), &error,
		      RECEIPT_ERROR_TOO_LARGE);
	ADD(receipt, house, QUANTITY_ONE);
	g_assert_true(receipt_discount(receipt, (Discount){ DISCOUNT_PERCENT, 10000 }, NULL));
	check_refused(receipt_add(receipt, &house, one, NULL, &error), &error,
		      RECEIPT_ERROR_TOO_LARGE);
}

static void test_free_goods_are_sold(void)
{
	g_autoptr(Receipt) receipt = receipt_new(RECEIPT_SALE, RUB, TAX_PER_LINE);
	g_autoptr(GError) error = NULL;

	g_assert_false(receipt_is_paid(receipt));
	check_refused(receipt_pay(receipt, TENDER_CASH, rub(1), NULL, &error), &error,
		      RECEIPT_ERROR_EMPTY);
	ADD(receipt, goods_of("Пакет", UNIT_PIECE, 0, &vat22), QUANTITY_ONE);
	g_assert_true(receipt_is_paid(receipt));
	check_refused(receipt_pay(receipt, TENDER_CASH, rub(1), NULL, &error), &error,
		      RECEIPT_ERROR_PAYMENT);
}

static void test_changed_lines(void)
{
	g_autoptr(Receipt) receipt = bread_and_apples();
	g_autoptr(GError) error = NULL;
	const ReceiptLine *line;

	g_assert_true(receipt_set_quantity(receipt, 1, (Quantity){ 3 * QUANTITY_ONE }, NULL));
	g_assert_true(receipt_set_price(receipt, 3, rub(10000), NULL));
	g_assert_true(
		receipt_discount_line(receipt, 3, (Discount){ DISCOUNT_AMOUNT, 10000 }, NULL));
	g_assert_cmpint(receipt_get_totals(receipt)->total.minor, ==, 13500 + 11094);

	check_refused(
		receipt_discount_line(receipt, 3, (Discount){ DISCOUNT_AMOUNT, 10001 }, &error),
		&error, RECEIPT_ERROR_DISCOUNT);
	check_refused(
		receipt_discount_line(receipt, 3, (Discount){ DISCOUNT_PERCENT, 10001 }, &error),
		&error, RECEIPT_ERROR_DISCOUNT);
	check_refused(receipt_discount_line(receipt, 3, (Discount){ DISCOUNT_AMOUNT, -1 }, &error),
		      &error, RECEIPT_ERROR_DISCOUNT);
	check_refused(receipt_set_price(receipt, 3, rub(9999), &error), &error,
		      RECEIPT_ERROR_DISCOUNT); /* its own discount is 100.00 */
	check_refused(receipt_set_quantity(receipt, 2, (Quantity){ 0 }, &error), &error,
		      RECEIPT_ERROR_QUANTITY);
	check_refused(receipt_set_price(receipt, 4, rub(1), &error), &error, RECEIPT_ERROR_NO_LINE);
	check_refused(receipt_void_line(receipt, 0, &error), &error, RECEIPT_ERROR_NO_LINE);

	g_assert_true(receipt_void_line(receipt, 2, NULL));
	check_refused(receipt_void_line(receipt, 2, &error), &error, RECEIPT_ERROR_NO_LINE);
	g_assert_null(receipt_find_line(receipt, 2));
	line = receipt_get_line(receipt, 1);
	g_assert_true(line->voided);
	g_assert_cmpint(line->price.minor, ==, 8990);
	g_assert_cmpint(line->net.minor, ==, 0);
	g_assert_cmpint(ADD(receipt, goods_of("Соль", UNIT_PIECE, 2500, &vat10), QUANTITY_ONE), ==,
			4);
	g_assert_cmpint(receipt_get_totals(receipt)->n_goods, ==, 3);
}

/* 100.00 off 90.00 + 110.94 + 135.00 is 26.790.., 33.023.. and 40.185..: the kopeck that cutting
 * leaves goes to soap, which was cut by most. */
static void test_amount_off_the_receipt(void)
{
	g_autoptr(Receipt) receipt = bread_and_apples();
	g_autoptr(GError) error = NULL;

	g_assert_true(receipt_discount(receipt, (Discount){ DISCOUNT_AMOUNT, 10000 }, NULL));
	g_assert_cmpint(receipt_get_line(receipt, 0)->shared_discount.minor, ==, 2679);
	g_assert_cmpint(receipt_get_line(receipt, 1)->shared_discount.minor, ==, 3302);
	g_assert_cmpint(receipt_get_line(receipt, 2)->shared_discount.minor, ==, 4019);
	g_assert_cmpint(receipt_get_totals(receipt)->discount.minor, ==, 10000);
	g_assert_cmpint(receipt_get_totals(receipt)->total.minor, ==, 23594);

	check_refused(receipt_discount(receipt, (Discount){ DISCOUNT_AMOUNT, 33595 }, &error),
		      &error, RECEIPT_ERROR_DISCOUNT);
	g_assert_cmpint(receipt_get_totals(receipt)->total.minor, ==, 23594);
	g_assert_true(receipt_discount(receipt, (Discount){ DISCOUNT_NONE, 0 }, NULL));
	g_assert_cmpint(receipt_get_totals(receipt)->total.minor, ==, 33594);
}

static void test_discount_is_cut_after_a_void(void)
{
	g_autoptr(Receipt) receipt = bread_and_apples();

	g_assert_true(receipt_discount(receipt, (Discount){ DISCOUNT_AMOUNT, 20000 }, NULL));
	g_assert_true(receipt_void_line(receipt, 3, NULL));
	g_assert_cmpint(receipt_get_totals(receipt)->total.minor, ==, 94);
	g_assert_true(receipt_void_line(receipt, 2, NULL));
	g_assert_cmpint(receipt_get_totals(receipt)->total.minor, ==, 0);
	g_assert_cmpint(receipt_get_totals(receipt)->discount.minor, ==, 9000);
	ADD(receipt, goods_of("Соль", UNIT_PIECE, 20000, &vat10), QUANTITY_ONE);
	g_assert_cmpint(receipt_get_totals(receipt)->discount.minor, ==, 20000);
}

static void test_lines_are_closed_by_payment(void)
{
	g_autoptr(Receipt) receipt = bread_and_apples();
	g_autoptr(GError) error = NULL;
	ReceiptGoods salt = goods_of("Соль", UNIT_PIECE, 2500, &vat10);
	Quantity one = { QUANTITY_ONE };
	Discount tenth = { DISCOUNT_PERCENT, 1000 };

	g_assert_true(receipt_pay(receipt, TENDER_CASH, rub(1), NULL, NULL));
	check_refused(receipt_add(receipt, &salt, one, NULL, &error), &error, RECEIPT_ERROR_PAID);
	check_refused(receipt_set_quantity(receipt, 1, one, &error), &error, RECEIPT_ERROR_PAID);
	check_refused(receipt_set_price(receipt, 1, rub(1), &error), &error, RECEIPT_ERROR_PAID);
	check_refused(receipt_discount_line(receipt, 1, tenth, &error), &error, RECEIPT_ERROR_PAID);
	check_refused(receipt_void_line(receipt, 1, &error), &error, RECEIPT_ERROR_PAID);
	check_refused(receipt_discount(receipt, tenth, &error), &error, RECEIPT_ERROR_PAID);

	receipt_clear_payments(receipt);
	g_assert_cmpint(receipt_get_totals(receipt)->due.minor, ==, 33594);
	g_assert_true(receipt_add(receipt, &salt, one, NULL, NULL));
}

static void test_payments_that_cannot_be(void)
{
	g_autoptr(Receipt) receipt = bread_and_apples();
	g_autoptr(GError) error = NULL;
	Money tugrik = { 33594, 496 };

	check_refused(receipt_pay(receipt, TENDER_CASH, rub(0), NULL, &error), &error,
		      RECEIPT_ERROR_PAYMENT);
	check_refused(receipt_pay(receipt, TENDER_CARD, rub(-5), NULL, &error), &error,
		      RECEIPT_ERROR_PAYMENT);
	check_refused(receipt_pay(receipt, TENDER_CASH, rub(INT64_MAX), NULL, &error), &error,
		      RECEIPT_ERROR_PAYMENT);
	check_refused(receipt_pay(receipt, TENDER_CASH, tugrik, NULL, &error), &error,
		      RECEIPT_ERROR_PAYMENT);
	g_assert_cmpint(receipt_get_n_payments(receipt), ==, 0);
}

static void test_texts_from_anywhere(void)
{
	g_autoptr(Receipt) receipt = receipt_new(RECEIPT_SALE, RUB, TAX_PER_LINE);
	ReceiptGoods goods = goods_of("Чай \xff", UNIT_PIECE, 100, &vat10);
	json_t *json;

	goods.code = NULL;
	ADD(receipt, goods, QUANTITY_ONE);
	g_assert_cmpstr(receipt_get_line(receipt, 0)->name, ==, "Чай \ufffd");
	g_assert_cmpstr(receipt_get_line(receipt, 0)->code, ==, "");
	/* 38 bytes and half of a letter fit into 40 */
	g_assert_true(receipt_pay(receipt, TENDER_CASH, rub(100), "1ЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖ", NULL));
	g_assert_cmpstr(receipt_get_payment(receipt, 0)->reference, ==, "1ЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖ");
	json = receipt_to_json(receipt);
	g_assert_nonnull(
		json_object_get(json_array_get(json_object_get(json, "lines"), 0), "name"));
	json_decref(json);
}

static void test_taxes_of_the_receipt(void)
{
	g_autoptr(Receipt) receipt = bread_and_apples();
	g_autoptr(GArray) taxes = receipt_dup_taxes(receipt);
	const ReceiptTax *tenth = &g_array_index(taxes, ReceiptTax, 0);
	const ReceiptTax *standard = &g_array_index(taxes, ReceiptTax, 1);

	g_assert_cmpint(taxes->len, ==, 2);
	g_assert_cmpstr(tenth->code, ==, "VAT");
	g_assert_cmpint(tenth->rate, ==, 1000);
	g_assert_cmpint(tenth->base.minor, ==, 9000 + 11094);
	g_assert_cmpint(tenth->amount.minor, ==, 818 + 1009);
	g_assert_cmpint(standard->rate, ==, 2200);
	g_assert_cmpint(standard->base.minor, ==, 13500);
	g_assert_true(standard->inclusive);
}

/* The lines of a return go back at the price and tax of the sale: the same sums. */
static void test_return_is_the_sale_again(void)
{
	g_autoptr(Receipt) sale = bread_and_apples();
	g_autoptr(Receipt) back = receipt_new(RECEIPT_RETURN, RUB, TAX_PER_LINE);

	for (int i = 0; i < receipt_get_n_lines(sale); i++) {
		const ReceiptLine *line = receipt_get_line(sale, i);
		ReceiptGoods goods = { .item_id = line->item_id,
				       .code = line->code,
				       .name = line->name,
				       .unit = line->unit,
				       .price = line->price,
				       .tax = &line->tax };

		ADD(back, goods, line->quantity.micro);
	}
	g_assert_cmpint(receipt_get_kind(back), ==, RECEIPT_RETURN);
	g_assert_cmpmem(receipt_get_totals(back), sizeof(ReceiptTotals), receipt_get_totals(sale),
			sizeof(ReceiptTotals));
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/receipt/adds-up", test_sale_adds_up);
	g_test_add_func("/receipt/exclusive-tax", test_exclusive_tax_comes_on_top);
	g_test_add_func("/receipt/cash-and-card", test_cash_and_card);
	g_test_add_func("/receipt/what-cannot-be-sold", test_what_cannot_be_sold);
	g_test_add_func("/receipt/largest", test_largest_receipt);
	g_test_add_func("/receipt/too-large-by-tax", test_too_large_by_tax_or_before_discount);
	g_test_add_func("/receipt/free-goods", test_free_goods_are_sold);
	g_test_add_func("/receipt/changed-lines", test_changed_lines);
	g_test_add_func("/receipt/amount-off", test_amount_off_the_receipt);
	g_test_add_func("/receipt/discount-cut-after-void", test_discount_is_cut_after_a_void);
	g_test_add_func("/receipt/closed-by-payment", test_lines_are_closed_by_payment);
	g_test_add_func("/receipt/payments-that-cannot-be", test_payments_that_cannot_be);
	g_test_add_func("/receipt/texts-from-anywhere", test_texts_from_anywhere);
	g_test_add_func("/receipt/taxes", test_taxes_of_the_receipt);
	g_test_add_func("/receipt/return", test_return_is_the_sale_again);
	return g_test_run();
}
