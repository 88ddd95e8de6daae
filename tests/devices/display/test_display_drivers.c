/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/display/display.h"
#include "drivers/display/display_cells.h"
#include "drivers/display/screen.h"
#include "drivers/port/transcript.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

/* The drivers of displays against the vectors of customer-display.md §7. D4, CD5220's cursor, is
 * none of them: string mode has no cursor, and no driver leaves that mode. */

/* "key=value" each. NULL where there are none. */
static GHashTable *options_new(const char *text)
{
	GHashTable *options = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	g_auto(GStrv) words = g_strsplit(text, " ", -1);

	for (int i = 0; words[i] != NULL; i++) {
		char **pair = g_strsplit(words[i], "=", 2);

		if (pair[0] != NULL)
			g_hash_table_insert(options, g_strdup(pair[0]), g_strdup(pair[1]));
		g_strfreev(pair);
	}
	return options;
}

#define BLANKS_5 "20 20 20 20 20 "
#define BLANKS_15 BLANKS_5 BLANKS_5 BLANKS_5
#define BLANKS_20 BLANKS_15 BLANKS_5
#define CD5220_START "> 0D 0D 0C 1B 40 1B 5F 00\n"
#define NO_GLYPHS "glyphs=no "

/* D2 and D3, D7: their twenty cells. */
#define ITEM "49 54 45 4D 20 31 20 20 20 20 20 20 20 20 20 31 30 2E 30 30 "
#define TOTAL "54 4F 54 41 4C 20 20 20 20 20 20 20 20 20 20 31 30 2E 30 30 "
#define MILK_866 "8C AE AB AE AA AE 20 20 20 20 20 20 20 20 20 38 39 2E 39 30 "
#define SUM_866 "88 92 8E 83 8E 20 20 20 20 20 20 20 20 20 20 38 39 2E 39 30 "
#define MILK_1251 "CC EE EB EE EA EE 20 20 20 20 20 20 20 20 20 38 39 2E 39 30 "
#define SUM_1251 "C8 D2 CE C3 CE 20 20 20 20 20 20 20 20 20 20 38 39 2E 39 30 "
#define D6 "1B 40 1B 52 00 1B 74 11 1F 43 00 "
#define D7 "0C 1B 74 11 " MILK_866 "1F 24 01 02 " SUM_866
#define D8 "04 01 43 31 58 17 04 01 50 31 17 "
#define DSP_TEXT "> 04 01 50 31 17 " ITEM "04 01 50 45 17 " TOTAL "\n"
#define AEDEX_BLANK "> 0D 21 23 31 " BLANKS_20 "0D 21 23 32 " BLANKS_20 "0D\n"

static const struct {
	const char *driver, *options, *upper, *lower, *transcript;
} screens[] = {
	/* D1, D2, D3 */
	{ "cd5220", NO_GLYPHS, "ITEM 1         10.00", "TOTAL          10.00",
	  CD5220_START "> 1B 51 41 " ITEM "0D 1B 51 42 " TOTAL "0D\n" },
	/* D5 */
	{ "cd5220", NO_GLYPHS "brightness=50", "ITEM 1         10.00", "TOTAL          10.00",
	  CD5220_START "> 1B 2A 02\n"
		       "> 1B 51 41 " ITEM "0D 1B 51 42 " TOTAL "0D\n" },
	/* D10, and small letters, which these ROMs lack */
	{ "cd5220", NO_GLYPHS "codepage=tysso", "Итого", "б b №",
	  CD5220_START "> 1B 51 41 A5 54 4F A1 4F " BLANKS_15 "0D\n"
		       "> 1B 51 42 A0 20 42 20 3F " BLANKS_15 "0D\n" },
	{ "cd5220", NO_GLYPHS "codepage=dpd201", "ИТОГО", "ь я",
	  CD5220_START "> 1B 51 41 B8 54 4F B1 4F " BLANKS_15 "0D\n"
		       "> 1B 51 42 62 20 CA 20 20 " BLANKS_15 "0D\n" },
	/* D6, D7 */
	{ "epson", "", "Молоко         89.90", "ИТОГО          89.90",
	  "> 0D 0C " D6 "\n> " D7 "\n" },
	{ "epson", "codepage=wcp1251 page=0C brightness=100", "Молоко         89.90",
	  "ИТОГО          89.90",
	  "> 0D 0C 1B 40 1B 52 00 1B 74 0C 1F 43 00 1F 58 04\n"
	  "> 0C 1B 74 0C " MILK_1251 "1F 24 01 02 " SUM_1251 "\n" },
	{ "epson", "codepage=dpd201", "ИТОГО", "",
	  "> 0D 0C 1B 40 1B 52 00 1F 43 00\n"
	  "> 0C B8 54 4F B1 4F " BLANKS_15 "1F 24 01 02 " BLANKS_20 "\n" },
	/* No byte reaches the printer: neither CR nor FF, and it has the line in the end. */
	{ "epson", "passthrough=yes", "Молоко         89.90", "ИТОГО          89.90",
	  "> 1B 3D 02 " D6 "1B 3D 01\n> 1B 3D 02 " D7 "1B 3D 01\n" },
	{ "epson", "letters=ӨО,ҮУ", "ӨөҮү₮", "",
	  "> 0D 0C " D6 "\n> 0C 1B 74 11 8E AE 93 E3 3F " BLANKS_15 "1F 24 01 02 " BLANKS_20 "\n" },
	/* D8 */
	{ "dsp800", "", "ITEM 1         10.00", "TOTAL          10.00", "> 17 " D8 "\n" DSP_TEXT },
	{ "dsp800", "brightness=1", "ITEM 1         10.00", "TOTAL          10.00",
	  "> 17 " D8 "04 01 41 31 17\n" DSP_TEXT },
	{ "firich", NO_GLYPHS, "ITEM 1         10.00", "TOTAL          10.00",
	  CD5220_START "> 1B 51 41 " ITEM "0D 1B 51 42 " TOTAL "0D\n" },
	{ "firich", "mode=epson", "Молоко         89.90", "ИТОГО          89.90",
	  "> 0D 0C " D6 "\n> " D7 "\n" },
	/* D9 */
	{ "aedex", "", "HELLO", "",
	  AEDEX_BLANK "> 21 23 31 48 45 4C 4C 4F " BLANKS_15 "0D\n"
		      "> 21 23 32 " BLANKS_20 "0D\n" },
	/* The attention code within a name would begin a command. */
	{ "aedex", "", "A!#1 ", "!#!#!",
	  AEDEX_BLANK "> 21 23 31 41 21 20 31 20 " BLANKS_15 "0D\n"
		      "> 21 23 32 21 20 21 20 21 " BLANKS_15 "0D\n" },
	{ "utc", "", "ITEM 1         10.00", "TOTAL          10.00",
	  "> 0D 1B 64 1B 75 41 " BLANKS_20 "0D 1B 75 42 " BLANKS_20 "0D\n"
	  "> 1B 75 41 " ITEM "0D 1B 75 42 " TOTAL "0D\n" },
};

