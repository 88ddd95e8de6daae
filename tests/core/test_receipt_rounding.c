/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/receipt.h"
#include "core/shift.h"

#include <string.h>

#define RUB 643

static const TaxGroup none = { .id = 5, .code = "NONE" };

static Money rub(int64_t minor)
{
	return (Money){ .minor = minor, .currency = RUB };
}

static Receipt *receipt_of(ReceiptKind kind, int64_t total, int64_t step, Rounding how)
{
	Receipt *receipt = receipt_new(kind, RUB, TAX_PER_LINE);
	ReceiptGoods goods = {
		.name = "Мыло", .unit = UNIT_PIECE, .price = rub(total), .tax = &none
	};

	receipt_set_cash_rounding(receipt, step, how);
	g_assert_true(receipt_add(receipt, &goods, (Quantity){ QUANTITY_ONE }, NULL, NULL));
	return receipt;
}

static void pay(Receipt *receipt, TenderKind kind, int64_t amount)
{
	g_autoptr(GError) error = NULL;

	receipt_pay(receipt, kind, rub(amount), NULL, &error);
	g_assert_no_error(error);
}

static void check_refused(Receipt *receipt, TenderKind kind, int64_t amount)
{
	g_autoptr(GError) error = NULL;

	g_assert_false(receipt_pay(receipt, kind, rub(amount), NULL, &error));
	g_assert_error(error, RECEIPT_ERROR, RECEIPT_ERROR_PAYMENT);
}

static void check_open(const Receipt *receipt, int64_t due, int64_t cash_due)
{
	const ReceiptTotals *totals = receipt_get_totals(receipt);

	g_assert_false(receipt_is_paid(receipt));
	g_assert_cmpint(totals->due.minor, ==, due);
	g_assert_cmpint(totals->cash_due.minor, ==, cash_due);
	g_assert_cmpint(totals->rounding.minor, ==, 0);
	g_assert_cmpint(totals->change.minor, ==, 0);
}

/* total + rounding is what cash and cards keep. */
static void check_closed(const Receipt *receipt, int64_t rounding, int64_t change, int64_t cash,
			 int64_t card)
{
	const ReceiptTotals *totals = receipt_get_totals(receipt);

	g_assert_true(receipt_is_paid(receipt));
	g_assert_cmpint(totals->due.minor, ==, 0);
	g_assert_cmpint(totals->cash_due.minor, ==, 0);
	g_assert_cmpint(totals->rounding.minor, ==, rounding);
	g_assert_cmpint(totals->change.minor, ==, change);
	g_assert_cmpint(receipt_get_kept(receipt, TENDER_CASH).minor, ==, cash);
	g_assert_cmpint(receipt_get_kept(receipt, TENDER_CARD).minor, ==, card);
	g_assert_cmpint(totals->total.minor + rounding, ==, cash + card);
}

