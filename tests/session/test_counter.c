/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/session/counter.h"
#include "tests/session/play.h"
#include "tests/session/shop.h"
#include "tests/wait_file.h"

#include <string.h>

/* A till without a registrar, with everything on its counter: printer and drawer, scale, card
 * terminal; each of them misbehaves or is pulled out in the middle of a sale. */

#define GOODS_PRINTED "PAPER|[cut]"

typedef struct {
	char *directory, *shop;
	CounterDevice printer, scale, terminal;
} Counter;

static Counter counter_new(const char *const *printer_faults, const char *const *terminal_faults)
{
	static const char *const settles[] = { "settle_ms=50", "noise=0", NULL };
	Counter self = { .directory = g_dir_make_tmp("baraa-counter-XXXXXX", NULL) };
	g_autofree char *conf = NULL;

	self.shop = shop_new("ru", NULL);
	self.printer = counter_device_new(self.directory, "printer-escpos", printer_faults);
	self.scale = counter_device_new(self.directory, "scale-cas", settles);
	self.terminal = counter_device_new(self.directory, "payment-zvt", terminal_faults);
	conf = g_strdup_printf("[printer]\ndevice=escpos@pty:%s\n[scale]\ndevice=cas@pty:%s\n"
			       "[payment]\ndevice=zvt@pty:%s\ncurrency=643\n",
			       self.printer.link, self.scale.link, self.terminal.link);
	shop_configure(self.shop, conf);
	return self;
}

static void counter_free(Counter *self)
{
	counter_device_clear(&self->terminal);
	counter_device_clear(&self->scale);
	counter_device_clear(&self->printer);
	shop_remove(self->shop);
	shop_remove(self->directory);
}

static Running open_till(const Counter *self)
{
	Running till = running_start(self->shop);

	running_steps(&till, (const char *const[]){ "login " MARY, NULL });
	return till;
}

static Running open_shift(const Counter *self)
{
	Running till = open_till(self);

	running_steps(&till, (const char *const[]){ "open-shift 1000", NULL });
	counter_expect(&till, "-expect printer ready");
	counter_expect(&till, "-expect scale ready");
	counter_expect(&till, "-expect payment ready");
	return till;
}

static const char *const instant[] = { "speed_mm=0", NULL };
static const char *const quick_card[] = { "card_ms=1", NULL };

static void test_weighed_printed_and_charged(void)
{
	Counter counter = counter_new(instant, quick_card);
	Running till = open_shift(&counter);

	sim_say(counter.scale.sim, "put 1234");
	running_steps(&till,
		      (const char *const[]){ "scan " CHEESE, "expect total 617.00", "scan " BREAD,
					     "pay card 600", "expect due 42.00", "pay cash 50",
					     "expect state paid", "expect change 8.00", NULL });
	counter_device_wait(&counter.printer, GOODS_PRINTED, 2); /* the slip, the receipt */
	counter_device_wait(&counter.printer, "DRAWER|", 1);
	counter_device_wait(&counter.terminal, "CHARGE|600.00", 1);
	counter_expect(&till, "-expect papers 0");
	g_assert_true(file_has(counter.printer.log, "1.234 kg x 500.00"));
	running_finish(&till);
	counter_free(&counter);
}

static const char *const real_speed[] = { "speed_mm=200", NULL };

/* Whoever closes the shift closes the till right after it. */
static void test_report_comes_out_before_the_end(void)
{
	Counter counter = counter_new(real_speed, quick_card);
	Running till = open_shift(&counter);
	json_auto_t *unknown = running_step(&till, "-await colour green");

	g_assert_cmpstr(json_string_value(json_object_get(unknown, "code")), ==, "no-field");
	running_steps(&till, (const char *const[]){ "scan " BREAD, "pay cash", "await papers 0",
						    "close-shift", NULL });
	running_finish(&till);
	g_assert_cmpint(counter_device_count(&counter.printer, "PAPER|Z report"), ==, 1);
	g_assert_cmpint(counter_device_count(&counter.printer, "PAPER|[cut]"), ==, 2);
	counter_free(&counter);
}

/* The weight is taken by itself as soon as there is one, and once. */
static void test_goods_wait_for_a_weight(void)
{
	Counter counter = counter_new(instant, quick_card);
	Running till = open_shift(&counter);
	json_auto_t *refused = running_step(&till, "-scan " CHEESE);
	json_auto_t *same = NULL;

	g_assert_cmpstr(json_string_value(json_object_get(refused, "code")), ==, "scale-empty");
	sim_say(counter.scale.sim, "put 500");
	counter_expect(&till, "-expect lines 1");
	running_steps(&till, (const char *const[]){ "expect total 250.00", NULL });
	same = running_step(&till, "-scan " CHEESE);
	g_assert_cmpstr(json_string_value(json_object_get(same, "code")), ==, "scale-same");
	sim_say(counter.scale.sim, "put 750");
	counter_expect(&till, "-expect lines 2");
	running_steps(&till, (const char *const[]){ "expect total 625.00", "pay cash", NULL });
	running_finish(&till);
	counter_free(&counter);
}

