/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/sync/hub_client.h"

#include "core/journal.h"
#include "store/goods_file.h"

#include <libsoup/soup.h>
#include <string.h>

#define TIMEOUT_SECONDS 10
/* The hub may have to make the snapshot first: half a minute of silence with a million goods. */
#define SNAPSHOT_TIMEOUT_SECONDS 300
#define ASK_TIMEOUT_SECONDS 3
#define USER_AGENT "baraa-till/" BARAA_VERSION

struct HubClient {
	SoupSession *session;
	char *url; /* without a slash at its end */
	char *authorization; /* NULL before enrolment */
	GCancellable *cancellable;
};

G_DEFINE_QUARK(hub - error - quark, hub_error)

HubClient *hub_client_new(const char *url, const char *token, GCancellable *cancellable)
{
	HubClient *self = g_new0(HubClient, 1);
	size_t len = strlen(url);

	while (len > 0 && url[len - 1] == '/')
		len--;
	self->url = g_strndup(url, len);
	if (token != NULL)
		self->authorization = g_strdup_printf("Bearer %s", token);
	self->cancellable = g_object_ref(cancellable);
	/* The hub is at the address that was given, never behind a proxy of the environment. */
	self->session = soup_session_new_with_options("timeout", TIMEOUT_SECONDS, "user-agent",
						      USER_AGENT, "proxy-resolver", NULL, NULL);
	return self;
}

void hub_client_free(HubClient *self)
{
	if (self == NULL)
		return;
	g_object_unref(self->session);
	g_object_unref(self->cancellable);
	g_free(self->url);
	g_free(self->authorization);
	g_free(self);
}

/* --- one exchange ------------------------------------------------------------------------------
 */

static SoupMessage *message_new(HubClient *self, const char *method, const char *path,
				GError **error)
{
	g_autofree char *url = g_strconcat(self->url, path, NULL);
	SoupMessage *message = soup_message_new(method, url);

	if (message == NULL) {
		g_set_error(error, HUB_ERROR, HUB_ERROR_ANSWER, "'%s' is no address", url);
		return NULL;
	}
	if (self->authorization != NULL)
		soup_message_headers_replace(soup_message_get_request_headers(message),
					     "Authorization", self->authorization);
	return message;
}

static HubError error_of_status(guint status, const char *code)
{
	if (status == 401 || status == 403)
		return HUB_ERROR_REFUSED;
	if (status == 409 && g_strcmp0(code, "chain") == 0)
		return HUB_ERROR_CHAIN;
	if (status == 410)
		return HUB_ERROR_REVISION;
	return status >= 500 ? HUB_ERROR_UNREACHABLE : HUB_ERROR_ANSWER;
}

static void set_error_of_answer(GError **error, guint status, const json_t *answer)
{
	const char *code = json_string_value(json_object_get(answer, "error"));
	const char *text = json_string_value(json_object_get(answer, "message"));

	g_set_error(error, HUB_ERROR, error_of_status(status, code), "hub says %u %s: %s", status,
		    code != NULL ? code : "", text != NULL ? text : "");
}

