/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/scale/pos2.h"
#include "tests/devices/scale/cable.h"

#include <string.h>

/* scale.md A5. */
#define S1 "02 05 3A 30 30 33 30 3C"
#define S2 "02 02 E8 00 EA"
#define S3 "02 01 EA EB"
#define S4 "02 05 30 30 30 33 30 36"
#define S5 "02 07 32 30 30 33 30 FA 00 CC"
#define S6 "02 0A 3A 00 15 00 D2 04 00 00 00 00 F3"
#define S7 "02 0A 3A 00 04 00 CE 04 00 00 00 00 FE"
#define S8 "02 0A 3A 00 44 00 00 00 00 00 00 00 74"
#define S9 "02 0A 3A 00 1D 00 FB FF FF FF FA 00 D3"
#define S10 "02 02 3A 7A 42"
/* Channel 0; a unit of 1 g, Max 15 kg, Min 40 g. */
#define CHANNEL "02 03 EA 00 00 E9"
#define PARAMETERS "02 17 E8 00 04 00 03 00 98 3A 28 00 70 17 00 00 00 00 00 00 05 00 00 00 00 10"

#define ENQ "> 05\n< 15\n"
#define SAY(frame, answer) ENQ "> " frame "\n< 06 " answer "\n> 06\n"
#define OPEN SAY(S3, CHANNEL) SAY(S2, PARAMETERS)

static Pos2Body body_of(const char *hex)
{
	g_autoptr(GByteArray) bytes = hex_new(hex);
	Pos2Body body;

	g_assert_cmpint(pos2_frame_last(bytes->data, bytes->len, &body), ==, POS2_GOOD);
	return body;
}

static void test_vectors(void)
{
	static const struct {
		const char *hex;
		ScaleState state;
		int64_t micro, tare;
		bool is_net;
	} cases[] = {
		{ S6, SCALE_STABLE, 1234000, 0, false },
		{ S7, SCALE_MOVING, 1230000, 0, false },
		{ S8, SCALE_OVERLOAD, 0, 0, false },
		{ S9, SCALE_NEGATIVE, -5000, 250000, true },
		/* zero error at power-up; under-load; at zero; the longer answer of some models */
		{ "02 0A 3A 00 34 00 00 00 00 00 00 00 04", SCALE_ZERO_ERROR, 0, 0, false },
		{ "02 0A 3A 00 14 01 00 00 00 00 00 00 25", SCALE_NEGATIVE, 0, 0, false },
		{ "02 0A 3A 00 14 00 00 00 00 00 00 00 24", SCALE_EMPTY, 0, 0, false },
		{ "02 0E 3A 00 14 00 D2 04 00 00 00 00 01 02 03 04 F2", SCALE_STABLE, 1234000, 0,
		  false },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GError) error = NULL;
		ScaleReading reading;
		Pos2Body body;

		g_test_message("%s", cases[i].hex);
		body = body_of(cases[i].hex);
		g_assert_true(pos2_decode(&body, 0, &reading, &error));
		g_assert_no_error(error);
		g_assert_cmpint(reading.state, ==, cases[i].state);
		g_assert_cmpint(reading.net.micro, ==, cases[i].micro);
		g_assert_cmpint(reading.tare.micro, ==, cases[i].tare);
		g_assert_true(reading.is_net == cases[i].is_net);
	}
}

static void check_frame(const char *hex)
{
	g_autoptr(GByteArray) expected = hex_new(hex);
	Pos2Body body = body_of(hex);
	uint8_t frame[POS2_FRAME_MAX];
	size_t len = pos2_frame_encode(&body, frame);

	g_assert_cmpmem(frame, len, expected->data, expected->len);
}

static void test_requests(void)
{
	check_frame(S1);
	check_frame(S2);
	check_frame(S3);
	check_frame(S4);
	check_frame(S5);
}

static void test_what_cannot_be_decoded(void)
{
	static const struct {
		const char *hex;
		DeviceFault fault;
	} cases[] = {
		{ "02 0A 3A 00 94 00 D2 04 00 00 00 00 72", DEVICE_FAULT_MECHANISM },
		{ "02 0A 3A 00 14 02 D2 04 00 00 00 00 F0", DEVICE_FAULT_MECHANISM },
		{ "02 09 3A 00 15 00 D2 04 00 00 00 F0", DEVICE_FAULT_PROTOCOL },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GError) error = NULL;
		Pos2Body body = body_of(cases[i].hex);
		ScaleReading reading;

		g_assert_false(pos2_decode(&body, 0, &reading, &error));
		g_assert_error(error, DEVICE_FAULT, (int)cases[i].fault);
	}
}

