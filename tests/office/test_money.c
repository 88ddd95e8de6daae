/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Money of tills and of people, worked by hand. */
#include "backoffice/people/audit.h"
#include "tests/office/money_shop.h"

#include <string.h>

#define RENT 1
#define OTHER_INCOME 21

static int64_t add_person(MoneyShop *shop, const char *name, Role role, const char *pin)
{
	g_autoptr(GError) error = NULL;
	int64_t id;

	people_add(shop->office.store, name, role, pin, &id, &error);
	g_assert_no_error(error);
	return id;
}

/* A receipt of one line, paid in cash or by card. */
static Receipt *receipt_of(ReceiptKind kind, int64_t price, TenderKind tender)
{
	const TaxGroup tax = { .id = 1, .code = "NO" };
	const ReceiptGoods goods = { .item_id = 1,
				     .code = "1",
				     .name = "Хлеб",
				     .unit = UNIT_PIECE,
				     .price = { price, FAKE_RUB },
				     .tax = &tax };
	Receipt *receipt = receipt_new(kind, FAKE_RUB, TAX_PER_LINE);
	g_autoptr(GError) error = NULL;
	int line;

	receipt_add(receipt, &goods, (Quantity){ QUANTITY_ONE }, &line, &error);
	g_assert_no_error(error);
	receipt_pay(receipt, tender, (Money){ price, FAKE_RUB }, "", &error);
	g_assert_no_error(error);
	return receipt;
}

/* --- tills --------------------------------------------------------------------------------- */

static void test_a_shift(void)
{
	g_auto(MoneyShop) shop;
	int64_t expected;

	money_shop_init(&shop);
	money_shop_open(&shop, 0, 1, 9, 50000);
	money_shop_sell(&shop, 0, 1, 10, receipt_of(RECEIPT_SALE, 30000, TENDER_CASH));
	money_shop_sell(&shop, 0, 1, 11, receipt_of(RECEIPT_SALE, 20000, TENDER_CARD));
	money_shop_cash(&shop, 0, 1, 12, 5000);
	money_shop_cash(&shop, 0, 1, 13, -40000);
	money_shop_sell(&shop, 0, 1, 14, receipt_of(RECEIPT_RETURN, 1000, TENDER_CASH));
	expected = money_shop_close(&shop, 0, 1, 21, 43900);
	g_assert_cmpint(expected, ==, 50000 + 30000 + 5000 - 40000 - 1000);
	money_shop_send(&shop, 0);

	g_assert_cmpint(money_shop_has(&shop, shop.drawers[0]), ==, 43900);
	g_assert_cmpint(money_shop_has(&shop, shop.safe), ==, 40000 - 5000);
	g_assert_cmpint(money_shop_has(&shop, shop.cards), ==, 20000);
	g_assert_cmpint(money_shop_sum(&shop, "opening"), ==, 50000);
	g_assert_cmpint(money_shop_sum(&shop, "sales"), ==, 30000);
	g_assert_cmpint(money_shop_sum(&shop, "returns"), ==, -1000);
	g_assert_cmpint(money_shop_sum(&shop, "difference"), ==, -100);
	fake_office_verify(&shop.office);
}

static void test_an_open_shift(void)
{
	g_auto(MoneyShop) shop;
	g_autoptr(MoneyAccount) drawer = NULL, cards = NULL;

	money_shop_init(&shop);
	money_shop_open(&shop, 0, 1, 9, 50000);
	money_shop_sell(&shop, 0, 1, 10, receipt_of(RECEIPT_SALE, 30000, TENDER_CASH));
	money_shop_sell(&shop, 0, 1, 11, receipt_of(RECEIPT_SALE, 20000, TENDER_CARD));
	money_shop_sell(&shop, 0, 1, 12, receipt_of(RECEIPT_RETURN, 1000, TENDER_CASH));
	money_shop_send(&shop, 0);

	drawer = money_account_read(shop.office.store, shop.drawers[0], NULL);
	cards = money_account_read(shop.office.store, shop.cards, NULL);
	g_assert_cmpint(drawer->balance, ==, 50000);
	g_assert_cmpint(drawer->selling, ==, 29000);
	g_assert_cmpint(cards->balance, ==, 0);
	g_assert_cmpint(cards->selling, ==, 20000);
	g_assert_cmpstr(drawer->name, ==, "Касса 1");
	fake_office_verify(&shop.office);
}

/* What is missing in the morning is a row of its own; what somebody carried to the safe and said so
 * is not missing. */
