/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/sim.h"
#include "tests/sim/wire.h"
#include "tests/wait_file.h"

/* The counter scales against the bytes of their pages (scale.md A1, A2, A4, A5): the vectors C, M,
 * P and S, what a real one refuses, and each misbehaviour. */
typedef struct {
	SimThread *sim;
	Wire *wire;
	char *log, *state;
} Scale;

static Scale scale_new(const char *name, const char *const *faults)
{
	static int n;
	g_autoptr(GError) error = NULL;
	g_autofree char *log = g_strdup_printf("%d.log", ++n);
	g_autofree char *state = g_strdup_printf("%d.json", n);
	Scale scale = { .log = scratch_new(log), .state = scratch_new(state) };

	scale.sim = sim_start(name,
			      &(SimOptions){ .log_path = scale.log,
					     .state_path = scale.state,
					     .faults = faults,
					     .control_fd = -1 },
			      &error);
	g_assert_no_error(error);
	scale.wire = wire_new(sim_thread_get_address(scale.sim));
	return scale;
}

static void scale_end(Scale *scale)
{
	g_autoptr(GError) error = NULL;

	wire_free(scale->wire);
	g_assert_true(sim_stop(scale->sim, &error));
	g_assert_no_error(error);
	g_free(scale->log);
	g_free(scale->state);
}

/* A line of the control, done when it is in the log. */
static void say(Scale *scale, const char *line)
{
	g_autofree char *told = g_strdup_printf("control: %s\n", line);

	sim_say(scale->sim, line);
	wait_for_text(scale->log, told);
}

/* Puts it there and waits for rest; each mass once in a test. */
static void put(Scale *scale, int grams)
{
	g_autofree char *line = g_strdup_printf("put %d", grams);
	g_autofree char *rest = g_strdup_printf("settled at %d mg\n", grams * 1000);

	say(scale, line);
	wait_for_text(scale->log, rest);
}

static void ask(Scale *scale, const char *request, const char *answer)
{
	wire_send(scale->wire, request);
	wire_expect(scale->wire, answer);
}

static void expect_no_flag(const Scale *scale)
{
	g_assert_false(file_has(scale->log, "FLAG"));
}

#define FAULTS(...)                                                                                \
	((const char *const[]){ "settle_ms=1", "noise=0", __VA_ARGS__ __VA_OPT__(, ) NULL })

/* ---- CAS */

static void expect_cas(Scale *scale, const char *frame)
{
	ask(scale, "05", "06");
	ask(scale, "11", frame);
}

static void test_cas_weighs(void)
{
	Scale scale = scale_new("scale-cas", FAULTS());

	expect_cas(&scale, "01 02 53 20 30 30 2E 30 30 30 6B 67 61 03 04"); /* C4 */
	put(&scale, 1234);
	expect_cas(&scale, "01 02 53 20 30 31 2E 32 33 34 6B 67 65 03 04"); /* C1 */
	say(&scale, "fault never_settle*1");
	expect_cas(&scale, "01 02 55 20 30 31 2E 32 33 34 6B 67 63 03 04"); /* C2 */
	say(&scale, "fault negative=10*1");
	expect_cas(&scale, "01 02 53 2D 30 30 2E 30 31 30 6B 67 6D 03 04"); /* C3 */
	put(&scale, 15010);
	expect_cas(&scale, "01 02 53 46 30 30 2E 30 30 30 6B 67 07 03 04"); /* C5 */
	expect_no_flag(&scale);
	scale_end(&scale);
}

static void test_cas_variants(void)
{
	Scale blanks = scale_new("scale-cas", FAULTS("blanks"));
	Scale wide = scale_new("scale-cas", FAULTS("wide"));

	put(&blanks, 275);
	expect_cas(&blanks, "01 02 53 20 20 30 2E 32 37 35 6B 67 71 03 04"); /* C6 */
	put(&wide, 1234);
	expect_cas(&wide, "01 02 53 20 30 30 31 2E 32 33 34 6B 67 55 03 04");
	scale_end(&blanks);
	scale_end(&wide);
}