static void test_coins(void)
{
	static const struct {
		int64_t step;
		Rounding how;
		int64_t total, cash_due;
	} cases[] = {
		{ 1, ROUND_HALF_AWAY, 10349, 10349 },
		{ 1, ROUND_DOWN, 1, 1 },
		{ 5, ROUND_HALF_AWAY, 102, 100 }, /* 2 below, 3 above */
		{ 5, ROUND_HALF_AWAY, 103, 105 },
		{ 5, ROUND_DOWN, 104, 100 },
		{ 10, ROUND_HALF_AWAY, 15, 20 }, /* 1.5 tens */
		{ 10, ROUND_HALF_EVEN, 15, 20 }, /* 2 is even */
		{ 10, ROUND_HALF_AWAY, 25, 30 },
		{ 10, ROUND_HALF_EVEN, 25, 20 }, /* 2.5 tens: 2 is even */
		{ 10, ROUND_HALF_EVEN, 26, 30 },
		{ 20, ROUND_HALF_AWAY, 129, 120 }, /* 6.45 */
		{ 20, ROUND_HALF_AWAY, 130, 140 }, /* 6.5 */
		{ 20, ROUND_HALF_EVEN, 130, 120 },
		{ 50, ROUND_HALF_AWAY, 274, 250 },
		{ 50, ROUND_HALF_AWAY, 275, 300 }, /* 5.5 */
		{ 50, ROUND_HALF_EVEN, 225, 200 }, /* 4.5 */
		{ 50, ROUND_DOWN, 299, 250 },
		{ 100, ROUND_HALF_AWAY, 10349, 10300 }, /* 103.49 roubles */
		{ 100, ROUND_HALF_AWAY, 10350, 10400 },
		{ 100, ROUND_HALF_EVEN, 10250, 10200 },
		{ 100, ROUND_DOWN, 10399, 10300 }, /* to the buyer's good */
		{ 1000, ROUND_HALF_AWAY, 250000, 250000 },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		int64_t total = cases[i].total, coins = cases[i].cash_due;
		g_autoptr(Receipt) cash =
			receipt_of(RECEIPT_SALE, total, cases[i].step, cases[i].how);
		g_autoptr(Receipt) card =
			receipt_of(RECEIPT_SALE, total, cases[i].step, cases[i].how);

		check_open(cash, total, coins);
		pay(cash, TENDER_CASH, coins);
		check_closed(cash, coins - total, 0, coins, 0);
		receipt_clear_payments(cash);
		check_open(cash, total, coins);
		pay(cash, TENDER_CASH, coins + 5000);
		check_closed(cash, coins - total, 5000, coins, 0);
		pay(card, TENDER_CARD, total);
		check_closed(card, 0, 0, 0, total);
	}
}

/* 103.49 in roubles: 50.00 by card leave 53.49, which is 53 in cash. */
static void test_card_first(void)
{
	g_autoptr(Receipt) receipt = receipt_of(RECEIPT_SALE, 10349, 100, ROUND_HALF_AWAY);

	pay(receipt, TENDER_CARD, 5000);
	check_open(receipt, 5349, 5300);
	check_refused(receipt, TENDER_CARD, 5350);
	pay(receipt, TENDER_CASH, 6000);
	check_closed(receipt, -49, 700, 5300, 5000);
	check_refused(receipt, TENDER_CASH, 100);
}

/* The card takes the 49 kopecks that cash could not: nothing is rounded. */
static void test_cash_first(void)
{
	g_autoptr(Receipt) receipt = receipt_of(RECEIPT_SALE, 10349, 100, ROUND_HALF_AWAY);

	pay(receipt, TENDER_CASH, 5000);
	check_open(receipt, 5349, 5300);
	check_refused(receipt, TENDER_CARD, 5300 + 50);
	pay(receipt, TENDER_CARD, 5349);
	check_closed(receipt, 0, 0, 5000, 5349);
}

/* 15 is 20 in tens. After 10 the rest is 5, which alone would be nothing (0.5: 0 is even). */
static void test_cash_in_parts_is_rounded_once(void)
{
	g_autoptr(Receipt) receipt = receipt_of(RECEIPT_SALE, 15, 10, ROUND_HALF_EVEN);

	pay(receipt, TENDER_CASH, 10);
	check_open(receipt, 5, 10);
	pay(receipt, TENDER_CASH, 10);
	check_closed(receipt, 5, 0, 20, 0);
}

/* 103 is 105 in fives: 103 and 104 are neither a part nor all. Odd coins below may come. */
static void test_cash_between_due_and_coins(void)
{
	g_autoptr(Receipt) receipt = receipt_of(RECEIPT_SALE, 103, 5, ROUND_HALF_AWAY);

	check_refused(receipt, TENDER_CASH, 103);
	check_refused(receipt, TENDER_CASH, 104);
	check_refused(receipt, TENDER_CASH, 0);
	check_refused(receipt, TENDER_CASH, -105);
	pay(receipt, TENDER_CASH, 102);
	check_open(receipt, 1, 3);
	check_refused(receipt, TENDER_CASH, 2);
	pay(receipt, TENDER_CASH, 3);
	check_closed(receipt, 2, 0, 105, 0);
}

