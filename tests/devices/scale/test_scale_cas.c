/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/scale/cas.h"
#include "tests/devices/scale/cable.h"

#include <string.h>

/* scale.md A1. */
#define C1 "01 02 53 20 30 31 2E 32 33 34 6B 67 65 03 04"
#define C2 "01 02 55 20 30 31 2E 32 33 34 6B 67 63 03 04"
#define C3 "01 02 53 2D 30 30 2E 30 31 30 6B 67 6D 03 04"
#define C4 "01 02 53 20 30 30 2E 30 30 30 6B 67 61 03 04"
#define C5 "01 02 53 46 30 30 2E 30 30 30 6B 67 07 03 04"
#define C6 "01 02 53 20 20 30 2E 32 37 35 6B 67 71 03 04"
#define ASK "> 05\n< 06\n> 11\n< "
#define OPEN ASK C4 "\n"

static void test_vectors(void)
{
	static const struct {
		const char *hex;
		ScaleState state;
		int64_t micro;
	} cases[] = {
		{ C1, SCALE_STABLE, 1234000 },
		{ C2, SCALE_MOVING, 1234000 },
		{ C3, SCALE_NEGATIVE, -10000 },
		{ C4, SCALE_EMPTY, 0 },
		{ C5, SCALE_OVERLOAD, 0 },
		{ C6, SCALE_STABLE, 275000 },
		/* 12.3456 in seven characters; no header; parity in the header; all parity */
		{ "01 02 53 20 31 32 2E 33 34 35 36 6B 67 56 03 04", SCALE_STABLE, 12345600 },
		{ "02 53 20 30 31 2E 32 33 34 6B 67 65 03 04", SCALE_STABLE, 1234000 },
		{ "81 02 53 20 30 31 2E 32 33 34 6B 67 65 03 04", SCALE_STABLE, 1234000 },
		{ "81 82 53 A0 30 B1 2E B2 33 B4 EB E7 65 03 84", SCALE_STABLE, 1234000 },
		/* 250 g, by a scale that says grams */
		{ "01 02 53 20 20 20 20 32 35 30 20 67 23 03 04", SCALE_STABLE, 250000 },
		/* a negative zero is a zero */
		{ "01 02 53 2D 30 30 2E 30 30 30 6B 67 6C 03 04", SCALE_EMPTY, 0 },
		/* stale, then fresh: the last counts */
		{ C1 C4, SCALE_EMPTY, 0 },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GError) error = NULL;
		g_autoptr(GByteArray) bytes = hex_new(cases[i].hex);
		ScaleReading reading;

		g_test_message("%s", cases[i].hex);
		g_assert_true(cas_is_whole(bytes->data, bytes->len));
		g_assert_true(cas_decode(bytes->data, bytes->len, &reading, &error));
		g_assert_no_error(error);
		g_assert_cmpint(reading.state, ==, cases[i].state);
		g_assert_cmpint(reading.net.micro, ==, cases[i].micro);
		g_assert_cmpint(reading.tare.micro, ==, 0);
		g_assert_false(reading.is_net);
	}
}

static void test_damaged_frames_are_no_weight(void)
{
	static const char *const cases[] = {
		"01 02 53 20 30 31 2E 32 33 34 6B 67 64 03 04", /* BCC */
		"01 02 58 20 30 31 2E 32 33 34 6B 67 6E 03 04", /* status X */
		"01 02 53 2B 30 31 2E 32 33 34 6B 67 6E 03 04", /* sign + */
		"01 02 53 20 30 31 2E 32 3A 34 6B 67 6C 03 04", /* no digit */
		"01 02 53 20 30 31 2E 32 33 34 6B 78 7A 03 04", /* unit kx */
		"01 02 53 20 30 31 2E 32 33 34 6B 67 65 03",	"03 04", "",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GError) error = NULL;
		g_autoptr(GByteArray) bytes = hex_new(cases[i]);
		ScaleReading reading;

		g_assert_false(cas_decode(bytes->data, bytes->len, &reading, &error));
		g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_PROTOCOL);
	}
}

static void test_pounds_are_refused(void)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GByteArray) bytes = hex_new("01 02 53 20 30 31 2E 32 33 34 6C 62 67 03 04");
	ScaleReading reading;

	g_assert_false(cas_decode(bytes->data, bytes->len, &reading, &error));
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_PROTOCOL);
	g_assert_nonnull(strstr(error->message, "pounds"));
}

static void test_a_weight_is_read(void)
{
	Bench bench = bench_new("cas", OPEN ASK C1 "\n" ASK C2 "\n" ASK C6 "\n", NULL);

	expect_reading(&bench, SCALE_STABLE, 1234000);
	expect_reading(&bench, SCALE_MOVING, 1234000);
	expect_reading(&bench, SCALE_STABLE, 275000);
	bench_end(&bench);
}

static void test_too_little_to_be_sold(void)
{
	g_autoptr(GHashTable) options = options_new("minimum", "0.4", NULL);
	Bench bench = bench_new("cas", OPEN ASK C6 "\n", options);

	expect_reading(&bench, SCALE_BELOW_MINIMUM, 275000);
	bench_end(&bench);
}

