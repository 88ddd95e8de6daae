/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/receipt.h"
#include "core/shift.h"

#include <string.h>

#define RUB 643
#define NUMBER "T1-000017"

static const TaxGroup none = { .id = 5, .code = "NONE" };
static const TaxGroup vat22 = { 1, "VAT22", 1, { { "VAT", 2200, true, 0, FISCAL_TAX_STANDARD } } };
static const TaxGroup on_top = { 3, "SALES", 1, { { "SALES", 800, false, 0, FISCAL_TAX_OTHER } } };

static Money rub(int64_t minor)
{
	return (Money){ .minor = minor, .currency = RUB };
}

static Quantity pieces(int64_t n)
{
	return (Quantity){ n * QUANTITY_ONE };
}

static int add(Receipt *receipt, int64_t price, int64_t n, const TaxGroup *tax)
{
	ReceiptGoods goods = { .item_id = 7,
			       .code = "4601234567893",
			       .name = "Мыло",
			       .unit = UNIT_PIECE,
			       .price = rub(price),
			       .tax = tax };
	int number = 0;

	g_assert_true(receipt_add(receipt, &goods, pieces(n), &number, NULL));
	return number;
}

static void pay(Receipt *receipt, TenderKind kind, int64_t amount)
{
	g_autoptr(GError) error = NULL;

	receipt_pay(receipt, kind, rub(amount), "0123", &error);
	g_assert_no_error(error);
}

/* One line of @n pieces at @price; the rest is paid in cash. */
static Receipt *sale_of(int64_t price, int64_t n, int64_t step, int64_t card)
{
	Receipt *sale = receipt_new(RECEIPT_SALE, RUB, TAX_PER_LINE);

	receipt_set_cash_rounding(sale, step, ROUND_HALF_AWAY);
	add(sale, price, n, &none);
	if (card > 0)
		pay(sale, TENDER_CARD, card);
	if (receipt_get_totals(sale)->due.minor > 0)
		pay(sale, TENDER_CASH, receipt_get_totals(sale)->cash_due.minor);
	return sale;
}

static Receipt *return_of(const Receipt *sale, Receipt *const *before, int n)
{
	g_autoptr(GError) error = NULL;
	Receipt *self = receipt_new_return(sale, NUMBER, (const Receipt *const *)before, n, &error);

	g_assert_no_error(error);
	return self;
}

static void give_back(Receipt *self)
{
	for (TenderKind kind = 0; kind < TENDER_N; kind++)
		if (receipt_get_give_back(self, kind).minor > 0)
			pay(self, kind, receipt_get_give_back(self, kind).minor);
	g_assert_true(receipt_is_paid(self));
}

static void check_gives(const Receipt *self, int64_t card, int64_t cash, int64_t rounding)
{
	g_assert_cmpint(receipt_get_give_back(self, TENDER_CARD).minor, ==, card);
	g_assert_cmpint(receipt_get_give_back(self, TENDER_CASH).minor, ==, cash);
	g_assert_cmpint(receipt_get_totals(self)->rounding.minor, ==, rounding);
	g_assert_cmpint(receipt_get_totals(self)->total.minor + rounding, ==, card + cash);
}

static void check_no_return(const Receipt *sale, const char *number, Receipt *const *before, int n)
{
	g_autoptr(GError) error = NULL;

	g_assert_null(receipt_new_return(sale, number, (const Receipt *const *)before, n, &error));
	g_assert_error(error, RECEIPT_ERROR, RECEIPT_ERROR_RETURN);
}

/* 3 × 33.34 less 0.02 of the receipt: 100.00, VAT 10000 × 22 / 122 = 18.03. One piece at a time:
 *   net       33.33, 66.67, 100.00     so 33.33, 33.34, 33.33
 *   discount  0.0067, 0.0133, 0.02     so 0.01, 0.00, 0.01
 *   VAT       6.01, 12.02, 18.03       so 6.01 each
 * and by kind, 40.00 having been paid by card: 33.33; 6.67 and 26.67; 33.33. */