/* 40 kopecks in roubles are nothing: closed with no coin, or with one that goes back. */
static void test_less_than_half_a_coin(void)
{
	g_autoptr(Receipt) receipt = receipt_of(RECEIPT_SALE, 40, 100, ROUND_HALF_AWAY);

	check_open(receipt, 40, 0);
	check_refused(receipt, TENDER_CARD, 0);
	pay(receipt, TENDER_CASH, 0);
	check_closed(receipt, -40, 0, 0, 0);
	receipt_clear_payments(receipt);
	pay(receipt, TENDER_CASH, 100);
	check_closed(receipt, -40, 100, 0, 0);
	receipt_clear_payments(receipt);
	pay(receipt, TENDER_CARD, 40);
	check_closed(receipt, 0, 0, 0, 40);
}

static void test_rounding_can_be_changed_before_payment(void)
{
	g_autoptr(Receipt) receipt = receipt_of(RECEIPT_SALE, 103, 5, ROUND_DOWN);
	Rounding how;

	g_assert_cmpint(receipt_get_cash_rounding(receipt, &how), ==, 5);
	g_assert_cmpint(how, ==, ROUND_DOWN);
	check_open(receipt, 103, 100);
	receipt_set_cash_rounding(receipt, 1, ROUND_DOWN);
	check_open(receipt, 103, 103);
	g_assert_cmpint(receipt_get_cash_rounding(receipt, NULL), ==, 1);
	pay(receipt, TENDER_CASH, 50);
	g_test_expect_message(G_LOG_DOMAIN, G_LOG_LEVEL_CRITICAL, "*payments*");
	receipt_set_cash_rounding(receipt, 5, ROUND_DOWN);
	g_test_assert_expected_messages();
	check_open(receipt, 53, 53);
}

static void check_comes_back(const Receipt *receipt, bool says_rounding)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GString) text = g_string_new(NULL), again = g_string_new(NULL);
	json_t *json = receipt_to_json(receipt);
	g_autoptr(Receipt) back = receipt_from_json(json, &error);

	g_assert_no_error(error);
	receipt_write(receipt, NULL, text);
	receipt_write(back, NULL, again);
	g_assert_cmpstr(text->str, ==, again->str);
	g_assert_true((strstr(text->str, "\"cash_rounding\"") != NULL) == says_rounding);
	g_assert_true((strstr(text->str, "\"rounding\":-49") != NULL) == says_rounding);
	json_decref(json);
}

static void test_json(void)
{
	g_autoptr(Receipt) rounded = receipt_of(RECEIPT_SALE, 10349, 100, ROUND_HALF_EVEN);
	g_autoptr(Receipt) exact = receipt_of(RECEIPT_SALE, 10349, 1, ROUND_HALF_EVEN);
	g_autoptr(GString) text = g_string_new(NULL);

	pay(rounded, TENDER_CASH, 10300);
	pay(exact, TENDER_CASH, 10349);
	check_comes_back(rounded, true);
	check_comes_back(exact, false);
	receipt_write(rounded, NULL, text);
	g_assert_true(g_str_has_prefix(
		text->str, "{\"cash_rounding\":{\"how\":\"half-even\",\"step\":100},\"currency\""));
}

static void check_tampered(const Receipt *receipt, const char *object, const char *key,
			   json_t *value)
{
	g_autoptr(GError) error = NULL;
	json_t *json = receipt_to_json(receipt);

	if (value != NULL)
		json_object_set_new(json_object_get(json, object), key, value);
	else
		json_object_del(key != NULL ? json_object_get(json, object) : json,
				key != NULL ? key : object);
	g_assert_null(receipt_from_json(json, &error));
	g_assert_error(error, RECEIPT_ERROR, RECEIPT_ERROR_DATA);
	json_decref(json);
}

