/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/sim.h"
#include "tests/devices/payment/zvt_wire.h"
#include "tests/sim/wire.h"
#include "tests/wait_file.h"

#include <string.h>

/* The simulated terminal against the bytes of the page on payment terminals: §4 and §8. */
typedef struct {
	SimThread *sim;
	ZvtWire *wire;
	char *log, *state, *link; /* owned */
} Terminal;

#define YES "80 00 00"
#define REGISTER "06 00 10 12 34 56 BE 09 78 03 01 06 06 26 04 0A 02 06 D3"
/* 12.34 EUR. */
#define PAY "06 01 0A 04 00 00 00 00 12 34 49 09 78"
#define APPROVED(amount, number)                                                                   \
	"04 0F 32 27 00 04 " amount " 0B 00 " number " 0C ?? ?? ?? 0D ?? ?? 29 52 50 02 95 49 09 " \
	"78 87 " number " 8A 06 22 F0 F8 EE EE EE EE EE EE 47 71 3C F0 F0 F2 4F 4B"
#define PAID APPROVED("00 00 00 00 12 34", "04 71")

static void power_on(Terminal *self, bool serial, const char *const *faults)
{
	g_autoptr(GError) error = NULL;

	self->sim = sim_start("payment-zvt",
			      &(SimOptions){ .pty_link = serial ? self->link : NULL,
					     .log_path = self->log,
					     .state_path = self->state,
					     .faults = faults,
					     .control_fd = -1 },
			      &error);
	g_assert_no_error(error);
	self->wire = zvt_wire_new(sim_thread_get_address(self->sim));
}

/* @faults: NULL, or one with spaces between several. The shopper is quick here. */
static Terminal terminal_new(const char *name, bool serial, const char *faults)
{
	g_autofree char *log = g_strdup_printf("%s.log", name);
	g_autofree char *state = g_strdup_printf("%s.json", name);
	g_autofree char *link = g_strdup_printf("%s.pty", name);
	g_autofree char *all = g_strdup_printf("card_ms=0 %s", faults != NULL ? faults : "");
	g_auto(GStrv) specs = g_strsplit(g_strchomp(all), " ", -1);
	Terminal self = { .log = scratch_new(log),
			  .state = scratch_new(state),
			  .link = scratch_new(link) };

	power_on(&self, serial, (const char *const *)specs);
	return self;
}

static void power_off(Terminal *self)
{
	g_autoptr(GError) error = NULL;

	zvt_wire_free(self->wire);
	g_assert_true(sim_stop(self->sim, &error));
	g_assert_no_error(error);
}

static void terminal_end(Terminal *self)
{
	power_off(self);
	g_free(self->log);
	g_free(self->state);
	g_free(self->link);
}

static void command(Terminal *self, const char *apdu)
{
	zvt_tell(self->wire, apdu);
	zvt_hear(self->wire, YES);
}

static void enrol(Terminal *self)
{
	command(self, REGISTER);
	zvt_hear_ack(self->wire, "06 0F 00");
}

/* Both slips, each a text block longer than a one-byte length can say, or not. */
static void hear_slips(Terminal *self)
{
	for (uint8_t type = 1; type <= 2; type++) {
		g_autoptr(GByteArray) apdu = zvt_hear_new(self->wire);

		g_assert_cmphex(apdu->data[0], ==, 0x06);
		g_assert_cmphex(apdu->data[1], ==, 0xD3);
		g_assert_nonnull(memmem(apdu->data, apdu->len,
					(const uint8_t[]){ 0x1F, 0x07, 0x01, type }, 4));
		zvt_tell(self->wire, YES);
	}
}

static void pay(Terminal *self)
{
	command(self, PAY);
	zvt_hear_ack(self->wire, "04 FF 01 0A");
	zvt_hear_ack(self->wire, PAID);
	hear_slips(self);
	zvt_hear_ack(self->wire, "06 0F 00");
}

static void test_sequence(bool serial)
{
	Terminal t = terminal_new(serial ? "serial" : "tcp", serial, NULL);

	enrol(&t);
	pay(&t);
	wait_for_text(t.log, "CHARGE|12.34|receipt 471\n");
	/* Idle again. */
	command(&t, "06 70 00");
	zvt_hear_ack(t.wire, "04 FF 01 C9");
	zvt_hear_ack(t.wire, "06 0F 00");
	g_assert_false(file_has(t.log, "FLAG"));
	g_assert_false(file_has(t.log, "PAPER|"));
	terminal_end(&t);
}

static void test_sequence_over_tcp(void)
{
	test_sequence(false);
}

static void test_sequence_over_serial(void)
{
	test_sequence(true);
}

/* --- the frames of §8, to and fro ------------------------------------------------------------- */

#define Z1 "10 02 80 00 00 10 03 F5 1F"
#define Z2 "10 02 84 9C 00 10 03 C3 41"
#define Z3 "10 02 06 00 06 12 34 56 BA 09 78 10 03 24 C3"
#define Z4 "10 02 06 01 0A 04 00 00 00 01 10 10 00 49 09 78 10 03 F2 FF"
#define Z5 "10 02 05 01 03 12 34 56 10 03 E0 43"
#define Z6 "10 02 06 00 10 10 12 34 56 BE 09 78 03 01 06 06 26 04 0A 02 06 D3 10 03 78 B5"
#define Z7 "10 02 06 0F 00 10 03 C6 33"
#define Z8 "10 02 06 1E 01 6C 10 03 C9 F2"
#define Z9 "10 02 06 30 06 12 34 56 87 04 70 10 03 4B 3D"
#define Z10 "10 02 06 31 0D 12 34 56 04 00 00 00 00 12 34 49 09 78 10 03 CF 30"
#define Z11 "10 02 06 50 03 12 34 56 10 03 C4 AF"
#define Z12 "10 02 84 66 00 10 03 8D BE"