static void test_three_thirds(void)
{
	static const int64_t net[] = { 3333, 3334, 3333 }, shared[] = { 1, 0, 1 };
	static const int64_t card[] = { 3333, 667, 0 }, cash[] = { 0, 2667, 3333 };
	g_autoptr(Receipt) sale = receipt_new(RECEIPT_SALE, RUB, TAX_PER_LINE);
	Receipt *back[3] = { NULL };

	add(sale, 3334, 3, &vat22);
	g_assert_true(receipt_discount(sale, (Discount){ DISCOUNT_AMOUNT, 2 }, NULL));
	pay(sale, TENDER_CARD, 4000);
	pay(sale, TENDER_CASH, 10000);
	g_assert_cmpint(receipt_get_totals(sale)->tax.minor, ==, 1803);
	for (int i = 0; i < 3; i++) {
		const ReceiptLine *line;

		back[i] = return_of(sale, back, i);
		g_assert_cmpint(receipt_get_line(back[i], 0)->quantity.micro, ==,
				(3 - i) * QUANTITY_ONE);
		g_assert_true(receipt_set_quantity(back[i], 1, pieces(1), NULL));
		line = receipt_find_line(back[i], 1);
		g_assert_cmpint(line->net.minor, ==, net[i]);
		g_assert_cmpint(line->shared_discount.minor, ==, shared[i]);
		g_assert_cmpint(line->gross.minor, ==, net[i] + shared[i]);
		g_assert_cmpint(line->taxes[0].minor, ==, 601);
		g_assert_cmpint(line->added.minor, ==, 0);
		check_gives(back[i], card[i], cash[i], 0);
		give_back(back[i]);
	}
	check_no_return(sale, NUMBER, back, 3);
	for (int i = 0; i < 3; i++)
		receipt_free(back[i]);
}

/* What each return of one piece gives back. */
typedef struct {
	int64_t card, cash, rounding;
} Gives;

static void check_piece_by_piece(const Receipt *sale, const Gives *gives, int n)
{
	Receipt *back[8] = { NULL };

	for (int i = 0; i < n; i++) {
		back[i] = return_of(sale, back, i);
		g_assert_true(receipt_set_quantity(back[i], 1, pieces(1), NULL));
		check_gives(back[i], gives[i].card, gives[i].cash, gives[i].rounding);
		give_back(back[i]);
	}
	check_no_return(sale, NUMBER, back, n);
	for (int i = 0; i < n; i++)
		receipt_free(back[i]);
}

/* 3 × 34.45 = 103.35 in roubles: 103, −0.35. Together given back: 34.45 is 34; 68.90 is 69; then
 * all of the 103. So 34 (−0.45), 35 (+0.55), 34 (−0.45): −0.35 together. */
static void test_cash_in_coins(void)
{
	static const Gives gives[] = { { 0, 3400, -45 }, { 0, 3500, 55 }, { 0, 3400, -45 } };
	g_autoptr(Receipt) sale = sale_of(3445, 3, 100, 0);

	check_piece_by_piece(sale, gives, 3);
}

/* The same, 50.00 by card: 53.35 is 53 in cash. The card gets 34.45, then 15.55 and cash
 * 68.90 − 50.00 = 18.90, which is 19 (+0.10); then the 34 that are left of 53 (34 − 34.45 = −0.45).
 */
static void test_card_gets_its_part_first(void)
{
	static const Gives gives[] = { { 3445, 0, 0 }, { 1555, 1900, 10 }, { 0, 3400, -45 } };
	g_autoptr(Receipt) sale = sale_of(3445, 3, 100, 5000);

	check_piece_by_piece(sale, gives, 3);
}

