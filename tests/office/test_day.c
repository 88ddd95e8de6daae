/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/print/day_paper.h"
#include "tests/office/day_shop.h"

#include <string.h>

/* The daily report against plain sums of what was sold. */

static int column_of(const Report *section, const char *name)
{
	const ReportKind *kind = report_get_kind(section);

	for (int i = 0; i < kind->n_columns; i++)
		if (strcmp(kind->columns[i].name, name) == 0)
			return i;
	g_assert_not_reached();
}

static int64_t cell(const DayReport *report, const char *section, int row, const char *column)
{
	const Report *found = day_report_find_section(report, section);

	g_assert_nonnull(found);
	return report_get_cell(found, row, column_of(found, column))->value;
}

static int64_t total(const DayReport *report, const char *section, const char *column)
{
	const Report *found = day_report_find_section(report, section);

	g_assert_nonnull(found);
	return report_get_total(found, column_of(found, column))->value;
}

static bool has_note(const DayReport *report, const char *part)
{
	for (int i = 0; i < day_report_get_n_notes(report); i++)
		if (strstr(day_report_get_note(report, i), part) != NULL)
			return true;
	return false;
}

/* Half a kopeck goes up; what is below zero mirrors it. */
static int64_t average_of(int64_t net, int64_t receipts)
{
	return (2 * net + receipts) / (2 * receipts);
}

static void check_figures(const DayReport *report, const DaySums *sums)
{
	const DayFigures *figures = day_report_get_figures(report);

	g_assert_cmpint(figures->receipts, ==, sums->receipts);
	g_assert_cmpint(figures->returns, ==, sums->returns);
	g_assert_cmpint(figures->returned, ==, sums->returned);
	g_assert_cmpint(figures->gross, ==, sums->gross);
	g_assert_cmpint(figures->discount, ==, sums->discount);
	g_assert_cmpint(figures->tax, ==, sums->tax);
	g_assert_cmpint(figures->net, ==, sums->net);
	g_assert_cmpint(figures->rounding, ==, sums->rounding);
	g_assert_cmpint(cell(report, "day", 0, "receipts"), ==, sums->receipts);
	g_assert_cmpint(cell(report, "day", 0, "net"), ==, sums->net);
	g_assert_cmpint(cell(report, "day", 0, "average"), ==,
			sums->net < 0 ? -average_of(-sums->net, sums->receipts)
				      : average_of(sums->net, sums->receipts));
}

static void check_payments(const DayReport *report, const DaySums *sums)
{
	const Report *payments = day_report_find_section(report, "payments");

	for (int row = 0; row < report_get_n_rows(payments); row++) {
		bool cash = strcmp(report_get_cell(payments, row, 0)->text, "cash") == 0;

		g_assert_cmpint(report_get_cell(payments, row, 1)->value, ==,
				cash ? sums->n_cash : sums->n_card);
		g_assert_cmpint(report_get_cell(payments, row, 2)->value, ==,
				cash ? sums->cash : sums->card);
	}
	g_assert_cmpint(total(report, "payments", "amount") - total(report, "payments", "rounding"),
			==, sums->net);
}

static void check_hours(const DayReport *report, const DaySums *sums)
{
	const Report *hours = day_report_find_section(report, "hours");
	int64_t net[DAY_HOURS] = { 0 };

	for (int row = 0; row < report_get_n_rows(hours); row++)
		net[report_get_cell(hours, row, 0)->value] = report_get_cell(hours, row, 2)->value;
	for (int i = 0; i < DAY_HOURS; i++)
		g_assert_cmpint(net[i], ==, sums->hours[i]);
}

static int largest_first(gconstpointer a, gconstpointer b)
{
	int64_t left = **(int64_t *const *)a, right = **(int64_t *const *)b;

	return (left < right) - (left > right);
}

static void check_items(const DayReport *report, const DaySums *sums)
{
	const Report *items = day_report_find_section(report, "items");
	g_autoptr(GPtrArray) nets = g_ptr_array_new();
	GHashTableIter iter;
	void *net;

	g_hash_table_iter_init(&iter, sums->items);
	while (g_hash_table_iter_next(&iter, NULL, &net))
		g_ptr_array_add(nets, net);
	g_ptr_array_sort(nets, largest_first);
	g_assert_cmpint(report_get_n_rows(items), ==, MIN((int)nets->len, 10));
	for (int row = 0; row < report_get_n_rows(items); row++)
		g_assert_cmpint(cell(report, "items", row, "net"), ==,
				*(int64_t *)nets->pdata[row]);
}

/* Days of any size, at random. */
static void test_figures_are_the_plain_sums(void)
{
	for (int i = 0; i < 20; i++) {
		g_auto(DayShop) shop;
		g_autoptr(DayReport) report = NULL;
		int n = g_test_rand_int_range(1, 40);

		day_shop_init(&shop);
		for (int k = 0; k < n; k++)
			day_shop_sell(&shop, g_test_rand_int_range(0, 2),
				      g_test_rand_int_range(0, 8) == 0 ? RECEIPT_RETURN
								       : RECEIPT_SALE,
				      g_test_rand_int_range(1, 9), (guint32)g_test_rand_int());
		day_shop_send(&shop, 0);
		day_shop_send(&shop, 1);
		report = day_shop_report(&shop);
		check_figures(report, &shop.sums);
		check_payments(report, &shop.sums);
		check_hours(report, &shop.sums);
		check_items(report, &shop.sums);
		g_assert_cmpint(total(report, "taxes", "amount"), ==, shop.sums.tax);
		g_assert_cmpint(total(report, "groups", "net"), ==, shop.sums.net);
		g_assert_cmpint(total(report, "cashiers", "net"), ==, shop.sums.net);
	}
}