static void raw_command(Terminal *self, const char *frame, const char *answer)
{
	zvt_wire_send_raw(self->wire, frame);
	zvt_wire_expect_raw(self->wire, "06");
	zvt_wire_expect_raw(self->wire, answer);
	zvt_wire_send_raw(self->wire, "06");
}

static void raw_hear(Terminal *self, const char *frame)
{
	zvt_wire_expect_raw(self->wire, frame);
	zvt_wire_send_raw(self->wire, "06");
	zvt_wire_send_raw(self->wire, Z1);
	zvt_wire_expect_raw(self->wire, "06");
}

static void test_frames_of_the_page(void)
{
	Terminal t = terminal_new("frames", true, "busy=50@0501:1 abort@0601:1");

	raw_command(&t, Z3, Z1);
	raw_hear(&t, Z7);
	raw_command(&t, Z4, Z1);
	zvt_hear_ack(t.wire, "04 FF 01 0A");
	raw_hear(&t, Z8);
	wait_for_text(t.log, "CANCELLED|110.00\n");
	raw_command(&t, Z5, Z2);
	terminal_end(&t);
}

static void test_more_frames_of_the_page(void)
{
	Terminal t = terminal_new("frames2", true, NULL);

	raw_command(&t, Z6, Z1);
	raw_hear(&t, Z7);
	raw_command(&t, Z9, Z1); /* there is no receipt 470 in this batch */
	zvt_hear_ack(t.wire, "06 1E 01 B5");
	raw_command(&t, Z10, Z1);
	zvt_hear_ack(t.wire, "04 FF 01 0A");
	zvt_hear_ack(t.wire, PAID);
	hear_slips(&t);
	raw_hear(&t, Z7);
	wait_for_text(t.log, "REFUND|12.34|receipt 471\n");
	raw_command(&t, Z11, Z1);
	wait_for_text(t.log, "DAY|-12.34|1 transactions\n");
	terminal_end(&t);
}

static void test_goods_not_issued(void)
{
	Terminal t = terminal_new("z12", true, NULL);

	enrol(&t);
	command(&t, PAY);
	zvt_hear_ack(t.wire, "04 FF 01 0A");
	zvt_hear(t.wire, PAID);
	zvt_wire_send_raw(t.wire, Z12);
	zvt_wire_expect_raw(t.wire, "06");
	raw_hear(&t, Z8);
	wait_for_text(t.log, "REVERSED|12.34|receipt 471\n");
	g_assert_false(file_has(t.log, "FLAG"));
	terminal_end(&t);
}

/* Z13 holds the minute it was written in: the clock is set to it, and must not tick meanwhile. */
static bool pay_at_the_page_s_second(int try)
{
	g_autofree char *name = g_strdup_printf("z13-%d", try);
	Terminal t = terminal_new(name, true, NULL);
	bool exact;

	enrol(&t);
	command(&t, "06 91 08 AA 26 11 23 0C 14 30 15");
	zvt_hear_ack(t.wire, "06 0F 00");
	command(&t, PAY);
	zvt_hear_ack(t.wire, "04 FF 01 0A");
	zvt_wire_expect_raw(t.wire, "10 02 04 0F 32 27 00 04 00 00 00 00 12 34 0B 00 04 71 0C 14 "
				    "30 ?? 0D 11 23 29 52 50 02 95 49 09 78 87 04 71 8A 06 22 F0 "
				    "F8 EE EE EE EE EE EE 47 71 3C F0 F0 F2 4F 4B 10 03 ?? ??");
	exact = file_has(t.log, "0C 14 30 15 0D 11 23");
	if (exact)
		g_assert_true(file_has(t.log, "3C F0 F0 F2 4F 4B 10 03 4B 5C\n"));
	terminal_end(&t);
	return exact;
}

static void test_status_information_of_the_page(void)
{
	int try = 0;

	while (!pay_at_the_page_s_second(try))
		g_assert_cmpint(++try, <, 20);
}

static void test_short_payment_and_lines(void)
{
	Terminal t = terminal_new("short", false, NULL);

	/* Without 06 D3 announced the slip comes in lines, the last one marked. */
	command(&t, "06 00 06 12 34 56 BA 09 78");
	zvt_hear_ack(t.wire, "06 0F 00");
	command(&t, "06 01 07 04 00 00 00 00 10 00");
	zvt_hear_ack(t.wire, "04 FF 01 0A");
	zvt_hear_ack(t.wire, APPROVED("00 00 00 00 10 00", "04 71"));
	for (int slip = 0; slip < 2; slip++) {
		uint8_t attribute = 0;

		for (int line = 0; !(attribute & 0x80); line++) {
			g_autoptr(GByteArray) apdu = zvt_hear_new(t.wire);

			g_assert_cmphex(apdu->data[0], ==, 0x06);
			g_assert_cmphex(apdu->data[1], ==, 0xD1);
			attribute = apdu->data[3];
			g_assert_cmphex(attribute, ==, line == 0 ? 0x60 : line < 7 ? 0x00 : 0x81);
			zvt_tell(t.wire, YES);
		}
	}
	zvt_hear_ack(t.wire, "06 0F 00");
	terminal_end(&t);
}

