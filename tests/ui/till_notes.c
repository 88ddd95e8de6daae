/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/ui/note_choice.h"

#define RUB 643
#define MNT 496

static void check(uint16_t currency, int64_t due, const int64_t *expected)
{
	Money choices[NOTE_CHOICES];
	int n = note_choices((Money){ due, currency }, choices);
	int i;

	for (i = 0; i < n && expected[i] != 0; i++) {
		g_assert_cmpint(choices[i].minor, ==, expected[i]);
		g_assert_cmpint(choices[i].currency, ==, currency);
	}
	g_assert_cmpint(i, ==, n);
	g_assert_cmpint(expected[i], ==, 0);
}

/* 439.78 ₽ is paid with 440, 450, 500, 600, 1 000, 2 000 or 5 000. */
static void test_notes_above_the_sum(void)
{
	static const int64_t expected[] = { 45000, 50000, 60000, 100000, 200000, 500000, 0 };

	check(RUB, 43978, expected);
}

static void test_sum_of_one_note_is_exact(void)
{
	static const int64_t expected[] = { 200000, 500000, 0 };

	check(RUB, 100000, expected);
}

static void test_nothing_is_due(void)
{
	static const int64_t expected[] = { 0 };

	check(RUB, 0, expected);
	check(1, 100, expected);
}

static void test_sum_at_the_end_of_64_bits(void)
{
	Money choices[NOTE_CHOICES];
	int n = note_choices((Money){ INT64_MAX, MNT }, choices);

	g_assert_cmpint(n, ==, 0);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/ui/notes/above-the-sum", test_notes_above_the_sum);
	g_test_add_func("/ui/notes/one-note", test_sum_of_one_note_is_exact);
	g_test_add_func("/ui/notes/nothing-due", test_nothing_is_due);
	g_test_add_func("/ui/notes/end-of-64-bits", test_sum_at_the_end_of_64_bits);
	return g_test_run();
}
