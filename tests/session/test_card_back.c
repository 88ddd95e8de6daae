/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/payment/payment.h"
#include "pos/till/till_db.h"
#include "tests/session/counter.h"
#include "tests/session/play.h"
#include "tests/session/shop.h"
#include "tests/wait_file.h"

#include <string.h>

/* Card money that goes back by the terminal that took it: from the payment and in a return, with
 * answers lost, refused, and the till killed. What the terminal has in its books and what the till
 * has on its receipt are the same each time. */

typedef struct {
	char *directory, *shop;
	CounterDevice terminal, registrar;
} Counter;

/* Bytes of the till from BACK or a return on: the terminal is asked for its state and its last
 * payment, whose slips it repeats, and then gets 06 30 or 06 31 in a frame. Faults of the cable
 * count from when they are ordered. */
enum {
	ASKS = 76,
	ASKS_IN_VAIN = 36, /* it does not repeat its last payment */
	REVERSAL = 15,
	REVERSAL_ACKS = 41,
	REFUND = 22 + 11 + 10, /* and the acknowledgements of "insert card" and of the approval */
	SHORT = 4, /* so much of a frame is missing that it is none */
};

/* The head of its slip, "REFUND", as the terminal's log has it. */
#define REFUND_SLIP "52 45 46 55 4E 44"

/* @fault: of a registrar, or NULL where the shop has none. */
static Counter counter_new_with(const char *fault)
{
	static const char *const quick[] = { "card_ms=1", NULL };
	const char *const faults[] = { fault, NULL };
	Counter self = { .directory = g_dir_make_tmp("baraa-card-XXXXXX", NULL) };
	g_autoptr(GString) conf = g_string_new(NULL);

	self.shop = shop_new("ru", NULL);
	self.terminal = counter_device_new(self.directory, "payment-zvt", quick);
	g_string_printf(conf, "[payment]\ndevice=zvt@pty:%s\ncurrency=643\n", self.terminal.link);
	if (fault != NULL) {
		self.registrar = counter_device_new(self.directory, "fiscal-shtrih", faults);
		g_string_append_printf(conf, "[fiscal]\ndevice=shtrih@pty:%s\n",
				       self.registrar.link);
	}
	shop_configure(self.shop, conf->str);
	return self;
}

static Counter counter_new(void)
{
	return counter_new_with(NULL);
}

static void counter_free(Counter *self)
{
	counter_device_clear(&self->terminal);
	if (self->registrar.sim != NULL)
		counter_device_clear(&self->registrar);
	shop_remove(self->shop);
	shop_remove(self->directory);
}

static void break_after(const Counter *self, const char *how, int n)
{
	g_autofree char *line = g_strdup_printf("fault %s=%d", how, n);

	sim_say(self->terminal.sim, line);
}

static void steps(Running *till, const char *script)
{
	g_auto(GStrv) all = g_strsplit(script, "\n", -1);

	running_steps(till, (const char *const *)all);
}

static Running open_shift(const Counter *self)
{
	Running till = running_start(self->shop);

	steps(&till, "login " MARY "\nopen-shift 1000");
	counter_expect(&till, "-expect payment ready");
	return till;
}

/* The answer to @step has @code and @state. */
static void says(Running *till, const char *step, const char *code, const char *state)
{
	json_auto_t *answer = running_step(till, step);

	g_assert_cmpstr(json_string_value(json_object_get(answer, "code")), ==, code);
	g_assert_cmpstr(json_string_value(json_object_get(answer, "state")), ==, state);
}

/* What the terminal has done since it was switched on. */
static void books(const Counter *self, int charged, int reversed, int refunded)
{
	g_assert_cmpint(counter_device_count(&self->terminal, "CHARGE|"), ==, charged);
	g_assert_cmpint(counter_device_count(&self->terminal, "REVERSED|"), ==, reversed);
	g_assert_cmpint(counter_device_count(&self->terminal, "REFUND|"), ==, refunded);
}

