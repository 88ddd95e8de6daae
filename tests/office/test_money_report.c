/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A month of a shop, worked by hand: cash book, expenses, profit and loss. And what verify finds.
 */
#include "backoffice/people/people.h"
#include "backoffice/report/report.h"
#include "backoffice/sales/verify.h"
#include "backoffice/stock/document.h"
#include "tests/office/money_shop.h"

#include <string.h>

#define RENT 1
#define CLEANING 4
#define OTHER_INCOME 21
#define MARCH 20240301, 20240331

static const TaxGroup vat = { .id = 2,
			      .code = "VAT10",
			      .n_rates = 1,
			      .rates = { { "VAT", 1000, true, 0, FISCAL_TAX_REDUCED } } };

/* @n of item 1, of which one costs @price, @off less on the line. */
static Receipt *receipt_of(ReceiptKind kind, int n, int64_t price, int64_t off, TenderKind tender)
{
	const ReceiptGoods goods = { .item_id = 1,
				     .code = "1",
				     .name = "Хлеб",
				     .unit = UNIT_PIECE,
				     .price = { price, FAKE_RUB },
				     .tax = &vat };
	Receipt *receipt = receipt_new(kind, FAKE_RUB, TAX_PER_LINE);
	g_autoptr(GError) error = NULL;
	int line;

	receipt_add(receipt, &goods, (Quantity){ n * QUANTITY_ONE }, &line, &error);
	g_assert_no_error(error);
	if (off != 0)
		g_assert_true(receipt_discount_line(receipt, line,
						    (Discount){ DISCOUNT_AMOUNT, off }, NULL));
	receipt_pay(receipt, tender, receipt_get_totals(receipt)->due, "", &error);
	g_assert_no_error(error);
	return receipt;
}

static void post(MoneyShop *shop, DocumentKind kind, int64_t n, int64_t cost, int day)
{
	g_autoptr(Document) document = document_new(kind, 1);
	g_autoptr(GError) error = NULL;
	DocumentLine *line = document_add_line(document, 1, n * QUANTITY_ONE);

	document->at = MONEY_AT(day, 8);
	if (kind == DOCUMENT_DELIVERY) {
		document->supplier_id = 1;
		line->has_cost = true;
		line->cost = cost;
	} else {
		g_free(document->reason);
		document->reason = g_strdup("expired");
	}
	document_create(shop->office.store, document, 0, &error);
	g_assert_no_error(error);
	document_post(shop->office.store, document->id, 0, &error);
	g_assert_no_error(error);
}

static Report *ask(MoneyShop *shop, const char *name, int32_t from, int32_t to)
{
	const ReportQuery query = { .shop_id = 1, .from = from, .to = to };
	g_autoptr(GError) error = NULL;
	Report *report = report_ask(shop->office.store, report_find(name), &query, &error);

	g_assert_no_error(error);
	return report;
}

static int64_t cell(const Report *report, int row, int column)
{
	return report_get_cell(report, row, column)->value;
}

/* 20 loaves come at 20.00. On the 1st 5 are sold at 50.00 in cash, one for 5.00 less, and 4 by
 * card; one comes back on the 2nd. Two are thrown away on the 3rd. Rent is 100.00, cleaning 30.00
 * of which 10.00 is taken back, pay 70.00, somebody pays 15.00 for cardboard. The drawer is 2.00
 * short on the 1st. */
