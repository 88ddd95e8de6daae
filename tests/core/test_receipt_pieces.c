/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/receipt.h"

#include <string.h>

/* What a line keeps of the very piece, and of where its price is from. */

#define RUB 643

static const TaxGroup none = { .code = "NONE" };

static Receipt *new_sale(void)
{
	return receipt_new(RECEIPT_SALE, RUB, TAX_PER_LINE);
}

static ReceiptGoods phone(const char *serial)
{
	return (ReceiptGoods){ .item_id = 7,
			       .code = "4600000000015",
			       .name = "Phone",
			       .unit = UNIT_PIECE,
			       .price = { 10000, RUB },
			       .tax = &none,
			       .serial = serial };
}

static bool add(Receipt *sale, const ReceiptGoods *goods, int64_t pieces, GError **error)
{
	return receipt_add(sale, goods, (Quantity){ pieces * QUANTITY_ONE }, NULL, error);
}

static void test_serial_numbers(void)
{
	g_autoptr(Receipt) sale = new_sale();
	g_autoptr(GError) twice = NULL, several = NULL, more = NULL;
	ReceiptGoods one = phone("SN-1"), other = phone("SN-1");

	g_assert_true(add(sale, &one, 1, NULL));
	g_assert_false(add(sale, &one, 1, &twice));
	g_assert_error(twice, RECEIPT_ERROR, RECEIPT_ERROR_MARK);
	one.serial = "SN-2";
	g_assert_false(add(sale, &one, 2, &several));
	g_assert_error(several, RECEIPT_ERROR, RECEIPT_ERROR_MARK);
	other.item_id = 8; /* another maker counts from one too */
	g_assert_true(add(sale, &other, 1, NULL));
	g_assert_false(receipt_set_quantity(sale, 1, (Quantity){ 2 * QUANTITY_ONE }, &more));
	g_assert_error(more, RECEIPT_ERROR, RECEIPT_ERROR_MARK);
	/* what was taken off may be sold again */
	g_assert_true(receipt_void_line(sale, 1, NULL));
	one.serial = "SN-1";
	g_assert_true(add(sale, &one, 1, NULL));
}

static void test_texts_of_a_piece_are_clean(void)
{
	static const char *const bad[] = { "a\nb", "\x1d", "\xff" };
	char longest[66];

	memset(longest, '7', 65);
	longest[65] = '\0';
	for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
		g_autoptr(Receipt) sale = new_sale();
		ReceiptGoods goods = phone(NULL);

		goods.batch = bad[i];
		g_assert_false(add(sale, &goods, 1, NULL));
		goods.batch = longest;
		g_assert_false(add(sale, &goods, 1, NULL));
		goods.batch = longest + 1;
		g_assert_true(add(sale, &goods, 1, NULL));
	}
}

static void test_form_of_a_full_line(void)
{
	g_autoptr(Receipt) sale = new_sale(), back = NULL;
	g_autoptr(GString) text = g_string_new(NULL), again = g_string_new(NULL);
	ReceiptGoods goods = phone("SN-1");
	json_t *json;

	goods.batch = "B7";
	goods.classification = "2211100";
	goods.expiry = 20261231;
	goods.priced_at = 1795424400000000;
	goods.price_kind = 2;
	goods.own = (Discount){ DISCOUNT_AMOUNT, 500 };
	g_assert_true(add(sale, &goods, 1, NULL));
	receipt_write(sale, NULL, text);
	g_assert_nonnull(strstr(
		text->str,
		"{\"added\":0,\"at\":1795424400000000,\"batch\":\"B7\",\"class\":\"2211100\","
		"\"code\":\"4600000000015\",\"expiry\":20261231,\"gross\":10000,\"item\":7,"
		"\"kind\":2,\"n\":1,\"name\":\"Phone\",\"net\":9500,"
		"\"own\":{\"kind\":\"amount\",\"value\":500},\"own_discount\":500,"
		"\"price\":10000,\"quantity\":1000000,\"serial\":\"SN-1\",\"shared_discount\":0,"));
	json = receipt_to_json(sale);
	back = receipt_from_json(json, NULL);
	json_decref(json);
	g_assert_nonnull(back);
	receipt_write(back, NULL, again);
	g_assert_cmpstr(text->str, ==, again->str);
}