/* "asked approved reversing …": the journal's words about cards. */
static void journal_is(const Counter *self, const char *expected)
{
	g_autoptr(GString) words = g_string_new(NULL);
	json_auto_t *entries = journal_of(self->shop, "card");
	size_t i;
	json_t *entry;

	json_array_foreach(entries, i, entry)
	{
		const char *step = json_string_value(json_object_get(entry, "step"));

		g_string_append_printf(words, "%s%s", i > 0 ? " " : "", step);
	}
	g_assert_cmpstr(words->str, ==, expected);
}

/* --- back from the payment -------------------------------------------------------------------- */

static void test_back_reverses(void)
{
	Counter counter = counter_new();
	Running till = open_shift(&counter);

	steps(&till, "scan " BREAD "\npay card 10\nexpect state tendering\nback\n"
		     "expect state selling\nexpect code card-taken-back\nexpect due 25");
	books(&counter, 1, 1, 0);
	steps(&till, "scan " MILK "\npay cash\nexpect state paid");
	running_finish(&till);
	journal_is(&counter, "asked approved reversing reversed");
	counter_free(&counter);
}

/* One after another, and the cash out of the drawer. */
static void test_back_reverses_several(void)
{
	Counter counter = counter_new();
	Running till = open_shift(&counter);

	steps(&till, "scan " BREAD "\npay card 10\npay cash 2\npay card 3\nexpect due 10\nback\n"
		     "expect state selling\nexpect due 25\npay card\nexpect state paid");
	books(&counter, 3, 2, 0);
	running_finish(&till);
	journal_is(&counter, "asked approved asked approved reversing reversed reversing reversed "
			     "asked approved");
	counter_free(&counter);
}

/* Somebody closes the terminal's day while the till is off: what was paid before cannot be reversed
 * any more. */
static void close_day_of_terminal(const Counter *self, Running *till)
{
	const struct payment_driver *driver = payment_driver_find("zvt");
	g_autoptr(GHashTable) options = g_hash_table_new(g_str_hash, g_str_equal);
	g_autofree char *address = g_strdup_printf("pty:%s", self->terminal.link);
	g_auto(PaymentResult) day = { 0 };
	g_autoptr(GError) error = NULL;
	struct payment *payment;
	struct port *port;

	running_finish(till);
	g_hash_table_insert(options, (char *)"currency", (char *)"643");
	port = port_open(address, &error);
	g_assert_no_error(error);
	payment = driver->open(port, options, &error);
	g_assert_no_error(error);
	g_assert_true(driver->end_of_day(payment, &day, &error));
	driver->close(payment);
	port_close(port);
	*till = running_start(self->shop);
	json_decref(running_step(till, "-login " MARY));
	counter_expect(till, "-expect payment ready");
}

static void test_reversal_declined(void)
{
	Counter counter = counter_new();
	Running till = open_shift(&counter);

	steps(&till, "scan " BREAD "\npay card 10");
	close_day_of_terminal(&counter, &till);
	says(&till, "-back", "card-not-back", "tendering");
	steps(&till, "expect due 15\npay card\nexpect state paid");
	books(&counter, 2, 0, 0);
	running_finish(&till);
	journal_is(&counter, "asked approved reversing not-reversed asked approved");
	counter_free(&counter);
}

/* The terminal was replaced: the number might be another shopper's there. */
static void test_another_terminal(void)
{
	Counter counter = counter_new();
	Running till = open_shift(&counter);

	steps(&till, "scan " BREAD "\npay card 10\npay card 5");
	sim_say(counter.terminal.sim, "fault tid_changed");
	says(&till, "-back", "card-not-back", "tendering");
	steps(&till, "expect due 10");
	g_assert_false(file_has(counter.terminal.log, "10 02 06 30"));
	books(&counter, 2, 0, 0);
	running_finish(&till);
	counter_free(&counter);
}

