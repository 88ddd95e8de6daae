/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/sim.h"
#include "tests/sim/wire.h"
#include "tests/wait_file.h"

#include <string.h>

/* What a shopper would see (customer-display §2, §7, §9), read from the log as a window does. */
typedef struct {
	SimThread *sim;
	Wire *wire;
	char *log;
} Pole;

static Pole pole_new(const char *name)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *file = g_strdup_printf("%s.log", name);
	Pole pole = { .log = scratch_new(file) };

	pole.sim = sim_start("display-cd5220",
			     &(SimOptions){ .log_path = pole.log, .control_fd = -1 }, &error);
	g_assert_no_error(error);
	pole.wire = wire_new(sim_thread_get_address(pole.sim));
	return pole;
}

static void pole_end(Pole *pole)
{
	g_autoptr(GError) error = NULL;

	wire_free(pole->wire);
	g_assert_true(sim_stop(pole->sim, &error));
	g_free(pole->log);
}

static void expect_glass(Pole *pole, const char *upper, const char *lower)
{
	g_autofree char *text = g_strdup_printf("GLASS|1|%s\nGLASS|2|%s\n", upper, lower);

	g_assert_cmpint(g_utf8_strlen(upper, -1), ==, 20);
	g_assert_cmpint(g_utf8_strlen(lower, -1), ==, 20);
	wait_for_text(pole->log, text);
}

#define BLANK "                    "

static void test_two_lines(void)
{
	Pole pole = pole_new("lines");

	wire_send(pole.wire, "1B 40 1B 5F 00");
	expect_glass(&pole, BLANK, BLANK);
	/* D2 and D3 of the page. */
	wire_send(pole.wire,
		  "1B 51 41 49 54 45 4D 20 31 20 20 20 20 20 20 20 20 20 31 30 2E 30 30 0D");
	expect_glass(&pole, "ITEM 1         10.00", BLANK);
	/* A command split over any number of writes. */
	wire_send(pole.wire, "1B");
	wire_send(pole.wire, "51");
	wire_send(pole.wire, "42 54 4F 54 41 4C 20 20 20 20 20 20");
	wire_send(pole.wire, "20 20 20 20 31 30 2E 30 30 0D");
	expect_glass(&pole, "ITEM 1         10.00", "TOTAL          10.00");
	g_assert_false(file_has(pole.log, "FLAG"));
	pole_end(&pole);
}

static void test_cyrillic(void)
{
	Pole pole = pole_new("cyrillic");

	/* "Молоко         89.90" in CP866. */
	wire_send(
		pole.wire,
		"1B 63 52 1B 51 41 8C AE AB AE AA AE 20 20 20 20 20 20 20 20 20 38 39 2E 39 30 0D");
	expect_glass(&pole, "Молоко         89.90", BLANK);
	g_assert_false(file_has(pole.log, "FLAG"));
	pole_end(&pole);
}

static void test_wrong_width_and_control_bytes_are_flagged(void)
{
	Pole pole = pole_new("width");

	wire_send(pole.wire, "1B 51 41 49 54 45 4D 0D");
	wait_for_text(pole.log, "FLAG: the line has 4 cells, not 20");
	wire_send(pole.wire,
		  "1B 51 42 49 54 45 4D 0A 20 20 20 20 20 20 20 20 20 20 31 30 2E 30 30 0D");
	wait_for_text(pole.log, "FLAG: control byte 0A within the text");
	pole_end(&pole);
}

static void test_string_mode_refuses_the_cursor(void)
{
	Pole pole = pole_new("string");

	wire_send(pole.wire,
		  "1B 51 41 49 54 45 4D 20 31 20 20 20 20 20 20 20 20 20 31 30 2E 30 30 0D");
	expect_glass(&pole, "ITEM 1         10.00", BLANK);
	wire_send(pole.wire, "1B 6C 01 02");
	wait_for_text(pole.log, "FLAG: command 1B 6C refused in string mode");
	wire_send(pole.wire, "1B 2A 02");
	wait_for_text(pole.log, "FLAG: command 1B 2A refused in string mode");
	wire_send(pole.wire, "0C 1B 2A 02 1B 6C 01 02 41");
	expect_glass(&pole, BLANK, "A                   ");
	g_assert_true(file_has(pole.log, "brightness 2"));
	pole_end(&pole);
}