static void test_channel(void)
{
	g_autoptr(GError) error = NULL;
	Pos2Body body = body_of(PARAMETERS);
	Pos2Channel channel;

	g_assert_true(pos2_decode_channel(&body, &channel, &error));
	g_assert_cmpint(channel.power, ==, 0);
	g_assert_cmpint(channel.minimum.micro, ==, 40000);
	g_assert_cmpint(channel.capacity.micro, ==, 15000000);
	body.bytes[5] = 0xFF; /* tenths of a gram */
	g_assert_true(pos2_decode_channel(&body, &channel, &error));
	g_assert_cmpint(channel.minimum.micro, ==, 4000);
	body.bytes[5] = 4;
	g_assert_false(pos2_decode_channel(&body, &channel, &error));
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_PROTOCOL);
}

#define MIN_20G "02 0A 3A 00 14 00 14 00 00 00 00 00 30" /* 20 g */
static void test_readings(void)
{
	Bench bench = bench_new("pos2",
				OPEN SAY(S1, S6) SAY(S1, S7) SAY(S1, S8) SAY(S1, MIN_20G)
				/* the ACK of the frame is lost; frames without ACK at all */
				ENQ "> " S1 "\n< " S6 "\n> 06\n",
				NULL);

	expect_reading(&bench, SCALE_STABLE, 1234000);
	expect_reading(&bench, SCALE_MOVING, 1230000);
	expect_reading(&bench, SCALE_OVERLOAD, 0);
	expect_reading(&bench, SCALE_BELOW_MINIMUM, 20000);
	expect_reading(&bench, SCALE_STABLE, 1234000);
	bench_end(&bench);
}

static void test_a_queued_weight_is_thrown_away(void)
{
	Bench bench = bench_new("pos2",
				/* an answer that nobody has fetched; two answers to one question */
				OPEN "> 05\n< 06 " S6 "\n> 06\n> 05\n< 15\n> " S1 "\n< 06 " S7
				     "\n> 06\n" SAY(S1, S6 " " S7) "< " S6 "\n" SAY(S1, S7),
				NULL);

	expect_reading(&bench, SCALE_MOVING, 1230000);
	expect_reading(&bench, SCALE_MOVING, 1230000);
	expect_reading(&bench, SCALE_MOVING, 1230000);
	bench_end(&bench);
}

static void test_echo_of_the_adapter(void)
{
	Bench bench = bench_new(
		"pos2",
		OPEN "> 05\n< 05 15\n> " S1 "\n< " S1 " 06 " S6 "\n> 06\n< 06\n" SAY(S1, S6), NULL);

	expect_reading(&bench, SCALE_STABLE, 1234000);
	expect_reading(&bench, SCALE_STABLE, 1234000);
	bench_end(&bench);
}

#define BAD_LRC "02 0A 3A 00 15 00 D2 04 00 00 00 00 F4"
static void test_damage(void)
{
	Bench bench =
		bench_new("pos2",
			  OPEN
				  /* a wrong LRC: the scale says it again */
				  ENQ "> " S1 "\n< 06 " BAD_LRC "\n> 15 05\n< 06 " S6 "\n> 06\n"
			  /* cut: the same by ENQ */
			  ENQ "> " S1 "\n< 06 02 0A 3A\n.\n> 05\n< 06 " S6 "\n> 06\n"
			  /* our frame came damaged */
			  ENQ "> " S1 "\n< 15\n" SAY(S1, S6)
			  /* the frame was lost */
			  ENQ "> " S1 "\n> 05\n< 15\n" SAY(S1, S6),
			  NULL);

	for (int i = 0; i < 4; i++)
		expect_reading(&bench, SCALE_STABLE, 1234000);
	bench_end(&bench);
}

static void test_three_times_damaged(void)
{
#define DAMAGED ENQ "> " S1 "\n< 06 " BAD_LRC "\n> 15 05\n< 06 " BAD_LRC "\n"
	Bench bench = bench_new("pos2", OPEN DAMAGED DAMAGED DAMAGED, NULL);

	expect_fault(&bench, DEVICE_FAULT_PROTOCOL);
	bench_end(&bench);
}

static void test_ack_for_ever(void)
{
#define NO_FRAME "> 05\n< 06\n"
	Bench bench = bench_new("pos2", OPEN NO_FRAME NO_FRAME NO_FRAME, NULL);

	expect_fault(&bench, DEVICE_FAULT_OFFLINE);
	bench_end(&bench);
#define OLD_FRAME "> 05\n< 06 " S6 "\n> 06\n"
#define OLD_FRAMES OLD_FRAME OLD_FRAME OLD_FRAME OLD_FRAME
	bench = bench_new("pos2", OPEN OLD_FRAMES OLD_FRAMES OLD_FRAMES, NULL);
	expect_fault(&bench, DEVICE_FAULT_PROTOCOL);
	bench_end(&bench);
}

