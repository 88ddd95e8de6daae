/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/devices/fiscal/web_host.h"
#include "tests/sim/wire.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* The web registrars as processes: kill -9 is a power cut at any moment, and the state file that is
 * left is whole. */
typedef struct {
	WebBench host; /* without a simulator in this process */
	GPid pid;
	FILE *out; /* its standard output */
} Machine;

static Machine machine_new(const char *state)
{
	return (Machine){ .host = { .state = scratch_new(state) } };
}

static void machine_free(Machine *self)
{
	g_free(self->host.state);
}

static char *read_line(FILE *out)
{
	char line[256];

	return fgets(line, sizeof(line), out) != NULL ? g_strdup(g_strchomp(line)) : NULL;
}

static void switch_on(Machine *self, const char *sim, int task_ms)
{
	g_autofree char *fault = g_strdup_printf("task_ms=%d", task_ms);
	const char *argv[] = { g_getenv("BARAA_SIM"), sim,	 "--tcp", "0", "--state",
			       self->host.state,      "--fault", fault,	  NULL };
	g_autoptr(GError) error = NULL;
	g_autofree char *ready = NULL;
	int out;

	g_assert_nonnull(argv[0]);
	g_spawn_async_with_pipes(NULL, (char **)argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL,
				 &self->pid, NULL, &out, NULL, &error);
	g_assert_no_error(error);
	self->out = fdopen(out, "r");
	self->host.address = read_line(self->out);
	g_assert_nonnull(self->host.address);
	ready = read_line(self->out);
	g_assert_cmpstr(ready, ==, "ready");
}

static void cut_power(Machine *self)
{
	int status;

	g_assert_cmpint(kill(self->pid, SIGKILL), ==, 0);
	g_assert_cmpint(waitpid(self->pid, &status, 0), ==, self->pid);
	g_assert_true(WIFSIGNALED(status));
	fclose(self->out);
	g_clear_pointer(&self->host.address, g_free);
}

static char *get(const Machine *self, const char *path)
{
	int status;
	char *body = web_say(&self->host, "GET", path, NULL, &status);

	g_assert_cmpint(status, ==, 200);
	return body;
}

/* Asks @n times, which takes as long as it takes. */
static void ask_often(const Machine *self, const char *path, int n)
{
	for (int i = 0; i < n; i++)
		g_free(get(self, path));
}

static void wait_until_ready(const Machine *self, const char *path)
{
	int64_t until = g_get_monotonic_time() + 20 * G_USEC_PER_SEC;
	char *body = NULL;

	do {
		g_free(body);
		body = get(self, path);
		g_assert_cmpint(g_get_monotonic_time(), <, until);
	} while (strstr(body, "\"ready\"") == NULL);
	g_free(body);
}

#define OPERATOR "\"operator\":{\"name\":\"Иванова А.\"}"
#define OPEN "{\"type\":\"openShift\"," OPERATOR "}"
#define SELL                                                                                       \
	"{\"type\":\"sell\",\"taxationType\":\"osn\"," OPERATOR                                    \
	",\"items\":[{\"type\":\"position\",\"name\":\"x\",\"price\":1,\"quantity\":1,"            \
	"\"amount\":1,\"measurementUnit\":0,\"tax\":{\"type\":\"none\"}}],"                        \
	"\"payments\":[{\"type\":\"cash\",\"sum\":1}]}"

/* A task that was accepted is done, and done once, whenever the power goes. */
static void test_accepted_means_once(void)
{
	Machine machine = machine_new("killed-atol.json");

	for (int round = 0; round < 20; round++) {
		g_autofree char *path = g_strdup_printf("/api/v2/requests/k-%d", round);
		g_autofree char *body = g_strdup_printf("{\"uuid\":\"k-%d\",\"request\":%s}", round,
							round == 0 ? OPEN : SELL);
		int status;

		switch_on(&machine, "fiscal-atol", round % 4);
		g_free(web_say(&machine.host, "POST", "/api/v2/requests", body, &status));
		g_assert_cmpint(status, ==, 201);
		ask_often(&machine, path, round / 2);
		cut_power(&machine);
		switch_on(&machine, "fiscal-atol", 0);
		wait_until_ready(&machine, path);
		g_assert_cmpuint(web_book_len(&machine.host), ==, (size_t)round + 1);
		cut_power(&machine);
	}
	web_book_expect(&machine.host, -1, 76, "sale", 100, 100, 0);
	machine_free(&machine);
}

/* The gateway forgets; what the printer says of its last document and its book agree. */
static void test_printer_and_book_agree(void)
{
	Machine machine = machine_new("killed-erpnet.json");

	for (int round = 0; round < 20; round++) {
		g_autofree char *wanted = NULL, *answer = NULL;
		int status;

		switch_on(&machine, "fiscal-erpnet", round % 4);
		g_free(web_say(&machine.host, "POST",
			       "/printers/dt279013/receipt?asyncTimeout=0&taskId=k",
			       "{\"uniqueSaleNumber\":\"DT279013-0001-0000001\",\"items\":["
			       "{\"text\":\"x\",\"unitPrice\":1,\"taxGroup\":1}]}",
			       &status));
		g_assert_cmpint(status, ==, 200);
		ask_often(&machine, "/printers/taskinfo?id=k", round / 2);
		cut_power(&machine);
		switch_on(&machine, "fiscal-erpnet", 0);
		answer = web_say(&machine.host, "POST", "/printers/dt279013/rawrequest",
				 "{\"rawRequest\":\"q\"}", &status);
		wanted = g_strdup_printf("\"%07zu\"", 136 + web_book_len(&machine.host));
		g_assert_nonnull(strstr(answer, wanted));
		cut_power(&machine);
	}
	g_test_message("%zu of 20 were made", web_book_len(&machine.host));
	machine_free(&machine);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/web-killed/accepted-means-once", test_accepted_means_once);
	g_test_add_func("/web-killed/printer-and-book-agree", test_printer_and_book_agree);
	return g_test_run();
}