static void test_overwrite_wraps_and_vertical_scrolls(void)
{
	static const char *const digits = "30 31 32 33 34 35 36 37 38 39";
	Pole pole = pole_new("wrap");

	wire_send(pole.wire, "0C");
	for (int i = 0; i < 4; i++)
		wire_send(pole.wire, digits);
	wire_send(pole.wire, "41");
	expect_glass(&pole, "A1234567890123456789", "01234567890123456789");
	wire_send(pole.wire, "1B 12 1B 6C 14 02 42 43");
	expect_glass(&pole, "0123456789012345678B", "C                   ");
	pole_end(&pole);
}

static void test_drawn_letters_are_read(void)
{
	Pole pole = pole_new("drawn");

	/* Ө, Ү, ₮ with the top dot in bit 0, then a chessboard nobody can read. */
	wire_send(pole.wire, "1B 26 01 F0 F3 "
			     "05 3E 49 49 49 3E "
			     "05 03 04 78 04 03 "
			     "05 11 15 7F 15 05 "
			     "05 55 2A 55 2A 55 "
			     "1B 25 01");
	wire_send(pole.wire,
		  "1B 51 41 F0 F1 F2 F3 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 0D");
	expect_glass(&pole, "ӨҮ₮▒                ", BLANK);
	wire_send(
		pole.wire,
		"1B 3F F3 1B 51 41 F0 F3 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 0D");
	expect_glass(&pole, "Өє                  ", BLANK); /* the ROM again: CP866 */
	pole_end(&pole);
}

static void test_bytes_for_the_printer_are_not_shown(void)
{
	Pole pole = pole_new("printer");

	wire_send(pole.wire, "0C 1B 3D 01 41 42 43 1B 3D 02 44");
	expect_glass(&pole, "D                   ", BLANK);
	pole_end(&pole);
}

static void test_power_comes_back_blank(void)
{
	Pole pole = pole_new("power");

	wire_send(pole.wire, "0C 41");
	expect_glass(&pole, "A                   ", BLANK);
	sim_say(pole.sim, "power");
	g_assert_true(wire_is_gone(pole.wire));
	wire_free(pole.wire);
	pole.wire = wire_new(sim_thread_get_address(pole.sim));
	wire_send(pole.wire, "42");
	expect_glass(&pole, "B                   ", BLANK);
	pole_end(&pole);
}

static void test_scanner_sends_what_it_is_told(void)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *log = scratch_new("scanner.log");
	SimThread *sim = sim_start("scanner-serial",
				   &(SimOptions){ .log_path = log, .control_fd = -1 }, &error);
	Wire *wire;

	g_assert_no_error(error);
	wire = wire_new(sim_thread_get_address(sim));
	wait_for_text(log, "host connected");
	sim_say(sim, "4606203090785");
	wire_expect(wire, "34 36 30 36 32 30 33 30 39 30 37 38 35 0D");
	wire_free(wire);
	g_assert_true(sim_stop(sim, &error));
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/sim/display/two lines", test_two_lines);
	g_test_add_func("/sim/display/cyrillic", test_cyrillic);
	g_test_add_func("/sim/display/wrong width and control bytes are flagged",
			test_wrong_width_and_control_bytes_are_flagged);
	g_test_add_func("/sim/display/string mode refuses the cursor",
			test_string_mode_refuses_the_cursor);
	g_test_add_func("/sim/display/overwrite wraps and vertical scrolls",
			test_overwrite_wraps_and_vertical_scrolls);
	g_test_add_func("/sim/display/drawn letters are read", test_drawn_letters_are_read);
	g_test_add_func("/sim/display/bytes for the printer are not shown",
			test_bytes_for_the_printer_are_not_shown);
	g_test_add_func("/sim/display/power comes back blank", test_power_comes_back_blank);
	g_test_add_func("/sim/display/scanner sends what it is told",
			test_scanner_sends_what_it_is_told);
	return g_test_run();
}
