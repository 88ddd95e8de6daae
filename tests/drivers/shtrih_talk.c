/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shtrih_talk.h"

const struct fiscal_driver *shtrih(void)
{
	return fiscal_driver_find("shtrih");
}

/* "10 1E 00 00 00" as the line of a frame: STX, N, body, LRC. */
static void add_frame(GString *script, char direction, const char *body)
{
	g_auto(GStrv) bytes = g_strsplit(body, " ", -1);
	guint n = g_strv_length(bytes), lrc = n;

	g_string_append_printf(script, "%c 02 %02X", direction, n);
	for (guint i = 0; i < n; i++) {
		g_string_append_printf(script, " %s", bytes[i]);
		lrc ^= (guint)g_ascii_strtoull(bytes[i], NULL, 16);
	}
	g_string_append_printf(script, " %02X\n", lrc);
}

void shtrih_talk_add(ShtrihTalk *self, const char *command, const char *answer)
{
	g_string_append(self->script, "> 05\n< 15\n");
	add_frame(self->script, '>', command);
	g_string_append(self->script, "< 06\n");
	add_frame(self->script, '<', answer);
	g_string_append(self->script, "> 06\n");
}

void shtrih_talk_begin(ShtrihTalk *self)
{
	*self = (ShtrihTalk){ .script = g_string_new("> 05\n< 15\n") }; /* the driver opens */
}

void shtrih_talk_open(ShtrihTalk *self, const char *key, const char *value)
{
	g_autoptr(GHashTable) options = g_hash_table_new(g_str_hash, g_str_equal);
	g_autoptr(GError) error = NULL;

	if (key != NULL)
		g_hash_table_insert(options, (char *)key, (char *)value);
	self->port = port_new_transcript(self->script->str, &error);
	g_assert_no_error(error);
	self->registrar = shtrih()->open(self->port, options, &error);
	g_assert_no_error(error);
}

void shtrih_talk_end(ShtrihTalk *self)
{
	g_assert_true(port_transcript_is_done(self->port));
	shtrih()->close(self->registrar);
	port_close(self->port);
	g_string_free(self->script, TRUE);
}

void shtrih_talk_add_observe(ShtrihTalk *self)
{
	shtrih_talk_add(self, "10 1E 00 00 00", SHTRIH_TALK_STATUS);
	shtrih_talk_add(self, "FF 01 1E 00 00 00", SHTRIH_TALK_FN);
	shtrih_talk_add(self, "FF 40 1E 00 00 00", "FF 40 00 01 2A 00 04 00");
	shtrih_talk_add(self, "1A 1E 00 00 00 F1", "1A 00 1E 10 27 00 00 00 00");
}

char *shtrih_talk_dup_row(const char *head, int n_zeros)
{
	GString *row = g_string_new(head);

	for (int i = 0; i < n_zeros; i++)
		g_string_append(row, " 00");
	return g_string_free(row, FALSE);
}