static void test_screens(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(screens); i++) {
		g_autoptr(GError) error = NULL;
		g_autoptr(GHashTable) options = options_new(screens[i].options);
		const struct display_driver *driver = display_driver_find(screens[i].driver);
		struct port *port = port_new_transcript(screens[i].transcript, &error);
		struct display *display;

		g_test_message("%s %s", screens[i].driver, screens[i].options);
		g_assert_no_error(error);
		display = driver->open(port, options, &error);
		g_assert_no_error(error);
		driver->show(display, screens[i].upper, screens[i].lower, &error);
		g_assert_no_error(error);
		g_assert_true(port_transcript_is_done(port));
		driver->close(display);
		port_close(port);
	}
}

/* --- a display that answers ------------------------------------------------------------------- */

static void check_answers(const char *transcript, bool shown)
{
	g_autoptr(GError) error = NULL;
	const struct display_driver *driver = display_driver_find("dsp800");
	struct port *port = port_new_transcript(transcript, &error);
	struct display *display = driver->open(port, NULL, &error);

	g_assert_no_error(error);
	driver->show(display, "ITEM 1         10.00", "TOTAL          10.00", &error);
	if (shown)
		g_assert_no_error(error);
	else
		g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_PROTOCOL);
	g_assert_true(port_transcript_is_done(port));
	driver->close(display);
	port_close(port);
}

#define DSP_START "> 17 " D8 "\n< 06 06\n"
#define DSP_FRESH "> " D8 "\n" DSP_TEXT

static void test_refused_is_repeated_once_then_started_anew(void)
{
	check_answers(DSP_START DSP_TEXT "< 06 06\n", true);
	check_answers(DSP_START DSP_TEXT "< 06 15\n" DSP_TEXT "< 06 06\n", true);
	check_answers(DSP_START DSP_TEXT "< 15\n" DSP_TEXT "< 15\n" DSP_FRESH "< 06 06 06 06\n",
		      true);
	check_answers(DSP_START DSP_TEXT "< 15\n" DSP_TEXT "< 15\n" DSP_FRESH "< 15\n", false);
	/* One that fell silent is believed. */
	check_answers(DSP_START DSP_TEXT, true);
}

/* --- the second monitor ----------------------------------------------------------------------- */

typedef struct {
	char *upper, *lower;
	int n;
} Heard;

static void hear(const char *upper, const char *lower, void *data)
{
	Heard *heard = data;

	g_free(heard->upper);
	g_free(heard->lower);
	heard->upper = g_strdup(upper);
	heard->lower = g_strdup(lower);
	heard->n++;
}