static void test_weight_typed_needs_a_senior(void)
{
	Counter counter = counter_new(instant, quick_card);
	Running till = open_shift(&counter);
	json_auto_t *refused = running_step(&till, "-scan 1.5*" CHEESE);

	g_assert_cmpstr(json_string_value(json_object_get(refused, "code")), ==, "weight-right");
	running_steps(&till, (const char *const[]){ "override " ANN, "expect total 750.00", NULL });
	running_finish(&till);
	counter_free(&counter);
}

/* Every cable is pulled in the middle of the sale; it goes on, and all of it comes back by itself.
 */
static void test_everything_pulled_mid_sale(void)
{
	Counter counter = counter_new(instant, quick_card);
	Running till = open_shift(&counter);
	json_auto_t *weigh = NULL, *charge = NULL;

	sim_say(counter.scale.sim, "put 1000");
	running_steps(&till, (const char *const[]){ "scan " CHEESE, NULL });
	sim_say(counter.scale.sim, "unplug");
	sim_say(counter.printer.sim, "unplug");
	sim_say(counter.terminal.sim, "unplug");
	counter_expect(&till, "-expect scale down");
	running_steps(&till, (const char *const[]){ "scan " BREAD, "expect lines 2", NULL });
	weigh = running_step(&till, "-scan " CHEESE);
	g_assert_cmpstr(json_string_value(json_object_get(weigh, "code")), ==, "offline");
	charge = running_step(&till, "-dismiss");
	json_decref(charge);
	charge = running_step(&till, "-pay card");
	g_assert_false(json_is_true(json_object_get(charge, "ok")));
	running_steps(&till, (const char *const[]){ "pay cash 600", "expect state paid", NULL });
	/* Before the printer is back, or the drawer would open after all. */
	counter_expect(&till, "-expect code drawer-failed");
	counter_expect(&till, "-expect printer down");
	counter_expect(&till, "-expect papers 1");
	running_steps(&till, (const char *const[]){ "scan " BREAD, "pay cash", NULL });
	counter_expect(&till, "-expect code drawer-failed");
	counter_expect(&till, "-expect papers 2");
	sim_say(counter.scale.sim, "plug");
	sim_say(counter.printer.sim, "plug");
	sim_say(counter.terminal.sim, "plug");
	counter_expect(&till, "-expect papers 0");
	counter_expect(&till, "-expect scale ready");
	counter_expect(&till, "-expect payment ready");
	counter_device_wait(&counter.printer, GOODS_PRINTED, 2);
	sim_say(counter.scale.sim, "put 200");
	running_steps(&till, (const char *const[]){ "scan " CHEESE, "pay card", "expect state paid",
						    NULL });
	counter_device_wait(&counter.terminal, "CHARGE|", 1);
	g_assert_cmpint(counter_device_count(&counter.printer, "DRAWER|"), ==, 0);
	running_finish(&till);
	counter_free(&counter);
}

/* The roll ends in a receipt: the next shopper is served meanwhile, and each receipt comes out
 * once. */
static void test_paper_ends_in_a_receipt(void)
{
	Counter counter = counter_new(instant, quick_card);
	Running till = open_shift(&counter);

	sim_say(counter.printer.sim, "fault paper_out=20");
	running_steps(&till, (const char *const[]){ "scan " BREAD, "pay cash", "expect state paid",
						    NULL });
	counter_expect(&till, "-expect printer down");
	running_steps(&till,
		      (const char *const[]){ "scan " MILK, "pay cash", "expect state paid", NULL });
	counter_expect(&till, "-expect papers 2");
	sim_say(counter.printer.sim, "paper");
	counter_expect(&till, "-expect papers 0");
	counter_device_wait(&counter.printer, GOODS_PRINTED, 2);
	g_assert_false(file_has(counter.printer.log, "COPY"));
	running_finish(&till);
	counter_free(&counter);
}

/* The cable goes in the middle of a receipt: it comes out whole, and says that it is a copy. */
static void test_cable_pulled_in_a_receipt(void)
{
	Counter counter = counter_new(instant, quick_card);
	Running till = open_shift(&counter);

	sim_say(counter.printer.sim, "fault cut_in=300");
	running_steps(&till, (const char *const[]){ "scan " BREAD, "scan " MILK, "pay cash",
						    "expect state paid", NULL });
	wait_for_text(counter.printer.log, "COPY");
	counter_expect(&till, "-expect papers 0");
	running_finish(&till);
	counter_free(&counter);
}

