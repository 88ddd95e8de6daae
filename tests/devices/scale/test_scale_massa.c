/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/scale/massa.h"

#include "drivers/scale/massa_frame.h"
#include "tests/devices/scale/cable.h"

#include <string.h>

/* scale.md A4. */
#define P1 "F8 55 CE 0D 00 24 0F 00 00 00 01 01 00 00 00 00 00 00 7D 42"
#define P2 "F8 55 CE 0D 00 24 00 00 00 00 01 01 00 01 00 00 00 00 FC 23"
#define P3 "F8 55 CE 0D 00 24 A3 01 00 00 02 01 00 00 00 00 00 00 F9 5D"
#define P4 "F8 55 CE 01 00 23 23 00"
#define P5 "F8 55 CE 01 00 72 72 00"
#define P6 "F8 55 CE 05 00 A3 FA 00 00 00 C6 18"
#define P7 "F8 55 CE 09 00 24 D2 04 00 00 01 00 00 00 F3 3A"
#define P8 "F8 55 CE 0D 00 24 FB FF FF FF 01 01 01 00 FA 00 00 00 40 E3"
#define P9 "F8 55 CE 02 00 28 08 08 28"
#define P10 "F8 55 CE 08 00 92 01 00 00 00 00 00 00 B5 EF"
#define ASK "> " P4 "\n< "
#define OPEN ASK P2 "\n"

static void test_vectors(void)
{
	static const struct {
		const char *hex;
		ScaleState state;
		int64_t micro, tare;
		bool is_net;
	} cases[] = {
		{ P1, SCALE_STABLE, 15000, 0, false },
		{ P2, SCALE_EMPTY, 0, 0, false },
		{ P3, SCALE_STABLE, 4190000, 0, false },
		{ P7, SCALE_MOVING, 1234000, 0, false },
		{ P8, SCALE_NEGATIVE, -5000, 250000, true },
		{ P9, SCALE_OVERLOAD, 0, 0, false },
		/* loaded at power-up: a two-byte message's CRC is the message */
		{ "F8 55 CE 02 00 28 18 18 28", SCALE_ZERO_ERROR, 0, 0, false },
		{ P1 P7, SCALE_MOVING, 1234000, 0, false },
		{ "00 FF " P1, SCALE_STABLE, 15000, 0, false },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GError) error = NULL;
		g_autoptr(GByteArray) bytes = hex_new(cases[i].hex);
		ScaleReading reading;

		g_test_message("%s", cases[i].hex);
		g_assert_true(massa_is_whole(bytes->data, bytes->len));
		g_assert_true(massa_decode(bytes->data, bytes->len, &reading, &error));
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
	g_autoptr(GByteArray) frame =
		massa_frame_new(expected->data[5], expected->data + 6, expected->len - 8);

	g_assert_cmpmem(frame->data, frame->len, expected->data, expected->len);
}

static void test_crc_and_requests(void)
{
	g_assert_cmphex(massa_crc((const uint8_t *)"123456789", 9), ==, 0xBEEF); /* P11 */
	check_frame(P4);
	check_frame(P5);
	check_frame(P6);
	check_frame(P9);
	check_frame(P10);
}

static void test_faults(void)
{
	static const struct {
		const char *hex;
		DeviceFault fault;
	} cases[] = {
		{ "F8 55 CE 02 00 28 17 17 28", DEVICE_FAULT_MECHANISM },
		{ "F8 55 CE 02 00 28 19 19 28", DEVICE_FAULT_NEEDS_SERVICE },
		{ "F8 55 CE 02 00 28 09 09 28", DEVICE_FAULT_REFUSED },
		{ "F8 55 CE 02 00 28 07 07 28", DEVICE_FAULT_PROTOCOL },
		{ "F8 55 CE 0D 00 24 0F 00 00 00 01 01 00 00 00 00 00 00 7D 43",
		  DEVICE_FAULT_PROTOCOL }, /* CRC */
		{ "F8 55 CE 09 00 24 D2 04 00 00 01 00 00 00 F3", DEVICE_FAULT_PROTOCOL },
		{ P6, DEVICE_FAULT_PROTOCOL }, /* another command's */
		{ "F8 55 CE 00 00 00 00", DEVICE_FAULT_PROTOCOL },
		{ "F8 55 CE FF FF 24 00 00", DEVICE_FAULT_PROTOCOL },
		{ "", DEVICE_FAULT_PROTOCOL },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GError) error = NULL;
		g_autoptr(GByteArray) bytes = hex_new(cases[i].hex);
		ScaleReading reading;

		g_test_message("%s", cases[i].hex);
		g_assert_false(massa_decode(bytes->data, bytes->len, &reading, &error));
		g_assert_error(error, DEVICE_FAULT, (int)cases[i].fault);
	}
}