static void test_terminal_prints_itself(void)
{
	Terminal t = terminal_new("paper", false, NULL);

	command(&t, "06 00 06 12 34 56 10 09 78"); /* no text, no intermediate status */
	zvt_hear_ack(t.wire, "06 0F 00");
	command(&t, PAY);
	zvt_hear_ack(t.wire, PAID);
	zvt_hear_ack(t.wire, "06 0F 00");
	wait_for_text(t.log, "PAPER|CUSTOMER COPY");
	g_assert_true(file_has(t.log, "PAPER|AMOUNT 12.34 (0978)"));
	terminal_end(&t);
}

/* --- what it refuses -------------------------------------------------------------------------- */

static void test_refuses_what_a_terminal_refuses(void)
{
	static const struct {
		const char *apdu, *answer, *flag;
	} cases[] = {
		{ "06 01 07 04 00 00 00 00 12 3A", "84 9A 00", "offset 4: not BCD digits" },
		{ "06 01 04 49 09 78 19", "84 9A 00", "offset 7: the BMP is cut short" },
		{ "06 01 03 49 09 78", "84 9A 00", "offset 3: no amount" },
		{ "06 01 09 04 00 00 00 00 00 01 61 00", "84 9A 00",
		  "offset 11: the BMP is not known" },
		{ "06 01 0E 04 00 00 00 00 00 01 04 00 00 00 00 00 01", "84 9A 00",
		  "offset 10: this BMP comes twice" },
		{ "06 01 0A 04 00 00 00 00 00 01 87 04 71", "84 9A 00",
		  "offset 10: this BMP does not belong" },
		{ "06 01 0A 04 00 00 00 00 12 34 49 08 40", "84 6F 00", "currency 0840" },
		{ "06 20 00", "84 9A 00", "offset 3: no password" },
		{ "06 20 03 65 43 21", "84 9A 00", "offset 3: wrong password" },
		{ "06 20 04 12 34 56 00", "84 9A 00", "offset 6: too long" },
		{ "06 30 03 12 34 56", "84 9A 00", "offset 6: no receipt number" },
		{ "06 91 08 AA 26 02 31 0C 14 30 15", "84 9A 00", "no date and time" },
		{ "06 02 01 00", "84 9A 00", "offset 2: data where none belongs" },
		{ "06 C0 00", "84 83 00", "command 06 C0 is not supported" },
		{ "80 00 00", NULL, "an acknowledgement of nothing" },
	};
	Terminal t = terminal_new("strict", false, "password=123456");

	enrol(&t);
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		zvt_tell(t.wire, cases[i].apdu);
		if (cases[i].answer != NULL)
			zvt_hear(t.wire, cases[i].answer);
		wait_for_text(t.log, cases[i].flag);
	}
	pay(&t); /* and none of it harmed */
	terminal_end(&t);
}

static void test_registration_comes_first(void)
{
	Terminal t = terminal_new("unregistered", false, NULL);

	zvt_tell(t.wire, PAY);
	zvt_hear(t.wire, "84 6B 00");
	wait_for_text(t.log, "FLAG: command 06 01 before a registration");
	command(&t, "05 01 03 12 34 56");
	zvt_hear_ack(t.wire, "06 0F 0F F0 F1 F1 53 49 4D 2D 5A 56 54 20 31 2E 30 00");
	enrol(&t);
	pay(&t);
	command(&t, "06 02 00");
	zvt_hear_ack(t.wire, "06 0F 00");
	zvt_tell(t.wire, PAY);
	zvt_hear(t.wire, "84 6B 00");
	enrol(&t);
	/* The power takes it too. */
	sim_say(t.sim, "power");
	g_assert_true(zvt_wire_is_gone(t.wire));
	zvt_wire_free(t.wire);
	t.wire = zvt_wire_new(sim_thread_get_address(t.sim));
	zvt_tell(t.wire, PAY);
	zvt_hear(t.wire, "84 6B 00");
	terminal_end(&t);
}

/* 06 43 is a currency and might be the head of a TLV. */
static void test_roubles_and_no_currency(void)
{
	static const char *const registrations[] = {
		"06 00 06 12 34 56 10 06 43",
		"06 00 0E 12 34 56 10 06 43 06 06 26 04 0A 02 06 D3",
		"06 00 0C 12 34 56 10 06 06 26 04 0A 02 06 D3",
	};
	static const char *const payments[] = {
		"06 01 0A 04 00 00 00 00 12 34 49 06 43", "06 01 0A 04 00 00 00 00 12 34 49 06 43",
		"06 01 0A 04 00 00 00 00 12 34 49 09 78", /* the terminal's own */
	};

	for (size_t i = 0; i < G_N_ELEMENTS(registrations); i++) {
		g_autofree char *name = g_strdup_printf("currency%zu", i);
		Terminal t = terminal_new(name, false, NULL);

		command(&t, registrations[i]);
		zvt_hear_ack(t.wire, "06 0F 00");
		command(&t, payments[i]);
		g_assert_false(file_has(t.log, "FLAG"));
		terminal_end(&t);
	}
}

