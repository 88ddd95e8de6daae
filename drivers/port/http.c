/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/port/backend.h"

#include <glib-unix.h>
#include <libsoup/soup.h>
#include <string.h>

typedef struct {
	char *base; /* owned: the address without a "/" at its end */
	GMainContext *context; /* owned; nothing of the caller's own loop runs in a request */
	SoupSession *session; /* owned; made by the thread that uses it, as libsoup asks */
} Http;

typedef struct {
	GCancellable *cancellable; /* owned */
	GBytes *answer; /* owned */
	GError *error; /* owned */
	bool done, sent, late;
} Request;

static bool open_http(struct port *self, const char *rest, GError **error)
{
	g_autoptr(GUri) uri = g_uri_parse(self->address, SOUP_HTTP_URI_FLAGS, NULL);
	Http *http;
	size_t len;

	if (uri == NULL || g_uri_get_host(uri) == NULL || g_uri_get_host(uri)[0] == '\0' ||
	    g_uri_get_query(uri) != NULL)
		return port_fail_address(self, "write http://host:port/path", error);
	self->extra = http = g_new0(Http, 1);
	http->base = g_strdup(self->address);
	len = strlen(http->base);
	if (http->base[len - 1] == '/')
		http->base[len - 1] = '\0';
	http->context = g_main_context_new();
	return true;
}

static void close_http(struct port *self)
{
	Http *http = self->extra;

	if (http == NULL)
		return;
	g_main_context_push_thread_default(http->context);
	g_clear_object(&http->session);
	while (g_main_context_iteration(http->context, FALSE)) /* connections are closed here */
		;
	g_main_context_pop_thread_default(http->context);
	g_main_context_unref(http->context);
	g_free(http->base);
	g_free(http);
}

static bool refuse_bytes(struct port *self, GError **error)
{
	return port_fail(self, DEVICE_FAULT_REFUSED, "HTTP has requests, no bytes", error);
}

static bool write_http(struct port *self, const uint8_t *data, size_t len, int timeout_ms,
		       GError **error)
{
	return refuse_bytes(self, error);
}

static gssize read_http(struct port *self, uint8_t *data, size_t len, int timeout_ms,
			GError **error)
{
	refuse_bytes(self, error);
	return -1;
}

static void discard_http(struct port *self)
{
}

static void on_starting(SoupMessage *message, void *data)
{
	((Request *)data)->sent = true;
}

static void on_answer(GObject *source, GAsyncResult *result, void *data)
{
	Request *request = data;

	request->answer =
		soup_session_send_and_read_finish(SOUP_SESSION(source), result, &request->error);
	request->done = true;
}

static gboolean on_late(void *data)
{
	Request *request = data;

	request->late = true;
	g_cancellable_cancel(request->cancellable);
	return G_SOURCE_REMOVE;
}

static gboolean on_cancel(int fd, GIOCondition condition, void *data)
{
	g_cancellable_cancel(((Request *)data)->cancellable);
	return G_SOURCE_REMOVE;
}

static void attach(GSource *source, GMainContext *context, GSourceFunc func, void *data)
{
	g_source_set_callback(source, func, data, NULL);
	g_source_attach(source, context);
}

/* Runs the request to its end, whichever that is. */
static void run(struct port *self, SoupMessage *message, int timeout_ms, Request *request)
{
	Http *http = self->extra;
	GSource *late = g_timeout_source_new((guint)MAX(timeout_ms, 0));
	GSource *cancel = g_unix_fd_source_new(self->cancel_fd, G_IO_IN);

	request->cancellable = g_cancellable_new();
	g_signal_connect(message, "starting", G_CALLBACK(on_starting), request);
	attach(late, http->context, on_late, request);
	attach(cancel, http->context, G_SOURCE_FUNC(on_cancel), request);
	soup_session_send_and_read_async(http->session, message, G_PRIORITY_DEFAULT,
					 request->cancellable, on_answer, request);
	while (!request->done)
		g_main_context_iteration(http->context, TRUE);
	g_source_destroy(late);
	g_source_unref(late);
	g_source_destroy(cancel);
	g_source_unref(cancel);
	g_object_unref(request->cancellable);
}

