/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scripted_service.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

struct ScriptedService {
	const ScriptStep *steps; /* borrowed */
	int n_steps, listener;
	char *address; /* owned */
	GThread *thread; /* owned: accepts */
	GPtrArray *connections; /* owned; of GThread, joined at the end */
	GMutex lock; /* over the two below */
	int n_taken;
	GPtrArray *bodies; /* owned */
};

typedef struct {
	ScriptedService *service;
	int fd;
} Connection;

/* False at the end of the stream. */
static bool hear(int fd, GString *head, GString *body)
{
	g_autofree char *folded = NULL;
	const char *length;
	size_t left;
	char byte;

	while (strstr(head->str, "\r\n\r\n") == NULL) {
		if (recv(fd, &byte, 1, 0) != 1)
			return false;
		g_string_append_c(head, byte);
	}
	folded = g_ascii_strdown(head->str, -1);
	length = strstr(folded, "\r\ncontent-length: ");
	left = length != NULL ? (size_t)g_ascii_strtoull(length + 18, NULL, 10) : 0;
	for (; left > 0; left--) {
		if (recv(fd, &byte, 1, 0) != 1)
			return false;
		g_string_append_c(body, byte);
	}
	return true;
}

static const ScriptStep *take_step(ScriptedService *self, const char *head, const char *body)
{
	const ScriptStep *step;

	g_mutex_lock(&self->lock);
	if (self->n_taken >= self->n_steps ||
	    !g_str_has_prefix(head, self->steps[self->n_taken].request))
		g_error("request %d was not expected: %s%s", self->n_taken, head, body);
	step = &self->steps[self->n_taken++];
	g_ptr_array_add(self->bodies, g_strdup(body));
	g_mutex_unlock(&self->lock);
	return step;
}

static char *dup_bytes(const ScriptStep *step)
{
	if (step->status == 0)
		return g_strdup(step->answer);
	return g_strdup_printf("HTTP/1.1 %d Said\r\nContent-Type: application/soap+xml\r\n"
			       "Content-Length: %zu\r\n\r\n%s",
			       step->status, strlen(step->answer), step->answer);
}

static void say(int fd, const ScriptStep *step)
{
	g_autofree char *bytes = dup_bytes(step);
	size_t len = strlen(bytes), once = step->act == SCRIPT_DRIP ? 1 : len;
	int now = 1;

	g_assert_cmpint(setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &now, sizeof now), ==, 0);
	for (size_t i = 0; i < len; i += once)
		g_assert_cmpint(send(fd, bytes + i, once, MSG_NOSIGNAL), ==, (ssize_t)once);
}

/* False where the connection is over. */
static bool act(int fd, const ScriptStep *step)
{
	struct linger rudely = { .l_onoff = 1 };

	switch (step->act) {
	case SCRIPT_RESET:
		g_assert_cmpint(setsockopt(fd, SOL_SOCKET, SO_LINGER, &rudely, sizeof rudely), ==,
				0);
		return false;
	case SCRIPT_HANG_UP:
		return false;
	default:
		say(fd, step);
		return step->act == SCRIPT_KEEP;
	}
}

static void *serve(void *data)
{
	g_autofree Connection *connection = data;
	bool more = true;

	while (more) {
		g_autoptr(GString) head = g_string_new(NULL), body = g_string_new(NULL);

		more = hear(connection->fd, head, body) &&
		       act(connection->fd, take_step(connection->service, head->str, body->str));
	}
	close(connection->fd);
	return NULL;
}

/* Until the listener is shut. */
static void *accept_all(void *data)
{
	ScriptedService *self = data;
	int fd;

	while ((fd = accept(self->listener, NULL, NULL)) >= 0) {
		Connection *connection = g_new(Connection, 1);

		*connection = (Connection){ self, fd };
		g_ptr_array_add(self->connections, g_thread_new("connection", serve, connection));
	}
	return NULL;
}

ScriptedService *scripted_service_new(const ScriptStep *steps, int n)
{
	ScriptedService *self = g_new0(ScriptedService, 1);
	struct sockaddr_in address = { .sin_family = AF_INET,
				       .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t len = sizeof address;

	self->steps = steps;
	self->n_steps = n;
	self->listener = socket(AF_INET, SOCK_STREAM, 0);
	g_assert_cmpint(bind(self->listener, (struct sockaddr *)&address, len), ==, 0);
	g_assert_cmpint(listen(self->listener, 8), ==, 0);
	g_assert_cmpint(getsockname(self->listener, (struct sockaddr *)&address, &len), ==, 0);
	self->address = g_strdup_printf("http://127.0.0.1:%d", ntohs(address.sin_port));
	self->connections = g_ptr_array_new();
	self->bodies = g_ptr_array_new_with_free_func(g_free);
	g_mutex_init(&self->lock);
	self->thread = g_thread_new("service", accept_all, self);
	return self;
}

void scripted_service_free(ScriptedService *self)
{
	g_assert_cmpint(shutdown(self->listener, SHUT_RDWR), ==, 0); /* accept() returns */
	g_thread_join(self->thread);
	close(self->listener);
	for (guint i = 0; i < self->connections->len; i++)
		g_thread_join(g_ptr_array_index(self->connections, i));
	g_assert_cmpint(self->n_taken, ==, self->n_steps);
	g_ptr_array_unref(self->connections);
	g_ptr_array_unref(self->bodies);
	g_mutex_clear(&self->lock);
	g_free(self->address);
	g_free(self);
}

const char *scripted_service_get_address(const ScriptedService *self)
{
	return self->address;
}

const char *scripted_service_get_body(ScriptedService *self, int n)
{
	const char *body;

	g_mutex_lock(&self->lock);
	g_assert_cmpint(n, <, self->n_taken);
	body = g_ptr_array_index(self->bodies, (guint)n);
	g_mutex_unlock(&self->lock);
	return body;
}