/* 0.500 kg at 89.90: 44.95. */
static void test_cas_total(void)
{
	Scale scale = scale_new("scale-cas", FAULTS());

	say(&scale, "price 8990");
	put(&scale, 500);
	ask(&scale, "05", "06");
	ask(&scale, "12",
	    "01 02 20 20 20 34 34 2E 39 35 02 03 "
	    "02 53 20 30 30 2E 35 30 30 6B 67 64 03 02 20 20 20 38 39 2E 39 30 06 03 04");
	scale_end(&scale);
}

static void test_cas_is_strict(void)
{
	Scale scale = scale_new("scale-cas", FAULTS());

	wire_send(scale.wire, "11");
	wait_for_text(scale.log, "FLAG: byte 1: 11 without ENQ and ACK before it");
	wire_send(scale.wire, "57");
	wait_for_text(scale.log, "FLAG: byte 2: 57 is no request");
	expect_cas(&scale, "01 02 53 20 30 30 2E 30 30 30 6B 67 61 03 04");
	scale_end(&scale);
}

static void test_cas_misbehaves(void)
{
	Scale scale = scale_new("scale-cas", FAULTS("nak=2", "bad_sum=1", "stale=1@4"));

	ask(&scale, "05", "15");
	ask(&scale, "05", "15");
	expect_cas(&scale, "01 02 53 20 30 30 2E 30 30 30 6B 67 74 03 04");
	put(&scale, 1234);
	expect_cas(&scale, "01 02 53 20 30 30 2E 30 30 30 6B 67 74 03 04 "
			   "01 02 53 20 30 31 2E 32 33 34 6B 67 65 03 04");
	say(&scale, "fault echo");
	ask(&scale, "05", "05 06");
	ask(&scale, "11", "11 01 02 53 20 30 31 2E 32 33 34 6B 67 65 03 04");
	say(&scale, "fault ack_forever");
	ask(&scale, "05", "05 06");
	ask(&scale, "11", "11");
	ask(&scale, "05", "05 06");
	scale_end(&scale);
}

/* Seven bits and even parity, as a receiver of eight sees it. */
static void test_cas_parity(void)
{
	Scale scale = scale_new("scale-cas", FAULTS("bit7"));

	ask(&scale, "05", "06");
	ask(&scale, "11", "81 82 53 A0 30 30 2E 30 30 30 EB E7 E1 03 84");
	scale_end(&scale);
}

/* ---- 8217 */

static void test_8217_weighs(void)
{
	Scale scale = scale_new("scale-mt8217", FAULTS());

	put(&scale, 2345);
	ask(&scale, "57", "02 30 32 2E 33 34 35 0D"); /* M1 */
	say(&scale, "fault never_settle*1");
	ask(&scale, "57", "02 3F 41 0D"); /* M3 */
	say(&scale, "fault overload*1");
	ask(&scale, "57", "02 3F 42 0D"); /* M4 */
	say(&scale, "fault negative=400*1");
	ask(&scale, "57", "02 3F 4C 0D"); /* M5 */
	put(&scale, 2595);
	ask(&scale, "54 30 30 32 35 30 0D", "02 3F 60 0D");
	ask(&scale, "57", "02 30 32 2E 33 34 35 4E 0D"); /* M2 */
	say(&scale, "fault never_settle*1");
	ask(&scale, "57", "02 3F 61 0D"); /* M6 */
	ask(&scale, "43", "02 3F 40 0D");
	ask(&scale, "57", "02 30 32 2E 35 39 35 0D");
	ask(&scale, "48", "02 30 32 2E 35 39 35 30 0D");
	expect_no_flag(&scale);
	scale_end(&scale);
}

static void test_8217_parity(void)
{
	Scale scale = scale_new("scale-mt8217", FAULTS("bit7", "never_settle"));

	ask(&scale, "D7", "82 3F 41 8D"); /* M7 */
	scale_end(&scale);
}

