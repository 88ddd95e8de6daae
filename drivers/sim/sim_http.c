/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/sim_http.h"

#include <stdlib.h>
#include <string.h>

enum { HEAD_MAX = 16384, BODY_MAX = 4 * 1024 * 1024 };

struct SimHttp {
	SimContext *context; /* borrowed */
	GByteArray *in; /* owned */
	GHashTable *headers; /* owned: lower-case name → value */
	char *method, *path; /* owned */
	size_t head_len; /* 0: the head is not whole */
	size_t body_len;
};

SimHttp *sim_http_new(SimContext *context)
{
	SimHttp *self = g_new0(SimHttp, 1);

	self->context = context;
	self->in = g_byte_array_new();
	self->headers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	return self;
}

static void forget(SimHttp *self)
{
	g_byte_array_set_size(self->in, 0);
	g_hash_table_remove_all(self->headers);
	g_clear_pointer(&self->method, g_free);
	g_clear_pointer(&self->path, g_free);
	self->head_len = 0;
	self->body_len = 0;
}

void sim_http_free(SimHttp *self)
{
	if (self == NULL)
		return;
	forget(self);
	g_byte_array_unref(self->in);
	g_hash_table_unref(self->headers);
	g_free(self);
}

void sim_http_link_changed(SimHttp *self)
{
	forget(self);
}

const char *sim_http_get_header(const SimHttp *self, const char *name)
{
	const char *value = g_hash_table_lookup(self->headers, name);

	return value != NULL ? value : "";
}

/* --- the request ------------------------------------------------------------------------------ */

static bool reject(SimHttp *self, const char *why)
{
	sim_log_words(self->context->log, "FLAG: HTTP at byte %u: %s", self->in->len, why);
	sim_http_answer(self, 400, "text/plain", why);
	return false;
}

/* "POST /rest/receipt HTTP/1.1" */
static bool read_first_line(SimHttp *self, const char *line)
{
	g_auto(GStrv) words = g_strsplit(line, " ", -1);

	if (g_strv_length(words) != 3 || words[0][0] == '\0' || words[1][0] != '/')
		return reject(self, "no request line");
	if (!g_str_equal(words[2], "HTTP/1.1") && !g_str_equal(words[2], "HTTP/1.0"))
		return reject(self, "no HTTP/1.1");
	self->method = g_strdup(words[0]);
	self->path = g_strdup(words[1]);
	return true;
}

static bool read_header(SimHttp *self, const char *line)
{
	const char *colon = strchr(line, ':');

	if (colon == NULL || colon == line || g_ascii_isspace(line[0]))
		return reject(self, "a header without a name");
	g_hash_table_insert(self->headers, g_ascii_strdown(line, colon - line),
			    g_strstrip(g_strdup(colon + 1)));
	return true;
}

static bool read_body_len(SimHttp *self)
{
	const char *text = sim_http_get_header(self, "content-length");
	guint64 len = 0;

	if (*sim_http_get_header(self, "transfer-encoding") != '\0')
		return reject(self, "a body without its length");
	if (*text != '\0' && !g_ascii_string_to_unsigned(text, 10, 0, BODY_MAX, &len, NULL))
		return reject(self, "a bad Content-Length");
	self->body_len = len;
	return true;
}

static bool read_head(SimHttp *self, size_t len)
{
	g_autofree char *text = g_strndup((const char *)self->in->data, len);
	g_auto(GStrv) lines = g_strsplit(text, "\r\n", -1);

	if (strlen(text) != len)
		return reject(self, "a NUL in the head");
	if (!read_first_line(self, lines[0]))
		return false;
	for (int i = 1; lines[i] != NULL; i++)
		if (!read_header(self, lines[i]))
			return false;
	if (!read_body_len(self))
		return false;
	self->head_len = len + 4;
	return true;
}

static bool find_head(SimHttp *self)
{
	const uint8_t *end = memmem(self->in->data, self->in->len, "\r\n\r\n", 4);

	if (end != NULL)
		return read_head(self, (size_t)(end - self->in->data));
	return self->in->len <= HEAD_MAX ? false : reject(self, "a head without an end");
}

bool sim_http_receive(SimHttp *self, const uint8_t *data, size_t len, SimHttpRequest *ret)
{
	static const uint8_t nul = 0;
	size_t whole;

	g_byte_array_append(self->in, data, (guint)len);
	if (self->head_len == 0 && !find_head(self))
		return false;
	whole = self->head_len + self->body_len;
	if (self->in->len < whole)
		return false;
	if (self->in->len > whole)
		return reject(self, "bytes after the body");
	g_byte_array_append(self->in, &nul, 1);
	*ret = (SimHttpRequest){ .method = self->method,
				 .path = self->path,
				 .type = sim_http_get_header(self, "content-type"),
				 .body = (const char *)self->in->data + self->head_len,
				 .len = self->body_len };
	sim_log_words(self->context->log, "%s %s, %zu bytes", ret->method, ret->path, ret->len);
	return true;
}

/* --- the answer ------------------------------------------------------------------------------- */

static const char *reason_of(int status)
{
	static const struct {
		int status;
		const char *reason;
	} reasons[] = {
		{ 200, "OK" },
		{ 201, "Created" },
		{ 204, "No Content" },
		{ 400, "Bad Request" },
		{ 401, "Unauthorized" },
		{ 403, "Forbidden" },
		{ 404, "Not Found" },
		{ 405, "Method Not Allowed" },
		{ 409, "Conflict" },
		{ 500, "Internal Server Error" },
		{ 503, "Service Unavailable" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(reasons); i++)
		if (reasons[i].status == status)
			return reasons[i].reason;
	return "Something";
}

void sim_http_answer(SimHttp *self, int status, const char *type, const char *body)
{
	g_autoptr(GString) text = g_string_new(NULL);
	size_t len = body != NULL ? strlen(body) : 0;

	g_string_append_printf(text, "HTTP/1.1 %d %s\r\n", status, reason_of(status));
	if (type != NULL && len > 0)
		g_string_append_printf(text, "Content-Type: %s\r\n", type);
	if (status != 204)
		g_string_append_printf(text, "Content-Length: %zu\r\n", len);
	g_string_append(text, "Connection: close\r\n\r\n");
	if (len > 0)
		g_string_append_len(text, body, (gssize)len);
	sim_log_words(self->context->log, "%d %s", status, reason_of(status));
	sim_http_answer_raw(self, text->str, text->len);
}

void sim_http_answer_raw(SimHttp *self, const char *bytes, size_t len)
{
	forget(self);
	sim_send(self->context, (const uint8_t *)bytes, len);
	sim_hang_up(self->context);
}

void sim_http_hang_up(SimHttp *self)
{
	forget(self);
	sim_hang_up(self->context);
}
