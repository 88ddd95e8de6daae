/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/receipt.h"

#include <string.h>

#define RUB 643
#define WATER                                                                                      \
	"0104601234567893215abc\x1d"                                                               \
	"93dGVz"
#define MILK                                                                                       \
	"0104607654321098215Q!\"%\x1d"                                                             \
	"93dGVz"

static const TaxGroup none = { .id = 5, .code = "NONE" };

static Receipt *new_sale(void)
{
	return receipt_new(RECEIPT_SALE, RUB, TAX_PER_LINE);
}

static bool add(Receipt *receipt, const char *mark, int64_t micro, GError **error)
{
	ReceiptGoods goods = { .name = "Вода",
			       .unit = UNIT_PIECE,
			       .price = { 5000, RUB },
			       .tax = &none,
			       .mark = mark };

	return receipt_add(receipt, &goods, (Quantity){ micro }, NULL, error);
}

static void check_refused(Receipt *receipt, const char *mark, int64_t micro)
{
	g_autoptr(GError) error = NULL;
	int n = receipt_get_n_lines(receipt);

	g_assert_false(add(receipt, mark, micro, &error));
	g_assert_error(error, RECEIPT_ERROR, RECEIPT_ERROR_MARK);
	g_assert_cmpint(receipt_get_n_lines(receipt), ==, n);
}

static void test_each_piece_once(void)
{
	g_autoptr(Receipt) sale = new_sale();

	g_assert_true(add(sale, WATER, QUANTITY_ONE, NULL));
	check_refused(sale, WATER, QUANTITY_ONE);
	g_assert_true(add(sale, MILK, QUANTITY_ONE, NULL));
	g_assert_cmpstr(receipt_get_line(sale, 0)->mark, ==, WATER);
	g_assert_true(receipt_void_line(sale, 1, NULL)); /* put aside, and brought again */
	g_assert_true(add(sale, WATER, QUANTITY_ONE, NULL));
	check_refused(sale, WATER, QUANTITY_ONE);
}

static void test_unmarked_goods_as_ever(void)
{
	g_autoptr(Receipt) sale = new_sale();

	g_assert_true(add(sale, NULL, QUANTITY_ONE, NULL));
	g_assert_true(add(sale, "", 2 * QUANTITY_ONE, NULL));
	g_assert_cmpstr(receipt_get_line(sale, 0)->mark, ==, "");
	g_assert_true(receipt_set_quantity(sale, 1, (Quantity){ 3 * QUANTITY_ONE }, NULL));
}

static void test_one_piece(void)
{
	g_autoptr(Receipt) sale = new_sale();
	g_autoptr(GError) error = NULL;

	check_refused(sale, WATER, 2 * QUANTITY_ONE);
	g_assert_true(add(sale, WATER, QUANTITY_ONE, NULL));
	g_assert_false(receipt_set_quantity(sale, 1, (Quantity){ 2 * QUANTITY_ONE }, &error));
	g_assert_error(error, RECEIPT_ERROR, RECEIPT_ERROR_MARK);
	g_assert_true(receipt_set_quantity(sale, 1, (Quantity){ QUANTITY_ONE }, NULL));
}

static void test_what_is_no_mark(void)
{
	g_autoptr(Receipt) sale = new_sale();
	char longest[257];

	memset(longest, 'm', 256);
	longest[256] = '\0';
	check_refused(sale, longest, QUANTITY_ONE);
	longest[255] = '\0';
	g_assert_true(add(sale, longest, QUANTITY_ONE, NULL));
	check_refused(sale, "0104\n", QUANTITY_ONE);
	check_refused(sale, "0104\x1e", QUANTITY_ONE);
	check_refused(sale, "0104\x7f", QUANTITY_ONE);
	check_refused(sale, "0104\xff", QUANTITY_ONE);
}

/* With its separators, as the registrar has to be told. */
static void test_json(void)
{
	g_autoptr(Receipt) sale = new_sale(), back = NULL;
	g_autoptr(GString) text = g_string_new(NULL);
	json_t *json, *lines;

	g_assert_true(add(sale, MILK, QUANTITY_ONE, NULL));
	g_assert_true(add(sale, NULL, QUANTITY_ONE, NULL));
	receipt_write(sale, NULL, text);
	g_assert_nonnull(
		strstr(text->str, "\"mark\":\"0104607654321098215Q!\\\"%\\u001D93dGVz\",\"n\":1"));
	json = receipt_to_json(sale);
	lines = json_object_get(json, "lines");
	g_assert_null(json_object_get(json_array_get(lines, 1), "mark"));
	back = receipt_from_json(json, NULL);
	g_assert_cmpstr(receipt_get_line(back, 0)->mark, ==, MILK);
	g_assert_cmpstr(receipt_get_line(back, 1)->mark, ==, "");
	json_object_set_new(json_array_get(lines, 1), "mark", json_string(MILK)); /* twice */
	g_assert_null(receipt_from_json(json, NULL));
	json_object_set_new(json_array_get(lines, 1), "mark", json_string(""));
	g_assert_null(receipt_from_json(json, NULL));
	json_object_set_new(json_array_get(lines, 1), "mark", json_null());
	g_assert_null(receipt_from_json(json, NULL));
	json_decref(json);
}