static void test_8217_zero_and_tare(void)
{
	Scale scale = scale_new("scale-mt8217", FAULTS());

	say(&scale, "drift 12");
	ask(&scale, "57", "02 30 30 2E 30 31 32 0D");
	ask(&scale, "5A", "02 3F 50 0D");
	ask(&scale, "57", "02 30 30 2E 30 30 30 0D");
	say(&scale, "put 400"); /* beyond 2 % of 15 kg */
	wait_for_text(scale.log, "settled at 400000 mg");
	ask(&scale, "5A", "02 3F 40 0D");
	ask(&scale, "57", "02 30 30 2E 34 30 30 0D");
	ask(&scale, "54", "02 3F 60 0D");
	ask(&scale, "57", "02 30 30 2E 30 30 30 4E 0D");
	say(&scale, "clear");
	wait_for_text(scale.log, "settled at 0 mg");
	ask(&scale, "57", "02 3F 74 0D"); /* the container is lifted */
	g_assert_true(file_has(scale.log, "zero refused"));
	scale_end(&scale);
}

static void test_8217_answers_without_a_weight(void)
{
	Scale scale = scale_new("scale-mt8217", FAULTS());

	ask(&scale, "41", "02 0D");
	ask(&scale, "42", "02 3F 40 0D");
	ask(&scale, "45", "02 45 0D");
	ask(&scale, "68 65 6C 6C 6F", "68 65 6C 6C 6F");
	ask(&scale, "46", "02 46 0D");
	expect_no_flag(&scale);
	ask(&scale, "42", "02 3F 0D");
	ask(&scale, "51", "02 3F 0D");
	ask(&scale, "54 31 32 0D", "02 3F 0D");
	wait_for_text(scale.log, "FLAG: byte 11: 51, no such command");
	wait_for_text(scale.log, "a known tare is five digits and CR");
	say(&scale, "fault nak=1");
	ask(&scale, "57", "02 3F 0D");
	say(&scale, "fault busy=1");
	wire_send(scale.wire, "57");
	wait_for_text(scale.log, "busy, no answer");
	ask(&scale, "57", "02 30 30 2E 30 30 30 0D");
	scale_end(&scale);
}

/* ---- Massa-K */

static const char get_massa[] = "F8 55 CE 01 00 23 23 00"; /* P4 */

static void test_massa_weighs(void)
{
	Scale scale = scale_new("scale-massa", FAULTS());

	ask(&scale, get_massa,
	    "F8 55 CE 0D 00 24 00 00 00 00 01 01 00 01 00 00 00 00 FC 23"); /* P2 */
	put(&scale, 15);
	ask(&scale, get_massa,
	    "F8 55 CE 0D 00 24 0F 00 00 00 01 01 00 00 00 00 00 00 7D 42"); /* P1 */
	put(&scale, 245);
	ask(&scale, "F8 55 CE 05 00 A3 FA 00 00 00 C6 18", "F8 55 CE 01 00 12 12 00"); /* P6 */
	ask(&scale, get_massa,
	    "F8 55 CE 0D 00 24 FB FF FF FF 01 01 01 00 FA 00 00 00 40 E3"); /* P8 */
	say(&scale, "fault overload*1");
	ask(&scale, get_massa, "F8 55 CE 02 00 28 08 08 28"); /* P9 */
	expect_no_flag(&scale);
	scale_end(&scale);
}

static void test_massa_variants(void)
{
	Scale coarse = scale_new("scale-massa", FAULTS("division=10"));
	Scale brief = scale_new("scale-massa", FAULTS("short"));

	put(&coarse, 4190);
	ask(&coarse, get_massa,
	    "F8 55 CE 0D 00 24 A3 01 00 00 02 01 00 00 00 00 00 00 F9 5D"); /* P3 */
	put(&brief, 1234);
	say(&brief, "fault never_settle*1");
	ask(&brief, get_massa, "F8 55 CE 09 00 24 D2 04 00 00 01 00 00 00 F3 3A"); /* P7 */
	say(&brief, "fault wrong_division*1");
	ask(&brief, get_massa, "F8 55 CE 09 00 24 D2 04 00 00 02 01 00 00 ?? ??");
	scale_end(&coarse);
	scale_end(&brief);
}