static void test_no_command_while_terminal_is_master(void)
{
	Terminal t = terminal_new("master", false, NULL);

	enrol(&t);
	sim_say(t.sim, "hold");
	wait_for_text(t.log, "control: hold");
	command(&t, PAY);
	zvt_hear_ack(t.wire, "04 FF 01 0A");
	zvt_tell(t.wire, "05 01 03 12 34 56");
	wait_for_text(t.log, "FLAG: command 05 01 while the terminal is master");
	/* But this one. */
	command(&t, "06 B0 00");
	zvt_hear_ack(t.wire, "06 1E 01 6C");
	command(&t, "06 B0 00"); /* nothing to end */
	sim_say(t.sim, "approve");
	wait_for_text(t.log, "control: approve");
	pay(&t);
	terminal_end(&t);
}

static void test_controls(void)
{
	Terminal t = terminal_new("controls", false, NULL);

	enrol(&t);
	sim_say(t.sim, "hold");
	wait_for_text(t.log, "control: hold");
	command(&t, PAY);
	zvt_hear_ack(t.wire, "04 FF 01 0A");
	sim_say(t.sim, "decline 78");
	zvt_hear_ack(t.wire, "04 0F 35 27 78 04 00 00 00 00 12 34 0B 00 04 71 0C ?? ?? ?? 0D ?? "
			     "?? 29 52 50 02 95 49 09 78 8A 06 22 F0 F8 EE EE EE EE EE EE 47 71 "
			     "3C F0 F0 F8 44 45 43 4C 49 4E 45 44");
	zvt_hear_ack(t.wire, "06 1E 01 78");
	wait_for_text(t.log, "DECLINED|12.34|code 78\n");
	command(&t, PAY);
	zvt_hear_ack(t.wire, "04 FF 01 0A");
	sim_say(t.sim, "cancel");
	zvt_hear_ack(t.wire, "06 1E 01 6C");
	command(&t, PAY);
	zvt_hear_ack(t.wire, "04 FF 01 0A");
	sim_say(t.sim, "approve");
	zvt_hear_ack(t.wire, "04 0F 32 27 00 04 00 00 00 00 12 34 0B 00 04 72 0C ?? ?? ?? 0D ?? ?? "
			     "29 52 50 02 95 49 09 78 87 04 71 8A 06 22 F0 F8 EE EE EE EE EE EE 47 "
			     "71 3C F0 F0 F2 4F 4B");
	hear_slips(&t);
	zvt_hear_ack(t.wire, "06 0F 00");
	g_assert_false(file_has(t.log, "FLAG"));
	terminal_end(&t);
}

/* --- the books -------------------------------------------------------------------------------- */

static void repeat(Terminal *self, const char *status)
{
	command(self, "06 20 03 12 34 56");
	zvt_hear_ack(self->wire, status);
	if (g_str_has_prefix(status, "06 1E"))
		return;
	hear_slips(self);
	zvt_hear_ack(self->wire, "06 0F 00");
}

static void totals(Terminal *self, const char *count, const char *sum)
{
	static const char none[] = "00 00 00 00 00 00 00";
	g_autofree char *status = g_strdup_printf(
		"04 0F 4A 27 00 04 %s 29 52 50 02 95 49 09 78 60 F0 F5 F3 ?? ?? ?? ?? %s %s %s %s "
		"%s %s %s %s",
		sum, none, none, count, sum, none, none, none, none);

	zvt_hear_ack(self->wire, "04 FF 01 0E");
	zvt_hear_ack(self->wire, status);
}

static void test_books(void)
{
	Terminal t = terminal_new("books", false, NULL);

	enrol(&t);
	repeat(&t, "06 1E 01 83"); /* there is nothing yet */
	pay(&t);
	repeat(&t, PAID);
	command(&t, "06 10 03 12 34 56");
	totals(&t, "01", "00 00 00 00 12 34");
	zvt_hear_ack(t.wire, "06 0F 00");
	/* Taken back once, and what is shown names the original. */
	command(&t, "06 30 06 12 34 56 87 04 71");
	zvt_hear_ack(t.wire, "04 0F 36 27 00 04 00 00 00 00 12 34 0B 00 04 72 37 00 04 71 0C ?? ?? "
			     "?? 0D ?? ?? 29 52 50 02 95 49 09 78 87 04 72 8A 06 22 F0 F8 EE EE EE "
			     "EE EE EE 47 71 3C F0 F0 F2 4F 4B");
	hear_slips(&t);
	zvt_hear_ack(t.wire, "06 0F 00");
	wait_for_text(t.log, "REVERSED|12.34|receipt 471\n");
	command(&t, "06 30 06 12 34 56 87 04 71");
	zvt_hear_ack(t.wire, "06 1E 01 B4");
	command(&t, "06 50 03 12 34 56");
	totals(&t, "00", "00 00 00 00 00 00");
	g_byte_array_unref(zvt_hear_new(t.wire)); /* the report */
	zvt_tell(t.wire, YES);
	zvt_hear_ack(t.wire, "06 0F 00");
	terminal_end(&t);
}

static void test_reversal_after_the_end_of_day(void)
{
	Terminal t = terminal_new("batch", false, NULL);

	enrol(&t);
	pay(&t);
	command(&t, "06 50 03 12 34 56");
	totals(&t, "01", "00 00 00 00 12 34");
	g_byte_array_unref(zvt_hear_new(t.wire));
	zvt_tell(t.wire, YES);
	zvt_hear_ack(t.wire, "06 0F 00");
	wait_for_text(t.log, "DAY|12.34|1 transactions\n");
	command(&t, "06 30 06 12 34 56 87 04 71");
	zvt_hear_ack(t.wire, "06 1E 01 B5");
	terminal_end(&t);
}

