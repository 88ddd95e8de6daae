/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/fiscal/line_split.h"

#include "core/quantity.h"

#include <glib.h>

static const struct {
	const char *what;
	int64_t quantity, price, sum;
	int n;
	LinePart parts[2];
} cases[] = {
	{ "weighed, no discount", 1234000, 8990, 11094, 1, { { 1234000, 8990, 11094 } } },
	{ "divides", 2000000, 7500, 13500, 1, { { 2000000, 6750, 13500 } } },
	/* fiscal-model.md §2: 33.34 x 3 = 100.02 is within a kopeck */
	{ "model's example", 3000000, 6667, 10001, 1, { { 3000000, 3334, 10001 } } },
	{ "seven for a hundred",
	  7000000,
	  2000,
	  10000,
	  2,
	  { { 3000000, 1428, 4284 }, { 4000000, 1429, 5716 } } },
	{ "nearly nothing for many", 100000000, 1, 1, 1, { { 100000000, 0, 1 } } },
	{ "for nothing", 3000000, 500, 0, 1, { { 3000000, 0, 0 } } },
	{ "weighed and discounted",
	  12345000,
	  8990,
	  105432,
	  2,
	  { { 6645000, 8540, 56748 }, { 5700000, 8541, 48684 } } },
};

static void test_cases(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		LinePart parts[2];
		int n = line_split(cases[i].quantity, cases[i].price, cases[i].sum, parts);

		g_test_message("%s", cases[i].what);
		g_assert_cmpint(n, ==, cases[i].n);
		for (int j = 0; j < n; j++) {
			g_assert_cmpint(parts[j].quantity, ==, cases[i].parts[j].quantity);
			g_assert_cmpint(parts[j].price, ==, cases[i].parts[j].price);
			g_assert_cmpint(parts[j].sum, ==, cases[i].parts[j].sum);
		}
	}
}

/* What a registrar checks: its own product, however it rounds, and our sum differ by a kopeck at
 * most. */
static void check_part(const LinePart *part)
{
	__int128 product = (__int128)part->price * part->quantity;
	int64_t down = (int64_t)(product / QUANTITY_ONE);
	int64_t near = (int64_t)((product + QUANTITY_ONE / 2) / QUANTITY_ONE);

	g_assert_cmpint(part->quantity, >, 0);
	g_assert_cmpint(part->price, >=, 0);
	g_assert_cmpint(part->sum, >=, 0);
	g_assert_cmpint(ABS(part->sum - down), <=, 1);
	g_assert_cmpint(ABS(part->sum - near), <=, 1);
}

static int64_t random_quantity(GRand *rand)
{
	switch (g_rand_int_range(rand, 0, 4)) {
	case 0: /* a few pieces */
		return g_rand_int_range(rand, 1, 12) * QUANTITY_ONE;
	case 1: /* a pallet */
		return g_rand_int_range(rand, 1, 100000) * QUANTITY_ONE;
	case 2: /* scales */
		return g_rand_int_range(rand, 1, 60000) * INT64_C(1000);
	default: /* cut by the millionth */
		return g_rand_int_range(rand, 1, 100000000);
	}
}

/* 100 000 discounted lines: nothing is lost, and the registrar would take every part. */
static void test_any_discount(void)
{
	g_autoptr(GRand) rand = g_rand_new_with_seed(54);
	int64_t sent = 0, total = 0;
	int n_split = 0;

	for (int i = 0; i < 100000; i++) {
		int64_t quantity = random_quantity(rand);
		int64_t price = g_rand_int_range(rand, 0, 10000000);
		int64_t gross =
			(int64_t)(((__int128)price * quantity + QUANTITY_ONE / 2) / QUANTITY_ONE);
		int64_t sum = gross == 0 ? 0 : (int64_t)(g_rand_double(rand) * (double)gross);
		LinePart parts[2];
		int n = line_split(quantity, price, sum, parts);
		int64_t units = 0;

		g_assert_cmpint(n, >=, 1);
		for (int j = 0; j < n; j++) {
			check_part(&parts[j]);
			sent += parts[j].sum;
			units += parts[j].quantity;
		}
		if (n == 2)
			g_assert_cmpint(parts[1].price - parts[0].price, ==, 1);
		g_assert_cmpint(units, ==, quantity);
		total += sum;
		n_split += n == 2;
	}
	g_assert_cmpint(sent, ==, total);
	g_assert_cmpint(n_split, >, 1000); /* else it has shown nothing */
}

static void test_refused(void)
{
	LinePart parts[2];

	g_assert_cmpint(line_split(0, 100, 100, parts), ==, 0);
	g_assert_cmpint(line_split(-1000000, 100, 100, parts), ==, 0);
	g_assert_cmpint(line_split(1000000, -1, 100, parts), ==, 0);
	g_assert_cmpint(line_split(1000000, 100, -1, parts), ==, 0);
	g_assert_cmpint(line_split(1, 100, INT64_MAX, parts), ==, 0);
	g_assert_cmpint(line_split(INT64_MAX, INT64_MAX, 1, parts), ==, 0);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/line_split/cases", test_cases);
	g_test_add_func("/line_split/any_discount", test_any_discount);
	g_test_add_func("/line_split/refused", test_refused);
	return g_test_run();
}