static void test_massa_zero(void)
{
	Scale scale = scale_new("scale-massa", FAULTS());

	say(&scale, "drift -5");
	ask(&scale, get_massa, "F8 55 CE 0D 00 24 FB FF FF FF 01 01 00 00 00 00 00 00 ?? ??");
	ask(&scale, "F8 55 CE 01 00 72 72 00", "F8 55 CE 01 00 27 27 00"); /* P5 */
	ask(&scale, get_massa, "F8 55 CE 0D 00 24 00 00 00 00 01 01 00 01 00 00 00 00 FC 23");
	say(&scale, "fault never_settle*1");
	ask(&scale, "F8 55 CE 01 00 72 72 00", "F8 55 CE 02 00 28 15 15 28");
	scale_end(&scale);
}

static void test_massa_is_strict(void)
{
	Scale scale = scale_new("scale-massa", FAULTS());

	/* P10, a command of another device: its CRC is right. */
	ask(&scale, "F8 55 CE 08 00 92 01 00 00 00 00 00 00 B5 EF", "F8 55 CE 02 00 28 07 07 28");
	wait_for_text(scale.log, "FLAG: byte 5: there is no command 92");
	/* P11: the CRC of "123456789" is BEEF. */
	ask(&scale, "F8 55 CE 09 00 31 32 33 34 35 36 37 38 39 EF BE",
	    "F8 55 CE 02 00 28 07 07 28");
	wire_send(scale.wire, "F8 55 CE 01 00 23 24 00");
	wait_for_text(scale.log, "wrong CRC, it would be 23 00");
	ask(&scale, "F8 55 CE 02 00 23 00 00 23", "F8 55 CE 02 00 28 0A 0A 28");
	wire_send(scale.wire, "11 22");
	wait_for_text(scale.log, "2 bytes outside a frame");
	wire_send(scale.wire, "F8 55 CE 01");
	wait_for_text(scale.log, "a frame that was not ended");
	ask(&scale, "F8 55 CE 01 00 2D 2D 00", "F8 55 CE 02 00 28 11 11 28");
	ask(&scale, "F8 55 CE 01 00 33 33 00", "F8 55 CE 02 00 28 10 10 28");
	scale_end(&scale);
}

static void test_massa_misbehaves(void)
{
	Scale scale = scale_new("scale-massa", FAULTS("nak=1", "error=17@2", "bad_sum=1@4"));

	ask(&scale, get_massa, "F8 55 CE 01 00 F0 F0 00");
	ask(&scale, get_massa, "F8 55 CE 02 00 28 17 17 28");
	ask(&scale, get_massa, "F8 55 CE 0D 00 24 00 00 00 00 01 01 00 01 00 00 00 00 FC 23");
	ask(&scale, get_massa, "F8 55 CE 0D 00 24 00 00 00 00 01 01 00 01 00 00 00 00 FD 22");
	scale_end(&scale);
}

/* Loaded when switched on: no weight until it was emptied and switched on again. */
static void test_massa_loaded_at_power_up(void)
{
	Scale scale = scale_new("scale-massa", FAULTS());

	put(&scale, 1234);
	say(&scale, "power");
	wait_for_text(scale.log, "loaded at power-up: 1234000 mg");
	wire_free(scale.wire);
	scale.wire = wire_new(sim_thread_get_address(scale.sim));
	ask(&scale, get_massa, "F8 55 CE 02 00 28 18 18 28");
	say(&scale, "clear");
	wait_for_text(scale.log, "settled at 0 mg");
	ask(&scale, get_massa, "F8 55 CE 02 00 28 18 18 28");
	sim_say(scale.sim, "power");
	g_assert_true(wire_is_gone(scale.wire));
	wire_free(scale.wire);
	scale.wire = wire_new(sim_thread_get_address(scale.sim));
	ask(&scale, get_massa, "F8 55 CE 0D 00 24 00 00 00 00 01 01 00 01 00 00 00 00 FC 23");
	scale_end(&scale);
}

/* ---- POS2 */