static bool is_question(const char *method)
{
	return strcmp(method, "GET") == 0 || strcmp(method, "HEAD") == 0;
}

static DeviceFault fault_of(const Request *request, bool question)
{
	if (request->error->domain == G_TLS_ERROR)
		return DEVICE_FAULT_PROTOCOL;
	if (g_error_matches(request->error, SOUP_SESSION_ERROR, SOUP_SESSION_ERROR_PARSING))
		return question ? DEVICE_FAULT_PROTOCOL : DEVICE_FAULT_OUTCOME_UNKNOWN;
	return request->sent && !question ? DEVICE_FAULT_OUTCOME_UNKNOWN : DEVICE_FAULT_OFFLINE;
}

static bool fail(struct port *self, const char *method, const Request *request, GError **error)
{
	DeviceFault fault = fault_of(request, is_question(method));

	port_trace_text(self, '<', "%s", request->error->message);
	/* Where the request may have arrived, that outweighs who gave up. */
	if (fault != DEVICE_FAULT_OUTCOME_UNKNOWN && port_was_cancelled(self, error))
		return false;
	return port_fail(self, fault, request->late ? "no answer" : request->error->message, error);
}

static SoupMessage *message_new(struct port *self, const char *method, const char *path,
				const char *type, GBytes *body, GError **error)
{
	const Http *http = self->extra;
	g_autofree char *url = g_strconcat(http->base, path, NULL);
	SoupMessage *message = soup_message_new(method, url);

	if (message == NULL) {
		port_fail(self, DEVICE_FAULT_REFUSED, "no such path", error);
		return NULL;
	}
	/* A payment is not to be carried elsewhere. */
	soup_message_add_flags(message, SOUP_MESSAGE_NO_REDIRECT);
	/* On a connection that was used before, libsoup sends a DELETE or PUT a second time when
	 * the first is not answered. */
	if (!is_question(method))
		soup_message_add_flags(message, SOUP_MESSAGE_NEW_CONNECTION);
	if (body != NULL)
		soup_message_set_request_body_from_bytes(
			message, type != NULL ? type : "application/octet-stream", body);
	return message;
}

static void trace_bytes(struct port *self, char direction, GBytes *bytes)
{
	gsize len;
	const uint8_t *data = bytes != NULL ? g_bytes_get_data(bytes, &len) : NULL;

	if (data != NULL)
		port_trace(self, direction, data, len);
}

/* No proxy: a device stands in the shop. */
static void ensure_session(Http *http)
{
	if (http->session != NULL)
		return;
	http->session = soup_session_new_with_options("user-agent", "baraa", NULL);
	soup_session_set_proxy_resolver(http->session, NULL);
}

bool port_http(struct port *self, const char *method, const char *path, const char *type,
	       GBytes *body, int timeout_ms, guint *status, GBytes **answer, GError **error)
{
	Http *http = self->extra;
	g_autoptr(SoupMessage) message = NULL;
	Request request = { 0 };
	bool ok;

	if (self->backend != &port_plain_http && self->backend != &port_tls_http)
		return port_fail(self, DEVICE_FAULT_REFUSED, "is no http address", error);
	if (port_was_cancelled(self, error))
		return false;
	message = message_new(self, method, path, type, body, error);
	if (message == NULL)
		return false;
	port_trace_text(self, '>', "%s %s", method, path != NULL ? path : "");
	trace_bytes(self, '>', body);

	g_main_context_push_thread_default(http->context);
	ensure_session(http);
	run(self, message, timeout_ms, &request);
	g_main_context_pop_thread_default(http->context);
	ok = request.answer != NULL || fail(self, method, &request, error);
	if (ok) {
		*status = soup_message_get_status(message);
		port_trace_text(self, '<', "%u", *status);
		trace_bytes(self, '<', request.answer);
		*answer = request.answer;
	}
	g_clear_error(&request.error);
	return ok;
}

const struct port_backend port_plain_http = {
	.scheme = "http",
	.open = open_http,
	.close = close_http,
	.write = write_http,
	.read = read_http,
	.discard = discard_http,
};

const struct port_backend port_tls_http = {
	.scheme = "https",
	.open = open_http,
	.close = close_http,
	.write = write_http,
	.read = read_http,
	.discard = discard_http,
};