/* The terminal is gone: the card stays charged, and the sale can be finished. */
static void test_terminal_gone(void)
{
	Counter counter = counter_new();
	Running till = open_shift(&counter);
	json_auto_t *answer = NULL;

	steps(&till, "scan " BREAD "\npay card 10");
	sim_say(counter.terminal.sim, "unplug");
	answer = running_step(&till, "-back");
	g_assert_false(json_is_true(json_object_get(answer, "ok")));
	steps(&till, "expect state tendering\nexpect due 15\npay cash\nexpect state paid");
	books(&counter, 1, 0, 0);
	running_finish(&till);
	counter_free(&counter);
}

static void test_answer_lost_booked(void)
{
	Counter counter = counter_new();
	Running till = open_shift(&counter);

	steps(&till, "scan " BREAD "\npay card 10");
	break_after(&counter, "cut_in", ASKS + REVERSAL);
	json_decref(running_step(&till, "-back"));
	counter_expect(&till, "-expect state selling");
	steps(&till, "expect due 25");
	books(&counter, 1, 1, 0);
	running_finish(&till);
	journal_is(&counter, "asked approved reversing reversed");
	counter_free(&counter);
}

static void test_answer_lost_unbooked(void)
{
	Counter counter = counter_new();
	Running till = open_shift(&counter);

	steps(&till, "scan " BREAD "\npay card 10");
	break_after(&counter, "cut_in", ASKS + REVERSAL - SHORT);
	json_decref(running_step(&till, "-back"));
	counter_expect(&till, "-expect state tendering");
	steps(&till, "expect due 15");
	books(&counter, 1, 0, 0);
	running_finish(&till);
	journal_is(&counter, "asked approved reversing not-reversed");
	counter_free(&counter);
}

/* kill -9 once the terminal's log has @seen; Mary is back afterwards. */
static void kill_in(const Counter *counter, Running *till, const char *step, const char *seen)
{
	running_send(till, step);
	wait_for_text(counter->terminal.log, seen);
	running_kill(till);
	sim_say(counter->terminal.sim, "hear");
	*till = running_start(counter->shop);
	json_decref(running_step(till, "-login " MARY));
}

static void test_killed_booked(void)
{
	Counter counter = counter_new();
	Running till = open_shift(&counter);

	steps(&till, "scan " BREAD "\npay card 10\npay card 5");
	break_after(&counter, "deaf", ASKS + REVERSAL); /* it hears nothing of the till's acks */
	kill_in(&counter, &till, "back", "REVERSED|5.00|");
	/* And the other one is taken back after it. */
	counter_expect(&till, "-expect state selling");
	steps(&till, "expect due 25\nexpect lines 1");
	books(&counter, 2, 2, 0);
	running_finish(&till);
	journal_is(&counter, "asked approved asked approved reversing reversed reversing reversed");
	counter_free(&counter);
}

static void test_killed_unbooked(void)
{
	Counter counter = counter_new();
	Running till = open_shift(&counter);

	steps(&till, "scan " BREAD "\npay card 10\npay card 5");
	sim_say(counter.terminal.sim, "fault busy=1000@0630:1");
	kill_in(&counter, &till, "back",
		"84 9C"); /* it has not begun, and is asked again and again */
	counter_expect(&till, "-expect state tendering");
	steps(&till, "expect due 10");
	books(&counter, 2, 0, 0);
	steps(&till, "back\nexpect state selling\nexpect due 25");
	books(&counter, 2, 2, 0);
	running_finish(&till);
	counter_free(&counter);
}

/* The terminal had not been reached: nothing was sent, and nobody has to be asked. */
static void test_killed_before_it_was_sent(void)
{
	Counter counter = counter_new();
	Running till = open_shift(&counter);

	steps(&till, "scan " BREAD "\npay card 10");
	sim_say(counter.terminal.sim, "fault busy=1000@0501:1");
	kill_in(&counter, &till, "back", "84 9C");
	sim_say(counter.terminal.sim, "unplug");
	steps(&till, "expect state tendering\nexpect due 15");
	running_finish(&till);
	books(&counter, 1, 0, 0);
	journal_is(&counter, "asked approved reversing not-reversed");
	counter_free(&counter);
}

