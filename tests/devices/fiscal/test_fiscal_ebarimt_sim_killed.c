/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/devices/fiscal/ebarimt_service.h"
#include "tests/sim/wire.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* The service as a process, killed where it hurts: what it has told is booked, nothing is booked
 * twice, and its memory can be read again. */
typedef struct {
	Service service;
	GPid pid;
	FILE *out; /* its standard output */
} Process;

static char *read_line(FILE *out)
{
	char line[256];

	return fgets(line, sizeof(line), out) != NULL ? g_strdup(g_strchomp(line)) : NULL;
}

static void process_start(Process *self)
{
	const char *argv[] = {
		g_getenv("BARAA_SIM"), "fiscal-ebarimt", "--http",	 "0", "--state",
		self->service.state,   "--fault",	 "suffix=first", NULL
	};
	g_autoptr(GError) error = NULL;
	g_autofree char *ready = NULL;
	int out;

	g_assert_nonnull(argv[0]);
	g_spawn_async_with_pipes(NULL, (char **)argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL,
				 &self->pid, NULL, &out, NULL, &error);
	g_assert_no_error(error);
	self->out = fdopen(out, "r");
	self->service.address = read_line(self->out);
	g_assert_true(g_str_has_prefix(self->service.address, "http://127.0.0.1:"));
	ready = read_line(self->out);
	g_assert_cmpstr(ready, ==, "ready");
}

static void process_kill(Process *self)
{
	int status;

	g_assert_cmpint(kill(self->pid, SIGKILL), ==, 0);
	g_assert_cmpint(waitpid(self->pid, &status, 0), ==, self->pid);
	g_assert_true(WIFSIGNALED(status));
	fclose(self->out);
	g_free((char *)self->service.address);
}

typedef enum { BEFORE_THE_LAST_BYTE, AFTER_THE_REQUEST, AT_THE_ANSWER, N_MOMENTS } Moment;

/* A sale that is cut short by the end of the process. */
static void sell_and_kill(Process *self, const char *body, Moment moment)
{
	g_autofree char *text = request_new("POST", "/rest/receipt", body);
	size_t len = strlen(text) - (moment == BEFORE_THE_LAST_BYTE);
	int fd = service_send_bytes(&self->service, text, len);

	if (moment == AT_THE_ANSWER)
		g_assert_cmpint(poll(&(struct pollfd){ .fd = fd, .events = POLLIN }, 1, 20000), ==,
				1);
	process_kill(self);
	close(fd);
}

static void is_booked(Process *self, Moment moment, size_t before)
{
	json_t *book = service_book(&self->service);
	size_t n = json_array_size(book);

	if (moment == BEFORE_THE_LAST_BYTE)
		g_assert_cmpuint(n, ==, before);
	else if (moment == AT_THE_ANSWER)
		g_assert_cmpuint(n, ==, before + 1);
	else
		g_assert_true(n == before || n == before + 1);
	json_decref(book);
}

static void test_killed_at_any_moment(void)
{
	Process p = { .service = { .state = scratch_new("killed.json") } };
	size_t booked = 0;

	process_start(&p);
	for (int i = 0; i < 30; i++) {
		Moment moment = (Moment)(i % N_MOMENTS);
		g_autofree char *suffix = g_strdup_printf("%06d", i);
		g_autofree char *body = with(page_sale, "000058", suffix);

		sell_and_kill(&p, body, moment);
		is_booked(&p, moment, booked);
		process_start(&p);
		json_decref(service_post(&p.service, body));
		service_has_booked(&p.service, ++booked);
	}
	process_kill(&p);
	g_free(p.service.state);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/ebarimt-killed/at-any-moment", test_killed_at_any_moment);
	return g_test_run();
}
