/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/session/counter.h"
#include "tests/session/play.h"
#include "tests/session/shop.h"
#include "tests/wait_file.h"

#include <glib/gstdio.h>
#include <string.h>

/* Devices are chosen and tried at the till itself, with a sale under way. */

#define PRINTED "PAPER|[cut]"

typedef struct {
	char *directory, *shop;
} Bench;

static Bench bench_new(const char *conf)
{
	Bench self = { .directory = g_dir_make_tmp("baraa-setup-XXXXXX", NULL) };

	self.shop = shop_new("ru", NULL);
	shop_configure(self.shop, conf);
	return self;
}

static void bench_free(Bench *self)
{
	shop_remove(self->shop);
	shop_remove(self->directory);
}

static Running open_shift(const Bench *self, const char *login)
{
	Running till = running_start(self->shop);

	running_steps(&till, (const char *const[]){ login, "open-shift 1000", NULL });
	return till;
}

/* The code of a step's answer, and that it failed. */
static void refused(Running *till, const char *step, const char *code)
{
	json_auto_t *answer = running_step(till, step);

	g_assert_cmpstr(json_string_value(json_object_get(answer, "code")), ==, code);
	g_assert_false(json_is_true(json_object_get(answer, "ok")));
}

static void done(Running *till, const char *step, const char *code)
{
	json_auto_t *answer = running_step(till, step);

	g_assert_cmpstr(json_string_value(json_object_get(answer, "code")), ==, code);
	g_assert_true(json_is_true(json_object_get(answer, "ok")));
}

static CounterDevice new_printer(const Bench *bench)
{
	static const char *const instant[] = { "speed_mm=0", NULL };

	return counter_device_new(bench->directory, "printer-escpos", instant);
}

static char *set_printer(const CounterDevice *printer, const char *more)
{
	return g_strdup_printf("device printer escpos@pty:%s%s", printer->link, more);
}

static bool conf_has(const Bench *bench, const char *text)
{
	g_autofree char *path = g_build_filename(bench->shop, "till.conf", NULL);

	return file_has(path, text);
}

/* --- the printer ---------------------------------------------------------------------------- */

static void test_printer_is_chosen_in_a_receipt(void)
{
	Bench bench = bench_new("# our shop's own words\n[barcodes]\ntemplates=21PPPPPWWWWWC;\n");
	CounterDevice printer = new_printer(&bench);
	g_autofree char *set = set_printer(&printer, " width=58 'footer=Come again'");
	Running till = open_shift(&bench, "login " ANN);

	running_steps(&till, (const char *const[]){ "scan " BREAD, "expect printer absent", NULL });
	done(&till, set, "device-set");
	counter_expect(&till, "-expect printer ready");
	running_steps(&till,
		      (const char *const[]){ "expect lines 1", "scan " MILK, "expect total 114.90",
					     "pay cash 200", "expect state paid", NULL });
	counter_expect(&till, "-expect papers 0");
	counter_device_wait(&printer, PRINTED, 1);
	g_assert_true(file_has(printer.log, "Come again"));
	g_assert_true(conf_has(&bench, "# our shop's own words"));
	g_assert_true(conf_has(&bench, "templates=21PPPPPWWWWWC;"));
	g_assert_true(conf_has(&bench, "width=58"));
	running_finish(&till);

	/* It is there after the next start too. */
	till = running_start(bench.shop);
	running_steps(&till, (const char *const[]){ "login " MARY, "scan " BREAD, "pay cash",
						    "expect state paid", NULL });
	counter_device_wait(&printer, PRINTED, 2);
	running_finish(&till);
	counter_device_clear(&printer);
	bench_free(&bench);
}

static void test_wrong_address_is_told(void)
{
	Bench bench = bench_new("");
	CounterDevice printer = new_printer(&bench);
	g_autofree char *set = set_printer(&printer, "");
	Running till = open_shift(&bench, "login " ANN);

	refused(&till, "-device printer nosuch@pty:/nowhere", "bad-device");
	refused(&till, "-device printer escpos@", "bad-device");
	refused(&till, "-device toaster escpos@pty:/nowhere", "bad-device");
	refused(&till, "-device printer escpos@pty:/nowhere device=x", "bad-device");
	refused(&till, "-device printer 'escpos@pty:/nowhere", "bad-device");
	running_steps(&till,
		      (const char *const[]){ "scan " BREAD, "expect printer absent",
					     "device printer escpos@pty:/nowhere/printer", NULL });
	counter_expect(&till, "-expect printer down");
	refused(&till, "-test-device printer", "offline");
	running_steps(&till, (const char *const[]){ set, NULL });
	counter_expect(&till, "-expect printer ready");
	running_steps(&till, (const char *const[]){ "expect lines 1", "device printer none",
						    "expect printer absent", "pay cash",
						    "expect state paid", "expect papers 0", NULL });
	g_assert_cmpint(counter_device_count(&printer, PRINTED), ==, 0);
	running_finish(&till);
	counter_device_clear(&printer);
	bench_free(&bench);
}

