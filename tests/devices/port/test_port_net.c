/* SPDX-License-Identifier: GPL-3.0-or-later */
/* udp: and http: */
#include "drivers/device.h"
#include "drivers/port/port.h"

#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* Long enough never to pass in a test that works. */
#define LONG_MS 60000

static void refuses(const char *address, DeviceFault fault)
{
	g_autoptr(GError) error = NULL;

	g_assert_null(port_open(address, &error));
	g_assert_error(error, DEVICE_FAULT, (int)fault);
}

static void *cancel(void *data)
{
	port_cancel(data);
	return NULL;
}

/* --- udp ----------------------------------------------------------------------------------- */

static int new_udp(struct sockaddr_in *ret)
{
	socklen_t len = sizeof *ret;
	int fd = socket(AF_INET, SOCK_DGRAM, 0);

	*ret = (struct sockaddr_in){ .sin_family = AF_INET,
				     .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	g_assert_cmpint(bind(fd, (struct sockaddr *)ret, len), ==, 0);
	g_assert_cmpint(getsockname(fd, (struct sockaddr *)ret, &len), ==, 0);
	return fd;
}

/* An open port, its far end, and where that sends its answers. */
typedef struct {
	struct port *port;
	int far;
	struct sockaddr_in near;
} Ether;

static void ether_open(Ether *ether)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *address = NULL;
	struct sockaddr_in far;
	socklen_t len = sizeof ether->near;
	char hello;

	ether->far = new_udp(&far);
	address = g_strdup_printf("udp:127.0.0.1:%d", ntohs(far.sin_port));
	ether->port = port_open(address, &error);
	g_assert_no_error(error);
	g_assert_true(port_write(ether->port, (const uint8_t *)"h", 1, LONG_MS, &error));
	g_assert_cmpint(recvfrom(ether->far, &hello, 1, 0, (struct sockaddr *)&ether->near, &len),
			==, 1);
}

static void ether_send(const Ether *ether, int from, const char *text)
{
	ssize_t len = (ssize_t)strlen(text);

	g_assert_cmpint(sendto(from, text, (size_t)len, 0, (const struct sockaddr *)&ether->near,
			       sizeof ether->near),
			==, len);
}

static void ether_close(Ether *ether)
{
	port_close(ether->port);
	close(ether->far);
}

static void test_udp_addresses(void)
{
	refuses("udp:", DEVICE_FAULT_BAD_ADDRESS);
	refuses("udp:localhost", DEVICE_FAULT_BAD_ADDRESS);
	refuses("udp:localhost:port", DEVICE_FAULT_BAD_ADDRESS);
}

static void test_datagrams_stay_whole(void)
{
	g_autoptr(GError) error = NULL;
	uint8_t got[64];
	char far[64];
	Ether ether;

	ether_open(&ether);
	g_assert_true(port_write(ether.port, (const uint8_t *)"one", 3, LONG_MS, &error));
	g_assert_true(port_write(ether.port, (const uint8_t *)"two", 3, LONG_MS, &error));
	g_assert_cmpint(recv(ether.far, far, sizeof far, 0), ==, 3);
	g_assert_cmpint(recv(ether.far, far, sizeof far, 0), ==, 3);

	ether_send(&ether, ether.far, "first");
	ether_send(&ether, ether.far, "second");
	g_assert_cmpint(port_read(ether.port, got, 2, LONG_MS, &error), ==, 2);
	g_assert_cmpint(port_read(ether.port, got + 2, sizeof got - 2, LONG_MS, &error), ==, 3);
	g_assert_cmpmem(got, 5, "first", 5);
	g_assert_cmpint(port_read(ether.port, got, sizeof got, LONG_MS, &error), ==, 6);
	g_assert_cmpmem(got, 6, "second", 6);
	ether_close(&ether);
}

static void test_strangers_are_not_heard(void)
{
	g_autoptr(GError) error = NULL;
	struct sockaddr_in address;
	int stranger = new_udp(&address);
	uint8_t got[16];
	Ether ether;

	ether_open(&ether);
	ether_send(&ether, stranger, "lie");
	ether_send(&ether, ether.far, ""); /* says nothing */
	ether_send(&ether, ether.far, "truth");
	g_assert_cmpint(port_read(ether.port, got, sizeof got, LONG_MS, &error), ==, 5);
	g_assert_cmpmem(got, 5, "truth", 5);
	close(stranger);
	ether_close(&ether);
}