static void test_over_night(void)
{
	const MoneyEntry carried = { .kind = MONEY_TRANSFER,
				     .amount = 60000,
				     .at = MONEY_AT(2, 22) };
	g_auto(MoneyShop) shop;
	MoneyEntry entry = carried;

	money_shop_init(&shop);
	money_shop_open(&shop, 0, 1, 9, 50000);
	money_shop_close(&shop, 0, 1, 21, -1);
	money_shop_open(&shop, 0, 2, 9, 49000);
	money_shop_sell(&shop, 0, 2, 10, receipt_of(RECEIPT_SALE, 30000, TENDER_CASH));
	money_shop_close(&shop, 0, 2, 21, 79000);
	money_shop_send(&shop, 0);
	g_assert_cmpint(money_shop_sum(&shop, "difference"), ==, -1000);

	entry.account_id = shop.drawers[0];
	entry.to_account = shop.safe;
	money_shop_enter(&shop, entry);
	money_shop_open(&shop, 0, 3, 9, 19000);
	money_shop_close(&shop, 0, 3, 21, -1);
	money_shop_send(&shop, 0);
	g_assert_cmpint(money_shop_sum(&shop, "difference"), ==, -1000);
	g_assert_cmpint(money_shop_has(&shop, shop.drawers[0]), ==, 19000);
	g_assert_cmpint(money_shop_has(&shop, shop.safe), ==, 60000);
	fake_office_verify(&shop.office);
}

static void test_over_night_to_the_safe(void)
{
	const MoneySetting setting = { .overnight_safe = true };
	g_autoptr(GError) error = NULL;
	g_auto(MoneyShop) shop;

	money_shop_init(&shop);
	money_setting_write(shop.office.store, 1, &setting, 0, &error);
	g_assert_no_error(error);
	money_shop_open(&shop, 0, 1, 9, 50000);
	money_shop_close(&shop, 0, 1, 21, -1);
	money_shop_open(&shop, 0, 2, 9, 10000);
	money_shop_send(&shop, 0);
	g_assert_cmpint(money_shop_sum(&shop, "difference"), ==, 0);
	g_assert_cmpint(money_shop_has(&shop, shop.safe), ==, 40000);
	g_assert_cmpint(money_shop_has(&shop, shop.drawers[0]), ==, 10000);
	fake_office_verify(&shop.office);
}

/* The office is told of the second day when the third is over and cash was carried in between: each
 * moment finds what was there then. */
static void test_a_day_that_comes_late(void)
{
	const MoneyEntry carried = { .kind = MONEY_TRANSFER,
				     .amount = 70000,
				     .at = MONEY_AT(2, 22) };
	g_auto(MoneyShop) shop;
	MoneyEntry entry = carried;

	money_shop_init(&shop);
	money_shop_open(&shop, 0, 1, 9, 50000);
	money_shop_close(&shop, 0, 1, 21, -1);
	money_shop_send(&shop, 0);
	money_shop_open(&shop, 0, 2, 9, 50000);
	money_shop_sell(&shop, 0, 2, 10, receipt_of(RECEIPT_SALE, 30000, TENDER_CASH));
	money_shop_close(&shop, 0, 2, 21, -1);
	money_shop_open(&shop, 0, 3, 9, 10000);
	money_shop_close(&shop, 0, 3, 21, -1);
	entry.account_id = shop.drawers[0];
	entry.to_account = shop.safe;
	entry.below_zero = true; /* as far as the office knows */
	money_shop_enter(&shop, entry);
	g_assert_cmpint(money_shop_has(&shop, shop.drawers[0]), ==, -20000);

	money_shop_send(&shop, 0);
	g_assert_cmpint(money_shop_sum(&shop, "difference"), ==, 0);
	g_assert_cmpint(money_shop_has(&shop, shop.drawers[0]), ==, 10000);
	fake_office_verify(&shop.office);
}