/* kill -9 while the printer is off: what was owed is printed after the start, once, no copy. */
static void test_killed_with_receipts_owed(void)
{
	Counter counter = counter_new(instant, quick_card);
	Running till = open_shift(&counter);

	sim_say(counter.printer.sim, "unplug");
	counter_expect(&till, "-expect printer down");
	running_steps(&till, (const char *const[]){ "scan " BREAD, "pay cash", "scan " MILK,
						    "pay cash", "expect papers 2", NULL });
	running_kill(&till);
	sim_say(counter.printer.sim, "plug");
	till = open_till(&counter);
	counter_expect(&till, "-expect papers 0");
	counter_device_wait(&counter.printer, GOODS_PRINTED, 2);
	g_assert_false(file_has(counter.printer.log, "COPY"));
	running_finish(&till);
	counter_free(&counter);
}

/* kill -9 in the middle of a picture: the printer is freed from it, and the copy is whole. */
static void test_killed_in_a_picture(void)
{
	Counter counter = counter_new(instant, quick_card);
	Running till = open_shift(&counter);

	sim_say(counter.printer.sim, "fault cut_in=900");
	running_steps(&till, (const char *const[]){ "scan " BREAD, "pay cash", "expect state paid",
						    NULL });
	wait_for_text(counter.printer.log, "the link breaks");
	running_kill(&till);
	till = open_till(&counter);
	counter_expect(&till, "-expect papers 0");
	g_assert_true(file_has(counter.printer.log, "COPY\nPAPER|"));
	g_assert_cmpint(counter_device_count(&counter.printer, "PAPER|[CODE128 T1-000001]"), ==, 1);
	running_finish(&till);
	counter_free(&counter);
}

/* --- the card ------------------------------------------------------------------------------- */

static void test_card_declined(void)
{
	Counter counter = counter_new(instant, quick_card);
	Running till = open_shift(&counter);
	json_auto_t *refused = NULL;

	sim_say(counter.terminal.sim, "fault declined=67");
	running_steps(&till, (const char *const[]){ "scan " BREAD, NULL });
	refused = running_step(&till, "-pay card");
	g_assert_cmpstr(json_string_value(json_object_get(refused, "code")), ==, "card-declined");
	running_steps(&till, (const char *const[]){ "pay card", "expect state paid", NULL });
	g_assert_cmpint(counter_device_count(&counter.terminal, "CHARGE|"), ==, 1);
	running_finish(&till);
	counter_free(&counter);
}

/* A terminal that has done nothing yet cannot say that it did not do this. */
static void pay_once_by_card(Running *till)
{
	running_steps(till,
		      (const char *const[]){ "scan " MILK, "pay card", "expect state paid", NULL });
}

static void expect_charges(const Counter *self, int n)
{
	g_assert_cmpint(counter_device_count(&self->terminal, "CHARGE|"), ==, n);
}

/* The link breaks after the money was taken: the till asks, and the sale is made. */
static void test_card_link_lost_booked(void)
{
	Counter counter = counter_new(instant, quick_card);
	Running till = open_shift(&counter);

	pay_once_by_card(&till);
	sim_say(counter.terminal.sim, "fault cut_booked=8");
	running_steps(&till, (const char *const[]){ "scan " BREAD, NULL });
	json_decref(running_step(&till, "-pay card"));
	counter_expect(&till, "-expect state paid");
	expect_charges(&counter, 2);
	running_finish(&till);
	counter_free(&counter);
}

/* The link breaks and nothing was taken: the till finds that out, and the card is charged once. */
static void test_card_link_lost_unbooked(void)
{
	Counter counter = counter_new(instant, quick_card);
	Running till = open_shift(&counter);

	pay_once_by_card(&till);
	sim_say(counter.terminal.sim, "fault cut_unbooked=7");
	running_steps(&till, (const char *const[]){ "scan " BREAD, NULL });
	json_decref(running_step(&till, "-pay card"));
	counter_expect(&till, "-expect state selling");
	running_steps(&till, (const char *const[]){ "pay card", "expect state paid", NULL });
	expect_charges(&counter, 2);
	running_finish(&till);
	counter_free(&counter);
}