/* By card alone nothing was rounded, and nothing is. */
static void test_card_alone(void)
{
	static const Gives gives[] = { { 3445, 0, 0 }, { 3445, 0, 0 }, { 3445, 0, 0 } };
	g_autoptr(Receipt) sale = sale_of(3445, 3, 100, 10335);

	check_piece_by_piece(sale, gives, 3);
}

/* 2 × 0.53 in fives: 1.00 in odd coins and 0.06 by card. 0.06 go to the card, and 0.47, rounded to
 * 0.45, in cash; then the 0.55 that are left of what was taken. */
static void test_cash_that_was_no_coins(void)
{
	static const Gives gives[] = { { 6, 45, -2 }, { 0, 55, 2 } };
	g_autoptr(Receipt) sale = receipt_new(RECEIPT_SALE, RUB, TAX_PER_LINE);

	receipt_set_cash_rounding(sale, 5, ROUND_HALF_AWAY);
	add(sale, 53, 2, &none);
	pay(sale, TENDER_CASH, 100);
	pay(sale, TENDER_CARD, 6);
	check_piece_by_piece(sale, gives, 2);
}

/* 0.99 and 0.01, of which 98 kopecks in odd coins and 2 by card. The first of them: 2 to the card
 * and 97 in cash, in tens 100, but only 98 were taken. That was all: nothing is left for the other.
 */
static void test_never_more_cash_than_was_taken(void)
{
	g_autoptr(Receipt) sale = receipt_new(RECEIPT_SALE, RUB, TAX_PER_LINE);
	Receipt *back[2] = { NULL };

	receipt_set_cash_rounding(sale, 10, ROUND_HALF_AWAY);
	add(sale, 99, 1, &none);
	add(sale, 1, 1, &none);
	pay(sale, TENDER_CASH, 98);
	pay(sale, TENDER_CARD, 2);
	back[0] = return_of(sale, NULL, 0);
	g_assert_true(receipt_void_line(back[0], 2, NULL));
	check_gives(back[0], 2, 98, 1);
	give_back(back[0]);
	back[1] = return_of(sale, back, 1);
	check_gives(back[1], 0, 0, -1);
	g_assert_true(receipt_is_paid(back[1])); /* goods came back, and no money is due */
	check_no_return(sale, NUMBER, back, 2);
	receipt_free(back[0]);
	receipt_free(back[1]);
}

/* 40 kopecks in roubles were nothing, and come back as nothing. */
static void test_nothing_was_taken(void)
{
	g_autoptr(Receipt) sale = sale_of(40, 1, 100, 0);
	g_autoptr(Receipt) back = return_of(sale, NULL, 0);

	g_assert_cmpint(receipt_get_totals(sale)->rounding.minor, ==, -40);
	check_gives(back, 0, 0, -40);
	g_assert_true(receipt_is_paid(back));
}

/* 8 % on top of 2 × 1.31 = 0.21 (0.2096): 0.11 (0.105) and 0.10 with them. */
static void test_tax_on_top_comes_back(void)
{
	g_autoptr(Receipt) sale = receipt_new(RECEIPT_SALE, RUB, TAX_PER_LINE);
	Receipt *back[2] = { NULL };

	add(sale, 131, 2, &on_top);
	pay(sale, TENDER_CASH, 283);
	back[0] = return_of(sale, NULL, 0);
	g_assert_true(receipt_set_quantity(back[0], 1, pieces(1), NULL));
	g_assert_cmpint(receipt_find_line(back[0], 1)->added.minor, ==, 11);
	check_gives(back[0], 0, 142, 0);
	give_back(back[0]);
	back[1] = return_of(sale, back, 1);
	g_assert_cmpint(receipt_find_line(back[1], 1)->added.minor, ==, 10);
	check_gives(back[1], 0, 141, 0);
	receipt_free(back[0]);
	receipt_free(back[1]);
}

/* ---- what can be done to one ---- */