static void test_a_queued_weight_is_thrown_away(void)
{
	/* What came unasked; then two answers to one question. */
	Bench bench = bench_new("cas",
				OPEN ".\n< " C1 "\n" ASK C4 "\n" ASK C1 "\n< " C4 "\n"
				     "> 05\n< 06 06\n> 11\n< " C4 "\n",
				NULL);

	expect_reading(&bench, SCALE_EMPTY, 0);
	expect_reading(&bench, SCALE_EMPTY, 0);
	expect_reading(&bench, SCALE_EMPTY, 0);
	bench_end(&bench);
}

static void test_echo_of_the_adapter(void)
{
	Bench bench = bench_new("cas",
				"> 05\n< 05 06\n> 11\n< 11 " C4 "\n> 05\n< 05\n.\n"
				"> 05\n< 05 06\n> 11\n< 11 " C1 "\n",
				NULL);

	expect_reading(&bench, SCALE_STABLE, 1234000);
	bench_end(&bench);
}

static void test_a_split_frame(void)
{
	Bench bench = bench_new("cas",
				OPEN "> 05\n< 06\n> 11\n< 01 02 53 20 30 31\n.\n< 2E 32\n"
				     /* too late: asked again */
				     "> 05\n< 06\n> 11\n< " C1 "\n",
				NULL);

	expect_reading(&bench, SCALE_STABLE, 1234000);
	bench_end(&bench);
}

#define BAD "01 02 53 20 30 31 2E 32 33 34 6B 67 64 03 04"
static void test_damage_is_asked_again(void)
{
	Bench bench = bench_new("cas",
				OPEN ASK BAD "\n" ASK BAD "\n" ASK C1 "\n" ASK BAD "\n" ASK BAD
					     "\n" ASK BAD "\n",
				NULL);

	expect_reading(&bench, SCALE_STABLE, 1234000);
	expect_fault(&bench, DEVICE_FAULT_PROTOCOL);
	bench_end(&bench);
}

static void test_not_ready_is_asked_again(void)
{
	Bench bench = bench_new(
		"cas", OPEN "> 05\n< 15\n> 05\n< 15\n> 05\n< 15\n> 05\n< 15\n" ASK C1 "\n", NULL);

	expect_reading(&bench, SCALE_STABLE, 1234000);
	bench_end(&bench);
}

static void test_never_ready(void)
{
	g_autoptr(GString) script = g_string_new(NULL);
	Bench bench;

	for (int i = 0; i < 8; i++) /* at opening: it is there, if busy */
		g_string_append(script, "> 05\n< 15\n");
	for (int i = 0; i < 8; i++)
		g_string_append(script, "> 05\n< 15\n");
	bench = bench_new("cas", script->str, NULL);
	expect_fault(&bench, DEVICE_FAULT_BUSY);
	bench_end(&bench);
}

static void test_ack_for_ever(void)
{
	Bench bench = bench_new("cas",
				OPEN "> 05\n< 06\n> 11\n< 06\n> 05\n< 06\n> 11\n< 06\n"
				     "> 05\n< 06\n> 11\n< 06\n",
				NULL);

	expect_fault(&bench, DEVICE_FAULT_PROTOCOL);
	bench_end(&bench);
}

static void test_silence_and_hang_up(void)
{
	Bench bench = bench_new("cas", OPEN "> 05\n> 05\n> 05\n" ASK C1 "\n!\n", NULL);

	expect_fault(&bench, DEVICE_FAULT_OFFLINE);
	expect_reading(&bench, SCALE_STABLE, 1234000);
	expect_fault(&bench, DEVICE_FAULT_OFFLINE);
	bench_end(&bench);
	expect_no_scale("cas", "> 05\n> 05\n> 05\n", NULL, DEVICE_FAULT_OFFLINE);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/scale/cas/vectors", test_vectors);
	g_test_add_func("/scale/cas/damaged frames are no weight",
			test_damaged_frames_are_no_weight);
	g_test_add_func("/scale/cas/pounds are refused", test_pounds_are_refused);
	g_test_add_func("/scale/cas/a weight is read", test_a_weight_is_read);
	g_test_add_func("/scale/cas/too little to be sold", test_too_little_to_be_sold);
	g_test_add_func("/scale/cas/a queued weight is thrown away",
			test_a_queued_weight_is_thrown_away);
	g_test_add_func("/scale/cas/echo of the adapter", test_echo_of_the_adapter);
	g_test_add_func("/scale/cas/a split frame", test_a_split_frame);
	g_test_add_func("/scale/cas/damage is asked again", test_damage_is_asked_again);
	g_test_add_func("/scale/cas/not ready is asked again", test_not_ready_is_asked_again);
	g_test_add_func("/scale/cas/never ready", test_never_ready);
	g_test_add_func("/scale/cas/ack for ever", test_ack_for_ever);
	g_test_add_func("/scale/cas/silence and hang-up", test_silence_and_hang_up);
	return g_test_run();
}
