/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/scale/mt8217.h"
#include "tests/devices/scale/cable.h"

#include <string.h>

/* scale.md A2. */
#define M1 "02 30 32 2E 33 34 35 0D"
#define M2 "02 30 32 2E 33 34 35 4E 0D"
#define M3 "02 3F 41 0D"
#define M4 "02 3F 42 0D"
#define M5 "02 3F 4C 0D"
#define M6 "02 3F 61 0D"
#define M7 "82 3F 41 8D"
#define EMPTY "02 30 30 2E 30 30 30 0D"
#define W "> 57\n< "
#define OPEN W EMPTY "\n"

static void test_vectors(void)
{
	static const struct {
		const char *hex;
		ScaleState state;
		int64_t micro;
		bool is_net;
	} cases[] = {
		{ M1, SCALE_STABLE, 2345000, false },
		{ M2, SCALE_STABLE, 2345000, true },
		{ M3, SCALE_MOVING, 0, false },
		{ M4, SCALE_OVERLOAD, 0, false },
		{ M5, SCALE_NEGATIVE, 0, false },
		{ M6, SCALE_MOVING, 0, true },
		{ M7, SCALE_MOVING, 0, false },
		{ EMPTY, SCALE_EMPTY, 0, false },
		{ "02 3F 43 0D", SCALE_OVERLOAD, 0, false }, /* over capacity and moving */
		{ "02 3F 48 0D", SCALE_ZERO_ERROR, 0, false },
		{ "82 30 B2 2E 33 B4 35 8D", SCALE_STABLE, 2345000, false },
		{ M1 M3, SCALE_MOVING, 0, false },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GError) error = NULL;
		g_autoptr(GByteArray) bytes = hex_new(cases[i].hex);
		ScaleReading reading;

		g_test_message("%s", cases[i].hex);
		g_assert_true(mt8217_is_whole(bytes->data, bytes->len));
		g_assert_true(mt8217_decode(bytes->data, bytes->len, &reading, &error));
		g_assert_no_error(error);
		g_assert_cmpint(reading.state, ==, cases[i].state);
		g_assert_cmpint(reading.net.micro, ==, cases[i].micro);
		g_assert_true(reading.is_net == cases[i].is_net);
	}
}

static void test_damaged_answers_are_no_weight(void)
{
	static const char *const cases[] = {
		"02 3F 0D", /* it does not know W */
		"02 3F 01 0D", /* bit 6 is always 1 */
		"02 3F 40 0D", /* no reason */
		"02 30 32 2E 33 34 3A 0D",
		"02 30 32 33 2E 34 35 35 0D",
		"02 4E 0D",
		"02 0D",
		"30 32 2E 33 34 35 0D",
		"",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GError) error = NULL;
		g_autoptr(GByteArray) bytes = hex_new(cases[i]);
		ScaleReading reading;

		g_test_message("%s", cases[i]);
		g_assert_false(mt8217_decode(bytes->data, bytes->len, &reading, &error));
		g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_PROTOCOL);
	}
}

static void test_pounds_are_refused(void)
{
	static const char *const cases[] = { "02 30 35 2E 31 37 0D", "02 30 30 35 2E 31 37 4E 0D" };

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GError) error = NULL;
		g_autoptr(GByteArray) bytes = hex_new(cases[i]);
		ScaleReading reading;

		g_assert_false(mt8217_decode(bytes->data, bytes->len, &reading, &error));
		g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_PROTOCOL);
		g_assert_nonnull(strstr(error->message, "pounds"));
	}
}