static void test_screen_is_handed_to_its_listener(void)
{
	const struct display_driver *driver = display_driver_find("screen");
	struct display *display;
	Heard heard = { 0 };

	g_assert_true(driver->needs_no_port);
	screen_listen(hear, &heard);
	g_assert_cmpint(heard.n, ==, 0);
	display = driver->open(NULL, NULL, NULL);
	g_assert_cmpstr(heard.upper, ==, "                    ");
	g_assert_true(driver->show(display, "Сүү 1 л        3 200", "нийт дүн, таслагдана", NULL));
	g_assert_cmpstr(heard.upper, ==, "Сүү 1 л        3 200");
	g_assert_true(driver->show(display, "A\r\x1B\nB", "longer than the twenty cells", NULL));
	g_assert_cmpstr(heard.upper, ==, "AB                  ");
	g_assert_cmpstr(heard.lower, ==, "longer than the twen");
	g_assert_cmpint(heard.n, ==, 3);

	screen_listen(NULL, NULL);
	g_assert_true(driver->show(display, "nobody sees", "", NULL));
	g_assert_cmpint(heard.n, ==, 3);
	/* A window that opens late has the screen at once. */
	screen_listen(hear, &heard);
	g_assert_cmpstr(heard.upper, ==, "nobody sees         ");
	screen_listen(NULL, NULL);
	driver->close(display);
	g_free(heard.upper);
	g_free(heard.lower);
}

/* --- faults ----------------------------------------------------------------------------------- */

static const char *const cabled[] = { "cd5220", "epson", "dsp800", "firich", "utc", "aedex" };

/* A cable that takes nothing more, as with hardware flow control wired wrong: the update is
 * dropped, and soon. */
static void test_blocked_cable(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(cabled); i++) {
		g_autoptr(GError) error = NULL;
		const struct display_driver *driver = display_driver_find(cabled[i]);
		int master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
		g_autofree char *address = NULL;
		struct termios line;
		struct display *display;
		struct port *port;
		gint64 began = 0;

		g_assert_cmpint(master, >=, 0);
		g_assert_cmpint(grantpt(master), ==, 0);
		g_assert_cmpint(unlockpt(master), ==, 0);
		g_assert_cmpint(tcgetattr(master, &line), ==, 0);
		cfmakeraw(&line);
		g_assert_cmpint(tcsetattr(master, TCSANOW, &line), ==, 0);
		address = g_strdup_printf("pty:%s", ptsname(master));
		port = port_open(address, &error);
		g_assert_no_error(error);
		display = driver->open(port, NULL, &error);
		g_assert_no_error(error);
		for (int n = 0; n < 10000 && error == NULL; n++) {
			began = g_get_monotonic_time();
			driver->show(display, "upper", "lower", &error);
		}
		g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_OFFLINE);
		/* 200 ms; the rest is for a busy machine. */
		g_assert_cmpint(g_get_monotonic_time() - began, <, G_TIME_SPAN_SECOND);
		driver->close(display);
		port_close(port);
		close(master);
	}
}

static void test_gone_at_the_start(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(cabled); i++) {
		g_autoptr(GError) error = NULL;
		struct port *port = port_new_transcript("!\n", &error);

		g_assert_null(display_driver_find(cabled[i])->open(port, NULL, &error));
		g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_OFFLINE);
		port_close(port);
	}
}

static void test_options_that_are_not_known(void)
{
	static const char *const bad[][2] = {
		{ "epson", "page=1" },	      { "epson", "page=zz" },
		{ "epson", "codepage=koi8" }, { "epson", "codepage=wcp1251" },
		{ "epson", "passthrough=2" }, { "firich", "mode=logic" },
		{ "cd5220", "brightness=0" }, { "cd5220", "brightness=101" },
		{ "utc", "letters=Ө" },	      { "dsp800", "codepage=ebcdic" },
		{ "aedex", "codepage=x" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
		g_autoptr(GError) error = NULL;
		g_autoptr(GHashTable) options = options_new(bad[i][1]);
		struct port *port = port_new_transcript("", &error);

		g_assert_null(display_driver_find(bad[i][0])->open(port, options, &error));
		g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_BAD_ADDRESS);
		port_close(port);
	}
}

static void test_brightness(void)
{
	static const struct {
		int percent, step;
	} steps[] = { { 0, 1 },	 { 1, 1 },  { 25, 1 }, { 26, 2 },  { 50, 2 },
		      { 51, 3 }, { 75, 3 }, { 76, 4 }, { 100, 4 }, { 500, 4 } };

	for (size_t i = 0; i < G_N_ELEMENTS(steps); i++)
		g_assert_cmpint(display_brightness_step(steps[i].percent), ==, steps[i].step);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/display_drivers/screens", test_screens);
	g_test_add_func("/display_drivers/refused",
			test_refused_is_repeated_once_then_started_anew);
	g_test_add_func("/display_drivers/second_monitor", test_screen_is_handed_to_its_listener);
	g_test_add_func("/display_drivers/blocked_cable", test_blocked_cable);
	g_test_add_func("/display_drivers/gone", test_gone_at_the_start);
	g_test_add_func("/display_drivers/bad_options", test_options_that_are_not_known);
	g_test_add_func("/display_drivers/brightness", test_brightness);
	return g_test_run();
}
