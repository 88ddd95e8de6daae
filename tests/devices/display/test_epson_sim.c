/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/devices/display/pole.h"

#define SIM "display-epson"
#define BLANK POLE_BLANK
/* customer-display.md §7. */
#define D6 "1B 40 1B 52 00 1B 74 11 1F 43 00"
#define D7                                                                                         \
	"0C 8C AE AB AE AA AE 20 20 20 20 20 20 20 20 20 38 39 2E 39 30 1F 24 01 02 "              \
	"88 92 8E 83 8E 20 20 20 20 20 20 20 20 20 20 38 39 2E 39 30"
#define TEN "30 31 32 33 34 35 36 37 38 39"

static void test_vectors(void)
{
	Pole pole = pole_new(SIM, "epson-vectors", NULL);

	wire_send(pole.wire, D6);
	pole_expect(&pole, BLANK, BLANK);
	wire_send(pole.wire, D7);
	pole_expect(&pole, "Молоко         89.90", "ИТОГО          89.90");
	g_assert_false(pole_has(&pole, "FLAG"));
	pole_end(&pole);
}

static void test_commands_split_anyhow(void)
{
	Pole pole = pole_new(SIM, "epson-split", NULL);

	wire_send(pole.wire, "1B");
	wire_send(pole.wire, "74");
	wire_send(pole.wire, "11 0C 1F");
	wire_send(pole.wire, "24 05");
	wire_send(pole.wire, "02 8C");
	pole_expect(&pole, BLANK, "    М               ");
	g_assert_false(pole_has(&pole, "FLAG"));
	pole_end(&pole);
}

static void test_before_a_page_is_chosen_cyrillic_is_rubbish(void)
{
	Pole pole = pole_new(SIM, "epson-page", NULL);

	wire_send(pole.wire, "1B 40 8C");
	pole_expect(&pole, "î                   ", BLANK); /* CP437 */
	wire_send(pole.wire, "1B 74 06");
	pole_expect_words(&pole, "FLAG: there is no code page 06");
	wire_send(pole.wire, "1B 74 01 0C 8C");
	pole_expect_words(&pole, "FLAG: character 8C is not in the ROM");
	wire_send(pole.wire, "1B 74 10 0C E9");
	pole_expect(&pole, "é                   ", BLANK);
	wire_send(pole.wire, "1B 74 13 0C D5");
	pole_expect(&pole, "€                   ", BLANK);
	wire_send(pole.wire, "1B 52 12");
	pole_expect_words(&pole, "FLAG: there is no international set 12");
	pole_end(&pole);
}

static void test_moves(void)
{
	Pole pole = pole_new(SIM, "epson-moves", NULL);

	wire_send(pole.wire, "0C 41 0A 42 0D 43 1F 0A 44 1F 0D 45 0B 46 1F 42 47");
	/* A; down, B under the second cell; line start, C; up, D; right-most, E; home, F; bottom,
	 * G. */
	pole_expect(&pole, "FD                 E", "GB                  ");
	wire_send(pole.wire, "09 48 08 08 49 18");
	pole_expect(&pole, "FD                 E", BLANK);
	wire_send(pole.wire, "1F 24 14 01 5A 59");
	pole_expect(&pole, "FD                 Z", "Y                   ");
	g_assert_false(pole_has(&pole, "FLAG"));
	wire_send(pole.wire, "1F 24 15 01");
	pole_expect_words(&pole, "FLAG: no cell at column 21, row 1");
	wire_send(pole.wire, "1F 24 01 00");
	pole_expect_words(&pole, "FLAG: no cell at column 1, row 0");
	pole_end(&pole);
}

static void test_modes(void)
{
	Pole pole = pole_new(SIM, "epson-modes", NULL);

	wire_send(pole.wire, "0C " TEN TEN TEN TEN "41");
	pole_expect(&pole, "A1234567890123456789", "01234567890123456789");
	wire_send(pole.wire, "1F 02 1F 24 14 02 42 43");
	pole_expect(&pole, "0123456789012345678B", "C                   ");
	wire_send(pole.wire, "1F 03 0C " TEN TEN "41");
	pole_expect(&pole, "1234567890123456789A", BLANK);
	wire_send(pole.wire, "1F 01 1F 24 14 02 42 43");
	pole_expect(&pole, "C234567890123456789A", "                   B");
	pole_end(&pole);
}