/* Soap, a voided line, paper twice. */
static Receipt *three_lines(void)
{
	Receipt *sale = receipt_new(RECEIPT_SALE, RUB, TAX_PER_LINE);

	add(sale, 5000, 1, &vat22);
	add(sale, 7000, 1, &vat22);
	add(sale, 2000, 2, &none);
	g_assert_true(receipt_void_line(sale, 2, NULL));
	g_assert_true(receipt_discount_line(sale, 3, (Discount){ DISCOUNT_PERCENT, 1000 }, NULL));
	pay(sale, TENDER_CASH, 10000);
	return sale;
}

static void test_starts_whole(void)
{
	g_autoptr(Receipt) sale = three_lines();
	g_autoptr(Receipt) back = return_of(sale, NULL, 0);
	const ReceiptLine *paper = receipt_get_line(back, 1);

	g_assert_cmpint(receipt_get_kind(back), ==, RECEIPT_RETURN);
	g_assert_cmpstr(receipt_get_origin(back), ==, NUMBER);
	g_assert_cmpstr(receipt_get_origin(sale), ==, "");
	g_assert_cmpint(receipt_get_n_lines(back), ==, 2);
	g_assert_cmpint(paper->number, ==, 2);
	g_assert_cmpint(paper->basis.line, ==, 3);
	g_assert_cmpint(paper->basis.sold.net.minor, ==, 3600);
	g_assert_cmpint(paper->own.kind, ==, DISCOUNT_NONE);
	g_assert_cmpint(paper->own_discount.minor, ==, 400);
	g_assert_cmpstr(paper->name, ==, "Мыло");
	g_assert_cmpint(receipt_get_line(sale, 2)->basis.line, ==, 0);
	g_assert_cmpint(receipt_get_totals(back)->total.minor, ==, 8600);
	g_assert_cmpint(receipt_get_totals(back)->due.minor, ==, 8600);
	g_assert_cmpint(receipt_get_totals(back)->cash_due.minor, ==, 8600);
	g_assert_cmpint(receipt_get_give_back(sale, TENDER_CASH).minor, ==, 0);
}

static void check_error(bool ok, GError **error, ReceiptError code)
{
	g_assert_false(ok);
	g_assert_error(*error, RECEIPT_ERROR, (int)code);
	g_clear_error(error);
}

static void test_what_is_refused(void)
{
	g_autoptr(Receipt) sale = three_lines();
	g_autoptr(Receipt) self = return_of(sale, NULL, 0);
	ReceiptTotals before = *receipt_get_totals(self);
	ReceiptGoods more = { .name = "Хлеб", .unit = UNIT_PIECE, .price = rub(100), .tax = &none };
	Discount discount = { DISCOUNT_PERCENT, 100 };
	g_autoptr(GError) error = NULL;

	check_error(receipt_set_quantity(self, 2, pieces(3), &error), &error, RECEIPT_ERROR_RETURN);
	check_error(receipt_set_quantity(self, 2, pieces(0), &error), &error,
		    RECEIPT_ERROR_QUANTITY);
	check_error(receipt_set_quantity(self, 2, (Quantity){ 1500000 }, &error), &error,
		    RECEIPT_ERROR_QUANTITY);
	check_error(receipt_set_quantity(self, 3, pieces(1), &error), &error,
		    RECEIPT_ERROR_NO_LINE);
	check_error(receipt_set_price(self, 1, rub(1), &error), &error, RECEIPT_ERROR_RETURN);
	check_error(receipt_discount_line(self, 1, discount, &error), &error, RECEIPT_ERROR_RETURN);
	check_error(receipt_discount(self, discount, &error), &error, RECEIPT_ERROR_RETURN);
	check_error(receipt_add(self, &more, pieces(1), NULL, &error), &error,
		    RECEIPT_ERROR_RETURN);
	check_error(receipt_pay(self, TENDER_CARD, rub(1), NULL, &error), &error,
		    RECEIPT_ERROR_PAYMENT);
	check_error(receipt_pay(self, TENDER_CASH, rub(8599), NULL, &error), &error,
		    RECEIPT_ERROR_PAYMENT);
	check_error(receipt_pay(self, TENDER_CASH, rub(8601), NULL, &error), &error,
		    RECEIPT_ERROR_PAYMENT);
	g_assert_cmpmem(&before, sizeof before, receipt_get_totals(self), sizeof before);
	pay(self, TENDER_CASH, 8600);
	check_error(receipt_set_quantity(self, 2, pieces(1), &error), &error, RECEIPT_ERROR_PAID);
	check_error(receipt_void_line(self, 2, &error), &error, RECEIPT_ERROR_PAID);
}

