/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/people/shop.h"
#include "backoffice/report/health.h"
#include "tests/office/sold_shop.h"
#include "tests/office/stock_room.h"

#include <string.h>

/* What opening a row shows, what stands beside the figures, and what is refused. */

static Report *ask(SoldShop *shop, const char *name, const ReportQuery *query)
{
	g_autoptr(GError) error = NULL;
	Report *report = report_ask(shop->office.store, report_find(name), query, &error);

	g_assert_no_error(error);
	return report;
}

static int column_of(const Report *report, const char *name)
{
	const ReportKind *kind = report_get_kind(report);

	for (int i = 0; i < kind->n_columns; i++)
		if (strcmp(kind->columns[i].name, name) == 0)
			return i;
	return -1;
}

static int64_t cell_of(const Report *report, int row, const char *column)
{
	int i = column_of(report, column);

	g_assert_cmpint(i, >=, 0);
	return row < 0 ? report_get_total(report, i)->value
		       : report_get_cell(report, row, i)->value;
}

static char *dup_csv(SoldShop *shop, const char *name, const ReportQuery *query)
{
	g_autoptr(Report) report = ask(shop, name, query);
	g_autofree char *csv = report_dup_csv(report);
	g_auto(GStrv) lines = g_strsplit(csv, "\r\n", -1);

	return g_strjoinv("\n", lines);
}

static void sell_for_days(SoldShop *shop, int n)
{
	int32_t day = SOLD_FIRST_DAY;

	for (int i = 0; i < n; i++, day = sold_next_day(day))
		for (int till = 1; till <= SOLD_TILLS; till++) {
			sold_shop_open(shop, till, day);
			for (int receipt = 0; receipt < 6; receipt++)
				sold_shop_sell(shop, till,
					       receipt == 4 ? RECEIPT_RETURN : RECEIPT_SALE,
					       1 + receipt % 4);
		}
	sold_shop_send(shop);
}

/* Other chapters have tests of their own. */
static bool is_of_sales(const ReportKind *kind)
{
	return kind->of_sales &&
	       (strcmp(kind->chapter, "Sales") == 0 || strcmp(kind->chapter, "Margin") == 0);
}

/* --- opening rows -------------------------------------------------------------------------- */

/* What it opens is worth what the row says. */
static void open_row(SoldShop *shop, const Report *report, int row)
{
	const ReportKind *next;
	ReportQuery query;
	g_autoptr(Report) opened = NULL;

	if (!report_get_next(report, row, &next, &query))
		return;
	opened = ask(shop, next->name, &query);
	g_assert_cmpint(report_get_n_rows(opened), >, 0);
	if (column_of(report, "net") >= 0)
		g_assert_cmpint(cell_of(opened, -1, "net"), ==, cell_of(report, row, "net"));
	else if (column_of(report, "sales") >= 0)
		g_assert_cmpint(cell_of(opened, -1, "net"), ==,
				cell_of(report, row, "sales") + cell_of(report, row, "returns"));
	if (column_of(report, "receipts") >= 0 && strcmp(next->name, "receipts") == 0)
		g_assert_cmpint(report_get_n_rows(opened), ==, cell_of(report, row, "receipts"));
}

static void test_a_row_opens_what_it_says(void)
{
	static const ReportQuery queries[] = {
		{ .from = SOLD_FIRST_DAY, .to = 20261103 },
		{ .shop_id = 1, .from = SOLD_FIRST_DAY, .to = 20261103 },
		{ .shop_id = 1, .from = 20261030, .to = 20261101, .weekdays = 1 + 16 + 32 },
	};
	g_auto(SoldShop) shop = { 0 };
	int opened = 0;

	sold_shop_init(&shop, 7);
	sell_for_days(&shop, 7);
	for (const ReportKind *const *kind = report_list(); *kind != NULL; kind++)
		for (size_t i = 0; i < G_N_ELEMENTS(queries); i++) {
			g_autoptr(Report) report = NULL;

			if (!is_of_sales(*kind) || (*kind)->next == NULL ||
			    (queries[i].weekdays != 0 &&
			     ((*kind)->takes & REPORT_TAKES_WEEKDAYS) == 0))
				continue;
			report = ask(&shop, (*kind)->name, &queries[i]);
			for (int row = 0; row < report_get_n_rows(report); row++, opened++)
				open_row(&shop, report, row);
		}
	g_assert_cmpint(opened, >, 100);
}