static void test_looks(void)
{
	Pole pole = pole_new(SIM, "epson-looks", NULL);

	wire_send(pole.wire, "1F 58 02");
	pole_expect_words(&pole, "brightness 2");
	wire_send(pole.wire, "1F 72 01 41 1F 72 00");
	pole_expect_words(&pole, "characters are reverse");
	pole_expect_words(&pole, "characters are plain");
	wire_send(pole.wire, "1F 2E 42");
	pole_expect(&pole, "AB                  ", BLANK);
	wire_send(pole.wire, "1F 45 FF 1F 23 01 02 1F 54 17 3B 1F 55 1F 28 41 02 00 30 31 43");
	pole_expect(&pole, "ABC                 ", BLANK);
	g_assert_false(pole_has(&pole, "FLAG"));
	wire_send(pole.wire, "1F 58 05");
	pole_expect_words(&pole, "FLAG: there is no brightness 5");
	wire_send(pole.wire, "1F 43 02");
	pole_expect_words(&pole, "FLAG: the cursor is 0 or 1, not 2");
	wire_send(pole.wire, "1F 72 02");
	pole_expect_words(&pole, "FLAG: 1F 72 takes 0 or 1, not 2");
	wire_send(pole.wire, "1F 54 18 00");
	pole_expect_words(&pole, "FLAG: no time is 24:0");
	wire_send(pole.wire, "1B 57 01 01 01 01 05 01");
	pole_expect_words(&pole, "FLAG: windows are to be avoided");
	wire_send(pole.wire, "07");
	pole_expect_words(&pole, "FLAG: control byte 07");
	pole_end(&pole);
}

static void test_letters_that_are_drawn(void)
{
	Pole pole = pole_new(SIM, "epson-drawn", NULL);

	/* Ө, Ү, ₮ with the top dot in bit 0. */
	wire_send(pole.wire, "1B 26 01 F0 F2 05 3E 49 49 49 3E 05 03 04 78 04 03 05 11 15 7F 15 05 "
			     "1B 25 01 0C F0 F1 F2");
	pole_expect(&pole, "ӨҮ₮                 ", BLANK);
	g_assert_false(pole_has(&pole, "FLAG"));
	wire_send(pole.wire, "1B 25 00 1B 74 11 0C F0");
	pole_expect(&pole, "Ё                   ", BLANK);
	pole_end(&pole);
}

static void test_in_the_printers_line(void)
{
	Pole pole = pole_new(SIM, "epson-printer", NULL);

	/* A printer's bytes are nobody's commands here, even if they begin like ours. */
	wire_send(pole.wire, "0C 41 1B 3D 01 42 1B 26 1F 43 0C 1B 1B 3D 02 44");
	pole_expect(&pole, "AD                  ", BLANK);
	wire_send(pole.wire, "1B 3D 03 45");
	pole_expect(&pole, "ADE                 ", BLANK);
	g_assert_false(pole_has(&pole, "FLAG"));
	wire_send(pole.wire, "1B 3D 04");
	pole_expect_words(&pole, "FLAG: there is no device 04");
	pole_end(&pole);
}

static void test_macro(void)
{
	Pole pole = pole_new(SIM, "epson-macro", NULL);

	wire_send(pole.wire, "0C 1F 3A 41 42 1F 3A");
	pole_expect(&pole, "AB                  ", BLANK);
	wire_send(pole.wire, "1F 5E 01 01");
	pole_expect(&pole, "ABAB                ", BLANK);
	g_assert_false(pole_has(&pole, "FLAG"));
	wire_send(pole.wire, "1F 3A 1F 5E 01 01 1F 3A");
	pole_expect_words(&pole, "FLAG: a macro within a macro");
	wire_send(pole.wire, "1F 5E 01 01 0C 43");
	pole_expect(&pole, "C                   ", BLANK);
	pole_end(&pole);
}

