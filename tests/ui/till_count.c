/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/ui/cash_count.h"

#define RUB 643

static const int64_t roubles[] = { 500000, 100000, 50, 10, 0 };

static void test_notes_add_up(void)
{
	CashCount cash;

	cash_count_init(&cash, roubles, RUB);
	g_assert_cmpint(cash.n, ==, 4);
	g_assert_true(cash_count_set(&cash, 0, 12));
	g_assert_true(cash_count_set(&cash, 3, 7));
	g_assert_true(cash_count_set(&cash, 0, 11)); /* counted again */
	g_assert_cmpint(cash_count_get_part(&cash, 0).minor, ==, 5500000);
	g_assert_cmpint(cash_count_get_part(&cash, 1).minor, ==, 0);
	g_assert_cmpint(cash_count_get_sum(&cash).minor, ==, 5500070);
	g_assert_cmpint(cash_count_get_sum(&cash).currency, ==, RUB);
}

/* A barcode that was scanned into the count must not become money. */
static void test_only_numbers_of_notes(void)
{
	static const char *const bad[] = { "-1", "1.5",		  "12a",    " 3",
					   "+4", "4600000000015", "1000000" };
	int64_t count = -1;

	for (size_t i = 0; i < G_N_ELEMENTS(bad); i++)
		g_assert_false(cash_count_parse(bad[i], &count));
	g_assert_cmpint(count, ==, -1);
	g_assert_true(cash_count_parse("", &count));
	g_assert_cmpint(count, ==, 0);
	g_assert_true(cash_count_parse("0", &count));
	g_assert_cmpint(count, ==, 0);
	g_assert_true(cash_count_parse("999999", &count));
	g_assert_cmpint(count, ==, 999999);
}

static void test_sum_that_does_not_fit(void)
{
	static const int64_t huge[] = { INT64_MAX / 4, 1, 0 };
	CashCount cash;

	cash_count_init(&cash, huge, RUB);
	g_assert_true(cash_count_set(&cash, 0, 4));
	g_assert_false(cash_count_set(&cash, 0, 5));
	g_assert_false(cash_count_set(&cash, 1, 4));
	g_assert_false(cash_count_set(&cash, 1, -1));
	g_assert_cmpint(cash_count_get_sum(&cash).minor, ==, INT64_MAX / 4 * 4);
}

static void test_unknown_notes(void)
{
	int64_t many[CASH_COUNT_KINDS + 2] = { 0 };
	CashCount cash;

	cash_count_init(&cash, NULL, RUB);
	g_assert_cmpint(cash.n, ==, 0);
	g_assert_cmpint(cash_count_get_sum(&cash).minor, ==, 0);
	for (int i = 0; i <= CASH_COUNT_KINDS; i++)
		many[i] = CASH_COUNT_KINDS + 1 - i;
	cash_count_init(&cash, many, RUB);
	g_assert_cmpint(cash.n, ==, 0);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/ui/count/notes-add-up", test_notes_add_up);
	g_test_add_func("/ui/count/only-numbers-of-notes", test_only_numbers_of_notes);
	g_test_add_func("/ui/count/sum-that-does-not-fit", test_sum_that_does_not_fit);
	g_test_add_func("/ui/count/unknown-notes", test_unknown_notes);
	return g_test_run();
}