/* Divisions 0.1 g and 1 kg, one that does not exist, a flag that is 2. */
static void test_divisions(void)
{
	static const struct {
		uint8_t division, stable;
		int64_t micro; /* -1: refused */
	} cases[] = {
		{ 0, 1, 1200 }, { 3, 1, 1200000 }, { 4, 1, 12000000 }, { 5, 1, -1 }, { 1, 2, -1 }
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GError) error = NULL;
		const uint8_t data[] = { 12, 0, 0, 0, cases[i].division, cases[i].stable, 0, 0 };
		g_autoptr(GByteArray) frame = massa_frame_new(0x24, data, sizeof data);
		ScaleReading reading = { .net = { -1 } };
		bool ok = massa_decode(frame->data, frame->len, &reading, &error);

		g_assert_true(ok == (cases[i].micro >= 0));
		g_assert_cmpint(reading.net.micro, ==, cases[i].micro);
	}
}

#define BAD_CRC "F8 55 CE 0D 00 24 0F 00 00 00 01 01 00 00 00 00 00 00 7D 43"
static void test_readings(void)
{
	Bench bench = bench_new("massa",
				OPEN ASK P3
				"\n" ASK P1 "\n"
				".\n< " P3 "\n" ASK P2 "\n" ASK P3 " " P2 "\n" ASK P4 " " P3 "\n"
				"> " P4 "\n< F8 55 CE 0D 00 24 A3\n.\n" ASK P3 "\n" ASK BAD_CRC
				"\n" ASK BAD_CRC "\n" ASK P3 "\n" ASK P9 "\n",
				NULL);

	expect_reading(&bench, SCALE_STABLE, 4190000);
	expect_reading(&bench, SCALE_BELOW_MINIMUM, 15000); /* of 40 g */
	expect_reading(&bench, SCALE_EMPTY, 0); /* not the one queued before */
	expect_reading(&bench, SCALE_EMPTY, 0); /* nor that before the answer */
	expect_reading(&bench, SCALE_STABLE, 4190000); /* behind an echo */
	expect_reading(&bench, SCALE_STABLE, 4190000); /* after a cut frame */
	expect_reading(&bench, SCALE_STABLE, 4190000); /* after two damaged ones */
	expect_reading(&bench, SCALE_OVERLOAD, 0);
	bench_end(&bench);
}

/* Half-duplex adapters give the question back, and the answer when it is ready. */
static void test_an_echo_alone_is_no_answer(void)
{
	Bench bench = bench_new("massa",
				OPEN ASK P4 "\n" ASK P4 "\n" ASK P4 "\n" ASK BAD_CRC
					    "\n" ASK BAD_CRC "\n" ASK BAD_CRC "\n",
				NULL);

	expect_fault(&bench, DEVICE_FAULT_OFFLINE);
	expect_fault(&bench, DEVICE_FAULT_PROTOCOL);
	bench_end(&bench);
	expect_no_scale("massa", "> " P4 "\n> " P4 "\n> " P4 "\n", NULL, DEVICE_FAULT_OFFLINE);
}

static void test_zero_and_tare(void)
{
	g_autoptr(GError) error = NULL;
	Bench bench =
		bench_new("massa",
			  OPEN "> " P5 "\n< F8 55 CE 01 00 27 27 00\n"
			       "> " P5 "\n< F8 55 CE 02 00 28 15 15 28\n"
			       "> " P6 "\n< F8 55 CE 01 00 12 12 00\n"
			       "> F8 55 CE 05 00 A3 00 00 00 00 CC E4\n< F8 55 CE 01 00 15 15 00\n",
			  NULL);

	g_assert_true(bench.driver->zero(bench.scale, &error));
	g_assert_no_error(error);
	g_assert_false(bench.driver->zero(bench.scale, &error));
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_REFUSED);
	g_clear_error(&error);
	g_assert_true(bench.driver->set_tare(bench.scale, (Quantity){ 250000 }, &error));
	g_assert_no_error(error);
	g_assert_false(bench.driver->set_tare(bench.scale, (Quantity){ 0 }, &error));
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_REFUSED);
	g_clear_error(&error);
	g_assert_false(bench.driver->set_tare(bench.scale, (Quantity){ 500 }, &error));
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_REFUSED);
	bench_end(&bench);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/scale/massa/vectors", test_vectors);
	g_test_add_func("/scale/massa/crc and requests", test_crc_and_requests);
	g_test_add_func("/scale/massa/faults", test_faults);
	g_test_add_func("/scale/massa/divisions", test_divisions);
	g_test_add_func("/scale/massa/readings", test_readings);
	g_test_add_func("/scale/massa/an echo alone is no answer", test_an_echo_alone_is_no_answer);
	g_test_add_func("/scale/massa/zero and tare", test_zero_and_tare);
	return g_test_run();
}