static void test_voided_line_is_put_back(void)
{
	g_autoptr(Receipt) sale = three_lines();
	g_autoptr(Receipt) self = return_of(sale, NULL, 0);
	g_autoptr(GError) error = NULL;

	g_assert_true(receipt_void_line(self, 2, NULL));
	g_assert_null(receipt_find_line(self, 2));
	check_error(receipt_void_line(self, 2, &error), &error, RECEIPT_ERROR_NO_LINE);
	g_assert_cmpint(receipt_get_totals(self)->total.minor, ==, 5000);
	g_assert_true(receipt_void_line(self, 1, NULL));
	g_assert_cmpint(receipt_get_totals(self)->n_goods, ==, 0);
	g_assert_cmpint(receipt_get_totals(self)->due.minor, ==, 0);
	check_error(receipt_pay(self, TENDER_CASH, rub(1), NULL, &error), &error,
		    RECEIPT_ERROR_EMPTY);
	check_error(receipt_set_quantity(self, 2, pieces(3), &error), &error, RECEIPT_ERROR_RETURN);
	g_assert_null(receipt_find_line(self, 2));
	g_assert_true(receipt_set_quantity(self, 2, pieces(2), NULL));
	g_assert_cmpint(receipt_get_totals(self)->total.minor, ==, 3600);
	check_gives(self, 0, 3600, 0);
	/* a sale's stays out */
	check_error(receipt_set_quantity(sale, 2, pieces(1), &error), &error, RECEIPT_ERROR_PAID);
}

static void test_voided_line_of_a_sale_stays_out(void)
{
	g_autoptr(Receipt) sale = receipt_new(RECEIPT_SALE, RUB, TAX_PER_LINE);
	g_autoptr(GError) error = NULL;

	add(sale, 100, 1, &none);
	g_assert_true(receipt_void_line(sale, 1, NULL));
	check_error(receipt_set_quantity(sale, 1, pieces(1), &error), &error,
		    RECEIPT_ERROR_NO_LINE);
}

static void test_of_what_there_is_no_return(void)
{
	g_autoptr(Receipt) sale = three_lines(), other = three_lines();
	g_autoptr(Receipt) unpaid = receipt_new(RECEIPT_SALE, RUB, TAX_PER_LINE);
	g_autoptr(Receipt) free_return = receipt_new(RECEIPT_RETURN, RUB, TAX_PER_LINE);
	g_autoptr(Receipt) back = return_of(sale, NULL, 0), larger = sale_of(9000, 1, 1, 0);
	Receipt *before = back;

	g_assert_true(receipt_void_line(back, 2, NULL));
	check_no_return(unpaid, NUMBER, NULL, 0);
	add(unpaid, 100, 1, &none);
	check_no_return(unpaid, NUMBER, NULL, 0);
	add(free_return, 100, 1, &none);
	pay(free_return, TENDER_CASH, 100);
	g_assert_cmpstr(receipt_get_origin(free_return), ==, "");
	check_no_return(free_return, NUMBER, NULL, 0);
	check_no_return(sale, NUMBER, &before, 1); /* not closed yet */
	g_assert_true(receipt_set_quantity(back, 2, pieces(2), NULL));
	give_back(back);
	check_no_return(back, "T1-000018", NULL, 0);
	check_no_return(sale, "T1-000018", &before, 1); /* of another sale */
	check_no_return(larger, NUMBER, &before, 1);
	check_no_return(sale, NUMBER, &before, 1); /* all of it */
	before = free_return;
	check_no_return(sale, NUMBER, &before, 1);
	before = other;
	check_no_return(sale, NUMBER, &before, 1);
}

