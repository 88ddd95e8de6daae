/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/sim/sale.h"

SimThread *sim_start_registrar(const char *const *faults, const char *log, const char *state)
{
	g_autoptr(GError) error = NULL;
	SimThread *sim = sim_start(
		"fiscal-shtrih",
		&(SimOptions){
			.faults = faults, .log_path = log, .state_path = state, .control_fd = -1 },
		&error);

	g_assert_no_error(error);
	return sim;
}

void sim_end(SimThread *sim)
{
	g_autoptr(GError) error = NULL;

	g_assert_true(sim_stop(sim, &error));
	g_assert_no_error(error);
}

static void put_sum(GString *text, int64_t sum)
{
	for (int i = 0; i < 5; i++, sum >>= 8)
		g_string_append_printf(text, " %02X", (unsigned)(sum & 0xFF));
}

char *close_body_new(int64_t cash, int64_t card)
{
	GString *text = g_string_new("FF 45 1E 00 00 00");

	put_sum(text, cash);
	put_sum(text, card);
	for (int i = 0; i < 14; i++)
		put_sum(text, 0);
	g_string_append(text, " 00");
	for (int i = 0; i < 6; i++)
		put_sum(text, 0);
	g_string_append(text, " 01");
	return g_string_free(text, false);
}

Wire *wire_new_with_shift(SimThread *sim)
{
	Wire *wire = wire_new(sim_thread_get_address(sim));

	wire_ok(wire, OPEN_SHIFT);
	wire_wait_printed(wire);
	return wire;
}

int64_t wire_last_document(Wire *wire)
{
	g_autoptr(GByteArray) answer = wire_command(wire, FN_STATUS);

	return bytes_get(answer, 29, 4);
}

int64_t wire_cash(Wire *wire)
{
	g_autoptr(GByteArray) answer = wire_command(wire, CASH_REGISTER);

	return bytes_get(answer, 3, 6);
}

int64_t wire_sell(Wire *wire)
{
	g_autofree char *close = close_body_new(1000, 0);
	g_autoptr(GByteArray) answer = NULL;

	wire_ok(wire, OPEN_SALE);
	wire_ok(wire, LINE_10_00);
	answer = wire_patient(wire, close);
	g_assert_cmphex(answer->data[2], ==, 0);
	return bytes_get(answer, 8, 4);
}