static const char ask_state[] = "02 05 3A 30 30 33 30 3C"; /* S1 */

/* ENQ, frame, ACK, answer, ACK. */
static void expect_pos2(Scale *scale, const char *frame, const char *answer)
{
	ask(scale, "05", "15");
	ask(scale, frame, "06");
	wire_expect(scale->wire, answer);
	wire_send(scale->wire, "06");
}

static void test_pos2_weighs(void)
{
	Scale scale = scale_new("scale-shtrih", FAULTS());

	expect_pos2(&scale, "02 01 EA EB", "02 03 EA 00 00 E9"); /* S3 */
	expect_pos2(&scale, "02 02 E8 00 EA", /* S2 */
		    "02 17 E8 00 00 00 03 00 98 3A 14 00 98 3A "
		    "98 3A 98 3A 98 3A 01 01 01 01 02 ??");
	put(&scale, 1234);
	expect_pos2(&scale, ask_state, "02 0A 3A 00 15 00 D2 04 00 00 00 00 F3"); /* S6 */
	put(&scale, 1230);
	say(&scale, "fault never_settle*1");
	expect_pos2(&scale, ask_state, "02 0A 3A 00 04 00 CE 04 00 00 00 00 FE"); /* S7 */
	say(&scale, "fault overload*1");
	expect_pos2(&scale, ask_state, "02 0A 3A 00 44 00 00 00 00 00 00 00 74"); /* S8 */
	put(&scale, 245);
	expect_pos2(&scale, "02 07 32 30 30 33 30 FA 00 CC", "02 02 32 00 30"); /* S5 */
	expect_pos2(&scale, ask_state, "02 0A 3A 00 1D 00 FB FF FF FF FA 00 D3"); /* S9 */
	expect_no_flag(&scale);
	scale_end(&scale);
}

static void test_pos2_zero_and_tare(void)
{
	Scale scale = scale_new("scale-shtrih", FAULTS("long"));

	say(&scale, "drift 5");
	expect_pos2(&scale, "02 05 30 30 30 33 30 36", "02 02 30 00 32"); /* S4 */
	expect_pos2(&scale, ask_state, "02 0B 3A 00 15 00 00 00 00 00 00 00 00 24");
	put(&scale, 1234);
	expect_pos2(&scale, "02 05 30 30 30 33 30 36", "02 02 30 96 A4"); /* 150 */
	expect_pos2(&scale, "02 05 31 30 30 33 30 37", "02 02 31 00 33");
	expect_pos2(&scale, ask_state, "02 0B 3A 00 1D 00 00 00 00 00 D2 04 00 FA");
	scale_end(&scale);
}

static void test_pos2_is_strict(void)
{
	Scale scale = scale_new("scale-shtrih", FAULTS());

	expect_pos2(&scale, "02 05 3A 30 30 33 31 3D", "02 02 3A 7A 42"); /* S10 */
	expect_pos2(&scale, "02 01 99 98", "02 02 99 78 E3");
	expect_pos2(&scale, "02 02 3A 30 08", "02 02 3A 79 41");
	expect_pos2(&scale, "02 02 E8 01 EB", "02 02 E8 7C 96");
	ask(&scale, "05", "15");
	ask(&scale, "02 05 3A 30 30 33 30 3D", "15");
	wait_for_text(scale.log, "LRC 3D, it would be 3C");
	wire_send(scale.wire, "02 05 3A");
	wait_for_text(scale.log, "a frame that was not ended");
	wire_send(scale.wire, "41");
	wait_for_text(scale.log, "41 outside a frame");
	expect_pos2(&scale, ask_state, "02 0A 3A 00 15 00 00 00 00 00 00 00 25");
	scale_end(&scale);
}