static void test_wrong_password_is_not_tried_again(void)
{
	g_autoptr(GHashTable) options = options_new("password", "12", NULL);
	Bench bench = bench_new("pos2", OPEN SAY(S1, S10), NULL);

	expect_fault(&bench, DEVICE_FAULT_WRONG_PASSWORD); /* five of them lock it */
	bench_end(&bench);
	expect_no_scale("pos2", "", options, DEVICE_FAULT_BAD_ADDRESS);
	expect_no_scale("pos2", "> 05\n> 05\n> 05\n", NULL, DEVICE_FAULT_OFFLINE);
}

static void test_old_firmware_without_channels(void)
{
	g_autoptr(GHashTable) options = options_new("password", "4321", NULL);
	Bench bench = bench_new("pos2",
				SAY(S3, "02 02 EA 78 90") SAY(S2, "02 02 E8 78 92")
					SAY("02 05 3A 34 33 32 31 3B", MIN_20G),
				options);

	expect_reading(&bench, SCALE_BELOW_MINIMUM, 20000); /* 40 g where nobody says */
	bench_end(&bench);
}

static void test_zero_and_tare(void)
{
	g_autoptr(GError) error = NULL;
	Bench bench = bench_new("pos2",
				OPEN SAY(S4, "02 02 30 00 32") SAY(S4, "02 02 30 96 A4")
					SAY(S5, "02 02 32 00 30")
						SAY("02 05 31 30 30 33 30 37", "02 02 31 00 33"),
				NULL);

	g_assert_true(bench.driver->zero(bench.scale, &error));
	g_assert_no_error(error);
	g_assert_false(bench.driver->zero(bench.scale, &error)); /* 150: out of range */
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_REFUSED);
	g_clear_error(&error);
	g_assert_true(bench.driver->set_tare(bench.scale, (Quantity){ 250000 }, &error));
	g_assert_true(bench.driver->set_tare(bench.scale, (Quantity){ 0 }, &error));
	g_assert_no_error(error);
	g_assert_false(bench.driver->set_tare(bench.scale, (Quantity){ 250500 }, &error));
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_REFUSED);
	bench_end(&bench);
}

static void test_zero_is_never_sent_twice(void)
{
	g_autoptr(GError) error = NULL;
	Bench bench = bench_new("pos2",
				OPEN ENQ "> " S4 "\n< 06\n> 05\n< 15\n"
				/* lost, then heard again by ENQ */
				ENQ "> " S4 "\n> 05\n< 06 02 02 30 00 32\n> 06\n"
				/* refused as damaged: nothing was done, so again */
				ENQ "> " S4 "\n< 15\n" SAY(S4, "02 02 30 00 32")
				/* an answer without its error byte says nothing */
				SAY(S4, "02 01 30 31"),
				NULL);

	g_assert_false(bench.driver->zero(bench.scale, &error));
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_OUTCOME_UNKNOWN);
	g_clear_error(&error);
	g_assert_true(bench.driver->zero(bench.scale, &error));
	g_assert_true(bench.driver->zero(bench.scale, &error));
	g_assert_no_error(error);
	g_assert_false(bench.driver->zero(bench.scale, &error));
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_OUTCOME_UNKNOWN);
	bench_end(&bench);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/scale/pos2/vectors", test_vectors);
	g_test_add_func("/scale/pos2/requests", test_requests);
	g_test_add_func("/scale/pos2/what cannot be decoded", test_what_cannot_be_decoded);
	g_test_add_func("/scale/pos2/channel", test_channel);
	g_test_add_func("/scale/pos2/readings", test_readings);
	g_test_add_func("/scale/pos2/a queued weight is thrown away",
			test_a_queued_weight_is_thrown_away);
	g_test_add_func("/scale/pos2/echo of the adapter", test_echo_of_the_adapter);
	g_test_add_func("/scale/pos2/damage", test_damage);
	g_test_add_func("/scale/pos2/three times damaged", test_three_times_damaged);
	g_test_add_func("/scale/pos2/ack for ever", test_ack_for_ever);
	g_test_add_func("/scale/pos2/wrong password is not tried again",
			test_wrong_password_is_not_tried_again);
	g_test_add_func("/scale/pos2/old firmware without channels",
			test_old_firmware_without_channels);
	g_test_add_func("/scale/pos2/zero and tare", test_zero_and_tare);
	g_test_add_func("/scale/pos2/zero is never sent twice", test_zero_is_never_sent_twice);
	return g_test_run();
}