/* What a trial is given is not written down, and the receipt is not touched. */
static void test_printer_is_tried_before_it_is_saved(void)
{
	Bench bench = bench_new("");
	CounterDevice printer = new_printer(&bench);
	g_autofree char *try = g_strdup_printf("test-device printer escpos@pty:%s", printer.link);
	g_autofree char *set = set_printer(&printer, "");
	Running till = open_shift(&bench, "login " ANN);

	running_steps(&till, (const char *const[]){ "scan " BREAD, NULL });
	refused(&till, "-test-device printer", "device-not-set");
	refused(&till, "-test-device drawer", "device-not-set");
	done(&till, try, "trial-printer");
	counter_device_wait(&printer, PRINTED, 1);
	g_assert_true(file_has(printer.log, "Test page"));
	running_steps(&till, (const char *const[]){ "expect printer absent", "expect lines 1",
						    "expect state selling", NULL });
	g_assert_false(conf_has(&bench, "escpos"));
	running_steps(&till, (const char *const[]){ set, NULL });
	done(&till, "test-device drawer", "trial-drawer");
	counter_device_wait(&printer, "DRAWER|", 1);
	counter_expect(&till, "-expect printer ready");
	sim_say(printer.sim, "paper-out");
	refused(&till, "-test-device printer", "paper-out");
	running_finish(&till);
	counter_device_clear(&printer);
	bench_free(&bench);
}

/* --- who may ------------------------------------------------------------------------------- */

static void test_cashier_needs_a_senior(void)
{
	Bench bench = bench_new("");
	CounterDevice printer = new_printer(&bench);
	g_autofree char *set = set_printer(&printer, "");
	g_autofree char *refuse = g_strconcat("-", set, NULL);
	json_auto_t *entries = NULL;
	Running till = open_shift(&bench, "login " MARY);

	refused(&till, refuse, "devices-right");
	running_steps(&till, (const char *const[]){ "expect printer absent", NULL });
	done(&till, "override " ANN, "device-set");
	counter_expect(&till, "-expect printer ready");
	refused(&till, "-test-device printer", "devices-right");
	done(&till, "override " ANN, "trial-printer");
	running_finish(&till);
	entries = journal_of(bench.shop, "device");
	g_assert_cmpint((int)json_array_size(entries), ==, 1);
	counter_device_clear(&printer);
	bench_free(&bench);
}

/* --- all the others -------------------------------------------------------------------------- */

static void test_scale_terminal_and_display_are_tried_and_chosen(void)
{
	static const char *const settles[] = { "settle_ms=50", "noise=0", NULL };
	static const char *const quick[] = { "card_ms=1", NULL };
	Bench bench = bench_new("");
	CounterDevice scale = counter_device_new(bench.directory, "scale-cas", settles);
	CounterDevice terminal = counter_device_new(bench.directory, "payment-zvt", quick);
	CounterDevice display = counter_device_new(bench.directory, "display-cd5220", NULL);
	CounterDevice scanner = counter_device_new(bench.directory, "scanner-serial", NULL);
	g_autofree char *set_scale = g_strdup_printf("device scale cas@pty:%s", scale.link);
	g_autofree char *set_terminal = g_strdup_printf("device payment zvt@pty:%s", terminal.link);
	g_autofree char *set_display =
		g_strdup_printf("device display cd5220@pty:%s", display.link);
	g_autofree char *set_scanner =
		g_strdup_printf("device scanner serial@pty:%s", scanner.link);
	Running till = open_shift(&bench, "login " ANN);

	running_steps(&till, (const char *const[]){ "scan " BREAD, set_scale, set_terminal,
						    set_display, set_scanner, NULL });
	counter_expect(&till, "-expect scale ready");
	counter_expect(&till, "-expect payment ready");
	counter_expect(&till, "-expect display ready");
	counter_expect(&till, "-expect scanner ready");
	g_assert_true(conf_has(&bench, "currency=643"));
	done(&till, "test-device scale", "trial-weight");
	done(&till, "test-device payment", "trial-payment");
	done(&till, "test-device display", "trial-display");
	counter_device_wait(&terminal, "CHARGE|", 0);
	g_assert_true(file_has(display.log, "ABCDEFGHIJKLMNOPQRST"));
	counter_expect(&till, "-expect scale ready");
	counter_expect(&till, "-expect payment ready");
	sim_say(scanner.sim, MILK);
	counter_expect(&till, "-expect lines 2");
	sim_say(scale.sim, "put 1000");
	running_steps(&till, (const char *const[]){ "scan " CHEESE, "expect total 614.90",
						    "pay card", "expect state paid", NULL });
	counter_device_wait(&terminal, "CHARGE|614.90", 1);
	running_finish(&till);
	counter_device_clear(&scanner);
	counter_device_clear(&display);
	counter_device_clear(&terminal);
	counter_device_clear(&scale);
	bench_free(&bench);
}