static void test_a_receipt_is_opened_by_its_key(void)
{
	g_auto(SoldShop) shop = { 0 };
	ReportQuery query = { .from = SOLD_FIRST_DAY, .to = SOLD_FIRST_DAY };
	const ReportKind *next;
	ReportQuery opened;
	ReportRowKey key;

	sold_shop_init(&shop, 8);
	sell_for_days(&shop, 1);
	{
		g_autoptr(Report) report = ask(&shop, "receipts", &query);

		g_assert_cmpint(report_get_n_rows(report), ==, 18);
		for (int row = 0; row < 18; row++) {
			g_assert_true(report_get_key(report, row, &key));
			g_assert_false(report_get_next(report, row, &next, &opened));
			g_assert_cmpint(key.shop_id, ==, key.till_id == 3 ? 2 : 1);
			g_assert_cmpint(room_ask(&shop.office,
						 "SELECT sum(net) FROM receipt WHERE till_id = %d "
						 "AND seq = %d",
						 (int)key.till_id, (int)key.id),
					==, cell_of(report, row, "net"));
		}
	}
	query.limit = 5;
	{
		g_autoptr(Report) few = ask(&shop, "receipts", &query);

		g_assert_cmpint(report_get_n_rows(few), ==, 5);
		g_assert_nonnull(strstr(report_get_note(few, report_get_n_notes(few) - 1),
					"the first 5 of 18"));
		g_assert_cmpint(cell_of(few, -1, "net"), ==,
				room_ask(&shop.office, "SELECT sum(net) FROM receipt"));
	}
}

static void test_payments_and_taxes(void)
{
	g_auto(SoldShop) shop = { 0 };
	ReportQuery query = { .from = SOLD_FIRST_DAY, .to = 20261103 };
	ReportQuery late = {
		.shop_id = 1, .from = SOLD_FIRST_DAY, .to = 20261103, .hour = 12, .until = 24
	};

	sold_shop_init(&shop, 9);
	sell_for_days(&shop, 5);
	{
		g_autoptr(Report) payments = ask(&shop, "payments", &query);
		g_autoptr(Report) taxes = ask(&shop, "taxes", &query);
		g_autoptr(Report) evening = ask(&shop, "payments", &late);

		g_assert_cmpint(cell_of(payments, -1, "amount"), ==,
				room_ask(&shop.office, "SELECT sum(amount) FROM receipt_payment"));
		g_assert_cmpint(cell_of(payments, -1, "payments"), ==,
				room_ask(&shop.office, "SELECT count(*) FROM receipt_payment"));
		g_assert_cmpint(cell_of(taxes, -1, "amount"), ==,
				room_ask(&shop.office, "SELECT sum(tax) FROM receipt"));
		g_assert_cmpint(cell_of(evening, -1, "amount"), ==,
				room_ask(&shop.office,
					 "SELECT sum(net + rounding) FROM receipt WHERE shop_id = 1"
					 " AND hour >= 12"));
	}
}

/* --- what stands beside the figures -------------------------------------------------------- */

static bool says(const Report *report, const char *text)
{
	for (int i = 0; i < report_get_n_notes(report); i++)
		if (strstr(report_get_note(report, i), text) != NULL)
			return true;
	return false;
}

static void test_an_empty_day_says_so(void)
{
	g_auto(SoldShop) shop = { 0 };
	ReportQuery query = { .shop_id = 1, .from = 20261101, .to = 20261102 };

	sold_shop_init(&shop, 10);
	for (const ReportKind *const *kind = report_list(); *kind != NULL; kind++) {
		g_autoptr(Report) report = NULL;

		if (!is_of_sales(*kind))
			continue;
		report = ask(&shop, (*kind)->name, &query);
		g_assert_cmpint(report_get_n_rows(report), ==, 0);
		g_assert_true(says(report, "Nothing was sold."));
		for (int i = 0; i < (*kind)->n_columns; i++)
			g_assert_cmpint(report_get_total(report, i)->value, ==, 0);
	}
}

/* Midnight after the 3rd of November in Moscow is 21:00 of that day in UTC. */
#define NOVEMBER_3 "1793730600000000" /* 18:30 UTC, 21:30 in Moscow */
#define NOVEMBER_4 "1793790000000000" /* 11:00 UTC of the next day */

