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

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/zvt sim/the page's payment over tcp", test_sequence_over_tcp);
	g_test_add_func("/zvt sim/the page's payment over serial", test_sequence_over_serial);
	return g_test_run();
}
