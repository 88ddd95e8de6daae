/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/cli/device_test.h"

#include "backoffice/cli/command.h"
#include "backoffice/cli/device_fault.h"
#include "drivers/display/display.h"
#include "drivers/payment/payment.h"
#include "drivers/scale/scale.h"
#include "drivers/scanner/scanner.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define SCREEN_MS 2000 /* for a person to read */
#define SCANS 5

/* --- display ------------------------------------------------------------------------------- */

static bool show_screens(const struct display_driver *driver, struct display *display,
			 struct port *port, GError **error)
{
	g_autofree char *amount = display_line_new("Milk 3.2%", "89.90");
	const char *const screens[][2] = {
		{ "Baraa", "12345678901234567890" },
		{ "Молоко Ёж Щи", "Сүү Өрөм Үнэ" },
		{ amount, "" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(screens); i++) {
		printf("|%s|%s|\n", screens[i][0], screens[i][1]);
		if (!driver->show(display, screens[i][0], screens[i][1], error) ||
		    !port_pause(port, SCREEN_MS, error))
			return false;
	}
	return true;
}

static bool test_display(const DeviceTest *test, bool *ret_known, GError **error)
{
	const struct display_driver *driver = display_driver_find(test->protocol);
	struct display *display;
	struct port *port;
	bool ok;

	*ret_known = driver != NULL;
	port = driver != NULL ? port_open_defaults(test->address, "baud=9600", error) : NULL;
	if (port == NULL)
		return false;
	display = driver->open(port, test->options, error);
	ok = display != NULL && show_screens(driver, display, port, error);
	if (display != NULL)
		driver->close(display);
	port_close(port);
	return ok;
}

/* --- scale --------------------------------------------------------------------------------- */

static const char *state_words(ScaleState state)
{
	static const char *const words[SCALE_N_STATES] = {
		[SCALE_STABLE] = N_("stable"),
		[SCALE_MOVING] = N_("still moving"),
		[SCALE_EMPTY] = N_("nothing on it"),
		[SCALE_BELOW_MINIMUM] = N_("below its minimum"),
		[SCALE_NEGATIVE] = N_("below zero: clear it and press zero"),
		[SCALE_OVERLOAD] = N_("too heavy"),
		[SCALE_ZERO_ERROR] = N_("was loaded when switched on: empty it, switch off and on"),
	};

	return _(words[state]);
}

static void print_reading(const ScaleReading *reading)
{
	/* Micro-kilograms: grams and their thousandths. */
	int64_t grams = reading->net.micro / 1000;

	if (reading->state == SCALE_STABLE || reading->state == SCALE_MOVING)
		printf("%" G_GINT64_FORMAT ".%03d kg  ", grams / 1000, (int)ABS(grams % 1000));
	printf("%s%s\n", state_words(reading->state), reading->is_net ? _(", net") : "");
}

static bool test_scale(const DeviceTest *test, bool *ret_known, GError **error)
{
	const struct scale_driver *driver = scale_driver_find(test->protocol);
	ScaleReading reading;
	struct scale *scale;
	struct port *port;
	bool ok;

	*ret_known = driver != NULL;
	port = driver != NULL ? port_open_defaults(test->address, driver->settings, error) : NULL;
	if (port == NULL)
		return false;
	scale = driver->open(port, test->options, error);
	ok = scale != NULL && driver->read(scale, &reading, error);
	if (ok)
		print_reading(&reading);
	if (scale != NULL)
		driver->close(scale);
	port_close(port);
	return ok;
}

/* --- card terminal ------------------------------------------------------------------------- */

static bool test_payment(const DeviceTest *test, bool *ret_known, GError **error)
{
	const struct payment_driver *driver = payment_driver_find(test->protocol);
	PaymentIntent intent;
	struct payment *payment;
	struct port *port;
	bool ok;

	*ret_known = driver != NULL;
	port = driver != NULL ? port_open(test->address, error) : NULL;
	if (port == NULL)
		return false;
	payment = driver->open(port, test->options, error);
	/* Asks only; no amount is sent. */
	ok = payment != NULL &&
	     driver->prepare(payment, (Money){ .currency = 978 }, &intent, error);
	if (ok && intent.last_receipt >= 0)
		printf(_("ready, last receipt %d\n"), intent.last_receipt);
	else if (ok)
		puts(_("ready"));
	if (payment != NULL)
		driver->close(payment);
	port_close(port);
	return ok;
}

/* --- scanner ------------------------------------------------------------------------------- */

/* Scans come on the reader's thread and are shown on the main one. */
typedef struct {
	GMainLoop *loop;
	GAsyncQueue *news; /* of char * */
	int left; /* of the scans; the reader's own while it lives */
	bool entered;
} Listening;

static gboolean show_news(void *data)
{
	Listening *listening = data;
	g_autofree char *line = g_async_queue_try_pop(listening->news);

	if (line != NULL)
		puts(line);
	return G_SOURCE_REMOVE;
}

static gboolean quit(void *data)
{
	g_main_loop_quit(((Listening *)data)->loop);
	return G_SOURCE_REMOVE;
}

/* A separator is shown as what it is called. */
static void on_scan(const Scan *scan, void *data)
{
	Listening *listening = data;
	g_auto(GStrv) parts = g_strsplit(scan->data, "\x1D", -1);
	g_autofree char *visible = g_strjoinv("<GS>", parts);

	g_async_queue_push(listening->news, g_strdup_printf("%-3s %s", scan->aim, visible));
	g_idle_add(show_news, listening);
	if (--listening->left == 0)
		g_idle_add_full(G_PRIORITY_LOW, quit, listening, NULL);
}

static void on_state(const GError *fault, void *data)
{
	Listening *listening = data;

	g_async_queue_push(listening->news, fault != NULL ? g_strdup(fault->message)
							  : g_strdup(_("The scanner is ready.")));
	g_idle_add(show_news, listening);
}

static gboolean on_enter(int fd, GIOCondition condition, void *data)
{
	((Listening *)data)->entered = true;
	return quit(data);
}

/* A fault that will not pass by itself is told at once; the reader would try for ever. */
static bool may_open(const char *address, GError **error)
{
	struct port *port;

	if (g_str_has_prefix(address, "evdev:") || g_str_has_prefix(address, "hidpos:"))
		return true; /* the reader's own kinds of address */
	port = port_open_defaults(address, "baud=9600", error);
	port_close(port);
	return port != NULL;
}

static bool test_scanner(const DeviceTest *test, bool *ret_known, GError **error)
{
	static const char *const protocols[] = { "serial", "keyboard", "hidpos", NULL };
	Listening listening = { .left = SCANS };
	ScannerReader *reader;
	guint enter;

	*ret_known = g_strv_contains(protocols, test->protocol);
	if (!*ret_known || !may_open(test->address, error))
		return false;
	listening.loop = g_main_loop_new(NULL, FALSE);
	listening.news = g_async_queue_new_full(g_free);
	printf(_("Scan something; Enter ends, or the fifth scan.\n"));
	enter = g_unix_fd_add(STDIN_FILENO, G_IO_IN | G_IO_HUP, on_enter, &listening);
	reader = scanner_reader_new(test->address, on_scan, on_state, &listening);
	g_main_loop_run(listening.loop);
	scanner_reader_free(reader);
	if (!listening.entered)
		g_source_remove(enter);
	while (g_main_context_iteration(NULL, FALSE)) /* what was said meanwhile */
		;
	g_async_queue_unref(listening.news);
	g_main_loop_unref(listening.loop);
	return true;
}

/* ------------------------------------------------------------------------------------------- */

static const struct {
	const char *device_class;
	DeviceTestFunc run;
} classes[] = {
	{ "printer", device_test_printer },
	{ "drawer", device_test_drawer },
	{ "label", device_test_label },
	{ "display", test_display },
	{ "scale", test_scale },
	{ "payment", test_payment },
	{ "scanner", test_scanner },
};

int device_test(const char *device_class, const char *protocol, const char *address,
		GHashTable *options)
{
	const DeviceTest test = { .protocol = protocol, .address = address, .options = options };
	g_autoptr(GString) names = g_string_new(NULL);

	for (size_t i = 0; i < G_N_ELEMENTS(classes); i++) {
		g_autoptr(GError) error = NULL;
		bool known = true, ok;

		g_string_append_printf(names, "%s%s", i > 0 ? ", " : "", classes[i].device_class);
		if (strcmp(classes[i].device_class, device_class) != 0)
			continue;
		ok = classes[i].run(&test, &known, &error);
		if (!known)
			return command_misuse(_("No %s of Baraa speaks “%s”."), device_class,
					      protocol);
		return ok ? EXIT_DONE : device_fail(error, address);
	}
	return command_misuse(_("There is no class “%s”, only %s."), device_class, names->str);
}