static void live_a_month(MoneyShop *shop)
{
	g_autoptr(GError) error = NULL;
	int64_t baker, number, back;

	money_shop_init(shop);
	fake_office_add_goods(&shop->office, 1);
	people_add(shop->office.store, "Пекарь", ROLE_STOCK, "4711", &baker, &error);
	g_assert_no_error(error);
	post(shop, DOCUMENT_DELIVERY, 20, 40000, 1);
	money_shop_open(shop, 0, 1, 9, 10000);
	money_shop_sell(shop, 0, 1, 10, receipt_of(RECEIPT_SALE, 5, 5000, 500, TENDER_CASH));
	money_shop_sell(shop, 0, 1, 11, receipt_of(RECEIPT_SALE, 4, 5000, 0, TENDER_CARD));
	money_shop_close(shop, 0, 1, 21, 10000 + 24500 - 200);
	money_shop_open(shop, 0, 2, 9, 34300);
	money_shop_sell(shop, 0, 2, 10, receipt_of(RECEIPT_RETURN, 1, 5000, 0, TENDER_CASH));
	money_shop_close(shop, 0, 2, 21, 29300);
	money_shop_send(shop, 0);
	post(shop, DOCUMENT_WRITE_OFF, 2, 0, 3);
	money_shop_enter(shop, (MoneyEntry){ .kind = MONEY_OPENING,
					     .account_id = shop->bank,
					     .amount = 100000,
					     .day = 20240301 });
	money_shop_enter(shop, (MoneyEntry){ .kind = MONEY_EXPENSE,
					     .account_id = shop->bank,
					     .amount = 10000,
					     .expense_kind = RENT,
					     .day = 20240305 });
	money_shop_enter(shop, (MoneyEntry){ .kind = MONEY_EXPENSE,
					     .account_id = shop->bank,
					     .amount = 2000,
					     .expense_kind = CLEANING,
					     .day = 20240305 });
	number = money_shop_enter(shop, (MoneyEntry){ .kind = MONEY_EXPENSE,
						      .account_id = shop->bank,
						      .amount = 1000,
						      .expense_kind = CLEANING,
						      .day = 20240306 });
	money_reverse(shop->office.store, number, "", 0, &back, &error);
	g_assert_no_error(error);
	money_shop_enter(shop, (MoneyEntry){ .kind = MONEY_PAY,
					     .account_id = shop->bank,
					     .amount = 7000,
					     .person_id = baker,
					     .day = 20240331 });
	money_shop_enter(shop, (MoneyEntry){ .kind = MONEY_INCOME,
					     .account_id = shop->bank,
					     .amount = 1500,
					     .expense_kind = OTHER_INCOME,
					     .day = 20240331 });
	/* Buying is no expense: it is in the cost of what is sold. April is another month. */
	money_shop_enter(shop, (MoneyEntry){ .kind = MONEY_SUPPLIER_PAYMENT,
					     .account_id = shop->bank,
					     .amount = 40000,
					     .supplier_id = 1,
					     .day = 20240331 });
	money_shop_enter(shop, (MoneyEntry){ .kind = MONEY_EXPENSE,
					     .account_id = shop->bank,
					     .amount = 11000,
					     .expense_kind = RENT,
					     .day = 20240405 });
}

static void test_profit(void)
{
	static const struct {
		int column;
		int64_t amount;
	} march[] = {
		{ 0, 202403 },
		{ 2, 24500 + 20000 - 5000 }, /* sales */
		{ 3, 500 }, /* discounts */
		{ 4, 2227 + 1818 - 455 }, /* tax: 10/110 of each */
		{ 5, 8 * 2000 }, /* cost */
		{ 6, 39500 - 16000 }, /* margin */
		{ 7, -2 * 2000 }, /* losses */
		{ 8, 12000 }, /* expenses */
		{ 9, 7000 }, /* pay */
		{ 10, -200 }, /* short */
		{ 11, 0 }, /* rounding */
		{ 12, 1500 }, /* other income */
		{ 13, 23500 - 4000 - 12000 - 7000 - 200 + 1500 },
	};
	g_autoptr(Report) report = NULL, april = NULL, lines = NULL;
	g_auto(MoneyShop) shop;
	const ReportKind *next;
	ReportQuery narrowed;

	live_a_month(&shop);
	report = ask(&shop, "profit", 20240301, 20240430);
	g_assert_cmpint(report_get_n_rows(report), ==, 2);
	for (size_t i = 0; i < G_N_ELEMENTS(march); i++)
		g_assert_cmpint(cell(report, 0, march[i].column), ==, march[i].amount);
	g_assert_cmpint(cell(report, 1, 13), ==, -11000);
	g_assert_cmpint(report_get_total(report, 13)->value, ==, 1800 - 11000);

	g_assert_true(report_get_next(report, 0, &next, &narrowed));
	lines = report_ask(shop.office.store, next, &narrowed, NULL);
	g_assert_cmpint(report_get_total(lines, 2)->value, ==, 1800);
	g_assert_cmpint(report_get_to(lines), ==, 20240331);
	g_assert_cmpstr(report_get_cell(lines, 0, 0)->text, ==, "gross");
	g_assert_cmpint(cell(lines, 0, 2), ==, 40000);
	fake_office_verify(&shop.office);
}

static void test_expenses(void)
{
	g_autoptr(Report) report = NULL;
	g_auto(MoneyShop) shop;

	live_a_month(&shop);
	report = ask(&shop, "expenses", MARCH);
	g_assert_cmpint(report_get_n_rows(report), ==, 3);
	g_assert_cmpstr(report_get_cell(report, 0, 2)->text, ==, "rent");
	g_assert_cmpint(cell(report, 0, 4), ==, 10000);
	g_assert_cmpstr(report_get_cell(report, 1, 2)->text, ==, "pay");
	g_assert_cmpint(cell(report, 2, 4), ==, 2000);
	g_assert_cmpint(report_get_total(report, 4)->value, ==, 19000);
}