static void test_a_till_that_has_not_sent_its_day(void)
{
	g_auto(SoldShop) shop = { 0 };
	ReportQuery query = { .shop_id = 1, .from = 20261103, .to = 20261103 };

	sold_shop_init(&shop, 11);
	sold_shop_open(&shop, 2, 20261103);
	sold_shop_sell(&shop, 2, RECEIPT_SALE, 2);
	sold_shop_send(&shop);
	room_sql(&shop.office, "UPDATE till SET seen_at = " NOVEMBER_3 " WHERE id = 1;"
			       "UPDATE till SET seen_at = " NOVEMBER_4 " WHERE id IN (2, 3)");
	{
		g_autoptr(Report) one = ask(&shop, "days", &query);
		g_autoptr(Report) all = NULL;

		g_assert_true(says(one, "Till 1 is silent since 03.11.2026 21:30"));
		g_assert_true(says(one, "Till 2 has not closed its shift of 03.11.2026"));
		g_assert_cmpint(report_get_n_notes(one), ==, 2);
		query.shop_id = 0;
		all = ask(&shop, "days", &query);
		g_assert_true(says(all, "Лавка: Till 1 is silent since 03.11.2026 21:30"));
		g_assert_cmpint(report_get_n_notes(all), ==, 2);
	}
	query = (ReportQuery){ .shop_id = 1, .from = 20261103, .to = 20261103, .till_id = 2 };
	{
		g_autoptr(Report) of_till = ask(&shop, "days", &query);

		g_assert_cmpint(report_get_n_notes(of_till), ==, 1);
		g_assert_true(says(of_till, "Till 2 has not closed"));
	}
	room_sql(&shop.office, "UPDATE till SET seen_at = " NOVEMBER_4 ";"
			       "UPDATE shift SET closed_at = opened_at + 1");
	{
		g_autoptr(Report) whole = ask(&shop, "days", &query);

		g_assert_cmpint(report_get_n_notes(whole), ==, 0);
	}
}

static void test_what_could_not_be_understood_is_told(void)
{
	g_auto(SoldShop) shop = { 0 };
	ReportQuery query = { .shop_id = 1, .from = 20261101, .to = 20261103 };
	g_autoptr(GError) error = NULL;
	int64_t one = 0, all = 0;

	sold_shop_init(&shop, 18);
	for (int till = 1; till <= SOLD_TILLS; till++) {
		sold_shop_open(&shop, till, 20261103);
		sold_shop_sell(&shop, till, RECEIPT_SALE, 2);
	}
	sold_shop_send(&shop);
	room_sql(&shop.office, "INSERT INTO quarantine (shop_id, till_id, number, at, reason) "
			       "SELECT shop_id, till_id, number, at, 'why' FROM journal "
			       "WHERE kind = 'receipt' AND till_id = 1");
	{
		g_autoptr(Report) first = ask(&shop, "sales", &query);
		g_autoptr(Report) second = NULL;

		g_assert_true(says(first, "1 receipt could not be understood"));
		query.shop_id = 2;
		second = ask(&shop, "sales", &query);
		g_assert_false(says(second, "could not be understood"));
	}
	g_assert_true(report_stamp(shop.office.store, 1, &one, &error));
	g_assert_true(report_stamp(shop.office.store, 0, &all, &error));
	g_assert_cmpint(all, >, one);
}

/* --- names --------------------------------------------------------------------------------- */

static void test_who_is_gone_keeps_the_name(void)
{
	g_auto(SoldShop) shop = { 0 };
	ReportQuery query = { .shop_id = 1, .from = 20261103, .to = 20261103 };

	sold_shop_init(&shop, 12);
	sold_shop_open(&shop, 1, 20261103);
	shop.tills[1].cashier = 4;
	sold_shop_sell(&shop, 1, RECEIPT_SALE, 1);
	sold_shop_send(&shop);
	room_sql(&shop.office, "UPDATE till SET seen_at = " NOVEMBER_4);
	{
		g_autofree char *vera = dup_csv(&shop, "cashiers", &query);

		g_assert_nonnull(strstr(vera, "\nVera,"));
	}
	room_sql(&shop.office, "DELETE FROM person WHERE id BETWEEN 2 AND 6");
	{
		g_autofree char *number = dup_csv(&shop, "cashiers", &query);

		g_assert_nonnull(strstr(number, "\n#4,"));
	}
}

/* --- cost ---------------------------------------------------------------------------------- */

