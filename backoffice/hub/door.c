/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/hub/door.h"

/* A peer that says nothing for so long has died; tills open a new connection without noticing. */
#define SILENCE_SECONDS 60

struct Door {
	/* owned */
	GSocketService *service;
	GSocketAddress *address; /* NULL until it is open */
	SoupServer *server;
	GTlsCertificate *certificate; /* or NULL */
};

static GIOStream *speak(Door *self, GSocketConnection *connection, GError **error)
{
	GIOStream *plain = G_IO_STREAM(connection);

	if (self->certificate == NULL)
		return g_object_ref(plain);
	return g_tls_server_connection_new(plain, self->certificate, error);
}

static bool let_in(Door *self, GSocketConnection *connection, GError **error)
{
	g_autoptr(GSocketAddress) here = NULL, there = NULL;
	g_autoptr(GIOStream) stream = NULL;

	g_socket_set_timeout(g_socket_connection_get_socket(connection), SILENCE_SECONDS);
	here = g_socket_connection_get_local_address(connection, error);
	if (here == NULL)
		return false;
	there = g_socket_connection_get_remote_address(connection, error);
	if (there == NULL)
		return false;
	stream = speak(self, connection, error);
	return stream != NULL &&
	       soup_server_accept_iostream(self->server, stream, here, there, error);
}

static gboolean knock(GSocketService *service, GSocketConnection *connection, GObject *source,
		      void *data)
{
	g_autoptr(GError) error = NULL;

	if (!let_in(data, connection, &error))
		g_debug("a connection was lost at once: %s", error->message);
	return true;
}

Door *door_new(SoupServer *server, GTlsCertificate *certificate)
{
	Door *self = g_new0(Door, 1);

	self->service = g_socket_service_new();
	self->server = g_object_ref(server);
	g_set_object(&self->certificate, certificate);
	g_signal_connect(self->service, "incoming", G_CALLBACK(knock), self);
	return self;
}

void door_free(Door *self)
{
	if (self == NULL)
		return;
	g_socket_service_stop(self->service);
	g_socket_listener_close(G_SOCKET_LISTENER(self->service));
	g_signal_handlers_disconnect_by_data(self->service, self);
	g_object_unref(self->service);
	g_clear_object(&self->address);
	g_object_unref(self->server);
	g_clear_object(&self->certificate);
	g_free(self);
}

bool door_open(Door *self, GSocketAddress *address, GError **error)
{
	g_return_val_if_fail(self->address == NULL, false);

	return g_socket_listener_add_address(G_SOCKET_LISTENER(self->service), address,
					     G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL,
					     &self->address, error);
}

int door_get_port(const Door *self)
{
	return g_inet_socket_address_get_port(G_INET_SOCKET_ADDRESS(self->address));
}

char *door_dup_url(const Door *self)
{
	GInetAddress *address =
		g_inet_socket_address_get_address(G_INET_SOCKET_ADDRESS(self->address));
	g_autofree char *host = g_inet_address_to_string(address);

	return g_uri_join(G_URI_FLAGS_NONE, self->certificate != NULL ? "https" : "http", NULL, host,
			  door_get_port(self), "", NULL, NULL);
}