static void test_udp_silence_discard_cancel(void)
{
	g_autoptr(GError) error = NULL;
	GThread *thread;
	uint8_t got[16];
	Ether ether;

	ether_open(&ether);
	g_assert_cmpint(port_read(ether.port, got, sizeof got, 1, &error), ==, 0);
	g_assert_no_error(error);
	ether_send(&ether, ether.far, "abc");
	g_assert_cmpint(port_read(ether.port, got, 1, LONG_MS, &error), ==, 1);
	port_discard_input(ether.port);
	g_assert_cmpint(port_read(ether.port, got, sizeof got, 1, &error), ==, 0);
	g_assert_no_error(error);
	thread = g_thread_new("cancel", cancel, ether.port);
	g_assert_cmpint(port_read(ether.port, got, 1, LONG_MS, &error), ==, -1);
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_CANCELLED);
	g_thread_join(thread);
	ether_close(&ether);
}

static void test_nobody_at_the_port(void)
{
	g_autoptr(GError) error = NULL;
	uint8_t byte = 5;
	Ether ether;

	ether_open(&ether);
	close(ether.far);
	ether.far = -1;
	g_assert_true(port_write(ether.port, &byte, 1, LONG_MS, &error));
	g_assert_cmpint(port_read(ether.port, &byte, 1, LONG_MS, &error), ==, -1); /* ICMP */
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_OFFLINE);
	port_close(ether.port);
}

static void test_datagram_too_long(void)
{
	g_autofree uint8_t *much = g_malloc0(70000);
	g_autoptr(GError) error = NULL;
	Ether ether;

	ether_open(&ether);
	g_assert_false(port_write(ether.port, much, 70000, LONG_MS, &error));
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_REFUSED);
	ether_close(&ether);
}

/* --- http ---------------------------------------------------------------------------------- */

/* A server on a thread of its own, one connection at a time as a device has it. */
typedef struct {
	GThread *thread;
	int listener;
	char *address; /* owned */
	GString *heard; /* owned; "METHOD PATH TYPE BODY\n"; read when the thread is idle */
	GMutex mutex; /* guards @paused */
	GCond cond;
	bool paused;
} Service;

/* The value of a header, or "". Own it. */
static char *dup_header(const char *request, const char *name)
{
	g_autofree char *pattern = g_strdup_printf("\r\n%s: ([^\r]*)\r\n", name);
	g_autoptr(GRegex) regex = g_regex_new(pattern, G_REGEX_CASELESS, 0, NULL);
	g_autoptr(GMatchInfo) match = NULL;

	return g_regex_match(regex, request, 0, &match) ? g_match_info_fetch(match, 1)
							: g_strdup("");
}

/* A whole request, or false: the client has gone. Headers to @head, the body to @body. */
static bool hear(int fd, GString *head, GString *body)
{
	g_autofree char *length = NULL;
	char *end;
	char byte;

	while ((end = strstr(head->str, "\r\n\r\n")) == NULL) {
		if (recv(fd, &byte, 1, 0) != 1)
			return false;
		g_string_append_c(head, byte);
	}
	length = dup_header(head->str, "Content-Length");
	while (body->len < strtoul(length, NULL, 10)) {
		if (recv(fd, &byte, 1, 0) != 1)
			return false;
		g_string_append_c(body, byte);
	}
	return true;
}

static void note(Service *service, const GString *head, const GString *body)
{
	g_auto(GStrv) words = g_strsplit(head->str, " ", 3);
	g_autofree char *type = dup_header(head->str, "Content-Type");

	g_string_append_printf(service->heard, "%s %s %s %s\n", words[0], words[1], type,
			       body->str);
}

static const char *answer_to(const char *head)
{
	if (strstr(head, "/broken ") != NULL)
		return "HTTP/1.1 500 Ill\r\nContent-Length: 3\r\n\r\nill";
	if (strstr(head, "/elsewhere ") != NULL)
		return "HTTP/1.1 302 Found\r\nLocation: /other\r\nContent-Length: 0\r\n\r\n";
	return "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";
}

/* Says that it has the request, and then nothing till the client hangs up. */
static void fall_silent(Service *service, int fd)
{
	char byte;

	g_mutex_lock(&service->mutex);
	service->paused = true;
	g_cond_broadcast(&service->cond);
	g_mutex_unlock(&service->mutex);
	while (recv(fd, &byte, 1, 0) == 1)
		;
}

static void serve_one(Service *service, int fd)
{
	g_autoptr(GString) head = g_string_new(NULL), body = g_string_new(NULL);
	const char *answer;

	if (!hear(fd, head, body))
		return;
	note(service, head, body);
	if (strstr(head->str, "/silent ") != NULL) {
		fall_silent(service, fd);
		return;
	}
	answer = answer_to(head->str);
	g_assert_cmpint(send(fd, answer, strlen(answer), 0), ==, (ssize_t)strlen(answer));
	shutdown(fd, SHUT_WR);
}

