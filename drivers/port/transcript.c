/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/port/transcript.h"

#include "drivers/port/backend.h"

#include <string.h>

typedef struct {
	char direction; /* '>', '<' or '!' */
	uint8_t byte;
	int line;
} Sign;

typedef struct {
	GArray *signs; /* owned; of Sign */
	guint next;
} Transcript;

static bool bad_line(int line, GError **error)
{
	g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_BAD_ADDRESS, "transcript line %d is broken",
		    line);
	return false;
}

static bool add_line(Transcript *self, const char *text, int line, GError **error)
{
	Sign sign = { .direction = text[0], .line = line };

	if (text[0] == '!') {
		g_array_append_val(self->signs, sign);
		return true;
	}
	for (text++; *text != '\0'; text += 2) {
		text += strspn(text, " \t");
		if (*text == '\0')
			break;
		if (!g_ascii_isxdigit(text[0]) || !g_ascii_isxdigit(text[1]))
			return bad_line(line, error);
		sign.byte = (uint8_t)(g_ascii_xdigit_value(text[0]) << 4 |
				      g_ascii_xdigit_value(text[1]));
		g_array_append_val(self->signs, sign);
	}
	return true;
}

static bool load(struct port *self, const char *text, GError **error)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	Transcript *transcript = g_new0(Transcript, 1);

	transcript->signs = g_array_new(FALSE, FALSE, sizeof(Sign));
	self->extra = transcript;
	for (int i = 0; lines[i] != NULL; i++) {
		char *line = g_strstrip(lines[i]);

		if (line[0] == '\0' || line[0] == '#')
			continue;
		if (strchr("<>!", line[0]) == NULL)
			return bad_line(i + 1, error);
		if (!add_line(transcript, line, i + 1, error))
			return false;
	}
	return true;
}

static bool open_transcript(struct port *self, const char *rest, GError **error)
{
	g_autofree char *text = NULL;
	g_autoptr(GError) reason = NULL;

	if (g_file_get_contents(rest, &text, NULL, &reason))
		return load(self, text, error);
	return port_fail_offline(self, reason->message, error);
}

static bool open_text(struct port *self, const char *rest, GError **error)
{
	return load(self, rest, error);
}

static void close_transcript(struct port *self)
{
	Transcript *transcript = self->extra;

	if (transcript != NULL)
		g_array_unref(transcript->signs);
	g_free(transcript);
}

static const Sign *peek(const Transcript *self)
{
	return self->next < self->signs->len ? &g_array_index(self->signs, Sign, self->next) : NULL;
}

static bool write_transcript(struct port *self, const uint8_t *data, size_t len, int timeout_ms,
			     GError **error)
{
	Transcript *transcript = self->extra;

	for (size_t i = 0; i < len; i++, transcript->next++) {
		const Sign *sign = peek(transcript);

		if (sign != NULL && sign->direction == '!')
			return port_fail_offline(self, "hung up", error);
		if (sign == NULL || sign->direction != '>' || sign->byte != data[i]) {
			g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_PROTOCOL,
				    "transcript line %d: sent %02X at byte %zu, recorded %c %02X",
				    sign == NULL ? 0 : sign->line, data[i], i,
				    sign == NULL ? '-' : sign->direction,
				    sign == NULL ? 0 : sign->byte);
			return false;
		}
	}
	return true;
}

static gssize read_transcript(struct port *self, uint8_t *data, size_t len, int timeout_ms,
			      GError **error)
{
	Transcript *transcript = self->extra;
	const Sign *sign = peek(transcript);
	gssize n = 0;

	if (sign != NULL && sign->direction == '!') {
		port_fail_offline(self, "hung up", error);
		return -1;
	}
	for (; (size_t)n < len && sign != NULL && sign->direction == '<'; sign = peek(transcript)) {
		data[n++] = sign->byte;
		transcript->next++;
	}
	return n;
}

static void discard_transcript(struct port *self)
{
	Transcript *transcript = self->extra;
	const Sign *sign;

	while ((sign = peek(transcript)) != NULL && sign->direction == '<')
		transcript->next++;
}

const struct port_backend port_transcript = {
	.scheme = "transcript",
	.takes_no_time = true,
	.open = open_transcript,
	.close = close_transcript,
	.write = write_transcript,
	.read = read_transcript,
	.discard = discard_transcript,
};

static const struct port_backend port_text = {
	.scheme = "transcript",
	.takes_no_time = true,
	.open = open_text,
	.close = close_transcript,
	.write = write_transcript,
	.read = read_transcript,
	.discard = discard_transcript,
};

struct port *port_new_transcript(const char *text, GError **error)
{
	return port_new(&port_text, "transcript:(text)", text, NULL, error);
}

bool port_transcript_is_done(const struct port *self)
{
	const Sign *sign;

	g_return_val_if_fail(self->backend->read == read_transcript, false);
	sign = peek(self->extra);
	return sign == NULL || sign->direction == '!';
}