/* A till that believes it is next year, and then knows better. */
static void test_a_clock_that_ran_ahead(void)
{
	g_auto(MoneyShop) shop;
	MoneyEntry entry = { .kind = MONEY_TRANSFER, .amount = 30000 };

	money_shop_init(&shop);
	shop.tills[0].at = MONEY_AT(1, 0) + 2000 * 365 * 24 * 60 * MINUTE / 10;
	money_shop_open(&shop, 0, 1, 9, 50000);
	money_shop_close(&shop, 0, 1, 21, -1);
	money_shop_send(&shop, 0);
	entry.account_id = shop.drawers[0];
	entry.to_account = shop.safe;
	money_shop_enter(&shop, entry); /* now, long before that */
	fake_office_verify(&shop.office);
	money_shop_open(&shop, 0, 1, 22, 20000);
	g_assert_cmpint(shop.tills[0].at, >, g_get_real_time());
	shop.tills[0].at = 0;
	money_shop_close(&shop, 0, 2, 9, -1);
	money_shop_send(&shop, 0);
	g_assert_cmpint(money_shop_sum(&shop, "difference"), !=, 0);
	/* The next float puts it right, once the clock has come to when the cash was carried. */
	shop.tills[0].at = g_get_real_time();
	money_shop_open(&shop, 0, 3, 9, 20000);
	money_shop_send(&shop, 0);
	g_assert_cmpint(money_shop_has(&shop, shop.drawers[0]), ==, 20000);
	fake_office_verify(&shop.office);
}

/* What no book can hold is set aside, and the till goes on. */
static void test_absurd_amounts(void)
{
	g_auto(MoneyShop) shop;

	money_shop_init(&shop);
	money_shop_open(&shop, 0, 1, 9, 50000);
	money_shop_cash(&shop, 0, 1, 10, G_MAXINT64);
	shop.totals[0].cash_in.minor = 0;
	money_shop_close(&shop, 0, 1, 21, -1);
	g_assert_cmpint(money_shop_send_odd(&shop, 0), ==, 1);
	money_shop_open(&shop, 0, 2, 9, G_MAXINT64);
	g_assert_cmpint(money_shop_send_odd(&shop, 0), ==, 1);
	g_assert_cmpint(money_shop_has(&shop, shop.drawers[0]), ==, 50000);
	fake_office_verify(&shop.office);
}

static void test_where_cash_goes(void)
{
	g_autoptr(GError) error = NULL;
	MoneySetting setting = { 0 };
	g_auto(MoneyShop) shop;

	money_shop_init(&shop);
	setting.cash_out = shop.bank;
	money_setting_write(shop.office.store, 1, &setting, 0, &error);
	g_assert_no_error(error);
	money_shop_open(&shop, 0, 1, 9, 50000);
	money_shop_cash(&shop, 0, 1, 10, -20000);
	money_shop_cash(&shop, 0, 1, 11, 1000);
	money_shop_send(&shop, 0);
	g_assert_cmpint(money_shop_has(&shop, shop.bank), ==, 20000);
	g_assert_cmpint(money_shop_has(&shop, shop.safe), ==, -1000);
	setting.cash_out = shop.drawers[1];
	g_assert_false(money_setting_write(shop.office.store, 1, &setting, 0, &error));
	g_assert_error(error, MONEY_ERROR, MONEY_ERROR_INVALID);
}

/* --- settling ------------------------------------------------------------------------------ */

static void test_what_a_cash_out_was(void)
{
	const MoneyEntry rent = { .kind = MONEY_EXPENSE, .expense_kind = RENT, .note = "март" };
	MoneyEntry to_bank = { .kind = MONEY_TRANSFER };
	g_autoptr(GError) error = NULL;
	g_auto(MoneyShop) shop;
	int64_t number, settled, back;

	money_shop_init(&shop);
	money_shop_open(&shop, 0, 1, 9, 50000);
	money_shop_cash(&shop, 0, 1, 10, -20000);
	money_shop_close(&shop, 0, 1, 21, 29000);
	money_shop_send(&shop, 0);
	number = money_shop_last(&shop, "cash-out");
	settled = money_shop_settle(&shop, number, rent);
	g_assert_cmpint(money_shop_has(&shop, shop.safe), ==, 0);
	g_assert_cmpint(money_shop_has(&shop, shop.drawers[0]), ==, 29000);
	g_assert_cmpint(money_shop_sum(&shop, "expense"), ==, -20000);

	g_assert_false(money_reverse(shop.office.store, settled, NULL, 0, &back, &error));
	g_assert_error(error, MONEY_ERROR, MONEY_ERROR_STATE);
	to_bank.to_account = shop.bank;
	money_shop_settle(&shop, number, to_bank);
	g_assert_cmpint(money_shop_has(&shop, shop.bank), ==, 20000);
	g_assert_cmpint(money_shop_has(&shop, shop.drawers[0]), ==, 29000);
	g_assert_cmpint(money_shop_sum(&shop, "expense"), ==, 0);

	/* What the drawer was short of in the evening somebody remembers. */
	money_shop_settle(&shop, money_shop_last(&shop, "difference"), rent);
	g_assert_cmpint(money_shop_sum(&shop, "difference"), ==, 0);
	g_assert_cmpint(money_shop_sum(&shop, "expense"), ==, -1000);
	g_assert_cmpint(money_shop_has(&shop, shop.drawers[0]), ==, 29000);
	fake_office_verify(&shop.office);
}