static void test_another_familys_commands_are_text(void)
{
	Pole pole = pole_new(SIM, "epson-other", NULL);

	/* CD5220's upper line: 1B 51 is nothing here, what follows is shown. */
	wire_send(pole.wire, "1B 51 41 48 49 0D");
	pole_expect_words(&pole, "FLAG: unknown command 1B 51");
	pole_expect(&pole, "AHI                 ", BLANK);
	wire_send(pole.wire, "1B 6C 01 02");
	pole_expect_words(&pole, "FLAG: unknown command 1B 6C");
	pole_expect_words(&pole, "FLAG: control byte 01");
	wire_send(pole.wire, "1F 40");
	pole_expect_words(&pole, "FLAG: unknown command 1F 40");
	pole_end(&pole);
}

static void test_wrong_set(void)
{
	static const char *const faults[] = { "wrong_set", NULL };
	Pole pole = pole_new(SIM, "epson-wrong-set", faults);

	wire_send(pole.wire, "0C 1F 24 01 02 41");
	pole_expect(&pole, "$A                  ", BLANK);
	pole_end(&pole);
}

static void test_power_blinks(void)
{
	Pole pole = pole_new(SIM, "epson-cold", NULL);

	wire_send(pole.wire, D6);
	wire_send(pole.wire, "0C 41");
	pole_expect(&pole, "A                   ", BLANK);
	sim_say(pole.sim, "fault cold_reset");
	pole_expect_words(&pole, "control: fault cold_reset");
	wire_send(pole.wire, "42 43");
	pole_expect_words(&pole, "blank until it is initialised");
	wire_send(pole.wire, D6);
	wire_send(pole.wire, "44");
	pole_expect(&pole, "D                   ", BLANK);
	g_assert_false(pole_has(&pole, "GLASS|1|AB"));
	g_assert_false(pole_has(&pole, "GLASS|1|B"));
	pole_end(&pole);
}

static void test_katakana_rom(void)
{
	static const char *const faults[] = { "katakana", NULL };
	Pole pole = pole_new(SIM, "epson-katakana", faults);

	wire_send(pole.wire, D6);
	wire_send(pole.wire, "41 8C");
	pole_expect(&pole, "A▒                  ", BLANK);
	pole_expect_words(&pole, "FLAG: character 8C is not in the ROM");
	pole_end(&pole);
}

static void test_bytes_are_lost(void)
{
	static const char *const faults[] = { "lose_every=4", NULL };
	Pole pole = pole_new(SIM, "epson-lose", faults);

	wire_send(pole.wire, "0C 41 42 43 44 45 46 47 48");
	pole_expect(&pole, "ABDEFH              ", BLANK);
	pole_end(&pole);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/sim/epson display/vectors", test_vectors);
	g_test_add_func("/sim/epson display/commands split anyhow", test_commands_split_anyhow);
	g_test_add_func("/sim/epson display/before a page is chosen cyrillic is rubbish",
			test_before_a_page_is_chosen_cyrillic_is_rubbish);
	g_test_add_func("/sim/epson display/moves", test_moves);
	g_test_add_func("/sim/epson display/modes", test_modes);
	g_test_add_func("/sim/epson display/looks", test_looks);
	g_test_add_func("/sim/epson display/letters that are drawn", test_letters_that_are_drawn);
	g_test_add_func("/sim/epson display/in the printer's line", test_in_the_printers_line);
	g_test_add_func("/sim/epson display/macro", test_macro);
	g_test_add_func("/sim/epson display/another family's commands are text",
			test_another_familys_commands_are_text);
	g_test_add_func("/sim/epson display/wrong set", test_wrong_set);
	g_test_add_func("/sim/epson display/power blinks", test_power_blinks);
	g_test_add_func("/sim/epson display/katakana rom", test_katakana_rom);
	g_test_add_func("/sim/epson display/bytes are lost", test_bytes_are_lost);
	return g_test_run();
}
