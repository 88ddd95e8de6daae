/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/session/play.h"

#include "core/journal.h"
#include "pos/session/script.h"
#include "pos/till/till_db.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static int file_of(const char *text)
{
	int file = memfd_create("script", MFD_CLOEXEC);

	g_assert_cmpint(write(file, text, strlen(text)), ==, strlen(text));
	g_assert_cmpint(lseek(file, 0, SEEK_SET), ==, 0);
	return file;
}

static json_t *parse_lines(const char *text)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	json_t *answers = json_array();

	for (int i = 0; lines[i] != NULL && *lines[i] != '\0'; i++) {
		json_t *answer = json_loads(lines[i], 0, NULL);

		g_assert_nonnull(answer);
		json_array_append_new(answers, answer);
	}
	return answers;
}

Played play(const char *directory, const char *script)
{
	g_autoptr(GError) error = NULL;
	int input = file_of(script);
	char *text = NULL;
	size_t len;
	FILE *out = open_memstream(&text, &len);
	Played played = { 0 };

	played.status = script_run(directory, input, out, &error);
	g_assert_no_error(error);
	fclose(out);
	close(input);
	played.answers = parse_lines(text);
	free(text);
	return played;
}

void played_clear(Played *self)
{
	g_clear_pointer(&self->answers, json_decref);
}

const json_t *played_answer(const Played *self, int n)
{
	size_t size = json_array_size(self->answers);

	return json_array_get(self->answers, n >= 0 ? (size_t)n : size - 1);
}

const char *played_text(const Played *self, int n, const char *field)
{
	const char *text = json_string_value(json_object_get(played_answer(self, n), field));

	return text != NULL ? text : "";
}

json_t *journal_of(const char *directory, const char *kind)
{
	g_autofree char *path = g_build_filename(directory, "till.db", NULL);
	g_autoptr(GPtrArray) entries = NULL;
	g_autoptr(GError) error = NULL;
	g_autoptr(TillDb) db = till_db_open(path, &error);
	json_t *found = json_array();

	g_assert_no_error(error);
	till_db_read_journal(db, 1, 10000, SIZE_MAX, &entries, &error);
	g_assert_no_error(error);
	for (guint i = 0; i < entries->len; i++) {
		const JournalEntry *entry = g_ptr_array_index(entries, i);

		if (strcmp(journal_kind_code(entry->kind), kind) == 0)
			json_array_append_new(found, json_loads(entry->body, 0, NULL));
	}
	return found;
}