static void test_settling_is_refused(void)
{
	const MoneyEntry rent = { .kind = MONEY_EXPENSE, .expense_kind = RENT };
	const MoneyEntry income = { .kind = MONEY_INCOME, .expense_kind = OTHER_INCOME };
	g_autoptr(GError) error = NULL;
	g_auto(MoneyShop) shop;
	int64_t number;

	money_shop_init(&shop);
	money_shop_open(&shop, 0, 1, 9, 50000);
	money_shop_cash(&shop, 0, 1, 10, -20000);
	money_shop_send(&shop, 0);
	number = money_shop_last(&shop, "cash-out");
	g_assert_false(money_settle(shop.office.store, number, &income, 0, &number, &error));
	g_assert_error(error, MONEY_ERROR, MONEY_ERROR_INVALID);
	g_clear_error(&error);
	g_assert_false(money_settle(shop.office.store, 4711, &rent, 0, &number, &error));
	g_assert_error(error, MONEY_ERROR, MONEY_ERROR_GONE);
	g_clear_error(&error);
	g_assert_false(money_reverse(shop.office.store, number, NULL, 0, &number, &error));
	g_assert_error(error, MONEY_ERROR, MONEY_ERROR_STATE);
}

/* --- people -------------------------------------------------------------------------------- */

static void test_entries(void)
{
	g_auto(MoneyShop) shop;
	int64_t baker;

	money_shop_init(&shop);
	baker = add_person(&shop, "Пекарь", ROLE_STOCK, "4711");
	money_shop_enter(&shop, (MoneyEntry){ .kind = MONEY_OPENING,
					      .account_id = shop.safe,
					      .amount = 100000,
					      .day = 20240301 });
	money_shop_enter(&shop, (MoneyEntry){ .kind = MONEY_EXPENSE,
					      .account_id = shop.safe,
					      .amount = 30000,
					      .expense_kind = RENT,
					      .day = 20240302 });
	money_shop_enter(&shop, (MoneyEntry){ .kind = MONEY_INCOME,
					      .account_id = shop.bank,
					      .amount = 7000,
					      .expense_kind = OTHER_INCOME,
					      .day = 20240302 });
	money_shop_enter(&shop, (MoneyEntry){ .kind = MONEY_TRANSFER,
					      .account_id = shop.safe,
					      .to_account = shop.bank,
					      .amount = 20000,
					      .day = 20240302 });
	money_shop_enter(&shop, (MoneyEntry){ .kind = MONEY_SUPPLIER_PAYMENT,
					      .account_id = shop.bank,
					      .amount = 40000,
					      .supplier_id = 1,
					      .day = 20240303 });
	money_shop_enter(&shop, (MoneyEntry){ .kind = MONEY_SUPPLIER_REFUND,
					      .account_id = shop.safe,
					      .amount = 500,
					      .supplier_id = 1,
					      .day = 20240303 });
	money_shop_enter(&shop, (MoneyEntry){ .kind = MONEY_PAY,
					      .account_id = shop.safe,
					      .amount = 25000,
					      .person_id = baker,
					      .day = 20240304 });
	/* A bank lends; a safe has no more than it has. */
	g_assert_cmpint(money_shop_has(&shop, shop.bank), ==, 7000 + 20000 - 40000);
	g_assert_cmpint(money_shop_has(&shop, shop.safe), ==, 25500);
	/* The safe is counted and has 500 less. */
	money_shop_enter(&shop, (MoneyEntry){ .kind = MONEY_DIFFERENCE,
					      .account_id = shop.safe,
					      .amount = 25000,
					      .day = 20240305 });
	g_assert_cmpint(money_shop_has(&shop, shop.safe), ==, 25000);
	g_assert_cmpint(money_shop_sum(&shop, "difference"), ==, -500);
	fake_office_verify(&shop.office);
}