/* What the network said, in our words. */
static void take_network_error(GError **error, GError *failure)
{
	if (g_error_matches(failure, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
		g_propagate_error(error, failure);
		return;
	}
	g_set_error(error, HUB_ERROR, HUB_ERROR_UNREACHABLE, "%s", failure->message);
	g_error_free(failure);
}

/* The answer's JSON whatever its status; own it. */
static json_t *exchange(HubClient *self, SoupMessage *message, GError **error)
{
	GError *failure = NULL;
	g_autoptr(GBytes) body =
		soup_session_send_and_read(self->session, message, self->cancellable, &failure);
	json_error_t where;
	json_t *answer;

	if (body == NULL) {
		take_network_error(error, failure);
		return NULL;
	}
	answer = json_loadb(g_bytes_get_data(body, NULL), g_bytes_get_size(body), 0, &where);
	if (!json_is_object(answer)) {
		guint status = soup_message_get_status(message);

		json_decref(answer);
		g_set_error(error, HUB_ERROR, error_of_status(status, NULL),
			    "hub says %u and no JSON: %s", status, where.text);
		return NULL;
	}
	return answer;
}

/* The answer of a call that has to succeed. */
static json_t *call(HubClient *self, SoupMessage *message, GError **error)
{
	json_t *answer = exchange(self, message, error);
	guint status = soup_message_get_status(message);

	if (answer != NULL && status != 200) {
		set_error_of_answer(error, status, answer);
		json_decref(answer);
		return NULL;
	}
	return answer;
}

static void set_body(SoupMessage *message, const char *type, const void *data, size_t len)
{
	g_autoptr(GBytes) bytes = g_bytes_new(data, len);

	soup_message_set_request_body_from_bytes(message, type, bytes);
}

/* --- the calls ----------------------------------------------------------------------------------
 */

json_t *hub_client_enrol(HubClient *self, const char *code, GError **error)
{
	g_autoptr(SoupMessage) message = message_new(self, "POST", "/v1/enrol", error);
	json_auto_t *question = json_pack("{s:s}", "code", code);
	g_autofree char *text = NULL;

	if (message == NULL)
		return NULL;
	if (question == NULL) {
		g_set_error(error, HUB_ERROR, HUB_ERROR_REFUSED, "the code is no text");
		return NULL;
	}
	text = json_dumps(question, JSON_COMPACT);
	set_body(message, "application/json", text, strlen(text));
	return call(self, message, error);
}

static bool splice_to_file(HubClient *self, GInputStream *body, const char *path, GError **error)
{
	g_autoptr(GFile) file = g_file_new_for_path(path);
	g_autoptr(GFileOutputStream) out = g_file_replace(
		file, NULL, FALSE, G_FILE_CREATE_REPLACE_DESTINATION, self->cancellable, error);

	return out != NULL && g_output_stream_splice(G_OUTPUT_STREAM(out), body,
						     G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET,
						     self->cancellable, error) >= 0;
}

bool hub_client_get_snapshot(HubClient *self, const char *path, GError **error)
{
	g_autofree char *call = g_strdup_printf("/v1/snapshot?schema=%d", GOODS_FILE_VERSION);
	g_autoptr(SoupMessage) message = message_new(self, "GET", call, error);
	g_autoptr(GInputStream) body = NULL;
	GError *failure = NULL;
	guint status;

	if (message == NULL)
		return false;
	soup_session_set_timeout(self->session, SNAPSHOT_TIMEOUT_SECONDS);
	body = soup_session_send(self->session, message, self->cancellable, &failure);
	soup_session_set_timeout(self->session, TIMEOUT_SECONDS);
	if (body == NULL) {
		take_network_error(error, failure);
		return false;
	}
	status = soup_message_get_status(message);
	if (status != 200) {
		g_set_error(error, HUB_ERROR, error_of_status(status, NULL),
			    "no snapshot: hub says %u", status);
		return false;
	}
	return splice_to_file(self, body, path, error);
}

json_t *hub_client_get_changes(HubClient *self, int64_t revision, GError **error)
{
	g_autofree char *path = g_strdup_printf("/v1/changes?since=%" G_GINT64_FORMAT, revision);
	g_autoptr(SoupMessage) message = message_new(self, "GET", path, error);

	return message != NULL ? call(self, message, error) : NULL;
}

bool hub_client_find_receipt(HubClient *self, const char *number, json_t **ret, GError **error)
{
	g_autofree char *name = g_uri_escape_string(number, NULL, FALSE);
	g_autofree char *path = g_strconcat("/v1/receipts/", name, NULL);
	g_autoptr(SoupMessage) message = message_new(self, "GET", path, error);
	json_t *answer;
	bool is_unknown;
	guint status;

	*ret = NULL;
	if (message == NULL)
		return false;
	soup_session_set_timeout(self->session, ASK_TIMEOUT_SECONDS);
	answer = exchange(self, message, error);
	soup_session_set_timeout(self->session, TIMEOUT_SECONDS);
	if (answer == NULL)
		return false;
	status = soup_message_get_status(message);
	if (status == 200) {
		*ret = answer;
		return true;
	}
	/* An older hub says 404 as well, but of the call. */
	is_unknown = status == 404 &&
		     g_strcmp0(json_string_value(json_object_get(answer, "error")), "receipt") == 0;
	if (!is_unknown)
		set_error_of_answer(error, status, answer);
	json_decref(answer);
	return is_unknown;
}

/* A line an entry: {"hash":…,"body":"…"} */
static GByteArray *batch_text(const GPtrArray *entries)
{
	GByteArray *text = g_byte_array_new();

	for (guint i = 0; i < entries->len; i++) {
		const JournalEntry *entry = g_ptr_array_index(entries, i);
		json_auto_t *line =
			json_pack("{s:s, s:s}", "hash", entry->hash, "body", entry->body);
		g_autofree char *dump = json_dumps(line, JSON_COMPACT);

		g_byte_array_append(text, (const guint8 *)dump, (guint)strlen(dump));
		g_byte_array_append(text, (const guint8 *)"\n", 1);
	}
	return text;
}

static GBytes *compress(const GByteArray *text, GError **error)
{
	g_autoptr(GZlibCompressor) gzip = g_zlib_compressor_new(G_ZLIB_COMPRESSOR_FORMAT_GZIP, -1);
	g_autoptr(GOutputStream) memory = g_memory_output_stream_new_resizable();
	g_autoptr(GOutputStream) out = g_converter_output_stream_new(memory, G_CONVERTER(gzip));

	if (!g_output_stream_write_all(out, text->data, text->len, NULL, NULL, error) ||
	    !g_output_stream_close(out, NULL, error))
		return NULL;
	return g_memory_output_stream_steal_as_bytes(G_MEMORY_OUTPUT_STREAM(memory));
}

static SoupMessage *journal_message(HubClient *self, int64_t till, const GPtrArray *entries,
				    GError **error)
{
	g_autofree char *path = g_strdup_printf("/v1/tills/%" G_GINT64_FORMAT "/journal", till);
	g_autoptr(SoupMessage) message = message_new(self, "POST", path, error);
	g_autoptr(GByteArray) text = batch_text(entries);
	g_autoptr(GBytes) packed = NULL;

	if (message == NULL)
		return NULL;
	packed = compress(text, error);
	if (packed == NULL)
		return NULL;
	soup_message_headers_replace(soup_message_get_request_headers(message), "Content-Encoding",
				     "gzip");
	soup_message_set_request_body_from_bytes(message, "application/x-ndjson", packed);
	return g_steal_pointer(&message);
}

bool hub_client_post_journal(HubClient *self, int64_t till, const GPtrArray *entries,
			     int64_t *ret_next, GError **error)
{
	g_autoptr(SoupMessage) message = journal_message(self, till, entries, error);
	json_auto_t *answer = message != NULL ? exchange(self, message, error) : NULL;
	guint status = message != NULL ? soup_message_get_status(message) : 0;
	const char *code = json_string_value(json_object_get(answer, "error"));
	const json_t *next = json_object_get(answer, "next");

	if (answer == NULL)
		return false;
	if (status != 200 && !(status == 409 && g_strcmp0(code, "gap") == 0)) {
		set_error_of_answer(error, status, answer);
		return false;
	}
	if (!json_is_integer(next) || json_integer_value(next) < 1) {
		g_set_error(error, HUB_ERROR, HUB_ERROR_ANSWER, "hub does not say what it wants");
		return false;
	}
	*ret_next = json_integer_value(next);
	return true;
}
