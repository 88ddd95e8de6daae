/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/scale/dialog06.h"
#include "tests/devices/scale/cable.h"

#include <string.h>

/* scale.md A3: price 8.99, 1.234 kg, 11.09. */
#define PRICE "04 02 30 31 1B 30 30 30 38 39 39 1B 03"
#define RESULT "02 30 32 1B 33 1B 30 31 32 33 34 1B 30 30 30 38 39 39 1B 30 30 31 31 30 39 03"
#define STATUS(a, b) "02 30 39 1B " a " " b " 03"
#define ASK_STATUS "> 04 02 30 38 03\n< "
#define OPEN ASK_STATUS STATUS("30", "30") "\n"
#define ASK_PRICE "> " PRICE "\n< "
#define ASK_RESULT "> 04 05\n< "

static Bench scale_with_price(const char *script)
{
	g_autoptr(GError) error = NULL;
	Bench bench = bench_new("dialog06", script, NULL);

	g_assert_true(bench.driver->set_price(bench.scale, 899, &error));
	g_assert_no_error(error);
	return bench;
}

static void test_example(void)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GByteArray) expected = hex_new(PRICE), bytes = hex_new(RESULT);
	uint8_t request[DIALOG06_RECORD_MAX];
	size_t len = dialog06_encode_price(899, 6, request);
	ScaleReading reading;

	g_assert_cmpmem(request, len, expected->data, expected->len);
	g_assert_true(dialog06_decode(bytes->data, bytes->len, 899, 6, &reading, &error));
	g_assert_cmpint(reading.state, ==, SCALE_STABLE);
	g_assert_cmpint(reading.net.micro, ==, 1234000);
	for (guint i = 0; i < bytes->len; i++) /* a 7O1 line seen by an 8-bit port */
		bytes->data[i] |= i % 2 == 0 ? 0x80 : 0;
	g_assert_true(dialog06_decode(bytes->data, bytes->len, 899, 6, &reading, &error));
	g_assert_cmpint(reading.net.micro, ==, 1234000);
}

static void test_prices_that_do_not_fit(void)
{
	uint8_t request[DIALOG06_RECORD_MAX];

	g_assert_cmpuint(dialog06_encode_price(99999, 5, request), >, 0);
	g_assert_cmpuint(dialog06_encode_price(100000, 5, request), ==, 0);
	g_assert_cmpuint(dialog06_encode_price(-1, 6, request), ==, 0);
	g_assert_cmpuint(dialog06_encode_price(G_MAXINT64, 6, request), ==, 0);
}

static void test_results_that_are_none(void)
{
	static const struct {
		const char *hex;
		DeviceFault fault;
		const char *words;
	} cases[] = {
		{ "02 30 32 1B 33 1B 30 31 32 33 34 1B 30 30 30 38 39 38 1B 30 30 31 31 30 39 03",
		  DEVICE_FAULT_PROTOCOL, "another price" },
		{ "02 30 32 1B 30 1B 30 31 32 33 34 1B 30 30 30 38 39 39 1B 30 30 31 31 30 39 03",
		  DEVICE_FAULT_PROTOCOL, "pounds" },
		{ "02 30 32 1B 33 1B 30 31 32 33 3A 1B 30 30 30 38 39 39 1B 30 30 31 31 30 39 03",
		  DEVICE_FAULT_PROTOCOL, "no number" },
		{ "02 30 32 1B 33 1B 30 31 32 33 34 1B 03", DEVICE_FAULT_PROTOCOL, "strange" },
		{ "02 31 31 1B 32 34 37 03", DEVICE_FAULT_NEEDS_SERVICE, "secret" },
		{ "02 03", DEVICE_FAULT_PROTOCOL, "no result" },
		{ "", DEVICE_FAULT_PROTOCOL, "no result" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GError) error = NULL;
		g_autoptr(GByteArray) bytes = hex_new(cases[i].hex);
		ScaleReading reading;

		g_assert_false(dialog06_decode(bytes->data, bytes->len, 899, 6, &reading, &error));
		g_assert_error(error, DEVICE_FAULT, (int)cases[i].fault);
		g_assert_nonnull(strstr(error->message, cases[i].words));
	}
}