static void test_memory_outlives_the_power(void)
{
	static const char *const quick[] = { "card_ms=0", NULL };
	Terminal t = terminal_new("memory", false, NULL);

	enrol(&t);
	pay(&t);
	power_off(&t);
	power_on(&t, false, quick);
	enrol(&t);
	repeat(&t, PAID);
	command(&t, PAY);
	zvt_hear_ack(t.wire, "04 FF 01 0A");
	zvt_hear_ack(t.wire, APPROVED("00 00 00 00 12 34", "04 72"));
	hear_slips(&t);
	zvt_hear_ack(t.wire, "06 0F 00");
	g_assert_true(file_has(t.state, "\"receipt\": 472"));
	terminal_end(&t);
}

static void test_half_a_memory_is_refused(void)
{
	g_autofree char *state = scratch_new("half.json");
	g_autoptr(GError) error = NULL;

	g_assert_true(g_file_set_contents(state, "{ \"receipt\": 1 }", -1, NULL));
	g_assert_null(sim_start("payment-zvt",
				&(SimOptions){ .state_path = state, .control_fd = -1 }, &error));
	g_assert_error(error, SIM_ERROR, SIM_ERROR_STATE);
}

/* --- acknowledgements and blocks -------------------------------------------------------------- */

/* The time-outs are shortened only where one is to run out, so that a slow machine breaks no other.
 */
static void hurry(Terminal *self, const char *setting)
{
	g_autofree char *line = g_strdup_printf("fault %s", setting);
	g_autofree char *text = g_strdup_printf("control: %s", line);

	sim_say(self->sim, line);
	wait_for_text(self->log, text);
}

static void test_unacknowledged_approval_is_taken_back(void)
{
	Terminal t = terminal_new("t3", false, NULL);

	enrol(&t);
	command(&t, PAY);
	zvt_hear(t.wire, "04 FF 01 0A");
	hurry(&t, "t3_ms=40");
	zvt_tell(t.wire, YES);
	for (int i = 0; i < 3; i++)
		zvt_hear(t.wire, PAID);
	zvt_hear(t.wire, "06 1E 01 6C");
	wait_for_text(t.log, "REVERSED|12.34|receipt 471\n");
	zvt_wire_free(t.wire);
	wait_for_text(t.log, "host gone");
	hurry(&t, "t3_ms=5000");
	t.wire = zvt_wire_new(sim_thread_get_address(t.sim));
	repeat(&t, "06 1E 01 83"); /* it never was */
	terminal_end(&t);
}

static void test_till_may_ask_for_time(void)
{
	Terminal t = terminal_new("polite", false, NULL);

	enrol(&t);
	command(&t, PAY);
	zvt_hear_ack(t.wire, "04 FF 01 0A");
	zvt_hear(t.wire, PAID);
	zvt_tell(t.wire, "84 9C 00");
	zvt_hear_ack(t.wire, PAID);
	hear_slips(&t);
	zvt_hear_ack(t.wire, "06 0F 00");
	g_assert_false(file_has(t.log, "FLAG"));
	terminal_end(&t);
}

static void test_bad_blocks_are_refused(void)
{
	Terminal t = terminal_new("blocks", true, "t1_ms=50");

	zvt_wire_send_raw(t.wire, "10 02 06 00 06 12 34 56 BA 09 78 10 03 24 C2");
	zvt_wire_expect_raw(t.wire, "15");
	wait_for_text(t.log, "FLAG: offset 9 of the block: wrong check sum");
	/* The length byte of Z6 not doubled. */
	zvt_wire_send_raw(t.wire, "10 02 06 00 10 12");
	zvt_wire_expect_raw(t.wire, "15");
	wait_for_text(t.log, "a single 10 within the data");
	/* Announces more than it has; its check sum is right. */
	zvt_wire_send_raw(t.wire, "10 02 80 00 01 10 03 2D 06");
	zvt_wire_expect_raw(t.wire, "15");
	wait_for_text(t.log, "its length is not what it announces");
	zvt_wire_send_raw(t.wire, "10 02 06 00");
	zvt_wire_expect_raw(t.wire, "15");
	wait_for_text(t.log, "T1 is over");
	enrol(&t);
	terminal_end(&t);
}

/* How slow the terminal's clock has to be, in minutes, for it to be half past ten there: an hour
 * that stands twice in a block. */
static int minutes_since_half_past_ten(void)
{
	enum { DAY = 24 * 60, THEN = 10 * 60 + 30 };
	g_autoptr(GDateTime) now = g_date_time_new_now_local();

	return (g_date_time_get_hour(now) * 60 + g_date_time_get_minute(now) + DAY - THEN) % DAY;
}

static void test_terminal_repeats_a_block_twice(void)
{
	g_autofree char *faults =
		g_strdup_printf("bad_crc=1@0601:1 clock_wrong=%d", minutes_since_half_past_ten());
	Terminal t = terminal_new("repeats", true, faults);

	enrol(&t);
	zvt_tell(t.wire, PAY);
	zvt_wire_expect_raw(t.wire, "10 02 80 00 00 10 03 F5 E0"); /* spoilt */
	zvt_wire_send_raw(t.wire, "15");
	zvt_hear(t.wire, YES);
	zvt_hear(t.wire, "04 FF 01 0A");
	hurry(&t, "t2_ms=40");
	zvt_tell(t.wire, YES);
	for (int i = 0; i < 3; i++) /* never acknowledged: 50 bytes, one of them the length */
		zvt_wire_expect_raw(
			t.wire, "10 02 04 0F 32 27 00 04 00 00 00 00 12 34 0B 00 04 71 0C 10 10 "
				"?? ?? 0D ?? ?? 29 52 50 02 95 49 09 78 87 04 71 8A 06 22 F0 F8 EE "
				"EE EE EE EE "
				"EE 47 71 3C F0 F0 F2 4F 4B 10 03 ** **");
	wait_for_text(t.log, "REVERSED|12.34|receipt 471\n");
	terminal_end(&t);
}