/* Two tills without a line between them each give back one of three pieces: 34.45, in roubles 34.
 * The third makes up for what neither could know: 103 − 34 − 34 = 35. Had both given back two
 * pieces, one of four was never sold: nothing more is given. */
static void test_two_tills_apart(void)
{
	g_autoptr(Receipt) sale = sale_of(3445, 3, 100, 0);
	Receipt *apart[2], *all[2];
	g_autoptr(Receipt) last = NULL;

	for (int i = 0; i < 2; i++) {
		apart[i] = return_of(sale, NULL, 0);
		g_assert_true(receipt_set_quantity(apart[i], 1, pieces(1), NULL));
		check_gives(apart[i], 0, 3400, -45);
		give_back(apart[i]);
	}
	last = return_of(sale, apart, 2);
	g_assert_cmpint(receipt_find_line(last, 1)->quantity.micro, ==, QUANTITY_ONE);
	check_gives(last, 0, 3500, 55);
	g_assert_true(receipt_void_line(last, 1, NULL)); /* not without the goods */
	check_gives(last, 0, 0, 0);
	for (int i = 0; i < 2; i++) {
		all[i] = return_of(sale, NULL, 0);
		g_assert_true(receipt_set_quantity(all[i], 1, pieces(2), NULL));
		give_back(all[i]);
	}
	check_no_return(sale, NUMBER, all, 2);
	for (int i = 0; i < 2; i++) {
		receipt_free(apart[i]);
		receipt_free(all[i]);
	}
}

/* 5 × 50.00, of which 100.00 by card. Apart, each till gives the first 100.00 to the card, together
 * twice what it paid; what is left of all that was taken is 50.00, and the card gets no more. */
static void test_card_got_too_much_from_two_tills(void)
{
	g_autoptr(Receipt) sale = sale_of(5000, 5, 1, 10000);
	Receipt *apart[2];
	g_autoptr(Receipt) last = NULL;

	for (int i = 0; i < 2; i++) {
		apart[i] = return_of(sale, NULL, 0);
		g_assert_true(receipt_set_quantity(apart[i], 1, pieces(2), NULL));
		check_gives(apart[i], 10000, 0, 0);
		give_back(apart[i]);
	}
	last = return_of(sale, apart, 2);
	check_gives(last, 0, 5000, 0);
	receipt_free(apart[0]);
	receipt_free(apart[1]);
}

/* Soap for 50.00 and paper for 36.00; both tills give back the soap. That leaves 36.00 less 50.00.
 */
static void test_same_piece_at_two_tills(void)
{
	g_autoptr(Receipt) sale = three_lines();
	Receipt *apart[2] = { NULL };

	for (int i = 0; i < 2; i++) {
		apart[i] = return_of(sale, NULL, 0);
		g_assert_true(receipt_void_line(apart[i], 2, NULL));
		check_gives(apart[i], 0, 5000, 0);
		give_back(apart[i]);
	}
	check_no_return(sale, NUMBER, apart, 2);
	receipt_free(apart[0]);
	receipt_free(apart[1]);
}

static void check_comes_back(const Receipt *receipt)
{
	g_autoptr(GError) error = NULL;
	json_t *json = receipt_to_json(receipt);
	g_autoptr(Receipt) back = receipt_from_json(json, &error);

	g_assert_no_error(error);
	g_assert_cmpint(receipt_get_totals(back)->tax.minor, ==,
			receipt_get_totals(receipt)->tax.minor);
	json_decref(json);
}

/* 6 × 0.06 with VAT of 0.03 (36 × 10 / 110 = 3.27): half a kopeck a
 * piece. Each till by itself gives back a whole one; all that is left has none of it then, and
 * never less than none. */