static void test_registrar_is_exchanged_between_shifts(void)
{
	Bench bench = bench_new("");
	CounterDevice registrar = counter_device_new(bench.directory, "fiscal-shtrih", NULL);
	g_autofree char *set = g_strdup_printf("device fiscal shtrih@pty:%s", registrar.link);
	g_autofree char *refuse = g_strconcat("-", set, NULL);
	Running till = running_start(bench.shop);

	running_steps(&till, (const char *const[]){ "login " ANN, set, NULL });
	counter_expect(&till, "-expect fiscal ready");
	done(&till, "test-device fiscal", "trial-fiscal");
	counter_expect(&till, "-expect fiscal ready");
	running_steps(&till, (const char *const[]){ "open-shift", "scan " BREAD, "pay cash",
						    "expect state paid", NULL });
	refused(&till, refuse, "registrar-in-shift");
	refused(&till, "-device fiscal none", "registrar-in-shift");
	refused(&till, "-test-device fiscal", "registrar-in-shift");
	running_steps(&till,
		      (const char *const[]){ "close-shift", "device fiscal none",
					     "expect fiscal absent", "open-shift", "scan " BREAD,
					     "pay cash", "expect state paid", NULL });
	refused(&till, refuse, "registrar-in-shift");
	running_finish(&till);
	counter_device_clear(&registrar);
	bench_free(&bench);
}

/* Nothing is exchanged under a payment. */
static void test_nothing_is_changed_under_a_payment(void)
{
	static const char *const slow[] = { "card_ms=60000", NULL };
	Bench bench = bench_new("");
	CounterDevice terminal = counter_device_new(bench.directory, "payment-zvt", slow);
	g_autofree char *conf = g_strdup_printf("[payment]\ndevice=zvt@pty:%s\n", terminal.link);
	Running till;

	shop_configure(bench.shop, conf);
	till = open_shift(&bench, "login " ANN);
	counter_expect(&till, "-expect payment ready");
	running_steps(&till, (const char *const[]){ "scan " MILK, "pay cash 10",
						    "expect state tendering", NULL });
	refused(&till, "-device payment none", "paying");
	refused(&till, "-test-device payment", "paying");
	running_steps(&till, (const char *const[]){ "back", "device payment none",
						    "expect payment absent", NULL });
	running_finish(&till);
	counter_device_clear(&terminal);
	bench_free(&bench);
}

/* The folder is full, or not ours: it says so, and all stays as it was. */
static void test_settings_that_cannot_be_written(void)
{
	Bench bench = bench_new("");
	g_autofree char *path = g_build_filename(bench.shop, "till.conf", NULL);
	Running till = open_shift(&bench, "login " ANN);

	g_assert_cmpint(g_remove(path), ==, 0);
	g_assert_cmpint(g_mkdir(path, 0700), ==, 0);
	refused(&till, "-device printer escpos@pty:/nowhere", "conf-failed");
	running_steps(&till, (const char *const[]){ "expect printer absent", NULL });
	running_finish(&till);
	g_assert_cmpint(g_rmdir(path), ==, 0);
	bench_free(&bench);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/setup/printer-is-chosen-in-a-receipt",
			test_printer_is_chosen_in_a_receipt);
	g_test_add_func("/setup/wrong-address-is-told", test_wrong_address_is_told);
	g_test_add_func("/setup/printer-is-tried-before-it-is-saved",
			test_printer_is_tried_before_it_is_saved);
	g_test_add_func("/setup/cashier-needs-a-senior", test_cashier_needs_a_senior);
	g_test_add_func("/setup/scale-terminal-and-display",
			test_scale_terminal_and_display_are_tried_and_chosen);
	g_test_add_func("/setup/registrar-is-exchanged-between-shifts",
			test_registrar_is_exchanged_between_shifts);
	g_test_add_func("/setup/nothing-is-changed-under-a-payment",
			test_nothing_is_changed_under_a_payment);
	g_test_add_func("/setup/settings-that-cannot-be-written",
			test_settings_that_cannot_be_written);
	return g_test_run();
}