static void test_refusals(void)
{
	g_auto(MoneyShop) shop;
	MoneyEntry entry = { .kind = MONEY_EXPENSE, .amount = 100, .expense_kind = RENT };
	MoneyEntry other;

	money_shop_init(&shop);
	money_shop_refused(&shop, entry, 0, MONEY_ERROR_GONE); /* no account */
	entry.account_id = shop.safe;
	money_shop_refused(&shop, entry, 0, MONEY_ERROR_EMPTY);
	entry.account_id = shop.bank;
	other = entry;
	other.amount = 0;
	money_shop_refused(&shop, other, 0, MONEY_ERROR_INVALID);
	other.amount = -5;
	money_shop_refused(&shop, other, 0, MONEY_ERROR_INVALID);
	other.amount = MONEY_MAX + 1;
	money_shop_refused(&shop, other, 0, MONEY_ERROR_LARGE);
	other = entry;
	other.expense_kind = 0;
	money_shop_refused(&shop, other, 0, MONEY_ERROR_GONE);
	other.expense_kind = OTHER_INCOME;
	money_shop_refused(&shop, other, 0, MONEY_ERROR_INVALID);
	other = entry;
	other.day = 20990101;
	money_shop_refused(&shop, other, 0, MONEY_ERROR_INVALID);
	other = entry;
	other.note = "two\nlines";
	money_shop_refused(&shop, other, 0, MONEY_ERROR_INVALID);
	other = (MoneyEntry){ .kind = MONEY_TRANSFER,
			      .account_id = shop.bank,
			      .to_account = shop.bank,
			      .amount = 1 };
	money_shop_refused(&shop, other, 0, MONEY_ERROR_INVALID);
	other.to_account = shop.safe;
	other.to_amount = 2;
	money_shop_refused(&shop, other, 0, MONEY_ERROR_INVALID);
	other = (MoneyEntry){ .kind = MONEY_SALES, .account_id = shop.bank, .amount = 1 };
	money_shop_refused(&shop, other, 0, MONEY_ERROR_INVALID);
	other = (MoneyEntry){ .kind = MONEY_SUPPLIER_PAYMENT,
			      .account_id = shop.bank,
			      .amount = 1,
			      .supplier_id = 99 };
	money_shop_refused(&shop, other, 0, MONEY_ERROR_GONE);
	other = (MoneyEntry){
		.kind = MONEY_PAY, .account_id = shop.bank, .amount = 1, .person_id = 99
	};
	money_shop_refused(&shop, other, 0, MONEY_ERROR_GONE);
	other = (MoneyEntry){ .kind = MONEY_OPENING, .account_id = shop.safe, .amount = -1 };
	money_shop_refused(&shop, other, 0, MONEY_ERROR_INVALID);
}

/* A safe that took cash of tills for years before anybody opened its book. */
static void test_opening_of_what_was_used(void)
{
	g_auto(MoneyShop) shop;
	MoneyEntry entry = { .kind = MONEY_OPENING, .amount = 7000, .day = 20240302 };

	money_shop_init(&shop);
	money_shop_open(&shop, 0, 1, 9, 50000);
	money_shop_cash(&shop, 0, 1, 10, -40000);
	money_shop_close(&shop, 0, 1, 21, -1);
	money_shop_open(&shop, 0, 2, 9, 10000);
	money_shop_cash(&shop, 0, 2, 10, -3000);
	money_shop_send(&shop, 0);
	entry.account_id = shop.safe;
	money_shop_enter(&shop, entry);
	g_assert_cmpint(money_shop_has(&shop, shop.safe), ==, 7000 + 3000);
	entry.account_id = shop.drawers[0];
	money_shop_refused(&shop, entry, 0, MONEY_ERROR_STATE);
	fake_office_verify(&shop.office);
}

static void test_one_opening(void)
{
	g_autoptr(GError) error = NULL;
	g_auto(MoneyShop) shop;
	MoneyEntry entry = { .kind = MONEY_OPENING, .amount = 100, .day = 20240301 };
	int64_t number, back;

	money_shop_init(&shop);
	entry.account_id = shop.bank;
	number = money_shop_enter(&shop, entry);
	money_shop_refused(&shop, entry, 0, MONEY_ERROR_STATE);
	money_reverse(shop.office.store, number, "wrong", 0, &back, &error);
	g_assert_no_error(error);
	entry.amount = -250; /* overdrawn */
	money_shop_enter(&shop, entry);
	g_assert_cmpint(money_shop_has(&shop, shop.bank), ==, -250);
	g_assert_false(money_reverse(shop.office.store, number, "", 0, &back, &error));
	g_assert_error(error, MONEY_ERROR, MONEY_ERROR_STATE);
	fake_office_verify(&shop.office);
}