/* The terminal was taken away since: there is nobody to ask, and a person's word is no charge. */
static void test_killed_and_without_a_terminal_then(void)
{
	Counter counter = counter_new();
	Running till = open_shift(&counter);

	steps(&till, "scan " BREAD "\npay card 10\npay cash 5");
	break_after(&counter, "deaf", ASKS + REVERSAL);
	running_send(&till, "back");
	wait_for_text(counter.terminal.log, "REVERSED|10.00|");
	running_kill(&till);
	shop_configure(counter.shop, "[payment]\ndevice=standalone\n");
	till = running_start(counter.shop);
	says(&till, "-login " MARY, "card-back-unknown", "card-asked");
	says(&till, "-retry", "nothing-waits", "card-asked");
	says(&till, "-card approved", "card-settle-right", "card-asked");
	json_decref(running_step(&till, "-override " OLIVER));
	steps(&till, "expect state selling\nexpect due 25\npay cash\nexpect state paid");
	books(&counter, 1, 1, 0);
	running_finish(&till);
	counter_free(&counter);
}

/* It took more than it was asked for: nobody but a manager can say what that is. */
static void test_charged_too_much(void)
{
	Counter counter = counter_new();
	Running till = open_shift(&counter);

	steps(&till, "scan " BREAD);
	sim_say(counter.terminal.sim, "fault partial=5000");
	says(&till, "-pay card 10", "card-unknown", "card-asked");
	says(&till, "-card declined", "card-settle-right", "card-asked");
	json_decref(running_step(&till, "-override " OLIVER));
	steps(&till, "expect state selling\nexpect due 25\npay cash\nexpect state paid");
	running_finish(&till);
	counter_free(&counter);
}

/* The program was replaced while a payment was in doubt: what the older one has written down is
 * understood. */
static void make_intent_older(const char *shop)
{
	g_autofree char *path = g_build_filename(shop, "till.db", NULL);
	g_autofree char *text = NULL, *older = NULL;
	g_autoptr(GError) error = NULL;
	g_autoptr(TillDb) db = till_db_open(path, &error);
	g_auto(GStrv) words = NULL;

	g_assert_no_error(error);
	g_assert_true(till_db_dup_setting(db, "card-intent", &text, &error));
	words = g_strsplit(text, " ", -1);
	g_assert_cmpuint(g_strv_length(words), ==, 6);
	older = g_strjoin(" ", words[0], words[1], words[2], words[3], NULL);
	g_assert_true(till_db_put_settings(db, (const char *const[]){ "card-intent", older, NULL },
					   &error));
}

static void test_intent_of_an_older_till(void)
{
	Counter counter = counter_new();
	Running till = open_shift(&counter);

	steps(&till, "scan " MILK "\npay card\nscan " BREAD);
	sim_say(counter.terminal.sim, "fault silent=1");
	running_send(&till, "pay card");
	wait_for_text(counter.terminal.log, "00 00 00 00 25 00"); /* the amount is with it */
	running_kill(&till);
	make_intent_older(counter.shop);
	till = running_start(counter.shop);
	json_decref(running_step(&till, "-login " MARY));
	counter_expect(&till, "-expect state paid");
	books(&counter, 2, 0, 0);
	running_finish(&till);
	counter_free(&counter);
}

/* The registrar makes no document: the cashier goes back to the payment, and then to the goods. */
static void test_sale_that_could_not_be_made(void)
{
	Counter counter = counter_new_with("fn_error=03@FF45:1");
	Running till = open_shift(&counter);

	steps(&till, "scan " BREAD);
	json_decref(running_step(&till, "-pay card"));
	steps(&till, "abandon\nexpect state tendering\nexpect due 0\nback\nexpect state selling\n"
		     "expect due 25\npay cash\nexpect state paid\nexpect receipt T1-000001");
	books(&counter, 1, 1, 0);
	running_finish(&till);
	counter_free(&counter);
}