/* Each day of each account: what it began with, what moved, what it ended with. */
static void test_cash_book(void)
{
	g_autoptr(Report) report = NULL, moves = NULL, accounts = NULL;
	int64_t in = 0, out = 0, bank = 0;
	g_auto(MoneyShop) shop;

	live_a_month(&shop);
	report = ask(&shop, "money", MARCH);
	for (int i = 0; i < report_get_n_rows(report); i++) {
		g_assert_cmpint(cell(report, i, 2) + cell(report, i, 3) + cell(report, i, 4), ==,
				cell(report, i, 5));
		in += cell(report, i, 3);
		out += cell(report, i, 4);
		if (strcmp(report_get_cell(report, i, 1)->text, money_account_word("bank")) == 0) {
			g_assert_cmpint(cell(report, i, 2), ==, bank);
			bank = cell(report, i, 5);
		}
	}
	g_assert_cmpint(bank, ==, 100000 - 12000 - 7000 + 1500 - 40000);
	g_assert_cmpint(report_get_total(report, 3)->value, ==, in);
	g_assert_cmpint(report_get_total(report, 4)->value, ==, out);
	moves = ask(&shop, "moves", MARCH);
	g_assert_cmpint(report_get_total(moves, 9)->value, ==, in);
	g_assert_cmpint(report_get_total(moves, 10)->value, ==, out);
	accounts = ask(&shop, "accounts", MARCH);
	g_assert_cmpint(report_get_total(accounts, 4)->value, ==, in + out);
}

/* The book of some days goes on from what was there before. */
static void test_list_of_some_days(void)
{
	MoneyFilter filter = { .from = 20240306, .to = 20240331 };
	g_autoptr(GPtrArray) list = NULL, one = NULL;
	g_autoptr(GError) error = NULL;
	g_auto(MoneyShop) shop;
	const MoneyMove *first, *last;

	live_a_month(&shop);
	filter.account_id = shop.bank;
	list = money_list(shop.office.store, &filter, 100, &error);
	g_assert_no_error(error);
	g_assert_cmpuint(list->len, ==, 5);
	first = list->pdata[0];
	last = list->pdata[4];
	g_assert_cmpint(first->balance, ==, 100000 - 12000 - 1000);
	g_assert_cmpint(last->balance, ==, 100000 - 12000 - 7000 + 1500 - 40000);
	g_assert_cmpint(first->reversed_by, !=, 0);
	filter = (MoneyFilter){ .number = last->number };
	one = money_list(shop.office.store, &filter, 100, &error);
	g_assert_no_error(error);
	g_assert_cmpuint(one->len, ==, 1);
	g_assert_cmpint(((const MoneyMove *)one->pdata[0])->balance, ==, last->balance);
	g_assert_cmpstr(((const MoneyMove *)one->pdata[0])->supplier, ==, "Молоко");
}

static void test_rights(void)
{
	Rights sees = UINT32_C(1) << RIGHT_SEE_REPORTS | UINT32_C(1) << RIGHT_SEE_MONEY;

	g_assert_false(report_kind_may(report_find("money"), UINT32_C(1) << RIGHT_SEE_REPORTS));
	g_assert_true(report_kind_may(report_find("money"), sees));
	g_assert_false(report_kind_may(report_find("profit"), sees)); /* it tells costs */
	g_assert_true(report_kind_may(report_find("profit"), sees | UINT32_C(1) << RIGHT_SEE_COST));
}

/* --- verify -------------------------------------------------------------------------------- */

static void check_broken(const char *sql, const char *says)
{
	g_auto(Verdict) verdict = { 0 };
	g_autoptr(GError) error = NULL;
	g_auto(MoneyShop) shop;

	live_a_month(&shop);
	fake_office_verify(&shop.office);
	room_sql(&shop.office, "DROP TRIGGER money_ledger_is_final");
	room_sql(&shop.office, "DROP TRIGGER money_ledger_is_kept");
	room_sql(&shop.office, "%s", sql);
	verify_office(shop.office.store, &verdict, &error);
	g_assert_no_error(error);
	g_assert_nonnull(verdict.broken);
	g_test_message("%s", verdict.broken);
	g_assert_nonnull(strstr(verdict.broken, says));
}

static void test_verify(void)
{
	check_broken("DELETE FROM money_ledger WHERE id = (SELECT max(id) FROM money_ledger)",
		     "gap");
	check_broken("UPDATE money_ledger SET amount = amount + 1, home = home + 1 WHERE kind = "
		     "'sales'",
		     "shift 1");
	check_broken("UPDATE money_ledger SET amount = amount + 1 WHERE kind = 'difference'",
		     "drawer");
	check_broken("UPDATE money_ledger SET amount = amount + 1 WHERE kind = 'card'", "shift 1");
	check_broken("UPDATE money_ledger SET amount = amount + 1 WHERE reverses IS NOT NULL",
		     "row");
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/money_report/profit", test_profit);
	g_test_add_func("/money_report/expenses", test_expenses);
	g_test_add_func("/money_report/cash_book", test_cash_book);
	g_test_add_func("/money_report/list_of_some_days", test_list_of_some_days);
	g_test_add_func("/money_report/rights", test_rights);
	g_test_add_func("/money_report/verify", test_verify);
	return g_test_run();
}
