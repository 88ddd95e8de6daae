/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Axes of pictures: round, few steps, nothing outside. */
#include "backoffice/report/axis.h"

#include <glib.h>
#include <stdbool.h>

static void test_axes_that_people_would_draw(void)
{
	static const struct {
		int64_t least, most;
		int n;
		int64_t from, to, step;
	} cases[] = {
		{ 0, 0, 4, 0, 1, 1 },
		{ 0, 1, 4, 0, 1, 1 },
		{ 0, 4, 4, 0, 4, 1 },
		{ 0, 5, 4, 0, 6, 2 },
		{ 3, 97, 4, 0, 100, 50 },
		{ 0, 100, 5, 0, 100, 20 },
		{ 0, 101, 5, 0, 150, 50 },
		{ -30, 100, 4, -50, 100, 50 },
		{ -7, 0, 4, -8, 0, 2 },
		{ -1, 1, 2, -1, 1, 1 },
		{ -5, -3, 4, -6, 0, 2 },
		{ 0, 1234567, 4, 0, 1500000, 500000 },
		{ 0, 12345678901234, 4, 0, 15000000000000, 5000000000000 },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		Axis axis = axis_fit(cases[i].least, cases[i].most, cases[i].n);

		g_assert_cmpint(axis.from, ==, cases[i].from);
		g_assert_cmpint(axis.to, ==, cases[i].to);
		g_assert_cmpint(axis.step, ==, cases[i].step);
	}
}

static bool is_round(int64_t step)
{
	while (step % 10 == 0)
		step /= 10;
	return step == 1 || step == 2 || step == 5;
}

/* What a step below the chosen one would need. */
static int64_t steps_with(int64_t least, int64_t most, int64_t step)
{
	int64_t n = 0;

	for (int64_t at = 0; at < most; at += step)
		n++;
	for (int64_t at = 0; at > least; at -= step)
		n++;
	return n;
}

static int64_t step_below(int64_t step)
{
	int64_t below = step / 2;

	return is_round(below) && step % 2 == 0 ? below : step / 5 * 2;
}

static void test_any_values_fit_and_no_step_is_too_wide(void)
{
	uint32_t seed = g_test_rand_int_range(0, G_MAXINT32);
	g_autoptr(GRand) rand = g_rand_new_with_seed(seed);

	g_test_message("seed %u", seed);
	for (int i = 0; i < 20000; i++) {
		int64_t size = INT64_C(1) << g_rand_int_range(rand, 1, 58);
		int64_t least = (int64_t)(g_rand_double_range(rand, -1, 1) * (double)size);
		int64_t most = least + (int64_t)(g_rand_double(rand) * (double)size);
		int n = g_rand_int_range(rand, 2, 8);
		Axis axis = axis_fit(least, most, n);

		g_assert_true(is_round(axis.step));
		g_assert_cmpint(axis.from, <=, MIN(least, 0));
		g_assert_cmpint(axis.to, >=, MAX(most, 0));
		g_assert_cmpint(axis.from % axis.step, ==, 0);
		g_assert_cmpint(axis.to % axis.step, ==, 0);
		g_assert_cmpint((axis.to - axis.from) / axis.step, <=, n);
		if (axis.step > 1)
			g_assert_cmpint(
				steps_with(MIN(least, 0), MAX(most, 0), step_below(axis.step)), >,
				n);
	}
}

static void test_what_is_too_large_is_drawn_at_the_edge(void)
{
	Axis axis = axis_fit(INT64_MIN, INT64_MAX, 4);

	g_assert_cmpint(axis.from, <=, -AXIS_LIMIT);
	g_assert_cmpint(axis.to, >=, AXIS_LIMIT);
	g_assert_cmpint(axis_place(&axis, INT64_MAX, 200), ==, 200);
	g_assert_cmpint(axis_place(&axis, INT64_MIN, 200), ==, 0);
	g_assert_cmpint(axis_place(&axis, 0, 200), ==, 100);
}

static void test_places_are_in_proportion(void)
{
	Axis axis = axis_fit(-50, 100, 4);

	g_assert_cmpint(axis_place(&axis, -50, 300), ==, 0);
	g_assert_cmpint(axis_place(&axis, 0, 300), ==, 100);
	g_assert_cmpint(axis_place(&axis, 25, 300), ==, 150);
	g_assert_cmpint(axis_place(&axis, 100, 300), ==, 300);
}

/* Twelve digits of kopecks are ten of roubles: millions. */
static void test_long_numbers_are_written_in_thousands(void)
{
	static const struct {
		int64_t most, one, unit;
	} cases[] = {
		{ 99999999, 100, 100000 },	  { 90000000, 100, 100000 },
		{ 50000000, 100, 100 },		  { 5000000, 1, 1000 },
		{ 999999999999, 100, 100000000 }, { 800000000000, 1, 1000000 },
		{ 5000000000000, 1, 1000000000 },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		Axis axis = axis_fit(0, cases[i].most, 4);

		g_assert_cmpint(axis_unit(&axis, cases[i].one), ==, cases[i].unit);
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/axis/drawn", test_axes_that_people_would_draw);
	g_test_add_func("/axis/random", test_any_values_fit_and_no_step_is_too_wide);
	g_test_add_func("/axis/large", test_what_is_too_large_is_drawn_at_the_edge);
	g_test_add_func("/axis/place", test_places_are_in_proportion);
	g_test_add_func("/axis/unit", test_long_numbers_are_written_in_thousands);
	return g_test_run();
}