/* ENQ brings the answer again until it was acknowledged; the command is not done twice. */
static void test_pos2_repeats_a_lost_answer(void)
{
	Scale scale = scale_new("scale-shtrih", FAULTS("lost_answer", "bad_sum=1@2"));

	say(&scale, "drift 5");
	ask(&scale, "05", "15");
	ask(&scale, "02 05 30 30 30 33 30 36", "06");
	ask(&scale, "05", "06 02 02 30 00 32");
	ask(&scale, "15 05", "06 02 02 30 00 32");
	wire_send(scale.wire, "06");
	ask(&scale, "05", "15");
	ask(&scale, ask_state, "06 02 0A 3A 00 15 00 00 00 00 00 00 00 70");
	ask(&scale, "15 05", "06 02 0A 3A 00 15 00 00 00 00 00 00 00 25");
	/* A frame without ENQ, and without having acknowledged: most firmware takes it. */
	ask(&scale, ask_state, "06 02 0A 3A 00 15 00 00 00 00 00 00 00 25");
	scale_end(&scale);
}

static void test_pos2_misbehaves(void)
{
	Scale scale = scale_new("scale-shtrih", FAULTS("nak=1", "error=96@2"));

	ask(&scale, "05", "15");
	ask(&scale, ask_state, "15");
	expect_pos2(&scale, ask_state, "02 02 3A 96 AE");
	say(&scale, "fault ack_forever");
	ask(&scale, "05", "06");
	ask(&scale, "05", "06");
	wire_send(scale.wire, ask_state);
	ask(&scale, "05", "06");
	scale_end(&scale);
}

static void test_pos2_that_needs_enq(void)
{
	Scale scale = scale_new("scale-shtrih", FAULTS("needs_enq"));

	wire_send(scale.wire, ask_state);
	wait_for_text(scale.log, "FLAG: byte 8: a frame without ENQ");
	expect_pos2(&scale, ask_state, "02 0A 3A 00 15 00 00 00 00 00 00 00 25");
	scale_end(&scale);
}

/* ---- all */

static void test_jump(void)
{
	Scale scale = scale_new("scale-shtrih", FAULTS("jump"));

	expect_pos2(&scale, ask_state, "02 0A 3A 00 15 00 00 00 00 00 00 00 25");
	expect_pos2(&scale, ask_state, "02 0A 3A 00 15 00 E8 03 00 00 00 00 CE");
	expect_pos2(&scale, ask_state, "02 0A 3A 00 15 00 00 00 00 00 00 00 25");
	scale_end(&scale);
}

static void test_zero_tracking_takes_small_drift(void)
{
	Scale scale = scale_new("scale-mt8217", FAULTS("division=2"));

	say(&scale, "drift 0.9"); /* less than half a division: it is followed */
	say(&scale, "drift 1.8");
	ask(&scale, "57", "02 30 30 2E 30 30 30 0D");
	say(&scale, "drift 4.8");
	ask(&scale, "57", "02 30 30 2E 30 30 34 0D");
	scale_end(&scale);
}