/* Sold before it came in: what it cost more counts on the day of the sale, and of no receipt. */
static void test_cost_without_a_receipt(void)
{
	NumberStyle style = { ".", "" };
	g_auto(SoldShop) shop = { 0 };
	ReportQuery query = { .shop_id = 1, .from = SOLD_FIRST_DAY, .to = SOLD_LAST_DAY };

	sold_shop_init(&shop, 13);
	for (int i = 0; i < 5; i++) {
		sold_shop_open(&shop, 1, 20261103);
		sold_shop_sell(&shop, 1, RECEIPT_SALE, 5);
	}
	sold_shop_send(&shop);
	for (int item = 1; item <= SOLD_ITEMS; item++)
		room_receive(&shop.office, item, shop.tills[1].at + item * MINUTE, 50 * ONE, 12345);
	{
		g_autoptr(Report) tills = ask(&shop, "margin-till", &query);
		g_autoptr(Report) hours = ask(&shop, "margin-hour", &query);
		g_autoptr(Report) items = ask(&shop, "margin", &query);
		int64_t cost = room_ask(&shop.office,
					"SELECT -sum(CASE WHEN till_id IS NOT NULL THEN value ELSE "
					"0 END) - sum(difference) FROM stock_ledger");
		g_autofree char *till = report_dup_cell(tills, 1, 0, &style);
		g_autofree char *hour =
			report_dup_cell(hours, report_get_n_rows(hours) - 1, 0, &style);
		ReportRowKey key;

		g_assert_cmpint(report_get_n_rows(tills), ==, 2);
		g_assert_cmpstr(till, ==, "Cost without a receipt");
		g_assert_cmpstr(hour, ==, "Cost without a receipt");
		g_assert_false(report_get_key(tills, 1, &key));
		g_assert_cmpint(cell_of(tills, 1, "cost"), !=, 0);
		g_assert_cmpint(cell_of(tills, -1, "cost"), ==, cost);
		g_assert_cmpint(cell_of(hours, -1, "cost"), ==, cost);
		g_assert_cmpint(cell_of(items, -1, "cost"), ==, cost);
		g_assert_cmpint(cell_of(items, -1, "margin"), ==, cell_of(items, -1, "net") - cost);
	}
	{
		g_autoptr(Report) sold = ask(&shop, "tills", &query);

		g_assert_cmpint(report_get_n_rows(sold), ==, 1);
	}
}

/* Juice and water (9 and 10) have no cost in the list. */
static void test_unknown_costs_are_told(void)
{
	g_auto(SoldShop) shop = { 0 };
	ReportQuery query = { .shop_id = 1, .from = SOLD_FIRST_DAY, .to = SOLD_LAST_DAY };
	ReportQuery home = query;

	sold_shop_init(&shop, 17);
	sell_for_days(&shop, 7);
	home.group = "Home";
	{
		g_autoptr(Report) groups = ask(&shop, "margin-group", &query);
		g_autoptr(Report) known = ask(&shop, "margin", &home);
		g_autoptr(Report) sold = ask(&shop, "groups", &query);

		g_assert_true(says(groups, "The cost of 4 items sold is not known"));
		g_assert_false(says(known, "is not known"));
		g_assert_false(says(sold, "is not known"));
	}
}

static void test_who_may_not_see_costs_does_not(void)
{
	g_auto(SoldShop) shop = { 0 };
	ReportQuery query = { .shop_id = 1, .to = SOLD_LAST_DAY, .no_cost = true };

	sold_shop_init(&shop, 14);
	sold_shop_open(&shop, 1, 20261103);
	sold_shop_sell(&shop, 1, RECEIPT_SALE, 4);
	sold_shop_send(&shop);
	{
		g_autofree char *csv = dup_csv(&shop, "stock", &query);

		g_assert_true(g_str_has_prefix(csv, "barcode,article,name,unit,balance\n"));
	}
	g_assert_false(report_kind_may(report_find("margin"), rights_usual(ROLE_CASHIER)));
	g_assert_true(report_kind_may(report_find("margin"), rights_usual(ROLE_ADMIN)));
	g_assert_false(report_kind_may(report_find("margin"), UINT32_C(1) << RIGHT_SEE_REPORTS));
	g_assert_true(report_kind_may(report_find("sales"), UINT32_C(1) << RIGHT_SEE_REPORTS));
}

/* --- a return of what was sold a year ago -------------------------------------------------- */

