/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/session/fake_hub.h"

#include "backoffice/hub/door.h"
#include "core/journal.h"

#include <libsoup/soup.h>
#include <string.h>

struct FakeHub {
	GThread *thread;
	GMainContext *context;
	GMainLoop *loop;
	SoupServer *server;
	Door *door;
	char *snapshot, *url;
	int port;

	GMutex mutex;
	/* under the mutex */
	GPtrArray *hashes; /* of the entries it has */
	bool chain, unknown;
	int64_t revision;
	char *changes;
	bool restored; /* asked for changes since a revision it never had: 410 */
};

static void answer(SoupServerMessage *message, guint status, const char *text)
{
	soup_server_message_set_response(message, "application/json", SOUP_MEMORY_COPY, text,
					 strlen(text));
	soup_server_message_set_status(message, status, NULL);
}

static bool is_known(FakeHub *self, SoupServerMessage *message)
{
	const char *token = soup_message_headers_get_one(
		soup_server_message_get_request_headers(message), "Authorization");

	if (!self->unknown && g_strcmp0(token, "Bearer secret") == 0)
		return true;
	answer(message, 401, "{\"error\":\"token\",\"message\":\"who are you\"}");
	return false;
}

static void on_enrol(SoupServer *server, SoupServerMessage *message, const char *path,
		     GHashTable *query, void *data)
{
	SoupMessageBody *body = soup_server_message_get_request_body(message);
	g_autoptr(GBytes) bytes = soup_message_body_flatten(body);
	json_auto_t *question =
		json_loadb(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes), 0, NULL);
	const char *code = json_string_value(json_object_get(question, "code"));

	if (g_strcmp0(code, "ABCD-EFGH") != 0) {
		answer(message, 403, "{\"error\":\"code\",\"message\":\"unknown code\"}");
		return;
	}
	answer(message, 200,
	       "{\"till\":3,\"token\":\"secret\",\"name\":\"Till 3\",\"shop\":{\"id\":1,"
	       "\"name\":\"Corner\",\"country\":\"ru\",\"currency\":643,"
	       "\"timezone\":\"Europe/Moscow\"},\"next\":1}");
}

static void on_snapshot(SoupServer *server, SoupServerMessage *message, const char *path,
			GHashTable *query, void *data)
{
	FakeHub *self = data;
	g_autofree char *bytes = NULL;
	gsize len;

	if (!is_known(self, message))
		return;
	g_assert_true(g_file_get_contents(self->snapshot, &bytes, &len, NULL));
	soup_server_message_set_response(message, "application/vnd.sqlite3", SOUP_MEMORY_COPY,
					 bytes, len);
	soup_server_message_set_status(message, 200, NULL);
}

static void on_changes(SoupServer *server, SoupServerMessage *message, const char *path,
		       GHashTable *query, void *data)
{
	FakeHub *self = data;
	int64_t since = g_ascii_strtoll(g_hash_table_lookup(query, "since"), NULL, 10);
	g_autofree char *nothing = NULL;

	if (!is_known(self, message))
		return;
	nothing = g_strdup_printf("{\"revision\":%" G_GINT64_FORMAT ",\"more\":false,\"taxes\":[],"
				  "\"people\":[],\"items\":[]}",
				  since);
	g_mutex_lock(&self->mutex);
	if (self->restored && since > self->revision)
		answer(message, 410, "{\"error\":\"revision\",\"message\":\"older than that\"}");
	else
		answer(message, 200,
		       self->changes != NULL && since < self->revision ? self->changes : nothing);
	g_mutex_unlock(&self->mutex);
}

static char *unpack(GBytes *packed)
{
	g_autoptr(GZlibDecompressor) gzip = g_zlib_decompressor_new(G_ZLIB_COMPRESSOR_FORMAT_GZIP);
	g_autoptr(GInputStream) memory = g_memory_input_stream_new_from_bytes(packed);
	g_autoptr(GInputStream) in = g_converter_input_stream_new(memory, G_CONVERTER(gzip));
	g_autoptr(GOutputStream) out = g_memory_output_stream_new_resizable();

	g_assert_cmpint(g_output_stream_splice(out, in, 0, NULL, NULL), >=, 0);
	g_assert_true(g_output_stream_write_all(out, "", 1, NULL, NULL, NULL));
	g_assert_true(g_output_stream_close(out, NULL, NULL));
	return g_memory_output_stream_steal_data(G_MEMORY_OUTPUT_STREAM(out));
}

/* As a hub takes it: the next number and an unbroken chain, or an answer that says what it wants.
 */
static bool take_line(FakeHub *self, const char *text)
{
	json_auto_t *line = json_loads(text, 0, NULL);
	const char *hash = json_string_value(json_object_get(line, "hash"));
	const char *body = json_string_value(json_object_get(line, "body"));
	const char *previous = self->hashes->len > 0
				       ? g_ptr_array_index(self->hashes, self->hashes->len - 1)
				       : JOURNAL_FIRST_HASH;
	json_auto_t *members = json_loads(body, 0, NULL);
	g_autoptr(GError) error = NULL;
	g_auto(JournalEntry) entry = { 0 };
	int64_t number = json_integer_value(json_object_get(members, "n"));

	if (number <= (int64_t)self->hashes->len)
		return true;
	if (number > (int64_t)self->hashes->len + 1)
		return false;
	journal_entry_open(&entry, body, hash, number, previous, &error);
	g_assert_no_error(error);
	g_ptr_array_add(self->hashes, g_strdup(hash));
	return true;
}