static void test_repeated_block_is_done_once(void)
{
	Terminal t = terminal_new("again", true, NULL);

	enrol(&t);
	zvt_wire_send_raw(t.wire, Z4);
	zvt_wire_expect_raw(t.wire, "06");
	zvt_wire_expect_raw(t.wire, Z1);
	zvt_wire_send_raw(t.wire, Z4); /* as a till that missed the ACK */
	zvt_wire_expect_raw(t.wire, "06");
	zvt_wire_send_raw(t.wire, "06");
	zvt_hear_ack(t.wire, "04 FF 01 0A");
	zvt_hear_ack(t.wire, APPROVED("00 00 00 01 10 00", "04 71"));
	g_assert_false(file_has(t.log, "FLAG"));
	terminal_end(&t);
}

static void test_nak_and_late_ack(void)
{
	Terminal t = terminal_new("nak", true, "nak=2 late_ack=200@0670:1");
	gint64 began;

	zvt_wire_send_raw(t.wire, Z6);
	zvt_wire_expect_raw(t.wire, "06");
	zvt_hear(t.wire, YES);
	zvt_hear(t.wire, "06 0F 00");
	zvt_wire_send_raw(t.wire, Z1);
	zvt_wire_expect_raw(t.wire, "15");
	zvt_wire_send_raw(t.wire, Z1);
	zvt_wire_expect_raw(t.wire, "06");
	zvt_wire_send_raw(t.wire, "10 02 06 70 00 10 03 D9 F9");
	zvt_wire_expect_raw(t.wire, "15");
	began = g_get_monotonic_time();
	zvt_tell(t.wire, "06 70 00");
	zvt_hear(t.wire, YES);
	g_assert_cmpint(g_get_monotonic_time() - began, >=, 200 * 1000);
	terminal_end(&t);
}

/* --- faults ----------------------------------------------------------------------------------- */

static void reconnect(Terminal *self)
{
	g_assert_true(zvt_wire_is_gone(self->wire));
	zvt_wire_free(self->wire);
	self->wire = zvt_wire_new(sim_thread_get_address(self->sim));
}

/* What the till does until step @step of §4 ends the line. */
static void pay_until(Terminal *self, int step)
{
	zvt_tell(self->wire, PAY);
	if (step > 6)
		zvt_hear(self->wire, YES);
	if (step > 7)
		zvt_hear_ack(self->wire, "04 FF 01 0A");
	if (step > 8)
		zvt_hear_ack(self->wire, PAID);
	if (step > 10)
		hear_slips(self);
}

static void test_cut_and_booked(void)
{
	for (int step = 5; step <= 11; step++) {
		g_autofree char *fault = g_strdup_printf("cut_booked=%d", step);
		Terminal t = terminal_new(fault, false, fault);

		enrol(&t);
		pay_until(&t, step);
		reconnect(&t);
		wait_for_text(t.log, "CHARGE|12.34|receipt 471\n");
		repeat(&t, PAID);
		g_assert_false(file_has(t.log, "REVERSED|"));
		g_assert_false(file_has(t.log, "FLAG"));
		terminal_end(&t);
	}
}

static void test_cut_and_not_booked(void)
{
	for (int step = 5; step <= 11; step++) {
		g_autofree char *fault = g_strdup_printf("cut_unbooked=%d", step);
		Terminal t = terminal_new(fault, false, fault);

		enrol(&t);
		pay_until(&t, step);
		reconnect(&t);
		wait_for_text(t.log, step < 8 ? "the sale ends without money"
					      : "REVERSED|12.34|receipt 471\n");
		repeat(&t, "06 1E 01 83");
		terminal_end(&t);
	}
}

static void test_cut_at_registration(void)
{
	Terminal t = terminal_new("cut1", false, "cut_unbooked=2");

	zvt_tell(t.wire, REGISTER);
	reconnect(&t);
	enrol(&t);
	terminal_end(&t);
}

static void test_busy_while_the_card_is_in(void)
{
	Terminal t = terminal_new("orphan", false, NULL);

	enrol(&t);
	sim_say(t.sim, "hold");
	wait_for_text(t.log, "control: hold");
	command(&t, PAY);
	zvt_hear_ack(t.wire, "04 FF 01 0A");
	zvt_wire_free(t.wire);
	wait_for_text(t.log, "host gone");
	t.wire = zvt_wire_new(sim_thread_get_address(t.sim));
	zvt_tell(t.wire, "05 01 03 12 34 56");
	zvt_hear(t.wire, "84 9C 00");
	sim_say(t.sim, "approve");
	wait_for_text(t.log, "the sale ends without money");
	repeat(&t, "06 1E 01 83");
	terminal_end(&t);
}

