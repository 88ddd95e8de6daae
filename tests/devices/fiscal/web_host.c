/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/devices/fiscal/web_host.h"

#include "tests/sim/wire.h"
#include "tests/wait_file.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { PATIENCE_MS = 20000, QUIET_MS = 100 };

static void power_on(WebBench *self, const char *const *faults)
{
	g_autoptr(GError) error = NULL;

	self->sim = sim_start(self->name,
			      &(SimOptions){ .log_path = self->log,
					     .state_path = self->state,
					     .faults = faults,
					     .control_fd = -1 },
			      &error);
	g_assert_no_error(error);
	self->address = g_strdup(sim_thread_get_address(self->sim));
}

WebBench web_bench_new(const char *sim, const char *test, const char *faults)
{
	g_autofree char *log = g_strdup_printf("%s.log", test);
	g_autofree char *state = g_strdup_printf("%s.json", test);
	g_autofree char *all = g_strdup_printf("task_ms=1 %s", faults != NULL ? faults : "");
	g_auto(GStrv) specs = g_strsplit(g_strchomp(all), " ", -1);
	WebBench self = { .name = sim, .log = scratch_new(log), .state = scratch_new(state) };

	power_on(&self, (const char *const *)specs);
	return self;
}

static void power_off(WebBench *self)
{
	g_autoptr(GError) error = NULL;

	g_assert_true(sim_stop(self->sim, &error));
	g_assert_no_error(error);
	g_clear_pointer(&self->address, g_free);
}

void web_bench_end(WebBench *self)
{
	power_off(self);
	g_free(self->log);
	g_free(self->state);
}

void web_bench_restart(WebBench *self)
{
	static const char *const faults[] = { "task_ms=1", NULL };

	power_off(self);
	power_on(self, faults);
}

void web_bench_say(WebBench *self, const char *line)
{
	static int n;
	g_autofree char *mark = g_strdup_printf("mark %d", ++n);
	g_autofree char *seen = g_strdup_printf("control: %s\n", mark);

	/* Lines are obeyed in their order: when the second is read, the first is done. */
	sim_say(self->sim, line);
	sim_say(self->sim, mark);
	wait_for_text(self->log, seen);
}

static int connect_to(const WebBench *self)
{
	const char *port = strrchr(self->address, ':') + 1;
	struct sockaddr_in address = { .sin_family = AF_INET,
				       .sin_addr = { htonl(INADDR_LOOPBACK) },
				       .sin_port = htons((uint16_t)atoi(port)) };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	g_assert_cmpint(connect(fd, (struct sockaddr *)&address, sizeof(address)), ==, 0);
	return fd;
}

static void send_all(int fd, const char *bytes)
{
	size_t len = strlen(bytes);

	while (len > 0) {
		ssize_t put = send(fd, bytes, len, MSG_NOSIGNAL);

		g_assert_cmpint(put, >, 0);
		bytes += put;
		len -= (size_t)put;
	}
}

static char *read_all(int fd)
{
	GString *text = g_string_new(NULL);
	char data[4096];
	ssize_t got;

	do {
		struct pollfd wait = { .fd = fd, .events = POLLIN };

		g_assert_cmpint(poll(&wait, 1, PATIENCE_MS), ==, 1);
		got = recv(fd, data, sizeof(data), 0);
		if (got > 0)
			g_string_append_len(text, data, got);
	} while (got > 0);
	return g_string_free(text, false);
}

char *web_say_raw(const WebBench *self, const char *bytes)
{
	int fd = connect_to(self);
	char *answer;

	send_all(fd, bytes);
	answer = read_all(fd);
	close(fd);
	return answer;
}

static char *request_new(const char *method, const char *path, const char *body)
{
	return g_strdup_printf("%s %s HTTP/1.1\r\nHost: localhost\r\n"
			       "Content-Type: application/json\r\nContent-Length: %zu\r\n\r\n%s",
			       method, path, strlen(body), body);
}

size_t web_request_len(const char *method, const char *path, const char *body)
{
	g_autofree char *request = request_new(method, path, body);

	return strlen(request);
}

char *web_say(const WebBench *self, const char *method, const char *path, const char *body,
	      int *status)
{
	g_autofree char *request = request_new(method, path, body != NULL ? body : "");
	g_autofree char *answer = web_say_raw(self, request);
	const char *end = strstr(answer, "\r\n\r\n");

	*status = 0;
	if (end == NULL)
		return g_strdup("");
	g_assert_true(g_str_has_prefix(answer, "HTTP/1.1 "));
	*status = atoi(answer + strlen("HTTP/1.1 "));
	return g_strdup(end + 4);
}

bool web_is_silent(const WebBench *self, const char *method, const char *path, const char *body)
{
	g_autofree char *request = request_new(method, path, body != NULL ? body : "");
	int fd = connect_to(self);
	struct pollfd wait = { .fd = fd, .events = POLLIN };
	bool silent;

	send_all(fd, request);
	silent = poll(&wait, 1, QUIET_MS) == 0;
	close(fd);
	return silent;
}

/* --- the book --------------------------------------------------------------------------------- */

json_t *web_book_new(const WebBench *self)
{
	json_error_t where;
	json_t *root = json_load_file(self->state, 0, &where);
	json_t *book = json_object_get(root, "book");

	g_assert_true(json_is_array(book));
	json_incref(book);
	json_decref(root);
	return book;
}

size_t web_book_len(const WebBench *self)
{
	json_t *book = web_book_new(self);
	size_t len = json_array_size(book);

	json_decref(book);
	return len;
}

void web_book_expect(const WebBench *self, int at, int64_t number, const char *kind, int64_t total,
		     int64_t cash, int64_t card)
{
	json_t *book = web_book_new(self);
	size_t i = at < 0 ? json_array_size(book) - (size_t)-at : (size_t)at;
	const json_t *entry = json_array_get(book, i);

	g_assert_cmpint(json_integer_value(json_object_get(entry, "number")), ==, number);
	g_assert_cmpstr(json_string_value(json_object_get(entry, "kind")), ==, kind);
	g_assert_cmpint(json_integer_value(json_object_get(entry, "total")), ==, total);
	g_assert_cmpint(json_integer_value(json_object_get(entry, "cash")), ==, cash);
	g_assert_cmpint(json_integer_value(json_object_get(entry, "card")), ==, card);
	g_assert_true(json_is_string(json_object_get(entry, "id")));
	json_decref(book);
}

static bool has_flag(const WebBench *self, const char *wanted)
{
	g_autofree char *text = NULL;
	g_auto(GStrv) lines = NULL;

	g_assert_true(g_file_get_contents(self->log, &text, NULL, NULL));
	lines = g_strsplit(text, "\n", -1);
	for (int i = 0; lines[i] != NULL; i++)
		if (strstr(lines[i], "FLAG: ") != NULL && strstr(lines[i], wanted) != NULL)
			return true;
	return false;
}

void web_expect_flag(const WebBench *self, const char *text)
{
	if (!has_flag(self, text))
		g_test_message("no FLAG line with “%s”", text);
	g_assert_true(has_flag(self, text));
}

void web_expect_clean(const WebBench *self)
{
	g_assert_false(has_flag(self, ""));
}