/* The same, and the power goes while the card is taken back: no receipt is made of it meanwhile. */
static void test_killed_after_a_sale_that_could_not_be_made(void)
{
	Counter counter = counter_new_with("fn_error=03@FF45:1");
	Running till = open_shift(&counter);

	steps(&till, "scan " BREAD);
	json_decref(running_step(&till, "-pay card"));
	steps(&till, "abandon\nexpect state tendering");
	break_after(&counter, "deaf", ASKS + REVERSAL);
	kill_in(&counter, &till, "back", "REVERSED|25.00|");
	counter_expect(&till, "-expect state selling");
	steps(&till, "expect due 25\nexpect lines 1\nexpect receipt");
	books(&counter, 1, 1, 0);
	running_finish(&till);
	counter_free(&counter);
}

/* Waits until the terminal has said what came of it; gives whether the receipt is paid by card. */
static bool is_charged_still(Running *till)
{
	int64_t until = counter_patience_ends();

	for (;;) {
		json_auto_t *answer = running_step(till, "-expect state selling");
		const char *state = json_string_value(json_object_get(answer, "state"));

		if (strcmp(state, "selling") == 0)
			return false;
		if (strcmp(state, "tendering") == 0)
			return true;
		if (g_get_monotonic_time() > until)
			g_error("what came of it is not told: %s", json_dumps(answer, 0));
		json_decref(running_step(till, "wait 20"));
	}
}

/* A cable that broke behind the last answer is found broken now: nothing was sent, and there is a
 * terminal the next time. */
static void pay_by_card(Running *till)
{
	json_auto_t *answer = running_step(till, "-pay card 10");

	if (json_is_true(json_object_get(answer, "ok")))
		return;
	g_assert_cmpstr(json_string_value(json_object_get(answer, "code")), ==, "offline");
	steps(till, "pay card 10");
}

/* The cable is pulled at one byte after another: each time, what is on the receipt is what the
 * terminal has taken. */
static void break_everywhere(const char *how, int bytes, int stride)
{
	Counter counter = counter_new();
	Running till = open_shift(&counter);
	int charged = 0, reversed = 0;

	steps(&till, "scan " BREAD);
	for (int n = 1; n <= bytes; n += stride) {
		counter_expect(&till, "-expect payment ready");
		pay_by_card(&till);
		charged++;
		g_test_message("%s=%d", how, n);
		break_after(&counter, how, n);
		json_decref(running_step(&till, "-back"));
		reversed += !is_charged_still(&till);
		books(&counter, charged, reversed, 0);
		if (reversed == charged)
			continue;
		steps(&till, "back\nexpect state selling");
		books(&counter, charged, ++reversed, 0);
	}
	running_finish(&till);
	counter_free(&counter);
}

static void test_cable_pulled_at_each_byte_of_ours(void)
{
	break_everywhere("cut_in", ASKS + REVERSAL + REVERSAL_ACKS, 3);
}

static void test_cable_pulled_at_each_byte_of_its(void)
{
	break_everywhere("cut_out", 850, 19);
}

/* It does not say what it did: only a manager does. */
static void settle(const char *word, int64_t state, const char *due)
{
	Counter counter = counter_new();
	Running till = open_shift(&counter);
	g_autofree char *step = g_strdup_printf("-card %s", word);
	g_autofree char *expected = g_strdup_printf("expect state %s\nexpect due %s",
						    state == 0 ? "selling" : "tendering", due);

	steps(&till, "scan " BREAD "\npay card 10");
	sim_say(counter.terminal.sim, "fault repeat_refused*1000");
	break_after(&counter, "cut_in", ASKS_IN_VAIN + REVERSAL);
	says(&till, "-back", "card-back-unknown", "card-asked");
	says(&till, step, "card-settle-right", "card-asked");
	json_decref(running_step(&till, "-override " OLIVER));
	steps(&till, expected);
	running_finish(&till);
	counter_free(&counter);
}

/* --- returns ---------------------------------------------------------------------------------- */