static void test_shift_is_its_part(void)
{
	g_auto(DayShop) shop;
	g_autoptr(GError) error = NULL;
	g_autoptr(DayReport) first = NULL, second = NULL, day = NULL;
	DayQuery query = { .shop_id = 1, .till_id = 1, .shift = 1, .with_acts = true };

	day_shop_init(&shop);
	for (guint32 i = 0; i < 20; i++)
		day_shop_sell(&shop, i % 2, i == 7 ? RECEIPT_RETURN : RECEIPT_SALE, 3, i);
	day_shop_send(&shop, 0);
	day_shop_send(&shop, 1);
	first = day_report_read(shop.office.store, &query, &error);
	g_assert_no_error(error);
	query.till_id = 2;
	second = day_report_read(shop.office.store, &query, &error);
	g_assert_no_error(error);
	day = day_shop_report(&shop);
	g_assert_cmpint(day_report_get_query(first)->day, ==, FAKE_DAY);
	g_assert_cmpint(day_report_get_figures(first)->receipts, ==, 10);
	g_assert_cmpint(day_report_get_figures(first)->net + day_report_get_figures(second)->net,
			==, day_report_get_figures(day)->net);
	for (int i = 0; i < 3; i++) {
		static const char *const sums[][2] = { { "payments", "amount" },
						       { "taxes", "amount" },
						       { "groups", "net" } };

		g_assert_cmpint(total(first, sums[i][0], sums[i][1]) +
					total(second, sums[i][0], sums[i][1]),
				==, total(day, sums[i][0], sums[i][1]));
	}
	query.shift = 2;
	g_assert_null(day_report_read(shop.office.store, &query, &error));
	g_assert_error(error, REPORT_ERROR, REPORT_ERROR_QUERY);
}

static void test_empty_day_says_so(void)
{
	g_auto(DayShop) shop;
	g_autoptr(DayReport) report = NULL;
	NumberStyle style = { .decimal = ".", .group = "" };
	g_autoptr(Paper) paper = NULL;
	g_autofree char *text = NULL, *table = NULL;

	day_shop_init(&shop);
	report = day_shop_report(&shop);
	g_assert_true(day_report_is_empty(report));
	g_assert_true(has_note(report, "Nothing was sold"));
	g_assert_cmpint(cell(report, "day", 0, "receipts"), ==, 0);
	g_assert_true(report_get_cell(day_report_find_section(report, "day"), 0, 8)->empty);
	paper = day_paper_new(report, &style, false);
	text = paper_dup_text(paper, 48);
	table = day_report_dup_table(report, &style);
	g_assert_nonnull(strstr(text, "Nothing was sold"));
	g_assert_nonnull(strstr(table, "Nothing was sold"));
}

static void test_open_and_unsent_are_named(void)
{
	g_auto(DayShop) shop;
	g_autoptr(DayReport) report = NULL;

	day_shop_init(&shop);
	day_shop_sell(&shop, 0, RECEIPT_SALE, 2, 1);
	day_shop_close(&shop, 0);
	day_shop_sell(&shop, 1, RECEIPT_SALE, 2, 2);
	day_shop_send(&shop, 0);
	day_shop_send(&shop, 1);
	report = day_shop_report(&shop);
	g_assert_true(has_note(report, "Shift 1 of Касса 2 is still open."));
	g_assert_false(has_note(report, "of Касса 1"));
	g_assert_true(report_get_cell(day_report_find_section(report, "shifts"), 1, 3)->empty);
}

static void test_cost_and_acts_are_for_whom_may(void)
{
	g_auto(DayShop) shop;
	g_autoptr(GError) error = NULL;
	g_autoptr(DayReport) report = NULL;
	DayQuery query = { .shop_id = 1, .day = FAKE_DAY, .with_cost = true, .with_acts = true };
	json_t *json;
	g_autofree char *csv = NULL;
	char *text;

	day_shop_init(&shop);
	fake_till_note(&shop.tills[0], JOURNAL_NO_SALE, NULL);
	day_shop_sell(&shop, 0, RECEIPT_SALE, 2, 1);
	day_shop_send(&shop, 0);
	day_query_limit(&query, UINT32_C(1) << RIGHT_SEE_REPORTS);
	report = day_report_read(shop.office.store, &query, &error);
	g_assert_no_error(error);
	g_assert_null(day_report_find_section(report, "margin"));
	g_assert_null(day_report_find_section(report, "acts"));
	json = day_report_to_json(report);
	text = json_dumps(json, 0);
	csv = day_report_dup_csv(report);
	g_assert_null(strstr(text, "cost"));
	g_assert_null(strstr(text, "margin"));
	g_assert_null(strstr(text, "voids"));
	g_assert_null(strstr(csv, "margin"));
	json_decref(json);
	free(text);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/day/figures", test_figures_are_the_plain_sums);
	g_test_add_func("/day/shift", test_shift_is_its_part);
	g_test_add_func("/day/empty", test_empty_day_says_so);
	g_test_add_func("/day/open", test_open_and_unsent_are_named);
	g_test_add_func("/day/rights", test_cost_and_acts_are_for_whom_may);
	return g_test_run();
}