/* A terminal that cannot be asked: only a manager says what came of it. */
static void test_card_settled_by_a_manager(void)
{
	Counter counter = counter_new(instant, quick_card);
	Running till = open_shift(&counter);
	json_auto_t *refused = NULL;

	pay_once_by_card(&till);
	sim_say(counter.terminal.sim, "fault cut_booked=8");
	sim_say(counter.terminal.sim, "fault repeat_refused");
	running_steps(&till, (const char *const[]){ "scan " BREAD, NULL });
	json_decref(running_step(&till, "-pay card"));
	running_steps(&till, (const char *const[]){ "expect state card-asked", NULL });
	refused = running_step(&till, "-card approved");
	g_assert_cmpstr(json_string_value(json_object_get(refused, "code")), ==,
			"card-settle-right");
	json_decref(running_step(&till, "-override " ANN));
	running_steps(&till, (const char *const[]){ "expect state card-asked", "override " OLIVER,
						    "expect state paid", NULL });
	running_finish(&till);
	counter_free(&counter);
}

/* kill -9 while the terminal has the amount: after the start it is asked what became of it. */
static Running kill_in_card_payment(Counter *counter, const char *fault)
{
	Running till = open_shift(counter);

	pay_once_by_card(&till);
	sim_say(counter->terminal.sim, fault);
	running_steps(&till, (const char *const[]){ "scan " BREAD, NULL });
	running_send(&till, "pay card");
	wait_for_text(counter->terminal.log, "00 00 00 00 25 00"); /* the amount is with it */
	running_kill(&till);
	till = running_start(counter->shop);
	json_decref(running_step(&till, "-login " MARY));
	return till;
}

static void test_killed_while_card_is_charged(void)
{
	Counter counter = counter_new(instant, quick_card);
	Running till = kill_in_card_payment(&counter, "fault silent=1");

	counter_expect(&till, "-expect state paid");
	expect_charges(&counter, 2);
	running_finish(&till);
	counter_free(&counter);
}

static void test_killed_before_card_is_charged(void)
{
	Counter counter = counter_new(instant, quick_card);
	Running till = kill_in_card_payment(&counter, "hold");

	running_steps(&till, (const char *const[]){ "expect state card-asked", NULL });
	sim_say(counter.terminal.sim, "cancel"); /* the shopper, at last */
	counter_expect(&till, "-expect state selling");
	expect_charges(&counter, 1);
	running_steps(&till, (const char *const[]){ "expect lines 1", "pay cash",
						    "expect state paid", NULL });
	running_finish(&till);
	counter_free(&counter);
}

/* An answer that was not waited for comes with the next step. */
static void next_answer_is(Running *till, const char *step, const char *code)
{
	json_auto_t *answer = running_step(till, step);

	g_assert_cmpstr(json_string_value(json_object_get(answer, "code")), ==, code);
}

/* The cashier need not wait for the next round of questions. */
static void test_terminal_is_asked_again(void)
{
	static const char *const slow[] = { "card_ms=60000", NULL };
	Counter counter = counter_new(instant, slow);
	Running till = open_shift(&counter);

	running_steps(&till, (const char *const[]){ "scan " BREAD, NULL });
	running_send(&till, "-pay card");
	wait_for_text(counter.terminal.log, "06 01");
	sim_say(counter.terminal.sim, "unplug");
	next_answer_is(&till, "-retry", "card-unknown");
	next_answer_is(&till, "-expect state card-asked", "card-asking");
	json_decref(running_step(&till, "wait 1"));
	running_finish(&till);
	counter_free(&counter);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/counter/report-before-the-end", test_report_comes_out_before_the_end);
	g_test_add_func("/counter/weighed-printed-and-charged", test_weighed_printed_and_charged);
	g_test_add_func("/counter/goods-wait-for-a-weight", test_goods_wait_for_a_weight);
	g_test_add_func("/counter/weight-typed-needs-a-senior", test_weight_typed_needs_a_senior);
	g_test_add_func("/counter/everything-pulled-mid-sale", test_everything_pulled_mid_sale);
	g_test_add_func("/counter/paper-ends-in-a-receipt", test_paper_ends_in_a_receipt);
	g_test_add_func("/counter/cable-pulled-in-a-receipt", test_cable_pulled_in_a_receipt);
	g_test_add_func("/counter/killed-with-receipts-owed", test_killed_with_receipts_owed);
	g_test_add_func("/counter/killed-in-a-picture", test_killed_in_a_picture);
	g_test_add_func("/counter/card-declined", test_card_declined);
	g_test_add_func("/counter/card-link-lost-booked", test_card_link_lost_booked);
	g_test_add_func("/counter/card-link-lost-unbooked", test_card_link_lost_unbooked);
	g_test_add_func("/counter/card-settled-by-a-manager", test_card_settled_by_a_manager);
	g_test_add_func("/counter/killed-while-card-is-charged", test_killed_while_card_is_charged);
	g_test_add_func("/counter/killed-before-card-is-charged",
			test_killed_before_card_is_charged);
	g_test_add_func("/counter/terminal-is-asked-again", test_terminal_is_asked_again);
	return g_test_run();
}
