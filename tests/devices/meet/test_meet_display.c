/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/display/display.h"
#include "tests/devices/meet/sweep.h"

#include <string.h>

/* Customer displays (customer-display.md): what the shopper reads in the end is what was shown
 * last. */

enum { SHOW_MS = 200, NEXT_MS = 100, N_SCREENS = 5, N_THREADS = 16 };

typedef struct {
	const char *sim, *driver, *mode; /* mode: option of the driver, or NULL */
	MeetCable cable;
} Pair;

static const Pair pairs[] = {
	{ "display-cd5220", "cd5220", NULL, MEET_PTY },
	{ "display-cd5220", "cd5220", NULL, MEET_TCP },
	{ "display-cd5220", "firich", NULL, MEET_PTY },
	{ "display-epson", "epson", NULL, MEET_PTY },
	{ "display-epson", "epson", NULL, MEET_TCP },
	{ "display-epson", "firich", "epson", MEET_PTY },
	{ "display-dsp800", "dsp800", NULL, MEET_PTY },
	{ "display-dsp800", "dsp800", NULL, MEET_TCP },
};

#define BLANK "                    "

static struct display *open_display(const Pair *pair, Meet *meet, GError **error)
{
	g_autoptr(GHashTable) options = meet_options_new(
		"letters", "ӨО,ҮУ", pair->mode != NULL ? "mode" : NULL, pair->mode, NULL);

	return display_driver_find(pair->driver)->open(meet_plug(meet), options, error);
}

static void expect_glass(Meet *meet, const char *upper, const char *lower)
{
	g_autofree char *glass = g_strdup_printf("GLASS|1|%s\nGLASS|2|%s\n", upper, lower);

	meet_wait(meet, glass);
}

static void expect_shown(const Pair *pair, struct display *display, Meet *meet, const char *upper,
			 const char *lower)
{
	g_autoptr(GError) error = NULL;

	display_driver_find(pair->driver)->show(display, upper, lower, &error);
	g_assert_no_error(error);
	expect_glass(meet, upper, lower);
}

static void test_shows(const void *data)
{
	const Pair *pair = data;
	g_autoptr(GError) error = NULL;
	g_autoptr(Meet) meet = meet_new(pair->sim, pair->cable, NULL);
	struct display *display = open_display(pair, meet, &error);

	g_assert_no_error(error);
	expect_shown(pair, display, meet, "Хлеб ржаной    45.00", "ИТОГО        1234.50");
	expect_shown(pair, display, meet, "Milk 3.2%     112.90", "CHANGE          0.10");
	expect_shown(pair, display, meet, "!#$%&*+,-./:;<=>?@[]", "(){}|^_`~0123456789A");
	meet_assert_no_flags(meet);
	display_driver_find(pair->driver)->close(display);
}

/* Letters that no page has: drawn, or the nearest of the page. */
static void test_shows_mongolian(const void *data)
{
	const Pair *pair = data;
	g_autoptr(GError) error = NULL;
	g_autoptr(Meet) meet = meet_new(pair->sim, pair->cable, NULL);
	struct display *display = open_display(pair, meet, &error);
	bool draws = strcmp(pair->sim, "display-cd5220") == 0;

	g_assert_no_error(error);
	display_driver_find(pair->driver)
		->show(display, "Өрөм сүү       45.00", "НИЙТ           45.00", &error);
	g_assert_no_error(error);
	expect_glass(meet, draws ? "Өрөм сүү       45.00" : "Ором суу       45.00",
		     "НИЙТ           45.00");
	meet_assert_no_flags(meet);
	display_driver_find(pair->driver)->close(display);
}

static void test_comes_back(const void *data)
{
	const Pair *pair = data;
	g_autoptr(GError) error = NULL;
	g_autoptr(Meet) meet = meet_new(pair->sim, pair->cable, NULL);
	const struct display_driver *driver = display_driver_find(pair->driver);
	struct display *display = open_display(pair, meet, &error);

	g_assert_no_error(error);
	expect_shown(pair, display, meet, "ONE                 ", BLANK);
	meet_say(meet, "unplug");
	while (driver->show(display, "TWO", "", &error))
		;
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_OFFLINE);
	g_clear_error(&error);
	driver->close(display);
	meet_say(meet, "plug");
	display = open_display(pair, meet, &error);
	g_assert_no_error(error);
	expect_shown(pair, display, meet, "THREE               ", BLANK);
	driver->close(display);
}

