/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/sim/sale.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* The registrar as a process with a state file. kill -9 is a power cut. */
typedef struct {
	GPid pid;
	FILE *out; /* its standard output */
	char *address;
} Registrar;

static char *read_line(FILE *out)
{
	char line[256];

	return fgets(line, sizeof(line), out) != NULL ? g_strdup(g_strchomp(line)) : NULL;
}

static Registrar switch_on(const char *state, const char *fault)
{
	const char *argv[] = { g_getenv("BARAA_SIM"),
			       "fiscal-shtrih",
			       "--tcp",
			       "0",
			       "--state",
			       state,
			       "--fault",
			       fault,
			       NULL };
	Registrar self = { 0 };
	g_autoptr(GError) error = NULL;
	g_autofree char *ready = NULL;
	int out;

	g_assert_nonnull(argv[0]);
	g_spawn_async_with_pipes(NULL, (char **)argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL,
				 &self.pid, NULL, &out, NULL, &error);
	g_assert_no_error(error);
	self.out = fdopen(out, "r");
	self.address = read_line(self.out);
	g_assert_nonnull(self.address);
	ready = read_line(self.out);
	g_assert_cmpstr(ready, ==, "ready");
	return self;
}

/* Gives what waitpid() gave. */
static int end(Registrar *self, int signal)
{
	int status;

	g_assert_cmpint(kill(self->pid, signal), ==, 0);
	g_assert_cmpint(waitpid(self->pid, &status, 0), ==, self->pid);
	fclose(self->out);
	g_free(self->address);
	return status;
}

static void cut_power(Registrar *self)
{
	g_assert_true(WIFSIGNALED(end(self, SIGKILL)));
}

static void test_open_receipt_outlives_a_power_cut(void)
{
	g_autofree char *state = scratch_new("open.json");
	g_autofree char *close = close_body_new(2000, 0);
	Registrar registrar = switch_on(state, "print_ms=1");
	Wire *wire = wire_new(registrar.address);
	g_autoptr(GByteArray) status = NULL, total = NULL, answer = NULL;

	wire_ok(wire, OPEN_SHIFT);
	wire_wait_printed(wire);
	wire_ok(wire, OPEN_SALE);
	wire_ok(wire, LINE_10_00);
	wire_ok(wire, "FF 0C 1E 00 00 00 F0 03 06 00 61 40 62 2E 72 75");
	wire_ok(wire, LINE_10_00);
	cut_power(&registrar);
	wire_free(wire);

	registrar = switch_on(state, "print_ms=1");
	wire = wire_new(registrar.address);
	status = wire_command(wire, STATUS);
	g_assert_cmphex(status->data[5], ==, 0x08);
	g_assert_cmphex(status->data[7], ==, 2);
	total = wire_command(wire, SUBTOTAL);
	g_assert_cmpint(bytes_get(total, 3, 5), ==, 2000);
	answer = wire_command(wire, close);
	g_assert_cmphex(answer->data[2], ==, 0);
	g_assert_cmpint(bytes_get(answer, 8, 4), ==, 58);
	wire_free(wire);
	g_assert_cmpint(end(&registrar, SIGTERM), ==, 0);
}

static void test_a_held_answer_does_not_outlive_it(void)
{
	g_autofree char *state = scratch_new("held.json");
	Registrar registrar = switch_on(state, "print_ms=1");
	Wire *wire = wire_new(registrar.address);
	g_autoptr(GByteArray) found = NULL;

	wire_ok(wire, OPEN_SHIFT);
	g_assert_cmpint(wire_sell(wire), ==, 58);
	wire_wait_printed(wire);
	wire_send_frame(wire, "50 1E 00 00 00 E8 03 00 00 00");
	wire_expect(wire, "02 05 50 00 1E 3B 00 ??"); /* and no ACK for it */
	cut_power(&registrar);
	wire_free(wire);

	registrar = switch_on(state, "print_ms=1");
	wire = wire_new(registrar.address);
	wire_send(wire, "05");
	wire_expect(wire, "15");
	g_assert_cmpint(wire_cash(wire), ==, 2000);
	g_assert_cmpint(wire_last_document(wire), ==, 58);
	found = wire_command(wire, "FF 0A 1E 00 00 00 3A 00 00 00");
	g_assert_cmpint(bytes_get(found, 19, 5), ==, 1000);
	wire_free(wire);
	g_assert_cmpint(end(&registrar, SIGTERM), ==, 0);
}

