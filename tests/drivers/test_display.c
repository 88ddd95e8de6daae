/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/display/display.h"
#include "drivers/port/transcript.h"

#include <string.h>

#define START "> 0D 0D 0C 1B 40 1B 5F 00\n"
/* Ө ө Ү ү ₮ ₽, by column, the top dot in the highest bit. */
#define GLYPHS(first, last)                                                                        \
	"> 1B 26 01 " first " " last "\n"                                                          \
	"> 05 7C 92 92 92 7C\n"                                                                    \
	"> 05 1C 2A 2A 2A 1C\n"                                                                    \
	"> 05 C0 20 1E 20 C0\n"                                                                    \
	"> 05 20 10 0E 10 20\n"                                                                    \
	"> 05 80 A8 FE A8 80\n"                                                                    \
	"> 05 04 FE 94 94 60\n"                                                                    \
	"> 1B 25 01\n"

static GHashTable *options_new(const char *first_key, ...)
{
	GHashTable *options = g_hash_table_new(g_str_hash, g_str_equal);
	va_list args;

	va_start(args, first_key);
	for (const char *key = first_key; key != NULL; key = va_arg(args, const char *))
		g_hash_table_insert(options, (char *)key, va_arg(args, char *));
	va_end(args);
	return options;
}

/* What the display was sent after its start, for one screen. */
static void check_screen(GHashTable *options, const char *transcript, const char *upper,
			 const char *lower)
{
	g_autoptr(GError) error = NULL;
	struct port *port = port_new_transcript(transcript, &error);
	const struct display_driver *driver = display_driver_find("cd5220");
	struct display *display = driver->open(port, options, &error);

	g_assert_no_error(error);
	g_assert_true(driver->show(display, upper, lower, &error));
	g_assert_no_error(error);
	g_assert_true(port_transcript_is_done(port));
	driver->close(display);
	port_close(port);
}

/* customer-display.md §7: D1, D2, D3. */
static void test_vectors(void)
{
	g_autoptr(GHashTable) options = options_new("glyphs", "no", NULL);
	g_autofree char *upper = display_line_new("ITEM 1", "10.00");
	g_autofree char *lower = display_line_new("TOTAL", "10.00");

	check_screen(options,
		     START "> 1B 51 41 49 54 45 4D 20 31 20 20 20 20 20 20 20 20 20 31 30 2E 30 30 "
			   "0D\n"
			   "> 1B 51 42 54 4F 54 41 4C 20 20 20 20 20 20 20 20 20 20 31 30 2E 30 30 "
			   "0D\n",
		     upper, lower);
}

#define BLANKS_20 "20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20"

static void test_russian_in_cp866(void)
{
	/* D7's words, in CD5220's frame. */
	check_screen(
		NULL,
		START GLYPHS("B0", "B5") "> 1B 51 41 8C AE AB AE AA AE 20 20 20 20 20 20 20 20 "
					 "20 38 39 2E 39 30 0D\n"
					 "> 1B 51 42 88 92 8E 83 8E 20 20 20 20 20 20 20 20 20 "
					 "20 38 39 2E 39 30 0D\n",
		"Молоко         89.90", "ИТОГО          89.90");
}

static void test_mongolian_letters_are_drawn(void)
{
	check_screen(
		NULL,
		START GLYPHS("B0", "B5") "> 1B 51 41 B0 B1 B2 B3 B4 B5 20 20 20 20 20 20 20 20 "
					 "20 20 20 20 20 20 0D\n"
					 "> 1B 51 42 " BLANKS_20 " 0D\n",
		"ӨөҮү₮₽", "");
}

static void test_drawn_cells_hide_their_own_signs(void)
{
	g_autoptr(GHashTable) options = options_new("codepage", "wcp1251", NULL);

	check_screen(
		options,
		START GLYPHS("8A", "8F") "> 1B 51 41 3F 8A CC 20 20 20 20 20 20 20 20 20 20 20 "
					 "20 20 20 20 20 20 0D\n"
					 "> 1B 51 42 " BLANKS_20 " 0D\n",
		"ЉӨМ", "");
}