/* Until the listener is shut. */
static void *serve(void *data)
{
	Service *service = data;
	int fd;

	while ((fd = accept(service->listener, NULL, NULL)) >= 0) {
		serve_one(service, fd);
		close(fd);
	}
	return NULL;
}

static void wait_for(Service *service, const bool *what)
{
	g_mutex_lock(&service->mutex);
	while (!*what)
		g_cond_wait(&service->cond, &service->mutex);
	g_mutex_unlock(&service->mutex);
}

static int new_listener(char **ret_url)
{
	struct sockaddr_in address = { .sin_family = AF_INET,
				       .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t len = sizeof address;
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	g_assert_cmpint(bind(fd, (struct sockaddr *)&address, len), ==, 0);
	g_assert_cmpint(listen(fd, 4), ==, 0);
	g_assert_cmpint(getsockname(fd, (struct sockaddr *)&address, &len), ==, 0);
	*ret_url = g_strdup_printf("http://127.0.0.1:%d/api/", ntohs(address.sin_port));
	return fd;
}

static void service_open(Service *service)
{
	*service = (Service){ .heard = g_string_new(NULL) };
	service->listener = new_listener(&service->address);
	g_mutex_init(&service->mutex);
	g_cond_init(&service->cond);
	service->thread = g_thread_new("service", serve, service);
}

static void service_close(Service *service)
{
	g_assert_cmpint(shutdown(service->listener, SHUT_RDWR), ==, 0); /* accept() returns */
	g_thread_join(service->thread);
	close(service->listener);
	g_string_free(service->heard, TRUE);
	g_free(service->address);
	g_mutex_clear(&service->mutex);
	g_cond_clear(&service->cond);
}

static struct port *open_port(const char *address)
{
	g_autoptr(GError) error = NULL;
	struct port *port = port_open(address, &error);

	g_assert_no_error(error);
	return port;
}

static void test_http_addresses(void)
{
	refuses("http:", DEVICE_FAULT_BAD_ADDRESS);
	refuses("http://", DEVICE_FAULT_BAD_ADDRESS);
	refuses("http:host/path", DEVICE_FAULT_BAD_ADDRESS);
	refuses("http://host:port/", DEVICE_FAULT_BAD_ADDRESS);
	refuses("https://host/?query=1", DEVICE_FAULT_BAD_ADDRESS);
}

static void test_requests(void)
{
	g_autoptr(GBytes) body = g_bytes_new_static("[1]", 3);
	g_autoptr(GBytes) first = NULL, second = NULL, third = NULL;
	g_autoptr(GError) error = NULL;
	struct port *port;
	Service service;
	guint status;

	service_open(&service);
	port = open_port(service.address);
	g_assert_true(
		port_http(port, "GET", "/info?id=7", NULL, NULL, LONG_MS, &status, &first, &error));
	g_assert_no_error(error);
	g_assert_cmpuint(status, ==, 200);
	g_assert_cmpmem(g_bytes_get_data(first, NULL), g_bytes_get_size(first), "{}", 2);
	g_assert_true(port_http(port, "POST", "/broken", "application/json", body, LONG_MS, &status,
				&second, &error));
	g_assert_cmpuint(status, ==, 500);
	g_assert_cmpmem(g_bytes_get_data(second, NULL), g_bytes_get_size(second), "ill", 3);
	g_assert_true(port_http(port, "POST", "/elsewhere", NULL, body, LONG_MS, &status, &third,
				&error));
	g_assert_cmpuint(status, ==, 302);
	port_close(port);
	g_assert_cmpstr(service.heard->str, ==,
			"GET /api/info?id=7  \n"
			"POST /api/broken application/json [1]\n"
			"POST /api/elsewhere application/octet-stream [1]\n");
	service_close(&service);
}

static void test_bytes_are_refused(void)
{
	g_autoptr(GBytes) answer = NULL;
	g_autoptr(GError) error = NULL;
	struct port *port = open_port("http://127.0.0.1:9/");
	struct port *transcript;
	g_autofree char *path = NULL;
	uint8_t byte = 0;
	guint status;
	int fd;

	g_assert_false(port_write(port, &byte, 1, LONG_MS, &error));
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_REFUSED);
	g_clear_error(&error);
	g_assert_cmpint(port_read(port, &byte, 1, LONG_MS, &error), ==, -1);
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_REFUSED);
	g_clear_error(&error);
	g_assert_true(port_flush(port, LONG_MS, &error));
	port_close(port);

	fd = g_file_open_tmp("baraa-XXXXXX", &path, NULL);
	g_assert_cmpint(fd, >=, 0);
	close(fd);
	{
		g_autofree char *address = g_strconcat("transcript:", path, NULL);

		transcript = open_port(address);
	}
	g_assert_false(
		port_http(transcript, "GET", "/", NULL, NULL, LONG_MS, &status, &answer, &error));
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_REFUSED);
	port_close(transcript);
	unlink(path);
}