static void test_json_that_does_not_add_up(void)
{
	g_autoptr(Receipt) rounded = receipt_of(RECEIPT_SALE, 10349, 100, ROUND_HALF_AWAY);
	g_autoptr(Receipt) exact = receipt_of(RECEIPT_SALE, 10349, 1, ROUND_HALF_AWAY);

	pay(rounded, TENDER_CASH, 10300);
	pay(exact, TENDER_CASH, 10349);
	check_tampered(rounded, "cash_rounding", NULL, NULL);
	check_tampered(rounded, "cash_rounding", "how", NULL);
	check_tampered(rounded, "cash_rounding", "how", json_string("up"));
	check_tampered(rounded, "cash_rounding", "step", NULL);
	check_tampered(rounded, "cash_rounding", "step", json_integer(1));
	check_tampered(rounded, "cash_rounding", "step", json_integer(0));
	check_tampered(rounded, "cash_rounding", "step", json_integer(1000));
	check_tampered(rounded, "cash_rounding", "step", json_integer(RECEIPT_MAX_CASH_STEP + 1));
	check_tampered(rounded, "totals", "rounding", NULL);
	check_tampered(rounded, "totals", "rounding", json_integer(-48));
	check_tampered(rounded, "totals", "rounding", json_null());
	check_tampered(exact, "totals", "rounding", json_integer(0));
}

/* 103.49 and 10.50 in cash, 103.50 by card; 0.70 given back without a receipt. In roubles:
 * −0.49 + 0.50 − (1.00 − 0.70) = −0.29, and 103 + 11 − 1 in the drawer. */
static void test_shift_has_a_line_of_it(void)
{
	g_autoptr(Receipt) first = receipt_of(RECEIPT_SALE, 10349, 100, ROUND_HALF_AWAY);
	g_autoptr(Receipt) second = receipt_of(RECEIPT_SALE, 1050, 100, ROUND_HALF_AWAY);
	g_autoptr(Receipt) card = receipt_of(RECEIPT_SALE, 10350, 100, ROUND_HALF_AWAY);
	g_autoptr(Receipt) back = receipt_of(RECEIPT_RETURN, 70, 100, ROUND_HALF_AWAY);
	ShiftTotals totals, read;
	json_t *json;

	pay(first, TENDER_CASH, 20000);
	pay(second, TENDER_CASH, 1100);
	pay(card, TENDER_CARD, 10350);
	pay(back, TENDER_CASH, 100);
	shift_totals_init(&totals, RUB, rub(0));
	g_assert_true(shift_totals_add(&totals, first));
	g_assert_true(shift_totals_add(&totals, second));
	g_assert_true(shift_totals_add(&totals, card));
	g_assert_true(shift_totals_add(&totals, back));
	g_assert_cmpint(totals.rounding.minor, ==, -29);
	g_assert_cmpint(totals.kept[TENDER_CASH].minor, ==, 10300 + 1100 - 100);
	g_assert_cmpint(totals.sales.minor - totals.returns.minor + totals.rounding.minor, ==,
			totals.kept[TENDER_CASH].minor + totals.kept[TENDER_CARD].minor);

	json = shift_totals_to_json(&totals);
	g_assert_true(shift_totals_from_json(json, &read));
	g_assert_cmpint(read.rounding.minor, ==, -29);
	g_assert_cmpint(read.rounding.currency, ==, RUB);
	json_object_set_new(json, "rounding", json_integer(0));
	g_assert_false(shift_totals_from_json(json, &read));
	json_object_set_new(json, "rounding", json_null());
	g_assert_false(shift_totals_from_json(json, &read));
	json_object_del(json, "rounding"); /* of an older till */
	g_assert_true(shift_totals_from_json(json, &read));
	g_assert_cmpint(read.rounding.minor, ==, 0);
	json_decref(json);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/receipt-rounding/coins", test_coins);
	g_test_add_func("/receipt-rounding/card-first", test_card_first);
	g_test_add_func("/receipt-rounding/cash-first", test_cash_first);
	g_test_add_func("/receipt-rounding/cash-in-parts", test_cash_in_parts_is_rounded_once);
	g_test_add_func("/receipt-rounding/between-due-and-coins", test_cash_between_due_and_coins);
	g_test_add_func("/receipt-rounding/less-than-half-a-coin", test_less_than_half_a_coin);
	g_test_add_func("/receipt-rounding/changed-before-payment",
			test_rounding_can_be_changed_before_payment);
	g_test_add_func("/receipt-rounding/json", test_json);
	g_test_add_func("/receipt-rounding/json-that-does-not-add-up",
			test_json_that_does_not_add_up);
	g_test_add_func("/receipt-rounding/shift", test_shift_has_a_line_of_it);
	return g_test_run();
}