static void test_a_return_counts_when_it_comes(void)
{
	g_auto(SoldShop) shop = { 0 };
	ReportQuery then = { .shop_id = 1, .from = 20251130, .to = 20251130 };
	ReportQuery now = { .shop_id = 1, .from = 20261103, .to = 20261103 };
	g_autoptr(Receipt) sale = receipt_new(RECEIPT_SALE, FAKE_RUB, TAX_PER_LINE);
	g_autoptr(Receipt) back = NULL;
	g_autoptr(GError) error = NULL;
	TaxGroup vat = { .id = 1, .code = "VAT20", .n_rates = 1 };
	ReceiptGoods milk = { .item_id = 1, .code = "46", .name = "Milk", .unit = UNIT_PIECE };
	int number;

	vat.rates[0] = (TaxRate){ "VAT", 2000, true, 20190101, FISCAL_TAX_STANDARD };
	milk.price = (Money){ 10000, FAKE_RUB };
	milk.tax = &vat;
	sold_shop_init(&shop, 15);
	sold_shop_open(&shop, 1, 20251130);
	receipt_add(sale, &milk, (Quantity){ 3 * ONE }, &number, &error);
	receipt_pay(sale, TENDER_CASH, receipt_get_totals(sale)->due, NULL, &error);
	fake_till_sell(&shop.tills[1], sale);
	back = receipt_new_return(sale, "T1-000001", NULL, 0, &error);
	g_assert_no_error(error);
	receipt_pay(back, TENDER_CASH, receipt_get_totals(back)->due, NULL, &error);
	g_assert_no_error(error);
	sold_shop_open(&shop, 1, 20261103);
	fake_till_sell(&shop.tills[1], back);
	sold_shop_send(&shop);
	{
		g_autofree char *sold = dup_csv(&shop, "days", &then);
		g_autofree char *returned = dup_csv(&shop, "days", &now);

		g_assert_nonnull(strstr(sold, "\n2025-11-30,1,300.00,0.00,50.00,300.00,0,0.00\n"));
		g_assert_nonnull(
			strstr(returned, "\n2026-11-03,1,-300.00,0.00,-50.00,-300.00,1,-300.00\n"));
	}
}

/* --- refusals ------------------------------------------------------------------------------ */

static void refused(SoldShop *shop, const char *name, const ReportQuery *query, const char *text)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Report) report = report_ask(shop->office.store, report_find(name), query, &error);

	g_assert_null(report);
	g_assert_error(error, REPORT_ERROR, REPORT_ERROR_QUERY);
	g_assert_nonnull(strstr(error->message, text));
}

static void test_what_cannot_be_asked(void)
{
	g_auto(SoldShop) shop = { 0 };
	ReportQuery none = { .shop_id = 77, .from = 20261103, .to = 20261103 };
	ReportQuery group = { .shop_id = 1, .from = 20261103, .to = 20261103, .group = "Foo" };
	ReportQuery hours = {
		.shop_id = 1, .from = 20261103, .to = 20261103, .hour = 1, .until = 2
	};
	ReportQuery all = { .from = 20261103, .to = 20261103 };

	sold_shop_init(&shop, 16);
	refused(&shop, "sales", &none, "77");
	refused(&shop, "sales", &group, "“Foo”");
	refused(&shop, "cash", &hours, "hours");
	refused(&shop, "cash", &all, "all shops");
	room_sql(&shop.office, "UPDATE shop SET currency = 496 WHERE id = 2");
	refused(&shop, "sales", &all, "currencies");
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/report-rows/open", test_a_row_opens_what_it_says);
	g_test_add_func("/report-rows/receipt", test_a_receipt_is_opened_by_its_key);
	g_test_add_func("/report-rows/payments", test_payments_and_taxes);
	g_test_add_func("/report-rows/empty", test_an_empty_day_says_so);
	g_test_add_func("/report-rows/unsent", test_a_till_that_has_not_sent_its_day);
	g_test_add_func("/report-rows/not-understood", test_what_could_not_be_understood_is_told);
	g_test_add_func("/report-rows/gone", test_who_is_gone_keeps_the_name);
	g_test_add_func("/report-rows/cost", test_cost_without_a_receipt);
	g_test_add_func("/report-rows/unknown-cost", test_unknown_costs_are_told);
	g_test_add_func("/report-rows/no-cost", test_who_may_not_see_costs_does_not);
	g_test_add_func("/report-rows/last-year", test_a_return_counts_when_it_comes);
	g_test_add_func("/report-rows/refused", test_what_cannot_be_asked);
	return g_test_run();
}
