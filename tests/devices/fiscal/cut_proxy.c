/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/devices/fiscal/cut_proxy.h"

#include <gio/gio.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdbool.h>

struct CutProxy {
	GSocket *listener; /* owned */
	GCancellable *stop; /* owned */
	GThread *thread; /* owned; accepts */
	GPtrArray *carriers; /* owned; a thread a connection; of the accepting thread */
	char *address; /* owned */
	guint16 upstream;

	GMutex mutex;
	int up, down; /* under the mutex */
};

typedef struct {
	CutProxy *proxy; /* borrowed */
	GSocket *near, *far; /* owned */
} Carrier;

/* How many of @n bytes may pass. */
static int spend(CutProxy *self, int *budget, int n)
{
	int granted;

	g_mutex_lock(&self->mutex);
	granted = *budget < 0 ? n : MIN(*budget, n);
	if (*budget >= 0)
		*budget -= granted;
	g_mutex_unlock(&self->mutex);
	return granted;
}

/* False when the connection is over: closed by one end, or cut. */
static bool carry(Carrier *self, GSocket *from, GSocket *to, int *budget)
{
	char bytes[512];
	gssize n = g_socket_receive(from, bytes, sizeof bytes, NULL, NULL);
	int granted = n > 0 ? spend(self->proxy, budget, (int)n) : 0;

	for (int sent = 0; sent < granted;) {
		gssize some = g_socket_send(to, bytes + sent, (gsize)(granted - sent), NULL, NULL);

		if (some <= 0)
			return false;
		sent += (int)some;
	}
	return n > 0 && granted == n;
}

static void *run_carrier(void *data)
{
	Carrier *self = data;
	GPollFD fds[3] = { { .fd = g_socket_get_fd(self->near), .events = G_IO_IN },
			   { .fd = g_socket_get_fd(self->far), .events = G_IO_IN } };
	bool going = g_cancellable_make_pollfd(self->proxy->stop, &fds[2]);

	while (going && g_poll(fds, 3, -1) > 0 && fds[2].revents == 0) {
		if (fds[0].revents != 0)
			going = carry(self, self->near, self->far, &self->proxy->up);
		if (going && fds[1].revents != 0)
			going = carry(self, self->far, self->near, &self->proxy->down);
	}
	g_cancellable_release_fd(self->proxy->stop);
	g_socket_close(self->near, NULL);
	g_socket_close(self->far, NULL);
	g_object_unref(self->near);
	g_object_unref(self->far);
	g_free(self);
	return NULL;
}

/* Small answers are not kept back for an acknowledgement. */
static void hurry(GSocket *socket)
{
	g_assert_true(g_socket_set_option(socket, IPPROTO_TCP, TCP_NODELAY, 1, NULL));
}

static GSocket *dial(guint16 port)
{
	g_autoptr(GInetAddress) host = g_inet_address_new_loopback(G_SOCKET_FAMILY_IPV4);
	g_autoptr(GSocketAddress) address = g_inet_socket_address_new(host, port);
	GSocket *socket = g_socket_new(G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM,
				       G_SOCKET_PROTOCOL_TCP, NULL);

	g_assert_true(g_socket_connect(socket, address, NULL, NULL));
	return socket;
}

static void *run(void *data)
{
	CutProxy *self = data;
	GSocket *near;

	while ((near = g_socket_accept(self->listener, self->stop, NULL)) != NULL) {
		Carrier *carrier = g_new0(Carrier, 1);

		*carrier = (Carrier){ self, near, dial(self->upstream) };
		hurry(carrier->near);
		hurry(carrier->far);
		g_ptr_array_add(self->carriers, g_thread_new("carrier", run_carrier, carrier));
	}
	for (guint i = 0; i < self->carriers->len; i++)
		g_thread_join(self->carriers->pdata[i]);
	return NULL;
}

static guint16 listen_anywhere(CutProxy *self)
{
	g_autoptr(GInetAddress) host = g_inet_address_new_loopback(G_SOCKET_FAMILY_IPV4);
	g_autoptr(GSocketAddress) any = g_inet_socket_address_new(host, 0);
	g_autoptr(GSocketAddress) got = NULL;

	self->listener = g_socket_new(G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM,
				      G_SOCKET_PROTOCOL_TCP, NULL);
	g_assert_true(g_socket_bind(self->listener, any, TRUE, NULL));
	g_assert_true(g_socket_listen(self->listener, NULL));
	got = g_socket_get_local_address(self->listener, NULL);
	return g_inet_socket_address_get_port(G_INET_SOCKET_ADDRESS(got));
}

CutProxy *cut_proxy_new(const char *upstream)
{
	CutProxy *self = g_new0(CutProxy, 1);
	g_autoptr(GUri) uri = g_uri_parse(upstream, G_URI_FLAGS_NONE, NULL);

	g_mutex_init(&self->mutex);
	self->up = self->down = -1;
	self->upstream = (guint16)g_uri_get_port(uri);
	self->stop = g_cancellable_new();
	self->carriers = g_ptr_array_new();
	self->address = g_strdup_printf("http://127.0.0.1:%d", listen_anywhere(self));
	self->thread = g_thread_new("cut-proxy", run, self);
	return self;
}

void cut_proxy_free(CutProxy *self)
{
	if (self == NULL)
		return;
	g_cancellable_cancel(self->stop);
	g_thread_join(self->thread);
	g_object_unref(self->listener);
	g_object_unref(self->stop);
	g_ptr_array_unref(self->carriers);
	g_mutex_clear(&self->mutex);
	g_free(self->address);
	g_free(self);
}

const char *cut_proxy_get_address(const CutProxy *self)
{
	return self->address;
}

void cut_proxy_set_budget(CutProxy *self, int up, int down)
{
	g_mutex_lock(&self->mutex);
	self->up = up;
	self->down = down;
	g_mutex_unlock(&self->mutex);
}