static void test_silence(void)
{
	Terminal t = terminal_new("silent", false, "silent=1@0601:1 silent=0@0601:2");

	enrol(&t);
	command(&t, PAY);
	wait_for_text(t.log, "CHARGE|12.34|receipt 471\n");
	zvt_tell(t.wire, "06 B0 00");
	g_assert_true(zvt_wire_is_quiet(t.wire, 100));
	zvt_wire_free(t.wire);
	wait_for_text(t.log, "host gone");
	t.wire = zvt_wire_new(sim_thread_get_address(t.sim));
	repeat(&t, PAID);
	command(&t, PAY);
	g_assert_true(zvt_wire_is_quiet(t.wire, 100));
	g_assert_false(file_has(t.log, "receipt 472"));
	terminal_end(&t);
}

static void test_answers_that_differ(void)
{
	Terminal t = terminal_new("differ", false,
				  "declined=6C@0601:1 twice_status@0601:2 partial=500@0601:3 "
				  "cancel_after@0601:4 length_ff@0601:5 unknown_bmp@0601:6 "
				  "flood=3@0601:7 end_of_day_forced@0601:8");

	enrol(&t);
	command(&t, PAY);
	zvt_hear_ack(t.wire, "04 FF 01 0A");
	zvt_hear_ack(t.wire, "04 0F 35 27 6C 04 00 00 00 00 12 34 0B 00 04 71 0C ?? ?? ?? 0D ?? "
			     "?? 29 52 50 02 95 49 09 78 8A 06 22 F0 F8 EE EE EE EE EE EE 47 71 "
			     "3C F0 F0 F8 44 45 43 4C 49 4E 45 44");
	zvt_hear_ack(t.wire, "06 1E 01 6C");
#define NEXT(number, trace, amount)                                                                \
	"04 0F 32 27 00 04 00 00 00 00 " amount " 0B 00 " trace " 0C ?? ?? ?? 0D ?? ?? 29 52 50 "  \
	"02 95 49 09 78 87 " number " 8A 06 22 F0 F8 EE EE EE EE EE EE 47 71 3C F0 F0 F2 4F 4B"
	command(&t, PAY);
	zvt_hear_ack(t.wire, "04 FF 01 0A");
	zvt_hear_ack(t.wire, NEXT("04 71", "04 72", "12 34"));
	zvt_hear_ack(t.wire, NEXT("04 71", "04 72", "12 34"));
	hear_slips(&t);
	zvt_hear_ack(t.wire, "06 0F 00");
	command(&t, PAY);
	zvt_hear_ack(t.wire, "04 FF 01 0A");
	zvt_hear_ack(t.wire, NEXT("04 72", "04 73", "05 00"));
	hear_slips(&t);
	zvt_hear_ack(t.wire, "06 0F 00");
	command(&t, PAY);
	zvt_hear_ack(t.wire, "04 FF 01 0A");
	zvt_hear_ack(t.wire, NEXT("04 73", "04 74", "12 34"));
	zvt_hear_ack(t.wire, "06 1E 01 6C");
	wait_for_text(t.log, "REVERSED|12.34|receipt 473\n");
	command(&t, PAY);
	zvt_hear_ack(t.wire, "04 FF 01 0A");
	zvt_hear_ack(t.wire, "04 0F FF 32 00 27 00 04 00 00 00 00 12 34 0B 00 04 75 0C ?? ?? ?? "
			     "0D ?? ?? 29 52 50 02 95 49 09 78 87 04 74 8A 06 22 F0 F8 EE EE EE "
			     "EE EE EE 47 71 3C F0 F0 F2 4F 4B");
	hear_slips(&t);
	zvt_hear_ack(t.wire, "06 0F 00");
	command(&t, PAY);
	zvt_hear_ack(t.wire, "04 FF 01 0A");
	zvt_hear_ack(t.wire, "04 0F 35 27 00 04 00 00 00 00 12 34 0B 00 04 76 0C ?? ?? ?? 0D ?? ?? "
			     "61 00 05 29 52 50 02 95 49 09 78 87 04 75 8A 06 22 F0 F8 EE EE EE EE "
			     "EE EE 47 71 3C F0 F0 F2 4F 4B");
	hear_slips(&t);
	zvt_hear_ack(t.wire, "06 0F 00");
	command(&t, PAY);
	for (int i = 0; i < 3; i++)
		zvt_hear_ack(t.wire, "04 FF 01 0E");
	zvt_hear_ack(t.wire, "04 FF 01 0A");
	zvt_hear_ack(t.wire, NEXT("04 76", "04 77", "12 34"));
	hear_slips(&t);
	zvt_hear_ack(t.wire, "06 0F 00");
	command(&t, PAY);
	zvt_hear_ack(t.wire, "06 1E 01 F0");
	g_assert_false(file_has(t.log, "FLAG"));
	terminal_end(&t);
}

static void test_end_of_day_frees_the_terminal(void)
{
	Terminal t = terminal_new("forced", false, "end_of_day_forced");

	enrol(&t);
	command(&t, PAY);
	zvt_hear_ack(t.wire, "06 1E 01 F0");
	command(&t, "06 50 03 12 34 56");
	totals(&t, "00", "00 00 00 00 00 00");
	g_byte_array_unref(zvt_hear_new(t.wire));
	zvt_tell(t.wire, YES);
	zvt_hear_ack(t.wire, "06 0F 00");
	pay(&t);
	terminal_end(&t);
}