/* A drawer that its till has counted since is not changed behind its back. */
static void test_counted_since(void)
{
	g_autoptr(GError) error = NULL;
	g_auto(MoneyShop) shop;
	MoneyEntry entry = { .kind = MONEY_TRANSFER, .amount = 10000 };
	int64_t number, back;

	money_shop_init(&shop);
	money_shop_open(&shop, 0, 1, 9, 50000);
	money_shop_close(&shop, 0, 1, 21, -1);
	money_shop_send(&shop, 0);
	entry.account_id = shop.drawers[0];
	entry.to_account = shop.safe;
	entry.at = MONEY_AT(1, 20);
	money_shop_refused(&shop, entry, 0, MONEY_ERROR_STATE);
	entry.at = MONEY_AT(1, 22);
	number = money_shop_enter(&shop, entry);
	money_shop_open(&shop, 0, 2, 9, 40000);
	money_shop_send(&shop, 0);
	g_assert_false(money_reverse(shop.office.store, number, "", 0, &back, &error));
	g_assert_error(error, MONEY_ERROR, MONEY_ERROR_STATE);
}

static void test_paid_twice(void)
{
	g_autoptr(GError) error = NULL;
	g_auto(MoneyShop) shop;
	MoneyEntry entry = { .kind = MONEY_SUPPLIER_PAYMENT,
			     .amount = 40000,
			     .supplier_id = 1,
			     .day = 20240303,
			     .reference = "A-17" };
	int64_t number, back;

	money_shop_init(&shop);
	entry.account_id = shop.bank;
	number = money_shop_enter(&shop, entry);
	entry.reference = NULL;
	money_shop_refused(&shop, entry, 0, MONEY_ERROR_TWICE); /* amount and day */
	entry.reference = " A-17 ";
	entry.amount = 39999;
	entry.day = 20240829; /* 179 days */
	money_shop_refused(&shop, entry, 0, MONEY_ERROR_TWICE);
	entry.day = 20240831; /* 181 days */
	money_shop_enter(&shop, entry);
	entry.day = 20240303;
	entry.supplier_id = 2;
	money_shop_enter(&shop, entry);
	entry.supplier_id = 1;
	entry.kind = MONEY_SUPPLIER_REFUND;
	money_shop_enter(&shop, entry);
	entry.kind = MONEY_SUPPLIER_PAYMENT;
	entry.amount = 40000;
	entry.again = true;
	money_shop_enter(&shop, entry);
	/* What was taken back was not paid. */
	entry = (MoneyEntry){ .kind = MONEY_SUPPLIER_PAYMENT,
			      .account_id = shop.bank,
			      .amount = 77,
			      .supplier_id = 2,
			      .day = 20240304 };
	number = money_shop_enter(&shop, entry);
	money_shop_refused(&shop, entry, 0, MONEY_ERROR_TWICE);
	money_reverse(shop.office.store, number, "", 0, &back, &error);
	g_assert_no_error(error);
	money_shop_enter(&shop, entry);
	fake_office_verify(&shop.office);
}

static void test_rights(void)
{
	MoneyEntry rent = { .kind = MONEY_EXPENSE, .amount = 1, .expense_kind = RENT };
	MoneyEntry payment = { .kind = MONEY_SUPPLIER_PAYMENT, .amount = 1, .supplier_id = 1 };
	g_autoptr(GError) error = NULL;
	g_auto(MoneyShop) shop;
	int64_t keeper, manager, number, back;

	money_shop_init(&shop);
	keeper = add_person(&shop, "Склад", ROLE_STOCK, "4711");
	manager = add_person(&shop, "Старшая", ROLE_MANAGER, "4712");
	rent.account_id = payment.account_id = shop.bank;
	g_assert_false(money_enter(shop.office.store, &rent, keeper, &number, &error));
	g_assert_error(error, PEOPLE_ERROR, PEOPLE_ERROR_RIGHT);
	g_clear_error(&error);
	money_enter(shop.office.store, &rent, manager, &number, &error);
	g_assert_no_error(error);
	g_assert_false(money_reverse(shop.office.store, number, "", keeper, &back, &error));
	g_assert_error(error, PEOPLE_ERROR, PEOPLE_ERROR_RIGHT);
	g_clear_error(&error);
	rights_set(shop.office.store, 0, ROLE_STOCK, RIGHT_PAY_SUPPLIERS, true, &error);
	g_assert_no_error(error);
	money_enter(shop.office.store, &payment, keeper, &number, &error);
	g_assert_no_error(error);
	g_assert_false(money_enter(shop.office.store, &rent, keeper, &number, &error));
	g_assert_error(error, PEOPLE_ERROR, PEOPLE_ERROR_RIGHT);
}

