/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/scale/line.h"
#include "tests/devices/scale/cable.h"

#include <string.h>

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

static bool push(ScaleGate *gate, ScaleState state, int64_t micro)
{
	ScaleReading reading = { .state = state, .net = { .micro = micro } };

	return scale_gate_push(gate, &reading);
}

static void test_only_stable_weight_is_sold(void)
{
	ScaleGate gate = { 0 };

	for (int state = 0; state < SCALE_N_STATES; state++)
		g_assert_true(push(&gate, (ScaleState)state, 1234000) == (state == SCALE_STABLE));
	g_assert_false(push(&gate, SCALE_STABLE, 0));
	g_assert_false(push(&gate, SCALE_STABLE, -1000));
}

static void test_a_weight_is_sold_once(void)
{
	ScaleGate gate = { 0 };

	g_assert_true(push(&gate, SCALE_STABLE, 1234000));
	scale_gate_sell(&gate, (Quantity){ 1234000 });
	g_assert_false(push(&gate, SCALE_STABLE, 1234000));
	g_assert_false(push(&gate, SCALE_MOVING, 600000));
	g_assert_false(push(&gate, SCALE_STABLE, 1234000));
}

static void test_the_next_comes_after_an_empty_platform(void)
{
	ScaleGate gate = { 0 };

	scale_gate_sell(&gate, (Quantity){ 1234000 });
	g_assert_false(push(&gate, SCALE_MOVING, 100000));
	g_assert_false(push(&gate, SCALE_EMPTY, 0));
	g_assert_true(push(&gate, SCALE_STABLE, 1234000));
	scale_gate_sell(&gate, (Quantity){ 1234000 });
	g_assert_false(push(&gate, SCALE_NEGATIVE, -5000)); /* the bowl was lifted too */
	g_assert_true(push(&gate, SCALE_STABLE, 1234000));
}

static void test_another_weight_is_another_sale(void)
{
	ScaleGate gate = { 0 };

	scale_gate_sell(&gate, (Quantity){ 1234000 });
	g_assert_true(push(&gate, SCALE_STABLE, 1236000));
}

static void test_limits(void)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GHashTable) options = options_new("minimum", "0.1", "capacity", "6", NULL);
	static const struct {
		int64_t net, tare;
		ScaleState state;
	} cases[] = {
		{ 99000, 0, SCALE_BELOW_MINIMUM }, { 100000, 0, SCALE_STABLE },
		{ 60000, 40000, SCALE_STABLE }, /* the load counts, not what is sold */
		{ 6000000, 0, SCALE_STABLE },	   { 6001000, 0, SCALE_OVERLOAD },
	};
	ScaleLimits limits;

	g_assert_true(scale_limits_parse(options, &limits, &error));
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		ScaleReading reading = { .state = SCALE_STABLE,
					 .net = { cases[i].net },
					 .tare = { cases[i].tare } };

		scale_limits_apply(&limits, &reading);
		g_assert_cmpint(reading.state, ==, cases[i].state);
	}
	g_assert_true(scale_limits_parse(NULL, &limits, &error));
	g_assert_cmpint(limits.minimum.micro, ==, 40000);
	g_hash_table_insert(options, (char *)"minimum", (char *)"-1");
	g_assert_false(scale_limits_parse(options, &limits, &error));
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_BAD_ADDRESS);
}

static void test_decimals(void)
{
	static const struct {
		const char *text;
		int decimals;
		int64_t value; /* -1: refused */
	} cases[] = {
		{ "01.234", 6, 1234000 },
		{ "  0.275", 6, 275000 },
		{ "1.2345", 6, 1234500 },
		{ "  1234", 3, 1234000 },
		{ "      ", 6, -1 },
		{ "1 .234", 6, -1 },
		{ "1.2.34", 6, -1 },
		{ "1.", 6, -1 },
		{ ".5", 6, 500000 },
		{ "1234567890", 6, -1 },
		{ "1.2345", 3, -1 },
		{ "-1.000", 6, -1 },
		{ "999999999", 6, INT64_C(999999999000000) },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		int64_t value = -1;
		bool ok = scale_parse_decimal((const uint8_t *)cases[i].text, strlen(cases[i].text),
					      cases[i].decimals, &value);

		g_assert_true(ok == (cases[i].value >= 0));
		g_assert_cmpint(value, ==, cases[i].value);
	}
}

/* All of them give up a scale that is silent within a second of real time. */
static void test_silence_takes_less_than_a_second(void)
{
	static const char *const names[] = { "cas", "dialog06", "mt8217", "massa", "pos2" };
	int master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
	g_autofree char *address = NULL;

	g_assert_cmpint(master, >=, 0);
	g_assert_cmpint(grantpt(master), ==, 0);
	g_assert_cmpint(unlockpt(master), ==, 0);
	address = g_strdup_printf("pty:%s", ptsname(master));
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autoptr(GError) error = NULL;
		struct port *port = port_open(address, &error);
		int64_t begun = g_get_monotonic_time();

		g_assert_no_error(error);
		g_assert_null(scale_driver_find(names[i])->open(port, NULL, &error));
		g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_OFFLINE);
		g_assert_cmpint(g_get_monotonic_time() - begun, <, 1000000);
		port_close(port);
	}
	close(master);
}

static void test_names(void)
{
	g_assert_null(scale_driver_find("no-such-scale"));
	g_assert_cmpstr(scale_driver_find("massa")->settings, ==, "baud=57600");
	g_assert_null(scale_driver_find("cas")->zero); /* its protocol has none */
	g_assert_null(scale_driver_find("cas")->set_tare);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/scale/gate/only stable weight is sold", test_only_stable_weight_is_sold);
	g_test_add_func("/scale/gate/a weight is sold once", test_a_weight_is_sold_once);
	g_test_add_func("/scale/gate/the next comes after an empty platform",
			test_the_next_comes_after_an_empty_platform);
	g_test_add_func("/scale/gate/another weight is another sale",
			test_another_weight_is_another_sale);
	g_test_add_func("/scale/limits", test_limits);
	g_test_add_func("/scale/decimals", test_decimals);
	g_test_add_func("/scale/silence takes less than a second",
			test_silence_takes_less_than_a_second);
	g_test_add_func("/scale/names", test_names);
	return g_test_run();
}