/* Retail is what nobody has to say; receipts of older tills say nothing at all. */
static void test_what_is_usual_is_left_out(void)
{
	g_autoptr(Receipt) sale = new_sale(), back = NULL;
	g_autoptr(GString) text = g_string_new(NULL);
	ReceiptGoods listed = phone(NULL), typed = phone(NULL);
	json_t *json;

	listed.priced_at = 5;
	listed.price_kind = RECEIPT_PRICE_RETAIL;
	g_assert_true(add(sale, &listed, 1, NULL));
	g_assert_true(add(sale, &typed, 1, NULL));
	receipt_write(sale, NULL, text);
	g_assert_null(strstr(text->str, "\"kind\":1"));
	g_assert_null(strstr(text->str, "\"batch\""));
	json = receipt_to_json(sale);
	back = receipt_from_json(json, NULL);
	json_decref(json);
	g_assert_cmpint(receipt_get_line(back, 0)->priced_at, ==, 5);
	g_assert_cmpint(receipt_get_line(back, 0)->price_kind, ==, RECEIPT_PRICE_RETAIL);
	g_assert_cmpint(receipt_get_line(back, 1)->price_kind, ==, 0);
}

/* All at once, or nothing: each alone would be refused here. */
static void test_deal_is_one_change(void)
{
	g_autoptr(Receipt) sale = new_sale();
	ReceiptGoods goods = phone(NULL);
	g_autoptr(GError) error = NULL;
	ReceiptDeal deal;

	goods.own = (Discount){ DISCOUNT_AMOUNT, 90000 };
	g_assert_false(add(sale, &goods, 1, NULL)); /* more than the line */
	g_assert_true(add(sale, &goods, 10, NULL));
	deal = receipt_line_get_deal(receipt_get_line(sale, 0));
	deal.quantity = (Quantity){ QUANTITY_ONE };
	g_assert_false(receipt_set_deal(sale, 1, &deal, &error));
	g_assert_error(error, RECEIPT_ERROR, RECEIPT_ERROR_DISCOUNT);
	g_assert_cmpint(receipt_get_totals(sale)->total.minor, ==, 10000);
	deal.own = (Discount){ DISCOUNT_AMOUNT, 1000 };
	deal.price = (Money){ 8000, RUB };
	deal.priced_at = 9;
	deal.price_kind = 3;
	g_assert_true(receipt_set_deal(sale, 1, &deal, NULL));
	g_assert_cmpint(receipt_get_totals(sale)->total.minor, ==, 7000);
	/* a price that somebody types is of no list */
	g_assert_true(receipt_set_price(sale, 1, (Money){ 9000, RUB }, NULL));
	g_assert_cmpint(receipt_get_line(sale, 0)->priced_at, ==, 0);
	g_assert_cmpint(receipt_get_line(sale, 0)->price_kind, ==, 0);
}

static void test_return_keeps_the_piece(void)
{
	g_autoptr(Receipt) sale = new_sale(), back = NULL;
	ReceiptGoods goods = phone("SN-1");

	goods.batch = "B7";
	goods.priced_at = 5;
	g_assert_true(add(sale, &goods, 1, NULL));
	g_assert_true(receipt_pay(sale, TENDER_CASH, (Money){ 10000, RUB }, NULL, NULL));
	back = receipt_new_return(sale, "T1-000001", NULL, 0, NULL);
	g_clear_pointer(&sale, receipt_free);
	g_assert_cmpstr(receipt_get_line(back, 0)->serial, ==, "SN-1");
	g_assert_cmpstr(receipt_get_line(back, 0)->batch, ==, "B7");
	g_assert_cmpint(receipt_get_line(back, 0)->priced_at, ==, 0);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/receipt-pieces/serial-numbers", test_serial_numbers);
	g_test_add_func("/receipt-pieces/clean-texts", test_texts_of_a_piece_are_clean);
	g_test_add_func("/receipt-pieces/form", test_form_of_a_full_line);
	g_test_add_func("/receipt-pieces/usual", test_what_is_usual_is_left_out);
	g_test_add_func("/receipt-pieces/deal", test_deal_is_one_change);
	g_test_add_func("/receipt-pieces/return", test_return_keeps_the_piece);
	return g_test_run();
}