static void test_a_closed_month(void)
{
	MoneyEntry rent = {
		.kind = MONEY_EXPENSE, .amount = 1, .expense_kind = RENT, .day = 20240331
	};
	g_autoptr(GError) error = NULL;
	g_auto(MoneyShop) shop;
	int64_t manager, number, back;

	money_shop_init(&shop);
	manager = add_person(&shop, "Старшая", ROLE_MANAGER, "4712");
	rent.account_id = shop.bank;
	money_enter(shop.office.store, &rent, manager, &number, &error);
	g_assert_no_error(error);
	g_assert_false(money_close(shop.office.store, 1, 20240330, 0, &error));
	g_assert_error(error, MONEY_ERROR, MONEY_ERROR_INVALID);
	g_clear_error(&error);
	g_assert_false(money_close(shop.office.store, 1, 20240331, manager, &error));
	g_assert_error(error, PEOPLE_ERROR, PEOPLE_ERROR_RIGHT);
	g_clear_error(&error);
	money_close(shop.office.store, 1, 20240331, 0, &error);
	g_assert_no_error(error);
	money_shop_refused(&shop, rent, manager, MONEY_ERROR_CLOSED);
	g_assert_false(money_reverse(shop.office.store, number, "", manager, &back, &error));
	g_assert_error(error, MONEY_ERROR, MONEY_ERROR_CLOSED);
	g_clear_error(&error);
	rent.day = 20240401;
	money_enter(shop.office.store, &rent, manager, &number, &error);
	g_assert_no_error(error);
	rent.day = 20240331;
	money_shop_enter(&shop, rent); /* who may settings, may */
	/* What tills tell is taken all the same. */
	money_shop_open(&shop, 0, 1, 9, 50000);
	money_shop_send(&shop, 0);
	g_assert_cmpint(money_shop_has(&shop, shop.drawers[0]), ==, 50000);
}

static void test_rows_are_final(void)
{
	g_auto(MoneyShop) shop;

	money_shop_init(&shop);
	money_shop_enter(
		&shop,
		(MoneyEntry){ .kind = MONEY_OPENING, .account_id = shop.bank, .amount = 100 });
	room_sql_refused(&shop.office, "UPDATE money_ledger SET amount = 1", "final");
	room_sql_refused(&shop.office, "DELETE FROM money_ledger", "final");
	room_sql_refused(&shop.office, "DELETE FROM money_account", "kept");
}

static void test_audit(void)
{
	g_autoptr(GPtrArray) list = NULL;
	g_autoptr(GError) error = NULL;
	g_auto(MoneyShop) shop;
	const AuditEntry *newest, *before;
	int64_t number, back;

	money_shop_init(&shop);
	number = money_shop_enter(&shop, (MoneyEntry){ .kind = MONEY_EXPENSE,
						       .account_id = shop.bank,
						       .amount = 12345,
						       .expense_kind = RENT,
						       .note = "март" });
	money_reverse(shop.office.store, number, "wrong", 0, &back, &error);
	g_assert_no_error(error);
	list = audit_list(shop.office.store, "money-", 0, 10, &error);
	g_assert_no_error(error);
	g_assert_cmpuint(list->len, ==, 2);
	newest = list->pdata[0];
	before = list->pdata[1];
	g_assert_cmpstr(newest->action, ==, "money-reverse");
	g_assert_cmpstr(before->action, ==, "money-enter");
	g_assert_null(before->before);
	g_assert_nonnull(strstr(before->after, "\"-123.45\""));
	g_assert_cmpstr(newest->before, ==, before->after);
}

/* --- currencies ---------------------------------------------------------------------------- */

static void set_rate(MoneyShop *shop, uint16_t currency, int32_t day, int64_t units, int64_t value)
{
	const CurrencyRate rate = { currency, day, units, value };
	g_autoptr(GError) error = NULL;

	currency_rate_set(shop->office.store, &rate, 0, &error);
	g_assert_no_error(error);
}

static int64_t home_of(MoneyShop *shop, uint16_t currency, int32_t day, int64_t amount)
{
	g_autoptr(GError) error = NULL;
	int64_t home = 0;

	currency_to_home(shop->office.store, currency, FAKE_RUB, day, amount, &home, &error);
	g_assert_no_error(error);
	return home;
}

