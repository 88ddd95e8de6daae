/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/devices/display/pole.h"

#define SIM "display-dsp800"
#define BLANK POLE_BLANK
#define TEN "30 31 32 33 34 35 36 37 38 39"

static void test_vector(void)
{
	Pole pole = pole_new(SIM, "dsp800-vector", NULL);

	wire_send(pole.wire, "41 42");
	pole_expect(&pole, "AB                  ", BLANK);
	wire_send(pole.wire, "04 01 43 31 58 17 04 01 50 31 17"); /* D8 */
	wire_expect(pole.wire, "06 06");
	pole_expect(&pole, BLANK, BLANK);
	wire_send(pole.wire, "43");
	pole_expect(&pole, "C                   ", BLANK);
	g_assert_false(pole_has(&pole, "FLAG"));
	pole_end(&pole);
}

static void test_positions(void)
{
	Pole pole = pole_new(SIM, "dsp800-positions", NULL);

	wire_send(pole.wire, "04 01 50 31 17 41 04 01 50 44 17 42 04 01 50 45 17 43 04 01 50 58 17 "
			     "44 45");
	wire_expect(pole.wire, "06 06 06 06");
	pole_expect(&pole, "E                  B", "C                  D"); /* the 41st wraps */
	wire_send(pole.wire, "04 01 43 44 45 17");
	wire_expect(pole.wire, "06");
	pole_expect(&pole, "E                   ", "                   D");
	pole_end(&pole);
}

static void test_bad_frames_are_refused(void)
{
	static const struct {
		const char *hex, *words;
	} cases[] = {
		{ "04 01 50 30 17", "FLAG: bad frame 04 01 50" },
		{ "04 01 50 59 17", "FLAG: bad frame 04 01 50" },
		{ "04 01 43 58 31 17", "FLAG: bad frame 04 01 43" },
		{ "04 01 43 31 17", "FLAG: bad frame 04 01 43" },
		{ "04 01 41 35 17", "FLAG: bad frame 04 01 41" },
		{ "04 01 44 38 31 17", "FLAG: bad frame 04 01 44" },
		{ "04 01 5A 17", "FLAG: bad frame 04 01 5A" },
		{ "04 01 17", "FLAG: bad frame 04 01 17" },
	};
	Pole pole = pole_new(SIM, "dsp800-bad", NULL);

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		wire_send(pole.wire, cases[i].hex);
		wire_expect(pole.wire, "15");
		pole_expect_words(&pole, cases[i].words);
	}
	wire_send(pole.wire, "04 41"); /* no SOH: no frame, no answer */
	pole_expect_words(&pole, "FLAG: control byte 04");
	wire_send(pole.wire, "04 01 41 32 17");
	wire_expect(pole.wire, "06");
	pole_expect_words(&pole, "brightness 2");
	pole_end(&pole);
}

static void test_cyrillic_and_split_frames(void)
{
	Pole pole = pole_new(SIM, "dsp800-split", NULL);

	wire_send(pole.wire, "04");
	wire_send(pole.wire, "01 50");
	wire_send(pole.wire, "45 17 8C AE AB AE AA AE");
	wire_expect(pole.wire, "06");
	pole_expect(&pole, BLANK, "Молоко              ");
	pole_end(&pole);
}

static void test_refusal_and_silence_on_order(void)
{
	static const char *const faults[] = { "one_way", NULL };
	Pole pole = pole_new(SIM, "dsp800-nak", NULL);

	sim_say(pole.sim, "fault nak");
	pole_expect_words(&pole, "control: fault nak");
	wire_send(pole.wire, "04 01 50 45 17");
	wire_expect(pole.wire, "15");
	wire_send(pole.wire, "04 01 50 45 17 41");
	wire_expect(pole.wire, "06");
	pole_expect(&pole, BLANK, "A                   ");
	pole_end(&pole);
	pole = pole_new(SIM, "dsp800-one-way", faults);
	wire_send(pole.wire, "04 01 50 45 17 42");
	pole_expect(&pole, BLANK, "B                   ");
	g_assert_false(pole_has(&pole, "D> "));
	pole_end(&pole);
}

static void test_power_blinks_until_it_is_cleared(void)
{
	static const char *const faults[] = { "cold_reset@3", NULL };
	Pole pole = pole_new(SIM, "dsp800-cold", faults);

	wire_send(pole.wire, "41 42");
	pole_expect(&pole, "AB                  ", BLANK);
	wire_send(pole.wire, "43 44 04 01 43 31 58 17 45");
	wire_expect(pole.wire, "06");
	pole_expect(&pole, "E                   ", BLANK);
	pole_end(&pole);
}

/* The fault that only CD5220's family knows. */
static void test_stuck_in_string_mode(void)
{
	static const char *const faults[] = { "stuck", NULL };
	Pole pole = pole_new("display-cd5220", "cd5220-stuck", faults);

	wire_send(pole.wire, "1B 51 41 " TEN TEN " 0D");
	pole_expect(&pole, "01234567890123456789", BLANK);
	wire_send(pole.wire, "0C");
	pole_expect_words(&pole, "FLAG: command 0C 00 refused in string mode");
	wire_send(pole.wire, "1B 51 42 " TEN TEN " 0D");
	pole_expect(&pole, "01234567890123456789", "01234567890123456789");
	pole_end(&pole);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/sim/dsp800/vector", test_vector);
	g_test_add_func("/sim/dsp800/positions", test_positions);
	g_test_add_func("/sim/dsp800/bad frames are refused", test_bad_frames_are_refused);
	g_test_add_func("/sim/dsp800/cyrillic and split frames", test_cyrillic_and_split_frames);
	g_test_add_func("/sim/dsp800/refusal and silence on order",
			test_refusal_and_silence_on_order);
	g_test_add_func("/sim/dsp800/power blinks until it is cleared",
			test_power_blinks_until_it_is_cleared);
	g_test_add_func("/sim/dsp800/stuck in string mode", test_stuck_in_string_mode);
	return g_test_run();
}