static void test_a_weight(void)
{
	Bench bench = scale_with_price(OPEN ASK_PRICE "06\n" ASK_RESULT RESULT "\n"
				       /* the adapter's echo */
				       ASK_PRICE PRICE " 06\n" ASK_RESULT "04 05 " RESULT "\n"
				       /* damaged: the result again, not the price */
				       ASK_PRICE "06\n" ASK_RESULT "02 30 32 03\n" ASK_RESULT RESULT
						      "\n");

	for (int i = 0; i < 3; i++)
		expect_reading(&bench, SCALE_STABLE, 1234000);
	bench_end(&bench);
}

static void test_why_there_is_none(void)
{
#define NO_WEIGHT(a, b) ASK_PRICE "06\n" ASK_RESULT "15\n" ASK_STATUS STATUS(a, b) "\n"
	Bench bench = scale_with_price(OPEN NO_WEIGHT("32", "30") NO_WEIGHT("32", "31")
					       NO_WEIGHT("33", "30") NO_WEIGHT("33", "31")
						       NO_WEIGHT("33", "32")
				       /* the price itself is refused */
				       ASK_PRICE "15\n" ASK_STATUS STATUS("31", "31") "\n"
				       /* not finished, then moving */
				       NO_WEIGHT("32", "32") NO_WEIGHT("32", "30"));

	expect_reading(&bench, SCALE_MOVING, 0);
	expect_reading(&bench, SCALE_MOVING, 0);
	expect_reading(&bench, SCALE_BELOW_MINIMUM, 0);
	expect_reading(&bench, SCALE_NEGATIVE, 0);
	expect_reading(&bench, SCALE_OVERLOAD, 0);
	expect_fault(&bench, DEVICE_FAULT_REFUSED);
	expect_reading(&bench, SCALE_MOVING, 0);
	bench_end(&bench);
}

static void test_the_secret_check_sum(void)
{
	Bench bench =
		scale_with_price(OPEN ASK_PRICE "06\n" ASK_RESULT "02 31 31 1B 32 34 37 03\n");

	expect_fault(&bench, DEVICE_FAULT_NEEDS_SERVICE);
	bench_end(&bench);
	expect_no_scale("dialog06", ASK_STATUS "02 31 31 1B 32 34 37 03\n", NULL,
			DEVICE_FAULT_NEEDS_SERVICE);
}

static void test_silence(void)
{
	g_autoptr(GHashTable) options = options_new("price_digits", "7", NULL);
	Bench bench = scale_with_price(OPEN "> " PRICE "\n> " PRICE "\n> " PRICE "\n");

	expect_fault(&bench, DEVICE_FAULT_OFFLINE);
	bench_end(&bench);
	expect_no_scale("dialog06", "> 04 02 30 38 03\n> 04 02 30 38 03\n> 04 02 30 38 03\n", NULL,
			DEVICE_FAULT_OFFLINE);
	expect_no_scale("dialog06", "", options, DEVICE_FAULT_BAD_ADDRESS);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/scale/dialog06/example", test_example);
	g_test_add_func("/scale/dialog06/prices that do not fit", test_prices_that_do_not_fit);
	g_test_add_func("/scale/dialog06/results that are none", test_results_that_are_none);
	g_test_add_func("/scale/dialog06/a weight", test_a_weight);
	g_test_add_func("/scale/dialog06/why there is none", test_why_there_is_none);
	g_test_add_func("/scale/dialog06/the secret check sum", test_the_secret_check_sum);
	g_test_add_func("/scale/dialog06/silence", test_silence);
	return g_test_run();
}