/* Either the document is whole or the receipt is: nothing in between, whenever the power goes. */
static void test_power_cut_within_the_closing(void)
{
	g_autofree char *state = scratch_new("closing.json");
	g_autofree char *close = close_body_new(1000, 0);
	int64_t last = 57, cash = 0;

	for (int round = 0; round < 6; round++) {
		Registrar registrar = switch_on(state, "print_ms=1");
		Wire *wire = wire_new(registrar.address);
		g_autoptr(GByteArray) status = NULL;

		wire_ok(wire, "B0 1E 00 00 00"); /* the paper of the round before */
		wire_wait_printed(wire);
		if (round == 0)
			wire_ok(wire, OPEN_SHIFT);
		wire_ok(wire, LINE_10_00);
		wire_wait_printed(wire);
		wire_send_frame(wire, close);
		if (round % 2 == 0)
			wire_expect(wire, "02"); /* the answer is on its way: it is made */
		cut_power(&registrar);
		wire_free(wire);

		registrar = switch_on(state, "print_ms=1");
		wire = wire_new(registrar.address);
		status = wire_command(wire, STATUS);
		if (status->data[5] == 0x08) {
			g_assert_cmpint(round % 2, ==, 1);
			g_assert_cmpint(wire_last_document(wire), ==, last);
			wire_ok(wire, CANCEL);
		} else {
			g_assert_cmphex(status->data[5], ==, 0x02);
			g_assert_cmpint(wire_last_document(wire), ==, ++last);
			cash += 1000;
		}
		g_assert_cmpint(wire_cash(wire), ==, cash);
		wire_free(wire);
		cut_power(&registrar);
	}
}

static void test_a_strange_memory_is_refused(void)
{
	static const char *const strange[] = { "", "{", "[]", "{\"shift\": \"many\"}" };
	g_autofree char *state = scratch_new("strange.json");

	for (size_t i = 0; i < G_N_ELEMENTS(strange); i++) {
		g_autoptr(GError) error = NULL;
		SimThread *sim;

		g_assert_true(g_file_set_contents(state, strange[i], -1, NULL));
		sim = sim_start("fiscal-shtrih",
				&(SimOptions){ .state_path = state, .control_fd = -1 }, &error);
		g_assert_null(sim);
		g_assert_error(error, SIM_ERROR, SIM_ERROR_STATE);
	}
}

static void test_paper_out_is_remembered(void)
{
	g_autofree char *state = scratch_new("paper.json");
	Registrar registrar = switch_on(state, "paper_out=2");
	Wire *wire = wire_new(registrar.address);
	g_autoptr(GByteArray) before = NULL, after = NULL;

	wire_ok(wire, OPEN_SHIFT);
	wire_wait_printed(wire);
	before = wire_command(wire, STATUS);
	g_assert_cmphex(before->data[6], ==, 2);
	cut_power(&registrar);
	wire_free(wire);

	registrar = switch_on(state, "print_ms=1");
	wire = wire_new(registrar.address);
	after = wire_command(wire, STATUS);
	g_assert_cmphex(after->data[6], ==, 2);
	g_assert_cmpint(kill(registrar.pid, SIGUSR1), ==, 0); /* a new roll */
	for (;;) {
		g_autoptr(GByteArray) status = wire_command(wire, STATUS);

		if (status->data[6] == 3)
			break;
	}
	wire_ok(wire, "B0 1E 00 00 00");
	wire_wait_printed(wire);
	wire_ok(wire, "40 1E 00 00 00");
	wire_free(wire);
	g_assert_cmpint(end(&registrar, SIGTERM), ==, 0);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/sim/memory/open receipt outlives a power cut",
			test_open_receipt_outlives_a_power_cut);
	g_test_add_func("/sim/memory/a held answer does not outlive it",
			test_a_held_answer_does_not_outlive_it);
	g_test_add_func("/sim/memory/power cut within the closing",
			test_power_cut_within_the_closing);
	g_test_add_func("/sim/memory/a strange memory is refused",
			test_a_strange_memory_is_refused);
	g_test_add_func("/sim/memory/paper out is remembered", test_paper_out_is_remembered);
	return g_test_run();
}