/* ---- with a bad cable: no check sum, so a wrong character may be seen, but only until the next
 * screen, whatever was lost before it */

static bool show_badly(const Pair *pair, struct display *display, const char *upper,
		       const char *lower, char **wrong)
{
	g_autoptr(GError) error = NULL;
	int64_t begun = g_get_monotonic_time();
	bool done = display_driver_find(pair->driver)->show(display, upper, lower, &error);

	if (sweep_is_late(begun, SHOW_MS))
		*wrong = g_strdup_printf("show() took %d ms",
					 (int)((g_get_monotonic_time() - begun) / 1000));
	else if (!done)
		*wrong = sweep_check_fault("show()", error);
	return done;
}

static struct display *open_badly(const Pair *pair, Meet *meet, char **wrong)
{
	g_autoptr(GError) error = NULL;
	int64_t begun = g_get_monotonic_time();
	struct display *display = open_display(pair, meet, &error);

	if (sweep_is_late(begun, SHOW_MS))
		*wrong = g_strdup_printf("open() took %d ms",
					 (int)((g_get_monotonic_time() - begun) / 1000));
	else if (display == NULL)
		*wrong = sweep_check_fault("open()", error);
	return display;
}

/* One screen; where that fails the display is opened again, for the next. False: no screen. */
static bool show_or_open(const Pair *pair, Meet *meet, struct display **display, const char *upper,
			 const char *lower, char **wrong)
{
	if (*display != NULL && show_badly(pair, *display, upper, lower, wrong))
		return true;
	if (*wrong != NULL)
		return false;
	if (*display != NULL)
		display_driver_find(pair->driver)->close(*display);
	*display = open_badly(pair, meet, wrong);
	return false;
}

/* The till shows every few seconds what is new. A screen may go into a dead line, the next one
 * finds that it is dead, then it is opened again. */
static char *expect_last(Meet *meet, const Pair *pair, struct display **display)
{
	static const char *const glass =
		"GLASS|1|ИТОГО          99.90\nGLASS|2|СПАСИБО             \n";
	char *wrong = NULL;

	for (int i = 0; i < N_SCREENS && wrong == NULL; i++) {
		if (show_or_open(pair, meet, display, "ИТОГО          99.90", "СПАСИБО", &wrong) &&
		    meet_comes(meet, glass, NEXT_MS))
			return wrong;
	}
	return wrong != NULL ? wrong : g_strdup("the last screen is not seen");
}

static char *talk(Meet *meet, const SweepFault *fault, const void *data)
{
	const Pair *pair = data;
	char *wrong = NULL;
	struct display *display = open_badly(pair, meet, &wrong);

	if (wrong == NULL && display != NULL)
		show_badly(pair, display, "Сүү             3.20", "СУММА           3.20", &wrong);
	if (wrong == NULL && sweep_is(fault, "mute"))
		meet_say(meet, "hear");
	if (wrong == NULL)
		wrong = expect_last(meet, pair, &display);
	if (display != NULL)
		display_driver_find(pair->driver)->close(display);
	return wrong;
}

static void test_bad_cable(const void *data)
{
	const Pair *pair = data;

	sweep_run(&(Sweep){ .sim = pair->sim,
			    .cable = pair->cable,
			    .talk = talk,
			    .data = pair,
			    .stride = 1,
			    .n_threads = N_THREADS });
}

static void add(const Pair *pair, const char *what, GTestDataFunc test)
{
	g_autofree char *path = g_strdup_printf("/meet/%s/%s/%s/%s", pair->sim, pair->driver,
						meet_cable_names[pair->cable], what);

	g_test_add_data_func(path, pair, test);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++) {
		add(&pairs[i], "shows", test_shows);
		add(&pairs[i], "shows Mongolian", test_shows_mongolian);
		add(&pairs[i], "comes back", test_comes_back);
		add(&pairs[i], "bad cable", test_bad_cable);
	}
	return g_test_run();
}