static void test_whole_return_is_reversed(void)
{
	Counter counter = counter_new();
	Running till = open_shift(&counter);

	steps(&till, "scan " BREAD "\npay card\nexpect state paid\nreturn T1-000001\n"
		     "expect state paid");
	books(&counter, 1, 1, 0);
	running_finish(&till);
	journal_is(&counter, "asked approved reversing reversed");
	counter_free(&counter);
}

/* Another day the terminal has closed its own. */
static void test_return_in_another_shift_is_a_refund(void)
{
	Counter counter = counter_new();
	Running till = open_shift(&counter);

	steps(&till, "scan " BREAD "\npay card\nclose-shift\nopen-shift\nreturn T1-000001\n"
		     "expect state paid");
	books(&counter, 1, 0, 1);
	running_finish(&till);
	journal_is(&counter, "asked approved refunding refunded");
	counter_free(&counter);
}

static void test_part_of_a_sale_is_a_refund(void)
{
	Counter counter = counter_new();
	Running till = open_shift(&counter);

	steps(&till, "scan " BREAD "\nscan " MILK "\npay card\nreturn T1-000001 1 1\n"
		     "expect state paid");
	books(&counter, 1, 0, 1);
	g_assert_true(file_has(counter.terminal.log, "REFUND|25.00|"));
	running_finish(&till);
	counter_free(&counter);
}

/* Two cards and cash: each card has its own back, and the drawer the rest. */
static void test_return_of_a_mixed_payment(void)
{
	Counter counter = counter_new();
	Running till = open_shift(&counter);

	steps(&till, "scan " BREAD "\npay card 10\npay card 5\npay cash 20\nexpect state paid\n"
		     "return T1-000001\nexpect state paid");
	books(&counter, 2, 2, 0);
	running_finish(&till);
	counter_free(&counter);
}

/* The terminal says no to the reversal: then, and only then, it pays out. */
static void test_declined_reversal_becomes_a_refund(void)
{
	Counter counter = counter_new();
	Running till = open_shift(&counter);

	steps(&till, "scan " BREAD "\npay card");
	close_day_of_terminal(&counter, &till);
	steps(&till, "return T1-000001\nexpect state paid");
	books(&counter, 1, 0, 1);
	running_finish(&till);
	journal_is(&counter, "asked approved reversing not-reversed refunding refunded");
	counter_free(&counter);
}

/* No answer is no no: nothing is paid out, and what comes next is a reversal again. */
static void test_lost_reversal_becomes_no_refund(void)
{
	Counter counter = counter_new();
	Running till = open_shift(&counter);

	steps(&till, "scan " BREAD "\npay card");
	break_after(&counter, "cut_in", ASKS + REVERSAL - SHORT);
	json_decref(running_step(&till, "-return T1-000001"));
	counter_expect(&till, "-expect state selling");
	books(&counter, 1, 0, 0);
	steps(&till, "give-back\nexpect state paid");
	books(&counter, 1, 1, 0);
	running_finish(&till);
	counter_free(&counter);
}

static void test_refund_declined(void)
{
	Counter counter = counter_new();
	Running till = open_shift(&counter);

	steps(&till, "scan " BREAD "\npay card\nclose-shift\nopen-shift");
	sim_say(counter.terminal.sim, "fault declined=67");
	says(&till, "-return T1-000001", "card-not-given", "selling");
	books(&counter, 1, 0, 0);
	steps(&till, "give-back\nexpect state paid");
	books(&counter, 1, 0, 1);
	running_finish(&till);
	journal_is(&counter, "asked approved refunding not-refunded refunding refunded");
	counter_free(&counter);
}

/* What went back cannot be charged again: there is no way back, only on. */
static void test_no_way_back_in_a_return(void)
{
	Counter counter = counter_new();
	Running till = open_shift(&counter);

	steps(&till, "scan " BREAD "\npay card 10\npay card");
	break_after(&counter, "cut_in", 2 * (ASKS + REVERSAL) + REVERSAL_ACKS - SHORT);
	json_decref(running_step(&till, "-return T1-000001"));
	counter_expect(&till, "-expect state tendering");
	books(&counter, 2, 1, 0);
	says(&till, "-back", "card-went-back", "tendering");
	steps(&till, "give-back\nexpect state paid");
	books(&counter, 2, 2, 0);
	running_finish(&till);
	counter_free(&counter);
}

