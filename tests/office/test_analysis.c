/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/report/analysis.h"

#include <glib.h>
#include <math.h>

/* A textbook exercise: "Perform an ABC analysis … using 80% and 95% as cut-off points", sixteen
 * items, with its published solution (homeworksource.com, problem 1006462). Demand times price is
 * the usage; it adds up to 98 251. Usage here is in cents. */
static const struct {
	int item;
	int64_t demand, cents;
	char class;
} exercise[] = {
	{ 5, 3830, 950, 'A' }, { 15, 710, 3160, 'A' }, { 12, 2980, 420, 'A' },
	{ 1, 1480, 610, 'B' }, { 9, 4820, 70, 'B' },   { 8, 3590, 90, 'B' },
	{ 3, 10120, 20, 'B' }, { 11, 1900, 101, 'B' }, { 7, 4180, 45, 'B' },
	{ 16, 4700, 38, 'C' }, { 4, 3520, 40, 'C' },   { 6, 4368, 25, 'C' },
	{ 14, 1100, 44, 'C' }, { 13, 1050, 30, 'C' },  { 2, 1680, 15, 'C' },
	{ 10, 6000, 2, 'C' },
};

static void test_abc_of_the_exercise(void)
{
	int64_t total = 0, running = 0;

	for (size_t i = 0; i < G_N_ELEMENTS(exercise); i++)
		total += exercise[i].demand * exercise[i].cents;
	g_assert_cmpint((total + 50) / 100, ==, 98251);
	for (size_t i = 0; i < G_N_ELEMENTS(exercise); i++) {
		running += exercise[i].demand * exercise[i].cents;
		g_assert_cmpint(abc_class(running, total, i == 0), ==, exercise[i].class);
	}
}

static void test_abc_at_the_borders(void)
{
	g_assert_cmpint(abc_class(8000, 10000, false), ==, 'A');
	g_assert_cmpint(abc_class(8001, 10000, false), ==, 'B');
	g_assert_cmpint(abc_class(9500, 10000, false), ==, 'B');
	g_assert_cmpint(abc_class(9501, 10000, false), ==, 'C');
	g_assert_cmpint(abc_class(9900, 10000, true), ==, 'A');
	g_assert_cmpint(abc_class(INT64_MAX, INT64_MAX, false), ==, 'C');
	g_assert_cmpint(abc_class(INT64_MAX / 10 * 8, INT64_MAX, false), ==, 'A');
}

/* Sales of goods groups of a trade centre in the first three months of 2012, in millions of
 * roubles, with the standard deviations and coefficients of variation that were published with them
 * (table 4, "XYZ analysis of sales by goods groups"). Amounts here are in tenths. */
static const struct {
	const char *goods;
	int64_t sales[3];
	int64_t rate; /* hundredths of a percent */
	char class;
} months[] = {
	{ "meat", { 4859, 5204, 5496 }, 502, 'X' },
	{ "groceries", { 3170, 3472, 3648 }, 575, 'X' },
	{ "vegetables and fruit", { 1480, 2117, 1858 }, 1438, 'Y' },
	{ "dairy", { 676, 992, 1314 }, 2620, 'Z' },
	{ "soft drinks", { 667, 688, 986 }, 1867, 'Y' },
	{ "fish", { 317, 556, 303 }, 2962, 'Z' },
	{ "bread", { 73, 90, 83 }, 851, 'X' },
};

static void test_xyz_of_the_trade_centre(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(months); i++) {
		int64_t rate;

		g_test_message("%s", months[i].goods);
		g_assert_cmpint(xyz_class(months[i].sales, 3, &rate), ==, months[i].class);
		/* They rounded the deviation before they divided. */
		g_assert_cmpint(ABS(rate - months[i].rate), <=, 3);
	}
}

/* 900, 800 and 700: mean 800, deviation 81.65, 10.21 %, by hand and in author24referat.ru's worked
 * answer. */
static void test_xyz_by_hand(void)
{
	int64_t rate;

	g_assert_cmpint(xyz_class((const int64_t[]){ 900, 800, 700 }, 3, &rate), ==, 'Y');
	g_assert_cmpint(rate, ==, 1021);
	g_assert_cmpint(xyz_class((const int64_t[]){ 9, 11, 9, 11 }, 4, &rate), ==, 'X');
	g_assert_cmpint(rate, ==, 1000); /* 1 of 10: within 10 % */
	g_assert_cmpint(xyz_class((const int64_t[]){ 3, 5, 3, 5 }, 4, &rate), ==, 'Y');
	g_assert_cmpint(rate, ==, 2500);
	g_assert_cmpint(xyz_class((const int64_t[]){ 0, 0, 0 }, 3, &rate), ==, 'Z');
	g_assert_cmpint(rate, ==, -1);
	g_assert_cmpint(xyz_class((const int64_t[]){ 5, -9, 1 }, 3, &rate), ==, 'Z');
	g_assert_cmpint(rate, ==, -1);
	g_assert_cmpint(xyz_class((const int64_t[]){ 7 }, 1, &rate), ==, 'X');
	g_assert_cmpint(rate, ==, 0);
}

static double plain_rate(const int64_t *amounts, int n)
{
	long double mean = 0, squares = 0;

	for (int i = 0; i < n; i++)
		mean += (long double)amounts[i] / n;
	for (int i = 0; i < n; i++)
		squares += (amounts[i] - mean) * (amounts[i] - mean) / n;
	return (double)(sqrtl(squares) / mean * 10000);
}

/* Against the formula as it is taught, small sums and sums of millions of pieces. */
static void test_xyz_of_anything(void)
{
	g_autoptr(GRand) rand = g_rand_new_with_seed(20261129);

	for (int round = 0; round < 20000; round++) {
		int n = g_rand_int_range(rand, 2, XYZ_PERIODS_MAX + 1);
		int64_t unit = INT64_C(1) << g_rand_int_range(rand, 0, 42);
		int64_t amounts[XYZ_PERIODS_MAX], rate;
		double expected;

		for (int i = 0; i < n; i++)
			amounts[i] = g_rand_int_range(rand, 0, 2000) * unit;
		amounts[0] += unit;
		xyz_class(amounts, n, &rate);
		expected = plain_rate(amounts, n);
		g_assert_cmpfloat(fabs((double)rate - expected), <=, 0.51);
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/analysis/abc-of-the-exercise", test_abc_of_the_exercise);
	g_test_add_func("/analysis/abc-at-the-borders", test_abc_at_the_borders);
	g_test_add_func("/analysis/xyz-of-the-trade-centre", test_xyz_of_the_trade_centre);
	g_test_add_func("/analysis/xyz-by-hand", test_xyz_by_hand);
	g_test_add_func("/analysis/xyz-of-anything", test_xyz_of_anything);
	return g_test_run();
}
