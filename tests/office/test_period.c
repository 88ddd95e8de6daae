/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The days that reports are of, as people say them. */
#include "backoffice/report/period.h"

/* A Sunday. */
#define TODAY 20261129

static void test_periods_that_people_name(void)
{
	static const struct {
		Period period;
		int32_t from, to;
	} cases[] = {
		{ PERIOD_TODAY, 20261129, 20261129 },
		{ PERIOD_YESTERDAY, 20261128, 20261128 },
		{ PERIOD_THIS_WEEK, 20261123, 20261129 },
		{ PERIOD_LAST_WEEK, 20261116, 20261122 },
		{ PERIOD_THIS_MONTH, 20261101, 20261130 },
		{ PERIOD_LAST_MONTH, 20261001, 20261031 },
		{ PERIOD_THIS_QUARTER, 20261001, 20261231 },
		{ PERIOD_LAST_QUARTER, 20260701, 20260930 },
		{ PERIOD_THIS_YEAR, 20260101, 20261231 },
		{ PERIOD_LAST_YEAR, 20250101, 20251231 },
	};

	g_assert_cmpint(G_N_ELEMENTS(cases), ==, PERIOD_N);
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		PeriodDays days = period_days(cases[i].period, TODAY);

		g_assert_cmpint(days.from, ==, cases[i].from);
		g_assert_cmpint(days.to, ==, cases[i].to);
		g_assert_cmpint(period_recognise(days, TODAY), ==, cases[i].period);
	}
	g_assert_cmpint(period_recognise((PeriodDays){ 20261101, 20261115 }, TODAY), ==, PERIOD_N);
}

static void test_steps_and_what_is_compared(void)
{
	static const struct {
		PeriodDays days, next, last, before;
	} cases[] = {
		/* A day: the next one; it is compared with the same weekday. */
		{ { 20261129, 20261129 },
		  { 20261130, 20261130 },
		  { 20261128, 20261128 },
		  { 20261122, 20261122 } },
		{ { 20261123, 20261129 },
		  { 20261130, 20261206 },
		  { 20261116, 20261122 },
		  { 20261116, 20261122 } },
		/* Months have other lengths. */
		{ { 20240201, 20240229 },
		  { 20240301, 20240331 },
		  { 20240101, 20240131 },
		  { 20240101, 20240131 } },
		{ { 20260101, 20260131 },
		  { 20260201, 20260228 },
		  { 20251201, 20251231 },
		  { 20251201, 20251231 } },
		{ { 20260101, 20260331 },
		  { 20260401, 20260630 },
		  { 20251001, 20251231 },
		  { 20251001, 20251231 } },
		{ { 20260101, 20261231 },
		  { 20270101, 20271231 },
		  { 20250101, 20251231 },
		  { 20250101, 20251231 } },
		/* Any days: as many of them. */
		{ { 20261220, 20270105 },
		  { 20270106, 20270122 },
		  { 20261203, 20261219 },
		  { 20261203, 20261219 } },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		PeriodDays next = period_step(cases[i].days, 1);
		PeriodDays last = period_step(cases[i].days, -1);
		PeriodDays before = period_before(cases[i].days);

		g_assert_cmpint(next.from, ==, cases[i].next.from);
		g_assert_cmpint(next.to, ==, cases[i].next.to);
		g_assert_cmpint(last.from, ==, cases[i].last.from);
		g_assert_cmpint(last.to, ==, cases[i].last.to);
		g_assert_cmpint(before.from, ==, cases[i].before.from);
		g_assert_cmpint(before.to, ==, cases[i].before.to);
	}
}

/* There and back again, whatever the days: not at the ends of months, where a period that happens
 * to be whole months moves by months. */
static void test_a_step_back_is_undone_by_one_forward(void)
{
	uint32_t seed = (uint32_t)g_test_rand_int_range(0, G_MAXINT32);
	g_autoptr(GRand) rand = g_rand_new_with_seed(seed);

	g_test_message("seed %u", seed);
	for (int i = 0; i < 5000; i++) {
		int32_t from = period_add_days(20200102, g_rand_int_range(rand, 0, 4000));
		PeriodDays days = { from, period_add_days(from, g_rand_int_range(rand, 0, 25)) };
		PeriodDays there = period_step(days, -1), back = period_step(there, 1);

		g_assert_cmpint(period_length(there), ==, period_length(days));
		g_assert_cmpint(back.from, ==, days.from);
		g_assert_cmpint(back.to, ==, days.to);
		g_assert_cmpint(period_add_days(there.to, 1), ==, days.from);
	}
}

static void test_periods_are_written_as_people_do(void)
{
	static const struct {
		PeriodDays days;
		const char *text;
	} cases[] = {
		{ { 20261129, 20261129 }, "Sun 29.11.2026" },
		{ { 20261101, 20261130 }, "November 2026" },
		{ { 20260101, 20261231 }, "2026" },
		{ { 20261123, 20261129 }, "23.11.2026 – 29.11.2026" },
		{ { 20261001, 20261231 }, "01.10.2026 – 31.12.2026" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *text = period_dup_text(cases[i].days);

		g_assert_cmpstr(text, ==, cases[i].text);
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/period/named", test_periods_that_people_name);
	g_test_add_func("/period/steps", test_steps_and_what_is_compared);
	g_test_add_func("/period/back", test_a_step_back_is_undone_by_one_forward);
	g_test_add_func("/period/text", test_periods_are_written_as_people_do);
	return g_test_run();
}