/* Rates as the central bank of Russia gives them. */
static void test_rates(void)
{
	g_autoptr(GError) error = NULL;
	g_auto(MoneyShop) shop;
	int64_t home;

	money_shop_init(&shop);
	set_rate(&shop, 840, 20240301, 1, 91333600); /* 1 USD = 91.3336 */
	set_rate(&shop, 496, 20240301, 1000, 26954300); /* 1000 MNT = 26.9543 */
	set_rate(&shop, 392, 20240301, 100, 60912200); /* 100 JPY = 60.9122; no cents */
	set_rate(&shop, 840, 20240305, 1, 90873800);
	g_assert_cmpint(home_of(&shop, 840, 20240301, 10000), ==, 913336);
	g_assert_cmpint(home_of(&shop, 840, 20240304, 1), ==, 91); /* 0.91 */
	g_assert_cmpint(home_of(&shop, 840, 20240305, -10050), ==, -913282); /* 9132.8169 */
	g_assert_cmpint(home_of(&shop, 496, 20240302, 10000000), ==, 269543); /* 100 000 ₮ */
	g_assert_cmpint(home_of(&shop, 392, 20240302, 12345), ==, 751961); /* 7519.61109 */
	g_assert_cmpint(home_of(&shop, FAKE_RUB, 20000101, 5), ==, 5);
	g_assert_false(
		currency_to_home(shop.office.store, 840, FAKE_RUB, 20240229, 1, &home, &error));
	g_assert_error(error, MONEY_ERROR, MONEY_ERROR_RATE);
}

static void test_exchange(void)
{
	g_autoptr(GError) error = NULL;
	g_auto(MoneyShop) shop;
	int64_t dollars;
	MoneyEntry entry = {
		.kind = MONEY_TRANSFER, .amount = 920000, .to_amount = 10000, .day = 20240301
	};

	money_shop_init(&shop);
	money_account_add(shop.office.store, 1, MONEY_SAFE, "Dollars", 840, 0, &dollars, &error);
	g_assert_no_error(error);
	entry.account_id = shop.bank;
	entry.to_account = dollars;
	money_shop_refused(&shop, entry, 0, MONEY_ERROR_RATE);
	set_rate(&shop, 840, 20240301, 1, 91333600);
	set_rate(&shop, 840, 20240310, 1, 95000000);
	money_shop_enter(&shop, entry);
	/* 9 200.00 paid for what is worth 9 133.36. */
	g_assert_cmpint(money_shop_sum(&shop, "exchange"), ==, -6664);
	g_assert_cmpint(money_shop_has(&shop, dollars), ==, 10000);
	/* Bought is worth what was paid, when the rate has grown. */
	entry = (MoneyEntry){ .kind = MONEY_TRANSFER,
			      .account_id = dollars,
			      .to_account = shop.bank,
			      .amount = 10000,
			      .to_amount = 960000,
			      .day = 20240310 };
	money_shop_enter(&shop, entry);
	g_assert_cmpint(money_shop_sum(&shop, "exchange"), ==, -6664 + 10000);
	g_assert_cmpint(money_shop_sum(&shop, "transfer"), ==, 0);
	g_assert_cmpint(money_shop_has(&shop, dollars), ==, 0);
	fake_office_verify(&shop.office);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/money/a_shift", test_a_shift);
	g_test_add_func("/money/an_open_shift", test_an_open_shift);
	g_test_add_func("/money/over_night", test_over_night);
	g_test_add_func("/money/over_night_to_the_safe", test_over_night_to_the_safe);
	g_test_add_func("/money/a_day_that_comes_late", test_a_day_that_comes_late);
	g_test_add_func("/money/a_clock_that_ran_ahead", test_a_clock_that_ran_ahead);
	g_test_add_func("/money/absurd_amounts", test_absurd_amounts);
	g_test_add_func("/money/where_cash_goes", test_where_cash_goes);
	g_test_add_func("/money/what_a_cash_out_was", test_what_a_cash_out_was);
	g_test_add_func("/money/settling_is_refused", test_settling_is_refused);
	g_test_add_func("/money/entries", test_entries);
	g_test_add_func("/money/refusals", test_refusals);
	g_test_add_func("/money/one_opening", test_one_opening);
	g_test_add_func("/money/opening_of_what_was_used", test_opening_of_what_was_used);
	g_test_add_func("/money/counted_since", test_counted_since);
	g_test_add_func("/money/paid_twice", test_paid_twice);
	g_test_add_func("/money/rights", test_rights);
	g_test_add_func("/money/a_closed_month", test_a_closed_month);
	g_test_add_func("/money/rows_are_final", test_rows_are_final);
	g_test_add_func("/money/audit", test_audit);
	g_test_add_func("/money/rates", test_rates);
	g_test_add_func("/money/exchange", test_exchange);
	return g_test_run();
}