/* A piece comes back as the piece it was. */
static void test_return(void)
{
	g_autoptr(Receipt) sale = new_sale(), back = NULL;
	g_autoptr(GError) error = NULL;

	g_assert_true(add(sale, WATER, QUANTITY_ONE, NULL));
	g_assert_true(add(sale, MILK, QUANTITY_ONE, NULL));
	g_assert_true(receipt_pay(sale, TENDER_CASH, (Money){ 10000, RUB }, NULL, NULL));
	back = receipt_new_return(sale, "T1-000017", NULL, 0, NULL);
	g_assert_cmpstr(receipt_get_line(back, 1)->mark, ==, MILK);
	g_assert_true(receipt_void_line(back, 2, NULL));
	g_assert_false(receipt_set_quantity(back, 2, (Quantity){ 2 * QUANTITY_ONE }, &error));
	g_assert_error(error, RECEIPT_ERROR, RECEIPT_ERROR_MARK);
	g_assert_true(receipt_set_quantity(back, 2, (Quantity){ QUANTITY_ONE }, NULL));
	g_assert_cmpint(receipt_get_totals(back)->total.minor, ==, 10000);
}

/* ---- who buys ---- */

static void check_customer_refused(Receipt *receipt, const char *text)
{
	g_autoptr(GError) error = NULL;

	g_assert_false(receipt_set_customer(receipt, CUSTOMER_TIN, text, &error));
	g_assert_error(error, RECEIPT_ERROR, RECEIPT_ERROR_DATA);
	g_assert_cmpstr(receipt_get_customer(receipt, CUSTOMER_TIN), ==, "7701234567");
}

static void test_customer(void)
{
	g_autoptr(Receipt) sale = new_sale();
	char longest[66];

	memset(longest, '7', 65);
	longest[65] = '\0';
	g_assert_cmpstr(receipt_get_customer(sale, CUSTOMER_TIN), ==, "");
	g_assert_true(receipt_set_customer(sale, CUSTOMER_TIN, "7701234567", NULL));
	check_customer_refused(sale, longest);
	check_customer_refused(sale, "7701\n");
	check_customer_refused(sale, "7701\xc2\x85");
	check_customer_refused(sale, "7701\xff");
	g_assert_true(receipt_set_customer(sale, CUSTOMER_CONTACT, longest + 1, NULL));
	g_assert_cmpstr(receipt_get_customer(sale, CUSTOMER_CONTACT), ==, longest + 1);
	/* asked for when the receipt is paid already */
	g_assert_true(add(sale, NULL, QUANTITY_ONE, NULL));
	g_assert_true(receipt_pay(sale, TENDER_CASH, (Money){ 5000, RUB }, NULL, NULL));
	g_assert_true(receipt_set_customer(sale, CUSTOMER_CONSUMER, "Болд 12345678", NULL));
	g_assert_true(receipt_set_customer(sale, CUSTOMER_CONTACT, "", NULL));
	g_assert_cmpstr(receipt_get_customer(sale, CUSTOMER_CONTACT), ==, "");
}

static void check_text_of_customer(Receipt *sale, const char *expected)
{
	g_autoptr(GString) text = g_string_new(NULL);
	g_autoptr(Receipt) back = NULL;
	json_t *json = receipt_to_json(sale);

	receipt_write(sale, NULL, text);
	back = receipt_from_json(json, NULL);
	g_assert_nonnull(back);
	for (ReceiptCustomer kind = 0; kind < CUSTOMER_N; kind++)
		g_assert_cmpstr(receipt_get_customer(back, kind), ==,
				receipt_get_customer(sale, kind));
	g_assert_true(g_str_has_prefix(text->str, expected));
	json_decref(json);
}

static void test_json_of_customer(void)
{
	g_autoptr(Receipt) sale = new_sale();

	check_text_of_customer(sale, "{\"currency\":643,\"discount\":");
	g_assert_true(receipt_set_customer(sale, CUSTOMER_TIN, "7701234567", NULL));
	check_text_of_customer(sale, "{\"currency\":643,\"customer\":{\"tin\":\"7701234567\"},");
	g_assert_true(receipt_set_customer(sale, CUSTOMER_CONTACT, "a@b.mn", NULL));
	g_assert_true(receipt_set_customer(sale, CUSTOMER_CONSUMER, "УБ", NULL));
	check_text_of_customer(sale, "{\"currency\":643,\"customer\":{\"consumer\":\"УБ\","
				     "\"contact\":\"a@b.mn\",\"tin\":\"7701234567\"},");
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/receipt-marks/each-piece-once", test_each_piece_once);
	g_test_add_func("/receipt-marks/unmarked-goods", test_unmarked_goods_as_ever);
	g_test_add_func("/receipt-marks/one-piece", test_one_piece);
	g_test_add_func("/receipt-marks/what-is-no-mark", test_what_is_no_mark);
	g_test_add_func("/receipt-marks/json", test_json);
	g_test_add_func("/receipt-marks/return", test_return);
	g_test_add_func("/receipt-marks/customer", test_customer);
	g_test_add_func("/receipt-marks/json-of-customer", test_json_of_customer);
	return g_test_run();
}