static void on_journal(SoupServer *server, SoupServerMessage *message, const char *path,
		       GHashTable *query, void *data)
{
	FakeHub *self = data;
	g_autoptr(GBytes) packed =
		soup_message_body_flatten(soup_server_message_get_request_body(message));
	g_autofree char *text = NULL, *said = NULL;
	g_auto(GStrv) lines = NULL;
	bool whole = true;

	if (!is_known(self, message))
		return;
	text = unpack(packed);
	lines = g_strsplit(text, "\n", -1);
	g_mutex_lock(&self->mutex);
	for (int i = 0; !self->chain && whole && lines[i] != NULL && *lines[i] != '\0'; i++)
		whole = take_line(self, lines[i]);
	said = g_strdup_printf("{\"error\":\"%s\",\"message\":\"no\",\"next\":%u}",
			       self->chain ? "chain" : "gap", self->hashes->len + 1);
	answer(message, self->chain || !whole ? 409 : 200, said);
	g_mutex_unlock(&self->mutex);
}

/* It never finds an answer. */
static void on_receipt(SoupServer *server, SoupServerMessage *message, const char *path,
		       GHashTable *query, void *data)
{
	soup_server_message_pause(message);
}

static void *serve(void *data)
{
	FakeHub *self = data;

	g_main_context_push_thread_default(self->context);
	g_main_loop_run(self->loop);
	g_main_context_pop_thread_default(self->context);
	return NULL;
}

static void listen_on(FakeHub *self, int port)
{
	g_autoptr(GSocketAddress) address =
		g_inet_socket_address_new_from_string("127.0.0.1", (guint)port);
	g_autoptr(GError) error = NULL;

	g_main_context_push_thread_default(self->context);
	self->server = soup_server_new(NULL, NULL);
	soup_server_add_handler(self->server, "/v1/enrol", on_enrol, self, NULL);
	soup_server_add_handler(self->server, "/v1/snapshot", on_snapshot, self, NULL);
	soup_server_add_handler(self->server, "/v1/changes", on_changes, self, NULL);
	soup_server_add_handler(self->server, "/v1/tills", on_journal, self, NULL);
	soup_server_add_handler(self->server, "/v1/receipts", on_receipt, self, NULL);
	self->door = door_new(self->server, NULL);
	door_open(self->door, address, &error);
	g_assert_no_error(error);
	g_main_context_pop_thread_default(self->context);
	self->port = door_get_port(self->door);
	self->url = door_dup_url(self->door);
}

FakeHub *fake_hub_new(int port, const char *snapshot)
{
	FakeHub *self = g_new0(FakeHub, 1);

	g_mutex_init(&self->mutex);
	self->snapshot = g_strdup(snapshot);
	self->hashes = g_ptr_array_new_with_free_func(g_free);
	self->context = g_main_context_new();
	self->loop = g_main_loop_new(self->context, FALSE);
	listen_on(self, port);
	self->thread = g_thread_new("hub", serve, self);
	return self;
}

static gboolean quit(void *data)
{
	FakeHub *self = data;

	door_free(self->door);
	soup_server_disconnect(self->server);
	g_main_loop_quit(self->loop);
	return G_SOURCE_REMOVE;
}

void fake_hub_free(FakeHub *self)
{
	g_autoptr(GSource) source = g_idle_source_new();

	g_source_set_callback(source, quit, self, NULL);
	g_source_attach(source, self->context);
	g_thread_join(self->thread);
	g_object_unref(self->server);
	g_main_loop_unref(self->loop);
	g_main_context_unref(self->context);
	g_ptr_array_unref(self->hashes);
	g_mutex_clear(&self->mutex);
	g_free(self->changes);
	g_free(self->snapshot);
	g_free(self->url);
	g_free(self);
}

const char *fake_hub_url(FakeHub *self)
{
	return self->url;
}

int fake_hub_port(FakeHub *self)
{
	return self->port;
}

int64_t fake_hub_count(FakeHub *self)
{
	int64_t n;

	g_mutex_lock(&self->mutex);
	n = self->hashes->len;
	g_mutex_unlock(&self->mutex);
	return n;
}

void fake_hub_forget_from(FakeHub *self, int64_t next)
{
	g_mutex_lock(&self->mutex);
	g_ptr_array_set_size(self->hashes, (int)next - 1);
	g_mutex_unlock(&self->mutex);
}

void fake_hub_say_chain(FakeHub *self)
{
	g_mutex_lock(&self->mutex);
	self->chain = true;
	g_mutex_unlock(&self->mutex);
}

void fake_hub_say_unknown(FakeHub *self)
{
	g_mutex_lock(&self->mutex);
	self->unknown = true;
	g_mutex_unlock(&self->mutex);
}

void fake_hub_change(FakeHub *self, int64_t revision, const char *changes)
{
	g_mutex_lock(&self->mutex);
	self->revision = revision;
	g_free(self->changes);
	self->changes = g_strdup(changes);
	g_mutex_unlock(&self->mutex);
}

void fake_hub_restore(FakeHub *self, int64_t revision)
{
	g_mutex_lock(&self->mutex);
	self->restored = true;
	self->revision = revision;
	g_mutex_unlock(&self->mutex);
}
