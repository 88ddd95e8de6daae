/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/devices/fiscal/scripted_http.h"

#include <libsoup/soup.h>
#include <string.h>

struct ScriptedHttp {
	GThread *thread; /* owned; NULL when it has been stopped */
	GMainContext *context;
	GMainLoop *loop;
	SoupServer *server;
	char *address;
	ScriptedHandler handler;
	void *data;

	GMutex mutex;
	GString *log; /* under the mutex */
};

static void cut(SoupServerMessage *message)
{
	g_autoptr(GIOStream) stream = soup_server_message_steal_connection(message);

	g_io_stream_close(stream, NULL, NULL);
}

static ScriptedAnswer handle(ScriptedHttp *self, const ScriptedRequest *request)
{
	ScriptedAnswer answer;

	g_mutex_lock(&self->mutex);
	g_string_append_printf(self->log, "%s %s%s%s%s%s\n", request->method, request->path,
			       request->query[0] != '\0' ? "?" : "", request->query,
			       request->body[0] != '\0' ? " " : "", request->body);
	answer = self->handler(request, self->data);
	g_mutex_unlock(&self->mutex);
	return answer;
}

static void on_request(SoupServer *server, SoupServerMessage *message, const char *path,
		       GHashTable *query, void *data)
{
	g_autoptr(GBytes) bytes =
		soup_message_body_flatten(soup_server_message_get_request_body(message));
	g_autofree char *body = g_strndup(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));
	const char *asked = g_uri_get_query(soup_server_message_get_uri(message));
	const ScriptedRequest request = {
		.method = soup_server_message_get_method(message),
		.path = path,
		.query = asked != NULL ? asked : "",
		.body = body != NULL ? body : "",
	};
	ScriptedAnswer answer = handle(data, &request);
	g_autofree char *text = answer.body;

	if (answer.status == 0) {
		cut(message);
		return;
	}
	soup_server_message_set_status(message, answer.status, NULL);
	if (text != NULL)
		soup_server_message_set_response(message, "application/json", SOUP_MEMORY_COPY,
						 text, strlen(text));
}

static void *serve(void *data)
{
	ScriptedHttp *self = data;

	g_main_context_push_thread_default(self->context);
	g_main_loop_run(self->loop);
	soup_server_disconnect(self->server);
	g_object_unref(self->server);
	while (g_main_context_iteration(self->context, FALSE)) /* connections are closed here */
		;
	g_main_context_pop_thread_default(self->context);
	return NULL;
}

static void listen(ScriptedHttp *self)
{
	g_autoptr(GError) error = NULL;
	GSList *uris;

	g_main_context_push_thread_default(self->context);
	self->server = soup_server_new(NULL, NULL);
	soup_server_add_handler(self->server, NULL, on_request, self, NULL);
	soup_server_listen_local(self->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
	g_assert_no_error(error);
	g_main_context_pop_thread_default(self->context);
	uris = soup_server_get_uris(self->server);
	self->address = g_strdup_printf("http://127.0.0.1:%d", g_uri_get_port(uris->data));
	g_slist_free_full(uris, (GDestroyNotify)g_uri_unref);
}

ScriptedHttp *scripted_http_new(ScriptedHandler handler, void *data)
{
	ScriptedHttp *self = g_new0(ScriptedHttp, 1);

	g_mutex_init(&self->mutex);
	self->handler = handler;
	self->data = data;
	self->log = g_string_new(NULL);
	self->context = g_main_context_new();
	self->loop = g_main_loop_new(self->context, FALSE);
	listen(self);
	self->thread = g_thread_new("scripted-http", serve, self);
	return self;
}

static gboolean quit(void *data)
{
	g_main_loop_quit(data);
	return G_SOURCE_REMOVE;
}

void scripted_http_stop(ScriptedHttp *self)
{
	GSource *source;

	if (self->thread == NULL)
		return;
	source = g_idle_source_new(); /* runs in the loop even where it has not begun yet */
	g_source_set_callback(source, quit, self->loop, NULL);
	g_source_attach(source, self->context);
	g_source_unref(source);
	g_thread_join(g_steal_pointer(&self->thread));
}

void scripted_http_free(ScriptedHttp *self)
{
	if (self == NULL)
		return;
	scripted_http_stop(self);
	g_main_loop_unref(self->loop);
	g_main_context_unref(self->context);
	g_mutex_clear(&self->mutex);
	g_string_free(self->log, TRUE);
	g_free(self->address);
	g_free(self);
}

const char *scripted_http_get_address(const ScriptedHttp *self)
{
	return self->address;
}

char *scripted_http_dup_log(ScriptedHttp *self)
{
	char *log;

	g_mutex_lock(&self->mutex);
	log = g_strdup(self->log->str);
	g_mutex_unlock(&self->mutex);
	return log;
}

void scripted_http_clear_log(ScriptedHttp *self)
{
	g_mutex_lock(&self->mutex);
	g_string_truncate(self->log, 0);
	g_mutex_unlock(&self->mutex);
}