static void ask(struct port *port, const char *method, const char *path, int timeout_ms,
		DeviceFault fault)
{
	g_autoptr(GBytes) body = g_bytes_new_static("pay", 3);
	g_autoptr(GBytes) answer = NULL;
	g_autoptr(GError) error = NULL;
	guint status;

	g_assert_false(port_http(port, method, path, NULL, strcmp(method, "GET") != 0 ? body : NULL,
				 timeout_ms, &status, &answer, &error));
	g_test_message("%s", error->message);
	g_assert_error(error, DEVICE_FAULT, (int)fault);
	g_assert_null(answer);
}

static void test_nobody_answers(void)
{
	g_autofree char *address = NULL;
	struct port *port;
	Service service;

	service_open(&service);
	port = open_port(service.address);
	ask(port, "GET", "/silent", 50, DEVICE_FAULT_OFFLINE);
	ask(port, "POST", "/silent", 300, DEVICE_FAULT_OUTCOME_UNKNOWN);
	port_close(port);
	address = g_strdup(service.address);
	service_close(&service);

	port = open_port(address); /* nobody listens there any more */
	ask(port, "POST", "/", LONG_MS, DEVICE_FAULT_OFFLINE);
	port_close(port);
}

typedef struct {
	Service *service;
	struct port *port;
} Interruption;

static void *cancel_when_it_waits(void *data)
{
	Interruption *interruption = data;

	wait_for(interruption->service, &interruption->service->paused);
	port_cancel(interruption->port);
	return NULL;
}

static void test_http_cancelled(void)
{
	Service service;
	Interruption interruption = { .service = &service };
	GThread *thread;

	service_open(&service);
	interruption.port = open_port(service.address);
	thread = g_thread_new("cancel", cancel_when_it_waits, &interruption);
	ask(interruption.port, "GET", "/silent", LONG_MS, DEVICE_FAULT_CANCELLED);
	ask(interruption.port, "GET", "/", LONG_MS, DEVICE_FAULT_CANCELLED);
	g_thread_join(thread);
	port_close(interruption.port);

	service.paused = false; /* what was sent may have been done */
	interruption.port = open_port(service.address);
	thread = g_thread_new("cancel", cancel_when_it_waits, &interruption);
	ask(interruption.port, "POST", "/silent", LONG_MS, DEVICE_FAULT_OUTCOME_UNKNOWN);
	g_thread_join(thread);
	port_close(interruption.port);
	service_close(&service);
}

static void *talk_rubbish(void *data)
{
	int listener = GPOINTER_TO_INT(data);
	char request[4096];

	for (int i = 0; i < 2; i++) {
		int fd = accept(listener, NULL, NULL);

		g_assert_cmpint(recv(fd, request, sizeof request, 0), >, 0);
		g_assert_cmpint(send(fd, "\x15\x15 rubbish\r\n\r\n", 14, 0), ==, 14);
		close(fd);
	}
	return NULL;
}

static void test_not_http(void)
{
	g_autofree char *url = NULL;
	int listener = new_listener(&url);
	struct port *port;
	GThread *thread;

	thread = g_thread_new("rubbish", talk_rubbish, GINT_TO_POINTER(listener));
	port = open_port(url);
	ask(port, "GET", "/", LONG_MS, DEVICE_FAULT_PROTOCOL);
	ask(port, "POST", "/", LONG_MS, DEVICE_FAULT_OUTCOME_UNKNOWN);
	g_thread_join(thread);
	port_close(port);
	close(listener);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/udp/addresses", test_udp_addresses);
	g_test_add_func("/udp/datagrams_stay_whole", test_datagrams_stay_whole);
	g_test_add_func("/udp/strangers_are_not_heard", test_strangers_are_not_heard);
	g_test_add_func("/udp/silence_discard_cancel", test_udp_silence_discard_cancel);
	g_test_add_func("/udp/nobody_at_the_port", test_nobody_at_the_port);
	g_test_add_func("/udp/datagram_too_long", test_datagram_too_long);
	g_test_add_func("/http/addresses", test_http_addresses);
	g_test_add_func("/http/requests", test_requests);
	g_test_add_func("/http/bytes_are_refused", test_bytes_are_refused);
	g_test_add_func("/http/nobody_answers", test_nobody_answers);
	g_test_add_func("/http/cancelled", test_http_cancelled);
	g_test_add_func("/http/not_http", test_not_http);
	return g_test_run();
}