static void test_many_tills_apart(void)
{
	static const TaxGroup vat10 = {
		2, "VAT10", 1, { { "VAT", 1000, true, 0, FISCAL_TAX_REDUCED } }
	};
	g_autoptr(Receipt) sale = receipt_new(RECEIPT_SALE, RUB, TAX_PER_LINE);
	Receipt *apart[5] = { NULL };

	add(sale, 6, 6, &vat10);
	pay(sale, TENDER_CASH, 36);
	g_assert_cmpint(receipt_get_totals(sale)->tax.minor, ==, 3);
	for (int i = 0; i < 5; i++) {
		apart[i] = return_of(sale, NULL, 0);
		g_assert_true(receipt_set_quantity(apart[i], 1, pieces(1), NULL));
		g_assert_cmpint(receipt_get_totals(apart[i])->tax.minor, ==, 1);
		give_back(apart[i]);
	}
	for (int n = 3; n <= 5; n++) {
		g_autoptr(Receipt) last = return_of(sale, apart, n);

		g_assert_true(receipt_set_quantity(last, 1, pieces(1), NULL));
		g_assert_cmpint(receipt_get_totals(last)->tax.minor, ==, 0);
		check_gives(last, 0, 6, 0);
		check_comes_back(last);
	}
	for (int i = 0; i < 5; i++)
		receipt_free(apart[i]);
}

/* The day is as if nothing had been sold. */
static void test_shift(void)
{
	g_autoptr(Receipt) sale = sale_of(3445, 3, 100, 5000);
	g_autoptr(Receipt) back = return_of(sale, NULL, 0);
	ShiftTotals totals;

	give_back(back);
	shift_totals_init(&totals, RUB, rub(0));
	g_assert_true(shift_totals_add(&totals, sale));
	g_assert_cmpint(totals.rounding.minor, ==, -35);
	g_assert_true(shift_totals_add(&totals, back));
	g_assert_cmpint(totals.rounding.minor, ==, 0);
	g_assert_cmpint(totals.kept[TENDER_CASH].minor, ==, 0);
	g_assert_cmpint(totals.kept[TENDER_CARD].minor, ==, 0);
	g_assert_cmpint(totals.sales.minor, ==, totals.returns.minor);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/receipt-return/three-thirds", test_three_thirds);
	g_test_add_func("/receipt-return/cash-in-coins", test_cash_in_coins);
	g_test_add_func("/receipt-return/card-first", test_card_gets_its_part_first);
	g_test_add_func("/receipt-return/card-alone", test_card_alone);
	g_test_add_func("/receipt-return/cash-that-was-no-coins", test_cash_that_was_no_coins);
	g_test_add_func("/receipt-return/never-more-cash", test_never_more_cash_than_was_taken);
	g_test_add_func("/receipt-return/nothing-was-taken", test_nothing_was_taken);
	g_test_add_func("/receipt-return/tax-on-top", test_tax_on_top_comes_back);
	g_test_add_func("/receipt-return/starts-whole", test_starts_whole);
	g_test_add_func("/receipt-return/what-is-refused", test_what_is_refused);
	g_test_add_func("/receipt-return/voided-line-is-put-back", test_voided_line_is_put_back);
	g_test_add_func("/receipt-return/voided-line-of-a-sale",
			test_voided_line_of_a_sale_stays_out);
	g_test_add_func("/receipt-return/no-return", test_of_what_there_is_no_return);
	g_test_add_func("/receipt-return/two-tills-apart", test_two_tills_apart);
	g_test_add_func("/receipt-return/card-got-too-much", test_card_got_too_much_from_two_tills);
	g_test_add_func("/receipt-return/same-piece-at-two-tills", test_same_piece_at_two_tills);
	g_test_add_func("/receipt-return/many-tills-apart", test_many_tills_apart);
	g_test_add_func("/receipt-return/shift", test_shift);
	return g_test_run();
}
