/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/sim.h"
#include "tests/session/play.h"
#include "tests/session/running.h"
#include "tests/session/shop.h"
#include "tests/wait_file.h"

#include <glib/gstdio.h>

/* A customer display and a serial scanner on a till that runs. */

typedef struct {
	char *directory, *shop, *display_link, *display_log, *scanner_link;
	SimThread *display, *scanner;
} Counter;

static SimThread *device_on(const char *name, const char *link, const char *log)
{
	SimOptions options = { .pty_link = link, .log_path = log, .control_fd = -1 };
	g_autoptr(GError) error = NULL;
	SimThread *sim = sim_start(name, &options, &error);

	g_assert_no_error(error);
	return sim;
}

static Counter counter_new(void)
{
	Counter self = { .directory = g_dir_make_tmp("baraa-counter-XXXXXX", NULL) };
	g_autofree char *conf = NULL;

	self.display_link = g_build_filename(self.directory, "display", NULL);
	self.display_log = g_build_filename(self.directory, "display.log", NULL);
	self.scanner_link = g_build_filename(self.directory, "scanner", NULL);
	self.shop = shop_new("ru", NULL);
	conf = g_strdup_printf("[display]\ndevice=cd5220@pty:%s\n[scanner]\ndevice=serial@pty:%s\n",
			       self.display_link, self.scanner_link);
	shop_configure(self.shop, conf);
	self.display = device_on("display-cd5220", self.display_link, self.display_log);
	self.scanner = device_on("scanner-serial", self.scanner_link, NULL);
	return self;
}

static void device_off(SimThread *sim)
{
	g_autoptr(GError) error = NULL;

	sim_stop(sim, &error);
	g_assert_no_error(error);
}

static void counter_free(Counter *self)
{
	device_off(self->scanner);
	device_off(self->display);
	shop_remove(self->shop);
	shop_remove(self->directory);
	g_free(self->display_link);
	g_free(self->display_log);
	g_free(self->scanner_link);
}

/* What the glass shows, or has shown, on row @row (1, 2). */
static void wait_for_glass(Counter *self, int row, const char *text)
{
	g_autofree char *line = g_strdup_printf("GLASS|%d|%s\n", row, text);

	wait_for_text(self->display_log, line);
}

static void wait_for(Running *till, const char *expectation)
{
	bool met = false;

	while (!met) {
		json_auto_t *answer = running_step(till, expectation);

		met = json_is_true(json_object_get(answer, "ok"));
		if (!met)
			json_decref(running_step(till, "wait 5"));
	}
}

static void test_scan_reaches_the_glass(void)
{
	Counter counter = counter_new();
	Running till = running_start(counter.shop);

	running_steps(&till, (const char *const[]){ "login " MARY, "open-shift", NULL });
	wait_for_glass(&counter, 1, "WELCOME             ");
	wait_for_glass(&counter, 2, "Corner              ");
	wait_for(&till, "-expect scanner ready");
	sim_say(counter.scanner, BREAD);
	wait_for(&till, "-expect lines 1");
	sim_say(counter.scanner, MILK);
	wait_for(&till, "-expect total 114.90");
	wait_for_glass(&counter, 1, "Milk 1 l       89.90");
	wait_for_glass(&counter, 2, "TOTAL         114.90");
	running_steps(&till, (const char *const[]){ "pay cash 50", NULL });
	wait_for_glass(&counter, 2, "TO PAY         64.90");
	running_steps(&till, (const char *const[]){ "pay cash 100", NULL });
	wait_for_glass(&counter, 2, "CHANGE         35.10");
	running_finish(&till);
	counter_free(&counter);
}

/* Cables are pulled in the middle: the sale goes on, and both are back without a restart. */
static void test_cables_pulled_and_put_back(void)
{
	Counter counter = counter_new();
	Running till = running_start(counter.shop);
	json_auto_t *entries = NULL;

	running_steps(&till, (const char *const[]){ "login " MARY, "open-shift", NULL });
	wait_for(&till, "-expect scanner ready");
	sim_say(counter.scanner, BREAD);
	wait_for(&till, "-expect lines 1");
	wait_for_glass(&counter, 2, "TOTAL          25.00");
	sim_say(counter.scanner, "unplug");
	sim_say(counter.display, "unplug");
	wait_for(&till, "-expect scanner down");
	running_steps(&till, (const char *const[]){ "scan " MILK, "scan " ODD, NULL });
	wait_for(&till, "-expect display down");
	running_steps(&till, (const char *const[]){ "scan " ODD, "expect lines 4", NULL });
	sim_say(counter.scanner, "plug");
	sim_say(counter.display, "plug");
	wait_for_glass(&counter, 2, "TOTAL         116.90");
	wait_for(&till, "-expect scanner ready");
	sim_say(counter.scanner, BREAD);
	wait_for(&till, "-expect lines 5");
	running_steps(&till, (const char *const[]){ "pay cash", "expect state paid", NULL });
	running_finish(&till);
	entries = journal_of(counter.shop, "device");
	g_assert_cmpuint(json_array_size(entries), ==, 4);
	counter_free(&counter);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/devices/scan-reaches-the-glass", test_scan_reaches_the_glass);
	g_test_add_func("/devices/cables-pulled-and-put-back", test_cables_pulled_and_put_back);
	return g_test_run();
}