static void test_readings(void)
{
	Bench bench =
		bench_new("mt8217",
			  OPEN W M3 "\n" W M1 "\n"
				    /* stale ones: unasked, and before the answer */
				    ".\n< " M1 "\n" W EMPTY "\n" W M1 " " M3 "\n"
				    /* the adapter's echo; a split frame; noise */
				    "> 57\n< 57 " M1 "\n> 57\n< 02 30 32 2E\n.\n> 57\n< " M1 "\n"
				    "> 57\n< 02 30 32 2E FF 34 35 0D\n" W M2 "\n",
			  NULL);

	expect_reading(&bench, SCALE_MOVING, 0);
	expect_reading(&bench, SCALE_STABLE, 2345000);
	expect_reading(&bench, SCALE_EMPTY, 0);
	expect_reading(&bench, SCALE_MOVING, 0);
	expect_reading(&bench, SCALE_STABLE, 2345000);
	expect_reading(&bench, SCALE_STABLE, 2345000);
	expect_reading(&bench, SCALE_STABLE, 2345000);
	bench_end(&bench);
}

static void test_three_silences_and_three_damages(void)
{
	Bench bench = bench_new("mt8217",
				OPEN "> 57\n> 57\n> 57\n"
				     "> 57\n< 0D\n> 57\n> 57\n< 02 02\n",
				NULL);

	expect_fault(&bench, DEVICE_FAULT_OFFLINE);
	expect_fault(&bench, DEVICE_FAULT_PROTOCOL); /* somebody is there */
	bench_end(&bench);
	expect_no_scale("mt8217", "> 57\n> 57\n> 57\n", NULL, DEVICE_FAULT_OFFLINE);
	expect_no_scale("mt8217", "> 57\n< 02 3F 0D\n> 57\n< 02 3F 0D\n> 57\n< 02 3F 0D\n", NULL,
			DEVICE_FAULT_PROTOCOL);
}

static void expect_no_zero(Bench *bench)
{
	g_autoptr(GError) error = NULL;

	g_assert_false(bench->driver->zero(bench->scale, &error));
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_REFUSED);
}

static void expect_no_tare(Bench *bench, int64_t micro)
{
	g_autoptr(GError) error = NULL;

	g_assert_false(bench->driver->set_tare(bench->scale, (Quantity){ micro }, &error));
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_REFUSED);
}

static void test_zero(void)
{
	g_autoptr(GError) error = NULL;
	Bench bench = bench_new("mt8217",
				OPEN "> 5A\n< 02 3F 50 0D\n> 5A\n< 02 3F 41 0D\n"
				     "> 5A\n< 02 3F 48 0D\n",
				NULL);

	g_assert_true(bench.driver->zero(bench.scale, &error));
	g_assert_no_error(error);
	expect_no_zero(&bench); /* moving */
	expect_no_zero(&bench); /* out of range */
	bench_end(&bench);
}

static void test_tare(void)
{
	g_autoptr(GError) error = NULL;
	Bench bench = bench_new("mt8217",
				OPEN "> 54\n< 02 3F 60 0D\n> 54 30 30 32 35 30 0D\n< 02 3F 60 0D\n"
				     "> 54\n< 02 3F 40 0D\n",
				NULL);

	g_assert_true(bench.driver->set_tare(bench.scale, (Quantity){ 0 }, &error));
	g_assert_true(bench.driver->set_tare(bench.scale, (Quantity){ 250000 }, &error));
	g_assert_no_error(error);
	expect_no_tare(&bench, 0);
	expect_no_tare(&bench, 250500);
	expect_no_tare(&bench, -1000);
	bench_end(&bench);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/scale/mt8217/vectors", test_vectors);
	g_test_add_func("/scale/mt8217/damaged answers are no weight",
			test_damaged_answers_are_no_weight);
	g_test_add_func("/scale/mt8217/pounds are refused", test_pounds_are_refused);
	g_test_add_func("/scale/mt8217/readings", test_readings);
	g_test_add_func("/scale/mt8217/three silences and three damages",
			test_three_silences_and_three_damages);
	g_test_add_func("/scale/mt8217/zero", test_zero);
	g_test_add_func("/scale/mt8217/tare", test_tare);
	return g_test_run();
}