/* Loaded at power-up, in the words of each. */
static void test_zero_error(void)
{
	static const struct {
		const char *name, *request, *answer;
	} cases[] = {
		{ "scale-cas", "05", "15" },
		{ "scale-mt8217", "57", "02 3F 58 0D" },
		{ "scale-massa", get_massa, "F8 55 CE 02 00 28 18 18 28" },
		{ "scale-shtrih", ask_state, "06 02 0A 3A 00 35 00 00 00 00 00 00 00 05" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		Scale scale = scale_new(cases[i].name, FAULTS("zero_error"));

		ask(&scale, cases[i].request, cases[i].answer);
		scale_end(&scale);
	}
}

/* On a serial line as on TCP. */
static void test_serial_line(void)
{
	g_autofree char *link = scratch_new("scale");
	g_autoptr(GError) error = NULL;
	SimThread *sim = sim_start("scale-massa",
				   &(SimOptions){ .pty_link = link, .control_fd = -1 }, &error);
	Wire *wire;

	g_assert_no_error(error);
	wire = wire_new(sim_thread_get_address(sim));
	wire_send(wire, get_massa);
	wire_expect(wire, "F8 55 CE 0D 00 24 00 00 00 00 01 01 00 01 00 00 00 00 FC 23");
	wire_free(wire);
	g_assert_true(sim_stop(sim, &error));
}

/* Moving until the time has passed, then at rest by itself. */
static void test_motion_ends(void)
{
	Scale scale = scale_new("scale-mt8217",
				(const char *const[]){ "settle_ms=300", "noise=5", NULL });

	say(&scale, "put 1000");
	ask(&scale, "57", "02 3F 41 0D");
	wait_for_text(scale.log, "settled at 1000000 mg");
	ask(&scale, "57", "02 30 31 2E 30 30 30 0D");
	scale_end(&scale);
}

/* What lies there and the tare are in the state file at any time. */
static void test_memory(void)
{
	Scale scale = scale_new("scale-cas", FAULTS());

	put(&scale, 250);
	say(&scale, "tare");
	wait_for_text(scale.log, "tare 250000 mg");
	g_assert_true(file_has(scale.state, "\"tare_mg\": 250000"));
	g_assert_true(file_has(scale.state, "\"load_mg\": 250000"));
	scale_end(&scale);
}

static void test_a_foreign_memory_is_refused(void)
{
	g_autofree char *path = scratch_new("foreign.json");
	g_autoptr(GError) error = NULL;

	g_assert_true(g_file_set_contents(path, "{\"load_mg\": 1}", -1, NULL));
	g_assert_null(sim_start("scale-massa",
				&(SimOptions){ .state_path = path, .control_fd = -1 }, &error));
	g_assert_error(error, SIM_ERROR, SIM_ERROR_STATE);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/scale-sims/cas/weighs", test_cas_weighs);
	g_test_add_func("/scale-sims/cas/variants", test_cas_variants);
	g_test_add_func("/scale-sims/cas/total", test_cas_total);
	g_test_add_func("/scale-sims/cas/is-strict", test_cas_is_strict);
	g_test_add_func("/scale-sims/cas/misbehaves", test_cas_misbehaves);
	g_test_add_func("/scale-sims/cas/parity", test_cas_parity);
	g_test_add_func("/scale-sims/8217/weighs", test_8217_weighs);
	g_test_add_func("/scale-sims/8217/parity", test_8217_parity);
	g_test_add_func("/scale-sims/8217/zero-and-tare", test_8217_zero_and_tare);
	g_test_add_func("/scale-sims/8217/answers-without-a-weight",
			test_8217_answers_without_a_weight);
	g_test_add_func("/scale-sims/massa/weighs", test_massa_weighs);
	g_test_add_func("/scale-sims/massa/variants", test_massa_variants);
	g_test_add_func("/scale-sims/massa/zero", test_massa_zero);
	g_test_add_func("/scale-sims/massa/is-strict", test_massa_is_strict);
	g_test_add_func("/scale-sims/massa/misbehaves", test_massa_misbehaves);
	g_test_add_func("/scale-sims/massa/loaded-at-power-up", test_massa_loaded_at_power_up);
	g_test_add_func("/scale-sims/pos2/weighs", test_pos2_weighs);
	g_test_add_func("/scale-sims/pos2/zero-and-tare", test_pos2_zero_and_tare);
	g_test_add_func("/scale-sims/pos2/is-strict", test_pos2_is_strict);
	g_test_add_func("/scale-sims/pos2/repeats-a-lost-answer", test_pos2_repeats_a_lost_answer);
	g_test_add_func("/scale-sims/pos2/misbehaves", test_pos2_misbehaves);
	g_test_add_func("/scale-sims/pos2/needs-enq", test_pos2_that_needs_enq);
	g_test_add_func("/scale-sims/jump", test_jump);
	g_test_add_func("/scale-sims/zero-tracking-takes-small-drift",
			test_zero_tracking_takes_small_drift);
	g_test_add_func("/scale-sims/zero-error", test_zero_error);
	g_test_add_func("/scale-sims/serial-line", test_serial_line);
	g_test_add_func("/scale-sims/motion-ends", test_motion_ends);
	g_test_add_func("/scale-sims/memory", test_memory);
	g_test_add_func("/scale-sims/a-foreign-memory-is-refused",
			test_a_foreign_memory_is_refused);
	return g_test_run();
}
