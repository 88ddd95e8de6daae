/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/hub/batch.h"

#include <string.h>
#include <zlib.h>

#define STEP (256 << 10)

G_DEFINE_QUARK(baraa_batch_error, batch_error)

void journal_batch_clear(JournalBatch *self)
{
	g_clear_pointer(&self->entries, g_array_unref);
	g_clear_pointer(&self->lines, g_ptr_array_unref);
}

static int inflate_step(z_stream *stream, GByteArray *out)
{
	guint at = out->len;
	int code;

	g_byte_array_set_size(out, at + STEP);
	stream->next_out = out->data + at;
	stream->avail_out = STEP;
	code = inflate(stream, Z_NO_FLUSH);
	g_byte_array_set_size(out, at + STEP - stream->avail_out);
	return code;
}

static bool inflate_all(z_stream *stream, GByteArray *out, GError **error)
{
	int code = Z_OK;

	while (code == Z_OK && out->len <= BATCH_UNPACKED_MAX)
		code = inflate_step(stream, out);
	if (out->len > BATCH_UNPACKED_MAX) {
		g_set_error(error, BATCH_ERROR, BATCH_ERROR_TOO_LARGE,
			    "the body unpacks to more than %d MiB", BATCH_UNPACKED_MAX >> 20);
		return false;
	}
	if (code != Z_STREAM_END || stream->avail_in > 0) {
		g_set_error(error, BATCH_ERROR, BATCH_ERROR_BODY,
			    "the body is not one whole gzip stream");
		return false;
	}
	return true;
}

static GBytes *unpack(GBytes *body, GError **error)
{
	z_stream stream = { 0 };
	g_autoptr(GByteArray) out = g_byte_array_new();
	gsize len;
	bool ok;

	stream.next_in = (Bytef *)g_bytes_get_data(body, &len);
	stream.avail_in = (uInt)len; /* the server takes no body of 4 GiB */
	if (inflateInit2(&stream, 15 + 16) != Z_OK) /* gzip alone */
		g_error("zlib has no memory");
	ok = inflate_all(&stream, out, error);
	inflateEnd(&stream);
	return ok ? g_byte_array_free_to_bytes(g_steal_pointer(&out)) : NULL;
}

static bool read_line(JournalBatch *self, const char *line, size_t len, GError **error)
{
	json_t *json = json_loadb(line, len, JSON_REJECT_DUPLICATES, NULL);
	IngestEntry entry = {
		.body = json_string_value(json_object_get(json, "body")),
		.hash = json_string_value(json_object_get(json, "hash")),
	};

	if (json != NULL)
		g_ptr_array_add(self->lines, json);
	if (entry.body == NULL || entry.hash == NULL) {
		g_set_error(error, BATCH_ERROR, BATCH_ERROR_BODY,
			    "line %u is not {\"hash\":\"…\",\"body\":\"…\"}",
			    self->entries->len + 1);
		return false;
	}
	g_array_append_val(self->entries, entry);
	return true;
}

static bool read_lines(JournalBatch *self, const char *text, size_t len, GError **error)
{
	const char *end = text + len;

	while (text < end) {
		const char *newline = memchr(text, '\n', (size_t)(end - text));
		const char *line_end = newline != NULL ? newline : end;

		if (line_end > text && !read_line(self, text, (size_t)(line_end - text), error))
			return false;
		text = line_end + 1;
	}
	return true;
}

bool journal_batch_read(JournalBatch *ret, GBytes *body, bool is_gzip, GError **error)
{
	g_autoptr(GBytes) plain = is_gzip ? unpack(body, error) : g_bytes_ref(body);
	g_auto(JournalBatch) self = { 0 };
	const char *text;
	gsize len;

	if (plain == NULL)
		return false;
	self.entries = g_array_new(FALSE, FALSE, sizeof(IngestEntry));
	self.lines = g_ptr_array_new_with_free_func((GDestroyNotify)json_decref);
	text = g_bytes_get_data(plain, &len);
	if (!read_lines(&self, text, len, error))
		return false;
	*ret = self;
	self = (JournalBatch){ 0 };
	return true;
}