/* Before its approval is acknowledged it would take the refund back: it is killed while the slips
 * come, by the first of which the terminal says that it has heard that. */
static void test_killed_in_a_refund(void)
{
	Counter counter = counter_new();
	Running till = open_shift(&counter);

	steps(&till, "scan " BREAD "\npay card\nclose-shift\nopen-shift");
	break_after(&counter, "deaf", ASKS + REFUND);
	kill_in(&counter, &till, "return T1-000001", REFUND_SLIP);
	counter_expect(&till, "-expect state paid");
	books(&counter, 1, 0, 1);
	running_finish(&till);
	counter_free(&counter);
}

static void test_manager_says_it_went_back(void)
{
	settle("approved", 0, "25");
}

static void test_manager_says_it_did_not(void)
{
	settle("declined", 1, "15");
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/card-back/back-reverses", test_back_reverses);
	g_test_add_func("/card-back/back-reverses-several", test_back_reverses_several);
	g_test_add_func("/card-back/reversal-declined", test_reversal_declined);
	g_test_add_func("/card-back/another-terminal", test_another_terminal);
	g_test_add_func("/card-back/terminal-gone", test_terminal_gone);
	g_test_add_func("/card-back/answer-lost-booked", test_answer_lost_booked);
	g_test_add_func("/card-back/answer-lost-unbooked", test_answer_lost_unbooked);
	g_test_add_func("/card-back/killed-booked", test_killed_booked);
	g_test_add_func("/card-back/killed-unbooked", test_killed_unbooked);
	g_test_add_func("/card-back/killed-before-it-was-sent", test_killed_before_it_was_sent);
	g_test_add_func("/card-back/killed-and-without-a-terminal",
			test_killed_and_without_a_terminal_then);
	g_test_add_func("/card-back/charged-too-much", test_charged_too_much);
	g_test_add_func("/card-back/intent-of-an-older-till", test_intent_of_an_older_till);
	g_test_add_func("/card-back/sale-that-could-not-be-made", test_sale_that_could_not_be_made);
	g_test_add_func("/card-back/killed-after-a-sale-that-could-not-be-made",
			test_killed_after_a_sale_that_could_not_be_made);
	g_test_add_func("/card-back/cable-pulled-at-bytes-of-ours",
			test_cable_pulled_at_each_byte_of_ours);
	g_test_add_func("/card-back/cable-pulled-at-bytes-of-its",
			test_cable_pulled_at_each_byte_of_its);
	g_test_add_func("/card-back/manager-says-it-went-back", test_manager_says_it_went_back);
	g_test_add_func("/card-back/manager-says-it-did-not", test_manager_says_it_did_not);
	g_test_add_func("/card-back/whole-return-is-reversed", test_whole_return_is_reversed);
	g_test_add_func("/card-back/return-in-another-shift",
			test_return_in_another_shift_is_a_refund);
	g_test_add_func("/card-back/part-of-a-sale", test_part_of_a_sale_is_a_refund);
	g_test_add_func("/card-back/return-of-a-mixed-payment", test_return_of_a_mixed_payment);
	g_test_add_func("/card-back/declined-reversal-becomes-a-refund",
			test_declined_reversal_becomes_a_refund);
	g_test_add_func("/card-back/lost-reversal-becomes-no-refund",
			test_lost_reversal_becomes_no_refund);
	g_test_add_func("/card-back/refund-declined", test_refund_declined);
	g_test_add_func("/card-back/no-way-back-in-a-return", test_no_way_back_in_a_return);
	g_test_add_func("/card-back/killed-in-a-refund", test_killed_in_a_refund);
	return g_test_run();
}