static void test_glued(void)
{
	Terminal t = terminal_new("glued", false, "glued@0601:1");

	command(&t, "06 00 06 12 34 56 18 09 78"); /* the terminal prints: only two messages */
	zvt_hear_ack(t.wire, "06 0F 00");
	command(&t, PAY);
	zvt_hear_ack(t.wire, "04 FF 01 0A");
	zvt_hear(t.wire, PAID); /* both are there before any acknowledgement */
	zvt_hear(t.wire, "06 0F 00");
	zvt_tell(t.wire, YES);
	zvt_tell(t.wire, YES);
	command(&t, "06 70 00");
	g_assert_false(file_has(t.log, "FLAG"));
	terminal_end(&t);
}

static void test_odd_moods(void)
{
	Terminal t =
		terminal_new("moods", false, "barge_in@0693:1 repeat_refused tid_changed@0693:1");

	enrol(&t);
	zvt_tell(t.wire, "06 93 03 12 34 56");
	zvt_hear_ack(t.wire, "04 FF 01 0E"); /* the terminal speaks while the till does */
	zvt_hear(t.wire, YES);
	zvt_hear_ack(t.wire, "04 FF 01 CA");
	zvt_hear_ack(t.wire, "06 0F 00");
	command(&t, PAY);
	zvt_hear_ack(t.wire, "04 FF 01 0A");
	zvt_hear_ack(t.wire,
		     "04 0F 32 27 00 04 00 00 00 00 12 34 0B 00 04 71 0C ?? ?? ?? 0D ?? ?? 29 52 "
		     "50 02 96 49 09 78 87 04 71 8A 06 22 F0 F8 EE EE EE EE EE EE 47 71 3C F0 F0 "
		     "F2 4F 4B");
	hear_slips(&t);
	zvt_hear_ack(t.wire, "06 0F 00");
	repeat(&t, "06 1E 01 83");
	g_assert_false(file_has(t.log, "FLAG"));
	terminal_end(&t);
}

static void test_clock_a_day_slow(void)
{
	Terminal t = terminal_new("clock", false, "clock_wrong=1440");
	g_autoptr(GDateTime) now = g_date_time_new_now_local();
	g_autoptr(GDateTime) slow = g_date_time_add_days(now, -1);
	g_autofree char *date = g_date_time_format(slow, "PAPER|%d.%m.%Y");

	command(&t, "06 00 06 12 34 56 10 09 78");
	zvt_hear_ack(t.wire, "06 0F 00");
	command(&t, PAY);
	wait_for_text(t.log, date);
	terminal_end(&t);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/zvt sim/the page's payment over tcp", test_sequence_over_tcp);
	g_test_add_func("/zvt sim/the page's payment over serial", test_sequence_over_serial);
	g_test_add_func("/zvt sim/frames of the page", test_frames_of_the_page);
	g_test_add_func("/zvt sim/more frames of the page", test_more_frames_of_the_page);
	g_test_add_func("/zvt sim/goods not issued", test_goods_not_issued);
	g_test_add_func("/zvt sim/status information of the page",
			test_status_information_of_the_page);
	g_test_add_func("/zvt sim/short payment and lines", test_short_payment_and_lines);
	g_test_add_func("/zvt sim/terminal prints itself", test_terminal_prints_itself);
	g_test_add_func("/zvt sim/refuses what a terminal refuses",
			test_refuses_what_a_terminal_refuses);
	g_test_add_func("/zvt sim/registration comes first", test_registration_comes_first);
	g_test_add_func("/zvt sim/roubles and no currency", test_roubles_and_no_currency);
	g_test_add_func("/zvt sim/no command while terminal is master",
			test_no_command_while_terminal_is_master);
	g_test_add_func("/zvt sim/controls", test_controls);
	g_test_add_func("/zvt sim/books", test_books);
	g_test_add_func("/zvt sim/reversal after the end of day",
			test_reversal_after_the_end_of_day);
	g_test_add_func("/zvt sim/memory outlives the power", test_memory_outlives_the_power);
	g_test_add_func("/zvt sim/half a memory is refused", test_half_a_memory_is_refused);
	g_test_add_func("/zvt sim/unacknowledged approval is taken back",
			test_unacknowledged_approval_is_taken_back);
	g_test_add_func("/zvt sim/till may ask for time", test_till_may_ask_for_time);
	g_test_add_func("/zvt sim/bad blocks are refused", test_bad_blocks_are_refused);
	g_test_add_func("/zvt sim/terminal repeats a block twice",
			test_terminal_repeats_a_block_twice);
	g_test_add_func("/zvt sim/repeated block is done once", test_repeated_block_is_done_once);
	g_test_add_func("/zvt sim/nak and late ack", test_nak_and_late_ack);
	g_test_add_func("/zvt sim/cut and booked", test_cut_and_booked);
	g_test_add_func("/zvt sim/cut and not booked", test_cut_and_not_booked);
	g_test_add_func("/zvt sim/cut at registration", test_cut_at_registration);
	g_test_add_func("/zvt sim/busy while the card is in", test_busy_while_the_card_is_in);
	g_test_add_func("/zvt sim/silence", test_silence);
	g_test_add_func("/zvt sim/answers that differ", test_answers_that_differ);
	g_test_add_func("/zvt sim/end of day frees the terminal",
			test_end_of_day_frees_the_terminal);
	g_test_add_func("/zvt sim/glued", test_glued);
	g_test_add_func("/zvt sim/odd moods", test_odd_moods);
	g_test_add_func("/zvt sim/clock a day slow", test_clock_a_day_slow);
	return g_test_run();
}