static void test_consent_to_other_letters(void)
{
	g_autoptr(GHashTable) options =
		options_new("glyphs", "no", "letters", "ӨО,ҮУ", "codepage", "cp866", NULL);

	check_screen(options,
		     START
		     "> 1B 51 41 8E AE 93 E3 3F 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 0D\n"
		     "> 1B 51 42 " BLANKS_20 " 0D\n",
		     "ӨөҮү₮", "");
}

/* Bytes that would be commands, broken UTF-8, letters apart from their marks, and too much of it.
 */
static void test_any_text_is_twenty_cells(void)
{
	g_autoptr(GHashTable) options = options_new("glyphs", "no", "codepage", "ascii", NULL);

	check_screen(options,
		     START
		     "> 1B 51 41 41 42 3F 43 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 0D\n"
		     "> 1B 51 42 30 31 32 33 34 35 36 37 38 39 30 31 32 33 34 35 36 37 38 39 "
		     "0D\n",
		     "A\r\x1B\x0C"
		     "B\xFF"
		     "C",
		     "0123456789012345678901234567890");
	check_screen(
		NULL,
		START GLYPHS("B0", "B5") "> 1B 51 41 A9 2D 22 22 20 20 20 20 20 20 20 20 20 20 "
					 "20 20 20 20 20 20 0D\n"
					 "> 1B 51 42 " BLANKS_20 " 0D\n",
		"и\u0306—«»", "");
}

static void check_line(const char *name, const char *amount, const char *expected)
{
	g_autofree char *line = display_line_new(name, amount);

	g_assert_cmpstr(line, ==, expected);
}

static void test_lines(void)
{
	check_line("Сүү 1 л", "3 200", "Сүү 1 л        3 200");
	check_line("Талх Атар 600 г цагаан", "5 000.00", "Талх Атар 6 5 000.00");
	check_line("exactly eighteen ch", "1", "exactly eighteen c 1");
	check_line("", "", "                    ");
	check_line("name alone, cut at twenty", "", "name alone, cut at t");
	check_line("name", "1234567890123456789", " 1234567890123456789");
	check_line("name", "12345678901234567890", "12345678901234567890");
}

static void test_gone(void)
{
	g_autoptr(GError) error = NULL;
	struct port *port = port_new_transcript(START "!\n", &error);
	const struct display_driver *driver = display_driver_find("cd5220");
	g_autoptr(GHashTable) options = options_new("glyphs", "no", NULL);
	struct display *display = driver->open(port, options, &error);

	g_assert_no_error(error);
	g_assert_false(driver->show(display, "", "", &error));
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_OFFLINE);
	driver->close(display);
	port_close(port);
	g_assert_null(display_driver_find("hologram"));
}

static void test_bad_options(void)
{
	static const char *const bad[][2] = { { "codepage", "ebcdic" },
					      { "glyphs", "maybe" },
					      { "letters", "Ө" } };

	for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
		g_autoptr(GError) error = NULL;
		struct port *port = port_new_transcript("", &error);
		g_autoptr(GHashTable) options = options_new(bad[i][0], bad[i][1], NULL);

		g_assert_null(display_driver_find("cd5220")->open(port, options, &error));
		g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_BAD_ADDRESS);
		port_close(port);
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/display/vectors", test_vectors);
	g_test_add_func("/display/russian", test_russian_in_cp866);
	g_test_add_func("/display/mongolian", test_mongolian_letters_are_drawn);
	g_test_add_func("/display/drawn_cells", test_drawn_cells_hide_their_own_signs);
	g_test_add_func("/display/consent", test_consent_to_other_letters);
	g_test_add_func("/display/any_text", test_any_text_is_twenty_cells);
	g_test_add_func("/display/lines", test_lines);
	g_test_add_func("/display/gone", test_gone);
	g_test_add_func("/display/bad_options", test_bad_options);
	return g_test_run();
}
